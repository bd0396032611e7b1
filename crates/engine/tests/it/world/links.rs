//! The beacon of the tests: a local chain that is always the same. Knows nothing of who asks.

use std::sync::OnceLock;

use mic_proof::beacon::LocalChain;
use mic_proof::hash::{Hash, sha256};

const CHAIN_SECRET: [u8; 32] = [43; 32];
/// Most draws of a test.
const ROUNDS_MAX: u64 = 500;

/// The local chain's first links, computed once for all worlds: a chain is 65,536 hashes long.
pub(super) struct Links {
    pub(super) anchor: Hash,
    links: Vec<Hash>,
}

impl Links {
    pub(super) fn get() -> &'static Self {
        static LINKS: OnceLock<Links> = OnceLock::new();
        LINKS.get_or_init(|| {
            let chain = LocalChain::new(&CHAIN_SECRET);
            // Each link is the hash of the one behind it.
            let mut links = vec![chain.link(ROUNDS_MAX).expect("within the chain")];
            while links.len() < usize::try_from(ROUNDS_MAX).expect("small") {
                let last = links.last().expect("not empty");
                links.push(sha256(last.as_bytes()));
            }
            links.reverse();
            Self { anchor: chain.anchor(), links }
        })
    }

    pub(super) fn link(&self, round: u64) -> Hash {
        let index = usize::try_from(round - 1).expect("small");
        *self.links.get(index).expect("no test draws so often")
    }
}
