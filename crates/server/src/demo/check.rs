//! The whole way without a browser: the fortieth member writes, others co-sign, a jury is drawn and decides, the mail arrives, and
//! the exported journal is verified. Looks only at what a member sees. Knows no store beyond the export.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::time::Duration;

use mic_engine::charter::{Audience, Id};
use mic_engine::command::{BallotForm, MemberAct, VersionText};
use mic_engine::event::{Ending, NonceFrom};
use mic_engine::ids::{GroupId, Number, ProposalNumber};
use mic_engine::node::View;
use mic_proof::finding::{Finding, Weight};
use mic_proof::replay::Options;
use mic_proof::verify::verify_bundle;

use super::sink::Mailbox;
use super::{MEMBERS, VISITOR};
use crate::app::{App, export};
use crate::cli::{Exit, Failure, Screen, charter_rules};

/// Everything has to be done by then, in real time.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK_EVERY: Duration = Duration::from_millis(25);
const TITLE: &str = "We meet at the depot on Friday";

pub(super) async fn run(
    app: &App,
    group: GroupId,
    mailbox: &Mailbox,
    bundle: &Path,
    screen: &mut Screen<'_>,
) -> Result<Exit, Failure> {
    let Ok(number) = tokio::time::timeout(PATIENCE, whole_way(app, group, mailbox)).await else {
        writeln!(screen.out, "bad: no message went the whole way within {PATIENCE:?}")?;
        return Ok(Exit::FoundBad);
    };
    writeln!(screen.out, "ok: broadcast {} reached the mailbox", number?)?;
    writeln!(screen.out, "ok: {} mails were taken in all", mailbox.taken())?;
    let (path, now) = (bundle.to_owned(), app.now());
    app.blocking(move |store| {
        let file = File::create(&path).map_err(Failure::fault)?;
        let done = export(store, group, now, &mut BufWriter::new(file));
        done.map_err(Failure::fault)
    })
    .await?;
    verify(bundle, screen)
}

/// Proposes, serves on juries when drawn, proposes again when declined; returns when a broadcast of ours has arrived everywhere.
async fn whole_way(app: &App, group: GroupId, mailbox: &Mailbox) -> Result<Number, Failure> {
    let mut ours: Option<ProposalNumber> = None;
    loop {
        let Some(view) = app.view(group) else { return Err(Failure::fault("the group is gone")) };
        serve(app, group, &view).await;
        let ended = ours.and_then(|number| view.state.closed.get(&number));
        match (ours, ended.map(|closed| (closed.ending, closed.broadcast))) {
            (None, _) => ours = Some(propose(app, group).await?),
            (Some(_), Some((Ending::Done, Some(number)))) => {
                if arrived(app, group, mailbox, number).await? {
                    return Ok(number);
                }
            }
            (Some(_), Some(_)) => ours = None,
            (Some(_), None) => {}
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// In the visitor's mailbox, and settled for everybody.
async fn arrived(
    app: &App,
    group: GroupId,
    mailbox: &Mailbox,
    number: Number,
) -> Result<bool, Failure> {
    let notice = mic_engine::parcel::Notice::Broadcast { number };
    let progress = app.blocking(move |store| store.progress(group, notice)).await;
    let done = progress.map_err(Failure::fault)?.done == u64::from(MEMBERS);
    Ok(done && mailbox.newest_first().iter().any(|mail| mail.subject.contains(TITLE)))
}

async fn propose(app: &App, group: GroupId) -> Result<ProposalNumber, Failure> {
    let process = Id::parse("message").expect("an id of the charter language");
    let text = VersionText {
        title: TITLE.to_owned(),
        body: "At **six**, by the old gate. Bring your keys.".to_owned(),
        warning: String::new(),
        audience: Audience::Public,
        candidate: None,
    };
    let done = app.act(group, VISITOR, None, MemberAct::Open { process, text }).await;
    let reply = done.map_err(|error| Failure::fault(format!("{error:?}")))?;
    reply.proposal.ok_or_else(|| Failure::fault("a proposal without a number"))
}

/// Drawn like everybody, the fortieth member answers, too.
async fn serve(app: &App, group: GroupId, view: &View) {
    for open in view.state.duties(VISITOR) {
        let Some(jury) = open.jury() else { continue };
        let ballot = BallotForm {
            draw: jury.inputs_hash,
            yes: true,
            nonce: format!("my own words {}", open.number),
            nonce_from: NonceFrom::Words,
            blind: app.random(),
            reason: String::new(),
        };
        let act = MemberAct::Cast { proposal: open.number, ballot };
        if let Err(error) = app.act(group, VISITOR, None, act).await {
            // The seat passed on in between; the next one counts.
            tracing::debug!(event = "demo.not_cast", ?error);
        }
    }
}

fn verify(bundle: &Path, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let options = Options { charter_check: Some(&charter_rules), ..Options::new() };
    let mut bad = Vec::new();
    let mut tell = |finding: Finding| {
        if finding.weight == Weight::Bad {
            bad.push(finding.to_string());
        }
    };
    let verdict = verify_bundle(|| File::open(bundle).map(BufReader::new), &options, &mut tell)
        .map_err(Failure::fault)?;
    for finding in bad {
        writeln!(screen.out, "{finding}")?;
    }
    match verdict {
        None => {
            writeln!(screen.out, "ok: the exported journal is accepted")?;
            Ok(Exit::Ok)
        }
        Some(code) => {
            writeln!(screen.out, "bad: the exported journal is refused: {code}")?;
            Ok(Exit::FoundBad)
        }
    }
}
