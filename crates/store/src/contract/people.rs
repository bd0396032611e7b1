//! Who stands behind a slot. Knows nothing of what members do.

use mic_engine::append::Person;
use mic_engine::ids::{GroupId, LogTime, Slot};

use super::Fault;

/// One address on this server. It may have memberships in several groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountId(pub u64);

/// A place on a roll that an account holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Membership {
    pub group: GroupId,
    pub slot: Slot,
}

/// A calendar month (UTC), counted from January 1970: all that is kept of when somebody was here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(pub u32);

impl Month {
    /// The month a moment lies in (proleptic Gregorian calendar, UTC).
    pub fn of(time: LogTime) -> Self {
        let mut days = time.0 / 86_400_000;
        // 400 years have 146,097 days; what is left is walked year by year, then month by month.
        let mut year = 1970 + 400 * (days / 146_097);
        days %= 146_097;
        while days >= days_in_year(year) {
            days -= days_in_year(year);
            year += 1;
        }
        let mut month = 0;
        while days >= days_in_month(year, month) {
            days -= days_in_month(year, month);
            month += 1;
        }
        Self(u32::try_from((year - 1970) * 12 + month).unwrap_or(u32::MAX))
    }
}

/// A person with what they chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRecord {
    pub account: AccountId,
    pub person: Person,
    /// Choices as JSON text (channels, what is shown), empty when nothing was chosen yet. Encrypted like the rest.
    pub settings: String,
    pub last_active: Option<Month>,
}

/// What became of a change of address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailChanged {
    /// All memberships of the account have the new address; all its sessions ended.
    Changed,
    /// Another account has that address.
    Taken,
    NoAccount,
}

/// The form of an address by which accounts are found: without white space around it, in lower case.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Records of people. Slots get and lose their person by [`super::Journal::append`] alone. An admission whose candidate is no longer
/// there leaves a slot without a person, like one that was erased: the journal decides, the records follow.
/// Leaving and erasing destroy the record and the drafts of the slot and end every session of the account; with its last membership the account itself goes,
/// with its tokens, attempts to sign in and letters.
pub trait People {
    fn person(&self, group: GroupId, slot: Slot) -> Result<Option<PersonRecord>, Fault>;

    /// The people in up to `count` slots from `first` on, by slot; slots without a person are left out.
    fn people(
        &self,
        group: GroupId,
        first: Slot,
        count: u32,
    ) -> Result<Vec<(Slot, PersonRecord)>, Fault>;

    /// Replaces name, language and settings. The address stays; `false` if the slot has no person.
    fn update_person(
        &self,
        group: GroupId,
        slot: Slot,
        name: &str,
        language: &str,
        settings: &str,
    ) -> Result<bool, Fault>;

    /// The account of an address (see [`email_key`]), if it has a membership.
    fn account(&self, email: &str) -> Result<Option<AccountId>, Fault>;

    fn memberships(&self, account: AccountId) -> Result<Vec<Membership>, Fault>;

    fn change_email(&self, account: AccountId, email: &str) -> Result<EmailChanged, Fault>;

    /// Notes that the person was here this month; writes nothing if that is known.
    fn mark_active(&self, group: GroupId, slot: Slot, month: Month) -> Result<(), Fault>;
}

fn days_in_year(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_in_month(year: u64, month: u64) -> u64 {
    match month {
        1 => 28 + u64::from(is_leap(year)),
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}
