//! Real rounds of drand's quicknet, each also put to a second implementation of the pairing.

use blst::min_sig::{PublicKey, SecretKey, Signature};
use mic_proof::beacon::{BeaconError, Chain, LOCAL_LINKS_MAX, LocalChain, OtherChain, verify_link};
use mic_proof::hash::{Hash, hex_decode, sha256};

const DOMAIN: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const KEY: &str = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";

/// Round, signature, randomness; published by drand's users (sources in `spec/draw.md`).
const ROUNDS: [(u64, &str, &str); 7] = [
    (
        123,
        "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92",
        "fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc",
    ),
    (
        1000,
        "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
        "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
    ),
    (
        1001,
        "b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03f73896b25883abf2853d10337fb8fa41",
        "b0a591ad1b9002cfc372ac6e30abd3da8d3088d4caae026961743474fb94235f",
    ),
    (
        1002,
        "ab066f9c12dd6de1336fca0f925192fb0c72a771c3e4c82ede1fd362c1a770f9eb05843c6308ce2530b53a99c0281a6e",
        "339d3f0e702ed27d36966c6ee85a2bc762a24e178e7e5c835d9b5a7509cb920c",
    ),
    (
        1003,
        "b104c82771698f45fd8dcfead083d482694c31ab519bcef077f126f3736fe98c8392fd5d45d88aeb76b56ccfcb0296d7",
        "758f0c906d8c5296a032a66f0d96c6e0eeea4291e8fc9830bbfb19a2ba8610a9",
    ),
    (
        657_413,
        "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
        "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
    ),
    (
        12_040_883,
        "929906c959032ab363c9f26570d215d66f5c06cb0c44fe508c12bb5839f04ec895bb6868e5b9ff13ab289bdb5266b394",
        "173df1f57805453a8d2015268205d68147de12cafc2f451f7bc6adadca3571b3",
    ),
];

fn bytes(text: &str) -> Vec<u8> {
    hex_decode(text).expect("hexadecimal")
}

fn blst_agrees(round: u64, signature: &[u8]) -> bool {
    let message = sha256(&round.to_be_bytes());
    let key = PublicKey::key_validate(&bytes(KEY)).expect("quicknet's key");
    Signature::sig_validate(signature, true).is_ok_and(|signature| {
        let verdict = signature.verify(true, message.as_bytes(), DOMAIN, &[], &key, true);
        verdict == blst::BLST_ERROR::BLST_SUCCESS
    })
}

#[test]
fn seven_real_rounds_hold_and_nothing_near_them_does() {
    for (round, signature, randomness) in ROUNDS {
        let signature = bytes(signature);
        let ours = Chain::Quicknet.verify(round, &signature).expect("a real round");
        assert_eq!(ours.0.as_slice(), bytes(randomness), "round {round}");
        assert!(blst_agrees(round, &signature));
        for other in [round + 1, round - 1, u64::MAX] {
            let refused = Chain::Quicknet.verify(other, &signature);
            assert_eq!(refused, Err(BeaconError::BadSignature));
            assert!(!blst_agrees(other, &signature));
        }
        for bit in [0, 5, 6, 7, 100, 200, 383] {
            let mut flipped = signature.clone();
            flipped[bit / 8] ^= 0x80 >> (bit % 8);
            assert_eq!(Chain::Quicknet.verify(round, &flipped), Err(BeaconError::BadSignature));
            assert!(!blst_agrees(round, &flipped));
        }
        let short = Chain::Quicknet.verify(round, &signature[..47]);
        assert_eq!(short, Err(BeaconError::WrongLength));
        assert_eq!(Chain::Quicknet.verify(0, &signature), Err(BeaconError::NoSuchRound));
    }
}

#[test]
fn the_point_at_infinity_signs_nothing() {
    let mut infinity = vec![0; 48];
    infinity[0] = 0xc0;
    assert_eq!(Chain::Quicknet.verify(123, &infinity), Err(BeaconError::BadSignature));
}

#[test]
fn rounds_begin_when_drand_says() {
    let genesis_ms = 1_692_803_367_000;
    let chain = Chain::Quicknet;
    assert_eq!(chain.round_time(1), Some(genesis_ms));
    assert_eq!(chain.round_time(0), None);
    assert_eq!(chain.round_time(u64::MAX), None);
    assert_eq!(chain.round_at_or_after(0), Some(1));
    assert_eq!(chain.round_at_or_after(genesis_ms), Some(1));
    assert_eq!(chain.round_at_or_after(genesis_ms + 1), Some(2));
    assert_eq!(chain.round_at_or_after(genesis_ms + 3_000), Some(2));
    for ms in (genesis_ms..genesis_ms + 20_000).step_by(371) {
        let round = chain.round_at_or_after(ms).expect("drand has times");
        let begins = chain.round_time(round).expect("drand has times");
        assert!(begins >= ms && begins - ms < 3_000);
    }
}

#[test]
fn a_chain_with_a_key_of_its_own_is_checked_by_that_key() {
    let secret = SecretKey::key_gen(&[5; 32], &[]).expect("32 bytes are enough");
    let key = secret.sk_to_pk().to_bytes();
    let chain = OtherChain { key, hash: sha256(b"test"), genesis_s: 1_000, period_s: 1 };
    let chain = Chain::Other(chain);
    let message = sha256(&7_u64.to_be_bytes());
    let signature = secret.sign(message.as_bytes(), DOMAIN, &[]).to_bytes();
    assert_eq!(chain.verify(7, &signature).map(|it| it.0), Ok(sha256(&signature).0));
    assert_eq!(Chain::Quicknet.verify(7, &signature), Err(BeaconError::BadSignature));
    assert_eq!(chain.round_at_or_after(1_002_500), Some(4));
}

#[test]
fn links_of_a_local_chain_lead_to_its_anchor() {
    let local = LocalChain::new(&[3; 32]);
    let anchor = local.anchor();
    let chain = Chain::Local { anchor };
    let link = |round| local.link(round).expect("within the chain");
    for round in [1, 2, 1_000, LOCAL_LINKS_MAX] {
        let randomness = chain.verify(round, link(round).as_bytes()).expect("a link");
        let input = [b"mic-check/local/v1\n", link(round).as_bytes().as_slice()].concat();
        assert_eq!(randomness.0, sha256(&input).0);
        assert_ne!(randomness.0, sha256(link(round).as_bytes()).0);
    }
    assert_eq!(sha256(link(1).as_bytes()), anchor);
    assert_eq!(chain.verify(2, link(1).as_bytes()), Err(BeaconError::BadSignature));
    assert_eq!(chain.verify(0, anchor.as_bytes()), Err(BeaconError::NoSuchRound));
    assert_eq!(chain.verify(1, &[0; 31]), Err(BeaconError::WrongLength));
    assert!(verify_link((1_000, link(1_000)), (1_001, link(1_001))).is_ok());
    assert!(verify_link((1_000, link(1_000)), (1_001, Hash([0; 32]))).is_err());
    let beyond = chain.verify(LOCAL_LINKS_MAX + 1, &[0; 32]);
    assert_eq!(beyond, Err(BeaconError::NoSuchRound));
    assert_eq!(local.link(0), None);
    assert_eq!(local.link(LOCAL_LINKS_MAX + 1), None);
    assert_eq!(chain.round_at_or_after(0), None);
}
