//! Every address of the site on one screen. Links are built by [`Route::path`], the router is built from the patterns.
//! Knows no handler.

use mic_engine::ids::GroupId;
use serde::{Serialize, Serializer};

/// Declares a variant, its pattern (axum's syntax is also that of `format!`) and the constant that holds the pattern.
macro_rules! routes {
    ($($(#[$doc:meta])* $variant:ident $constant:ident ($($field:ident: $kind:ty),*) = $pattern:literal;)*) => {
        /// An address within the site. Tokens, drafts, versions and file names are ours and hold only `A-Z a-z 0-9 - _ .`.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Route { $($(#[$doc])* $variant { $($field: $kind),* },)* }

        impl Route {
            $(pub const $constant: &'static str = $pattern;)*

            /// All patterns, for the router and for tests that walk through them.
            pub const PATTERNS: &'static [&'static str] = &[$($pattern),*];

            /// The path, with a leading slash and without the origin.
            pub fn path(&self) -> String {
                match self { $(Self::$variant { $($field),* } => format!($pattern),)* }
            }
        }
    };
}

routes! {
    Landing LANDING() = "/";
    /// What is promised and what is not.
    Promises PROMISES() = "/promises";
    Found FOUND() = "/new";
    /// A charter that comes with the program, to be read before founding; `charter` is its name.
    ReadyCharter READY_CHARTER(charter: String) = "/charters/{charter}";
    /// The same as text.
    ReadyCharterFile READY_CHARTER_FILE(charter: String) = "/charters/{charter}/charter.toml";
    /// Trying rules; the question stands in the query.
    Forecast FORECAST() = "/forecast";
    /// POST only: `language`, `next`.
    Language LANGUAGE() = "/language";
    SignIn SIGN_IN() = "/signin";
    SignInCode SIGN_IN_CODE() = "/signin/code";
    SignInLink SIGN_IN_LINK(token: String) = "/signin/{token}";
    SignOut SIGN_OUT() = "/signout";
    Home HOME(group: GroupId) = "/g/{group}";
    Write WRITE(group: GroupId) = "/g/{group}/write";
    /// Everything a member can set going.
    Ways WAYS(group: GroupId) = "/g/{group}/ways";
    /// A new text for this process of the charter.
    WriteOf WRITE_OF(group: GroupId, process: String) = "/g/{group}/ways/{process}";
    Draft DRAFT(group: GroupId, draft: String) = "/g/{group}/write/{draft}";
    DraftVersion DRAFT_VERSION(group: GroupId, draft: String, version: String) = "/g/{group}/write/{draft}/{version}";
    Proposal PROPOSAL(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}";
    ProposalVersion PROPOSAL_VERSION(group: GroupId, proposal: u32, version: String) = "/g/{group}/p/{proposal}/v/{version}";
    CoSign CO_SIGN(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/cosign";
    TakeBack TAKE_BACK(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/takeback";
    Withdraw WITHDRAW(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/withdraw";
    Answer ANSWER(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/answer";
    Jury JURY(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/jury";
    Receipt RECEIPT(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/jury/receipt";
    Vote VOTE(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/vote";
    VoteReceipt VOTE_RECEIPT(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/vote/receipt";
    /// What the vote of a step came to.
    VoteResult VOTE_RESULT(group: GroupId, proposal: u32, step: u32) = "/g/{group}/p/{proposal}/result/{step}";
    /// Its opened ballots as text.
    VoteBallots VOTE_BALLOTS(group: GroupId, proposal: u32, step: u32) = "/g/{group}/p/{proposal}/result/{step}/ballots.txt";
    Consensus CONSENSUS(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/consensus";
    Objection OBJECTION(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/objection";
    Pledge PLEDGE(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/pledge";
    /// What the member says whom a proposal would remove.
    Statement STATEMENT(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/statement";
    /// The decisions; `?q=TEXT` to search, `?before=NUMBER` for older ones.
    Register REGISTER(group: GroupId) = "/g/{group}/decisions";
    Action ACTION(group: GroupId, action: u32) = "/g/{group}/actions/{action}";
    /// The same for a calendar (RFC 5545).
    Calendar CALENDAR(group: GroupId, action: u32) = "/g/{group}/actions/{action}/calendar.ics";
    /// POST only: `did`.
    Deed DEED(group: GroupId, action: u32) = "/g/{group}/actions/{action}/deed";
    /// Every broadcast, the newest first; `?before=NUMBER` for older ones.
    Broadcasts BROADCASTS(group: GroupId) = "/g/{group}/b";
    Broadcast BROADCAST(group: GroupId, broadcast: u32) = "/g/{group}/b/{broadcast}";
    Certificate CERTIFICATE(group: GroupId, broadcast: u32) = "/g/{group}/b/{broadcast}/certificate";
    CertificateFile CERTIFICATE_FILE(group: GroupId, broadcast: u32) = "/g/{group}/b/{broadcast}/certificate.json";
    People PEOPLE(group: GroupId) = "/g/{group}/people";
    Invite INVITE(group: GroupId) = "/g/{group}/invite";
    Charter CHARTER(group: GroupId) = "/g/{group}/charter";
    /// Trying the group's own rules.
    GroupForecast GROUP_FORECAST(group: GroupId) = "/g/{group}/forecast";
    CharterFile CHARTER_FILE(group: GroupId) = "/g/{group}/charter.toml";
    /// All rules the group has had.
    Charters CHARTERS(group: GroupId) = "/g/{group}/charters";
    /// One of them, by the hash of its text.
    OldCharter OLD_CHARTER(group: GroupId, charter: String) = "/g/{group}/charters/{charter}";
    OldCharterFile OLD_CHARTER_FILE(group: GroupId, charter: String) = "/g/{group}/charters/{charter}/charter.toml";
    /// Changing the rules: where from.
    Amend AMEND(group: GroupId) = "/g/{group}/amend";
    AmendDraft AMEND_DRAFT(group: GroupId, draft: String) = "/g/{group}/amend/{draft}";
    /// What a draft would change, with `from` and `to` for the trial run.
    AmendTrial AMEND_TRIAL(group: GroupId, draft: String) = "/g/{group}/amend/{draft}/trial";
    AmendProcess AMEND_PROCESS(group: GroupId, draft: String, process: String) = "/g/{group}/amend/{draft}/p/{process}";
    AmendStage AMEND_STAGE(group: GroupId, draft: String, process: String, stage: String) = "/g/{group}/amend/{draft}/p/{process}/{stage}";
    /// What a proposal would change, likewise.
    ProposedRules PROPOSED_RULES(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/rules";
    ProposedRulesFile PROPOSED_RULES_FILE(group: GroupId, proposal: u32) = "/g/{group}/p/{proposal}/rules/charter.toml";
    Export EXPORT(group: GroupId) = "/g/{group}/export";
    Settings SETTINGS(group: GroupId) = "/g/{group}/settings";
    Pause PAUSE(group: GroupId) = "/g/{group}/settings/pause";
    Leave LEAVE(group: GroupId) = "/g/{group}/settings/leave";
    Erase ERASE(group: GroupId) = "/g/{group}/settings/erase";
    /// Tokens for programs: `do` is `make` (`name`, `scope`, `days`) or `revoke` (`id`).
    Tokens TOKENS(group: GroupId) = "/g/{group}/settings/tokens";
    /// POST only: signs out everywhere.
    Sessions SESSIONS(group: GroupId) = "/g/{group}/settings/sessions";
    /// An invitation, by mail or shown in person.
    Accept ACCEPT(token: String) = "/i/{token}";
    /// Stops the mails of one kind; GET shows a button, POST acts (RFC 8058 too).
    Unsubscribe UNSUBSCRIBE(token: String) = "/u/{token}";
    Public PUBLIC(group: GroupId) = "/public/{group}";
    Feed FEED(group: GroupId) = "/public/{group}/feed.atom";
    PublicBroadcast PUBLIC_BROADCAST(group: GroupId, broadcast: u32) = "/public/{group}/b/{broadcast}";
    PublicCertificate PUBLIC_CERTIFICATE(group: GroupId, broadcast: u32) = "/public/{group}/b/{broadcast}/certificate";
    /// The newest signed head of the journal (C2SP tlog-tiles).
    Checkpoint CHECKPOINT(group: GroupId) = "/log/{group}/checkpoint";
    /// For whoever runs the server; opened by the token printed at start.
    Operator OPERATOR() = "/operator";
    DemoSignIn DEMO_SIGN_IN() = "/demo/signin";
    Mailbox MAILBOX() = "/demo/mail";
    Mail MAIL(mail: u64) = "/demo/mail/{mail}";
    Asset ASSET(name: String) = "/assets/{name}";
}

impl Serialize for Route {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.path())
    }
}

/// Where something on the site is found from outside: the configured origin and a path. Mails and feeds use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// `https://mic.example.org`, without a path; a slash at the end is dropped.
    pub fn new(origin: &str) -> Self {
        Self(origin.trim_end_matches('/').to_owned())
    }

    pub fn link(&self, route: &Route) -> String {
        format!("{}{}", self.0, route.path())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use mic_engine::ids::GroupId;

    use super::{Origin, Route};

    #[test]
    fn paths_are_patterns_filled_in() {
        let group = GroupId([0xab; 16]);
        let route = Route::PublicCertificate { group, broadcast: 7 };
        assert_eq!(route.path(), format!("/public/{}/b/7/certificate", "ab".repeat(16)));
        assert_eq!(
            Origin::new("https://m.example/").link(&Route::Found {}),
            "https://m.example/new"
        );
    }

    #[test]
    fn no_two_routes_share_a_pattern() {
        let distinct: BTreeSet<_> = Route::PATTERNS.iter().collect();
        assert_eq!(distinct.len(), Route::PATTERNS.len());
    }
}
