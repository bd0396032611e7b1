//! The juror's answer: yes now, not now, or stepping aside; and the receipt. What was cast is read by its juror alone.

use http::StatusCode;
use mic_engine::command::{BallotForm, MemberAct};
use mic_engine::event::{Actor, Event, NonceFrom as EngineNonceFrom};
use mic_engine::ids::{ProposalNumber, Seq, Slot};
use mic_engine::node::View;
use mic_engine::refusal::Refusal;
use mic_engine::state::jury::JuryState;
use mic_proof::ballot::{Choice as ProofChoice, Nonce, commitment_of, cover};
use mic_proof::hash::{Hash, hex};
use mic_store::Store;
use mic_store::contract::Fault;

use super::fill;
use super::fill::history::{Line, lines};
use super::form::Fields;
use super::limits::FORM_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::proposal::visible;
use super::refusal::refusal_phrase;
use super::stop::{Answer, Reader, Stop};
use crate::app::ActError;
use crate::pages::juror::{Choice, Juror, NonceFrom, Receipt};
use crate::pages::start::FormFault;
use crate::pages::{Notice, Route};

pub(super) async fn show(member: Member) -> Answer {
    let number = visible(&member)?;
    match page(&member, number).await? {
        Some(page) => Ok(member.page(&page)),
        // The seat has passed on, or the jury has closed: the proposal's page says where it stands.
        None => Ok(member.go(&proposal(&member, number), None)),
    }
}

pub(super) async fn cast(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let number = visible(&member)?;
    let back = proposal(&member, number);
    if fields.get("choice") == "aside" {
        return match member.act(&fields, MemberAct::Aside { proposal: number }).await {
            Ok(_) => Ok(member.go(&member.home(), Some(Notice::SteppedAside))),
            Err(error) => Err(member.refused(&error, &back, &packed)),
        };
    }
    let Some(ballot) = ballot(&member, &fields) else { return Err(member.not_found()) };
    let (slot, blind) = (member.slot, ballot.blind);
    let act = MemberAct::Cast { proposal: number, ballot };
    let acted = member.act_until(&fields, act, |view| match own_jury(view, number, slot) {
        Some((_, Some(cast))) => cast.blind == blind,
        Some((_, None)) => false,
        None => true,
    });
    match acted.await {
        Ok(_) => {
            let receipt = Route::Receipt { group: member.group, proposal: number.0 };
            Ok(member.go(&receipt, None))
        }
        Err(ActError::Refused(
            refusal @ (Refusal::NonceInvalid { .. }
            | Refusal::NonceTaken
            | Refusal::ReasonTooLong { .. }),
        )) => faulty(&member, number, &fields, &refusal, &back).await,
        Err(error) => Err(member.refused(&error, &back, &packed)),
    }
}

/// What the juror keeps, as long as the jury sits; afterwards nobody can join juror and ballot any more, this page neither.
pub(super) async fn receipt(member: Member) -> Answer {
    let number = visible(&member)?;
    let slot = member.slot;
    let receipt = member.look(move |store, view| own_receipt(store, view, number, slot)).await?;
    match receipt {
        Some(receipt) => Ok(member.page(&receipt)),
        None => Ok(member.go(&proposal(&member, number), None)),
    }
}

/// The ballot of a form. Left empty, the words are made here; what hides the ballot follows from the form, so that a form sent twice
/// is one ballot.
fn ballot(member: &Member, fields: &Fields) -> Option<BallotForm> {
    let yes = ProofChoice::parse(fields.get("choice"))? == ProofChoice::Yes;
    let words = fields.get("words").trim();
    let (nonce, nonce_from) = if words.is_empty() {
        (hex(&member.secret_of("nonce", fields)), EngineNonceFrom::Server)
    } else {
        (words.to_owned(), EngineNonceFrom::Words)
    };
    let reason = if yes { "" } else { fields.get("reason").trim() };
    let purpose = format!("blind/{}/{nonce}", fields.get("choice"));
    Some(BallotForm {
        draw: fields.get("draw").parse().ok()?,
        yes,
        nonce,
        nonce_from,
        blind: member.secret_of(&purpose, fields),
        reason: reason.to_owned(),
    })
}

/// The page again with what was typed and what is wrong with it.
async fn faulty(
    member: &Member,
    number: ProposalNumber,
    fields: &Fields,
    refusal: &Refusal,
    back: &Route,
) -> Answer {
    let field = match refusal {
        Refusal::ReasonTooLong { .. } => "reason",
        _ => "words",
    };
    let Some(page) = page(member, number).await? else { return Ok(member.go(back, None)) };
    let page = Juror {
        reason: fields.get("reason").to_owned(),
        words: fields.get("words").to_owned(),
        faults: vec![FormFault { field, problem: refusal_phrase(refusal) }],
        ..page
    };
    Ok(member.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

async fn page(member: &Member, number: ProposalNumber) -> Result<Option<Juror>, Stop> {
    let (slot, now) = (member.slot, member.now());
    member
        .look(move |store, view| match view.state.proposal(number) {
            Some(open) => fill::jury::page(store, view, open, slot, now),
            None => Ok(None),
        })
        .await
}

/// The jury a member sits on, with what that member cast.
pub(crate) fn own_jury(
    view: &View,
    number: ProposalNumber,
    slot: Slot,
) -> Option<(&JuryState, Option<&mic_engine::append::SealedBallot>)> {
    let open = view.state.proposal(number)?;
    let (jury, _) = mic_engine::stages::jury::seat(open, slot).ok()?;
    Some((jury, view.vault.ballot(number, open.step, slot)))
}

/// The receipt of a juror's last ballot.
pub(crate) fn own_receipt(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
    slot: Slot,
) -> Result<Option<Receipt>, Fault> {
    let Some((jury, Some(cast))) = own_jury(view, number, slot) else { return Ok(None) };
    let Some(open) = view.state.proposal(number) else { return Ok(None) };
    let entries = lines(store, view, number)?;
    let Some((seq, nonce_from)) = last_cast(&entries, slot) else { return Ok(None) };
    let until = fill::standing::until(open);
    Ok(Some(Receipt {
        proposal: number.0,
        choice: if cast.choice == "yes" { Choice::Yes } else { Choice::No },
        until: until.unwrap_or(crate::words::Moment(0)),
        cover: cover_of(&jury.inputs_hash, cast).map(|hash| hash.to_string()).unwrap_or_default(),
        draw: jury.inputs_hash.to_string(),
        nonce: cast.nonce.clone(),
        nonce_from: match nonce_from {
            EngineNonceFrom::Browser => NonceFrom::Browser,
            EngineNonceFrom::Words => NonceFrom::Words,
            EngineNonceFrom::Server => NonceFrom::Server,
        },
        opening: hex(&cast.blind),
        position: seq.0,
    }))
}

fn cover_of(draw: &Hash, cast: &mic_engine::append::SealedBallot) -> Option<Hash> {
    let nonce = Nonce::parse(&cast.nonce).ok()?;
    Some(cover(&commitment_of(draw, &cast.choice, &nonce), &cast.blind))
}

fn last_cast(entries: &[Line], slot: Slot) -> Option<(Seq, EngineNonceFrom)> {
    entries.iter().rev().find_map(|line| match line.entry.event {
        Event::BallotCast { nonce_from, .. } if line.entry.actor == Actor::Member(slot) => {
            Some((line.entry.seq, nonce_from))
        }
        _ => None,
    })
}

fn proposal(member: &Member, number: ProposalNumber) -> Route {
    Route::Proposal { group: member.group, proposal: number.0 }
}
