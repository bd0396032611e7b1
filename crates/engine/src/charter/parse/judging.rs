//! Reads the kinds of stages that a few decide or nobody: co-signing, juries, recourse, waiting. Knows nothing of flow.

use toml::Table;

use super::super::reader::Reader;
use super::super::{Cosign, Jury, Recourse, Wait};
use crate::ids::Span;

impl Reader {
    pub(super) fn cosign(&mut self, at: &str, table: &Table) -> Option<Cosign> {
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

    pub(super) fn jury(&mut self, at: &str, table: &Table) -> Option<Jury> {
        let keys = ["kind", "title", "sizes", "answer_hours", "window_hours", "remind_hours"];
        let arrows = ["fresh", "pass", "fail", "undecided"];
        self.known(at, table, &[keys.as_slice(), arrows.as_slice()].concat());
        let sizes = self.by_size(at, table, "sizes", Self::seats);
        let answer = self.number(at, table, "answer_hours", 1, 720);
        let window = self.number(at, table, "window_hours", answer.unwrap_or(1), 2_160);
        let reminders = self.hours(at, table, answer.or(Some(720)));
        let fresh = self.flag(at, table, "fresh");
        let pass = self.next(at, table, "pass");
        let fail = self.next(at, table, "fail");
        let undecided = self.next(at, table, "undecided");
        Some(Jury {
            sizes: sizes?,
            answer: Span::hours(u64::from(answer?)),
            window: Span::hours(u64::from(window?)),
            reminders: reminders?,
            fresh: fresh?,
            pass: pass?,
            fail: fail?,
            undecided: undecided?,
        })
    }

    pub(super) fn recourse(&mut self, at: &str, table: &Table) -> Option<Recourse> {
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

    pub(super) fn wait(&mut self, at: &str, table: &Table) -> Option<Wait> {
        self.known(at, table, &["kind", "title", "hours", "pass"]);
        let hours = self.number(at, table, "hours", 1, 8_760);
        let pass = self.next(at, table, "pass");
        Some(Wait { duration: Span::hours(u64::from(hours?)), pass: pass? })
    }
}
