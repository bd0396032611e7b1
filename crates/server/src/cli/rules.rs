//! A charter as the verifier wants it: the engine reads the text, this turns it into the plain data of `mic-proof`.
//! Knows nothing of journals.

use mic_engine::charter::{self, Charter, Next, Outcome, Process, Rule, Seats, Stage, parse};
use mic_engine::ids::Span;
use mic_proof::entry;
use mic_proof::jury::Terms;
use mic_proof::rules::{
    BySize, CharterRules, Effect, Next as ProofNext, ProcessRules, Seats as ProofSeats,
    StageParameters, StageRules,
};

/// Reads a charter for a replay (`mic_proof::rules::CharterCheck`); the error says what is wrong with it.
pub fn charter_rules(text: &str) -> Result<CharterRules, String> {
    let charter = parse::parse(text).map_err(|complaints| {
        let lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        lines.join("; ")
    })?;
    Ok(rules(&charter))
}

fn rules(charter: &Charter) -> CharterRules {
    let processes = charter.processes.iter();
    CharterRules {
        every_minutes: u64::from(charter.clock.every_minutes),
        offset_minutes: u64::from(charter.clock.offset_minutes),
        open_proposals_per_member: u64::from(charter.limits.open_proposals_per_member),
        open_invitations_per_member: u64::from(charter.limits.open_invitations_per_member),
        new_days: u64::from(charter.limits.new_days),
        rest_days: u64::from(charter.rest_days),
        processes: processes
            .map(|(id, process)| (id.to_string(), process_rules(process)))
            .collect(),
    }
}

fn process_rules(process: &Process) -> ProcessRules {
    let audience = |audience: &charter::Audience| match audience {
        charter::Audience::Members => entry::Audience::Members,
        charter::Audience::Public => entry::Audience::Public,
    };
    ProcessRules {
        kind: match process.kind {
            charter::ProposalKind::Message => entry::ProposalKind::Message,
            charter::ProposalKind::Admission => entry::ProposalKind::Admission,
        },
        audiences: process.audiences.iter().map(audience).collect(),
        first: process.first.to_string(),
        stages: process
            .stages
            .iter()
            .map(|(id, stage)| (id.to_string(), stage_rules(stage)))
            .collect(),
    }
}

fn stage_rules(stage: &Stage) -> StageRules {
    let reminders = match &stage.rule {
        Rule::Cosign(rule) => rule.reminders.len(),
        Rule::Jury(rule) => rule.reminders.len(),
        Rule::Recourse(_) | Rule::Wait(_) => 0,
    };
    let next = Outcome::ALL.into_iter().filter_map(|way| {
        let next = stage.rule.next(way)?;
        Some((outcome(way), proof_next(next)))
    });
    StageRules {
        kind: parameters(&stage.rule),
        reminders: u64::try_from(reminders).unwrap_or(u64::MAX),
        next: next.collect(),
    }
}

fn parameters(rule: &Rule) -> StageParameters {
    match rule {
        Rule::Cosign(rule) => StageParameters::Cosign {
            needed: sizes(&rule.needed, |count| *count),
            lasts_ms: ms(rule.duration),
        },
        Rule::Jury(rule) => StageParameters::Jury {
            sizes: sizes(&rule.sizes, seats),
            answer_ms: ms(rule.answer),
            window_ms: ms(rule.window),
            fresh: rule.fresh,
        },
        Rule::Recourse(rule) => {
            let revise = rule.revise.iter().map(|id| (entry::Recourse::Revise, id.to_string()));
            let appeal = rule.appeal.iter().map(|id| (entry::Recourse::Appeal, id.to_string()));
            let ways = revise.chain(appeal).collect();
            StageParameters::Recourse { lasts_ms: ms(rule.duration), ways }
        }
        Rule::Wait(rule) => StageParameters::Wait { lasts_ms: ms(rule.duration) },
    }
}

fn seats(seats: &Seats) -> ProofSeats {
    match *seats {
        Seats::Everyone => ProofSeats::Everyone,
        Seats::Fixed { seats, agree, quorum, then } => {
            ProofSeats::Fixed(Terms { seats, agree, quorum, then })
        }
    }
}

fn sizes<T, U>(rules: &[charter::BySize<T>], value: impl Fn(&T) -> U) -> Vec<BySize<U>> {
    let rule = |rule: &charter::BySize<T>| BySize {
        members_up_to: rule.members_up_to.map(u64::from),
        value: value(&rule.value),
    };
    rules.iter().map(rule).collect()
}

fn outcome(outcome: Outcome) -> entry::Outcome {
    match outcome {
        Outcome::Pass => entry::Outcome::Pass,
        Outcome::Fail => entry::Outcome::Fail,
        Outcome::Undecided => entry::Outcome::Undecided,
        Outcome::Lapsed => entry::Outcome::Lapsed,
    }
}

fn proof_next(next: &Next) -> ProofNext {
    match next {
        Next::Stage(id) => ProofNext::Stage(id.to_string()),
        Next::Effect(charter::EffectKind::Broadcast) => ProofNext::Effect(Effect::Broadcast),
        Next::Effect(charter::EffectKind::Admit) => ProofNext::Effect(Effect::Admit),
        Next::Effect(charter::EffectKind::Record) => ProofNext::Effect(Effect::Record),
        Next::End => ProofNext::End,
    }
}

fn ms(span: Span) -> u64 {
    span.0
}
