//! Promises about drafts.

use mic_engine::ids::{GroupId, LogTime, Slot};
use mic_store::Fault;
use mic_store::contract::{
    DRAFT_BYTES_MAX, DRAFT_VERSIONS_MAX, DRAFTS_PER_MEMBER_MAX, DraftId, DraftKey, DraftSaved,
    Drafts, Revision,
};

use super::World;
use super::fixtures::{NOW, with_people};

fn draft(group: GroupId, slot: u32, number: u8) -> DraftKey {
    DraftKey { group, slot: Slot(slot), id: DraftId([number; 16]) }
}

pub(crate) fn saving_compares_revisions(world: &impl World) {
    let store = world.open();
    let key = draft(with_people(&store, 1, 2), 0, 1);
    let save = |expected, text: &str| {
        store.save_draft(key, Revision(expected), text.as_bytes(), false, NOW).expect("answer")
    };
    assert_eq!(save(1, "nothing there"), DraftSaved::Conflict(Revision(0)));
    assert_eq!(save(0, "one"), DraftSaved::Saved(Revision(1)));
    assert_eq!(save(0, "other window"), DraftSaved::Conflict(Revision(1)));
    assert_eq!(save(1, "two"), DraftSaved::Saved(Revision(2)));
    let read = store.draft(key).expect("read").expect("there");
    assert_eq!((read.revision, read.bytes.as_slice(), read.saved), (Revision(2), &b"two"[..], NOW));
    assert!(store.draft_versions(key).expect("read").is_empty());
    let large = vec![b'x'; DRAFT_BYTES_MAX + 1];
    let refused = store.save_draft(key, Revision(2), &large, false, NOW);
    assert!(matches!(refused, Err(Fault::TooLarge { .. })));
    assert!(store.delete_draft(key).expect("deleted"));
    assert!(!store.delete_draft(key).expect("answer"));
    assert_eq!(store.draft(key).expect("read"), None);
}

pub(crate) fn earlier_states_are_kept_up_to_a_limit(world: &impl World) {
    let store = world.open();
    let key = draft(with_people(&store, 1, 2), 0, 1);
    let last = DRAFT_VERSIONS_MAX + 5;
    for revision in 0..last {
        let text = format!("state {}", revision + 1);
        let saved = store.save_draft(key, Revision(revision), text.as_bytes(), true, NOW);
        assert_eq!(saved.expect("answer"), DraftSaved::Saved(Revision(revision + 1)));
    }
    let versions = store.draft_versions(key).expect("read");
    let revisions: Vec<_> = versions.iter().map(|version| version.revision.0).collect();
    let kept: Vec<_> = (last - DRAFT_VERSIONS_MAX..last).rev().collect();
    assert_eq!(revisions, kept);
    let old = store.draft_version(key, Revision(last - 1)).expect("read").expect("there");
    assert_eq!(old.bytes, format!("state {}", last - 1).into_bytes());
    assert_eq!(store.draft_version(key, Revision(1)).expect("read"), None);
}

pub(crate) fn drafts_are_limited(world: &impl World) {
    let store = world.open();
    let group = with_people(&store, 1, 2);
    let count = u8::try_from(DRAFTS_PER_MEMBER_MAX).expect("small");
    for number in 0..count {
        let now = LogTime(NOW.0 + u64::from(number));
        let saved = store.save_draft(draft(group, 0, number), Revision(0), b"x", true, now);
        assert_eq!(saved.expect("answer"), DraftSaved::Saved(Revision(1)));
    }
    let one_more = store.save_draft(draft(group, 0, count), Revision(0), b"x", true, NOW);
    assert_eq!(one_more.expect("answer"), DraftSaved::TooMany);
    let list = store.drafts(group, Slot(0)).expect("list");
    assert_eq!(list.len(), usize::from(count));
    assert_eq!(list[0].id, DraftId([count - 1; 16]));
    assert!(store.drafts(group, Slot(1)).expect("list").is_empty());
}

pub(crate) fn drafts_belong_to_members(world: &impl World) {
    let store = world.open();
    let group = with_people(&store, 1, 2);
    let saved = store.save_draft(draft(group, 7, 1), Revision(0), b"x", true, NOW);
    assert_eq!(saved.expect("answer"), DraftSaved::NoPerson);
    let mine = store.save_draft(draft(group, 0, 1), Revision(0), b"mine", true, NOW);
    let theirs = store.save_draft(draft(group, 1, 1), Revision(0), b"theirs", true, NOW);
    assert_eq!(mine.expect("answer"), DraftSaved::Saved(Revision(1)));
    assert_eq!(theirs.expect("answer"), DraftSaved::Saved(Revision(1)));
    let read = store.draft(draft(group, 1, 1)).expect("read").expect("there");
    assert_eq!(read.bytes, b"theirs");
}
