//! Being invited. The invited person says who they are and that they want to; from then on it is a proposal of the member who
//! invited them. Whoever was shown a link names an address first and goes on by the letter that goes there: otherwise a member could
//! name any address and see by what comes of it whether it is on the roll.

use http::StatusCode;
use mic_courier::address::Address;
use mic_engine::append::Person;
use mic_engine::command::{Content, MemberAct, VersionText};
use mic_engine::ids::{CandidateId, GroupId, LogTime, Slot};
use mic_engine::node::View;
use mic_engine::refusal::Refusal;
use mic_proof::hash::Hasher;
use mic_store::Store;
use mic_store::contract::{
    Candidate, CandidateState, DraftId, DraftKey, Fault, InvitationKind, LetterId, Token, email_key,
};

use super::fill::{people, texts};
use super::form::Fields;
use super::gate::GateKind;
use super::invite::{Invited, admission, led_to_by};
use super::kept::Packed;
use super::limits::FORM_BYTES_MAX;
use super::stop::{Answer, Reader, Stop};
use super::visitor::{Visitor, VisitorForm, command_key};
use super::write::invitation_statement;
use crate::app::{ActError, App};
use crate::pages::Route;
use crate::pages::people::{Invitation, InvitationState};
use crate::pages::start::FormFault;
use crate::text::name::Name;
use crate::words::{Language, Phrase};

/// What the invited person sees.
pub(super) async fn show(visitor: Visitor) -> Answer {
    let token = visitor.place("token").to_owned();
    let page = page(&visitor, token).await?;
    Ok(visitor.page(&page))
}

/// The invited person says who they are.
pub(super) async fn accept(posted: VisitorForm<FORM_BYTES_MAX>) -> Answer {
    let VisitorForm { visitor, fields } = posted;
    visitor.pass(GateKind::Accept)?;
    let token = visitor.place("token").to_owned();
    let Some((candidate, view)) = find(&visitor, &token).await? else {
        let page = page(&visitor, token).await?;
        return Ok(visitor.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let packed = Packed::new(&visitor.here, &fields);
    if candidate.state == CandidateState::Invited {
        let person = match person(&fields, &candidate) {
            Ok(person) => person,
            Err(faults) => return faulty(&visitor, token, &fields, faults).await,
        };
        if candidate.kind == InvitationKind::Link {
            return write_to(&visitor, token, candidate, &view, person, &packed).await;
        }
        let (now, secret, inside) = (LogTime(visitor.site.wall().0), token.clone(), view.clone());
        let invited = candidate.id;
        let answered = visitor.site.app().blocking(move |store| {
            let person = or_nobody(store, &inside, person)?;
            let answered = store.answer_invitation(Token(secret.as_bytes()), &person, now)?;
            end_siblings(store, inside.state.founded.group, invited)?;
            Ok(answered)
        });
        visitor.tried_keeping(answered.await, &packed)?;
    }
    if let Err(error) = open(&visitor, &view, candidate.id).await? {
        return Err(visitor.refused(&error, &Route::Accept { token }, &packed));
    }
    let page = page(&visitor, token).await?;
    Ok(visitor.page(&page))
}

/// Sends the invitation on to the address. The page says the same whoever it belongs to, and whether there is room for one more.
async fn write_to(
    visitor: &Visitor,
    token: String,
    link: Candidate,
    view: &View,
    person: Person,
    packed: &Packed,
) -> Answer {
    let (app, letters) = (visitor.site.app().clone(), visitor.site.letters());
    let (inside, email) = (view.clone(), person.email.clone());
    let letter = LetterId(app.random());
    let sending = app.clone();
    let sent = app.blocking(move |store| {
        let (group, inviter) = (link.group, link.inviter);
        let Some(secrets) = store.group_secrets(group)? else { return Ok(()) };
        let Some(id) = room_for(store, &link, &person.email)? else { return Ok(()) };
        let name = texts::profile(store, &inside)?.name;
        let statement = invitation_statement(store, group, inviter, link.id)?;
        let invited = Invited::by_link(&link, id, person, name, &secrets, letter);
        invited.keep_or_repeat(&letters, &sending, store, &statement.unwrap_or_default())
    });
    visitor.tried_keeping(sent.await, packed)?;
    app.kick_outbox();
    let page = page(visitor, token).await?;
    Ok(visitor.page(&Invitation { state: InvitationState::Sent, email, ..page }))
}

/// The invitation of this address under a link, or the next one that is free.
fn room_for(
    store: &dyn Store,
    link: &Candidate,
    email: &str,
) -> Result<Option<CandidateId>, Fault> {
    let mut free = None;
    for id in led_to_by(link.id) {
        match store.candidate(link.group, id)? {
            Some(known) if email_key(&known.person.email) == email_key(email) => {
                return Ok(Some(id));
            }
            Some(_) => {}
            None => free = free.or(Some(id)),
        }
    }
    Ok(free)
}

/// A link is for one person: with the first address at which it was accepted it ends, and so do those that were typed besides.
fn end_siblings(store: &dyn Store, group: GroupId, accepted: CandidateId) -> Result<(), Fault> {
    let candidates = store.candidates(group)?;
    let links = candidates.iter().filter(|known| known.kind == InvitationKind::Link);
    for link in links.filter(|link| led_to_by(link.id).any(|id| id == accepted)) {
        for id in led_to_by(link.id).filter(|id| *id != accepted).chain([link.id]) {
            store.withdraw_invitation(group, id)?;
        }
    }
    Ok(())
}

async fn find(visitor: &Visitor, token: &str) -> Result<Option<(Candidate, View)>, Stop> {
    let (now, secret) = (LogTime(visitor.site.wall().0), token.to_owned());
    let app = visitor.site.app();
    let found = app.blocking(move |store| store.candidate_by_token(Token(secret.as_bytes()), now));
    let candidate = visitor.tried(found.await)?;
    Ok(candidate.and_then(|candidate| {
        let view = app.view(candidate.group)?;
        // An invitation ends with the membership of who gave it.
        view.state.roll.holds(candidate.inviter).then_some((candidate, view))
    }))
}

async fn page(visitor: &Visitor, token: String) -> Result<Invitation, Stop> {
    let language = visitor.language().tag().to_owned();
    let Some((candidate, view)) = find(visitor, &token).await? else {
        return Ok(void(token, language));
    };
    let inviter = candidate.inviter;
    let inside = view.clone();
    let app = visitor.site.app();
    let known = app.blocking(move |store| {
        Ok((texts::profile(store, &inside)?, people::name(store, &inside, inviter)?))
    });
    let (profile, inviter) = visitor.tried(known.await)?;
    let opened = view.carried.candidates.values().any(|known| *known == candidate.id);
    let nobody = candidate.person.email.is_empty();
    let waits = candidate.state == CandidateState::Answered && (opened || nobody);
    Ok(Invitation {
        token,
        group: profile.name,
        purpose: profile.purpose,
        members: view.state.roll.present(),
        inviter,
        state: if waits { InvitationState::Waiting } else { InvitationState::Open },
        ask_email: candidate.kind == InvitationKind::Link,
        show_name: !candidate.person.name.is_empty(),
        name: candidate.person.name,
        email: String::new(),
        language: candidate.person.language,
        faults: Vec::new(),
    })
}

fn void(token: String, language: String) -> Invitation {
    Invitation {
        token,
        group: String::new(),
        purpose: String::new(),
        members: 0,
        inviter: None,
        state: InvitationState::Void,
        ask_email: false,
        name: String::new(),
        email: String::new(),
        language,
        show_name: false,
        faults: Vec::new(),
    }
}

/// Who the invited person says they are. A name that is not to be shown is not kept: there is no use for it.
fn person(fields: &Fields, candidate: &Candidate) -> Result<Person, Vec<FormFault>> {
    let mut faults = Vec::new();
    let mut fault = |field, key: &str| faults.push(FormFault { field, problem: Phrase::new(key) });
    let shown = fields.ticked("show_name");
    let name = match (fields.get("name").trim(), Name::parse(fields.get("name"))) {
        ("", _) => String::new(),
        (_, Ok(name)) => name.as_str().to_owned(),
        (_, Err(problem)) => {
            fault("name", problem.key());
            String::new()
        }
    };
    let email = match candidate.kind {
        InvitationKind::Email => candidate.person.email.clone(),
        InvitationKind::Link => match Address::parse(fields.get("email").trim()) {
            Ok(address) => address.as_str().to_owned(),
            Err(_) => {
                fault("email", "fault-address");
                String::new()
            }
        },
    };
    let language = Language::parse(fields.get("language")).unwrap_or_default();
    if faults.is_empty() {
        let name = if shown { name } else { String::new() };
        Ok(Person { name, email, language: language.tag().to_owned() })
    } else {
        Err(faults)
    }
}

/// Somebody whose address is in the group already is not admitted twice. The page says the same as to everybody: whether an address is
/// on the roll is nobody's business.
fn or_nobody(store: &dyn Store, view: &View, person: Person) -> Result<Person, Fault> {
    let Some(account) = store.account(&person.email)? else { return Ok(person) };
    let group = view.state.founded.group;
    let memberships = store.memberships(account)?;
    let inside = memberships.iter().any(|known| known.group == group);
    if !inside {
        return Ok(person);
    }
    Ok(Person { name: String::new(), email: String::new(), language: person.language })
}

async fn faulty(
    visitor: &Visitor,
    token: String,
    fields: &Fields,
    faults: Vec<FormFault>,
) -> Answer {
    let page = page(visitor, token).await?;
    let page = Invitation {
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        language: fields.get("language").to_owned(),
        show_name: fields.ticked("show_name"),
        faults,
        ..page
    };
    Ok(visitor.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// Puts the invited person forward, on behalf of the member who invited them. Named by the invitation, it is done once.
async fn open(
    visitor: &Visitor,
    view: &View,
    id: CandidateId,
) -> Result<Result<(), ActError>, Stop> {
    let group = view.state.founded.group;
    let app = visitor.site.app();
    let found = app.blocking(move |store| {
        let Some(candidate) = store.candidate(group, id)? else { return Ok(None) };
        let statement = invitation_statement(store, group, candidate.inviter, id)?;
        Ok(Some((candidate, statement)))
    });
    let Some((candidate, statement)) = visitor.tried(found.await)? else { return Ok(Ok(())) };
    if candidate.person.email.is_empty() || candidate.state != CandidateState::Answered {
        return Ok(Ok(()));
    }
    let Some(process) = admission(&view.state) else {
        return Ok(Err(ActError::Refused(Refusal::NoSuchProcess)));
    };
    let audience =
        view.state.charter.processes.get(&process).and_then(|known| known.audiences.first());
    let text = VersionText {
        title: String::new(),
        body: statement.unwrap_or_default(),
        warning: String::new(),
        audience: audience.copied().unwrap_or(mic_engine::charter::Audience::Members),
        content: Content::Admission { candidate: id },
    };
    let named = Hasher::new("mic-check/admission-act/v1\n").chain(id.0).finish();
    let act = MemberAct::Open { process, text };
    let opened = app.act(group, candidate.inviter, Some(command_key(&named)), act).await;
    if let Err(error) = opened {
        return Ok(Err(error));
    }
    forget_statement(app, group, candidate.inviter, id).await;
    Ok(Ok(()))
}

/// The statement stands in the proposal now. Should the draft stay, it is never shown.
async fn forget_statement(app: &App, group: GroupId, inviter: Slot, id: CandidateId) {
    let deleted = app
        .blocking(move |store| {
            store.delete_draft(DraftKey { group, slot: inviter, id: DraftId(id.0) })
        })
        .await;
    if let Err(fault) = deleted {
        tracing::warn!(event = "invite.statement_kept", %fault);
    }
}
