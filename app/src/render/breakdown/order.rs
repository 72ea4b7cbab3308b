//! The order of a breakdown's rows: that of the code tables, ages and scores from low to high.

use std::collections::BTreeMap;

use ledger_projections::indicators::{Line, rank};

use super::words::{WORDS, word};
use super::{FROM, inner, of_table, tables};

/// Where a row stands: its family as the indicator gives it, then the place of each of its codes.
type Place<'a> = (usize, Vec<(usize, &'a str)>);

/// The rows, families of rows as they come, the codes of each in the order of their tables.
#[must_use]
pub fn in_table_order(lines: &[Line]) -> Vec<&Line> {
    let mut families: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        let next = families.len();
        families.entry(family(&line.key)).or_insert(next);
    }
    let mut ordered: Vec<&Line> = lines.iter().collect();
    ordered.sort_by_cached_key(|line| -> Place<'_> {
        let place = families.get(family(&line.key));
        let place = place.copied().unwrap_or(usize::MAX);
        (place, codes(&line.key))
    });
    ordered
}

/// What a row is parted by; rows that begin with a code of a table are one family.
fn family(key: &str) -> &str {
    let first = key.split('/').next().unwrap_or(key);
    if of_table("", first).is_some() {
        ""
    } else {
        first
    }
}

fn codes(key: &str) -> Vec<(usize, &str)> {
    let mut parts = key.split('/');
    let first = parts.next().unwrap_or(key);
    let dimension = if word(first).is_some() && of_table("", first).is_none() {
        inner(first)
    } else {
        ""
    };
    let mut codes = vec![(place("", first), first)];
    codes.extend(
        parts
            .next()
            .map(|second| (place(dimension, second), second)),
    );
    codes.extend(parts.map(|part| (place("", part), part)));
    codes
}

/// The place of a code on a dimension: its table's, then that of the other words, then none, and at the
/// end those of several codes and of none.
fn place(dimension: &str, code: &str) -> usize {
    const WORD: usize = 10_000;
    const UNTOLD: usize = 20_000;
    let last = rank("", code);
    if last > UNTOLD {
        return last;
    }
    if matches!(dimension, "age" | "score") {
        return rank(dimension, code);
    }
    let code = code.strip_prefix(FROM).unwrap_or(code);
    let mut terms = tables(dimension).iter().copied().flatten();
    if let Some(place) = terms.position(|(own, _)| *own == code) {
        return place;
    }
    let place = WORDS.iter().position(|(own, _)| *own == code);
    place.map_or(UNTOLD, |place| place.saturating_add(WORD))
}

#[cfg(test)]
mod tests {
    use ledger_projections::indicators::Fold;

    use super::*;

    fn ordered(keys: &[&str]) -> Vec<String> {
        let lines = keys.iter();
        let lines: Vec<Line> = lines
            .map(|key| Line::new(*key, Fold::Units, Vec::new()))
            .collect();
        in_table_order(&lines)
            .into_iter()
            .map(|line| line.key.clone())
            .collect()
    }

    #[test]
    fn rows_stand_in_the_order_of_their_tables_and_what_is_unknown_last() {
        for (text, table) in [
            (
                "age/0 age/1-2 age/12-14 age/18+ age/3-5 age/unknown",
                "age/0 age/1-2 age/3-5 age/12-14 age/18+ age/unknown",
            ),
            (
                "score/0-2 score/16-31 score/3-15 area/kinuta area/setagaya",
                "score/0-2 score/3-15 score/16-31 area/setagaya area/kinuta",
            ),
            (
                "area/kinuta/contacts area/setagaya/contacts area/kinuta/persons",
                "area/setagaya/contacts area/kinuta/contacts area/kinuta/persons",
            ),
            (
                "direction/outgoing kinuta/child-family/made kinuta/health-welfare/overdue \
                 kinuta/health-welfare/made",
                "direction/outgoing kinuta/health-welfare/made kinuta/health-welfare/overdue \
                 kinuta/child-family/made",
            ),
            (
                "section/clinic section/from-hospital section/health-welfare",
                "section/health-welfare section/from-hospital section/clinic",
            ),
            ("month/2021-12 month/2022-01", "month/2021-12 month/2022-01"),
        ] {
            let text: Vec<&str> = text.split(' ').collect();
            assert_eq!(ordered(&text).join(" "), table);
        }
    }
}
