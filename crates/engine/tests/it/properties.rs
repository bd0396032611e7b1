//! Whatever members do in whatever order: nothing panics, what lives equals what is read back, the verifier agrees, and nobody sits
//! who has gone. Knows nothing of single rules: scripts show those.

use mic_engine::charter::{Audience, ProposalKind, Rule};
use mic_engine::command::{BallotForm, Command, Content, MemberAct, SecretForm, VersionText};
use mic_engine::event::{NonceFrom, Position, RecourseChoice};
use mic_engine::ids::{CandidateId, LogTime, Number, ProposalNumber, Slot, Step};
use mic_engine::parcel::Notice;
use mic_engine::state::State;
use mic_engine::state::proposal::{Proposal, Stand};
use mic_proof::hash::Hash;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::scripts::named_charter;
use crate::verified::{bundle, by_proof};
use crate::world::World;

const CHARTERS: [&str; 6] =
    ["default", "small_group", "two_juries", "again", "three", "everything"];
/// Groups are smaller than this.
const MEMBERS_MAX: u32 = 40;
/// Waiting times between two acts, in minutes.
const PAUSES: [u64; 8] = [0, 0, 1, 5, 20, 70, 300, 1_500];

/// One act, as numbers that mean something only when its turn comes.
#[derive(Clone, Debug)]
struct Move {
    pause: usize,
    slot: u32,
    kind: u8,
    pick: u8,
    yes: bool,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = (0..PAUSES.len(), 0..MEMBERS_MAX, 0..60_u8, any::<u8>(), any::<bool>());
    let one = one.prop_map(|(pause, slot, kind, pick, yes)| Move { pause, slot, kind, pick, yes });
    prop::collection::vec(one, 1..140)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_members_do(charter in 0..CHARTERS.len(), members in 3..MEMBERS_MAX, moves in moves()) {
        let mut world = play(charter, members, moves);
        world.publishing = true;
        world.pass(LogTime(world.now.0 + 400 * 86_400_000));
        prop_assert!(world.view().state.open.is_empty(), "everything ends: {:?}", world.view().state.open);
        prop_assert!(world.view().vault.is_empty(), "no ballot is kept");
        prop_assert_eq!(world.view().carried, mic_engine::batch::Carried::default());
        prop_assert_eq!(&world.load().state, &*world.view().state);
        prop_assert_eq!(by_proof(&bundle(&world)), Vec::<String>::new());
    }

    #[test]
    fn the_name_of_a_notice_reads_back(kind in 0..13_u8, a in any::<u32>(), b in any::<u32>(), c in any::<u32>(), d in any::<u64>()) {
        let (proposal, step) = (ProposalNumber(a), Step(b));
        let notice = match kind {
            0 => Notice::Broadcast { number: Number(a) },
            1 => Notice::Summons { proposal, step },
            2 => Notice::JuryReminder { proposal, step, nth: c },
            3 => Notice::CosignReminder { proposal, step, nth: c },
            4 => Notice::VersionChanged { proposal, position: d },
            5 => Notice::Verdict { proposal, step },
            6 => Notice::Closed { proposal },
            7 => Notice::Welcome { slot: Slot(a) },
            8 => Notice::Asked { proposal, step },
            9 => Notice::AskedAgain { proposal, step, nth: c },
            10 => Notice::Removal { proposal },
            11 => Notice::Amended { proposal },
            _ => Notice::Action { number: Number(a) },
        };
        prop_assert_eq!(Notice::from_text(&notice.to_text()), Some(notice));
    }

    #[test]
    fn a_text_that_names_no_notice_is_none(text in "[a-z]{0,12}(/[0-9+-]{0,12}){0,4}") {
        if let Some(notice) = Notice::from_text(&text) {
            prop_assert_eq!(notice.to_text(), text);
        }
    }
}

/// A group in which these moves were made.
fn play(charter: usize, members: u32, moves: Vec<Move>) -> World {
    // Under one of them juries of three must be of one mind, or they grow.
    let rules = named_charter(CHARTERS[charter]);
    let rules = rules
        .replace("seats = 3, agree = 2, quorum = 2", "seats = 3, agree = 3, quorum = 2, then = 4");
    let mut world = World::founded(&rules, members);
    for step in moves {
        world.pass(LogTime(world.now.0 + PAUSES[step.pause] * 60_000));
        world.publishing = if world.publishing { step.kind != 39 } else { step.kind < 9 };
        let command = command(&world, &step);
        world.ask(command);
        nobody_sits_who_has_gone(&world);
    }
    world
}

/// Random histories would show little if they never got far.
#[test]
fn some_of_the_random_histories_go_all_the_way() {
    let mut runner = TestRunner::deterministic();
    // The last charters have the kinds of stages that few of the others have.
    let strategy = (2..CHARTERS.len() + 4, 3..MEMBERS_MAX, moves());
    let mut journals = String::new();
    for _ in 0..200 {
        let tree = strategy.new_tree(&mut runner).expect("a history");
        let (charter, members, moves) = tree.current();
        let world = play(charter.min(CHARTERS.len() - 1), members, moves);
        let entries = world.disk.entries.into_iter();
        journals.extend(entries.map(|bytes| String::from_utf8(bytes).expect("text")));
    }
    let kinds = [
        "draw.made",
        "draw.missed",
        "seats.called",
        "juror.aside",
        "jury.grown",
        "jury.extended",
        "jury.closed",
        "broadcast.ordered",
        "recourse.taken",
        "member.left",
        "member.admitted",
        "version.posted",
        "vote.cast",
        "vote.closed",
        "position.taken",
        "objection.raised",
        "pledge.made",
        "pledge.woken",
        "decision.recorded",
    ];
    let happens = |kind: &&str| journals.contains(&format!("\"type\":\"{kind}\""));
    let never: Vec<&str> = kinds.into_iter().filter(|kind| !happens(kind)).collect();
    assert_eq!(never, Vec::<&str>::new(), "these never happen");
}

fn nobody_sits_who_has_gone(world: &World) {
    let state = world.view().state;
    for open in state.open.values() {
        let sitting = open.jury().and_then(|jury| jury.sitting.as_ref());
        for seat in sitting.into_iter().flat_map(|sitting| sitting.seats.iter()) {
            assert!(state.roll.holds(seat.slot), "slot {} is gone", seat.slot);
            assert_ne!(seat.slot, open.author);
            assert!(open.on_roll(seat.slot));
            assert!(state.seats_of(seat.slot).any(|number| number == open.number));
        }
    }
}

fn command(world: &World, step: &Move) -> Command {
    let view = world.view();
    let proposal = subject(&view.state, step);
    let open = view.state.proposal(proposal);
    let jury = open.and_then(|open| open.jury());
    let seats: Vec<Slot> = jury
        .and_then(|jury| jury.sitting.as_ref())
        .map(|sitting| {
            let silent: Vec<Slot> = sitting.silent().map(|seat| seat.slot).collect();
            // Some change their minds.
            if step.pick < 40 {
                sitting.seats.iter().map(|seat| seat.slot).collect()
            } else {
                silent
            }
        })
        .unwrap_or_default();
    let somebody = Slot(step.slot);
    let author = open.map_or(somebody, |open| open.author);
    let juror = seats.get(usize::from(step.pick) % seats.len().max(1)).copied().unwrap_or(somebody);
    let (slot, act) = match step.kind {
        0..=3 | 58..=59 => (somebody, open_something(world, step)),
        4..=12 => {
            let version = open.map_or(Hash::ZERO, |open| open.version);
            let author = open.map(|open| open.author);
            let other = Slot((step.slot + 1) % view.state.roll.len());
            let cosigner = if author == Some(somebody) { other } else { somebody };
            (cosigner, MemberAct::Cosign { proposal, version })
        }
        13..=24 => {
            let draw = jury.map_or(Hash::ZERO, |jury| jury.inputs_hash);
            let nonce = format!("words {}", step.pick % 32);
            let nonce_from = NonceFrom::Words;
            let ballot = BallotForm {
                draw,
                yes: step.yes,
                nonce,
                nonce_from,
                blind: [8; 32],
                reason: String::new(),
            };
            (juror, MemberAct::Cast { proposal, ballot })
        }
        25..=26 => (juror, MemberAct::Aside { proposal }),
        27 => (author, MemberAct::PostVersion { proposal, text: text(step, Content::Message) }),
        28 => (author, revise(proposal, step)),
        29..=30 => (author, recourse(proposal, RecourseChoice::Appeal)),
        31 => (author, recourse(proposal, RecourseChoice::Accept)),
        32 => (somebody, MemberAct::WithdrawCosign { proposal }),
        33 if step.yes => (author, MemberAct::Withdraw { proposal }),
        34 => (somebody, MemberAct::Pause { until: LogTime(world.now.0 + 86_400_000) }),
        35 => (somebody, MemberAct::Resume),
        36 => (somebody, MemberAct::Rest { days: u32::from(step.pick) }),
        37 if step.yes => (juror, MemberAct::Leave),
        38 if step.yes => (somebody, MemberAct::Erase),
        40..=57 => (somebody, asked(world, step, proposal, open)),
        _ => (somebody, MemberAct::Rest { days: 0 }),
    };
    Command::Member { slot, act }
}

/// What everybody is asked to do where the proposal stands.
fn asked(
    world: &World,
    step: &Move,
    proposal: ProposalNumber,
    open: Option<&Proposal>,
) -> MemberAct {
    let version = open.map_or(Hash::ZERO, |open| open.version);
    let reason = || format!("Because of {}", step.pick % 3);
    let secret = |stage, choice: String| SecretForm {
        stage,
        choice,
        nonce: format!("words {} {}", step.slot, step.pick % 2),
        nonce_from: NonceFrom::Words,
        blind: [8; 32],
    };
    match open.map(|open| &open.stand) {
        Some(Stand::Vote(vote)) => {
            let choices = ["yes", "no", "abstain", "0", "1>0", "5,0,1", "0,1", "0>1", "2"];
            // Mostly one that can be counted.
            let choice = match open.and_then(Proposal::subject_number) {
                Some(2) => choices[2 + usize::from(step.pick) % 7],
                _ if step.yes => "yes",
                _ => choices[usize::from(step.pick) % 3],
            };
            MemberAct::Vote { proposal, ballot: secret(vote.draw, choice.to_owned()) }
        }
        Some(Stand::Consensus(_)) => {
            let (position, reason) = match step.pick % 8 {
                0 => (Position::Block, reason()),
                1 => (Position::Aside, String::new()),
                2 => (Position::None, String::new()),
                _ => (Position::Agree, String::new()),
            };
            MemberAct::TakePosition { proposal, version, position, reason }
        }
        Some(Stand::Objection(_)) if step.pick < 230 => {
            MemberAct::Object { proposal, reason: reason() }
        }
        Some(Stand::Objection(_)) => MemberAct::WithdrawObjection { proposal },
        Some(Stand::Pledge(_)) if step.pick < 30 => MemberAct::WithdrawPledge { proposal },
        Some(Stand::Pledge(pledge)) => {
            let number = (1 + step.pick % 6).to_string();
            MemberAct::Pledge { proposal, ballot: secret(pledge.draw, number) }
        }
        _ if step.yes => {
            let number = u32::try_from(world.view().state.actions.len()).expect("few");
            MemberAct::ReportDeed { action: Number(number), done: step.pick.is_multiple_of(2) }
        }
        _ => MemberAct::MakeStatement { proposal, body: reason() },
    }
}

/// Mostly an open proposal in a stage that the act is for; sometimes any, sometimes one that is over or was never there.
fn subject(state: &State, step: &Move) -> ProposalNumber {
    let pick = usize::from(step.pick);
    let fits = |open: &Proposal| match step.kind {
        4..=12 | 27 | 32 => matches!(open.stand, Stand::Cosign),
        13..=26 | 37 => open.jury().is_some_and(|jury| jury.sitting.is_some()),
        28..=31 => matches!(open.stand, Stand::Recourse { .. }),
        40..=57 => matches!(
            open.stand,
            Stand::Vote(_) | Stand::Consensus(_) | Stand::Objection(_) | Stand::Pledge(_)
        ),
        _ => true,
    };
    let all = || state.open.values().map(AsRef::as_ref);
    let fitting: Vec<ProposalNumber> =
        all().filter(|open| fits(open)).map(|open| open.number).collect();
    let any: Vec<ProposalNumber> = all().map(|open| open.number).collect();
    let from = if step.pick < 240 && !fitting.is_empty() { fitting } else { any };
    match from.get(pick % from.len().max(1)) {
        Some(number) if step.pick < 250 => *number,
        Some(_) | None => ProposalNumber(u32::try_from(pick % 7).expect("small")),
    }
}

fn open_something(world: &World, step: &Move) -> MemberAct {
    let charter = &world.view().state.charter;
    let at = usize::from(step.pick) % charter.processes.len();
    let (process, rules) = charter.processes.iter().nth(at).expect("a process");
    let slot = Slot(u32::from(step.pick) % world.view().state.roll.len());
    let content = match rules.kind {
        ProposalKind::Message => Content::Message,
        ProposalKind::Admission => Content::Admission { candidate: CandidateId([step.pick; 16]) },
        ProposalKind::Removal => Content::Removal { member: slot },
        ProposalKind::Recall => {
            Content::Recall { number: Number(1 + u32::from(step.pick % 3)), erase: step.yes }
        }
        ProposalKind::Amendment => Content::Amendment { charter: amendment(step) },
        ProposalKind::Decision if rules.stages.values().any(asks_for_options) => {
            Content::Decision { options: vec!["Bread".to_owned(), "Roses".to_owned()] }
        }
        ProposalKind::Decision => Content::Decision { options: Vec::new() },
        ProposalKind::Action => Content::Action {
            starts: LogTime(world.now.0 + 1),
            ends: LogTime(world.now.0 + 2),
            place: "At the gate".to_owned(),
            wanted: 3,
        },
    };
    MemberAct::Open { process: process.clone(), text: text(step, content) }
}

fn asks_for_options(stage: &mic_engine::charter::Stage) -> bool {
    matches!(&stage.rule, Rule::Vote(vote) if vote.method.has_options())
}

/// The group changes to the rules of everything, with another first line each time.
fn amendment(step: &Move) -> String {
    format!("# {}\n{}", step.pick, named_charter("everything"))
}

fn text(step: &Move, content: Content) -> VersionText {
    VersionText {
        title: format!("Title {}", step.pick % 5),
        body: format!("Text {}", step.slot),
        warning: String::new(),
        audience: Audience::Members,
        content,
    }
}

fn recourse(proposal: ProposalNumber, choice: RecourseChoice) -> MemberAct {
    MemberAct::Recourse { proposal, choice, text: None }
}

fn revise(proposal: ProposalNumber, step: &Move) -> MemberAct {
    let choice = RecourseChoice::Revise;
    MemberAct::Recourse { proposal, choice, text: Some(text(step, Content::Message)) }
}
