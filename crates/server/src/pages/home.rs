//! A group's home: duty first, then broadcasts, then proposals. Knows no query; lists come in the order to be shown. No forms of its own.

use serde::Serialize;

use super::frame::{Frame, View};
use super::parts::{Audience, BroadcastLine, ProposalKind, ProposalLine, Standing};
use super::route::Route;
use super::start::{hours_ago, in_hours};
use crate::words::Moment;

/// Lines of each list on the page.
pub const LINES_MAX: usize = 50;

#[derive(Clone, Debug, Serialize)]
pub struct Home {
    pub purpose: String,
    pub members: u32,
    /// What waits for the reader, the soonest first.
    pub duties: Vec<Duty>,
    /// Newest first.
    pub broadcasts: Vec<BroadcastLine>,
    /// How many older broadcasts there are; the list of all has them.
    pub older: u32,
    pub drafts: Vec<DraftLine>,
    pub yours: Vec<ProposalLine>,
    /// Open proposals of others.
    pub open: Vec<ProposalLine>,
    /// The reader has paused their duty.
    pub paused_until: Option<Moment>,
    /// The group uses the local chain: the operator could foresee draws.
    pub local_chain: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Duty {
    pub kind: DutyKind,
    pub title: String,
    pub until: Moment,
    pub link: Route,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    /// Seated, nothing cast yet.
    Jury,
    /// Seated and cast; can still be changed.
    JuryCast,
    /// A text of the reader's came back.
    Answer,
    /// A text they co-signed has a new version.
    CoSignAgain,
    /// Asked with everybody, and has not answered; here and below.
    Vote,
    Consensus,
    Objection,
    Pledge,
    /// It is about the reader themself.
    Subject,
}

#[derive(Clone, Debug, Serialize)]
pub struct DraftLine {
    /// Empty while it has none.
    pub title: String,
    pub at: Moment,
    pub link: Route,
}

impl View for Home {
    const TEMPLATE: &'static str = "pages/home.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        vec![
            ("write", Route::Write { group }),
            ("ways", Route::Ways { group }),
            ("register", Route::Register { group }),
            ("broadcasts", Route::Broadcasts { group }),
            ("invite", Route::Invite { group }),
            ("charter", Route::Charter { group }),
            ("settings", Route::Settings { group }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = mic_engine::ids::GroupId([7; 16]);
        let empty = Self {
            purpose: "Tram drivers, mechanics and passengers who want a city that runs on rails."
                .to_owned(),
            members: 3,
            duties: vec![],
            broadcasts: vec![],
            older: 0,
            drafts: vec![],
            yours: vec![],
            open: vec![],
            paused_until: None,
            local_chain: false,
        };
        vec![
            ("empty", empty.clone()),
            ("typical", typical(group, &empty)),
            ("longest", longest(group, &empty)),
        ]
    }
}

fn typical(group: mic_engine::ids::GroupId, empty: &Home) -> Home {
    let duty = |kind, title: &str, hours| Duty {
        kind,
        title: title.to_owned(),
        until: in_hours(hours),
        link: Route::Jury { group, proposal: 12 },
    };
    let line = |title: &str, kind, standing, proposal| ProposalLine {
        title: title.to_owned(),
        kind,
        standing,
        until: Some(in_hours(50)),
        link: Route::Proposal { group, proposal },
    };
    let broadcast = |number, title: &str, audience| BroadcastLine {
        number,
        title: title.to_owned(),
        at: hours_ago(u64::from(60 - number)),
        audience,
        link: Route::Broadcast { group, broadcast: number },
    };
    Home {
        members: 412,
        duties: vec![
            duty(DutyKind::Jury, "Strike vote: how we count", 20),
            duty(DutyKind::CoSignAgain, "New timetable for the picket", 70),
        ],
        broadcasts: vec![
            broadcast(42, "The depot meeting moves to Thursday", Audience::Members),
            broadcast(41, "Open letter to the city council", Audience::Public),
            broadcast(40, "Legal help is there, every Friday", Audience::Members),
        ],
        older: 39,
        drafts: vec![DraftLine {
            title: "Winter fund".to_owned(),
            at: hours_ago(3),
            link: Route::Draft { group, draft: "0a".repeat(16) },
        }],
        yours: vec![line(
            "Night shift lockers",
            ProposalKind::Message,
            Standing::WithJury { seats: 9 },
            11,
        )],
        open: vec![
            line(
                "New timetable for the picket",
                ProposalKind::Message,
                Standing::CoSigning { have: 1, needed: 2 },
                13,
            ),
            line("Mara", ProposalKind::Admission, Standing::CoSigning { have: 0, needed: 1 }, 14),
            line(
                "Donations: a report",
                ProposalKind::Message,
                Standing::AwaitingDraw { at: in_hours(1) },
                15,
            ),
        ],
        ..empty.clone()
    }
}

#[expect(clippy::too_many_lines, reason = "a sample of everything that the page can show")]
fn longest(group: mic_engine::ids::GroupId, empty: &Home) -> Home {
    let standings = [
        Standing::CoSigning { have: 1, needed: 2 },
        Standing::AwaitingDraw { at: in_hours(1) },
        Standing::AwaitingBeacon,
        Standing::WithJury { seats: 21 },
        Standing::WithAuthor,
        Standing::Waiting,
        Standing::Voting { cast: 211, eligible: 380 },
        Standing::Consensus { agree: 12, block: 1 },
        Standing::Objecting { have: 1, stop: 3 },
        Standing::Pledging { at_least: 40 },
        Standing::Removed,
        Standing::Recalled { number: 41 },
        Standing::Amended,
        Standing::Called { number: 3 },
        Standing::Broadcast { number: 3 },
        Standing::Admitted,
        Standing::Recorded { number: 2 },
        Standing::Declined,
        Standing::Undecided,
        Standing::Lapsed,
        Standing::Withdrawn,
    ];
    let title = "Ein wirklich langer Titel mit Donaudampfschifffahrtsgesellschaftskapitänsmützen!";
    let lines: Vec<ProposalLine> = standings
        .iter()
        .cycle()
        .take(LINES_MAX)
        .map(|standing| ProposalLine {
            title: title.to_owned(),
            kind: ProposalKind::Message,
            standing: *standing,
            until: Some(in_hours(300)),
            link: Route::Proposal { group, proposal: 4_000_000 },
        })
        .collect();
    let kinds = [
        DutyKind::Jury,
        DutyKind::JuryCast,
        DutyKind::Answer,
        DutyKind::CoSignAgain,
        DutyKind::Vote,
        DutyKind::Consensus,
        DutyKind::Objection,
        DutyKind::Pledge,
        DutyKind::Subject,
    ];
    Home {
        members: 10_000_000,
        duties: kinds
            .into_iter()
            .map(|kind| Duty {
                kind,
                title: title.to_owned(),
                until: in_hours(1),
                link: Route::Jury { group, proposal: 1 },
            })
            .collect(),
        broadcasts: (0..20)
            .map(|index| BroadcastLine {
                number: 90_000 - index,
                title: title.to_owned(),
                at: hours_ago(u64::from(index)),
                audience: Audience::Public,
                link: Route::Broadcast { group, broadcast: 90_000 - index },
            })
            .collect(),
        older: 89_980,
        drafts: vec![DraftLine {
            title: String::new(),
            at: hours_ago(1),
            link: Route::Draft { group, draft: "0a".repeat(16) },
        }],
        yours: lines[..13].to_vec(),
        open: lines,
        paused_until: Some(in_hours(400)),
        local_chain: true,
        ..empty.clone()
    }
}
