//! The words that closed sets have in entries, each in one place. Knows nothing of what they mean.

use super::{
    BeaconKind, Ending, ErasureReason, NonceFrom, Position, RecourseChoice, SeatsReason, StageKind,
    Verdict,
};

/// Gives a closed set of words its two conversions, so that the words stand in one place.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words!(BeaconKind { Drand = "drand", Local = "local" });
words!(ErasureReason {
    Author = "author",
    MemberErased = "member_erased",
    Recalled = "recalled",
});
words!(StageKind {
    Cosign = "cosign",
    Jury = "jury",
    Recourse = "recourse",
    Wait = "wait",
    Vote = "vote",
    Consensus = "consensus",
    Objection = "objection",
    Pledge = "pledge",
});
words!(Ending {
    Done = "done",
    Declined = "declined",
    Undecided = "undecided",
    Lapsed = "lapsed",
    Withdrawn = "withdrawn",
});
words!(RecourseChoice { Revise = "revise", Appeal = "appeal", Accept = "accept" });
words!(SeatsReason { Silence = "silence", Aside = "aside", Left = "left" });
words!(NonceFrom { Browser = "browser", Words = "words", Server = "server" });
words!(Verdict { Approved = "approved", Declined = "declined", Undecided = "undecided" });
words!(Position { Agree = "agree", Aside = "aside", Block = "block", None = "none" });
