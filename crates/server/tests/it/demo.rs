//! The demonstration, as its command runs it: one message on the whole way, and a journal that both verifiers accept.

use std::process::Command;

use mic::cli::{Exit, Screen, run};

#[test]
fn one_message_goes_the_whole_way_and_the_journal_is_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let bundle = folder.path().join("demo.mic");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = ["mic", "demo", "--headless-check", "--bundle"].map(Into::into);
    let exit = run(
        words.into_iter().chain([bundle.clone().into()]),
        &mut Screen { out: &mut out, err: &mut err },
    );
    let told = String::from_utf8(out).expect("text");
    assert_eq!(exit, Exit::Ok, "{told}{}", String::from_utf8_lossy(&err));
    assert!(told.contains("ok: the exported journal is accepted"), "{told}");

    let verifier = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec/verify.py");
    let second = Command::new("python3").arg(verifier).arg(&bundle).output().expect("python3");
    let said = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(second.status.success(), "{said}");
}
