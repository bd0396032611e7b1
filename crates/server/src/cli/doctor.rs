//! `mic doctor`: tries out what a server needs, one thing at a time, and says what to change. Sends no mail; changes nothing but
//! a test file that it removes. Knows no rules.

mod disk;
mod network;

use clap::Args;

use super::{ConfigFlags, Exit, Failure, Screen};
use crate::config::Settings;

#[derive(Debug, Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    config: ConfigFlags,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// How a matter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Ok,
    Warn,
    Bad,
}

/// One matter, how it stands, and what to change.
struct Diagnosis {
    matter: &'static str,
    health: Health,
    text: String,
    /// Empty where nothing is to be changed.
    advice: String,
}

pub(super) fn run(command: &Doctor, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let config = command.config.read(Settings::default())?;
    let mut worst = Health::Ok;
    let mut tell = |diagnosis: Diagnosis| -> Result<(), Failure> {
        if diagnosis.health == Health::Bad {
            worst = Health::Bad;
        }
        Ok(writeln!(screen.out, "{}", diagnosis.line(command.json))?)
    };
    for diagnosis in disk::examine(&config) {
        tell(diagnosis)?;
    }
    let runtime = super::serve::runtime()?;
    for diagnosis in runtime.block_on(network::examine(&config)) {
        tell(diagnosis)?;
    }
    Ok(if worst == Health::Bad { Exit::FoundBad } else { Exit::Ok })
}

impl Diagnosis {
    fn ok(matter: &'static str, text: impl Into<String>) -> Self {
        Self { matter, health: Health::Ok, text: text.into(), advice: String::new() }
    }

    fn warn(matter: &'static str, text: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { matter, health: Health::Warn, text: text.into(), advice: advice.into() }
    }

    fn bad(matter: &'static str, text: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { matter, health: Health::Bad, text: text.into(), advice: advice.into() }
    }

    fn line(&self, json: bool) -> String {
        let health = match self.health {
            Health::Ok => "ok",
            Health::Warn => "warn",
            Health::Bad => "bad",
        };
        let Self { matter, text, advice, .. } = self;
        if json {
            return serde_json::json!({
                "matter": matter, "health": health, "text": text, "advice": advice,
            })
            .to_string();
        }
        let advice = if advice.is_empty() { String::new() } else { format!("\n     → {advice}") };
        format!("{health:<4} {matter}: {text}{advice}")
    }
}
