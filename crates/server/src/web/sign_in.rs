//! Signing in and out. The answer to an address is the same bytes at the same time whoever it belongs to: all that depends on
//! it is done after the answer (`letter`). The link of the letter has a file of its own.
//!
//! One letter is alive for an address, whoever asked for it, and it can be used in every browser in which somebody asked to sign in
//! with that address. So a stranger who keeps asking gets letters written to somebody else, and takes nothing from them.

mod letter;

use axum::response::Response;
use http::StatusCode;
use mic_courier::address::Address;
use mic_engine::ids::LogTime;
use mic_proof::base64;
use mic_proof::hash::{Hasher, hex};
use mic_store::contract::{AccountId, Month, SignInProof, SignInResult, Token, email_key};

use super::cookie::Cookie;
use super::form::Fields;
use super::gate::GateKind;
use super::kept::Packed;
use super::limits::{FORM_BYTES_MAX, SIGN_IN_BYTES_MAX, SIGN_IN_MS};
use super::next;
use super::stop::{Answer, Reader, Stop, go_to, with_cookie, without_sign_in};
use super::visitor::{Visitor, VisitorForm};
use crate::pages::sign_in::{LinkSent, SignIn};
use crate::pages::trouble::SendAgain;
use crate::pages::{Notice, Route};
use crate::words::Moment;

pub(super) use letter::{Asks, stranger_may_get_letter};

/// That somebody asked in this browser to sign in with an address, as it stands in its cookie: `UNTIL.ADDRESS.NEXT`.
pub(super) struct Asked {
    pub(super) until: Moment,
    pub(super) email: String,
    /// Where to go afterwards: a path of this site, or nothing.
    pub(super) next: String,
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
    let until = Moment(visitor.site.wall().0 + SIGN_IN_MS);
    let asked = Asked { until, email: address.as_str().to_owned(), next };
    let kept = kept.map(|kept| kept.view());
    let page = LinkSent { email: asked.email.clone(), until, fault: false, shown_link: None, kept };
    let answer = with_cookie(visitor.page(&page), asked.cookie(visitor.site.is_secure()));
    letter::after_the_answer(&visitor, asked.email);
    Ok(answer)
}

/// The six digits of the letter, typed into a browser that asked. Whatever does not work is said in the same words: more would tell
/// whether the address belongs to somebody.
pub(super) async fn code(form: VisitorForm<SIGN_IN_BYTES_MAX>) -> Answer {
    let VisitorForm { visitor, fields } = form;
    visitor.pass(GateKind::Code)?;
    let Some(asked) = asked(&visitor) else {
        return Ok(visitor.page_as(StatusCode::UNPROCESSABLE_ENTITY, &SignIn::default()));
    };
    let code: String =
        fields.get("code").chars().filter(|letter| !letter.is_whitespace()).collect();
    let (now, browser) = (LogTime(visitor.site.wall().0), asked.browser());
    let result = visitor.site.app().blocking(move |store| {
        let (browser, code) = (Token(&browser), Token(code.as_bytes()));
        store.finish_sign_in(&SignInProof::CodeInBrowser { browser, code }, now)
    });
    let kept = Packed::read(fields.get("kept"));
    if let SignInResult::Proven { account: Some(account), .. } = visitor.tried(result.await)? {
        return welcome(visitor, account, &asked.next, kept.as_ref()).await;
    }
    let page = LinkSent {
        email: asked.email,
        until: asked.until,
        fault: true,
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
    next: &str,
    kept: Option<&Packed>,
) -> Answer {
    let secure = visitor.site.is_secure();
    let next = next::readable(next).unwrap_or_else(|| Route::Landing {}.path());
    let answer = go_to(&format!("{next}?done={}", Notice::SignedIn.slug()));
    let Some(answer) = visitor.open_session(account, answer).await? else {
        return Err(Stop::from(go_to(&Route::SignIn {}.path())));
    };
    confirm(&visitor, account).await;
    let answer = without_sign_in(answer, secure);
    let Some(kept) = kept else { return Ok(answer) };
    let page = SendAgain { again: kept.again(), kept: kept.fields.typed() };
    let mut page = visitor.page(&page);
    for cookie in answer.headers().get_all(http::header::SET_COOKIE) {
        page.headers_mut().append(http::header::SET_COOKIE, cookie.clone());
    }
    Ok(page)
}

/// From now on the address is one that somebody reads. Whoever was here before is known already.
async fn confirm(visitor: &Visitor, account: AccountId) {
    let month = Month::of(LogTime(visitor.site.wall().0));
    let noted = visitor.site.app().blocking(move |store| {
        for membership in store.memberships(account)? {
            let record = store.person(membership.group, membership.slot)?;
            if record.is_some_and(|record| record.last_active.is_none()) {
                store.mark_active(membership.group, membership.slot, month)?;
            }
        }
        Ok::<(), mic_store::Fault>(())
    });
    // They are signed in all the same; the next form notes it.
    if let Err(fault) = noted.await {
        tracing::warn!(event = "sign_in.not_confirmed", %fault);
    }
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
        let until = Moment(parts.next()?.parse().ok()?);
        let mut text = || String::from_utf8(base64::decode_url(parts.next()?).ok()?).ok();
        Some(Self { until, email: text()?, next: text()? })
    }

    fn cookie(&self, secure: bool) -> http::HeaderValue {
        let [email, next] =
            [&self.email, &self.next].map(|text| base64::encode_url(text.as_bytes()));
        let value = format!("{}.{email}.{next}", self.until.0);
        Cookie::SignIn.set_for(&value, SIGN_IN_MS / 1_000, secure)
    }

    /// What shows the store that somebody asked in this browser to sign in with this address: no secret, for what proves that the
    /// address is theirs is the link or the code. Other sites cannot set the cookie it comes from.
    pub(super) fn browser(&self) -> [u8; 32] {
        browser_of(&self.email)
    }
}

fn browser_of(email: &str) -> [u8; 32] {
    Hasher::new("mic-check/asked-to-sign-in/v1\n").chain(email_key(email)).finish().0
}

/// Ends the session's cookie with an answer.
pub(super) fn forget_session(visitor: &Visitor, answer: Response) -> Response {
    let secure = visitor.site.is_secure();
    // The forms of this browser get a new token as well: nothing of the session is left in it.
    let answer = with_cookie(answer, Cookie::Session.clear(secure));
    with_cookie(answer, Cookie::Visitor.clear(secure))
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
        let (email, next) = ("ada@example.org".to_owned(), "/new".to_owned());
        let asked = Asked { until: Moment(9), email, next };
        let cookie = asked.cookie(false);
        let value = cookie.to_str().unwrap().split(['=', ';']).nth(1).unwrap();
        let back = Asked::read(value).unwrap();
        assert_eq!((back.until, &back.email, &back.next), (asked.until, &asked.email, &asked.next));
        assert_eq!(back.browser(), asked.browser());
        let other = Asked { email: "bea@example.org".to_owned(), ..back };
        assert_ne!(other.browser(), asked.browser());
        for forged in ["x.y.z", "", "9", "9.YQ", "9.YQ.!"] {
            assert!(Asked::read(forged).is_none(), "{forged}");
        }
    }
}
