//! A mail server that takes everything and keeps the visitor's: enough of SMTP (RFC 5321) for the courier that really speaks to it.
//! Listens on loopback only. Knows no engine.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use mail_parser::MessageParser;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::web::DemoMail;
use crate::words::Moment;

/// Mails kept for the visitor; the oldest go first.
const MAILS_KEPT_MAX: usize = 500;
/// Subjects of which it is kept whom they reached; further ones are not counted.
const SUBJECTS_MAX: usize = 2_000;
/// The largest mail taken, in bytes.
const MAIL_BYTES_MAX: usize = 10 << 20;
/// The longest line of the dialogue and of a mail, in bytes.
const LINE_BYTES_MAX: u64 = 4_096;

/// The server; ends when dropped.
pub(super) struct Sink {
    port: u16,
    mailbox: Mailbox,
    _tasks: JoinSet<()>,
}

/// What came for everybody whom the program does not play: the visitor, and those whom the visitor invited.
#[derive(Clone)]
pub(super) struct Mailbox(Arc<Mutex<Kept>>);

struct Kept {
    visitor: String,
    /// Addresses whose mail nobody reads.
    played: BTreeSet<String>,
    next: u64,
    /// Whom each subject reached, read or not.
    reached: BTreeMap<String, BTreeSet<String>>,
    mails: VecDeque<DemoMail>,
    clock: Clock,
}

impl Sink {
    /// Listens on a free port of this machine. `played`: addresses whose mail nobody reads.
    pub(super) async fn start(visitor: &str, played: BTreeSet<String>) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let kept = Kept {
            visitor: visitor.to_owned(),
            played,
            next: 1,
            reached: BTreeMap::new(),
            mails: VecDeque::new(),
            clock: Clock::system(),
        };
        let mailbox = Mailbox(Arc::new(Mutex::new(kept)));
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, mailbox.clone()));
        Ok(Self { port, mailbox, _tasks: tasks })
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn mailbox(&self) -> Mailbox {
        self.mailbox.clone()
    }
}

impl Mailbox {
    pub(super) fn newest_first(&self) -> Vec<DemoMail> {
        self.lock().mails.iter().rev().cloned().collect()
    }

    /// How many people have a mail with this title in its subject.
    pub(super) fn reached(&self, title: &str) -> usize {
        let kept = self.lock();
        let subjects = kept.reached.iter().filter(|(subject, _)| subject.contains(title));
        subjects.flat_map(|(_, people)| people).collect::<BTreeSet<_>>().len()
    }

    fn keep(&self, recipients: &[String], bytes: &[u8]) {
        let Some(mail) = MessageParser::default().parse(bytes) else { return };
        let subject = mail.subject().unwrap_or_default().to_owned();
        let mut kept = self.lock();
        if kept.reached.len() < SUBJECTS_MAX || kept.reached.contains_key(&subject) {
            let reached = kept.reached.entry(subject.clone()).or_default();
            reached.extend(recipients.iter().cloned());
        }
        let read: Vec<&String> =
            recipients.iter().filter(|recipient| !kept.played.contains(*recipient)).collect();
        let Some(first) = read.first().copied() else { return };
        let invited = read.iter().all(|recipient| **recipient != kept.visitor);
        let subject = if invited { format!("(to {first}) {subject}") } else { subject };
        let text = mail.body_text(0).unwrap_or_default().into_owned();
        let at = Moment(kept.clock.wall().0);
        let id = kept.next;
        kept.next += 1;
        if kept.mails.len() == MAILS_KEPT_MAX {
            kept.mails.pop_front();
        }
        kept.mails.push_back(DemoMail { id, subject, from: sender(&mail), at, text });
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// `Name <address>`.
fn sender(mail: &mail_parser::Message<'_>) -> String {
    let Some(from) = mail.from().and_then(|from| from.first()) else { return String::new() };
    let address = from.address().unwrap_or_default();
    match from.name() {
        Some(name) => format!("{name} <{address}>"),
        None => address.to_owned(),
    }
}

async fn accept(listener: TcpListener, mailbox: Mailbox) {
    let mut talks = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    talks.spawn(talk(stream, mailbox.clone()));
                }
            }
            Some(_) = talks.join_next() => {}
        }
    }
}

/// One connection. Whatever breaks it off, the other side tries again.
async fn talk(stream: TcpStream, mailbox: Mailbox) {
    if let Err(error) = dialogue(stream, &mailbox).await {
        tracing::debug!(event = "demo.smtp_ended", %error);
    }
}

async fn dialogue(stream: TcpStream, mailbox: &Mailbox) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let mut recipients = Vec::new();
    stream.write_all(b"220 demo.invalid\r\n").await?;
    while let Some(line) = read_line(&mut stream).await? {
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        let verb = text.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match verb.as_str() {
            "EHLO" => {
                b"250-demo.invalid\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n"
            }
            "HELO" | "NOOP" => b"250 2.0.0 ok\r\n",
            "MAIL" | "RSET" => {
                recipients.clear();
                b"250 2.1.0 ok\r\n"
            }
            "RCPT" => {
                recipients.push(address_of(&text));
                b"250 2.1.5 ok\r\n"
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let bytes = read_mail(&mut stream).await?;
                mailbox.keep(&recipients, &bytes);
                b"250 2.6.0 taken\r\n"
            }
            "QUIT" => {
                stream.write_all(b"221 2.0.0 bye\r\n").await?;
                return Ok(());
            }
            _ => b"502 5.5.1 not known here\r\n",
        };
        stream.write_all(answer).await?;
    }
    Ok(())
}

/// `RCPT TO:<a@b>` gives `a@b`.
fn address_of(line: &str) -> String {
    let inside = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

/// Until the line with a single dot; dots that were doubled at the beginning of a line are single again.
async fn read_mail(stream: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut mail = Vec::new();
    loop {
        let line = read_line(stream).await?.ok_or(std::io::ErrorKind::UnexpectedEof)?;
        if line == b".\r\n" {
            return Ok(mail);
        }
        if mail.len() + line.len() > MAIL_BYTES_MAX {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        mail.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

/// One line with its end; `None` when the other side has gone.
async fn read_line(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = stream.take(LINE_BYTES_MAX).read_until(b'\n', &mut line).await?;
    if read > 0 && !line.ends_with(b"\n") {
        return Err(std::io::ErrorKind::InvalidData.into());
    }
    Ok((read > 0).then_some(line))
}
