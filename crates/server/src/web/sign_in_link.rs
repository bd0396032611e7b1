//! The link of the sign-in letter. Opening it changes nothing, whoever or whatever opens it: it shows a button in a browser that
//! asked, and in any other the digits to type there.

use http::StatusCode;
use mic_engine::ids::LogTime;
use mic_store::contract::{SignInProof, SignInResult, Token};

use super::gate::GateKind;
use super::limits::FORM_BYTES_MAX;
use super::sign_in::{Asked, asked, code_of, link_until, welcome};
use super::stop::{Answer, Reader};
use super::visitor::{Visitor, VisitorForm};
use crate::pages::sign_in::{ConfirmLink, OtherBrowser};

pub(super) async fn show(visitor: Visitor) -> Answer {
    let token = visitor.place("token").to_owned();
    let alive = link_until(&token).is_some_and(|until| until > visitor.site.wall());
    if !alive {
        return Ok(visitor.page(&OtherBrowser { code: None }));
    }
    if asked(&visitor).is_none() {
        return Ok(visitor.page(&OtherBrowser { code: Some(code_of(&token)) }));
    }
    Ok(visitor.page(&ConfirmLink { token }))
}

/// The button, in a browser that asked.
pub(super) async fn confirm(form: VisitorForm<FORM_BYTES_MAX>) -> Answer {
    let VisitorForm { visitor, fields: _ } = form;
    visitor.pass(GateKind::Code)?;
    let token = visitor.place("token").to_owned();
    let asked = asked(&visitor);
    let browser = asked.as_ref().map(Asked::browser).unwrap_or_default();
    let (now, link) = (LogTime(visitor.site.wall().0), token.clone());
    let result = visitor.site.app().blocking(move |store| {
        let (link, browser) = (Token(link.as_bytes()), Token(&browser));
        store.finish_sign_in(&SignInProof::LinkInBrowser { link, browser }, now)
    });
    let code = match visitor.tried(result.await)? {
        SignInResult::Proven { account: Some(account), .. } => {
            let next = asked.map(|asked| asked.next).unwrap_or_default();
            return welcome(visitor, account, &next, None).await;
        }
        SignInResult::OtherBrowser => Some(code_of(&token)),
        SignInResult::Proven { account: None, .. }
        | SignInResult::WrongCode { .. }
        | SignInResult::Gone => None,
    };
    Ok(visitor.page_as(StatusCode::UNPROCESSABLE_ENTITY, &OtherBrowser { code }))
}
