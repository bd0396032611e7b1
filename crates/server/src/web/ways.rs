//! Everything a member can set going: one link for each process of the charter.

use mic_engine::charter::{Charter, ProposalKind as Kind};
use mic_engine::ids::GroupId;

use super::fill::standing;
use super::member::Member;
use super::stop::{Answer, Reader};
use crate::pages::Route;
use crate::pages::ways::{Way, Ways, WaysOfKind};

/// In which order the kinds are shown: what is done often first.
const ORDER: [Kind; 7] = [
    Kind::Message,
    Kind::Decision,
    Kind::Action,
    Kind::Recall,
    Kind::Removal,
    Kind::Admission,
    Kind::Amendment,
];

pub(super) async fn ways(member: Member) -> Answer {
    Ok(member.page(&of(&member.state().charter, member.group)))
}

fn of(charter: &Charter, group: GroupId) -> Ways {
    let of_kind = |kind: Kind| {
        let processes = charter.processes.iter().filter(|(_, process)| process.kind == kind);
        let ways: Vec<Way> = processes
            .map(|(id, process)| Way {
                title: process.title.clone(),
                link: link(kind, group, id.as_str()),
            })
            .collect();
        WaysOfKind { kind: standing::kind_of(kind), ways }
    };
    Ways { kinds: ORDER.into_iter().map(of_kind).filter(|kind| !kind.ways.is_empty()).collect() }
}

fn link(kind: Kind, group: GroupId, process: &str) -> Route {
    let process = process.to_owned();
    match kind {
        Kind::Message | Kind::Decision | Kind::Action | Kind::Recall | Kind::Removal => {
            Route::WriteOf { group, process }
        }
        Kind::Admission => Route::Invite { group },
        Kind::Amendment => Route::Amend { group },
    }
}
