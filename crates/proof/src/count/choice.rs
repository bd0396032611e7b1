//! What a ballot says: the one spelling of a choice in each method, and equal choices folded
//! together (`spec/vote.md`, Choices). Knows nothing of how they are counted.

use std::fmt;

use super::Method;

/// A text that is put to a vote lists at most so many options.
pub const OPTIONS_MAX: u32 = 64;
/// And at least so many, if it lists any.
pub const OPTIONS_MIN: u32 = 2;

/// What every method takes from who is here but takes no side.
const ABSTAIN: &str = "abstain";
/// The rank of all options that a ballot of the Schulze method leaves out.
pub(super) const BEHIND_ALL: u8 = u8::MAX;

/// Why a text is no choice of a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceError {
    /// not written as the method asks
    Form,
    /// names an option, or a number, that there is not
    Unknown,
    /// names an option twice, or equals not ascending
    Order,
}

impl fmt::Display for ChoiceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Form => "not written as this method asks",
            Self::Unknown => "names an option or a number that there is not",
            Self::Order => "names an option twice, or equal options not ascending",
        })
    }
}

impl std::error::Error for ChoiceError {}

/// Whether a text is a choice of this method among `options` options (0 for yes or no).
///
/// ```
/// use mic_proof::count::{ChoiceError, Method, check_choice};
/// assert_eq!(check_choice(&Method::Schulze, 3, "1>0=2"), Ok(()));
/// assert_eq!(check_choice(&Method::Runoff, 3, "1>0=2"), Err(ChoiceError::Form));
/// ```
pub fn check_choice(method: &Method, options: u32, choice: &str) -> Result<(), ChoiceError> {
    parse(method, options, choice, &mut Vec::new()).map(|_| ())
}

/// One distinct choice and how many ballots say it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ballot<'a> {
    pub(super) weight: u64,
    /// by method. `yes_no`: the one place chosen. `approval`, `runoff`, `stv`: places in the order
    /// of the ballot. `score`: the number given to each place. `schulze`: the rank of each place
    pub(super) says: &'a [u8],
}

/// The choices of a vote, equal ones folded together, abstentions left out.
#[derive(Debug, Default)]
pub(super) struct Choices {
    says: Vec<u8>,
    /// how many ballots, and where in `says` their choice ends
    folded: Vec<(u64, usize)>,
    abstained: u64,
}

impl Choices {
    /// Folds and parses them; the first that is not a choice is refused.
    pub(super) fn fold<'a>(
        method: &Method,
        options: u32,
        choices: impl IntoIterator<Item = &'a str>,
    ) -> Result<Choices, ChoiceError> {
        let mut texts: Vec<&str> = choices.into_iter().collect();
        texts.sort_unstable();
        let mut them = Choices::default();
        for equal in texts.chunk_by(|one, other| one == other) {
            let weight = equal.len() as u64;
            if parse(method, options, equal[0], &mut them.says)? {
                them.folded.push((weight, them.says.len()));
            } else {
                them.abstained += weight;
            }
        }
        Ok(them)
    }

    /// All ballots.
    pub(super) fn cast(&self) -> u64 {
        self.valid() + self.abstained
    }

    /// Ballots that do not abstain.
    pub(super) fn valid(&self) -> u64 {
        self.folded.iter().map(|(weight, _)| weight).sum()
    }

    /// The distinct choices.
    pub(super) fn ballots(&self) -> impl Iterator<Item = Ballot<'_>> {
        let begins = std::iter::once(0).chain(self.folded.iter().map(|(_, end)| *end));
        let folded = self.folded.iter().zip(begins);
        folded
            .map(|((weight, end), begin)| Ballot { weight: *weight, says: &self.says[begin..*end] })
    }
}

/// A whole number in decimal without leading zeros.
pub(super) fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = digits && (text.len() == 1 || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

/// Adds what a choice says; false if it abstains.
fn parse(
    method: &Method,
    options: u32,
    choice: &str,
    says: &mut Vec<u8>,
) -> Result<bool, ChoiceError> {
    if choice == ABSTAIN {
        return Ok(false);
    }
    let asked = if method.has_options() { OPTIONS_MIN..=OPTIONS_MAX } else { 0..=0 };
    if !asked.contains(&options) {
        return Err(ChoiceError::Unknown);
    }
    let places = method.places(options);
    match method {
        Method::YesNo { .. } => says.push(match choice {
            "yes" => super::yes_no::YES,
            "no" => super::yes_no::NO,
            _ => return Err(ChoiceError::Form),
        }),
        Method::Approval => {
            let mut seen = Seen::new(places);
            for text in choice.split(',') {
                says.push(seen.ascending(text)?);
            }
        }
        Method::Score { max_score } => scores(choice, places, *max_score, says)?,
        Method::Schulze => ranks(choice, places, says)?,
        Method::Runoff | Method::Stv { .. } => {
            let mut seen = Seen::new(places);
            for text in choice.split('>') {
                says.push(seen.once(text)?);
            }
        }
    }
    Ok(true)
}

/// A number for every place in order.
fn scores(choice: &str, places: u32, most: u32, says: &mut Vec<u8>) -> Result<(), ChoiceError> {
    let mut given = 0;
    for text in choice.split(',') {
        let points = number(text).ok_or(ChoiceError::Form)?;
        let points = u8::try_from(points).ok().filter(|points| u32::from(*points) <= most);
        says.push(points.ok_or(ChoiceError::Unknown)?);
        given += 1;
    }
    if given == places { Ok(()) } else { Err(ChoiceError::Form) }
}

/// The rank of every place: 0 for the best, [`BEHIND_ALL`] for those left out.
fn ranks(choice: &str, places: u32, says: &mut Vec<u8>) -> Result<(), ChoiceError> {
    let begin = says.len();
    says.resize(begin + places as usize, BEHIND_ALL);
    let mut seen = Seen::new(places);
    for (rank, equals) in (0_u8..).zip(choice.split('>')) {
        seen.last = None;
        for text in equals.split('=') {
            let place = seen.ascending(text)?;
            says[begin + usize::from(place)] = rank;
        }
    }
    Ok(())
}

/// The places that a choice has named so far.
struct Seen {
    places: u32,
    named: u128,
    last: Option<u8>,
}

impl Seen {
    fn new(places: u32) -> Seen {
        Seen { places, named: 0, last: None }
    }

    /// A place that was not named before.
    fn once(&mut self, text: &str) -> Result<u8, ChoiceError> {
        let place = number(text).ok_or(ChoiceError::Form)?;
        if place >= self.places {
            return Err(ChoiceError::Unknown);
        }
        let bit = 1 << place;
        if self.named & bit != 0 {
            return Err(ChoiceError::Order);
        }
        self.named |= bit;
        u8::try_from(place).map_err(|_| ChoiceError::Unknown)
    }

    /// The same, and higher than the one before.
    fn ascending(&mut self, text: &str) -> Result<u8, ChoiceError> {
        let place = self.once(text)?;
        if self.last.is_some_and(|last| last >= place) {
            return Err(ChoiceError::Order);
        }
        self.last = Some(place);
        Ok(place)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Fraction;
    use super::*;

    const YES_NO: Method = Method::YesNo { agree: Fraction::HALF };

    fn check(method: &Method, options: u32, good: &[&str], bad: &[&str]) {
        for choice in good {
            assert_eq!(check_choice(method, options, choice), Ok(()), "{method:?} {choice}");
        }
        for choice in bad {
            assert!(check_choice(method, options, choice).is_err(), "{method:?} {choice}");
        }
    }

    #[test]
    fn every_method_has_its_own_choices() {
        check(&YES_NO, 0, &["yes", "no", "abstain"], &["", "Yes", "0", "yes ", "maybe"]);
        let bad = ["", "2,0", "0,0", "4", "00", "0,", ",", "0>1", "yes", "-1", "99999999999"];
        check(&Method::Approval, 3, &["0", "3", "0,2,3", "abstain"], &bad);
        let score = Method::Score { max_score: 5 };
        let bad = ["", "0,5,3", "0,5,3,1,0", "0,6,0,0", "0,05,0,0", "0,,0,0", "300,0,0,0"];
        check(&score, 3, &["0,5,3,1", "0,0,0,0", "abstain"], &bad);
        let bad = ["", "1>", ">1", "2=1", "0>0", "0=0", "4", "1>01", "1,2", "0>1=0"];
        check(&Method::Schulze, 3, &["1", "3>0", "0=1=2=3", "2>0=1>3", "abstain"], &bad);
        let bad = ["", "1>", "0=1", "0>0", "4", "0,1"];
        check(&Method::Runoff, 3, &["1", "3>0", "2>0>1>3", "abstain"], &bad);
        let stv = Method::Stv { winners: 2 };
        check(&stv, 3, &["1", "2>0>1", "abstain"], &["3", "0>1>2>3", "1>1"]);
    }

    #[test]
    fn only_so_many_options_can_be_asked_about() {
        let last = |options: u32| options.to_string();
        assert_eq!(check_choice(&Method::Runoff, OPTIONS_MAX, &last(OPTIONS_MAX)), Ok(()));
        for options in [0, 1, OPTIONS_MAX + 1] {
            assert_eq!(check_choice(&Method::Runoff, options, "0"), Err(ChoiceError::Unknown));
        }
        assert_eq!(check_choice(&YES_NO, 2, "yes"), Err(ChoiceError::Unknown));
    }

    #[test]
    fn equal_choices_are_folded() {
        let choices = ["1>0", "abstain", "0>1", "1>0", "1>0"];
        let folded = Choices::fold(&Method::Runoff, 2, choices).expect("choices");
        assert_eq!((folded.cast(), folded.valid()), (5, 4));
        let all: Vec<(u64, &[u8])> = folded.ballots().map(|it| (it.weight, it.says)).collect();
        assert_eq!(all, [(1, [0, 1].as_slice()), (3, &[1, 0])]);
        assert!(Choices::fold(&Method::Runoff, 2, ["0", "3"]).is_err());
    }
}
