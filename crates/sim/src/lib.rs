//! A world in one thread: processes that run the production node, a disk that fails, clocks that jump, people who dither, mail that
//! gets lost; months in milliseconds, all from one seed. Read `faults.rs` first: what goes wrong and what we claim.
//! Knows no tokio, no SQL, no TLS.

/// deliberate bugs that the checks must find
pub mod canary;
/// randomness from a seed
pub mod chance;
/// what survives a process
pub mod disk;
/// what goes wrong
pub mod faults;
/// what lies ahead
pub mod happening;
/// one process
pub mod machine;
/// what people should see
pub mod model;
/// what people do
pub mod people;
/// parcels
pub mod post;
/// one seed from beginning to end
pub mod run;
/// what must always hold
pub mod safety;
/// what happened
pub mod trace;
/// all of it together
pub mod world;
