//! Reads the charters of the vectors, as a caller of the library would. It trusts them to be well
//! formed beyond what it needs: refusing charters is the business of the engine.

use std::collections::{BTreeMap, BTreeSet};

use mic_proof::count::{Fraction, Method};
use mic_proof::entry::{Audience, Outcome, ProposalKind, Recourse, StageKind};
use mic_proof::rules::{
    Assembly, BySize, CharterRules, Counted, Deciding, Effect, Next, Portion, ProcessRules, Sample,
    SeatRule, Seats, StageParameters, StageRules, Voters, Who,
};
use toml::{Table, Value};

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

pub(crate) fn read(text: &str) -> Result<CharterRules, String> {
    let table: Table = text.parse().map_err(|error| format!("not TOML: {error}"))?;
    let rules = rules(&table).ok_or_else(|| "not a charter".to_owned())?;
    let guarded = rules.unguarded || rules.processes.values().all(is_guarded);
    if guarded { Ok(rules) } else { Err("a way to everybody that nobody guards".to_owned()) }
}

/// Whether nothing reaches everybody from the first stage without the `pass` of a jury, vote or
/// consensus. The one refusal that a vector about journals needs.
fn is_guarded(process: &ProcessRules) -> bool {
    let (mut open, mut seen) = (vec![process.first.as_str()], BTreeSet::new());
    while let Some(id) = open.pop() {
        let Some(stage) = process.stages.get(id).filter(|_| seen.insert(id)) else { continue };
        let guards = stage.kind.kind().judges();
        let ways = stage.next.iter().filter(|(outcome, _)| !guards || **outcome != Outcome::Pass);
        for (_, next) in ways {
            match next {
                Next::Effect(Effect::Broadcast | Effect::Recall | Effect::Action) => return false,
                Next::Stage(id) => open.push(id),
                Next::Effect(_) | Next::End => {}
            }
        }
    }
    true
}

fn rules(table: &Table) -> Option<CharterRules> {
    if table.get("charter")?.as_integer()? != 1 {
        return None;
    }
    let clock = table.get("clock")?.as_table()?;
    let limits = table.get("limits")?.as_table()?;
    let processes = table.get("process")?.as_table()?.iter();
    Some(CharterRules {
        unguarded: table.get("unguarded").and_then(Value::as_bool).unwrap_or(false),
        every_minutes: natural(clock, "every_minutes")?,
        offset_minutes: natural(clock, "offset_minutes")?,
        open_proposals_per_member: natural(limits, "open_proposals_per_member")?,
        open_invitations_per_member: natural(limits, "open_invitations_per_member")?,
        new_days: natural(limits, "new_days")?,
        rest_days: natural(table.get("duty")?.as_table()?, "rest_days")?,
        processes: processes
            .map(|(id, it)| Some((id.clone(), process(it.as_table()?)?)))
            .collect::<Option<_>>()?,
    })
}

fn process(table: &Table) -> Option<ProcessRules> {
    let audiences = table.get("audiences")?.as_array()?.iter();
    let stages = table.get("stage")?.as_table()?.iter();
    Some(ProcessRules {
        kind: ProposalKind::parse(word(table, "kind")?)?,
        audiences: audiences.map(|word| Audience::parse(word.as_str()?)).collect::<Option<_>>()?,
        first: word(table, "first")?.to_owned(),
        stages: stages
            .map(|(id, it)| Some((id.clone(), stage(it.as_table()?)?)))
            .collect::<Option<_>>()?,
    })
}

fn stage(table: &Table) -> Option<StageRules> {
    let days = |name| natural(table, name).map(|days| days * DAY_MS);
    let hours = |name| natural(table, name).map(|hours| hours * HOUR_MS);
    let kind = match StageKind::parse(word(table, "kind")?)? {
        StageKind::Cosign => StageParameters::Cosign {
            needed: by_size(table, "needed", |rule| small(rule, "count"))?,
            lasts_ms: days("days")?,
        },
        StageKind::Jury => StageParameters::Jury {
            sizes: by_size(table, "sizes", seats)?,
            answer_ms: hours("answer_hours")?,
            window_ms: hours("window_hours")?,
            fresh: table.get("fresh").and_then(Value::as_bool).unwrap_or(false),
        },
        StageKind::Recourse => StageParameters::Recourse {
            lasts_ms: days("days")?,
            ways: [Recourse::Revise, Recourse::Appeal]
                .into_iter()
                .filter_map(|way| Some((way, word(table, way.word())?.to_owned())))
                .collect(),
        },
        StageKind::Wait => StageParameters::Wait { lasts_ms: hours("hours")? },
        StageKind::Vote => StageParameters::Vote {
            who: voters(table)?,
            method: method(table)?,
            quorum: fraction(table, "quorum")?,
            lasts_ms: days("days").or(hours("hours"))?,
        },
        StageKind::Consensus => StageParameters::Consensus {
            who: who(table)?,
            blocks: natural(table, "blocks")?,
            asides: fraction(table, "asides")?,
            quorum: fraction(table, "quorum")?,
            amendable: table.get("amendable").and_then(Value::as_bool).unwrap_or(false),
            lasts_ms: days("days").or(hours("hours"))?,
        },
        StageKind::Objection => StageParameters::Objection {
            who: who(table)?,
            objections: natural(table, "objections")?,
            lasts_ms: days("days").or(hours("hours"))?,
        },
        StageKind::Pledge => StageParameters::Pledge {
            who: who(table)?,
            at_least: natural(table, "at_least")?,
            lasts_ms: days("days").or(hours("hours"))?,
        },
    };
    let outcomes = [Outcome::Pass, Outcome::Fail, Outcome::Undecided, Outcome::Lapsed];
    let next: BTreeMap<Outcome, Next> = outcomes
        .into_iter()
        .filter_map(|outcome| Some((outcome, leads(word(table, outcome.word())?)?)))
        .collect();
    let reminders = table.get("remind_days").or_else(|| table.get("remind_hours"));
    let reminders = reminders.and_then(Value::as_array).map_or(0, Vec::len) as u64;
    Some(StageRules { kind, reminders, next })
}

fn who(table: &Table) -> Option<Who> {
    match word(table, "who")? {
        "everyone" => Some(Who::Everyone),
        "settled" => Some(Who::Settled),
        _ => None,
    }
}

fn voters(table: &Table) -> Option<Voters> {
    if word(table, "who") != Some("drawn") {
        return who(table).map(Voters::All);
    }
    let sizes = by_size(table, "sizes", |rule| seat_rule(rule.get("seats")?))?;
    let fresh = table.get("fresh").and_then(Value::as_bool).unwrap_or(false);
    Some(Voters::Drawn(Assembly { sizes, fresh }))
}

fn method(table: &Table) -> Option<Method> {
    Some(match word(table, "method")? {
        "yes_no" => Method::YesNo { agree: fraction(table, "agree")? },
        "approval" => Method::Approval,
        "score" => Method::Score { max_score: small(table, "max_score")? },
        "schulze" => Method::Schulze,
        "runoff" => Method::Runoff,
        "stv" => Method::Stv { winners: small(table, "winners")? },
        _ => return None,
    })
}

fn leads(word: &str) -> Option<Next> {
    match word.split_once(':') {
        Some(("effect", "broadcast")) => Some(Next::Effect(Effect::Broadcast)),
        Some(("effect", "admit")) => Some(Next::Effect(Effect::Admit)),
        Some(("effect", "record")) => Some(Next::Effect(Effect::Record)),
        Some(("effect", "remove")) => Some(Next::Effect(Effect::Remove)),
        Some(("effect", "recall")) => Some(Next::Effect(Effect::Recall)),
        Some(("effect", "amend")) => Some(Next::Effect(Effect::Amend)),
        Some(("effect", "action")) => Some(Next::Effect(Effect::Action)),
        Some(_) => None,
        None if word == "end" => Some(Next::End),
        None => Some(Next::Stage(word.to_owned())),
    }
}

pub(crate) fn seats(rule: &Table) -> Option<Seats> {
    if word(rule, "seats") == Some("everyone") {
        return Some(Seats::Everyone);
    }
    let deciding = match natural(rule, "lead") {
        Some(_) => Deciding::Lead { lead: small(rule, "lead")?, cap: small(rule, "cap")? },
        None => Deciding::Agree(portion(rule, "agree")?),
    };
    Some(Seats::Counted(Counted {
        seats: seat_rule(rule.get("seats")?)?,
        deciding,
        quorum: portion(rule, "quorum")?,
        then: small(rule, "then").unwrap_or(0),
    }))
}

pub(crate) fn seat_rule(value: &Value) -> Option<SeatRule> {
    if let Some(number) = value.as_integer() {
        return u32::try_from(number).ok().map(SeatRule::Number);
    }
    let table = value.as_table()?;
    if let Some(rules) = table.get("largest") {
        let rules = rules.as_array()?.iter().map(seat_rule);
        return rules.collect::<Option<_>>().map(SeatRule::Largest);
    }
    if let Some(sample) = table.get("sample") {
        let sample = sample.as_table()?;
        let (confidence, margin) = (small(sample, "confidence")?, small(sample, "margin")?);
        return Some(SeatRule::Sample(Sample { confidence, margin }));
    }
    fraction(table, "share").map(SeatRule::Share)
}

fn portion(rule: &Table, name: &str) -> Option<Portion> {
    match small(rule, name) {
        Some(number) => Some(Portion::Number(number)),
        None => fraction(rule, name).map(Portion::Part),
    }
}

fn fraction(table: &Table, name: &str) -> Option<Fraction> {
    word(table, name)?.parse().ok()
}

fn by_size<T>(
    table: &Table,
    name: &str,
    read: impl Fn(&Table) -> Option<T>,
) -> Option<Vec<BySize<T>>> {
    let rules = table.get(name)?.as_array()?.iter();
    let rule = |rule: &Value| {
        let rule = rule.as_table()?;
        Some(BySize { members_up_to: natural(rule, "members_up_to"), value: read(rule)? })
    };
    rules.map(rule).collect()
}

fn natural(table: &Table, name: &str) -> Option<u64> {
    table.get(name)?.as_integer().and_then(|number| u64::try_from(number).ok())
}

fn small(table: &Table, name: &str) -> Option<u32> {
    natural(table, name).and_then(|number| u32::try_from(number).ok())
}

fn word<'a>(table: &'a Table, name: &str) -> Option<&'a str> {
    table.get(name)?.as_str()
}
