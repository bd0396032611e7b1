//! The engine's tests from outside: scripts, crash points, charters. One binary. Knows no clock.
#![expect(clippy::disallowed_methods, reason = "scripts are files; the engine itself reads none")]

/// a world in memory around the node
mod world;

/// attacks on time, order, draws and ballots
mod attacks;

/// entries to bytes and back, for every type
mod bytes;
/// charters as the specification has them
mod charter_vectors;
/// charters that are refused, and why
mod charters;
/// the exact words of every complaint
mod charters_checks;
/// what is different between two charters
mod charters_difference;
/// every proposal under an accepted charter ends
mod charters_flow;
/// the charters that come with the program, and their reasons
mod charters_ready;
/// every output of the node fails in turn
mod crash_points;
/// whatever members do, in any order
mod properties;
/// every reason to say no has an example
mod refusals;
/// the same act sent twice at once
mod repeated;
/// commands with time stamps, and what they lead to
mod scripts;
/// what the engine writes is accepted by verifiers that do not know it
mod verified;
