//! Every refusal has a script that leads to it, or a test below where no script can.
//! Knows nothing of the words that people read.

use mic_engine::batch::Entropy;
use mic_engine::command::{Command, Founding, MemberAct, Profile};
use mic_engine::event::BeaconKind;
use mic_engine::found::{FOUNDERS_MAX, FOUNDERS_MIN, found};
use mic_engine::ids::{CLOCK_TIME_MAX, CommandKey, GroupId, LogTime, ProposalNumber, Slot};
use mic_engine::node::{Answer, Input, Node, Output, QUEUE_COMMANDS_MAX, Ticket};
use mic_engine::refusal::Refusal;
use mic_engine::stages::asking::room_for;
use mic_proof::hash::Hash;
use mic_proof::note::SigningKey;

use crate::scripts;
use crate::world::{GROUP, KEY_SEED, START, World, person};

/// What no script can lead to, and the test that does: scripts begin in a group that is founded, on a clock that is right, one act
/// after the other.
const NOT_IN_SCRIPTS: [(&str, &str); 10] = [
    ("clock-broken", "a_clock_beyond_the_last_year_founds_nothing_and_decides_nothing"),
    ("no-such-group", "a_group_that_is_not_there_answers_nothing"),
    ("group-exists", "a_group_is_founded_once"),
    ("too-few-members", "founders_are_neither_too_few_nor_too_many"),
    ("too-many-members", "founders_are_neither_too_few_nor_too_many"),
    ("charter-invalid", "charter_and_profile_are_read_before_anything_is_founded"),
    ("profile-invalid", "charter_and_profile_are_read_before_anything_is_founded"),
    ("key-reused", "a_key_names_one_act"),
    ("too-many-voters", "a_secret_stage_has_room_for_three_million"),
    ("queue-full", "who_comes_when_ten_thousand_wait_is_told_so"),
];

#[test]
fn every_refusal_has_an_example() {
    let source = include_str!("../../src/refusal.rs");
    let keys: Vec<&str> =
        source.lines().filter_map(|line| line.split_once("=> \"")?.1.strip_suffix("\",")).collect();
    assert!(keys.len() >= 40, "the keys are found: {keys:?}");
    let scripts: String = scripts::all().into_iter().map(|(_, script)| script).collect();
    let tests = include_str!("refusals.rs");
    for key in &keys {
        let in_scripts = scripts.lines().any(|line| {
            let refused = line.trim().strip_prefix("refused: ");
            refused.and_then(|rest| rest.split(' ').next()) == Some(*key)
        });
        let exception = NOT_IN_SCRIPTS.iter().find(|(name, _)| name == key);
        match exception {
            Some((_, test)) => {
                assert!(tests.contains(&format!("fn {test}()")), "{key}: {test} is there");
                assert!(!in_scripts, "{key} is in a script: no exception is needed");
            }
            None => assert!(in_scripts, "{key} has neither a script nor a test"),
        }
    }
    for (key, _) in NOT_IN_SCRIPTS {
        assert!(keys.contains(&key), "{key} is a refusal");
    }
}

#[test]
fn a_clock_beyond_the_last_year_founds_nothing_and_decides_nothing() {
    let late = LogTime(CLOCK_TIME_MAX.0 + 1);
    assert_eq!(refused(founding(3), late), Refusal::ClockBroken);
    let mut world = World::founded(&scripts::default_charter(), 5);
    world.now = late;
    let answer = world.ask(Command::Member { slot: Slot(0), act: MemberAct::Leave });
    assert_eq!(answer, Some(Answer::Refused(Refusal::ClockBroken)));
    assert_eq!(world.disk.entries.len(), 1, "nothing was written");
}

#[test]
fn a_group_that_is_not_there_answers_nothing() {
    let mut node = Node::new(Vec::new());
    assert_eq!(node_refuses(&mut node, leave(GROUP, 0)), Some(Refusal::NoSuchGroup));
}

#[test]
fn a_group_is_founded_once() {
    let mut node = Node::new(Vec::new());
    let outputs = node.handle(input(founding(3), 0), START, Entropy([1; 32]));
    assert!(matches!(outputs.first(), Some(Output::Append(_))), "{outputs:?}");
    // While the first is under way, and after it.
    assert_eq!(node_refuses(&mut node, input(founding(3), 1)), Some(Refusal::GroupExists));
    let outcome = mic_engine::append::AppendOutcome::Committed;
    node.handle(Input::Appended { group: GROUP, outcome }, START, Entropy([1; 32]));
    assert_eq!(node_refuses(&mut node, input(founding(3), 2)), Some(Refusal::GroupExists));
}

#[test]
fn founders_are_neither_too_few_nor_too_many() {
    assert_eq!(refused(founding(2), START), Refusal::TooFewMembers { min: FOUNDERS_MIN });
    assert!(found(founding(FOUNDERS_MIN), START, &Entropy([1; 32])).is_ok());
    let many = founding(FOUNDERS_MAX + 1);
    assert_eq!(refused(many, START), Refusal::TooManyMembers { max: FOUNDERS_MAX });
}

#[test]
fn charter_and_profile_are_read_before_anything_is_founded() {
    let with = |change: fn(&mut Founding)| {
        let mut founding = founding(3);
        change(&mut founding);
        refused(founding, START)
    };
    assert_eq!(with(|it| it.charter_text = "charter = 2".to_owned()), Refusal::CharterInvalid);
    assert_eq!(with(|it| it.profile.name = " ".to_owned()), Refusal::ProfileInvalid);
    assert_eq!(with(|it| it.profile.name = "x".repeat(81)), Refusal::ProfileInvalid);
    assert_eq!(with(|it| it.profile.name = "a\u{202e}b".to_owned()), Refusal::ProfileInvalid);
    assert_eq!(with(|it| it.profile.purpose = "x".repeat(2_001)), Refusal::ProfileInvalid);
    assert_eq!(with(|it| it.profile.language = "e".to_owned()), Refusal::ProfileInvalid);
    assert_eq!(with(|it| it.origin = "x".repeat(201)), Refusal::ProfileInvalid);
}

#[test]
fn a_key_names_one_act() {
    let mut world = World::founded(&scripts::default_charter(), 5);
    let key = CommandKey([3; 16]);
    let rest = |days| Command::Member { slot: Slot(0), act: MemberAct::Rest { days } };
    let first = world.ask_as(rest(3), key).expect("answered");
    assert!(matches!(first, Answer::Done(_)));
    assert_eq!(world.ask_as(rest(3), key), Some(first), "the same again is answered and not done");
    assert_eq!(world.ask_as(rest(4), key), Some(Answer::Refused(Refusal::KeyReused)));
    assert_eq!(world.disk.entries.len(), 2, "one act");
}

#[test]
fn who_comes_when_ten_thousand_wait_is_told_so() {
    let mut node = Node::new(Vec::new());
    node.handle(input(founding(3), 0), START, Entropy([1; 32]));
    let outcome = mic_engine::append::AppendOutcome::Committed;
    node.handle(Input::Appended { group: GROUP, outcome }, START, Entropy([1; 32]));
    // The first one is being written; the others wait for it.
    for ticket in 0..=QUEUE_COMMANDS_MAX as u64 {
        assert_eq!(node_refuses(&mut node, rest(ticket)), None, "{ticket} waits");
    }
    assert_eq!(node_refuses(&mut node, rest(0)), Some(Refusal::QueueFull));
}

#[test]
fn a_secret_stage_has_room_for_three_million() {
    assert_eq!(room_for(2_999_999, false), Ok(()));
    assert_eq!(room_for(3_000_000, true), Ok(()), "who has a ballot in it may change it");
    let full = Err(Refusal::TooManyVoters { max: 3_000_000 });
    assert_eq!(room_for(3_000_000, false), full);
}

fn refused(founding: Founding, now: LogTime) -> Refusal {
    match found(founding, now, &Entropy([1; 32])) {
        Ok(_) => panic!("founded"),
        Err(refusal) => refusal,
    }
}

fn founding(members: u32) -> Founding {
    Founding {
        group: GROUP,
        origin: "test.example/g".to_owned(),
        key: *SigningKey::from_seed(&KEY_SEED).verifying_key().as_bytes(),
        charter_text: scripts::default_charter(),
        profile: Profile {
            name: "Test".to_owned(),
            purpose: String::new(),
            language: "en".to_owned(),
        },
        members: (0..members).map(person).collect(),
        beacon: BeaconKind::Local,
        chain: Hash::ZERO,
    }
}

fn input(founding: Founding, ticket: u64) -> Input {
    let key = Box::new(SigningKey::from_seed(&KEY_SEED));
    Input::Found { ticket: Ticket(ticket), founding: Box::new(founding), key }
}

fn leave(group: GroupId, ticket: u64) -> Input {
    let act = MemberAct::Withdraw { proposal: ProposalNumber(0) };
    let command = Command::Member { slot: Slot(0), act };
    Input::Command { group, ticket: Ticket(ticket), key: None, command }
}

fn rest(ticket: u64) -> Input {
    let command = Command::Member { slot: Slot(0), act: MemberAct::Rest { days: 1 } };
    Input::Command { group: GROUP, ticket: Ticket(ticket), key: None, command }
}

fn node_refuses(node: &mut Node, input: Input) -> Option<Refusal> {
    let outputs = node.handle(input, START, Entropy([1; 32]));
    outputs.into_iter().find_map(|output| match output {
        Output::Reply { answer: Answer::Refused(refusal), .. } => Some(refusal),
        _ => None,
    })
}
