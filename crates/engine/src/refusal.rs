//! What the rules say no to, and why: a closed list, each with a key that pages and the API translate.
//! Knows nothing of languages and of faults of the world.

use mic_proof::hash::Hash;

use crate::charter::parse::Complaint;
use crate::ids::LogTime;

/// The rules say no. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The clock stands beyond [`crate::ids::CLOCK_TIME_MAX`]. One that goes back is harmless: log time waits for it.
    ClockBroken,
    NoSuchGroup,
    GroupExists,
    TooFewMembers {
        min: u32,
    },
    TooManyMembers {
        max: u32,
    },
    CharterInvalid,
    ProfileInvalid,
    NotMember,
    /// Already erased or left.
    AlreadyGone,

    NoSuchProcess,
    WrongKind,
    AudienceNotAllowed,
    TextEmpty,
    TextTooLong {
        bytes_max: u32,
    },
    TitleTooLong {
        chars_max: u32,
    },
    TextHasControls,
    TooManyOpen {
        max: u32,
    },
    NoSuchProposal,
    ProposalClosed,
    NotAuthor,
    /// The proposal stands in another stage than this act belongs to.
    WrongStage,
    SameText,

    AuthorMayNotCosign,
    AlreadyCosigned,
    NotCosigned,
    /// The text was changed; look at the current one first.
    OtherVersion {
        current: Hash,
    },
    /// Joined after the proposal was opened.
    NotOnRoll,
    TooNew {
        until: LogTime,
    },

    RevisionUsed,
    AppealUsed,
    NotOffered,

    /// Not on this jury, or the draw is not made yet.
    NoSeat,
    /// Was on this jury, but the seat has passed on.
    SeatPassedOn,
    JuryClosed,
    NonceInvalid {
        bytes_max: u32,
    },
    NonceTaken,
    ReasonTooLong {
        chars_max: u32,
    },
    OtherDraw,

    /// The ballot is for another stage than the one that runs.
    OtherStage,
    /// Not a choice of this vote's method, or no number of a pledge.
    ChoiceInvalid,
    TooManyVoters {
        max: u32,
    },
    /// A block, an objection and a statement say why.
    ReasonMissing,
    ReasonNotWanted,
    NothingToTakeBack,

    /// Nobody is a member in that slot.
    NoSuchMember,
    NotYourself,
    /// Only the member whom the proposal would remove makes a statement.
    NotConcerned,
    AlreadyInvited,
    NoSuchBroadcast,
    AlreadyRecalled,
    /// The proposed rules are no charter that a group may amend itself to.
    CharterRefused {
        complaints: Vec<Complaint>,
    },
    OptionsNotWanted,
    OptionsInvalid {
        max: u32,
    },
    ActionInvalid,
    /// A new version is about the same member, broadcast or person as the one before.
    SubjectFixed,
    /// Declined, or withdrawn after lots were called for, not long ago.
    TurnedDown {
        until: LogTime,
    },
    NoSuchAction,
    NotPledged,
    DeedTooLate {
        days_max: u32,
    },

    PauseOutOfRange {
        days_max: u32,
    },
    NotPaused,
    RestOutOfRange {
        days_max: u32,
    },

    /// No jury waits for this round.
    NoDrawWaiting,
    RoundTooEarly,
    /// The signature is not that of this round.
    BeaconInvalid,
    /// The same act was done before with another content.
    KeyReused,
    /// Too much waits already; try again in a moment.
    QueueFull,
}

impl Refusal {
    /// The key under which pages and the API find the words.
    pub fn key(&self) -> &'static str {
        match self {
            Self::ClockBroken => "clock-broken",
            Self::NoSuchGroup => "no-such-group",
            Self::GroupExists => "group-exists",
            Self::TooFewMembers { .. } => "too-few-members",
            Self::TooManyMembers { .. } => "too-many-members",
            Self::CharterInvalid => "charter-invalid",
            Self::ProfileInvalid => "profile-invalid",
            Self::NotMember => "not-member",
            Self::AlreadyGone => "already-gone",
            Self::NoSuchProcess => "no-such-process",
            Self::WrongKind => "wrong-kind",
            Self::AudienceNotAllowed => "audience-not-allowed",
            Self::TextEmpty => "text-empty",
            Self::TextTooLong { .. } => "text-too-long",
            Self::TitleTooLong { .. } => "title-too-long",
            Self::TextHasControls => "text-has-controls",
            Self::TooManyOpen { .. } => "too-many-open",
            Self::NoSuchProposal => "no-such-proposal",
            Self::ProposalClosed => "proposal-closed",
            Self::NotAuthor => "not-author",
            Self::WrongStage => "wrong-stage",
            Self::SameText => "same-text",
            Self::AuthorMayNotCosign => "author-may-not-cosign",
            Self::AlreadyCosigned => "already-cosigned",
            Self::NotCosigned => "not-cosigned",
            Self::OtherVersion { .. } => "other-version",
            Self::NotOnRoll => "not-on-roll",
            Self::TooNew { .. } => "too-new",
            Self::RevisionUsed => "revision-used",
            Self::AppealUsed => "appeal-used",
            Self::NotOffered => "not-offered",
            Self::NoSeat => "no-seat",
            Self::SeatPassedOn => "seat-passed-on",
            Self::JuryClosed => "jury-closed",
            Self::NonceInvalid { .. } => "nonce-invalid",
            Self::NonceTaken => "nonce-taken",
            Self::ReasonTooLong { .. } => "reason-too-long",
            Self::OtherDraw => "other-draw",
            Self::OtherStage => "other-stage",
            Self::ChoiceInvalid => "choice-invalid",
            Self::TooManyVoters { .. } => "too-many-voters",
            Self::ReasonMissing => "reason-missing",
            Self::ReasonNotWanted => "reason-not-wanted",
            Self::NothingToTakeBack => "nothing-to-take-back",
            Self::NoSuchMember => "no-such-member",
            Self::NotYourself => "not-yourself",
            Self::NotConcerned => "not-concerned",
            Self::AlreadyInvited => "already-invited",
            Self::NoSuchBroadcast => "no-such-broadcast",
            Self::AlreadyRecalled => "already-recalled",
            Self::CharterRefused { .. } => "charter-refused",
            Self::OptionsNotWanted => "options-not-wanted",
            Self::OptionsInvalid { .. } => "options-invalid",
            Self::ActionInvalid => "action-invalid",
            Self::SubjectFixed => "subject-fixed",
            Self::TurnedDown { .. } => "turned-down",
            Self::NoSuchAction => "no-such-action",
            Self::NotPledged => "not-pledged",
            Self::DeedTooLate { .. } => "deed-too-late",
            Self::PauseOutOfRange { .. } => "pause-out-of-range",
            Self::NotPaused => "not-paused",
            Self::RestOutOfRange { .. } => "rest-out-of-range",
            Self::NoDrawWaiting => "no-draw-waiting",
            Self::RoundTooEarly => "round-too-early",
            Self::BeaconInvalid => "beacon-invalid",
            Self::KeyReused => "key-reused",
            Self::QueueFull => "queue-full",
        }
    }

    /// The one number or name the words need, if any.
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::TooFewMembers { min } => Some(min.to_string()),
            Self::TooManyMembers { max } | Self::TooManyOpen { max } => Some(max.to_string()),
            Self::TextTooLong { bytes_max } | Self::NonceInvalid { bytes_max } => {
                Some(bytes_max.to_string())
            }
            Self::TitleTooLong { chars_max } | Self::ReasonTooLong { chars_max } => {
                Some(chars_max.to_string())
            }
            Self::OtherVersion { current } => Some(current.to_string()),
            Self::TooNew { until } | Self::TurnedDown { until } => Some(until.0.to_string()),
            Self::PauseOutOfRange { days_max }
            | Self::RestOutOfRange { days_max }
            | Self::DeedTooLate { days_max } => Some(days_max.to_string()),
            Self::TooManyVoters { max } | Self::OptionsInvalid { max } => Some(max.to_string()),
            // Every complaint on a line of its own.
            Self::CharterRefused { complaints } => {
                let lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
                Some(lines.join("\n"))
            }
            _ => None,
        }
    }
}
