//! Who sends a request, as far as cookies tell: a browser, its language, and the account that is signed in on it.
//! Knows no group.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, RawPathParams, Request};
use axum::response::Response;
use http::request::Parts;
use http::{StatusCode, header};
use mic_engine::ids::{CommandKey, GroupId, LogTime};
use mic_proof::hash::{Hasher, hex, hex_decode, sha256};
use mic_store::contract::{AccountId, Token};

use super::cookie::Cookie;
use super::form::{Fields, read_body};
use super::gate::{GateKind, source};
use super::kept::Packed;
use super::limits::{SESSION_MS, SESSION_RENEWAL_MS, SESSION_WHOLE_MS};
use super::next;
use super::site::Site;
use super::stop::{Reader, Stop, go_to, with_cookie};
use crate::pages::sign_in::SignIn;
use crate::pages::trouble::TroubleKind;
use crate::pages::{Frame, Notice, Route};
use crate::words::{Language, Zone};

/// Whoever sends a request.
pub(crate) struct Visitor {
    pub(crate) site: Site,
    pub(crate) session: Option<SignedIn>,
    /// The language asked for in this browser, by the foot of a page.
    pub(crate) asked: Option<Language>,
    accepts: Option<String>,
    /// Path of this page, for coming back to it.
    pub(crate) here: String,
    notice: Option<Notice>,
    /// 64 hexadecimal digits that tie forms to this browser.
    cookie: String,
    /// The cookie was made for this request and has to be set.
    fresh: bool,
    from: IpAddr,
    /// Cookie of an attempt to sign in, as it came.
    pub(crate) sign_in: Option<String>,
    places: Vec<(String, String)>,
}

/// An account that is signed in on this browser.
#[derive(Clone)]
pub(crate) struct SignedIn {
    pub(crate) account: AccountId,
    pub(crate) token: [u8; 32],
    pub(crate) form_seed: [u8; 32],
    created: LogTime,
    expires: LogTime,
}

/// A form of a visitor, checked: it comes from a page of this site shown to this browser.
pub(crate) struct VisitorForm<const BYTES_MAX: usize> {
    pub(crate) visitor: Visitor,
    pub(crate) fields: Fields,
}

impl Visitor {
    /// Reads cookies and session. The session is looked up only where there is a cookie.
    pub(crate) async fn read(parts: &mut Parts, site: &Site) -> Result<Self, Stop> {
        let secure = site.is_secure();
        let places = places_of(parts).await;
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let cookie = |cookie: Cookie| cookie.read(&parts.headers, secure).map(ToOwned::to_owned);
        let known = cookie(Cookie::Visitor).filter(|value| is_token(value));
        let mut visitor = Self {
            session: None,
            asked: cookie(Cookie::Language).as_deref().and_then(Language::parse),
            accepts: header(header::ACCEPT_LANGUAGE).map(ToOwned::to_owned),
            here: parts.uri.path().to_owned(),
            notice: notice_of(parts.uri.query()),
            fresh: known.is_none(),
            cookie: known.unwrap_or_else(|| hex(&site.app().random::<32>())),
            from: source_of(parts, site),
            sign_in: cookie(Cookie::SignIn),
            site: site.clone(),
            places,
        };
        if let Some(token) = cookie(Cookie::Session).and_then(|value| token_of(&value)) {
            let found = visitor.session_of(token).await;
            visitor.session = visitor.tried(found)?;
        }
        Ok(visitor)
    }

    async fn session_of(&self, token: [u8; 32]) -> Result<Option<SignedIn>, mic_store::Fault> {
        let now = LogTime(self.site.wall().0);
        let session =
            self.site.app().blocking(move |store| store.session(Token(&token), now)).await?;
        Ok(session.map(|session| SignedIn {
            account: session.account,
            token,
            form_seed: session.form_seed,
            created: session.created,
            expires: session.expires,
        }))
    }

    /// The reader's language, where nothing of theirs is known.
    pub(crate) fn language(&self) -> Language {
        Language::for_reader(self.asked, self.accepts.as_deref())
    }

    /// What the forms on this browser carry. It changes with every sign-in and sign-out.
    pub(crate) fn form_token(&self) -> String {
        let hash = match &self.session {
            Some(session) => Hasher::new("mic-check/form/v1\n").chain(session.form_seed).finish(),
            None => Hasher::new("mic-check/visitor-form/v1\n").chain(&self.cookie).finish(),
        };
        hex(&hash.as_bytes()[..16])
    }

    pub(crate) fn has_token(&self, fields: &Fields) -> bool {
        // Hashed first, so that the time a comparison takes tells nothing.
        sha256(fields.get("token").as_bytes()) == sha256(self.form_token().as_bytes())
    }

    /// The name of an act of this browser, for acts that no member does. Another content is another act.
    pub(crate) fn act_key(&self, fields: &Fields, file: &[u8]) -> CommandKey {
        let act = Hasher::new("mic-check/visitor-act/v1\n")
            .chain(&self.cookie)
            .chain(sha256(fields.without_token().encode().as_bytes()).as_bytes())
            .chain(sha256(file).as_bytes());
        command_key(&act.finish())
    }

    /// Counts the request; too many end here.
    pub(crate) fn pass(&self, kind: GateKind) -> Result<(), Stop> {
        if self.site.gate().admits(kind, self.from) {
            return Ok(());
        }
        tracing::warn!(event = "web.too_many", gate = ?kind);
        Err(self.trouble(TroubleKind::TooMany))
    }

    /// Whether the request comes from the machine the server runs on.
    pub(crate) fn is_local(&self) -> bool {
        self.from.to_canonical().is_loopback()
    }

    /// One place of the address, by its name in the pattern.
    pub(crate) fn place(&self, name: &str) -> &str {
        self.places.iter().find(|(named, _)| named == name).map_or("", |(_, value)| value)
    }

    /// A number in the address, in the one way it is written.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        let text = self.place(name);
        let number: u32 = text.parse().ok()?;
        (number.to_string() == text).then_some(number)
    }

    pub(crate) fn group(&self) -> Option<GroupId> {
        GroupId::parse(self.place("group"))
    }

    /// The account that is signed in, or the way there and back.
    pub(crate) fn signed_in(&self) -> Result<&SignedIn, Stop> {
        self.session.as_ref().ok_or_else(|| {
            let to = Route::SignIn {}.path();
            let next = next::readable(&self.here).unwrap_or_default();
            Stop::from(go_to(&format!("{to}?next={next}")))
        })
    }

    /// Nobody is signed in any more: what was typed goes along through signing in.
    pub(crate) fn signed_out(&self, packed: &Packed) -> Stop {
        let view = SignIn {
            next: next::readable(&packed.to).unwrap_or_default(),
            kept: Some(packed.view()),
            ..SignIn::default()
        };
        self.page_as(StatusCode::FORBIDDEN, &view).into()
    }

    pub(crate) fn add_cookie(&self, response: &mut Response) {
        if self.fresh {
            let value = Cookie::Visitor.set(&self.cookie, self.site.is_secure());
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }

    /// Signs this browser in under a new session; the one before ends. `None`: the account is gone.
    pub(crate) async fn open_session(
        &mut self,
        account: AccountId,
        response: Response,
    ) -> Result<Option<Response>, Stop> {
        let app = self.site.app();
        let (token, form_seed) = (app.random::<32>(), app.random::<32>());
        let created = LogTime(self.site.wall().0);
        let expires = LogTime(created.0 + SESSION_MS);
        let session = mic_store::contract::Session { account, created, expires, form_seed };
        let before = self.session.as_ref().map(|session| session.token);
        let opened = app.blocking(move |store| {
            if let Some(before) = before {
                store.end_session(Token(&before))?;
            }
            store.open_session(Token(&token), &session)
        });
        let opened = self.tried(opened.await)?;
        // The store knows when it ends; the cookie is never in its way.
        let seconds = SESSION_WHOLE_MS / 1_000;
        let cookie = Cookie::Session.set_for(&hex(&token), seconds, self.site.is_secure());
        self.session = opened.then_some(SignedIn { account, token, form_seed, created, expires });
        Ok(opened.then(|| with_cookie(response, cookie)))
    }

    /// Whoever acts stays signed in. Only acts do this: reading changes nothing, not even when a session ends.
    pub(crate) async fn renew_session(&self) {
        let now = LogTime(self.site.wall().0);
        let Some(session) = &self.session else { return };
        let Some(expires) = renewed(session.created, session.expires, now) else { return };
        let token = session.token;
        let app = self.site.app();
        let renewed =
            app.blocking(move |store| store.renew_session(Token(&token), now, expires)).await;
        // It is worth nothing beside what the person came for: a full disk says so then.
        if let Err(fault) = renewed {
            tracing::warn!(event = "web.session_not_renewed", %fault);
        }
    }
}

impl Reader for Visitor {
    fn visitor(&self) -> &Visitor {
        self
    }

    fn frame(&self) -> Frame {
        let here = next::readable(&self.here).unwrap_or_else(|| Route::Landing {}.path());
        let act = self.site.app().random();
        let frame =
            Frame::for_visitor(self.language(), self.site.wall(), self.form_token(), act, here);
        Frame {
            zone: Zone::default(),
            signed_in: self.session.is_some(),
            notice: self.notice,
            demo: self.site.demo().is_some(),
            ..frame
        }
    }
}

impl FromRequestParts<Site> for Visitor {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Stop> {
        Self::read(parts, site).await
    }
}

impl<const BYTES_MAX: usize> FromRequest<Site> for VisitorForm<BYTES_MAX> {
    type Rejection = Stop;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Stop> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::read(&mut parts, site).await?;
        let body = read_body(&parts.headers, body, BYTES_MAX).await;
        let fields = body.and_then(|body| Fields::parse(&body));
        let fields = fields.map_err(|fault| visitor.trouble(fault.trouble()))?;
        if !visitor.has_token(&fields) {
            let packed = Packed::new(&visitor.here, &fields);
            return Err(visitor.trouble_keeping(TroubleKind::Forbidden, &packed));
        }
        Ok(Self { visitor, fields })
    }
}

/// When a session that is used now ends, where that is worth writing down.
fn renewed(created: LogTime, expires: LogTime, now: LogTime) -> Option<LogTime> {
    let last = LogTime(created.0.saturating_add(SESSION_WHOLE_MS));
    let until = LogTime(now.0.saturating_add(SESSION_MS)).min(last);
    (until.0 >= expires.0.saturating_add(SESSION_RENEWAL_MS)).then_some(until)
}

/// 64 hexadecimal digits.
pub(crate) fn token_of(text: &str) -> Option<[u8; 32]> {
    hex_decode(text).ok()?.try_into().ok()
}

/// The first half of a hash as the name of an act.
pub(crate) fn command_key(hash: &mic_proof::hash::Hash) -> CommandKey {
    let mut key = [0; 16];
    key.copy_from_slice(&hash.as_bytes()[..16]);
    CommandKey(key)
}

fn is_token(text: &str) -> bool {
    token_of(text).is_some()
}

fn notice_of(query: Option<&str>) -> Option<Notice> {
    let fields = Fields::parse(query?.as_bytes()).ok()?;
    Notice::parse(fields.get("done"))
}

pub(crate) fn source_of(parts: &Parts, site: &Site) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded: Vec<&str> = parts
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    source(peer, &forwarded, |address| site.is_proxy(address))
}

async fn places_of(parts: &mut Parts) -> Vec<(String, String)> {
    match RawPathParams::from_request_parts(parts, &()).await {
        Ok(places) => {
            places.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        }
        // An address without places, or one whose places are no text: then nothing is found there.
        Err(_) => Vec::new(),
    }
}
