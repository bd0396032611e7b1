//! The SMTP client against well-behaved servers.

use crate::peer::{Act, Offer, Peer, Step, USUAL};
use mic_courier::address::Address;
use mic_courier::plan::LetterKey;
use mic_courier::smtp::{Answer, ConfigFault, Letter, Mailer, SmtpConfig, Stage, TlsMode};
use std::time::Duration;
use tokio::sync::mpsc;

pub(crate) fn letter(number: u64) -> Letter {
    letter_to(
        number,
        &format!("member-{number}@example.org"),
        &format!("Subject: {number}\r\n\r\nhello\r\n"),
    )
}

pub(crate) fn letter_to(number: u64, to: &str, body: &str) -> Letter {
    let from = Address::parse("rivers@example.org").unwrap();
    let to = Address::parse(to).unwrap();
    Letter::new(LetterKey(number), from, to, body.as_bytes().to_vec().into()).unwrap()
}

pub(crate) fn config(port: u16, connections: usize) -> SmtpConfig {
    let mut config = SmtpConfig::new("127.0.0.1", port, TlsMode::None, "mic.example.org");
    config.connections = connections;
    config
}

pub(crate) fn is_accepted(answer: &Answer) -> bool {
    matches!(answer, Answer::Accepted { .. })
}

#[tokio::test]
async fn every_letter_arrives_once_as_it_was() {
    let peer = Peer::usual().await;
    let mailer = Mailer::new(config(peer.port, 4)).unwrap();
    let answers = mailer.send((0..200).map(letter).collect()).await;
    let keys: Vec<u64> = answers.iter().map(|(key, _)| key.0).collect();
    assert_eq!(keys, (0..200).collect::<Vec<u64>>(), "answers stand in the order of the letters");
    assert!(answers.iter().all(|(_, answer)| is_accepted(answer)), "{answers:?}");
    mailer.close().await;
    peer.until(|log| log.closed == log.connections).await;
    let log = peer.log();
    assert!(log.connections <= 4);
    assert_eq!(log.commands.iter().filter(|line| *line == "QUIT").count(), log.connections);
    let mut found: Vec<(String, String)> =
        log.mails.iter().map(|mail| (mail.recipients.concat(), mail.body.clone())).collect();
    found.sort();
    let mut expected: Vec<(String, String)> = (0..200)
        .map(|number| {
            (format!("member-{number}@example.org"), format!("Subject: {number}\r\n\r\nhello\r\n"))
        })
        .collect();
    expected.sort();
    assert_eq!(found, expected);
    assert!(log.overtaken > 0, "nothing was pipelined");
}

#[tokio::test]
async fn without_pipelining_each_command_waits_for_its_reply() {
    let offer = Offer { extensions: &["8BITMIME"], ..Offer::default() };
    let peer = Peer::offering(offer, |moment| {
        let is_bad = moment.step == Step::Recipient && moment.line.contains("member-3@");
        if is_bad { Act::Say("550 5.1.1 unknown") } else { Act::Usual }
    })
    .await;
    let mailer = Mailer::new(config(peer.port, 2)).unwrap();
    let answers = mailer.send((0..20).map(letter).collect()).await;
    for (key, answer) in &answers {
        assert_eq!(is_accepted(answer), key.0 != 3, "{answer:?}");
    }
    let log = peer.log();
    assert_eq!((log.overtaken, log.mails.len()), (0, 19));
}

#[tokio::test]
async fn dots_and_commands_in_a_body_stay_in_it() {
    let peer = Peer::usual().await;
    let mailer = Mailer::new(config(peer.port, 1)).unwrap();
    let body =
        ".\r\n..\r\n.x\r\nRCPT TO:<b@example.org>\r\n.\r\nMAIL FROM:<c@example.org>\r\n.\r\n";
    let answers = mailer.send(vec![letter_to(1, "ana@example.org", body)]).await;
    assert!(is_accepted(&answers[0].1));
    let mails = peer.log().mails;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].sender.as_str(), mails[0].body.as_str()), ("rivers@example.org", body));
    assert_eq!(mails[0].recipients, ["ana@example.org"]);
}

#[tokio::test]
async fn a_long_mail_and_an_unfinished_last_line_arrive_whole() {
    let peer = Peer::usual().await;
    let mailer = Mailer::new(config(peer.port, 1)).unwrap();
    let long = "0123456789abcdef\r\n".repeat(200_000);
    let batch = vec![
        letter_to(1, "a@example.org", &long),
        letter_to(2, "b@example.org", "no end"),
        letter_to(3, "c@example.org", ""),
    ];
    assert!(mailer.send(batch).await.iter().all(|(_, answer)| is_accepted(answer)));
    let bodies: Vec<String> = peer.log().mails.into_iter().map(|mail| mail.body).collect();
    assert_eq!(bodies, [long.as_str(), "no end\r\n", ""]);
}

#[tokio::test]
async fn a_connection_is_replaced_after_its_share_of_letters() {
    let peer = Peer::usual().await;
    let mut config = config(peer.port, 1);
    config.letters_per_connection = 3;
    let mailer = Mailer::new(config).unwrap();
    let answers = mailer.send((0..10).map(letter).collect()).await;
    assert!(answers.iter().all(|(_, answer)| is_accepted(answer)));
    mailer.close().await;
    peer.until(|log| log.closed == log.connections).await;
    assert_eq!((peer.log().connections, peer.log().mails.len()), (4, 10));
}

#[tokio::test]
async fn an_idle_connection_is_closed_and_a_new_one_opened() {
    let peer = Peer::usual().await;
    let mailer = Mailer::new(config(peer.port, 1)).unwrap();
    assert!(is_accepted(&mailer.send(vec![letter(1)]).await[0].1));
    assert!(is_accepted(&mailer.send(vec![letter(2)]).await[0].1));
    assert_eq!(peer.log().connections, 1, "the second letter used the first connection");
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(61)).await;
    peer.until(|log| log.closed == 1).await;
    tokio::time::resume();
    assert_eq!(peer.log().commands.last().map(String::as_str), Some("QUIT"));
    assert!(is_accepted(&mailer.send(vec![letter(3)]).await[0].1));
    assert_eq!(peer.log().connections, 2);
}

#[tokio::test]
async fn answers_come_while_letters_still_go_out() {
    let peer = Peer::usual().await;
    let mailer = Mailer::new(config(peer.port, 2)).unwrap();
    let (orders, ordered) = mpsc::channel(1);
    let (settled, mut answers) = mpsc::channel(1);
    let feed = async move {
        for number in 0..100 {
            orders.send(letter(number)).await.unwrap();
            let (_, answer) = answers.recv().await.unwrap();
            assert!(is_accepted(&answer));
        }
        drop(orders);
        assert!(answers.recv().await.is_none(), "the last answer has been given");
    };
    tokio::join!(mailer.stream(ordered, settled), feed);
}

#[tokio::test]
async fn answers_that_nobody_reads_hold_the_letters_back() {
    let peer = Peer::usual().await;
    let mailer = Mailer::new(config(peer.port, 1)).unwrap();
    let (orders, ordered) = mpsc::channel(1_000);
    let (settled, mut answers) = mpsc::channel(1);
    for number in 0..500 {
        orders.send(letter(number)).await.unwrap();
    }
    drop(orders);
    let mut stream = Box::pin(mailer.stream(ordered, settled));
    tokio::select! {
        () = &mut stream => panic!("all letters were taken although no answer was read"),
        () = peer.until(|log| log.mails.len() >= 2) => {}
    }
    assert!(peer.log().mails.len() < 10);
    let read = async {
        let mut count = 0;
        while answers.recv().await.is_some() {
            count += 1;
        }
        count
    };
    let ((), count) = tokio::join!(stream, read);
    assert_eq!((count, peer.log().mails.len()), (500, 500));
}

#[tokio::test]
async fn what_the_relay_announced_it_cannot_take_is_not_offered() {
    let offer = Offer { extensions: &["PIPELINING", "SIZE 100"], ..Offer::default() };
    let peer = Peer::offering(offer, |_| Act::Usual).await;
    let mailer = Mailer::new(config(peer.port, 1)).unwrap();
    let batch = vec![
        letter_to(1, "a@example.org", &"0123456789\r\n".repeat(9)),
        letter_to(2, "b@example.org", "gr\u{fc}n\r\n"),
        letter(3),
    ];
    let answers = mailer.send(batch).await;
    let code = |answer: &Answer| match answer {
        Answer::Refused(objection) if objection.stage == Stage::Content => Some(objection.code),
        _ => None,
    };
    let codes: Vec<Option<u16>> = answers.iter().map(|(_, answer)| code(answer)).collect();
    assert_eq!(codes, [Some(552), Some(554), None]);
    assert!(is_accepted(&answers[2].1));
    assert_eq!(peer.log().mails.len(), 1);
}

#[tokio::test]
async fn eight_bit_mail_is_declared() {
    let offer = Offer { extensions: USUAL, ..Offer::default() };
    let peer = Peer::offering(offer, |_| Act::Usual).await;
    let mailer = Mailer::new(config(peer.port, 1)).unwrap();
    let batch = vec![letter_to(2, "b@example.org", "gr\u{fc}n\r\n")];
    assert!(is_accepted(&mailer.send(batch).await[0].1));
    let log = peer.log();
    assert!(log.commands.contains(&"MAIL FROM:<rivers@example.org> BODY=8BITMIME".to_owned()));
    assert_eq!(log.mails[0].body, "gr\u{fc}n\r\n");
}

#[tokio::test]
async fn configurations_that_cannot_work_are_said_at_once() {
    let good = || config(25, 1);
    let with = |change: fn(&mut SmtpConfig)| {
        let mut config = good();
        change(&mut config);
        Mailer::new(config).err()
    };
    assert_eq!(with(|_| {}), None);
    assert_eq!(with(|config| config.host = "a b\r\n".into()), Some(ConfigFault::Host));
    assert_eq!(with(|config| config.ehlo_name = "x\r\nMAIL".into()), Some(ConfigFault::EhloName));
    assert_eq!(with(|config| config.ehlo_name = String::new()), Some(ConfigFault::EhloName));
    assert_eq!(with(|config| config.connections = 0), Some(ConfigFault::Connections));
    assert_eq!(with(|config| config.connections = 100_000), Some(ConfigFault::Connections));
}
