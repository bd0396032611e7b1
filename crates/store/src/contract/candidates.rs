//! Invited persons, before they have a slot. Knows nothing of the process that admits them.

use mic_engine::append::Person;
use mic_engine::ids::{CandidateId, GroupId, LogTime, Slot};

use super::{Fault, Token};

/// How somebody was invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationKind {
    /// By a letter to an address.
    Email,
    /// By a link that is shown or handed over; the address is asked when it is opened.
    Link,
}

/// How far an invitation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateState {
    /// Waits for the invited person; ends by itself when it expires.
    Invited,
    /// The person said who they are and that they want to. From here only the engine ends it.
    Answered,
}

/// An invited person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: CandidateId,
    pub group: GroupId,
    pub kind: InvitationKind,
    pub inviter: Slot,
    pub expires: LogTime,
    pub state: CandidateState,
    /// What is known of the person so far; texts may be empty.
    pub person: Person,
}

/// Candidates of groups. [`super::PersonWrite::Admit`] and [`super::PersonWrite::Forget`] end them.
pub trait Candidates {
    /// Keeps an invitation and the token that opens it; `false` if the id or the token is taken or the group unknown.
    fn invite(&self, candidate: &Candidate, token: Token<'_>) -> Result<bool, Fault>;

    fn candidate(&self, group: GroupId, id: CandidateId) -> Result<Option<Candidate>, Fault>;

    /// The invitation a token opens, unless it expired before it was answered.
    fn candidate_by_token(
        &self,
        token: Token<'_>,
        now: LogTime,
    ) -> Result<Option<Candidate>, Fault>;

    /// The invited person says who they are; `false` if the invitation is gone or was answered before.
    fn answer_invitation(
        &self,
        token: Token<'_>,
        person: &Person,
        now: LogTime,
    ) -> Result<bool, Fault>;

    /// All candidates of a group, by id.
    fn candidates(&self, group: GroupId) -> Result<Vec<Candidate>, Fault>;

    /// Takes an invitation back, record and all; `false` if there was none.
    fn withdraw_invitation(&self, group: GroupId, id: CandidateId) -> Result<bool, Fault>;
}
