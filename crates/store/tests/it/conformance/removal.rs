//! Promises about people who go.

use mic_engine::append::{Append, PersonWrite};
use mic_engine::ids::{LogTime, ProposalNumber, Slot};
use mic_engine::parcel::{Channel, Notice};
use mic_store::contract::{
    ApiToken, ApiTokenId, ApiTokens, ClaimRequest, Delivery, DraftId, DraftKey, Drafts, Letter,
    LetterId, LetterKind, Letters, Parcels, People, Revision, Session, Sessions, Settlement,
    SignInAttempt, SignInProof, SignInResult, Token,
};

use super::World;
use super::fixtures::{NOW, batch, commit, person, run, with_people};

const SESSION: Token<'_> = Token(b"session cookie");
const LATER: LogTime = LogTime(NOW.0 + 1_000_000);

pub(crate) fn erasing_takes_everything_of_a_person(world: &impl World) {
    let store = world.open();
    let group = with_people(&store, 1, 3);
    let account = store.account(&person(1).email).expect("read").expect("there");
    let session = Session { account, created: NOW, expires: LATER, form_seed: [1; 32] };
    assert!(store.open_session(SESSION, &session).expect("opened"));
    let id = ApiTokenId([1; 16]);
    let (name, scopes) = ("laptop".to_owned(), "read".to_owned());
    let token = ApiToken { id, account, name, scopes, created: NOW, expires: LATER };
    assert!(store.add_api_token(Token(b"api"), &token).expect("added"));
    let draft = DraftKey { group, slot: Slot(1), id: DraftId([2; 16]) };
    store.save_draft(draft, Revision(0), b"one", true, NOW).expect("saved");
    store.save_draft(draft, Revision(1), b"two", true, NOW).expect("saved");
    let address = person(1).email;
    let (link, browser, code) = (Token(b"link"), Token(b"browser"), Token(b"123456"));
    let attempt = SignInAttempt { email: &address, link, browser, code, expires: LATER, note: "" };
    store.begin_sign_in(&attempt).expect("begun");
    let (kind, content) = (LetterKind::SignIn, b"code 123456".to_vec());
    let id = LetterId([3; 16]);
    let letter = Letter { id, kind, group: None, address, content, expires: LATER };
    assert!(store.write_letter(&letter, NOW).expect("written"));
    let notice = Notice::Closed { proposal: ProposalNumber(0) };
    commit(&store, Append { parcels: vec![run(notice, 0, 3)], ..batch(group, 1) });
    let request = ClaimRequest { channel: Channel::Email, now: NOW, until: LATER, slots_max: 9 };
    let claimed = &store.claim_parcels(&request).expect("claimed")[0];
    let gone = Delivery::GivenUp { answer: format!("550 no such user {}", person(1).email) };
    let results = vec![(Slot(1), gone)];
    let settlement = Settlement { parcel: claimed.parcel, fencing: claimed.fencing, results };
    store.settle_parcels(&[settlement], NOW).expect("settled");

    let people = vec![PersonWrite::Erase { slot: Slot(1) }];
    commit(&store, Append { people: people.clone(), ..batch(group, 1) });

    assert_eq!(store.person(group, Slot(1)).expect("read"), None);
    assert_eq!(store.account(&person(1).email).expect("read"), None);
    assert!(store.memberships(account).expect("read").is_empty());
    assert_eq!(store.session(SESSION, NOW).expect("read"), None);
    assert!(!store.open_session(Token(b"new"), &session).expect("answer"));
    assert_eq!(store.api_token(Token(b"api"), NOW).expect("read"), None);
    assert!(!store.add_api_token(Token(b"api"), &token).expect("answer"));
    assert_eq!(store.draft(draft).expect("read"), None);
    assert!(store.draft_versions(draft).expect("read").is_empty());
    let proof = SignInProof::LinkInBrowser { link, browser };
    assert_eq!(store.finish_sign_in(&proof, NOW).expect("answer"), SignInResult::Gone);
    assert_eq!(store.letters_waiting().expect("read").count, 0);
    let parked = store.parked(group, 9).expect("read");
    assert_eq!((parked[0].slot, parked[0].answer.as_str()), (Slot(1), ""));
    // The others are untouched, and erasing again is harmless.
    commit(&store, Append { people, ..batch(group, 1) });
    assert_eq!(store.people(group, Slot(0), 9).expect("read").len(), 2);
}

pub(crate) fn leaving_one_group_keeps_the_other(world: &impl World) {
    let store = world.open();
    let (one, two) = (with_people(&store, 1, 3), with_people(&store, 2, 3));
    let account = store.account(&person(1).email).expect("read").expect("there");
    let session = Session { account, created: NOW, expires: LATER, form_seed: [1; 32] };
    assert!(store.open_session(SESSION, &session).expect("opened"));
    let people = vec![PersonWrite::Leave { slot: Slot(1) }];
    commit(&store, Append { people, ..batch(one, 1) });
    assert_eq!(store.person(one, Slot(1)).expect("read"), None);
    assert!(store.person(two, Slot(1)).expect("read").is_some());
    assert_eq!(store.account(&person(1).email).expect("read"), Some(account));
    assert_eq!(store.memberships(account).expect("read").len(), 1);
    // What was allowed changed: whoever is signed in signs in again.
    assert_eq!(store.session(SESSION, NOW).expect("read"), None);
}
