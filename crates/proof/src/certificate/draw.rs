//! The draws in a certificate: called, missed, made with the randomness of their round, as far as its
//! entries show them. Knows nothing of ballots.

use super::replay::Replay;
use crate::beacon::{BEACON_DELAY_MS, Chain, verify_link};
use crate::draw::Randomness;
use crate::entry::{BeaconKind, DrawCalled, DrawMade, Entry, StageKind, Verdict};
use crate::finding::{Code, Refused, need};
use crate::hash::{Hash, sha256};
use crate::jury::{ATTEMPTS_MAX, Reason, parse_exclusions};
use crate::note::open_checkpoint;
use crate::sitting::{Sight, Sitting};

impl Replay<'_> {
    pub(super) fn call(
        &mut self,
        called: &DrawCalled,
        seq: u64,
        leaf: Hash,
    ) -> Result<(), Refused> {
        let code = Code::RuleBroken;
        let proposal = self.proposal_mut()?;
        let same = called.version == proposal.version && called.roll == proposal.roll;
        let stage = self.running()?;
        let may = stage.drawn && stage.call.is_none();
        need(may, code, "no draw can be called here")?;
        let next = called.attempt == stage.attempt;
        need(next && same, code, "another attempt, version or roll")?;
        stage.call = Some((called.clone(), seq, leaf));
        let chain = called.chain == self.founded.chain;
        need(chain, Code::DrawRoundWrong, "another chain than the group's")?;
        if self.founded.beacon == BeaconKind::Drand {
            let unknown = "a drand chain that this verifier does not know";
            let chain = self.chain.as_ref();
            let chain = chain.ok_or_else(|| Refused::new(Code::BeaconInvalid, unknown))?;
            let earliest = called.slot_at.saturating_add(BEACON_DELAY_MS);
            let right = chain.round_at_or_after(earliest) == Some(called.round);
            need(right, Code::DrawRoundWrong, "another round than the slot's")?;
        }
        Ok(())
    }

    pub(super) fn miss(&mut self, attempt: u64) -> Result<(), Refused> {
        let stage = self.running()?;
        let waits = stage.call.is_some() && stage.sitting.is_none() && attempt == stage.attempt;
        need(waits, Code::RuleBroken, "no draw is waiting")?;
        stage.call = None;
        stage.attempt += 1;
        stage.verdict = (stage.attempt == u64::from(ATTEMPTS_MAX)).then_some(Verdict::Undecided);
        Ok(())
    }

    pub(super) fn draw(&mut self, made: &DrawMade, entry: &Entry) -> Result<(), Refused> {
        let stage = self.running()?;
        let waits = stage.sitting.is_none() && made.attempt == stage.attempt;
        let call = stage.call.clone().filter(|_| waits);
        let missing = || Refused::new(Code::RuleBroken, "no draw is waiting");
        let (called, called_at, leaf) = call.ok_or_else(missing)?;
        let code = Code::DrawNotCovered;
        let checkpoint = open_checkpoint(&made.checkpoint, &self.founded.origin, self.key)
            .map_err(|error| Refused::new(code, error.to_string()))?;
        let covered = called_at < checkpoint.size && checkpoint.size <= entry.seq;
        need(covered, code, "the checkpoint does not stand between call and draw")?;
        let randomness = self.randomness(&called, &made.signature, entry.at)?;
        let excluded = self.excluded(&called)?;
        let mut sitting = Sitting::new(&called, leaf, excluded, &randomness, Sight::Certificate);
        let gone = |slot: u32| self.gone.contains(&slot);
        sitting.open(entry.at, (&made.seated, made.until), &gone)?;
        let stage = self.running()?;
        stage.sitting = Some(Box::new(sitting));
        stage.seated = Some(made.seated.len() as u64);
        if stage.kind == StageKind::Vote {
            stage.until = made.until;
        }
        stage.verdict = made.seated.is_empty().then_some(Verdict::Undecided);
        Ok(())
    }

    fn randomness(
        &self,
        called: &DrawCalled,
        signature: &[u8],
        at: u64,
    ) -> Result<Randomness, Refused> {
        let code = Code::BeaconInvalid;
        let unknown = || Refused::new(code, "a chain that this verifier does not know");
        let chain = self.chain.as_ref().ok_or_else(unknown)?;
        let local = called.slot_at.saturating_add(BEACON_DELAY_MS);
        let exists = at >= chain.round_time(called.round).unwrap_or(local);
        need(exists, code, "earlier than its randomness can exist")?;
        let checked = match (chain, Hash::from_slice(signature)) {
            (Chain::Local { .. }, Some(link)) => {
                let known = self.known.range(..called.round).next_back();
                let known = known.map_or((0, chain.hash()), |(round, link)| (*round, *link));
                verify_link(known, (called.round, link))
            }
            (Chain::Quicknet | Chain::Other(_), _)
                if self.known.get(&called.round) == Some(&sha256(signature)) =>
            {
                Ok(Randomness(sha256(signature).0))
            }
            (Chain::Local { .. } | Chain::Quicknet | Chain::Other(_), _) => {
                chain.verify(called.round, signature)
            }
        };
        checked.map_err(|error| Refused::new(code, error.to_string()))
    }

    /// The exclusion list of this step, checked as far as the certificate reaches.
    fn excluded(&mut self, called: &DrawCalled) -> Result<Vec<u32>, Refused> {
        let code = Code::DrawExclusionsWrong;
        let step = called.step.to_string();
        let text = self.parts.exclusions.get(&step);
        let text = text.filter(|text| sha256(text.as_bytes()) == called.exclusions);
        let other = || Refused::new(code, "not the list that the call names");
        let list = parse_exclusions(text.ok_or_else(other)?);
        let list = list.ok_or_else(|| Refused::new(code, "a line that says nothing"))?;
        self.used_lists.insert(step);
        let whole = list.len() as u64 == called.excluded;
        need(whole, code, "the list has another length")?;
        let within = list.last().is_none_or(|(slot, _)| *slot < called.roll);
        need(within, code, "a slot outside the roll")?;
        let reason = |slot: u32| {
            let at = list.binary_search_by_key(&slot, |(slot, _)| *slot).ok()?;
            list.get(at).map(|(_, reason)| *reason)
        };
        let proposal = self.proposal_mut()?;
        let author = matches!(reason(proposal.author), Some(Reason::Left | Reason::Author));
        need(author, code, "the author is not on it")?;
        let counted = |slot: &u32| matches!(reason(*slot), Some(Reason::Left | Reason::Cosigner));
        need(proposal.cosigners.iter().all(counted), code, "a co-signer is not on it")?;
        let mut named = list.iter().filter(|(_, reason)| *reason == Reason::Cosigner);
        let known = named.all(|(slot, _)| proposal.cosigners.contains(slot));
        need(known, code, "it names a co-signer whose co-signature is missing")?;
        Ok(list.into_iter().map(|(slot, _)| slot).collect())
    }
}
