//! Inviting and being invited. The invited person says who they are and that they want to; from then on it is a proposal of the
//! member who invited them.

use http::StatusCode;
use mic_courier::address::Address;
use mic_engine::append::Person;
use mic_engine::charter::{Id, ProposalKind, Rule, size};
use mic_engine::command::{MemberAct, VersionText};
use mic_engine::ids::{CandidateId, CommandKey, GroupId, LogTime, Slot};
use mic_engine::node::View;
use mic_engine::refusal::Refusal;
use mic_engine::state::State;
use mic_proof::hash::{Hasher, hex};
use mic_store::Store;
use mic_store::contract::{
    Candidate, CandidateState, DraftId, DraftKey, Fault, InvitationKind, Letter, LetterId,
    LetterKind, Token,
};

use super::fill::{people, texts};
use super::form::Fields;
use super::gate::GateKind;
use super::kept::Packed;
use super::limits::{FORM_BYTES_MAX, INVITATION_MS, STATEMENT_CHARACTERS_MAX};
use super::member::{Member, MemberForm};
use super::sign_in::stranger_may_get_letter;
use super::stop::{Answer, Reader, Stop};
use super::visitor::{Visitor, VisitorForm, command_key};
use super::write::{invitation_statement, keep_invitation};
use crate::app::{ActError, App};
use crate::outbox::LetterContent;
use crate::pages::people::{Invitation, InvitationState, Invite, ShownInvitation};
use crate::pages::start::FormFault;
use crate::pages::{Notice, Route};
use crate::text::name::Name;
use crate::words::{Language, Moment, Phrase};

pub(super) async fn blank(member: Member) -> Answer {
    let language = member.profile.language.clone();
    Ok(member.page(&Invite { language, ..form(member.state()) }))
}

pub(super) async fn invite(posted: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = posted;
    let (email, statement) = (fields.get("email").trim(), fields.get("statement").trim());
    let faults = faults(email, statement);
    let language = Language::parse(fields.get("language")).unwrap_or_default();
    let typed = Invite {
        email: email.to_owned(),
        statement: statement.to_owned(),
        language: language.tag().to_owned(),
        faults,
        ..form(member.state())
    };
    if !typed.faults.is_empty() {
        return Ok(member.page_as(StatusCode::UNPROCESSABLE_ENTITY, &typed));
    }
    member.visitor.pass(GateKind::Invite)?;
    let name = member.act_key(&fields);
    let by = InvitedBy {
        group: member.group,
        slot: member.slot,
        group_name: member.profile.name.clone(),
        now: LogTime(member.visitor.site.wall().0),
        name,
        secret: member.secret_of(&format!("invitation/{name}"), &fields),
    };
    let invitation = Invited::new(&by, email, language);
    let limits = member.state().charter.limits;
    let (app, text) = (member.visitor.site.app().clone(), statement.to_owned());
    let kept = invitation.clone();
    let max = limits.open_invitations_per_member;
    let keeping = app.clone();
    let done = app.blocking(move |store| kept.keep(&keeping, store, &text, max)).await;
    match member.tried_keeping(done, &packed)? {
        Done::TooMany => {
            let error = ActError::Refused(Refusal::TooManyOpen { max });
            Err(member.refused(&error, &here(&member), &packed))
        }
        // The link follows from the form, so a form sent twice shows the same one.
        Done::Kept | Done::KeptBefore if email.is_empty() => {
            let link =
                member.visitor.site.origin().link(&Route::Accept { token: invitation.token });
            let shown = Some(ShownInvitation::new(&link, Moment(invitation.candidate.expires.0)));
            Ok(member.page(&Invite { shown, ..form(member.state()) }))
        }
        Done::Kept | Done::KeptBefore => {
            member.visitor.site.app().kick_outbox();
            Ok(member.go(&here(&member), Some(Notice::Invited)))
        }
    }
}

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
        let (now, secret, inside) = (LogTime(visitor.site.wall().0), token.clone(), view.clone());
        let answered = visitor.site.app().blocking(move |store| {
            let person = or_nobody(store, &inside, person)?;
            store.answer_invitation(Token(secret.as_bytes()), &person, now)
        });
        visitor.tried_keeping(answered.await, &packed)?;
    }
    if let Err(error) = open(&visitor, &view, candidate.id).await? {
        return Err(visitor.refused(&error, &Route::Accept { token }, &packed));
    }
    let page = page(&visitor, token).await?;
    Ok(visitor.page(&page))
}

/// An invitation in the making.
#[derive(Clone)]
pub(crate) struct Invited {
    pub(crate) candidate: Candidate,
    pub(crate) token: String,
    letter: LetterId,
    group_name: String,
}

/// Who invites, and what the invitation is made from.
pub(crate) struct InvitedBy {
    pub(crate) group: GroupId,
    pub(crate) slot: Slot,
    pub(crate) group_name: String,
    /// Real time.
    pub(crate) now: LogTime,
    /// Names the act; one name makes one invitation.
    pub(crate) name: CommandKey,
    pub(crate) secret: [u8; 32],
}

pub(crate) enum Done {
    Kept,
    /// This very invitation is there already.
    KeptBefore,
    TooMany,
}

impl Invited {
    pub(crate) fn new(by: &InvitedBy, email: &str, language: Language) -> Self {
        let kind = if email.is_empty() { InvitationKind::Link } else { InvitationKind::Email };
        Self {
            candidate: Candidate {
                id: CandidateId(by.name.0),
                group: by.group,
                kind,
                inviter: by.slot,
                expires: LogTime(by.now.0 + INVITATION_MS),
                state: CandidateState::Invited,
                person: Person {
                    name: String::new(),
                    email: email.to_owned(),
                    language: language.tag().to_owned(),
                },
            },
            token: hex(&by.secret),
            letter: LetterId(by.name.0),
            group_name: by.group_name.clone(),
        }
    }

    /// Keeps invitation, statement and letter. Done twice for one form, it is done once.
    pub(crate) fn keep(
        &self,
        app: &App,
        store: &dyn Store,
        statement: &str,
        max: u32,
    ) -> Result<Done, Fault> {
        let candidate = &self.candidate;
        let now = LogTime(app.wall().0);
        let waiting = store.candidates(candidate.group)?;
        if waiting.iter().any(|known| known.id == candidate.id) {
            return Ok(Done::KeptBefore);
        }
        let mine = waiting.iter().filter(|known| {
            let open = known.state == CandidateState::Invited && known.expires > now;
            known.inviter == candidate.inviter && open
        });
        if mine.count() >= max as usize {
            return Ok(Done::TooMany);
        }
        let (group, slot) = (candidate.group, candidate.inviter);
        keep_invitation(store, group, slot, candidate.id, statement, app.now())?;
        store.invite(candidate, Token(self.token.as_bytes()))?;
        self.write_letter(app, store, now)?;
        Ok(Done::Kept)
    }

    /// To an address that had letters enough none is written; the page says the same.
    fn write_letter(&self, app: &App, store: &dyn Store, now: LogTime) -> Result<(), Fault> {
        let person = &self.candidate.person;
        if person.email.is_empty() || !stranger_may_get_letter(app, store, &person.email)? {
            return Ok(());
        }
        let content = LetterContent::Invitation {
            language: person.language.clone(),
            group: self.candidate.group.to_string(),
            group_name: self.group_name.clone(),
            token: self.token.clone(),
            until: self.candidate.expires.0,
        };
        let letter = Letter {
            id: self.letter,
            kind: LetterKind::Invitation,
            group: Some(self.candidate.group),
            address: person.email.clone(),
            content: content.to_bytes(),
            expires: self.candidate.expires,
        };
        store.write_letter(&letter, now).map(|_| ())
    }
}

/// The form with what the charter asks.
fn form(state: &State) -> Invite {
    let process = admission(state).and_then(|id| state.charter.processes.get(&id));
    let first = process.and_then(|process| process.stage(&process.first));
    let needed = match first.map(|stage| &stage.rule) {
        Some(Rule::Cosign(rule)) => size::for_roll(&rule.needed, state.roll.len()).copied(),
        Some(Rule::Jury(_) | Rule::Recourse(_) | Rule::Wait(_)) | None => None,
    };
    Invite {
        needed: needed.unwrap_or(0),
        new_days: state.charter.limits.new_days,
        language: "en".to_owned(),
        ..Invite::default()
    }
}

pub(crate) fn faults(email: &str, statement: &str) -> Vec<FormFault> {
    let mut faults = Vec::new();
    let mut fault = |field, problem| faults.push(FormFault { field, problem });
    if !email.is_empty() && Address::parse(email).is_err() {
        fault("email", Phrase::new("fault-address"));
    }
    if statement.chars().count() > STATEMENT_CHARACTERS_MAX {
        let max = i64::try_from(STATEMENT_CHARACTERS_MAX).unwrap_or(i64::MAX);
        fault("statement", Phrase::new("fault-long").number("max", max));
    }
    let hostile = |letter: char| letter.is_control() && letter != '\n' && letter != '\t';
    if statement.chars().any(hostile) {
        fault("statement", Phrase::new("refusal-text-has-controls"));
    }
    faults
}

/// The process by which members are admitted: the first of the charter that carries an admission.
fn admission(state: &State) -> Option<Id> {
    let mut processes = state.charter.processes.iter();
    let found = processes.find(|(_, process)| process.kind == ProposalKind::Admission);
    found.map(|(id, _)| id.clone())
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
    let opened = view.candidates.values().any(|known| *known == candidate.id);
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
        name: String::new(),
        email: String::new(),
        language: candidate.person.language,
        show_name: false,
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
        candidate: Some(id),
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

fn here(member: &Member) -> Route {
    Route::Invite { group: member.group }
}
