//! A group's home.

use super::fill;
use super::member::Member;
use super::stop::{Answer, Reader};
use super::write::draft_lines;

pub(super) async fn home(member: Member) -> Answer {
    let (slot, now, purpose) = (member.slot, member.now(), member.profile.purpose.clone());
    let page = member.look(move |store, view| {
        let mut page = fill::home::page(store, view, purpose, slot, now)?;
        page.drafts = draft_lines(store, view.state.founded.group, slot)?;
        Ok(page)
    });
    Ok(member.page(&page.await?))
}
