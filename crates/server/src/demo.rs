//! `mic demo`: a real server on this machine with a group of forty, of whom the program plays thirty-nine. Same engine, database,
//! journal, mail and pages as `mic serve`; only the group's clock runs fast, and the mail server is a mailbox within the program.
//! Knows nothing of how anything is decided.

/// who is in the group
mod cast;
/// one message the whole way, without a visitor
mod check;
/// doing it, at the group's pace or without waiting
mod pace;
/// what each wants to do next, and when
mod players;
/// what they have to say
mod sayings;
/// the mail server
mod sink;
/// the server, from an empty folder to a group with a past
mod visit;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use mic_proof::hash::hex;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::app::system_entropy;
use crate::cli::{Exit, Failure, Screen, asked_from_outside, runtime, serve_until};
use crate::pages::Route;
use cast::{GROUP_NAME, VISITOR_NAME};
use players::Players;
use visit::{FACTOR, Wish, World};

/// The group must have its past by then, in real time.
const PAST_WITHIN: Duration = Duration::from_mins(1);
/// Seeds that are made up are short enough to be typed.
const SEEDS: u32 = 1_000_000;

/// The command line of the demonstration.
#[derive(Debug, Args)]
pub struct Demo {
    /// Address and port on this machine; if the port is taken, the next free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Keep the group in this folder and go on with it the next time; otherwise everything is removed at the end
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// What the played members choose follows from this number; made up and shown without it
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Play one message the whole way without a browser, verify it, and say what happened
    #[arg(long)]
    headless_check: bool,
    /// With --headless-check: write the group's journal into this file
    #[arg(long, value_name = "FILE", requires = "headless_check")]
    bundle: Option<PathBuf>,
}

pub(crate) fn run(command: &Demo, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    if !command.listen.ip().is_loopback() {
        // One click signs anybody in: that is for this machine alone.
        return Err(Failure::unreadable(
            "--listen: the demonstration is for this machine: 127.0.0.1",
        ));
    }
    let seed = command.seed.unwrap_or_else(|| u64::from(u32::from_be_bytes(random()) % SEEDS));
    let folder = Folder::new(command.data.as_deref());
    let played = runtime()?.block_on(async {
        // Asked for before anything is made, so that whenever the person stops it, it is tidied up.
        let mut stop = std::pin::pin!(asked_from_outside());
        tokio::select! {
            biased;
            () = &mut stop => Ok(Exit::Ok),
            started = start(command, seed, &folder.path) => match started {
                Ok(world) if command.headless_check => {
                    check::run(world, seed, command.bundle.as_deref(), screen).await
                }
                Ok(world) => show(world, seed, &folder, stop, screen).await,
                Err(failure) => Err(failure),
            },
        }
    });
    folder.leave(command.headless_check, screen)?;
    played
}

async fn start(command: &Demo, seed: u64, data: &Path) -> Result<World, Failure> {
    let players = Players::new(seed);
    let players = if command.headless_check { players.alone() } else { players };
    let wish = Wish { data: data.to_owned(), listen: command.listen, players };
    let world = World::start(wish).await?;
    match timeout(PAST_WITHIN, world.give_it_a_past()).await {
        Ok(()) => Ok(world),
        Err(_) => Err(Failure::fault("the group did not come to life within a minute")),
    }
}

/// Serves until the person has seen enough.
async fn show(
    world: World,
    seed: u64,
    folder: &Folder,
    stop: impl Future<Output = ()>,
    screen: &mut Screen<'_>,
) -> Result<Exit, Failure> {
    let origin = world.running.app().config().origin.clone();
    greet(origin.as_str(), seed, folder, screen)?;
    let options = world.site();
    let World { running, listener, stage, mailbox: _, sink } = world;
    let mut players = JoinSet::new();
    players.spawn(stage.play(running.stopping()));
    serve_until(running, listener, options, stop).await?;
    while players.join_next().await.is_some() {}
    // Mail that was on its way had until now to arrive.
    drop(sink);
    Ok(Exit::Ok)
}

fn greet(origin: &str, seed: u64, folder: &Folder, screen: &mut Screen<'_>) -> Result<(), Failure> {
    let out = &mut *screen.out;
    let (path, mailbox) = (folder.path.display(), Route::Mailbox {}.path());
    let seconds = 3_600 / FACTOR;
    writeln!(
        out,
        "\nMic Check, to try out: the group \"{GROUP_NAME}\" on a real server on this machine."
    )?;
    writeln!(out, "The program plays thirty-nine of its members. You are the fortieth.\n")?;
    writeln!(out, "    {origin}\n")?;
    writeln!(out, "  1. Open it and press \"Take part as {VISITOR_NAME}\".")?;
    writeln!(
        out,
        "  2. Co-sign what waits for a second name. Write something yourself: it takes two or three minutes."
    )?;
    writeln!(
        out,
        "  3. Within a few minutes the lot falls on you. Then you are asked: should everybody see this now?"
    )?;
    writeln!(out, "  4. Mail to you arrives at {origin}{mailbox}")?;
    writeln!(
        out,
        "  5. Settings, \"Download the record\". Then check it yourself: mic verify FILE\n"
    )?;
    writeln!(
        out,
        "An hour of the group passes in {seconds} seconds. What the others choose follows from --seed {seed}."
    )?;
    let then =
        if folder.kept { "and stays there. Ctrl-C stops." } else { "until Ctrl-C stops it." };
    writeln!(out, "Everything lies in {path} {then}")?;
    Ok(out.flush()?)
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    system_entropy()(&mut bytes);
    bytes
}

/// Where the database lies.
struct Folder {
    path: PathBuf,
    kept: bool,
}

impl Folder {
    /// The wanted folder, or a new name among the temporary ones. It is made when the database is, for its owner alone.
    fn new(wanted: Option<&Path>) -> Self {
        if let Some(path) = wanted {
            return Self { path: path.to_owned(), kept: true };
        }
        let name = format!("mic-demo-{}", hex(&random::<8>()));
        Self { path: std::env::temp_dir().join(name), kept: false }
    }

    fn leave(self, quiet: bool, screen: &mut Screen<'_>) -> Result<(), Failure> {
        let path = self.path.display();
        if self.kept {
            if !quiet {
                writeln!(
                    screen.out,
                    "\nStopped. The group lies in {path}; go on with: mic demo --data {path}"
                )?;
            }
            return Ok(());
        }
        match std::fs::remove_dir_all(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Failure::fault(format!("{path} could not be removed: {error}")));
            }
            Ok(()) | Err(_) => {}
        }
        if !quiet {
            writeln!(screen.out, "\nStopped. {path} was removed; nothing is left.")?;
        }
        Ok(())
    }
}
