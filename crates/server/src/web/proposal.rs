//! A proposal's page and what members do on it: co-sign, take that back, withdraw.

use http::StatusCode;
use mic_engine::access::Thing;
use mic_engine::command::MemberAct;
use mic_engine::ids::ProposalNumber;
use mic_engine::refusal::Refusal;
use mic_proof::hash::Hash;

use super::fill::{self, proposal::For, texts};
use super::limits::FORM_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::stop::{Answer, Reader, Stop};
use crate::app::ActError;
use crate::pages::proposal::Proposal;
use crate::pages::settings::Confirm;
use crate::pages::{Notice, Route};
use crate::words::Words;

pub(super) async fn proposal(member: Member) -> Answer {
    let page = page(&member, visible(&member)?, None).await?;
    Ok(member.page(&page))
}

/// An earlier version, with what changed since the one before it.
pub(super) async fn version(member: Member) -> Answer {
    let number = visible(&member)?;
    let Ok(hash) = member.visitor.place("version").parse::<Hash>() else {
        return Err(member.not_found());
    };
    let page = page(&member, number, Some(hash)).await?;
    Ok(member.page(&page))
}

pub(super) async fn cosign(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let proposal = visible(&member)?;
    let Ok(version) = fields.get("version").parse::<Hash>() else {
        return Err(member.not_found());
    };
    let slot = member.slot;
    let act = MemberAct::Cosign { proposal, version };
    let acted = member.act_until(&fields, act, |view| {
        let open = view.state.proposal(proposal);
        open.is_none_or(|open| open.cosigners.contains(&slot) || open.version != version)
    });
    match acted.await {
        Ok(_) => Ok(member.go(&here(&member, proposal), Some(Notice::CoSigned))),
        // Lost the race against a new version: the page as it is now shows what changed.
        Err(ActError::Refused(Refusal::OtherVersion { .. })) => {
            let page = page(&member, proposal, None).await?;
            Ok(member.page_as(StatusCode::CONFLICT, &page))
        }
        Err(error) => Err(member.refused(&error, &here(&member, proposal), &packed)),
    }
}

pub(super) async fn take_back(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let proposal = visible(&member)?;
    let slot = member.slot;
    let acted = member.act_until(&fields, MemberAct::WithdrawCosign { proposal }, |view| {
        view.state.proposal(proposal).is_none_or(|open| !open.cosigners.contains(&slot))
    });
    match acted.await {
        Ok(_) => Ok(member.go(&here(&member, proposal), Some(Notice::TakenBack))),
        Err(error) => Err(member.refused(&error, &here(&member, proposal), &packed)),
    }
}

/// Asks once more.
pub(super) async fn ask_withdraw(member: Member) -> Answer {
    let proposal = visible(&member)?;
    let mine = member.state().proposal(proposal).is_some_and(|open| open.author == member.slot);
    if !mine {
        return Err(member.not_found());
    }
    let title = member.look(move |store, view| texts::title(store, &view.state, proposal)).await?;
    Ok(member.page(&Confirm::Withdraw { proposal: proposal.0, title }))
}

pub(super) async fn withdraw(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let proposal = visible(&member)?;
    let back = here(&member, proposal);
    if !fields.ticked("sure") {
        return Ok(member.go(&Route::Withdraw { group: member.group, proposal: proposal.0 }, None));
    }
    match member.act(&fields, MemberAct::Withdraw { proposal }).await {
        Ok(_) => Ok(member.go(&back, Some(Notice::Withdrawn))),
        Err(error) => Err(member.refused(&error, &back, &packed)),
    }
}

/// The proposal in the address, if this member may read it.
pub(super) fn visible(member: &Member) -> Result<ProposalNumber, Stop> {
    let number = member.proposal()?;
    if member.may_see(Thing::Text(number)) { Ok(number) } else { Err(member.not_found()) }
}

async fn page(
    member: &Member,
    number: ProposalNumber,
    shown: Option<Hash>,
) -> Result<Proposal, Stop> {
    let words = Words::of(member.frame().language);
    let reader = For { slot: member.slot, now: member.now(), words };
    let page =
        member.look(move |store, view| fill::proposal::page(store, view, number, shown, reader));
    page.await?.ok_or_else(|| member.not_found())
}

fn here(member: &Member, proposal: ProposalNumber) -> Route {
    Route::Proposal { group: member.group, proposal: proposal.0 }
}
