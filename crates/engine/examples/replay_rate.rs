//! How fast a journal of about a million entries is read back, and how much memory its state takes: `name value unit`, one line
//! each. Run it with `cargo run --release -p mic-engine --example replay_rate`. The journal is made by the engine itself: messages
//! that pass, are declined and appealed, admissions, members who rest and leave, over some years of log time.
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement needs a clock and a look at its own memory"
)]
#![expect(clippy::disallowed_types, reason = "a measurement needs a clock")]
#![expect(clippy::print_stdout, reason = "its lines are its result")]

use std::io::{BufRead as _, BufReader};
use std::time::Instant;

use mic_engine::batch::{Batch, Carried, Entropy, Facts, Published, Vault};
use mic_engine::charter::{Audience, Id};
use mic_engine::command::{
    BallotForm, Command, Content, Founding, MemberAct, Profile, VersionText,
};
use mic_engine::event::{BeaconKind, NonceFrom, RecourseChoice};
use mic_engine::found::found;
use mic_engine::ids::{CandidateId, GroupId, LogTime, ProposalNumber, Slot};
use mic_engine::process::decide;
use mic_engine::replay::Replay;
use mic_engine::state::State;
use mic_proof::beacon::LocalChain;
use mic_proof::hash::sha256;

const MEMBERS: u32 = 100_000;
const CHARTER: &str = include_str!("../../../charters/default.toml");
/// How many entries, unless the first argument says another number.
const ENTRIES: usize = 1_000_000;
const START: LogTime = LogTime(1_767_571_200_000);
/// Log time between two messages.
const PACE_MS: u64 = 30 * 60_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("read") => read(arguments.get(2).expect("a file")),
        count => write_and_read(count.and_then(|count| count.parse().ok()).unwrap_or(ENTRIES)),
    }
}

/// Makes the journal, then reads it in a process of its own, whose memory is nothing but the state.
fn write_and_read(count: usize) {
    let mut journal = Journal::founded(CHARTER.to_owned());
    while journal.entries.len() < count {
        journal.message();
    }
    println!("closed {} proposals", journal.state.closed.len());
    let file = std::env::temp_dir().join(format!("mic-journal-{}", std::process::id()));
    std::fs::write(&file, journal.entries.join(&b'\n')).expect("room for a journal");
    let program = std::env::current_exe().expect("this program");
    let status = std::process::Command::new(program).arg("read").arg(&file).status();
    std::fs::remove_file(&file).expect("removable");
    assert!(status.expect("it runs").success(), "read back");
}

fn read(file: &str) {
    let reader = BufReader::new(std::fs::File::open(file).expect("the journal"));
    let before = resident_kib();
    let (start, spent) = (Instant::now(), processor_ms());
    let mut replay = Replay::new(|_| Some(CHARTER.to_owned()));
    let mut bytes = 0;
    for entry in reader.split(b'\n') {
        let entry = entry.expect("readable");
        bytes += entry.len();
        replay.push(&entry).expect("the engine reads what it wrote");
    }
    let state = replay.finish().expect("founded");
    let (took, spent) = (start.elapsed(), processor_ms() - spent);
    println!("entries {} entries", state.position);
    println!("journal {} MB", bytes / 1_000_000);
    println!("replay_time {} ms", took.as_millis());
    println!("replay_processor_time {spent} ms");
    println!("replay {} entries/s", state.position.0 * 1_000 / spent.max(1));
    println!("state {} MB", (resident_kib() - before) / 1_024);
}

struct Journal {
    state: State,
    vault: Vault,
    carried: Carried,
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
            carried: Carried::default(),
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
        if turn.is_multiple_of(10) {
            let days = turn / 10 % 60;
            self.member(turn * 17 % (MEMBERS / 20), MemberAct::Rest { days });
        }
        if turn.is_multiple_of(7) {
            self.admission(turn);
        }
        if turn.is_multiple_of(50) {
            self.member(MEMBERS / 2 + turn / 50, MemberAct::Leave);
        }
        let number = self.state.next_proposal;
        let author = turn * 31 % (MEMBERS / 4);
        self.open(author, "message", Content::Message);
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
        let candidate = CandidateId(candidate);
        self.open(turn % 1_000, "admission", Content::Admission { candidate });
        self.cosign(turn % 1_000 + 1, number);
    }

    fn open(&mut self, author: u32, process: &str, content: Content) {
        let text = VersionText {
            title: format!("Message {}", self.turn),
            body: "Something.".to_owned(),
            warning: String::new(),
            audience: Audience::Members,
            content,
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
            Batch::new(&self.state, &self.vault, &self.carried, &facts, self.now, entropy);
        decide(&mut batch, command).unwrap_or_else(|refusal| panic!("{refusal:?}: {command:?}"));
        self.entries.extend(batch.append.entries.into_iter().map(|entry| entry.bytes));
        (self.state, self.vault, self.carried) = (batch.state, batch.vault, batch.carried);
    }
}

/// Time of this process on a processor: what it would take on a machine that does nothing else.
fn processor_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, fields) = stat.rsplit_once(") ").expect("a name in brackets");
    let ticks = |nth: usize| -> u64 {
        fields.split(' ').nth(nth).and_then(|ticks| ticks.parse().ok()).expect("a number")
    };
    // utime and stime, in hundredths of a second.
    (ticks(11) + ticks(12)) * 10
}

fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("VmRSS");
    line.trim().trim_end_matches(" kB").trim().parse().expect("a number")
}
