//! Opening hours that no centre can keep are told at the time that is wrong, before the command is read: read at once,
//! weekdays and times are one value.

use chrono::NaiveTime;
use ledger_core::time::parse_day;

use super::{Typed, text_of};
use crate::pages::giving::Fault;
use crate::pages::language::t;

/// The form that sets the opening hours.
const FORM: &str = "set-opening-hours";
/// From when and to when the centre is open.
const CLOSES: &str = "opening_hours.hours.to";
const TIMES: [&str; 2] = ["opening_hours.hours.from", CLOSES];
/// From which and to which day of the year it is closed for the New Year.
const DAYS: [&str; 2] = [
    "opening_hours.new_year_break.from",
    "opening_hours.new_year_break.to",
];
/// A leap year, in which every day of a year can be.
const SOME_YEAR: &str = "2000";

/// What is wrong with a time or a day of the form; a field that is empty is told when the form is read.
pub(super) fn fault(name: &str, typed: &Typed) -> Option<Fault> {
    if name != FORM {
        return None;
    }
    let is_wrong = |field: &&&str, is: fn(&str) -> bool| {
        let text = text_of(typed, field).trim();
        !text.is_empty() && !is(text)
    };
    if let Some(field) = TIMES.iter().find(|field| is_wrong(field, is_minute)) {
        let said = t(
            "時刻は 08:30 のように、2けたの時と分を「:」でつないで入力してください。",
            "Give the time in hours and minutes of two digits, as 08:30.",
        );
        return Some(Fault::whole(said).at(field, ""));
    }
    if let Some(field) = DAYS.iter().find(|field| is_wrong(field, is_day)) {
        let said = t(
            "月と日を 12-29 のように、2けたずつ「-」でつないで入力してください。",
            "Give month and day in two digits each, as 12-29.",
        );
        return Some(Fault::whole(said).at(field, ""));
    }
    let [from, to] = TIMES.map(|field| text_of(typed, field).trim());
    // Of times with two digits the later one is the greater text.
    (!from.is_empty() && !to.is_empty() && to <= from).then(|| {
        let said = t(
            "閉じる時刻は、開く時刻より後にしてください。",
            "The centre closes after it opens, on the same day.",
        );
        Fault::whole(said).at(CLOSES, "")
    })
}

fn is_minute(text: &str) -> bool {
    text.len() == 5 && NaiveTime::parse_from_str(text, "%H:%M").is_ok()
}

fn is_day(text: &str) -> bool {
    text.len() == 5 && parse_day(&format!("{SOME_YEAR}-{text}")).is_ok()
}

#[cfg(test)]
mod tests {
    use ledger_commands::Command;

    use super::*;

    #[test]
    fn the_form_has_the_times_and_days() {
        let fields = Command::fields(FORM).unwrap();
        for name in TIMES.iter().chain(&DAYS) {
            assert!(fields.iter().any(|field| field.name == *name), "{name}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_where_it_is() {
        let at = |from: &str, to: &str, day: &str| {
            let typed: Typed = [(TIMES[0], from), (TIMES[1], to), (DAYS[0], day)]
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .into();
            fault(FORM, &typed).map(|fault| fault.field)
        };
        assert_eq!(at("08:30", "17:00", "12-29"), None);
        assert_eq!(at("", "", ""), None, "told when it is read");
        for wrong in ["25:00", "8:30", "0830", "０８：３０"] {
            assert_eq!(at(wrong, "17:00", "12-29").as_deref(), Some(TIMES[0]));
        }
        assert_eq!(at("08:30", "24:00", "").as_deref(), Some(TIMES[1]));
        assert_eq!(at("08:30", "08:30", "").as_deref(), Some(TIMES[1]));
        for wrong in ["13-01", "12/29", "1229"] {
            assert_eq!(at("08:30", "17:00", wrong).as_deref(), Some(DAYS[0]));
        }
    }
}
