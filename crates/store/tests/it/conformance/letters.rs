//! Promises about letters to addresses without a slot.

use mic_engine::ids::{GroupId, LogTime};
use mic_store::Store;
use mic_store::contract::{Letter, LetterAnswer, LetterId, LetterKind, Letters, LettersWaiting};

use super::World;
use super::fixtures::{NOW, prepare};

const LEASE: u64 = 60_000;

fn at(later: u64) -> LogTime {
    LogTime(NOW.0 + later)
}

fn letter(number: u8, group: Option<GroupId>) -> Letter {
    Letter {
        id: LetterId([number; 16]),
        kind: LetterKind::Invitation,
        group,
        address: "Someone@example.org".into(),
        content: format!("content {number}").into_bytes(),
        expires: at(10 * LEASE),
    }
}

fn claim(store: &impl Store, later: u64) -> Vec<mic_store::contract::LetterToSend> {
    store.claim_letters(at(later), at(later + LEASE), 10).expect("claimed")
}

pub(crate) fn letters_are_claimed_and_destroyed(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    assert!(store.write_letter(&letter(1, Some(group)), NOW).expect("written"));
    assert!(!store.write_letter(&letter(1, None), NOW).expect("answer"));
    assert!(store.write_letter(&letter(2, None), at(1)).expect("written"));
    let waiting = LettersWaiting { count: 2, next_due: Some(NOW) };
    assert_eq!(store.letters_waiting().expect("read"), waiting);
    let claimed = claim(&store, 1);
    let read: Vec<_> = claimed.iter().map(|claimed| &claimed.letter).collect();
    assert!(read == [&letter(1, Some(group)), &letter(2, None)]);
    assert_eq!(claimed[0].attempts, 0);
    assert!(claim(&store, LEASE).is_empty());
    let settle = |number: usize, answer| {
        let claimed = &claimed[number];
        store.settle_letter(claimed.letter.id, claimed.fencing, answer).expect("answer")
    };
    assert!(settle(0, LetterAnswer::Sent));
    assert!(settle(1, LetterAnswer::Later(at(70))));
    assert!(!settle(0, LetterAnswer::Sent));
    let again = claim(&store, 70);
    assert_eq!((again.len(), again[0].attempts), (1, 1));
    let given_up = LetterAnswer::GivenUp;
    assert!(store.settle_letter(again[0].letter.id, again[0].fencing, given_up).expect("answer"));
    assert_eq!(store.letters_waiting().expect("read"), LettersWaiting::default());
}

pub(crate) fn late_answers_are_refused(world: &impl World) {
    let store = world.open();
    store.write_letter(&letter(1, None), NOW).expect("written");
    let slow = &claim(&store, 0)[0];
    let quick = &claim(&store, LEASE)[0];
    assert_eq!(quick.attempts, 1);
    let id = slow.letter.id;
    assert!(!store.settle_letter(id, slow.fencing, LetterAnswer::Sent).expect("answer"));
    assert!(store.settle_letter(id, quick.fencing, LetterAnswer::Sent).expect("answer"));
}

pub(crate) fn expired_letters_are_not_sent(world: &impl World) {
    let store = world.open();
    store.write_letter(&letter(1, None), NOW).expect("written");
    assert!(claim(&store, 10 * LEASE).is_empty());
    assert_eq!(store.letters_waiting().expect("read").count, 0);
}

pub(crate) fn letters_to_one_address_are_counted(world: &impl World) {
    let store = world.open();
    store.write_letter(&letter(1, None), NOW).expect("written");
    let sent = &claim(&store, 0)[0];
    store.settle_letter(sent.letter.id, sent.fencing, LetterAnswer::Sent).expect("settled");
    store.write_letter(&letter(2, None), at(50)).expect("written");
    let since =
        |kind, later| store.letters_since(kind, " someone@EXAMPLE.org", at(later)).expect("read");
    assert_eq!((since(None, 0), since(None, 1), since(None, 51)), (2, 1, 0));
    let invitation = Some(LetterKind::Invitation);
    assert_eq!((since(invitation, 0), since(Some(LetterKind::SignIn), 0)), (2, 0));
    assert_eq!(store.letters_since(None, "other@example.org", NOW).expect("read"), 0);
}
