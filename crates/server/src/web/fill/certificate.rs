//! The certificate page: how a broadcast's juries were drawn and counted, from the entries of its proposal.
//! Knows no proof: the file that carries it is made elsewhere.

use mic_engine::event::{BeaconKind, DrawCalled, Event, JuryClosed};
use mic_engine::ids::Number;
use mic_engine::node::View;
use mic_engine::state::BroadcastLine;
use mic_proof::draw::seed;
use mic_proof::hash::{Hash, hex, sha256};
use mic_proof::jury::{Reason, parse_exclusions};
use mic_store::Store;
use mic_store::contract::Fault;

use super::history::{Line, last_tally, lines};
use super::texts;
use crate::certificates::Certificate as Kept;
use crate::pages::Route;
use crate::pages::certificate::{
    Beacon, Certificate, Exclusion, Figure, FigureKind, JuryRecord, OpenedBallot, PassedOver,
};
use crate::pages::parts::{Tally, Verdict};
use crate::words::Moment;

/// The page of a broadcast's certificate. `broadcast`: the page of the text; `file`: where the file is, if this reader may have it.
pub(crate) fn certificate(
    store: &dyn Store,
    view: &View,
    line: &BroadcastLine,
    broadcast: Route,
    file: Route,
) -> Result<Certificate, Fault> {
    let group = view.state.founded.group;
    let entries = lines(store, view, line.proposal)?;
    let mut juries = Vec::new();
    for (at, called) in entries.iter().enumerate() {
        if let Event::DrawCalled(call) = &called.entry.event {
            let sitting = &entries[at..];
            if let Some(jury) = jury(store, view, called, call, sitting)? {
                juries.push(jury);
            }
        }
    }
    let title = texts::version(store, group, &line.version)?.map(|text| text.title);
    let made = Kept::of(store, group, line.number)?;
    Ok(Certificate {
        number: line.number.0,
        title: title.unwrap_or_default(),
        broadcast,
        none_can_be: made == Kept::NoneCanBe,
        file: made.file().map(|_| file),
        cosigned: cosigned(view, line),
        juries,
        numbers: numbers(&entries, line),
    })
}

fn cosigned(view: &View, line: &BroadcastLine) -> u32 {
    let closed = view.state.closed.get(&line.proposal);
    closed.map_or(0, |closed| u32::try_from(closed.cosigners.len()).unwrap_or(u32::MAX))
}

fn numbers(entries: &[Line], line: &BroadcastLine) -> Vec<Figure> {
    let mut numbers = vec![figure(FigureKind::Version, &line.version)];
    for entry in entries {
        match &entry.entry.event {
            Event::Opened(opened) => numbers.push(figure(FigureKind::Charter, &opened.charter)),
            Event::BroadcastOrdered(ordered) => {
                numbers.push(figure(FigureKind::Previous, &ordered.previous));
            }
            _ => {}
        }
    }
    numbers.push(figure(FigureKind::Entry, &line.seq));
    numbers
}

/// The jury that a call led to; `None` for a call that was missed and made anew.
fn jury(
    store: &dyn Store,
    view: &View,
    called: &Line,
    call: &DrawCalled,
    entries: &[Line],
) -> Result<Option<JuryRecord>, Fault> {
    let mut story = Story::default();
    for line in entries {
        match &line.entry.event {
            Event::DrawMade(made) if (made.step, made.attempt) == (call.step, call.attempt) => {
                story.drawn_at = Some(line.entry.at);
                story.signature.clone_from(&made.signature);
                story.checkpoint.clone_from(&made.checkpoint);
                story.filled = small(made.seated.len());
                story.seated.extend(made.seated.iter().map(|slot| slot.0));
            }
            Event::SeatsCalled(seats) if seats.step == call.step => {
                story.replaced += small(seats.seated.len());
                story.seated.extend(seats.seated.iter().map(|slot| slot.0));
            }
            Event::JuryGrown(grown) if grown.step == call.step => {
                story.grown += small(grown.seated.len());
                story.seated.extend(grown.seated.iter().map(|slot| slot.0));
            }
            Event::JuryExtended(extended) if extended.step == call.step => {
                story.replaced += small(extended.seated.len());
                story.seated.extend(extended.seated.iter().map(|slot| slot.0));
            }
            Event::JuryClosed(closed) if closed.step == call.step => {
                story.closed = Some((line.entry.at, closed.clone()));
            }
            _ => {}
        }
    }
    let (Some(drawn_at), Some((closed_at, closed))) = (story.drawn_at, story.closed.take()) else {
        return Ok(None);
    };
    let group = view.state.founded.group;
    let list = texts::document(store, group, &call.exclusions)?;
    let ballots = ballots(&closed);
    let randomness = sha256(&story.signature);
    Ok(Some(JuryRecord {
        roll: call.roll,
        passed_over: passed_over(list.as_deref()),
        eligible: call.roll.saturating_sub(call.excluded),
        seats: story.filled,
        replaced: story.replaced,
        grown: story.grown,
        turnout: small(ballots.len()),
        agree: agree(call, story.filled, story.grown),
        tally: Tally {
            verdict: super::standing::verdict(closed.verdict),
            yes: closed.yes,
            no: closed.no,
            seats: closed.seats,
        },
        called_at: Moment::from(called.entry.at),
        drawn_at: Moment::from(drawn_at),
        closed_at: Moment::from(closed_at),
        beacon: match view.state.founded.beacon {
            BeaconKind::Drand => Beacon::Drand { round: call.round },
            BeaconKind::Local => Beacon::Local { link: call.round },
        },
        attested_by_server: small(ballots.len()),
        numbers: draw_numbers(called, call, &story, &randomness),
        seated: story.seated,
        ballots,
    }))
}

#[derive(Default)]
struct Story {
    drawn_at: Option<mic_engine::ids::LogTime>,
    signature: Vec<u8>,
    checkpoint: String,
    filled: u32,
    replaced: u32,
    grown: u32,
    seated: Vec<u32>,
    closed: Option<(mic_engine::ids::LogTime, JuryClosed)>,
}

fn draw_numbers(called: &Line, call: &DrawCalled, story: &Story, randomness: &Hash) -> Vec<Figure> {
    vec![
        figure(FigureKind::Draw, &called.leaf),
        figure(FigureKind::Exclusions, &call.exclusions),
        figure(FigureKind::Chain, &call.chain),
        figure(FigureKind::Round, &call.round),
        figure(FigureKind::Signature, &hex(&story.signature)),
        figure(FigureKind::Randomness, randomness),
        figure(FigureKind::Seed, &seed(&called.leaf, randomness.as_bytes()).0),
        figure(FigureKind::Checkpoint, &story.checkpoint),
    ]
}

/// As many as had to agree: the charter's number in proportion to the seats filled, or a majority once the jury had grown.
fn agree(call: &DrawCalled, filled: u32, grown: u32) -> u32 {
    if grown > 0 {
        let seats = filled + grown;
        return seats / 2 + 1;
    }
    let agree = u64::from(call.agree) * u64::from(filled);
    u32::try_from(agree.div_ceil(u64::from(call.seats.max(1)))).unwrap_or(u32::MAX)
}

fn ballots(closed: &JuryClosed) -> Vec<OpenedBallot> {
    let open = closed.rounds.iter().flatten();
    open.map(|ballot| OpenedBallot { yes: ballot.yes, nonce: ballot.nonce.clone() }).collect()
}

fn passed_over(list: Option<&[u8]>) -> Vec<PassedOver> {
    let list = list.and_then(|bytes| std::str::from_utf8(bytes).ok()).and_then(parse_exclusions);
    let list = list.unwrap_or_default();
    let kinds = [
        (Reason::Left, Exclusion::Left),
        (Reason::Author, Exclusion::Author),
        (Reason::Cosigner, Exclusion::Cosigner),
        (Reason::TooNew, Exclusion::TooNew),
        (Reason::Paused, Exclusion::Paused),
        (Reason::Served, Exclusion::Served),
    ];
    kinds
        .into_iter()
        .map(|(reason, shown)| {
            let count = list.iter().filter(|(_, found)| *found == reason).count();
            PassedOver { reason: shown, count: small(count) }
        })
        .filter(|line| line.count > 0)
        .collect()
}

/// The tally of a broadcast's last jury, for its page. One without a jury (a charter may say so) shows nothing cast.
pub(crate) fn tally(store: &dyn Store, view: &View, line: &BroadcastLine) -> Result<Tally, Fault> {
    let entries = lines(store, view, line.proposal)?;
    let none = Tally { verdict: Verdict::Approved, yes: 0, no: 0, seats: 0 };
    Ok(last_tally(&entries).unwrap_or(none))
}

/// The broadcasts beside one: before and after.
pub(crate) fn neighbours(number: Number) -> (Option<Number>, Number) {
    let before = number.0.checked_sub(1).filter(|before| *before > 0).map(Number);
    (before, Number(number.0.saturating_add(1)))
}

fn figure(what: FigureKind, value: &dyn std::fmt::Display) -> Figure {
    Figure { what, value: value.to_string() }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
