//! People: they write, sign, answer, dither, press twice, go away, and come at the very last moment. They know what a page shows them
//! and nothing else.

use mic_engine::charter::{Audience, Id, Process, ProposalKind, Rule};
use mic_engine::command::{BallotForm, Content, MemberAct, SecretForm, VersionText};
use mic_engine::event::{NonceFrom, Position, RecourseChoice};
use mic_engine::ids::{CandidateId, LogTime, Number, ProposalNumber, Slot};
use mic_engine::node::View;
use mic_engine::stages;
use mic_engine::state::proposal::{Proposal, Stand};
use mic_proof::count::Method;
use mic_proof::hash::Hash;

use crate::chance::Chance;
use crate::run::CHARTERS;

/// Somebody.
#[derive(Clone, Debug)]
pub struct Person {
    pub slot: Slot,
    /// The mean pause between two visits, in milliseconds.
    pub pause_ms: u64,
    /// How often, in thousandths, a person who is asked answers at a visit.
    pub diligence: u32,
    /// How often, in thousandths, they say yes.
    pub support: u32,
    /// How often, in thousandths, they write something new at a visit.
    pub writes: u32,
    /// How often, in thousandths, they press twice.
    pub presses_twice: u32,
    /// How often, in thousandths, they do something that ends or interrupts their membership.
    pub restless: u32,
    /// They wait for a deadline and act in its last moments.
    pub late: bool,
    pub gone: bool,
}

impl Person {
    /// One of a small and lively group.
    pub fn lively(slot: Slot, chance: &mut Chance) -> Self {
        Self {
            slot,
            pause_ms: chance.between(2, 40) * 3_600_000,
            diligence: u32::try_from(chance.between(200, 1_000)).unwrap_or(500),
            support: u32::try_from(chance.between(100, 950)).unwrap_or(500),
            writes: u32::try_from(chance.between(20, 250)).unwrap_or(100),
            presses_twice: u32::try_from(chance.between(0, 300)).unwrap_or(0),
            restless: u32::try_from(chance.between(0, 30)).unwrap_or(0),
            late: chance.permille(200),
            gone: false,
        }
    }

    /// One of thousands, most of whom only read.
    pub fn quiet(slot: Slot) -> Self {
        Self {
            slot,
            pause_ms: 7 * 86_400_000,
            diligence: 800,
            support: 600,
            writes: 2,
            presses_twice: 20,
            restless: 0,
            late: false,
            gone: false,
        }
    }

    /// What they do at a visit, if anything. `view` is what the process shows them, which may be behind.
    pub fn choose(&self, view: &View, now: LogTime, chance: &mut Chance) -> Option<MemberAct> {
        if chance.permille(self.restless) {
            return Some(restless(now, chance));
        }
        if let Some(act) = self.duty(view, chance) {
            return Some(act);
        }
        if chance.permille(self.writes) {
            return open(view, now, chance);
        }
        self.about_a_proposal(view, chance)
    }

    /// The moment they wait for, if they are late ones and a deadline of theirs lies ahead.
    pub fn deadline(&self, view: &View) -> Option<LogTime> {
        let duty = view.state.duties(self.slot).next()?;
        let sitting = duty.jury()?.sitting.as_ref()?;
        self.late.then_some(sitting.until)
    }

    fn duty(&self, view: &View, chance: &mut Chance) -> Option<MemberAct> {
        let seats: Vec<ProposalNumber> = view.state.seats_of(self.slot).collect();
        let number = *chance.pick(&seats)?;
        let open = view.state.proposal(number)?;
        let jury = open.jury()?;
        let sitting = jury.sitting.as_ref()?;
        let answered = sitting.answered.contains(&self.slot);
        // Some change their minds.
        if !chance.permille(if answered { 50 } else { self.diligence }) {
            return None;
        }
        if chance.permille(60) {
            return Some(MemberAct::Aside { proposal: number });
        }
        let ballot = BallotForm {
            draw: jury.inputs_hash,
            yes: chance.permille(self.support),
            nonce: format!("words {:x}", chance.below(1 << 40)),
            nonce_from: NonceFrom::Words,
            blind: chance.bytes(),
            reason: if chance.permille(200) { "not now".to_owned() } else { String::new() },
        };
        Some(MemberAct::Cast { proposal: number, ballot })
    }

    fn about_a_proposal(&self, view: &View, chance: &mut Chance) -> Option<MemberAct> {
        let at = chance.below(view.state.open.len() as u64);
        let open = view.state.open.values().nth(usize::try_from(at).ok()?)?;
        let proposal = open.number;
        let own = open.author == self.slot;
        match &open.stand {
            Stand::Cosign if own && chance.permille(60) => {
                let text = text_for(view, open, chance)?;
                Some(MemberAct::PostVersion { proposal, text })
            }
            Stand::Recourse { .. } if own => Some(recourse(view, open, chance)),
            _ if own && chance.permille(15) => Some(MemberAct::Withdraw { proposal }),
            Stand::Cosign if !own && open.cosigners.contains(&self.slot) => {
                chance.permille(40).then_some(MemberAct::WithdrawCosign { proposal })
            }
            Stand::Cosign if !own => Some(MemberAct::Cosign { proposal, version: open.version }),
            Stand::Vote(vote) => {
                let choice = self.choice(view, open, chance);
                Some(MemberAct::Vote { proposal, ballot: secret(vote.draw, choice, chance) })
            }
            Stand::Consensus(_) => Some(position(open, chance)),
            Stand::Objection(said) if said.objections.contains_key(&self.slot) => {
                Some(MemberAct::WithdrawObjection { proposal })
            }
            Stand::Objection(_) => chance
                .permille(100)
                .then(|| MemberAct::Object { proposal, reason: "I do not want this".to_owned() }),
            Stand::Pledge(pledge) if pledge.standing.contains(&self.slot) => {
                chance.permille(50).then_some(MemberAct::WithdrawPledge { proposal })
            }
            Stand::Pledge(pledge) => {
                let choice = chance.between(1, 12).to_string();
                Some(MemberAct::Pledge { proposal, ballot: secret(pledge.draw, choice, chance) })
            }
            Stand::Cosign
            | Stand::Jury(_)
            | Stand::Recourse { .. }
            | Stand::Wait
            | Stand::Between(_) => None,
        }
    }

    fn choice(&self, view: &View, open: &Proposal, chance: &mut Chance) -> String {
        let method = match stages::rule_of(&view.state, open) {
            Some(Rule::Vote(rule)) => Some(&rule.method),
            Some(_) | None => None,
        };
        // Sometimes somebody says what this vote does not know; it is refused.
        let odd = chance.permille(30);
        match method {
            Some(Method::YesNo { .. }) if !odd => {
                if chance.permille(self.support) { "yes" } else { "no" }.to_owned()
            }
            Some(Method::Score { .. }) if !odd => "1,0,1".to_owned(),
            Some(Method::Approval) if !odd => chance.below(3).to_string(),
            Some(Method::Schulze | Method::Runoff | Method::Stv { .. }) if !odd => {
                if chance.permille(500) { "1>0" } else { "0>1" }.to_owned()
            }
            Some(_) | None => "abstain".to_owned(),
        }
    }
}

fn position(open: &Proposal, chance: &mut Chance) -> MemberAct {
    let (position, reason) = match chance.below(20) {
        0 => (Position::Block, "This harms us"),
        1 => (Position::Aside, ""),
        2 => (Position::None, ""),
        _ => (Position::Agree, ""),
    };
    MemberAct::TakePosition {
        proposal: open.number,
        version: open.version,
        position,
        reason: reason.to_owned(),
    }
}

fn secret(stage: Hash, choice: String, chance: &mut Chance) -> SecretForm {
    SecretForm {
        stage,
        choice,
        nonce: format!("words {:x}", chance.below(1 << 40)),
        nonce_from: NonceFrom::Words,
        blind: chance.bytes(),
    }
}

fn restless(now: LogTime, chance: &mut Chance) -> MemberAct {
    match chance.below(12) {
        0 => MemberAct::Leave,
        1 => MemberAct::Erase,
        2..=5 => MemberAct::Pause { until: LogTime(now.0 + chance.between(1, 40) * 86_400_000) },
        6..=8 => MemberAct::Resume,
        _ => MemberAct::Rest { days: u32::try_from(chance.below(20)).unwrap_or(0) },
    }
}

fn open(view: &View, now: LogTime, chance: &mut Chance) -> Option<MemberAct> {
    let processes: Vec<(&Id, &Process)> = view.state.charter.processes.iter().collect();
    let (process, rules) = *chance.pick(&processes)?;
    let members = u64::from(view.state.roll.len());
    let number = chance.between(1, (view.state.broadcasts.len() as u64).max(1));
    let content = match rules.kind {
        ProposalKind::Message => Content::Message,
        ProposalKind::Admission => Content::Admission { candidate: CandidateId(chance.bytes()) },
        ProposalKind::Removal => Content::Removal { member: Slot(small(chance.below(members))) },
        ProposalKind::Recall => {
            Content::Recall { number: Number(small(number)), erase: chance.permille(500) }
        }
        ProposalKind::Amendment => Content::Amendment { charter: amended(chance) },
        ProposalKind::Decision if asks_for_options(rules) => {
            Content::Decision { options: vec!["Bread".to_owned(), "Roses".to_owned()] }
        }
        ProposalKind::Decision => Content::Decision { options: Vec::new() },
        ProposalKind::Action => Content::Action {
            starts: LogTime(now.0 + 86_400_000),
            ends: LogTime(now.0 + 90_000_000),
            place: "At the gate".to_owned(),
            wanted: 3,
        },
    };
    Some(MemberAct::Open { process: process.clone(), text: text(content, chance) })
}

fn asks_for_options(process: &Process) -> bool {
    let has = |rule: &Rule| matches!(rule, Rule::Vote(vote) if vote.method.has_options());
    process.stages.values().any(|stage| has(&stage.rule))
}

/// The group changes to other ready rules, with another first line each time.
fn amended(chance: &mut Chance) -> String {
    let rules = chance.pick(&CHARTERS).copied().unwrap_or_default();
    format!("# {}\n{rules}", chance.below(1 << 20))
}

fn recourse(view: &View, open: &Proposal, chance: &mut Chance) -> MemberAct {
    let proposal = open.number;
    let rule = stages::rule_of(&view.state, open);
    let offered = |appeal: bool| match rule {
        Some(Rule::Recourse(rule)) if appeal => rule.appeal.is_some() && !open.appealed,
        Some(Rule::Recourse(rule)) => rule.revise.is_some() && !open.revised,
        Some(_) | None => false,
    };
    let revised = text_for(view, open, chance).filter(|_| offered(false));
    let (choice, text) = match (chance.below(3), revised) {
        (0, _) if offered(true) => (RecourseChoice::Appeal, None),
        (1, Some(text)) => (RecourseChoice::Revise, Some(text)),
        _ => (RecourseChoice::Accept, None),
    };
    MemberAct::Recourse { proposal, choice, text }
}

/// A new text of the same kind. Those whose subject lies in the text alone are not changed here.
fn text_for(view: &View, open: &Proposal, chance: &mut Chance) -> Option<VersionText> {
    let content = match open.kind {
        ProposalKind::Message => Content::Message,
        ProposalKind::Admission => {
            Content::Admission { candidate: *view.carried.candidates.get(&open.number)? }
        }
        ProposalKind::Amendment => Content::Amendment { charter: amended(chance) },
        ProposalKind::Removal
        | ProposalKind::Recall
        | ProposalKind::Decision
        | ProposalKind::Action => return None,
    };
    Some(text(content, chance))
}

fn text(content: Content, chance: &mut Chance) -> VersionText {
    let number = chance.below(1 << 50);
    let titled = !matches!(content, Content::Admission { .. });
    VersionText {
        title: if titled { format!("Title {number:x}") } else { String::new() },
        body: format!("Text {number:x}"),
        warning: String::new(),
        audience: Audience::Members,
        content,
    }
}

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
