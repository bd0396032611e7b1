//! Promises about sealed ballots and reasons.

use mic_engine::append::{Append, SealedBallot, VaultWrite};
use mic_engine::ids::{ProposalNumber, Slot, Step};
use mic_store::contract::{Vault, VaultBallot};

use super::World;
use super::fixtures::{batch, commit, prepare};

const PROPOSAL: ProposalNumber = ProposalNumber(3);
const STEP: Step = Step(2);

fn ballot(choice: &str, reason: &str) -> SealedBallot {
    SealedBallot {
        choice: choice.into(),
        nonce: "words".into(),
        blind: [7; 32],
        reason: reason.into(),
        round: 400,
    }
}

fn put(slot: u32, ballot: SealedBallot) -> VaultWrite {
    VaultWrite::Put { proposal: PROPOSAL, step: STEP, slot: Slot(slot), ballot }
}

pub(crate) fn ballots_are_replaced_dropped_and_cleared(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    let write = |vault: Vec<VaultWrite>| commit(&store, Append { vault, ..batch(group, 0) });
    let slots = || {
        let ballots = store.ballots(group, PROPOSAL, STEP).expect("read");
        let said = |found: &VaultBallot| (found.slot.0, found.ballot.choice.clone());
        ballots.iter().map(said).collect::<Vec<_>>()
    };
    let (ranked, number) = ("2>0=1>64".to_owned(), "10000000".to_owned());
    write(vec![
        put(5, ballot("yes", "")),
        put(2, ballot("2>0=1>64", "no")),
        put(9, ballot("", "")),
    ]);
    write(vec![put(5, ballot("10000000", "changed my mind"))]);
    assert_eq!(slots(), [(2, ranked), (5, number.clone()), (9, String::new())]);
    let kept = &store.ballots(group, PROPOSAL, STEP).expect("read")[1].ballot;
    assert!(*kept == ballot("10000000", "changed my mind"));
    write(vec![VaultWrite::Drop { proposal: PROPOSAL, step: STEP, slot: Slot(2) }]);
    assert_eq!(slots(), [(5, number), (9, String::new())]);
    let other = VaultWrite::Put {
        proposal: ProposalNumber(4),
        step: Step(0),
        slot: Slot(5),
        ballot: ballot("yes", &"long ".repeat(400)),
    };
    write(vec![other]);
    assert_eq!(store.all_ballots(group).expect("read").len(), 3);
    write(vec![VaultWrite::Clear { proposal: PROPOSAL, step: STEP }]);
    assert_eq!(slots(), []);
    assert_eq!(store.all_ballots(group).expect("read").len(), 1);
}

pub(crate) fn reasons_come_back_in_their_order(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    let reasons: Vec<String> = vec!["too long".into(), String::new(), "too early".into()];
    let write = VaultWrite::Reasons { proposal: PROPOSAL, step: STEP, reasons: reasons.clone() };
    commit(&store, Append { vault: vec![write], ..batch(group, 0) });
    assert_eq!(store.reasons(group, PROPOSAL, STEP).expect("read"), reasons);
    assert!(store.reasons(group, PROPOSAL, Step(9)).expect("read").is_empty());
}
