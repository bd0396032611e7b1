//! Calling a draw and making it: everything it depends on is written down and published before the randomness exists.
//! Knows nothing of where the randomness is fetched.

use mic_proof::beacon::Chain;
use mic_proof::hash::Hash;

use crate::append::DocumentKind;
use crate::batch::Batch;
use crate::charter::{Assembly, Jury, JuryTerms, Outcome, Rule, SEATS_MAX, Voters};
use crate::event::{BeaconKind, DrawCalled, DrawMade, Event, Lead};
use crate::exclusions::{self, Terms};
use crate::ids::{LogTime, ProposalNumber, Seq, Span};
use crate::order;
use crate::refusal::Refusal;
use crate::stages::{end, rule_of};
use crate::state::State;
use crate::state::jury::JuryState;
use crate::state::proposal::Proposal;

/// From the fixed instant of the charter's clock to the first round that may be used: time for the call to be published.
pub const DRAW_LEAD: Span = Span(60_000);
/// Stands where this node does not know the group's chain: a round that no chain reaches, so the draw waits, visibly.
const UNKNOWN_ROUND: u64 = (1 << 53) - 1;
/// How often a draw may be called again after its call was not published in time.
pub const DRAW_ATTEMPTS_MAX: u32 = 3;

/// What a draw needs of the rule of its stage: a jury's, or that of an assembly that votes.
#[derive(Clone, Copy)]
pub(crate) enum Lottery<'r> {
    Jury(&'r Jury),
    /// With how long it votes.
    Assembly(&'r Assembly, Span),
}

impl<'r> Lottery<'r> {
    pub(crate) fn of(rule: &'r Rule) -> Option<Self> {
        match rule {
            Rule::Jury(jury) => Some(Self::Jury(jury)),
            Rule::Vote(vote) => match &vote.who {
                Voters::Drawn(assembly) => Some(Self::Assembly(assembly, vote.duration)),
                Voters::All(_) => None,
            },
            Rule::Cosign(_)
            | Rule::Recourse(_)
            | Rule::Wait(_)
            | Rule::Consensus(_)
            | Rule::Objection(_)
            | Rule::Pledge(_) => None,
        }
    }

    /// Whether earlier jurors of the proposal are passed over. Where everybody judges, everybody does.
    pub(crate) fn is_fresh(self, roll: u32) -> bool {
        match self {
            Self::Jury(jury) => jury.fresh && jury.terms(roll) != JuryTerms::Everyone,
            Self::Assembly(assembly, _) => assembly.fresh,
        }
    }

    /// How long a juror may be silent, and how long the jury sits. Seats of an assembly do not pass on.
    fn times(self) -> (Span, Span) {
        match self {
            Self::Jury(jury) => (jury.answer, jury.window),
            Self::Assembly(_, lasts) => (Span(0), lasts),
        }
    }

    fn numbers(self, roll: u32, eligible: u32) -> Numbers {
        let terms = match self {
            Self::Jury(jury) => jury.terms(roll),
            Self::Assembly(assembly, _) => {
                let seats = assembly.seats(roll);
                return Numbers { seats, agree: 0, quorum: 0, then: 0, lead: None };
            }
        };
        match terms {
            JuryTerms::Fixed { seats, agree, quorum, then } => {
                Numbers { seats, agree, quorum, then, lead: None }
            }
            JuryTerms::Stepwise { seats, quorum, then, lead, cap } => {
                Numbers { seats, agree: 0, quorum, then, lead: Some(Lead { lead, cap }) }
            }
            JuryTerms::Everyone => {
                let seats = eligible.min(SEATS_MAX);
                let majority = seats / 2 + 1;
                Numbers { seats, agree: majority, quorum: majority, then: 0, lead: None }
            }
        }
    }
}

/// Writes the inputs of a draw down.
pub(in crate::stages) fn call(
    batch: &mut Batch<'_>,
    number: ProposalNumber,
    rule: &Rule,
    attempt: u32,
) {
    let now = batch.now();
    let Some(open) = batch.state.proposal(number) else { return };
    let Some(lottery) = Lottery::of(rule) else { return };
    let charter = batch.state.charter_of(open).clone();
    let terms = Terms {
        new: Span::days(u64::from(charter.limits.new_days)),
        rest: Span::days(u64::from(charter.rest_days)),
        fresh: lottery.is_fresh(open.roll),
    };
    let (step, version, roll) = (open.step, open.version, open.roll);
    let list = exclusions::list(&batch.state.roll, open, terms, now);
    let excluded = u32::try_from(list.len()).unwrap_or(u32::MAX);
    let numbers = lottery.numbers(roll, roll.saturating_sub(excluded));
    let (answer, window) = lottery.times();
    let slot_at = charter.clock.slot_after(now);
    let (chain, round) = round_for(batch, slot_at);
    let text = exclusions::text(&list).into_bytes();
    let exclusions = batch.document(DocumentKind::Exclusions, Some(number), text);
    batch.follow(Event::DrawCalled(DrawCalled {
        proposal: number,
        step,
        attempt,
        version,
        roll,
        seats: numbers.seats,
        agree: numbers.agree,
        then: numbers.then,
        quorum: numbers.quorum,
        excluded,
        exclusions,
        slot_at,
        chain,
        round,
        answer,
        window,
        new: terms.new,
        rest: terms.rest,
        lead: numbers.lead,
    }));
}

/// The beacon has spoken: every draw that waited for this round is made, or is void if its call was not published in time.
pub(crate) fn beacon(batch: &mut Batch<'_>, round: u64, signature: &[u8]) -> Result<(), Refusal> {
    let waiting: Vec<ProposalNumber> = waiting(&batch.state)
        .filter(|draw| draw.round == round)
        .map(|draw| draw.proposal)
        .collect();
    if waiting.is_empty() {
        return Err(Refusal::NoDrawWaiting);
    }
    let chain = chain(batch).ok_or(Refusal::BeaconInvalid)?;
    if chain.verify(round, signature).is_err() {
        return Err(Refusal::BeaconInvalid);
    }
    for number in waiting {
        let ready = batch.state.proposal(number).and_then(|open| ready_at(batch, open));
        if ready.is_some_and(|at| at > batch.now()) {
            return Err(Refusal::RoundTooEarly);
        }
        settle(batch, number, signature);
    }
    Ok(())
}

/// A draw that waits for its round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingDraw {
    pub proposal: ProposalNumber,
    pub chain: Hash,
    pub round: u64,
    pub slot_at: LogTime,
}

/// All draws of a group that wait for their round.
pub fn waiting(state: &State) -> impl Iterator<Item = WaitingDraw> + '_ {
    called(state).map(|jury| {
        let call = &jury.call;
        WaitingDraw {
            proposal: call.proposal,
            chain: call.chain,
            round: call.round,
            slot_at: call.slot_at,
        }
    })
}

/// The position of the oldest call that still waits: checkpoints before it are of no more use to a draw.
pub(crate) fn oldest_call(state: &State) -> Option<Seq> {
    called(state).map(|jury| jury.call_seq).min()
}

/// The juries that wait for their draw, the one that is due first in front.
fn called(state: &State) -> impl Iterator<Item = &JuryState> + '_ {
    let proposals = state.draws.iter().filter_map(|(_, number)| state.proposal(*number));
    proposals.filter_map(Proposal::jury).filter(|jury| jury.sitting.is_none())
}

struct Numbers {
    seats: u32,
    agree: u32,
    quorum: u32,
    then: u32,
    lead: Option<Lead>,
}

fn round_for(batch: &Batch<'_>, slot_at: LogTime) -> (Hash, u64) {
    let founded = &batch.state.founded;
    let round = match founded.beacon {
        BeaconKind::Local => batch.state.local_rounds + 1,
        BeaconKind::Drand => {
            let earliest = slot_at.after(DRAW_LEAD);
            chain(batch)
                .and_then(|chain| chain.round_at_or_after(earliest.0))
                .unwrap_or(UNKNOWN_ROUND)
        }
    };
    (founded.chain, round)
}

/// When a waiting draw may be made: its round exists, and the lead is over.
fn ready_at(batch: &Batch<'_>, open: &Proposal) -> Option<LogTime> {
    let call = &open.jury()?.call;
    let lead = call.slot_at.after(DRAW_LEAD);
    match batch.state.founded.beacon {
        BeaconKind::Local => Some(lead),
        BeaconKind::Drand => {
            let exists = chain(batch)?.round_time(call.round)?;
            Some(lead.max(LogTime(exists)))
        }
    }
}

fn chain(batch: &Batch<'_>) -> Option<Chain> {
    let founded = &batch.state.founded;
    match founded.beacon {
        BeaconKind::Local => Some(Chain::Local { anchor: founded.chain }),
        BeaconKind::Drand => {
            batch.facts.chains.iter().find(|chain| chain.hash() == founded.chain).cloned()
        }
    }
}

fn settle(batch: &mut Batch<'_>, number: ProposalNumber, signature: &[u8]) {
    let Some(open) = batch.state.proposal(number) else { return };
    let Some(jury) = open.jury() else { return };
    let deadline = ready_at(batch, open).unwrap_or_default();
    let published = batch
        .facts
        .published
        .iter()
        .find(|checkpoint| checkpoint.size > jury.call_seq.0)
        .filter(|checkpoint| checkpoint.at < deadline)
        .map(|checkpoint| checkpoint.note.clone());
    match published {
        Some(checkpoint) => make(batch, number, signature, checkpoint),
        None => miss(batch, number),
    }
}

fn make(batch: &mut Batch<'_>, number: ProposalNumber, signature: &[u8], checkpoint: String) {
    let Some(open) = batch.state.proposal(number) else { return };
    let Some(jury) = open.jury() else { return };
    let (call, step) = (&jury.call, open.step);
    let randomness = order::randomness(batch.state.founded.beacon, signature);
    let mut seated = order::next_slots(jury, &randomness, &batch.state.roll, 0, call.seats);
    // A jury that is half empty before it starts would be no jury of the group.
    if seated.len() as u64 * 2 < u64::from(call.seats) {
        seated.clear();
    }
    let nobody = seated.is_empty();
    let until = batch.now().after(call.window);
    let made = DrawMade {
        proposal: number,
        step,
        attempt: call.attempt,
        signature: signature.to_vec(),
        checkpoint,
        seated,
        until,
    };
    batch.follow(Event::DrawMade(made));
    if nobody {
        end(batch, number, Outcome::Undecided);
    }
}

fn miss(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    let Some(jury) = open.jury() else { return };
    let (step, attempt) = (open.step, jury.call.attempt);
    let rule = rule_of(&batch.state, open).cloned();
    batch.follow(Event::DrawMissed { proposal: number, step, attempt });
    match rule {
        Some(rule) if attempt + 1 < DRAW_ATTEMPTS_MAX => call(batch, number, &rule, attempt + 1),
        Some(_) | None => end(batch, number, Outcome::Undecided),
    }
}
