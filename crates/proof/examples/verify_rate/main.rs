//! How fast a whole journal is verified: generates a bundle of 1,000,000 entries in memory and
//! checks it. Prints one figure a line: name, value, unit. Run with `--release`; an argument gives
//! another number of entries.

mod journal;
mod rules;

use mic_proof::finding::Weight;
use mic_proof::replay::Options;
use mic_proof::verify::verify_bundle_bytes;

const ENTRIES: u64 = 1_000_000;

fn main() {
    let wanted = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(ENTRIES);
    let (entries, bundle) = journal::bundle(wanted);
    let rules = rules::rules();
    let check = |text: &str| {
        if text == rules::CHARTER { Ok(rules.clone()) } else { Err("another charter".to_owned()) }
    };
    let options = Options { charter_check: Some(&check), ..Options::new() };
    let mut draws = 0_u64;
    let mut wrong = None;
    let start = now();
    let verdict = verify_bundle_bytes(&bundle, &options, &mut |finding| {
        draws += u64::from(finding.code == mic_proof::finding::Code::Draw);
        if finding.weight == Weight::Bad {
            wrong.get_or_insert_with(|| finding.to_string());
        }
    });
    let milliseconds = start.elapsed().as_millis();
    assert!(matches!(verdict, Ok(None)), "{verdict:?}: {wrong:?}");
    println!("verify_bundle_entries {entries} entries");
    println!("verify_bundle_size {} bytes", bundle.len());
    println!("verify_bundle_draws {draws} draws");
    println!("verify_bundle_time {milliseconds} ms");
    println!("verify_bundle_rate {} entries/s", u128::from(entries) * 1_000 / milliseconds.max(1));
}

#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark needs a clock"
)]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}
