//! Promises about signing in and staying signed in.

use mic_engine::ids::LogTime;
use mic_store::Store;
use mic_store::contract::{
    ApiToken, ApiTokenId, ApiTokens, CODE_TRIES_MAX, People, Session, Sessions, SignInAttempt,
    SignInProof, SignInResult, Token,
};

use super::World;
use super::fixtures::{NOW, person, with_people};

const LINK: Token<'_> = Token(b"the link");
const BROWSER: Token<'_> = Token(b"the browser that asked");
const CODE: Token<'_> = Token(b"314159");
const EXPIRES: LogTime = LogTime(NOW.0 + 600_000);

fn begin(store: &impl Store, email: &str) {
    let attempt = SignInAttempt {
        email,
        link: LINK,
        browser: BROWSER,
        code: CODE,
        expires: EXPIRES,
        note: "/write",
    };
    store.begin_sign_in(&attempt).expect("begun");
}

fn finish(store: &impl Store, proof: SignInProof<'_>) -> SignInResult {
    store.finish_sign_in(&proof, NOW).expect("answer")
}

fn is_proven(result: &SignInResult) -> bool {
    matches!(result, SignInResult::Proven { .. })
}

pub(crate) fn sessions_end(world: &impl World) {
    let store = world.open();
    with_people(&store, 1, 2);
    let account = store.account(&person(0).email).expect("read").expect("there");
    let session = Session { account, created: NOW, expires: EXPIRES, form_seed: [9; 32] };
    for cookie in [Token(b"one"), Token(b"two"), Token(b"three")] {
        assert!(store.open_session(cookie, &session).expect("opened"));
    }
    assert_eq!(store.session(Token(b"one"), NOW).expect("read"), Some(session));
    assert_eq!(store.session(Token(b"guess"), NOW).expect("read"), None);
    assert_eq!(store.session(Token(b"one"), EXPIRES).expect("read"), None);
    store.end_session(Token(b"one")).expect("ended");
    assert_eq!(store.session(Token(b"one"), NOW).expect("read"), None);
    assert!(store.session(Token(b"two"), NOW).expect("read").is_some());
    store.end_sessions(account).expect("ended");
    assert_eq!(store.session(Token(b"three"), NOW).expect("read"), None);
}

pub(crate) fn a_link_needs_its_browser(world: &impl World) {
    let store = world.open();
    with_people(&store, 1, 2);
    begin(&store, &person(1).email);
    let elsewhere = SignInProof::LinkInBrowser { link: LINK, browser: Token(b"another") };
    assert_eq!(finish(&store, elsewhere), SignInResult::OtherBrowser);
    let guessed = SignInProof::LinkInBrowser { link: Token(b"guess"), browser: BROWSER };
    assert_eq!(finish(&store, guessed), SignInResult::Gone);
    let account = store.account(&person(1).email).expect("read");
    assert!(account.is_some());
    let right = SignInProof::LinkInBrowser { link: LINK, browser: BROWSER };
    let (email, note) = (person(1).email, "/write".into());
    assert_eq!(finish(&store, right), SignInResult::Proven { email, account, note });
}

pub(crate) fn a_code_opens_another_browser(world: &impl World) {
    let store = world.open();
    with_people(&store, 1, 2);
    begin(&store, &person(1).email);
    assert!(is_proven(&finish(&store, SignInProof::LinkWithCode { link: LINK, code: CODE })));
    begin(&store, &person(1).email);
    let typed = SignInProof::CodeInBrowser { browser: BROWSER, code: CODE };
    assert!(is_proven(&finish(&store, typed)));
    begin(&store, &person(1).email);
    let elsewhere = SignInProof::CodeInBrowser { browser: Token(b"another"), code: CODE };
    assert_eq!(finish(&store, elsewhere), SignInResult::Gone);
}

pub(crate) fn five_wrong_codes_are_enough(world: &impl World) {
    let wrong = SignInProof::LinkWithCode { link: LINK, code: Token(b"000000") };
    {
        let store = world.open();
        with_people(&store, 1, 2);
        begin(&store, &person(1).email);
        for tries_left in (1..CODE_TRIES_MAX).rev() {
            assert_eq!(finish(&store, wrong), SignInResult::WrongCode { tries_left });
        }
    }
    // A restart gives nobody new tries.
    let store = world.open();
    assert_eq!(finish(&store, wrong), SignInResult::Gone);
    let right = SignInProof::LinkWithCode { link: LINK, code: CODE };
    assert_eq!(finish(&store, right), SignInResult::Gone);
    let typed = SignInProof::CodeInBrowser { browser: BROWSER, code: CODE };
    assert_eq!(finish(&store, typed), SignInResult::Gone);
    // Whoever types wrong codes on purpose locks nobody out: the link still works.
    let link = SignInProof::LinkInBrowser { link: LINK, browser: BROWSER };
    assert!(is_proven(&finish(&store, link)));
}

pub(crate) fn a_session_is_renewed_while_it_lives(world: &impl World) {
    let later = LogTime(EXPIRES.0 + 600_000);
    {
        let store = world.open();
        with_people(&store, 1, 2);
        let account = store.account(&person(0).email).expect("read").expect("there");
        let session = Session { account, created: NOW, expires: EXPIRES, form_seed: [9; 32] };
        for cookie in [Token(b"one"), Token(b"two")] {
            assert!(store.open_session(cookie, &session).expect("opened"));
        }
        assert!(store.renew_session(Token(b"one"), NOW, later).expect("renewed"));
        assert!(!store.renew_session(Token(b"two"), EXPIRES, later).expect("too late"));
        assert!(!store.renew_session(Token(b"guess"), NOW, later).expect("never there"));
        let renewed = store.session(Token(b"one"), EXPIRES).expect("read");
        assert_eq!(renewed, Some(Session { expires: later, ..session }));
    }
    let store = world.open();
    assert!(store.session(Token(b"one"), EXPIRES).expect("read").is_some());
    assert_eq!(store.session(Token(b"two"), EXPIRES).expect("read"), None);
    assert_eq!(store.session(Token(b"one"), later).expect("read"), None);
}

pub(crate) fn a_new_attempt_voids_the_old(world: &impl World) {
    let store = world.open();
    with_people(&store, 1, 2);
    begin(&store, &person(1).email);
    let email = " PERSON1@example.org";
    let (link, browser) = (Token(b"second link"), Token(b"second browser"));
    let second = SignInAttempt { email, link, browser, code: CODE, expires: EXPIRES, note: "" };
    store.begin_sign_in(&second).expect("begun");
    let old = SignInProof::LinkInBrowser { link: LINK, browser: BROWSER };
    assert_eq!(finish(&store, old), SignInResult::Gone);
    let expired = store.finish_sign_in(&SignInProof::LinkInBrowser { link, browser }, EXPIRES);
    assert_eq!(expired.expect("answer"), SignInResult::Gone);
    assert!(is_proven(&finish(&store, SignInProof::LinkInBrowser { link, browser })));
}

pub(crate) fn a_proof_works_once(world: &impl World) {
    let store = world.open();
    with_people(&store, 1, 2);
    begin(&store, &person(1).email);
    let proof = SignInProof::LinkInBrowser { link: LINK, browser: BROWSER };
    assert!(is_proven(&finish(&store, proof)));
    assert_eq!(finish(&store, proof), SignInResult::Gone);
}

pub(crate) fn an_unknown_address_is_proven_without_account(world: &impl World) {
    let store = world.open();
    begin(&store, "founder@example.org");
    let result = finish(&store, SignInProof::LinkInBrowser { link: LINK, browser: BROWSER });
    let (email, note) = ("founder@example.org".into(), "/write".into());
    assert_eq!(result, SignInResult::Proven { email, account: None, note });
}

pub(crate) fn api_tokens_are_listed_and_revoked(world: &impl World) {
    let store = world.open();
    with_people(&store, 1, 2);
    let account = |number| store.account(&person(number).email).expect("read").expect("there");
    let (owner, other) = (account(0), account(1));
    let token = |number: u8| ApiToken {
        id: ApiTokenId([number; 16]),
        account: owner,
        name: format!("script {number}"),
        scopes: "read write".into(),
        created: NOW,
        expires: EXPIRES,
    };
    assert!(store.add_api_token(Token(b"secret 1"), &token(1)).expect("added"));
    assert!(store.add_api_token(Token(b"secret 2"), &token(2)).expect("added"));
    assert!(!store.add_api_token(Token(b"secret 3"), &token(2)).expect("answer"));
    assert_eq!(store.api_token(Token(b"secret 2"), NOW).expect("read"), Some(token(2)));
    assert_eq!(store.api_token(Token(b"secret 2"), EXPIRES).expect("read"), None);
    assert_eq!(store.api_tokens(owner).expect("list"), [token(1), token(2)]);
    assert!(store.api_tokens(other).expect("list").is_empty());
    assert!(!store.revoke_api_token(other, ApiTokenId([1; 16])).expect("answer"));
    assert!(store.revoke_api_token(owner, ApiTokenId([1; 16])).expect("revoked"));
    assert_eq!(store.api_token(Token(b"secret 1"), NOW).expect("read"), None);
}
