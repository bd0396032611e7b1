//! Mails when everybody is asked, when somebody would be removed, when an action is called for, when the rules change. Knows no rule.
//! Subjects name no title: they are seen on locked screens and by mail servers.

use super::{Block, Letter, MailGroup, MailReader, MailView, number, text};
use crate::pages::parts::{SAMPLE_TEXT, SAMPLE_TITLE};
use crate::pages::proposal::AskedHow;
use crate::pages::route::Route;
use crate::pages::start::in_hours;
use crate::words::Moment;

/// A stage that asks everybody has begun, or still waits for this reader.
#[derive(Clone, Debug)]
pub struct AskedMail {
    pub group: MailGroup,
    pub proposal: u32,
    pub title: String,
    pub how: AskedHow,
    pub until: Moment,
    pub again: bool,
}

impl MailView for AskedMail {
    fn letter(&self, reader: &MailReader) -> Letter {
        let (group, proposal) = (self.group.id, self.proposal);
        let (key, route) = match self.how {
            AskedHow::Vote => ("mail-asked-vote", Route::Vote { group, proposal }),
            AskedHow::Consensus => ("mail-asked-consensus", Route::Consensus { group, proposal }),
            AskedHow::Objection => ("mail-asked-objection", Route::Objection { group, proposal }),
            AskedHow::Pledge => ("mail-asked-pledge", Route::Pledge { group, proposal }),
        };
        let subject = if self.again { "mail-asked-again-subject" } else { "mail-asked-subject" };
        Letter {
            subject: self.group.subject(&reader.say(subject, &[])),
            blocks: vec![
                Block::paragraph(reader.say(key, &[("title", text(&self.title))])),
                Block::paragraph(reader.say(
                    "mail-until",
                    &[("until", reader.when(self.until)), ("left", reader.left(self.until))],
                )),
                Block::Action {
                    label: reader.say("mail-asked-link", &[]),
                    link: reader.link(&route),
                },
            ],
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let with = |how, again| Self {
            group: MailGroup::sample(),
            proposal: 13,
            title: SAMPLE_TITLE.to_owned(),
            how,
            until: in_hours(90),
            again,
        };
        vec![
            ("vote", with(AskedHow::Vote, false)),
            ("consensus", with(AskedHow::Consensus, false)),
            ("objection", with(AskedHow::Objection, false)),
            ("pledge", with(AskedHow::Pledge, false)),
            ("again", with(AskedHow::Vote, true)),
        ]
    }
}

/// To the member whom a proposal would remove.
#[derive(Clone, Debug)]
pub struct RemovalMail {
    pub group: MailGroup,
    pub proposal: u32,
}

impl MailView for RemovalMail {
    fn letter(&self, reader: &MailReader) -> Letter {
        let route = Route::Statement { group: self.group.id, proposal: self.proposal };
        Letter {
            subject: self.group.subject(&reader.say("mail-removal-subject", &[])),
            blocks: vec![
                Block::paragraph(reader.say("mail-removal-text", &[])),
                Block::paragraph(reader.say("mail-removal-heard", &[])),
                Block::Action {
                    label: reader.say("mail-removal-link", &[]),
                    link: reader.link(&route),
                },
            ],
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("typical", Self { group: MailGroup::sample(), proposal: 13 })]
    }
}

/// What, when and where.
#[derive(Clone, Debug)]
pub struct ActionMail {
    pub group: MailGroup,
    pub number: u32,
    pub title: String,
    pub warning: String,
    pub source: String,
    pub starts: Moment,
    pub ends: Moment,
    pub place: String,
    pub wanted: u32,
}

impl MailView for ActionMail {
    fn letter(&self, reader: &MailReader) -> Letter {
        let route = Route::Action { group: self.group.id, action: self.number };
        let when = [("starts", reader.when(self.starts)), ("ends", reader.when(self.ends))];
        let place = [("place", text(&self.place)), ("wanted", number(self.wanted))];
        Letter {
            subject: self.group.subject(&reader.say("mail-action-subject", &[])),
            blocks: vec![
                Block::paragraph(reader.say("mail-action-text", &[])),
                Block::message(&self.title, &self.warning, &self.source),
                Block::paragraph(reader.say("mail-action-when", &when)),
                Block::paragraph(reader.say("mail-action-place", &place)),
                Block::Action {
                    label: reader.say("mail-action-link", &[]),
                    link: reader.link(&route),
                },
            ],
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = Self {
            group: MailGroup::sample(),
            number: 3,
            title: SAMPLE_TITLE.to_owned(),
            warning: String::new(),
            source: SAMPLE_TEXT.to_owned(),
            starts: in_hours(240),
            ends: in_hours(244),
            place: "Main gate, Mill Street 3".to_owned(),
            wanted: 40,
        };
        vec![("typical", typical)]
    }
}

/// Other rules are in force.
#[derive(Clone, Debug)]
pub struct AmendedMail {
    pub group: MailGroup,
    pub proposal: u32,
}

impl MailView for AmendedMail {
    fn letter(&self, reader: &MailReader) -> Letter {
        let group = self.group.id;
        Letter {
            subject: self.group.subject(&reader.say("mail-amended-subject", &[])),
            blocks: vec![
                Block::paragraph(reader.say("mail-amended-text", &[])),
                Block::Action {
                    label: reader.say("mail-amended-link", &[]),
                    link: reader.link(&Route::Charter { group }),
                },
                Block::Small {
                    text: reader.say("mail-amended-proposal", &[]),
                    link: reader.link(&Route::Proposal { group, proposal: self.proposal }),
                },
            ],
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("typical", Self { group: MailGroup::sample(), proposal: 13 })]
    }
}
