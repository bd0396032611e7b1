//! The same charter as plain numbers for the verifier: `mic-proof` reads no TOML, so whoever calls it hands it this.
//! Knows nothing of journals.

use std::collections::BTreeMap;

use mic_proof::entry;
use mic_proof::jury::Terms;
use mic_proof::rules::{self, CharterRules, ProcessRules, StageParameters, StageRules};

use super::{
    Audience, BySize, Charter, Clock, Counted, Deciding, EffectKind, Next, Outcome, Portion,
    Process, ProposalKind, Rule, SeatRule, Seats, parse,
};

/// Reads a charter for a replay; the error is every complaint on a line of its own.
pub fn for_replay(text: &str) -> Result<CharterRules, String> {
    let charter = parse::parse(text).map_err(|complaints| {
        let lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })?;
    of_charter(&charter)
}

fn of_charter(charter: &Charter) -> Result<CharterRules, String> {
    let Clock { every_minutes, offset_minutes } = charter.clock;
    let mut processes = BTreeMap::new();
    for (id, process) in &charter.processes {
        processes.insert(id.to_string(), of_process(process)?);
    }
    Ok(CharterRules {
        every_minutes: every_minutes.into(),
        offset_minutes: offset_minutes.into(),
        open_proposals_per_member: charter.limits.open_proposals_per_member.into(),
        open_invitations_per_member: charter.limits.open_invitations_per_member.into(),
        new_days: charter.limits.new_days.into(),
        rest_days: charter.rest_days.into(),
        processes,
    })
}

fn of_process(process: &Process) -> Result<ProcessRules, String> {
    let mut stages = BTreeMap::new();
    for (id, stage) in &process.stages {
        stages.insert(id.to_string(), of_stage(&stage.rule)?);
    }
    Ok(ProcessRules {
        kind: match process.kind {
            ProposalKind::Message => entry::ProposalKind::Message,
            ProposalKind::Admission => entry::ProposalKind::Admission,
            kind @ (ProposalKind::Removal
            | ProposalKind::Recall
            | ProposalKind::Amendment
            | ProposalKind::Decision
            | ProposalKind::Action) => return Err(unknown(kind.word())),
        },
        audiences: process.audiences.iter().map(|audience| audience_of(*audience)).collect(),
        first: process.first.to_string(),
        stages,
    })
}

/// The verifier does not know this rule yet.
fn unknown(word: &str) -> String {
    format!("a charter with \"{word}\" cannot be replayed by this version")
}

fn of_stage(rule: &Rule) -> Result<StageRules, String> {
    let kind = match rule {
        Rule::Cosign(rule) => StageParameters::Cosign {
            needed: by_size(&rule.needed, |count| Ok(*count))?,
            lasts_ms: rule.duration.0,
        },
        Rule::Jury(rule) => StageParameters::Jury {
            sizes: by_size(&rule.sizes, seats_of)?,
            answer_ms: rule.answer.0,
            window_ms: rule.window.0,
            fresh: rule.fresh,
        },
        Rule::Recourse(rule) => {
            let ways =
                [(entry::Recourse::Revise, &rule.revise), (entry::Recourse::Appeal, &rule.appeal)];
            let ways = ways
                .into_iter()
                .filter_map(|(way, target)| Some((way, target.as_ref()?.to_string())))
                .collect();
            StageParameters::Recourse { lasts_ms: rule.duration.0, ways }
        }
        Rule::Wait(rule) => StageParameters::Wait { lasts_ms: rule.duration.0 },
        Rule::Vote(_) | Rule::Consensus(_) | Rule::Objection(_) | Rule::Pledge(_) => {
            return Err(unknown(rule.kind()));
        }
    };
    let mut next = BTreeMap::new();
    for outcome in Outcome::ALL {
        if let Some(target) = rule.next(outcome) {
            next.insert(outcome_of(outcome), next_of(target)?);
        }
    }
    Ok(StageRules { kind, reminders: rule.reminders().len() as u64, next })
}

fn by_size<T, U>(
    list: &[BySize<T>],
    value: impl Fn(&T) -> Result<U, String>,
) -> Result<Vec<rules::BySize<U>>, String> {
    let rule = |rule: &BySize<T>| {
        Ok(rules::BySize {
            members_up_to: rule.members_up_to.map(u64::from),
            value: value(&rule.value)?,
        })
    };
    list.iter().map(rule).collect()
}

fn seats_of(seats: &Seats) -> Result<rules::Seats, String> {
    match seats {
        Seats::Everyone => Ok(rules::Seats::Everyone),
        Seats::Counted(Counted {
            seats: SeatRule::Number(seats),
            deciding: Deciding::Agree(Portion::Number(agree)),
            quorum: Portion::Number(quorum),
            then,
        }) => Ok(rules::Seats::Fixed(Terms {
            seats: *seats,
            agree: *agree,
            quorum: *quorum,
            then: *then,
        })),
        Seats::Counted(_) => Err(unknown("seats by rule or in steps")),
    }
}

fn next_of(next: &Next) -> Result<rules::Next, String> {
    Ok(match next {
        Next::Stage(id) => rules::Next::Stage(id.to_string()),
        Next::Effect(EffectKind::Broadcast) => rules::Next::Effect(rules::Effect::Broadcast),
        Next::Effect(EffectKind::Admit) => rules::Next::Effect(rules::Effect::Admit),
        Next::Effect(EffectKind::Record) => rules::Next::Effect(rules::Effect::Record),
        Next::Effect(
            effect @ (EffectKind::Remove
            | EffectKind::Recall
            | EffectKind::Amend
            | EffectKind::Action),
        ) => return Err(unknown(effect.word())),
        Next::End => rules::Next::End,
    })
}

fn outcome_of(outcome: Outcome) -> entry::Outcome {
    match outcome {
        Outcome::Pass => entry::Outcome::Pass,
        Outcome::Fail => entry::Outcome::Fail,
        Outcome::Undecided => entry::Outcome::Undecided,
        Outcome::Lapsed => entry::Outcome::Lapsed,
    }
}

fn audience_of(audience: Audience) -> entry::Audience {
    match audience {
        Audience::Members => entry::Audience::Members,
        Audience::Public => entry::Audience::Public,
    }
}
