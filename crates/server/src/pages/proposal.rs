//! A proposal: where it stands, its text, who co-signed, what happened; and the author's answer to a jury that did not say yes.
//! Knows no rule: what the reader may do is said by [`YourPart`].
//!
//! | form | field | content |
//! |---|---|---|
//! | POST [`Route::CoSign`] | `version` | hash of the version that is shown; another current one is a refusal that shows what changed |
//! | POST [`Route::TakeBack`] | – | takes the reader's co-signature back |
//! | POST [`Route::Withdraw`] | `sure` | `yes`; author only |
//! | POST [`Route::Answer`] | `choice` | `revise` (leads to the draft of the new version), `appeal`, `accept` |

use serde::Serialize;

use super::about::About;
use super::asking::Ended;
use super::consensus::Position;
use super::flow::{Flow, FlowView};
use super::frame::{Frame, View};
use super::happening::{Happening, TimelineLine};
use super::parts::{Message, Person, ProposalKind, SAMPLE_HASH, Standing, Tally, Verdict};
use super::route::Route;
use super::start::{hours_ago, in_hours};
use super::write::{Changes, VersionLine};
use crate::words::{Language, Moment, Words};

/// Names and history lines that one page shows.
pub const TIMELINE_MAX: usize = 100;

#[expect(
    clippy::struct_field_names,
    reason = "a proposal's number is called `proposal` everywhere"
)]
#[derive(Clone, Debug, Serialize)]
pub struct Proposal {
    pub proposal: u32,
    pub kind: ProposalKind,
    pub message: Message,
    pub author: Person,
    /// What it is about beyond its text.
    pub about: Option<About>,
    pub standing: Standing,
    /// When the stage closes; `None` when it has no deadline or the proposal is closed.
    pub until: Option<Moment>,
    pub flow: FlowView,
    pub cosigners: CoSigners,
    pub part: YourPart,
    pub may_withdraw: bool,
    /// The author may put forward another text while co-signatures are gathered; it starts again at zero.
    pub may_change: bool,
    /// Set for the author while the answer stage runs.
    pub answer: bool,
    pub broadcast: Option<Route>,
    /// The action it became.
    pub action: Option<Route>,
    /// Everybody is asked: where the reader answers, or reads what was said.
    pub asked: Option<AskedHere>,
    /// Set for the member whom it would remove.
    pub statement: bool,
    /// What its votes came to, in order.
    pub results: Vec<Route>,
    /// Newest first; the shown one is current unless `looking_back`.
    pub versions: Vec<VersionLine>,
    pub looking_back: bool,
    pub changes: Option<Changes>,
    /// Oldest first.
    pub timeline: Vec<TimelineLine>,
    /// What it would change, where it proposes other rules.
    pub rules: Option<Route>,
}

/// A stage that asks everybody, and what the reader is to it.
#[derive(Clone, Debug, Serialize)]
pub struct AskedHere {
    pub how: AskedHow,
    pub link: Route,
    /// The reader may take part and has not yet.
    pub waits: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedHow {
    Vote,
    Consensus,
    Objection,
    Pledge,
}

#[derive(Clone, Debug, Serialize)]
pub struct CoSigners {
    pub have: u32,
    pub needed: u32,
    /// Those who chose to be shown.
    pub names: Vec<String>,
    pub unnamed: u32,
}

/// What the reader is to this proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum YourPart {
    MayCoSign,
    CoSigned,
    Author,
    Juror,
    /// Admitted too short a time ago.
    TooNew {
        until: Moment,
    },
    /// Joined after it was opened.
    NotOnRoll,
    /// Nothing to do for this reader now.
    Onlooker,
}

impl View for Proposal {
    const TEMPLATE: &'static str = "pages/proposal.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, proposal) = (frame.group_id(), self.proposal);
        vec![
            ("cosign", Route::CoSign { group, proposal }),
            ("take_back", Route::TakeBack { group, proposal }),
            ("withdraw", Route::Withdraw { group, proposal }),
            ("answer", Route::Answer { group, proposal }),
            ("jury", Route::Jury { group, proposal }),
            ("statement", Route::Statement { group, proposal }),
            ("current", Route::Proposal { group, proposal }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = typical();
        let with = |part, standing| Self { standing, part, ..typical.clone() };
        let awaiting = Standing::AwaitingDraw { at: in_hours(1) };
        vec![
            ("typical", typical.clone()),
            ("cosigned", with(YourPart::CoSigned, awaiting)),
            ("juror", with(YourPart::Juror, Standing::WithJury { seats: 9 })),
            ("too_new", with(YourPart::TooNew { until: in_hours(200) }, awaiting)),
            ("not_on_roll", with(YourPart::NotOnRoll, Standing::WithJury { seats: 9 })),
            ("author", author(&typical)),
            ("longest", longest(&typical)),
        ]
        .into_iter()
        .chain(asked(&typical))
        .collect()
    }
}

fn typical() -> Proposal {
    let group = mic_engine::ids::GroupId([7; 16]);
    let version = |version, current| VersionLine {
        version,
        hash: SAMPLE_HASH.to_owned(),
        at: hours_ago(u64::from(9 - version)),
        link: Route::ProposalVersion { group, proposal: 13, version: SAMPLE_HASH.to_owned() },
        current,
    };
    let line = |hours, what| TimelineLine { at: hours_ago(hours), what };
    Proposal {
        proposal: 13,
        kind: ProposalKind::Message,
        message: Message::sample(),
        author: Person::sample("Ada Paris", 17),
        about: None,
        standing: Standing::CoSigning { have: 1, needed: 2 },
        until: Some(in_hours(170)),
        flow: Flow::sample_message().view("stage", Words::of(Language::English)),
        cosigners: CoSigners { have: 1, needed: 2, names: vec!["Ben Kaya".to_owned()], unnamed: 0 },
        part: YourPart::MayCoSign,
        may_withdraw: false,
        may_change: false,
        answer: false,
        broadcast: None,
        action: None,
        asked: None,
        statement: false,
        results: vec![],
        versions: vec![version(2, true), version(1, false)],
        looking_back: false,
        changes: Some(Changes::sample()),
        timeline: vec![
            line(9, Happening::Opened { version: 1 }),
            line(7, Happening::VersionPosted { version: 2 }),
            line(5, Happening::CoSigned { by: Some("Ben Kaya".to_owned()) }),
        ],
        rules: None,
    }
}

fn author(typical: &Proposal) -> Proposal {
    Proposal {
        author: Person { you: true, ..typical.author.clone() },
        part: YourPart::Author,
        standing: Standing::WithAuthor,
        may_withdraw: true,
        may_change: true,
        answer: true,
        changes: None,
        versions: typical.versions[..1].to_vec(),
        ..typical.clone()
    }
}

/// Every stage that asks everybody, and every kind of proposal.
fn asked(typical: &Proposal) -> Vec<(&'static str, Proposal)> {
    let group = mic_engine::ids::GroupId([7; 16]);
    let with = |how, link, waits, kind, about| Proposal {
        kind,
        about: Some(about),
        asked: Some(AskedHere { how, link, waits }),
        cosigners: CoSigners { have: 0, needed: 0, names: vec![], unnamed: 0 },
        part: YourPart::Onlooker,
        changes: None,
        ..typical.clone()
    };
    let vote = Route::Vote { group, proposal: 13 };
    let voting = Proposal {
        standing: Standing::Voting { cast: 211, eligible: 380 },
        results: vec![Route::VoteResult { group, proposal: 13, step: 1 }],
        ..with(AskedHow::Vote, vote.clone(), true, ProposalKind::Decision, About::sample_decision())
    };
    let consensus = Route::Consensus { group, proposal: 13 };
    let objection = Route::Objection { group, proposal: 13 };
    let pledge = Route::Pledge { group, proposal: 13 };
    let subject = Proposal {
        statement: true,
        ..with(AskedHow::Vote, vote, false, ProposalKind::Removal, About::sample_removal())
    };
    let pledging = Proposal {
        action: Some(Route::Action { group, action: 3 }),
        ..with(AskedHow::Pledge, pledge, true, ProposalKind::Action, About::sample_action())
    };
    let yes_or_no = About::Decision { options: Vec::new() };
    let (recall, decision) = (ProposalKind::Recall, ProposalKind::Decision);
    vec![
        ("voting", voting),
        ("consensus", with(AskedHow::Consensus, consensus, true, decision, yes_or_no)),
        ("objecting", with(AskedHow::Objection, objection, true, recall, About::sample_recall())),
        ("subject", subject),
        ("pledging", pledging),
    ]
}

#[expect(clippy::too_many_lines, reason = "a sample of everything that can have happened")]
fn longest(typical: &Proposal) -> Proposal {
    let tally = |verdict| Happening::JuryClosed(Tally { verdict, yes: 4, no: 3, seats: 9 });
    let everything = vec![
        Happening::Opened { version: 1 },
        Happening::VersionPosted { version: 2 },
        Happening::CoSigned { by: None },
        Happening::CoSigned { by: Some("Ein sehr langer Name mit vielen Teilen".to_owned()) },
        Happening::CoSignTakenBack,
        Happening::Reminded,
        Happening::EnoughCoSigned,
        Happening::DrawCalled { draw_at: hours_ago(50), round: 21_345_678 },
        Happening::DrawMissed,
        Happening::DrawMade { seats: 9 },
        Happening::NoOneToDraw,
        Happening::SeatsCalled { count: 2 },
        Happening::JuryGrown { added: 12 },
        Happening::JuryExtended { until: in_hours(10) },
        tally(Verdict::Declined),
        Happening::Revised,
        tally(Verdict::Undecided),
        Happening::Appealed,
        tally(Verdict::Approved),
        Happening::AcceptedByAuthor,
        Happening::TextErased,
        Happening::VoteClosed { ended: Ended::Passed, cast: 211, eligible: 380 },
        Happening::VoteClosed { ended: Ended::Failed, cast: 211, eligible: 380 },
        Happening::VoteClosed { ended: Ended::Undecided, cast: 2, eligible: 380 },
        Happening::PositionTaken { by: Person::sample("Ben", 4), position: Some(Position::Agree) },
        Happening::PositionTaken { by: Person::sample("", 4), position: Some(Position::Agree) },
        Happening::PositionTaken { by: Person::sample("Ben", 4), position: Some(Position::Aside) },
        Happening::PositionTaken { by: Person::sample("", 4), position: Some(Position::Aside) },
        Happening::PositionTaken { by: Person::sample("Ben", 4), position: Some(Position::Block) },
        Happening::PositionTaken { by: Person::sample("", 4), position: Some(Position::Block) },
        Happening::PositionTaken { by: Person::sample("Ben", 4), position: None },
        Happening::PositionTaken { by: Person::sample("", 4), position: None },
        Happening::ConsensusEnded(Ended::Passed),
        Happening::ConsensusEnded(Ended::Failed),
        Happening::ConsensusEnded(Ended::Undecided),
        Happening::Objected { by: Person::sample("Ben", 4) },
        Happening::Objected { by: Person::sample("", 4) },
        Happening::ObjectionTakenBack { by: Person::sample("Ben", 4) },
        Happening::ObjectionTakenBack { by: Person::sample("", 4) },
        Happening::ObjectionsEnded { stopped: true },
        Happening::ObjectionsEnded { stopped: false },
        Happening::PledgeWoken { count: 71 },
        Happening::StatementMade,
        Happening::Removed,
        Happening::Recalled { number: 41 },
        Happening::Amended,
        Happening::Called { number: 3 },
        Happening::Broadcast { number: 43 },
        Happening::Recorded { number: 2 },
        Happening::Admitted,
        Happening::Withdrawn,
        Happening::Lapsed,
        Happening::Closed,
    ];
    Proposal {
        message: Message { warning: "Mentions an arrest".to_owned(), ..Message::longest_sample() },
        author: Person::sample("", 4_000_000),
        standing: Standing::Broadcast { number: 43 },
        until: None,
        flow: Flow::sample_long().view("stage", Words::of(Language::English)),
        cosigners: CoSigners {
            have: 20,
            needed: 20,
            names: (0..12)
                .map(|index| format!("Co-Signer with a long name number {index}"))
                .collect(),
            unnamed: 8,
        },
        part: YourPart::Onlooker,
        broadcast: Some(Route::Broadcast {
            group: mic_engine::ids::GroupId([7; 16]),
            broadcast: 43,
        }),
        looking_back: true,
        timeline: everything
            .into_iter()
            .map(|what| TimelineLine { at: hours_ago(9), what })
            .collect(),
        rules: Some(Route::ProposedRules {
            group: mic_engine::ids::GroupId([7; 16]),
            proposal: 13,
        }),
        ..typical.clone()
    }
}

/// The author's page after a jury that did not say yes.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    pub proposal: u32,
    pub message: Message,
    pub tally: Tally,
    /// What jurors wrote, in no order that says who; empty for none.
    pub reasons: Vec<String>,
    pub until: Moment,
    pub may_revise: bool,
    pub may_appeal: bool,
    /// Seats of the appeal jury.
    pub appeal_seats: u32,
}

impl View for Answer {
    const TEMPLATE: &'static str = "pages/answer.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, proposal) = (frame.group_id(), self.proposal);
        vec![
            ("answer", Route::Answer { group, proposal }),
            ("proposal", Route::Proposal { group, proposal }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = Self {
            proposal: 13,
            message: Message::sample(),
            tally: Tally { verdict: Verdict::Declined, yes: 2, no: 6, seats: 9 },
            reasons: vec![
                "Half of us do not work at the depot. Say which depot.".to_owned(),
                "Good, but wait until the agenda is fixed.".to_owned(),
            ],
            until: in_hours(300),
            may_revise: true,
            may_appeal: true,
            appeal_seats: 21,
        };
        let undecided = Self {
            tally: Tally { verdict: Verdict::Undecided, yes: 1, no: 1, seats: 9 },
            reasons: vec![],
            may_revise: false,
            ..typical.clone()
        };
        vec![("typical", typical), ("undecided", undecided)]
    }
}
