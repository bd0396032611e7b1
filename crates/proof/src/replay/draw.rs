//! Draws: called as the charter says, covered by a checkpoint, made with randomness that did not
//! exist before. Knows nothing of what the jury then does.

use super::proposal::{Call, Proposal};
use super::roll::{Circumstances, DAY_MS};
use super::{Follow, Here, Replay};
use crate::beacon::{BEACON_DELAY_MS, Chain, LOCAL_LINKS_MAX, verify_link};
use crate::draw::Randomness;
use crate::entry::{DrawCalled, DrawMade, Verdict};
use crate::finding::{Code, Refused, Report, need};
use crate::hash::{Hash, sha256};
use crate::jury::{ATTEMPTS_MAX, Reason, Terms, exclusions_text};
use crate::note::open_checkpoint;
use crate::rules::{JuryTerms, Seats, StageParameters, Voters, by_size};
use crate::sitting::{Sight, Sitting};

const MINUTE_MS: u64 = 60_000;

/// The first instant of the charter's clock strictly after `at`, in milliseconds: minutes since
/// 1970, divided by `every`, leave `offset`.
pub fn next_slot_at(at: u64, every_minutes: u64, offset_minutes: u64) -> u64 {
    let every = every_minutes.max(1).saturating_mul(MINUTE_MS);
    let offset = offset_minutes.saturating_mul(MINUTE_MS) % every;
    let into = (at % every + every - offset) % every;
    at.saturating_add(every - into)
}

impl Replay<'_> {
    pub(super) fn on_draw_called(
        &mut self,
        it: &mut Proposal,
        here: Here,
        called: &DrawCalled,
    ) -> Result<(), Refused> {
        self.name(called.exclusions);
        let stage = it.running(Code::RuleBroken)?;
        let next = called.attempt == stage.attempt;
        need(next, Code::RuleBroken, format_args!("attempt {} is the next one", stage.attempt))?;
        let excluded = self.check_exclusions(it, here, called)?;
        Self::check_parameters(it, called, excluded.len())?;
        self.calls += 1;
        it.called = true;
        self.check_round(it, here, called)?;
        it.running(Code::RuleBroken)?.call =
            Some(Call { called: called.clone(), seq: here.seq, leaf: here.leaf, excluded });
        Ok(())
    }

    /// The excluded slots, if the call names exactly these.
    fn check_exclusions(
        &self,
        it: &Proposal,
        here: Here,
        called: &DrawCalled,
    ) -> Result<Vec<u32>, Refused> {
        let days_ms = |days: u64| days.saturating_mul(DAY_MS);
        let (new_ms, rest_ms) = match &it.charter.rules {
            Some(rules) => (days_ms(rules.new_days), days_ms(rules.rest_days)),
            None => (called.new_ms, called.rest_ms),
        };
        // Without the charter nobody knows whether the jury is to be a fresh one: either will do.
        let fresh: &[bool] = match it.rules().map(|rules| &rules.kind) {
            Some(StageParameters::Jury { fresh: true, sizes, .. })
                if by_size(sizes, it.roll) != Some(&Seats::Everyone) =>
            {
                &[true]
            }
            Some(StageParameters::Vote { who: Voters::Drawn(assembly), .. }) if assembly.fresh => {
                &[true]
            }
            Some(_) => &[false],
            None => &[false, true],
        };
        let mut shown = String::new();
        for fresh in fresh {
            let list = self.roll.exclusions(&Circumstances {
                roll: it.roll,
                at: here.at,
                new_ms,
                rest_ms,
                author: it.author,
                cosigners: &it.cosigners,
                subject: it.would_remove(),
                earlier: fresh.then_some(&it.jurors),
            });
            let text = exclusions_text(&list);
            let same = called.excluded == list.len() as u64;
            if same && called.exclusions == sha256(text.as_bytes()) {
                return Ok(list.into_iter().map(|(slot, _): (u32, Reason)| slot).collect());
            }
            shown = text.replace('\n', ", ").chars().take(200).collect();
        }
        let text = format!("the rules exclude others: {shown}");
        Err(Refused::new(Code::DrawExclusionsWrong, text))
    }

    fn check_parameters(
        it: &Proposal,
        called: &DrawCalled,
        excluded: usize,
    ) -> Result<(), Refused> {
        let code = Code::CharterMismatch;
        need(called.version == it.version, code, "not the current version")?;
        need(called.roll == it.roll, code, "not the roll of the proposal")?;
        let (Some(rules), Some(stage)) = (&it.charter.rules, it.rules()) else { return Ok(()) };
        let eligible = it.roll.saturating_sub(u32::try_from(excluded).unwrap_or(u32::MAX));
        let missing = || Refused::new(code, "no rule for this size");
        let (expected, answer_ms, window_ms) = match &stage.kind {
            StageParameters::Jury { sizes, answer_ms, window_ms, .. } => {
                let seats = by_size(sizes, it.roll).ok_or_else(missing)?;
                (seats.terms(it.roll, eligible), *answer_ms, *window_ms)
            }
            StageParameters::Vote { who: Voters::Drawn(assembly), lasts_ms, .. } => {
                let seats = by_size(&assembly.sizes, it.roll).ok_or_else(missing)?.count(it.roll);
                let terms = Terms { seats, agree: 0, then: 0, quorum: 0 };
                (JuryTerms { terms, steps: None }, 0, *lasts_ms)
            }
            _ => return Ok(()),
        };
        let new_ms = rules.new_days.saturating_mul(DAY_MS);
        let rest_ms = rules.rest_days.saturating_mul(DAY_MS);
        let times = (called.answer_ms, called.window_ms, called.new_ms, called.rest_ms);
        let same = times == (answer_ms, window_ms, new_ms, rest_ms);
        need(same, code, "other times than the charter's")?;
        let said = JuryTerms { terms: called.terms, steps: called.steps };
        let text = format!("the charter says {expected:?}, the entry {said:?}");
        need(said == expected, code, &text)
    }

    fn check_round(&self, it: &Proposal, here: Here, called: &DrawCalled) -> Result<(), Refused> {
        let code = Code::DrawRoundWrong;
        let group = self.group()?;
        need(called.chain == group.founded.chain, code, "another chain than the group's")?;
        if let Some(rules) = &it.charter.rules {
            let slot_at = next_slot_at(here.at, rules.every_minutes, rules.offset_minutes);
            let text = format!("the next slot is at {slot_at}");
            need(called.slot_at == slot_at, code, &text)?;
        }
        let earliest = called.slot_at.saturating_add(BEACON_DELAY_MS);
        let round = group.chain.round_at_or_after(earliest).unwrap_or(self.calls);
        need(called.round == round, code, format_args!("the draw belongs to round {round}"))?;
        let local = matches!(group.chain, Chain::Local { .. });
        need(!local || round <= LOCAL_LINKS_MAX, code, "the local chain is used up")
    }

    pub(super) fn on_draw_missed(
        &mut self,
        it: &mut Proposal,
        here: Here,
        attempt: u64,
    ) -> Result<(), Refused> {
        let code = Code::RuleBroken;
        let number = it.number;
        let call = waiting(it)?;
        let over = attempt == call.called.attempt && here.at >= self.beacon_time(&call.called)?;
        need(over, code, "the draw is not missed yet")?;
        let stage = it.running(code)?;
        stage.call = None;
        stage.attempt += 1;
        if stage.attempt == u64::from(ATTEMPTS_MAX) {
            stage.verdict = Some(Verdict::Undecided);
            self.must_follow(number, &[Follow::StageEnded]);
        } else {
            self.must_follow(number, &[Follow::DrawCalled]);
        }
        Ok(())
    }

    pub(super) fn on_draw_made(
        &mut self,
        it: &mut Proposal,
        here: Here,
        made: &DrawMade,
        report: &mut Report<'_>,
    ) -> Result<(), Refused> {
        let call = waiting(it)?;
        let same = made.attempt == call.called.attempt;
        need(same, Code::RuleBroken, "another attempt")?;
        self.check_cover(here, call, &made.checkpoint)?;
        let exists = here.at >= self.beacon_time(&call.called)?;
        need(exists, Code::BeaconInvalid, "earlier than its randomness can exist")?;
        let randomness = self.randomness(call.called.round, &made.signature)?;
        let excluded = call.excluded.clone();
        let mut sitting =
            Sitting::new(&call.called, call.leaf, excluded, &randomness, Sight::Journal);
        let gone = |slot: u32| self.roll.is_gone(slot);
        sitting.open(here.at, (&made.seated, made.until), &gone)?;
        let stage = it.running(Code::RuleBroken)?;
        stage.sitting = Some(Box::new(sitting));
        if let Some(asked) = &mut stage.asked {
            // A drawn assembly votes until its window is over.
            stage.until = made.until;
            asked.eligible = Some(made.seated.len() as u64);
        }
        if made.seated.is_empty() {
            stage.verdict = Some(Verdict::Undecided);
            self.must_follow(it.number, &[Follow::StageEnded]);
        }
        self.serve(it, here, &made.seated);
        let text = format!("proposal {}: {} of {} seated", it.number, made.seated.len(), it.roll);
        report.ok(Code::Draw, Some(here.seq), text);
        Ok(())
    }

    /// A checkpoint that was published between the call and the draw holds the operator to the call.
    fn check_cover(&mut self, here: Here, call: &Call, note: &str) -> Result<(), Refused> {
        let code = Code::DrawNotCovered;
        let known = self.known_note.as_ref().filter(|(text, _)| text == note);
        let size = if let Some((_, size)) = known {
            *size
        } else {
            let group = self.group()?;
            let checkpoint = open_checkpoint(note, &group.founded.origin, &group.key)
                .map_err(|error| Refused::new(code, error.to_string()))?;
            let root = self.tree.root(checkpoint.size);
            let same = checkpoint.size <= here.seq && root == Some(checkpoint.root);
            need(same, code, "the checkpoint is of another journal")?;
            self.known_note = Some((note.to_owned(), checkpoint.size));
            checkpoint.size
        };
        let covered = call.seq < size && size <= here.seq;
        need(covered, code, format_args!("size {size} does not stand between call and draw"))
    }

    /// From when on the randomness of a call can exist.
    fn beacon_time(&self, called: &DrawCalled) -> Result<u64, Refused> {
        let local = called.slot_at.saturating_add(BEACON_DELAY_MS);
        Ok(self.group()?.chain.round_time(called.round).unwrap_or(local))
    }

    fn randomness(&mut self, round: u64, signature: &[u8]) -> Result<Randomness, Refused> {
        let chain = &self.group()?.chain;
        let checked = match (chain, Hash::from_slice(signature)) {
            // Each link is hashed back to the nearest one that was checked before.
            (Chain::Local { .. }, Some(link)) => {
                let known = self.links.range(..round).next_back();
                let known = known.map_or((0, chain.hash()), |(round, link)| (*round, *link));
                let checked = verify_link(known, (round, link));
                if checked.is_ok() {
                    self.links.insert(round, link);
                }
                checked
            }
            (Chain::Local { .. } | Chain::Quicknet | Chain::Other(_), _) => {
                let checked = chain.verify(round, signature);
                if checked.is_ok() {
                    self.links.insert(round, sha256(signature));
                }
                checked
            }
        };
        checked.map_err(|error| Refused::new(Code::BeaconInvalid, error.to_string()))
    }

    /// These were seated now: they rest later, and a fresh jury passes over them.
    pub(super) fn serve(&mut self, it: &mut Proposal, here: Here, seated: &[u32]) {
        for slot in seated {
            it.jurors.insert(*slot);
            self.roll.serve(*slot, here.at);
        }
    }
}

/// The call that waits for its draw.
fn waiting(it: &Proposal) -> Result<&Call, Refused> {
    let stage = it.stage.as_ref().filter(|stage| stage.sitting.is_none());
    let call = stage.and_then(|stage| stage.call.as_ref());
    call.ok_or_else(|| Refused::new(Code::RuleBroken, "no draw is waiting"))
}
