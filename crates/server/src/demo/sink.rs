//! A mail server that takes everything and keeps the visitor's: enough of SMTP (RFC 5321) for the courier that really speaks to it.
//! Listens on loopback only. Knows no engine.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::web::DemoMail;
use crate::words::Moment;

/// Mails kept for the visitor; the oldest go first.
const MAILS_KEPT_MAX: usize = 500;
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

/// What came for the visitor.
#[derive(Clone)]
pub(super) struct Mailbox(Arc<Mutex<Kept>>);

struct Kept {
    address: String,
    next: u64,
    /// All mails, whoever they were for.
    taken: u64,
    mails: VecDeque<DemoMail>,
    clock: Clock,
}

impl Sink {
    pub(super) async fn start(address: &str) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let kept = Kept {
            address: address.to_owned(),
            next: 1,
            taken: 0,
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

    /// How many mails were taken in all.
    pub(super) fn taken(&self) -> u64 {
        self.lock().taken
    }

    fn keep(&self, recipients: &[String], bytes: &[u8]) {
        let mut kept = self.lock();
        kept.taken += 1;
        if !recipients.contains(&kept.address) {
            return;
        }
        let mail = super::mail_text::read(bytes);
        let at = Moment(kept.clock.wall().0);
        let id = kept.next;
        kept.next += 1;
        if kept.mails.len() == MAILS_KEPT_MAX {
            kept.mails.pop_front();
        }
        let super::mail_text::Read { subject, from, text } = mail;
        kept.mails.push_back(DemoMail { id, subject, from, at, text });
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
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
