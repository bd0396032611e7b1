//! The member whom a proposal would remove is heard: what they say is shown wherever it is judged. To everybody else the page is not there.

use http::StatusCode;
use mic_engine::command::MemberAct;
use mic_engine::ids::ProposalNumber;
use mic_engine::refusal::Refusal;
use mic_engine::version;

use super::fill::{history, people, texts};
use super::limits::FORM_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::proposal::visible;
use super::refusal::refusal_phrase;
use super::stop::{Answer, Reader, Stop};
use crate::app::ActError;
use crate::pages::asking::REASON_CHARACTERS_MAX;
use crate::pages::removal::Statement;
use crate::pages::start::FormFault;
use crate::pages::{Notice, Route};
use crate::words::{Moment, Phrase};

pub(super) async fn show(member: Member) -> Answer {
    let number = concerned(&member)?;
    let page = page(&member, number).await?;
    Ok(member.page(&page))
}

pub(super) async fn say(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let number = concerned(&member)?;
    let body = fields.get("statement").trim().to_owned();
    let act = MemberAct::MakeStatement { proposal: number, body };
    let back = Route::Proposal { group: member.group, proposal: number.0 };
    match member.act(&fields, act).await {
        Ok(_) => Ok(member.go(&back, Some(Notice::StatementMade))),
        Err(ActError::Refused(
            refusal @ (Refusal::ReasonMissing
            | Refusal::ReasonTooLong { .. }
            | Refusal::TextHasControls),
        )) => {
            let problem = match refusal {
                Refusal::ReasonMissing => Phrase::new("fault-reason-empty"),
                other => refusal_phrase(&other),
            };
            let page = Statement {
                statement: fields.get("statement").to_owned(),
                faults: vec![FormFault { field: "statement", problem }],
                ..page(&member, number).await?
            };
            Ok(member.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(error) => Err(member.refused(&error, &back, &packed)),
    }
}

/// The open proposal in the address, if it is about this member.
fn concerned(member: &Member) -> Result<ProposalNumber, Stop> {
    let number = visible(member)?;
    let open = member.state().proposal(number);
    let about_them = open.is_some_and(|open| open.member_concerned() == Some(member.slot));
    if about_them { Ok(number) } else { Err(member.not_found()) }
}

async fn page(member: &Member, number: ProposalNumber) -> Result<Statement, Stop> {
    let slot = member.slot;
    let page = member.look(move |store, view| {
        let Some(open) = view.state.proposal(number) else { return Ok(None) };
        let group = view.state.founded.group;
        let text = texts::version(store, group, &open.version)?;
        let said = match open.statement {
            Some(hash) => texts::document(store, group, &hash)?,
            None => None,
        };
        let lines = history::lines(store, view, number)?;
        let said_at = lines.iter().rev().find_map(|line| match line.entry.event {
            mic_engine::event::Event::StatementMade { .. } => Some(Moment::from(line.entry.at)),
            _ => None,
        });
        Ok(Some(Statement {
            proposal: number.0,
            message: texts::message(text.as_ref(), open.audience, &open.version),
            author: people::person(store, view, open.author, Some(slot))?,
            statement: said.and_then(|bytes| version::words_from_bytes(&bytes)).unwrap_or_default(),
            statement_max: REASON_CHARACTERS_MAX,
            said_at,
            faults: Vec::new(),
        }))
    });
    page.await?.ok_or_else(|| member.not_found())
}
