//! From a refusal of the engine to the sentence that says what to do about it. Knows no language and no page.

use mic_engine::refusal::Refusal;

use crate::words::{Moment, Phrase};

/// The key of the sentence in the locale files.
fn refusal_key(refusal: &Refusal) -> String {
    format!("refusal-{}", refusal.key())
}

/// The sentence with its numbers.
#[expect(
    clippy::too_many_lines,
    reason = "a line for each refusal, so that a new one is decided here"
)]
pub(crate) fn refusal_phrase(refusal: &Refusal) -> Phrase {
    let phrase = Phrase::new(refusal_key(refusal));
    match refusal {
        Refusal::TooFewMembers { min } => phrase.number("min", *min),
        Refusal::TooManyMembers { max }
        | Refusal::TooManyOpen { max }
        | Refusal::TooManyVoters { max }
        | Refusal::OptionsInvalid { max } => phrase.number("max", *max),
        Refusal::TextTooLong { bytes_max } | Refusal::NonceInvalid { bytes_max } => {
            phrase.number("bytes_max", *bytes_max)
        }
        Refusal::TitleTooLong { chars_max } | Refusal::ReasonTooLong { chars_max } => {
            phrase.number("chars_max", *chars_max)
        }
        Refusal::PauseOutOfRange { days_max }
        | Refusal::RestOutOfRange { days_max }
        | Refusal::DeedTooLate { days_max } => phrase.number("days_max", *days_max),
        Refusal::TooNew { until } | Refusal::TurnedDown { until } => {
            phrase.when("until", Moment::from(*until))
        }
        Refusal::ClockBroken
        | Refusal::NoSuchGroup
        | Refusal::GroupExists
        | Refusal::CharterInvalid
        | Refusal::ProfileInvalid
        | Refusal::NotMember
        | Refusal::AlreadyGone
        | Refusal::NoSuchProcess
        | Refusal::WrongKind
        | Refusal::AudienceNotAllowed
        | Refusal::TextEmpty
        | Refusal::TextHasControls
        | Refusal::NoSuchProposal
        | Refusal::ProposalClosed
        | Refusal::NotAuthor
        | Refusal::WrongStage
        | Refusal::SameText
        | Refusal::AuthorMayNotCosign
        | Refusal::AlreadyCosigned
        | Refusal::NotCosigned
        | Refusal::OtherVersion { .. }
        | Refusal::NotOnRoll
        | Refusal::RevisionUsed
        | Refusal::AppealUsed
        | Refusal::NotOffered
        | Refusal::NoSeat
        | Refusal::SeatPassedOn
        | Refusal::JuryClosed
        | Refusal::NonceTaken
        | Refusal::OtherDraw
        | Refusal::OtherStage
        | Refusal::ChoiceInvalid
        | Refusal::ReasonMissing
        | Refusal::ReasonNotWanted
        | Refusal::NothingToTakeBack
        | Refusal::NoSuchMember
        | Refusal::NotYourself
        | Refusal::NotConcerned
        | Refusal::AlreadyInvited
        | Refusal::NoSuchBroadcast
        | Refusal::AlreadyRecalled
        | Refusal::CharterRefused { .. }
        | Refusal::OptionsNotWanted
        | Refusal::ActionInvalid
        | Refusal::SubjectFixed
        | Refusal::NoSuchAction
        | Refusal::NotPledged
        | Refusal::NotPaused
        | Refusal::NoDrawWaiting
        | Refusal::RoundTooEarly
        | Refusal::BeaconInvalid
        | Refusal::KeyReused
        | Refusal::QueueFull => phrase,
    }
}
