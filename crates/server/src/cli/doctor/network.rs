//! Names, mail, beacon and clock, as far as they can be tried from here. Sends no mail. Knows no store.

use mic_courier::address::Address;
use mic_courier::smtp::probe;
use mic_proof::beacon::Chain;

use super::Diagnosis;
use crate::clock::{Clock, Wall};
use crate::config::{BeaconConfig, Config, MailConfig, MailSecurity};
use crate::drive::relays::{Missing, Relays};
use crate::outbox::smtp_config;

/// How far the clock may be off before rounds come too early or too late, in milliseconds.
const CLOCK_OFF_MS: u64 = 10_000;

/// How far back relays are asked to tell a clock that is ahead from a beacon that stands still, in milliseconds.
const CLOCK_AHEAD_MS: u64 = 3_600_000;
const SET_THE_CLOCK: &str = "set the clock by NTP: deadlines and draws go by it";

pub(super) async fn examine(config: &Config) -> Vec<Diagnosis> {
    let mut found = vec![name(config).await, transport(config)];
    match &config.mail {
        Some(mail) => found.push(mail_server(mail).await),
        None => found.push(Diagnosis::warn(
            "mail",
            "none is configured: links of sign-ins and invitations are shown to you",
            "set [mail] server, or MIC_MAIL_SERVER",
        )),
    }
    match &config.beacon {
        BeaconConfig::Local => found.push(Diagnosis::warn(
            "beacon",
            "lots come from this server's own chain: you could foresee draws, and certificates say so",
            "for real groups set [beacon] kind = \"drand\", or MIC_BEACON=drand",
        )),
        BeaconConfig::Drand { chain, relays } => {
            found.extend(beacon(&chain.chain(), relays).await);
        }
    }
    found
}

async fn name(config: &Config) -> Diagnosis {
    const MATTER: &str = "name";
    let host = config.origin.host().trim_matches(['[', ']']);
    match tokio::net::lookup_host((host, config.listen.port())).await {
        Ok(addresses) => {
            let count = addresses.count();
            Diagnosis::ok(MATTER, format!("{host} has {count} addresses"))
        }
        Err(error) => {
            let advice = "add the name to the DNS, or correct origin: every link of every mail begins with it";
            Diagnosis::bad(MATTER, format!("{host}: {error}"), advice)
        }
    }
}

fn transport(config: &Config) -> Diagnosis {
    const MATTER: &str = "origin";
    let host = config.origin.host();
    let here = host == "localhost" || host.starts_with("127.") || host == "[::1]";
    if config.origin.is_secure() {
        Diagnosis::ok(MATTER, config.origin.to_string())
    } else if here {
        let advice =
            "fine for trying it out; others reach it by https:// and a proxy that does TLS";
        Diagnosis::warn(MATTER, format!("{} is for this machine alone", config.origin), advice)
    } else {
        let advice = "put a proxy with TLS in front and write https:// in origin: cookies and links are secrets";
        Diagnosis::bad(MATTER, format!("{} travels unprotected", config.origin), advice)
    }
}

async fn mail_server(mail: &MailConfig) -> Diagnosis {
    const MATTER: &str = "mail";
    let from = match Address::parse(&mail.from) {
        Ok(from) => from,
        Err(refusal) => {
            return Diagnosis::bad(MATTER, format!("mail.from: {refusal}"), "write an address");
        }
    };
    let how = match mail.security {
        MailSecurity::Tls => "TLS",
        MailSecurity::Starttls => "STARTTLS",
        MailSecurity::Plain => "no TLS",
    };
    let signed_in = if mail.user.is_some() { ", signed in" } else { "" };
    match probe(smtp_config(mail, &from)).await {
        Ok(()) => {
            let text = format!("{}:{} answers, {how}{signed_in}", mail.server, mail.port);
            Diagnosis::ok(MATTER, text)
        }
        Err(reason) => Diagnosis::bad(
            MATTER,
            format!("{}:{}: {reason}", mail.server, mail.port),
            "check mail.server, mail.port, mail.security, user and password; mail waits until it answers",
        ),
    }
}

/// Whether a fresh round can be had, and what it says about the clock.
async fn beacon(chain: &Chain, relays: &[String]) -> Vec<Diagnosis> {
    const MATTER: &str = "beacon";
    let advice = "check the network and [beacon] relays; until it answers, draws wait, visibly";
    let relays = match Relays::new(chain, relays) {
        Ok(relays) => relays,
        Err(error) => return vec![Diagnosis::bad(MATTER, error.to_string(), advice)],
    };
    let now = Clock::system().wall();
    // A round that began some seconds ago is there on every relay, if the clock is right.
    let settled = Wall(now.0.saturating_sub(CLOCK_OFF_MS));
    let Some(next) = chain.round_at_or_after(settled.0) else {
        return vec![Diagnosis::bad(MATTER, "the chain has no rounds", advice)];
    };
    let round = next.saturating_sub(1).max(1);
    match relays.round(round, now).await {
        Ok(_) => vec![
            Diagnosis::ok(MATTER, format!("round {round} is genuine")),
            clock(&relays, chain, now).await,
        ],
        Err(missing) => {
            let earlier = Wall(now.0.saturating_sub(CLOCK_AHEAD_MS));
            let older = chain.round_at_or_after(earlier.0).unwrap_or(1).min(round);
            // Relays that have what came an hour ago, but not what should be there by now, show a clock that is ahead.
            if missing == Missing::NotYet && relays.round(older, now).await.is_ok() {
                let text = format!("ahead by more than {} seconds", CLOCK_OFF_MS / 1_000);
                return vec![
                    Diagnosis::ok(MATTER, format!("round {older} is genuine")),
                    Diagnosis::bad("clock", text, SET_THE_CLOCK),
                ];
            }
            vec![Diagnosis::bad(MATTER, format!("round {round}: {missing}"), advice)]
        }
    }
}

/// The beacon's rounds come by the second: a round that should not exist yet shows a clock that is late.
async fn clock(relays: &Relays, chain: &Chain, now: Wall) -> Diagnosis {
    const MATTER: &str = "clock";
    let ahead = now.0 + CLOCK_OFF_MS;
    let Some(future) = chain.round_at_or_after(ahead) else {
        return Diagnosis::ok(MATTER, "nothing to compare with");
    };
    let seconds = CLOCK_OFF_MS / 1_000;
    if relays.round(future, Wall(u64::MAX)).await.is_ok() {
        let text = format!("late by more than {seconds} seconds");
        Diagnosis::bad(MATTER, text, SET_THE_CLOCK)
    } else {
        Diagnosis::ok(MATTER, format!("within {seconds} seconds of the beacon's"))
    }
}
