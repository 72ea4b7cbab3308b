//! Makes cells harmless that a spreadsheet would run as a formula, and takes that off again.

/// Characters with which a cell begins that a spreadsheet runs.
const RUN: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Puts one `'` before a cell that a spreadsheet would run.
///
/// A cell that begins with `'` and goes on like one gets another, so that taking one off always
/// gives the cell back.
#[must_use]
pub fn harmless(cell: &str) -> String {
    if runs(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Takes the `'` off that [`harmless`] put there.
#[must_use]
pub fn take_off_quote(cell: &str) -> &str {
    cell.strip_prefix('\'')
        .filter(|rest| runs(rest))
        .unwrap_or(cell)
}

fn runs(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(RUN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_comes_back_as_it_was() {
        for cell in [
            "=1+1", "+81", "-", "@a", "\tx", "'=1", "''@", "'quoted'", "", "plain", "3-1",
        ] {
            assert_eq!(take_off_quote(&harmless(cell)), cell);
        }
    }

    #[test]
    fn only_what_a_spreadsheet_would_run_gets_a_quote() {
        assert_eq!(harmless("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(harmless("-5"), "'-5");
        assert_eq!(harmless("3-1"), "3-1");
        assert_eq!(harmless("'plain"), "'plain");
    }
}
