//! Letter after letter over one connection. It does not know where the connection came from and opens no
//! other.
//!
//! The order on the wire, with PIPELINING: `MAIL RCPT DATA` in one write; then the body, its final dot and
//! `MAIL RCPT DATA` of the next letter in one write, since `DATA` must be the last command of a group
//! (RFC 2920, section 3.1) and a group may follow the dot. Without PIPELINING each command waits for its reply.

use super::config::SmtpConfig;
use super::letter::{Answer, Letter, Objection, Stage};
use super::queue::{Job, Queue};
use super::reply::{Capabilities, Enhanced, Reply};
use super::wire::{Wire, WireFault};

/// A body longer than this is written before its final dot, so that a connection that breaks inside it is
/// known to have accepted nothing.
const ONE_WRITE_BYTES_MAX: usize = 64 << 10;
/// The output buffer is given back to the system above this.
const BUFFER_BYTES_MAX: usize = 1 << 20;

pub(super) struct Session {
    wire: Wire,
    capabilities: Capabilities,
    served: u32,
    needs_reset: bool,
    out: Vec<u8>,
}

/// How a run over a connection ended.
pub(super) enum Ended {
    /// Nothing waits; the connection can be used again.
    Idle,
    /// The connection took as many letters as it should.
    Worn,
    /// The connection is of no use. The letter that was not handed over, if any, comes back.
    Dead(Option<(Job, WireFault)>),
}

/// The letter whose turn it is.
struct Coming {
    job: Job,
    /// Its envelope is on the wire already.
    is_announced: bool,
}

/// What the relay said to an envelope.
enum Envelope {
    /// 354: the body may follow.
    Open,
    Closed(Answer),
    /// 421: the relay goes away.
    Leaving(Objection),
}

/// What followed the final dot.
enum Sent {
    Answered(Reply),
    Unanswered(WireFault),
}

impl Coming {
    fn silent(job: Job) -> Self {
        Self { job, is_announced: false }
    }
}

impl Session {
    pub(super) fn new(wire: Wire, capabilities: Capabilities) -> Self {
        Self { wire, capabilities, served: 0, needs_reset: false, out: Vec::new() }
    }

    /// Whether it already served a letter. If such a connection turns out to be dead, the letter in hand
    /// deserves a fresh one.
    pub(super) fn is_used(&self) -> bool {
        self.served > 0
    }

    /// Says goodbye without waiting for the answer.
    pub(super) async fn quit(mut self, config: &SmtpConfig) {
        if let Err(fault) = self.wire.write(b"QUIT\r\n", config.command).await {
            tracing::debug!(%fault, "the mail relay was gone before QUIT");
        }
    }

    /// Sends `first` and whatever waits in the queue. Every letter taken is settled or comes back.
    pub(super) async fn run(&mut self, first: Job, queue: &Queue, config: &SmtpConfig) -> Ended {
        let mut upcoming = self.fit(first).await.map(Coming::silent);
        loop {
            if upcoming.is_none() {
                if self.served >= config.letters_per_connection {
                    return Ended::Worn;
                }
                upcoming = self.take(queue).await.map(Coming::silent);
            }
            let Some(coming) = upcoming.take() else { return Ended::Idle };
            match self.transact(coming, queue, config).await {
                Ok(next) => upcoming = next,
                Err(ended) => return ended,
            }
        }
    }

    /// One letter from its envelope to its answer. Gives the letter that was announced behind its dot.
    async fn transact(
        &mut self,
        Coming { job, is_announced }: Coming,
        queue: &Queue,
        config: &SmtpConfig,
    ) -> Result<Option<Coming>, Ended> {
        if !is_announced && self.capabilities.pipelining {
            self.out.clear();
            self.push_envelope(&job.letter);
            if let Err(fault) = self.wire.write(&self.out, config.command).await {
                return Err(Ended::Dead(Some((job, fault))));
            }
        }
        match self.envelope(&job.letter, config).await {
            Err(fault) => Err(Ended::Dead(Some((job, fault)))),
            Ok(Envelope::Open) => {
                self.served += 1;
                self.hand_over(job, queue, config).await
            }
            Ok(Envelope::Closed(answer)) => {
                self.served += 1;
                job.settle(answer).await;
                Ok(None)
            }
            Ok(Envelope::Leaving(Objection { stage: Stage::Sender, .. })) if self.is_used() => {
                // It was leaving before it saw this letter.
                Err(Ended::Dead(Some((job, WireFault::Closed))))
            }
            Ok(Envelope::Leaving(objection)) => {
                job.settle(Answer::Later(objection)).await;
                Err(Ended::Dead(None))
            }
        }
    }

    /// The body of a letter whose envelope was taken, and behind it the envelope of the next one.
    async fn hand_over(
        &mut self,
        job: Job,
        queue: &Queue,
        config: &SmtpConfig,
    ) -> Result<Option<Coming>, Ended> {
        let may_announce =
            self.capabilities.pipelining && self.served < config.letters_per_connection;
        let next = if may_announce { self.take(queue).await } else { None };
        let next_letter = next.as_ref().map(|job| job.letter.clone());
        let (answer, end) = match self.content(&job.letter, next_letter.as_ref(), config).await {
            Ok(Sent::Answered(reply)) if reply.code == 250 => {
                (Answer::Accepted { reply: reply.text }, None)
            }
            Ok(Sent::Answered(reply)) => {
                let is_leaving = reply.code == 421;
                let answer = Answer::objection(Stage::Content, reply);
                (answer, is_leaving.then_some(WireFault::Closed))
            }
            Ok(Sent::Unanswered(fault)) => (Answer::Unknown, Some(fault)),
            Err(fault) => (Answer::unreachable(fault.to_string()), Some(fault)),
        };
        job.settle(answer).await;
        match end {
            None => Ok(next.map(|job| Coming { job, is_announced: true })),
            Some(fault) => Err(Ended::Dead(next.map(|job| (job, fault)))),
        }
    }

    /// The next letter that this relay can take at all.
    async fn take(&self, queue: &Queue) -> Option<Job> {
        while let Some(job) = queue.try_next() {
            if let Some(job) = self.fit(job).await {
                return Some(job);
            }
        }
        None
    }

    /// Gives the letter back, or settles it at once when the relay has announced that it cannot take it.
    async fn fit(&self, job: Job) -> Option<Job> {
        let size = job.letter.bytes().len() as u64;
        let (code, enhanced, text) = if self.capabilities.size_max.is_some_and(|max| size > max) {
            let enhanced = Enhanced { class: 5, subject: 3, detail: 4 };
            (552, enhanced, "the relay announced a smaller limit for the size of a mail")
        } else if job.letter.is_eight_bit() && !self.capabilities.eight_bit {
            let enhanced = Enhanced { class: 5, subject: 6, detail: 3 };
            (554, enhanced, "the relay does not take 8-bit mail")
        } else {
            return Some(job);
        };
        let (enhanced, text) = (Some(enhanced), text.to_owned());
        job.settle(Answer::Refused(Objection { stage: Stage::Content, code, enhanced, text }))
            .await;
        None
    }

    fn push_envelope(&mut self, letter: &Letter) {
        if self.needs_reset {
            self.out.extend_from_slice(b"RSET\r\n");
        }
        self.push_sender(letter);
        self.push_recipient(letter);
        self.out.extend_from_slice(b"DATA\r\n");
    }

    fn push_sender(&mut self, letter: &Letter) {
        self.out.extend_from_slice(b"MAIL FROM:<");
        self.out.extend_from_slice(letter.from().as_str().as_bytes());
        let end: &[u8] = if letter.is_eight_bit() { b"> BODY=8BITMIME\r\n" } else { b">\r\n" };
        self.out.extend_from_slice(end);
    }

    fn push_recipient(&mut self, letter: &Letter) {
        self.out.extend_from_slice(b"RCPT TO:<");
        self.out.extend_from_slice(letter.to().as_str().as_bytes());
        self.out.extend_from_slice(b">\r\n");
    }

    /// Reads the replies to an envelope; without PIPELINING it also writes the commands.
    async fn envelope(
        &mut self,
        letter: &Letter,
        config: &SmtpConfig,
    ) -> Result<Envelope, WireFault> {
        if std::mem::take(&mut self.needs_reset) {
            let reply = self.exchange(config, |session| {
                session.out.extend_from_slice(b"RSET\r\n");
            });
            if reply.await?.code != 250 {
                return Err(WireFault::Garbage);
            }
        }
        let mut objection = None;
        for (stage, push) in [
            (Stage::Sender, Self::push_sender as fn(&mut Self, &Letter)),
            (Stage::Recipient, Self::push_recipient),
            (Stage::Content, |session: &mut Self, _| session.out.extend_from_slice(b"DATA\r\n")),
        ] {
            let reply = self.exchange(config, |session| push(session, letter)).await?;
            if reply.code == 421 {
                let Reply { code, enhanced, text } = reply;
                return Ok(Envelope::Leaving(Objection { stage, code, enhanced, text }));
            }
            let is_yes = match stage {
                Stage::Sender => reply.code == 250,
                Stage::Recipient => matches!(reply.code, 250 | 251),
                Stage::Content => reply.code == 354,
            };
            if stage == Stage::Content && is_yes && objection.is_some() {
                // DATA was let through although nobody is to receive it: an empty mail, whatever becomes
                // of it, brings both sides back into step (RFC 2920, section 3.1).
                self.wire.write(b".\r\n", config.command).await?;
                self.wire.reply(config.data).await?;
                self.needs_reset = false;
            } else if !is_yes {
                self.needs_reset = true;
                objection.get_or_insert((stage, reply));
                if !self.capabilities.pipelining {
                    break;
                }
            }
        }
        Ok(match objection {
            None => Envelope::Open,
            Some((stage, reply)) => Envelope::Closed(Answer::objection(stage, reply)),
        })
    }

    /// One reply, after its command where commands go one by one.
    async fn exchange(
        &mut self,
        config: &SmtpConfig,
        push: impl FnOnce(&mut Self),
    ) -> Result<Reply, WireFault> {
        if !self.capabilities.pipelining {
            self.out.clear();
            push(self);
            self.wire.write(&self.out, config.command).await?;
        }
        self.wire.reply(config.command).await
    }

    /// Sends the body, the final dot and the next envelope. A fault here means: the dot was never sent.
    async fn content(
        &mut self,
        letter: &Letter,
        next: Option<&Letter>,
        config: &SmtpConfig,
    ) -> Result<Sent, WireFault> {
        if self.out.capacity() > BUFFER_BYTES_MAX {
            self.out = Vec::new();
        }
        self.out.clear();
        push_stuffed(&mut self.out, letter.bytes());
        if self.out.len() > ONE_WRITE_BYTES_MAX {
            self.wire.write(&self.out, config.data).await?;
            self.out.clear();
        }
        self.out.extend_from_slice(b".\r\n");
        if let Some(next) = next {
            self.push_envelope(next);
        }
        if let Err(fault) = self.wire.write(&self.out, config.data).await {
            return Ok(Sent::Unanswered(fault));
        }
        Ok(match self.wire.reply(config.data).await {
            Ok(reply) => Sent::Answered(reply),
            Err(fault) => Sent::Unanswered(fault),
        })
    }
}

/// Doubles a dot at the start of a line (RFC 5321, section 4.5.2) and ends the last line.
fn push_stuffed(out: &mut Vec<u8>, bytes: &[u8]) {
    out.reserve(bytes.len() + 64);
    let mut copied = 0;
    let mut is_line_start = true;
    for (at, &byte) in bytes.iter().enumerate() {
        if is_line_start && byte == b'.' {
            out.extend_from_slice(&bytes[copied..at]);
            out.push(b'.');
            copied = at;
        }
        is_line_start = byte == b'\n';
    }
    out.extend_from_slice(&bytes[copied..]);
    if !bytes.is_empty() && !is_line_start {
        out.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::push_stuffed;

    #[test]
    fn no_line_of_a_body_can_be_the_final_dot() {
        for (body, expected) in [
            ("", ""),
            (".", "..\r\n"),
            ("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n"),
            ("..\r\n..a", "...\r\n...a\r\n"),
            ("a.b\r\n", "a.b\r\n"),
        ] {
            let mut out = Vec::new();
            push_stuffed(&mut out, body.as_bytes());
            assert_eq!(String::from_utf8_lossy(&out), expected);
        }
    }
}
