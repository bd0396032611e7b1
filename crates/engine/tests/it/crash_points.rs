//! For thirteen scripts: every output of the node fails in turn, in every way it can, the process dies or goes on, starts again from what
//! was durable, the unanswered acts are repeated under their keys, and the end is the same as in a calm run.
//! Exhaustive and without randomness. Knows nothing of SQL: the store's own tests show that it keeps its contract.

use std::path::Path;

use mic_engine::command::Command;
use mic_engine::ids::{CommandKey, LogTime};
use mic_engine::node::Answer;
use mic_proof::encode::{Value, decode};

use crate::scripts::{named_charter, read};
use crate::world::{Fault, World};

const FAULTS: [Fault; 4] =
    [Fault::NotDone, Fault::DoneNotTold, Fault::DoneUnknown, Fault::NotDoneUnknown];
/// Attempts after which an act that still has no answer is a hang.
const TRIES_MAX: usize = 8;

#[test]
fn whatever_fails_once_the_end_is_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts/crash");
    let mut scripts = 0;
    let mut runs = 0;
    for file in std::fs::read_dir(folder).expect("the folder is there") {
        let path = file.expect("readable").path();
        let script = std::fs::read_to_string(&path).expect("readable");
        let calm = run(&script, None);
        scripts += 1;
        for at in 0..calm.outputs {
            for fault in FAULTS {
                let world = run(&script, Some((at, fault)));
                runs += 1;
                let place = format!("{}: output {at} {fault:?}", path.display());
                assert_eq!(text(&world), text(&calm), "{place}");
                assert_eq!(*world.view().state, world.load().state, "{place}: as replayed");
                assert_eq!(world.disk.keys.len(), calm.disk.keys.len(), "each act once");
                same_parcels(&world, &calm);
            }
        }
    }
    assert_eq!(scripts, 13, "thirteen scripts");
    assert!(runs > 500, "{runs} runs");
}

fn run(script: &str, plan: Option<(usize, Fault)>) -> World {
    let members = script
        .lines()
        .find_map(|line| line.strip_prefix("members "))
        .expect("members N")
        .parse()
        .expect("a number");
    let charter = script.lines().find_map(|line| line.strip_prefix("charter "));
    let mut world = World::founded(&named_charter(charter.unwrap_or("default")), members);
    world.outputs = 0;
    world.plan = plan;
    for (index, line) in script.lines().enumerate() {
        let Some((time, words)) = line.split_once(' ') else { continue };
        if line.starts_with('#') || time == "members" || time == "charter" {
            continue;
        }
        let until = read::time(time, world.now);
        pass(&mut world, until);
        if let Some((slot, act)) = read::command(&world, words) {
            let command = Command::Member { slot, act };
            ask_until_answered(&mut world, &command, u64::try_from(index).expect("small"));
        }
    }
    world
}

/// Time passes; if the process dies on the way it starts again and goes on.
fn pass(world: &mut World, until: LogTime) {
    for _ in 0..TRIES_MAX {
        world.pass(until);
        if !world.died {
            return;
        }
        world.restart();
    }
    panic!("the node never comes to rest");
}

/// What a person does whose page did not load: the same act again, under the same key.
fn ask_until_answered(world: &mut World, command: &Command, index: u64) {
    let mut key = [1; 16];
    key[8..].copy_from_slice(&index.to_be_bytes());
    for _ in 0..TRIES_MAX {
        let answer = world.ask_as(command.clone(), CommandKey(key));
        if world.died {
            world.restart();
            continue;
        }
        match answer {
            Some(Answer::Done(_) | Answer::Refused(_)) => return,
            Some(Answer::NotSaved) | None => {}
        }
    }
    panic!("{command:?} is never answered");
}

/// The journal as text, so that a difference is readable. Moments are left out: what failed is done a little later.
fn text(world: &World) -> Vec<String> {
    let shown = |bytes: &Vec<u8>| {
        let Ok(Value::Map(mut fields)) = decode(bytes) else { panic!("an entry is a map") };
        for moment in ["at", "until", "checkpoint"] {
            fields.remove(moment);
        }
        format!("{fields:?}")
    };
    world.disk.entries.iter().map(shown).collect()
}

/// Nothing that was ordered is missing, and nothing is ordered twice.
fn same_parcels(world: &World, calm: &World) {
    let count = |world: &World| {
        let mut notices: Vec<String> =
            world.disk.parcels.iter().map(|parcel| parcel.notice.to_text()).collect();
        notices.sort();
        notices
    };
    assert_eq!(count(world), count(calm));
}
