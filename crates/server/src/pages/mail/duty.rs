//! Mails that ask for something: a summons, reminders, a new version to look at. Knows no rule.
//! Subjects say neither who is a juror nor what a text is called: they are seen on locked screens and by mail servers.

use super::{Block, Letter, MailGroup, MailReader, MailView, audience_key, number, text};
use crate::pages::parts::{Audience, SAMPLE_TEXT, SAMPLE_TITLE};
use crate::pages::route::Route;
use crate::pages::start::in_hours;
use crate::text::difference;
use crate::words::Moment;

/// You were drawn. The whole message is inside.
#[derive(Clone, Debug)]
pub struct Summons {
    pub group: MailGroup,
    pub proposal: u32,
    pub title: String,
    pub warning: String,
    pub source: String,
    pub audience: Audience,
    pub members: u32,
    pub seats: u32,
    pub answer_by: Moment,
    pub until: Moment,
}

impl MailView for Summons {
    fn letter(&self, reader: &MailReader) -> Letter {
        let link = reader.link(&Route::Jury { group: self.group.id, proposal: self.proposal });
        Letter {
            subject: self.group.subject(&reader.say("mail-summons-subject", &[])),
            blocks: vec![
                Block::paragraph(reader.say(
                    "mail-summons-text",
                    &[("seats", number(self.seats)), ("members", number(self.members))],
                )),
                Block::paragraph(reader.say("mail-summons-question", &[])),
                Block::message(&self.title, &self.warning, &self.source),
                Block::paragraph(reader.say(audience_key(self.audience), &[])),
                Block::Action { label: reader.say("mail-summons-link", &[]), link },
                Block::paragraph(reader.say(
                    "mail-summons-until",
                    &[
                        ("answer_by", reader.when(self.answer_by)),
                        ("left", reader.left(self.answer_by)),
                        ("until", reader.when(self.until)),
                    ],
                )),
                Block::Small { text: reader.say("mail-summons-aside", &[]), link: String::new() },
            ],
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = Self {
            group: MailGroup::sample(),
            proposal: 13,
            title: SAMPLE_TITLE.to_owned(),
            warning: String::new(),
            source: SAMPLE_TEXT.to_owned(),
            audience: Audience::Members,
            members: 412,
            seats: 9,
            answer_by: in_hours(24),
            until: in_hours(72),
        };
        let public = Self {
            warning: "Mentions an arrest".to_owned(),
            audience: Audience::Public,
            ..typical.clone()
        };
        vec![("typical", typical), ("public", public)]
    }
}

/// The seat is about to pass on. Only to jurors who have cast nothing.
#[derive(Clone, Debug)]
pub struct JuryReminder {
    pub group: MailGroup,
    pub proposal: u32,
    pub answer_by: Moment,
}

impl MailView for JuryReminder {
    fn letter(&self, reader: &MailReader) -> Letter {
        Letter {
            subject: self.group.subject(&reader.say("mail-jury-reminder-subject", &[])),
            blocks: vec![
                Block::paragraph(reader.say(
                    "mail-jury-reminder-text",
                    &[
                        ("answer_by", reader.when(self.answer_by)),
                        ("left", reader.left(self.answer_by)),
                    ],
                )),
                Block::Action {
                    label: reader.say("mail-summons-link", &[]),
                    link: reader
                        .link(&Route::Jury { group: self.group.id, proposal: self.proposal }),
                },
                Block::Small { text: reader.say("mail-summons-aside", &[]), link: String::new() },
            ],
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "typical",
            Self { group: MailGroup::sample(), proposal: 13, answer_by: in_hours(12) },
        )]
    }
}

/// To the author: co-signers are still missing.
#[derive(Clone, Debug)]
pub struct CoSignReminder {
    pub group: MailGroup,
    pub proposal: u32,
    pub title: String,
    pub have: u32,
    pub needed: u32,
    pub until: Moment,
}

impl MailView for CoSignReminder {
    fn letter(&self, reader: &MailReader) -> Letter {
        Letter {
            subject: self.group.subject(&reader.say("mail-cosign-reminder-subject", &[])),
            blocks: vec![
                Block::paragraph(reader.say(
                    "mail-cosign-reminder-text",
                    &[
                        ("title", text(&self.title)),
                        ("have", number(self.have)),
                        ("needed", number(self.needed)),
                    ],
                )),
                Block::paragraph(reader.say(
                    "mail-until",
                    &[("until", reader.when(self.until)), ("left", reader.left(self.until))],
                )),
                Block::Action {
                    label: reader.say("mail-open-proposal", &[]),
                    link: reader
                        .link(&Route::Proposal { group: self.group.id, proposal: self.proposal }),
                },
            ],
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "typical",
            Self {
                group: MailGroup::sample(),
                proposal: 13,
                title: SAMPLE_TITLE.to_owned(),
                have: 1,
                needed: 2,
                until: in_hours(48),
            },
        )]
    }
}

/// To those who co-signed a version that was replaced: what changed, and the way to sign again.
#[derive(Clone, Debug)]
pub struct VersionChanged {
    pub group: MailGroup,
    pub proposal: u32,
    pub title: String,
    pub old: String,
    pub new: String,
}

impl MailView for VersionChanged {
    fn letter(&self, reader: &MailReader) -> Letter {
        let (removed, added) =
            (reader.say("difference-removed", &[]), reader.say("difference-added", &[]));
        Letter {
            subject: self.group.subject(&reader.say("mail-version-subject", &[])),
            blocks: vec![
                Block::paragraph(reader.say("mail-version-text", &[("title", text(&self.title))])),
                Block::Changes {
                    html: difference::to_html(&self.old, &self.new, &removed, &added),
                    plain: difference::to_plain(&self.old, &self.new),
                },
                Block::Action {
                    label: reader.say("mail-version-link", &[]),
                    link: reader
                        .link(&Route::Proposal { group: self.group.id, proposal: self.proposal }),
                },
            ],
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "typical",
            Self {
                group: MailGroup::sample(),
                proposal: 13,
                title: SAMPLE_TITLE.to_owned(),
                old: "We meet on Wednesday at 19:00.".to_owned(),
                new: "We meet on Thursday at 19:00.".to_owned(),
            },
        )]
    }
}
