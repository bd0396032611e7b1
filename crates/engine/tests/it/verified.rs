//! What the engine writes is accepted by the verifiers that know nothing of it: `mic-proof`'s replay and `spec/verify.py`.
//! Every script's journal is exported as a bundle and read by both.

use std::path::PathBuf;
use std::process::Command;

use mic_engine::charter::rules::for_replay;
use mic_proof::base64;
use mic_proof::bundle::{Head, Line, Writer};
use mic_proof::hash::sha256;
use mic_proof::note::{Checkpoint, SigningKey, sign_checkpoint};
use mic_proof::replay::Options;
use mic_proof::verify::verify_bundle_bytes;

use crate::scripts;
use crate::world::{KEY_SEED, World};

#[test]
fn both_verifiers_accept_every_script() {
    let folder = std::env::temp_dir().join(format!("mic-bundles-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for bundles");
    let mut refused = Vec::new();
    for (path, script) in scripts::all() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let world = scripts::world_after(&script);
        let bundle = bundle(&world);
        refused.extend(by_proof(&bundle).into_iter().map(|line| format!("{name}: {line}")));
        let file = folder.join(format!("{name}.mic"));
        std::fs::write(&file, &bundle).expect("writable");
        refused.extend(by_python(&file).into_iter().map(|line| format!("{name}: python: {line}")));
    }
    std::fs::remove_dir_all(&folder).expect("removable");
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

pub(crate) fn by_proof(bundle: &[u8]) -> Vec<String> {
    let check = |text: &str| for_replay(text);
    let options = Options { charter_check: Some(&check), ..Options::new() };
    let mut bad = Vec::new();
    let verdict = verify_bundle_bytes(bundle, &options, &mut |finding| {
        let line = finding.to_string();
        if line.starts_with("bad") {
            bad.push(line);
        }
    });
    assert!(verdict.is_ok(), "the bundle can be read: {verdict:?}");
    bad
}

fn by_python(file: &PathBuf) -> Vec<String> {
    let verifier = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../spec/verify.py");
    let output = Command::new("python3").arg(verifier).arg(file).output().expect("python3 runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut bad: Vec<String> =
        text.lines().filter(|line| line.starts_with("bad")).map(str::to_owned).collect();
    if !output.status.success() && bad.is_empty() {
        bad.push(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    bad
}

/// The whole journal of a world as a bundle.
pub(crate) fn bundle(world: &World) -> Vec<u8> {
    let view = world.view();
    let state = &view.state;
    let key = SigningKey::from_seed(&KEY_SEED);
    let checkpoint = Checkpoint {
        origin: state.founded.origin.clone(),
        size: state.position.0,
        root: state.tree.root(),
    };
    let head = Head {
        group: state.founded.group.to_string(),
        origin: state.founded.origin.clone(),
        key: state.founded.key,
        size: state.position.0,
        checkpoint: sign_checkpoint(&checkpoint, &key),
    };
    assert_eq!(base64::encode_url(&head.key).len(), 43);
    let mut writer = Writer::new(Vec::new(), head).expect("memory");
    for (seq, bytes) in world.disk.entries.iter().enumerate() {
        let text = String::from_utf8(bytes.clone()).expect("entries are text");
        writer.write(&Line::Entry { seq: seq as u64, text }).expect("memory");
    }
    for bytes in world.disk.documents.values() {
        let text = String::from_utf8(bytes.clone()).expect("documents are text");
        writer.write(&Line::Document { hash: sha256(bytes), text: Some(text) }).expect("memory");
    }
    for published in &world.disk.published {
        writer.write(&Line::Checkpoint { text: published.note.clone() }).expect("memory");
    }
    writer.finish().expect("memory")
}
