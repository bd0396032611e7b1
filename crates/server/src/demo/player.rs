//! The 39: they write, co-sign and judge as people would, some time after there was something to do. Everything they do goes the
//! way of every member's act. What they choose follows from hashes, so that a run can be told again. Knows no store.

use std::time::Duration;

use mic_engine::charter::{Audience, Id};
use mic_engine::command::{BallotForm, MemberAct, VersionText};
use mic_engine::event::{NonceFrom, RecourseChoice};
use mic_engine::ids::{GroupId, LogTime, ProposalNumber, Slot, Span};
use mic_engine::node::View;
use mic_engine::state::proposal::{Proposal, Stand};
use mic_proof::hash::{Hash, Hasher};
use tokio::sync::watch;

use super::VISITOR;
use super::cast::{NONCES, PLAYED, REASONS, TEXTS};
use crate::app::{ActError, App, asked_to_stop};

/// Who watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// A visitor, who has to be able to follow.
    Watched,
    /// Nobody.
    Headless,
}

/// Members who read proposals and may co-sign one: enough of them do, one after the other.
const READERS: u32 = 4;
/// Proposals of played members that run at once.
const RUNNING_MAX: usize = 2;

/// Plays until the server stops.
pub(super) async fn play(app: App, group: GroupId, pace: Pace, mut stop: watch::Receiver<bool>) {
    let played = Played { app, group, pace };
    loop {
        if let Some(view) = played.app.view(group) {
            played.look(&view).await;
        }
        tokio::select! {
            () = tokio::time::sleep(pace.look_every()) => {}
            () = asked_to_stop(&mut stop) => return,
        }
    }
}

struct Played {
    app: App,
    group: GroupId,
    pace: Pace,
}

impl Pace {
    fn look_every(self) -> Duration {
        match self {
            Self::Watched => Duration::from_millis(700),
            Self::Headless => Duration::from_millis(20),
        }
    }

    /// Between these many milliseconds of real time somebody needs for something.
    fn needs(self) -> (u64, u64) {
        match self {
            Self::Watched => (5_000, 35_000),
            Self::Headless => (20, 200),
        }
    }
}

impl Played {
    async fn look(&self, view: &View) {
        for open in view.state.open.values() {
            match &open.stand {
                Stand::Cosign => self.cosign(open).await,
                Stand::Jury(_) => self.judge(open).await,
                Stand::Recourse { taken: None } => self.answer(open).await,
                Stand::Recourse { taken: Some(_) } | Stand::Wait | Stand::Between(_) => {}
            }
        }
        self.write(view).await;
    }

    /// A few members read what is new; those who come first co-sign.
    async fn cosign(&self, open: &Proposal) {
        for nth in 0..READERS {
            let pick =
                self.chance("reader", open.number, u64::from(nth) + (u64::from(open.step.0) << 8));
            let slot = played_slot(pick);
            let since = open.versions.last().map_or(open.entered_at, |version| version.at);
            let had_time = self.had_time(since.max(open.entered_at), pick >> 8);
            if slot == open.author || open.cosigners.contains(&slot) || !had_time {
                continue;
            }
            let (proposal, version) = (open.number, open.version);
            return self.act(slot, MemberAct::Cosign { proposal, version }).await;
        }
    }

    /// Jurors answer some time after they were called.
    async fn judge(&self, open: &Proposal) {
        let Some(jury) = open.jury() else { return };
        let Some(sitting) = jury.sitting.as_ref().filter(|sitting| !sitting.closed) else { return };
        for seat in sitting.silent().filter(|seat| is_played(seat.slot)) {
            let pick = self.chance("juror", open.number, u64::from(seat.slot.0));
            if self.had_time(seat.called_at, pick) {
                let yes = (pick >> 24) % 10 < Self::appeal(open);
                let ballot = self.ballot(open.number, seat.slot, jury.inputs_hash, yes);
                self.act(seat.slot, MemberAct::Cast { proposal: open.number, ballot }).await;
            }
        }
    }

    /// Who was declined accepts it, or asks a larger jury.
    async fn answer(&self, open: &Proposal) {
        let pick = self.chance("answer", open.number, u64::from(open.step.0));
        if !is_played(open.author) || !self.had_time(open.entered_at, pick) {
            return;
        }
        let appeals = (pick >> 24).is_multiple_of(2) && !open.appealed;
        let choice = if appeals { RecourseChoice::Appeal } else { RecourseChoice::Accept };
        let act = MemberAct::Recourse { proposal: open.number, choice, text: None };
        self.act(open.author, act).await;
    }

    /// There is always something going on, so that the visitor is drawn soon: by a real draw, like everybody.
    async fn write(&self, view: &View) {
        let running = view.state.open.values().filter(|open| is_played(open.author)).count();
        let nth = u64::from(view.state.next_proposal.0);
        let newest = view.state.open.values().map(|open| open.opened_at).max();
        let newest = newest.unwrap_or(view.state.founded_at);
        if running >= RUNNING_MAX
            || !self.had_time(newest, self.chance("pause", ProposalNumber(0), nth))
        {
            return;
        }
        let text = &TEXTS[usize::try_from(nth).unwrap_or(0) % TEXTS.len()];
        let author = played_slot(self.chance("author", ProposalNumber(0), nth));
        let process = Id::parse("message").expect("an id of the charter language");
        let text = VersionText {
            title: text.title.to_owned(),
            body: text.body.to_owned(),
            warning: String::new(),
            audience: Audience::Members,
            candidate: None,
        };
        self.act(author, MemberAct::Open { process, text }).await;
    }

    /// How many of ten would say yes: a played text has its own appeal, the visitor's is judged kindly.
    fn appeal(open: &Proposal) -> u64 {
        if !is_played(open.author) {
            return 9;
        }
        let nth = usize::try_from(open.number.0).unwrap_or(0) % TEXTS.len();
        TEXTS[nth].appeal
    }

    fn ballot(&self, number: ProposalNumber, slot: Slot, draw: Hash, yes: bool) -> BallotForm {
        let pick = self.chance("words", number, u64::from(slot.0));
        let word = |shift: u32, list: &[&'static str]| {
            let count = u64::try_from(list.len()).unwrap_or(1);
            list[usize::try_from((pick >> shift) % count).unwrap_or(0)]
        };
        let nonce = format!("{} {} {}", word(0, &NONCES), word(16, &NONCES), slot);
        let reason = if yes { "" } else { word(32, &REASONS) };
        BallotForm {
            draw,
            yes,
            nonce,
            nonce_from: NonceFrom::Server,
            blind: self.app.random(),
            reason: reason.to_owned(),
        }
    }

    /// Whether enough real time has passed since a moment of the group's clock.
    fn had_time(&self, since: LogTime, pick: u64) -> bool {
        let (least, most) = self.pace.needs();
        let real_ms = least + pick % (most - least);
        let waited = Span(real_ms * self.app.clock().factor());
        self.app.now() >= since.after(waited)
    }

    async fn act(&self, slot: Slot, act: MemberAct) {
        match self.app.act(self.group, slot, None, act).await {
            // Somebody was faster, the time was over: as among people.
            Ok(_) | Err(ActError::Refused(_) | ActError::Busy) => {}
            Err(ActError::NotSaved) => tracing::warn!(event = "demo.not_saved"),
        }
    }

    /// A number that is always the same for the same question.
    fn chance(&self, what: &str, number: ProposalNumber, nth: u64) -> u64 {
        let hash = Hasher::new("mic-check/demo/v1\n").chain(self.group.0).chain(what);
        let Hash(bytes) = hash.chain(number.0.to_be_bytes()).chain(nth.to_be_bytes()).finish();
        let mut start = [0; 8];
        start.copy_from_slice(&bytes[..8]);
        u64::from_be_bytes(start)
    }
}

fn is_played(slot: Slot) -> bool {
    slot != VISITOR
}

fn played_slot(pick: u64) -> Slot {
    let count = u64::try_from(PLAYED.len()).unwrap_or(1);
    Slot(u32::try_from(pick % count).unwrap_or(0))
}
