//! A charter as the verifier wants it. The engine reads the text and turns it into the plain data of `mic-proof`; this only says so on one line.
//! Knows nothing of journals.

use mic_engine::charter::rules::for_replay;
use mic_proof::rules::CharterRules;

/// Reads a charter for a replay (`mic_proof::rules::CharterCheck`); the error says what is wrong with it.
pub fn charter_rules(text: &str) -> Result<CharterRules, String> {
    for_replay(text).map_err(|complaints| complaints.replace('\n', "; "))
}
