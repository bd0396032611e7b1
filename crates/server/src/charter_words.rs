//! What a charter says, in the words of a reader's language: what each stage asks, a whole charter sentence by sentence, and what is
//! different under another one. Pages and command line use the same words. Knows no group and no page.

mod difference;
mod explain;
mod facts;

pub use difference::{Part, difference};
pub use explain::{Explained, Step, explain, target, way};
pub use facts::{facts, phrases};
