//! The same charter as plain numbers for the verifier: `mic-proof` reads no TOML, so whoever calls it hands it this.
//! Knows nothing of journals.

use mic_proof::entry;
use mic_proof::rules::{self, CharterRules, ProcessRules, StageParameters, StageRules};

use super::{
    Audience, BySize, Charter, Clock, Deciding, EffectKind, Next, Outcome, Portion, Process,
    ProposalKind, Rule, SeatRule, Seats, Voters, Who, parse,
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
    let processes = charter.processes.iter();
    CharterRules {
        unguarded: charter.unguarded,
        every_minutes: every_minutes.into(),
        offset_minutes: offset_minutes.into(),
        open_proposals_per_member: charter.limits.open_proposals_per_member.into(),
        open_invitations_per_member: charter.limits.open_invitations_per_member.into(),
        new_days: charter.limits.new_days.into(),
        rest_days: charter.rest_days.into(),
        processes: processes.map(|(id, process)| (id.to_string(), of_process(process))).collect(),
    }
}

fn of_process(process: &Process) -> ProcessRules {
    let stages = process.stages.iter();
    ProcessRules {
        kind: match process.kind {
            ProposalKind::Message => entry::ProposalKind::Message,
            ProposalKind::Admission => entry::ProposalKind::Admission,
            ProposalKind::Removal => entry::ProposalKind::Removal,
            ProposalKind::Recall => entry::ProposalKind::Recall,
            ProposalKind::Amendment => entry::ProposalKind::Amendment,
            ProposalKind::Decision => entry::ProposalKind::Decision,
            ProposalKind::Action => entry::ProposalKind::Action,
        },
        audiences: process.audiences.iter().map(|audience| audience_of(*audience)).collect(),
        first: process.first.to_string(),
        stages: stages.map(|(id, stage)| (id.to_string(), of_stage(&stage.rule))).collect(),
    }
}

fn of_stage(rule: &Rule) -> StageRules {
    let next = Outcome::ALL.into_iter().filter_map(|outcome| {
        let target = rule.next(outcome)?;
        Some((outcome_of(outcome), next_of(target)))
    });
    StageRules {
        kind: parameters(rule),
        reminders: rule.reminders().len() as u64,
        next: next.collect(),
    }
}

fn parameters(rule: &Rule) -> StageParameters {
    match rule {
        Rule::Cosign(rule) => StageParameters::Cosign {
            needed: by_size(&rule.needed, |count| *count),
            lasts_ms: rule.duration.0,
        },
        Rule::Jury(rule) => StageParameters::Jury {
            sizes: by_size(&rule.sizes, seats_of),
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
        Rule::Vote(rule) => StageParameters::Vote {
            who: voters_of(&rule.who),
            method: rule.method,
            quorum: rule.quorum,
            lasts_ms: rule.duration.0,
        },
        Rule::Consensus(rule) => StageParameters::Consensus {
            who: who_of(rule.who),
            blocks: rule.blocks.into(),
            asides: rule.asides,
            quorum: rule.quorum,
            amendable: rule.amendable,
            lasts_ms: rule.duration.0,
        },
        Rule::Objection(rule) => StageParameters::Objection {
            who: who_of(rule.who),
            objections: rule.objections.into(),
            lasts_ms: rule.duration.0,
        },
        Rule::Pledge(rule) => StageParameters::Pledge {
            who: who_of(rule.who),
            at_least: rule.at_least.into(),
            lasts_ms: rule.duration.0,
        },
    }
}

fn by_size<T, U>(list: &[BySize<T>], value: impl Fn(&T) -> U) -> Vec<rules::BySize<U>> {
    let rule = |rule: &BySize<T>| rules::BySize {
        members_up_to: rule.members_up_to.map(u64::from),
        value: value(&rule.value),
    };
    list.iter().map(rule).collect()
}

fn who_of(who: Who) -> rules::Who {
    match who {
        Who::Everyone => rules::Who::Everyone,
        Who::Settled => rules::Who::Settled,
    }
}

fn voters_of(voters: &Voters) -> rules::Voters {
    match voters {
        Voters::All(who) => rules::Voters::All(who_of(*who)),
        Voters::Drawn(assembly) => rules::Voters::Drawn(rules::Assembly {
            sizes: by_size(&assembly.sizes, seat_rule_of),
            fresh: assembly.fresh,
        }),
    }
}

fn seats_of(seats: &Seats) -> rules::Seats {
    match seats {
        Seats::Everyone => rules::Seats::Everyone,
        Seats::Counted(counted) => rules::Seats::Counted(rules::Counted {
            seats: seat_rule_of(&counted.seats),
            deciding: match counted.deciding {
                Deciding::Agree(agree) => rules::Deciding::Agree(portion_of(agree)),
                Deciding::Lead { lead, cap } => rules::Deciding::Lead { lead, cap },
            },
            quorum: portion_of(counted.quorum),
            then: counted.then,
        }),
    }
}

fn portion_of(portion: Portion) -> rules::Portion {
    match portion {
        Portion::Number(number) => rules::Portion::Number(number),
        Portion::Part(part) => rules::Portion::Part(part),
    }
}

fn seat_rule_of(rule: &SeatRule) -> rules::SeatRule {
    match rule {
        SeatRule::Number(number) => rules::SeatRule::Number(*number),
        SeatRule::Share(part) => rules::SeatRule::Share(*part),
        SeatRule::Sample(sample) => rules::SeatRule::Sample(rules::Sample {
            confidence: sample.confidence,
            margin: sample.margin,
        }),
        SeatRule::Largest(several) => {
            rules::SeatRule::Largest(several.iter().map(seat_rule_of).collect())
        }
    }
}

fn next_of(next: &Next) -> rules::Next {
    let effect = match next {
        Next::Stage(id) => return rules::Next::Stage(id.to_string()),
        Next::End => return rules::Next::End,
        Next::Effect(effect) => *effect,
    };
    rules::Next::Effect(match effect {
        EffectKind::Broadcast => rules::Effect::Broadcast,
        EffectKind::Admit => rules::Effect::Admit,
        EffectKind::Record => rules::Effect::Record,
        EffectKind::Remove => rules::Effect::Remove,
        EffectKind::Recall => rules::Effect::Recall,
        EffectKind::Amend => rules::Effect::Amend,
        EffectKind::Action => rules::Effect::Action,
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
