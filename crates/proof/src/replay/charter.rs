//! The charters of a group: the one it was founded with, and those it amended itself to. A proposal
//! keeps the one it was opened under. Knows nothing of what their rules say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::proposal::Proposal;
use super::{Replay, Roll};
use crate::beacon::Chain;
use crate::entry::{Founded, Subject};
use crate::finding::{Code, Refused, Report, need};
use crate::hash::Hash;
use crate::note::VerifyingKey;
use crate::rules::{CharterRules, Effect, ProcessRules};

/// What the founding says, ready for use.
pub(super) struct Group {
    pub(super) founded: Founded,
    pub(super) key: VerifyingKey,
    pub(super) chain: Chain,
    /// the one in force
    pub(super) charter: Arc<Charter>,
}

/// A charter, as far as the caller could read it.
pub(super) struct Charter {
    pub(super) name: Hash,
    /// none where charters are not read
    pub(super) rules: Option<CharterRules>,
    pub(super) processes: BTreeMap<String, Arc<ProcessRules>>,
}

impl Replay<'_> {
    pub(super) fn on_founded(
        &mut self,
        founded: &Founded,
        report: &mut Report<'_>,
    ) -> Result<(), Refused> {
        need(founded.members > 0, Code::RuleBroken, "a group has members")?;
        self.name(founded.profile);
        let charter = self.read_charter(founded.charter)?;
        if charter.rules.is_none() {
            let text = "the numbers of the charter were not compared";
            report.note(Code::NotChecked, Some(0), text);
        }
        let unknown = "a drand chain that this verifier does not know";
        let chain = self.options.chain(founded);
        let chain = chain.ok_or_else(|| Refused::new(Code::BeaconInvalid, unknown))?;
        let key = VerifyingKey::from_bytes(&founded.key)
            .map_err(|error| Refused::new(Code::RuleBroken, error.to_string()))?;
        self.roll = Roll::new(founded.members);
        self.keep_for_ever([founded.charter]);
        self.group =
            Some(Group { founded: founded.clone(), key, chain, charter: Arc::new(charter) });
        Ok(())
    }

    /// `charter.amended`: in force for everything that is opened from here on.
    pub(super) fn on_amended(&mut self, it: &mut Proposal, name: Hash) -> Result<(), Refused> {
        let named = it.subject == Some(Subject::Document(name));
        let right = it.leads_to(Effect::Amend) && named;
        need(right, Code::RuleBroken, "no process leads to this charter")?;
        let charter = self.read_charter(name)?;
        need_amendable(charter.rules.as_ref())?;
        if let Some(group) = &mut self.group {
            group.charter = Arc::new(charter);
        }
        self.keep_for_ever([name]);
        self.done(it);
        Ok(())
    }

    /// A proposed charter whose text is there must be one that a group may amend itself to.
    pub(super) fn check_proposed(&mut self, name: Hash) -> Result<(), Refused> {
        self.name(name);
        if self.documents.text(&name).is_none() {
            return Ok(());
        }
        need_amendable(self.read_charter(name)?.rules.as_ref())
    }

    fn read_charter(&self, name: Hash) -> Result<Charter, Refused> {
        let missing = "the charter's text is not in the bundle";
        let Some(text) = self.documents.text(&name) else {
            return Err(Refused::new(Code::CharterMismatch, missing));
        };
        let read = |check: crate::rules::CharterCheck<'_>| {
            check(text).map_err(|error| Refused::new(Code::CharterMismatch, error))
        };
        let rules = self.options.charter_check.map(read).transpose()?;
        let processes = rules.iter().flat_map(|rules| &rules.processes);
        let processes = processes.map(|(id, it)| (id.clone(), Arc::new(it.clone()))).collect();
        Ok(Charter { name, rules, processes })
    }

    pub(super) fn group(&self) -> Result<&Group, Refused> {
        let error = || Refused::new(Code::RuleBroken, "no group was founded");
        self.group.as_ref().ok_or_else(error)
    }

    /// These documents may never be erased.
    pub(super) fn keep_for_ever(&mut self, documents: impl IntoIterator<Item = Hash>) {
        self.kept.extend(documents);
    }

    /// The documents that may never be erased.
    pub(super) fn kept(&self) -> &BTreeSet<Hash> {
        &self.kept
    }
}

fn need_amendable(rules: Option<&CharterRules>) -> Result<(), Refused> {
    let may = rules.is_none_or(CharterRules::may_be_amended_to);
    need(may, Code::CharterMismatch, "rules that cannot be changed any more belong to nobody")
}
