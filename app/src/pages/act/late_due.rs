//! A next verification more than a year ahead is asked about once before it is recorded: it is taken, and marked.

use ledger_commands::rule::time::more_than_a_year_later;
use ledger_core::time::parse_day;

use super::{Typed, text_of};
use crate::pages::giving::Fault;
use crate::pages::language::t;

/// The field in which a form carries the day that was asked about.
pub(super) const ASKED: &str = "late_due";
/// The day that is planned.
const DUE: &str = "next_due";
/// The code of what is asked.
const CODE: &str = "LATE_DUE";
/// The forms that plan a verification of a disaster plan.
const FORMS: [&str; 3] = [
    "verify-disaster-plan",
    "review-disaster-plan",
    "revise-disaster-plan",
];

/// That the day that is planned lies more than a year ahead, where nobody was asked about this day before.
pub(super) fn fault(name: &str, typed: &Typed) -> Option<Fault> {
    let due = text_of(typed, DUE);
    if !FORMS.contains(&name) || text_of(typed, ASKED) == due {
        return None;
    }
    // What is no day is told when the form is read.
    let day = |text: &str| parse_day(text.trim()).ok().map(|read| read.day);
    let occurred = day(text_of(typed, "occurred"))?;
    more_than_a_year_later(day(due), occurred).then(|| {
        let mut fault = Fault::whole(t(
            "次回予定日が1年より先です。検証は年1回程度です。日付を直すか、このままでよければもう一度送ってください（「次回予定が1年より先」の印が付きます）。",
            "The next verification is planned more than a year ahead, and one a year is usual. Correct the day, or send it once more to keep it (it is then marked).",
        ))
        .at(DUE, "");
        fault.code = CODE;
        fault
    })
}

/// The day that was asked about, as the form carries it when it comes back with that.
pub(super) fn asked(faults: &[Fault], typed: &Typed) -> String {
    let is_asked = faults.iter().any(|fault| fault.code == CODE);
    if is_asked || text_of(typed, ASKED) == text_of(typed, DUE) {
        return text_of(typed, DUE).to_owned();
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use ledger_commands::Command;

    use super::*;

    #[test]
    fn every_form_has_the_day() {
        for name in FORMS {
            let fields = Command::fields(name).unwrap();
            assert!(fields.iter().any(|field| field.name == DUE), "{name}");
        }
    }

    #[test]
    fn a_day_more_than_a_year_ahead_is_asked_about_once() {
        let typed = |due: &str, asked: &str| -> Typed {
            [("occurred", "2024-04-01"), (DUE, due), (ASKED, asked)]
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .into()
        };
        let is_asked = |due, asked| fault(FORMS[0], &typed(due, asked)).is_some();
        assert!(!is_asked("2025-04-01", "") && !is_asked("", ""));
        assert!(is_asked("2025-04-02", ""));
        assert!(!is_asked("2025-04-02", "2025-04-02"));
        assert!(is_asked("2026-04-02", "2025-04-02"), "another day");
        assert!(fault("monitor-support-plan", &typed("2026-04-02", "")).is_none());
    }
}
