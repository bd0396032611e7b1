//! The fields of the larger events, word for word as `spec/events.md` lists them. Knows nothing of
//! what must be true for them.

use super::words::{Audience, BeaconKind, Verdict};
use crate::ballot::Ballot;
use crate::count;
use crate::hash::Hash;
use crate::jury::{Steps, Terms};

/// `group.founded`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct Founded {
    pub group: String,
    pub origin: String,
    pub key: [u8; 32],
    pub charter: Hash,
    pub profile: Hash,
    pub members: u32,
    pub beacon: BeaconKind,
    pub chain: Hash,
}

/// `proposal.opened`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct Opened {
    pub by: u32,
    pub proposal: u64,
    pub process: String,
    pub version: Hash,
    pub audience: Audience,
    pub charter: Hash,
    pub subject: Option<Subject>,
    pub roll: u32,
}

/// What a proposal is about, as far as its effect needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// a slot, the number of a broadcast, or a number of options
    Number(u64),
    /// a proposed charter
    Document(Hash),
}

/// `draw.called`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct DrawCalled {
    pub proposal: u64,
    pub step: u64,
    pub attempt: u64,
    pub version: Hash,
    pub roll: u32,
    pub terms: Terms,
    /// `lead` and `cap`, of a jury in steps only
    pub steps: Option<Steps>,
    pub excluded: u64,
    pub exclusions: Hash,
    pub slot_at: u64,
    pub chain: Hash,
    pub round: u64,
    pub answer_ms: u64,
    pub window_ms: u64,
    pub new_ms: u64,
    pub rest_ms: u64,
}

/// `draw.made`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct DrawMade {
    pub proposal: u64,
    pub step: u64,
    pub attempt: u64,
    pub signature: Vec<u8>,
    pub checkpoint: String,
    pub seated: Vec<u32>,
    pub until: u64,
}

/// `jury.grown`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct JuryGrown {
    pub proposal: u64,
    pub step: u64,
    pub turnout: u64,
    pub sealed: Hash,
    pub seated: Vec<u32>,
    pub until: u64,
}

/// `jury.closed`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct JuryClosed {
    pub proposal: u64,
    pub step: u64,
    pub rounds: Vec<Vec<Ballot>>,
    pub verdict: Verdict,
    pub yes: u64,
    pub no: u64,
    pub seats: u64,
}

/// `vote.closed`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct VoteClosed {
    pub proposal: u64,
    pub step: u64,
    pub eligible: u64,
    pub cast: u64,
    pub ballots: Hash,
    pub totals: Vec<u64>,
    pub winners: Vec<u32>,
    pub outcome: count::Outcome,
}

/// `pledge.woken`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct PledgeWoken {
    pub proposal: u64,
    pub step: u64,
    pub standing: u64,
    pub ballots: Hash,
    pub count: u64,
}
