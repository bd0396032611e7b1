//! What a store promises, in prose and as traits. Knows no SQL and no product: SQLite is the first implementation,
//! PostgreSQL the second, and one conformance suite (`tests/it/conformance`) judges both.
//!
//! **Durable.** A call that changes something and returns `Ok` has been synced to disk with all it changed. Nothing is
//! acknowledged earlier, nothing acknowledged is lost by a killed process or a power cut.
//!
//! **All or nothing.** Each call is one transaction. Within [`Journal::append`] each batch is written whole or not at all, and
//! one batch that cannot be written takes none of the others with it. All batches of a call share one sync.
//!
//! **Compare and swap.** A batch names the position that its first entry must get. Positions of a group are given without gaps, in
//! the order of commits: whoever has read up to position *n* and asks again from *n* never misses an entry. If
//! the position is taken, or a command key of the batch was seen before in that group, the outcome is
//! [`AppendOutcome::Conflict`]: nothing was written, and the caller reads what is there. Two writers are therefore
//! never wrong, only slower.
//!
//! **Three answers and a doubt.** `Err(fault)` of a writing call means that nothing of it was written; the fault says
//! why. `Ok` says what became of it. [`AppendOutcome::Unknown`] (for other calls [`Fault::Unknown`]) means that the commit failed half-way, and only
//! reading back can tell. Before the first read after a doubt the store closes and recovers its files, so what is read
//! back then is what the disk holds: the doubt is settled for good. The store itself never repeats a write; whoever asked decides.
//!
//! **Full disk.** [`Fault::Full`] leaves reads working and the next write succeeds as soon as there is space.
//!
//! **Leases.** A claim (of parcels, of letters) belongs to the claimer until the time it named. Each claim of a thing gets a larger
//! fencing number; results that carry an older one are refused whole. A claim is durable before it is answered, that is before
//! anything is sent, so what is in flight at a crash is known, and only that may be sent twice.
//!
//! **Secrets.** Names, addresses, texts, ballots and keys are stored encrypted under a key that is not in the database, and
//! each ciphertext is bound to its row. Tokens and addresses are found by keyed hash. No network address, program name or
//! mark of reading is stored; the last activity of a person is known by month.
//!
//! **Time and chance** come from the caller, as arguments and as the entropy given when the store is opened.

mod candidates;
mod documents;
mod drafts;
mod fault;
mod groups;
mod journal;
mod letters;
mod parcels;
mod people;
mod sessions;
mod tokens;
mod upkeep;
mod vault;

pub use mic_engine::append::{
    Append, AppendOutcome, Document, DocumentKind, EntryBytes, Person, PersonWrite, SealedBallot,
    VaultWrite,
};

pub use candidates::{Candidate, CandidateState, Candidates, InvitationKind};
pub use documents::{DocumentRow, DocumentText, Documents};
pub use drafts::{
    DRAFT_BYTES_MAX, DRAFT_VERSIONS_MAX, DRAFTS_PER_MEMBER_MAX, Draft, DraftId, DraftKey,
    DraftSaved, DraftVersion, Drafts, Revision,
};
pub use fault::Fault;
pub use groups::{Group, GroupPrepared, GroupSecrets, Groups, SLUG_BYTES_MAX};
pub use journal::{Checkpoint, CheckpointSaved, ENTRIES_PER_READ_MAX, Journal, StoredEntry};
pub use letters::{
    Letter, LetterAnswer, LetterId, LetterKind, LetterToSend, Letters, LettersWaiting,
};
pub use parcels::{
    ANSWER_BYTES_MAX, ClaimRequest, ClaimedParcel, ClaimedSlot, Delivery, ParcelKey, Parcels,
    Parked, Progress, Settlement, SettlementOutcome,
};
pub use people::{AccountId, EmailChanged, Membership, Month, People, PersonRecord, email_key};
pub use sessions::{
    CODE_TRIES_MAX, Session, Sessions, SignInAttempt, SignInProof, SignInResult, Token,
};
pub use tokens::{ApiToken, ApiTokenId, ApiTokens};
pub use upkeep::{Damage, Tidied, Upkeep};
pub use vault::{Vault, VaultBallot};

/// Everything a store does. Any type that keeps all the promises is one.
pub trait Store:
    Groups
    + Journal
    + Documents
    + Vault
    + People
    + Candidates
    + Sessions
    + ApiTokens
    + Drafts
    + Parcels
    + Letters
    + Upkeep
    + Send
    + Sync
{
}

impl<T> Store for T where
    T: Groups
        + Journal
        + Documents
        + Vault
        + People
        + Candidates
        + Sessions
        + ApiTokens
        + Drafts
        + Parcels
        + Letters
        + Upkeep
        + Send
        + Sync
{
}
