//! How fast a journal of about a million entries is read back, and how much memory its state takes: `name value unit`, one line
//! each. Run it with `cargo run --release -p mic-engine --example replay_rate`. The journal is made by the engine itself: messages
//! that pass, are declined and appealed, admissions, members who rest and leave, over some years of log time.
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement needs a clock and a look at its own memory"
)]
#![expect(clippy::print_stdout, reason = "its lines are its result")]

use std::time::Instant;

use mic_engine::batch::{Batch, Candidates, Entropy, Facts, Published, Vault};
use mic_engine::charter::{Audience, Id};
use mic_engine::command::{BallotForm, Command, Founding, MemberAct, Profile, VersionText};
use mic_engine::event::{BeaconKind, NonceFrom, RecourseChoice};
use mic_engine::found::found;
use mic_engine::ids::{CandidateId, GroupId, LogTime, ProposalNumber, Slot};
use mic_engine::process::decide;
use mic_engine::replay::Replay;
use mic_engine::state::State;
use mic_proof::beacon::LocalChain;
use mic_proof::hash::sha256;

const MEMBERS: u32 = 100_000;
const ENTRIES: usize = 1_000_000;
const START: LogTime = LogTime(1_767_571_200_000);
/// Log time between two messages.
const PACE_MS: u64 = 30 * 60_000;

fn main() {
    let start = Instant::now();
    let charter = include_str!("../../../charters/default.toml").to_owned();
    let mut journal = Journal::founded(charter.clone());
    while journal.entries.len() < ENTRIES {
        journal.message();
    }
    let entries = std::mem::take(&mut journal.entries);
    let expected = journal.state.clone();
    drop(journal);
    println!("made {} s", start.elapsed().as_secs());
    let bytes: usize = entries.iter().map(Vec::len).sum();
    println!("entries {} entries", entries.len());
    println!("journal {} MB", bytes / 1_000_000);
    println!("closed {} proposals", expected.closed.len());
    drop(expected);

    let before = resident_kib();
    let start = Instant::now();
    let mut replay = Replay::new(charter);
    for bytes in &entries {
        replay.push(bytes).expect("the engine reads what it wrote");
    }
    let state = replay.finish().expect("founded");
    let took = start.elapsed();
    let rate = entries.len() as u128 * 1_000_000 / took.as_micros().max(1);
    println!("replay {rate} entries/s");
    println!("replay_time {} ms", took.as_millis());
    println!("state {} MB", resident_kib().saturating_sub(before) / 1_024);
    assert_eq!(state.position.0, entries.len() as u64);
}

struct Journal {
    state: State,
    vault: Vault,
    candidates: Candidates,
    entries: Vec<Vec<u8>>,
    chain: LocalChain,
    links: Vec<mic_proof::hash::Hash>,
    now: LogTime,
    turn: u64,
}

impl Journal {
    fn founded(charter_text: String) -> Self {
        let chain = LocalChain::new(&[3; 32]);
        let members = (0..MEMBERS).map(|_| mic_engine::append::Person {
            name: String::new(),
            email: String::new(),
            language: "en".to_owned(),
        });
        let founding = Founding {
            group: GroupId([9; 16]),
            origin: "bench.example/g".to_owned(),
            key: [7; 32],
            charter_text,
            profile: Profile {
                name: "Bench".to_owned(),
                purpose: String::new(),
                language: "en".to_owned(),
            },
            members: members.collect(),
            beacon: BeaconKind::Local,
            chain: chain.anchor(),
        };
        let (state, append) = found(founding, START, &Entropy([1; 32])).expect("founded");
        // From the far end of the chain backwards each link is one hash.
        let mut links = vec![chain.link(65_536).expect("the last link")];
        for _ in 1..65_536 {
            let last = links.last().expect("not empty");
            links.push(sha256(last.as_bytes()));
        }
        links.reverse();
        Self {
            state,
            vault: Vault::new(),
            candidates: Candidates::new(),
            entries: append.entries.into_iter().map(|entry| entry.bytes).collect(),
            chain,
            links,
            now: START,
            turn: 0,
        }
    }

    /// One message on its way, and now and then something else.
    fn message(&mut self) {
        self.turn += 1;
        let turn = u32::try_from(self.turn).expect("small");
        self.now = LogTime(self.now.0 + PACE_MS);
        self.member(turn * 17 % MEMBERS, MemberAct::Rest { days: turn % 60 });
        if turn.is_multiple_of(7) {
            self.admission(turn);
        }
        if turn.is_multiple_of(50) {
            self.member(MEMBERS / 2 + turn / 50, MemberAct::Leave);
        }
        let number = self.state.next_proposal;
        let author = turn * 31 % (MEMBERS / 4);
        self.open(author, "message", None);
        self.cosign(author + 1, number);
        self.cosign(author + 2, number);
        let yes = !turn.is_multiple_of(3);
        self.judge(number, yes);
        if !yes && turn.is_multiple_of(2) {
            let choice = RecourseChoice::Appeal;
            self.member(author, MemberAct::Recourse { proposal: number, choice, text: None });
            self.judge(number, true);
        } else if !yes {
            let choice = RecourseChoice::Accept;
            self.member(author, MemberAct::Recourse { proposal: number, choice, text: None });
        }
    }

    fn admission(&mut self, turn: u32) {
        let number = self.state.next_proposal;
        let mut candidate = [0; 16];
        candidate[..4].copy_from_slice(&turn.to_be_bytes());
        self.open(turn % 1_000, "admission", Some(CandidateId(candidate)));
        self.cosign(turn % 1_000 + 1, number);
    }

    fn open(&mut self, author: u32, process: &str, candidate: Option<CandidateId>) {
        let text = VersionText {
            title: format!("Message {}", self.turn),
            body: "Something.".to_owned(),
            warning: String::new(),
            audience: Audience::Members,
            candidate,
        };
        let process = Id::parse(process).expect("an id");
        self.member(author, MemberAct::Open { process, text });
    }

    fn cosign(&mut self, slot: u32, proposal: ProposalNumber) {
        let version = self.state.proposal(proposal).expect("open").version;
        self.member(slot, MemberAct::Cosign { proposal, version });
    }

    /// The draw, and everybody's ballot.
    fn judge(&mut self, proposal: ProposalNumber, yes: bool) {
        let call = self.state.proposal(proposal).and_then(|open| open.jury()).expect("a jury");
        let (round, slot_at) = (call.call.round, call.call.slot_at);
        self.now = self.now.max(LogTime(slot_at.0 + 60_000));
        let link = usize::try_from(round - 1).ok().and_then(|at| self.links.get(at).copied());
        let link = link.or_else(|| self.chain.link(round)).expect("within the chain");
        self.command(&Command::Beacon { round, signature: link.as_bytes().to_vec() });
        while let Some(form) = self.next_ballot(proposal, yes) {
            self.member(form.0.0, MemberAct::Cast { proposal, ballot: form.1 });
        }
    }

    fn next_ballot(&self, proposal: ProposalNumber, yes: bool) -> Option<(Slot, BallotForm)> {
        let jury = self.state.proposal(proposal)?.jury()?;
        let slot = jury.sitting.as_ref()?.silent().next()?.slot;
        let nonce = format!("words of {slot} in their own language");
        let ballot = BallotForm {
            draw: jury.inputs_hash,
            yes,
            nonce,
            nonce_from: NonceFrom::Words,
            blind: [5; 32],
            reason: String::new(),
        };
        Some((slot, ballot))
    }

    fn member(&mut self, slot: u32, act: MemberAct) {
        self.command(&Command::Member { slot: Slot(slot), act });
    }

    fn command(&mut self, command: &Command) {
        let published = Published {
            size: self.state.position.0,
            note: "bench.example/g\n1\n\n— a checkpoint of about the usual length stands here\n"
                .repeat(2),
            at: LogTime(0),
        };
        let facts = Facts { published: vec![published], chains: Vec::new() };
        let entropy = Entropy(sha256(&self.entries.len().to_be_bytes()).0);
        let mut batch =
            Batch::new(&self.state, &self.vault, &self.candidates, &facts, self.now, entropy);
        decide(&mut batch, command).unwrap_or_else(|refusal| panic!("{refusal:?}: {command:?}"));
        self.entries.extend(batch.append.entries.into_iter().map(|entry| entry.bytes));
        (self.state, self.vault, self.candidates) = (batch.state, batch.vault, batch.candidates);
    }
}

fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("VmRSS");
    line.trim().trim_end_matches(" kB").trim().parse().expect("a number")
}
