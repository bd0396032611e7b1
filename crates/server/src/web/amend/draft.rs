//! A draft of other rules as it lies in the store: encrypted like every draft, and gone with the member. Knows no form.

use mic_engine::charter::Id;
use mic_engine::ids::{GroupId, ProposalNumber};
use mic_store::contract::{DraftId, DraftKey, DraftSaved, Fault, Revision};
use serde::{Deserialize, Serialize};

use crate::pages::trouble::TroubleKind;
use crate::web::kept::Packed;
use crate::web::member::Member;
use crate::web::stop::{Reader, Stop};

/// How often a saving that others overtake is tried.
const SAVE_TRIES_MAX: u32 = 8;

/// Other rules on their way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct AmendmentDraft {
    pub(in crate::web) title: String,
    pub(in crate::web) body: String,
    /// The text of the rules.
    pub(in crate::web) charter: String,
    /// By which process it is to be decided; `None` for the first that there is.
    pub(in crate::web) way: Option<Id>,
    /// The proposal that this is a new version of.
    pub(in crate::web) revises: Option<ProposalNumber>,
}

/// What lies in the store. The tag tells it from the other drafts of a member.
#[derive(Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Text {
    Amendment {
        title: String,
        body: String,
        charter: String,
        way: Option<String>,
        revises: Option<u32>,
    },
}

impl AmendmentDraft {
    /// `None` for anything else than rules on their way.
    pub(in crate::web) fn read(bytes: &[u8]) -> Option<Self> {
        let Text::Amendment { title, body, charter, way, revises } =
            serde_json::from_slice(bytes).ok()?;
        let way = way.as_deref().and_then(Id::parse);
        Some(Self { title, body, charter, way, revises: revises.map(ProposalNumber) })
    }

    fn to_bytes(&self) -> Vec<u8> {
        let text = Text::Amendment {
            title: self.title.clone(),
            body: self.body.clone(),
            charter: self.charter.clone(),
            way: self.way.as_ref().map(|way| way.as_str().to_owned()),
            revises: self.revises.map(|number| number.0),
        };
        serde_json::to_vec(&text).expect("texts and numbers are JSON")
    }
}

/// The draft in the address, if it is one of this member's and of rules.
pub(in crate::web) async fn open(member: &Member) -> Result<(DraftId, AmendmentDraft), Stop> {
    let id = GroupId::parse(member.visitor.place("draft")).map(|id| DraftId(id.0));
    let Some(id) = id else { return Err(member.not_found()) };
    let key = key(member, id);
    let saved = member.look(move |store, _| store.draft(key)).await?;
    let draft = saved.and_then(|saved| AmendmentDraft::read(&saved.bytes));
    draft.map(|draft| (id, draft)).ok_or_else(|| member.not_found())
}

/// Saves on top of whatever is there; what it replaces stays readable.
pub(in crate::web) async fn save(
    member: &Member,
    id: DraftId,
    draft: &AmendmentDraft,
    packed: &Packed,
) -> Result<(), Stop> {
    let (key, bytes, now) = (key(member, id), draft.to_bytes(), member.now());
    let saved = member.visitor.site.app().blocking(move |store| {
        let before = store.draft(key)?;
        if before.as_ref().is_some_and(|before| before.bytes == bytes) {
            return Ok(DraftSaved::Saved(Revision(0)));
        }
        let mut expected = before.map_or(Revision(0), |before| before.revision);
        for _ in 0..SAVE_TRIES_MAX {
            match store.save_draft(key, expected, &bytes, true, now)? {
                DraftSaved::Conflict(there) => expected = there,
                done => return Ok(done),
            }
        }
        Err(Fault::Busy)
    });
    match member.tried_keeping(saved.await, packed)? {
        DraftSaved::Saved(_) => Ok(()),
        DraftSaved::TooMany | DraftSaved::Conflict(_) => {
            Err(member.trouble_keeping(TroubleKind::TooMany, packed))
        }
        DraftSaved::NoPerson => Err(member.not_found()),
    }
}

pub(in crate::web) async fn delete(member: &Member, id: DraftId) -> Result<(), Stop> {
    let key = key(member, id);
    member.look(move |store, _| store.delete_draft(key)).await?;
    Ok(())
}

/// A draft in an address: 32 hexadecimal digits.
pub(in crate::web) fn name(id: DraftId) -> String {
    GroupId(id.0).to_string()
}

fn key(member: &Member, id: DraftId) -> DraftKey {
    DraftKey { group: member.group, slot: member.slot, id }
}
