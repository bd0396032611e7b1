//! The JSON API through the real router: who may do what, what is refused and how, and that every answer is what the description says.

/// Whether a value fits a schema of the description.
mod schema;
/// Groups, tokens and calls.
mod world;

/// Who is turned away, and that nobody can tell what is not theirs from what is not there.
mod access;
/// A question to everybody, by calls alone.
mod asking;
/// Bodies, addresses and keys that are none.
mod bad_input;
/// The description and the routes, compared both ways.
mod description;
/// A store that fails under a call.
mod faults;
/// A message from its opening to its certificate, and what a juror answered in no answer.
mod message;
/// What a member decides alone; tokens, founding, inviting.
mod own;
