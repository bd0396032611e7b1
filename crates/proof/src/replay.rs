//! The replay: every entry of a journal decided again from the entries before it
//! (`spec/bundle.md`, Replay).
//!
//! This file is what holds for every event: who may act, what must follow what, and where a
//! proposal stands. Each noun has a file of its own. Knows nothing of files or signatures over the
//! whole journal.

/// everybody is asked
mod asking;
/// the charters of a group
mod charter;
/// the texts beside the journal, as far as a replay needs them
mod documents;
/// draws: called, missed, made
mod draw;
/// what a process leads to
mod effect;
/// what must follow what
mod follow;
/// seats and ballots
mod jury;
/// coming, leaving, pausing
mod member;
/// votes and pledges, opened
mod opening;
/// proposals, versions, co-signatures
mod proposal;
/// who is on the roll
mod roll;
/// stages entered and ended
mod stage;
/// what a proposal is about
mod subject;
/// texts that may not be put forward again yet
mod turned_down;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::beacon::Chain;
use crate::entry::{Entry, ErasureReason, Event, Founded};
use crate::finding::{Code, Refused, Report, need};
use crate::hash::Hash;
use crate::rules::CharterCheck;
use crate::tree::Tree;

pub use documents::{Document, Documents, VersionFacts, read_version};
pub use draw::next_slot_at;
pub use roll::{Circumstances, Roll};

use charter::Group;
use effect::Action;
use follow::{Due, Follow, need_due, stranger};
use proposal::{Proposal, is_invitation};
use turned_down::TurnedDown;

/// What the caller of a verifier knows beside the journal.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// reads charters; without it the numbers of a charter are not compared, and a note says so
    pub charter_check: Option<CharterCheck<'a>>,
    /// drand-compatible chains beside quicknet
    pub chains: &'a [Chain],
    /// the group's key, if the reader learnt it from somewhere else
    pub expected_key: Option<[u8; 32]>,
}

impl Options<'_> {
    /// Nothing known but quicknet.
    pub fn new() -> Options<'static> {
        Options { charter_check: None, chains: &[], expected_key: None }
    }

    /// The chain a founding names, if it is a known one.
    pub(crate) fn chain(&self, founded: &Founded) -> Option<Chain> {
        match founded.beacon {
            crate::entry::BeaconKind::Local => Some(Chain::Local { anchor: founded.chain }),
            crate::entry::BeaconKind::Drand => std::iter::once(&Chain::Quicknet)
                .chain(self.chains)
                .find(|chain| chain.hash() == founded.chain && chain.round_time(1).is_some())
                .cloned(),
        }
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options::new()
    }
}

/// Where and when the entry stands that is looked at.
#[derive(Clone, Copy, Debug)]
struct Here {
    seq: u64,
    at: u64,
    leaf: Hash,
}

/// A journal as far as it was replayed.
pub struct Replay<'a> {
    tree: &'a Tree,
    documents: &'a Documents,
    options: Options<'a>,
    group: Option<Group>,
    roll: Roll,
    proposals: u64,
    open: BTreeMap<u64, Box<Proposal>>,
    /// how many each member has open, invitations by themselves
    open_by: BTreeMap<(u32, bool), u64>,
    turned_down: TurnedDown,
    /// proposals with a bad entry: what comes later of them says nothing
    broken: BTreeSet<u64>,
    due: Option<Due>,
    /// the open proposals that a member who just left must take along
    leaving: VecDeque<u64>,
    /// the proposals that must close one after the other, because a member was removed
    closing: VecDeque<u64>,
    broadcasts: Vec<Hash>,
    last_broadcast: Hash,
    /// the numbers of broadcasts that were recalled
    recalled: BTreeSet<u64>,
    /// the text that may be erased right now, because it was recalled
    recalling: Option<Hash>,
    decisions: u64,
    actions: Vec<Action>,
    /// the proposal with the pledge that the last entry made or took back
    just_pledged: Option<u64>,
    /// the same of the entry before the one that is looked at
    pledged_before: Option<u64>,
    /// documents that may never be erased
    kept: BTreeSet<Hash>,
    calls: u64,
    /// what was checked, by round: links of the local chain, or hashes of signatures
    links: BTreeMap<u64, Hash>,
    /// the newest checkpoint that was found valid, which many draws share
    known_note: Option<(String, u64)>,
    missing: BTreeSet<Hash>,
    ended: bool,
}

impl<'a> Replay<'a> {
    /// Before the first entry. `tree` holds at least the entries that will be replayed.
    pub fn new(tree: &'a Tree, documents: &'a Documents, options: Options<'a>) -> Replay<'a> {
        Replay {
            tree,
            documents,
            options,
            group: None,
            roll: Roll::default(),
            proposals: 0,
            open: BTreeMap::new(),
            open_by: BTreeMap::new(),
            turned_down: TurnedDown::default(),
            broken: BTreeSet::new(),
            due: None,
            leaving: VecDeque::new(),
            closing: VecDeque::new(),
            broadcasts: Vec::new(),
            last_broadcast: Hash::ZERO,
            recalled: BTreeSet::new(),
            recalling: None,
            decisions: 0,
            actions: Vec::new(),
            just_pledged: None,
            pledged_before: None,
            kept: BTreeSet::new(),
            calls: 0,
            links: BTreeMap::new(),
            known_note: None,
            missing: BTreeSet::new(),
            ended: false,
        }
    }

    /// Takes the next entry, whose leaf hash is given, and reports what it finds.
    pub fn take(&mut self, entry: &Entry, leaf: Hash, report: &mut Report<'_>) {
        if self.ended {
            return;
        }
        let here = Here { seq: entry.seq, at: entry.at, leaf };
        if let Err(refused) = self.apply(entry, here, report) {
            report.bad(Some(entry.seq), refused);
            self.due = None;
            self.leaving.clear();
            self.closing.clear();
            if entry.seq == 0 {
                self.ended = true;
                let text = "without a founding that holds nothing more is replayed";
                report.note(Code::Replay, None, text);
                return;
            }
            self.give_up_on(&entry.event);
        }
    }

    /// After the last entry.
    pub fn finish(&mut self, report: &mut Report<'_>) {
        if self.due.is_some() || !self.leaving.is_empty() {
            report.bad(None, Refused::new(Code::RuleBroken, "the journal ends inside a batch"));
        }
        for name in &self.missing {
            report.note(Code::DocumentMissing, None, name.to_string());
        }
    }

    /// The version of a broadcast, by its number.
    pub fn broadcast(&self, number: u64) -> Option<Hash> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        self.broadcasts.get(index).copied()
    }

    /// What was checked of each round: the link of a local chain, or the hash of a signature.
    pub(crate) fn links(&self) -> &BTreeMap<u64, Hash> {
        &self.links
    }

    /// How many slots, proposals and broadcasts there were.
    pub fn counts(&self) -> (u32, u64, u64) {
        (self.roll.size(), self.proposals, self.broadcasts.len() as u64)
    }

    fn apply(&mut self, entry: &Entry, here: Here, report: &mut Report<'_>) -> Result<(), Refused> {
        let event = &entry.event;
        if let (Event::GroupFounded(founded), 0) = (event, here.seq) {
            return self.on_founded(founded, report);
        }
        let founding = matches!(event, Event::GroupFounded(_)) || here.seq == 0;
        need(!founding, Code::RuleBroken, "the first entry, and only it, founds the group")?;
        let number = event.proposal();
        if number.is_some_and(|number| self.broken.contains(&number)) {
            return Ok(());
        }
        let code = stranger(event);
        let due = self.due.take();
        self.pledged_before = self.just_pledged.take();
        let recalling = self.recalling.take();
        if let Event::DocumentErased { document, reason: ErasureReason::Recalled } = event {
            self.due = due;
            return self.on_recalled_text(document, recalling);
        }
        need_due(due, event, code)?;
        let takes_along = self.need_leaving(due, event, code)?;
        if !takes_along {
            self.need_member(event, code)?;
        }
        match (event, number) {
            (Event::ProposalOpened(opened), _) => self.on_opened(opened, here),
            (_, Some(number)) => self.apply_to(number, event, here, code, report),
            (_, None) => self.apply_to_member(event, here),
        }
    }

    /// An event of a proposal that must be open.
    fn apply_to(
        &mut self,
        number: u64,
        event: &Event,
        here: Here,
        code: Code,
        report: &mut Report<'_>,
    ) -> Result<(), Refused> {
        let Some(mut proposal) = self.open.remove(&number) else {
            return Err(Refused::new(code, format!("proposal {number} is not open")));
        };
        let result = proposal
            .need_step(event, code)
            .and_then(|()| self.apply_in(&mut proposal, event, here, report));
        if result.is_ok() && matches!(event, Event::ProposalClosed { .. }) {
            self.forget(&proposal);
            self.must_close_next();
        } else {
            self.open.insert(number, proposal);
        }
        result
    }

    fn apply_in(
        &mut self,
        it: &mut Proposal,
        event: &Event,
        here: Here,
        report: &mut Report<'_>,
    ) -> Result<(), Refused> {
        match event {
            Event::VersionPosted { .. } => self.on_posted(it, here, event),
            Event::StatementMade { by, document, .. } => self.on_statement(it, *by, *document),
            Event::ProposalCosigned { by, version, .. } => self.on_cosigned(it, here, *by, version),
            Event::CosignWithdrawn { by, .. } => Self::on_cosign_withdrawn(it, *by),
            Event::ProposalWithdrawn { by, .. } => self.on_withdrawn(it, *by),
            Event::StageEntered { .. } => self.on_stage_entered(it, here, event),
            Event::StageEnded { outcome, .. } => self.on_stage_ended(it, here, *outcome),
            Event::ReminderCalled { nth, .. } => Self::on_reminder(it, *nth),
            Event::ProposalClosed { ending, .. } => self.on_closed(it, here, *ending),
            Event::RecourseTaken { by, choice, .. } => self.on_recourse(it, here, *by, *choice),
            Event::DrawCalled(called) => self.on_draw_called(it, here, called),
            Event::DrawMissed { attempt, .. } => self.on_draw_missed(it, here, *attempt),
            Event::DrawMade(made) => self.on_draw_made(it, here, made, report),
            Event::SeatsCalled { seated, released, reason, .. } => {
                self.on_seats_called(it, here, (released, seated), *reason)
            }
            Event::JurorAside { by, .. } => self.on_aside(it, here, *by),
            Event::BallotCast { by, .. } => self.on_ballot(it, here, *by),
            Event::JuryGrown(grown) => self.on_grown(it, here, grown),
            Event::JuryExtended { released, seated, until, .. } => {
                self.on_extended(it, here, (released, seated, *until))
            }
            Event::JuryClosed(closed) => self.on_jury_closed(it, here, closed, report),
            Event::VoteCast { .. }
            | Event::VoteClosed(_)
            | Event::PositionTaken { .. }
            | Event::ObjectionRaised { .. }
            | Event::ObjectionWithdrawn { .. }
            | Event::PledgeMade { .. }
            | Event::PledgeWithdrawn { .. }
            | Event::PledgeWoken(_) => self.apply_asking(it, event, here, report),
            Event::MemberAdmitted { .. }
            | Event::MemberRemoved { .. }
            | Event::BroadcastOrdered { .. }
            | Event::BroadcastRecalled { .. }
            | Event::CharterAmended { .. }
            | Event::ActionCalled { .. }
            | Event::DecisionRecorded { .. } => self.apply_effect(it, event, here, report),
            Event::GroupFounded(_)
            | Event::ProposalOpened(_)
            | Event::MemberLeft { .. }
            | Event::MemberErased { .. }
            | Event::MemberPaused { .. }
            | Event::MemberResumed { .. }
            | Event::MemberRested { .. }
            | Event::DocumentErased { .. }
            | Event::DeedReported { .. } => {
                Err(Refused::new(Code::RuleBroken, "not an event of an open proposal"))
            }
        }
    }

    fn must_follow(&mut self, proposal: u64, follows: &'static [Follow]) {
        self.due = Some(Due { proposal, follows });
    }

    /// After one bad entry of a proposal its later ones say nothing more and are passed over.
    fn give_up_on(&mut self, event: &Event) {
        if matches!(event, Event::ProposalOpened(_)) {
            self.broken.insert(self.proposals);
            self.proposals += 1;
        }
        if let Some(number) = event.proposal().filter(|number| *number < self.proposals) {
            self.broken.insert(number);
            if let Some(proposal) = self.open.remove(&number) {
                self.forget(&proposal);
            }
        }
    }

    /// One open proposal less for its author.
    fn forget(&mut self, proposal: &Proposal) {
        if let Some(process) = &proposal.process
            && let Some(count) =
                self.open_by.get_mut(&(proposal.author, is_invitation(process.kind)))
        {
            *count -= 1;
        }
    }

    /// An entry names a document that should lie beside the journal.
    fn name(&mut self, document: Hash) {
        if self.documents.get(&document).is_none() {
            self.missing.insert(document);
        }
    }
}
