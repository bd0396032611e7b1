//! A group of sixty that broadcasts two messages, run by the real driver on a real database with a clock that runs fast: what
//! forgers start from. It knows nothing of pages and mail, and nothing of forging.

use std::io::{Error, Result};
use std::sync::Arc;
use std::time::Duration;

use mic::app::{ActError, App, NewGroup, Parts, export, open_store, system_entropy};
use mic::clock::Clock;
use mic::config::Settings;
use mic_engine::append::Person;
use mic_engine::charter::{Audience, Id};
use mic_engine::command::{BallotForm, Content, MemberAct, Profile, VersionText};
use mic_engine::event::NonceFrom;
use mic_engine::ids::{GroupId, Number, ProposalNumber, Slot};
use mic_proof::note::SigningKey;

use crate::rig::patience::ask_until;

/// An hour of the group passes in this many milliseconds: 1,800.
const FACTOR: u64 = 2_000;
/// Draws are made at most 70 minutes of group time after they were called.
const WAIT_MAX: Duration = Duration::from_mins(1);
const MEMBERS: u32 = 60;
const CHARTER: &str = include_str!("../../../../../charters/default.toml");

/// A journal as it was exported, and the key that signs its checkpoints.
pub(super) struct History {
    pub(super) bundle: Vec<u8>,
    pub(super) key: SigningKey,
}

impl History {
    /// Lives through it, which takes some seconds.
    pub(super) async fn live() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let data = Some(folder.path().join("data"));
        let config = Settings { data, ..Settings::default() }.check().map_err(Error::other)?;
        let entropy = system_entropy();
        let store = open_store(&config, &entropy).map_err(Error::other)?;
        let parts = Parts {
            config,
            clock: Clock::fast(FACTOR),
            store: Arc::new(store),
            entropy,
            screen: Arc::new(|_| {}),
        };
        let running = App::start(parts).await.map_err(Error::other)?;
        let lived = Group::live(running.app()).await;
        running.stop().await;
        lived
    }
}

struct Group<'a> {
    app: &'a App,
    id: GroupId,
}

impl Group<'_> {
    async fn live(app: &App) -> Result<History> {
        let id = app.found(None, founding()).await.map_err(refused)?;
        let group = Group { app, id };
        let first = group.open(Slot(0), "The depot meeting moves to Thursday").await?;
        let second = group.open(Slot(1), "Legal help is there, every Friday").await?;
        for (proposal, cosigner) in [(first, 2), (first, 3), (second, 4), (second, 5)] {
            group.cosign(proposal, Slot(cosigner)).await?;
        }
        for proposal in [first, second] {
            group.judge(proposal).await?;
        }
        for number in [Number(1), Number(2)] {
            group.await_certificate(number)?;
        }
        let mut bundle = Vec::new();
        export(app.store(), id, app.now(), &mut bundle).map_err(Error::other)?;
        let secrets = app.store().group_secrets(id).map_err(Error::other)?;
        let secrets = secrets.ok_or_else(|| Error::other("a group without keys"))?;
        Ok(History { bundle, key: SigningKey::from_seed(&secrets.signing_seed) })
    }

    async fn act(&self, slot: Slot, act: MemberAct) -> Result<Option<ProposalNumber>> {
        let reply = self.app.act(self.id, slot, None, act).await.map_err(refused)?;
        Ok(reply.proposal)
    }

    async fn open(&self, author: Slot, title: &str) -> Result<ProposalNumber> {
        let process = Id::parse("message").ok_or_else(|| Error::other("no such process"))?;
        let text = VersionText {
            title: title.to_owned(),
            body: "Everybody should know.".to_owned(),
            warning: String::new(),
            audience: Audience::Members,
            content: Content::Message,
        };
        let opened = self.act(author, MemberAct::Open { process, text }).await?;
        opened.ok_or_else(|| Error::other("opened without a number"))
    }

    async fn cosign(&self, proposal: ProposalNumber, slot: Slot) -> Result<()> {
        let version =
            self.app.view(self.id).and_then(|view| Some(view.state.proposal(proposal)?.version));
        let version = version.ok_or_else(|| Error::other("no such proposal"))?;
        self.act(slot, MemberAct::Cosign { proposal, version }).await.map(drop)
    }

    /// Waits for the draw; all jurors but one say yes, in words of their own.
    async fn judge(&self, proposal: ProposalNumber) -> Result<()> {
        let seated = ask_until(WAIT_MAX, || {
            let view = self.app.view(self.id)?;
            let jury = view.state.proposal(proposal)?.jury()?;
            let seats = jury.sitting.as_ref()?.seats.iter().map(|seat| seat.slot).collect();
            Some((jury.inputs_hash, seats))
        });
        let (draw, seats): (_, Vec<Slot>) =
            seated.ok_or_else(|| Error::other("no draw was made"))?;
        for (nth, slot) in seats.into_iter().enumerate() {
            let ballot = BallotForm {
                draw,
                yes: nth > 0,
                nonce: format!("pears at dusk, {nth}"),
                nonce_from: NonceFrom::Words,
                blind: self.app.random(),
                reason: String::new(),
            };
            self.act(slot, MemberAct::Cast { proposal, ballot }).await?;
        }
        Ok(())
    }

    fn await_certificate(&self, number: Number) -> Result<()> {
        let there = || self.app.store().certificate(self.id, number).transpose();
        let certificate = ask_until(WAIT_MAX, there);
        certificate.ok_or_else(|| Error::other("no certificate"))?.map(drop).map_err(Error::other)
    }
}

fn founding() -> NewGroup {
    let member = |number: u32| Person {
        name: format!("Member {number}"),
        email: format!("member{number}@example.test"),
        language: "en".to_owned(),
    };
    NewGroup {
        profile: Profile {
            name: "Tram Workers".to_owned(),
            purpose: "Fewer cars, more trams.".to_owned(),
            language: "en".to_owned(),
        },
        charter_text: CHARTER.to_owned(),
        members: (0..MEMBERS).map(member).collect(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "map_err gives it away")]
fn refused(error: ActError) -> Error {
    Error::other(format!("{error:?}"))
}
