//! Mails that tell: a verdict, the end of a proposal, a broadcast. Knows no jury.

use super::{Block, Letter, MailGroup, MailReader, MailView, audience_key, number, text};
use crate::pages::parts::{
    Audience, SAMPLE_HASH, SAMPLE_TEXT, SAMPLE_TITLE, Standing, Tally, Verdict,
};
use crate::pages::route::Route;
use crate::pages::start::in_hours;
use crate::words::Moment;

/// To the author: what the jury said. Reasons carry no name.
#[derive(Clone, Debug)]
pub struct VerdictMail {
    pub group: MailGroup,
    pub proposal: u32,
    pub title: String,
    pub tally: Tally,
    pub reasons: Vec<String>,
    /// Until when the author may answer; `None` when there is nothing to answer.
    pub answer_until: Option<Moment>,
}

impl MailView for VerdictMail {
    fn letter(&self, reader: &MailReader) -> Letter {
        let verdict = format!("mail-verdict-{}", self.tally.verdict.word());
        let counts = [
            ("title", text(&self.title)),
            ("yes", number(self.tally.yes)),
            ("no", number(self.tally.no)),
            ("seats", number(self.tally.seats)),
        ];
        let mut blocks = vec![Block::paragraph(reader.say(&verdict, &counts))];
        if !self.reasons.is_empty() {
            blocks.push(Block::paragraph(reader.say("mail-verdict-reasons", &[])));
            blocks.push(Block::List { lines: self.reasons.clone() });
        }
        let (group, proposal) = (self.group.id, self.proposal);
        if let Some(until) = self.answer_until {
            blocks.push(Block::paragraph(reader.say(
                "mail-verdict-answer",
                &[("until", reader.when(until)), ("left", reader.left(until))],
            )));
            let link = reader.link(&Route::Answer { group, proposal });
            blocks.push(Block::Action { label: reader.say("mail-verdict-link", &[]), link });
        } else {
            let link = reader.link(&Route::Proposal { group, proposal });
            blocks.push(Block::Action { label: reader.say("mail-open-proposal", &[]), link });
        }
        Letter { subject: self.group.subject(&reader.say("mail-verdict-subject", &[])), blocks }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let declined = Self {
            group: MailGroup::sample(),
            proposal: 13,
            title: SAMPLE_TITLE.to_owned(),
            tally: Tally { verdict: Verdict::Declined, yes: 2, no: 6, seats: 9 },
            reasons: vec![
                "Say which depot.".to_owned(),
                "Wait for the agenda.\nIt comes on Monday.".to_owned(),
            ],
            answer_until: Some(in_hours(336)),
        };
        let with = |verdict, yes, no| Self {
            tally: Tally { verdict, yes, no, seats: 9 },
            reasons: vec![],
            ..declined.clone()
        };
        vec![
            ("approved", Self { answer_until: None, ..with(Verdict::Approved, 7, 1) }),
            ("undecided", with(Verdict::Undecided, 1, 1)),
            ("declined", declined),
        ]
    }
}

/// To author and co-signers: the proposal has ended.
#[derive(Clone, Debug)]
pub struct Closed {
    pub group: MailGroup,
    pub proposal: u32,
    pub title: String,
    pub standing: Standing,
}

impl MailView for Closed {
    fn letter(&self, reader: &MailReader) -> Letter {
        let standing = reader.words().tell(&self.standing.phrase(), &reader.zone);
        Letter {
            subject: self.group.subject(&reader.say("mail-closed-subject", &[])),
            blocks: vec![
                Block::paragraph(reader.say("mail-closed-text", &[("title", text(&self.title))])),
                Block::paragraph(standing),
                Block::Action {
                    label: reader.say("mail-open-proposal", &[]),
                    link: reader
                        .link(&Route::Proposal { group: self.group.id, proposal: self.proposal }),
                },
            ],
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let closed = |standing| Self {
            group: MailGroup::sample(),
            proposal: 13,
            title: SAMPLE_TITLE.to_owned(),
            standing,
        };
        vec![
            ("lapsed", closed(Standing::Lapsed)),
            ("broadcast", closed(Standing::Broadcast { number: 42 })),
        ]
    }
}

/// The broadcast itself: the whole message, its number, the hash of the one before, the way to check it.
#[derive(Clone, Debug)]
pub struct BroadcastMail {
    pub group: MailGroup,
    pub number: u32,
    pub title: String,
    pub warning: String,
    pub source: String,
    pub audience: Audience,
    /// Leaf hash of the broadcast before; 64 zeros for the first.
    pub previous: String,
    pub tally: Tally,
    pub local_chain: bool,
    /// The certificate is attached. There is none where nobody judged the text, or it would be too large.
    pub certified: bool,
}

impl MailView for BroadcastMail {
    fn letter(&self, reader: &MailReader) -> Letter {
        let group = self.group.id;
        let counts = [
            ("yes", number(self.tally.yes)),
            ("no", number(self.tally.no)),
            ("seats", number(self.tally.seats)),
        ];
        let mut blocks = vec![
            Block::message(&self.title, &self.warning, &self.source),
            Block::paragraph(if self.tally.seats == 0 {
                reader.say("broadcast-by-rules", &[])
            } else {
                reader.say("mail-broadcast-why", &counts)
            }),
        ];
        if self.local_chain {
            blocks.push(Block::paragraph(reader.say("local-chain", &[])));
        }
        if !self.certified {
            blocks.push(Block::paragraph(reader.say("certificate-none", &[])));
        }
        blocks.push(Block::Action {
            label: reader.say("mail-broadcast-certificate", &[]),
            link: reader.link(&Route::Certificate { group, broadcast: self.number }),
        });
        blocks.push(Block::Small {
            text: reader.say(audience_key(self.audience), &[]),
            link: String::new(),
        });
        blocks.push(Block::Small {
            text: reader.say(
                "mail-broadcast-number",
                &[("number", number(self.number)), ("previous", text(&self.previous))],
            ),
            link: String::new(),
        });
        blocks.push(Block::Small {
            text: reader.say("mail-broadcast-settings", &[]),
            link: reader.link(&Route::Settings { group }),
        });
        Letter {
            subject: self.group.subject(&reader.say(
                "mail-broadcast-subject",
                &[("number", number(self.number)), ("title", text(&self.title))],
            )),
            blocks,
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = Self {
            group: MailGroup::sample(),
            number: 42,
            title: SAMPLE_TITLE.to_owned(),
            warning: String::new(),
            source: SAMPLE_TEXT.to_owned(),
            audience: Audience::Members,
            previous: SAMPLE_HASH.to_owned(),
            tally: Tally { verdict: Verdict::Approved, yes: 7, no: 1, seats: 9 },
            local_chain: false,
            certified: true,
        };
        let first = Self {
            number: 1,
            warning: "Mentions an arrest".to_owned(),
            audience: Audience::Public,
            previous: "0".repeat(64),
            local_chain: true,
            ..typical.clone()
        };
        vec![("typical", typical), ("first", first)]
    }
}
