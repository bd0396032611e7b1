//! A broadcast: the text that everybody got, its number, and the way to its certificate; and the list of all. Knows no delivery. No
//! forms. The same view of a single one serves members and, for a public one, everybody ([`Broadcast::inside`]).

use serde::Serialize;

use super::frame::{Frame, View};
use super::parts::{Audience, BroadcastLine, Message, Person, Tally, Verdict};
use super::route::Route;
use super::start::hours_ago;
use super::ways::Way;
use crate::words::Moment;

#[derive(Clone, Debug, Serialize)]
pub struct Broadcast {
    pub number: u32,
    pub message: Message,
    /// It was recalled; a correction went the same ways.
    pub recalled: Option<Recalled>,
    /// Where a member can ask to recall it, one for each way that the charter has.
    pub recall: Vec<Way>,
    /// `None` on the public page, unless the author chose to be named there.
    pub author: Option<Person>,
    pub at: Moment,
    pub tally: Tally,
    pub previous: Option<Neighbour>,
    pub next: Option<Neighbour>,
    pub certificate: Route,
    /// Inside a group; `None` for outsiders.
    pub proposal: Option<Route>,
    /// Deliveries so far, of how many; members only.
    pub delivered: Option<(u32, u32)>,
    pub inside: bool,
    /// The draw used the local chain.
    pub local_chain: bool,
}

/// The correction of a recalled broadcast.
#[derive(Clone, Debug, Serialize)]
pub struct Recalled {
    pub number: u32,
    pub link: Route,
}

/// One page of the list of all broadcasts, the newest first.
#[derive(Clone, Debug, Serialize)]
pub struct Broadcasts {
    pub lines: Vec<CertifiedLine>,
    /// How many there are in all.
    pub count: u32,
    /// Older ones follow: those before this number.
    pub older: Option<u32>,
    /// This is not the first page.
    pub from_older: bool,
}

/// Lines of one page.
pub const BROADCASTS_A_PAGE_MAX: usize = 50;

/// A broadcast in that list.
#[derive(Clone, Debug, Serialize)]
pub struct CertifiedLine {
    #[serde(flatten)]
    pub line: BroadcastLine,
    pub certificate: Route,
}

impl View for Broadcasts {
    const TEMPLATE: &'static str = "pages/broadcasts.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        vec![("home", Route::Home { group }), ("all", Route::Broadcasts { group })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = mic_engine::ids::GroupId([7; 16]);
        let line = |number: u32| CertifiedLine {
            line: BroadcastLine {
                number,
                title: "Legal help is there, every Friday".to_owned(),
                at: hours_ago(u64::from(200 - number.min(200))),
                audience: if number.is_multiple_of(3) {
                    Audience::Public
                } else {
                    Audience::Members
                },
                link: Route::Broadcast { group, broadcast: number },
            },
            certificate: Route::Certificate { group, broadcast: number },
        };
        let typical = Self {
            lines: (1..=3).rev().map(line).collect(),
            count: 3,
            older: None,
            from_older: false,
        };
        let longest = Self {
            lines: (101..=150).rev().map(line).collect(),
            count: 90_000,
            older: Some(101),
            from_older: true,
        };
        let empty = Self { lines: vec![], count: 0, ..typical.clone() };
        vec![("typical", typical), ("empty", empty), ("longest", longest)]
    }
}

/// The broadcast before or after.
#[derive(Clone, Debug, Serialize)]
pub struct Neighbour {
    pub number: u32,
    pub title: String,
    pub link: Route,
}

impl View for Broadcast {
    const TEMPLATE: &'static str = "pages/broadcast.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        let home = if self.inside { Route::Home { group } } else { Route::Public { group } };
        vec![("home", home)]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = mic_engine::ids::GroupId([7; 16]);
        let neighbour = |number, title: &str| Neighbour {
            number,
            title: title.to_owned(),
            link: Route::Broadcast { group, broadcast: number },
        };
        let way = || Way {
            title: "Take a message back".to_owned(),
            link: Route::WriteOf { group, process: "recall".to_owned() },
        };
        let typical = Self {
            number: 42,
            message: Message::sample(),
            recalled: None,
            recall: vec![way()],
            author: Some(Person::sample("Ada Paris", 17)),
            at: hours_ago(2),
            tally: Tally { verdict: Verdict::Approved, yes: 7, no: 1, seats: 9 },
            previous: Some(neighbour(41, "Open letter to the city council")),
            next: None,
            certificate: Route::Certificate { group, broadcast: 42 },
            proposal: Some(Route::Proposal { group, proposal: 13 }),
            delivered: Some((398, 412)),
            inside: true,
            local_chain: false,
        };
        let public = Self {
            number: 1,
            message: Message::longest_sample(),
            recall: vec![],
            author: None,
            previous: None,
            next: Some(neighbour(2, "Second")),
            certificate: Route::PublicCertificate { group, broadcast: 1 },
            proposal: None,
            delivered: None,
            inside: false,
            local_chain: true,
            ..typical.clone()
        };
        let mut erased = typical.clone();
        erased.message.body = None;
        erased.recalled =
            Some(Recalled { number: 44, link: Route::Broadcast { group, broadcast: 44 } });
        erased.recall = vec![];
        erased.tally.seats = 0;
        vec![("typical", typical), ("public", public), ("erased", erased)]
    }
}
