//! One event of a vote, a consensus, an objection or a pledge from the fields of its entry.

use super::bodies::{PledgeWoken, VoteClosed};
use super::event::Event;
use super::fields::{Fields, malformed};
use super::words::Position;
use crate::count;
use crate::finding::Refused;

pub(super) fn event(event_type: &str, it: &mut Fields) -> Result<Event, Refused> {
    if event_type == "deed.reported" {
        let (by, action) = (it.actor()?, it.natural("action")?);
        return Ok(Event::DeedReported { by, action, done: it.truth("done")? });
    }
    let (proposal, step) = (it.natural("proposal")?, it.natural("step")?);
    Ok(match event_type {
        "vote.cast" => Event::VoteCast { by: it.actor()?, proposal, step, cover: it.covered()? },
        "pledge.made" => {
            Event::PledgeMade { by: it.actor()?, proposal, step, cover: it.covered()? }
        }
        "pledge.withdrawn" => Event::PledgeWithdrawn { by: it.actor()?, proposal, step },
        "objection.raised" => {
            Event::ObjectionRaised { by: it.actor()?, proposal, step, reason: it.hash("reason")? }
        }
        "objection.withdrawn" => Event::ObjectionWithdrawn { by: it.actor()?, proposal, step },
        "position.taken" => position(proposal, step, it)?,
        "vote.closed" => {
            it.node()?;
            Event::VoteClosed(Box::new(VoteClosed {
                proposal,
                step,
                eligible: it.natural("eligible")?,
                cast: it.natural("cast")?,
                ballots: it.hash("ballots")?,
                totals: it.totals()?,
                winners: it.winners()?,
                outcome: it.word("outcome", count::Outcome::parse)?,
            }))
        }
        _ => {
            it.node()?;
            Event::PledgeWoken(Box::new(PledgeWoken {
                proposal,
                step,
                standing: it.natural("standing")?,
                ballots: it.hash("ballots")?,
                count: it.natural("count")?,
            }))
        }
    })
}

/// A block says why, who stands aside may, and nobody else does.
fn position(proposal: u64, step: u64, it: &mut Fields) -> Result<Event, Refused> {
    let by = it.actor()?;
    let version = it.hash("version")?;
    let position = it.word("position", Position::parse)?;
    let reason = if it.has("reason") { Some(it.hash("reason")?) } else { None };
    let fits = match position {
        Position::Block => reason.is_some(),
        Position::Aside => true,
        Position::Agree | Position::None => reason.is_none(),
    };
    if !fits {
        return Err(malformed("a reason belongs to a block, and perhaps to standing aside"));
    }
    Ok(Event::PositionTaken { by, proposal, step, version, position, reason })
}
