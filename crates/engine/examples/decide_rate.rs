//! How long the engine takes over one command in a group of a million members: `name value unit`, one line each.
//! Run it with `cargo run --release -p mic-engine --example decide_rate`. Measures deciding and encoding, no disk.
#![expect(clippy::disallowed_methods, reason = "a measurement needs a clock")]
#![expect(clippy::disallowed_types, reason = "a measurement needs a clock")]
#![expect(clippy::print_stdout, reason = "its lines are its result")]

use std::time::Instant;

use mic_engine::append::AppendOutcome;
use mic_engine::batch::Entropy;
use mic_engine::charter::{Audience, Id};
use mic_engine::command::{
    BallotForm, Command, Content, Founding, MemberAct, Profile, SecretForm, VersionText,
};
use mic_engine::event::{BeaconKind, NonceFrom, Position};
use mic_engine::ids::{CommandKey, GroupId, LogTime, ProposalNumber, Slot};
use mic_engine::node::{Input, Node, Output, Ticket, View};
use mic_engine::replay::Replay;
use mic_engine::state::proposal::Stand;
use mic_proof::beacon::LocalChain;
use mic_proof::hash::sha256;
use mic_proof::note::SigningKey;

const MEMBERS: u32 = 1_000_000;
/// So many have taken part before it is measured how long one more takes.
const CROWD: u32 = 200_000;
/// The rules of the group: the ready ones, and three stages that ask everybody.
const RULES: &str =
    concat!(include_str!("../../../charters/default.toml"), include_str!("decide_rate.toml"));
/// Open proposals of each kind that is measured.
const PROPOSALS: u32 = 2_000;
const GROUP: GroupId = GroupId([9; 16]);
const START: LogTime = LogTime(1_767_571_200_000);

fn main() {
    let mut bench = Bench::founded();
    for number in 0..PROPOSALS {
        let act = MemberAct::Open { process: process("message"), text: text(number) };
        bench.act(Slot(number), act);
    }
    let first = bench.timed(0..PROPOSALS, |view, number| cosign(view, number, 0));
    report("cosign", first);
    report("rest", bench.timed(0..PROPOSALS, |_, number| rest(number)));
    let second = bench.timed(0..PROPOSALS, |view, number| cosign(view, number, 1));
    report("cosign_and_call_draw", second);
    bench.draw();
    report("ballot", bench.timed(0..PROPOSALS, |view, number| ballot(view, number, 0)));
    report("ballot_changed", bench.timed(0..PROPOSALS, |view, number| ballot(view, number, 0)));
    for seat in 1..8 {
        bench.timed(0..PROPOSALS, |view, number| ballot(view, number, seat));
    }
    let last = bench.timed(0..PROPOSALS, |view, number| ballot(view, number, 8));
    report("last_ballot_close_and_broadcast", last);
    ask_everybody(&mut bench);
    report(
        "leave",
        bench.timed(0..PROPOSALS, |_, number| (Slot(MEMBERS - 1 - number), MemberAct::Leave)),
    );
}

/// One proposal of each kind that asks the whole group, at which many have acted already.
fn ask_everybody(bench: &mut Bench) {
    let kinds = [("asked_vote", "vote"), ("asked_talk", "position"), ("asked_pledge", "pledge")];
    let first = PROPOSALS;
    for ((process_id, _), slot) in kinds.iter().zip(0..) {
        let act = MemberAct::Open { process: process(process_id), text: asking(process_id) };
        bench.act(Slot(900_000 + slot), act);
    }
    for (number, (_, name)) in (first..).zip(kinds) {
        let act = |view: &View, slot: u32| (Slot(slot), take_part(view, number, slot));
        bench.timed(0..CROWD, act);
        report(name, bench.timed(CROWD..CROWD + PROPOSALS, act));
        report(&format!("{name}_changed"), bench.timed(0..PROPOSALS, act));
    }
}

fn take_part(view: &View, number: u32, slot: u32) -> MemberAct {
    let proposal = ProposalNumber(number);
    let open = view.state.proposal(proposal).expect("open");
    let form = |stage, choice: String| SecretForm {
        stage,
        choice,
        nonce: format!("words of {slot}"),
        nonce_from: NonceFrom::Words,
        blind: [5; 32],
    };
    match &open.stand {
        Stand::Vote(vote) => {
            MemberAct::Vote { proposal, ballot: form(vote.draw, "yes".to_owned()) }
        }
        // Everybody names another number, so that none of them wakes it.
        Stand::Pledge(pledge) => {
            MemberAct::Pledge { proposal, ballot: form(pledge.draw, (500_000 + slot).to_string()) }
        }
        _ => MemberAct::TakePosition {
            proposal,
            version: open.version,
            position: Position::Agree,
            reason: String::new(),
        },
    }
}

fn asking(process: &str) -> VersionText {
    let content = match process {
        "asked_vote" => Content::Decision { options: Vec::new() },
        "asked_pledge" => Content::Action {
            starts: LogTime(START.0 + 1),
            ends: LogTime(START.0 + 2),
            place: "The gate".to_owned(),
            wanted: 100,
        },
        _ => Content::Message,
    };
    VersionText { content, ..text(PROPOSALS) }
}

/// The production node with a store that does nothing.
struct Bench {
    node: Node,
    chain: LocalChain,
    now: LogTime,
    tickets: u64,
    waiting: Vec<u64>,
}

impl Bench {
    fn founded() -> Self {
        let chain = LocalChain::new(&[3; 32]);
        let key = SigningKey::from_seed(&[4; 32]);
        let founding = Founding {
            group: GROUP,
            origin: "bench.example/g".to_owned(),
            key: *key.verifying_key().as_bytes(),
            charter_text: RULES.to_owned(),
            profile: Profile {
                name: "Bench".to_owned(),
                purpose: String::new(),
                language: "en".to_owned(),
            },
            members: Vec::new(),
            beacon: BeaconKind::Local,
            chain: chain.anchor(),
        };
        let state = with_members(&founding);
        let mut bench = Self {
            node: Node::new(Vec::new()),
            chain,
            now: START,
            tickets: 0,
            waiting: Vec::new(),
        };
        let loaded = mic_engine::node::Loaded {
            state,
            vault: mic_engine::batch::Vault::new(),
            carried: mic_engine::batch::Carried::default(),
            published: Vec::new(),
            keys: Vec::new(),
            key,
        };
        bench.settle(Input::Loaded { group: GROUP, loaded: Box::new(loaded) });
        bench
    }

    fn act(&mut self, slot: Slot, act: MemberAct) {
        self.tickets += 1;
        let mut key = [0; 16];
        key[..8].copy_from_slice(&self.tickets.to_be_bytes());
        let command = Command::Member { slot, act };
        self.settle(Input::Command {
            group: GROUP,
            ticket: Ticket(self.tickets),
            key: Some(CommandKey(key)),
            command,
        });
    }

    /// Nanoseconds of each act, everything the node does for it included.
    fn timed(
        &mut self,
        numbers: std::ops::Range<u32>,
        act: impl Fn(&View, u32) -> (Slot, MemberAct),
    ) -> Vec<u128> {
        let mut spans = Vec::new();
        for number in numbers {
            let view = self.node.view(GROUP).expect("loaded");
            let (slot, act) = act(&view, number);
            drop(view);
            let start = Instant::now();
            self.act(slot, act);
            spans.push(start.elapsed().as_nanos());
        }
        spans
    }

    fn draw(&mut self) {
        self.now = LogTime(self.now.0 + 2 * 3_600_000);
        self.settle(Input::Tick);
        for round in std::mem::take(&mut self.waiting) {
            let signature = self.chain.link(round).expect("within the chain").as_bytes().to_vec();
            self.settle(Input::Beacon { group: GROUP, round, signature });
        }
    }

    fn settle(&mut self, input: Input) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let entropy = Entropy(sha256(&self.tickets.to_be_bytes()).0);
            for output in self.node.handle(input, self.now, entropy) {
                match output {
                    Output::Append(append) => inputs.insert(
                        0,
                        Input::Appended { group: append.group, outcome: AppendOutcome::Committed },
                    ),
                    Output::Reply { answer, .. } => {
                        assert!(matches!(answer, mic_engine::node::Answer::Done(_)), "{answer:?}");
                    }
                    Output::Publish { group, published } => {
                        inputs.insert(0, Input::Published { group, published });
                    }
                    Output::FetchBeacon { round, .. } => self.waiting.push(round),
                    Output::Reload { .. } | Output::Evolved { .. } | Output::Deliver { .. } => {}
                }
            }
        }
    }
}

/// A group of a million without a million records of people: its first entry says how many there are.
fn with_members(founding: &Founding) -> mic_engine::state::State {
    let mut small = founding.clone();
    small.members = (0..3).map(person).collect();
    let entropy = Entropy([1; 32]);
    let (_, append) = mic_engine::found::found(small, START, &entropy).expect("founded");
    let entry = append.entries.first().expect("one entry");
    let text = String::from_utf8(entry.bytes.clone()).expect("text");
    let text = text.replace("\"members\":3", &format!("\"members\":{MEMBERS}"));
    let mut replay = Replay::new(|_| Some(founding.charter_text.clone()));
    replay.push(text.as_bytes()).expect("the first entry");
    replay.finish().expect("founded")
}

fn person(_: u32) -> mic_engine::append::Person {
    mic_engine::append::Person {
        name: String::new(),
        email: String::new(),
        language: "en".to_owned(),
    }
}

fn process(id: &str) -> Id {
    Id::parse(id).expect("an id")
}

fn text(number: u32) -> VersionText {
    VersionText {
        title: format!("Message {number}"),
        body: "Something that everybody should know. ".repeat(20),
        warning: String::new(),
        audience: Audience::Members,
        content: Content::Message,
    }
}

fn cosign(view: &View, number: u32, nth: u32) -> (Slot, MemberAct) {
    let proposal = ProposalNumber(number);
    let version = view.state.proposal(proposal).expect("open").version;
    (Slot(10_000 + number * 2 + nth), MemberAct::Cosign { proposal, version })
}

fn rest(number: u32) -> (Slot, MemberAct) {
    (Slot(500_000 + number), MemberAct::Rest { days: 30 })
}

fn ballot(view: &View, number: u32, seat: usize) -> (Slot, MemberAct) {
    let proposal = ProposalNumber(number);
    let jury = view.state.proposal(proposal).and_then(|open| open.jury()).expect("a jury");
    let slot =
        jury.sitting.as_ref().and_then(|sitting| sitting.seats.get(seat)).expect("a seat").slot;
    let ballot = BallotForm {
        draw: jury.inputs_hash,
        yes: true,
        nonce: format!("words of {slot}"),
        nonce_from: NonceFrom::Words,
        blind: [5; 32],
        reason: String::new(),
    };
    (slot, MemberAct::Cast { proposal, ballot })
}

fn report(name: &str, mut spans: Vec<u128>) {
    spans.sort_unstable();
    let at = |percent: usize| spans[(spans.len() - 1) * percent / 100];
    let micros = |nanos: u128| format!("{}.{}", nanos / 1_000, nanos % 1_000 / 100);
    println!("{name}_median {} us", micros(at(50)));
    println!("{name}_p99 {} us", micros(at(99)));
}
