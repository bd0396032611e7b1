//! Postfix's smtp-sink as the other side: a server we did not write.

use crate::smtp::{config, is_accepted, letter};
use mic_courier::plan::Setback;
use mic_courier::smtp::{Answer, Mailer, Stage};
use std::os::unix::fs::MetadataExt as _;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::time::timeout;

struct Sink {
    child: Child,
    port: u16,
}

impl Sink {
    /// Starts one with the given options and waits until it answers.
    async fn start(options: &[&str]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let mut command = Command::new("/usr/sbin/smtp-sink");
        if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
            command.args(["-u", "nobody"]);
        }
        let child = command
            .arg("-c")
            .args(options)
            .args([format!("127.0.0.1:{port}"), "100".to_owned()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("postfix's smtp-sink is installed");
        let answering = async {
            while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(20), answering).await.expect("smtp-sink starts");
        Self { child, port }
    }

    /// Ends it and gives the number of mails it counted.
    async fn end(mut self) -> u64 {
        let pid = self.child.id().unwrap().to_string();
        let status = Command::new("kill").arg(pid).status().await.unwrap();
        assert!(status.success());
        let mut printed = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut printed).await.unwrap();
        self.child.wait().await.unwrap();
        let count = printed.rsplit("mesg=").next().unwrap_or_default();
        count.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
    }
}

#[tokio::test]
async fn postfix_counts_what_we_counted() {
    for options in [&[][..], &["-p"], &["-8"]] {
        let sink = Sink::start(options).await;
        let mailer = Mailer::new(config(sink.port, 8)).unwrap();
        let answers = mailer.send((0..1_000).map(letter).collect()).await;
        assert!(answers.iter().all(|(_, answer)| is_accepted(answer)), "{options:?}");
        mailer.close().await;
        assert_eq!(sink.end().await, 1_000, "{options:?}");
    }
}

#[tokio::test]
async fn postfix_says_no_in_its_own_words() {
    for (options, is_expected) in [
        (&["-r", "RCPT"][..], is_later as fn(&Answer) -> bool),
        (&["-f", "RCPT"], is_refused),
        (&["-q", "RCPT"], is_unreachable),
        (&["-q", "."], is_unknown),
        (&["-Q", "RCPT"], is_later),
    ] {
        let sink = Sink::start(options).await;
        let mailer = Mailer::new(config(sink.port, 2)).unwrap();
        let answers = mailer.send((0..20).map(letter).collect()).await;
        for (_, answer) in &answers {
            assert!(is_expected(answer), "{options:?}: {answer:?}");
        }
    }
}

fn is_later(answer: &Answer) -> bool {
    matches!(answer, Answer::Later(objection) if objection.stage == Stage::Recipient)
}

fn is_refused(answer: &Answer) -> bool {
    matches!(answer, Answer::Refused(objection) if objection.stage == Stage::Recipient)
}

fn is_unreachable(answer: &Answer) -> bool {
    answer.setback() == Some(Setback::Unreachable)
}

fn is_unknown(answer: &Answer) -> bool {
    *answer == Answer::Unknown
}
