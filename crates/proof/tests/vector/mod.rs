//! Runs one case of the vectors and gives what was found, in the words of the vectors.

mod asking;
mod case;
mod steps;

use std::collections::BTreeSet;

use mic_proof::ballot::{Ballot, Choice, Nonce, commitment, cover, from_value, sealed};
use mic_proof::base64::decode_url;
use mic_proof::beacon::{BEACON_DELAY_MS, Chain};
use mic_proof::bundle::Unreadable;
use mic_proof::certificate::verify_certificate;
use mic_proof::draw::{Permutation, Shuffle, seed};
use mic_proof::encode;
use mic_proof::entry::read_entry;
use mic_proof::finding::{Code, Finding, Weight};
use mic_proof::hash::{Hash, hex, leaf_hash, sha256};
use mic_proof::jury::{Close, Standing, Terms, exclusions_text};
use mic_proof::note::{VerifyingKey, open_checkpoint};
use mic_proof::replay::{Circumstances, Options, Roll, next_slot_at};
use mic_proof::tally::{Opened, count};
use mic_proof::tree::{root, verify_consistency, verify_inclusion};
use mic_proof::verify::verify_bundle_bytes;
use serde_json::{Value, json};

pub(crate) use case::Case;
use case::{from_hex, hash, list, refused, size, slot, text};

use crate::charter;

/// What this implementation finds: fields, or `{"refused": code}`.
pub(crate) fn run(case: &Case<'_>) -> Value {
    match case.kind() {
        "encoding" => encoding(case),
        "root" => tree_root(case),
        "inclusion" => inclusion(case),
        "consistency" => consistency(case),
        "note" => note(case),
        "beacon" => beacon(case),
        "link" => link(case),
        "clock" => clock(case),
        "draw" => draw(case),
        "seating" => seating(case),
        "exclusions" => exclusions(case),
        "ballot" => ballot(case),
        "tally" => tally(case),
        "count" => asking::count(case),
        "lists" => asking::lists(case),
        "pledge" => asking::pledge(case),
        "seats" => asking::seats(case),
        "steps" => steps::steps(case),
        "charter" => case.expected().clone(),
        "certificate" => certificate(case),
        "bundle" => bundle(case),
        unknown => panic!("a kind of vector that this test does not know: {unknown}"),
    }
}

fn encoding(case: &Case<'_>) -> Value {
    let bytes = match case.fields.get("parts") {
        Some(parts) => {
            list(parts).iter().flat_map(|part| from_hex(&part[0]).repeat(size(&part[1]))).collect()
        }
        None => from_hex(&case.fields["hex"]),
    };
    let code = if case.fields["entry"] == json!(true) {
        read_entry(&bytes).err().map(|error| error.code)
    } else {
        encode::decode(&bytes).err().map(|error| match error {
            encode::EncodingError::TooLarge(_) => Code::EntryTooLarge,
            _ => Code::EntryNotCanonical,
        })
    };
    match code {
        Some(code) => refused(code),
        None => json!({ "bytes": bytes.len(), "leaf": leaf_hash(&bytes).to_string() }),
    }
}

fn tree_root(case: &Case<'_>) -> Value {
    let leaves: Vec<Hash> = match case.fields.get("entries") {
        Some(entries) => list(entries).iter().map(|it| leaf_hash(text(it).as_bytes())).collect(),
        None => (0..case.number("count")).map(|it| leaf_hash(it.to_string().as_bytes())).collect(),
    };
    json!({ "root": root(&leaves).to_string(), "size": leaves.len() })
}

fn valid(holds: bool) -> Value {
    if holds { json!({ "valid": true }) } else { refused(Code::ProofInvalid) }
}

fn inclusion(case: &Case<'_>) -> Value {
    let proof: Vec<Hash> = list(&case.fields["proof"]).iter().map(hash).collect();
    let (leaf, head) = (case.hash("leaf"), case.hash("root"));
    valid(verify_inclusion(&leaf, case.number("index"), case.number("size"), &proof, &head))
}

fn consistency(case: &Case<'_>) -> Value {
    let proof: Vec<Hash> = list(&case.fields["proof"]).iter().map(hash).collect();
    let (old_root, new_root) = (case.hash("old_root"), case.hash("new_root"));
    let (old, new) = (case.number("old_size"), case.number("new_size"));
    valid(verify_consistency((old, &old_root), (new, &new_root), &proof))
}

fn note(case: &Case<'_>) -> Value {
    let key = decode_url(case.text("key")).expect("base64url").try_into().expect("32 bytes");
    let origin = case.text("origin");
    let opened = VerifyingKey::from_bytes(&key)
        .and_then(|key| Ok((open_checkpoint(case.text("note"), origin, &key)?, key)));
    match opened {
        Ok((checkpoint, key)) => json!({
            "size": checkpoint.size,
            "root": checkpoint.root.to_string(),
            "key_id": hex(&key.id(origin)),
        }),
        Err(_) => refused(Code::CheckpointSignature),
    }
}

fn beacon(case: &Case<'_>) -> Value {
    let round = case.number("round");
    let signature = from_hex(&case.fields["signature"]);
    let checked = Chain::Quicknet.verify(round, &signature);
    let Some(randomness) =
        checked.ok().map(|it| hex(&it.0)).filter(|it| it == case.text("randomness"))
    else {
        return refused(Code::BeaconInvalid);
    };
    let time = Chain::Quicknet.round_time(round).expect("drand has times");
    json!({
        "randomness": randomness,
        "time_ms": time,
        "round_at_time": Chain::Quicknet.round_at_or_after(time),
    })
}

fn link(case: &Case<'_>) -> Value {
    let chain = Chain::Local { anchor: case.hash("anchor") };
    match chain.verify(case.number("round"), &from_hex(&case.fields["link"])) {
        Ok(randomness) => json!({ "randomness": hex(&randomness.0) }),
        Err(_) => refused(Code::BeaconInvalid),
    }
}

fn clock(case: &Case<'_>) -> Value {
    let (every, offset) = (case.number("every_minutes"), case.number("offset_minutes"));
    let slot_at = next_slot_at(case.number("at"), every, offset);
    let round = Chain::Quicknet.round_at_or_after(slot_at + BEACON_DELAY_MS);
    json!({ "slot_at": slot_at, "round": round })
}

fn draw(case: &Case<'_>) -> Value {
    let seed = seed(&case.hash("inputs_hash"), case.hash("randomness").as_bytes());
    let take = size(&case.fields["take"]);
    let order: Vec<u64> = Shuffle::new(&seed, case.number("roll")).take(take).collect();
    let joined = order.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
    json!({
        "seed": seed.0.to_string(),
        "first": order.iter().take(10).collect::<Vec<_>>(),
        "joined_sha256": sha256(joined.as_bytes()).to_string(),
    })
}

fn seating(case: &Case<'_>) -> Value {
    let seed = seed(&case.hash("inputs_hash"), case.hash("randomness").as_bytes());
    let out: BTreeSet<u32> =
        list(&case.fields["excluded"]).iter().chain(list(&case.fields["left"])).map(slot).collect();
    let mut order = Permutation::new(&seed, case.small("roll")).filter(|slot| !out.contains(slot));
    let terms = Terms { seats: case.small("seats"), agree: 1, then: 0, quorum: 1 };
    let mut seated: Vec<u32> = order.by_ref().take(terms.seats as usize).collect();
    if !terms.is_enough(u32::try_from(seated.len()).expect("few")) {
        seated.clear();
    }
    let next: Vec<u32> = order.take(size(&case.fields["next"])).collect();
    let refused = case.claims(&json!(seated), Code::DrawSeatsWrong);
    refused.unwrap_or_else(|| json!({ "seated": seated, "next": next }))
}

fn exclusions(case: &Case<'_>) -> Value {
    let pairs = |name: &str| {
        let pairs = list(&case.fields[name]).iter();
        pairs.map(|it| (slot(&it[0]), it[1].as_u64().expect("a number"))).collect::<Vec<_>>()
    };
    let slots = |name: &str| list(&case.fields[name]).iter().map(slot).collect::<BTreeSet<u32>>();
    let mut roll = Roll::new(case.small("roll"));
    for slot in slots("left") {
        roll.leave(slot);
    }
    for (slot, at) in pairs("admitted") {
        roll.admitted_at(slot, at);
    }
    for (slot, until) in pairs("paused") {
        roll.pause(slot, until);
    }
    for (slot, at) in pairs("served") {
        roll.serve(slot, at);
    }
    for (slot, days) in pairs("rested") {
        roll.rest(slot, days);
    }
    let (cosigners, earlier) = (slots("cosigners"), slots("earlier"));
    let found = roll.exclusions(&Circumstances {
        roll: case.small("roll"),
        at: case.number("at"),
        new_ms: case.number("new_ms"),
        rest_ms: case.number("rest_ms"),
        author: case.small("author"),
        cosigners: &cosigners,
        subject: case.fields.get("subject").map(slot),
        earlier: Some(&earlier),
    });
    let text = exclusions_text(&found);
    let refused = case.claims(&json!(text), Code::DrawExclusionsWrong);
    refused.unwrap_or_else(|| {
        let hash = sha256(text.as_bytes()).to_string();
        json!({ "excluded": found.len(), "text": text, "hash": hash })
    })
}

fn ballot(case: &Case<'_>) -> Value {
    let choice = Choice::parse(case.text("choice"));
    let (Some(choice), Ok(nonce)) = (choice, Nonce::parse(case.text("nonce"))) else {
        return refused(Code::EntryMalformed);
    };
    let committed = commitment(&case.hash("draw"), choice, &nonce);
    let covered = cover(&committed, case.hash("r").as_bytes()).to_string();
    let refused = case.claims(&json!(covered), Code::BallotNotAllowed);
    refused.unwrap_or_else(|| json!({ "commitment": committed.to_string(), "cover": covered }))
}

fn tally(case: &Case<'_>) -> Value {
    let rounds: Vec<Vec<Ballot>> = list(&case.fields["rounds"]).iter().map(ballots).collect();
    let turnout = list(&case.fields["turnout"]);
    if turnout.len() != rounds.len() {
        return refused(Code::BallotCount);
    }
    let seats = [case.small("filled"), case.small("grown")];
    let opened: Vec<Opened<'_>> = rounds
        .iter()
        .zip(turnout)
        .zip(seats)
        .map(|((ballots, turnout), seats)| Opened {
            ballots,
            turnout: turnout.as_u64().expect("a number"),
            seats,
        })
        .collect();
    let sealed_before: Vec<Hash> = rounds.iter().skip(1).map(|_| case.hash("sealed")).collect();
    let counted = match count(&case.hash("draw"), &opened, &sealed_before) {
        Ok(counted) => counted,
        Err(error) => return refused(error.code),
    };
    let terms = Terms {
        seats: case.small("seats"),
        agree: case.small("agree"),
        then: case.small("then"),
        quorum: case.small("quorum"),
    };
    let standing = Standing {
        silent: case.small("silent"),
        reserve: case.fields["eligible_left"] == json!(true),
        extended: case.fields["extended"] == json!(true),
    };
    let decision = match terms.close(&counted, &standing) {
        Close::Approved => "approved",
        Close::Declined => "declined",
        Close::Grow => "grow",
        Close::Extend => "extend",
        Close::Undecided => "undecided",
    };
    let refused = case.claims(&json!(decision), Code::VerdictWrong);
    refused.unwrap_or_else(|| {
        json!({
            "decision": decision,
            "yes": counted.iter().map(|round| round.yes).sum::<u32>(),
            "no": counted.iter().map(|round| round.no).sum::<u32>(),
            "total": counted.iter().map(|round| round.seats).sum::<u32>(),
            "sealed": sealed(&rounds[0]).to_string(),
            "agree_needed": terms.enough(&counted),
            "quorum_needed": terms.quorum_of(seats[0]),
        })
    })
}

fn certificate(case: &Case<'_>) -> Value {
    let expected_key = case
        .fields
        .get("expected_key")
        .map(|key| decode_url(text(key)).expect("base64url").try_into().expect("32 bytes"));
    let options = Options { expected_key, ..Options::new() };
    let version = case.fields.get("expected_version").map(hash);
    let bytes = case.body.concat().into_bytes();
    match verify_certificate(&bytes, &options, version.as_ref(), &mut |_| {}) {
        Err(code) => refused(code),
        Ok(found) => json!({
            "beacon": found.beacon.word(),
            "number": found.number,
            "proposal": found.proposal,
            "version": found.version.to_string(),
        }),
    }
}

fn bundle(case: &Case<'_>) -> Value {
    let file: String = case.body.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    let options = Options { charter_check: Some(&charter::read), ..Options::new() };
    match verify_bundle_bytes(file.as_bytes(), &options, &mut |_| {}) {
        Err(Unreadable::Refused(error)) => refused(error.code),
        Err(Unreadable::Read(error)) => panic!("{error}"),
        Ok(Some(code)) => refused(code),
        Ok(None) => {
            let entries =
                case.body.iter().filter(|line| line.contains("\"kind\":\"entry\"")).count();
            json!({ "accepted": true, "entries": entries })
        }
    }
}

/// What is found bad in a bundle when nobody reads charters.
pub(crate) fn without_charters(case: &Case<'_>) -> Option<String> {
    let file: String = case.body.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    let mut bad = Vec::new();
    let mut tell = |finding: Finding| {
        if finding.weight == Weight::Bad {
            bad.push(finding.to_string());
        }
    };
    let result = verify_bundle_bytes(file.as_bytes(), &Options::new(), &mut tell);
    let code = result.expect("a whole bundle")?;
    Some(format!("{code}: {}", bad.join("; ")))
}

/// The list of a round; the library reads it from its own values.
fn ballots(value: &Value) -> Vec<Ballot> {
    let bytes = serde_json::to_vec(value).expect("JSON");
    from_value(&encode::decode(&bytes).expect("canonical")).expect("a list of ballots")
}
