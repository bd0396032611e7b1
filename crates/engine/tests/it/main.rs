//! The engine's tests from outside: scripts, crash points, charters. One binary. Knows no disk and no clock.

/// a world in memory around the node
mod world;

/// charters that are refused, and why
mod charters;
/// every output of the node fails in turn
mod crash_points;
/// commands with time stamps, and what they lead to
mod scripts;
