//! The heart: a command either becomes events or is refused. Everything a group does passes here; there is no other way in.
//! Knows nothing of who is signed in, of stores and of words. Read after `node.rs`.

mod afterwards;
pub(crate) mod going;
pub(crate) mod proposing;

use crate::append::PersonWrite;
use crate::batch::Batch;
use crate::command::{Command, MemberAct};
use crate::event::{Actor, Event};
use crate::ids::{CLOCK_TIME_MAX, LogTime, ProposalNumber, Slot, Span};
use crate::refusal::Refusal;
use crate::stages::{self, consensus, cosign, jury, objection, pledge, recourse, vote};
use crate::state::roll::{PAUSE_DAYS_MAX, REST_DAYS_MAX};

pub use crate::evolve::evolve;
pub use afterwards::DEED_DAYS_MAX;

/// How many proposals one tick looks at: the rest wait for the next tick, which follows at once.
pub const TICK_PROPOSALS_MAX: usize = 64;

/// Decides a command on top of a batch. Refused: the batch is as before.
pub fn decide(batch: &mut Batch<'_>, command: &Command) -> Result<(), Refusal> {
    if batch.now() > CLOCK_TIME_MAX {
        return Err(Refusal::ClockBroken);
    }
    let mark = batch.mark();
    let decided = match command {
        Command::Member { slot, act } => member(batch, *slot, act),
        Command::Tick => {
            tick(batch);
            Ok(())
        }
        Command::Beacon { round, signature } => jury::draw::beacon(batch, *round, signature),
    };
    if decided.is_err() {
        batch.rewind(mark);
    }
    decided
}

fn member(batch: &mut Batch<'_>, slot: Slot, act: &MemberAct) -> Result<(), Refusal> {
    // Erasing is the one act that remains to somebody who has left.
    if *act == MemberAct::Erase {
        return going::erase(batch, slot);
    }
    if !batch.state.roll.holds(slot) {
        return Err(Refusal::NotMember);
    }
    match act {
        MemberAct::Open { process, text } => proposing::open(batch, slot, process, text),
        MemberAct::PostVersion { proposal, text } => {
            cosign::post_version(batch, slot, *proposal, text)
        }
        MemberAct::Cosign { proposal, version } => cosign::cosign(batch, slot, *proposal, *version),
        MemberAct::WithdrawCosign { proposal } => cosign::withdraw(batch, slot, *proposal),
        MemberAct::Withdraw { proposal } => proposing::withdraw(batch, slot, *proposal),
        MemberAct::Recourse { proposal, choice, text } => {
            recourse::take(batch, slot, *proposal, *choice, text.as_ref())
        }
        MemberAct::Cast { proposal, ballot } => jury::cast(batch, slot, *proposal, ballot),
        MemberAct::Aside { proposal } => jury::aside(batch, slot, *proposal),
        MemberAct::Vote { proposal, ballot } => vote::cast(batch, slot, *proposal, ballot),
        MemberAct::TakePosition { proposal, version, position, reason } => {
            consensus::take(batch, slot, *proposal, *version, *position, reason)
        }
        MemberAct::Object { proposal, reason } => objection::raise(batch, slot, *proposal, reason),
        MemberAct::WithdrawObjection { proposal } => objection::withdraw(batch, slot, *proposal),
        MemberAct::Pledge { proposal, ballot } => pledge::make(batch, slot, *proposal, ballot),
        MemberAct::WithdrawPledge { proposal } => pledge::withdraw(batch, slot, *proposal),
        MemberAct::MakeStatement { proposal, body } => {
            proposing::state(batch, slot, *proposal, body)
        }
        MemberAct::ReportDeed { action, done } => afterwards::report(batch, slot, *action, *done),
        MemberAct::Leave => {
            going::go(batch, slot, Event::Left, PersonWrite::Leave { slot });
            Ok(())
        }
        MemberAct::Erase => going::erase(batch, slot),
        MemberAct::Pause { until } => pause(batch, slot, *until),
        MemberAct::Resume => {
            let now = batch.now();
            batch.state.roll.paused_until(slot, now).ok_or(Refusal::NotPaused)?;
            batch.record(Actor::Member(slot), Event::Resumed);
            Ok(())
        }
        MemberAct::Rest { days } => {
            if *days > REST_DAYS_MAX {
                return Err(Refusal::RestOutOfRange { days_max: REST_DAYS_MAX });
            }
            batch.record(Actor::Member(slot), Event::Rested { days: *days });
            Ok(())
        }
    }
}

fn pause(batch: &mut Batch<'_>, slot: Slot, until: LogTime) -> Result<(), Refusal> {
    let longest = batch.now().after(Span::days(u64::from(PAUSE_DAYS_MAX)));
    if until <= batch.now() || until > longest {
        return Err(Refusal::PauseOutOfRange { days_max: PAUSE_DAYS_MAX });
    }
    batch.record(Actor::Member(slot), Event::Paused { until });
    Ok(())
}

/// The time has come for something.
fn tick(batch: &mut Batch<'_>) {
    let now = batch.now();
    let due: Vec<ProposalNumber> = batch
        .state
        .timers
        .iter()
        .take_while(|(at, _)| *at <= now)
        .take(TICK_PROPOSALS_MAX)
        .map(|(_, number)| *number)
        .collect();
    for number in due {
        stages::on_time(batch, number);
    }
}
