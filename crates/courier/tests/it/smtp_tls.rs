//! The SMTP client under TLS and with a password.

use crate::peer::{Act, Offer, Peer, Step};
use crate::smtp::{config, is_accepted, letter};
use mic_courier::smtp::{
    Answer, ConfigFault, Credentials, Mailer, ProbeFault, SmtpConfig, TlsMode, probe,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

const STARTTLS: &[&str] = &["PIPELINING", "STARTTLS", "AUTH PLAIN LOGIN"];

/// A certificate for 127.0.0.1 that signs itself, and a server that shows it.
pub(crate) fn identity(names: &[&str]) -> (CertificateDer<'static>, TlsAcceptor) {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let made = rcgen::generate_simple_self_signed(names).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    (certificate, TlsAcceptor::from(Arc::new(config)))
}

fn protected(port: u16, tls: TlsMode, root: Option<CertificateDer<'static>>) -> SmtpConfig {
    let mut config = config(port, 2);
    config.tls = tls;
    config.extra_roots = root.into_iter().collect();
    config
}

async fn send_ten(config: SmtpConfig) -> Vec<Answer> {
    let mailer = Mailer::new(config).unwrap();
    let answers = mailer.send((0..10).map(letter).collect()).await;
    mailer.close().await;
    answers.into_iter().map(|(_, answer)| answer).collect()
}

fn assert_unreachable(answers: &[Answer], words: &str) {
    for answer in answers {
        let Answer::Unreachable { text } = answer else { panic!("{answer:?}") };
        assert!(text.contains(words), "{text}");
    }
}

#[tokio::test]
async fn letters_travel_under_tls() {
    let (root, acceptor) = identity(&["127.0.0.1"]);
    for tls in [TlsMode::StartTls, TlsMode::Implicit] {
        let implicit = tls == TlsMode::Implicit;
        let acceptor = Some(acceptor.clone());
        let offer = Offer { extensions: STARTTLS, acceptor, implicit };
        let peer = Peer::offering(offer, |_| Act::Usual).await;
        let answers = send_ten(protected(peer.port, tls, Some(root.clone()))).await;
        assert!(answers.iter().all(is_accepted), "{answers:?}");
        let log = peer.log();
        assert_eq!(log.mails.len(), 10);
        let first: Vec<&str> = log.commands.iter().map(String::as_str).take(2).collect();
        let second = if implicit { "MAIL FROM:<rivers@example.org>" } else { "STARTTLS" };
        assert!(first.contains(&"EHLO mic.example.org") || first.contains(&second), "{first:?}");
    }
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_not_believed() {
    let (_, acceptor) = identity(&["127.0.0.1"]);
    let (other_root, other_name) = identity(&["other.example"]);
    for (acceptor, root) in [
        (acceptor.clone(), None),
        (acceptor, Some(other_root.clone())),
        (other_name, Some(other_root)),
    ] {
        for tls in [TlsMode::StartTls, TlsMode::Implicit] {
            let implicit = tls == TlsMode::Implicit;
            let acceptor = Some(acceptor.clone());
            let offer = Offer { extensions: STARTTLS, acceptor, implicit };
            let peer = Peer::offering(offer, |_| Act::Usual).await;
            let answers = send_ten(protected(peer.port, tls, root.clone())).await;
            assert_unreachable(&answers, "TLS with the relay failed");
            let is_clean = |line: &String| line.starts_with("EHLO") || line == "STARTTLS";
            assert!(peer.log().commands.iter().all(is_clean), "{:?}", peer.log().commands);
        }
    }
}

#[tokio::test]
async fn demanded_tls_that_is_not_offered_stops_everything() {
    let peer = Peer::usual().await;
    let answers = send_ten(protected(peer.port, TlsMode::StartTls, None)).await;
    assert_unreachable(&answers, "does not offer STARTTLS");
    let offer = Offer { extensions: STARTTLS, ..Offer::default() };
    let peer = Peer::offering(offer, |moment| match moment.step {
        Step::StartTls => Act::SayAndClose("454 4.7.0 not now"),
        _ => Act::Usual,
    })
    .await;
    let answers = send_ten(protected(peer.port, TlsMode::StartTls, None)).await;
    assert_unreachable(&answers, "answered STARTTLS with 454");
    assert!(peer.log().mails.is_empty());
}

#[tokio::test]
async fn words_put_before_the_tls_handshake_are_not_taken_for_later_ones() {
    let (root, acceptor) = identity(&["127.0.0.1"]);
    let offer = Offer { extensions: STARTTLS, acceptor: Some(acceptor), implicit: false };
    let peer = Peer::offering(offer, |moment| match moment.step {
        Step::StartTls => Act::Say("220 go ahead\r\n250 injected"),
        _ => Act::Usual,
    })
    .await;
    let answers = send_ten(protected(peer.port, TlsMode::StartTls, Some(root))).await;
    assert_unreachable(&answers, "not SMTP");
}

#[tokio::test]
async fn opportunistic_tls_takes_what_there_is() {
    let (_, acceptor) = identity(&["other.example"]);
    let offer = Offer { extensions: STARTTLS, acceptor: Some(acceptor), implicit: false };
    let peer = Peer::offering(offer, |_| Act::Usual).await;
    let answers = send_ten(protected(peer.port, TlsMode::Opportunistic, None)).await;
    assert!(answers.iter().all(is_accepted), "{answers:?}");
    assert!(peer.log().commands.contains(&"STARTTLS".to_owned()));
    let peer = Peer::usual().await;
    let answers = send_ten(protected(peer.port, TlsMode::Opportunistic, None)).await;
    assert!(answers.iter().all(is_accepted), "{answers:?}");
}

#[tokio::test]
async fn a_password_is_given_in_the_way_that_is_offered() {
    let plain = "AUTH PLAIN AG1pYwBwYTpzcyB3w7ZyZA==";
    for (extensions, expected) in [
        (&["AUTH PLAIN LOGIN"][..], vec![plain]),
        (&["AUTH LOGIN"], vec!["AUTH LOGIN", "bWlj", "cGE6c3Mgd8O2cmQ="]),
    ] {
        let offer = Offer { extensions, ..Offer::default() };
        let peer = Peer::offering(offer, |_| Act::Usual).await;
        let answers = send_ten(with_password(peer.port)).await;
        assert!(answers.iter().all(is_accepted), "{answers:?}");
        let commands = peer.log().commands;
        let wanted = |line: &&str| commands.iter().any(|command| command == line);
        assert!(expected.iter().all(wanted), "{commands:?}");
    }
}

#[tokio::test]
async fn a_wrong_password_or_no_way_to_give_it_is_said() {
    let offer = Offer { extensions: &["AUTH PLAIN"], ..Offer::default() };
    let peer = Peer::offering(offer, |moment| match moment.step {
        Step::Auth => Act::Say("535 5.7.8 wrong"),
        _ => Act::Usual,
    })
    .await;
    assert_unreachable(&send_ten(with_password(peer.port)).await, "answered AUTH with 535 wrong");
    let peer = Peer::usual().await;
    assert_unreachable(
        &send_ten(with_password(peer.port)).await,
        "neither AUTH PLAIN nor AUTH LOGIN",
    );
}

#[tokio::test]
async fn a_password_is_never_sent_in_the_clear_to_another_machine() {
    for tls in [TlsMode::None, TlsMode::Opportunistic] {
        let mut config = with_password(587);
        config.tls = tls;
        config.host = "mail.example.org".to_owned();
        assert_eq!(Mailer::new(config).err(), Some(ConfigFault::PasswordWithoutTls));
    }
    let shown = format!("{:?}", with_password(1));
    assert!(shown.contains("mic") && !shown.contains("pa:ss"), "{shown}");
}

#[tokio::test]
async fn a_relay_can_be_tried_without_a_letter() {
    let (root, acceptor) = identity(&["127.0.0.1"]);
    let offer = Offer { extensions: STARTTLS, acceptor: Some(acceptor), implicit: false };
    let peer = Peer::offering(offer, |_| Act::Usual).await;
    assert_eq!(probe(protected(peer.port, TlsMode::StartTls, Some(root))).await, Ok(()));
    assert_eq!(probe(protected(peer.port, TlsMode::None, None)).await, Ok(()));
    let found = probe(protected(peer.port, TlsMode::StartTls, None)).await;
    assert!(matches!(found, Err(ProbeFault::Unreachable(_))), "{found:?}");
    assert_eq!(
        probe(protected(0, TlsMode::None, None)).await.map_err(|fault| fault.to_string()),
        Err("cannot connect to the relay: Connection refused (os error 111)".to_owned())
    );
    let nameless = SmtpConfig::new("127.0.0.1", peer.port, TlsMode::None, "");
    assert_eq!(probe(nameless).await, Err(ProbeFault::Config(ConfigFault::EhloName)));
    peer.until(|log| log.closed == 3).await;
    assert!(peer.log().mails.is_empty());
}

fn with_password(port: u16) -> SmtpConfig {
    let mut config = config(port, 1);
    let password = "pa:ss wörd".to_owned();
    config.credentials = Some(Credentials { user: "mic".to_owned(), password });
    config
}
