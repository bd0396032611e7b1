//! The author's answer to a jury that did not say yes: revise once, ask a larger jury once, or let it rest. While co-signatures are
//! being gathered the author may change the text by the same way.

use mic_engine::access::Thing;
use mic_engine::command::MemberAct;
use mic_engine::event::RecourseChoice;

use super::fill;
use super::limits::FORM_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::stop::{Answer, Reader};
use super::write::draft_of_proposal;
use crate::pages::{Notice, Route};

pub(super) async fn show(member: Member) -> Answer {
    let number = member.proposal()?;
    if !member.may_see(Thing::Reasons(number)) {
        return Err(member.not_found());
    }
    let page = member.look(move |store, view| match view.state.proposal(number) {
        Some(open) => fill::proposal::answer_page(store, view, open),
        None => Ok(None),
    });
    match page.await? {
        Some(page) => Ok(member.page(&page)),
        None => {
            let group = member.group;
            Ok(member.go(&Route::Proposal { group, proposal: number.0 }, None))
        }
    }
}

pub(super) async fn answer(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let proposal = member.proposal()?;
    if !member.may_see(Thing::Reasons(proposal)) {
        return Err(member.not_found());
    }
    let Some(choice) = RecourseChoice::parse(fields.get("choice")) else {
        return Err(member.not_found());
    };
    let notice = match choice {
        RecourseChoice::Revise => {
            return draft_of_proposal(&member, &fields, proposal, &packed).await;
        }
        RecourseChoice::Appeal => Notice::Appealed,
        RecourseChoice::Accept => Notice::Accepted,
    };
    let back = Route::Proposal { group: member.group, proposal: proposal.0 };
    match member.act(&fields, MemberAct::Recourse { proposal, choice, text: None }).await {
        Ok(_) => Ok(member.go(&back, Some(notice))),
        Err(error) => Err(member.refused(&error, &back, &packed)),
    }
}
