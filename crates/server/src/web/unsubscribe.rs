//! The link at the end of mails: opening it shows a button, and only the button, or the mail program's own post (RFC 8058), ends mails of
//! that kind. Whoever has the link may; it does nothing else.

use axum::extract::{FromRequest, Request};
use axum::response::IntoResponse;
use http::StatusCode;
use mic_store::Store;
use mic_store::contract::Fault;

use super::form::read_body;
use super::limits::FORM_BYTES_MAX;
use super::site::Site;
use super::stop::{Answer, Reader, Stop};
use super::visitor::Visitor;
use crate::contact::{Choices, MailStop};
use crate::pages::settings::{Confirm, MailKind};
use crate::pages::{Notice, Route};

/// A post from a page or from a mail program.
pub(super) struct Stopping {
    visitor: Visitor,
    /// `List-Unsubscribe=One-Click`: nobody looks at the answer.
    one_click: bool,
}

pub(super) async fn ask(visitor: Visitor) -> Answer {
    let token = visitor.place("token").to_owned();
    let stop = genuine(&visitor, &token).await?;
    Ok(visitor.page(&Confirm::Unsubscribe { kind: stop.kind, token }))
}

pub(super) async fn stop(stopping: Stopping) -> Answer {
    let Stopping { visitor, one_click } = stopping;
    let token = visitor.place("token").to_owned();
    let stop = genuine(&visitor, &token).await?;
    let app = visitor.site.app().clone();
    let view = app.view(stop.group);
    let stopped = app.blocking(move |store| match view {
        Some(view) => end_mails(store, &view.state.roll, stop),
        None => Ok(()),
    });
    visitor.tried(stopped.await)?;
    if one_click {
        return Ok(StatusCode::OK.into_response());
    }
    Ok(visitor.go(&Route::Landing {}, Some(Notice::MailsStopped)))
}

/// What the token stands for; a forged one leads to the same page as an address that does not exist.
async fn genuine(visitor: &Visitor, token: &str) -> Result<MailStop, Stop> {
    let Some(stop) = MailStop::read(token) else { return Err(visitor.not_found()) };
    let app = visitor.site.app();
    let secrets = app.blocking(move |store| store.group_secrets(stop.group)).await;
    let secrets = visitor.tried(secrets)?;
    let proven = secrets.is_some_and(|secrets| stop.is_proven_by(token, &secrets));
    if proven { Ok(stop) } else { Err(visitor.not_found()) }
}

fn end_mails(
    store: &dyn Store,
    roll: &mic_engine::state::roll::Roll,
    stop: MailStop,
) -> Result<(), Fault> {
    // A member who has left gets none anyway.
    let Some(record) = store.person(stop.group, stop.slot)? else { return Ok(()) };
    let mut choices = Choices::of(&record, roll, stop.slot);
    match stop.kind {
        MailKind::Broadcasts => choices.mail_broadcasts = false,
        MailKind::Duty => choices.mail_duty = false,
        MailKind::Activity => choices.mail_activity = false,
    }
    let (person, settings) = (&record.person, choices.write());
    store.update_person(stop.group, stop.slot, &person.name, &person.language, &settings)?;
    Ok(())
}

impl FromRequest<Site> for Stopping {
    type Rejection = Stop;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Stop> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::read(&mut parts, site).await?;
        let body = read_body(&parts.headers, body, FORM_BYTES_MAX).await;
        let body = body.map_err(|fault| visitor.trouble(fault.trouble()))?;
        let one_click = body.windows(9).any(|window| window == b"One-Click");
        Ok(Self { visitor, one_click })
    }
}
