//! Tokens for programs that act for a member: made, shown once, and taken back.

use http::StatusCode;
use mic_engine::ids::LogTime;
use mic_store::contract::{ApiToken, ApiTokenId, Token};

use super::super::limits::FORM_BYTES_MAX;
use super::super::member::{Member, MemberForm};
use super::super::stop::{Answer, Reader, Stop};
use super::token_text;
use crate::api::token::{DAYS_MAX, Scope, TOKENS_MAX};
use crate::pages::start::FormFault;
use crate::pages::tokens::{TokenLine, Tokens};
use crate::pages::{Notice, Route};
use crate::text::name::Name;
use crate::words::{Moment, Phrase};

const DAY_MS: u64 = 86_400_000;

pub(in crate::web) async fn tokens(member: Member) -> Answer {
    Ok(member.page(&page(&member).await?))
}

pub(in crate::web) async fn change_tokens(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let account = member.record.account;
    if fields.get("do") == "revoke" {
        let id = mic_engine::ids::GroupId::parse(fields.get("id")).map(|id| ApiTokenId(id.0));
        let Some(id) = id else { return Err(member.not_found()) };
        let app = member.visitor.site.app();
        let revoked = app.blocking(move |store| store.revoke_api_token(account, id)).await;
        member.tried_keeping(revoked, &packed)?;
        let here = Route::Tokens { group: member.group };
        return Ok(member.go(&here, Some(Notice::SettingsSaved)));
    }
    let before = page(&member).await?;
    let mut faults = Vec::new();
    let name = Name::parse(fields.get("name"));
    if let Err(problem) = &name {
        faults.push(FormFault { field: "name", problem: Phrase::new(problem.key()) });
    }
    let days = fields.get("days").trim().parse().ok().filter(|days| (1..=DAYS_MAX).contains(days));
    if days.is_none() {
        let problem = Phrase::new("fault-token-days").number("max", DAYS_MAX);
        faults.push(FormFault { field: "days", problem });
    }
    if before.tokens.len() >= TOKENS_MAX {
        let max = i64::try_from(TOKENS_MAX).unwrap_or(i64::MAX);
        let problem = Phrase::new("fault-token-count").number("max", max);
        faults.push(FormFault { field: "name", problem });
    }
    let (Ok(name), Some(days), true) = (name, days, faults.is_empty()) else {
        let typed = Tokens { faults, name: fields.get("name").to_owned(), ..before };
        return Ok(member.page_as(StatusCode::UNPROCESSABLE_ENTITY, &typed));
    };
    let secret = token_text(member.secret_of("api-token", &fields));
    let created = LogTime(member.visitor.site.wall().0);
    let token = ApiToken {
        id: ApiTokenId(member.thing_key(&fields).0),
        account,
        name: name.as_str().to_owned(),
        scopes: Scope::parse(fields.get("scope")).unwrap_or(Scope::Read).word().to_owned(),
        created,
        expires: LogTime(created.0 + u64::from(days) * DAY_MS),
    };
    let kept = secret.clone();
    let app = member.visitor.site.app();
    // A form sent twice finds its token there already, and shows the same secret.
    let added =
        app.blocking(move |store| store.add_api_token(Token(kept.as_bytes()), &token)).await;
    member.tried_keeping(added, &packed)?;
    let after = page(&member).await?;
    Ok(member.page(&Tokens { made: Some(secret), ..after }))
}

async fn page(member: &Member) -> Result<Tokens, Stop> {
    let account = member.record.account;
    let tokens = member.look(move |store, _| store.api_tokens(account)).await?;
    let line = |token: ApiToken| TokenLine {
        id: mic_engine::ids::GroupId(token.id.0).to_string(),
        name: token.name,
        may_act: Scope::parse(&token.scopes) == Some(Scope::Act),
        expires: Moment(token.expires.0),
    };
    let tokens = tokens.into_iter().map(line).collect();
    Ok(Tokens { tokens, made: None, name: String::new(), faults: Vec::new(), days_max: DAYS_MAX })
}
