//! What the entries of a certificate prove by themselves: the right jury, drawn as it must be,
//! opened ballots, a verdict, a broadcast. Knows nothing of entries that are not in it.

use std::collections::{BTreeMap, BTreeSet};

use super::Parts;
use crate::beacon::{BEACON_DELAY_MS, Chain, verify_link};
use crate::draw::Randomness;
use crate::entry::{
    Audience, BeaconKind, DrawCalled, DrawMade, Entry, Event, Founded, Outcome, Recourse,
    StageKind, Verdict,
};
use crate::finding::{Code, Refused, need};
use crate::hash::{Hash, sha256};
use crate::jury::{ATTEMPTS_MAX, Reason, parse_exclusions};
use crate::note::{VerifyingKey, open_checkpoint};
use crate::replay::Options;
use crate::sitting::{Sight, Sitting};

pub(super) struct Replay<'a> {
    parts: &'a Parts,
    founded: &'a Founded,
    key: &'a VerifyingKey,
    chain: Option<Chain>,
    known: &'a BTreeMap<u64, Hash>,
    proposal: Option<Proposal>,
    gone: BTreeSet<u32>,
    steps: u64,
    stage: Option<Stage>,
    approved: Option<Hash>,
    used_lists: BTreeSet<String>,
    /// where a stage ended with `pass`, if that was the last thing that happened
    passed_at: Option<u64>,
    ordered: Option<(Hash, u64)>,
}

struct Proposal {
    author: u32,
    roll: u32,
    version: Hash,
    audience: Audience,
    cosigners: BTreeSet<u32>,
}

struct Stage {
    kind: StageKind,
    attempt: u64,
    call: Option<(DrawCalled, u64, Hash)>,
    sitting: Option<Box<Sitting>>,
    verdict: Option<Verdict>,
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
            proposal: None,
            gone: BTreeSet::new(),
            steps: 0,
            stage: None,
            approved: None,
            used_lists: BTreeSet::new(),
            passed_at: None,
            ordered: None,
        }
    }

    pub(super) fn take(&mut self, entry: &Entry, leaf: Hash) -> Result<(), Refused> {
        let event = &entry.event;
        need(self.ordered.is_none(), INVALID, "nothing follows the broadcast")?;
        if let Event::MemberLeft { by } | Event::MemberErased { by } = event {
            need(self.proposal.is_some(), INVALID, "a leaving before the proposal was opened")?;
            self.gone.insert(*by);
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
        let passed_at = self.passed_at.take();
        self.apply(entry, leaf, passed_at)
    }

    fn apply(&mut self, entry: &Entry, leaf: Hash, passed_at: Option<u64>) -> Result<(), Refused> {
        match &entry.event {
            Event::ProposalOpened(it) => {
                let same = it.charter == self.founded.charter;
                need(same, Code::CharterMismatch, "not the charter of the group")?;
                self.proposal = Some(Proposal {
                    author: it.by,
                    roll: it.roll,
                    version: it.version,
                    audience: it.audience,
                    cosigners: BTreeSet::new(),
                });
                Ok(())
            }
            Event::VersionPosted { by, version, audience, .. } => {
                let proposal = self.proposal_mut()?;
                need(*by == proposal.author, Code::RuleBroken, "only the author posts a version")?;
                proposal.version = *version;
                proposal.audience = *audience;
                proposal.cosigners.clear();
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
            Event::StageEntered { step, kind, .. } => self.enter(*step, *kind),
            Event::StageEnded { outcome, .. } => self.end(entry.seq, *outcome),
            Event::BroadcastOrdered { number, version, audience, .. } => {
                self.order(entry.seq, passed_at, (*number, *version, *audience))
            }
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

    fn enter(&mut self, step: u64, kind: StageKind) -> Result<(), Refused> {
        let next = step == self.steps && self.stage.is_none();
        need(next, INVALID, format_args!("step {} comes next", self.steps))?;
        self.steps += 1;
        self.stage = Some(Stage { kind, attempt: 0, call: None, sitting: None, verdict: None });
        Ok(())
    }

    fn end(&mut self, seq: u64, outcome: Outcome) -> Result<(), Refused> {
        let stage = self.running()?;
        let possible = stage.kind.ends_in(outcome);
        need(possible, Code::OutcomeWrong, "a stage of this kind does not end so")?;
        if stage.kind == StageKind::Jury {
            let right = stage.verdict.map(Verdict::outcome) == Some(outcome);
            need(right, Code::OutcomeWrong, "the stage did not end as its jury said")?;
            let version = self.proposal_mut()?.version;
            self.approved = (outcome == Outcome::Pass).then_some(version);
        }
        self.stage = None;
        self.passed_at = (outcome == Outcome::Pass).then_some(seq);
        Ok(())
    }

    fn call(&mut self, called: &DrawCalled, seq: u64, leaf: Hash) -> Result<(), Refused> {
        let code = Code::RuleBroken;
        let proposal = self.proposal_mut()?;
        let same = called.version == proposal.version && called.roll == proposal.roll;
        let stage = self.running()?;
        let may = stage.kind == StageKind::Jury && stage.call.is_none();
        need(may, code, "no draw can be called here")?;
        let next = called.attempt == stage.attempt;
        need(next && same, code, "another attempt, version or roll")?;
        stage.call = Some((called.clone(), seq, leaf));
        let chain = called.chain == self.founded.chain;
        need(chain, Code::DrawRoundWrong, "another chain than the group's")?;
        if self.founded.beacon == BeaconKind::Drand {
            let unknown = "a drand chain that this verifier does not know";
            let chain = self.chain.as_ref();
            let chain = chain.ok_or_else(|| Refused::new(Code::BeaconInvalid, unknown))?;
            let earliest = called.slot_at.saturating_add(BEACON_DELAY_MS);
            let right = chain.round_at_or_after(earliest) == Some(called.round);
            need(right, Code::DrawRoundWrong, "another round than the slot's")?;
        }
        Ok(())
    }

    fn miss(&mut self, attempt: u64) -> Result<(), Refused> {
        let stage = self.running()?;
        let waits = stage.call.is_some() && stage.sitting.is_none() && attempt == stage.attempt;
        need(waits, Code::RuleBroken, "no draw is waiting")?;
        stage.call = None;
        stage.attempt += 1;
        stage.verdict = (stage.attempt == u64::from(ATTEMPTS_MAX)).then_some(Verdict::Undecided);
        Ok(())
    }

    fn draw(&mut self, made: &DrawMade, entry: &Entry) -> Result<(), Refused> {
        let stage = self.running()?;
        let waits = stage.sitting.is_none() && made.attempt == stage.attempt;
        let call = stage.call.clone().filter(|_| waits);
        let missing = || Refused::new(Code::RuleBroken, "no draw is waiting");
        let (called, called_at, leaf) = call.ok_or_else(missing)?;
        let code = Code::DrawNotCovered;
        let checkpoint = open_checkpoint(&made.checkpoint, &self.founded.origin, self.key)
            .map_err(|error| Refused::new(code, error.to_string()))?;
        let covered = called_at < checkpoint.size && checkpoint.size <= entry.seq;
        need(covered, code, "the checkpoint does not stand between call and draw")?;
        let randomness = self.randomness(&called, &made.signature, entry.at)?;
        let excluded = self.excluded(&called)?;
        let mut sitting = Sitting::new(&called, leaf, excluded, &randomness, Sight::Certificate);
        let gone = |slot: u32| self.gone.contains(&slot);
        sitting.open(entry.at, (&made.seated, made.until), &gone)?;
        let stage = self.running()?;
        stage.sitting = Some(Box::new(sitting));
        stage.verdict = made.seated.is_empty().then_some(Verdict::Undecided);
        Ok(())
    }

    fn randomness(
        &self,
        called: &DrawCalled,
        signature: &[u8],
        at: u64,
    ) -> Result<Randomness, Refused> {
        let code = Code::BeaconInvalid;
        let unknown = || Refused::new(code, "a chain that this verifier does not know");
        let chain = self.chain.as_ref().ok_or_else(unknown)?;
        let local = called.slot_at.saturating_add(BEACON_DELAY_MS);
        let exists = at >= chain.round_time(called.round).unwrap_or(local);
        need(exists, code, "earlier than its randomness can exist")?;
        let checked = match (chain, Hash::from_slice(signature)) {
            (Chain::Local { .. }, Some(link)) => {
                let known = self.known.range(..called.round).next_back();
                let known = known.map_or((0, chain.hash()), |(round, link)| (*round, *link));
                verify_link(known, (called.round, link))
            }
            (Chain::Quicknet | Chain::Other(_), _)
                if self.known.get(&called.round) == Some(&sha256(signature)) =>
            {
                Ok(Randomness(sha256(signature).0))
            }
            (Chain::Local { .. } | Chain::Quicknet | Chain::Other(_), _) => {
                chain.verify(called.round, signature)
            }
        };
        checked.map_err(|error| Refused::new(code, error.to_string()))
    }

    /// The exclusion list of this step, checked as far as the certificate reaches.
    fn excluded(&mut self, called: &DrawCalled) -> Result<Vec<u32>, Refused> {
        let code = Code::DrawExclusionsWrong;
        let step = called.step.to_string();
        let text = self.parts.exclusions.get(&step);
        let text = text.filter(|text| sha256(text.as_bytes()) == called.exclusions);
        let other = || Refused::new(code, "not the list that the call names");
        let list = parse_exclusions(text.ok_or_else(other)?);
        let list = list.ok_or_else(|| Refused::new(code, "a line that says nothing"))?;
        self.used_lists.insert(step);
        let whole = list.len() as u64 == called.excluded;
        need(whole, code, "the list has another length")?;
        let within = list.last().is_none_or(|(slot, _)| *slot < called.roll);
        need(within, code, "a slot outside the roll")?;
        let reason = |slot: u32| {
            let at = list.binary_search_by_key(&slot, |(slot, _)| *slot).ok()?;
            list.get(at).map(|(_, reason)| *reason)
        };
        let proposal = self.proposal_mut()?;
        let author = matches!(reason(proposal.author), Some(Reason::Left | Reason::Author));
        need(author, code, "the author is not on it")?;
        let counted = |slot: &u32| matches!(reason(*slot), Some(Reason::Left | Reason::Cosigner));
        need(proposal.cosigners.iter().all(counted), code, "a co-signer is not on it")?;
        let mut named = list.iter().filter(|(_, reason)| *reason == Reason::Cosigner);
        let known = named.all(|(slot, _)| proposal.cosigners.contains(slot));
        need(known, code, "it names a co-signer whose co-signature is missing")?;
        Ok(list.into_iter().map(|(slot, _)| slot).collect())
    }

    fn order(
        &mut self,
        seq: u64,
        passed_at: Option<u64>,
        (number, version, audience): (u64, Hash, Audience),
    ) -> Result<(), Refused> {
        let approved = self.approved;
        let proposal = self.proposal_mut()?;
        let follows = passed_at.is_some_and(|at| at + 1 == seq);
        let said = approved == Some(version)
            && version == proposal.version
            && audience == proposal.audience;
        let text = "no jury approved this version for this audience";
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

    fn running(&mut self) -> Result<&mut Stage, Refused> {
        self.stage.as_mut().ok_or_else(|| Refused::new(INVALID, "no stage is running"))
    }

    fn proposal_mut(&mut self) -> Result<&mut Proposal, Refused> {
        self.proposal.as_mut().ok_or_else(|| Refused::new(INVALID, "no proposal was opened"))
    }

    fn sitting(&mut self) -> Result<(&mut Sitting, &BTreeSet<u32>), Refused> {
        let stage = self.stage.as_mut().filter(|stage| stage.verdict.is_none());
        let sitting = stage.and_then(|stage| stage.sitting.as_deref_mut());
        let missing = || Refused::new(Code::RuleBroken, "no jury is sitting");
        Ok((sitting.ok_or_else(missing)?, &self.gone))
    }
}

/// Events without a proposal that are no leavings: they are of no message at all.
fn stranger(event: &Event) -> bool {
    event.proposal().is_none() && !matches!(event, Event::GroupFounded(_))
}
