//! Inviting: an invitation is kept, mailed or shown, and waits. Being invited has a file of its own.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use http::StatusCode;
use mic_courier::address::Address;
use mic_engine::append::Person;
use mic_engine::charter::{Id, ProposalKind, Rule, size};
use mic_engine::ids::{CandidateId, CommandKey, GroupId, LogTime, Slot};
use mic_engine::refusal::Refusal;
use mic_engine::state::State;
use mic_proof::hash::{Hasher, hex, sha256};
use mic_store::Store;
use mic_store::contract::{
    Candidate, CandidateState, Fault, GroupSecrets, InvitationKind, Letter, LetterId, LetterKind,
    Token, email_key,
};

use super::gate::GateKind;
use super::limits::{FORM_BYTES_MAX, INVITATION_MS, STATEMENT_CHARACTERS_MAX};
use super::member::{Member, MemberForm};
use super::sign_in::stranger_may_get_letter;
use super::stop::{Answer, Reader};
use super::visitor::command_key;
use super::write::keep_invitation;
use crate::app::{ActError, App};
use crate::outbox::LetterContent;
use crate::pages::people::{Invite, ShownInvitation};
use crate::pages::start::FormFault;
use crate::pages::{Notice, Route};
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
    let (keeping, letters) = (app.clone(), member.visitor.site.letters());
    let done = app.blocking(move |store| kept.keep(&letters, &keeping, store, &text, max)).await;
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

/// Addresses that may be typed for one link; each gets an invitation of its own, and the first that is accepted ends the others.
const LINK_ADDRESSES_MAX: u8 = 3;

/// The invitations that a link may lead to.
pub(super) fn led_to_by(link: CandidateId) -> impl Iterator<Item = CandidateId> {
    (0..LINK_ADDRESSES_MAX).map(move |nth| {
        let named = Hasher::new("mic-check/invited-by-link/v1\n").chain(link.0).chain([nth]);
        CandidateId(command_key(&named.finish()).0)
    })
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

    /// The invitation that goes to the address which was typed where a link led. Its secret follows from the group's own and is in
    /// nobody's hands but the reader's of that address.
    pub(super) fn by_link(
        link: &Candidate,
        id: CandidateId,
        person: Person,
        group_name: String,
        secrets: &GroupSecrets,
        letter: LetterId,
    ) -> Self {
        let secret = Hasher::new("mic-check/invitation-secret/v1\n")
            .chain(secrets.signing_seed)
            .chain(id.0)
            .chain(sha256(email_key(&person.email).as_bytes()).as_bytes());
        let candidate = Candidate { id, kind: InvitationKind::Email, person, ..link.clone() };
        Self { candidate, token: hex(secret.finish().as_bytes()), letter, group_name }
    }

    /// Keeps it; where it is kept already the letter alone is written once more.
    pub(super) fn keep_or_repeat(
        &self,
        letters: &Mutex<()>,
        app: &App,
        store: &dyn Store,
        statement: &str,
    ) -> Result<(), Fault> {
        // The limit was kept when the link was made.
        let done = self.keep(letters, app, store, statement, u32::MAX)?;
        if matches!(done, Done::KeptBefore) {
            let _one_at_a_time = letters.lock().unwrap_or_else(PoisonError::into_inner);
            self.write_letter(app, store, LogTime(app.wall().0))?;
        }
        Ok(())
    }

    /// Keeps invitation, statement and letter, one invitation of the site at a time. Done twice for one form, it is done once.
    pub(crate) fn keep(
        &self,
        letters: &Mutex<()>,
        app: &App,
        store: &dyn Store,
        statement: &str,
        max: u32,
    ) -> Result<Done, Fault> {
        let _one_at_a_time = letters.lock().unwrap_or_else(PoisonError::into_inner);
        let candidate = &self.candidate;
        let now = LogTime(app.wall().0);
        let waiting = store.candidates(candidate.group)?;
        if waiting.iter().any(|known| known.id == candidate.id) {
            return Ok(Done::KeptBefore);
        }
        let links = waiting.iter().filter(|known| known.kind == InvitationKind::Link);
        let led_to: BTreeSet<CandidateId> = links.flat_map(|link| led_to_by(link.id)).collect();
        let mine = waiting.iter().filter(|known| {
            let open = known.state == CandidateState::Invited && known.expires > now;
            known.inviter == candidate.inviter && open && !led_to.contains(&known.id)
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
        Some(
            Rule::Jury(_)
            | Rule::Recourse(_)
            | Rule::Wait(_)
            | Rule::Vote(_)
            | Rule::Consensus(_)
            | Rule::Objection(_)
            | Rule::Pledge(_),
        )
        | None => None,
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
pub(super) fn admission(state: &State) -> Option<Id> {
    let mut processes = state.charter.processes.iter();
    let found = processes.find(|(_, process)| process.kind == ProposalKind::Admission);
    found.map(|(id, _)| id.clone())
}

fn here(member: &Member) -> Route {
    Route::Invite { group: member.group }
}
