//! Between the types of the engine and the columns of SQLite, whose integers have a sign. Knows no table.

use mic_engine::append::DocumentKind;
use mic_engine::ids::{CandidateId, CommandKey, GroupId, LogTime, ProposalNumber};
use mic_engine::parcel::{Channel, Notice};
use mic_proof::hash::Hash;

use crate::contract::{CandidateState, Fault, InvitationKind, LetterKind};

/// As a column; what is beyond 2⁶³−1 becomes that, which no position or time ever reaches.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn unsigned(number: i64) -> Result<u64, Fault> {
    u64::try_from(number).map_err(|_| foreign("a number below zero"))
}

pub(super) fn small(number: i64) -> Result<u32, Fault> {
    u32::try_from(number).map_err(|_| foreign("a number out of its range"))
}

pub(super) fn time(number: i64) -> Result<LogTime, Fault> {
    unsigned(number).map(LogTime)
}

pub(super) fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Fault> {
    bytes.try_into().map_err(|_| foreign("a name of the wrong length"))
}

pub(super) fn group(bytes: &[u8]) -> Result<GroupId, Fault> {
    array(bytes).map(GroupId)
}

pub(super) fn candidate(bytes: &[u8]) -> Result<CandidateId, Fault> {
    array(bytes).map(CandidateId)
}

pub(super) fn command_key(bytes: &[u8]) -> Result<CommandKey, Fault> {
    array(bytes).map(CommandKey)
}

pub(super) fn hash(bytes: &[u8]) -> Result<Hash, Fault> {
    array(bytes).map(Hash)
}

pub(super) fn proposal(number: i64) -> Result<ProposalNumber, Fault> {
    small(number).map(ProposalNumber)
}

pub(super) fn notice(text: &str) -> Result<Notice, Fault> {
    Notice::from_text(text).ok_or_else(|| foreign("an unknown notice"))
}

pub(super) fn channel_number(channel: Channel) -> i64 {
    match channel {
        Channel::Email => 0,
    }
}

pub(super) fn channel(number: i64) -> Result<Channel, Fault> {
    match number {
        0 => Ok(Channel::Email),
        _ => Err(foreign("an unknown channel")),
    }
}

pub(super) fn document_kind_number(kind: DocumentKind) -> i64 {
    match kind {
        DocumentKind::Charter => 0,
        DocumentKind::Profile => 1,
        DocumentKind::Version => 2,
        DocumentKind::Exclusions => 3,
        DocumentKind::Ballots => 4,
        DocumentKind::Reason => 5,
        DocumentKind::Statement => 6,
    }
}

pub(super) fn document_kind(number: i64) -> Result<DocumentKind, Fault> {
    match number {
        0 => Ok(DocumentKind::Charter),
        1 => Ok(DocumentKind::Profile),
        2 => Ok(DocumentKind::Version),
        3 => Ok(DocumentKind::Exclusions),
        4 => Ok(DocumentKind::Ballots),
        5 => Ok(DocumentKind::Reason),
        6 => Ok(DocumentKind::Statement),
        _ => Err(foreign("an unknown kind of document")),
    }
}

pub(super) fn candidate_state_number(state: CandidateState) -> i64 {
    match state {
        CandidateState::Invited => 0,
        CandidateState::Answered => 1,
    }
}

pub(super) fn candidate_state(number: i64) -> Result<CandidateState, Fault> {
    match number {
        0 => Ok(CandidateState::Invited),
        1 => Ok(CandidateState::Answered),
        _ => Err(foreign("an unknown state of an invitation")),
    }
}

pub(super) fn invitation_kind_number(kind: InvitationKind) -> u32 {
    match kind {
        InvitationKind::Email => 0,
        InvitationKind::Link => 1,
    }
}

pub(super) fn invitation_kind(number: u32) -> Result<InvitationKind, Fault> {
    match number {
        0 => Ok(InvitationKind::Email),
        1 => Ok(InvitationKind::Link),
        _ => Err(foreign("an unknown kind of invitation")),
    }
}

pub(super) fn letter_kind_number(kind: LetterKind) -> i64 {
    match kind {
        LetterKind::SignIn => 0,
        LetterKind::Invitation => 1,
        LetterKind::Notice => 2,
    }
}

pub(super) fn letter_kind(number: i64) -> Result<LetterKind, Fault> {
    match number {
        0 => Ok(LetterKind::SignIn),
        1 => Ok(LetterKind::Invitation),
        2 => Ok(LetterKind::Notice),
        _ => Err(foreign("an unknown kind of letter")),
    }
}

fn foreign(what: &str) -> Fault {
    Fault::Corrupt(what.to_owned())
}
