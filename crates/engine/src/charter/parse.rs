//! Reads a charter from its TOML text. Each complaint names the key and says what to write.
//! Knows nothing of flow: whether the arrows make sense is `check.rs`.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::reader::Reader;
use super::{
    Audience, CHARTER_BYTES_MAX, Charter, Clock, Cosign, Id, Jury, Limits, PROCESSES_MAX, Process,
    ProposalKind, Recourse, Rule, SEATS_MAX, STAGES_MAX, Seats, Stage, Wait, check,
};
use crate::ids::Span;

pub use super::reader::Complaint;

/// Reads and checks a charter. All complaints at once, so that one correction can answer them all.
pub fn parse(text: &str) -> Result<Charter, Vec<Complaint>> {
    if text.len() > CHARTER_BYTES_MAX {
        let what = format!("a charter has at most {CHARTER_BYTES_MAX} bytes; make it shorter");
        return Err(vec![Complaint { at: String::new(), what }]);
    }
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        vec![Complaint { at: String::new(), what: error.to_string().trim_end().to_owned() }]
    })?;
    let mut reader = Reader { complaints: Vec::new() };
    let charter = reader.charter(&table);
    match charter {
        Some(charter) if reader.complaints.is_empty() => {
            let complaints = check::check(&charter);
            if complaints.is_empty() { Ok(charter) } else { Err(complaints) }
        }
        Some(_) | None => Err(reader.complaints),
    }
}

impl Reader {
    fn charter(&mut self, table: &Table) -> Option<Charter> {
        self.known("", table, &["charter", "name", "clock", "limits", "duty", "process"]);
        self.number("", table, "charter", 1, 1);
        let name = self.text("", table, "name", 80);
        let clock = self.table("", table, "clock").and_then(|clock| self.clock(clock));
        let limits = self.table("", table, "limits").and_then(|limits| self.limits(limits));
        let rest_days = self.table("", table, "duty").and_then(|duty| {
            self.known("duty", duty, &["rest_days"]);
            self.number("duty", duty, "rest_days", 0, 90)
        });
        let processes = self.table("", table, "process").and_then(|all| self.processes(all));
        Some(Charter {
            name: name?,
            clock: clock?,
            limits: limits?,
            rest_days: rest_days?,
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
            ProposalKind::parse(&word)
                .or_else(|| self.complain(&format!("{at}.kind"), "write message or admission"))
        });
        let audiences = self.audiences(at, table);
        let first = self.text(at, table, "first", 32).and_then(|id| self.id(at, &id));
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
            _ => self.complain(&format!("{at}.kind"), "write cosign, jury, recourse or wait"),
        };
        Some(Stage { title: title?, rule: rule? })
    }

    fn cosign(&mut self, at: &str, table: &Table) -> Option<Cosign> {
        self.known(
            at,
            table,
            &["kind", "title", "needed", "days", "remind_days", "pass", "lapsed"],
        );
        let needed = self.by_size(at, table, "needed", |reader, at, rule| {
            reader.known(at, rule, &["members_up_to", "count"]);
            reader.number(at, rule, "count", 1, 1_000)
        });
        let days = self.number(at, table, "days", 1, 365);
        let reminders = self.reminders(at, table, "remind_days", days.unwrap_or(365));
        let pass = self.next(at, table, "pass");
        let lapsed = self.next(at, table, "lapsed");
        Some(Cosign {
            needed: needed?,
            duration: Span::days(u64::from(days?)),
            reminders: reminders?.into_iter().map(|day| Span::days(u64::from(day))).collect(),
            pass: pass?,
            lapsed: lapsed?,
        })
    }

    fn jury(&mut self, at: &str, table: &Table) -> Option<Jury> {
        let keys = ["kind", "title", "sizes", "answer_hours", "window_hours", "remind_hours"];
        let arrows = ["fresh", "pass", "fail", "undecided"];
        self.known(at, table, &[keys.as_slice(), arrows.as_slice()].concat());
        let sizes = self.by_size(at, table, "sizes", Self::seats);
        let answer = self.number(at, table, "answer_hours", 1, 720);
        let window = self.number(at, table, "window_hours", answer.unwrap_or(1), 2_160);
        let reminders = self.reminders(at, table, "remind_hours", answer.unwrap_or(720));
        let fresh = match table.get("fresh") {
            None => Some(false),
            Some(Value::Boolean(fresh)) => Some(*fresh),
            Some(_) => self.complain(&format!("{at}.fresh"), "write true or false"),
        };
        let pass = self.next(at, table, "pass");
        let fail = self.next(at, table, "fail");
        let undecided = self.next(at, table, "undecided");
        Some(Jury {
            sizes: sizes?,
            answer: Span::hours(u64::from(answer?)),
            window: Span::hours(u64::from(window?)),
            reminders: reminders?.into_iter().map(|hour| Span::hours(u64::from(hour))).collect(),
            fresh: fresh?,
            pass: pass?,
            fail: fail?,
            undecided: undecided?,
        })
    }

    fn seats(&mut self, at: &str, rule: &Table) -> Option<Seats> {
        self.known(at, rule, &["members_up_to", "seats", "agree", "quorum", "then"]);
        if rule.get("seats").and_then(Value::as_str) == Some("everyone") {
            if ["agree", "quorum", "then"].iter().any(|key| rule.contains_key(*key)) {
                return self.complain(at, "with seats = \"everyone\" leave agree, quorum and then out: a majority decides");
            }
            return Some(Seats::Everyone);
        }
        let seats = self.number(at, rule, "seats", 1, SEATS_MAX)?;
        let agree = self.number(at, rule, "agree", seats / 2 + 1, seats)?;
        let quorum = self.number(at, rule, "quorum", agree.div_ceil(2), seats)?;
        let then = match rule.get("then") {
            None => 0,
            Some(_) => self.number(at, rule, "then", 1, SEATS_MAX - seats.min(SEATS_MAX - 1))?,
        };
        if then > 0 && (seats + then) % 2 == 0 {
            let what = "write a number that makes seats + then odd, so that a majority exists";
            return self.complain(&format!("{at}.then"), what);
        }
        Some(Seats::Fixed { seats, agree, quorum, then })
    }

    fn recourse(&mut self, at: &str, table: &Table) -> Option<Recourse> {
        self.known(at, table, &["kind", "title", "days", "revise", "appeal", "lapsed"]);
        let days = self.number(at, table, "days", 1, 365);
        let revise = self.optional_id(at, table, "revise");
        let appeal = self.optional_id(at, table, "appeal");
        let lapsed = self.next(at, table, "lapsed");
        let (revise, appeal) = (revise?.0, appeal?.0);
        if revise.is_none() && appeal.is_none() {
            return self.complain(at, "write revise, appeal or both: the stage an answer leads to");
        }
        Some(Recourse { duration: Span::days(u64::from(days?)), revise, appeal, lapsed: lapsed? })
    }

    fn wait(&mut self, at: &str, table: &Table) -> Option<Wait> {
        self.known(at, table, &["kind", "title", "hours", "pass"]);
        let hours = self.number(at, table, "hours", 1, 8_760);
        let pass = self.next(at, table, "pass");
        Some(Wait { duration: Span::hours(u64::from(hours?)), pass: pass? })
    }
}
