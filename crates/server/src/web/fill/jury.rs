//! The juror's page: the exact text, whom it would reach, the rule, the time left. Knows what this juror cast, and nothing of others.

use mic_engine::charter::Rule as EngineRule;
use mic_engine::event::BeaconKind;
use mic_engine::ids::{LogTime, Slot, Span};
use mic_engine::node::View;
use mic_engine::stages;
use mic_engine::state::jury::{JuryState, Sitting};
use mic_engine::state::proposal::Proposal;
use mic_store::Store;
use mic_store::contract::Fault;

use super::{people, texts};
use crate::contact::Choices;
use crate::pages::juror::{
    Choice, Drawn, Juror, OWN_WORDS_CHARACTERS_MAX, REASON_CHARACTERS_MAX, Reach, Rule,
};
use crate::words::Moment;

/// Rolls up to this size are counted for who reads by mail; in larger ones everybody is taken to.
const ROLL_COUNTED_MAX: u32 = 5_000;

/// The page of a juror whose seat is known to be theirs.
pub(crate) fn page(
    store: &dyn Store,
    view: &View,
    open: &Proposal,
    slot: Slot,
    now: LogTime,
) -> Result<Option<Juror>, Fault> {
    let state = &view.state;
    let Ok((jury, sitting)) = stages::jury::seat(open, slot) else { return Ok(None) };
    let Some(seat) = sitting.seats.iter().find(|seat| seat.slot == slot) else { return Ok(None) };
    let text = texts::version(store, state.founded.group, &open.version)?;
    let cosigners = open
        .cosigners
        .iter()
        .map(|cosigner| people::person(store, view, *cosigner, Some(slot)))
        .collect::<Result<Vec<_>, Fault>>()?;
    let answered = sitting.answered.contains(&slot);
    Ok(Some(Juror {
        proposal: open.number.0,
        message: texts::message(text.as_ref(), open.audience, &open.version),
        author: people::person(store, view, open.author, Some(slot))?,
        about: super::about::of_open(store, view, open, text.as_ref(), slot)?,
        cosigners,
        reach: reach(store, view, open)?,
        rule: rule(jury, sitting),
        until: Moment::from(sitting.until),
        answer_by: (!answered).then(|| answer_by(view, open, sitting, seat.called_at)),
        drawn: Drawn {
            eligible: jury.call.roll.saturating_sub(jury.call.excluded),
            at: Moment::from(sitting.drawn_at),
            from_reserve: seat.called_at > sitting.drawn_at,
            local_chain: state.founded.beacon == BeaconKind::Local,
        },
        cast: cast(view, open, slot),
        this_week: this_week(view, now),
        reason: String::new(),
        words: String::new(),
        draw: jury.inputs_hash.to_string(),
        reason_max: REASON_CHARACTERS_MAX,
        words_max: OWN_WORDS_CHARACTERS_MAX,
        faults: Vec::new(),
    }))
}

/// What this juror cast last; nobody else's ballot is looked at.
fn cast(view: &View, open: &Proposal, slot: Slot) -> Option<Choice> {
    let ballot = view.vault.ballot(open.number, open.step, slot)?;
    Some(if ballot.choice == "yes" { Choice::Yes } else { Choice::No })
}

fn rule(jury: &JuryState, sitting: &Sitting) -> Rule {
    let call = &jury.call;
    let part = |whole: u32| {
        let scaled = u64::from(whole) * u64::from(sitting.filled);
        u32::try_from(scaled.div_ceil(u64::from(call.seats.max(1)))).unwrap_or(u32::MAX)
    };
    let total = sitting.total();
    Rule {
        seats: total,
        agree: if sitting.grown.is_empty() { part(call.agree) } else { total / 2 + 1 },
        quorum: part(call.quorum),
        more: if sitting.grown.is_empty() { call.then } else { 0 },
    }
}

fn answer_by(view: &View, open: &Proposal, sitting: &Sitting, called: LogTime) -> Moment {
    let answer = match stages::rule_of(&view.state, open) {
        Some(EngineRule::Jury(rule)) => rule.answer,
        Some(
            EngineRule::Cosign(_)
            | EngineRule::Recourse(_)
            | EngineRule::Wait(_)
            | EngineRule::Vote(_)
            | EngineRule::Consensus(_)
            | EngineRule::Objection(_)
            | EngineRule::Pledge(_),
        )
        | None => Span(u64::MAX),
    };
    Moment::from(called.after(answer).min(sitting.until))
}

fn reach(store: &dyn Store, view: &View, open: &Proposal) -> Result<Reach, Fault> {
    let roll = &view.state.roll;
    let members = roll.present();
    let by_mail = if roll.len() <= ROLL_COUNTED_MAX {
        let records = store.people(view.state.founded.group, Slot(0), roll.len())?;
        let wants = records
            .iter()
            .filter(|(slot, record)| Choices::of(record, roll, *slot).mail_broadcasts)
            .count();
        u32::try_from(wants).unwrap_or(u32::MAX)
    } else {
        members
    };
    Ok(Reach { members, by_mail, audience: texts::audience_of(open.audience) })
}

fn this_week(view: &View, now: LogTime) -> u32 {
    let lately = view.state.broadcasts.iter().rev();
    let count = lately.take_while(|line| now.since(line.ordered_at) < Span::days(7)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}
