//! One statement about a stage as phrases. Knows no charter as a whole.

use mic_engine::charter::facts::Fact;
use mic_engine::charter::{
    BySize, Counted, Deciding, Fraction, JuryTerms, Method, Portion, Rule, Sample, SeatRule, Seats,
    Who, method_word, size,
};
use mic_engine::ids::Span;

use crate::words::Phrase;

/// What a stage asks, without its reminders; where the size of the group is known, in its numbers.
pub fn facts(rule: &Rule, members: Option<u32>) -> Vec<Phrase> {
    let shown = |fact: &Fact| !matches!(fact, Fact::Reminders(_));
    rule.facts().iter().filter(|fact| shown(fact)).flat_map(|fact| phrases(fact, members)).collect()
}

/// One statement; several phrases where it depends on the size of the group.
pub fn phrases(fact: &Fact, members: Option<u32>) -> Vec<Phrase> {
    match fact {
        Fact::CoSigners(rules) => rows(rules, members)
            .map(|(count, up_to)| sized("fact-needed", up_to).number("count", *count))
            .collect(),
        Fact::Seats(rules) => jury(rules, members),
        Fact::Assembly(rules) => {
            rows(rules, members).map(|(rule, up_to)| assembly(rule, up_to, members)).collect()
        }
        Fact::Fresh => vec![Phrase::new("fact-fresh")],
        Fact::Who(Who::Settled) => vec![Phrase::new("fact-who-settled")],
        Fact::Who(Who::Everyone) => vec![match members {
            Some(members) => Phrase::new("fact-who-everyone-of").number("members", members),
            None => Phrase::new("fact-who-everyone"),
        }],
        Fact::Counting(method) => vec![counting(*method)],
        Fact::Quorum(part) => vec![match members {
            _ if part.numerator() == 0 => Phrase::new("fact-quorum-none"),
            Some(members) => {
                let count = part.of(u64::from(members));
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                Phrase::new("fact-quorum-of").number("count", count).number("members", members)
            }
            None => Phrase::new("fact-quorum").text("part", part.to_string()),
        }],
        Fact::Blocks(count) => vec![Phrase::new("fact-blocks").number("count", *count)],
        Fact::Asides(part) if part.numerator() == 0 => vec![Phrase::new("fact-asides-none")],
        Fact::Asides(part) => vec![Phrase::new("fact-asides").text("part", part.to_string())],
        Fact::Amendable => vec![Phrase::new("fact-amendable")],
        Fact::Objections(count) => vec![Phrase::new("fact-objections").number("count", *count)],
        Fact::AtLeast(count) => vec![Phrase::new("fact-at-least").number("count", *count)],
        Fact::Answer(span) => vec![Phrase::new("fact-answer-hours").number("hours", hours(*span))],
        Fact::Window(span) => vec![Phrase::new("fact-window-hours").number("hours", hours(*span))],
        Fact::Lasts(span) => vec![lasts(*span)],
        Fact::Waits(span) => vec![Phrase::new("fact-wait-hours").number("hours", hours(*span))],
        Fact::Reminders(spans) => vec![reminders(spans)],
    }
}

/// The rules that count: all with their bounds, or the one for this size without.
fn rows<T>(
    rules: &[BySize<T>],
    members: Option<u32>,
) -> impl Iterator<Item = (&T, Option<u32>)> + '_ {
    let one = members.and_then(|members| size::for_roll(rules, members));
    let all = if one.is_some() { &[][..] } else { rules };
    one.map(|value| (value, None))
        .into_iter()
        .chain(all.iter().map(|rule| (&rule.value, rule.members_up_to)))
}

fn jury(rules: &[BySize<Seats>], members: Option<u32>) -> Vec<Phrase> {
    let mut said = Vec::new();
    let mut more = 0;
    for (seats, up_to) in rows(rules, members) {
        match (by_rule(seats), members) {
            (Some((rule, agree, quorum)), None) => {
                said.push(seat_rule(rule, up_to));
                let decides = Phrase::new("fact-rule-decides");
                said.push(
                    decides.text("agree", agree.to_string()).text("quorum", quorum.to_string()),
                );
            }
            // Numbers do not depend on the size of the group; rules are asked only where it is known.
            (Some(_) | None, _) => match seats.for_roll(members.unwrap_or(u32::MAX)) {
                JuryTerms::Everyone => said.push(sized("fact-everyone", up_to)),
                JuryTerms::Fixed { seats, agree, quorum, then } => {
                    more = more.max(then);
                    let seats = sized("fact-seats", up_to).number("seats", seats);
                    said.push(seats.number("agree", agree).number("quorum", quorum));
                }
                JuryTerms::Stepwise { seats, quorum, then, lead, cap } => said.push(
                    bounded("fact-steps", up_to)
                        .number("seats", seats)
                        .number("quorum", quorum)
                        .number("lead", lead)
                        .number("then", then)
                        .number("cap", cap),
                ),
            },
        }
    }
    if more > 0 {
        said.push(Phrase::new("fact-grows").number("more", more));
    }
    said
}

/// Seats that follow the size of the group, with the parts that must agree and answer.
fn by_rule(seats: &Seats) -> Option<(&SeatRule, Fraction, Fraction)> {
    let Seats::Counted(Counted { seats, deciding, quorum, .. }) = seats else { return None };
    match (seats, deciding, quorum) {
        (SeatRule::Number(_), _, _) => None,
        (rule, Deciding::Agree(Portion::Part(agree)), Portion::Part(quorum)) => {
            Some((rule, *agree, *quorum))
        }
        // A parsed charter has parts wherever seats follow a rule.
        (_, Deciding::Agree(_) | Deciding::Lead { .. }, _) => None,
    }
}

fn assembly(rule: &SeatRule, up_to: Option<u32>, members: Option<u32>) -> Phrase {
    match (rule, members) {
        (SeatRule::Number(seats), _) => bounded("fact-assembly", up_to).number("seats", *seats),
        (rule, Some(members)) => {
            bounded("fact-assembly", up_to).number("seats", rule.for_roll(members))
        }
        (rule, None) => seat_rule(rule, up_to),
    }
}

fn seat_rule(rule: &SeatRule, up_to: Option<u32>) -> Phrase {
    match rule {
        SeatRule::Number(seats) => bounded("fact-assembly", up_to).number("seats", *seats),
        SeatRule::Share(part) => bounded("fact-rule-share", up_to).text("part", part.to_string()),
        SeatRule::Sample(Sample { confidence, margin }) => bounded("fact-rule-sample", up_to)
            .number("confidence", *confidence)
            .number("margin", *margin),
        SeatRule::Largest(rules) => {
            let rules: Vec<String> = rules.iter().map(notation).collect();
            bounded("fact-rule-largest", up_to).text("rules", rules.join("; "))
        }
    }
}

/// A rule in signs that are the same in every language: `15`, `1/10`, `95 % ± 5 %`.
fn notation(rule: &SeatRule) -> String {
    match rule {
        SeatRule::Number(number) => number.to_string(),
        SeatRule::Share(part) => part.to_string(),
        SeatRule::Sample(Sample { confidence, margin }) => format!("{confidence} % ± {margin} %"),
        SeatRule::Largest(rules) => {
            let rules: Vec<String> = rules.iter().map(notation).collect();
            format!("({})", rules.join("; "))
        }
    }
}

fn counting(method: Method) -> Phrase {
    let phrase = Phrase::new(format!("fact-method-{}", method_word(method)));
    match method {
        Method::YesNo { agree } => phrase.text("agree", agree.to_string()),
        Method::Score { max_score } => phrase.number("points", max_score),
        Method::Stv { winners } => phrase.number("winners", winners),
        Method::Approval | Method::Schulze | Method::Runoff => phrase,
    }
}

fn lasts(span: Span) -> Phrase {
    let hours = hours(span);
    if hours.is_multiple_of(24) {
        Phrase::new("fact-days").number("days", hours / 24)
    } else {
        Phrase::new("fact-wait-hours").number("hours", hours)
    }
}

fn reminders(spans: &[Span]) -> Phrase {
    let in_days = spans.iter().all(|span| hours(*span).is_multiple_of(24));
    let (unit, per) = if in_days { ("days", 24) } else { ("hours", 1) };
    let list: Vec<String> = spans.iter().map(|span| (hours(*span) / per).to_string()).collect();
    Phrase::new("fact-reminders").text("unit", unit).text("list", list.join(", "))
}

/// A phrase that has a sister for groups up to a size.
fn sized(key: &str, up_to: Option<u32>) -> Phrase {
    match up_to {
        Some(members) => Phrase::new(format!("{key}-up-to")).number("members", members),
        None => Phrase::new(key),
    }
}

/// A phrase that says the bound itself, 0 for none.
fn bounded(key: &str, up_to: Option<u32>) -> Phrase {
    Phrase::new(key).number("members", up_to.unwrap_or(0))
}

fn hours(span: Span) -> u32 {
    u32::try_from(span.0.div_ceil(Span::hours(1).0)).unwrap_or(u32::MAX)
}
