//! Hashes, tree edges and checkpoints as they are stored and written.

use proptest::prelude::*;

use super::super::{Checkpoint, CheckpointError, Frontier, FrontierError, Hash};
use super::{head, leaves, tree};

#[test]
fn a_hash_is_written_in_lower_case_hex_everywhere() {
    let hash = Hash::of(b"data");
    let text = "3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7";

    assert_eq!(hash.to_string(), text);
    assert_eq!(text.parse(), Ok(hash));
    assert_eq!(serde_json::to_string(&hash).unwrap(), format!("\"{text}\""));
    assert_eq!(
        serde_json::from_str::<Hash>(&format!("\"{text}\"")).unwrap(),
        hash
    );
    assert_eq!(Hash::from_slice(hash.as_bytes()), Ok(hash));
}

#[test]
fn what_is_not_32_bytes_is_no_hash() {
    for length in [0, 31, 33, 64] {
        assert!(Hash::from_slice(&vec![0; length]).is_err(), "{length}");
        assert!("00".repeat(length).parse::<Hash>().is_err(), "{length}");
    }
    assert!("zz".repeat(32).parse::<Hash>().is_err());
    assert!(serde_json::from_str::<Hash>("\"00\"").is_err());
}

#[test]
fn a_tree_edge_is_stored_with_its_size_first_and_its_widest_node_next() {
    let leaves = leaves(3);

    let widest = Hash::of_node(leaves[0], leaves[1]);
    let expected = [
        &3_u64.to_be_bytes()[..],
        widest.as_bytes(),
        leaves[2].as_bytes(),
    ];
    assert_eq!(tree(&leaves).to_bytes(), expected.concat());
    assert_eq!(Frontier::default().to_bytes(), [0; 8]);
}

proptest! {
    #[test]
    fn a_stored_tree_edge_grows_on_as_if_never_stored(before in 0_usize..300, after in 0_usize..50) {
        let leaves = leaves(before + after);
        let edge = tree(&leaves[..before]);

        let mut stored = Frontier::from_bytes(&edge.to_bytes()).unwrap();
        prop_assert_eq!(&stored, &edge);
        for leaf in &leaves[before..] {
            stored.push(*leaf);
        }
        prop_assert_eq!(stored, tree(&leaves));
    }

    #[test]
    fn a_tree_edge_with_too_few_or_too_many_bytes_is_refused(size in 0_usize..300, by in 1_usize..70) {
        let bytes = tree(&leaves(size)).to_bytes();

        let shorter = &bytes[..bytes.len().saturating_sub(by)];
        prop_assert_eq!(Frontier::from_bytes(shorter), Err(FrontierError));
        let longer = [bytes.as_slice(), &vec![0; by]].concat();
        prop_assert_eq!(Frontier::from_bytes(&longer), Err(FrontierError));
    }

    #[test]
    fn a_tree_edge_whose_size_needs_other_nodes_is_refused(size in 0_usize..300, claimed in any::<u64>()) {
        let mut bytes = tree(&leaves(size)).to_bytes();
        prop_assume!(claimed.count_ones() != size.count_ones());
        bytes[..8].copy_from_slice(&claimed.to_be_bytes());

        prop_assert_eq!(Frontier::from_bytes(&bytes), Err(FrontierError));
    }

    #[test]
    fn a_checkpoint_is_read_as_it_was_written(size in 0_usize..100) {
        let head = head(&leaves(size));

        let text = head.to_string();
        prop_assert_eq!(&text, &format!("{size}:{}", head.root));
        prop_assert_eq!(text.parse(), Ok(head));
    }
}

#[test]
fn what_is_not_a_position_and_a_root_is_no_checkpoint() {
    let root = Hash::of(b"").to_string();
    for text in [
        String::new(),
        "5".to_owned(),
        "5:".to_owned(),
        root.clone(),
        format!(":{root}"),
        format!("-5:{root}"),
        format!("five:{root}"),
        format!("18446744073709551616:{root}"),
        format!("5:{root}0"),
        format!("5:{root}:"),
        format!("5:{}", &root[1..]),
    ] {
        assert_eq!(text.parse::<Checkpoint>(), Err(CheckpointError), "{text:?}");
    }
}
