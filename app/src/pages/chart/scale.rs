//! From numbers to lengths: never out of the box, nothing of what there is too small to be seen.

/// The length of a number in a box that holds numbers up to a largest one; what is more than nothing can be
/// seen.
pub(super) fn length(value: i64, largest: i64, room: i64) -> i64 {
    if value <= 0 || largest <= 0 {
        return 0;
    }
    let scaled = i128::from(value.min(largest)).saturating_mul(i128::from(room));
    let length = scaled.checked_div(i128::from(largest)).unwrap_or(0);
    i64::try_from(length).unwrap_or(room).clamp(1, room.max(1))
}

/// The next number of the kind 1, 2, 5, 10, 20, 50 … that is not less.
pub(in crate::pages) fn rounded_up(value: i64) -> i64 {
    let mut step: i64 = 1;
    loop {
        for of in [1, 2, 5] {
            let round = step.saturating_mul(of);
            if round >= value {
                return round;
            }
        }
        step = step.saturating_mul(10);
    }
}

/// How much of what goes together each of several numbers takes, so that they fill no more than the room.
pub(super) fn lengths(values: &[i64], room: i64) -> Vec<i64> {
    // Wider than the numbers, so that no sum of them is cut off.
    let sum: i128 = values.iter().map(|value| i128::from((*value).max(0))).sum();
    let part = |value: &i64| {
        let scaled = i128::from((*value).max(0)).saturating_mul(i128::from(room));
        let length = scaled.checked_div(sum).unwrap_or(0);
        let least = i64::from(*value > 0).min(room);
        i64::try_from(length).unwrap_or(room).max(least)
    };
    let mut lengths: Vec<i64> = values.iter().map(part).collect();
    // What was widened to be seen is taken from the longest one.
    let used: i64 = lengths.iter().sum();
    if let Some(longest) = lengths.iter_mut().max() {
        let over = used.saturating_sub(room).max(0);
        *longest = longest.saturating_sub(over).max(0);
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_stays_in_its_box_and_what_there_is_can_be_seen() {
        for (value, largest, wanted) in [
            (0, 100, 0),
            (-3, 100, 0),
            (5, 0, 0),
            (1, 1_000_000, 1),
            (50, 100, 100),
            (100, 100, 200),
            (101, 100, 200),
            (i64::MAX, i64::MAX, 200),
            (i64::MAX, 1, 200),
        ] {
            assert_eq!(length(value, largest, 200), wanted, "{value} of {largest}");
        }
    }

    #[test]
    fn a_scale_ends_at_a_round_number() {
        for (value, round) in [
            (-1, 1),
            (0, 1),
            (1, 1),
            (3, 5),
            (6, 10),
            (539, 1_000),
            (41, 50),
        ] {
            assert_eq!(rounded_up(value), round, "{value}");
        }
        assert_eq!(rounded_up(i64::MAX), i64::MAX);
    }

    #[test]
    fn several_lengths_together_fill_no_more_than_the_room() {
        assert_eq!(lengths(&[1, 1, 998], 100), [1, 1, 98]);
        assert_eq!(lengths(&[], 100), Vec::<i64>::new());
        assert_eq!(lengths(&[0, 0], 100), [0, 0]);
        for values in [
            vec![1; 30],
            vec![1_000_000, 1, 1, 1],
            vec![3, 0, 3],
            vec![i64::MAX; 3],
        ] {
            let sum: i64 = lengths(&values, 100).iter().sum();
            assert!(sum <= 100, "{values:?}");
        }
    }
}
