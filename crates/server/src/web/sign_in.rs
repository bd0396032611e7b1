//! Signing in and out. The answer to an address is the same bytes at the same time whoever it belongs to: all that depends on
//! it is done after the answer. The link of the letter has a file of its own.

use std::sync::PoisonError;

use axum::response::Response;
use http::StatusCode;
use mic_courier::address::Address;
use mic_engine::ids::LogTime;
use mic_proof::base64;
use mic_proof::hash::{Hasher, hex};
use mic_store::Store;
use mic_store::contract::{
    AccountId, Fault, Letter, LetterId, LetterKind, SignInAttempt, SignInProof, SignInResult, Token,
};

use super::cookie::Cookie;
use super::form::Fields;
use super::gate::GateKind;
use super::kept::Packed;
use super::limits::{
    FORM_BYTES_MAX, LETTER_PAUSE_MS, LETTERS_A_DAY_MAX, LETTERS_UNCONFIRMED_A_DAY_MAX,
    SIGN_IN_BYTES_MAX, SIGN_IN_MS,
};
use super::next;
use super::stop::{Answer, Reader, Stop, go_to, with_cookie, without_sign_in};
use super::visitor::{Visitor, VisitorForm};
use crate::app::App;
use crate::outbox::LetterContent;
use crate::pages::sign_in::{CodeFault, LinkSent, SignIn};
use crate::pages::trouble::SendAgain;
use crate::pages::{Notice, Route};
use crate::words::{Language, Moment};

const DAY_MS: u64 = 86_400_000;

/// The browser's part of a sign-in, as it stands in its cookie: `SECRET.UNTIL.ADDRESS`.
pub(super) struct Asked {
    /// What proves that this is the browser that asked: 64 hexadecimal digits.
    pub(super) secret: [u8; 32],
    pub(super) until: Moment,
    pub(super) email: String,
}

pub(super) async fn blank(visitor: Visitor, request: axum::extract::RawQuery) -> Answer {
    let query = Fields::parse(request.0.unwrap_or_default().as_bytes()).unwrap_or_default();
    let next = next::readable(query.get("next")).unwrap_or_default();
    Ok(visitor.page(&SignIn { next, ..SignIn::default() }))
}

/// Somebody wants to sign in.
pub(super) async fn ask(form: VisitorForm<SIGN_IN_BYTES_MAX>) -> Answer {
    let VisitorForm { visitor, fields } = form;
    let kept = Packed::read(fields.get("kept"));
    let next = next::readable(fields.get("next")).unwrap_or_default();
    let typed = fields.get("email").trim();
    let Ok(address) = Address::parse(typed) else {
        let kept = kept.map(|kept| kept.view());
        let page = SignIn { email: typed.to_owned(), next, fault: true, kept };
        return Ok(visitor.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    visitor.pass(GateKind::SignIn)?;
    let now = visitor.site.wall();
    let email = address.as_str().to_owned();
    // Pressed twice, the first letter still counts in this browser.
    let pending = asked(&visitor).filter(|asked| asked.email == email && asked.until > now);
    let fresh = pending.is_none();
    let asked = pending.unwrap_or_else(|| Asked {
        secret: visitor.site.app().random(),
        until: Moment(now.0 + SIGN_IN_MS),
        email: email.clone(),
    });
    let page = LinkSent {
        email,
        until: asked.until,
        fault: None,
        shown_link: None,
        kept: kept.map(|kept| kept.view()),
    };
    let answer = with_cookie(visitor.page(&page), asked.cookie(visitor.site.is_secure()));
    if fresh {
        after_the_answer(&visitor, asked, next);
    }
    Ok(answer)
}

/// The six digits of the letter, typed into the browser that asked.
pub(super) async fn code(form: VisitorForm<SIGN_IN_BYTES_MAX>) -> Answer {
    let VisitorForm { visitor, fields } = form;
    visitor.pass(GateKind::Code)?;
    let Some(asked) = asked(&visitor) else {
        return Ok(visitor.page_as(StatusCode::UNPROCESSABLE_ENTITY, &SignIn::default()));
    };
    let code: String =
        fields.get("code").chars().filter(|letter| !letter.is_whitespace()).collect();
    let (now, secret) = (LogTime(visitor.site.wall().0), asked.secret);
    let result = visitor.site.app().blocking(move |store| {
        let (browser, code) = (Token(&secret), Token(code.as_bytes()));
        store.finish_sign_in(&SignInProof::CodeInBrowser { browser, code }, now)
    });
    let kept = Packed::read(fields.get("kept"));
    let result = visitor.tried(result.await)?;
    let fault = match result {
        SignInResult::Proven { account: Some(account), note, .. } => {
            return welcome(visitor, account, &note, kept.as_ref()).await;
        }
        SignInResult::WrongCode { tries_left: 1.. } => CodeFault::Wrong,
        SignInResult::WrongCode { tries_left: 0 }
        | SignInResult::Proven { account: None, .. }
        | SignInResult::OtherBrowser
        | SignInResult::Gone => CodeFault::Spent,
    };
    let page = LinkSent {
        email: asked.email,
        until: asked.until,
        fault: Some(fault),
        shown_link: None,
        kept: kept.map(|kept| kept.view()),
    };
    Ok(visitor.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

pub(super) async fn sign_out(form: VisitorForm<FORM_BYTES_MAX>) -> Answer {
    let VisitorForm { visitor, fields: _ } = form;
    if let Some(session) = &visitor.session {
        let token = session.token;
        let ended = visitor.site.app().blocking(move |store| store.end_session(Token(&token)));
        visitor.tried(ended.await)?;
    }
    let answer = visitor.go(&Route::Landing {}, Some(Notice::SignedOut));
    Ok(forget_session(&visitor, answer))
}

/// Proven: a new session, and on to where the person wanted to go, with what they had typed.
pub(super) async fn welcome(
    mut visitor: Visitor,
    account: AccountId,
    note: &str,
    kept: Option<&Packed>,
) -> Answer {
    let secure = visitor.site.is_secure();
    let next = next::readable(note).unwrap_or_else(|| Route::Landing {}.path());
    let answer = go_to(&format!("{next}?done={}", Notice::SignedIn.slug()));
    let Some(answer) = visitor.open_session(account, answer).await? else {
        return Err(Stop::from(go_to(&Route::SignIn {}.path())));
    };
    let answer = without_sign_in(answer, secure);
    let Some(kept) = kept else { return Ok(answer) };
    let page = SendAgain { again: kept.again(), kept: kept.fields.typed() };
    let mut page = visitor.page(&page);
    for cookie in answer.headers().get_all(http::header::SET_COOKIE) {
        page.headers_mut().append(http::header::SET_COOKIE, cookie.clone());
    }
    Ok(page)
}

pub(super) fn asked(visitor: &Visitor) -> Option<Asked> {
    Asked::read(visitor.sign_in.as_deref()?)
}

/// The token in the link: 32 hexadecimal digits of chance, and until when it works, so that the page it opens can say so.
pub(super) fn link_token(random: [u8; 16], until: Moment) -> String {
    format!("{}-{:x}", hex(&random), until.0)
}

/// Until when a link works by its own word; the store decides.
pub(super) fn link_until(token: &str) -> Option<Moment> {
    let (random, until) = token.split_once('-')?;
    let plain = random.len() == 32 && random.bytes().all(|byte| byte.is_ascii_hexdigit());
    let until = u64::from_str_radix(until, 16).ok()?;
    plain.then_some(Moment(until))
}

/// The six digits that belong to a link. They follow from it, so that the page the link opens can show them without anything being
/// stored or changed; whoever has the letter has both anyway.
pub(super) fn code_of(token: &str) -> String {
    let hash = Hasher::new("mic-check/sign-in-code/v1\n").chain(token).finish();
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    format!("{:06}", u64::from_be_bytes(first) % 1_000_000)
}

impl Asked {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (secret, until, email) = (parts.next()?, parts.next()?, parts.next()?);
        let email = String::from_utf8(base64::decode_url(email).ok()?).ok()?;
        let secret = super::visitor::token_of(secret)?;
        Some(Self { secret, until: Moment(until.parse().ok()?), email })
    }

    fn cookie(&self, secure: bool) -> http::HeaderValue {
        let email = base64::encode_url(self.email.as_bytes());
        let value = format!("{}.{}.{email}", hex(&self.secret), self.until.0);
        Cookie::SignIn.set_for(&value, SIGN_IN_MS / 1_000, secure)
    }
}

/// Everything that depends on whose address it is. Nobody waits for it, so that its time tells nothing.
fn after_the_answer(visitor: &Visitor, asked: Asked, next: String) {
    let app = visitor.site.app().clone();
    let language = visitor.language();
    let (random, id, letters) =
        (app.random::<16>(), LetterId(app.random()), visitor.site.letters());
    let token = link_token(random, asked.until);
    tokio::spawn(async move {
        let letter = Ask { asked, next, language, token, id };
        let now = LogTime(app.wall().0);
        let written = app.blocking(move |store| {
            let _one_at_a_time = letters.lock().unwrap_or_else(PoisonError::into_inner);
            letter.write(store, now)
        });
        match written.await {
            Ok(true) => app.kick_outbox(),
            Ok(false) => {}
            Err(fault) => tracing::error!(event = "sign_in.not_written", %fault),
        }
    });
}

struct Ask {
    asked: Asked,
    next: String,
    language: Language,
    token: String,
    id: LetterId,
}

impl Ask {
    /// Writes the letter, if the address belongs to somebody and has not had too many.
    fn write(&self, store: &dyn Store, now: LogTime) -> Result<bool, Fault> {
        let email = &self.asked.email;
        let Some(account) = store.account(email)? else { return Ok(false) };
        if !may_get_letter(store, email, account, now)? {
            return Ok(false);
        }
        let code = code_of(&self.token);
        let expires = LogTime(self.asked.until.0);
        store.begin_sign_in(&SignInAttempt {
            email,
            link: Token(self.token.as_bytes()),
            browser: Token(&self.asked.secret),
            code: Token(code.as_bytes()),
            expires,
            note: &self.next,
        })?;
        let content = LetterContent::SignIn {
            language: self.language_of(store, account)?,
            zone: String::new(),
            token: self.token.clone(),
            code,
            until: self.asked.until.0,
        };
        let letter = Letter {
            id: self.id,
            kind: LetterKind::SignIn,
            group: None,
            address: email.clone(),
            content: content.to_bytes(),
            expires,
        };
        store.write_letter(&letter, now)
    }

    /// The person's own language, where they have one; else that of the browser that asked.
    fn language_of(&self, store: &dyn Store, account: AccountId) -> Result<String, Fault> {
        for membership in store.memberships(account)? {
            if let Some(record) = store.person(membership.group, membership.slot)? {
                return Ok(record.person.language);
            }
        }
        Ok(self.language.tag().to_owned())
    }
}

/// One letter in ten minutes, and few in a day to an address nobody has ever signed in with.
fn may_get_letter(
    store: &dyn Store,
    email: &str,
    account: AccountId,
    now: LogTime,
) -> Result<bool, Fault> {
    let since = |span: u64| LogTime(now.0.saturating_sub(span));
    if store.letters_since(email, since(LETTER_PAUSE_MS))? > 0 {
        return Ok(false);
    }
    let mut confirmed = false;
    for membership in store.memberships(account)? {
        let record = store.person(membership.group, membership.slot)?;
        confirmed |= record.is_some_and(|record| record.last_active.is_some());
    }
    let max = if confirmed { LETTERS_A_DAY_MAX } else { LETTERS_UNCONFIRMED_A_DAY_MAX };
    Ok(store.letters_since(email, since(DAY_MS))? < max)
}

/// Ends the session's cookie with an answer.
pub(super) fn forget_session(visitor: &Visitor, answer: Response) -> Response {
    let secure = visitor.site.is_secure();
    // The forms of this browser get a new token as well: nothing of the session is left in it.
    let answer = with_cookie(answer, Cookie::Session.clear(secure));
    with_cookie(answer, Cookie::Visitor.clear(secure))
}

/// Whether letters to this address may be written now; for invitations, whoever it belongs to.
pub(super) fn stranger_may_get_letter(
    app: &App,
    store: &dyn Store,
    email: &str,
) -> Result<bool, Fault> {
    let now = app.wall().0;
    let since = |span: u64| LogTime(now.saturating_sub(span));
    Ok(store.letters_since(email, since(LETTER_PAUSE_MS))? == 0
        && store.letters_since(email, since(DAY_MS))? < LETTERS_UNCONFIRMED_A_DAY_MAX)
}

#[cfg(test)]
mod tests {
    use super::{Asked, Moment, code_of, link_token, link_until};

    #[test]
    fn a_link_says_until_when_and_which_digits() {
        let token = link_token([7; 16], Moment(1_795_529_400_000));
        assert_eq!(link_until(&token), Some(Moment(1_795_529_400_000)));
        assert_eq!(code_of(&token).len(), 6);
        assert_ne!(code_of(&token), code_of(&link_token([8; 16], Moment(1_795_529_400_000))));
        for forged in ["", "-", "ab-1", "code", &token[1..]] {
            assert_eq!(link_until(forged), None, "{forged}");
        }
    }

    #[test]
    fn the_browsers_part_comes_back() {
        let asked =
            Asked { secret: [3; 32], until: Moment(9), email: "ada@example.org".to_owned() };
        let cookie = asked.cookie(false);
        let value = cookie.to_str().unwrap().split(['=', ';']).nth(1).unwrap();
        let back = Asked::read(value).unwrap();
        assert_eq!((back.secret, back.until, back.email), (asked.secret, asked.until, asked.email));
        assert!(Asked::read("x.y.z").is_none());
    }
}
