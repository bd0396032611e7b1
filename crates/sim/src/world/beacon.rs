//! The beacon of the world: a local chain, always the same. It may be late, silent or lie.

use std::sync::OnceLock;

use mic_engine::node::Input;
use mic_proof::beacon::{LOCAL_LINKS_MAX, LocalChain};
use mic_proof::hash::{Hash, sha256};

use super::{GROUP, World};
use crate::faults::Fault;
use crate::happening::Happening;

const CHAIN_SECRET: [u8; 32] = [43; 32];

/// What a founding names.
pub(super) fn anchor() -> Hash {
    chain().0
}

impl World {
    /// A process asks for a round.
    pub(super) fn fetch(&mut self, machine: usize, round: u64) {
        let Some(link) = link(round) else { return };
        self.outside.told.entry(round).or_insert(self.now);
        let life = self.machines[machine].life;
        if self.swarm.strikes(Fault::BeaconSilent, &mut self.chance) {
            return;
        }
        let late = self.swarm.strikes(Fault::BeaconLate, &mut self.chance);
        let wait =
            if late { self.chance.between(60_000, 7_200_000) } else { self.chance.below(300) };
        let lies = self.swarm.strikes(Fault::BeaconLies, &mut self.chance);
        let said = if lies { sha256(link.as_bytes()) } else { link };
        let signature = said.as_bytes().to_vec();
        let input = Box::new(Input::Beacon { group: GROUP, round, signature });
        self.agenda.plan(self.now + wait, Happening::Hear { machine, life, input });
    }
}

fn link(round: u64) -> Option<Hash> {
    let index = usize::try_from(round.checked_sub(1)?).ok()?;
    chain().1.get(index).copied()
}

/// The anchor and all links, computed once for all worlds.
fn chain() -> &'static (Hash, Vec<Hash>) {
    static CHAIN: OnceLock<(Hash, Vec<Hash>)> = OnceLock::new();
    CHAIN.get_or_init(|| {
        let chain = LocalChain::new(&CHAIN_SECRET);
        let mut links: Vec<Hash> = chain.link(LOCAL_LINKS_MAX).into_iter().collect();
        // Each link is the hash of the one behind it.
        while let Some(last) = links.last().filter(|_| (links.len() as u64) < LOCAL_LINKS_MAX) {
            links.push(sha256(last.as_bytes()));
        }
        links.reverse();
        (chain.anchor(), links)
    })
}
