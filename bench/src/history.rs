//! A group with a long history: the engine decides every act, the store keeps every batch, as in a running server.
//! Only time is made up, and the parcels are left out: nobody is to be mailed.

use std::path::Path;

use mic::config::Config;
use mic_engine::append::{Append, AppendOutcome, Person};
use mic_engine::batch::{Batch, Carried, Entropy, Facts, Published, Vault};
use mic_engine::charter::{Audience, Id};
use mic_engine::command::{
    BallotForm, Command, Content, Founding, MemberAct, Profile, VersionText,
};
use mic_engine::event::{BeaconKind, NonceFrom};
use mic_engine::found::found;
use mic_engine::ids::{GroupId, LogTime, ProposalNumber, Slot, Span};
use mic_engine::process::decide;
use mic_engine::state::State;
use mic_proof::beacon::LocalChain;
use mic_proof::hash::{Hash, sha256};
use mic_proof::note::{Checkpoint, SigningKey, sign_checkpoint};
use mic_store::Store;
use mic_store::contract::{GroupSecrets, Groups};

pub(crate) const GROUP: GroupId = GroupId([9; 16]);
/// 2025-01-06T00:00:00Z.
const START: LogTime = LogTime(1_736_121_600_000);
const SECRETS: GroupSecrets = GroupSecrets { signing_seed: [1; 32], beacon_secret: [2; 32] };
/// Every so many proposals one goes the whole way through a jury.
const JURY_EVERY: u64 = 20;
/// Batches that are kept with one sync while the history is made.
const BATCHES_PER_APPEND: usize = 200;

/// Makes a data folder with one group of `members` and at least `entries` entries.
pub(crate) fn make(
    folder: &Path,
    members: u32,
    entries: u64,
) -> Result<(), Box<dyn std::error::Error>> {
    let config = Config { data: folder.to_owned(), ..Config::default() };
    let store = mic::app::open_store(&config, &mic::app::system_entropy())?;
    let chain = LocalChain::new(&SECRETS.beacon_secret);
    let key = SigningKey::from_seed(&SECRETS.signing_seed);
    store.prepare_group(GROUP, "bench", false, &SECRETS, START)?;
    let (state, append) = found(founding(members, &chain, &key), START, &Entropy([3; 32]))
        .map_err(|refusal| format!("founding: {refusal:?}"))?;
    keep(&store, &mut vec![append])?;
    let mut history = History::new(state, key, links(&chain), members);
    let mut waiting = Vec::new();
    while history.state.position.0 < entries {
        waiting.extend(history.next_proposal());
        if waiting.len() >= BATCHES_PER_APPEND {
            keep(&store, &mut waiting)?;
        }
    }
    keep(&store, &mut waiting)
}

struct History {
    state: State,
    vault: Vault,
    carried: Carried,
    facts: Facts,
    key: SigningKey,
    links: Vec<Hash>,
    members: u32,
    now: LogTime,
    turn: u64,
    proposals: u64,
    appends: Vec<Append>,
}

impl History {
    fn new(state: State, key: SigningKey, links: Vec<Hash>, members: u32) -> Self {
        Self {
            state,
            vault: Vault::new(),
            carried: Carried::default(),
            facts: Facts::default(),
            key,
            links,
            members,
            now: START,
            turn: 0,
            proposals: 0,
            appends: Vec::new(),
        }
    }

    /// One proposal from its opening to its end.
    fn next_proposal(&mut self) -> Vec<Append> {
        self.proposals += 1;
        let number = self.state.next_proposal;
        let author = self.somebody(0);
        let (first, second) = (self.somebody(1), self.somebody(2));
        let process = Id::parse("message").expect("an id");
        let text = VersionText {
            title: format!("Message {number}"),
            body: format!("What everybody should know, number {number}."),
            warning: String::new(),
            audience: Audience::Members,
            content: Content::Message,
        };
        self.act(author, MemberAct::Open { process, text });
        let Some(version) = self.state.proposal(number).map(|open| open.version) else {
            return std::mem::take(&mut self.appends);
        };
        if self.proposals.is_multiple_of(JURY_EVERY) {
            self.act(first, MemberAct::Cosign { proposal: number, version });
            self.act(second, MemberAct::Cosign { proposal: number, version });
            self.judge(number);
        } else {
            for _ in 0..4 {
                self.act(first, MemberAct::Cosign { proposal: number, version });
                self.act(first, MemberAct::WithdrawCosign { proposal: number });
            }
            self.act(author, MemberAct::Withdraw { proposal: number });
        }
        std::mem::take(&mut self.appends)
    }

    fn judge(&mut self, number: ProposalNumber) {
        let checkpoint = Checkpoint {
            origin: self.state.founded.origin.clone(),
            size: self.state.position.0,
            root: self.state.tree.root(),
        };
        let note = sign_checkpoint(&checkpoint, &self.key);
        self.facts.published = vec![Published { size: checkpoint.size, note, at: self.now }];
        let Some(call) =
            self.state.proposal(number).and_then(|open| open.jury()).map(|jury| jury.call.clone())
        else {
            return;
        };
        self.now = call.slot_at.after(Span::minutes(1));
        let index = usize::try_from(call.round - 1).expect("small");
        let signature = self.links[index].as_bytes().to_vec();
        self.decide(&Command::Beacon { round: call.round, signature });
        let draw = self.state.proposal(number).and_then(|open| open.jury()).map(|j| j.inputs_hash);
        let sitting = |state: &State| {
            let jury = state.proposal(number)?.jury()?.sitting.clone()?;
            Some(jury.seats.iter().map(|seat| seat.slot).collect::<Vec<_>>())
        };
        for slot in sitting(&self.state).unwrap_or_default() {
            let ballot = BallotForm {
                draw: draw.unwrap_or(Hash::ZERO),
                yes: true,
                nonce: format!("words of {slot}"),
                nonce_from: NonceFrom::Server,
                blind: sha256(&self.turn.to_be_bytes()).0,
                reason: String::new(),
            };
            self.act(slot, MemberAct::Cast { proposal: number, ballot });
        }
    }

    fn act(&mut self, slot: Slot, act: MemberAct) {
        self.decide(&Command::Member { slot, act });
    }

    fn decide(&mut self, command: &Command) {
        self.turn += 1;
        self.now = self.now.after(Span(2_000));
        let entropy = Entropy(sha256(&self.turn.to_be_bytes()).0);
        let mut batch =
            Batch::new(&self.state, &self.vault, &self.carried, &self.facts, self.now, entropy);
        decide(&mut batch, command).expect("the history keeps to the rules");
        batch.append.parcels.clear();
        self.state = batch.state;
        self.vault = batch.vault;
        self.appends.push(batch.append);
    }

    /// A member who differs from turn to turn.
    fn somebody(&self, which: u64) -> Slot {
        let step = u64::from(self.members / 3).max(1);
        let slot = (self.proposals * 7 + which * step) % u64::from(self.members);
        Slot(u32::try_from(slot).expect("below the number of members"))
    }
}

fn keep(store: &dyn Store, waiting: &mut Vec<Append>) -> Result<(), Box<dyn std::error::Error>> {
    let outcomes = store.append(waiting)?;
    waiting.clear();
    match outcomes.iter().find(|outcome| **outcome != AppendOutcome::Committed) {
        None => Ok(()),
        Some(outcome) => Err(format!("an append came back as {outcome:?}").into()),
    }
}

fn founding(members: u32, chain: &LocalChain, key: &SigningKey) -> Founding {
    let person = |number: u32| Person {
        name: format!("Person {number}"),
        email: format!("person{number}@example.test"),
        language: "en".to_owned(),
    };
    Founding {
        group: GROUP,
        origin: "localhost/bench".to_owned(),
        key: *key.verifying_key().as_bytes(),
        charter_text: include_str!("../../charters/default.toml").to_owned(),
        profile: Profile {
            name: "Bench".to_owned(),
            purpose: "To be measured".to_owned(),
            language: "en".to_owned(),
        },
        members: (0..members).map(person).collect(),
        beacon: BeaconKind::Local,
        chain: chain.anchor(),
    }
}

/// All links, computed once: from the last one down, as the chain is made.
fn links(chain: &LocalChain) -> Vec<Hash> {
    let last = mic_proof::beacon::LOCAL_LINKS_MAX;
    let mut link = chain.link(last).expect("the last link");
    let mut links = vec![link];
    for _ in 1..last {
        link = sha256(link.as_bytes());
        links.push(link);
    }
    links.reverse();
    links
}
