//! The words of scripts for proposals with more than a text, and for stages that ask everybody. How to write them: tests/scripts/README.md.
//! Knows nothing of what an act leads to.

use mic_engine::command::{Content, MemberAct, SecretForm};
use mic_engine::event::{NonceFrom, Position};
use mic_engine::ids::{LogTime, Number, ProposalNumber, Slot};
use mic_engine::state::proposal::Stand;
use mic_proof::hash::{Hash, sha256};

use super::read::proposal_number;
use crate::scripts::named_charter;
use crate::world::{START, World};

const VERBS: [&str; 11] = [
    "votes",
    "agrees",
    "stands",
    "blocks",
    "unsays",
    "objects",
    "unobjects",
    "pledges",
    "unpledges",
    "states",
    "did",
];

pub(super) fn is_verb(verb: &str) -> bool {
    VERBS.contains(&verb)
}

/// `PROCESS` or `PROCESS with WHAT`: `member N`, `broadcast N`, `broadcast N erased`, `charter NAME`, `options A / B`,
/// `times 2d until 3d at PLACE for N`.
pub(super) fn content(head: &str) -> (&str, Content) {
    let Some((head, what)) = head.split_once(" with ") else { return (head, Content::Message) };
    let (kind, rest) = what.split_once(' ').unwrap_or((what, ""));
    let number = |text: &str| text.trim().parse::<u32>().expect("a number");
    let content = match kind {
        "member" => Content::Removal { member: Slot(number(rest)) },
        "broadcast" => {
            let (digits, erase) = match rest.strip_suffix(" erased") {
                Some(digits) => (digits, true),
                None => (rest, false),
            };
            Content::Recall { number: Number(number(digits)), erase }
        }
        "charter" => Content::Amendment { charter: charter(rest) },
        "options" => {
            let options = rest.split('/').map(|option| option.trim().to_owned());
            Content::Decision { options: options.filter(|option| !option.is_empty()).collect() }
        }
        "times" => action(rest),
        _ => panic!("{what:?} is nothing that a proposal has"),
    };
    (head, content)
}

pub(super) fn act(world: &World, slot: Slot, verb: &str, rest: &str) -> MemberAct {
    let (rest, reason) = rest.split_once(" because ").unwrap_or((rest, ""));
    let reason = if reason == "LONG" { "x".repeat(2_001) } else { reason.to_owned() };
    let (what, place) = rest.rsplit_once("on ").unwrap_or(("", rest));
    if verb == "did" {
        let (done, action) = match place.trim().strip_prefix("not ") {
            Some(action) => (false, action),
            None => (true, place.trim()),
        };
        let action = Number(action.parse().expect("an action"));
        return MemberAct::ReportDeed { action, done };
    }
    let (place, old) = match place.split_once(" as it was at first") {
        Some((place, _)) => (place, true),
        None => (place, false),
    };
    let proposal = proposal_number(place);
    let open = world.view().state.proposal(proposal).cloned();
    let version = open.map_or(Hash::ZERO, |open| match open.versions.front() {
        Some(first) if old => first.hash,
        Some(_) | None => open.version,
    });
    let position =
        |position| MemberAct::TakePosition { proposal, version, position, reason: reason.clone() };
    match verb {
        "votes" => MemberAct::Vote { proposal, ballot: form(world, slot, proposal, what.trim()) },
        "pledges" => {
            MemberAct::Pledge { proposal, ballot: form(world, slot, proposal, what.trim()) }
        }
        "agrees" => position(Position::Agree),
        "stands" => position(Position::Aside),
        "blocks" => position(Position::Block),
        "unsays" => position(Position::None),
        "objects" => MemberAct::Object { proposal, reason },
        "unobjects" => MemberAct::WithdrawObjection { proposal },
        "unpledges" => MemberAct::WithdrawPledge { proposal },
        "states" => MemberAct::MakeStatement { proposal, body: reason },
        _ => panic!("{verb:?} is no verb"),
    }
}

/// `yes`, `2>0=1`, `40 with words WORDS`, `yes of another stage`.
fn form(world: &World, slot: Slot, proposal: ProposalNumber, said: &str) -> SecretForm {
    let open = world.view().state.proposal(proposal).cloned();
    let stage = open.and_then(|open| match &open.stand {
        Stand::Vote(vote) => Some(vote.draw),
        Stand::Pledge(pledge) => Some(pledge.draw),
        _ => None,
    });
    let (said, stage) = match said.strip_suffix(" of another stage") {
        Some(said) => (said, Some(sha256(b"another stage"))),
        None => (said, stage),
    };
    let (choice, nonce) = match said.split_once(" with words ") {
        Some((choice, nonce)) => (choice, nonce.to_owned()),
        None => (said, format!("words of {slot}")),
    };
    let blind = *sha256(nonce.as_bytes()).as_bytes();
    let nonce_from = NonceFrom::Words;
    let stage = stage.unwrap_or(Hash::ZERO);
    SecretForm { stage, choice: choice.to_owned(), nonce, nonce_from, blind }
}

/// A charter by its name; `NAME again` is the same with another first line, `NAME misspelt` cannot be read, and
/// `NAME that cannot change` leads to no other rules.
fn charter(name: &str) -> String {
    if let Some(name) = name.strip_suffix(" again") {
        return format!("# Once more.\n{}", named_charter(name));
    }
    if let Some(name) = name.strip_suffix(" misspelt") {
        return named_charter(name).replacen("[clock]", "[clok]", 1);
    }
    if let Some(name) = name.strip_suffix(" that cannot change") {
        return named_charter(name).replace("effect:amend", "end");
    }
    named_charter(name)
}

/// `2d until 3d at PLACE for N`.
fn action(text: &str) -> Content {
    let (starts, rest) = text.split_once(" until ").expect("FROM until UNTIL at PLACE for N");
    let (ends, rest) = rest.split_once(" at ").expect("at PLACE");
    let (place, wanted) = rest.rsplit_once(" for ").expect("for N");
    let moment = |text: &str| super::read::time(text, LogTime(START.0));
    let place = if place == "LONG" { "x".repeat(201) } else { place.to_owned() };
    let wanted = wanted.parse().expect("a number");
    Content::Action { starts: moment(starts), ends: moment(ends), place, wanted }
}
