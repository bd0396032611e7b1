//! What open proposals carry that their entries do not say: it lies in documents, which a batch does not read. Shared and cheap to
//! clone, like the state. Knows nothing of stores.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};
use mic_proof::hash::Hash;

use crate::charter::{Charter, ProposalKind, parse};
use crate::command::Content;
use crate::ids::{CandidateId, ProposalNumber};
use crate::state::State;
use crate::state::proposal::Proposal;
use crate::version;

/// Facts of open proposals, by their number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// The invited person of each open admission.
    pub candidates: OrdMap<ProposalNumber, CandidateId>,
    /// The open recalls that ask for the recalled text to be destroyed.
    pub erasing: OrdSet<ProposalNumber>,
    /// The charter that each open amendment proposes.
    pub charters: OrdMap<ProposalNumber, Arc<Charter>>,
}

impl Carried {
    /// Reads it back from the texts of the open proposals. `document` gives a text by its hash, if it still exists.
    pub fn read<F>(
        state: &State,
        mut document: impl FnMut(&Hash) -> Result<Option<Vec<u8>>, F>,
    ) -> Result<Self, F> {
        let mut carried = Self::default();
        for open in state.open.values().filter(|open| has_more(open)) {
            let Some(bytes) = document(&open.version)? else { continue };
            match version::from_bytes(&bytes).map(|text| text.content) {
                Some(Content::Admission { candidate }) => {
                    carried.candidates.insert(open.number, candidate);
                }
                Some(Content::Recall { erase: true, .. }) => {
                    carried.erasing.insert(open.number);
                }
                Some(Content::Amendment { charter }) => {
                    let text = document(&charter)?.and_then(|bytes| String::from_utf8(bytes).ok());
                    if let Some(charter) = text.and_then(|text| parse::parse(&text).ok()) {
                        carried.charters.insert(open.number, Arc::new(charter));
                    }
                }
                Some(
                    Content::Message
                    | Content::Removal { .. }
                    | Content::Recall { erase: false, .. }
                    | Content::Decision { .. }
                    | Content::Action { .. },
                )
                | None => {}
            }
        }
        Ok(carried)
    }

    /// The proposal is over. The record of an invited person is not destroyed by this.
    pub(crate) fn close(&mut self, proposal: ProposalNumber) {
        self.erasing.remove(&proposal);
        self.charters.remove(&proposal);
    }
}

/// Whether a proposal is of a kind whose text says more than its entry: the texts of all others need not be read.
fn has_more(open: &Proposal) -> bool {
    match open.kind {
        ProposalKind::Admission | ProposalKind::Recall | ProposalKind::Amendment => true,
        ProposalKind::Message
        | ProposalKind::Removal
        | ProposalKind::Decision
        | ProposalKind::Action => false,
    }
}
