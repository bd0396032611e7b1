//! Values to events. Every field is taken out once; what remains over is unknown and refused.
//! Knows nothing of writing and of rules.

use mic_proof::base64;
use mic_proof::encode::Value;
use mic_proof::hash::Hash;

use super::WireError;
use crate::charter::{Audience, Id, Outcome};
use crate::event::{
    Actor, BeaconKind, BroadcastOrdered, DrawCalled, DrawMade, Ending, Entry, ErasureReason, Event,
    Founded, JuryClosed, JuryExtended, JuryGrown, NonceFrom, OpenBallot, Opened, RecourseChoice,
    SeatsCalled, SeatsReason, StageEntered, StageKind, Verdict,
};
use crate::ids::{GroupId, LOG_TIME_MAX, LogTime, Number, ProposalNumber, Seq, Slot, Span, Step};

type Read<T> = Result<T, WireError>;

pub(super) fn entry(value: Value) -> Read<Entry> {
    let Value::Map(map) = value else { return Err(WireError::Field("entry")) };
    let mut fields = Fields { left: map.into_iter().collect() };
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
    if !fields.left.is_empty() {
        return Err(WireError::Field("unknown"));
    }
    Ok(Entry { seq, at, actor, salt, event })
}

fn event(kind: &str, fields: &mut Fields) -> Read<Event> {
    match kind.split('.').next() {
        Some("group" | "member" | "document") => group_event(kind, fields),
        Some("draw" | "seats" | "juror" | "ballot" | "jury") => jury_event(kind, fields),
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
            roll: fields.u32("roll")?,
        }),
        "version.posted" => Event::VersionPosted {
            proposal: fields.proposal()?,
            version: fields.hash("version")?,
            audience: fields.word("audience", Audience::parse)?,
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
            if fields.text("attested")? != "server" {
                return Err(WireError::Field("attested"));
            }
            let cover = fields.hash("cover")?;
            let nonce_from = fields.word("nonce_from", NonceFrom::parse)?;
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

fn draw_called(proposal: ProposalNumber, step: Step, fields: &mut Fields) -> Read<DrawCalled> {
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
    })
}

/// The fields not read yet.
struct Fields {
    /// A dozen at most: looking through them costs less than a tree that shrinks.
    left: Vec<(String, Value)>,
}

impl Fields {
    fn take(&mut self, name: &'static str) -> Read<Value> {
        let place = self.left.iter().position(|(known, _)| known == name);
        let place = place.ok_or(WireError::Field(name))?;
        Ok(self.left.swap_remove(place).1)
    }

    fn u64(&mut self, name: &'static str) -> Read<u64> {
        match self.take(name)? {
            Value::Int(number) => u64::try_from(number).map_err(|_| WireError::Field(name)),
            Value::Bool(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => {
                Err(WireError::Field(name))
            }
        }
    }

    fn u32(&mut self, name: &'static str) -> Read<u32> {
        u32::try_from(self.u64(name)?).map_err(|_| WireError::Field(name))
    }

    fn time(&mut self, name: &'static str) -> Read<LogTime> {
        let time = LogTime(self.u64(name)?);
        if time > LOG_TIME_MAX { Err(WireError::Field(name)) } else { Ok(time) }
    }

    fn proposal(&mut self) -> Read<ProposalNumber> {
        self.u32("proposal").map(ProposalNumber)
    }

    fn step(&mut self) -> Read<Step> {
        self.u32("step").map(Step)
    }

    fn text(&mut self, name: &'static str) -> Read<String> {
        text(self.take(name)?, name)
    }

    fn word<T>(&mut self, name: &'static str, parse: impl Fn(&str) -> Option<T>) -> Read<T> {
        parse(&self.text(name)?).ok_or(WireError::Field(name))
    }

    fn id(&mut self, name: &'static str) -> Read<Id> {
        self.word(name, Id::parse)
    }

    fn hash(&mut self, name: &'static str) -> Read<Hash> {
        self.word(name, |text| text.parse().ok())
    }

    fn group(&mut self, name: &'static str) -> Read<GroupId> {
        self.word(name, GroupId::parse)
    }

    fn bytes(&mut self, name: &'static str) -> Read<Vec<u8>> {
        self.word(name, |text| base64::decode_url(text).ok())
    }

    fn bytes32(&mut self, name: &'static str) -> Read<[u8; 32]> {
        self.bytes(name)?.try_into().map_err(|_| WireError::Field(name))
    }

    fn list(&mut self, name: &'static str) -> Read<Vec<Value>> {
        list(self.take(name)?, name)
    }

    fn slots(&mut self, name: &'static str) -> Read<Vec<Slot>> {
        let slot = |value| match value {
            Value::Int(slot) => u32::try_from(slot).map(Slot).map_err(|_| WireError::Field(name)),
            Value::Bool(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => {
                Err(WireError::Field(name))
            }
        };
        self.list(name)?.into_iter().map(slot).collect()
    }

    fn rounds(&mut self, name: &'static str) -> Read<Vec<Vec<OpenBallot>>> {
        let round = |value| list(value, name)?.into_iter().map(|pair| ballot(pair, name)).collect();
        self.list(name)?.into_iter().map(round).collect()
    }
}

fn ballot(value: Value, name: &'static str) -> Read<OpenBallot> {
    let [choice, nonce]: [Value; 2] =
        list(value, name)?.try_into().map_err(|_| WireError::Field(name))?;
    let yes = match text(choice, name)?.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(WireError::Field(name)),
    };
    Ok(OpenBallot { yes, nonce: text(nonce, name)? })
}

fn list(value: Value, name: &'static str) -> Read<Vec<Value>> {
    match value {
        Value::List(list) => Ok(list),
        Value::Bool(_) | Value::Int(_) | Value::Text(_) | Value::Map(_) => {
            Err(WireError::Field(name))
        }
    }
}

fn text(value: Value, name: &'static str) -> Read<String> {
    match value {
        Value::Text(text) => Ok(text),
        Value::Bool(_) | Value::Int(_) | Value::List(_) | Value::Map(_) => {
            Err(WireError::Field(name))
        }
    }
}
