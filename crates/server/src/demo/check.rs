//! One message the whole way without a visitor: written, co-signed, drawn, judged, delivered, exported, verified. Says what happened
//! in ten lines, read back from the journal. Knows no rules.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::time::Duration;

use mic_engine::charter::Audience;
use mic_engine::command::{Content, MemberAct, VersionText};
use mic_engine::event::{Actor, DrawMade, Entry, Event, JuryClosed, Verdict};
use mic_engine::ids::{Number, ProposalNumber, Seq, Slot};
use mic_engine::state::State;
use mic_engine::wire;
use mic_proof::finding::{Finding, Weight};
use mic_proof::replay::Options;
use mic_proof::verify::verify_bundle;
use mic_store::contract::ENTRIES_PER_READ_MAX;
use tokio::time::{interval, timeout};

use super::cast::{self, GROUP_NAME, VISITOR, VISITOR_NAME};
use super::pace::{Stage, message};
use super::sink::Mailbox;
use super::visit::World;
use crate::app::export;
use crate::certificates::Certificate;
use crate::cli::{Exit, Failure, Screen, charter_rules};

/// Everything has to be done by then, in real time.
const PATIENCE: Duration = Duration::from_secs(50);
const LOOK_EVERY: Duration = Duration::from_millis(20);
const TITLE: &str = "The laundry stays open on Sundays";
const BODY: &str = "I asked the caretaker: the laundry in block A stays open on Sundays from 10 to 18 o'clock if one of us keeps the \
                    key. I take the first month. **Who takes the next?** Robin, Lindenhof 7";
/// Where the bundle lies in the data folder, when no other place is named.
const BUNDLE_FILE: &str = "demo.mic";

/// Plays it, tells it, and stops the server.
pub(super) async fn run(
    world: World,
    seed: u64,
    bundle: Option<&Path>,
    screen: &mut Screen<'_>,
) -> Result<Exit, Failure> {
    let told = timeout(PATIENCE, play(&world, seed, bundle, screen)).await;
    world.running.stop().await;
    drop(world.sink);
    let Ok(told) = told else {
        writeln!(screen.out, "bad: the message did not go the whole way within {PATIENCE:?}")?;
        return Ok(Exit::FoundBad);
    };
    told
}

async fn play(
    world: &World,
    seed: u64,
    bundle: Option<&Path>,
    screen: &mut Screen<'_>,
) -> Result<Exit, Failure> {
    let stage = &world.stage;
    let number = propose(stage).await?;
    stage.hurry(|state| state.closed.contains_key(&number)).await;
    let view = stage.app.view(stage.group).ok_or_else(|| Failure::fault("the group is gone"))?;
    let entries = entries(stage, number).await?;
    tell_the_way(&view.state, seed, number, &entries, screen)?;
    let broadcast = view.state.closed.get(&number).and_then(|closed| closed.broadcast);
    let Some(broadcast) = broadcast else {
        writeln!(screen.out, "bad: it did not become a broadcast")?;
        return Ok(Exit::FoundBad);
    };
    let members = view.state.roll.present();
    let certificate = delivered(stage, &world.mailbox, broadcast, members).await?;
    writeln!(
        screen.out,
        " 7. It is broadcast {broadcast}; its certificate has {} bytes.",
        certificate.len()
    )?;
    writeln!(
        screen.out,
        " 8. The mail server has it for {members} of {members} members, sent over SMTP."
    )?;
    let path = bundle.map_or_else(|| stage.app.config().data.join(BUNDLE_FILE), Path::to_owned);
    let (group, now, file) = (stage.group, stage.app.now(), File::create(&path)?);
    let written = stage
        .app
        .blocking(move |store| export(store, group, now, &mut BufWriter::new(file)))
        .await
        .map_err(Failure::fault)?;
    let (lines, path_shown) = (written.lines, path.display());
    writeln!(
        screen.out,
        " 9. The journal, {} entries in {lines} lines, is in {path_shown}",
        written.entries
    )?;
    verify(&path, screen)
}

/// The visitor, whom the program plays as well, has something to say.
async fn propose(stage: &Stage) -> Result<ProposalNumber, Failure> {
    let text = VersionText {
        title: TITLE.to_owned(),
        body: BODY.to_owned(),
        warning: String::new(),
        audience: Audience::Members,
        content: Content::Message,
    };
    let act = MemberAct::Open { process: message(), text };
    let reply = stage.app.act(stage.group, VISITOR, None, act).await;
    let reply = reply.map_err(|error| Failure::fault(format!("not opened: {error:?}")))?;
    reply.proposal.ok_or_else(|| Failure::fault("an opened proposal has no number"))
}

async fn entries(stage: &Stage, number: ProposalNumber) -> Result<Vec<Entry>, Failure> {
    let group = stage.group;
    let read = move |store: &dyn mic_store::Store| {
        store.entries_of_proposal(group, number, Seq(0), ENTRIES_PER_READ_MAX)
    };
    let stored = stage.app.blocking(read).await.map_err(Failure::fault)?;
    let entry = |bytes: &[u8]| {
        wire::from_bytes(bytes).map_err(|_| Failure::fault("an entry cannot be read back"))
    };
    stored.iter().map(|stored| entry(&stored.bytes)).collect()
}

fn tell_the_way(
    state: &State,
    seed: u64,
    number: ProposalNumber,
    entries: &[Entry],
    screen: &mut Screen<'_>,
) -> Result<(), Failure> {
    let out = &mut *screen.out;
    let (members, before) = (state.roll.present(), state.broadcasts.len().saturating_sub(1));
    writeln!(
        out,
        " 1. \"{GROUP_NAME}\", {members} members, all played (--seed {seed}); {before} messages went out before."
    )?;
    writeln!(out, " 2. {VISITOR_NAME} proposed \"{TITLE}\" (proposal {number}).")?;
    let mut cosigners = Vec::new();
    for Entry { actor, event, .. } in entries {
        if let (Actor::Member(slot), Event::Cosigned { .. }) = (actor, event) {
            cosigners.push(cast::name(*slot));
        }
    }
    writeln!(out, " 3. Co-signed by {}: exactly this text.", cosigners.join(" and "))?;
    let mut called = None;
    for Entry { event, .. } in entries {
        if let Event::DrawCalled(call) = event {
            called = Some(call);
        }
        if let (Some(call), Event::DrawMade(DrawMade { seated, .. })) = (called, event) {
            let (seats, may) = (call.seats, call.roll - call.excluded);
            let told = format!(
                " 4. {seats} seats, {may} who may serve: written down before round {} was known.",
                call.round
            );
            writeln!(out, "{told}")?;
            writeln!(out, " 5. Drawn: {}.", names(seated))?;
        }
        if let Event::JuryClosed(JuryClosed { yes, no, seats, verdict, .. }) = event {
            let verdict = match verdict {
                Verdict::Approved => "approved",
                Verdict::Declined => "declined",
                Verdict::Undecided => "undecided",
            };
            writeln!(out, " 6. {seats} seats, {yes} said yes, {no} said not now: {verdict}.")?;
        }
    }
    Ok(())
}

fn names(slots: &[Slot]) -> String {
    slots.iter().map(|slot| cast::name(*slot)).collect::<Vec<_>>().join(", ")
}

/// Waits until the certificate is there and everybody has the mail.
async fn delivered(
    stage: &Stage,
    mailbox: &Mailbox,
    broadcast: Number,
    members: u32,
) -> Result<String, Failure> {
    let mut look = interval(LOOK_EVERY);
    let (group, wanted) = (stage.group, usize::try_from(members).unwrap_or(usize::MAX));
    loop {
        look.tick().await;
        let found = stage.app.blocking(move |store| Certificate::of(store, group, broadcast)).await;
        let certificate = found.map_err(Failure::fault)?.file();
        if let Some(certificate) = certificate.filter(|_| mailbox.reached(TITLE) >= wanted) {
            return Ok(certificate);
        }
    }
}

fn verify(bundle: &Path, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let options = Options { charter_check: Some(&charter_rules), chains: &[], expected_key: None };
    let (mut findings, mut bad) = (0_u32, Vec::new());
    let mut tell = |finding: Finding| {
        findings += 1;
        if finding.weight == Weight::Bad {
            bad.push(finding.to_string());
        }
    };
    let open = || File::open(bundle).map(BufReader::new);
    let verdict = verify_bundle(open, &options, &mut tell).map_err(Failure::fault)?;
    for line in &bad {
        writeln!(screen.out, "{line}")?;
    }
    match verdict {
        None => {
            writeln!(screen.out, "10. Verified: {findings} findings, nothing bad.")?;
            Ok(Exit::Ok)
        }
        Some(code) => {
            writeln!(screen.out, "10. Refused: {code}")?;
            Ok(Exit::FoundBad)
        }
    }
}
