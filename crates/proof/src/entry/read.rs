//! One event from the fields of its entry. Takes every field it knows and refuses what is left.

use super::fields::{Fields, malformed};
use super::{
    Audience, BeaconKind, DrawCalled, DrawMade, Ending, Entry, ErasureReason, Event, Founded,
    JuryClosed, JuryGrown, Opened, Outcome, Recourse, SeatsReason, StageKind, Verdict, read_asking,
};
use crate::encode::Value;
use crate::finding::{Code, Refused};
use crate::hash::hex_decode;
use crate::jury::{Steps, Terms};
use crate::note::valid_origin;

/// The id of a process or stage has at most this many characters.
const ID_BYTES_MAX: usize = 32;
/// A member's own rest, in days.
const REST_DAYS_MAX: u64 = 90;

/// Whether this can be the id of a process or stage: `a–z`, `0–9`, `_`, starting with a letter.
pub fn is_id(text: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    begins && text.len() <= ID_BYTES_MAX && text.bytes().all(plain)
}

/// A group's name in entries: 32 hexadecimal digits.
pub fn read_group(text: &str) -> Option<&str> {
    let bytes = hex_decode(text).ok()?;
    (bytes.len() == 16).then_some(text)
}

pub(super) fn entry(value: Value) -> Result<Entry, Refused> {
    let Value::Map(map) = value else { return Err(malformed("not an object")) };
    let mut fields = Fields { map };
    let event_type = fields.text("type")?;
    if !KNOWN.contains(&event_type.as_str()) {
        let shown: String = event_type.chars().take(40).collect();
        return Err(Refused::new(Code::UnknownType, shown));
    }
    if fields.natural("v")? != 1 {
        return Err(malformed("v is not 1"));
    }
    fields.bytes32("salt")?;
    let seq = fields.natural("seq")?;
    let at = fields.natural("at")?;
    let event = event(&event_type, &mut fields)?;
    match fields.map.keys().next() {
        None => Ok(Entry { seq, at, event }),
        Some(unknown) => Err(malformed(&format!("{event_type}: unknown field {unknown}"))),
    }
}

fn event(event_type: &str, it: &mut Fields) -> Result<Event, Refused> {
    match event_type.split_once('.') {
        Some(("group" | "document", _)) => group_event(event_type, it),
        Some(("member", _)) => member_event(event_type, it),
        Some(("draw" | "seats" | "juror" | "ballot" | "jury", _)) => jury_event(event_type, it),
        Some(("vote" | "position" | "objection" | "pledge" | "deed", _)) => {
            read_asking::event(event_type, it)
        }
        Some(_) | None => proposal_event(event_type, it),
    }
}

const KNOWN: [&str; 43] = [
    "group.founded",
    "member.admitted",
    "member.left",
    "member.erased",
    "member.paused",
    "member.resumed",
    "member.rested",
    "member.removed",
    "document.erased",
    "proposal.opened",
    "version.posted",
    "statement.made",
    "proposal.cosigned",
    "cosign.withdrawn",
    "proposal.withdrawn",
    "stage.entered",
    "stage.ended",
    "reminder.called",
    "proposal.closed",
    "recourse.taken",
    "draw.called",
    "draw.missed",
    "draw.made",
    "seats.called",
    "juror.aside",
    "ballot.cast",
    "jury.grown",
    "jury.extended",
    "jury.closed",
    "broadcast.ordered",
    "broadcast.recalled",
    "charter.amended",
    "action.called",
    "decision.recorded",
    "vote.cast",
    "vote.closed",
    "position.taken",
    "objection.raised",
    "objection.withdrawn",
    "pledge.made",
    "pledge.withdrawn",
    "pledge.woken",
    "deed.reported",
];

fn group_event(event_type: &str, it: &mut Fields) -> Result<Event, Refused> {
    it.node()?;
    if event_type == "document.erased" {
        let reason = it.word("reason", ErasureReason::parse)?;
        return Ok(Event::DocumentErased { document: it.hash("document")?, reason });
    }
    let group = it.text("group")?;
    let origin = it.text("origin")?;
    if read_group(&group).is_none() || !valid_origin(&origin) {
        return Err(malformed("group or origin is not what it should be"));
    }
    Ok(Event::GroupFounded(Box::new(Founded {
        group,
        origin,
        key: it.bytes32("key")?,
        charter: it.hash("charter")?,
        profile: it.hash("profile")?,
        members: it.small("members")?,
        beacon: it.word("beacon", BeaconKind::parse)?,
        chain: it.hash("chain")?,
    })))
}

fn member_event(event_type: &str, it: &mut Fields) -> Result<Event, Refused> {
    if event_type == "member.admitted" {
        it.node()?;
        return Ok(Event::MemberAdmitted {
            slot: it.small("slot")?,
            proposal: it.natural("proposal")?,
        });
    }
    if event_type == "member.removed" {
        it.node()?;
        return Ok(Event::MemberRemoved {
            slot: it.small("slot")?,
            proposal: it.natural("proposal")?,
        });
    }
    let by = it.actor()?;
    Ok(match event_type {
        "member.left" => Event::MemberLeft { by },
        "member.erased" => Event::MemberErased { by },
        "member.paused" => Event::MemberPaused { by, until: it.natural("until")? },
        "member.resumed" => Event::MemberResumed { by },
        _ => {
            let days = it.natural("days")?;
            if days > REST_DAYS_MAX {
                return Err(malformed("days is not what it should be"));
            }
            Event::MemberRested { by, days }
        }
    })
}

fn proposal_event(event_type: &str, it: &mut Fields) -> Result<Event, Refused> {
    let proposal = it.natural("proposal")?;
    let audience = |it: &mut Fields| it.word("audience", Audience::parse);
    Ok(match event_type {
        "proposal.opened" => Event::ProposalOpened(Box::new(Opened {
            by: it.actor()?,
            proposal,
            process: it.id("process")?,
            version: it.hash("version")?,
            audience: audience(it)?,
            charter: it.hash("charter")?,
            subject: it.subject()?,
            roll: it.small("roll")?,
        })),
        "version.posted" => Event::VersionPosted {
            by: it.actor()?,
            proposal,
            version: it.hash("version")?,
            audience: audience(it)?,
            subject: it.subject()?,
        },
        "statement.made" => {
            Event::StatementMade { by: it.actor()?, proposal, document: it.hash("document")? }
        }
        "proposal.cosigned" => Event::ProposalCosigned {
            by: it.actor()?,
            proposal,
            step: it.natural("step")?,
            version: it.hash("version")?,
        },
        "cosign.withdrawn" => {
            Event::CosignWithdrawn { by: it.actor()?, proposal, step: it.natural("step")? }
        }
        "proposal.withdrawn" => Event::ProposalWithdrawn { by: it.actor()?, proposal },
        "recourse.taken" => Event::RecourseTaken {
            by: it.actor()?,
            proposal,
            step: it.natural("step")?,
            choice: it.word("choice", Recourse::parse)?,
        },
        node_event => return node_proposal_event(node_event, proposal, it),
    })
}

fn node_proposal_event(event_type: &str, proposal: u64, it: &mut Fields) -> Result<Event, Refused> {
    it.node()?;
    Ok(match event_type {
        "stage.entered" => Event::StageEntered {
            proposal,
            step: it.natural("step")?,
            stage: it.id("stage")?,
            kind: it.word("kind", StageKind::parse)?,
            until: it.natural("until")?,
        },
        "stage.ended" => Event::StageEnded {
            proposal,
            step: it.natural("step")?,
            outcome: it.word("outcome", Outcome::parse)?,
        },
        "reminder.called" => {
            Event::ReminderCalled { proposal, step: it.natural("step")?, nth: it.natural("nth")? }
        }
        "proposal.closed" => {
            Event::ProposalClosed { proposal, ending: it.word("ending", Ending::parse)? }
        }
        "broadcast.ordered" => Event::BroadcastOrdered {
            proposal,
            number: it.natural("number")?,
            previous: it.hash("previous")?,
            version: it.hash("version")?,
            audience: it.word("audience", Audience::parse)?,
        },
        "broadcast.recalled" => {
            Event::BroadcastRecalled { proposal, number: it.natural("number")? }
        }
        "charter.amended" => Event::CharterAmended { proposal, charter: it.hash("charter")? },
        "action.called" => Event::ActionCalled {
            proposal,
            number: it.natural("number")?,
            version: it.hash("version")?,
        },
        _ => Event::DecisionRecorded {
            proposal,
            number: it.natural("number")?,
            version: it.hash("version")?,
            winners: it.winners()?,
        },
    })
}

fn jury_event(event_type: &str, it: &mut Fields) -> Result<Event, Refused> {
    let (proposal, step) = (it.natural("proposal")?, it.natural("step")?);
    if event_type == "juror.aside" {
        return Ok(Event::JurorAside { by: it.actor()?, proposal, step });
    }
    if event_type == "ballot.cast" {
        let (by, cover) = (it.actor()?, it.covered()?);
        return Ok(Event::BallotCast { by, proposal, step, cover });
    }
    it.node()?;
    Ok(match event_type {
        "draw.called" => Event::DrawCalled(Box::new(draw_called(proposal, step, it)?)),
        "draw.missed" => {
            let attempt = it.natural("attempt")?;
            if it.text("reason")? != "checkpoint_late" {
                return Err(malformed("reason is not what it should be"));
            }
            Event::DrawMissed { proposal, step, attempt }
        }
        "draw.made" => Event::DrawMade(Box::new(DrawMade {
            proposal,
            step,
            attempt: it.natural("attempt")?,
            signature: it.signature()?,
            checkpoint: it.checkpoint()?,
            seated: it.slots("seated")?,
            until: it.natural("until")?,
        })),
        "seats.called" => Event::SeatsCalled {
            proposal,
            step,
            seated: it.slots("seated")?,
            released: it.slots("released")?,
            reason: it.word("reason", SeatsReason::parse)?,
        },
        "jury.grown" => Event::JuryGrown(Box::new(JuryGrown {
            proposal,
            step,
            turnout: it.natural("turnout")?,
            sealed: it.hash("sealed")?,
            seated: it.slots("seated")?,
            until: it.natural("until")?,
        })),
        "jury.extended" => Event::JuryExtended {
            proposal,
            step,
            released: it.slots("released")?,
            seated: it.slots("seated")?,
            until: it.natural("until")?,
        },
        _ => Event::JuryClosed(Box::new(JuryClosed {
            proposal,
            step,
            rounds: it.rounds()?,
            verdict: it.word("verdict", Verdict::parse)?,
            yes: it.natural("yes")?,
            no: it.natural("no")?,
            seats: it.natural("seats")?,
        })),
    })
}

fn draw_called(proposal: u64, step: u64, it: &mut Fields) -> Result<DrawCalled, Refused> {
    Ok(DrawCalled {
        proposal,
        step,
        attempt: it.natural("attempt")?,
        version: it.hash("version")?,
        roll: it.small("roll")?,
        terms: Terms {
            seats: it.small("seats")?,
            agree: it.small("agree")?,
            then: it.small("then")?,
            quorum: it.small("quorum")?,
        },
        steps: steps(it)?,
        excluded: it.natural("excluded")?,
        exclusions: it.hash("exclusions")?,
        slot_at: it.natural("slot_at")?,
        chain: it.hash("chain")?,
        round: it.natural("round")?,
        answer_ms: it.natural("answer_ms")?,
        window_ms: it.natural("window_ms")?,
        new_ms: it.natural("new_ms")?,
        rest_ms: it.natural("rest_ms")?,
    })
}

/// Both or neither of `lead` and `cap`.
fn steps(it: &mut Fields) -> Result<Option<Steps>, Refused> {
    if !it.has("lead") && !it.has("cap") {
        return Ok(None);
    }
    Ok(Some(Steps { lead: it.small("lead")?, cap: it.small("cap")? }))
}
