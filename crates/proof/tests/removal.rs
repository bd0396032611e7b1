//! A vote about removing a member, built entry by entry: what a proposal is about must not be mistaken
//! for a number of options, and only exactly this count is accepted.

/// a journal that is written entry by entry
mod journal;

use std::collections::BTreeMap;

use mic_proof::ballot::Nonce;
use mic_proof::count::lists::{Opened, write};
use mic_proof::count::{Fraction, Method};
use mic_proof::encode::Value;
use mic_proof::entry::{Audience, Outcome, ProposalKind};
use mic_proof::finding::Code;
use mic_proof::hash::{leaf_hash, sha256};
use mic_proof::replay::Options;
use mic_proof::rules::{
    CharterRules, Effect, Next, ProcessRules, StageParameters, StageRules, Voters, Who,
};

use journal::{DAY_MS, Journal, hash, node, text};

/// Who would be removed; no number of options, and neither 0 nor 1.
const SUBJECT: i64 = 2;

fn rules() -> CharterRules {
    let vote = StageRules {
        kind: StageParameters::Vote {
            who: Voters::All(Who::Everyone),
            method: Method::YesNo { agree: Fraction::HALF },
            quorum: Fraction::HALF,
            lasts_ms: 86_400_000,
        },
        reminders: 0,
        next: BTreeMap::from([
            (Outcome::Pass, Next::Effect(Effect::Remove)),
            (Outcome::Fail, Next::End),
            (Outcome::Undecided, Next::End),
        ]),
    };
    let process = ProcessRules {
        kind: ProposalKind::Removal,
        audiences: vec![Audience::Members],
        first: "vote".to_owned(),
        stages: BTreeMap::from([("vote".to_owned(), vote)]),
    };
    CharterRules {
        every_minutes: 60,
        offset_minutes: 0,
        unguarded: false,
        open_proposals_per_member: 1,
        open_invitations_per_member: 1,
        new_days: 0,
        rest_days: 0,
        processes: BTreeMap::from([("remove".to_owned(), process)]),
    }
}

fn open(journal: &mut Journal, charter: Value) {
    let version = journal.document(&text(&Value::map([
        ("audience", "members".into()),
        ("body", "why".into()),
        ("kind", "removal".into()),
        ("member", Value::Int(SUBJECT)),
        ("process", "remove".into()),
        ("title", "".into()),
        ("warning", "".into()),
    ])));
    let own = vec![
        ("audience", "members".into()),
        ("charter", charter),
        ("process", "remove".into()),
        ("roll", Value::Int(5)),
        ("subject", Value::Int(SUBJECT)),
        ("version", version),
    ];
    journal.about(0, "proposal.opened", 1, Value::Int(0), own);
    let own = vec![
        ("kind", "vote".into()),
        ("stage", "vote".into()),
        ("step", Value::Int(0)),
        ("until", Value::Int(1 + DAY_MS)),
    ];
    journal.about(0, "stage.entered", 1, node(), own);
}

/// Five members are asked whether the third is removed: three say yes, one no. The closing entry
/// claims these totals.
fn voted(totals: [i64; 2]) -> Option<Code> {
    let mut journal = Journal::default();
    let charter = journal.found();
    open(&mut journal, charter);
    let draw = leaf_hash(journal.entries.last().expect("an entry").as_bytes());
    let choices = ["yes", "no", "yes", "yes"];
    for slot in (0..).take(choices.len()) {
        let own = vec![
            ("attested", "server".into()),
            ("cover", hash(sha256(b"a cover"))),
            ("nonce_from", "browser".into()),
            ("step", Value::Int(0)),
        ];
        journal.about(0, "vote.cast", 2, Value::Int(slot), own);
    }
    let nonce = |nth: usize| Nonce::parse(&format!("words {nth}")).expect("a nonce");
    let ballots = choices.iter().enumerate();
    let ballots = ballots.map(|(nth, it)| Opened { choice: (*it).to_owned(), nonce: nonce(nth) });
    let written = write(&draw, ballots.collect());
    for list in &written.lists {
        journal.document(list);
    }
    let index = journal.document(&written.index);
    let end = 1 + DAY_MS;
    let own = vec![
        ("ballots", index),
        ("cast", Value::Int(4)),
        ("eligible", Value::Int(5)),
        ("outcome", "pass".into()),
        ("step", Value::Int(0)),
        ("totals", Value::List(totals.map(Value::Int).to_vec())),
        ("winners", Value::List(Vec::new())),
    ];
    journal.about(0, "vote.closed", end, node(), own);
    let own = vec![("outcome", "pass".into()), ("step", Value::Int(0))];
    journal.about(0, "stage.ended", end, node(), own);
    journal.about(0, "member.removed", end, node(), vec![("slot", Value::Int(SUBJECT))]);
    journal.about(0, "proposal.closed", end, node(), vec![("ending", "done".into())]);
    let check = |_: &str| Ok(rules());
    journal.verify(&Options { charter_check: Some(&check), ..Options::new() })
}

#[test]
fn a_member_is_removed_by_vote_and_only_by_its_true_count() {
    assert_eq!(voted([3, 1]), None);
    assert_eq!(voted([4, 0]), Some(Code::TallyWrong));
}
