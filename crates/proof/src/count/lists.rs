//! Ballot lists and their index: how opened ballots lie beside the journal (`spec/vote.md`, Secret
//! ballots). Knows nothing of who cast them or what they choose.

use std::fmt;

use crate::ballot::{Nonce, commitment_of};
use crate::encode::{DOCUMENT_BYTES_MAX, Value, decode_limited, encode};
use crate::finding::{Code, Refused, need};
use crate::hash::{Hash, sha256};

/// A list holds at most this many ballots; every list but the last is full.
pub const LIST_BALLOTS_MAX: usize = 800;
/// At most this many members can take part in a secret stage.
pub const VOTERS_MAX: u64 = 3_000_000;

/// An opened ballot of a vote, or an opened pledge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// what it says
    pub choice: String,
    /// the words that make it the member's own
    pub nonce: Nonce,
}

impl Opened {
    /// SHA-256("mic-check/ballot/v1\n" ‖ draw ‖ choice ‖ "\n" ‖ nonce); `draw` is the leaf hash of
    /// the stage's `stage.entered`.
    pub fn commitment(&self, draw: &Hash) -> Hash {
        commitment_of(draw, &self.choice, &self.nonce)
    }
}

/// The documents that open a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    /// each at most [`LIST_BALLOTS_MAX`] ballots, as canonical JSON
    pub lists: Vec<String>,
    /// the hash of each list in order, each followed by a newline
    pub index: String,
}

/// Some list or the index is not there, so that the count cannot be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

impl fmt::Display for Missing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a ballot list or the ballot index is not there")
    }
}

impl std::error::Error for Missing {}

/// Puts ballots into the order in which they are opened, and writes lists and index. The closing
/// entry names the hash of the index.
pub fn write(draw: &Hash, mut ballots: Vec<Opened>) -> Documents {
    ballots.sort_by_cached_key(|ballot| ballot.commitment(draw));
    let mut documents = Documents::default();
    for list in ballots.chunks(LIST_BALLOTS_MAX) {
        let text = list_text(list);
        documents.index.push_str(&sha256(text.as_bytes()).to_string());
        documents.index.push('\n');
        documents.lists.push(text);
    }
    documents
}

/// One list as a document: `[["yes","some words"],…]`.
pub fn list_text(ballots: &[Opened]) -> String {
    let pair = |ballot: &Opened| {
        Value::List(vec![Value::text(&ballot.choice), Value::text(ballot.nonce.as_str())])
    };
    let bytes = encode(&Value::List(ballots.iter().map(pair).collect()));
    String::from_utf8(bytes).expect("canonical JSON is UTF-8")
}

/// The hashes that an index names, in order; none if it is no index.
pub fn read_index(text: &str) -> Option<Vec<Hash>> {
    let hashes: Option<Vec<Hash>> =
        text.split_terminator('\n').map(|line| line.parse().ok()).collect();
    hashes.filter(|hashes| text.len() == hashes.len() * 65)
}

/// The ballots of one list; none if it is no list.
pub fn read_list(text: &str) -> Option<Vec<Opened>> {
    let value = decode_limited(text.as_bytes(), DOCUMENT_BYTES_MAX).ok()?;
    let pair = |value: &Value| match value.as_list()? {
        [choice, nonce] => Some(Opened {
            choice: choice.as_text()?.to_owned(),
            nonce: Nonce::parse(nonce.as_text()?).ok()?,
        }),
        _ => None,
    };
    value.as_list()?.iter().map(pair).collect()
}

/// Reads lists in the order of their index and checks them: `ballot_count` for another form, other
/// sizes of lists or another number of ballots than `cast`, `ballot_order` when they do not ascend
/// by commitment.
pub fn check<'a>(
    draw: &Hash,
    lists: impl IntoIterator<Item = &'a str>,
    cast: u64,
) -> Result<Vec<Opened>, Refused> {
    let code = Code::BallotCount;
    let mut ballots: Vec<Opened> = Vec::new();
    let mut open = true;
    for text in lists {
        let malformed = || Refused::new(code, "not a ballot list");
        let list = read_list(text).ok_or_else(malformed)?;
        let size = list.len();
        let fits = open && (1..=LIST_BALLOTS_MAX).contains(&size);
        need(fits, code, "only the last ballot list may be short, and none empty or too long")?;
        open = size == LIST_BALLOTS_MAX;
        ballots.extend(list);
    }
    let opened = ballots.len() as u64;
    need(opened == cast, code, format_args!("opened {opened} ballots, cast {cast}"))?;
    let commitments: Vec<Hash> = ballots.iter().map(|ballot| ballot.commitment(draw)).collect();
    let ordered = commitments.is_sorted_by(|before, after| before < after);
    let text = "not in the order of their commitments, or one twice";
    need(ordered, Code::BallotOrder, text)?;
    Ok(ballots)
}

/// Index and lists as they are found beside the journal, checked. [`Missing`] when the index or a
/// list is not there: then nothing of them is checked.
pub fn open<'a>(
    draw: &Hash,
    index: &Hash,
    find: impl Fn(&Hash) -> Option<&'a str>,
    cast: u64,
) -> Result<Result<Vec<Opened>, Refused>, Missing> {
    let text = find(index).ok_or(Missing)?;
    let Some(hashes) = read_index(text) else {
        return Ok(Err(Refused::new(Code::BallotCount, "not a ballot index")));
    };
    let lists: Option<Vec<&str>> = hashes.iter().map(find).collect();
    Ok(check(draw, lists.ok_or(Missing)?, cast))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const DRAW: Hash = Hash::ZERO;

    fn ballots(number: usize) -> Vec<Opened> {
        let nonce = |nth: usize| Nonce::parse(&format!("words {nth}")).expect("a nonce");
        (0..number).map(|nth| Opened { choice: "yes".to_owned(), nonce: nonce(nth) }).collect()
    }

    fn codes(lists: &[String], cast: u64) -> Option<Code> {
        check(&DRAW, lists.iter().map(String::as_str), cast).err().map(|refused| refused.code)
    }

    #[test]
    fn what_was_written_is_read_back() {
        for (number, lists) in [(0, 0), (1, 1), (800, 1), (801, 2), (1_700, 3)] {
            let written = write(&DRAW, ballots(number));
            assert_eq!(written.lists.len(), lists);
            let known: BTreeMap<Hash, &str> = written
                .lists
                .iter()
                .chain([&written.index])
                .map(|text| (sha256(text.as_bytes()), text.as_str()))
                .collect();
            let index = sha256(written.index.as_bytes());
            let find = |hash: &Hash| known.get(hash).copied();
            let read = open(&DRAW, &index, find, number as u64).expect("all there");
            assert_eq!(read.expect("in order").len(), number);
            if number > 0 {
                let lost = sha256(written.lists[lists - 1].as_bytes());
                let find = |hash: &Hash| known.get(hash).copied().filter(|_| *hash != lost);
                assert_eq!(open(&DRAW, &index, find, number as u64), Err(Missing));
            }
        }
        assert_eq!(write(&DRAW, Vec::new()), Documents::default());
    }

    #[test]
    fn another_number_form_or_order_is_refused() {
        let written = write(&DRAW, ballots(900)).lists;
        assert_eq!(codes(&written, 900), None);
        assert_eq!(codes(&written, 899), Some(Code::BallotCount));
        assert_eq!(codes(&written[..1], 900), Some(Code::BallotCount));
        let swapped = [written[1].clone(), written[0].clone()];
        assert_eq!(codes(&swapped, 900), Some(Code::BallotCount), "a short list before the last");
        let mut sorted = ballots(3);
        sorted.sort_by_cached_key(|ballot| ballot.commitment(&DRAW));
        let list = |order: [usize; 3]| vec![list_text(&order.map(|nth| sorted[nth].clone()))];
        assert_eq!(codes(&list([0, 1, 2]), 3), None);
        assert_eq!(codes(&list([1, 0, 2]), 3), Some(Code::BallotOrder));
        assert_eq!(codes(&list([0, 1, 1]), 3), Some(Code::BallotOrder));
        for wrong in ["", "{}", "[[]]", "[[\"yes\"]]", "[[\"yes\",\"\"]]", "[[1,\"a\"]]", "[ ]"] {
            assert_eq!(codes(&[wrong.to_owned()], 0), Some(Code::BallotCount), "{wrong}");
        }
        assert_eq!(codes(&["[]".to_owned()], 0), Some(Code::BallotCount), "an empty list");
    }

    #[test]
    fn an_index_has_one_spelling() {
        let hash = Hash::ZERO.to_string();
        assert_eq!(read_index(""), Some(vec![]));
        assert_eq!(read_index(&format!("{hash}\n")), Some(vec![Hash::ZERO]));
        for wrong in [hash.clone(), "\n".to_owned(), format!("{hash}\r\n"), format!("{hash}\n\n")] {
            assert_eq!(read_index(&wrong), None, "{wrong:?}");
        }
    }
}
