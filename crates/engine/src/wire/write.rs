//! Events to values. One arm per type, fields in the order of spec/events.md.
//! Knows nothing of reading.

mod fields;

use mic_proof::encode::Value;

use crate::event::{
    Actor, BroadcastOrdered, DrawCalled, DrawMade, Entry, Event, Founded, JuryClosed, JuryExtended,
    JuryGrown, Lead, OpenBallot, Opened, PledgeWoken, PositionTaken, SeatsCalled, StageEntered,
    VoteClosed,
};
use fields::Fields;

pub(super) fn entry(entry: &Entry) -> Value {
    let mut fields = Fields::new(type_of(&entry.event));
    fields.int("v", 1_u32);
    fields.int("seq", entry.seq.0);
    fields.int("at", entry.at.0);
    fields.bytes("salt", &entry.salt);
    match entry.actor {
        Actor::Member(slot) => fields.int("actor", slot.0),
        Actor::Node => fields.text("actor", "node"),
    }
    event(&mut fields, &entry.event);
    Value::Map(fields.map)
}

pub(super) fn type_of(event: &Event) -> &'static str {
    match event {
        Event::Founded(_) => "group.founded",
        Event::Admitted { .. } => "member.admitted",
        Event::Removed { .. } => "member.removed",
        Event::Left => "member.left",
        Event::Erased => "member.erased",
        Event::Paused { .. } => "member.paused",
        Event::Resumed => "member.resumed",
        Event::Rested { .. } => "member.rested",
        Event::DocumentErased { .. } => "document.erased",
        Event::Opened(_) => "proposal.opened",
        Event::VersionPosted { .. } => "version.posted",
        Event::StatementMade { .. } => "statement.made",
        Event::Cosigned { .. } => "proposal.cosigned",
        Event::CosignWithdrawn { .. } => "cosign.withdrawn",
        Event::Withdrawn { .. } => "proposal.withdrawn",
        Event::StageEntered(_) => "stage.entered",
        Event::StageEnded { .. } => "stage.ended",
        Event::ReminderCalled { .. } => "reminder.called",
        Event::Closed { .. } => "proposal.closed",
        Event::RecourseTaken { .. } => "recourse.taken",
        Event::DrawCalled(_) => "draw.called",
        Event::DrawMissed { .. } => "draw.missed",
        Event::DrawMade(_) => "draw.made",
        Event::SeatsCalled(_) => "seats.called",
        Event::JurorAside { .. } => "juror.aside",
        Event::BallotCast { .. } => "ballot.cast",
        Event::JuryGrown(_) => "jury.grown",
        Event::JuryExtended(_) => "jury.extended",
        Event::JuryClosed(_) => "jury.closed",
        Event::VoteCast { .. } => "vote.cast",
        Event::VoteClosed(_) => "vote.closed",
        Event::PositionTaken(_) => "position.taken",
        Event::ObjectionRaised { .. } => "objection.raised",
        Event::ObjectionWithdrawn { .. } => "objection.withdrawn",
        Event::PledgeMade { .. } => "pledge.made",
        Event::PledgeWithdrawn { .. } => "pledge.withdrawn",
        Event::PledgeWoken(_) => "pledge.woken",
        Event::DeedReported { .. } => "deed.reported",
        Event::BroadcastOrdered(_) => "broadcast.ordered",
        Event::DecisionRecorded { .. } => "decision.recorded",
        Event::BroadcastRecalled { .. } => "broadcast.recalled",
        Event::CharterAmended { .. } => "charter.amended",
        Event::ActionCalled { .. } => "action.called",
    }
}

fn event(fields: &mut Fields, event: &Event) {
    match event {
        Event::Founded(event) => founded(fields, event),
        Event::Admitted { slot, proposal } | Event::Removed { slot, proposal } => {
            fields.int("slot", slot.0);
            fields.int("proposal", proposal.0);
        }
        Event::Left | Event::Erased | Event::Resumed => {}
        Event::Paused { until } => fields.int("until", until.0),
        Event::Rested { days } => fields.int("days", *days),
        Event::DocumentErased { document, reason } => {
            fields.hash("document", document);
            fields.text("reason", reason.word());
        }
        Event::DeedReported { action, done } => {
            fields.int("action", action.0);
            fields.map.insert("done".to_owned(), Value::Bool(*done));
        }
        Event::Opened(event) => opened(fields, event),
        Event::StageEntered(event) => stage_entered(fields, event),
        Event::DrawCalled(event) => draw_called(fields, event),
        Event::DrawMade(event) => draw_made(fields, event),
        Event::SeatsCalled(event) => seats_called(fields, event),
        Event::JuryGrown(event) => jury_grown(fields, event),
        Event::JuryExtended(event) => jury_extended(fields, event),
        Event::JuryClosed(event) => jury_closed(fields, event),
        Event::VoteClosed(event) => vote_closed(fields, event),
        Event::PositionTaken(event) => position_taken(fields, event),
        Event::PledgeWoken(event) => pledge_woken(fields, event),
        Event::BroadcastOrdered(event) => broadcast_ordered(fields, event),
        event => plain(fields, event),
    }
}

/// Entries of a proposal with a few plain fields.
fn plain(fields: &mut Fields, event: &Event) {
    match event {
        Event::VersionPosted { proposal, version, audience, subject } => {
            fields.int("proposal", proposal.0);
            fields.hash("version", version);
            fields.text("audience", audience.word());
            fields.subject(*subject);
        }
        Event::StatementMade { proposal, document } => {
            fields.int("proposal", proposal.0);
            fields.hash("document", document);
        }
        Event::Cosigned { proposal, step, version } => {
            fields.place(*proposal, *step);
            fields.hash("version", version);
        }
        Event::CosignWithdrawn { proposal, step }
        | Event::JurorAside { proposal, step }
        | Event::ObjectionWithdrawn { proposal, step }
        | Event::PledgeWithdrawn { proposal, step } => fields.place(*proposal, *step),
        Event::Withdrawn { proposal } => fields.int("proposal", proposal.0),
        Event::StageEnded { proposal, step, outcome } => {
            fields.place(*proposal, *step);
            fields.text("outcome", outcome.word());
        }
        Event::ReminderCalled { proposal, step, nth } => {
            fields.place(*proposal, *step);
            fields.int("nth", *nth);
        }
        Event::Closed { proposal, ending } => {
            fields.int("proposal", proposal.0);
            fields.text("ending", ending.word());
        }
        Event::RecourseTaken { proposal, step, choice } => {
            fields.place(*proposal, *step);
            fields.text("choice", choice.word());
        }
        Event::DrawMissed { proposal, step, attempt } => {
            fields.place(*proposal, *step);
            fields.int("attempt", *attempt);
            fields.text("reason", "checkpoint_late");
        }
        Event::BallotCast { proposal, step, cover, nonce_from }
        | Event::VoteCast { proposal, step, cover, nonce_from }
        | Event::PledgeMade { proposal, step, cover, nonce_from } => {
            fields.place(*proposal, *step);
            fields.covered(cover, *nonce_from);
        }
        Event::ObjectionRaised { proposal, step, reason } => {
            fields.place(*proposal, *step);
            fields.hash("reason", reason);
        }
        event => effect(fields, event),
    }
}

/// What effects write.
fn effect(fields: &mut Fields, event: &Event) {
    match event {
        Event::DecisionRecorded { proposal, number, version, winners } => {
            fields.numbered(*proposal, *number);
            fields.hash("version", version);
            fields.numbers("winners", winners);
        }
        Event::BroadcastRecalled { proposal, number } => fields.numbered(*proposal, *number),
        Event::CharterAmended { proposal, charter } => {
            fields.int("proposal", proposal.0);
            fields.hash("charter", charter);
        }
        Event::ActionCalled { proposal, number, version } => {
            fields.numbered(*proposal, *number);
            fields.hash("version", version);
        }
        // Written above; what is written nowhere does not read back, which a test tries for every type.
        _ => {}
    }
}

fn founded(fields: &mut Fields, event: &Founded) {
    fields.text("group", &event.group.to_string());
    fields.text("origin", &event.origin);
    fields.bytes("key", &event.key);
    fields.hash("charter", &event.charter);
    fields.hash("profile", &event.profile);
    fields.int("members", event.members);
    fields.text("beacon", event.beacon.word());
    fields.hash("chain", &event.chain);
}

fn opened(fields: &mut Fields, event: &Opened) {
    fields.int("proposal", event.proposal.0);
    fields.text("process", event.process.as_str());
    fields.hash("version", &event.version);
    fields.text("audience", event.audience.word());
    fields.hash("charter", &event.charter);
    fields.subject(event.subject);
    fields.int("roll", event.roll);
}

fn stage_entered(fields: &mut Fields, event: &StageEntered) {
    fields.place(event.proposal, event.step);
    fields.text("stage", event.stage.as_str());
    fields.text("kind", event.kind.word());
    fields.int("until", event.until.0);
}

fn draw_called(fields: &mut Fields, event: &DrawCalled) {
    fields.place(event.proposal, event.step);
    fields.int("attempt", event.attempt);
    fields.hash("version", &event.version);
    fields.int("roll", event.roll);
    fields.int("seats", event.seats);
    fields.int("agree", event.agree);
    fields.int("then", event.then);
    fields.int("quorum", event.quorum);
    fields.int("excluded", event.excluded);
    fields.hash("exclusions", &event.exclusions);
    fields.int("slot_at", event.slot_at.0);
    fields.hash("chain", &event.chain);
    fields.int("round", event.round);
    fields.int("answer_ms", event.answer.0);
    fields.int("window_ms", event.window.0);
    fields.int("new_ms", event.new.0);
    fields.int("rest_ms", event.rest.0);
    if let Some(Lead { lead, cap }) = event.lead {
        fields.int("lead", lead);
        fields.int("cap", cap);
    }
}

fn draw_made(fields: &mut Fields, event: &DrawMade) {
    fields.place(event.proposal, event.step);
    fields.int("attempt", event.attempt);
    fields.bytes("signature", &event.signature);
    fields.text("checkpoint", &event.checkpoint);
    fields.slots("seated", &event.seated);
    fields.int("until", event.until.0);
}

fn seats_called(fields: &mut Fields, event: &SeatsCalled) {
    fields.place(event.proposal, event.step);
    fields.slots("seated", &event.seated);
    fields.slots("released", &event.released);
    fields.text("reason", event.reason.word());
}

fn jury_grown(fields: &mut Fields, event: &JuryGrown) {
    fields.place(event.proposal, event.step);
    fields.int("turnout", event.turnout);
    fields.hash("sealed", &event.sealed);
    fields.slots("seated", &event.seated);
    fields.int("until", event.until.0);
}

fn jury_extended(fields: &mut Fields, event: &JuryExtended) {
    fields.place(event.proposal, event.step);
    fields.slots("released", &event.released);
    fields.slots("seated", &event.seated);
    fields.int("until", event.until.0);
}

fn jury_closed(fields: &mut Fields, event: &JuryClosed) {
    fields.place(event.proposal, event.step);
    let rounds = event.rounds.iter().map(|round| ballots(round)).collect();
    fields.map.insert("rounds".to_owned(), Value::List(rounds));
    fields.text("verdict", event.verdict.word());
    fields.int("yes", event.yes);
    fields.int("no", event.no);
    fields.int("seats", event.seats);
}

/// A round's ballots as they stand in the journal; `sealed` is the hash of this list.
pub(crate) fn ballots(round: &[OpenBallot]) -> Value {
    let ballot = |ballot: &OpenBallot| {
        let choice = if ballot.yes { "yes" } else { "no" };
        Value::List(vec![Value::Text(choice.to_owned()), Value::Text(ballot.nonce.clone())])
    };
    Value::List(round.iter().map(ballot).collect())
}

fn broadcast_ordered(fields: &mut Fields, event: &BroadcastOrdered) {
    fields.int("proposal", event.proposal.0);
    fields.int("number", event.number.0);
    fields.hash("previous", &event.previous);
    fields.hash("version", &event.version);
    fields.text("audience", event.audience.word());
}

fn vote_closed(fields: &mut Fields, event: &VoteClosed) {
    fields.place(event.proposal, event.step);
    fields.int("eligible", event.eligible);
    fields.int("cast", event.cast);
    fields.hash("ballots", &event.ballots);
    fields.list("totals", event.totals.iter().copied());
    fields.numbers("winners", &event.winners);
    fields.text("outcome", event.outcome.word());
}

fn position_taken(fields: &mut Fields, event: &PositionTaken) {
    fields.place(event.proposal, event.step);
    fields.hash("version", &event.version);
    fields.text("position", event.position.word());
    if let Some(reason) = &event.reason {
        fields.hash("reason", reason);
    }
}

fn pledge_woken(fields: &mut Fields, event: &PledgeWoken) {
    fields.place(event.proposal, event.step);
    fields.int("standing", event.standing);
    fields.hash("ballots", &event.ballots);
    fields.int("count", event.count);
}
