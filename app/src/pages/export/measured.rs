//! Numbers with their units as files hold them: a number that a spreadsheet adds up, apart from what it is of.

use std::collections::BTreeSet;

use ledger_projections::indicators::{Achievement, Amount, Target};

use super::super::language::current;
use super::table::{Cell, Table};
use crate::lang::Lang;
use crate::render;

/// A number with its unit.
#[derive(Clone)]
pub(in crate::pages) struct Measured {
    /// Digits, perhaps with a sign and a point.
    number: String,
    unit: String,
    /// What the page says, where that is more than the number and its unit; else empty.
    told: String,
}

/// What stands in one cell of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flat<'t> {
    Text(&'t str),
    Number(&'t str),
    Nothing,
}

/// Units of the pages, as they stand behind a number.
const UNITS: [&str; 22] = [
    "",
    "件",
    "人",
    "名",
    "回",
    "日",
    "営業日",
    "円",
    "％",
    "点",
    "種",
    "か所",
    "事業",
    "歳",
    "週",
    "か月",
    "番目",
    "番目まで",
    " yen",
    " d",
    " days",
    " %",
];

impl Cell {
    /// A number with its unit, and what the page says where that is more.
    pub(in crate::pages) fn measured(number: String, unit: &str, told: String) -> Self {
        Self::Measured(Measured {
            number,
            unit: unit.trim().to_owned(),
            told,
        })
    }

    /// A number as a page tells it, apart from its unit; a text where it is none.
    pub(in crate::pages) fn told(text: &str) -> Self {
        let end = text.find(|one: char| !one.is_ascii_digit() && !"-.,".contains(one));
        let (number, unit) = text.split_at(end.unwrap_or(text.len()));
        // One of them is of the same unit as several.
        let unit = if unit == " day" { " days" } else { unit };
        let number = number.replace(',', "");
        if !is_number(&number) || !UNITS.contains(&unit) {
            return Self::text(text);
        }
        Self::measured(number, unit, String::new())
    }

    /// A figure's value; nothing where there is none.
    pub(in crate::pages) fn amount(amount: &Amount, unit_ja: &str) -> Self {
        let told = render::amount(amount, unit_ja, current());
        let Some((number, unit)) = render::number(amount, unit_ja, current()) else {
            return Self::text(told);
        };
        let plain: String = told.chars().filter(|one| !", ".contains(*one)).collect();
        let told = if plain == format!("{number}{unit}") {
            String::new()
        } else {
            told
        };
        Self::measured(number, &unit, told)
    }

    /// The rate of a share in per cent; nothing where none is told.
    pub(in crate::pages) fn rate(amount: &Amount) -> Self {
        let rate = render::rate(amount);
        rate.map_or(Self::Nothing, |rate| {
            Self::measured(rate, "％", String::new())
        })
    }

    /// A planned number; a range is told in words.
    pub(in crate::pages) fn planned(target: Option<Target>) -> Self {
        let Some(target) = target else {
            return Self::Nothing;
        };
        let told = render::target(target, current());
        match target {
            Target::Number { low, high, .. } if low == high => {
                let number = low.to_string();
                let told = if told == number { String::new() } else { told };
                Self::measured(number, "", told)
            },
            Target::Number { .. } | Target::Expanding | Target::Unset => Self::text(told),
        }
    }

    /// How far a planned number is reached, in per cent, with the word for it.
    pub(in crate::pages) fn reached(reached: Option<&Achievement>) -> Self {
        Self::of_reached(reached, render::achievement)
    }

    /// The same where the word stands in a cell of its own.
    pub(in crate::pages) fn percent(reached: Option<&Achievement>) -> Self {
        Self::of_reached(reached, render::percent_reached)
    }

    fn of_reached(reached: Option<&Achievement>, tell: fn(&Achievement, Lang) -> String) -> Self {
        let Some(reached) = reached else {
            return Self::Nothing;
        };
        let told = tell(reached, current());
        match reached.percent_of_low {
            // Of a range either end is a measure, and neither one is the number.
            _ if reached.is_of_range() => Self::text(told),
            Some(percent) => Self::measured(percent.to_string(), "％", told),
            None => Self::text(told),
        }
    }
}

/// Whether a spreadsheet takes it for a number.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit());
    are_digits(whole) && are_digits(part)
}

/// How a column is spread over columns of a file.
struct Spread {
    /// The unit of all its numbers, where they have one alone.
    unit: String,
    /// The units stand in a column of their own.
    has_units: bool,
    /// What the page says stands in a column of its own.
    has_told: bool,
}

impl Spread {
    fn of(table: &Table, column: usize) -> Self {
        let cells = table.rows.iter().filter_map(|row| row.get(column));
        let (mut units, mut has_told) = (BTreeSet::new(), false);
        for cell in cells {
            match cell {
                Cell::Measured(one) => {
                    units.insert(one.unit.as_str());
                    has_told |= !one.told.is_empty();
                },
                Cell::Number(_) => {
                    units.insert("");
                },
                Cell::Text(_) | Cell::Nothing => {},
            }
        }
        let has_units = units.len() > 1;
        let unit = units.into_iter().next().filter(|_| !has_units);
        Self {
            unit: unit.unwrap_or_default().to_owned(),
            has_units,
            has_told,
        }
    }

    fn heads(&self, title: &str) -> Vec<String> {
        let lang = current();
        let mut heads = vec![match lang {
            _ if self.unit.is_empty() => title.to_owned(),
            Lang::Ja => format!("{title}（{}）", self.unit),
            Lang::En => format!("{title} ({})", self.unit),
        }];
        if self.has_units {
            heads.push(match lang {
                Lang::Ja => format!("{title}の単位"),
                Lang::En => format!("{title}: unit"),
            });
        }
        if self.has_told {
            heads.push(match lang {
                Lang::Ja => format!("{title}の表記"),
                Lang::En => format!("{title} in words"),
            });
        }
        heads
    }

    fn cells<'t>(&self, cell: &'t Cell, digits: &'t str) -> Vec<Flat<'t>> {
        let text = |text: &'t str| {
            if text.is_empty() {
                Flat::Nothing
            } else {
                Flat::Text(text)
            }
        };
        let (number, unit, told) = match cell {
            Cell::Measured(one) => (Flat::Number(&one.number), text(&one.unit), text(&one.told)),
            Cell::Number(_) => (Flat::Number(digits), Flat::Nothing, Flat::Nothing),
            // Where words have a column of their own, that of the numbers holds numbers alone.
            Cell::Text(said) if self.has_told => (Flat::Nothing, Flat::Nothing, text(said)),
            Cell::Text(said) => (Flat::Text(said), Flat::Nothing, Flat::Nothing),
            Cell::Nothing => (Flat::Nothing, Flat::Nothing, Flat::Nothing),
        };
        let mut cells = vec![number];
        cells.extend(self.has_units.then_some(unit));
        cells.extend(self.has_told.then_some(told));
        cells
    }
}

/// A table as files hold it, its numbers apart from their units.
pub(super) struct Sheet<'t> {
    table: &'t Table,
    spread: Vec<Spread>,
    /// The digits of plain numbers, by rows.
    digits: Vec<Vec<String>>,
}

impl<'t> Sheet<'t> {
    pub(super) fn of(table: &'t Table) -> Self {
        let columns = 0..table.columns.len();
        let digits = |cell: &Cell| match cell {
            Cell::Number(number) => number.to_string(),
            Cell::Text(_) | Cell::Measured(_) | Cell::Nothing => String::new(),
        };
        let rows = table.rows.iter();
        Self {
            spread: columns.map(|column| Spread::of(table, column)).collect(),
            digits: rows.map(|row| row.iter().map(digits).collect()).collect(),
            table,
        }
    }

    pub(super) fn heads(&self) -> Vec<String> {
        let columns = self.table.columns.iter().zip(&self.spread);
        columns
            .flat_map(|(title, spread)| spread.heads(title))
            .collect()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Vec<Flat<'_>>> {
        let rows = self.table.rows.iter().zip(&self.digits);
        rows.map(|(row, digits)| {
            let cells = row.iter().zip(digits).zip(&self.spread);
            cells
                .flat_map(|((cell, digits), spread)| spread.cells(cell, digits))
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(rows: Vec<Vec<Cell>>) -> (Vec<String>, Vec<Vec<String>>) {
        let table = Table::new("例", ["名称", "実績"], rows);
        let sheet = Sheet::of(&table);
        let rows = sheet.rows().map(|row| {
            let cells = row.into_iter().map(|cell| match cell {
                Flat::Text(text) => format!("{text:?}"),
                Flat::Number(number) => number.to_owned(),
                Flat::Nothing => String::new(),
            });
            cells.collect()
        });
        (sheet.heads(), rows.collect())
    }

    #[test]
    fn a_unit_that_all_numbers_share_stands_in_the_heading() {
        let (heads, rows) = flat(vec![
            vec![Cell::text("い"), Cell::told("15,680,000円")],
            vec![Cell::text("ろ"), Cell::told("-3円")],
            vec![Cell::text("は"), Cell::told("―")],
        ]);
        assert_eq!(heads, ["名称", "実績（円）"]);
        assert_eq!(
            rows,
            [
                ["\"い\"", "15680000"],
                ["\"ろ\"", "-3"],
                ["\"は\"", "\"―\""]
            ]
        );
    }

    #[test]
    fn units_that_differ_and_what_is_more_than_a_number_have_columns_of_their_own() {
        let share = Amount::Share { hits: 16, of: 62 };
        let (heads, rows) = flat(vec![
            vec![
                Cell::text("い"),
                Cell::amount(&Amount::Count { count: 999 }, "件"),
            ],
            vec![Cell::text("ろ"), Cell::amount(&share, "人")],
            vec![
                Cell::text("は"),
                Cell::amount(&Amount::Count { count: 0 }, "番目まで"),
            ],
        ]);
        assert_eq!(heads, ["名称", "実績", "実績の単位", "実績の表記"]);
        assert_eq!(
            rows,
            [
                ["\"い\"", "999", "\"件\"", ""],
                ["\"ろ\"", "16", "\"人\"", "\"62人中16人（25.8％）\""],
                ["\"は\"", "", "", "\"検証の記録なし\""],
            ]
        );
    }

    #[test]
    fn what_only_begins_like_a_number_is_a_text() {
        for text in [
            "4時間未満",
            "2024-04-01",
            "1〜2歳",
            "",
            "-",
            "1.2.3",
            "3件中2件",
        ] {
            assert!(matches!(Cell::told(text), Cell::Text(_)), "{text}");
        }
        for text in ["999件", "3.5日", "-1.05点", "12"] {
            assert!(matches!(Cell::told(text), Cell::Measured(_)), "{text}");
        }
    }

    #[test]
    fn a_planned_number_that_is_about_is_a_number_and_a_range_is_told() {
        let number = |low, high, approximate| Target::Number {
            low,
            high,
            approximate,
            full_year: true,
        };
        let (heads, rows) = flat(vec![
            vec![
                Cell::text("い"),
                Cell::planned(Some(number(500, 500, true))),
            ],
            vec![Cell::text("ろ"), Cell::planned(Some(number(2, 3, false)))],
            vec![Cell::text("は"), Cell::planned(None)],
        ]);
        assert_eq!(heads, ["名称", "実績", "実績の表記"]);
        assert_eq!(rows[0][1..], ["500", "\"500程度\""]);
        assert_eq!(rows[1][1], "");
        assert_eq!(rows[2][1..], ["", ""]);
    }
}
