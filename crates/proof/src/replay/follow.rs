//! What must follow what within a batch, and what an entry is called that stands elsewhere
//! (`spec/bundle.md`, What must follow).

use crate::entry::Event;
use crate::finding::{Code, Refused, need};

/// Events that must, or may only, follow another one at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follow {
    StageEntered,
    StageEnded,
    DrawCalled,
    SeatsCalled,
    VersionPosted,
    ProposalClosed,
    MemberAdmitted,
    MemberRemoved,
    BroadcastOrdered,
    BroadcastRecalled,
    CharterAmended,
    ActionCalled,
    DecisionRecorded,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    pub(super) proposal: u64,
    pub(super) follows: &'static [Follow],
}

/// What an entry is called that stands where the rules do not allow it.
pub(super) fn stranger(event: &Event) -> Code {
    match event {
        Event::BallotCast { .. } | Event::VoteCast { .. } | Event::PledgeMade { .. } => {
            Code::BallotNotAllowed
        }
        Event::ProposalCosigned { .. } | Event::CosignWithdrawn { .. } => Code::CosignNotAllowed,
        Event::BroadcastOrdered { .. } => Code::BroadcastUnfounded,
        _ => Code::RuleBroken,
    }
}

pub(super) fn need_due(due: Option<Due>, event: &Event, code: Code) -> Result<(), Refused> {
    let follow = follow_of(event);
    if let Some(due) = due {
        let named = follow.is_some_and(|follow| due.follows.contains(&follow));
        let right = named && event.proposal() == Some(due.proposal);
        let text = format_args!("{:?} of proposal {} must stand here", due.follows, due.proposal);
        return need(right, code, text);
    }
    let alone = match follow {
        Some(
            Follow::StageEntered
            | Follow::DrawCalled
            | Follow::ProposalClosed
            | Follow::MemberAdmitted
            | Follow::MemberRemoved
            | Follow::BroadcastOrdered
            | Follow::BroadcastRecalled
            | Follow::CharterAmended
            | Follow::ActionCalled
            | Follow::DecisionRecorded,
        ) => false,
        Some(Follow::StageEnded | Follow::SeatsCalled | Follow::VersionPosted) | None => true,
    };
    need(alone, code, "nothing before it leads here")
}

fn follow_of(event: &Event) -> Option<Follow> {
    match event {
        Event::StageEntered { .. } => Some(Follow::StageEntered),
        Event::StageEnded { .. } => Some(Follow::StageEnded),
        Event::DrawCalled(_) => Some(Follow::DrawCalled),
        Event::SeatsCalled { .. } => Some(Follow::SeatsCalled),
        Event::VersionPosted { .. } => Some(Follow::VersionPosted),
        Event::ProposalClosed { .. } => Some(Follow::ProposalClosed),
        Event::MemberAdmitted { .. } => Some(Follow::MemberAdmitted),
        Event::MemberRemoved { .. } => Some(Follow::MemberRemoved),
        Event::BroadcastOrdered { .. } => Some(Follow::BroadcastOrdered),
        Event::BroadcastRecalled { .. } => Some(Follow::BroadcastRecalled),
        Event::CharterAmended { .. } => Some(Follow::CharterAmended),
        Event::ActionCalled { .. } => Some(Follow::ActionCalled),
        Event::DecisionRecorded { .. } => Some(Follow::DecisionRecorded),
        _ => None,
    }
}
