//! What a verifier says: one line for each finding, with a code from a closed list.
//!
//! The codes and their order are those of `spec/bundle.md`; a second verifier prints the same
//! ones. Knows nothing of how anything was found.

use std::fmt;

/// What was found, or why something was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// a line that does not belong into a bundle
    BundleMalformed,
    /// a bundle that was cut off
    BundleTruncated,
    /// bytes that do not re-encode to themselves
    EntryNotCanonical,
    /// fields missing, unknown or of the wrong form
    EntryMalformed,
    /// longer than an entry may be
    EntryTooLarge,
    /// an entry at another position than it says
    SeqWrong,
    /// log time went back
    TimeWentBack,
    /// an event that this version does not know
    UnknownType,
    /// the entries do not give the root that was signed
    RootMismatch,
    /// a checkpoint that the group's key did not sign
    CheckpointSignature,
    /// an older checkpoint that does not fit the journal
    CheckpointRoot,
    /// another key, origin or group than the founding names
    KeyMismatch,
    /// a document that is not what its hash or entry says
    DocumentMismatch,
    /// the charter is missing, or an entry's numbers are not those of the charter
    CharterMismatch,
    /// an event that the rules do not allow at that place
    RuleBroken,
    /// a co-sign stage passed with too few
    CosignShort,
    /// a co-signature by somebody who may not, or when none is asked for
    CosignNotAllowed,
    /// no published checkpoint covers the call of a draw
    DrawNotCovered,
    /// another round or instant than the rule fixes
    DrawRoundWrong,
    /// randomness that the chain did not give
    BeaconInvalid,
    /// other exclusions than the rules give
    DrawExclusionsWrong,
    /// other jurors than the draw gives
    DrawSeatsWrong,
    /// a ballot without a seat, after the close or of another draw
    BallotNotAllowed,
    /// more or fewer ballots opened than cast
    BallotCount,
    /// opened ballots out of order, or one of them twice
    BallotOrder,
    /// counted otherwise than opened
    TallyWrong,
    /// another verdict than the count gives
    VerdictWrong,
    /// a stage that ended otherwise than its entries say
    OutcomeWrong,
    /// a broadcast that no jury approved
    BroadcastUnfounded,
    /// broadcast numbers with a gap or another predecessor
    BroadcastNumber,
    /// a certificate that does not prove what it says
    CertificateInvalid,
    /// a certificate of another message
    CertificateOtherMessage,
    /// a proof that does not lead from leaf to root, or from root to root
    ProofInvalid,
    /// said of what holds: the signed root
    Root,
    /// said of what holds: older checkpoints
    Checkpoint,
    /// said of what holds: a draw
    Draw,
    /// said of what holds: a verdict
    Verdict,
    /// said of what holds: a broadcast
    Broadcast,
    /// said of what holds: a certificate
    Certificate,
    /// said of the journal as a whole
    Journal,
    /// a document that the bundle does not hold
    DocumentMissing,
    /// the randomness came from the server itself
    BeaconLocal,
    /// what a certificate alone cannot show
    NotChecked,
    /// what was not replayed, and why
    Replay,
}

impl Code {
    /// The word in a finding.
    pub fn word(self) -> &'static str {
        match self {
            Self::BundleMalformed => "bundle_malformed",
            Self::BundleTruncated => "bundle_truncated",
            Self::EntryNotCanonical => "entry_not_canonical",
            Self::EntryMalformed => "entry_malformed",
            Self::EntryTooLarge => "entry_too_large",
            Self::SeqWrong => "seq_wrong",
            Self::TimeWentBack => "time_went_back",
            Self::UnknownType => "unknown_type",
            Self::RootMismatch => "root_mismatch",
            Self::CheckpointSignature => "checkpoint_signature",
            Self::CheckpointRoot => "checkpoint_root",
            Self::KeyMismatch => "key_mismatch",
            Self::DocumentMismatch => "document_mismatch",
            Self::CharterMismatch => "charter_mismatch",
            Self::RuleBroken => "rule_broken",
            Self::CosignShort => "cosign_short",
            Self::CosignNotAllowed => "cosign_not_allowed",
            Self::DrawNotCovered => "draw_not_covered",
            Self::DrawRoundWrong => "draw_round_wrong",
            Self::BeaconInvalid => "beacon_invalid",
            Self::DrawExclusionsWrong => "draw_exclusions_wrong",
            Self::DrawSeatsWrong => "draw_seats_wrong",
            Self::BallotNotAllowed => "ballot_not_allowed",
            Self::BallotCount => "ballot_count",
            Self::BallotOrder => "ballot_order",
            Self::TallyWrong => "tally_wrong",
            Self::VerdictWrong => "verdict_wrong",
            Self::OutcomeWrong => "outcome_wrong",
            Self::BroadcastUnfounded => "broadcast_unfounded",
            Self::BroadcastNumber => "broadcast_number",
            Self::CertificateInvalid => "certificate_invalid",
            Self::CertificateOtherMessage => "certificate_other_message",
            Self::ProofInvalid => "proof_invalid",
            Self::Root => "root",
            Self::Checkpoint => "checkpoint",
            Self::Draw => "draw",
            Self::Verdict => "verdict",
            Self::Broadcast => "broadcast",
            Self::Certificate => "certificate",
            Self::Journal => "journal",
            Self::DocumentMissing => "document_missing",
            Self::BeaconLocal => "beacon_local",
            Self::NotChecked => "not_checked",
            Self::Replay => "replay",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// How a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// it holds
    Ok,
    /// it does not
    Bad,
    /// it could not be checked, or a reader should know
    Note,
}

/// One line of a verifier: `bad draw_seats_wrong 17 the draw seats …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// how it weighs
    pub weight: Weight,
    /// what it is
    pub code: Code,
    /// the entry it is about, if it is about one
    pub seq: Option<u64>,
    /// in words
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = match self.weight {
            Weight::Ok => "ok",
            Weight::Bad => "bad",
            Weight::Note => "note",
        };
        write!(out, "{weight} {} ", self.code)?;
        match self.seq {
            Some(seq) => write!(out, "{seq} ")?,
            None => out.write_str("- ")?,
        }
        // Texts may quote what stood in the file; a finding stays one line.
        let plain: String = self
            .text
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect();
        out.write_str(&plain)
    }
}

/// A check that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// the stated reason
    pub code: Code,
    /// in words
    pub text: String,
}

impl Refused {
    /// A refusal for this reason.
    pub fn new(code: Code, text: impl Into<String>) -> Refused {
        Refused { code, text: text.into() }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.code, self.text)
    }
}

impl std::error::Error for Refused {}

/// Refuses unless the condition holds.
pub(crate) fn need(condition: bool, code: Code, text: impl fmt::Display) -> Result<(), Refused> {
    if condition { Ok(()) } else { Err(Refused::new(code, text.to_string())) }
}

/// Where findings go as they come.
pub struct Report<'a> {
    tell: &'a mut dyn FnMut(Finding),
    first_bad: Option<Code>,
}

impl<'a> Report<'a> {
    /// Every finding is told at once.
    pub fn new(tell: &'a mut dyn FnMut(Finding)) -> Report<'a> {
        Report { tell, first_bad: None }
    }

    /// The first reason to refuse, if there was any.
    pub fn first_bad(&self) -> Option<Code> {
        self.first_bad
    }

    pub(crate) fn ok(&mut self, code: Code, seq: Option<u64>, text: String) {
        self.say(Finding { weight: Weight::Ok, code, seq, text });
    }

    pub(crate) fn note(&mut self, code: Code, seq: Option<u64>, text: impl Into<String>) {
        self.say(Finding { weight: Weight::Note, code, seq, text: text.into() });
    }

    pub(crate) fn bad(&mut self, seq: Option<u64>, refused: Refused) {
        self.say(Finding { weight: Weight::Bad, code: refused.code, seq, text: refused.text });
    }

    pub(crate) fn say(&mut self, finding: Finding) {
        if finding.weight == Weight::Bad {
            self.first_bad.get_or_insert(finding.code);
        }
        (self.tell)(finding);
    }
}
