//! The command line: what can be asked of the program, and what each answer is worth. Knows no rules and no formats; each command
//! has a file of its own.

mod charter;
mod doctor;
mod draw;
mod export;
mod import;
mod private;
mod rules;
mod serve;
mod simulate;
mod verify;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, ConfigError, Settings};
use crate::demo;

pub use rules::charter_rules;
pub(crate) use serve::{asked_from_outside, runtime, serve_until, start_failure};

/// What a command is worth to whoever called it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0
    Ok,
    /// 1: it was looked at, and something bad was found
    FoundBad,
    /// 2: it could not be looked at: wrong usage, no such file, not the right kind of file
    Unreadable,
    /// 3: the world failed: disk, network
    Fault,
}

/// Where a command writes.
pub struct Screen<'a> {
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
}

/// A microphone that belongs to nobody: members of a group reach everyone when a few, drawn by lot, say yes.
#[derive(Debug, Parser)]
#[command(
    name = "mic",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "\
Start here:
  mic demo                 a whole group to try out, on this machine, nothing to configure
  mic serve                your own server on http://localhost:8080, nothing to configure
  mic verify my-group.mic  check a group's whole journal, without trusting any server

Exit codes: 0 well · 1 something bad was found · 2 wrong usage, or a file that cannot be read · 3 disk, network or server failed"
)]
pub struct Mic {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a server
    #[command(after_help = SERVE_HELP)]
    Serve(serve::Serve),
    /// Try it out: a group of 40, of whom the program plays 39
    #[command(after_help = DEMO_HELP)]
    Demo(demo::Demo),
    /// Check a group's journal (a bundle) or a certificate, without trusting the server it came from
    #[command(after_help = VERIFY_HELP)]
    Verify(verify::Verify),
    /// Recompute by hand who was drawn
    #[command(after_help = DRAW_HELP)]
    Draw(draw::Draw),
    /// Write a group's whole journal into one file
    #[command(after_help = EXPORT_HELP)]
    Export(export::Export),
    /// Check a bundle and, if asked, take the group over
    #[command(after_help = IMPORT_HELP)]
    Import(import::Import),
    /// Check a charter, show it, say it in sentences, compare two, or try what it would be like to live with
    #[command(after_help = CHARTER_HELP)]
    Charter(charter::CharterCommand),
    /// Test what a server needs (names, mail, beacon, clock, disk), and say what to change
    #[command(after_help = DOCTOR_HELP)]
    Doctor(doctor::Doctor),
}

/// Which configuration a command uses; the environment counts, too.
#[derive(Clone, Debug, Default, Args)]
pub struct ConfigFlags {
    /// Configuration file (TOML); without it `mic.toml` is read if it exists [MIC_CONFIG]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder with the database and its key; ./mic-data without it [MIC_DATA]
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
}

impl ConfigFlags {
    /// The configuration, with further flags on top.
    pub fn read(&self, flags: Settings) -> Result<Config, ConfigError> {
        let flags = Settings { data: self.data.clone().or(flags.data.clone()), ..flags };
        Config::from_world(self.config.as_deref(), flags)
    }
}

/// The program.
pub fn main() -> ExitCode {
    // Whoever tries it out reads the terminal, where lines of a log would be in the way.
    let is_demo = std::env::args_os().nth(1).is_some_and(|word| word == "demo");
    start_log(if is_demo { "warn" } else { "info" });
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let exit = run(std::env::args_os(), &mut Screen { out: &mut out, err: &mut err });
    ExitCode::from(exit.code())
}

/// Runs one command line, the program's name first, and writes where it is told to.
pub fn run(words: impl IntoIterator<Item = OsString>, screen: &mut Screen<'_>) -> Exit {
    let command = match Mic::try_parse_from(words) {
        Ok(mic) => mic.command,
        Err(told) => {
            // Help and version are answers, everything else is wrong usage.
            let exit = if told.use_stderr() { Exit::Unreadable } else { Exit::Ok };
            let text = told.render().to_string();
            let _closed = if told.use_stderr() {
                screen.err.write_all(text.as_bytes())
            } else {
                screen.out.write_all(text.as_bytes())
            };
            return exit;
        }
    };
    let done = match command {
        Command::Serve(command) => serve::run(&command, screen),
        Command::Demo(command) => demo::run(&command, screen),
        Command::Verify(command) => verify::run(&command, screen),
        Command::Draw(command) => draw::run(&command, screen),
        Command::Export(command) => export::run(&command, screen),
        Command::Import(command) => import::run(&command, screen),
        Command::Charter(command) => charter::run(&command, screen),
        Command::Doctor(command) => doctor::run(&command, screen),
    };
    done.unwrap_or_else(|failure| {
        let _closed = writeln!(screen.err, "mic: {}", failure.text);
        failure.exit
    })
}

/// Why a command ended before its end, in words for whoever called it.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    text: String,
}

impl Failure {
    /// The caller can do something about it.
    pub fn unreadable(text: impl std::fmt::Display) -> Self {
        Self { exit: Exit::Unreadable, text: text.to_string() }
    }

    /// The world failed.
    pub fn fault(text: impl std::fmt::Display) -> Self {
        Self { exit: Exit::Fault, text: text.to_string() }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::unreadable(error)
    }
}

impl From<std::io::Error> for Failure {
    /// What is written goes to a terminal or a pipe; one that is closed ends the command.
    fn from(error: std::io::Error) -> Self {
        Self::fault(error)
    }
}

impl Exit {
    pub fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::FoundBad => 1,
            Self::Unreadable => 2,
            Self::Fault => 3,
        }
    }
}

/// Log lines go to the error stream: event codes and counts, no names, addresses, paths or tokens.
fn start_log(usual: &str) {
    let filter = tracing_subscriber::EnvFilter::new(crate::config::log_filter(usual));
    let _set_before = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .try_init();
}

const SERVE_HELP: &str = "\
Examples:
  mic serve
  mic serve --listen 127.0.0.1:9000 --origin https://mic.example.org --data /var/lib/mic
  MIC_BEACON=drand MIC_MAIL_SERVER=smtp.example.org mic serve

Without mail, the links of sign-ins and invitations are shown here, to be handed over. Without `beacon`, lots come from this
server's own chain: fine for trying it out, and every certificate then says that the operator could have foreseen the draw.
TLS is the business of a proxy in front of it. `mic doctor` tests the configuration.

Configuration (file, or environment with MIC_ in front):
  data, listen, origin, proxies
  clock_factor    for tests and demonstrations on this machine alone: how many times as fast time runs in groups
  [beacon] kind = \"drand\" or \"local\", relays = [...]    MIC_BEACON, MIC_BEACON_RELAYS
  [mail] server, port, security, user, password or password_file, from, connections    MIC_MAIL_...

Exit codes: 0 stopped as asked · 2 configuration cannot be used · 3 disk or network failed";

const DEMO_HELP: &str = "\
Examples:
  mic demo
  mic demo --data ./demo-data      keeps the group for the next time
  mic demo --seed 7                the others choose as they did the last time with this number
  mic demo --headless-check        plays one message the whole way without a browser and verifies it

Same engine, same database, same journal as `mic serve`; only the clock of the group runs fast and 39 members are played.

Exit codes: 0 well · 1 the check found something bad · 3 disk or network failed";

const VERIFY_HELP: &str = "\
Examples:
  mic verify my-group.mic
  mic verify certificate-491f43c9-1.json
  mic verify --key VLFjE_G7HZRDtNIwkfvFVUbfSI3CTiOejF2It3zFEQA my-group.mic
  mic verify --json my-group.mic | jq 'select(.weight == \"bad\")'

One line for each finding: ok, bad or note, a code (spec/bundle.md), the position of the entry or -, and words.
The last line says what follows. `spec/verify.py` is a second verifier in another language.

Exit codes: 0 nothing bad · 1 something bad · 2 not a bundle, or cut off";

const DRAW_HELP: &str = "\
Examples (the numbers stand on each certificate's page):
  mic draw --inputs HASH --signature SIGNATURE --roll 40 --seats 9 --excluded 3,17,20
  mic draw --inputs HASH --signature SIGNATURE --round 28000000 --quicknet --roll 40 --seats 9
  mic draw --inputs HASH --randomness RANDOMNESS --roll 10000000 --seats 150 --excluded-list exclusions.txt

Exit codes: 0 drawn · 1 the signature is not that of the round · 2 wrong usage";

const EXPORT_HELP: &str = "\
Examples:
  mic export --list
  mic export 491f43c9002ebd8e0931279acbde9f59 --output my-group.mic
  mic export 491f43c9 --output my-group.mic --private my-group.private

A bundle holds entries, texts, checkpoints and certificates: no names and no addresses. --private writes those and the group's
keys into a file of its own, for moving the group to another server: keep it secret, delete it afterwards.
While a server runs on the same data, members export from their settings page.

Exit codes: 0 written · 2 no such group · 3 disk failed";

const IMPORT_HELP: &str = "\
Examples:
  mic import my-group.mic                                   checks everything, changes nothing
  mic import my-group.mic --private my-group.private --apply

Everything is verified before anything is written. A journal can only be continued with its keys: without --private this is a
check. Open invitations do not travel; who was invited is invited again.

Exit codes: 0 accepted (and taken over, with --apply) · 1 refused · 2 cannot be read · 3 disk failed";

const CHARTER_HELP: &str = "\
Examples:
  mic charter list
  mic charter show default
  mic charter explain small_group --members 25 --reasons
  mic charter check our-charter.toml
  mic charter diff default our-charter.toml --members 400
  mic charter simulate --members 10000 --proposals-per-week 20 --response-rate 0.6 --support 0.4
  mic charter simulate --charter our-charter.toml --process message --years 5 --seed 7 --svg forecast.svg

A charter is a small TOML file (spec/charter.md). `check` says for each mistake the line and what to write; `explain` and `diff` say
what members would notice, in English or German (--language de).

Exit codes: 0 well · 1 a charter is refused, and why · 2 no such file, wrong usage";

/// What the model takes for granted stands in the answer, too, with its numbers.
const SIMULATE_HELP: &str = "\
Lives through many proposals with made-up people and says how long decisions take, how often a jury errs, and how often members are
called. Where a formula exists, its result stands beside what was counted.

People are taken to answer independently of each other; real people do not: they talk, they follow each other, they are away on the
same days, and juries then err more often than it says here. Everybody who is called answers with the same chance. The same share of
members would say yes to every proposal. Nobody joins, leaves, pauses or steps aside.

Examples:
  mic charter simulate --members 10000 --proposals-per-week 20 --response-rate 0.6 --support 0.4
  mic charter simulate --charter our-charter.toml --process message --years 5 --seed 7 --svg forecast.svg
  mic charter simulate --members 40 --json

Exit codes: 0 well · 1 the charter is refused, and why · 2 no such file, or a number out of its range";

const DOCTOR_HELP: &str = "\
Examples:
  mic doctor
  mic doctor --config /etc/mic.toml --json

Sends no mail and changes nothing but a test file in the data folder, which it removes.

Exit codes: 0 nothing bad · 1 something bad, and what to change · 2 configuration cannot be used";

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Mic;

    const EXIT_CODES: &str = "Exit codes: 0 well · 1 something bad was found · 2 wrong usage";

    #[test]
    fn the_command_line_is_consistent_and_every_command_teaches() {
        let mut command = Mic::command();
        command.build();
        command.clone().debug_assert();
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.contains(EXIT_CODES), "the codes stand in the main help");
        for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let name = command.get_name();
            assert!(help.contains("Example") && help.contains("Exit codes"), "{name}");
            assert!(help.contains(&format!("mic {name}")), "{name}");
        }
    }
}
