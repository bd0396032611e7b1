//! A proposal: who wrote it, its current version, who co-signed it, and where it stands. Knows
//! nothing of juries and votes beyond that one may be going on.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::asking::Asked;
use super::charter::Charter;
use super::roll::DAY_MS;
use super::{Document, Follow, Here, Replay};
use crate::entry::{
    Audience, DrawCalled, Ending, Event, Opened, Outcome, ProposalKind, Recourse, StageKind,
    Subject, Verdict,
};
use crate::finding::{Code, Refused, need};
use crate::hash::Hash;
use crate::rules::{Next, ProcessRules, StageParameters, StageRules, by_size};
use crate::sitting::Sitting;

/// An open proposal.
pub(super) struct Proposal {
    pub(super) number: u64,
    pub(super) author: u32,
    pub(super) roll: u32,
    pub(super) version: Hash,
    /// every text that was put forward as this proposal
    pub(super) versions: BTreeSet<Hash>,
    pub(super) audience: Audience,
    /// what it carries; where the charter is not known, what its text says it does
    pub(super) kind: Option<ProposalKind>,
    pub(super) subject: Option<Subject>,
    pub(super) process_id: String,
    /// the charter that it was opened under
    pub(super) charter: Arc<Charter>,
    /// its flowchart; none where the charter's numbers are not compared
    pub(super) process: Option<Arc<ProcessRules>>,
    /// where the last outcome leads, as far as it is known
    pub(super) leads: Option<Next>,
    pub(super) steps: u64,
    pub(super) stage: Option<Stage>,
    /// co-signers of the current version
    pub(super) cosigners: BTreeSet<u32>,
    /// everyone who was ever seated for this proposal
    pub(super) jurors: BTreeSet<u32>,
    pub(super) used: BTreeSet<Recourse>,
    /// a revision was announced; its version must be posted now
    pub(super) revising: bool,
    /// lots were called for it at least once
    pub(super) called: bool,
    /// the outcome of the last stage in which others said yes or no
    pub(super) last_said: Option<Outcome>,
    /// the version that the last jury, vote or consensus passed
    pub(super) approved: Option<Hash>,
    /// the winners of the last vote
    pub(super) winners: Vec<u32>,
    /// whose pledges stood when they woke
    pub(super) pledged: BTreeSet<u32>,
    pub(super) ending: Option<Ending>,
}

/// The stage a proposal stands in.
pub(super) struct Stage {
    pub(super) id: String,
    pub(super) kind: StageKind,
    pub(super) until: u64,
    /// whether it begins with a draw
    pub(super) drawn: bool,
    pub(super) attempt: u64,
    pub(super) call: Option<Call>,
    pub(super) sitting: Option<Box<Sitting>>,
    pub(super) verdict: Option<Verdict>,
    pub(super) accepted: bool,
    /// what was handed in where everybody is asked
    pub(super) asked: Option<Box<Asked>>,
}

/// A draw that was called and waits for its round.
pub(super) struct Call {
    pub(super) called: DrawCalled,
    pub(super) seq: u64,
    pub(super) leaf: Hash,
    /// ascending
    pub(super) excluded: Vec<u32>,
}

impl Proposal {
    /// The parameters of the running stage, if the charter is known.
    pub(super) fn rules(&self) -> Option<&StageRules> {
        self.process.as_ref()?.stages.get(&self.stage.as_ref()?.id)
    }

    pub(super) fn sitting_mut(&mut self) -> Option<&mut Sitting> {
        self.stage.as_mut()?.sitting.as_deref_mut()
    }

    /// The running stage.
    pub(super) fn running(&mut self, code: Code) -> Result<&mut Stage, Refused> {
        self.stage.as_mut().ok_or_else(|| Refused::new(code, "no stage is running"))
    }

    pub(super) fn runs(&self, kind: StageKind) -> bool {
        self.stage.as_ref().is_some_and(|stage| stage.kind == kind)
    }

    /// How many co-signatures pass the running stage; none if that is not known.
    pub(super) fn needed(&self) -> Option<usize> {
        match &self.rules()?.kind {
            StageParameters::Cosign { needed, .. } => {
                by_size(needed, self.roll).map(|count| *count as usize)
            }
            StageParameters::Jury { .. }
            | StageParameters::Recourse { .. }
            | StageParameters::Wait { .. }
            | StageParameters::Vote { .. }
            | StageParameters::Consensus { .. }
            | StageParameters::Objection { .. }
            | StageParameters::Pledge { .. } => None,
        }
    }

    /// Whether the author may post a version in the running stage.
    fn is_open_to_change(&self, at: u64) -> bool {
        let Some(stage) = &self.stage else { return false };
        let amendable = match self.rules().map(|rules| &rules.kind) {
            Some(StageParameters::Consensus { amendable, .. }) => *amendable,
            Some(_) => false,
            None => stage.kind == StageKind::Consensus,
        };
        stage.kind == StageKind::Cosign || (amendable && at < stage.until)
    }

    /// Whether the current version has enough co-signatures to pass the running stage.
    pub(super) fn is_ready(&self) -> bool {
        self.needed().is_some_and(|needed| self.cosigners.len() >= needed)
    }

    /// The step an event names must be the one that runs, or the next one if it enters a stage.
    pub(super) fn need_step(&self, event: &Event, code: Code) -> Result<(), Refused> {
        if let Event::StageEntered { step, .. } = event {
            return need(*step == self.steps, code, format_args!("step {} comes next", self.steps));
        }
        let Some(step) = event.step() else { return Ok(()) };
        let runs = self.stage.is_some() && step + 1 == self.steps;
        need(runs, code, format_args!("step {step} is not running"))
    }
}

impl Replay<'_> {
    pub(super) fn on_opened(&mut self, opened: &Opened, here: Here) -> Result<(), Refused> {
        let number = self.proposals;
        let next = opened.proposal == number;
        need(next, Code::RuleBroken, format_args!("proposal {number} is the next one"))?;
        let charter = Arc::clone(&self.group()?.charter);
        let same = opened.charter == charter.name;
        need(same, Code::CharterMismatch, "not the charter in force")?;
        let process = charter.processes.get(&opened.process).cloned();
        let known = process.is_some() || charter.rules.is_none();
        let text = format!("the charter has no process {}", opened.process);
        need(known, Code::CharterMismatch, &text)?;
        let roll = self.roll.size();
        need(opened.roll == roll, Code::RuleBroken, format_args!("the roll is {roll}"))?;
        if let Some(process) = &process {
            self.need_below_limit(&charter, opened.by, process.kind)?;
            self.check_subject(process, opened.by, opened.subject)?;
        }
        self.turned_down.need_reopened(opened.by, &opened.version, here.at)?;
        let first = process.as_ref().map(|process| Next::Stage(process.first.clone()));
        let proposal = Proposal {
            number,
            author: opened.by,
            roll,
            version: opened.version,
            versions: BTreeSet::from([opened.version]),
            audience: opened.audience,
            kind: process.as_ref().map(|process| process.kind).or(self.said_kind(&opened.version)),
            subject: opened.subject,
            process_id: opened.process.clone(),
            charter,
            process,
            leads: first,
            steps: 0,
            stage: None,
            cosigners: BTreeSet::new(),
            jurors: BTreeSet::new(),
            used: BTreeSet::new(),
            revising: false,
            called: false,
            last_said: None,
            approved: None,
            winners: Vec::new(),
            pledged: BTreeSet::new(),
            ending: None,
        };
        self.check_version(&proposal, opened.version, opened.audience, opened.subject)?;
        if let Some(process) = &proposal.process {
            *self.open_by.entry((opened.by, is_invitation(process.kind))).or_insert(0) += 1;
        }
        self.open.insert(number, Box::new(proposal));
        self.proposals += 1;
        self.must_follow(number, &[Follow::StageEntered]);
        Ok(())
    }

    fn said_kind(&self, version: &Hash) -> Option<ProposalKind> {
        match self.documents.get(version) {
            Some(Document::Version(facts)) => Some(facts.kind),
            Some(Document::Erased | Document::Mismatched | Document::Other) | None => None,
        }
    }

    /// Invitations are counted by themselves, all other kinds together.
    fn need_below_limit(
        &self,
        charter: &Charter,
        author: u32,
        kind: ProposalKind,
    ) -> Result<(), Refused> {
        let Some(rules) = &charter.rules else { return Ok(()) };
        let most = if is_invitation(kind) {
            rules.open_invitations_per_member
        } else {
            rules.open_proposals_per_member
        };
        let mine = self.open_by.get(&(author, is_invitation(kind))).copied().unwrap_or(0);
        let text = format!("slot {author} has {mine} open proposals of this kind");
        need(mine < most, Code::RuleBroken, &text)
    }

    fn check_version(
        &mut self,
        it: &Proposal,
        version: Hash,
        audience: Audience,
        subject: Option<Subject>,
    ) -> Result<(), Refused> {
        self.name(version);
        if let Some(process) = &it.process {
            let known = process.audiences.contains(&audience);
            need(known, Code::CharterMismatch, "the process does not know this audience")?;
        }
        let code = Code::DocumentMismatch;
        match self.documents.get(&version) {
            None | Some(Document::Erased | Document::Mismatched) => Ok(()),
            Some(Document::Other) => Err(Refused::new(code, "not a version document")),
            Some(Document::Version(facts)) => {
                let kind = it.process.as_ref().is_none_or(|process| process.kind == facts.kind);
                let same = kind
                    && facts.audience == audience
                    && facts.process == it.process_id
                    && facts.subject == subject;
                need(same, code, "the version document says otherwise than the entry")
            }
        }
    }

    pub(super) fn on_posted(
        &mut self,
        it: &mut Proposal,
        here: Here,
        event: &Event,
    ) -> Result<(), Refused> {
        let Event::VersionPosted { by, version, audience, subject, .. } = event else {
            return Ok(());
        };
        let code = Code::RuleBroken;
        need(*by == it.author, code, "only the author posts a version")?;
        let may = it.revising || it.is_open_to_change(here.at);
        need(may, code, "the text cannot change here")?;
        self.turned_down.need_reopened(*by, version, here.at)?;
        self.check_new_subject(it, *subject)?;
        self.check_version(it, *version, *audience, *subject)?;
        it.version = *version;
        it.versions.insert(*version);
        it.audience = *audience;
        it.subject = *subject;
        it.cosigners.clear();
        Self::forget_positions(it);
        if std::mem::take(&mut it.revising) {
            self.must_follow(it.number, &[Follow::StageEntered]);
        }
        Ok(())
    }

    /// Whoever would be removed may say something to it.
    pub(super) fn on_statement(
        &mut self,
        it: &Proposal,
        by: u32,
        document: Hash,
    ) -> Result<(), Refused> {
        self.name(document);
        let asked = it.process.is_none() || it.would_remove() == Some(by);
        need(asked, Code::RuleBroken, "only who would be removed makes a statement")
    }

    pub(super) fn on_cosigned(
        &mut self,
        it: &mut Proposal,
        here: Here,
        by: u32,
        version: &Hash,
    ) -> Result<(), Refused> {
        let code = Code::CosignNotAllowed;
        need(it.runs(StageKind::Cosign), code, "no co-signatures are asked for")?;
        need(here.at < it.running(code)?.until, code, "the time is over")?;
        need(by != it.author, code, "an author does not co-sign")?;
        need(by < it.roll, code, format_args!("slot {by} is not in the frozen roll"))?;
        need(*version == it.version, code, "not the current version")?;
        let once = !it.cosigners.contains(&by);
        need(once, code, format_args!("slot {by} has co-signed this version"))?;
        let rules = it.charter.rules.as_ref();
        let new_ms = rules.map_or(0, |rules| rules.new_days.saturating_mul(DAY_MS));
        let new = self.roll.is_new(by, here.at, new_ms);
        need(!new, code, format_args!("slot {by} is too new"))?;
        it.cosigners.insert(by);
        if it.is_ready() {
            self.must_follow(it.number, &[Follow::StageEnded]);
        }
        Ok(())
    }

    pub(super) fn on_cosign_withdrawn(it: &mut Proposal, by: u32) -> Result<(), Refused> {
        let there = it.runs(StageKind::Cosign) && it.cosigners.remove(&by);
        need(there, Code::CosignNotAllowed, "there is no co-signature to take back")
    }

    pub(super) fn on_withdrawn(&mut self, it: &mut Proposal, by: u32) -> Result<(), Refused> {
        need(by == it.author, Code::RuleBroken, "only the author withdraws")?;
        it.stage = None;
        it.ending = Some(Ending::Withdrawn);
        self.must_follow(it.number, &[Follow::ProposalClosed]);
        Ok(())
    }
}

/// Whether proposals of this kind count as invitations.
pub(super) fn is_invitation(kind: ProposalKind) -> bool {
    kind == ProposalKind::Admission
}
