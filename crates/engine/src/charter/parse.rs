//! Reads a charter from its TOML text. Each complaint names the key and says what to write.
//! Knows nothing of flow: whether the arrows make sense is `check.rs`.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::reader::{Reader, either};
use super::{
    Audience, CHARTER_BYTES_MAX, Charter, Clock, Id, Limits, PROCESSES_MAX, Process, ProposalKind,
    Rule, STAGES_MAX, Stage, check, locate,
};

pub use super::complaint::{Complaint, Severity};

mod asking;
mod judging;
mod seats;

/// A text that was read: the charter, if it may be used, and everything there is to say about it, by line.
#[derive(Clone, Debug)]
pub struct Reading {
    /// There if and only if no complaint is an error.
    pub charter: Option<Charter>,
    pub complaints: Vec<Complaint>,
}

/// Reads and checks a charter. All complaints at once, so that one correction can answer them all.
/// Says nothing of the protected core: journals may begin with a charter that lacks it.
pub fn read(text: &str) -> Reading {
    read_with(text, check::check)
}

/// Likewise, with the protected core: for a charter that a group is to be founded with or amended to.
pub fn read_for_group(text: &str) -> Reading {
    read_with(text, |charter| {
        let mut complaints = check::check(charter);
        complaints.extend(check::check_core(charter));
        complaints
    })
}

/// The charter that [`read`] accepts, or all errors; warnings are passed over.
pub fn parse(text: &str) -> Result<Charter, Vec<Complaint>> {
    accepted(read(text))
}

/// The charter that [`read_for_group`] accepts, or all errors; warnings are passed over.
pub fn parse_for_group(text: &str) -> Result<Charter, Vec<Complaint>> {
    accepted(read_for_group(text))
}

fn accepted(reading: Reading) -> Result<Charter, Vec<Complaint>> {
    let errors = |complaint: &Complaint| complaint.severity == Severity::Error;
    reading.charter.ok_or_else(|| reading.complaints.into_iter().filter(errors).collect())
}

fn read_with(text: &str, check: impl Fn(&Charter) -> Vec<Complaint>) -> Reading {
    if text.len() > CHARTER_BYTES_MAX {
        let what = format!("a charter has at most {CHARTER_BYTES_MAX} bytes; make it shorter");
        return Reading { charter: None, complaints: vec![Complaint::error("", &what)] };
    }
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let complaint = locate::of_syntax(text, &error);
            return Reading { charter: None, complaints: vec![complaint] };
        }
    };
    let mut reader = Reader { complaints: Vec::new() };
    let charter = reader.charter(&table).filter(|_| reader.complaints.is_empty());
    let mut complaints = match &charter {
        Some(charter) => check(charter),
        None => reader.complaints,
    };
    locate::add_lines(text, &mut complaints);
    let usable = complaints.iter().all(|complaint| complaint.severity == Severity::Warning);
    Reading { charter: charter.filter(|_| usable), complaints }
}

impl Reader {
    fn charter(&mut self, table: &Table) -> Option<Charter> {
        self.known(
            "",
            table,
            &["charter", "name", "clock", "limits", "duty", "unguarded", "process"],
        );
        self.number("", table, "charter", 1, 1);
        let name = self.text("", table, "name", 80);
        let clock = self.table("", table, "clock").and_then(|clock| self.clock(clock));
        let limits = self.table("", table, "limits").and_then(|limits| self.limits(limits));
        let rest_days = self.table("", table, "duty").and_then(|duty| {
            self.known("duty", duty, &["rest_days"]);
            self.number("duty", duty, "rest_days", 0, 90)
        });
        let unguarded = self.flag("", table, "unguarded");
        let processes = self.table("", table, "process").and_then(|all| self.processes(all));
        Some(Charter {
            name: name?,
            clock: clock?,
            limits: limits?,
            rest_days: rest_days?,
            unguarded: unguarded?,
            processes: processes?,
        })
    }

    fn clock(&mut self, table: &Table) -> Option<Clock> {
        self.known("clock", table, &["every_minutes", "offset_minutes"]);
        let every_minutes = self.number("clock", table, "every_minutes", 1, 10_080)?;
        let offset_minutes = self.number("clock", table, "offset_minutes", 0, every_minutes - 1)?;
        Some(Clock { every_minutes, offset_minutes })
    }

    fn limits(&mut self, table: &Table) -> Option<Limits> {
        let at = "limits";
        self.known(
            at,
            table,
            &["open_proposals_per_member", "open_invitations_per_member", "new_days"],
        );
        let proposals = self.number(at, table, "open_proposals_per_member", 1, 100);
        let invitations = self.number(at, table, "open_invitations_per_member", 1, 100);
        let new_days = self.number(at, table, "new_days", 0, 365);
        Some(Limits {
            open_proposals_per_member: proposals?,
            open_invitations_per_member: invitations?,
            new_days: new_days?,
        })
    }

    fn processes(&mut self, all: &Table) -> Option<BTreeMap<Id, Process>> {
        if all.is_empty() || all.len() > PROCESSES_MAX {
            return self.complain("process", &format!("write 1 to {PROCESSES_MAX} processes"));
        }
        let mut processes = BTreeMap::new();
        for (id, value) in all {
            let at = format!("process.{id}");
            let id = self.id(&at, id);
            let process = match value {
                Value::Table(table) => self.process(&at, table),
                _ => self.complain(&at, "write a table: [process.NAME]"),
            };
            if let (Some(id), Some(process)) = (id, process) {
                processes.insert(id, process);
            }
        }
        Some(processes)
    }

    fn process(&mut self, at: &str, table: &Table) -> Option<Process> {
        self.known(at, table, &["title", "kind", "audiences", "first", "stage"]);
        let title = self.text(at, table, "title", 120);
        let kind = self.text(at, table, "kind", 20).and_then(|word| {
            ProposalKind::parse(&word).or_else(|| {
                let words = ProposalKind::ALL.map(ProposalKind::word);
                self.complain(&format!("{at}.kind"), &format!("write {}", either(&words)))
            })
        });
        let audiences = self.audiences(at, table);
        let first =
            self.text(at, table, "first", 32).and_then(|id| self.id(&format!("{at}.first"), &id));
        let stages = self.table(at, table, "stage").and_then(|all| self.stages(at, all));
        Some(Process {
            title: title?,
            kind: kind?,
            audiences: audiences?,
            first: first?,
            stages: stages?,
        })
    }

    fn audiences(&mut self, at: &str, table: &Table) -> Option<Vec<Audience>> {
        let at = format!("{at}.audiences");
        let advice = "write a list of \"members\" and \"public\", each once";
        let Some(Value::Array(words)) = table.get("audiences") else {
            return self.complain(&at, advice);
        };
        let mut audiences = Vec::new();
        for word in words {
            match word.as_str().and_then(Audience::parse) {
                Some(audience) if !audiences.contains(&audience) => audiences.push(audience),
                Some(_) | None => return self.complain(&at, advice),
            }
        }
        if audiences.is_empty() { self.complain(&at, advice) } else { Some(audiences) }
    }

    fn stages(&mut self, at: &str, all: &Table) -> Option<BTreeMap<Id, Stage>> {
        if all.is_empty() || all.len() > STAGES_MAX {
            return self.complain(at, &format!("write 1 to {STAGES_MAX} stages"));
        }
        let mut stages = BTreeMap::new();
        for (id, value) in all {
            let at = format!("{at}.stage.{id}");
            let id = self.id(&at, id);
            let stage = match value {
                Value::Table(table) => self.stage(&at, table),
                _ => self.complain(&at, "write a table: [process.NAME.stage.NAME]"),
            };
            if let (Some(id), Some(stage)) = (id, stage) {
                stages.insert(id, stage);
            }
        }
        Some(stages)
    }

    fn stage(&mut self, at: &str, table: &Table) -> Option<Stage> {
        let title = self.text(at, table, "title", 200);
        let kind = self.text(at, table, "kind", 20)?;
        let rule = match kind.as_str() {
            "cosign" => self.cosign(at, table).map(Rule::Cosign),
            "jury" => self.jury(at, table).map(Rule::Jury),
            "recourse" => self.recourse(at, table).map(Rule::Recourse),
            "wait" => self.wait(at, table).map(Rule::Wait),
            "vote" => self.vote(at, table).map(Rule::Vote),
            "consensus" => self.consensus(at, table).map(Rule::Consensus),
            "objection" => self.objection(at, table).map(Rule::Objection),
            "pledge" => self.pledge(at, table).map(Rule::Pledge),
            _ => self.complain(&format!("{at}.kind"), &format!("write {}", either(&Rule::KINDS))),
        };
        Some(Stage { title: title?, rule: rule? })
    }
}
