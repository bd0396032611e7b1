//! What a notice says: the facts of the journal and its documents as the view of a mail. A notice whose time is over says nothing.
//! Knows no recipient beyond a slot, no address and no mail server.

mod asking;
mod duty;

use std::collections::BTreeSet;

use mic_courier::message::Attachment;
use mic_engine::charter::Audience as EngineAudience;
use mic_engine::command::VersionDocument;
use mic_engine::event::{BeaconKind, Event, JuryClosed, Verdict as EngineVerdict};
use mic_engine::ids::{GroupId, LogTime, Number, ProposalNumber, Seq, Slot, Step};
use mic_engine::node::View;
use mic_engine::parcel::Notice;
use mic_engine::state::proposal::Stand;
use mic_engine::version;
use mic_proof::hash::{Hash, sha256};
use mic_store::Store;
use mic_store::contract::{DocumentText, Fault};

use crate::certificates::Certificate;
use crate::pages::mail::{
    ActionMail, AmendedMail, AskedMail, BroadcastMail, Closed, CoSignReminder, JuryReminder, Mail,
    MailGroup, MailReader, RemovalMail, Summons, VerdictMail, VersionChanged, Welcome, render,
};
use crate::pages::parts::{Audience, Tally, Verdict};
use crate::web::fill::{history, standing};
use crate::words::Moment;
use duty::Seats;

/// What there is to say.
pub(super) enum Look {
    Say(Box<Said>),
    /// The broadcast's certificate is not there yet.
    NotYet,
    /// Nothing any more: the jury is over, the text was erased.
    Nothing,
}

/// A mail before it is for anybody.
pub(super) struct Said {
    pub(super) group: MailGroup,
    pub(super) proposal: Option<ProposalNumber>,
    pub(super) attachments: Vec<Attachment>,
    view: Words,
}

enum Words {
    Broadcast(BroadcastMail),
    Summons(Summons, Seats),
    JuryReminder(JuryReminder, Seats),
    CoSignReminder(CoSignReminder),
    VersionChanged(VersionChanged),
    Verdict(VerdictMail),
    Closed(Closed),
    Welcome(Welcome),
    /// With whom of the parcel it still waits for.
    Asked(AskedMail, BTreeSet<Slot>),
    Removal(RemovalMail),
    Action(ActionMail),
    Amended(AmendedMail),
}

impl Said {
    /// What differs between members with the same language and zone: when their seat passes on. `None`: nothing is to be said to this one.
    pub(super) fn variant(&self, slot: Slot) -> Option<LogTime> {
        match &self.view {
            Words::Summons(_, seats) | Words::JuryReminder(_, seats) => seats.answer_by(slot),
            Words::Asked(_, slots) => slots.contains(&slot).then_some(LogTime(0)),
            Words::Broadcast(_)
            | Words::Removal(_)
            | Words::Action(_)
            | Words::Amended(_)
            | Words::CoSignReminder(_)
            | Words::VersionChanged(_)
            | Words::Verdict(_)
            | Words::Closed(_)
            | Words::Welcome(_) => Some(LogTime(0)),
        }
    }

    pub(super) fn mail(&self, reader: &MailReader, variant: LogTime) -> Mail {
        match &self.view {
            Words::Summons(view, _) => {
                render(reader, &Summons { answer_by: variant.into(), ..view.clone() })
            }
            Words::JuryReminder(view, _) => {
                render(reader, &JuryReminder { answer_by: variant.into(), ..view.clone() })
            }
            Words::Broadcast(view) => render(reader, view),
            Words::CoSignReminder(view) => render(reader, view),
            Words::VersionChanged(view) => render(reader, view),
            Words::Verdict(view) => render(reader, view),
            Words::Closed(view) => render(reader, view),
            Words::Welcome(view) => render(reader, view),
            Words::Asked(view, _) => render(reader, view),
            Words::Removal(view) => render(reader, view),
            Words::Action(view) => render(reader, view),
            Words::Amended(view) => render(reader, view),
        }
    }
}

/// Looks up what a notice has to say now to those in these slots.
pub(super) fn look(
    store: &dyn Store,
    view: &View,
    notice: Notice,
    slots: &[Slot],
) -> Result<Look, Fault> {
    let (id, group) = (view.state.founded.group, group(store, view)?);
    let reader = Reader { store, view, id, group, slots };
    Ok(match notice {
        Notice::Broadcast { number } => return reader.broadcast(number),
        Notice::Summons { proposal, step } => Look::from(reader.summons(proposal, step)?),
        Notice::JuryReminder { proposal, step, nth: _ } => {
            Look::from(reader.jury_reminder(proposal, step))
        }
        Notice::CosignReminder { proposal, step, nth: _ } => {
            Look::from(reader.cosign_reminder(proposal, step)?)
        }
        Notice::VersionChanged { proposal, position } => {
            Look::from(reader.version_changed(proposal, Seq(position))?)
        }
        Notice::Verdict { proposal, step } => Look::from(reader.verdict(proposal, step)?),
        Notice::Closed { proposal } => Look::from(reader.closed(proposal)?),
        Notice::Welcome { slot } => Look::from(Some(reader.welcome(slot))),
        Notice::Asked { proposal, step } => Look::from(reader.asked(proposal, step, false)?),
        Notice::AskedAgain { proposal, step, nth: _ } => {
            Look::from(reader.asked(proposal, step, true)?)
        }
        Notice::Removal { proposal } => Look::from(reader.removal(proposal)),
        Notice::Amended { proposal } => Look::from(Some(reader.amended(proposal))),
        Notice::Action { number } => Look::from(reader.action(number)?),
    })
}

/// The name a group gives itself.
pub(super) fn group(store: &dyn Store, view: &View) -> Result<MailGroup, Fault> {
    let founded = &view.state.founded;
    let profile = match store.document(founded.group, &founded.profile)? {
        Some(DocumentText::Bytes(bytes)) => version::profile_from_bytes(&bytes),
        Some(DocumentText::Erased) | None => None,
    };
    let name = profile.map_or_else(|| founded.group.to_string(), |profile| profile.name);
    Ok(MailGroup { id: founded.group, name })
}

impl From<Option<Said>> for Look {
    fn from(said: Option<Said>) -> Self {
        said.map_or(Self::Nothing, |said| Self::Say(Box::new(said)))
    }
}

struct Reader<'a> {
    store: &'a dyn Store,
    view: &'a View,
    id: GroupId,
    group: MailGroup,
    /// Whom it is for: a roll is long, and a parcel is not.
    slots: &'a [Slot],
}

impl Reader<'_> {
    fn broadcast(&self, number: Number) -> Result<Look, Fault> {
        let Some(line) = self.view.state.broadcast(number) else { return Ok(Look::Nothing) };
        let certificate = match Certificate::of(self.store, self.id, number)? {
            Certificate::NotYet => return Ok(Look::NotYet),
            Certificate::NoneCanBe => None,
            Certificate::File(text) => Some(text),
        };
        let closed = self.last_verdict(line.proposal, None)?;
        let Some(text) = self.text(&line.version)? else { return Ok(Look::Nothing) };
        // What a vote or a consensus passed has no jury, and nobody cast anything in one.
        let none = Tally { verdict: Verdict::Approved, yes: 0, no: 0, seats: 0 };
        let before = Number(number.0.saturating_sub(1));
        let previous = self.view.state.broadcast(before).map_or(Hash::ZERO, |line| line.leaf);
        let group8 = self.id.to_string();
        let certified = certificate.is_some();
        let attachment = |text: String| Attachment {
            file_name: format!("certificate-{}-{number}.json", &group8[..8]),
            media_type: "application/json".to_owned(),
            data: text.into_bytes(),
        };
        let attachments = certificate.map(attachment).into_iter().collect();
        let mail = BroadcastMail {
            group: self.group.clone(),
            number: number.0,
            title: text.title,
            warning: text.warning,
            source: text.body,
            audience: audience(line.audience),
            previous: previous.to_string(),
            tally: closed.as_ref().map_or(none, tally),
            local_chain: self.view.state.founded.beacon == BeaconKind::Local,
            certified,
        };
        let said = self.said(Some(line.proposal), Words::Broadcast(mail));
        Ok(Look::Say(Box::new(Said { attachments, ..said })))
    }

    fn version_changed(&self, number: ProposalNumber, at: Seq) -> Result<Option<Said>, Fault> {
        let Some(open) = self.view.state.proposal(number) else { return Ok(None) };
        // Only the newest change is worth a mail; an older one is told by its successor.
        let place = open.versions.iter().position(|version| version.seq == at);
        let Some(place) = place.filter(|place| place + 1 == open.versions.len() && *place > 0)
        else {
            return Ok(None);
        };
        let (old, new) = (&open.versions[place - 1], &open.versions[place]);
        let (Some(old), Some(new)) = (self.text(&old.hash)?, self.text(&new.hash)?) else {
            return Ok(None);
        };
        let mail = VersionChanged {
            group: self.group.clone(),
            proposal: number.0,
            title: new.title,
            old: old.body,
            new: new.body,
        };
        Ok(Some(self.said(Some(number), Words::VersionChanged(mail))))
    }

    fn verdict(&self, number: ProposalNumber, step: Step) -> Result<Option<Said>, Fault> {
        let (Some(title), Some(closed)) =
            (self.title(number)?, self.last_verdict(number, Some(step))?)
        else {
            return Ok(None);
        };
        let open = self.view.state.proposal(number);
        let answering = open.filter(|open| matches!(open.stand, Stand::Recourse { taken: None }));
        let mail = VerdictMail {
            group: self.group.clone(),
            proposal: number.0,
            title,
            tally: tally(&closed),
            reasons: self.store.reasons(self.id, number, step)?,
            answer_until: answering.map(|open| Moment::from(open.until)),
        };
        Ok(Some(self.said(Some(number), Words::Verdict(mail))))
    }

    fn closed(&self, number: ProposalNumber) -> Result<Option<Said>, Fault> {
        let Some(closed) = self.view.state.closed.get(&number) else { return Ok(None) };
        let Some(title) = self.title(number)? else { return Ok(None) };
        let lines = history::lines(self.store, self.view, number)?;
        let standing = standing::of_closed(closed, history::ended(&lines));
        let group = self.group.clone();
        let mail = Closed { group, proposal: number.0, title, standing };
        Ok(Some(self.said(Some(number), Words::Closed(mail))))
    }

    fn welcome(&self, slot: Slot) -> Said {
        let founding = slot.0 < self.view.state.founded.members;
        let new_days = if founding { 0 } else { self.view.state.charter.limits.new_days };
        self.said(None, Words::Welcome(Welcome { group: self.group.clone(), new_days }))
    }

    fn said(&self, proposal: Option<ProposalNumber>, view: Words) -> Said {
        Said { group: self.group.clone(), proposal, attachments: Vec::new(), view }
    }

    fn title(&self, number: ProposalNumber) -> Result<Option<String>, Fault> {
        let state = &self.view.state;
        let open = state.proposal(number).map(|open| open.version);
        let version = open.or_else(|| state.closed.get(&number).map(|closed| closed.version));
        let Some(version) = version else { return Ok(None) };
        Ok(self.text(&version)?.map(|text| text.title))
    }

    fn text(&self, version: &Hash) -> Result<Option<VersionDocument>, Fault> {
        Ok(match self.store.document(self.id, version)? {
            Some(DocumentText::Bytes(bytes)) if sha256(&bytes) == *version => {
                version::from_bytes(&bytes)
            }
            Some(DocumentText::Bytes(_) | DocumentText::Erased) | None => None,
        })
    }

    /// The last verdict on a proposal, or that of one step.
    fn last_verdict(
        &self,
        number: ProposalNumber,
        step: Option<Step>,
    ) -> Result<Option<JuryClosed>, Fault> {
        let lines = history::lines(self.store, self.view, number)?;
        let verdicts = lines.into_iter().rev().filter_map(|line| match line.entry.event {
            Event::JuryClosed(closed) => Some(closed),
            _ => None,
        });
        Ok(verdicts.into_iter().find(|closed| step.is_none_or(|step| closed.step == step)))
    }
}

fn tally(closed: &JuryClosed) -> Tally {
    let verdict = match closed.verdict {
        EngineVerdict::Approved => Verdict::Approved,
        EngineVerdict::Declined => Verdict::Declined,
        EngineVerdict::Undecided => Verdict::Undecided,
    };
    Tally { verdict, yes: closed.yes, no: closed.no, seats: closed.seats }
}

fn audience(audience: EngineAudience) -> Audience {
    match audience {
        EngineAudience::Members => Audience::Members,
        EngineAudience::Public => Audience::Public,
    }
}
