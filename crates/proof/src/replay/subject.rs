//! What a proposal is about: the member it would remove, the broadcast it would recall, the charter
//! it would put in force, the options of its question (`spec/events.md`, Subject).

use super::Replay;
use super::proposal::Proposal;
use crate::entry::{ProposalKind, Subject};
use crate::finding::{Code, Refused, need};
use crate::rules::ProcessRules;

impl Proposal {
    /// The slot it would remove, if it would remove anybody.
    pub(super) fn would_remove(&self) -> Option<u32> {
        let removal = self.kind == Some(ProposalKind::Removal);
        self.subject_number().filter(|_| removal).and_then(|slot| u32::try_from(slot).ok())
    }

    /// How many options its text lists: none, unless it is a decision.
    pub(super) fn options(&self) -> u32 {
        let decides = self.kind == Some(ProposalKind::Decision);
        let options = self.subject_number().filter(|_| decides).unwrap_or(0);
        u32::try_from(options).unwrap_or(u32::MAX)
    }

    /// The number that it is about.
    pub(super) fn subject_number(&self) -> Option<u64> {
        match self.subject {
            Some(Subject::Number(number)) => Some(number),
            Some(Subject::Document(_)) | None => None,
        }
    }
}

impl Replay<'_> {
    /// The subject of a proposal that is opened by `author`, or of a new version of it.
    pub(super) fn check_subject(
        &mut self,
        process: &ProcessRules,
        author: u32,
        subject: Option<Subject>,
    ) -> Result<(), Refused> {
        let fits = match (process.kind, subject) {
            (ProposalKind::Message | ProposalKind::Admission | ProposalKind::Action, subject) => {
                subject.is_none()
            }
            (ProposalKind::Removal, Some(Subject::Number(slot))) => {
                let slot = u32::try_from(slot).ok().filter(|slot| *slot < self.roll.size());
                slot.is_some_and(|slot| slot != author && !self.roll.is_gone(slot))
            }
            (ProposalKind::Recall, Some(Subject::Number(number))) => {
                self.broadcast(number).is_some() && !self.recalled.contains(&number)
            }
            (ProposalKind::Amendment, Some(Subject::Document(charter))) => {
                self.check_proposed(charter)?;
                true
            }
            (ProposalKind::Decision, Some(Subject::Number(options))) => {
                process.fits_options(options)
            }
            (
                ProposalKind::Removal | ProposalKind::Recall | ProposalKind::Decision,
                Some(Subject::Document(_)) | None,
            )
            | (ProposalKind::Amendment, Some(Subject::Number(_)) | None) => false,
        };
        need(fits, Code::RuleBroken, "a proposal of this kind cannot be about this")
    }

    /// A new version says again what it is about; only a charter and options may be others.
    pub(super) fn check_new_subject(
        &mut self,
        it: &Proposal,
        subject: Option<Subject>,
    ) -> Result<(), Refused> {
        let Some(process) = it.process.clone() else { return Ok(()) };
        match process.kind {
            ProposalKind::Amendment | ProposalKind::Decision => {
                self.check_subject(&process, it.author, subject)
            }
            ProposalKind::Message
            | ProposalKind::Admission
            | ProposalKind::Removal
            | ProposalKind::Recall
            | ProposalKind::Action => {
                let same = subject == it.subject;
                need(same, Code::RuleBroken, "a new version is about the same as the one before")
            }
        }
    }
}
