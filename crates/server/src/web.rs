//! The requests that people's browsers make: who asks, whether they may, what was typed, and which page answers.
//! Knows no rule of a group (the engine decides) and no wording (the pages have it).
//!
//! Reading order: [`router`] (every address on one screen), `guard` (what no request may do), `visitor` and `member` (who asks),
//! `form` (what was typed), then any topic.

/// how much is taken
pub mod limits;
/// every address and its handler
pub mod router;
/// what all handlers share
pub mod site;

// Before a handler is reached.
mod cookie;
mod gate;
mod guard;
mod headers;

// Who asks, what was typed, and what is answered when it does not work.
pub(crate) mod form;
mod kept;
mod member;
mod next;
pub(crate) mod stop;
pub(crate) mod visitor;

// Views filled from the state, the journal and the documents.
pub(crate) mod fill;
mod refusal;

// The topics.
mod action;
mod amend;
mod answer;
mod broadcast;
mod charter;
mod charter_editor;
mod charter_history;
mod consensus;
mod demo;
mod forecast;
pub(crate) mod found;
mod home;
pub(crate) mod import_csv;
mod invitation;
pub(crate) mod invite;
pub(crate) mod jury;
mod landing;
mod log;
mod objection;
mod operator;
mod people;
mod pledge;
mod proposal;
mod public;
pub(crate) mod ready;
mod register;
mod removal;
pub(crate) mod settings;
mod sign_in;
mod sign_in_link;
mod unsubscribe;
mod vote;
mod vote_choice;
mod vote_result;
mod ways;
mod write;

pub(crate) use gate::GateKind;
pub(crate) use invite::{Done as InvitationDone, Invited, InvitedBy, faults as invitation_faults};
pub(crate) use pledge::stage as pledge_stage;
pub(crate) use refusal::refusal_phrase;
pub(crate) use visitor::source_of;
pub(crate) use vote::{options_of as asked_options, stage as vote_stage};

pub use router::{PAGES, router};
pub use site::{Demo, DemoMail, Site, SiteOptions, serve};
