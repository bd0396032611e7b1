//! What is secret until the end is opened: a vote closes, a pledge wakes (`spec/vote.md`). Knows
//! nothing of who handed in what.

use super::asking::Asked;
use super::proposal::Proposal;
use super::{Follow, Here, Replay};
use crate::count::lists::{self, Opened};
use crate::count::{self, Counted, Method, largest_set, parse_pledge};
use crate::entry::{Outcome, PledgeWoken, StageKind, VoteClosed};
use crate::finding::{Code, Refused, Report, need};
use crate::hash::Hash;
use crate::rules::StageParameters;

impl Replay<'_> {
    pub(super) fn on_vote_closed(
        &mut self,
        it: &mut Proposal,
        here: Here,
        closed: &VoteClosed,
        report: &mut Report<'_>,
    ) -> Result<(), Refused> {
        let until = it.running(Code::RuleBroken)?.until;
        let asked = it.asked(StageKind::Vote, Code::RuleBroken)?;
        need(until > 0 && here.at >= until, Code::RuleBroken, "the vote is not over")?;
        if let Some(eligible) = asked.eligible {
            let text = format_args!("{eligible} were asked");
            need(closed.eligible == eligible, Code::BallotCount, text)?;
        }
        let cast = asked.cast.len() as u64;
        need(closed.cast == cast, Code::BallotCount, format_args!("{cast} ballots were cast"))?;
        let draw = asked.draw;
        let opened = self.open_lists(&draw, closed.ballots, cast)?;
        let options = it.options();
        if let Some(StageParameters::Vote { method, quorum, .. }) = it.rules().map(|it| &it.kind) {
            let counted = recount(method, options, &draw, closed, opened.as_deref())?;
            let outcome = count::outcome(method, options, &counted, closed.eligible, *quorum);
            let text = format_args!("the rules say {}", outcome.word());
            need(outcome == closed.outcome, Code::VerdictWrong, text)?;
        }
        it.winners.clone_from(&closed.winners);
        it.asked(StageKind::Vote, Code::RuleBroken)?.outcome = Some(closed.outcome.into());
        self.must_follow(it.number, &[Follow::StageEnded]);
        let (outcome, cast, eligible) = (closed.outcome.word(), closed.cast, closed.eligible);
        let text = format!("proposal {}: {outcome}, {cast} of {eligible} voted", it.number);
        report.ok(Code::Verdict, Some(here.seq), text);
        Ok(())
    }

    pub(super) fn on_woken(
        &mut self,
        it: &mut Proposal,
        here: Here,
        woken: &PledgeWoken,
        report: &mut Report<'_>,
    ) -> Result<(), Refused> {
        let code = Code::RuleBroken;
        let Asked { draw, cast: standing, .. } = it.asked(StageKind::Pledge, code)?;
        let (draw, standing) = (*draw, standing.clone());
        let at_once = self.pledged_before == Some(it.number);
        need(at_once, code, "it wakes directly after the pledge that makes it so")?;
        let stand = standing.len() as u64;
        need(woken.standing == stand, Code::BallotCount, format_args!("{stand} pledges stand"))?;
        let opened = self.open_lists(&draw, woken.ballots, stand)?;
        let code = Code::TallyWrong;
        if let Some(opened) = opened {
            let numbers = opened.iter().map(|pledge| parse_pledge(&pledge.choice));
            let numbers: Option<Vec<u64>> = numbers.collect();
            let numbers =
                numbers.ok_or_else(|| Refused::new(code, "not the number of a pledge"))?;
            let largest = largest_set(&numbers);
            need(woken.count == largest, code, format_args!("{largest} will"))?;
        }
        need(woken.count <= woken.standing, code, "more than have pledged")?;
        if let Some(StageParameters::Pledge { at_least, .. }) = it.rules().map(|it| &it.kind) {
            let enough = woken.count >= *at_least;
            need(enough, code, format_args!("{at_least} at least were asked for"))?;
        }
        it.pledged = standing;
        it.asked(StageKind::Pledge, code)?.outcome = Some(Outcome::Pass);
        self.must_follow(it.number, &[Follow::StageEnded]);
        let text = format!("proposal {}: woken, {} of {stand} will", it.number, woken.count);
        report.ok(Code::Verdict, Some(here.seq), text);
        Ok(())
    }

    /// The opened ballots; none, and a note at the end, where index or lists are not there.
    fn open_lists(
        &mut self,
        draw: &Hash,
        index: Hash,
        cast: u64,
    ) -> Result<Option<Vec<Opened>>, Refused> {
        self.name(index);
        self.keep_for_ever([index]);
        if let Some(lists) = self.documents.text(&index).and_then(lists::read_index) {
            self.keep_for_ever(lists.iter().copied());
            for list in lists {
                self.name(list);
            }
        }
        match lists::open(draw, &index, |name| self.documents.text(name), cast) {
            Ok(opened) => opened.map(Some),
            Err(lists::Missing) => Ok(None),
        }
    }
}

/// The count of the opened ballots, if they are there, or what the entry claims it was.
fn recount(
    method: &Method,
    options: u32,
    draw: &Hash,
    closed: &VoteClosed,
    opened: Option<&[Opened]>,
) -> Result<Counted, Refused> {
    let Some(opened) = opened else {
        let (totals, winners) = (closed.totals.clone(), closed.winners.clone());
        let claimed = Counted::claimed(method, closed.cast, totals, winners);
        let possible = claimed.is_possible(method, options);
        need(possible, Code::TallyWrong, "the method cannot come to such a count")?;
        return Ok(claimed);
    };
    let choices = opened.iter().map(|ballot| ballot.choice.as_str());
    let counted = count::count(method, options, draw, choices)?;
    let same = (&counted.totals, &counted.winners) == (&closed.totals, &closed.winners);
    let text = format_args!("totals {:?}, winners {:?}", counted.totals, counted.winners);
    need(same, Code::TallyWrong, text)?;
    Ok(counted)
}
