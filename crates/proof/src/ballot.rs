//! Ballots: how one is committed to when it is cast and opened when the jury closes
//! (`spec/jury.md`).
//!
//! Knows nothing of seats: who may cast a ballot is told by the journal.

use std::fmt;

use crate::encode::{Value, encode};
use crate::hash::{Hash, Hasher, sha256};

/// A nonce has at most this many bytes of UTF-8.
pub const NONCE_BYTES_MAX: usize = 64;

/// A juror's answer to "should everybody see this now?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// yes, now
    Yes,
    /// not now
    No,
}

impl Choice {
    /// `yes` or `no`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }

    /// The choice this word names.
    pub fn parse(word: &str) -> Option<Choice> {
        match word {
            "yes" => Some(Self::Yes),
            "no" => Some(Self::No),
            _ => None,
        }
    }
}

/// What makes a ballot the juror's own: 1 to 64 bytes, no control characters, no `"` and no `\`,
/// so that it looks in JSON as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nonce(String);

/// The words cannot be a nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonceError;

impl fmt::Display for NonceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "1 to {NONCE_BYTES_MAX} bytes without control characters, quotes, backslashes")
    }
}

impl std::error::Error for NonceError {}

impl Nonce {
    /// Takes the juror's words exactly as they are.
    pub fn parse(words: &str) -> Result<Nonce, NonceError> {
        let wrong = |letter: char| letter.is_control() || letter == '"' || letter == '\\';
        let fits = (1..=NONCE_BYTES_MAX).contains(&words.len()) && !words.contains(wrong);
        if fits { Ok(Nonce(words.to_owned())) } else { Err(NonceError) }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An opened ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// the answer
    pub choice: Choice,
    /// the words
    pub nonce: Nonce,
}

impl Ballot {
    /// SHA-256("mic-check/ballot/v1\n" ‖ draw ‖ choice ‖ "\n" ‖ nonce).
    pub fn commitment(&self, draw: &Hash) -> Hash {
        commitment(draw, self.choice, &self.nonce)
    }
}

/// SHA-256("mic-check/ballot/v1\n" ‖ draw ‖ choice ‖ "\n" ‖ nonce); `draw` is the leaf hash of
/// the `draw.called` entry.
pub fn commitment(draw: &Hash, choice: Choice, nonce: &Nonce) -> Hash {
    commitment_of(draw, choice.word(), nonce)
}

/// The same for any choice, as votes and pledges have them; `draw` is then the leaf hash of the
/// stage's `stage.entered`.
pub fn commitment_of(draw: &Hash, choice: &str, nonce: &Nonce) -> Hash {
    let hasher = Hasher::new("mic-check/ballot/v1\n").chain(draw.as_bytes());
    hasher.chain(choice).chain("\n").chain(nonce.as_str()).finish()
}

/// What the journal shows while the jury sits: SHA-256("mic-check/cover/v1\n" ‖ commitment ‖ r),
/// with 32 random bytes that the juror keeps.
pub fn cover(commitment: &Hash, r: &[u8; 32]) -> Hash {
    Hasher::new("mic-check/cover/v1\n").chain(commitment.as_bytes()).chain(r).finish()
}

/// Puts the ballots of a round in the order in which they are opened: by commitment.
pub fn in_order(draw: &Hash, mut ballots: Vec<Ballot>) -> Vec<Ballot> {
    ballots.sort_by_cached_key(|ballot| ballot.commitment(draw));
    ballots
}

/// Whether the ballots stand in ascending order of commitment, none of them twice.
pub fn is_in_order(draw: &Hash, ballots: &[Ballot]) -> bool {
    let commitments: Vec<Hash> = ballots.iter().map(|ballot| ballot.commitment(draw)).collect();
    commitments.is_sorted_by(|before, after| before < after)
}

/// The list of a round as entries hold it: `[["yes","some words"],…]`.
pub fn to_value(ballots: &[Ballot]) -> Value {
    let pair = |ballot: &Ballot| {
        Value::List(vec![Value::text(ballot.choice.word()), Value::text(ballot.nonce.as_str())])
    };
    Value::List(ballots.iter().map(pair).collect())
}

/// Reads the list of a round; none if it is anything else.
pub fn from_value(value: &Value) -> Option<Vec<Ballot>> {
    let ballot = |value: &Value| match value.as_list()? {
        [choice, nonce] => Some(Ballot {
            choice: Choice::parse(choice.as_text()?)?,
            nonce: Nonce::parse(nonce.as_text()?).ok()?,
        }),
        _ => None,
    };
    value.as_list()?.iter().map(ballot).collect()
}

/// What commits to the first round of a jury that grows: SHA-256 of its list in canonical form.
pub fn sealed(ballots: &[Ballot]) -> Hash {
    sha256(&encode(&to_value(ballots)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ballot(choice: Choice, words: &str) -> Ballot {
        Ballot { choice, nonce: Nonce::parse(words).expect("a nonce") }
    }

    #[test]
    fn a_nonce_is_short_visible_text() {
        for words in ["", "a\nb", "tab\t", "\u{7f}", "\u{85}", "a\"b", "a\\b", &"x".repeat(65)] {
            assert_eq!(Nonce::parse(words), Err(NonceError), "{words}");
        }
        for words in ["a", " ", "zwei Wörter", &"é".repeat(32)] {
            assert_eq!(Nonce::parse(words).expect("a nonce").as_str(), words);
        }
    }

    #[test]
    fn commitments_bind_draw_choice_and_words() {
        let draw = sha256(b"draw");
        let one = ballot(Choice::Yes, "words").commitment(&draw);
        assert_ne!(one, ballot(Choice::No, "words").commitment(&draw));
        assert_ne!(one, ballot(Choice::Yes, "word").commitment(&draw));
        assert_ne!(one, ballot(Choice::Yes, "words").commitment(&sha256(b"another")));
        assert_ne!(cover(&one, &[0; 32]), cover(&one, &[1; 32]));
        let raw = [b"mic-check/ballot/v1\n".as_slice(), draw.as_bytes(), b"yes\nwords"].concat();
        assert_eq!(one, sha256(&raw));
    }

    #[test]
    fn an_opened_list_is_ordered_and_read_back() {
        let draw = sha256(b"draw");
        let list: Vec<Ballot> = (0..9).map(|n| ballot(Choice::Yes, &format!("w{n}"))).collect();
        let list = in_order(&draw, list);
        assert!(is_in_order(&draw, &list));
        assert_eq!(from_value(&to_value(&list)), Some(list.clone()));
        let mut swapped = list.clone();
        swapped.swap(3, 4);
        assert!(!is_in_order(&draw, &swapped));
        let twice = [list[0].clone(), list[0].clone()];
        assert!(!is_in_order(&draw, &twice));
        assert_ne!(sealed(&list), sealed(&swapped));
    }
}
