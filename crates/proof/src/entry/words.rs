//! The closed sets of words in entries. Knows nothing of what they lead to.

/// A closed set of words in entries.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$case_doc])* $case,)* }

        impl $name {
            /// The word in an entry.
            pub fn word(self) -> &'static str {
                match self { $(Self::$case => $word,)* }
            }

            /// What this word names.
            pub fn parse(word: &str) -> Option<$name> {
                match word { $($word => Some(Self::$case),)* _ => None }
            }
        }
    };
}

words!(
    /// Where a group's randomness comes from.
    BeaconKind {
        /// a public beacon
        Drand = "drand",
        /// the server's own chain
        Local = "local",
    }
);
words!(
    /// Whom a broadcast reaches.
    Audience {
        /// every member
        Members = "members",
        /// everybody
        Public = "public",
    }
);
words!(
    /// What a proposal carries.
    ProposalKind {
        /// a text
        Message = "message",
        /// an invitation
        Admission = "admission",
        /// somebody is to be a member no more
        Removal = "removal",
        /// a broadcast is to be recalled
        Recall = "recall",
        /// a charter is to be in force
        Amendment = "amendment",
        /// a question, perhaps with options
        Decision = "decision",
        /// something to do together
        Action = "action",
    }
);
words!(
    /// The kinds of stages.
    StageKind {
        /// others agree that a text is ready
        Cosign = "cosign",
        /// a few drawn members decide
        Jury = "jury",
        /// the author may try once more
        Recourse = "recourse",
        /// time passes
        Wait = "wait",
        /// everybody, or a drawn assembly, votes in secret
        Vote = "vote",
        /// positions that all can see
        Consensus = "consensus",
        /// silence consents
        Objection = "objection",
        /// it wakes when enough will
        Pledge = "pledge",
    }
);
words!(
    /// How a stage ends.
    Outcome {
        /// it passed
        Pass = "pass",
        /// it was declined
        Fail = "fail",
        /// nobody decided
        Undecided = "undecided",
        /// its time was over
        Lapsed = "lapsed",
    }
);
words!(
    /// How a proposal ends.
    Ending {
        /// with its effect
        Done = "done",
        /// a jury said no
        Declined = "declined",
        /// no jury decided
        Undecided = "undecided",
        /// its time was over
        Lapsed = "lapsed",
        /// the author took it back
        Withdrawn = "withdrawn",
    }
);
words!(
    /// What an author may do after a jury did not approve.
    Recourse {
        /// a new version
        Revise = "revise",
        /// a larger, fresh jury
        Appeal = "appeal",
        /// neither
        Accept = "accept",
    }
);
words!(
    /// Why seats pass on.
    SeatsReason {
        /// silent for too long
        Silence = "silence",
        /// stepped aside
        Aside = "aside",
        /// no longer a member
        Left = "left",
    }
);
words!(
    /// Where a member stands in a consensus.
    Position {
        /// agrees
        Agree = "agree",
        /// stands aside
        Aside = "aside",
        /// blocks
        Block = "block",
        /// takes an earlier position back
        None = "none",
    }
);
words!(
    /// Why a document was erased.
    ErasureReason {
        /// its author wished it
        Author = "author",
        /// its author was erased
        MemberErased = "member_erased",
        /// the broadcast it was of was recalled
        Recalled = "recalled",
    }
);
words!(
    /// What a jury decided.
    Verdict {
        /// yes
        Approved = "approved",
        /// no
        Declined = "declined",
        /// neither
        Undecided = "undecided",
    }
);

impl Verdict {
    /// How the stage of a jury with this verdict ends.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Approved => Outcome::Pass,
            Self::Declined => Outcome::Fail,
            Self::Undecided => Outcome::Undecided,
        }
    }
}

impl StageKind {
    /// Whether a stage of this kind can end so.
    pub fn ends_in(self, outcome: Outcome) -> bool {
        match self {
            Self::Cosign | Self::Pledge => matches!(outcome, Outcome::Pass | Outcome::Lapsed),
            Self::Jury | Self::Vote | Self::Consensus => {
                matches!(outcome, Outcome::Pass | Outcome::Fail | Outcome::Undecided)
            }
            Self::Objection => matches!(outcome, Outcome::Pass | Outcome::Fail),
            Self::Recourse => outcome == Outcome::Lapsed,
            Self::Wait => outcome == Outcome::Pass,
        }
    }

    /// Whether its outcome counts as the judgement of a text: who passes it, approves the version.
    pub fn judges(self) -> bool {
        match self {
            Self::Jury | Self::Vote | Self::Consensus => true,
            Self::Cosign | Self::Recourse | Self::Wait | Self::Objection | Self::Pledge => false,
        }
    }
}
