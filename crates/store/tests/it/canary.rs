//! What a thief of the files finds: every secret is planted, then the files are searched for it in every likely spelling.

use std::fs;

use mic_engine::append::{
    Append, Document, DocumentKind, Person, PersonWrite, SealedBallot, VaultWrite,
};
use mic_engine::ids::{CandidateId, GroupId, LogTime, Number, ProposalNumber, Slot, Step};
use mic_engine::parcel::{Channel, Notice};
use mic_proof::hash::sha256;
use mic_store::contract::{
    ApiToken, ApiTokenId, ApiTokens, Candidate, CandidateState, Candidates, ClaimRequest, Delivery,
    DraftId, DraftKey, Drafts, GroupSecrets, Groups, InvitationKind, Journal, Letter, LetterId,
    LetterKind, Letters, Parcels, People, Revision, Session, Sessions, Settlement, SignInAttempt,
    Token, Upkeep,
};

use crate::conformance::World;
use crate::conformance::fixtures::{NOW, batch, commit, line, run};
use crate::sqlite::SqliteWorld;

const LATER: LogTime = LogTime(NOW.0 + 1_000_000);
const GROUP: GroupId = GroupId([1; 16]);

fn canary(name: &str) -> String {
    format!("CANARY-{name}-{}", name.len())
}

const PLANTED: [&str; 20] = [
    "name",
    "email@example.org",
    "settings",
    "text",
    "nonce",
    "reason",
    "told-reason",
    "certificate",
    "candidate",
    "candidate@example.org",
    "session-token",
    "link-token",
    "browser-token",
    "code-token",
    "sign-in@example.org",
    "sign-in-note",
    "token-name",
    "api-secret",
    "draft",
    "letter@example.org",
];

#[test]
fn a_thief_of_the_files_reads_nothing() {
    let world = SqliteWorld::new();
    let store = world.open();
    plant_group(&store);
    plant_people(&store);
    plant_mail(&store);
    let found = |needle: &str| search(&world, needle.as_bytes());
    // The search itself works: what is public by design is found.
    assert!(found("entry in the open"));
    let more =
        ["draft-first", "letter-content", "answer", "signing-seed-of-32-bytes", "invitation-token"];
    for name in PLANTED.iter().chain(&more) {
        assert!(!found(&canary(name)), "{name} lies open");
    }
    assert!(!search(&world, &[0xc5; 32]), "a group's signing seed lies open");
    assert!(!search(&world, &[0xc6; 32]), "the blind of a ballot lies open");
    assert!(!search(&world, &[42; 32]), "the key lies with the data");
    drop(store);
    for name in PLANTED {
        assert!(!found(&canary(name)), "{name} lies open after closing");
    }
}

#[test]
fn an_erased_person_is_gone_even_as_ciphertext() {
    let world = SqliteWorld::new();
    let store = world.open();
    plant_group(&store);
    plant_people(&store);
    let read = |table: &str| -> Vec<u8> {
        let raw = world.raw();
        raw.query_row(&format!("SELECT sealed FROM {table} LIMIT 1"), [], |row| row.get(0))
            .expect("row")
    };
    let sealed = [
        read("members"),
        read("documents"),
        read("drafts"),
        read("draft_versions"),
        read("sessions"),
    ];
    for bytes in &sealed {
        assert!(search_plain(&world, &bytes[..32]));
    }
    let people = vec![PersonWrite::Erase { slot: Slot(0) }];
    let erased_documents = vec![sha256(canary("text").as_bytes())];
    commit(&store, Append { people, erased_documents, ..batch(GROUP, 1) });
    store.tidy(NOW).expect("tidied");
    for bytes in &sealed {
        // The first bytes of a ciphertext are its nonce: unlike those of any other.
        assert!(!search_plain(&world, &bytes[..32]), "erased, and still in the file");
    }
}

fn plant_group(store: &mic_store::SqliteStore) {
    let secrets = GroupSecrets { signing_seed: [0xc5; 32], beacon_secret: [0xc5; 32] };
    store.prepare_group(GROUP, "slug", true, &secrets, NOW).expect("prepared");
    let person =
        Person { name: canary("name"), email: canary("email@example.org"), language: "en".into() };
    let bytes = canary("text").into_bytes();
    let (hash, kind) = (sha256(&bytes), DocumentKind::Version);
    let (proposal, step, slot) = (ProposalNumber(0), Step(0), Slot(0));
    let ballot = SealedBallot {
        choice: "yes".to_owned(),
        nonce: canary("nonce"),
        blind: [0xc6; 32],
        reason: canary("reason"),
        round: 0,
    };
    let told = VaultWrite::Reasons { proposal, step, reasons: vec![canary("told-reason")] };
    let notice = Notice::Closed { proposal };
    let batch = Append {
        people: vec![PersonWrite::Found { slot, person }],
        documents: vec![Document { hash, bytes, kind, proposal: None }],
        vault: vec![VaultWrite::Put { proposal, step, slot, ballot }, told],
        parcels: vec![run(notice, 0, 1)],
        ..line(GROUP, 0, "entry in the open")
    };
    commit(store, batch);
    store.save_certificate(GROUP, Number(1), &canary("certificate")).expect("saved");
}

fn plant_people(store: &mic_store::SqliteStore) {
    let settings = canary("settings");
    assert!(
        store.update_person(GROUP, Slot(0), &canary("name"), "en", &settings).expect("updated")
    );
    let account = store.account(&canary("email@example.org")).expect("read").expect("there");
    let session = Session { account, created: NOW, expires: LATER, form_seed: [0xc5; 32] };
    let token = canary("session-token");
    assert!(store.open_session(Token(token.as_bytes()), &session).expect("opened"));
    let id = ApiTokenId([1; 16]);
    let (name, scopes) = (canary("token-name"), "read".to_owned());
    let token = ApiToken { id, account, name, scopes, created: NOW, expires: LATER };
    store.add_api_token(Token(canary("api-secret").as_bytes()), &token).expect("added");
    let key = DraftKey { group: GROUP, slot: Slot(0), id: DraftId([1; 16]) };
    let (first, second) = (canary("draft-first"), canary("draft"));
    store.save_draft(key, Revision(0), first.as_bytes(), true, NOW).expect("saved");
    store.save_draft(key, Revision(1), second.as_bytes(), true, NOW).expect("saved");
    let person = Person {
        name: canary("candidate"),
        email: canary("candidate@example.org"),
        language: "en".into(),
    };
    let candidate = Candidate {
        id: CandidateId([1; 16]),
        group: GROUP,
        kind: InvitationKind::Email,
        inviter: Slot(0),
        expires: LATER,
        state: CandidateState::Invited,
        person,
    };
    store.invite(&candidate, Token(canary("invitation-token").as_bytes())).expect("invited");
}

fn plant_mail(store: &mic_store::SqliteStore) {
    let tokens = ["link-token", "browser-token", "code-token"].map(canary);
    let [link, browser, code] = tokens.each_ref().map(|token| Token(token.as_bytes()));
    let (email, note) = (canary("sign-in@example.org"), canary("sign-in-note"));
    let attempt = SignInAttempt { email: &email, link, browser, code, expires: LATER, note: &note };
    store.begin_sign_in(&attempt).expect("begun");
    let (id, kind) = (LetterId([1; 16]), LetterKind::SignIn);
    let (address, content) = (canary("letter@example.org"), canary("letter-content").into_bytes());
    let letter = Letter { id, kind, group: Some(GROUP), address, content, expires: LATER };
    assert!(store.write_letter(&letter, NOW).expect("written"));
    let request = ClaimRequest { channel: Channel::Email, now: NOW, until: LATER, slots_max: 1 };
    let claimed = &store.claim_parcels(&request).expect("claimed")[0];
    let results = vec![(Slot(0), Delivery::GivenUp { answer: canary("answer") })];
    let settlement = Settlement { parcel: claimed.parcel, fencing: claimed.fencing, results };
    store.settle_parcels(&[settlement], NOW).expect("settled");
}

/// Is it in any of the files: as it is, in hexadecimal, in base64 at any offset, or in UTF-16?
fn search(world: &SqliteWorld, needle: &[u8]) -> bool {
    let mut spellings = vec![needle.to_vec(), hex(needle, false), hex(needle, true)];
    spellings.push(needle.iter().flat_map(|byte| [*byte, 0]).collect());
    spellings.push(needle.iter().flat_map(|byte| [0, *byte]).collect());
    for skipped in 0..3 {
        // Whole groups of three only, so that what stands before and after does not matter.
        let inner = &needle[skipped..];
        let encoded = base64(&inner[..inner.len() / 3 * 3]);
        spellings.push(
            encoded
                .iter()
                .map(|letter| match letter {
                    b'+' => b'-',
                    b'/' => b'_',
                    other => *other,
                })
                .collect(),
        );
        spellings.push(encoded);
    }
    spellings.iter().any(|spelling| search_plain(world, spelling))
}

fn search_plain(world: &SqliteWorld, needle: &[u8]) -> bool {
    world.files().iter().any(|path| {
        let bytes = fs::read(path).expect("read");
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}

fn hex(bytes: &[u8], upper: bool) -> Vec<u8> {
    let digits = if upper { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| digits[usize::from(digit)])
        .collect()
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = Vec::new();
    for group in bytes.chunks_exact(3) {
        let bits = u32::from(group[0]) << 16 | u32::from(group[1]) << 8 | u32::from(group[2]);
        for shift in [18, 12, 6, 0] {
            encoded.push(LETTERS[(bits >> shift & 63) as usize]);
        }
    }
    encoded
}
