//! Reads the kinds of stages that ask everybody: vote, consensus, objection, pledge. Knows nothing of flow and of counting.

use toml::{Table, Value};

use super::super::reader::{Reader, either, join};
use super::super::{
    Assembly, Consensus, Fraction, METHODS, Method, Objection, Pledge, Vote, Voters, Who,
};

/// What all of them have.
const COMMON: [&str; 7] = ["kind", "title", "who", "days", "hours", "remind_hours", "pass"];

impl Reader {
    pub(super) fn vote(&mut self, at: &str, table: &Table) -> Option<Vote> {
        let own = ["sizes", "fresh", "method", "agree", "max_score", "winners", "quorum"];
        self.known(at, table, &[&COMMON[..], &own, &["fail", "undecided"]].concat());
        let who = self.voters(at, table);
        let method = self.method(at, table);
        let quorum = self.fraction(at, table, "quorum", Fraction::ZERO);
        let length = self.length(at, table);
        let reminders = self.hours(at, table, length.map(|(_, hours)| hours));
        let pass = self.next(at, table, "pass");
        let fail = self.next(at, table, "fail");
        let undecided = self.next(at, table, "undecided");
        Some(Vote {
            who: who?,
            method: method?,
            quorum: quorum?,
            duration: length?.0,
            reminders: reminders?,
            pass: pass?,
            fail: fail?,
            undecided: undecided?,
        })
    }

    pub(super) fn consensus(&mut self, at: &str, table: &Table) -> Option<Consensus> {
        let own = ["blocks", "asides", "quorum", "amendable", "fail", "undecided"];
        self.known(at, table, &[&COMMON[..], &own].concat());
        let who = self.who(at, table);
        let blocks = self.number(at, table, "blocks", 1, 100);
        let asides = self.fraction(at, table, "asides", Fraction::ZERO);
        let quorum = self.fraction(at, table, "quorum", Fraction::ZERO);
        let amendable = self.flag(at, table, "amendable");
        let length = self.length(at, table);
        let reminders = self.hours(at, table, length.map(|(_, hours)| hours));
        let pass = self.next(at, table, "pass");
        let fail = self.next(at, table, "fail");
        let undecided = self.next(at, table, "undecided");
        Some(Consensus {
            who: who?,
            blocks: blocks?,
            asides: asides?,
            quorum: quorum?,
            amendable: amendable?,
            duration: length?.0,
            reminders: reminders?,
            pass: pass?,
            fail: fail?,
            undecided: undecided?,
        })
    }

    pub(super) fn objection(&mut self, at: &str, table: &Table) -> Option<Objection> {
        self.known(at, table, &[&COMMON[..], &["objections", "fail"]].concat());
        let who = self.who(at, table);
        let objections = self.number(at, table, "objections", 1, 1_000);
        let length = self.length(at, table);
        let reminders = self.hours(at, table, length.map(|(_, hours)| hours));
        let pass = self.next(at, table, "pass");
        let fail = self.next(at, table, "fail");
        Some(Objection {
            who: who?,
            objections: objections?,
            duration: length?.0,
            reminders: reminders?,
            pass: pass?,
            fail: fail?,
        })
    }

    pub(super) fn pledge(&mut self, at: &str, table: &Table) -> Option<Pledge> {
        self.known(at, table, &[&COMMON[..], &["at_least", "lapsed"]].concat());
        let who = self.who(at, table);
        let at_least = self.number(at, table, "at_least", 1, 10_000_000);
        let length = self.length(at, table);
        let reminders = self.hours(at, table, length.map(|(_, hours)| hours));
        let pass = self.next(at, table, "pass");
        let lapsed = self.next(at, table, "lapsed");
        Some(Pledge {
            who: who?,
            at_least: at_least?,
            duration: length?.0,
            reminders: reminders?,
            pass: pass?,
            lapsed: lapsed?,
        })
    }

    fn who(&mut self, at: &str, table: &Table) -> Option<Who> {
        table.get("who").and_then(Value::as_str).and_then(Who::parse).or_else(|| {
            self.complain(
                &join(at, "who"),
                "write \"everyone\" or \"settled\" (all but new members)",
            )
        })
    }

    fn voters(&mut self, at: &str, table: &Table) -> Option<Voters> {
        let word = table.get("who").and_then(Value::as_str);
        if word == Some("drawn") {
            let sizes = self.by_size(at, table, "sizes", |reader, at, rule| {
                reader.known(at, rule, &["members_up_to", "seats"]);
                reader.seat_rule(at, rule)
            });
            let fresh = self.flag(at, table, "fresh");
            return Some(Voters::Drawn(Assembly { sizes: sizes?, fresh: fresh? }));
        }
        for key in ["sizes", "fresh"] {
            self.belongs(at, table, key, "who = \"drawn\"");
        }
        word.and_then(Who::parse).map(Voters::All).or_else(|| {
            let advice =
                "write \"everyone\", \"settled\" (all but new members) or \"drawn\" (an assembly)";
            self.complain(&join(at, "who"), advice)
        })
    }

    fn method(&mut self, at: &str, table: &Table) -> Option<Method> {
        let word = table.get("method").and_then(Value::as_str).unwrap_or_default();
        for (key, method) in [("agree", "yes_no"), ("max_score", "score"), ("winners", "stv")] {
            if word != method {
                self.belongs(at, table, key, &format!("method = \"{method}\""));
            }
        }
        match word {
            "yes_no" => {
                let agree = self.fraction(at, table, "agree", Fraction::HALF);
                Some(Method::YesNo { agree: agree? })
            }
            "approval" => Some(Method::Approval),
            "score" => {
                let max_score = self.number(at, table, "max_score", 1, 10);
                Some(Method::Score { max_score: max_score? })
            }
            "schulze" => Some(Method::Schulze),
            "runoff" => Some(Method::Runoff),
            "stv" => {
                let winners = self.number(at, table, "winners", 1, 64);
                Some(Method::Stv { winners: winners? })
            }
            _ => self.complain(&join(at, "method"), &format!("write {}", either(&METHODS))),
        }
    }

    /// Complains about a key that only makes sense with another one.
    fn belongs(&mut self, at: &str, table: &Table, key: &str, to: &str) {
        if table.contains_key(key) {
            self.complain::<()>(&join(at, key), &format!("belongs to {to}; take it out"));
        }
    }
}
