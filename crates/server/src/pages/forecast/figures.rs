//! Numbers as people of each language write them: shares, hours, counts with a fraction. Knows nothing of what they count.

use mic_forecast::answer::{Share, Times};

use crate::words::{Arg, Language, Words};

/// Above so many hours a time is told in days.
const HOURS_TOLD_MAX: f64 = 48.0;

/// A number with so many digits behind the sign, and a sign between thousands from 10,000.
pub(crate) fn decimal(words: &Words, value: f64, digits: usize) -> String {
    let (thousands, sign) = match words.language() {
        Language::English => (',', '.'),
        Language::German => ('.', ','),
    };
    let plain = format!("{value:.digits$}");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if whole.len() > 4 && index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(sign);
        out.push_str(fraction);
    }
    out
}

/// A count.
pub(crate) fn count(words: &Words, value: u64) -> String {
    words
        .say("forecast-count", &[("number", Arg::Number(i64::try_from(value).unwrap_or(i64::MAX)))])
}

/// A share in percent: more digits the smaller it is.
pub(crate) fn percent(words: &Words, share: f64) -> String {
    let value = share * 100.0;
    if value > 0.0 && value < 0.005 {
        let least = decimal(words, 0.01, 2);
        return words.say("forecast-percent-below", &[("number", Arg::Text(least))]);
    }
    say(words, "forecast-percent", decimal(words, value, digits(value)))
}

/// A share that was counted, with its standard error in points.
pub(crate) fn counted(words: &Words, share: Share) -> String {
    let value = share.value() * 100.0;
    let error = share.standard_error() * 100.0;
    let digits = digits(value);
    let number = decimal(words, value, digits);
    let error = decimal(words, error, digits);
    words.say(
        "forecast-counted-share",
        &[("number", Arg::Text(number)), ("error", Arg::Text(error))],
    )
}

/// Hours or days.
pub(crate) fn hours(words: &Words, hours: f64) -> String {
    if hours < HOURS_TOLD_MAX {
        say(words, "forecast-hours", decimal(words, hours, 1))
    } else {
        say(words, "forecast-days", decimal(words, hours / 24.0, 1))
    }
}

/// The middle and the slow end.
pub(crate) fn times(words: &Words, times: Option<Times>) -> String {
    match times {
        None => words.say("forecast-never", &[]),
        Some(times) => words.say(
            "forecast-times",
            &[
                ("median", Arg::Text(hours(words, times.median))),
                ("slow", Arg::Text(hours(words, times.p90))),
            ],
        ),
    }
}

fn say(words: &Words, key: &str, number: String) -> String {
    words.say(key, &[("number", Arg::Text(number))])
}

fn digits(percent: f64) -> usize {
    if percent > 0.0 && percent < 1.0 { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use mic_forecast::answer::Share;

    use super::{counted, decimal, hours, percent};
    use crate::words::{Language, Words};

    #[test]
    fn numbers_are_written_as_each_language_does() {
        let (english, german) = (Words::of(Language::English), Words::of(Language::German));
        assert_eq!(decimal(english, 1_234_567.25, 1), "1,234,567.2");
        assert_eq!(decimal(german, 1_234_567.25, 1), "1.234.567,2");
        assert_eq!(decimal(english, 9_999.0, 0), "9999");
        assert_eq!(percent(english, 0.041), "4.1%");
        assert_eq!(percent(german, 0.0041), "0,41 %");
        assert_eq!(percent(english, 0.000_001), "below 0.01%");
        assert_eq!(percent(english, 0.0), "0.0%");
        assert_eq!(counted(english, Share { hits: 40, of: 1_000 }), "4.0% ± 0.6");
        assert_eq!(hours(english, 30.0), "30.0 hours");
        assert_eq!(hours(german, 84.0), "3,5 Tage");
    }
}
