//! Mails about coming in: sign-in, invitation, welcome. Knows no session.

use super::{Block, Letter, MailGroup, MailReader, MailView, text};
use crate::pages::route::Route;
use crate::pages::start::{SAMPLE_NOW, in_hours};
use crate::words::Moment;

/// A link and a code. Never says whether the address belongs to anybody: it is only sent when it does.
#[derive(Clone, Debug)]
pub struct SignInMail {
    pub token: String,
    /// Six digits.
    pub code: String,
    pub until: Moment,
}

impl MailView for SignInMail {
    fn letter(&self, reader: &MailReader) -> Letter {
        Letter {
            subject: reader.say("mail-signin-subject", &[]),
            blocks: vec![
                Block::paragraph(
                    reader.say("mail-signin-text", &[("until", reader.when(self.until))]),
                ),
                Block::Action {
                    label: reader.say("mail-signin-link", &[]),
                    link: reader.link(&Route::SignInLink { token: self.token.clone() }),
                },
                Block::paragraph(reader.say("mail-signin-code", &[])),
                Block::Code { code: self.code.clone() },
                Block::Small { text: reader.say("mail-signin-other", &[]), link: String::new() },
            ],
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "typical",
            Self {
                token: "ab".repeat(16),
                code: "482913".to_owned(),
                until: Moment(SAMPLE_NOW.0 + 600_000),
            },
        )]
    }
}

/// To an invited person. Holds no words of the inviter: nobody may send mail to strangers through us.
#[derive(Clone, Debug)]
pub struct InvitationMail {
    pub group: MailGroup,
    pub token: String,
    pub until: Moment,
}

impl MailView for InvitationMail {
    fn letter(&self, reader: &MailReader) -> Letter {
        Letter {
            subject: self.group.subject(&reader.say("mail-invitation-subject", &[])),
            blocks: vec![
                Block::paragraph(
                    reader.say("mail-invitation-text", &[("group", text(&self.group.name))]),
                ),
                Block::Action {
                    label: reader.say("mail-invitation-link", &[]),
                    link: reader.link(&Route::Accept { token: self.token.clone() }),
                },
                Block::paragraph(
                    reader.say("mail-invitation-until", &[("until", reader.when(self.until))]),
                ),
                Block::Small {
                    text: reader.say("mail-invitation-ignore", &[]),
                    link: String::new(),
                },
            ],
        }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "typical",
            Self { group: MailGroup::sample(), token: "ab".repeat(16), until: in_hours(700) },
        )]
    }
}

/// To a new or founding member: what this is, and the three things one can do.
#[derive(Clone, Debug)]
pub struct Welcome {
    pub group: MailGroup,
    /// Days before they co-sign and serve; 0 for founding members.
    pub new_days: u32,
}

impl MailView for Welcome {
    fn letter(&self, reader: &MailReader) -> Letter {
        let mut blocks = vec![
            Block::paragraph(reader.say("mail-welcome-text", &[("group", text(&self.group.name))])),
            Block::List {
                lines: ["mail-welcome-read", "mail-welcome-write", "mail-welcome-serve"]
                    .map(|key| reader.say(key, &[]))
                    .to_vec(),
            },
        ];
        if self.new_days > 0 {
            blocks.push(Block::paragraph(
                reader.say("mail-welcome-new", &[("days", super::number(self.new_days))]),
            ));
        }
        let group = self.group.id;
        blocks.push(Block::Action {
            label: reader.say("mail-welcome-link", &[]),
            link: reader.link(&Route::Home { group }),
        });
        blocks.push(Block::Small {
            text: reader.say("mail-welcome-leave", &[]),
            link: reader.link(&Route::Settings { group }),
        });
        Letter { subject: self.group.subject(&reader.say("mail-welcome-subject", &[])), blocks }
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let founding = Self { group: MailGroup::sample(), new_days: 0 };
        vec![("founding", founding.clone()), ("admitted", Self { new_days: 14, ..founding })]
    }
}
