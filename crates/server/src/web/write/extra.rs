//! What a proposal of a kind says beyond a text: kept as it was typed, checked when it is opened. Knows no store but for the lists to
//! choose from.

use mic_engine::charter::{Method, Process, ProposalKind, Rule};
use mic_engine::command::Content;
use mic_engine::ids::{LogTime, Number, Slot};
use mic_engine::node::View;
use mic_engine::state::State;
use mic_engine::version::{OPTION_CHARS_MAX, PLACE_CHARS_MAX};
use mic_proof::count::{OPTIONS_MAX, OPTIONS_MIN, PLEDGE_MAX};
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::Fault;
use serde::{Deserialize, Serialize};

use super::super::fill::{people, texts};
use super::super::form::Fields;
use crate::pages::start::FormFault;
use crate::pages::write::{BROADCASTS_LISTED_MAX, Extra as Shown, MEMBERS_LISTED_MAX, Recallable};
use crate::words::{Moment, Phrase, Zone};

/// Bytes of each field that a draft keeps: 64 options of 200 characters of four bytes, with their line breaks, are 51,263.
const FIELD_BYTES_MAX: usize = 52_000;

/// The fields as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Extra {
    pub(in crate::web) options: String,
    pub(in crate::web) starts: String,
    pub(in crate::web) ends: String,
    pub(in crate::web) place: String,
    pub(in crate::web) wanted: String,
    pub(in crate::web) member: String,
    pub(in crate::web) broadcast: String,
    pub(in crate::web) erase: bool,
}

impl Extra {
    pub(super) fn typed(fields: &Fields) -> Self {
        let field = |name| {
            let text = fields.get(name);
            if text.len() > FIELD_BYTES_MAX { String::new() } else { text.to_owned() }
        };
        Self {
            options: field("options"),
            starts: field("starts"),
            ends: field("ends"),
            place: field("place"),
            wanted: field("wanted"),
            member: field("member"),
            broadcast: field("broadcast"),
            erase: fields.ticked("erase"),
        }
    }

    /// The fields that would be typed for this.
    pub(in crate::web) fn of(meant: &Content<Hash>, zone: &Zone) -> Self {
        let blank = Self::default();
        match meant {
            Content::Message | Content::Admission { .. } | Content::Amendment { .. } => blank,
            Content::Decision { options } => Self { options: options.join("\n"), ..blank },
            Content::Action { starts, ends, place, wanted } => Self {
                starts: zone.local(Moment::from(*starts)),
                ends: zone.local(Moment::from(*ends)),
                place: place.clone(),
                wanted: wanted.to_string(),
                ..blank
            },
            Content::Removal { member } => Self { member: member.0.to_string(), ..blank },
            Content::Recall { number, erase } => {
                Self { broadcast: number.0.to_string(), erase: *erase, ..blank }
            }
        }
    }

    /// Reads what was typed, or says field by field what is wrong with it.
    pub(super) fn meant(
        &self,
        process: &Process,
        state: &State,
        reader: (Slot, &Zone, LogTime),
    ) -> Result<Content, Vec<FormFault>> {
        let (slot, zone, now) = reader;
        match process.kind {
            ProposalKind::Message | ProposalKind::Admission | ProposalKind::Amendment => {
                Ok(Content::Message)
            }
            ProposalKind::Decision => Ok(Content::Decision {
                options: if has_options(process) { self.options()? } else { Vec::new() },
            }),
            ProposalKind::Action => self.action(zone, now),
            ProposalKind::Removal => {
                let member = self.member.trim().parse().ok().map(Slot);
                let member = member.filter(|member| *member != slot && state.roll.holds(*member));
                let fault = || vec![fault("member", Phrase::new("fault-member"))];
                Ok(Content::Removal { member: member.ok_or_else(fault)? })
            }
            ProposalKind::Recall => {
                let number = self.broadcast.trim().parse().ok().map(Number);
                let number = number.filter(|number| texts::may_recall(state, *number));
                let fault = || vec![fault("broadcast", Phrase::new("fault-broadcast"))];
                Ok(Content::Recall { number: number.ok_or_else(fault)?, erase: self.erase })
            }
        }
    }

    fn options(&self) -> Result<Vec<String>, Vec<FormFault>> {
        let lines = self.options.lines().map(str::trim).filter(|line| !line.is_empty());
        let options: Vec<String> = lines.map(ToOwned::to_owned).collect();
        let wrong = |phrase| Err(vec![fault("options", phrase)]);
        let count = u32::try_from(options.len()).unwrap_or(u32::MAX);
        if count < OPTIONS_MIN {
            return wrong(Phrase::new("fault-options-few"));
        }
        if count > OPTIONS_MAX {
            return wrong(Phrase::new("fault-options-many"));
        }
        for (index, option) in options.iter().enumerate() {
            if option.chars().any(is_hidden) {
                return wrong(Phrase::new("fault-option-forbidden"));
            }
            if option.chars().count() > OPTION_CHARS_MAX as usize {
                let begin: String = option.chars().take(40).collect();
                return wrong(Phrase::new("fault-option-long").text("option", begin));
            }
            if options[..index].contains(option) {
                return wrong(Phrase::new("fault-option-twice").text("option", option.clone()));
            }
        }
        Ok(options)
    }

    fn action(&self, zone: &Zone, now: LogTime) -> Result<Content, Vec<FormFault>> {
        let mut faults = Vec::new();
        let (starts, ends) = (zone.instant(&self.starts), zone.instant(&self.ends));
        match starts {
            None => faults.push(fault("starts", Phrase::new("fault-moment"))),
            Some(starts) if starts <= Moment::from(now) => {
                faults.push(fault("starts", Phrase::new("fault-moment-past")));
            }
            Some(_) => {}
        }
        match ends {
            None => faults.push(fault("ends", Phrase::new("fault-moment"))),
            Some(ends) if starts.is_some_and(|starts| ends <= starts) => {
                faults.push(fault("ends", Phrase::new("fault-ends")));
            }
            Some(_) => {}
        }
        let place = self.place.trim();
        let fits = (1..=PLACE_CHARS_MAX as usize).contains(&place.chars().count());
        if !fits || place.chars().any(is_hidden) {
            faults.push(fault("place", Phrase::new("fault-place")));
        }
        let wanted =
            whole(&self.wanted).filter(|wanted| (1..=PLEDGE_MAX).contains(&u64::from(*wanted)));
        if wanted.is_none() {
            faults.push(fault("wanted", Phrase::new("fault-wanted")));
        }
        match (starts, ends, wanted) {
            (Some(starts), Some(ends), Some(wanted)) if faults.is_empty() => Ok(Content::Action {
                starts: LogTime(starts.0),
                ends: LogTime(ends.0),
                place: place.to_owned(),
                wanted,
            }),
            _ => Err(faults),
        }
    }

    /// As the page shows it, without the lists to choose from.
    pub(super) fn shown(&self, process: Option<&Process>, zone: &Zone) -> Shown {
        let Some(process) = process else { return Shown::None };
        match process.kind {
            ProposalKind::Message | ProposalKind::Admission | ProposalKind::Amendment => {
                Shown::None
            }
            ProposalKind::Decision => {
                Shown::Decision { by_options: has_options(process), options: self.options.clone() }
            }
            ProposalKind::Action => Shown::Action {
                starts: self.starts.clone(),
                ends: self.ends.clone(),
                place: self.place.clone(),
                wanted: self.wanted.clone(),
                zone: zone.name().to_owned(),
            },
            ProposalKind::Removal => {
                Shown::Removal { member: self.member.trim().to_owned(), members: Vec::new() }
            }
            ProposalKind::Recall => Shown::Recall {
                broadcast: self.broadcast.trim().to_owned(),
                broadcasts: Vec::new(),
                erase: self.erase,
            },
        }
    }
}

/// The same with the lists to choose from.
pub(super) fn with_lists(
    store: &dyn Store,
    view: &View,
    reader: Slot,
    shown: Shown,
) -> Result<Shown, Fault> {
    let state = &view.state;
    Ok(match shown {
        Shown::Removal { member, .. } => {
            let mut members = Vec::new();
            if state.roll.len() <= MEMBERS_LISTED_MAX {
                for slot in (0..state.roll.len()).map(Slot) {
                    if slot != reader && state.roll.holds(slot) {
                        members.push(people::person(store, view, slot, None)?);
                    }
                }
            }
            Shown::Removal { member, members }
        }
        Shown::Recall { broadcast, erase, .. } => {
            let newest = state.broadcasts.iter().rev();
            let standing = newest.filter(|line| texts::may_recall(state, line.number));
            let mut broadcasts = Vec::new();
            for line in standing.take(BROADCASTS_LISTED_MAX) {
                let text = texts::version(store, state.founded.group, &line.version)?;
                let title = text.map(|text| text.title).unwrap_or_default();
                broadcasts.push(Recallable { number: line.number.0, title });
            }
            Shown::Recall { broadcast, broadcasts, erase }
        }
        Shown::None | Shown::Decision { .. } | Shown::Action { .. } => shown,
    })
}

/// Whether a process asks to choose among options: they are needed then, and not wanted otherwise (spec/events.md).
pub(in crate::web) fn has_options(process: &Process) -> bool {
    process.stages.values().any(|stage| match &stage.rule {
        Rule::Vote(vote) => match vote.method {
            Method::YesNo { .. } => false,
            Method::Approval
            | Method::Score { .. }
            | Method::Schulze
            | Method::Runoff
            | Method::Stv { .. } => true,
        },
        Rule::Cosign(_)
        | Rule::Jury(_)
        | Rule::Recourse(_)
        | Rule::Wait(_)
        | Rule::Consensus(_)
        | Rule::Objection(_)
        | Rule::Pledge(_) => false,
    })
}

/// A whole number in plain digits.
pub(in crate::web) fn whole(text: &str) -> Option<u32> {
    let text = text.trim();
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// Control characters, and those that turn the direction of reading or are not seen at all.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200d}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn fault(field: &'static str, problem: Phrase) -> FormFault {
    FormFault { field, problem }
}

#[cfg(test)]
mod tests {
    use mic_engine::ids::LogTime;

    use mic_engine::command::Content;

    use super::{Extra, has_options, whole};
    use crate::words::Zone;

    fn options(text: &str) -> Result<usize, String> {
        let extra = Extra { options: text.to_owned(), ..Extra::default() };
        extra.options().map(|options| options.len()).map_err(|faults| format!("{:?}", faults[0]))
    }

    #[test]
    fn options_are_lines_and_broken_ones_say_why() {
        assert_eq!(options(" a \n\n b\n"), Ok(2));
        let long = "x".repeat(201);
        for (text, key) in [
            ("", "few"),
            ("one", "few"),
            ("a\na", "twice"),
            ("a\nb\u{202e}c", "forbidden"),
            ("a\nb\0", "forbidden"),
            (&*format!("a\n{long}"), "long"),
        ] {
            assert!(options(text).is_err_and(|said| said.contains(key)), "{text:?}");
        }
        let many = (0..65).map(|index| index.to_string()).collect::<Vec<_>>().join("\n");
        assert!(options(&many).is_err_and(|said| said.contains("many")));
    }

    #[test]
    fn an_action_has_times_in_the_readers_zone() {
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let typed = |starts: &str, ends: &str, wanted: &str| Extra {
            starts: starts.to_owned(),
            ends: ends.to_owned(),
            place: " Main gate ".to_owned(),
            wanted: wanted.to_owned(),
            ..Extra::default()
        };
        let good = typed("2026-12-04T07:00", "2026-12-04T08:30", "40");
        let Ok(Content::Action { starts, ends, place, wanted }) = good.action(&zone, LogTime(0))
        else {
            panic!("a good action");
        };
        assert_eq!((starts.0, ends.0), (1_796_364_000_000, 1_796_369_400_000));
        assert_eq!((place.as_str(), wanted), ("Main gate", 40));
        let meant = Content::Action { starts, ends, place, wanted };
        assert_eq!(Extra::of(&meant, &zone).starts, "2026-12-04T07:00");
        let faults = |extra: &Extra, now| {
            let faults = extra.action(&zone, LogTime(now)).unwrap_err();
            faults.iter().map(|fault| fault.field).collect::<Vec<_>>()
        };
        assert_eq!(faults(&good, 1_796_364_000_000), ["starts"]);
        let turned = typed("2026-12-04T07:00", "2026-12-04T07:00", "0");
        assert_eq!(faults(&turned, 0), ["ends", "wanted"]);
        assert_eq!(faults(&typed("tomorrow", "", "-1"), 0), ["starts", "ends", "wanted"]);
        assert_eq!(whole("00040"), Some(40));
        assert_eq!(whole("4 0"), None);
    }

    #[test]
    fn only_votes_among_options_ask_for_options() {
        let charter = include_str!("../../../tests/it/web/deciding.toml");
        let charter = mic_engine::charter::parse::parse(charter).expect("a charter");
        let asks = |process: &str| {
            let id = mic_engine::charter::Id::parse(process).expect("an id");
            has_options(&charter.processes[&id])
        };
        assert!(["approve", "score", "schulze", "runoff", "elect"].into_iter().all(asks));
        assert!(!["question", "talk", "together", "remove"].into_iter().any(asks));
    }
}
