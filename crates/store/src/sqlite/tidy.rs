//! Destroying what is past its time. Knows nothing of why it was kept.

use mic_engine::ids::{LogTime, Span};
use rusqlite::{Connection, params};

use super::columns;
use crate::contract::{CandidateState, Fault, Tidied};

/// What a mail server answered is kept this long after the attempt.
const ANSWER_KEPT: Span = Span::days(7);
/// The trace of a letter (its keyed address and when it was written) is kept this long, to count letters to one address.
const LETTER_TRACE_KEPT: Span = Span::days(1);

pub(super) fn destroy_expired(connection: &Connection, now: LogTime) -> Result<Tidied, Fault> {
    let moment = columns::signed(now.0);
    let before = |kept: Span| columns::signed(now.0.saturating_sub(kept.0));
    let destroyed = |statement: &str, moment: i64| -> Result<u64, Fault> {
        Ok(connection.execute(statement, [moment])? as u64)
    };
    let invitations = connection.execute(
        "DELETE FROM candidates WHERE expires <= ?1 AND state = ?2",
        params![moment, columns::candidate_state_number(CandidateState::Invited)],
    )?;
    destroyed(
        "UPDATE letters SET due = NULL, sealed = NULL WHERE due IS NOT NULL AND expires <= ?1",
        moment,
    )?;
    Ok(Tidied {
        sessions: destroyed("DELETE FROM sessions WHERE expires <= ?1", moment)?,
        sign_ins: destroyed("DELETE FROM sign_ins WHERE expires <= ?1", moment)?,
        api_tokens: destroyed("DELETE FROM api_tokens WHERE expires <= ?1", moment)?,
        invitations: invitations as u64,
        letters: destroyed(
            "DELETE FROM letters WHERE due IS NULL AND written <= ?1",
            before(LETTER_TRACE_KEPT),
        )?,
        answers: destroyed(
            "UPDATE parcel_exceptions SET sealed = NULL WHERE sealed IS NOT NULL AND settled <= ?1",
            before(ANSWER_KEPT),
        )?,
    })
}
