//! Rounds of drand from honest, late, lying and broken relays.

use crate::relay::{CHAIN, Manner, Relay, hex, sign, verify, verify_quicknet};
use crate::web::{Then, Web};
use mic_courier::drand::{
    Conduct, DrandClient, DrandSetupFault, Findings, Lie, Outcome, RELAYS_MAX, Round,
};
use mic_courier::egress::{Allow, Barred, Egress};

fn client(urls: &[String]) -> DrandClient {
    let allow = urls.iter().map(|url| Allow::parse(url).unwrap()).collect();
    let egress = Egress::new(allow, Vec::new(), "mic/0.1").unwrap();
    DrandClient::new(egress, urls.to_vec(), CHAIN).unwrap()
}

/// Asks relays of the given manners for round 1000.
async fn ask(manners: &[Manner]) -> Findings {
    let mut relays = Vec::new();
    for manner in manners {
        relays.push(Relay::start(*manner, 1_000, 404).await);
    }
    let urls: Vec<String> = relays.iter().map(|relay| relay.web.url()).collect();
    client(&urls).round(Round(1_000), verify).await
}

fn beacon(round: u64) -> Outcome {
    Outcome::Beacon { round: Round(round), signature: sign(round) }
}

fn conducts(findings: &Findings) -> Vec<Conduct> {
    findings.relays.iter().map(|(_, conduct)| conduct.clone()).collect()
}

#[tokio::test]
async fn an_honest_relay_is_enough_and_the_others_are_left_alone() {
    let (first, second) =
        (Relay::start(Manner::Honest, 9, 404).await, Relay::start(Manner::Honest, 9, 404).await);
    let client = client(&[first.web.url(), second.web.url()]);
    let findings = client.round(Round(7), verify).await;
    assert_eq!(findings.outcome, beacon(7));
    assert_eq!(findings.relays, [(first.web.url(), Conduct::Served)]);
    assert!(second.web.requests().is_empty());
    assert!(first.web.requests()[0].starts_with(&format!("GET /{CHAIN}/public/7 HTTP/1.1\r\n")));
}

#[tokio::test]
async fn a_round_that_is_still_to_come_is_not_yet() {
    for early in [404, 425] {
        let relay = Relay::start(Manner::Honest, 41, early).await;
        let client = client(&[relay.web.url()]);
        let findings = client.round(Round(42), verify).await;
        assert_eq!(findings.outcome, Outcome::NotYet);
        assert_eq!(conducts(&findings), [Conduct::NotYet]);
        relay.advance(42);
        assert_eq!(client.round(Round(42), verify).await.outcome, beacon(42));
    }
}

#[tokio::test]
async fn a_relay_that_is_ahead_helps_one_that_is_late() {
    let (late, ahead) =
        (Relay::start(Manner::Honest, 41, 425).await, Relay::start(Manner::Honest, 42, 425).await);
    let findings = client(&[late.web.url(), ahead.web.url()]).round(Round(42), verify).await;
    assert_eq!(findings.outcome, beacon(42));
    assert_eq!(conducts(&findings), [Conduct::NotYet, Conduct::Served]);
}

#[tokio::test]
async fn a_lie_is_recorded_and_the_next_relay_asked() {
    for (manner, lie) in [
        (Manner::WrongRound, Lie::OtherRound),
        (Manner::ForgedSignature, Lie::SignatureDoesNotVerify),
        (Manner::WrongRandomness, Lie::RandomnessIsNotTheHash),
    ] {
        let findings = ask(&[manner, Manner::Honest]).await;
        assert_eq!(findings.outcome, beacon(1_000));
        assert_eq!(conducts(&findings), [Conduct::Lied(lie), Conduct::Served]);
        let findings = ask(&[manner, manner]).await;
        assert_eq!(findings.outcome, Outcome::OutOfReach);
        assert_eq!(conducts(&findings), [Conduct::Lied(lie), Conduct::Lied(lie)]);
    }
}

#[tokio::test]
async fn a_broken_relay_is_passed_over_with_a_reason() {
    for (manner, reason) in [
        (Manner::Garbage, "not a drand round"),
        (Manner::OtherStatus, "HTTP status 500"),
        (Manner::Huge, "longer than 4096 bytes"),
        (Manner::Closing, "broke the rules of HTTP"),
    ] {
        let findings = ask(&[manner, Manner::Honest]).await;
        assert_eq!(findings.outcome, beacon(1_000), "{manner:?}");
        let Conduct::OutOfReach(text) = &findings.relays[0].1 else { panic!("{findings:?}") };
        assert!(text.contains(reason), "{text}");
        assert_eq!(ask(&[manner]).await.outcome, Outcome::OutOfReach);
    }
}

// The clock is stopped for good inside, so each case has a runtime of its own.
#[test]
fn a_relay_that_hangs_gets_company_and_in_the_end_is_given_up() {
    let run = |manners: &'static [Manner]| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(ask(manners))
    };
    let findings = run(&[Manner::Hang, Manner::Honest]);
    assert_eq!(findings.outcome, beacon(1_000));
    assert_eq!(conducts(&findings), [Conduct::Served], "the slow one was not waited for");
    let findings = run(&[Manner::Hang]);
    assert_eq!(findings.outcome, Outcome::OutOfReach);
    assert!(matches!(&findings.relays[0].1, Conduct::OutOfReach(text) if text.contains("10s")));
}

#[tokio::test]
async fn a_slow_relay_may_still_win() {
    let slow = Relay::start(Manner::Stall, 1_000, 404).await;
    let dead = Relay::start(Manner::Closing, 1_000, 404).await;
    let client = client(&[slow.web.url(), dead.web.url()]);
    let asking = client.round(Round(1_000), verify);
    let watching = async {
        while slow.web.requests().is_empty() {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
    };
    let (findings, ()) = tokio::join!(asking, watching);
    assert_eq!(findings.outcome, Outcome::OutOfReach);
    let relays: Vec<&String> = findings.relays.iter().map(|(relay, _)| relay).collect();
    assert_eq!(relays, [&dead.web.url(), &slow.web.url()], "in the order in which they settled");
}

#[tokio::test]
async fn malformed_rounds_are_unreadable_and_not_lies() {
    let signature = hex(&sign(5));
    let short = &signature[2..];
    let accented = format!("ä{}", &signature[2..]);
    for body in [
        "[]".to_owned(),
        "{\"round\":5}".to_owned(),
        "[".repeat(4_000),
        format!("{{\"round\":\"5\",\"randomness\":\"\",\"signature\":\"{signature}\"}}"),
        format!("{{\"round\":-5,\"randomness\":\"\",\"signature\":\"{signature}\"}}"),
        format!("{{\"round\":5,\"randomness\":null,\"signature\":\"{signature}\"}}"),
        format!("{{\"round\":5,\"randomness\":\"\",\"signature\":\"{short}\"}}"),
        format!("{{\"round\":5,\"randomness\":\"\",\"signature\":\"{accented}\"}}"),
    ] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        let web = Web::saying(format!("{head}{body}"), Then::Close).await;
        let findings = client(&[web.url()]).round(Round(5), verify).await;
        assert_eq!(findings.outcome, Outcome::OutOfReach);
        assert!(matches!(conducts(&findings)[..], [Conduct::OutOfReach(_)]), "{body}");
    }
}

#[tokio::test]
async fn relays_must_be_public_unless_the_operator_opened_them() {
    let relay = Relay::start(Manner::Honest, 9, 404).await;
    let egress = Egress::new(Vec::new(), Vec::new(), "mic/0.1").unwrap();
    let client = DrandClient::new(egress.clone(), vec![relay.web.url()], CHAIN).unwrap();
    assert_eq!(client.round(Round(7), verify).await.outcome, Outcome::OutOfReach);
    assert!(relay.web.requests().is_empty());
    let setup =
        |relays: Vec<String>, chain: &str| DrandClient::new(egress.clone(), relays, chain).err();
    let good = "https://api.drand.sh".to_owned();
    assert_eq!(setup(vec![], CHAIN), Some(DrandSetupFault::Relays));
    assert_eq!(setup(vec![good.clone(); RELAYS_MAX + 1], CHAIN), Some(DrandSetupFault::Relays));
    assert_eq!(setup(vec![good.clone()], "abc"), Some(DrandSetupFault::Chain));
    let barred = DrandSetupFault::Relay { relay: "nowhere".to_owned(), barred: Barred::Url };
    assert_eq!(setup(vec!["nowhere".to_owned()], CHAIN), Some(barred));
    assert_eq!(setup(vec![good], CHAIN), None);
}

/// Seven rounds of drand's quicknet as they were published: number, signature, randomness.
const QUICKNET: [(u64, &str, &str); 7] = [
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

#[tokio::test]
async fn real_rounds_are_taken_and_none_under_another_number() {
    for (round, signature, randomness) in QUICKNET {
        let body = format!(
            "{{\"round\":{round},\"randomness\":\"{randomness}\",\"signature\":\"{signature}\"}}"
        );
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        let web = Web::saying(format!("{head}{body}"), Then::Close).await;
        let client = client(&[web.url()]);
        let findings = client.round(Round(round), verify_quicknet).await;
        let Outcome::Beacon { signature: found, .. } = findings.outcome else { panic!("{round}") };
        assert_eq!(hex(&found), signature);
        let findings = client.round(Round(round + 1), verify_quicknet).await;
        assert_eq!(conducts(&findings), [Conduct::Lied(Lie::OtherRound)]);
        let findings = client.round(Round(round), verify).await;
        assert_eq!(conducts(&findings), [Conduct::Lied(Lie::SignatureDoesNotVerify)]);
    }
}
