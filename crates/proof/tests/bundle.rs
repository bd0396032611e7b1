//! Whole bundles beyond the vectors: without a charter, cut, flipped, written again, certified again.

use std::collections::BTreeMap;
use std::io::Cursor;

use mic_proof::bundle::{Line, Reader, Unreadable, Writer};
use mic_proof::certificate::{Proven, build, is_carried, verify_certificate};
use mic_proof::entry::{Event, read_entry};
use mic_proof::finding::{Code, Finding, Weight};
use mic_proof::hash::{Hash, leaf_hash};
use mic_proof::replay::Options;
use mic_proof::tree::Tree;
use mic_proof::verify::verify_bundle_bytes;
use proptest::prelude::*;

/// The first history of the vectors, as a file.
fn circle() -> Vec<u8> {
    let vectors = include_str!("../../../spec/vectors/bundle_circle.json");
    let file: serde_json::Value = serde_json::from_str(vectors).expect("JSON");
    let lines = file["cases"][0]["lines"].as_array().expect("lines");
    lines.iter().flat_map(|line| [line.as_str().expect("a line"), "\n"]).collect::<String>().into()
}

fn verify(bytes: &[u8]) -> (Result<Option<Code>, Code>, Vec<Finding>) {
    let mut findings = Vec::new();
    let verdict =
        verify_bundle_bytes(bytes, &Options::new(), &mut |finding| findings.push(finding));
    let verdict = verdict.map_err(|error| match error {
        Unreadable::Refused(refused) => refused.code,
        Unreadable::Read(error) => panic!("reading memory: {error}"),
    });
    (verdict, findings)
}

fn lines(bytes: &[u8]) -> Vec<Line> {
    let mut reader = Reader::new(bytes);
    std::iter::from_fn(|| reader.next_line().expect("a whole bundle")).collect()
}

#[test]
fn without_a_reader_of_charters_a_journal_is_accepted_and_the_gap_is_said() {
    let (verdict, findings) = verify(&circle());
    assert_eq!(verdict, Ok(None), "{findings:?}");
    let said = |finding: &Finding| {
        finding.weight == Weight::Note
            && finding.to_string()
                == "note not_checked 0 the numbers of the charter were not compared"
    };
    assert!(findings.iter().any(said));
    assert!(findings.iter().any(|it| it.weight == Weight::Ok && it.code == Code::Certificate));
}

#[test]
fn a_bundle_that_was_read_is_written_as_it_was() {
    let bytes = circle();
    let mut all = lines(&bytes).into_iter();
    let Some(Line::Bundle(head)) = all.next() else { panic!("a bundle begins with its head") };
    let mut writer = Writer::new(Vec::new(), head).expect("memory");
    for line in all.filter(|line| !matches!(line, Line::End { .. })) {
        writer.write(&line).expect("memory");
    }
    assert_eq!(writer.finish().expect("memory"), bytes);
}

#[test]
fn a_bundle_cut_anywhere_is_not_a_bundle() {
    let bytes = circle();
    for length in (0..bytes.len()).step_by(97).chain([0, 1, bytes.len() - 1]) {
        assert_eq!(verify(&bytes[..length]).0, Err(Code::BundleTruncated), "cut at {length}");
    }
    let cut = bytes[..bytes.len() - 1].iter().rposition(|byte| *byte == b'\n').expect("many lines");
    assert_eq!(verify(&bytes[..=cut]).0, Err(Code::BundleTruncated));
}

#[test]
fn a_line_without_end_is_refused_and_not_read_to_the_end() {
    let endless = std::io::BufReader::new(std::io::repeat(b'x'));
    match Reader::new(endless).next_line() {
        Err(Unreadable::Refused(refused)) => assert_eq!(refused.code, Code::BundleMalformed),
        other => panic!("{other:?}"),
    }
    let unreadable = Reader::new(Cursor::new(b"\n")).next_line();
    assert!(matches!(unreadable, Err(Unreadable::Refused(_))));
}

/// The second implementation wrote the certificates of the vectors; ours are the same bytes.
#[test]
fn certificates_built_here_are_those_of_the_second_implementation() {
    let bytes = circle();
    let (mut texts, mut tree, mut documents, mut built) =
        (Vec::new(), Tree::new(), BTreeMap::new(), 0);
    for line in lines(&bytes) {
        match line {
            Line::Entry { text, .. } => {
                tree.push(leaf_hash(text.as_bytes()));
                texts.push(text);
            }
            Line::Document { hash, text: Some(text) } => {
                documents.insert(hash, text);
            }
            Line::Certificate { text } => {
                assert_eq!(rebuild(&text, &texts, &tree, &documents), text);
                built += 1;
            }
            Line::Bundle(_)
            | Line::Document { .. }
            | Line::Checkpoint { .. }
            | Line::End { .. } => {}
        }
    }
    assert!(built > 0);
}

fn rebuild(
    theirs: &str,
    texts: &[String],
    tree: &Tree,
    documents: &BTreeMap<Hash, String>,
) -> String {
    let found = verify_certificate(theirs.as_bytes(), &Options::new(), None, &mut |_| {});
    let found = found.expect("a certificate of the vectors");
    let whole: serde_json::Value = serde_json::from_str(theirs).expect("JSON");
    let (mut entries, mut lists, mut called) = (Vec::new(), BTreeMap::new(), None);
    for (index, text) in (0..=found.ordered_at).zip(texts) {
        let event = read_entry(text.as_bytes()).expect("an entry").event;
        let ours = event.proposal() == Some(found.proposal);
        if let (Event::DrawCalled(call), true) = (&event, ours) {
            called = documents.get(&call.exclusions);
        }
        if let (Event::DrawMade(made), Some(list), true) = (&event, called, ours) {
            lists.insert(made.step, list.clone());
        }
        let leaving = matches!(event, Event::MemberLeft { .. } | Event::MemberErased { .. });
        if is_carried(&event, found.proposal) || (leaving && called.is_some()) {
            let proof = tree.inclusion_proof(index, found.checkpoint.size).expect("within");
            entries.push(Proven { index, entry: text.clone(), proof });
        }
    }
    let note = whole["checkpoint"].as_str().expect("a note");
    String::from_utf8(build(note, &entries, &lists).expect("a certificate")).expect("UTF-8")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn a_flipped_bit_in_what_is_signed_is_never_accepted(at in any::<usize>(), bit in 0_u32..8) {
        let bytes = circle();
        // Everything up to the documents: the head and the entries.
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        let signed = text.find("{\"hash\"").or(text.find("{\"erased\"")).expect("documents");
        let mut flipped = bytes;
        flipped[at % signed] ^= 1 << bit;
        let verdict = verify(&flipped).0;
        prop_assert_ne!(verdict, Ok(None));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_ne!(verify(&bytes).0, Ok(None));
        prop_assert!(read_entry(&bytes).is_err());
        let refused = verify_certificate(&bytes, &Options::new(), None, &mut |_| {});
        prop_assert!(refused.is_err());
    }
}
