//! The demonstration: a visitor becomes one of its members by one click and reads that member's mail. Nowhere else do these addresses
//! exist.

use mic_engine::ids::LogTime;
use mic_store::contract::Month;

use super::limits::FORM_BYTES_MAX;
use super::site::DemoMail;
use super::stop::{Answer, Reader, Stop};
use super::visitor::{Visitor, VisitorForm};
use crate::pages::demo::{MailLine, MailRead, Mailbox};
use crate::pages::{Notice, Route};

pub(super) async fn sign_in(form: VisitorForm<FORM_BYTES_MAX>) -> Answer {
    let VisitorForm { mut visitor, fields: _ } = form;
    let Some(demo) = visitor.site.demo().cloned() else { return Err(visitor.not_found()) };
    let (group, slot) = (demo.group, demo.slot);
    let person = visitor.site.app().blocking(move |store| store.person(group, slot)).await;
    let Some(record) = visitor.tried(person)? else { return Err(visitor.not_found()) };
    // By this the played members know that somebody has come.
    let month = Month::of(LogTime(visitor.site.wall().0));
    let noted = visitor.site.app().blocking(move |store| store.mark_active(group, slot, month));
    visitor.tried(noted.await)?;
    let answer = visitor.go(&Route::Home { group }, Some(Notice::SignedIn));
    match visitor.open_session(record.account, answer).await? {
        Some(answer) => Ok(answer),
        None => Err(visitor.not_found()),
    }
}

pub(super) async fn mailbox(visitor: Visitor) -> Answer {
    let (address, mails) = own(&visitor).await?;
    let line = |mail: DemoMail| MailLine {
        link: Route::Mail { mail: mail.id },
        subject: mail.subject,
        at: mail.at,
    };
    Ok(visitor.page(&Mailbox { address, mails: mails.into_iter().map(line).collect() }))
}

pub(super) async fn mail(visitor: Visitor) -> Answer {
    let (_, mails) = own(&visitor).await?;
    let wanted = visitor.place("mail").parse::<u64>().ok();
    let Some(mail) = mails.into_iter().find(|mail| Some(mail.id) == wanted) else {
        return Err(visitor.not_found());
    };
    let pieces = MailRead::pieces(&mail.text, visitor.site.origin().as_str());
    Ok(visitor.page(&MailRead { subject: mail.subject, from: mail.from, at: mail.at, pieces }))
}

/// The mailbox is the visitor's own once they have become that member.
async fn own(visitor: &Visitor) -> Result<(String, Vec<DemoMail>), Stop> {
    let Some(demo) = visitor.site.demo() else { return Err(visitor.not_found()) };
    let account = visitor.signed_in()?.account;
    let (group, slot) = (demo.group, demo.slot);
    let person = visitor.site.app().blocking(move |store| store.person(group, slot)).await;
    let theirs = visitor.tried(person)?.is_some_and(|record| record.account == account);
    if theirs { Ok((demo.address.clone(), (demo.mails)())) } else { Err(visitor.not_found()) }
}
