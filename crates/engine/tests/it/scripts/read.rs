//! The language of scripts: times and commands. Panics on what it does not know: a script is part of the test.
//! Knows nothing of what a command leads to.

use mic_engine::charter::{Audience, Id};
use mic_engine::command::{BallotForm, Content, MemberAct, VersionText};
use mic_engine::event::{NonceFrom, RecourseChoice};
use mic_engine::ids::{CandidateId, LogTime, ProposalNumber, Slot};
use mic_engine::node::Answer;
use mic_proof::hash::{Hash, sha256};

use super::asking;
use crate::world::{START, Voice, World};

/// `2d3h10m` since the founding, or `+3h` from now.
pub(crate) fn time(text: &str, now: LogTime) -> LogTime {
    let (base, text) = match text.strip_prefix('+') {
        Some(rest) => (now, rest),
        None => (START, text),
    };
    let mut total = 0;
    let mut number = 0;
    for letter in text.chars() {
        match letter {
            '0'..='9' => number = number * 10 + u64::from(letter as u32 - '0' as u32),
            'd' | 'h' | 'm' | 's' => {
                let unit = match letter {
                    'd' => 86_400_000,
                    'h' => 3_600_000,
                    'm' => 60_000,
                    _ => 1_000,
                };
                total += number * unit;
                number = 0;
            }
            _ => panic!("{text:?} is no time"),
        }
    }
    assert_eq!(number, 0, "{text:?} ends with a unit");
    LogTime(base.0 + total)
}

/// What a line says about the world around the group.
pub(crate) enum Weather {
    /// Nothing: it is a member's act, or the clock.
    None,
    Changed,
    /// Somebody spoke for the beacon.
    Answered(Option<Answer>),
}

/// What happens to the world around the group, if a line says so.
pub(crate) fn weather(world: &mut World, words: &str) -> Weather {
    match words {
        "checkpoints stop" => world.publishing = false,
        "checkpoints go on" => world.publishing = true,
        "beacon stops" => world.beacon = false,
        "beacon goes on" => world.beacon = true,
        _ => {
            let Some(round) = words.strip_prefix("beacon says ") else { return Weather::None };
            let (round, chain) = match round.split_once(' ') {
                Some((round, "wrongly")) => (round, Voice::Wrong),
                Some((round, "for another chain")) => (round, Voice::OtherChain),
                Some((_, odd)) => panic!("{odd:?}: wrongly, or for another chain"),
                None => (round, Voice::Right),
            };
            return Weather::Answered(world.hear(round.parse().expect("a round"), chain));
        }
    }
    Weather::Changed
}

/// `clock` is nobody's command; everything else is a member's: a slot, or `seat K of P`, and a verb.
pub(crate) fn command(world: &World, words: &str) -> Option<(Slot, MemberAct)> {
    if words == "clock" {
        return None;
    }
    if let Some(rest) = words.strip_prefix("seat ") {
        let (seat, rest) = rest.split_once(' ').expect("seat K verb");
        let (verb, proposal) = rest.rsplit_once(" on ").expect("… on PROPOSAL");
        let number = proposal_number(proposal);
        let slot = seated(world, number, seat.parse().expect("a seat"));
        let word = verb.split(' ').next().expect("a verb");
        if verb == "leaves" {
            return Some((slot, MemberAct::Leave));
        }
        if asking::is_verb(word) {
            let rest = format!("{} on {proposal}", verb.strip_prefix(word).expect("it begins so"));
            return Some((slot, asking::act(world, slot, word, rest.trim())));
        }
        return Some((slot, jury_act(world, slot, verb, number)));
    }
    let (slot, rest) = words.split_once(' ').expect("a slot and a verb");
    let slot = Slot(slot.parse().unwrap_or_else(|_| panic!("{words:?}: a slot comes first")));
    Some((slot, member_act(world, slot, rest)))
}

fn member_act(world: &World, slot: Slot, words: &str) -> MemberAct {
    let (verb, rest) = words.split_once(' ').unwrap_or((words, ""));
    match verb {
        "opens" => {
            let (head, text) = rest.split_once(": ").expect("opens PROCESS: TITLE | BODY");
            let (process, audience) = match head.split_once(" to ") {
                Some((process, audience)) => {
                    (process, Audience::parse(audience).expect("members or public"))
                }
                None => (head, Audience::Members),
            };
            let (process, content) = asking::content(process);
            let process = Id::parse(process).expect("a process");
            MemberAct::Open { process, text: VersionText { content, ..text_of(text, audience) } }
        }
        "invites" => {
            let text = invitation(rest, "We know each other from work.");
            MemberAct::Open { process: Id::parse("admission").expect("an id"), text }
        }
        "reinvites" => {
            let (proposal, candidate) = rest.split_once(" as ").expect("reinvites P as N");
            let text = invitation(candidate, "We know each other well.");
            MemberAct::PostVersion { proposal: proposal_number(proposal), text }
        }
        "edits" | "revises" => {
            let (number, text) = rest.split_once(": ").expect("edits PROPOSAL: TITLE | BODY");
            let (number, content) = asking::content(number);
            let proposal = proposal_number(number);
            let text = VersionText { content, ..text_of(text, Audience::Members) };
            if verb == "edits" {
                MemberAct::PostVersion { proposal, text }
            } else {
                let choice = RecourseChoice::Revise;
                MemberAct::Recourse { proposal, choice, text: Some(text) }
            }
        }
        "appeals" => recourse(rest, RecourseChoice::Appeal),
        "accepts" => recourse(rest, RecourseChoice::Accept),
        "cosigns" => cosign(world, rest),
        "unsigns" => MemberAct::WithdrawCosign { proposal: proposal_number(rest) },
        "withdraws" => MemberAct::Withdraw { proposal: proposal_number(rest) },
        "leaves" => MemberAct::Leave,
        "erases" => MemberAct::Erase,
        "pauses" => MemberAct::Pause { until: time(&format!("+{rest}"), world.now) },
        "resumes" => MemberAct::Resume,
        "rests" => MemberAct::Rest { days: rest.parse().expect("days") },
        _ if asking::is_verb(verb) => asking::act(world, slot, verb, rest),
        _ => {
            let (verb, proposal) = words.rsplit_once(" on ").unwrap_or_else(|| panic!("{words:?}"));
            jury_act(world, slot, verb, proposal_number(proposal))
        }
    }
}

/// `says yes`, `says no because …`, `says yes with words WORDS`, `steps aside`, `says yes to another draw`.
fn jury_act(world: &World, slot: Slot, verb: &str, proposal: ProposalNumber) -> MemberAct {
    if verb == "steps aside" {
        return MemberAct::Aside { proposal };
    }
    let said = verb.strip_prefix("says ").unwrap_or_else(|| panic!("{verb:?} is no verb"));
    let view = world.view();
    let jury = view.state.proposal(proposal).and_then(|open| open.jury().cloned());
    let draw = jury.map_or(Hash::ZERO, |jury| jury.inputs_hash);
    let (said, draw) = match said.strip_suffix(" to another draw") {
        Some(said) => (said, sha256(b"another draw")),
        None => (said, draw),
    };
    let (said, reason) = said.split_once(" because ").unwrap_or((said, ""));
    let (said, words) = match said.split_once(" with words ") {
        Some((said, words)) => (said, words.to_owned()),
        None => (said, format!("words of {slot}")),
    };
    let nonce_from = if words.is_empty() { NonceFrom::Server } else { NonceFrom::Words };
    let yes = match said {
        "yes" => true,
        "no" => false,
        _ => panic!("{said:?}: yes or no"),
    };
    let blind = *sha256(words.as_bytes()).as_bytes();
    let reason = if reason == "LONG" { "x".repeat(1_001) } else { reason.to_owned() };
    let ballot = BallotForm { draw, yes, nonce: words, nonce_from, blind, reason };
    MemberAct::Cast { proposal, ballot }
}

fn cosign(world: &World, rest: &str) -> MemberAct {
    let (number, old) = match rest.split_once(" as it was at first") {
        Some((number, _)) => (number, true),
        None => (rest, false),
    };
    let proposal = proposal_number(number);
    let view = world.view();
    let version = view
        .state
        .proposal(proposal)
        .and_then(
            |open| if old { open.versions.front().map(|v| v.hash) } else { Some(open.version) },
        )
        .unwrap_or(Hash::ZERO);
    MemberAct::Cosign { proposal, version }
}

fn invitation(candidate: &str, statement: &str) -> VersionText {
    let candidate = CandidateId([candidate.parse().expect("a number"); 16]);
    let text = text_of(&format!(" | {statement}"), Audience::Members);
    VersionText { content: Content::Admission { candidate }, ..text }
}

fn recourse(rest: &str, choice: RecourseChoice) -> MemberAct {
    MemberAct::Recourse { proposal: proposal_number(rest), choice, text: None }
}

/// `TITLE | BODY`; the words LONG and CONTROL stand for texts that are refused.
fn text_of(text: &str, audience: Audience) -> VersionText {
    let (title, body) = text.split_once('|').unwrap_or((text, ""));
    let spell = |part: &str, max: usize| match part.trim() {
        "LONG" => "x".repeat(max + 1),
        "CONTROL" => "left\u{202e}right".to_owned(),
        part => part.to_owned(),
    };
    VersionText {
        title: spell(title, 200),
        body: spell(body, 65_536),
        warning: String::new(),
        audience,
        content: Content::Message,
    }
}

fn seated(world: &World, number: ProposalNumber, seat: usize) -> Slot {
    let view = world.view();
    let open = view.state.proposal(number);
    let open = open.unwrap_or_else(|| panic!("seat {seat}: proposal {number} is open"));
    let jury = open.jury().expect("it stands at a jury");
    let sitting = jury.sitting.as_ref().expect("the jury sits");
    sitting.seats.get(seat).expect("so many seats").slot
}

pub(super) fn proposal_number(text: &str) -> ProposalNumber {
    ProposalNumber(text.trim().parse().unwrap_or_else(|_| panic!("{text:?} is no proposal")))
}
