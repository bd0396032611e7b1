//! A scripted SMTP server: it does what a server does unless the script says otherwise at a step.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// Where in a connection the server stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Sender,
    Recipient,
    Data,
    Dot,
}

/// What it does there.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Usual,
    Say(&'static str),
    /// Says nothing any more and stops the clock, so every deadline passes at once.
    Hang,
    /// Says nothing any more; the clock goes on.
    Stall,
    Close,
    /// Says something and closes.
    SayAndClose(&'static str),
}

/// A step of a connection: which connection (from 0), which step, the line or the recipient of the letter.
pub(crate) struct Moment<'a> {
    pub(crate) connection: usize,
    pub(crate) step: Step,
    pub(crate) line: &'a str,
}

type Wire = BufReader<Box<dyn Duplex>>;
type Script = Arc<dyn Fn(&Moment<'_>) -> Act + Send + Sync>;

pub(crate) struct Peer {
    pub(crate) port: u16,
    log: watch::Receiver<Log>,
    _tasks: JoinSet<()>,
}

/// All that was seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    pub(crate) connections: usize,
    pub(crate) closed: usize,
    /// Every command line, in order, of all connections.
    pub(crate) commands: Vec<String>,
    pub(crate) mails: Vec<Mail>,
    /// Commands that arrived although the one before had not been answered.
    pub(crate) overtaken: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) sender: String,
    pub(crate) recipients: Vec<String>,
    pub(crate) body: String,
}

/// What a peer offers in its EHLO, and its certificate if it has one.
#[derive(Clone, Default)]
pub(crate) struct Offer {
    pub(crate) extensions: &'static [&'static str],
    pub(crate) acceptor: Option<TlsAcceptor>,
    /// TLS from the first byte.
    pub(crate) implicit: bool,
}

pub(crate) const USUAL: &[&str] = &["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8"];

impl Peer {
    pub(crate) async fn usual() -> Self {
        Self::scripted(|_| Act::Usual).await
    }

    pub(crate) async fn scripted(
        script: impl Fn(&Moment<'_>) -> Act + Send + Sync + 'static,
    ) -> Self {
        Self::offering(Offer { extensions: USUAL, ..Offer::default() }, script).await
    }

    pub(crate) async fn offering(
        offer: Offer,
        script: impl Fn(&Moment<'_>) -> Act + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (book, log) = watch::channel(Log::default());
        let (book, script): (_, Script) = (Arc::new(book), Arc::new(script));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            for connection in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                book.send_modify(|log| log.connections += 1);
                let talk = Talk {
                    connection,
                    offer: offer.clone(),
                    script: script.clone(),
                    book: book.clone(),
                    mail: Mutex::new(None),
                };
                connections.spawn(async move {
                    let book = talk.book.clone();
                    // A connection that breaks is the end of the talk, whoever broke it.
                    let _ = if talk.offer.implicit {
                        let acceptor = talk.offer.acceptor.clone().unwrap();
                        match acceptor.accept(stream).await {
                            Ok(stream) => talk.run(Box::new(stream), true).await,
                            Err(_) => Ok(()),
                        }
                    } else {
                        talk.run(Box::new(stream), false).await
                    };
                    book.send_modify(|log| log.closed += 1);
                });
            }
        });
        Self { port, log, _tasks: tasks }
    }

    pub(crate) fn log(&self) -> Log {
        self.log.borrow().clone()
    }

    /// Waits until the log looks as wished.
    pub(crate) async fn until(&self, wish: impl FnMut(&Log) -> bool) {
        self.log.clone().wait_for(wish).await.unwrap();
    }
}

/// One connection.
struct Talk {
    connection: usize,
    offer: Offer,
    script: Script,
    book: Arc<watch::Sender<Log>>,
    mail: Mutex<Option<Mail>>,
}

/// The talk is over.
struct Over;

impl From<std::io::Error> for Over {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

impl Talk {
    async fn run(&self, stream: Box<dyn Duplex>, mut is_protected: bool) -> Result<(), Over> {
        let mut stream = BufReader::new(stream);
        if !is_protected || self.offer.implicit {
            self.act(&mut stream, Step::Greeting, "", "220 peer.example ESMTP").await?;
        }
        loop {
            let line = self.line(&mut stream).await?;
            self.book.send_modify(|log| log.commands.push(line.clone()));
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" | "HELO" => {
                    let mut usual = String::from("250-peer.example");
                    for extension in self.offer.extensions {
                        let is_over = is_protected && *extension == "STARTTLS";
                        if !is_over {
                            usual.push_str("\r\n250-");
                            usual.push_str(extension);
                        }
                    }
                    usual.push_str("\r\n250 HELP");
                    self.act(&mut stream, Step::Ehlo, &line, &usual).await?;
                }
                "STARTTLS" => {
                    self.act(&mut stream, Step::StartTls, &line, "220 go ahead").await?;
                    let acceptor = self.offer.acceptor.clone().ok_or(Over)?;
                    let protected = acceptor.accept(stream.into_inner()).await?;
                    stream = BufReader::new(Box::new(protected));
                    is_protected = true;
                }
                "AUTH" => self.sign_in(&mut stream, &line).await?,
                "QUIT" => {
                    stream.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => self.transact(&mut stream, &verb, &line).await?,
            }
        }
    }

    async fn sign_in(&self, stream: &mut Wire, line: &str) -> Result<(), Over> {
        if line == "AUTH LOGIN" {
            for question in ["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"] {
                stream.write_all(format!("{question}\r\n").as_bytes()).await?;
                let answer = self.line(stream).await?;
                self.book.send_modify(|log| log.commands.push(answer));
            }
        }
        self.act(stream, Step::Auth, line, "235 2.7.0 welcome").await
    }

    async fn transact(&self, stream: &mut Wire, verb: &str, line: &str) -> Result<(), Over> {
        let inside = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        match verb {
            "MAIL" => {
                let reply = self.decide(stream, Step::Sender, line, "250 2.1.0 ok").await?;
                if reply.starts_with('2') {
                    let mail = Mail { sender: inside, recipients: vec![], body: String::new() };
                    *self.mail.lock().unwrap() = Some(mail);
                }
                self.say(stream, &reply).await
            }
            "RCPT" => {
                let reply = self.decide(stream, Step::Recipient, line, "250 2.1.5 ok").await?;
                if let Some(mail) =
                    self.mail.lock().unwrap().as_mut().filter(|_| reply.starts_with('2'))
                {
                    mail.recipients.push(inside);
                }
                self.say(stream, &reply).await
            }
            "DATA" => {
                let has_recipient = self
                    .mail
                    .lock()
                    .unwrap()
                    .as_ref()
                    .is_some_and(|mail| !mail.recipients.is_empty());
                let usual = if has_recipient { "354 go on" } else { "503 5.5.1 no recipient" };
                let reply = self.decide(stream, Step::Data, line, usual).await?;
                self.say(stream, &reply).await?;
                if reply.starts_with('3') { self.take_body(stream).await } else { Ok(()) }
            }
            "RSET" => {
                *self.mail.lock().unwrap() = None;
                self.say(stream, "250 2.0.0 reset").await
            }
            _ => self.say(stream, "500 5.5.2 what").await,
        }
    }

    async fn take_body(&self, stream: &mut Wire) -> Result<(), Over> {
        let mut body = String::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Err(Over);
            }
            if line == ".\r\n" {
                break;
            }
            body.push_str(line.strip_prefix('.').unwrap_or(&line));
        }
        let mail = self.mail.lock().unwrap().take();
        let Some(mut mail) = mail.filter(|mail| !mail.recipients.is_empty()) else {
            return self.say(stream, "554 5.5.1 no recipient").await;
        };
        mail.body = body;
        let recipient = mail.recipients[0].clone();
        let reply = self.decide(stream, Step::Dot, &recipient, "250 2.0.0 queued").await?;
        if reply.starts_with('2') {
            self.book.send_modify(|log| log.mails.push(mail));
        }
        self.say(stream, &reply).await
    }

    async fn act(
        &self,
        stream: &mut Wire,
        step: Step,
        line: &str,
        usual: &str,
    ) -> Result<(), Over> {
        let reply = self.decide(stream, step, line, usual).await?;
        self.say(stream, &reply).await
    }

    /// The reply that the script wants here, or the end.
    async fn decide(
        &self,
        stream: &mut Wire,
        step: Step,
        line: &str,
        usual: &str,
    ) -> Result<String, Over> {
        let moment = Moment { connection: self.connection, step, line };
        match (self.script)(&moment) {
            Act::Usual => Ok(usual.to_owned()),
            Act::Say(reply) => Ok(reply.to_owned()),
            Act::Close => Err(Over),
            Act::SayAndClose(reply) => {
                self.say(stream, reply).await?;
                Err(Over)
            }
            Act::Stall => std::future::pending().await,
            Act::Hang => {
                tokio::time::pause();
                std::future::pending().await
            }
        }
    }

    async fn say(&self, stream: &mut Wire, reply: &str) -> Result<(), Over> {
        if !stream.buffer().is_empty() {
            self.book.send_modify(|log| log.overtaken += 1);
        }
        stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
        stream.flush().await?;
        Ok(())
    }

    async fn line(&self, stream: &mut Wire) -> Result<String, Over> {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(Over);
        }
        Ok(line.trim_end().to_owned())
    }
}

trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Duplex for T {}
