//! The one executable, `mic`: the driver that runs the engine on a real clock, disk and network, and everything people see of it.
//! Knows nothing of how anything is decided: that is the engine's, whole.
//!
//! Reading order: [`drive`] (one thread, the spine's outputs carried out), [`app`] (the boundary to it), then any page.

/// the boundary between what talks to people and the machinery
pub mod app;
/// the small signed file that travels with a broadcast
pub mod certificates;
/// what a charter says, and what differs between two, in the words of each language
pub mod charter_words;
/// the charters that come with the program, and their reasons
mod charters;
/// the wall's time and the groups' time
pub mod clock;
/// what the person who runs a server may decide
pub mod config;
/// what each member chose, for pages and mail alike
pub mod contact;
/// the thread that owns the node and writes journals
pub mod drive;
/// letters and parcels on their way to people
pub mod outbox;

/// every act for programs, as JSON
pub mod api;
/// the pages' requests: routes, sessions, forms
pub mod web;

/// what every page and mail says, as data and as HTML
pub mod pages;
/// what members write, made safe to show
pub mod text;
/// every word that a person reads, in each language
pub mod words;

/// the command line
pub mod cli;
/// a server that plays 39 of 40 members
pub mod demo;
