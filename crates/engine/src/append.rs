//! What one batch asks the store to make durable: entries and, in the same transaction, all that must not exist without them.
//! Knows nothing of SQL: the store's contract says what is promised about an [`Append`].

use mic_proof::hash::Hash;

use crate::ids::{CandidateId, CommandKey, GroupId, ProposalNumber, Seq, Slot, Step};
use crate::parcel::Parcel;

/// Everything that one batch of one group writes, or nothing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Append {
    pub group: GroupId,
    /// The position the first entry must get. Another one there already means: conflict, nothing written.
    pub expected: Seq,
    pub entries: Vec<EntryBytes>,
    pub documents: Vec<Document>,
    /// Documents whose text is destroyed by this batch; the hash stays known.
    pub erased_documents: Vec<Hash>,
    pub vault: Vec<VaultWrite>,
    pub people: Vec<PersonWrite>,
    pub parcels: Vec<Parcel>,
    /// Which acts this batch settles, each with the position of its first entry.
    pub keys: Vec<(CommandKey, Seq)>,
}

/// One entry as it is hashed, with what the store indexes it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryBytes {
    pub bytes: Vec<u8>,
    pub leaf: Hash,
    pub proposal: Option<ProposalNumber>,
}

/// A text beside the journal, named by the SHA-256 of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub hash: Hash,
    pub bytes: Vec<u8>,
    pub kind: DocumentKind,
    /// The proposal it belongs to, if any: who may read a document is decided by what it belongs to.
    pub proposal: Option<ProposalNumber>,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    Charter,
    Profile,
    Version,
    Exclusions,
    /// A list of opened ballots, or the index of such lists. Never erased.
    Ballots,
    /// Why a member blocks, stands aside or objects.
    Reason,
    /// What the member of a removal says to it.
    Statement,
}

/// Writes to the sealed ballots: what jurors and voters said and members pledged, kept from everybody until the close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VaultWrite {
    /// A member's ballot, in place of an earlier one of the same member.
    Put { proposal: ProposalNumber, step: Step, slot: Slot, ballot: SealedBallot },
    /// The link between members and ballots of a step is destroyed.
    Clear { proposal: ProposalNumber, step: Step },
    /// One member's ballot is void.
    Drop { proposal: ProposalNumber, step: Step, slot: Slot },
    /// Reasons for the author alone, without the jurors they came from, in an order that tells nothing.
    Reasons { proposal: ProposalNumber, step: Step, reasons: Vec<String> },
}

/// What a juror or voter said, or a member pledged, before the close. Never in the journal in this form.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedBallot {
    /// Of a juror `yes` ("yes, everybody now") or `no`; of a voter as the method has it; the number of a pledge (spec/vote.md).
    pub choice: String,
    pub nonce: String,
    pub blind: [u8; 32],
    /// A juror's words for the author alone; empty when none were given.
    pub reason: String,
    /// In which round of a growing jury it was cast, from 0.
    pub round: u32,
}

impl std::fmt::Debug for SealedBallot {
    /// A ballot is never printed, not even by mistake in a log.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SealedBallot(sealed)")
    }
}

/// Writes to the records of people, which lie encrypted beside the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonWrite {
    /// A founding member takes a slot.
    Found { slot: Slot, person: Person },
    /// An invited person takes a slot; the candidate's record becomes the member's.
    Admit { slot: Slot, candidate: CandidateId },
    /// An invitation came to nothing; the candidate's record is destroyed.
    Forget { candidate: CandidateId },
    /// The person left: no more mail, sessions end; the record stays for what the group still owes them (nothing by default: it is destroyed).
    Leave { slot: Slot },
    /// Every personal datum of this slot is destroyed.
    Erase { slot: Slot },
}

/// A person as the founder or an inviter typed them in. Lives encrypted in the store only.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub email: String,
    /// A language tag such as `en`.
    pub language: String,
}

impl std::fmt::Debug for Person {
    /// A person is never printed.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Person(hidden)")
    }
}

/// What became of an [`Append`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppendOutcome {
    /// Durable: synced to disk, with everything in it.
    Committed,
    /// Another writer was there first; nothing of it was written.
    Conflict,
    /// The world failed before anything was written: disk full, say.
    NotWritten,
    /// It may or may not have happened; only reading back can tell.
    Unknown,
}
