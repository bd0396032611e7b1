//! The same charter as plain numbers for the verifier: `mic-proof` reads no TOML, so whoever calls it hands it this.
//! Knows nothing of journals.

use std::collections::BTreeMap;

use mic_proof::entry;
use mic_proof::jury::Terms;
use mic_proof::rules::{self, CharterRules, ProcessRules, StageParameters, StageRules};

use super::{
    Audience, BySize, Charter, Clock, EffectKind, Next, Outcome, Process, ProposalKind, Rule,
    Seats, parse,
};

/// Reads a charter for a replay; the error is every complaint on a line of its own.
pub fn for_replay(text: &str) -> Result<CharterRules, String> {
    let charter = parse::parse(text).map_err(|complaints| {
        let lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })?;
    Ok(of_charter(&charter))
}

fn of_charter(charter: &Charter) -> CharterRules {
    let Clock { every_minutes, offset_minutes } = charter.clock;
    let process = |process: &Process| ProcessRules {
        kind: match process.kind {
            ProposalKind::Message => entry::ProposalKind::Message,
            ProposalKind::Admission => entry::ProposalKind::Admission,
        },
        audiences: process.audiences.iter().map(|audience| audience_of(*audience)).collect(),
        first: process.first.to_string(),
        stages: process
            .stages
            .iter()
            .map(|(id, stage)| (id.to_string(), stage_of(&stage.rule)))
            .collect(),
    };
    CharterRules {
        every_minutes: every_minutes.into(),
        offset_minutes: offset_minutes.into(),
        open_proposals_per_member: charter.limits.open_proposals_per_member.into(),
        open_invitations_per_member: charter.limits.open_invitations_per_member.into(),
        new_days: charter.limits.new_days.into(),
        rest_days: charter.rest_days.into(),
        processes: charter.processes.iter().map(|(id, p)| (id.to_string(), process(p))).collect(),
    }
}

fn stage_of(rule: &Rule) -> StageRules {
    let (kind, reminders) = match rule {
        Rule::Cosign(rule) => (
            StageParameters::Cosign {
                needed: by_size(&rule.needed, |count| *count),
                lasts_ms: rule.duration.0,
            },
            rule.reminders.len(),
        ),
        Rule::Jury(rule) => (
            StageParameters::Jury {
                sizes: by_size(&rule.sizes, seats_of),
                answer_ms: rule.answer.0,
                window_ms: rule.window.0,
                fresh: rule.fresh,
            },
            rule.reminders.len(),
        ),
        Rule::Recourse(rule) => {
            let ways =
                [(entry::Recourse::Revise, &rule.revise), (entry::Recourse::Appeal, &rule.appeal)];
            let ways = ways
                .into_iter()
                .filter_map(|(way, target)| Some((way, target.as_ref()?.to_string())))
                .collect();
            (StageParameters::Recourse { lasts_ms: rule.duration.0, ways }, 0)
        }
        Rule::Wait(rule) => (StageParameters::Wait { lasts_ms: rule.duration.0 }, 0),
    };
    let next: BTreeMap<_, _> = Outcome::ALL
        .into_iter()
        .filter_map(|outcome| Some((outcome_of(outcome), next_of(rule.next(outcome)?))))
        .collect();
    StageRules { kind, reminders: reminders as u64, next }
}

fn by_size<T, U>(list: &[BySize<T>], value: impl Fn(&T) -> U) -> Vec<rules::BySize<U>> {
    list.iter()
        .map(|rule| rules::BySize {
            members_up_to: rule.members_up_to.map(u64::from),
            value: value(&rule.value),
        })
        .collect()
}

fn seats_of(seats: &Seats) -> rules::Seats {
    match *seats {
        Seats::Everyone => rules::Seats::Everyone,
        Seats::Fixed { seats, agree, quorum, then } => {
            rules::Seats::Fixed(Terms { seats, agree, then, quorum })
        }
    }
}

fn next_of(next: &Next) -> rules::Next {
    match next {
        Next::Stage(id) => rules::Next::Stage(id.to_string()),
        Next::Effect(EffectKind::Broadcast) => rules::Next::Effect(rules::Effect::Broadcast),
        Next::Effect(EffectKind::Admit) => rules::Next::Effect(rules::Effect::Admit),
        Next::Effect(EffectKind::Record) => rules::Next::Effect(rules::Effect::Record),
        Next::End => rules::Next::End,
    }
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
