//! The key file: made once, private, recognised.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use mic_store::{Fault, MasterKey};

#[test]
fn a_key_file_is_private_and_never_replaced() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("key");
    MasterKey::create(&path, [0xab; 32]).expect("created");
    let mode = fs::metadata(&path).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(fs::read_to_string(&path).expect("text"), format!("{}\n", "ab".repeat(32)));
    assert!(matches!(MasterKey::create(&path, [1; 32]), Err(Fault::KeyFile { .. })));
    MasterKey::read(&path).expect("read");
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("key");
    MasterKey::create(&path, [1; 32]).expect("created");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("changed");
    let Err(Fault::KeyFile { reason, .. }) = MasterKey::read(&path) else { panic!("accepted") };
    assert!(reason.contains("chmod 600"), "{reason}");
}

#[test]
fn what_is_no_key_is_refused() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("key");
    assert!(matches!(MasterKey::read(&path), Err(Fault::KeyFile { .. })));
    for text in ["", "abc", &"z".repeat(64), &"a".repeat(63), &"a".repeat(66), &"é".repeat(32)] {
        fs::write(&path, text).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("changed");
        assert!(matches!(MasterKey::read(&path), Err(Fault::KeyFile { .. })), "{text}");
    }
}

#[test]
fn keys_are_not_printed() {
    assert_eq!(format!("{:?}", MasterKey::new([7; 32])), "MasterKey(hidden)");
}
