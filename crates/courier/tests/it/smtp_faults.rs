//! The SMTP client against servers that misbehave. Each gives the right answer, no letter is left without one,
//! and no letter pays for another.

use crate::peer::{Act, Moment, Peer, Step};
use crate::smtp::{config, is_accepted, letter, letter_to};
use mic_courier::plan::Setback;
use mic_courier::smtp::{Answer, Enhanced, Mailer, Stage};
use tokio::net::TcpListener;

const STEPS: [Step; 6] =
    [Step::Greeting, Step::Ehlo, Step::Sender, Step::Recipient, Step::Data, Step::Dot];

async fn answer_of(script: impl Fn(&Moment<'_>) -> Act + Send + Sync + 'static) -> Answer {
    let peer = Peer::scripted(script).await;
    let mailer = Mailer::new(config(peer.port, 1)).unwrap();
    let (_, answer) = mailer.send(vec![letter(1)]).await.remove(0);
    answer
}

async fn answer_at(step: Step, act: Act) -> Answer {
    answer_of(move |moment| if moment.step == step { act.clone() } else { Act::Usual }).await
}

fn assert_lost_at(step: Step, answer: &Answer) {
    let setback = answer.setback();
    let expected = match step {
        Step::Dot => Setback::Unknown,
        Step::Greeting
        | Step::Ehlo
        | Step::StartTls
        | Step::Auth
        | Step::Sender
        | Step::Recipient
        | Step::Data => Setback::Unreachable,
    };
    assert_eq!(setback, Some(expected), "{step:?}: {answer:?}");
}

// A stopped clock stays stopped for its runtime, so each step has a runtime of its own.
#[test]
fn a_server_that_hangs_is_left_at_its_deadline() {
    for step in STEPS {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let answer = runtime.block_on(answer_at(step, Act::Hang));
        assert_lost_at(step, &answer);
        if let Answer::Unreachable { text } = answer {
            assert!(text.contains("did not answer within"), "{text}");
        }
    }
}

#[tokio::test]
async fn a_server_that_closes_has_taken_nothing_before_the_dot() {
    for step in STEPS {
        assert_lost_at(step, &answer_at(step, Act::Close).await);
    }
}

#[tokio::test]
async fn garbage_is_no_answer() {
    for step in STEPS {
        for garbage in ["HTTP/1.1 400 Bad Request", "\0\0\0", "99 no", "250-one\r\n451 two", "2"] {
            let answer = answer_at(step, Act::Say(garbage)).await;
            assert_lost_at(step, &answer);
        }
    }
}

#[tokio::test]
async fn an_endless_reply_is_cut_off() {
    let endless: &'static str = "250-and on\r\n".repeat(5_000).leak();
    for step in STEPS {
        assert_lost_at(step, &answer_at(step, Act::Say(endless)).await);
    }
}

#[tokio::test]
async fn a_server_that_goes_away_with_421_asks_for_later() {
    for (step, stage) in [
        (Step::Sender, Stage::Sender),
        (Step::Recipient, Stage::Recipient),
        (Step::Data, Stage::Content),
        (Step::Dot, Stage::Content),
    ] {
        let answer = answer_at(step, Act::SayAndClose("421 4.3.2 shutting down")).await;
        let Answer::Later(objection) = answer else { panic!("{step:?}: {answer:?}") };
        assert_eq!((objection.stage, objection.code), (stage, 421));
        assert_eq!(objection.enhanced, Some(Enhanced { class: 4, subject: 3, detail: 2 }));
        assert_eq!(objection.text, "shutting down");
    }
    for step in [Step::Greeting, Step::Ehlo] {
        assert_lost_at(step, &answer_at(step, Act::SayAndClose("421 4.3.2 busy")).await);
    }
}

#[tokio::test]
async fn each_no_is_told_with_its_stage() {
    for (step, stage) in [
        (Step::Sender, Stage::Sender),
        (Step::Recipient, Stage::Recipient),
        (Step::Data, Stage::Content),
        (Step::Dot, Stage::Content),
    ] {
        let answer = answer_at(step, Act::Say("451 4.7.1 greylisted\u{7}")).await;
        let Answer::Later(objection) = answer else { panic!("{step:?}: {answer:?}") };
        assert_eq!((objection.stage, objection.code), (stage, 451));
        assert_eq!(objection.text, "greylisted?");
        let answer = answer_at(step, Act::Say("550-5.1.1 no\r\n550 5.1.1 such user")).await;
        let Answer::Refused(objection) = answer else { panic!("{step:?}: {answer:?}") };
        assert_eq!((objection.stage, objection.code), (stage, 550));
        assert_eq!(objection.text, "no such user");
    }
}

#[tokio::test]
async fn a_relay_that_wants_a_password_writes_nobody_off() {
    for step in [Step::Sender, Step::Recipient] {
        let answer = answer_at(step, Act::Say("530 5.7.0 Authentication required")).await;
        assert_eq!(answer.setback(), Some(Setback::Unreachable), "{answer:?}");
    }
}

#[tokio::test]
async fn one_bad_recipient_does_not_harm_the_others() {
    for (step, reply) in [
        (Step::Recipient, "550 no such user"),
        (Step::Recipient, "450 greylisted"),
        (Step::Dot, "552 too big"),
        (Step::Dot, "451 later"),
    ] {
        let peer = Peer::scripted(move |moment| {
            let is_bad = moment.line.contains("member-5@") || moment.line.contains("member-9@");
            if is_bad && moment.step == step { Act::Say(reply) } else { Act::Usual }
        })
        .await;
        let mailer = Mailer::new(config(peer.port, 1)).unwrap();
        let answers = mailer.send((0..15).map(letter).collect()).await;
        for (key, answer) in &answers {
            let is_bad = matches!(key.0, 5 | 9);
            assert_eq!(is_accepted(answer), !is_bad, "{step:?} {key:?}: {answer:?}");
        }
        let log = peer.log();
        assert_eq!(log.connections, 1, "the connection was kept");
        let resets = log.commands.iter().filter(|line| *line == "RSET").count();
        assert_eq!(resets, if step == Step::Recipient { 2 } else { 0 });
    }
}

#[tokio::test]
async fn data_let_through_without_a_recipient_stays_in_step() {
    let peer = Peer::scripted(|moment| match moment.step {
        Step::Recipient if moment.line.contains("member-1@") => Act::Say("550 no such user"),
        Step::Data => Act::Say("354 go on"),
        _ => Act::Usual,
    })
    .await;
    let mailer = Mailer::new(config(peer.port, 1)).unwrap();
    let answers = mailer.send((0..4).map(letter).collect()).await;
    let accepted: Vec<bool> = answers.iter().map(|(_, answer)| is_accepted(answer)).collect();
    assert_eq!(accepted, [true, false, true, true]);
    let log = peer.log();
    assert_eq!((log.connections, log.mails.len()), (1, 3));
}

#[tokio::test]
async fn a_connection_that_died_of_age_costs_no_letter() {
    for act in [Act::Close, Act::SayAndClose("421 4.4.2 idle too long")] {
        let peer = Peer::scripted(move |moment| {
            let is_second = moment.line.contains("second@");
            let is_old = moment.connection == 0 && moment.step == Step::Sender && is_second;
            if is_old { act.clone() } else { Act::Usual }
        })
        .await;
        let mailer = Mailer::new(config(peer.port, 1)).unwrap();
        assert!(is_accepted(&mailer.send(vec![letter(1)]).await[0].1));
        let from = mic_courier::address::Address::parse("second@example.org").unwrap();
        let to = from.clone();
        let second = mic_courier::smtp::Letter::new(
            mic_courier::plan::LetterKey(2),
            from,
            to,
            b"x\r\n".to_vec().into(),
        )
        .unwrap();
        assert!(is_accepted(&mailer.send(vec![second]).await[0].1));
        assert_eq!((peer.log().connections, peer.log().mails.len()), (2, 2));
    }
}

#[tokio::test]
async fn a_server_that_dies_after_a_dot_leaves_one_letter_unknown() {
    let peer = Peer::scripted(|moment| {
        let is_last = moment.step == Step::Dot && moment.line == "member-6@example.org";
        if is_last { Act::Close } else { Act::Usual }
    })
    .await;
    let mailer = Mailer::new(config(peer.port, 2)).unwrap();
    let answers = mailer.send((0..40).map(letter).collect()).await;
    for (key, answer) in &answers {
        match key.0 {
            6 => assert_eq!(*answer, Answer::Unknown),
            _ => assert!(is_accepted(answer), "{key:?}: {answer:?}"),
        }
    }
    let mut recipients: Vec<String> =
        peer.log().mails.iter().map(|mail| mail.recipients.concat()).collect();
    recipients.sort();
    recipients.dedup();
    assert_eq!((recipients.len(), peer.log().mails.len()), (39, 39), "nothing lost, nothing twice");
}

#[tokio::test]
async fn a_relay_that_is_down_gives_every_letter_back() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mailer = Mailer::new(config(port, 4)).unwrap();
    let answers = mailer.send((0..100).map(letter).collect()).await;
    assert_eq!(answers.len(), 100);
    for (_, answer) in answers {
        assert_eq!(answer.setback(), Some(Setback::Unreachable), "{answer:?}");
    }
}

#[tokio::test]
async fn a_letter_that_hangs_delays_only_its_connection() {
    let (hung, mut is_hung) = tokio::sync::mpsc::unbounded_channel();
    let peer = Peer::scripted(move |moment| {
        if moment.step == Step::Recipient && moment.line.contains("slow@") {
            hung.send(()).unwrap();
            return Act::Stall;
        }
        Act::Usual
    })
    .await;
    let mailer = Mailer::new(config(peer.port, 2)).unwrap();
    let slow = mailer.send(vec![letter_to(999, "slow@example.org", "x\r\n")]);
    let others = async {
        is_hung.recv().await.unwrap();
        let answers = mailer.send((0..50).map(letter).collect()).await;
        // Only now the time of the slow one runs out.
        tokio::time::pause();
        answers
    };
    let (slow, others) = tokio::join!(slow, others);
    assert!(others.iter().all(|(_, answer)| is_accepted(answer)));
    assert_eq!(slow[0].1.setback(), Some(Setback::Unreachable), "{slow:?}");
}
