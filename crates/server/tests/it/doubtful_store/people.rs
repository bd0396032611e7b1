//! What the doubtful store hands on without a doubt: people, their sessions and drafts, and mail.

use mic_engine::append::Person;
use mic_engine::ids::{CandidateId, GroupId, LogTime, Slot};
use mic_engine::parcel::{Channel, Notice};
use mic_store::contract::*;

use super::{DoubtfulStore, Part};

impl Candidates for DoubtfulStore {
    fn invite(&self, candidate: &Candidate, token: Token<'_>) -> Result<bool, Fault> {
        self.sound(Part::Writes)?;
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
        self.sound(Part::Reads)?;
        self.inner.candidates(group)
    }

    fn withdraw_invitation(&self, group: GroupId, id: CandidateId) -> Result<bool, Fault> {
        self.inner.withdraw_invitation(group, id)
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
        self.sound(Part::Writes)?;
        self.inner.save_draft(key, expected, bytes, keep, now)
    }

    fn draft(&self, key: DraftKey) -> Result<Option<Draft>, Fault> {
        self.inner.draft(key)
    }

    fn drafts(&self, group: GroupId, slot: Slot) -> Result<Vec<Draft>, Fault> {
        self.sound(Part::Reads)?;
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

impl Letters for DoubtfulStore {
    fn write_letter(&self, letter: &Letter, now: LogTime) -> Result<bool, Fault> {
        self.sound(Part::Writes)?;
        self.inner.write_letter(letter, now)
    }

    fn letters_since(
        &self,
        kind: Option<LetterKind>,
        address: &str,
        since: LogTime,
    ) -> Result<u64, Fault> {
        self.inner.letters_since(kind, address, since)
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
        self.sound(Part::Reads)?;
        self.inner.person(group, slot)
    }

    fn people(
        &self,
        group: GroupId,
        first: Slot,
        count: u32,
    ) -> Result<Vec<(Slot, PersonRecord)>, Fault> {
        self.sound(Part::Reads)?;
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
        self.sound(Part::Writes)?;
        self.inner.update_person(group, slot, name, language, settings)
    }

    fn account(&self, email: &str) -> Result<Option<AccountId>, Fault> {
        self.inner.account(email)
    }

    fn memberships(&self, account: AccountId) -> Result<Vec<Membership>, Fault> {
        self.sound(Part::Reads)?;
        self.inner.memberships(account)
    }

    fn change_email(&self, account: AccountId, email: &str) -> Result<EmailChanged, Fault> {
        self.inner.change_email(account, email)
    }

    fn mark_active(&self, group: GroupId, slot: Slot, month: Month) -> Result<(), Fault> {
        self.sound(Part::Writes)?;
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

    fn renew_session(
        &self,
        token: Token<'_>,
        now: LogTime,
        expires: LogTime,
    ) -> Result<bool, Fault> {
        self.inner.renew_session(token, now, expires)
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
        self.sound(Part::Tokens)?;
        self.inner.api_token(secret, now)
    }

    fn api_tokens(&self, account: AccountId) -> Result<Vec<ApiToken>, Fault> {
        self.sound(Part::Reads)?;
        self.inner.api_tokens(account)
    }

    fn revoke_api_token(&self, account: AccountId, id: ApiTokenId) -> Result<bool, Fault> {
        self.sound(Part::Writes)?;
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
