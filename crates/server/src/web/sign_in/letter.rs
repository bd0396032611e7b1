//! The letter with link and code, written after the answer. Knows no page and no cookie.
//!
//! Who keeps asking for somebody else's letters can neither flood nor lock them out: a letter lives as long as the pause after it, so
//! there is always one that works, or room for the next.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use mic_engine::ids::LogTime;
use mic_store::Store;
use mic_store::contract::{AccountId, Fault, Letter, LetterId, LetterKind, SignInAttempt, Token};

use super::super::limits::{
    LETTER_LONG_PAUSE_MS, LETTER_PAUSE_MS, LETTERS_QUICK_A_DAY_MAX, LETTERS_UNCONFIRMED_A_DAY_MAX,
    SIGN_IN_MS,
};
use super::super::visitor::Visitor;
use super::{browser_of, code_of, link_token};
use crate::app::App;
use crate::outbox::LetterContent;
use crate::words::{Language, Moment};

const DAY_MS: u64 = 86_400_000;

/// Who asked, in the order in which they did. Each is answered by one task, though not each by its own.
#[derive(Default)]
pub(in crate::web) struct Asks(Mutex<VecDeque<Ask>>);

/// Those who wait to be answered; the limits on asking let fewer through in ten minutes.
const ASKS_MAX: usize = 10_000;

/// Everything that depends on whose address it is. Nobody waits for it, so that its time tells nothing.
pub(super) fn after_the_answer(visitor: &Visitor, email: String) {
    let app = visitor.site.app().clone();
    let (random, id) = (app.random(), LetterId(app.random()));
    let asks = visitor.site.asks();
    if !asks.add(Ask { email, language: visitor.language(), random, id }) {
        tracing::error!(event = "sign_in.too_many_wait");
        return;
    }
    let letters = visitor.site.letters();
    tokio::spawn(async move {
        let now = LogTime(app.wall().0);
        let written = app.blocking(move |store| {
            let _one_at_a_time = letters.lock().unwrap_or_else(PoisonError::into_inner);
            asks.next().map_or(Ok(false), |ask| ask.answer(store, now))
        });
        match written.await {
            Ok(true) => app.kick_outbox(),
            Ok(false) => {}
            Err(fault) => tracing::error!(event = "sign_in.not_written", %fault),
        }
    });
}

/// Whether letters to this address may be written now; for invitations, whoever it belongs to.
pub(in crate::web) fn stranger_may_get_letter(
    app: &App,
    store: &dyn Store,
    email: &str,
) -> Result<bool, Fault> {
    let since = |span: u64| LogTime(app.wall().0.saturating_sub(span));
    Ok(store.letters_since(None, email, since(LETTER_PAUSE_MS))? == 0
        && store.letters_since(None, email, since(DAY_MS))? < LETTERS_UNCONFIRMED_A_DAY_MAX)
}

impl Asks {
    /// `false` if too many wait.
    fn add(&self, ask: Ask) -> bool {
        let mut waiting = self.lock();
        let room = waiting.len() < ASKS_MAX;
        if room {
            waiting.push_back(ask);
        }
        room
    }

    fn next(&self) -> Option<Ask> {
        self.lock().pop_front()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Ask>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Ask {
    email: String,
    language: Language,
    random: [u8; 16],
    id: LetterId,
}

impl Ask {
    /// Writes a letter, if the address belongs to somebody and its pause is over; `false` if none was written.
    fn answer(&self, store: &dyn Store, now: LogTime) -> Result<bool, Fault> {
        let Some(account) = store.account(&self.email)? else {
            // Typing a code costs the same then.
            self.begin(store, LogTime(now.0 + SIGN_IN_MS))?;
            return Ok(false);
        };
        let Some(life) = life_of_next(store, &self.email, account, now)? else { return Ok(false) };
        let until = LogTime(now.0 + life);
        let (token, code) = self.begin(store, until)?;
        let content = LetterContent::SignIn {
            language: self.language_of(store, account)?,
            zone: String::new(),
            token,
            code,
            until: until.0,
        };
        let letter = Letter {
            id: self.id,
            kind: LetterKind::SignIn,
            group: None,
            address: self.email.clone(),
            content: content.to_bytes(),
            expires: until,
        };
        store.write_letter(&letter, now)
    }

    /// Link and code, both alive until then; those before are void.
    fn begin(&self, store: &dyn Store, expires: LogTime) -> Result<(String, String), Fault> {
        let token = link_token(self.random, Moment(expires.0));
        let code = code_of(&token);
        store.begin_sign_in(&SignInAttempt {
            email: &self.email,
            link: Token(token.as_bytes()),
            browser: Token(&browser_of(&self.email)),
            code: Token(code.as_bytes()),
            expires,
            note: "",
        })?;
        Ok((token, code))
    }

    /// The person's own language, where they have one; else that of the browser that asked.
    fn language_of(&self, store: &dyn Store, account: AccountId) -> Result<String, Fault> {
        for membership in store.memberships(account)? {
            if let Some(record) = store.person(membership.group, membership.slot)? {
                return Ok(record.person.language);
            }
        }
        Ok(self.language.tag().to_owned())
    }
}

/// How long a letter written now would live; `None` while the pause after the newest one lasts. Invitations do not count: members
/// could lock each other out by them.
fn life_of_next(
    store: &dyn Store,
    email: &str,
    account: AccountId,
    now: LogTime,
) -> Result<Option<u64>, Fault> {
    let since = |span: u64| {
        let from = LogTime((now.0 + 1).saturating_sub(span));
        store.letters_since(Some(LetterKind::SignIn), email, from)
    };
    let mut confirmed = false;
    for membership in store.memberships(account)? {
        let record = store.person(membership.group, membership.slot)?;
        confirmed |= record.is_some_and(|record| record.last_active.is_some());
    }
    let today = since(DAY_MS)?;
    let waits = today > 0 && since(pause_after(today, confirmed))? > 0;
    Ok((!waits).then(|| pause_after(today + 1, confirmed)))
}

/// How long after the letter that was the n-th in a day no other is written.
const fn pause_after(nth: u64, confirmed: bool) -> u64 {
    match (confirmed, nth) {
        (false, ..LETTERS_UNCONFIRMED_A_DAY_MAX) | (true, ..LETTERS_QUICK_A_DAY_MAX) => {
            LETTER_PAUSE_MS
        }
        (false, _) => DAY_MS,
        (true, _) => LETTER_LONG_PAUSE_MS,
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY_MS, LETTER_LONG_PAUSE_MS, LETTER_PAUSE_MS, pause_after};

    #[test]
    fn pauses_grow_with_the_letters_of_a_day() {
        let pauses = |confirmed| (1..=8).map(move |nth| pause_after(nth, confirmed));
        let (short, long) = (LETTER_PAUSE_MS, LETTER_LONG_PAUSE_MS);
        let unconfirmed = [short, short, DAY_MS, DAY_MS, DAY_MS, DAY_MS, DAY_MS, DAY_MS];
        assert!(pauses(false).eq(unconfirmed));
        assert!(pauses(true).eq([short, short, short, short, short, long, long, long]));
    }
}
