//! Attacks on order, time, draws and ballots, each named after its number in docs/threats.md. Those on whole journals are scripts.
//! Knows nothing of networks and pages.

use mic_engine::command::{BallotForm, Command, MemberAct};
use mic_engine::event::{Event, NonceFrom};
use mic_engine::ids::{CLOCK_TIME_MAX, LogTime, ProposalNumber, Slot};
use mic_engine::node::Answer;
use mic_engine::refusal::Refusal;
use mic_engine::wire;
use mic_proof::beacon::local_randomness;
use mic_proof::draw::{Permutation, seed};
use mic_proof::hash::{Hash, leaf_hash};

use crate::scripts::{default_charter, read};
use crate::verified::{bundle, by_proof};
use crate::world::{START, Voice, World};

const FIRST: ProposalNumber = ProposalNumber(0);
const HOUR_MS: u64 = 3_600_000;

#[test]
fn case_30_two_writers_leave_no_gap_and_lose_nothing() {
    let mut one = opened(20);
    let mut two = one.beside();
    said(&mut two, "4 cosigns 0");
    // The first process does not know yet; its append must not take the same place.
    one.disk = two.disk.clone();
    said(&mut one, "6 opens message: Other | Text.");
    let seqs: Vec<u64> = entries(&one).iter().map(|entry| entry.seq.0).collect();
    assert_eq!(seqs, (0..seqs.len() as u64).collect::<Vec<u64>>());
    assert_eq!(one.view().state.open.len(), 2);
    assert_eq!(one.view().state.proposal(FIRST).expect("open").cosigners.len(), 1);
    sound(&one);
}

#[test]
fn case_31_no_moment_beyond_the_last_year_gets_in_and_none_spins() {
    for at in [CLOCK_TIME_MAX.0 + 1, (1 << 63) - 1, u64::MAX] {
        let mut world = sitting(20);
        let before = world.disk.entries.len();
        world.now = LogTime(at);
        world.tick();
        let answer = world.ask(command(&world, "6 opens message: Late | Text."));
        assert_eq!(answer, Some(Answer::Refused(Refusal::ClockBroken)), "at {at}");
        assert_eq!(world.disk.entries.len(), before, "at {at}: nothing closes early either");
        assert!(world.next_due().is_none_or(|due| due.0 > at), "at {at}: the clock rests");
        // The clock is put right: everything goes on where it stood.
        world.now = LogTime(START.0 + 12 * HOUR_MS);
        said(&mut world, "seat 0 says yes on 0");
        sound(&world);
    }
}

#[test]
fn case_31_the_last_moment_is_a_moment_like_any_other() {
    let mut world = World::founded(&default_charter(), 20);
    world.now = LogTime(CLOCK_TIME_MAX.0 - 30 * 60 * 1_000);
    said(&mut world, "3 opens message: Title | Text.");
    said(&mut world, "4 cosigns 0");
    said(&mut world, "5 cosigns 0");
    said(&mut world, "9 pauses 730d");
    let state = world.load().state;
    assert_eq!(state, *world.view().state, "every moment in it can be read back");
    sound(&world);
}

#[test]
fn case_31_a_moment_that_is_none_is_refused_by_the_reader() {
    let world = World::founded(&default_charter(), 20);
    let text = String::from_utf8(world.disk.entries[0].clone()).expect("text");
    let at = format!("\"at\":{}", START.0);
    for odd in ["-1", "9223372036854775807", "253402300800000", "1e3", "01"] {
        let forged = text.replace(&at, &format!("\"at\":{odd}"));
        assert_ne!(forged, text);
        assert!(wire::from_bytes(forged.as_bytes()).is_err(), "at {odd}");
    }
}

#[test]
fn case_31_a_clock_that_goes_back_closes_nothing_early_and_lets_nothing_in_late() {
    let mut world = sitting(20);
    let until = sitting_of(&world).until;
    world.now = LogTime(START.0 - 30 * 24 * HOUR_MS);
    world.tick();
    said(&mut world, "seat 0 says yes on 0");
    assert!(entries(&world).is_sorted_by_key(|entry| entry.at), "log time never goes back");
    world.pass(LogTime(until.0 - 1));
    assert!(!sitting_of(&world).closed, "it sits until its time is over");
    said(&mut world, "seat 1 says yes on 0");
    // Twice, since the quorum is lost: then it is over, and no clock opens it again.
    world.pass(LogTime(until.0 + 80 * HOUR_MS));
    let late = world.ask(cast(Slot(1), Hash::ZERO, true));
    assert_eq!(late, Some(Answer::Refused(Refusal::JuryClosed)));
    world.now = START;
    let late = world.ask(cast(Slot(1), Hash::ZERO, true));
    assert_eq!(late, Some(Answer::Refused(Refusal::JuryClosed)));
    sound(&world);
}

#[test]
fn case_32_a_draw_depends_on_nothing_but_what_was_published() {
    let expected = seats(&sitting(20));
    // The process dies between call and draw, once and again.
    let mut restarted = called(20);
    for _ in 0..3 {
        restarted.restart();
    }
    restarted.pass(LogTime(START.0 + 11 * HOUR_MS));
    assert_eq!(seats(&restarted), expected);
    // The round is held back for a day, and others are tried in its place.
    let mut late = called(20);
    late.beacon = false;
    late.pass(LogTime(START.0 + 30 * HOUR_MS));
    for voice in [Voice::Wrong, Voice::OtherChain] {
        let answer = late.hear(1, voice);
        assert_eq!(answer, Some(Answer::Refused(Refusal::BeaconInvalid)));
    }
    late.beacon = true;
    late.pass(LogTime(START.0 + 31 * HOUR_MS));
    assert_eq!(seats(&late), expected);
    // Somebody co-signs as the draw is due, rests, pauses: it was called with what stood then.
    let mut busy = called(20);
    let answer = busy.ask(command(&busy, "6 cosigns 0"));
    assert_eq!(answer, Some(Answer::Refused(Refusal::WrongStage)));
    said(&mut busy, "8 pauses 30d");
    said(&mut busy, "9 rests 90");
    busy.pass(LogTime(START.0 + 11 * HOUR_MS));
    assert_eq!(seats(&busy), expected);
}

#[test]
fn case_32_anybody_can_recompute_the_draw_from_the_journal_alone() {
    let world = sitting(20);
    let at = entries(&world).iter().position(|entry| matches!(entry.event, Event::DrawCalled(_)));
    let call = &world.disk.entries[at.expect("called")];
    let made = entries(&world).into_iter().find_map(|entry| match entry.event {
        Event::DrawMade(made) => Some(made),
        _ => None,
    });
    let made = made.expect("made");
    let link = Hash::from_slice(&made.signature).expect("a link");
    let seed = seed(&leaf_hash(call), &local_randomness(&link).0);
    let eligible = |slot: &u32| ![3, 4, 5].contains(slot);
    let order: Vec<Slot> = Permutation::new(&seed, 20).filter(eligible).take(5).map(Slot).collect();
    assert_eq!(made.seated, order);
}

#[test]
fn case_33_who_comes_after_the_opening_or_goes_before_the_draw_does_not_sit() {
    let expected = seats(&sitting(20));
    let mut world = opened(20);
    // Nine friends are brought in while the text waits for its co-signatures, and they count for nothing in this draw.
    for friend in 1..=9 {
        said(&mut world, &format!("{} invites {friend}", 6 + friend / 5));
        said(&mut world, &format!("2 cosigns {friend}"));
    }
    assert_eq!(world.view().state.roll.len(), 29);
    said(&mut world, "4 cosigns 0");
    said(&mut world, "5 cosigns 0");
    let gone = *expected.first().expect("somebody was drawn");
    for slot in [gone, Slot(7)] {
        world.ask(Command::Member { slot, act: MemberAct::Leave });
    }
    world.pass(LogTime(START.0 + 11 * HOUR_MS));
    let seated = seats(&world);
    assert_eq!(seated.len(), 5);
    assert!(seated.iter().all(|slot| slot.0 < 20 && *slot != gone && *slot != Slot(7)));
    sound(&world);
}

#[test]
fn case_34_whoever_declines_the_same_list_goes_on() {
    let mut world = sitting(20);
    let jury = world.view().state.proposal(FIRST).and_then(|open| open.jury().cloned());
    let jury = jury.expect("a jury");
    let randomness = jury.sitting.as_ref().expect("it sits").randomness;
    let eligible = |slot: &u32| ![3, 4, 5].contains(slot);
    let order: Vec<Slot> = Permutation::new(&seed(&jury.inputs_hash, &randomness), 20)
        .filter(eligible)
        .map(Slot)
        .collect();
    for slot in order.iter().copied() {
        let act = MemberAct::Aside { proposal: FIRST };
        let answer = world.ask(Command::Member { slot, act });
        assert!(matches!(answer, Some(Answer::Done(_))), "{slot}: {answer:?}");
    }
    let draws = entries(&world);
    let draws = draws.iter().filter(|entry| matches!(entry.event, Event::DrawCalled(_)));
    assert_eq!(draws.count(), 1, "nothing is drawn anew");
    let called: Vec<Slot> = entries(&world)
        .into_iter()
        .flat_map(|entry| match entry.event {
            Event::DrawMade(event) => event.seated,
            Event::SeatsCalled(event) => event.seated,
            _ => Vec::new(),
        })
        .collect();
    assert_eq!(called, order, "everybody was asked once, in drawn order");
    let open = world.view().state.proposal(FIRST).cloned().expect("the author may still appeal");
    assert_eq!(open.last_judged, Some(mic_engine::charter::Outcome::Undecided));
    sound(&world);
}

#[test]
fn case_35_of_two_hundred_ballots_at_once_the_last_before_the_close_counts() {
    let mut world = sitting(20);
    let draw = draw(&world);
    let jurors = seats(&world);
    let mut commands = Vec::new();
    // Four jurors change their minds again and again and end with no; the fifth closes the jury; then all change once more.
    for turn in 0..195 {
        let juror = jurors[turn % 4];
        commands.push(cast(juror, draw, turn % 8 >= 4 && turn < 191));
    }
    commands.push(cast(jurors[4], draw, true));
    commands.extend((0..4).map(|juror| cast(jurors[juror], draw, true)));
    assert_eq!(commands.len(), 200);
    let answers = world.ask_together(commands);
    let done = answers.iter().filter(|answer| matches!(answer, Answer::Done(_))).count();
    assert_eq!(done, 196);
    assert!(answers[196..].iter().all(|answer| *answer == Answer::Refused(Refusal::JuryClosed)));
    let closed = entries(&world).into_iter().find_map(|entry| match entry.event {
        Event::JuryClosed(closed) => Some(closed),
        _ => None,
    });
    let closed = closed.expect("closed");
    assert_eq!((closed.yes, closed.no, closed.rounds[0].len()), (1, 4, 5));
    sound(&world);
}

#[test]
fn case_35_a_ballot_of_another_draw_or_of_a_former_juror_never_counts() {
    let mut world = sitting(20);
    let (first, former) = (draw(&world), seats(&world)[0]);
    said(&mut world, "seat 0 says yes on 0");
    said(&mut world, "seat 0 steps aside on 0");
    let answer = world.ask(cast(former, first, true));
    assert_eq!(answer, Some(Answer::Refused(Refusal::SeatPassedOn)));
    let juror = seats(&world)[0];
    let answer = world.ask(cast(juror, Hash::ZERO, true));
    assert_eq!(answer, Some(Answer::Refused(Refusal::OtherDraw)));
    for seat in 0..5 {
        said(&mut world, &format!("seat {seat} says no on 0"));
    }
    said(&mut world, "3 appeals 0");
    world.pass(LogTime(world.now.0 + 2 * HOUR_MS));
    // The appeal has a draw of its own: the ballot of the first one is none, also by somebody who sits.
    let juror = seats(&world)[0];
    let answer = world.ask(cast(juror, first, true));
    assert_eq!(answer, Some(Answer::Refused(Refusal::OtherDraw)));
    sound(&world);
}

/// A message that waits for co-signatures, opened by slot 3 at nine.
fn opened(members: u32) -> World {
    let mut world = World::founded(&default_charter(), members);
    world.pass(LogTime(START.0 + 9 * HOUR_MS));
    said(&mut world, "3 opens message: Title | Text.");
    world
}

/// The same with its draw called.
fn called(members: u32) -> World {
    let mut world = opened(members);
    said(&mut world, "4 cosigns 0");
    said(&mut world, "5 cosigns 0");
    world
}

/// The same with its jury seated.
fn sitting(members: u32) -> World {
    let mut world = called(members);
    world.pass(LogTime(START.0 + 11 * HOUR_MS));
    world
}

fn command(world: &World, words: &str) -> Command {
    let (slot, act) = read::command(world, words).expect("somebody's act");
    Command::Member { slot, act }
}

fn said(world: &mut World, words: &str) {
    let command = command(world, words);
    let answer = world.ask(command);
    assert!(matches!(answer, Some(Answer::Done(_))), "{words}: {answer:?}");
}

fn cast(slot: Slot, draw: Hash, yes: bool) -> Command {
    let ballot = BallotForm {
        draw,
        yes,
        nonce: format!("words of {slot}"),
        nonce_from: NonceFrom::Words,
        blind: [9; 32],
        reason: String::new(),
    };
    Command::Member { slot, act: MemberAct::Cast { proposal: FIRST, ballot } }
}

fn sitting_of(world: &World) -> mic_engine::state::jury::Sitting {
    let view = world.view();
    let jury = view.state.proposal(FIRST).and_then(|open| open.jury()).expect("a jury");
    jury.sitting.clone().expect("it sits")
}

fn seats(world: &World) -> Vec<Slot> {
    sitting_of(world).seats.iter().map(|seat| seat.slot).collect()
}

fn draw(world: &World) -> Hash {
    let view = world.view();
    view.state.proposal(FIRST).and_then(|open| open.jury()).expect("a jury").inputs_hash
}

fn entries(world: &World) -> Vec<mic_engine::event::Entry> {
    let read = |bytes: &Vec<u8>| wire::from_bytes(bytes).expect("an entry");
    world.disk.entries.iter().map(read).collect()
}

/// The journal stands before the verifier, and reads back as what it is.
fn sound(world: &World) {
    assert_eq!(world.load().state, *world.view().state);
    assert_eq!(by_proof(&bundle(world)), Vec::<String>::new());
}
