//! A request inside a group: the member who sends it, with the group as it stands. To everybody else the group is not there.
//! Knows no topic.

use axum::extract::{FromRequest, FromRequestParts, Request};
use http::request::Parts;
use mic_engine::access::{Thing, Viewer, may_see};
use mic_engine::command::{MemberAct, Profile};
use mic_engine::ids::{CommandKey, GroupId, LogTime, ProposalNumber, Slot};
use mic_engine::node::{Reply, View};
use mic_engine::state::State;
use mic_proof::hash::{Hasher, sha256};
use mic_store::Store;
use mic_store::contract::{AccountId, Fault, Month, PersonRecord};

use super::fill::texts;
use super::form::{Fields, read_body};
use super::kept::Packed;
use super::site::Site;
use super::stop::{Reader, Stop};
use super::visitor::{Visitor, command_key};
use crate::app::ActError;
use crate::contact::{Choices, language_of};
use crate::pages::trouble::TroubleKind;
use crate::pages::{Frame, GroupHead, Route};
use crate::words::Moment;

/// A member who sends a request.
pub(crate) struct Member {
    pub(crate) visitor: Visitor,
    pub(crate) group: GroupId,
    pub(crate) slot: Slot,
    pub(crate) view: View,
    pub(crate) record: PersonRecord,
    pub(crate) choices: Choices,
    pub(crate) profile: Profile,
}

/// A form of a member, checked: signed in, of this group, from a page shown to this session.
pub(crate) struct MemberForm<const BYTES_MAX: usize> {
    pub(crate) member: Member,
    pub(crate) fields: Fields,
    /// The form to be sent again should the world fail.
    pub(crate) packed: Packed,
}

impl Member {
    async fn read(visitor: Visitor) -> Result<Self, Stop> {
        let account = visitor.signed_in()?.account;
        let view = visitor.group().and_then(|group| visitor.site.app().view(group));
        let Some(view) = view else { return Err(visitor.not_found()) };
        let inside = view.clone();
        let found =
            visitor.site.app().blocking(move |store| belongs(store, &inside, account)).await;
        let Some((slot, record, profile)) = visitor.tried(found)? else {
            return Err(visitor.not_found());
        };
        let choices = Choices::of(&record, &view.state.roll, slot);
        let group = view.state.founded.group;
        Ok(Self { visitor, group, slot, view, record, choices, profile })
    }

    pub(crate) fn state(&self) -> &State {
        &self.view.state
    }

    pub(crate) fn now(&self) -> LogTime {
        self.visitor.site.app().now()
    }

    pub(crate) fn as_viewer(&self) -> Viewer {
        Viewer::Member(self.slot)
    }

    pub(crate) fn may_see(&self, thing: Thing) -> bool {
        may_see(self.state(), self.as_viewer(), thing)
    }

    /// The proposal in the address, as far as it was ever opened.
    pub(crate) fn proposal(&self) -> Result<ProposalNumber, Stop> {
        let number = self.visitor.number("proposal").map(ProposalNumber);
        let exists = |number: &ProposalNumber| {
            self.state().open.contains_key(number) || self.state().closed.contains_key(number)
        };
        number.filter(exists).ok_or_else(|| self.not_found())
    }

    /// Calls the store with the group as it stands.
    pub(crate) async fn look<T, F>(&self, call: F) -> Result<T, Stop>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Store, &View) -> Result<T, Fault> + Send + 'static,
    {
        let view = self.view.clone();
        let result = self.visitor.site.app().blocking(move |store| call(store, &view)).await;
        self.tried(result)
    }

    /// Acts, once for each form however often it is sent.
    pub(crate) async fn act(&self, fields: &Fields, act: MemberAct) -> Result<Reply, ActError> {
        self.act_until(fields, act, |_| true).await
    }

    /// The same for an act that may have been undone since: a form from before, sent once more by somebody who went back to its page,
    /// is meant. `holds` says whether the act stands.
    pub(crate) async fn act_until(
        &self,
        fields: &Fields,
        act: MemberAct,
        holds: impl Fn(&View) -> bool,
    ) -> Result<Reply, ActError> {
        let app = self.visitor.site.app();
        let before = self.state().position;
        let reply = app.act(self.group, self.slot, Some(self.act_key(fields)), act.clone()).await?;
        let stands = app.view(self.group).is_none_or(|view| holds(&view));
        if reply.seq >= before || stands {
            return Ok(reply);
        }
        app.act(self.group, self.slot, None, act).await
    }

    /// The name of this act of this member. Nobody else can name it by guessing the form's digits, and another content is another act.
    pub(crate) fn act_key(&self, fields: &Fields) -> CommandKey {
        let content = sha256(fields.without_token().encode().as_bytes());
        self.name_of(b"act", fields, content.as_bytes())
    }

    /// A name for something that the form makes, whatever it says by now.
    pub(crate) fn thing_key(&self, fields: &Fields) -> CommandKey {
        self.name_of(b"thing", fields, &[])
    }

    fn name_of(&self, purpose: &[u8], fields: &Fields, content: &[u8]) -> CommandKey {
        let named = Hasher::new("mic-check/act/v1\n")
            .chain(self.group.0)
            .chain(self.slot.0.to_be_bytes())
            .chain(sha256(purpose).as_bytes())
            .chain(fields.get("act"))
            .chain(content);
        command_key(&named.finish())
    }

    /// 32 bytes that follow from the session's secret and the form, so that a form sent twice says the same twice.
    pub(crate) fn secret_of(&self, purpose: &str, fields: &Fields) -> [u8; 32] {
        let seed = self.visitor.session.as_ref().map(|session| session.form_seed);
        let secret = Hasher::new("mic-check/form-secret/v1\n")
            .chain(seed.unwrap_or_else(|| self.visitor.site.app().random()))
            .chain(sha256(purpose.as_bytes()).as_bytes())
            .chain(fields.get("act"));
        secret.finish().0
    }
}

impl Reader for Member {
    fn visitor(&self) -> &Visitor {
        &self.visitor
    }

    fn frame(&self) -> Frame {
        let frame = self.visitor.frame();
        let language = self.visitor.asked.or_else(|| language_of(&self.record));
        let duties = u32::try_from(self.state().duties(self.slot).count()).unwrap_or(u32::MAX);
        Frame {
            language: language.unwrap_or(frame.language),
            zone: self.choices.zone(),
            now: Moment::from(self.now()),
            group: Some(GroupHead {
                id: self.group,
                name: self.profile.name.clone(),
                member: true,
                duties,
            }),
            ..frame
        }
    }
}

impl FromRequestParts<Site> for Member {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Stop> {
        Self::read(Visitor::read(parts, site).await?).await
    }
}

impl<const BYTES_MAX: usize> FromRequest<Site> for MemberForm<BYTES_MAX> {
    type Rejection = Stop;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Stop> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::read(&mut parts, site).await?;
        let body = read_body(&parts.headers, body, BYTES_MAX).await;
        let fields = body.and_then(|body| Fields::parse(&body));
        let fields = fields.map_err(|fault| visitor.trouble(fault.trouble()))?;
        let packed = Packed::new(&visitor.here, &fields);
        if visitor.session.is_none() {
            return Err(visitor.signed_out(&packed));
        }
        let genuine = visitor.has_token(&fields);
        let member = Member::read(visitor).await?;
        // A form of an earlier session: a person has to press the button once more, which no other site can make them do.
        if !genuine || !is_act(fields.get("act")) {
            return Err(member.trouble_keeping(TroubleKind::Forbidden, &packed));
        }
        member.note_activity().await;
        member.visitor.renew_session().await;
        Ok(Self { member, fields, packed })
    }
}

impl Member {
    /// Where acts of this member lead back to when nothing better is known.
    pub(crate) fn home(&self) -> Route {
        Route::Home { group: self.group }
    }

    /// All that is kept of when somebody was here is the month.
    async fn note_activity(&self) {
        let month = Month::of(LogTime(self.visitor.site.wall().0));
        if self.record.last_active == Some(month) {
            return;
        }
        let (group, slot) = (self.group, self.slot);
        let app = self.visitor.site.app();
        // It is worth nothing beside what the member came for: a full disk says so then.
        if let Err(fault) = app.blocking(move |store| store.mark_active(group, slot, month)).await {
            tracing::warn!(event = "web.activity_not_noted", %fault);
        }
    }
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

/// 32 hexadecimal digits: [`crate::pages::frame`].
pub(crate) fn is_act(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
