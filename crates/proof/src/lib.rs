//! From bytes to a verdict: what a stranger must read to trust a group's journal.
//!
//! Canonical encoding, hashes, the tree, signed checkpoints, the draw, the beacon, ballots and
//! their count, certificates, bundles and the full replay of a journal. Knows no clock, no
//! database, no network and no person. Normative text: `spec/`.
#![forbid(unsafe_code)]

/// a juror's answer, committed to and opened
pub mod ballot;
/// bytes as text, in one spelling each
pub mod base64;
/// the randomness of a round, checked
pub mod beacon;
/// a whole journal in one file
pub mod bundle;
/// the proof that travels with a broadcast
pub mod certificate;
/// everybody's choices, counted
pub mod count;
/// the seed of a draw and the order of the roll
pub mod draw;
/// bytes of a value, and back
pub mod encode;
/// entries as a verifier reads them
pub mod entry;
/// what a verifier says
pub mod finding;
/// SHA-256 and hexadecimal
pub mod hash;
/// what the answers lead to, and who may not be asked
pub mod jury;
/// keys and signed checkpoints
pub mod note;
/// every entry decided again
pub mod replay;
/// what a replay must know of a charter
pub mod rules;
/// a jury that sits
mod sitting;
/// opened ballots, counted
pub mod tally;
/// the journal in files of C2SP tlog-tiles
pub mod tiles;
/// the tree over a journal and its proofs
pub mod tree;
/// a whole journal checked
pub mod verify;
