//! Every page and mail in every language, rendered from its samples: for tests and for looking at. Knows no view in detail.

use mic_engine::ids::GroupId;

use super::frame::{Frame, GroupHead, View, render};
use super::mail::{self, Mail, MailReader, MailView};
use super::notice::Notice;
use super::start::SAMPLE_NOW;
use super::{
    action, amend, broadcast, certificate, charter, charter_editor, charter_history, consensus,
    demo, forecast, home, juror, objection, operator, people, pledge, proposal, public, register,
    removal, settings, sign_in, start, tokens, trouble, vote, vote_result, ways, write,
};
use crate::words::{Language, Zone};

/// A rendered sample: `home-typical` and its HTML.
#[derive(Clone, Debug)]
pub struct Shown {
    pub name: String,
    pub html: String,
}

/// All pages in one language. `style` is the address of the style sheet.
pub fn pages(language: Language, style: &str) -> Vec<Shown> {
    let mut out = Vec::new();
    let plain = frame(language, style, None);
    let inside = frame(language, style, Some(true));
    let outside = frame(language, style, Some(false));
    let mut add = |name: &str, shown: Vec<(&'static str, String)>| {
        out.extend(
            shown
                .into_iter()
                .map(|(sample, html)| Shown { name: format!("{name}-{sample}"), html }),
        );
    };
    add("landing", samples::<start::Landing>(&plain));
    add("promises", samples::<start::Promises>(&plain));
    add("found", samples::<start::Found>(&plain));
    add("readycharter", samples::<charter::ReadyCharter>(&plain));
    add("founded", samples::<start::Founded>(&plain));
    add("signin", samples::<sign_in::SignIn>(&plain));
    add("linksent", samples::<sign_in::LinkSent>(&plain));
    add("confirmlink", samples::<sign_in::ConfirmLink>(&plain));
    add("otherbrowser", samples::<sign_in::OtherBrowser>(&plain));
    add("home", samples::<home::Home>(&inside));
    add("write", samples::<write::Write>(&inside));
    add("proposal", samples::<proposal::Proposal>(&inside));
    add("answer", samples::<proposal::Answer>(&inside));
    add("juror", samples::<juror::Juror>(&inside));
    add("receipt", samples::<juror::Receipt>(&inside));
    add("ways", samples::<ways::Ways>(&inside));
    add("vote", samples::<vote::Vote>(&inside));
    add("votereceipt", samples::<vote::VoteReceipt>(&inside));
    add("voteresult", samples::<vote_result::VoteResult>(&inside));
    add("consensus", samples::<consensus::Consensus>(&inside));
    add("objection", samples::<objection::Objection>(&inside));
    add("pledge", samples::<pledge::Pledge>(&inside));
    add("action", samples::<action::Action>(&inside));
    add("register", samples::<register::Register>(&inside));
    add("statement", samples::<removal::Statement>(&inside));
    add("broadcasts", samples::<broadcast::Broadcasts>(&inside));
    add("broadcast", samples::<broadcast::Broadcast>(&inside));
    add("certificate", samples::<certificate::Certificate>(&inside));
    add("people", samples::<people::People>(&inside));
    add("invite", samples::<people::Invite>(&inside));
    add("invitation", samples::<people::Invitation>(&plain));
    add("charter", samples::<charter::Charter>(&inside));
    add("forecast", samples::<forecast::ForecastPage>(&plain));
    add("oldcharter", samples::<charter_history::OldCharter>(&inside));
    add("charters", samples::<charter_history::CharterHistory>(&inside));
    add("amendbegin", samples::<charter_editor::Begin>(&inside));
    add("amend", samples::<charter_editor::Editor>(&inside));
    add("amendprocess", samples::<charter_editor::EditProcess>(&inside));
    add("amendstage", samples::<charter_editor::EditStage>(&inside));
    add("amendment", samples::<amend::Amendment>(&inside));
    add("settings", samples::<settings::Settings>(&inside));
    add("tokens", samples::<tokens::Tokens>(&inside));
    add("operator", samples::<operator::Operator>(&plain));
    add("confirm", samples::<settings::Confirm>(&inside));
    add("public", samples::<public::Public>(&outside));
    add("refused", samples::<trouble::Refused>(&inside));
    add("trouble", samples::<trouble::Trouble>(&plain));
    add("sendagain", samples::<trouble::SendAgain>(&plain));
    add("mailbox", samples::<demo::Mailbox>(&plain));
    add("mail_read", samples::<demo::MailRead>(&plain));
    out.extend(Notice::ALL.iter().map(|&notice| Shown {
        name: format!("notice-{}", notice.slug()),
        html: render(&Frame { notice: Some(notice), ..plain.clone() }, &start::Promises {}),
    }));
    out
}

/// All mails in one language.
pub fn mails(language: Language) -> Vec<(String, Mail)> {
    let reader = MailReader::sample(language);
    let mut out = Vec::new();
    let mut add = |name: &str, shown: Vec<(&'static str, Mail)>| {
        out.extend(shown.into_iter().map(|(sample, mail)| (format!("{name}-{sample}"), mail)));
    };
    add("signin", letters::<mail::SignInMail>(&reader));
    add("invitation", letters::<mail::InvitationMail>(&reader));
    add("welcome", letters::<mail::Welcome>(&reader));
    add("summons", letters::<mail::Summons>(&reader));
    add("jury_reminder", letters::<mail::JuryReminder>(&reader));
    add("cosign_reminder", letters::<mail::CoSignReminder>(&reader));
    add("version_changed", letters::<mail::VersionChanged>(&reader));
    add("verdict", letters::<mail::VerdictMail>(&reader));
    add("closed", letters::<mail::Closed>(&reader));
    add("asked", letters::<mail::AskedMail>(&reader));
    add("removal", letters::<mail::RemovalMail>(&reader));
    add("action", letters::<mail::ActionMail>(&reader));
    add("amended", letters::<mail::AmendedMail>(&reader));
    add("broadcast", letters::<mail::BroadcastMail>(&reader));
    out
}

/// A frame to look at samples in: `inside` says whether the reader is a member of the sample group.
pub fn frame(language: Language, style: &str, inside: Option<bool>) -> Frame {
    let mut frame = Frame::for_visitor(
        language,
        SAMPLE_NOW,
        "f0".repeat(16),
        [0xac; 16],
        "/here?a=1".to_owned(),
    );
    style.clone_into(&mut frame.style);
    frame.zone = Zone::parse("Europe/Berlin").unwrap_or_default();
    frame.signed_in = inside == Some(true);
    frame.group = inside.map(|member| GroupHead {
        id: GroupId([7; 16]),
        name: "Tram Workers for the Climate".to_owned(),
        member,
        duties: u32::from(member),
    });
    frame
}

fn samples<V: View>(frame: &Frame) -> Vec<(&'static str, String)> {
    V::samples().iter().map(|(name, view)| (*name, render(frame, view))).collect()
}

fn letters<V: MailView>(reader: &MailReader) -> Vec<(&'static str, Mail)> {
    V::samples().iter().map(|(name, view)| (*name, mail::render(reader, view))).collect()
}
