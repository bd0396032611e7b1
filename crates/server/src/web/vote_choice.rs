//! Between what was typed, the choice that is counted (spec/vote.md, Choices), and what a person reads. Knows no store and no state.

use mic_proof::count::Method;

use super::form::Fields;
use super::write::whole;
use crate::pages::vote::{Method as Shown, OptionLine, Said, SaidLine};
use crate::words::Phrase;

/// The choice of a form, or what is wrong with it. `options`: as the text lists them.
pub(super) fn typed(
    method: &Method,
    options: &[String],
    fields: &Fields,
) -> Result<String, Phrase> {
    let abstains = fields.get("do") == "abstain" || fields.get("choice") == "abstain";
    if abstains {
        return Ok("abstain".to_owned());
    }
    let places = places(method, options);
    match method {
        Method::YesNo { .. } => match fields.get("choice") {
            choice @ ("yes" | "no") => Ok(choice.to_owned()),
            _ => Err(Phrase::new("fault-choice-empty")),
        },
        Method::Approval => {
            let ticked = (0..places).filter(|place| fields.ticked(&name(*place)));
            let ticked: Vec<String> = ticked.map(|place| place.to_string()).collect();
            if ticked.is_empty() {
                return Err(Phrase::new("fault-choice-empty"));
            }
            Ok(ticked.join(","))
        }
        Method::Score { max_score } => scores(places, *max_score, fields),
        Method::Schulze => ranked(places, true, fields),
        Method::Runoff | Method::Stv { .. } => ranked(places, false, fields),
    }
}

/// The lines of the ballot with what was typed, or else with what was handed in last.
pub(super) fn lines(
    method: &Method,
    options: &[String],
    typed: Option<&Fields>,
    cast: Option<&str>,
) -> Vec<OptionLine> {
    let given = given(method, cast.unwrap_or_default());
    let line = |number: u32| {
        let before = given.iter().find(|(place, _)| *place == number);
        let (value, ticked) = match typed {
            Some(fields) => (fields.get(&name(number)).to_owned(), fields.ticked(&name(number))),
            None => {
                let value = before.and_then(|(_, value)| *value);
                (value.map(|value| value.to_string()).unwrap_or_default(), before.is_some())
            }
        };
        OptionLine { number, text: text(options, number), value, ticked }
    };
    (0..places(method, options)).map(line).collect()
}

/// A choice in words.
pub(super) fn said(method: &Method, options: &[String], choice: &str) -> Said {
    match choice {
        "abstain" => Said::Abstain,
        "yes" => Said::Yes,
        "no" => Said::No,
        _ => {
            let line = |(place, number): (u32, Option<u32>)| SaidLine {
                text: text(options, place),
                number,
            };
            Said::Options { lines: given(method, choice).into_iter().map(line).collect() }
        }
    }
}

pub(super) fn shown(method: &Method) -> Shown {
    match method {
        Method::YesNo { agree } => {
            Shown::YesNo { over: agree.numerator(), of: agree.denominator() }
        }
        Method::Approval => Shown::Approval,
        Method::Score { max_score } => Shown::Score { max: *max_score },
        Method::Schulze => Shown::Schulze,
        Method::Runoff => Shown::Runoff,
        Method::Stv { winners } => Shown::Stv { winners: *winners },
    }
}

/// The text of an option; `None` for *none of these*.
pub(super) fn text(options: &[String], number: u32) -> Option<String> {
    options.get(usize::try_from(number).ok()?).cloned()
}

fn places(method: &Method, options: &[String]) -> u32 {
    method.places(u32::try_from(options.len()).unwrap_or(u32::MAX))
}

fn name(number: u32) -> String {
    format!("o{number}")
}

/// A number for each place; an empty field is 0, and nothing at all is no ballot.
fn scores(places: u32, max: u32, fields: &Fields) -> Result<String, Phrase> {
    let mut scores = Vec::new();
    let mut any = false;
    for place in 0..places {
        let field = name(place);
        let typed = fields.get(&field).trim();
        any |= !typed.is_empty();
        let score = if typed.is_empty() { Some(0) } else { whole(typed) };
        match score.filter(|score| *score <= max) {
            Some(score) => scores.push(score.to_string()),
            None => return Err(Phrase::new("fault-score-number").number("max", max)),
        }
    }
    if any { Ok(scores.join(",")) } else { Err(Phrase::new("fault-choice-empty")) }
}

/// Places of options: the lowest first. Gaps in the numbers mean nothing.
fn ranked(places: u32, equals: bool, fields: &Fields) -> Result<String, Phrase> {
    let mut typed = Vec::new();
    for place in 0..places {
        let field = name(place);
        let text = fields.get(&field).trim();
        if text.is_empty() {
            continue;
        }
        match whole(text).filter(|rank| (1..=places).contains(rank)) {
            Some(rank) => typed.push((rank, place)),
            None => return Err(Phrase::new("fault-places-number").number("max", places)),
        }
    }
    if typed.is_empty() {
        return Err(Phrase::new("fault-choice-empty"));
    }
    typed.sort_unstable();
    if !equals && typed.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(Phrase::new("fault-places-equal"));
    }
    let groups = typed.chunk_by(|one, other| one.0 == other.0).map(|group| {
        let names: Vec<String> = group.iter().map(|(_, place)| place.to_string()).collect();
        names.join("=")
    });
    Ok(groups.collect::<Vec<String>>().join(">"))
}

/// The places that a choice names, in the order to be read, each with its rank or score.
fn given(method: &Method, choice: &str) -> Vec<(u32, Option<u32>)> {
    match method {
        Method::YesNo { .. } => Vec::new(),
        Method::Approval => {
            choice.split(',').filter_map(|text| Some((text.parse().ok()?, None))).collect()
        }
        Method::Score { .. } => (0..)
            .zip(choice.split(','))
            .filter_map(|(place, text)| Some((place, Some(text.parse().ok()?))))
            .collect(),
        Method::Schulze | Method::Runoff | Method::Stv { .. } => {
            let mut lines = Vec::new();
            let mut rank = 1;
            for group in choice.split('>') {
                let before = lines.len();
                let named = group.split('=').filter_map(|text| text.parse::<u32>().ok());
                lines.extend(named.map(|place| (place, Some(rank))));
                rank += u32::try_from(lines.len() - before).unwrap_or(0);
            }
            lines
        }
    }
}

#[cfg(test)]
mod tests {
    use mic_proof::count::{Fraction, Method, check_choice};

    use super::{lines, said, typed};
    use crate::pages::vote::Said;
    use crate::web::form::Fields;

    fn options() -> Vec<String> {
        ["a", "b", "c"].map(str::to_owned).to_vec()
    }

    fn choice(method: &Method, form: &str) -> Result<String, String> {
        let fields = Fields::parse(form.as_bytes()).expect("a form");
        let options = if method.has_options() { options() } else { Vec::new() };
        let typed = typed(method, &options, &fields).map_err(|fault| format!("{fault:?}"))?;
        let count = u32::try_from(options.len()).unwrap();
        assert_eq!(check_choice(method, count, &typed), Ok(()), "{form}");
        Ok(typed)
    }

    #[test]
    fn every_method_reads_its_form() {
        let yes_no = Method::YesNo { agree: Fraction::HALF };
        let score = Method::Score { max_score: 5 };
        let stv = Method::Stv { winners: 2 };
        for (method, form, expected) in [
            (&yes_no, "choice=yes", "yes"),
            (&yes_no, "choice=abstain", "abstain"),
            (&Method::Approval, "o3=yes&o0=yes", "0,3"),
            (&score, "o0=5&o1=&o2=3", "5,0,3,0"),
            (&score, "o0=9&do=abstain", "abstain"),
            (&Method::Schulze, "o0=2&o1=1&o3=2", "1>0=3"),
            (&Method::Schulze, "o0=4&o1=02", "1>0"),
            (&Method::Runoff, "o0=3&o1=1&o3=2", "1>3>0"),
            (&stv, "o2=1", "2"),
            // A place that this method does not have says nothing.
            (&stv, "o2=1&o3=2&o99=1", "2"),
        ] {
            assert_eq!(choice(method, form), Ok(expected.to_owned()), "{form}");
        }
    }

    #[test]
    fn what_cannot_be_counted_says_why() {
        let yes_no = Method::YesNo { agree: Fraction::HALF };
        let score = Method::Score { max_score: 5 };
        for (method, form, key) in [
            (&yes_no, "choice=maybe", "fault-choice-empty"),
            (&yes_no, "", "fault-choice-empty"),
            (&Method::Approval, "o0=no", "fault-choice-empty"),
            (&score, "o0=6", "fault-score-number"),
            (&score, "o0=-1", "fault-score-number"),
            (&score, "o0=1.5", "fault-score-number"),
            (&score, "", "fault-choice-empty"),
            (&Method::Schulze, "o0=5", "fault-places-number"),
            (&Method::Schulze, "o0=0", "fault-places-number"),
            (&Method::Schulze, "o0=first", "fault-places-number"),
            (&Method::Runoff, "o0=1&o1=1", "fault-places-equal"),
            (&Method::Runoff, "", "fault-choice-empty"),
        ] {
            assert!(choice(method, form).is_err_and(|said| said.contains(key)), "{form}");
        }
    }

    #[test]
    fn a_ballot_is_shown_as_it_was_cast_or_typed() {
        let shown = |typed: Option<&Fields>, cast| -> Vec<String> {
            let lines = lines(&Method::Schulze, &options(), typed, cast);
            lines.into_iter().map(|line| line.value).collect()
        };
        assert_eq!(shown(None, Some("1>0=3")), ["2", "1", "", "2"]);
        assert_eq!(shown(None, Some("abstain")), ["", "", "", ""]);
        let broken = Fields::parse(b"o0=first&o1=1").expect("a form");
        assert_eq!(shown(Some(&broken), Some("1>0")), ["first", "1", "", ""]);
        let Said::Options { lines } = said(&Method::Schulze, &options(), "0=1>3") else {
            panic!("options");
        };
        let numbers: Vec<_> =
            lines.iter().map(|line| (line.text.as_deref(), line.number)).collect();
        assert_eq!(numbers, [(Some("a"), Some(1)), (Some("b"), Some(1)), (None, Some(3))]);
    }
}
