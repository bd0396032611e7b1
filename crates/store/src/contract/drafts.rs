//! What members write before anybody else sees it. Knows nothing of proposals: a draft is bytes.

use mic_engine::ids::{GroupId, LogTime, Slot};

use super::Fault;

/// The largest draft, in bytes.
pub const DRAFT_BYTES_MAX: usize = 262_144;
/// How many earlier states of a draft are kept; the oldest go first.
pub const DRAFT_VERSIONS_MAX: u32 = 50;
/// How many drafts a member may keep in a group.
pub const DRAFTS_PER_MEMBER_MAX: u32 = 100;

/// Names a draft of a member: 16 random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DraftId(pub [u8; 16]);

/// Whose draft, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DraftKey {
    pub group: GroupId,
    pub slot: Slot,
    pub id: DraftId,
}

/// How often a draft was saved: 1 for the first time, 0 for one that is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(pub u32);

/// A draft in its newest state.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: DraftId,
    pub revision: Revision,
    pub saved: LogTime,
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Draft {
    /// What a member writes is never printed.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Draft(revision {})", self.revision.0)
    }
}

/// An earlier state in the list of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftVersion {
    pub revision: Revision,
    pub saved: LogTime,
}

/// What became of saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftSaved {
    Saved(Revision),
    /// It was saved from elsewhere in between; `Revision` is the one that is there. Nothing changed.
    Conflict(Revision),
    /// The member has [`DRAFTS_PER_MEMBER_MAX`] drafts.
    TooMany,
    /// Nobody is in that slot.
    NoPerson,
}

/// Drafts of members.
pub trait Drafts {
    /// Saves a state on top of the revision it was made from. With `keep`, the state replaced stays readable.
    fn save_draft(
        &self,
        key: DraftKey,
        expected: Revision,
        bytes: &[u8],
        keep: bool,
        now: LogTime,
    ) -> Result<DraftSaved, Fault>;

    fn draft(&self, key: DraftKey) -> Result<Option<Draft>, Fault>;

    /// All drafts of a member, the last saved first.
    fn drafts(&self, group: GroupId, slot: Slot) -> Result<Vec<Draft>, Fault>;

    /// The earlier states that were kept, the newest first.
    fn draft_versions(&self, key: DraftKey) -> Result<Vec<DraftVersion>, Fault>;

    fn draft_version(&self, key: DraftKey, revision: Revision) -> Result<Option<Draft>, Fault>;

    /// Destroys a draft and its earlier states; `false` if there was none.
    fn delete_draft(&self, key: DraftKey) -> Result<bool, Fault>;
}
