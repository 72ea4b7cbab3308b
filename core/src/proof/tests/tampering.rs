//! An altered log, head or proof is found out.

use proptest::prelude::*;
use proptest::sample::Index;

use super::super::{
    Checkpoint, Hash, PrefixCheck, ProofError, consistency_path, inclusion_path,
    verify_consistency, verify_inclusion,
};
use super::{head, leaves, number};
use crate::id::Position;

fn flipped(hash: Hash, bit: usize) -> Hash {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    Hash::from_slice(&bytes).unwrap()
}

fn prefix_check(earlier: Checkpoint, log: &[Hash]) -> PrefixCheck {
    let mut check = PrefixCheck::new(earlier);
    for leaf in log {
        check.push(*leaf);
    }
    check
}

/// A path with one bit of one hash flipped, one hash less or one hash more shows nothing.
fn check_path_is_exact(
    path: &[Hash],
    (hit, bit): (Index, usize),
    verify: impl Fn(&[Hash]) -> Result<(), ProofError>,
) -> Result<(), TestCaseError> {
    let at = hit.index(path.len());
    let mut altered = path.to_vec();
    altered[at] = flipped(path[at], bit);
    let longer = [path, &[path[at]]].concat();

    prop_assert_eq!(verify(path), Ok(()));
    prop_assert_eq!(verify(&altered), Err(ProofError::Root));
    prop_assert_eq!(verify(&path[..path.len() - 1]), Err(ProofError::Length));
    prop_assert_eq!(verify(&longer), Err(ProofError::Length));
    Ok(())
}

proptest! {
    #[test]
    fn a_flipped_leaf_changes_the_root_and_fails_the_proofs(
        size in 1_usize..200,
        (place, until) in any::<(Index, Index)>(),
        bit in 0_usize..256,
    ) {
        let log = leaves(size);
        let index = place.index(size);
        let mut altered = log.clone();
        altered[index] = flipped(log[index], bit);
        // An earlier head that already covered the altered leaf.
        let earlier = head(&log[..=index + until.index(size - index)]);
        let inclusion = inclusion_path(number(index), &log).unwrap();
        let consistency = consistency_path(earlier.position.get(), &altered).unwrap();

        prop_assert_ne!(head(&altered).root, head(&log).root);
        let included = |leaf, head| verify_inclusion(leaf, number(index), head, &inclusion);
        prop_assert_eq!(included(log[index], head(&log)), Ok(()));
        prop_assert_eq!(included(altered[index], head(&log)), Err(ProofError::Root));
        prop_assert_eq!(included(log[index], head(&altered)), Err(ProofError::Root));
        let consistent = verify_consistency(earlier, head(&altered), &consistency);
        prop_assert_eq!(consistent, Err(ProofError::Root));
        prop_assert!(prefix_check(earlier, &log).holds());
        prop_assert!(!prefix_check(earlier, &altered).holds());
    }

    #[test]
    fn a_flipped_or_missing_or_added_hash_fails_the_proof(
        size in 2_usize..200,
        (place, hit) in any::<(Index, Index)>(),
        bit in 0_usize..256,
    ) {
        let log = leaves(size);
        let index = place.index(size - 1);
        let earlier = head(&log[..=index]);
        let inclusion = inclusion_path(number(index), &log).unwrap();
        let consistency = consistency_path(earlier.position.get(), &log).unwrap();
        let included = |path: &[Hash]| {
            verify_inclusion(log[index], number(index), head(&log), path)
        };
        let consistent = |path: &[Hash]| verify_consistency(earlier, head(&log), path);

        check_path_is_exact(&inclusion, (hit, bit), included)?;
        check_path_is_exact(&consistency, (hit, bit), consistent)?;
    }

    #[test]
    fn a_leaf_is_shown_at_no_other_place(
        size in 2_usize..100,
        (place, other) in any::<(Index, Index)>(),
    ) {
        let log = leaves(size);
        let (index, other) = (place.index(size), other.index(size));
        prop_assume!(index != other);
        let path = inclusion_path(number(index), &log).unwrap();

        let shown = verify_inclusion(log[index], number(other), head(&log), &path);
        prop_assert!(shown.is_err());
    }
}

#[test]
fn nothing_is_shown_beyond_a_head() {
    let log = leaves(5);
    let empty = head(&[]);

    let range = Err(ProofError::Range);
    assert_eq!(verify_inclusion(log[0], 5, head(&log), &[]), range);
    assert_eq!(verify_inclusion(log[0], 0, empty, &[]), range);
    assert_eq!(verify_inclusion(log[0], u64::MAX, head(&log), &[]), range);
    assert_eq!(verify_consistency(head(&log), head(&log[..4]), &[]), range);
}

#[test]
fn heads_of_one_length_are_consistent_only_when_they_are_the_same() {
    let log = leaves(5);
    let forged = Checkpoint {
        root: flipped(head(&log).root, 0),
        ..head(&log)
    };

    let verify = verify_consistency;
    assert_eq!(verify(head(&log), head(&log), &[]), Ok(()));
    assert_eq!(verify(forged, head(&log), &[]), Err(ProofError::Root));
    assert_eq!(
        verify(head(&log), head(&log), &log[..1]),
        Err(ProofError::Length)
    );
}

#[test]
fn the_empty_log_has_one_root_and_begins_every_log() {
    let log = leaves(5);
    let empty = head(&[]);
    let forged = Checkpoint {
        position: Position::new(0),
        root: log[0],
    };

    let verify = verify_consistency;
    assert_eq!(verify(empty, head(&log), &[]), Ok(()));
    assert_eq!(verify(empty, empty, &[]), Ok(()));
    assert_eq!(verify(forged, head(&log), &[]), Err(ProofError::Root));
    assert_eq!(verify(forged, forged, &[]), Err(ProofError::Root));
    assert_eq!(
        verify(empty, head(&log), &log[..1]),
        Err(ProofError::Length)
    );
    assert!(prefix_check(empty, &log).holds());
    assert!(!prefix_check(forged, &log).holds());
}

#[test]
fn a_prefix_is_named_once_its_position_is_reached() {
    let log = leaves(20);

    for earlier in 0..=log.len() {
        let mut check = PrefixCheck::new(head(&log[..earlier]));
        for (position, leaf) in log.iter().enumerate() {
            assert_eq!(
                check.holds(),
                position >= earlier,
                "{earlier} at {position}"
            );
            check.push(*leaf);
        }
        assert_eq!(check.found(), Some(head(&log[..earlier]).root));
        assert_eq!(check.tree().root(), head(&log).root);
    }
}

#[test]
fn a_log_cut_short_does_not_begin_with_its_old_head() {
    let log = leaves(20);

    let check = prefix_check(head(&log), &log[..19]);

    assert_eq!(check.found(), None);
    assert!(!check.holds());
}

#[test]
fn a_log_regrown_after_a_cut_does_not_begin_with_its_old_head() {
    let log = leaves(20);
    let mut regrown = log[..15].to_vec();
    regrown.extend(leaves(40).split_off(25));

    let check = prefix_check(head(&log), &regrown);

    assert_eq!(check.found(), Some(head(&regrown[..20]).root));
    assert!(!check.holds());
}
