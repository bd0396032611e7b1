//! Who calls: the token of a program, the account behind it, and inside a group the member. A token that may only read is turned away
//! here from whatever changes something. Knows no topic.

use std::net::IpAddr;

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;
use http::{HeaderMap, Method, header};
use mic_engine::access::{Thing, Viewer, may_see};
use mic_engine::command::{MemberAct, Profile};
use mic_engine::ids::{CommandKey, GroupId, LogTime, Number, ProposalNumber, Slot};
use mic_engine::node::{Reply, View};
use mic_engine::state::{BroadcastLine, State};
use mic_proof::hash::{Hasher, sha256};
use mic_store::Store;
use mic_store::contract::{AccountId, ApiToken, Fault, Month, PersonRecord, Token};

use super::problem::{Problem, language_of};
use super::token::{PREFIX, Scope, TOKEN_CHARACTERS};
use crate::app::App;
use crate::web::fill::texts;
use crate::web::{GateKind, Site, source_of};
use crate::words::Language;

/// The header by which a call that is sent again is known.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Its longest value, in characters.
pub const IDEMPOTENCY_KEY_CHARACTERS_MAX: usize = 128;

/// A program that showed a token.
pub(super) struct Caller {
    pub(super) site: Site,
    pub(super) token: ApiToken,
    pub(super) language: Language,
    key: CommandKey,
    from: IpAddr,
    places: Vec<(String, String)>,
}

/// The same inside a group of its member.
pub(super) struct Insider {
    pub(super) caller: Caller,
    pub(super) group: GroupId,
    pub(super) slot: Slot,
    pub(super) view: View,
    pub(super) record: PersonRecord,
    pub(super) profile: Profile,
}

impl Caller {
    async fn read(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let from = source_of(parts, site);
        let shown = shown_token(&parts.headers).ok_or(Problem::NoToken)?.to_owned();
        let now = LogTime(site.app().wall().0);
        let found = site.app().blocking(move |store| store.api_token(Token(shown.as_bytes()), now));
        let Some(token) = found.await? else {
            let within = site.gate().admits(GateKind::Token, from);
            return Err(if within { Problem::NoToken } else { Problem::TooMany });
        };
        let reads = [Method::GET, Method::HEAD].contains(&parts.method);
        if !reads && Scope::parse(&token.scopes) != Some(Scope::Act) {
            return Err(Problem::ReadOnly);
        }
        let named = named_key(&parts.headers)?;
        let key = named.map(|named| act_key(&token, &named));
        Ok(Self {
            key: key.unwrap_or_else(|| CommandKey(site.app().random())),
            language: language_of(&parts.headers),
            places: places_of(parts).await?,
            site: site.clone(),
            token,
            from,
        })
    }

    pub(super) fn app(&self) -> &App {
        self.site.app()
    }

    /// The name of what this call does: the same for a call that is sent again under one `Idempotency-Key`.
    pub(super) fn key(&self) -> CommandKey {
        self.key
    }

    pub(super) fn place(&self, name: &str) -> &str {
        self.places.iter().find(|(named, _)| named == name).map_or("", |(_, value)| value)
    }

    /// A number in the address, in the one way it is written.
    pub(super) fn number(&self, name: &str) -> Result<u32, Problem> {
        let text = self.place(name);
        let number = text.parse().ok().filter(|number: &u32| number.to_string() == text);
        number.ok_or(Problem::NotFound)
    }

    /// Counts the call; too many end here.
    pub(super) fn pass(&self, kind: GateKind) -> Result<(), Problem> {
        if self.site.gate().admits(kind, self.from) { Ok(()) } else { Err(Problem::TooMany) }
    }
}

impl Insider {
    async fn read(caller: Caller) -> Result<Self, Problem> {
        let group = GroupId::parse(caller.place("group")).ok_or(Problem::NotFound)?;
        let view = caller.app().view(group).ok_or(Problem::NotFound)?;
        let (inside, account) = (view.clone(), caller.token.account);
        let found = caller.app().blocking(move |store| belongs(store, &inside, account)).await?;
        let (slot, record, profile) = found.ok_or(Problem::NotFound)?;
        Ok(Self { caller, group, slot, view, record, profile })
    }

    pub(super) fn app(&self) -> &App {
        self.caller.app()
    }

    pub(super) fn state(&self) -> &State {
        &self.view.state
    }

    pub(super) fn may_see(&self, thing: Thing) -> bool {
        may_see(self.state(), Viewer::Member(self.slot), thing)
    }

    /// The proposal in the address, if it was ever opened and this member may read it.
    pub(super) fn proposal(&self) -> Result<ProposalNumber, Problem> {
        let number = ProposalNumber(self.caller.number("proposal")?);
        let state = self.state();
        let exists = state.open.contains_key(&number) || state.closed.contains_key(&number);
        if exists && self.may_see(Thing::Text(number)) {
            Ok(number)
        } else {
            Err(Problem::NotFound)
        }
    }

    pub(super) fn broadcast(&self) -> Result<BroadcastLine, Problem> {
        let number = Number(self.caller.number("broadcast")?);
        let line = self.state().broadcast(number).copied();
        let seen = line.filter(|line| self.may_see(Thing::Broadcast(line.proposal)));
        seen.ok_or(Problem::NotFound)
    }

    /// Calls the store with the group as it stands.
    pub(super) async fn look<T, F>(&self, call: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Store, &View) -> Result<T, Fault> + Send + 'static,
    {
        let view = self.view.clone();
        Ok(self.app().blocking(move |store| call(store, &view)).await?)
    }

    /// Acts, once for each key however often it is sent.
    pub(super) async fn act(&self, act: MemberAct) -> Result<Reply, Problem> {
        self.note_activity().await;
        Ok(self.app().act(self.group, self.slot, Some(self.caller.key()), act).await?)
    }

    /// 32 bytes that follow from the group's secrets and the key of this call, so that a call sent twice says the same twice and nobody
    /// else can know what it says.
    pub(super) async fn secret(&self, purpose: &'static str) -> Result<[u8; 32], Problem> {
        let group = self.group;
        let secrets = self.app().blocking(move |store| store.group_secrets(group)).await?;
        let secrets = secrets.ok_or(Problem::Broken)?;
        let secret = Hasher::new("mic-check/api-secret/v1\n")
            .chain(sha256(&secrets.signing_seed).as_bytes())
            .chain(self.slot.0.to_be_bytes())
            .chain(self.caller.key().0)
            .chain(purpose);
        Ok(secret.finish().0)
    }

    /// All that is kept of when somebody was here is the month.
    async fn note_activity(&self) {
        let month = Month::of(LogTime(self.app().wall().0));
        if self.record.last_active == Some(month) {
            return;
        }
        let (group, slot) = (self.group, self.slot);
        let noted = self.app().blocking(move |store| store.mark_active(group, slot, month)).await;
        if let Err(fault) = noted {
            tracing::warn!(event = "api.activity_not_noted", %fault);
        }
    }
}

impl FromRequestParts<Site> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        Self::read(parts, site).await
    }
}

impl FromRequestParts<Site> for Insider {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        Self::read(Caller::read(parts, site).await?).await
    }
}

/// The token of `Authorization: Bearer …` (RFC 6750, 2.1). Sent twice it is none.
fn shown_token(headers: &HeaderMap) -> Option<&str> {
    let mut lines = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return None };
    let (scheme, token) = line.to_str().ok()?.split_once(' ')?;
    let ours = token.len() == TOKEN_CHARACTERS && token.starts_with(PREFIX);
    (scheme.eq_ignore_ascii_case("bearer") && ours).then_some(token)
}

/// The value of `Idempotency-Key`, if there is one.
fn named_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut lines = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(line) = lines.next() else { return Ok(None) };
    let text = line.to_str().map_err(|_| Problem::BadKey)?;
    let fits = (1..=IDEMPOTENCY_KEY_CHARACTERS_MAX).contains(&text.len());
    let clean = text.bytes().all(|byte| byte.is_ascii_graphic());
    if fits && clean && lines.next().is_none() {
        Ok(Some(text.to_owned()))
    } else {
        Err(Problem::BadKey)
    }
}

/// Two tokens never name the same act, whatever keys their programs choose.
fn act_key(token: &ApiToken, named: &str) -> CommandKey {
    let hash = Hasher::new("mic-check/api-act/v1\n").chain(token.id.0).chain(named).finish();
    let mut key = [0; 16];
    key.copy_from_slice(&hash.as_bytes()[..16]);
    CommandKey(key)
}

async fn places_of(parts: &mut Parts) -> Result<Vec<(String, String)>, Problem> {
    let places = RawPathParams::from_request_parts(parts, &()).await;
    let places = places.map_err(|_| Problem::NotFound)?;
    Ok(places.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// The account's place in the group, if it has one and holds it.
fn belongs(
    store: &dyn Store,
    view: &View,
    account: AccountId,
) -> Result<Option<(Slot, PersonRecord, Profile)>, Fault> {
    let group = view.state.founded.group;
    let memberships = store.memberships(account)?;
    let mine = memberships.iter().find(|membership| {
        let inside = || may_see(&view.state, Viewer::Member(membership.slot), Thing::Inside);
        membership.group == group && inside()
    });
    let Some(mine) = mine else { return Ok(None) };
    let Some(record) = store.person(group, mine.slot)? else { return Ok(None) };
    Ok(Some((mine.slot, record, texts::profile(store, view)?)))
}
