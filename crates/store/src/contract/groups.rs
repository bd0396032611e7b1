//! The groups a server keeps and the secrets it holds for each. Knows nothing of what happens in them.

use mic_engine::ids::{GroupId, LogTime, Seq};

use super::Fault;

/// The longest name in an address of a page, in bytes.
pub const SLUG_BYTES_MAX: usize = 64;

/// A group as the server sees it from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    /// Its name in addresses of pages; unique on this server.
    pub slug: String,
    /// Whether strangers may see that it exists.
    pub public: bool,
    pub prepared: LogTime,
    /// How many entries its journal has; 0 means that it was prepared and never founded.
    pub length: Seq,
}

/// What a server must keep to itself for a group. Stored encrypted.
#[derive(Clone, PartialEq, Eq)]
pub struct GroupSecrets {
    /// Seed of the Ed25519 key (RFC 8032) that signs checkpoints.
    pub signing_seed: [u8; 32],
    /// Seed of the local hash chain, for groups that draw without a network.
    pub beacon_secret: [u8; 32],
}

impl std::fmt::Debug for GroupSecrets {
    /// Keys are never printed.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("GroupSecrets(hidden)")
    }
}

/// What became of preparing a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupPrepared {
    Prepared,
    /// The group is there already; nothing changed.
    Exists,
    /// Another group has that name.
    SlugTaken,
}

/// Groups and their secrets.
pub trait Groups {
    /// Makes room for a group: its journal is empty until the founding batch is appended.
    fn prepare_group(
        &self,
        id: GroupId,
        slug: &str,
        public: bool,
        secrets: &GroupSecrets,
        now: LogTime,
    ) -> Result<GroupPrepared, Fault>;

    /// Takes back a group that was never founded; `false` if there is none or it has entries.
    fn drop_unfounded(&self, id: GroupId) -> Result<bool, Fault>;

    /// Changes name and visibility; `false` if the name is taken or the group unknown.
    fn rename_group(&self, id: GroupId, slug: &str, public: bool) -> Result<bool, Fault>;

    /// All groups, by id.
    fn groups(&self) -> Result<Vec<Group>, Fault>;

    /// The group with that name in addresses.
    fn group_by_slug(&self, slug: &str) -> Result<Option<Group>, Fault>;

    fn group_secrets(&self, id: GroupId) -> Result<Option<GroupSecrets>, Fault>;
}
