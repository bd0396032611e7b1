//! The line on top of a page that says what the act before it did. Knows no act: handlers name one after they redirect.

use serde::{Serialize, Serializer};

macro_rules! notices {
    ($($variant:ident = $slug:literal,)*) => {
        /// What was just done. It travels in the address of the next page, as `?done=SLUG`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Notice { $($variant,)* }

        impl Notice {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            pub const fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug,)* }
            }

            /// `None` for a slug that is not ours: nobody can put words of their own on a page by a link.
            pub fn parse(slug: &str) -> Option<Self> {
                match slug { $($slug => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

notices! {
    SignedIn = "signed-in",
    SignedOut = "signed-out",
    DraftSaved = "draft-saved",
    DraftChecked = "draft-checked",
    DraftDeleted = "draft-deleted",
    Opened = "opened",
    CoSigned = "cosigned",
    TakenBack = "taken-back",
    Withdrawn = "withdrawn",
    SteppedAside = "stepped-aside",
    Revised = "revised",
    Appealed = "appealed",
    Accepted = "accepted",
    Invited = "invited",
    Joined = "joined",
    SettingsSaved = "settings-saved",
    Paused = "paused",
    Resumed = "resumed",
    LeftGroup = "left-group",
    Erased = "erased",
    MailsStopped = "mails-stopped",
    PositionTaken = "position-taken",
    PositionBack = "position-back",
    Objected = "objected",
    ObjectionBack = "objection-back",
    Pledged = "pledged",
    PledgeBack = "pledge-back",
    StatementMade = "statement-made",
    DeedReported = "deed-reported",
}

/// For templates: the key of its message.
impl Serialize for Notice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("notice-{}", self.slug()))
    }
}
