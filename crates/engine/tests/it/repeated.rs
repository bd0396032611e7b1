//! The same act sent twice under one key before the first one is durable, as a browser does that is sent away impatiently: it is done
//! once, and both are told the same. Knows nothing of acts that are repeated after a crash (`crash_points.rs`).

use mic_engine::command::Command;
use mic_engine::ids::{CommandKey, Slot};
use mic_engine::node::Answer;
use mic_engine::refusal::Refusal;

use crate::scripts::{default_charter, read};
use crate::world::{Fault, World};

const KEY: CommandKey = CommandKey([3; 16]);
const OTHER_KEY: CommandKey = CommandKey([4; 16]);

#[test]
fn an_act_sent_again_while_it_is_being_written_is_done_once_and_answered_twice_alike() {
    let mut world = World::founded(&default_charter(), 20);
    let act = command(&world, "3 opens message: Title | Text.");
    let answers = world.ask_together_as(vec![(KEY, act.clone()), (KEY, act)]);
    done_once(&world, &answers);
}

#[test]
fn an_act_sent_twice_behind_another_is_done_once_and_answered_twice_alike() {
    let mut world = World::founded(&default_charter(), 20);
    let before = (OTHER_KEY, command(&world, "9 pauses 7d"));
    let act = command(&world, "3 opens message: Title | Text.");
    let mut answers = world.ask_together_as(vec![before, (KEY, act.clone()), (KEY, act)]);
    assert!(matches!(answers.remove(0), Answer::Done(_)));
    done_once(&world, &answers);
}

#[test]
fn whoever_sends_something_else_under_the_key_is_told_so_and_changes_nothing() {
    let mut world = World::founded(&default_charter(), 20);
    let act = command(&world, "3 opens message: Title | Text.");
    let another = command(&world, "3 opens message: Title | Another text.");
    let answers = world.ask_together_as(vec![(KEY, act.clone()), (KEY, another), (KEY, act)]);
    assert_eq!(answers[1], Answer::Refused(Refusal::KeyReused));
    done_once(&world, &[answers[0].clone(), answers[2].clone()]);
}

#[test]
fn an_act_of_which_nobody_knows_whether_it_was_written_is_done_once_all_the_same() {
    for fault in [Fault::DoneUnknown, Fault::NotDoneUnknown] {
        let mut world = first_append_ends(fault);
        let act = command(&world, "3 opens message: Title | Text.");
        let answers = world.ask_together_as(vec![(KEY, act.clone()), (KEY, act)]);
        done_once(&world, &answers);
    }
}

#[test]
fn an_act_that_was_not_written_is_done_by_its_repetition() {
    let mut world = first_append_ends(Fault::NotDone);
    let act = command(&world, "3 opens message: Title | Text.");
    let answers = world.ask_together_as(vec![(KEY, act.clone()), (KEY, act)]);
    assert_eq!(answers[0], Answer::NotSaved);
    done_once(&world, &answers[1..]);
}

/// A group in which the next append goes wrong in this way.
fn first_append_ends(fault: Fault) -> World {
    let mut world = World::founded(&default_charter(), 20);
    world.outputs = 0;
    world.plan = Some((0, fault));
    world
}

/// The one proposal was opened once, and everybody who asked for it heard the same.
fn done_once(world: &World, answers: &[Answer]) {
    assert!(matches!(answers[0], Answer::Done(_)), "{answers:?}");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let state = world.view().state;
    assert_eq!(state.next_proposal.0, 1);
    assert_eq!(state.open_of(Slot(3)).count(), 1);
    let kept = world.disk.keys.iter().filter(|(key, _)| *key == KEY);
    assert_eq!(kept.count(), 1, "the key is kept once");
    assert_eq!(world.load().state, *state, "what is durable is what is known");
}

fn command(world: &World, words: &str) -> Command {
    let (slot, act) = read::command(world, words).expect("a command");
    Command::Member { slot, act }
}
