//! The tree against every size to 300, and against a second implementation we did not write.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use mic_proof::hash::{Hash, leaf_hash, node_hash, sha256};
use mic_proof::tree::{
    Frontier, Tree, consistency_proof, inclusion_proof, root, verify_consistency, verify_inclusion,
};
use proptest::prelude::*;
use sha2::Sha256;

const SIZE_MAX: u64 = 300;

fn bytes(nth: u64) -> Vec<u8> {
    nth.to_be_bytes().to_vec()
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|nth| leaf_hash(&bytes(nth))).collect()
}

/// MTH of RFC 6962, word by word.
fn by_definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => sha256(b""),
        [leaf] => *leaf,
        many => {
            let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
            node_hash(&by_definition(left), &by_definition(right))
        }
    }
}

#[test]
fn every_root_to_300_is_that_of_the_definition_and_of_ct_merkle() {
    let all = leaves(SIZE_MAX);
    let (mut frontier, mut tree) = (Frontier::new(), Tree::new());
    let mut theirs: MemoryBackedTree<Sha256, Vec<u8>> = MemoryBackedTree::new();
    for size in 0..=all.len() {
        let ours = frontier.root();
        assert_eq!(ours, by_definition(&all[..size]));
        assert_eq!(ours, root(&all[..size]));
        assert_eq!(tree.root(size as u64), Some(ours));
        assert_eq!(theirs.root().as_bytes().as_slice(), ours.as_bytes());
        let kept = Frontier::from_hashes(frontier.size(), frontier.hashes().to_vec());
        assert_eq!(kept.as_ref(), Some(&frontier));
        if let Some(leaf) = all.get(size) {
            frontier.push(*leaf);
            tree.push(*leaf);
            theirs.push(bytes(size as u64));
        }
    }
    assert_eq!(Frontier::from_hashes(3, vec![all[0]]), None);
    assert_eq!(tree.root(SIZE_MAX + 1), None);
}

#[test]
fn every_inclusion_proof_to_300_holds_for_its_place_alone() {
    let all = leaves(SIZE_MAX);
    let mut tree = Tree::new();
    for leaf in &all {
        tree.push(*leaf);
    }
    for size in 1..=SIZE_MAX {
        let head = tree.root(size).expect("within");
        for index in 0..size {
            let leaf = all[usize::try_from(index).expect("small")];
            let proof = tree.inclusion_proof(index, size).expect("within");
            assert!(verify_inclusion(&leaf, index, size, &proof, &head));
            assert!(!verify_inclusion(&leaf, index ^ 1, size, &proof, &head) || size == 1);
            assert!(!verify_inclusion(&leaf, index, size, &[&proof[..], &[leaf]].concat(), &head));
            if let Some((_, shorter)) = proof.split_last() {
                assert!(!verify_inclusion(&leaf, index, size, shorter, &head));
            }
        }
        assert_eq!(tree.inclusion_proof(size, size), None);
    }
}

#[test]
fn every_consistency_proof_to_130_holds_and_joins_no_other_roots() {
    let all = leaves(130);
    let mut tree = Tree::new();
    for leaf in &all {
        tree.push(*leaf);
    }
    let roots: Vec<Hash> = (0..=130).map(|size| tree.root(size).expect("within")).collect();
    for (old, old_root) in (0_u64..).zip(&roots) {
        for (size, head) in (0_u64..).zip(&roots) {
            let Some(proof) = tree.consistency_proof(old, size) else {
                assert!(old > size);
                assert!(!verify_consistency((old, old_root), (size, head), &[]));
                continue;
            };
            assert!(verify_consistency((old, old_root), (size, head), &proof));
            let longer = [&proof[..], &[*head]].concat();
            assert!(!verify_consistency((old, old_root), (size, head), &longer));
            if old > 0 {
                assert!(!verify_consistency((old, &sha256(b"x")), (size, head), &proof));
            }
            if old < size {
                assert!(
                    !verify_consistency((old, old_root), (size, &sha256(b"x")), &proof) || old == 0
                );
            }
        }
    }
}

#[test]
fn proofs_are_those_of_ct_merkle() {
    let all = leaves(SIZE_MAX);
    let mut theirs: MemoryBackedTree<Sha256, Vec<u8>> = MemoryBackedTree::new();
    for size in 1..=SIZE_MAX {
        theirs.push(bytes(size - 1));
        for index in [0, size / 3, size / 2, size - 1] {
            let at = usize::try_from(index).expect("small");
            let ours = inclusion_proof(&all, index, size).expect("within");
            let flat: Vec<u8> = ours.iter().flat_map(|hash| hash.0).collect();
            assert_eq!(theirs.prove_inclusion(at).as_bytes(), flat, "inclusion {index} of {size}");
            if index > 0 {
                let added = usize::try_from(size - index).expect("small");
                let ours = consistency_proof(&all, index, size).expect("within");
                let flat: Vec<u8> = ours.iter().flat_map(|hash| hash.0).collect();
                assert_eq!(theirs.prove_consistency(added).as_bytes(), flat, "{index} to {size}");
            }
        }
    }
}

proptest! {
    #[test]
    fn a_flipped_bit_in_a_proof_is_refused(
        size in 2_u64..3000, at in any::<u64>(), bit in 0_usize..256, step in any::<usize>(),
    ) {
        let all = leaves(size);
        let index = at % size;
        let head = root(&all);
        let mut proof = inclusion_proof(&all, index, size).expect("within");
        let leaf = all[usize::try_from(index).expect("small")];
        prop_assert!(verify_inclusion(&leaf, index, size, &proof, &head));
        let nth = step % proof.len();
        proof[nth].0[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(!verify_inclusion(&leaf, index, size, &proof, &head));
        let old = 1 + at % (size - 1);
        let mut proof = consistency_proof(&all, old, size).expect("within");
        let old_root = root(&all[..usize::try_from(old).expect("small")]);
        prop_assert!(verify_consistency((old, &old_root), (size, &head), &proof));
        let nth = step % proof.len();
        proof[nth].0[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(!verify_consistency((old, &old_root), (size, &head), &proof));
    }
}
