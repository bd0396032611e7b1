//! Values to events. Every field is taken out once; what remains over is unknown and refused.
//! Knows nothing of writing and of rules.

mod fields;

use mic_proof::encode::Value;

use super::WireError;
use crate::charter::{Audience, Outcome};
use crate::event::{
    Actor, BeaconKind, BroadcastOrdered, DrawCalled, DrawMade, Ending, Entry, ErasureReason, Event,
    Founded, JuryClosed, JuryExtended, JuryGrown, Lead, Opened, PledgeWoken, Position,
    PositionTaken, RecourseChoice, SeatsCalled, SeatsReason, StageEntered, StageKind, Verdict,
    VoteClosed,
};
use crate::ids::{Number, ProposalNumber, Seq, Slot, Span, Step};
use fields::Fields;

pub(super) type Read<T> = Result<T, WireError>;

pub(super) fn entry(value: Value) -> Read<Entry> {
    let Value::Map(map) = value else { return Err(WireError::Field("entry")) };
    let mut fields = Fields::new(map);
    if fields.u64("v")? != 1 {
        return Err(WireError::Field("v"));
    }
    let seq = Seq(fields.u64("seq")?);
    let at = fields.time("at")?;
    let salt = fields.bytes32("salt")?;
    let actor = match fields.take("actor")? {
        Value::Text(word) if word == "node" => Actor::Node,
        Value::Int(slot) => {
            Actor::Member(Slot(u32::try_from(slot).map_err(|_| WireError::Field("actor"))?))
        }
        Value::Bool(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => {
            return Err(WireError::Field("actor"));
        }
    };
    let kind = fields.text("type")?;
    let event = event(&kind, &mut fields)?;
    if !fields.is_empty() {
        return Err(WireError::Field("unknown"));
    }
    Ok(Entry { seq, at, actor, salt, event })
}

fn event(kind: &str, fields: &mut Fields) -> Read<Event> {
    match kind.split('.').next() {
        Some("group" | "member" | "document") => group_event(kind, fields),
        Some("draw" | "seats" | "juror" | "ballot" | "jury") => jury_event(kind, fields),
        Some("vote" | "position" | "objection" | "pledge") => asking_event(kind, fields),
        Some("broadcast" | "decision" | "charter" | "action" | "deed") => {
            effect_event(kind, fields)
        }
        Some(_) | None => proposal_event(kind, fields),
    }
}

fn group_event(kind: &str, fields: &mut Fields) -> Read<Event> {
    Ok(match kind {
        "group.founded" => Event::Founded(Founded {
            group: fields.group("group")?,
            origin: fields.text("origin")?,
            key: fields.bytes32("key")?,
            charter: fields.hash("charter")?,
            profile: fields.hash("profile")?,
            members: fields.u32("members")?,
            beacon: fields.word("beacon", BeaconKind::parse)?,
            chain: fields.hash("chain")?,
        }),
        "member.admitted" => {
            Event::Admitted { slot: Slot(fields.u32("slot")?), proposal: fields.proposal()? }
        }
        "member.removed" => {
            Event::Removed { slot: Slot(fields.u32("slot")?), proposal: fields.proposal()? }
        }
        "member.left" => Event::Left,
        "member.erased" => Event::Erased,
        "member.paused" => Event::Paused { until: fields.time("until")? },
        "member.resumed" => Event::Resumed,
        "member.rested" => Event::Rested { days: fields.u32("days")? },
        "document.erased" => Event::DocumentErased {
            document: fields.hash("document")?,
            reason: fields.word("reason", ErasureReason::parse)?,
        },
        _ => return Err(WireError::UnknownType),
    })
}

fn proposal_event(kind: &str, fields: &mut Fields) -> Read<Event> {
    Ok(match kind {
        "proposal.opened" => Event::Opened(Opened {
            proposal: fields.proposal()?,
            process: fields.id("process")?,
            version: fields.hash("version")?,
            audience: fields.word("audience", Audience::parse)?,
            charter: fields.hash("charter")?,
            subject: fields.subject()?,
            roll: fields.u32("roll")?,
        }),
        "version.posted" => Event::VersionPosted {
            proposal: fields.proposal()?,
            version: fields.hash("version")?,
            audience: fields.word("audience", Audience::parse)?,
            subject: fields.subject()?,
        },
        "statement.made" => Event::StatementMade {
            proposal: fields.proposal()?,
            document: fields.hash("document")?,
        },
        "proposal.cosigned" => Event::Cosigned {
            proposal: fields.proposal()?,
            step: fields.step()?,
            version: fields.hash("version")?,
        },
        "cosign.withdrawn" => {
            Event::CosignWithdrawn { proposal: fields.proposal()?, step: fields.step()? }
        }
        "proposal.withdrawn" => Event::Withdrawn { proposal: fields.proposal()? },
        "stage.entered" => Event::StageEntered(StageEntered {
            proposal: fields.proposal()?,
            step: fields.step()?,
            stage: fields.id("stage")?,
            kind: fields.word("kind", StageKind::parse)?,
            until: fields.time("until")?,
        }),
        "stage.ended" => Event::StageEnded {
            proposal: fields.proposal()?,
            step: fields.step()?,
            outcome: fields.word("outcome", Outcome::parse)?,
        },
        "reminder.called" => Event::ReminderCalled {
            proposal: fields.proposal()?,
            step: fields.step()?,
            nth: fields.u32("nth")?,
        },
        "proposal.closed" => Event::Closed {
            proposal: fields.proposal()?,
            ending: fields.word("ending", Ending::parse)?,
        },
        "recourse.taken" => Event::RecourseTaken {
            proposal: fields.proposal()?,
            step: fields.step()?,
            choice: fields.word("choice", RecourseChoice::parse)?,
        },
        _ => return Err(WireError::UnknownType),
    })
}

fn jury_event(kind: &str, fields: &mut Fields) -> Read<Event> {
    let proposal = fields.proposal()?;
    let step = fields.step()?;
    Ok(match kind {
        "draw.called" => Event::DrawCalled(draw_called(proposal, step, fields)?),
        "draw.missed" => {
            if fields.text("reason")? != "checkpoint_late" {
                return Err(WireError::Field("reason"));
            }
            Event::DrawMissed { proposal, step, attempt: fields.u32("attempt")? }
        }
        "draw.made" => Event::DrawMade(DrawMade {
            proposal,
            step,
            attempt: fields.u32("attempt")?,
            signature: fields.bytes("signature")?,
            checkpoint: fields.text("checkpoint")?,
            seated: fields.slots("seated")?,
            until: fields.time("until")?,
        }),
        "seats.called" => Event::SeatsCalled(SeatsCalled {
            proposal,
            step,
            seated: fields.slots("seated")?,
            released: fields.slots("released")?,
            reason: fields.word("reason", SeatsReason::parse)?,
        }),
        "juror.aside" => Event::JurorAside { proposal, step },
        "ballot.cast" => {
            let (cover, nonce_from) = fields.covered()?;
            Event::BallotCast { proposal, step, cover, nonce_from }
        }
        "jury.grown" => Event::JuryGrown(JuryGrown {
            proposal,
            step,
            turnout: fields.u32("turnout")?,
            sealed: fields.hash("sealed")?,
            seated: fields.slots("seated")?,
            until: fields.time("until")?,
        }),
        "jury.extended" => Event::JuryExtended(JuryExtended {
            proposal,
            step,
            released: fields.slots("released")?,
            seated: fields.slots("seated")?,
            until: fields.time("until")?,
        }),
        "jury.closed" => Event::JuryClosed(JuryClosed {
            proposal,
            step,
            rounds: fields.rounds("rounds")?,
            verdict: fields.word("verdict", Verdict::parse)?,
            yes: fields.u32("yes")?,
            no: fields.u32("no")?,
            seats: fields.u32("seats")?,
        }),
        _ => return Err(WireError::UnknownType),
    })
}

fn asking_event(kind: &str, fields: &mut Fields) -> Read<Event> {
    let proposal = fields.proposal()?;
    let step = fields.step()?;
    Ok(match kind {
        "vote.cast" => {
            let (cover, nonce_from) = fields.covered()?;
            Event::VoteCast { proposal, step, cover, nonce_from }
        }
        "vote.closed" => Event::VoteClosed(VoteClosed {
            proposal,
            step,
            eligible: fields.u32("eligible")?,
            cast: fields.u32("cast")?,
            ballots: fields.hash("ballots")?,
            totals: fields.large_numbers("totals")?,
            winners: fields.numbers("winners")?,
            outcome: fields
                .word("outcome", |word| Outcome::parse(word).filter(|it| *it != Outcome::Lapsed))?,
        }),
        "position.taken" => Event::PositionTaken(PositionTaken {
            proposal,
            step,
            version: fields.hash("version")?,
            position: fields.word("position", Position::parse)?,
            reason: fields.optional_hash("reason")?,
        }),
        "objection.raised" => {
            Event::ObjectionRaised { proposal, step, reason: fields.hash("reason")? }
        }
        "objection.withdrawn" => Event::ObjectionWithdrawn { proposal, step },
        "pledge.made" => {
            let (cover, nonce_from) = fields.covered()?;
            Event::PledgeMade { proposal, step, cover, nonce_from }
        }
        "pledge.withdrawn" => Event::PledgeWithdrawn { proposal, step },
        "pledge.woken" => Event::PledgeWoken(PledgeWoken {
            proposal,
            step,
            standing: fields.u32("standing")?,
            ballots: fields.hash("ballots")?,
            count: fields.u32("count")?,
        }),
        _ => return Err(WireError::UnknownType),
    })
}

fn effect_event(kind: &str, fields: &mut Fields) -> Read<Event> {
    Ok(match kind {
        "broadcast.ordered" => Event::BroadcastOrdered(BroadcastOrdered {
            proposal: fields.proposal()?,
            number: Number(fields.u32("number")?),
            previous: fields.hash("previous")?,
            version: fields.hash("version")?,
            audience: fields.word("audience", Audience::parse)?,
        }),
        "decision.recorded" => Event::DecisionRecorded {
            proposal: fields.proposal()?,
            number: Number(fields.u32("number")?),
            version: fields.hash("version")?,
            winners: fields.numbers("winners")?,
        },
        "broadcast.recalled" => Event::BroadcastRecalled {
            proposal: fields.proposal()?,
            number: Number(fields.u32("number")?),
        },
        "charter.amended" => {
            Event::CharterAmended { proposal: fields.proposal()?, charter: fields.hash("charter")? }
        }
        "action.called" => Event::ActionCalled {
            proposal: fields.proposal()?,
            number: Number(fields.u32("number")?),
            version: fields.hash("version")?,
        },
        "deed.reported" => Event::DeedReported {
            action: Number(fields.u32("action")?),
            done: fields.flag("done")?,
        },
        _ => return Err(WireError::UnknownType),
    })
}

fn draw_called(proposal: ProposalNumber, step: Step, fields: &mut Fields) -> Read<DrawCalled> {
    // A jury in steps has both, any other draw neither.
    let lead = match (fields.optional_u32("lead")?, fields.optional_u32("cap")?) {
        (Some(lead), Some(cap)) => Some(Lead { lead, cap }),
        (None, None) => None,
        (Some(_), None) => return Err(WireError::Field("cap")),
        (None, Some(_)) => return Err(WireError::Field("lead")),
    };
    Ok(DrawCalled {
        proposal,
        step,
        attempt: fields.u32("attempt")?,
        version: fields.hash("version")?,
        roll: fields.u32("roll")?,
        seats: fields.u32("seats")?,
        agree: fields.u32("agree")?,
        then: fields.u32("then")?,
        quorum: fields.u32("quorum")?,
        excluded: fields.u32("excluded")?,
        exclusions: fields.hash("exclusions")?,
        slot_at: fields.time("slot_at")?,
        chain: fields.hash("chain")?,
        round: fields.u64("round")?,
        answer: Span(fields.u64("answer_ms")?),
        window: Span(fields.u64("window_ms")?),
        new: Span(fields.u64("new_ms")?),
        rest: Span(fields.u64("rest_ms")?),
        lead,
    })
}
