//! Reads the charters of the vectors, as a caller of the library would. It trusts them to be well
//! formed beyond what it needs: refusing charters is the business of the engine.

use std::collections::BTreeMap;

use mic_proof::entry::{Audience, Outcome, ProposalKind, Recourse, StageKind};
use mic_proof::jury::Terms;
use mic_proof::rules::{
    BySize, CharterRules, Effect, Next, ProcessRules, Seats, StageParameters, StageRules,
};
use toml::{Table, Value};

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

pub(crate) fn read(text: &str) -> Result<CharterRules, String> {
    let table: Table = text.parse().map_err(|error| format!("not TOML: {error}"))?;
    rules(&table).ok_or_else(|| "not a charter".to_owned())
}

fn rules(table: &Table) -> Option<CharterRules> {
    if table.get("charter")?.as_integer()? != 1 {
        return None;
    }
    let clock = table.get("clock")?.as_table()?;
    let limits = table.get("limits")?.as_table()?;
    let processes = table.get("process")?.as_table()?.iter();
    Some(CharterRules {
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

fn leads(word: &str) -> Option<Next> {
    match word.split_once(':') {
        Some(("effect", "broadcast")) => Some(Next::Effect(Effect::Broadcast)),
        Some(("effect", "admit")) => Some(Next::Effect(Effect::Admit)),
        Some(("effect", "record")) => Some(Next::Effect(Effect::Record)),
        Some(_) => None,
        None if word == "end" => Some(Next::End),
        None => Some(Next::Stage(word.to_owned())),
    }
}

fn seats(rule: &Table) -> Option<Seats> {
    if word(rule, "seats") == Some("everyone") {
        return Some(Seats::Everyone);
    }
    Some(Seats::Fixed(Terms {
        seats: small(rule, "seats")?,
        agree: small(rule, "agree")?,
        then: small(rule, "then").unwrap_or(0),
        quorum: small(rule, "quorum")?,
    }))
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
