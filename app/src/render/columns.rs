//! Rows whose columns stand under each other; a full-width letter takes two places.

use unicode_width::UnicodeWidthStr as _;

/// Every row in a line, each column as wide as its widest cell and two places apart.
pub(super) fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(width).collect();
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            let missing = width.saturating_sub(cell.width());
            format!("{cell}{:missing$}", "")
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        line.trim_end().to_owned()
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_letters_take_two_places() {
        let rows = [["施設", "1回目"], ["ab", "x"], ["見本第一", ""]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());

        assert_eq!(
            columns(&rows),
            ["施設      1回目", "ab        x", "見本第一"]
        );
        assert_eq!(columns(&[]), Vec::<String>::new());
    }
}
