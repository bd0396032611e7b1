//! The rules of the invented group: messages judged by nine, admissions vouched for by one.

use std::collections::BTreeMap;

use mic_proof::entry::{Audience, Outcome, ProposalKind};
use mic_proof::jury::Terms;
use mic_proof::rules::{
    BySize, CharterRules, Counted, Deciding, Effect, Next, Portion, ProcessRules, SeatRule, Seats,
    StageParameters, StageRules,
};

/// The charter's text; its rules are given beside it.
pub(crate) const CHARTER: &str = "the charter of a benchmark\n";

pub(crate) const HOUR_MS: u64 = 3_600_000;
pub(crate) const DAY_MS: u64 = 24 * HOUR_MS;
pub(crate) const TERMS: Terms = Terms { seats: 9, agree: 6, then: 12, quorum: 6 };
pub(crate) const REST_DAYS: u64 = 7;
pub(crate) const NEW_DAYS: u64 = 14;
pub(crate) const ANSWER_MS: u64 = 24 * HOUR_MS;
pub(crate) const WINDOW_MS: u64 = 72 * HOUR_MS;
pub(crate) const COSIGN_DAYS: u64 = 14;

/// The rules of [`CHARTER`].
pub(crate) fn rules() -> CharterRules {
    let cosign = |count, pass| StageRules {
        kind: StageParameters::Cosign {
            needed: vec![BySize { members_up_to: None, value: count }],
            lasts_ms: COSIGN_DAYS * DAY_MS,
        },
        reminders: 0,
        next: BTreeMap::from([(Outcome::Pass, pass), (Outcome::Lapsed, Next::End)]),
    };
    let jury = StageRules {
        kind: StageParameters::Jury {
            sizes: vec![BySize { members_up_to: None, value: seats() }],
            answer_ms: ANSWER_MS,
            window_ms: WINDOW_MS,
            fresh: false,
        },
        reminders: 0,
        next: BTreeMap::from([
            (Outcome::Pass, Next::Effect(Effect::Broadcast)),
            (Outcome::Fail, Next::End),
            (Outcome::Undecided, Next::End),
        ]),
    };
    let process = |kind, stages: Vec<(&str, StageRules)>| ProcessRules {
        kind,
        audiences: vec![Audience::Members],
        first: "cosign".to_owned(),
        stages: stages.into_iter().map(|(id, rules)| (id.to_owned(), rules)).collect(),
    };
    let message = vec![("cosign", cosign(2, Next::Stage("jury".to_owned()))), ("jury", jury)];
    let admission = vec![("cosign", cosign(1, Next::Effect(Effect::Admit)))];
    CharterRules {
        unguarded: false,
        every_minutes: 60,
        offset_minutes: 10,
        open_proposals_per_member: 3,
        open_invitations_per_member: 5,
        new_days: NEW_DAYS,
        rest_days: REST_DAYS,
        processes: BTreeMap::from([
            ("message".to_owned(), process(ProposalKind::Message, message)),
            ("admission".to_owned(), process(ProposalKind::Admission, admission)),
        ]),
    }
}

/// The same numbers as the charter says them.
fn seats() -> Seats {
    Seats::Counted(Counted {
        seats: SeatRule::Number(TERMS.seats),
        deciding: Deciding::Agree(Portion::Number(TERMS.agree)),
        quorum: Portion::Number(TERMS.quorum),
        then: TERMS.then,
    })
}
