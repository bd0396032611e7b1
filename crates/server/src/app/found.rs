//! Founding a group: its keys are made and stored first, then its first entry is written.
//! Knows nothing of forms and of what makes a charter valid.

use mic_engine::command::Founding;
use mic_engine::event::BeaconKind;
use mic_engine::ids::{CommandKey, GroupId, Seq};
use mic_proof::beacon::LocalChain;
use mic_proof::hash::{Hash, Hasher};
use mic_proof::note::SigningKey;
use mic_store::Store;
use mic_store::contract::{Fault, GroupPrepared, GroupSecrets};
use tokio::sync::oneshot;

use super::{ActError, App, NewGroup};
use crate::config::BeaconConfig;
use crate::drive::Signal;

impl App {
    /// Founds a group. Sent again under the same key it is the same group.
    pub async fn found(
        &self,
        key: Option<CommandKey>,
        founding: NewGroup,
    ) -> Result<GroupId, ActError> {
        let key = key.unwrap_or_else(|| CommandKey(self.random()));
        let group = group_of(key);
        let secrets = GroupSecrets { signing_seed: self.random(), beacon_secret: self.random() };
        let now = self.now();
        let prepared = self.blocking(move |store| prepare(store, group, &secrets, now)).await;
        let secrets = match prepared {
            Ok(Prepared::Empty(secrets)) => secrets,
            Ok(Prepared::Founded) => return self.founded_before(group).await,
            Err(fault) => {
                tracing::error!(event = "found.prepare_failed", %fault);
                return Err(ActError::NotSaved);
            }
        };
        let outcome = self.write_founding(group, &secrets, founding).await;
        if outcome.is_err() {
            return self.after_doubt(group, outcome).await;
        }
        Ok(group)
    }

    async fn write_founding(
        &self,
        group: GroupId,
        secrets: &GroupSecrets,
        founding: NewGroup,
    ) -> Result<(), ActError> {
        let secret = secrets.beacon_secret;
        let (beacon, chain) = match &self.config().beacon {
            BeaconConfig::Local => {
                let anchor = self.blocking(move |_| LocalChain::new(&secret).anchor()).await;
                (BeaconKind::Local, anchor)
            }
            BeaconConfig::Drand { chain, .. } => (BeaconKind::Drand, chain.chain().hash()),
        };
        let key = SigningKey::from_seed(&secrets.signing_seed);
        let founding = Founding {
            group,
            origin: journal_origin(self, group),
            key: *key.verifying_key().as_bytes(),
            charter_text: founding.charter_text,
            profile: founding.profile,
            members: founding.members,
            beacon,
            chain,
        };
        self.ask(|answer| Signal::Found {
            founding: Box::new(founding),
            key: Box::new(key),
            answer,
        })
        .await
        .map(|_| ())
    }

    /// The first entry may have been written although nobody could say so: the journal tells.
    async fn after_doubt(
        &self,
        group: GroupId,
        outcome: Result<(), ActError>,
    ) -> Result<GroupId, ActError> {
        match self.blocking(move |store| store.length(group)).await {
            Ok(Seq(0)) => {
                let dropped = self.blocking(move |store| store.drop_unfounded(group)).await;
                if let Err(fault) = dropped {
                    tracing::warn!(event = "found.not_tidied", %fault);
                }
                outcome.map(|()| group)
            }
            Ok(_) => self.founded_before(group).await,
            Err(_) => Err(ActError::NotSaved),
        }
    }

    async fn founded_before(&self, group: GroupId) -> Result<GroupId, ActError> {
        if self.view(group).is_some() {
            return Ok(group);
        }
        let (answer, answered) = oneshot::channel();
        self.0.driver.send(Signal::Load { group, answer }).map_err(|_| ActError::Busy)?;
        match answered.await {
            Ok(true) => Ok(group),
            Ok(false) | Err(_) => Err(ActError::NotSaved),
        }
    }
}

enum Prepared {
    /// There is room, with these secrets: new ones, or those of an attempt that did not come to its end.
    Empty(GroupSecrets),
    Founded,
}

fn prepare(
    store: &dyn Store,
    group: GroupId,
    secrets: &GroupSecrets,
    now: mic_engine::ids::LogTime,
) -> Result<Prepared, Fault> {
    match store.prepare_group(group, &group.to_string(), false, secrets, now)? {
        GroupPrepared::Prepared => Ok(Prepared::Empty(secrets.clone())),
        GroupPrepared::Exists | GroupPrepared::SlugTaken => {
            if store.length(group)? > Seq(0) {
                return Ok(Prepared::Founded);
            }
            let stored = store.group_secrets(group)?;
            stored.map(Prepared::Empty).ok_or_else(|| Fault::Corrupt("a group without keys".into()))
        }
    }
}

/// A group's name follows from the key of the act that founds it, so that a repeated act finds the same group. The key is random.
fn group_of(key: CommandKey) -> GroupId {
    let Hash(bytes) = Hasher::new("mic-check/group/v1\n").chain(key.0).finish();
    let mut id = [0; 16];
    id.copy_from_slice(&bytes[..16]);
    GroupId(id)
}

/// First line of the group's checkpoints: where its journal is served, without the scheme (C2SP tlog-checkpoint).
fn journal_origin(app: &App, group: GroupId) -> String {
    format!("{}/log/{group}", app.config().origin.authority())
}
