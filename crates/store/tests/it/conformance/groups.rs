//! Promises about groups and their secrets.

use mic_engine::ids::Seq;
use mic_store::Fault;
use mic_store::contract::{GroupPrepared, Groups, SLUG_BYTES_MAX};

use super::World;
use super::fixtures::{NOW, commit, group, line, prepare, secrets};

pub(crate) fn a_group_is_prepared_once(world: &impl World) {
    let store = world.open();
    let id = prepare(&store, 1);
    let again = store.prepare_group(id, "other", false, &secrets(9), NOW).expect("answer");
    assert_eq!(again, GroupPrepared::Exists);
    commit(&store, line(id, 0, "first"));
    let groups = store.groups().expect("groups");
    assert_eq!(groups.len(), 1);
    assert_eq!((groups[0].slug.as_str(), groups[0].length), ("group-1", Seq(1)));
    assert_eq!((groups[0].public, groups[0].prepared), (true, NOW));
}

pub(crate) fn names_are_unique(world: &impl World) {
    let store = world.open();
    let (one, two) = (prepare(&store, 1), prepare(&store, 2));
    let taken = store.prepare_group(group(3), "group-1", true, &secrets(3), NOW).expect("answer");
    assert_eq!(taken, GroupPrepared::SlugTaken);
    assert!(!store.rename_group(two, "group-1", true).expect("answer"));
    assert!(!store.rename_group(group(7), "free", true).expect("answer"));
    assert!(store.rename_group(one, "group-1", false).expect("answer"));
    assert!(store.rename_group(two, "renamed", true).expect("answer"));
    assert_eq!(store.group_by_slug("renamed").expect("read").map(|found| found.id), Some(two));
    assert_eq!(store.group_by_slug("group-2").expect("read"), None);
    assert!(!store.group_by_slug("group-1").expect("read").expect("there").public);
    let long = "x".repeat(SLUG_BYTES_MAX + 1);
    assert!(matches!(store.rename_group(one, &long, true), Err(Fault::TooLarge { .. })));
}

pub(crate) fn only_unfounded_groups_are_dropped(world: &impl World) {
    let store = world.open();
    let (one, two) = (prepare(&store, 1), prepare(&store, 2));
    commit(&store, line(one, 0, "founded"));
    assert!(!store.drop_unfounded(one).expect("answer"));
    assert!(store.drop_unfounded(two).expect("answer"));
    assert!(!store.drop_unfounded(two).expect("answer"));
    assert_eq!(store.groups().expect("groups").len(), 1);
}

pub(crate) fn secrets_come_back(world: &impl World) {
    let id = {
        let store = world.open();
        prepare(&store, 1)
    };
    let store = world.open();
    assert_eq!(store.group_secrets(id).expect("read"), Some(secrets(1)));
    assert_eq!(store.group_secrets(group(2)).expect("read"), None);
}
