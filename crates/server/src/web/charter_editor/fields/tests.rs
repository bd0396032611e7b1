//! The form of a charter against its text: nothing is lost, nothing else changes.

use mic_engine::charter::Who;
use mic_engine::charter::parse::{parse, read_for_group};

use super::super::document::{Document, Place};
use super::*;

const DEFAULT: &str = include_str!("../../../../../../charters/default.toml");

/// What a browser would send back of the fields as shown, with some of them typed over.
fn sent(sets: &[Fieldset], typed: &[(&str, &str)]) -> Fields {
    let mut fields = Fields::default();
    for field in sets.iter().flat_map(|set| &set.fields) {
        if field.control != Control::Tick || field.value == "yes" {
            fields.put(&field.name, &field.value);
        }
    }
    for (name, value) in typed {
        fields.put(name, value);
    }
    fields
}

fn shown(document: &Document, place: Place<'_>) -> Vec<Fieldset> {
    let mut complaints = read_for_group(&document.text()).complaints;
    show(document, place, &mut complaints, true)
}

#[test]
fn a_form_sent_back_untouched_changes_no_byte() {
    for text in [DEFAULT, include_str!("../../../../../../charters/two_juries.toml")] {
        let mut document = Document::parse(text).expect("TOML");
        let fields = sent(&shown(&document, Place::Head), &[]);
        take(&mut document, Place::Head, &fields);
        for process in document.processes() {
            let place = Place::Process(&process);
            let fields = sent(&shown(&document, place), &[]);
            take(&mut document, place, &fields);
            for stage in document.stages(&process) {
                let place = Place::Stage(&process, &stage);
                let fields = sent(&shown(&document, place), &[]);
                take(&mut document, place, &fields);
            }
        }
        assert_eq!(document.text(), text);
    }
}

#[test]
fn what_is_typed_is_written_and_comments_stay() {
    let mut document = Document::parse(DEFAULT).expect("TOML");
    let place = Place::Stage("message", "jury");
    let typed = [
        ("window_hours", "96"),
        ("sizes_1_seats", "7"),
        ("sizes_1_agree", "4"),
        ("sizes_1_quorum", "4"),
        ("sizes_2_seats_by", "sample"),
        ("sizes_2_seats", "95 5"),
        ("sizes_2_agree", "2/3"),
        ("sizes_2_quorum", "1/2"),
        ("sizes_2_then", ""),
        ("fresh", "yes"),
    ];
    let fields = sent(&shown(&document, place), &typed);
    take(&mut document, place, &fields);
    let text = document.text();
    let charter = parse(&text).unwrap_or_else(|wrong| panic!("{wrong:?}\n{text}"));
    assert!(text.contains("# Nobody is drawn again within so many days"));
    assert!(text.contains("{ members_up_to = 12, seats = \"everyone\" }"), "{text}");
    let process = &charter.processes[&mic_engine::charter::Id::parse("message").expect("an id")];
    let jury = &process.stages[&mic_engine::charter::Id::parse("jury").expect("an id")];
    let Rule::Jury(jury) = &jury.rule else { panic!("a jury") };
    assert!(jury.fresh);
    assert_eq!(jury.sizes.len(), 3);
    let mic_engine::charter::JuryTerms::Fixed { seats, agree, .. } = jury.terms(100) else {
        panic!("in numbers")
    };
    assert_eq!((seats, agree), (79, 53));
    // And it is shown again as it was typed.
    assert_eq!(shown(&document, place)[3].fields[2].value, "95 5");
}

#[test]
fn nonsense_is_kept_and_complained_about_beside_its_field() {
    let mut document = Document::parse(DEFAULT).expect("TOML");
    let place = Place::Stage("message", "jury");
    let typed = [("window_hours", "seven"), ("sizes_1_agree", "two thirds"), ("pass", "nowhere")];
    let fields = sent(&shown(&document, place), &typed);
    take(&mut document, place, &fields);
    let again = shown(&document, place);
    let find = |name: &str| {
        again.iter().flat_map(|set| &set.fields).find(|field| field.name == name).expect("there")
    };
    assert_eq!(find("window_hours").value, "seven");
    assert_eq!(find("window_hours").complaints.len(), 1);
    assert_eq!(find("sizes_1_agree").value, "two thirds");
    assert_eq!(find("sizes_1_agree").complaints.len(), 1);
    assert_eq!(find("pass").value, "nowhere");
}

#[test]
fn stages_are_added_moved_changed_and_taken_out_with_their_arrows() {
    let mut document = Document::parse(DEFAULT).expect("TOML");
    let added =
        document.add_stage("message", "wait", "Sleep on it", Some("cosign")).expect("added");
    let pass =
        |document: &Document, stage: &str| document.value(Place::Stage("message", stage), "pass");
    assert_eq!(
        (pass(&document, "cosign"), pass(&document, &added)),
        (added.clone(), "jury".to_owned())
    );
    assert!(parse(&document.text()).is_ok(), "{}", document.text());
    assert_eq!(document.before("message", &added), Some("cosign".to_owned()));
    document.move_up("message", &added);
    assert_eq!(document.value(Place::Process("message"), "first"), added);
    assert_eq!(
        (pass(&document, &added), pass(&document, "cosign")),
        ("cosign".to_owned(), "jury".to_owned())
    );
    assert!(parse(&document.text()).is_ok(), "{}", document.text());
    document.change_kind("message", &added, "cosign");
    assert!(parse(&document.text()).is_ok(), "{}", document.text());
    document.remove_stage("message", &added);
    assert_eq!(document.value(Place::Process("message"), "first"), "cosign");
    let before = parse(DEFAULT).expect("a charter");
    assert_eq!(parse(&document.text()).expect("a charter"), before);
    let first = document.add_stage("admission", "wait", "Wait", None).expect("added");
    assert_eq!(document.value(Place::Process("admission"), "first"), first);
}

#[test]
fn every_kind_of_process_and_stage_begins_with_what_the_checks_accept() {
    let mut document = Document::parse(DEFAULT).expect("TOML");
    for kind in ProposalKind::ALL {
        assert!(document.add_process(kind, "New").is_some());
    }
    let wrong = read_for_group(&document.text()).complaints;
    assert_eq!(wrong, vec![], "{}", document.text());
    for kind in Rule::KINDS {
        let mut document = document.clone();
        let added = document.add_stage("decision", kind, "New", None);
        // A second vote by yes and no is fine; an author who was told no is asked by nobody here.
        let known = read_for_group(&document.text()).complaints;
        assert!(added.is_some() && (kind == "recourse" || known.is_empty()), "{kind}: {known:?}");
    }
    assert_eq!(Who::parse(EVERYBODY[1]).map(Who::word), Some("settled"));
    assert!(KINDS.iter().all(|kind| ProposalKind::parse(kind).is_some()));
}
