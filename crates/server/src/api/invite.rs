//! Inviting somebody: by a letter to an address, or by a link to be handed over. Knows nothing of what the invited person does with it.

use axum::Json;
use http::StatusCode;
use mic_engine::ids::LogTime;
use mic_engine::refusal::Refusal;
use serde::{Deserialize, Serialize};

use super::body::Sent;
use super::caller::Insider;
use super::problem::Problem;
use crate::pages::Route;
use crate::web::{GateKind, InvitationDone, Invited, InvitedBy, invitation_faults};
use crate::words::{Language, Phrase};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Invite {
    /// Left out: a link to be handed over.
    #[serde(default)]
    email: String,
    /// For those who vouch.
    #[serde(default)]
    statement: String,
    language: String,
}

#[derive(Serialize)]
pub(super) struct Invitation {
    /// For an invitation by link alone; a letter shows its link to nobody but its reader.
    link: Option<String>,
    expires: u64,
}

pub(super) async fn invite(
    insider: Insider,
    Sent(invite): Sent<Invite>,
) -> Result<(StatusCode, Json<Invitation>), Problem> {
    let (email, statement) = (invite.email.trim(), invite.statement.trim().to_owned());
    if let Some(fault) = invitation_faults(email, &statement).into_iter().next() {
        return Err(Problem::field(format!("/{}", fault.field), fault.problem));
    }
    let language = Language::parse(&invite.language)
        .ok_or_else(|| Problem::field("/language", Phrase::new("api-language")))?;
    insider.caller.pass(GateKind::Invite)?;
    let invited = invited(&insider, email, language).await?;
    let max = insider.state().charter.limits.open_invitations_per_member;
    let (app, kept) = (insider.app().clone(), invited.clone());
    let letters = insider.caller.site.letters();
    let keeping =
        insider.app().blocking(move |store| kept.keep(&letters, &app, store, &statement, max));
    match keeping.await? {
        InvitationDone::TooMany => return Err(Problem::Refused(Refusal::TooManyOpen { max })),
        InvitationDone::Kept | InvitationDone::KeptBefore => insider.app().kick_outbox(),
    }
    let link =
        || insider.caller.site.origin().link(&Route::Accept { token: invited.token.clone() });
    let link = email.is_empty().then(link);
    Ok((StatusCode::CREATED, Json(Invitation { link, expires: invited.candidate.expires.0 })))
}

/// Its name and secret follow from the key of the call, so that a call sent twice invites once and says the same link.
async fn invited(insider: &Insider, email: &str, language: Language) -> Result<Invited, Problem> {
    let by = InvitedBy {
        group: insider.group,
        slot: insider.slot,
        group_name: insider.profile.name.clone(),
        now: LogTime(insider.app().wall().0),
        name: insider.caller.key(),
        secret: insider.secret("invitation").await?,
    };
    Ok(Invited::new(&by, email, language))
}
