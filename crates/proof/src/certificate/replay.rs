//! What the entries of a certificate prove by themselves: one proposal through its stages to its
//! broadcast. Knows nothing of entries that are not in it.

use std::collections::{BTreeMap, BTreeSet};

use super::Parts;
use crate::beacon::Chain;
use crate::count;
use crate::entry::{
    Audience, DrawCalled, Entry, Event, Founded, Outcome, Position, Recourse, StageKind, Subject,
    Verdict,
};
use crate::finding::{Code, Refused, need};
use crate::hash::Hash;
use crate::note::VerifyingKey;
use crate::replay::Options;
use crate::sitting::Sitting;

pub(super) struct Replay<'a> {
    pub(super) parts: &'a Parts,
    pub(super) founded: &'a Founded,
    pub(super) key: &'a VerifyingKey,
    pub(super) chain: Option<Chain>,
    pub(super) known: &'a BTreeMap<u64, Hash>,
    /// the charter that the group amended itself to last before the proposal was opened
    amended: Option<Hash>,
    proposal: Option<Proposal>,
    pub(super) gone: BTreeSet<u32>,
    steps: u64,
    stage: Option<Stage>,
    /// what the last jury, vote or consensus approved
    approved: Option<Hash>,
    pub(super) used_lists: BTreeSet<String>,
    last: Last,
    ordered: Option<(Hash, u64)>,
}

/// What the entry before was, as far as a broadcast must follow it at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Nothing,
    Ended { seq: u64, passed: bool },
    Recalled { seq: u64 },
}

pub(super) struct Proposal {
    pub(super) author: u32,
    pub(super) roll: u32,
    pub(super) version: Hash,
    pub(super) subject: Option<Subject>,
    audience: Audience,
    pub(super) cosigners: BTreeSet<u32>,
}

pub(super) struct Stage {
    pub(super) kind: StageKind,
    /// when it is over; of a drawn assembly, once it was drawn
    pub(super) until: u64,
    /// whether it begins with a draw
    pub(super) drawn: bool,
    pub(super) attempt: u64,
    pub(super) call: Option<(DrawCalled, u64, Hash)>,
    pub(super) sitting: Option<Box<Sitting>>,
    /// how many the draw seated
    pub(super) seated: Option<u64>,
    pub(super) verdict: Option<Verdict>,
    /// what the closing entry of a vote says
    pub(super) closed: Option<count::Outcome>,
    /// the last position of each member on the current version
    pub(super) positions: BTreeMap<u32, Position>,
    pub(super) woken: bool,
}

const INVALID: Code = Code::CertificateInvalid;

impl<'a> Replay<'a> {
    pub(super) fn new(
        parts: &'a Parts,
        founded: &'a Founded,
        key: &'a VerifyingKey,
        options: &Options<'_>,
        known: &'a BTreeMap<u64, Hash>,
    ) -> Replay<'a> {
        Replay {
            parts,
            founded,
            key,
            chain: options.chain(founded),
            known,
            amended: None,
            proposal: None,
            gone: BTreeSet::new(),
            steps: 0,
            stage: None,
            approved: None,
            used_lists: BTreeSet::new(),
            last: Last::Nothing,
            ordered: None,
        }
    }

    pub(super) fn take(&mut self, entry: &Entry, leaf: Hash) -> Result<(), Refused> {
        let event = &entry.event;
        need(self.ordered.is_none(), INVALID, "nothing follows the broadcast")?;
        if let Some(slot) = super::leaving(event) {
            need(self.proposal.is_some(), INVALID, "a leaving before the proposal was opened")?;
            self.gone.insert(slot);
            return Ok(());
        }
        if let Event::CharterAmended { charter, .. } = event {
            let first = self.proposal.is_none() && self.amended.is_none();
            let code = Code::CertificateOtherMessage;
            need(first, code, "an amendment that does not follow the founding")?;
            self.amended = Some(*charter);
            return Ok(());
        }
        let carried = match event {
            Event::GroupFounded(_) => false,
            // Of another proposal, which has a reason of its own.
            _ if event.proposal().is_some_and(|number| number != self.parts.proposal) => {
                super::is_carried(event, event.proposal().unwrap_or_default())
            }
            _ => super::is_carried(event, self.parts.proposal),
        };
        need(carried || stranger(event), INVALID, "an entry that does not belong into it")?;
        let ours = event.proposal() == Some(self.parts.proposal);
        need(ours, Code::CertificateOtherMessage, "an entry of another proposal")?;
        let opens = matches!(event, Event::ProposalOpened(_));
        let once = opens == self.proposal.is_none();
        need(once, INVALID, "the proposal is opened once, first of all")?;
        if let Some(step) = event.step() {
            let runs = self.stage.is_some() && step + 1 == self.steps;
            need(runs, INVALID, format_args!("step {step} is not running"))?;
        }
        let last = std::mem::replace(&mut self.last, Last::Nothing);
        self.apply(entry, leaf, last)
    }

    fn apply(&mut self, entry: &Entry, leaf: Hash, last: Last) -> Result<(), Refused> {
        match &entry.event {
            Event::ProposalOpened(it) => {
                let same = it.charter == self.amended.unwrap_or(self.founded.charter);
                need(same, Code::CharterMismatch, "not the charter of the group")?;
                self.proposal = Some(Proposal {
                    author: it.by,
                    roll: it.roll,
                    version: it.version,
                    subject: it.subject,
                    audience: it.audience,
                    cosigners: BTreeSet::new(),
                });
                Ok(())
            }
            Event::VersionPosted { by, version, audience, subject, .. } => {
                let proposal = self.proposal_mut()?;
                need(*by == proposal.author, Code::RuleBroken, "only the author posts a version")?;
                proposal.version = *version;
                proposal.audience = *audience;
                proposal.subject = *subject;
                proposal.cosigners.clear();
                if let Some(stage) = &mut self.stage {
                    stage.positions.clear();
                }
                Ok(())
            }
            Event::ProposalCosigned { by, version, .. } => {
                let proposal = self.proposal_mut()?;
                let may = *by != proposal.author
                    && *by < proposal.roll
                    && *version == proposal.version
                    && proposal.cosigners.insert(*by);
                need(may, Code::CosignNotAllowed, "this co-signature is not allowed")
            }
            Event::CosignWithdrawn { by, .. } => {
                self.proposal_mut()?.cosigners.remove(by);
                Ok(())
            }
            Event::RecourseTaken { by, choice, .. } => {
                let author = self.proposal_mut()?.author;
                need(*by == author, Code::RuleBroken, "only the author may")?;
                if *choice != Recourse::Accept {
                    self.stage = None;
                }
                Ok(())
            }
            Event::StageEntered { step, kind, until, .. } => self.enter(*step, *kind, *until),
            Event::StageEnded { outcome, .. } => self.end(entry.seq, *outcome),
            Event::BroadcastRecalled { number, .. } => self.recall(entry.seq, last, *number),
            Event::BroadcastOrdered { number, version, audience, .. } => {
                self.order(entry.seq, last, (*number, *version, *audience))
            }
            Event::VoteClosed(closed) => self.close_vote(entry.at, closed),
            Event::PositionTaken { .. } => self.take_position(entry),
            Event::PledgeWoken(_) => self.wake(),
            _ => self.apply_to_jury(entry, leaf),
        }
    }

    fn apply_to_jury(&mut self, entry: &Entry, leaf: Hash) -> Result<(), Refused> {
        let at = entry.at;
        match &entry.event {
            Event::DrawCalled(called) => self.call(called, entry.seq, leaf),
            Event::DrawMissed { attempt, .. } => self.miss(*attempt),
            Event::DrawMade(made) => self.draw(made, entry),
            Event::SeatsCalled { seated, released, reason, .. } => {
                let (sitting, gone) = self.sitting()?;
                let gone = |slot: u32| gone.contains(&slot);
                sitting.pass_on(at, (released, seated), *reason, &gone)
            }
            Event::JuryGrown(grown) => {
                let (sitting, gone) = self.sitting()?;
                let gone = |slot: u32| gone.contains(&slot);
                sitting.grow(at, grown, &gone)
            }
            Event::JuryExtended { released, seated, until, .. } => {
                let (sitting, gone) = self.sitting()?;
                let gone = |slot: u32| gone.contains(&slot);
                sitting.extend(at, (released, seated, *until), &gone)
            }
            Event::JuryClosed(closed) => {
                let (sitting, gone) = self.sitting()?;
                let gone = |slot: u32| gone.contains(&slot);
                sitting.close(at, closed, &gone)?;
                self.running()?.verdict = Some(closed.verdict);
                Ok(())
            }
            _ => Err(Refused::new(INVALID, "an entry that does not belong into it")),
        }
    }

    fn enter(&mut self, step: u64, kind: StageKind, until: u64) -> Result<(), Refused> {
        let next = step == self.steps && self.stage.is_none();
        need(next, INVALID, format_args!("step {} comes next", self.steps))?;
        self.steps += 1;
        self.stage = Some(Stage {
            kind,
            until,
            drawn: kind == StageKind::Jury || (kind == StageKind::Vote && until == 0),
            attempt: 0,
            call: None,
            sitting: None,
            seated: None,
            verdict: None,
            closed: None,
            positions: BTreeMap::new(),
            woken: false,
        });
        Ok(())
    }

    fn end(&mut self, seq: u64, outcome: Outcome) -> Result<(), Refused> {
        let stage = self.running()?;
        let kind = stage.kind;
        let code = Code::OutcomeWrong;
        need(kind.ends_in(outcome), code, "a stage of this kind does not end so")?;
        need(stage.can_end(outcome), code, "the stage did not end as its entries say")?;
        if kind.judges() {
            let version = self.proposal_mut()?.version;
            self.approved = (outcome == Outcome::Pass).then_some(version);
        }
        self.stage = None;
        self.last = Last::Ended { seq, passed: outcome == Outcome::Pass };
        Ok(())
    }

    fn recall(&mut self, seq: u64, last: Last, number: u64) -> Result<(), Refused> {
        let same = self.proposal_mut()?.subject == Some(Subject::Number(number));
        need(same, Code::RuleBroken, "not the broadcast that the proposal is about")?;
        let follows = matches!(last, Last::Ended { seq: ended, .. } if ended + 1 == seq);
        need(follows, Code::BroadcastUnfounded, "nothing leads to this recall")?;
        self.last = Last::Recalled { seq };
        Ok(())
    }

    fn order(
        &mut self,
        seq: u64,
        last: Last,
        (number, version, audience): (u64, Hash, Audience),
    ) -> Result<(), Refused> {
        let approved = self.approved;
        let proposal = self.proposal_mut()?;
        let follows = match last {
            Last::Nothing => false,
            Last::Ended { seq: ended, passed } => passed && ended + 1 == seq,
            // The erasing of the recalled text may stand between.
            Last::Recalled { seq: recalled } => (1..=2).contains(&(seq - recalled)),
        };
        let said = approved == Some(version)
            && version == proposal.version
            && audience == proposal.audience;
        let text = "nobody approved this version for this audience";
        need(follows && said, Code::BroadcastUnfounded, text)?;
        self.ordered = Some((version, number));
        Ok(())
    }

    /// After the last entry: it must be the broadcast that the certificate names.
    pub(super) fn finish(&self, version: Option<&Hash>) -> Result<(), Refused> {
        let missing = || Refused::new(INVALID, "does not end with a broadcast");
        let ordered = self.ordered.ok_or_else(missing)?;
        let lists = self.parts.exclusions.keys().all(|step| self.used_lists.contains(step));
        need(lists, INVALID, "a list for a step that had no draw")?;
        let code = Code::CertificateOtherMessage;
        let same = ordered == (self.parts.version, self.parts.number);
        need(same, code, "the broadcast in it is another one than it names")?;
        let belongs = version.is_none_or(|version| *version == self.parts.version);
        need(belongs, code, "it belongs to another message")
    }

    pub(super) fn running(&mut self) -> Result<&mut Stage, Refused> {
        self.stage.as_mut().ok_or_else(|| Refused::new(INVALID, "no stage is running"))
    }

    pub(super) fn proposal_mut(&mut self) -> Result<&mut Proposal, Refused> {
        self.proposal.as_mut().ok_or_else(|| Refused::new(INVALID, "no proposal was opened"))
    }

    fn sitting(&mut self) -> Result<(&mut Sitting, &BTreeSet<u32>), Refused> {
        let sits = |stage: &&mut Stage| stage.kind == StageKind::Jury && stage.verdict.is_none();
        let stage = self.stage.as_mut().filter(sits);
        let sitting = stage.and_then(|stage| stage.sitting.as_deref_mut());
        let missing = || Refused::new(Code::RuleBroken, "no jury is sitting");
        Ok((sitting.ok_or_else(missing)?, &self.gone))
    }
}

/// Events without a proposal that are no leavings: they are of no message at all.
fn stranger(event: &Event) -> bool {
    event.proposal().is_none() && !matches!(event, Event::GroupFounded(_))
}
