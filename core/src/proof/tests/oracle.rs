//! The tree against known roots and against another implementation, at every size up to 300.

use std::collections::BTreeSet;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use sha2::Sha256;

use super::super::{
    Checkpoint, Hash, consistency_path, inclusion_path, verify_consistency, verify_inclusion,
};
use super::{content, head, leaves, number, tree};

const SIZE_MAX: usize = 300;

/// The contents of the eight leaves that the reference implementation of RFC 6962 is tested with.
const REFERENCE_LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];

/// The roots over the first 0, 1, … 8 of them.
const REFERENCE_ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

#[test]
fn the_roots_are_those_of_the_reference_implementation() {
    let leaves = REFERENCE_LEAVES.map(|text| Hash::of_leaf(&hex::decode(text).unwrap()));

    for (size, root) in REFERENCE_ROOTS.iter().enumerate() {
        assert_eq!(
            tree(&leaves[..size]).root().to_string(),
            *root,
            "size {size}"
        );
    }
}

/// The other implementation's tree over the first `size` leaves.
fn other_tree(size: usize) -> MemoryBackedTree<Sha256, Vec<u8>> {
    let mut tree = MemoryBackedTree::new();
    for n in 0..size {
        tree.push(content(n));
    }
    tree
}

/// All places up to `size` in a small tree; in a large one its ends, its middle, and where it splits.
fn places(size: usize) -> BTreeSet<usize> {
    if size <= 70 {
        return (0..=size).collect();
    }
    let splits = (1..9).flat_map(|bit| (1_usize << bit) - 1..=(1 << bit) + 1);
    let ends = [0, 1, size / 3, size / 2, size - 2, size - 1, size];
    splits.chain(ends).filter(|place| *place <= size).collect()
}

/// The heads of the log of these leaves over its whole life, from the empty one on.
fn heads(leaves: &[Hash]) -> Vec<Checkpoint> {
    (0..=leaves.len())
        .map(|size| head(&leaves[..size]))
        .collect()
}

#[test]
fn every_size_has_the_root_of_another_implementation() {
    let leaves = leaves(SIZE_MAX);

    for size in 0..=SIZE_MAX {
        let other = other_tree(size).root();
        let ours = tree(&leaves[..size]);
        assert_eq!(
            ours.root().as_bytes()[..],
            other.as_bytes()[..],
            "size {size}"
        );
        assert_eq!(ours.size(), other.num_leaves());
    }
}

#[test]
fn every_size_has_the_inclusion_proofs_of_another_implementation() {
    let leaves = leaves(SIZE_MAX);
    let heads = heads(&leaves);

    for size in 0..=SIZE_MAX {
        let (other, log) = (other_tree(size), &leaves[..size]);
        for index in places(size) {
            let path = inclusion_path(number(index), log);
            if index == size {
                assert_eq!(path, None, "there is no leaf {index} of {size}");
                continue;
            }
            let path = path.unwrap();
            let bytes: Vec<u8> = path.iter().flat_map(|hash| *hash.as_bytes()).collect();
            assert_eq!(
                bytes,
                other.prove_inclusion(index).as_bytes(),
                "{index} of {size}"
            );
            let shown = verify_inclusion(log[index], number(index), heads[size], &path);
            assert_eq!(shown, Ok(()), "{index} of {size}");
        }
    }
}

#[test]
fn every_size_has_the_consistency_proofs_of_another_implementation() {
    let leaves = leaves(SIZE_MAX);
    let heads = heads(&leaves);

    for size in 0..=SIZE_MAX {
        let (other, log) = (other_tree(size), &leaves[..size]);
        assert_eq!(consistency_path(number(size + 1), log), None);
        for earlier in places(size) {
            let path = consistency_path(number(earlier), log).unwrap();
            // The other implementation makes no proof from the empty log; there is nothing in it.
            let expected = if earlier == 0 {
                Vec::new()
            } else {
                other.prove_consistency(size - earlier).as_bytes().to_vec()
            };
            let bytes: Vec<u8> = path.iter().flat_map(|hash| *hash.as_bytes()).collect();
            assert_eq!(bytes, expected, "{earlier} of {size}");
            let shown = verify_consistency(heads[earlier], heads[size], &path);
            assert_eq!(shown, Ok(()), "{earlier} of {size}");
        }
    }
}
