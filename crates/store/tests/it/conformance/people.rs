//! Promises about people and invited persons.

use std::time::{Duration, Instant};

use mic_engine::append::{Append, Person, PersonWrite};
use mic_engine::ids::{CandidateId, GroupId, LogTime, Slot};
use mic_store::Store;
use mic_store::contract::{
    Candidate, CandidateState, Candidates, EmailChanged, InvitationKind, Membership, Month, People,
    Token,
};

use super::World;
use super::fixtures::{NOW, batch, commit, found, line, person, prepare, with_people};

pub(crate) fn founders_come_back(world: &impl World) {
    let group = {
        let store = world.open();
        with_people(&store, 1, 5)
    };
    let store = world.open();
    let record = store.person(group, Slot(3)).expect("read").expect("there");
    assert_eq!((record.person, record.settings.as_str()), (person(3), ""));
    assert_eq!(record.last_active, None);
    let some = store.people(group, Slot(3), 10).expect("read");
    assert_eq!(some.iter().map(|(slot, _)| slot.0).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(store.people(group, Slot(0), 2).expect("read").len(), 2);
    assert_eq!(store.person(group, Slot(5)).expect("read"), None);
}

pub(crate) fn one_address_is_one_account(world: &impl World) {
    let store = world.open();
    let (one, two) = (with_people(&store, 1, 3), with_people(&store, 2, 3));
    let account = store.account("  Person2@Example.ORG ").expect("read").expect("there");
    let held = store.memberships(account).expect("read");
    let slot = Slot(2);
    assert_eq!(held, [Membership { group: one, slot }, Membership { group: two, slot }]);
    assert_eq!(store.account("nobody@example.org").expect("read"), None);
}

pub(crate) fn what_a_person_chose_is_kept(world: &impl World) {
    let store = world.open();
    let group = with_people(&store, 1, 2);
    let settings = r#"{"channels":["email"],"show_name":true}"#;
    assert!(store.update_person(group, Slot(1), "Émile", "fr", settings).expect("updated"));
    assert!(!store.update_person(group, Slot(7), "Nobody", "en", "").expect("answer"));
    let record = store.person(group, Slot(1)).expect("read").expect("there");
    assert_eq!((record.person.name.as_str(), record.person.language.as_str()), ("Émile", "fr"));
    assert_eq!(record.person.email, person(1).email);
    assert_eq!(record.settings, settings);
}

pub(crate) fn addresses_change_together(world: &impl World) {
    let store = world.open();
    let (one, two) = (with_people(&store, 1, 3), with_people(&store, 2, 3));
    let account = store.account(&person(1).email).expect("read").expect("there");
    let taken = store.change_email(account, &person(2).email).expect("answer");
    assert_eq!(taken, EmailChanged::Taken);
    let changed = store.change_email(account, "new@example.org").expect("answer");
    assert_eq!(changed, EmailChanged::Changed);
    assert_eq!(store.account(&person(1).email).expect("read"), None);
    assert_eq!(store.account("new@example.org").expect("read"), Some(account));
    for group in [one, two] {
        let record = store.person(group, Slot(1)).expect("read").expect("there");
        assert_eq!((record.account, record.person.email.as_str()), (account, "new@example.org"));
        assert_eq!(record.person.name, person(1).name);
    }
}

pub(crate) fn the_last_month_is_kept(world: &impl World) {
    let store = world.open();
    let group = with_people(&store, 1, 1);
    let active = || store.person(group, Slot(0)).expect("read").expect("there").last_active;
    let (january, march) = (Month(660), Month(662));
    store.mark_active(group, Slot(0), march).expect("marked");
    store.mark_active(group, Slot(0), january).expect("marked");
    assert_eq!(active(), Some(march));
    // 1 January 1970, 29 February 2000, 31 December 2024, 1 January 2025.
    let days = [0, 11_016, 20_088, 20_089];
    let months = days.map(|day| Month::of(LogTime(day * 86_400_000 + 5)));
    assert_eq!(months, [Month(0), Month(361), Month(659), Month(660)]);
}

#[expect(clippy::disallowed_methods, reason = "the test measures how long the store takes")]
pub(crate) fn ten_thousand_are_founded_together(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    let begun = Instant::now();
    commit(&store, Append { people: found(0..10_000), ..line(group, 0, "founded") });
    let took = begun.elapsed();
    assert_eq!(store.people(group, Slot(0), 20_000).expect("read").len(), 10_000);
    // "Well under a second" in a release build; this bound holds in a debug build on a busy machine.
    assert!(took < Duration::from_secs(10), "took {took:?}");
}

fn candidate(group: GroupId, number: u8) -> Candidate {
    Candidate {
        id: CandidateId([number; 16]),
        group,
        kind: InvitationKind::Email,
        inviter: Slot(0),
        expires: LogTime(NOW.0 + 1_000),
        state: CandidateState::Invited,
        person: Person { name: String::new(), ..person(900) },
    }
}

fn admit(store: &impl Store, group: GroupId, slot: u32, number: u8) {
    let candidate = CandidateId([number; 16]);
    let people = vec![PersonWrite::Admit { slot: Slot(slot), candidate }];
    commit(store, Append { people, ..batch(group, 1) });
}

pub(crate) fn an_invited_person_becomes_a_member(world: &impl World) {
    let store = world.open();
    let group = with_people(&store, 1, 2);
    let (invited, token) = (candidate(group, 4), Token(b"invitation secret"));
    assert!(store.invite(&invited, token).expect("invited"));
    assert!(!store.invite(&invited, Token(b"another")).expect("answer"));
    let opened = store.candidate_by_token(token, NOW).expect("read");
    assert_eq!(opened.as_ref(), Some(&invited));
    assert_eq!(store.candidate_by_token(Token(b"guess"), NOW).expect("read"), None);
    assert!(store.answer_invitation(token, &person(901), NOW).expect("answered"));
    assert!(!store.answer_invitation(token, &person(902), NOW).expect("only once"));
    // An answered invitation no longer expires by itself.
    let late = LogTime(NOW.0 + 5_000);
    let answered = store.candidate_by_token(token, late).expect("read").expect("there");
    assert_eq!((answered.state, answered.person), (CandidateState::Answered, person(901)));
    admit(&store, group, 2, 4);
    let member = store.person(group, Slot(2)).expect("read").expect("there");
    assert_eq!(member.person, person(901));
    assert_eq!(store.candidate(group, invited.id).expect("read"), None);
    assert_eq!(store.candidate_by_token(token, NOW).expect("read"), None);
}

pub(crate) fn invitations_end(world: &impl World) {
    let store = world.open();
    let group = with_people(&store, 1, 2);
    for number in 4..7 {
        assert!(store.invite(&candidate(group, number), Token(&[number])).expect("invited"));
    }
    let late = LogTime(NOW.0 + 1_000);
    assert_eq!(store.candidate_by_token(Token(&[4]), late).expect("read"), None);
    assert!(!store.answer_invitation(Token(&[4]), &person(1), late).expect("answer"));
    assert!(store.withdraw_invitation(group, CandidateId([4; 16])).expect("withdrawn"));
    assert!(!store.withdraw_invitation(group, CandidateId([4; 16])).expect("answer"));
    let forget = PersonWrite::Forget { candidate: CandidateId([5; 16]) };
    commit(&store, Append { people: vec![forget], ..batch(group, 1) });
    let left = store.candidates(group).expect("list");
    assert_eq!(left, [candidate(group, 6)]);
}

pub(crate) fn a_missing_candidate_admits_nobody(world: &impl World) {
    let store = world.open();
    let group = with_people(&store, 1, 2);
    admit(&store, group, 2, 9);
    assert_eq!(store.person(group, Slot(2)).expect("read"), None);
}
