//! What an event belongs to, and who did it. Knows nothing of what it means.

use super::event::Event;

impl Event {
    /// The proposal it belongs to, if it belongs to one.
    pub fn proposal(&self) -> Option<u64> {
        match self {
            Self::GroupFounded(_)
            | Self::MemberLeft { .. }
            | Self::MemberErased { .. }
            | Self::MemberPaused { .. }
            | Self::MemberResumed { .. }
            | Self::MemberRested { .. }
            | Self::DocumentErased { .. }
            | Self::DeedReported { .. } => None,
            Self::ProposalOpened(it) => Some(it.proposal),
            Self::DrawCalled(it) => Some(it.proposal),
            Self::DrawMade(it) => Some(it.proposal),
            Self::JuryGrown(it) => Some(it.proposal),
            Self::JuryClosed(it) => Some(it.proposal),
            Self::VoteClosed(it) => Some(it.proposal),
            Self::PledgeWoken(it) => Some(it.proposal),
            Self::MemberAdmitted { proposal, .. }
            | Self::MemberRemoved { proposal, .. }
            | Self::VersionPosted { proposal, .. }
            | Self::StatementMade { proposal, .. }
            | Self::ProposalCosigned { proposal, .. }
            | Self::CosignWithdrawn { proposal, .. }
            | Self::ProposalWithdrawn { proposal, .. }
            | Self::StageEntered { proposal, .. }
            | Self::StageEnded { proposal, .. }
            | Self::ReminderCalled { proposal, .. }
            | Self::ProposalClosed { proposal, .. }
            | Self::RecourseTaken { proposal, .. }
            | Self::DrawMissed { proposal, .. }
            | Self::SeatsCalled { proposal, .. }
            | Self::JurorAside { proposal, .. }
            | Self::BallotCast { proposal, .. }
            | Self::JuryExtended { proposal, .. }
            | Self::VoteCast { proposal, .. }
            | Self::PositionTaken { proposal, .. }
            | Self::ObjectionRaised { proposal, .. }
            | Self::ObjectionWithdrawn { proposal, .. }
            | Self::PledgeMade { proposal, .. }
            | Self::PledgeWithdrawn { proposal, .. }
            | Self::BroadcastOrdered { proposal, .. }
            | Self::BroadcastRecalled { proposal, .. }
            | Self::CharterAmended { proposal, .. }
            | Self::ActionCalled { proposal, .. }
            | Self::DecisionRecorded { proposal, .. } => Some(*proposal),
        }
    }

    /// The step it belongs to, if it belongs to one that runs already.
    pub fn step(&self) -> Option<u64> {
        match self {
            Self::DrawCalled(it) => Some(it.step),
            Self::DrawMade(it) => Some(it.step),
            Self::JuryGrown(it) => Some(it.step),
            Self::JuryClosed(it) => Some(it.step),
            Self::VoteClosed(it) => Some(it.step),
            Self::PledgeWoken(it) => Some(it.step),
            Self::ProposalCosigned { step, .. }
            | Self::CosignWithdrawn { step, .. }
            | Self::StageEnded { step, .. }
            | Self::ReminderCalled { step, .. }
            | Self::RecourseTaken { step, .. }
            | Self::DrawMissed { step, .. }
            | Self::SeatsCalled { step, .. }
            | Self::JurorAside { step, .. }
            | Self::BallotCast { step, .. }
            | Self::JuryExtended { step, .. }
            | Self::VoteCast { step, .. }
            | Self::PositionTaken { step, .. }
            | Self::ObjectionRaised { step, .. }
            | Self::ObjectionWithdrawn { step, .. }
            | Self::PledgeMade { step, .. }
            | Self::PledgeWithdrawn { step, .. } => Some(*step),
            Self::GroupFounded(_)
            | Self::MemberAdmitted { .. }
            | Self::MemberRemoved { .. }
            | Self::MemberLeft { .. }
            | Self::MemberErased { .. }
            | Self::MemberPaused { .. }
            | Self::MemberResumed { .. }
            | Self::MemberRested { .. }
            | Self::DocumentErased { .. }
            | Self::ProposalOpened(_)
            | Self::VersionPosted { .. }
            | Self::StatementMade { .. }
            | Self::ProposalWithdrawn { .. }
            | Self::StageEntered { .. }
            | Self::ProposalClosed { .. }
            | Self::DeedReported { .. }
            | Self::BroadcastOrdered { .. }
            | Self::BroadcastRecalled { .. }
            | Self::CharterAmended { .. }
            | Self::ActionCalled { .. }
            | Self::DecisionRecorded { .. } => None,
        }
    }

    /// The member who acted; none for what follows from rules and clock.
    pub fn by(&self) -> Option<u32> {
        match self {
            Self::ProposalOpened(it) => Some(it.by),
            Self::MemberLeft { by }
            | Self::MemberErased { by }
            | Self::MemberPaused { by, .. }
            | Self::MemberResumed { by }
            | Self::MemberRested { by, .. }
            | Self::VersionPosted { by, .. }
            | Self::StatementMade { by, .. }
            | Self::ProposalCosigned { by, .. }
            | Self::CosignWithdrawn { by, .. }
            | Self::ProposalWithdrawn { by, .. }
            | Self::RecourseTaken { by, .. }
            | Self::JurorAside { by, .. }
            | Self::BallotCast { by, .. }
            | Self::VoteCast { by, .. }
            | Self::PositionTaken { by, .. }
            | Self::ObjectionRaised { by, .. }
            | Self::ObjectionWithdrawn { by, .. }
            | Self::PledgeMade { by, .. }
            | Self::PledgeWithdrawn { by, .. }
            | Self::DeedReported { by, .. } => Some(*by),
            Self::GroupFounded(_)
            | Self::MemberAdmitted { .. }
            | Self::MemberRemoved { .. }
            | Self::DocumentErased { .. }
            | Self::StageEntered { .. }
            | Self::StageEnded { .. }
            | Self::ReminderCalled { .. }
            | Self::ProposalClosed { .. }
            | Self::DrawCalled(_)
            | Self::DrawMissed { .. }
            | Self::DrawMade(_)
            | Self::SeatsCalled { .. }
            | Self::JuryGrown(_)
            | Self::JuryExtended { .. }
            | Self::JuryClosed(_)
            | Self::VoteClosed(_)
            | Self::PledgeWoken(_)
            | Self::BroadcastOrdered { .. }
            | Self::BroadcastRecalled { .. }
            | Self::CharterAmended { .. }
            | Self::ActionCalled { .. }
            | Self::DecisionRecorded { .. } => None,
        }
    }
}
