//! Promises about looking after what is stored.

use mic_engine::append::{Append, Document, DocumentKind};
use mic_engine::ids::{CandidateId, LogTime, ProposalNumber, Slot};
use mic_engine::parcel::{Channel, Notice};
use mic_proof::hash::sha256;
use mic_store::contract::{
    ApiToken, ApiTokenId, ApiTokens, Candidate, CandidateState, Candidates, ClaimRequest, Delivery,
    InvitationKind, Letter, LetterId, LetterKind, Letters, Parcels, People, Session, Sessions,
    Settlement, SignInAttempt, Tidied, Token, Upkeep,
};

use super::World;
use super::fixtures::{NOW, batch, commit, line, person, run, with_people};

const SOON: LogTime = LogTime(NOW.0 + 1_000);

pub(crate) fn a_sound_store_has_no_damage(world: &impl World) {
    let store = world.open();
    let group = with_people(&store, 1, 3);
    let bytes = b"text".to_vec();
    let document =
        Document { hash: sha256(&bytes), bytes, kind: DocumentKind::Version, proposal: None };
    commit(&store, Append { documents: vec![document], ..line(group, 1, "second") });
    assert_eq!(store.check().expect("checked"), []);
    assert_eq!(store.scrub().expect("scrubbed"), []);
}

pub(crate) fn tidying_destroys_what_expired(world: &impl World) {
    let store = world.open();
    let group = with_people(&store, 1, 3);
    let account = store.account(&person(1).email).expect("read").expect("there");
    let session = Session { account, created: NOW, expires: SOON, form_seed: [0; 32] };
    store.open_session(Token(b"session"), &session).expect("opened");
    let (link, browser, code) = (Token(b"link"), Token(b"browser"), Token(b"code"));
    let email = "a@example.org";
    let attempt = SignInAttempt { email, link, browser, code, expires: SOON, note: "" };
    store.begin_sign_in(&attempt).expect("begun");
    let (name, scopes) = (String::new(), String::new());
    let id = ApiTokenId([1; 16]);
    let token = ApiToken { id, account, name, scopes, created: NOW, expires: SOON };
    store.add_api_token(Token(b"api"), &token).expect("added");
    for (number, state) in [(1, CandidateState::Invited), (2, CandidateState::Answered)] {
        let (id, kind, inviter) = (CandidateId([number; 16]), InvitationKind::Link, Slot(0));
        let person = person(7);
        let candidate = Candidate { id, group, kind, inviter, expires: SOON, state, person };
        store.invite(&candidate, Token(&[number])).expect("invited");
    }
    let (id, kind, content) = (LetterId([1; 16]), LetterKind::Notice, Vec::new());
    let letter = Letter { id, kind, group: None, address: email.into(), content, expires: SOON };
    store.write_letter(&letter, NOW).expect("written");
    let notice = Notice::Closed { proposal: ProposalNumber(0) };
    commit(&store, Append { parcels: vec![run(notice, 0, 1)], ..batch(group, 1) });
    let request = ClaimRequest { channel: Channel::Email, now: NOW, until: SOON, slots_max: 1 };
    let claimed = &store.claim_parcels(&request).expect("claimed")[0];
    let results = vec![(Slot(0), Delivery::GivenUp { answer: "550".into() })];
    let settlement = Settlement { parcel: claimed.parcel, fencing: claimed.fencing, results };
    store.settle_parcels(&[settlement], NOW).expect("settled");

    assert_eq!(store.tidy(NOW).expect("tidied"), Tidied::default());
    let week = LogTime(NOW.0 + 7 * 86_400_000);
    let expected =
        Tidied { sessions: 1, sign_ins: 1, api_tokens: 1, invitations: 1, letters: 1, answers: 1 };
    assert_eq!(store.tidy(week).expect("tidied"), expected);
    assert_eq!(store.tidy(week).expect("tidied"), Tidied::default());
    assert_eq!(store.candidates(group).expect("list").len(), 1);
    assert_eq!(store.parked_count().expect("read"), 1);
}
