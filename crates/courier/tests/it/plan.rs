//! Retries and breakers.

use mic_courier::plan::{
    BREAKER_FAILURES_MAX, BREAKER_PAUSE_MS_MAX, Breaker, Gate, LETTER_AGE_MS_MAX, LetterKey, Next,
    Reason, Setback, UnixMs, next,
};
use proptest::prelude::*;

const SETBACKS: [Setback; 3] = [Setback::Later, Setback::Unknown, Setback::Unreachable];

#[test]
fn a_refusal_is_final() {
    let at = UnixMs(1_000);
    assert_eq!(next(LetterKey(1), 1, at, at, Setback::Refused), Next::GiveUp(Reason::Refused));
}

#[test]
fn the_delays_are_those_of_the_description() {
    let minute = 60_000;
    for (attempts, minutes) in [(1, 1), (2, 5), (3, 15), (4, 60), (5, 240), (8, 1_440), (9, 1_440)]
    {
        let now = UnixMs(7);
        let next = next(LetterKey(0), attempts, now, now, Setback::Later);
        assert_eq!(next, Next::RetryAt(UnixMs(7 + minutes * minute)), "attempt {attempts}");
    }
}

proptest! {
    #[test]
    fn delays_grow_are_bounded_and_end(key: u64, start in 0..u64::MAX / 4, kind in 0_usize..3) {
        let (key, setback) = (LetterKey(key), SETBACKS[kind]);
        let (first, mut now, mut last_delay, mut attempts) = (UnixMs(start), UnixMs(start), 0, 1);
        loop {
            prop_assert!(attempts < 20, "it never ends");
            match next(key, attempts, first, now, setback) {
                Next::RetryAt(at) => {
                    let delay = at.0 - now.0;
                    prop_assert!(delay >= last_delay && delay >= 60_000);
                    prop_assert!(delay <= 24 * 3_600_000 * 6 / 5);
                    prop_assert!(at.0 - first.0 <= LETTER_AGE_MS_MAX);
                    (last_delay, now) = (delay, at);
                    attempts += 1;
                }
                Next::GiveUp(reason) => {
                    prop_assert_eq!(reason, Reason::TooOld(setback));
                    break;
                }
            }
        }
        // Never earlier than the fifth day less the longest delay.
        prop_assert!(now.0 - first.0 > LETTER_AGE_MS_MAX - 24 * 3_600_000 * 6 / 5);
    }

    #[test]
    fn a_breaker_pauses_longer_and_longer_and_heals(failures in 0_u32..40, start in 0..u64::MAX / 4) {
        let mut breaker = Breaker::new();
        let (mut now, mut last_pause) = (UnixMs(start), 0);
        for count in 1..=failures {
            match breaker.gate(now) {
                Gate::Send => prop_assert!(count <= BREAKER_FAILURES_MAX),
                Gate::WaitUntil(until) => {
                    let pause = until.0 - now.0;
                    prop_assert!(pause >= last_pause && pause <= BREAKER_PAUSE_MS_MAX);
                    last_pause = pause;
                    prop_assert_eq!(breaker.failed(now), breaker, "a straggler changes nothing");
                    now = until;
                    prop_assert_eq!(breaker.gate(now), Gate::Probe);
                    breaker = breaker.probing();
                    prop_assert_eq!(breaker.gate(now), Gate::WaitForProbe);
                }
                Gate::Probe | Gate::WaitForProbe => prop_assert!(false, "a probe nobody began"),
            }
            breaker = breaker.failed(now);
        }
        let is_open = failures >= BREAKER_FAILURES_MAX;
        prop_assert_eq!(matches!(breaker.gate(now), Gate::WaitUntil(_)), is_open);
        prop_assert_eq!(Breaker::answered().gate(now), Gate::Send);
    }
}

#[test]
fn many_letters_do_not_come_back_in_one_second() {
    let now = UnixMs(0);
    let mut seconds = std::collections::BTreeSet::new();
    for key in 0..10_000 {
        if let Next::RetryAt(at) = next(LetterKey(key), 4, now, now, Setback::Later) {
            seconds.insert(at.0 / 1_000);
        }
    }
    assert!(seconds.len() > 600, "{} different seconds", seconds.len());
}
