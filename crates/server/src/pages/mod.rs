//! The visible half of the server: one view struct for each page and mail, rendered to HTML and text by pure functions.
//! Knows no request, no store and no rule: handlers fill views, [`render`] and [`mail::render`] show them.
//!
//! The names of form fields stand in a table on top of each view's file; those that all forms share stand in [`frame`].

// Where pages are and how one is made.
pub mod asset;
pub mod frame;
pub mod notice;
pub mod route;
mod templates;

// Pieces that several pages show.
pub mod about;
pub mod asking;
pub mod flow;
mod flow_samples;
mod flowchart;
pub mod happening;
pub mod parts;
pub mod plot;
pub mod qr;

// The pages, in the order in which a member meets them.
pub mod action;
pub mod amend;
pub mod broadcast;
pub mod certificate;
pub mod charter;
pub mod charter_editor;
pub mod charter_history;
pub mod consensus;
pub mod demo;
pub mod forecast;
pub mod home;
pub mod juror;
pub mod objection;
pub mod operator;
pub mod people;
pub mod pledge;
pub mod proposal;
pub mod public;
pub mod register;
pub mod removal;
pub mod settings;
pub mod sign_in;
pub mod start;
pub mod tokens;
pub mod trial;
pub mod trouble;
pub mod vote;
pub mod vote_result;
pub mod ways;
pub mod write;

// What leaves the site.
pub mod calendar;
pub mod feed;
pub mod mail;

// What tests and the gallery look at.
pub mod gallery;
#[cfg(test)]
mod tests;

pub use frame::{Frame, GroupHead, View, render};
pub use notice::Notice;
pub use route::{Origin, Route};
