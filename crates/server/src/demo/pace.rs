//! Lets the played members act: at the group's pace while somebody watches, or by letting time jump to whatever comes next while
//! nobody does. Everything they do goes the way of every member's act. Knows nothing of what they want (`players.rs`).

use std::time::Duration;

use mic_engine::charter::Id;
use mic_engine::command::{BallotForm, Content, MemberAct, VersionText};
use mic_engine::event::{NonceFrom, RecourseChoice};
use mic_engine::ids::{GroupId, LogTime, Slot};
use mic_engine::stages::jury::draw::{DRAW_LEAD, waiting};
use mic_engine::state::State;
use mic_proof::hash::hex;
use mic_store::contract::Fault;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::cast::VISITOR;
use super::players::{Plan, Players, What};
use super::sayings::Saying;
use crate::app::{ActError, App, asked_to_stop};

/// The group is looked at so often, in real time, at least.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// The same where time jumps.
const MOVED_EVERY: Duration = Duration::from_millis(2);

/// The played members of one group.
#[derive(Clone)]
pub(super) struct Stage {
    pub(super) app: App,
    pub(super) group: GroupId,
    pub(super) players: Players,
}

impl Stage {
    /// Plays at the group's pace until the server stops.
    pub(super) async fn play(self, mut stop: watch::Receiver<bool>) {
        let mut visitor_since = None;
        loop {
            if visitor_since.is_none() {
                visitor_since = self.visitor_came().await;
            }
            let next = match self.app.view(self.group) {
                Some(view) => self.do_what_is_due(&view.state, visitor_since).await,
                None => None,
            };
            let pause = next.map_or(LOOK_EVERY, |at| self.app.clock().until(at).min(LOOK_EVERY));
            if timeout(pause, asked_to_stop(&mut stop)).await.is_ok() {
                return;
            }
        }
    }

    /// Lets time jump from one thing to the next until the group is where it is wanted. Whoever calls sets a limit.
    pub(super) async fn hurry(&self, arrived: impl Fn(&State) -> bool) {
        let mut look = interval(MOVED_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let Some(view) = self.app.view(self.group) else { return };
            let state = &view.state;
            if arrived(state) {
                return;
            }
            let before = state.position;
            let next = self.do_what_is_due(state, None).await;
            let draws = waiting(state).map(|draw| draw.slot_at.after(DRAW_LEAD));
            let due = next.into_iter().chain(state.next_due()).chain(draws).min();
            self.hear_from_the_driver().await;
            if let Some(due) = due.filter(|_| self.stands_at(before)) {
                self.app.clock().go_on_from(due);
                self.hear_from_the_driver().await;
            }
            look.tick().await;
        }
    }

    /// Does what is due and says when the next thing is.
    async fn do_what_is_due(
        &self,
        state: &State,
        visitor_since: Option<LogTime>,
    ) -> Option<LogTime> {
        let now = self.app.now();
        let (due, later): (Vec<Plan>, Vec<Plan>) =
            self.players.plans(state, visitor_since).into_iter().partition(|plan| plan.at <= now);
        for plan in due {
            self.perform(plan).await;
        }
        later.iter().map(|plan| plan.at).min()
    }

    async fn perform(&self, plan: Plan) {
        let act = match plan.what {
            What::Open(saying) => {
                MemberAct::Open { process: message(), text: text(saying, saying.body) }
            }
            What::Cosign { proposal, version } => MemberAct::Cosign { proposal, version },
            What::Cast { proposal, draw, yes, reason } => MemberAct::Cast {
                proposal,
                ballot: BallotForm {
                    draw,
                    yes,
                    nonce: hex(&self.app.random::<16>()),
                    nonce_from: NonceFrom::Server,
                    blind: self.app.random(),
                    reason: reason.to_owned(),
                },
            },
            What::Aside { proposal } => MemberAct::Aside { proposal },
            What::Recourse { proposal, choice, saying } => {
                let better = saying.revised.filter(|_| choice == RecourseChoice::Revise);
                let text = better.map(|body| text(saying, body));
                MemberAct::Recourse { proposal, choice, text }
            }
        };
        match self.app.act(self.group, plan.slot, None, act).await {
            Ok(_) => {}
            // Somebody was faster, or the time was over: as among people.
            Err(ActError::Refused(refusal)) => {
                tracing::debug!(event = "demo.refused", refusal = refusal.key());
            }
            Err(ActError::Busy | ActError::NotSaved) => tracing::warn!(event = "demo.not_saved"),
        }
    }

    fn stands_at(&self, position: mic_engine::ids::Seq) -> bool {
        self.app.view(self.group).is_some_and(|view| view.state.position == position)
    }

    /// A question that changes nothing. Once it is answered, all that was asked before is done, checkpoints included, which have to be
    /// out before the time of a draw comes; and a driver that slept until then has looked at its clock again.
    async fn hear_from_the_driver(&self) {
        let _not_paused = self.app.act(self.group, Slot(0), None, MemberAct::Resume).await;
    }

    /// The visitor has pressed the button: now, as far as the others know.
    async fn visitor_came(&self) -> Option<LogTime> {
        let group = self.group;
        let record = self.app.blocking(move |store| store.person(group, VISITOR)).await;
        match record {
            Ok(record) => record?.last_active.map(|_| self.app.now()),
            Err(fault) => {
                let fault: Fault = fault;
                tracing::warn!(event = "demo.visitor_unknown", %fault);
                None
            }
        }
    }
}

/// The process by which messages go out.
pub(super) fn message() -> Id {
    Id::parse("message").expect("an id of the charter language")
}

fn text(saying: &Saying, body: &str) -> VersionText {
    VersionText {
        title: saying.title.to_owned(),
        body: body.to_owned(),
        warning: String::new(),
        audience: saying.audience,
        content: Content::Message,
    }
}
