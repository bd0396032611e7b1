//! Reads how many seats a jury or an assembly has, as numbers or by rule. Knows nothing of stages.

use toml::{Table, Value};

use super::super::reader::{Reader, join};
use super::super::seats::of as part_of;
use super::super::{
    Counted, Deciding, Fraction, JuryTerms, Portion, SEATS_MAX, Sample, SeatRule, Seats,
};

impl Reader {
    /// One rule of a jury's `sizes`.
    pub(super) fn seats(&mut self, at: &str, rule: &Table) -> Option<Seats> {
        let keys = ["members_up_to", "seats", "agree", "quorum", "then", "lead", "cap"];
        self.known(at, rule, &keys);
        if rule.get("seats").and_then(Value::as_str) == Some("everyone") {
            if ["agree", "quorum", "then", "lead", "cap"].iter().any(|key| rule.contains_key(*key))
            {
                return self.complain(
                    at,
                    "with seats = \"everyone\" leave all but members_up_to out: a majority decides",
                );
            }
            return Some(Seats::Everyone);
        }
        let seats = self.seat_rule(at, rule)?;
        let in_steps = rule.contains_key("lead") || rule.contains_key("cap");
        let counted = match seats {
            SeatRule::Number(number) if in_steps => self.in_steps(at, rule, number),
            SeatRule::Number(number) => self.of_number(at, rule, number),
            _ if in_steps => self.complain(
                &join(at, "seats"),
                "a jury in steps (lead and cap) begins with a number of seats; write 1 to 499",
            ),
            by_rule => self.by_rule(at, rule, by_rule),
        };
        counted.map(Seats::Counted)
    }

    /// The key `seats`: a number, or a rule in braces.
    pub(super) fn seat_rule(&mut self, at: &str, rule: &Table) -> Option<SeatRule> {
        let at = join(at, "seats");
        match rule.get("seats") {
            Some(value) => self.seat_value(&at, value, true),
            None => self.no_seats(&at),
        }
    }

    fn seat_value(&mut self, at: &str, value: &Value, may_nest: bool) -> Option<SeatRule> {
        if let Some(number) = value.as_integer() {
            let number = u32::try_from(number).ok().filter(|n| (1..=SEATS_MAX).contains(n));
            return match number {
                Some(number) => Some(SeatRule::Number(number)),
                None => self.no_seats(at),
            };
        }
        let Some(table) = value.as_table().filter(|table| table.len() == 1) else {
            return self.no_seats(at);
        };
        match (table.get("share"), table.get("sample"), table.get("largest")) {
            (Some(_), None, None) => {
                self.fraction(at, table, "share", Fraction::ZERO).map(SeatRule::Share)
            }
            (None, Some(Value::Table(sample)), None) => {
                self.sample(&join(at, "sample"), sample).map(SeatRule::Sample)
            }
            (None, None, Some(Value::Array(rules))) if may_nest => {
                let at = join(at, "largest");
                if !(2..=5).contains(&rules.len()) {
                    return self.complain(&at, "write 2 to 5 numbers or rules in the list");
                }
                let inner =
                    |(index, value)| self.seat_value(&format!("{at}[{index}]"), value, false);
                let rules: Option<Vec<SeatRule>> = rules.iter().enumerate().map(inner).collect();
                rules.map(SeatRule::Largest)
            }
            _ => self.no_seats(at),
        }
    }

    fn no_seats<T>(&mut self, at: &str) -> Option<T> {
        let what = format!(
            "write a whole number from 1 to {SEATS_MAX}, {{ share = \"1/10\" }}, {{ sample = {{ confidence = 95, margin = 5 }} }} \
             or {{ largest = [ … ] }} of these"
        );
        self.complain(at, &what)
    }

    fn sample(&mut self, at: &str, table: &Table) -> Option<Sample> {
        self.known(at, table, &["confidence", "margin"]);
        let confidence = table.get("confidence").and_then(Value::as_integer);
        let known = Sample::CONFIDENCES.map(|(percent, _)| percent);
        let confidence = known.into_iter().find(|percent| confidence == Some(i64::from(*percent)));
        let confidence =
            confidence.or_else(|| self.complain(&join(at, "confidence"), "write 90, 95 or 99"));
        let margin = self.number(at, table, "margin", 1, 20);
        Some(Sample { confidence: confidence?, margin: margin? })
    }

    fn of_number(&mut self, at: &str, rule: &Table, seats: u32) -> Option<Counted> {
        let agree = self.portion(at, rule, "agree", seats / 2 + 1, seats)?;
        let all = Seats::Counted(Counted {
            seats: SeatRule::Number(seats),
            deciding: Deciding::Agree(agree),
            quorum: Portion::Number(seats),
            then: 0,
        });
        let JuryTerms::Fixed { agree: needed, .. } = all.for_roll(seats) else { return None };
        let quorum = self.portion(at, rule, "quorum", needed.div_ceil(2), seats)?;
        let then = match rule.get("then") {
            None => 0,
            Some(_) => self.number(at, rule, "then", 1, SEATS_MAX - seats.min(SEATS_MAX - 1))?,
        };
        if then > 0 && (seats + then).is_multiple_of(2) {
            let what = "write a number that makes seats + then odd, so that a majority exists";
            return self.complain(&join(at, "then"), what);
        }
        let deciding = Deciding::Agree(agree);
        Some(Counted { seats: SeatRule::Number(seats), deciding, quorum, then })
    }

    fn in_steps(&mut self, at: &str, rule: &Table, seats: u32) -> Option<Counted> {
        if rule.contains_key("agree") {
            return self.complain(
                &join(at, "agree"),
                "a jury in steps decides by its lead; take agree out, or lead and cap",
            );
        }
        if seats >= SEATS_MAX {
            return self.complain(&join(at, "seats"), "write at most 499, so that it can grow");
        }
        let lead = self.number(at, rule, "lead", 2, 100);
        let cap = self.number(at, rule, "cap", seats + 1, SEATS_MAX);
        let then = self.number(at, rule, "then", 1, cap.unwrap_or(SEATS_MAX) - seats);
        let quorum = self.portion(at, rule, "quorum", 1, seats);
        Some(Counted {
            seats: SeatRule::Number(seats),
            deciding: Deciding::Lead { lead: lead?, cap: cap? },
            quorum: quorum?,
            then: then?,
        })
    }

    fn by_rule(&mut self, at: &str, rule: &Table, seats: SeatRule) -> Option<Counted> {
        if rule.contains_key("then") {
            return self.complain(
                &join(at, "then"),
                "a jury whose seats follow a rule does not grow; take it out",
            );
        }
        let agree = self.fraction(at, rule, "agree", Fraction::ZERO)?;
        let quorum = self.fraction(at, rule, "quorum", Fraction::ZERO)?;
        if !covers(quorum, agree) {
            return self.complain(
                &join(at, "quorum"),
                "write a part of more than \"1/4\" and at least half of agree",
            );
        }
        let deciding = Deciding::Agree(Portion::Part(agree));
        Some(Counted { seats, deciding, quorum: Portion::Part(quorum), then: 0 })
    }

    /// So many of the seats, or such a part of them, from `min` to `seats`.
    fn portion(
        &mut self,
        at: &str,
        rule: &Table,
        key: &str,
        min: u32,
        seats: u32,
    ) -> Option<Portion> {
        let Some(text) = rule.get(key).and_then(Value::as_str) else {
            return self.number(at, rule, key, min, seats).map(Portion::Number);
        };
        // What a part makes of `agree` is raised to a majority, so only the quorum can be too small.
        let fits = |part: &Fraction| key == "agree" || part_of(*part, seats) >= min;
        text.parse().ok().filter(fits).map(Portion::Part).or_else(|| {
            let what = format!(
                "write a whole number from {min} to {seats}, or a part in quotes, as in \"2/3\", that makes at least {min}"
            );
            self.complain(&join(at, key), &what)
        })
    }
}

/// Whether a quorum by rule comes to at least half of those who must agree, whatever the size of the roll: it is at least half of their part,
/// and more than a quarter of all seats, since a majority must agree in any case.
fn covers(quorum: Fraction, agree: Fraction) -> bool {
    let (part, whole) = (u64::from(quorum.numerator()), u64::from(quorum.denominator()));
    let (agreeing, of) = (u64::from(agree.numerator()), u64::from(agree.denominator()));
    part * 4 > whole && 2 * part * of >= agreeing * whole
}
