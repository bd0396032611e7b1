//! What is on its way to members. Knows nothing of addresses, wording or networks.
//!
//! A parcel is one notice over one channel to up to 1,024 slots: one row with a bitmap of who is done, and one more row only
//! for each exception. Its life: *claim* marks slots as in flight, durably, before anything is sent; *settle* says what came
//! of them. When a claim runs out, the slots that were in flight may have been served: they are given out again, marked
//! `repeated`, with the lost attempt counted.

use mic_engine::ids::{GroupId, LogTime, Slot};
use mic_engine::parcel::{Channel, Notice};

use super::Fault;

/// The longest answer of a mail server that is kept, in bytes; the rest is cut off.
pub const ANSWER_BYTES_MAX: usize = 1_000;

/// Names a parcel within one store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParcelKey(pub u64);

/// What a worker is ready to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimRequest {
    pub channel: Channel,
    pub now: LogTime,
    /// Until when the claim holds; after it, others may take the same slots.
    pub until: LogTime,
    /// The most slots to take.
    pub slots_max: u32,
}

/// A part of a parcel that now belongs to the claimer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedParcel {
    pub parcel: ParcelKey,
    /// Larger with each claim of this parcel.
    pub fencing: u64,
    pub group: GroupId,
    pub notice: Notice,
    pub channel: Channel,
    /// Whom to serve, by place in the parcel.
    pub slots: Vec<ClaimedSlot>,
}

/// One slot to serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimedSlot {
    pub slot: Slot,
    /// How many attempts were made before this one.
    pub attempts: u32,
    /// An earlier attempt may have arrived (its claim ran out, or its end is unknown): this one may be the second.
    pub repeated: bool,
}

/// What came of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Served, or there is nobody to serve any more.
    Done,
    /// Not now: again at `at`. `answer` is what the other side said.
    Later { at: LogTime, answer: String },
    /// It may or may not have been served: again at `at`.
    Unknown { at: LogTime, answer: String },
    /// Never, and why: parked.
    GivenUp { answer: String },
    /// Handed back without an attempt, due at once.
    Untried,
    /// Handed back without an attempt: not before `at`.
    Postponed { at: LogTime },
}

/// Results for one claimed parcel, or for a part of it; slots that are not in flight are passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    pub parcel: ParcelKey,
    pub fencing: u64,
    pub results: Vec<(Slot, Delivery)>,
}

/// What became of a settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettlementOutcome {
    Recorded,
    /// Somebody claimed the parcel later; nothing was changed.
    Fenced,
    /// There is no such parcel.
    NoParcel,
}

/// How far a notice is. `total = done + waiting + given_up`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Progress {
    pub total: u64,
    pub done: u64,
    pub waiting: u64,
    pub given_up: u64,
}

/// A delivery that was given up, with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    pub group: GroupId,
    pub notice: Notice,
    pub channel: Channel,
    pub slot: Slot,
    pub attempts: u32,
    /// What the other side last said; empty when it was destroyed.
    pub answer: String,
}

/// Parcels. They are made by [`super::Journal::append`] alone; the same key (group, notice, channel, first slot) twice is one parcel.
pub trait Parcels {
    /// Takes slots that are due, those longest due first.
    fn claim_parcels(&self, request: &ClaimRequest) -> Result<Vec<ClaimedParcel>, Fault>;

    /// Records results of many parcels with one sync; one outcome for each settlement.
    fn settle_parcels(
        &self,
        settlements: &[Settlement],
        now: LogTime,
    ) -> Result<Vec<SettlementOutcome>, Fault>;

    /// When the next slot is due on a channel; `None` if nothing waits. Claimed parcels count with the end of their claim.
    fn next_due(&self, channel: Channel) -> Result<Option<LogTime>, Fault>;

    /// How far one notice is, over all channels.
    fn progress(&self, group: GroupId, notice: Notice) -> Result<Progress, Fault>;

    /// How far the notices of a group are that still wait or were given up in part.
    fn unfinished(&self, group: GroupId) -> Result<Vec<(Notice, Progress)>, Fault>;

    /// How many deliveries were given up, in all groups.
    fn parked_count(&self) -> Result<u64, Fault>;

    /// Up to `count` given-up deliveries of a group, the newest parcels first.
    fn parked(&self, group: GroupId, count: u32) -> Result<Vec<Parked>, Fault>;
}
