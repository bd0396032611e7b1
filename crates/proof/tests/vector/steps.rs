//! Cases about juries in steps.

use mic_proof::ballot::{Ballot, sealed};
use mic_proof::finding::Code;
use mic_proof::hash::Hash;
use mic_proof::jury::{Close, Round, Standing, Steps, Terms};
use mic_proof::tally::{Opened, count};
use serde_json::{Value, json};

use super::ballots;
use super::case::{Case, list, refused, slot};

pub(super) fn steps(case: &Case<'_>) -> Value {
    let lists: Vec<Vec<Ballot>> = list(&case.fields["rounds"]).iter().map(ballots).collect();
    let added = list(&case.fields["added"]);
    if lists.len() != added.len() + 1 {
        return refused(Code::BallotCount);
    }
    let added = added.iter().map(slot);
    let seats = std::iter::once(case.small("filled")).chain(added);
    let opened: Vec<Opened<'_>> = lists
        .iter()
        .zip(seats)
        .map(|(ballots, seats)| Opened { ballots, turnout: ballots.len() as u64, seats })
        .collect();
    let before = lists.iter().take(lists.len() - 1);
    let sealed_before: Vec<Hash> = before.map(|ballots| sealed(ballots)).collect();
    let rounds = match count(&case.hash("draw"), &opened, &sealed_before) {
        Ok(rounds) => rounds,
        Err(error) => return refused(error.code),
    };
    let steps = Steps { lead: case.small("lead"), cap: case.small("cap") };
    let (seats, quorum) = (case.small("seats"), case.small("quorum"));
    let terms = Terms { seats, agree: 0, then: steps.cap, quorum };
    let must = Standing { silent: 0, reserve: true, extended: true };
    let grew = |before: usize| steps.close(&terms, &rounds[..before], &must) == Close::Grow;
    if !(1..rounds.len()).all(grew) {
        return refused(Code::VerdictWrong);
    }
    let standing = Standing {
        silent: case.small("silent"),
        reserve: case.fields["eligible_left"] == json!(true),
        extended: case.fields["extended"] == json!(true),
    };
    let decision = match steps.close(&terms, &rounds, &standing) {
        Close::Approved => "approved",
        Close::Declined => "declined",
        Close::Grow => "grow",
        Close::Extend => "extend",
        Close::Undecided => "undecided",
    };
    let sum = |part: fn(&Round) -> u32| rounds.iter().map(part).sum::<u32>();
    case.claims(&json!(decision), Code::VerdictWrong).unwrap_or_else(|| {
        json!({
            "decision": decision,
            "yes": sum(|round| round.yes),
            "no": sum(|round| round.no),
            "total": sum(|round| round.seats),
            "quorum_needed": terms.quorum_of(rounds[0].seats),
        })
    })
}
