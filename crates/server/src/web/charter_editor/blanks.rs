//! Stages and processes with the usual numbers, to begin with. Knows no draft.

use mic_engine::charter::ProposalKind;
use toml_edit::{DocumentMut, Item, Table};

/// A stage of a kind whose good end leads to `next`; every other one ends the proposal. `None` for a kind that is none.
pub(super) fn stage(kind: &str, title: &str, next: &str) -> Option<Table> {
    let text = match kind {
        "cosign" => {
            "needed = [{ count = 2 }]\ndays = 14\nremind_days = [7]\npass = \"\"\nlapsed = \"end\""
        }
        "jury" => {
            "sizes = [{ members_up_to = 12, seats = \"everyone\" }, { members_up_to = 29, seats = 5, agree = 3, quorum = 3 }, { seats = 9, agree = 6, quorum = 6, then = 12 }]\n\
             answer_hours = 24\nwindow_hours = 72\nremind_hours = [12]\npass = \"\"\nfail = \"end\"\nundecided = \"end\""
        }
        "recourse" => "days = 14\nlapsed = \"end\"",
        "wait" => "hours = 72\npass = \"\"",
        "vote" => {
            "who = \"everyone\"\nmethod = \"yes_no\"\nagree = \"1/2\"\nquorum = \"1/4\"\ndays = 7\nremind_hours = [96]\n\
             pass = \"\"\nfail = \"end\"\nundecided = \"end\""
        }
        "consensus" => {
            "who = \"everyone\"\nblocks = 1\nasides = \"1/4\"\nquorum = \"1/2\"\ndays = 7\nremind_hours = [96]\n\
             pass = \"\"\nfail = \"end\"\nundecided = \"end\""
        }
        "objection" => {
            "who = \"everyone\"\nobjections = 3\ndays = 7\nremind_hours = []\npass = \"\"\nfail = \"end\""
        }
        "pledge" => {
            "who = \"everyone\"\nat_least = 10\ndays = 30\nremind_hours = []\npass = \"\"\nlapsed = \"end\""
        }
        _ => return None,
    };
    let mut table = Table::new();
    table.insert("kind", toml_edit::value(kind));
    table.insert("title", toml_edit::value(title));
    for (key, item) in text.parse::<DocumentMut>().ok()?.into_table() {
        let next = match (key.as_str(), kind) {
            ("pass", _) => toml_edit::value(next),
            // An author who was told no may try again; where to is for the form to say.
            _ => item,
        };
        table.insert(&key, next);
    }
    Some(table)
}

/// A process of a kind, with stages that the checks accept.
pub(super) fn process(kind: ProposalKind, title: &str) -> Option<Table> {
    let (stages, effect): (&[(&str, &str)], &str) = match kind {
        ProposalKind::Message => (&[("cosign", "jury"), ("jury", "")], "broadcast"),
        ProposalKind::Admission => (&[("cosign", "")], "admit"),
        ProposalKind::Removal => (&[("cosign", "jury"), ("jury", "")], "remove"),
        ProposalKind::Recall => (&[("cosign", "jury"), ("jury", "")], "recall"),
        ProposalKind::Amendment => (&[("cosign", "vote"), ("vote", "wait"), ("wait", "")], "amend"),
        ProposalKind::Decision => (&[("vote", "")], "record"),
        ProposalKind::Action => (&[("cosign", "jury"), ("jury", "")], "action"),
    };
    let mut table = Table::new();
    table.insert("title", toml_edit::value(title));
    table.insert("kind", toml_edit::value(kind.word()));
    table.insert("audiences", toml_edit::value(toml_edit::Array::from_iter(["members"])));
    table.insert("first", toml_edit::value(stages.first()?.0));
    let mut all = Table::new();
    all.set_implicit(true);
    for (id, next) in stages {
        let next = if next.is_empty() { format!("effect:{effect}") } else { (*next).to_owned() };
        all.insert(id, Item::Table(stage(id, title, &next)?));
    }
    table.insert("stage", Item::Table(all));
    Some(table)
}
