//! How many durable appends a second: 64 threads append one entry each and wait for it, a loop collects what has come
//! together and commits it with one sync. Prints `name value unit` lines.
//!
//! `cargo run --release -p mic-store --example append_rate [FOLDER]` (the folder decides which disk is measured).

use std::error::Error;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use mic_engine::append::{Append, AppendOutcome, EntryBytes};
use mic_engine::ids::{CommandKey, GroupId, LogTime, Seq};
use mic_proof::hash::{leaf_hash, sha256};
use mic_store::contract::{GroupSecrets, Groups, Journal};
use mic_store::{MasterKey, Options, SqliteStore};

const CLIENTS: u32 = 64;
const RUNS_FOR: Duration = Duration::from_secs(5);
/// The most commands one sync takes along.
const TOGETHER_MAX: usize = 1_024;

/// A command waits here for its place in a batch; the answer says that it is durable.
struct Command {
    entry: Vec<u8>,
    key: CommandKey,
    answer: Sender<AppendOutcome>,
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
#[expect(clippy::cast_precision_loss, reason = "counts of a few seconds are far below 2^52")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map_or_else(std::env::temp_dir, Into::into);
    let folder = tempfile::tempdir_in(folder)?;
    let key = MasterKey::create(&folder.path().join("mic.key"), [7; 32])?;
    // Nothing is encrypted here but the secrets of one group: any bytes do as nonces.
    let entropy = Arc::new(|buffer: &mut [u8]| buffer.fill(1));
    let store =
        SqliteStore::open(&folder.path().join("mic.db"), &key, Options::default(), entropy)?;
    let group = GroupId([1; 16]);
    let secrets = GroupSecrets { signing_seed: [1; 32], beacon_secret: [2; 32] };
    store.prepare_group(group, "rate", false, &secrets, LogTime(0))?;

    let (queue, commands) = channel();
    let begun = Instant::now();
    let syncs = thread::scope(|scope| {
        for client in 0..CLIENTS {
            let queue = queue.clone();
            scope.spawn(move || client_loop(client, &queue, begun));
        }
        drop(queue);
        commit_loop(&store, group, commands)
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    let commands = store.length(group)?.0;
    println!("append_commands {commands} commands");
    println!("append_rate {:.0} commands/s", commands as f64 / seconds);
    println!("append_syncs {:.0} syncs/s", f64::from(syncs) / seconds);
    println!("append_together {:.1} commands/sync", commands as f64 / f64::from(syncs));
    Ok(())
}

fn client_loop(client: u32, queue: &Sender<Command>, begun: Instant) {
    let padding = "x".repeat(300);
    for act in 0_u32.. {
        if begun.elapsed() > RUNS_FOR {
            return;
        }
        let entry = format!("{client}/{act} {padding}").into_bytes();
        let mut key = [0; 16];
        key.copy_from_slice(&sha256(&entry).as_bytes()[..16]);
        // A channel for each command: when the loop gives up, its end is dropped and nobody waits for ever.
        let (answer, answers) = channel();
        let command = Command { entry, key: CommandKey(key), answer };
        if queue.send(command).is_err() || answers.recv() != Ok(AppendOutcome::Committed) {
            return;
        }
    }
}

/// Commits whatever has gathered while the commit before was synced.
#[expect(
    clippy::needless_pass_by_value,
    reason = "its end is dropped with it, which lets the clients go"
)]
fn commit_loop(
    store: &SqliteStore,
    group: GroupId,
    commands: Receiver<Command>,
) -> Result<u32, mic_store::Fault> {
    let mut next = store.length(group)?.0;
    let mut syncs = 0;
    while let Ok(first) = commands.recv() {
        let mut together = vec![first];
        together.extend(commands.try_iter().take(TOGETHER_MAX - 1));
        let batches: Vec<_> =
            (next..).zip(&together).map(|(seq, command)| batch(group, Seq(seq), command)).collect();
        let outcomes = store.append(&batches)?;
        syncs += 1;
        for (command, outcome) in together.into_iter().zip(outcomes) {
            next += u64::from(outcome == AppendOutcome::Committed);
            // A client that went away does not want its answer.
            let _gone = command.answer.send(outcome);
        }
    }
    Ok(syncs)
}

fn batch(group: GroupId, expected: Seq, command: &Command) -> Append {
    let bytes = command.entry.clone();
    Append {
        group,
        expected,
        entries: vec![EntryBytes { leaf: leaf_hash(&bytes), bytes, proposal: None }],
        documents: Vec::new(),
        erased_documents: Vec::new(),
        vault: Vec::new(),
        people: Vec::new(),
        parcels: Vec::new(),
        keys: vec![(command.key, expected)],
    }
}
