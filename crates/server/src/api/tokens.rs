//! The tokens of the caller's account: which there are, and the end of one. They are made on the settings page alone: a token never
//! makes another one.

use axum::Json;
use mic_engine::ids::GroupId;
use mic_store::contract::{ApiToken, ApiTokenId};
use serde::Serialize;

use super::caller::Caller;
use super::problem::{Answer, Problem};
use super::token::Scope;

#[derive(Serialize)]
pub(super) struct Tokens {
    tokens: Vec<TokenLine>,
}

#[derive(Serialize)]
struct TokenLine {
    id: String,
    name: String,
    scope: &'static str,
    created: u64,
    expires: u64,
    /// The token of this very call.
    this: bool,
}

#[derive(Serialize)]
pub(super) struct Revoked {
    revoked: bool,
}

pub(super) async fn list(caller: Caller) -> Answer<Tokens> {
    let (account, this) = (caller.token.account, caller.token.id);
    let tokens = caller.app().blocking(move |store| store.api_tokens(account)).await?;
    let line = |token: ApiToken| TokenLine {
        id: GroupId(token.id.0).to_string(),
        name: token.name,
        // A token whose scope nobody knows may do as little as any.
        scope: Scope::parse(&token.scopes).unwrap_or(Scope::Read).word(),
        created: token.created.0,
        expires: token.expires.0,
        this: token.id == this,
    };
    Ok(Json(Tokens { tokens: tokens.into_iter().map(line).collect() }))
}

pub(super) async fn revoke(caller: Caller) -> Answer<Revoked> {
    let id = GroupId::parse(caller.place("token")).ok_or(Problem::NotFound)?;
    let account = caller.token.account;
    let revoked =
        caller.app().blocking(move |store| store.revoke_api_token(account, ApiTokenId(id.0)));
    if revoked.await? { Ok(Json(Revoked { revoked: true })) } else { Err(Problem::NotFound) }
}
