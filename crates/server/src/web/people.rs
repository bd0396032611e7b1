//! The people of a group, as far as they chose to be seen.

use super::fill;
use super::member::Member;
use super::stop::{Answer, Reader};

pub(super) async fn people(member: Member) -> Answer {
    let slot = member.slot;
    let page = member.look(move |store, view| fill::people::all(store, view, slot));
    Ok(member.page(&page.await?))
}
