//! Runs `tests/scripts/*.txt`: commands as a person would write them, with time stamps, and below each what it led to. With
//! UPDATE_EXPECT=1 the files are rewritten. How to read and write them: tests/scripts/README.md.

mod asking;
mod print;
pub(crate) mod read;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use mic_engine::command::Command;
use mic_engine::node::Answer;

use crate::world::{START, World};

#[test]
fn every_script_leads_to_what_stands_below_it() {
    let update = std::env::vars().any(|(name, _)| name == "UPDATE_EXPECT");
    let mut wrong = Vec::new();
    for (file, script) in all() {
        let (played, _) = play(&script);
        if played != script {
            if update {
                std::fs::write(&file, &played).expect("writable");
            } else {
                wrong.push(format!("{}\n{}", file.display(), difference(&script, &played)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All scripts, in order of their names.
pub(crate) fn all() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder of scripts is there")
        .map(|file| file.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    assert!(files.len() >= 10, "scripts are found");
    let read = |path: PathBuf| {
        let script = std::fs::read_to_string(&path).expect("readable");
        (path, script)
    };
    files.into_iter().map(read).collect()
}

/// The world that a script leaves behind.
pub(crate) fn world_after(script: &str) -> World {
    play(script).1
}

/// The script again, with what really happened below each command.
fn play(script: &str) -> (String, World) {
    let mut out = String::new();
    let mut world: Option<World> = None;
    let mut charter = default_charter();
    for line in script.lines().filter(|line| !line.starts_with("    ")) {
        writeln!(out, "{line}").expect("text");
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix("charter ") {
            charter = named_charter(name);
        } else if let Some(count) = line.strip_prefix("members ") {
            world = Some(World::founded(&charter, count.parse().expect("a number of members")));
        } else {
            let world = world.as_mut().expect("a line `members N` comes first");
            step(world, line, &mut out);
        }
    }
    (out, world.expect("a line `members N`"))
}

fn step(world: &mut World, line: &str, out: &mut String) {
    let (time, words) = line.split_once(' ').expect("a time and a command");
    let entries = world.disk.entries.len();
    let parcels = world.disk.parcels.len();
    let until = read::time(time, world.now);
    assert!(until >= world.now || words.starts_with("clock"), "{line}: time goes forward");
    world.pass(until);
    let answer = match read::weather(world, words) {
        read::Weather::Answered(answer) => answer,
        read::Weather::Changed => None,
        read::Weather::None => read::command(world, words)
            .and_then(|(slot, act)| world.ask(Command::Member { slot, act })),
    };
    for bytes in &world.disk.entries[entries..] {
        writeln!(out, "    {}", print::entry(bytes, START)).expect("text");
    }
    for parcel in &world.disk.parcels[parcels..] {
        writeln!(out, "    {}", print::parcel(parcel)).expect("text");
    }
    match answer {
        Some(Answer::Refused(refusal)) => {
            writeln!(out, "    {}", print::refusal(&refusal, START)).expect("text");
        }
        Some(Answer::NotSaved) => writeln!(out, "    not saved").expect("text"),
        Some(Answer::Done(_)) | None => {}
    }
}

pub(crate) fn default_charter() -> String {
    named_charter("default")
}

pub(crate) fn named_charter(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = root.join(format!("tests/scripts/{name}.toml"));
    let ready = root.join(format!("../../charters/{name}.toml"));
    let path = if own.exists() { own } else { ready };
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The first lines that differ, with what was expected.
fn difference(expected: &str, got: &str) -> String {
    let mut out = String::new();
    let (mut expected, mut got) = (expected.lines(), got.lines());
    for _ in 0..10_000 {
        match (expected.next(), got.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => {
                writeln!(out, "  - {}\n  + {}", a.unwrap_or(""), b.unwrap_or("")).expect("text");
                if out.len() > 3_000 {
                    break;
                }
            }
        }
    }
    out
}
