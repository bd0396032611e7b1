//! Views filled from the committed state, the journal and the documents, for pages and the API alike.
//! Knows no request: who may see what was decided before.

pub(crate) mod about;
pub(crate) mod amendment;
pub(crate) mod asking;
pub(crate) mod certificate;
pub(crate) mod difference;
pub(crate) mod flow;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod jury;
pub(crate) mod people;
pub(crate) mod proposal;
pub(crate) mod standing;
pub(crate) mod texts;
pub(crate) mod trial;
