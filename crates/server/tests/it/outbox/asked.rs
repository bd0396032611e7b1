//! Mails under rules where everybody is asked, and where nobody is: who gets which, and what a broadcast says that has no certificate.

use std::collections::BTreeSet;

use mic::app::{App, Running};
use mic::certificates::Certificate;
use mic_engine::charter::{Audience, Id};
use mic_engine::command::{Content, MemberAct, SecretForm, VersionText};
use mic_engine::event::NonceFrom;
use mic_engine::ids::{GroupId, Number, ProposalNumber, Slot};
use mic_engine::state::proposal::Stand;
use mic_proof::certificate::verify_certificate;
use mic_proof::replay::Options;
use tempfile::TempDir;

use super::peer::{Arrived, Failing, Peer};
use super::{PATIENCE, SECOND_MS};
use crate::small_server::{
    HOUR_MS, HandClock, certified, config, found_under, settled, start, store, until,
};

const RULES: &str = include_str!("../web/deciding.toml");
/// Nobody judges this one: the rules are unguarded.
const SHOUT: &str = "
[process.shout]
title = \"Tell everyone at once\"
kind = \"message\"
audiences = [\"members\"]
first = \"wait\"

[process.shout.stage.wait]
kind = \"wait\"
title = \"A day to think again\"
hours = 24
pass = \"effect:broadcast\"
";
const MEMBERS: u32 = 5;
const SECOND: ProposalNumber = ProposalNumber(1);

/// A server with a mail server, and a group under these rules.
struct Scene {
    peer: Peer,
    clock: HandClock,
    running: Running,
    group: GroupId,
    _folder: TempDir,
}

impl Scene {
    async fn under(rules: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let peer = Peer::start(Failing::Never).await;
        let (config, clock) = (config(folder.path(), Some(peer.port)), HandClock::new());
        let store = store(&config);
        let running = start(config, &clock, store).await;
        let group = found_under(running.app(), rules, MEMBERS).await;
        Self { peer, clock, running, group, _folder: folder }
    }

    fn app(&self) -> &App {
        self.running.app()
    }

    async fn open(&self, process: &str, title: &str, content: Content) {
        let text = VersionText {
            title: title.to_owned(),
            body: "At **six**, by the old gate.".to_owned(),
            warning: String::new(),
            audience: Audience::Members,
            content,
        };
        let process = Id::parse(process).expect("an id");
        let act = MemberAct::Open { process, text };
        self.app().act(self.group, Slot(0), None, act).await.expect("opened");
    }

    async fn vote(&self, proposal: ProposalNumber, slot: u32) {
        let view = self.app().view(self.group).expect("the group");
        let open = view.state.proposal(proposal).expect("open");
        let Stand::Vote(vote) = &open.stand else { panic!("a vote: {:?}", open.stand) };
        let ballot = SecretForm {
            stage: vote.draw,
            choice: "yes".to_owned(),
            nonce: format!("words of {slot}"),
            nonce_from: NonceFrom::Words,
            blind: self.app().random(),
        };
        let act = MemberAct::Vote { proposal, ballot };
        self.app().act(self.group, Slot(slot), None, act).await.expect("voted");
    }

    /// Lets a day pass, until a broadcast is out and it is known what there is of its certificate.
    async fn sent(&self, number: Number) {
        settled(self.app(), self.group).await;
        self.clock.forward(25 * HOUR_MS);
        until(self.app(), "a broadcast", || {
            self.app().view(self.group)?.state.broadcast(number).map(drop)
        })
        .await;
        certified(self.app(), self.group, number).await;
        self.clock.forward(SECOND_MS);
        self.app().kick_outbox();
    }

    /// Mails with this text in them, one for each of so many members.
    async fn mails(&mut self, text: &str, count: usize) -> Vec<Arrived> {
        let mut found = Vec::new();
        let enough = async {
            while found.len() < count {
                let mail = self.peer.arrived.recv().await.expect("the peer runs");
                if whole(&mail).contains(text) {
                    found.push(mail);
                }
            }
        };
        let waited = tokio::time::timeout(PATIENCE, enough).await;
        waited.unwrap_or_else(|_| panic!("{text} does not come"));
        let to: BTreeSet<&str> = found.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to.len(), count, "each of them once");
        found
    }

    async fn certificate(&self, number: Number) -> Certificate {
        let group = self.group;
        let found = self.app().blocking(move |store| Certificate::of(store, group, number)).await;
        found.expect("the store answers")
    }
}

/// A mail with its lines as they were before they were folded.
fn whole(mail: &Arrived) -> String {
    mail.bytes.replace("=\r\n", "")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_judged_goes_without_a_certificate_and_holds_nothing_up() {
    let mut scene = Scene::under(&format!("{RULES}{SHOUT}")).await;
    scene.open("shout", "Sirens at noon", Content::Message).await;
    scene.sent(Number(1)).await;
    for mail in scene.mails("/b/1/certificate", MEMBERS as usize).await {
        let text = whole(&mail);
        assert!(text.contains("Sirens at noon"), "{text}");
        assert!(!text.contains("certificate-"), "nothing is attached: {text}");
        let said = ["has no certificate file", "hat keine Urkunde als Datei"];
        assert!(said.iter().any(|said| text.contains(said)), "{text}");
    }
    assert_eq!(scene.certificate(Number(1)).await, Certificate::NoneCanBe);
    // The next one is voted on, and has one.
    scene.open("message", "Drums at night", Content::Message).await;
    for slot in 0..MEMBERS {
        scene.vote(SECOND, slot).await;
    }
    scene.sent(Number(2)).await;
    let file = format!("certificate-{}-2.json", &scene.group.to_string()[..8]);
    scene.mails(&file, MEMBERS as usize).await;
    let Certificate::File(text) = scene.certificate(Number(2)).await else { panic!("a file") };
    let found = verify_certificate(text.as_bytes(), &Options::new(), None, &mut |_| {});
    assert_eq!(found.map(|found| found.number), Ok(2));
    // A whole journal has the one and goes on without the other.
    let (group, now) = (scene.group, scene.app().now());
    let exported = scene.app().blocking(move |store| {
        mic::app::export(store, group, now, &mut Vec::new()).map(|done| done.certificates)
    });
    assert_eq!(exported.await.expect("exported"), 1);
    scene.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_may_vote_is_asked_by_mail_with_the_way_to_the_ballot() {
    let mut scene = Scene::under(RULES).await;
    scene.open("question", "Do we meet at six?", Content::Decision { options: vec![] }).await;
    let ballot = format!("https://mic.example/g/{}/p/0/vote", scene.group);
    for mail in scene.mails(&ballot, MEMBERS as usize).await {
        let text = whole(&mail);
        assert!(text.contains("Do we meet at six?"), "{text}");
        let subject = super::header(&mail.bytes, "Subject: ");
        assert!(!subject.contains("six"), "a subject names no title: {subject}");
    }
    scene.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_member_concerned_is_told_that_they_would_be_removed() {
    let mut scene = Scene::under(RULES).await;
    let content = Content::Removal { member: Slot(2) };
    scene.open("remove", "Somebody should go", content).await;
    let (heard, ballot) = (
        format!("https://mic.example/g/{}/p/0/statement", scene.group),
        format!("https://mic.example/g/{}/p/0/vote", scene.group),
    );
    // Everybody is asked for their vote; the one concerned hears besides that it is about them, once.
    let (mut told, mut asked) = (Vec::new(), BTreeSet::new());
    let all = async {
        while told.is_empty() || asked.len() < MEMBERS as usize {
            let mail = scene.peer.arrived.recv().await.expect("the peer runs");
            let text = whole(&mail);
            if text.contains(&heard) {
                assert!(!text.contains("Somebody should go"), "by whom and why is for the page");
                told.push(mail.to);
            } else if text.contains(&ballot) {
                asked.insert(mail.to);
            }
        }
    };
    tokio::time::timeout(PATIENCE, all).await.expect("in time");
    assert_eq!(told, ["member2@people.example"]);
    scene.running.stop().await;
}
