//! A store that says of single appends that it does not know what became of them, as a disk does that fails in the middle. Everything
//! else is handed on, line by line, so that no default hides a promise that is not kept.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use mic_engine::append::{Append, AppendOutcome, Person};
use mic_engine::ids::{
    CandidateId, CommandKey, GroupId, LogTime, Number, ProposalNumber, Seq, Slot, Step,
};
use mic_engine::parcel::{Channel, Notice};
use mic_proof::hash::Hash;
use mic_store::SqliteStore;
use mic_store::contract::*;

/// What really became of an append of which the store says that it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    Written,
    NotWritten,
}

/// See above.
pub(crate) struct DoubtfulStore {
    inner: Arc<SqliteStore>,
    doubts: Mutex<VecDeque<Doubt>>,
}

impl DoubtfulStore {
    pub(crate) fn new(inner: Arc<SqliteStore>) -> Self {
        Self { inner, doubts: Mutex::default() }
    }

    pub(crate) fn doubt_next_append(&self, doubt: Doubt) {
        self.doubts.lock().expect("not poisoned").push_back(doubt);
    }

    pub(crate) fn doubts_left(&self) -> usize {
        self.doubts.lock().expect("not poisoned").len()
    }

    fn append_in_doubt(&self, batches: &[Append]) -> Result<Vec<AppendOutcome>, Fault> {
        let doubt = self.doubts.lock().expect("not poisoned").pop_front();
        match doubt {
            None => self.inner.append(batches),
            Some(Doubt::Written) => {
                self.inner.append(batches)?;
                Ok(vec![AppendOutcome::Unknown; batches.len()])
            }
            Some(Doubt::NotWritten) => Ok(vec![AppendOutcome::Unknown; batches.len()]),
        }
    }
}

impl Candidates for DoubtfulStore {
    fn invite(&self, candidate: &Candidate, token: Token<'_>) -> Result<bool, Fault> {
        self.inner.invite(candidate, token)
    }

    fn candidate(&self, group: GroupId, id: CandidateId) -> Result<Option<Candidate>, Fault> {
        self.inner.candidate(group, id)
    }

    fn candidate_by_token(
        &self,
        token: Token<'_>,
        now: LogTime,
    ) -> Result<Option<Candidate>, Fault> {
        self.inner.candidate_by_token(token, now)
    }

    fn answer_invitation(
        &self,
        token: Token<'_>,
        person: &Person,
        now: LogTime,
    ) -> Result<bool, Fault> {
        self.inner.answer_invitation(token, person, now)
    }

    fn candidates(&self, group: GroupId) -> Result<Vec<Candidate>, Fault> {
        self.inner.candidates(group)
    }

    fn withdraw_invitation(&self, group: GroupId, id: CandidateId) -> Result<bool, Fault> {
        self.inner.withdraw_invitation(group, id)
    }
}

impl Documents for DoubtfulStore {
    fn document(&self, group: GroupId, hash: &Hash) -> Result<Option<DocumentText>, Fault> {
        self.inner.document(group, hash)
    }

    fn document_row(&self, group: GroupId, hash: &Hash) -> Result<Option<DocumentRow>, Fault> {
        self.inner.document_row(group, hash)
    }

    fn documents(&self, group: GroupId) -> Result<Vec<DocumentRow>, Fault> {
        self.inner.documents(group)
    }
}

impl Drafts for DoubtfulStore {
    fn save_draft(
        &self,
        key: DraftKey,
        expected: Revision,
        bytes: &[u8],
        keep: bool,
        now: LogTime,
    ) -> Result<DraftSaved, Fault> {
        self.inner.save_draft(key, expected, bytes, keep, now)
    }

    fn draft(&self, key: DraftKey) -> Result<Option<Draft>, Fault> {
        self.inner.draft(key)
    }

    fn drafts(&self, group: GroupId, slot: Slot) -> Result<Vec<Draft>, Fault> {
        self.inner.drafts(group, slot)
    }

    fn draft_versions(&self, key: DraftKey) -> Result<Vec<DraftVersion>, Fault> {
        self.inner.draft_versions(key)
    }

    fn draft_version(&self, key: DraftKey, revision: Revision) -> Result<Option<Draft>, Fault> {
        self.inner.draft_version(key, revision)
    }

    fn delete_draft(&self, key: DraftKey) -> Result<bool, Fault> {
        self.inner.delete_draft(key)
    }
}

impl Groups for DoubtfulStore {
    fn prepare_group(
        &self,
        id: GroupId,
        slug: &str,
        public: bool,
        secrets: &GroupSecrets,
        now: LogTime,
    ) -> Result<GroupPrepared, Fault> {
        self.inner.prepare_group(id, slug, public, secrets, now)
    }

    fn drop_unfounded(&self, id: GroupId) -> Result<bool, Fault> {
        self.inner.drop_unfounded(id)
    }

    fn rename_group(&self, id: GroupId, slug: &str, public: bool) -> Result<bool, Fault> {
        self.inner.rename_group(id, slug, public)
    }

    fn groups(&self) -> Result<Vec<Group>, Fault> {
        self.inner.groups()
    }

    fn group_by_slug(&self, slug: &str) -> Result<Option<Group>, Fault> {
        self.inner.group_by_slug(slug)
    }

    fn group_secrets(&self, id: GroupId) -> Result<Option<GroupSecrets>, Fault> {
        self.inner.group_secrets(id)
    }
}

impl Journal for DoubtfulStore {
    fn append(&self, batches: &[Append]) -> Result<Vec<AppendOutcome>, Fault> {
        self.append_in_doubt(batches)
    }

    fn length(&self, group: GroupId) -> Result<Seq, Fault> {
        self.inner.length(group)
    }

    fn entries(&self, group: GroupId, from: Seq, count: u32) -> Result<Vec<StoredEntry>, Fault> {
        self.inner.entries(group, from, count)
    }

    fn entries_of_proposal(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        from: Seq,
        count: u32,
    ) -> Result<Vec<StoredEntry>, Fault> {
        self.inner.entries_of_proposal(group, proposal, from, count)
    }

    fn leaves(&self, group: GroupId, from: Seq, count: u32) -> Result<Vec<Hash>, Fault> {
        self.inner.leaves(group, from, count)
    }

    fn command_key(&self, group: GroupId, key: CommandKey) -> Result<Option<Seq>, Fault> {
        self.inner.command_key(group, key)
    }

    fn recent_command_keys(
        &self,
        group: GroupId,
        count: u32,
    ) -> Result<Vec<(CommandKey, Seq)>, Fault> {
        self.inner.recent_command_keys(group, count)
    }

    fn save_checkpoint(
        &self,
        group: GroupId,
        checkpoint: &Checkpoint,
    ) -> Result<CheckpointSaved, Fault> {
        self.inner.save_checkpoint(group, checkpoint)
    }

    fn latest_checkpoint(&self, group: GroupId) -> Result<Option<Checkpoint>, Fault> {
        self.inner.latest_checkpoint(group)
    }

    fn checkpoints(&self, group: GroupId, size: u64, count: u32) -> Result<Vec<Checkpoint>, Fault> {
        self.inner.checkpoints(group, size, count)
    }

    fn save_certificate(&self, group: GroupId, number: Number, text: &str) -> Result<bool, Fault> {
        self.inner.save_certificate(group, number, text)
    }

    fn certificate(&self, group: GroupId, number: Number) -> Result<Option<String>, Fault> {
        self.inner.certificate(group, number)
    }
}

impl Letters for DoubtfulStore {
    fn write_letter(&self, letter: &Letter, now: LogTime) -> Result<bool, Fault> {
        self.inner.write_letter(letter, now)
    }

    fn letters_since(&self, address: &str, since: LogTime) -> Result<u64, Fault> {
        self.inner.letters_since(address, since)
    }

    fn claim_letters(
        &self,
        now: LogTime,
        until: LogTime,
        count: u32,
    ) -> Result<Vec<LetterToSend>, Fault> {
        self.inner.claim_letters(now, until, count)
    }

    fn settle_letter(
        &self,
        id: LetterId,
        fencing: u64,
        answer: LetterAnswer,
    ) -> Result<bool, Fault> {
        self.inner.settle_letter(id, fencing, answer)
    }

    fn letters_waiting(&self) -> Result<LettersWaiting, Fault> {
        self.inner.letters_waiting()
    }
}

impl Parcels for DoubtfulStore {
    fn claim_parcels(&self, request: &ClaimRequest) -> Result<Vec<ClaimedParcel>, Fault> {
        self.inner.claim_parcels(request)
    }

    fn settle_parcels(
        &self,
        settlements: &[Settlement],
        now: LogTime,
    ) -> Result<Vec<SettlementOutcome>, Fault> {
        self.inner.settle_parcels(settlements, now)
    }

    fn next_due(&self, channel: Channel) -> Result<Option<LogTime>, Fault> {
        self.inner.next_due(channel)
    }

    fn progress(&self, group: GroupId, notice: Notice) -> Result<Progress, Fault> {
        self.inner.progress(group, notice)
    }

    fn unfinished(&self, group: GroupId) -> Result<Vec<(Notice, Progress)>, Fault> {
        self.inner.unfinished(group)
    }

    fn parked_count(&self) -> Result<u64, Fault> {
        self.inner.parked_count()
    }

    fn parked(&self, group: GroupId, count: u32) -> Result<Vec<Parked>, Fault> {
        self.inner.parked(group, count)
    }
}

impl People for DoubtfulStore {
    fn person(&self, group: GroupId, slot: Slot) -> Result<Option<PersonRecord>, Fault> {
        self.inner.person(group, slot)
    }

    fn people(
        &self,
        group: GroupId,
        first: Slot,
        count: u32,
    ) -> Result<Vec<(Slot, PersonRecord)>, Fault> {
        self.inner.people(group, first, count)
    }

    fn update_person(
        &self,
        group: GroupId,
        slot: Slot,
        name: &str,
        language: &str,
        settings: &str,
    ) -> Result<bool, Fault> {
        self.inner.update_person(group, slot, name, language, settings)
    }

    fn account(&self, email: &str) -> Result<Option<AccountId>, Fault> {
        self.inner.account(email)
    }

    fn memberships(&self, account: AccountId) -> Result<Vec<Membership>, Fault> {
        self.inner.memberships(account)
    }

    fn change_email(&self, account: AccountId, email: &str) -> Result<EmailChanged, Fault> {
        self.inner.change_email(account, email)
    }

    fn mark_active(&self, group: GroupId, slot: Slot, month: Month) -> Result<(), Fault> {
        self.inner.mark_active(group, slot, month)
    }
}

impl Sessions for DoubtfulStore {
    fn open_session(&self, token: Token<'_>, session: &Session) -> Result<bool, Fault> {
        self.inner.open_session(token, session)
    }

    fn session(&self, token: Token<'_>, now: LogTime) -> Result<Option<Session>, Fault> {
        self.inner.session(token, now)
    }

    fn end_session(&self, token: Token<'_>) -> Result<(), Fault> {
        self.inner.end_session(token)
    }

    fn end_sessions(&self, account: AccountId) -> Result<(), Fault> {
        self.inner.end_sessions(account)
    }

    fn begin_sign_in(&self, attempt: &SignInAttempt<'_>) -> Result<(), Fault> {
        self.inner.begin_sign_in(attempt)
    }

    fn finish_sign_in(&self, proof: &SignInProof<'_>, now: LogTime) -> Result<SignInResult, Fault> {
        self.inner.finish_sign_in(proof, now)
    }
}

impl ApiTokens for DoubtfulStore {
    fn add_api_token(&self, secret: Token<'_>, token: &ApiToken) -> Result<bool, Fault> {
        self.inner.add_api_token(secret, token)
    }

    fn api_token(&self, secret: Token<'_>, now: LogTime) -> Result<Option<ApiToken>, Fault> {
        self.inner.api_token(secret, now)
    }

    fn api_tokens(&self, account: AccountId) -> Result<Vec<ApiToken>, Fault> {
        self.inner.api_tokens(account)
    }

    fn revoke_api_token(&self, account: AccountId, id: ApiTokenId) -> Result<bool, Fault> {
        self.inner.revoke_api_token(account, id)
    }
}

impl Upkeep for DoubtfulStore {
    fn check(&self) -> Result<Vec<Damage>, Fault> {
        self.inner.check()
    }

    fn scrub(&self) -> Result<Vec<Damage>, Fault> {
        self.inner.scrub()
    }

    fn tidy(&self, now: LogTime) -> Result<Tidied, Fault> {
        self.inner.tidy(now)
    }
}

impl Vault for DoubtfulStore {
    fn ballots(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        step: Step,
    ) -> Result<Vec<VaultBallot>, Fault> {
        self.inner.ballots(group, proposal, step)
    }

    fn all_ballots(&self, group: GroupId) -> Result<Vec<VaultBallot>, Fault> {
        self.inner.all_ballots(group)
    }

    fn reasons(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        step: Step,
    ) -> Result<Vec<String>, Fault> {
        self.inner.reasons(group, proposal, step)
    }
}
