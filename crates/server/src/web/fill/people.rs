//! Names as their owners chose to show them. Knows no address and no page but the one with all names.

use std::collections::BTreeMap;

use mic_engine::ids::Slot;
use mic_engine::node::View;
use mic_store::Store;
use mic_store::contract::Fault;

use crate::contact::{Choices, shown_name};
use crate::pages::parts::Person;
use crate::pages::people::{NAMES_MAX, People};
use crate::text::name::Name;

/// Records read from the store at a time.
const RECORDS_AT_ONCE: u32 = 1_024;

/// The name a member shows, if any.
pub(crate) fn name(store: &dyn Store, view: &View, slot: Slot) -> Result<Option<String>, Fault> {
    let state = &view.state;
    if !state.roll.holds(slot) {
        return Ok(None);
    }
    let record = store.person(state.founded.group, slot)?;
    Ok(record.and_then(|record| shown_name(&record, &Choices::of(&record, &state.roll, slot))))
}

/// A member as another one sees them.
pub(crate) fn person(
    store: &dyn Store,
    view: &View,
    slot: Slot,
    reader: Option<Slot>,
) -> Result<Person, Fault> {
    Ok(Person { name: name(store, view, slot)?, slot: slot.0, you: reader == Some(slot) })
}

/// The names of these members, for those who show one.
pub(crate) fn names(
    store: &dyn Store,
    view: &View,
    slots: impl IntoIterator<Item = Slot>,
) -> Result<BTreeMap<Slot, String>, Fault> {
    let mut names = BTreeMap::new();
    for slot in slots {
        if let Some(name) = name(store, view, slot)? {
            names.insert(slot, name);
        }
    }
    Ok(names)
}

/// The page of all names, by name.
pub(crate) fn all(store: &dyn Store, view: &View, reader: Slot) -> Result<People, Fault> {
    let state = &view.state;
    let mut named = Vec::new();
    let mut first = 0;
    while first < state.roll.len() {
        for (slot, record) in store.people(state.founded.group, Slot(first), RECORDS_AT_ONCE)? {
            let choices = Choices::of(&record, &state.roll, slot);
            let shown = state.roll.holds(slot).then(|| shown_name(&record, &choices)).flatten();
            if let Some(name) = shown {
                named.push(Person { name: Some(name), slot: slot.0, you: slot == reader });
            }
        }
        first = first.saturating_add(RECORDS_AT_ONCE);
    }
    named.sort_by_cached_key(|person| person.name.as_deref().unwrap_or_default().to_lowercase());
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let members = state.roll.present();
    let all_named = count(named.len());
    let you_are_named = named.iter().any(|person| person.you);
    named.truncate(NAMES_MAX);
    Ok(People {
        members,
        more: all_named - count(named.len()),
        unnamed: members.saturating_sub(all_named),
        you_are_named,
        named,
    })
}

/// Members whose names are compared with a new one.
const LOOKS_COMPARED_MAX: u32 = 20_000;

/// Whether another member shows a name that looks the same.
pub(crate) fn looks_taken(
    store: &dyn Store,
    view: &View,
    slot: Slot,
    wanted: &str,
) -> Result<bool, Fault> {
    let Ok(wanted) = Name::parse(wanted) else { return Ok(false) };
    let (state, skeleton) = (&view.state, wanted.skeleton());
    let mut first = 0;
    while first < state.roll.len().min(LOOKS_COMPARED_MAX) {
        for (other, record) in store.people(state.founded.group, Slot(first), RECORDS_AT_ONCE)? {
            let shown = shown_name(&record, &Choices::of(&record, &state.roll, other));
            let same = shown.and_then(|name| Name::parse(&name).ok());
            if other != slot && same.is_some_and(|name| name.skeleton() == skeleton) {
                return Ok(true);
            }
        }
        first = first.saturating_add(RECORDS_AT_ONCE);
    }
    Ok(false)
}
