//! Register numbers in the form that registers somebody: the next free one, and those that are taken for another.

use ledger_core::event::{Event, ProfileEvent, Recorded};
use ledger_core::id::{EventType, Position};
use ledger_core::store::{EventStore, Filter, ReadAll};
use ledger_core::text::register_number;

use super::{Act, Typed, put, text_of};
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::names::SoughtNumber;
use crate::pages::site::Site;

/// The form that registers somebody.
const FORM: &str = "register-child";
pub(super) const NUMBER: &str = "number";
/// The letter of the numbers that are proposed.
const LETTER: char = 'C';
/// Digits of the first number.
const DIGITS: usize = 3;
/// Most digits of a number from which it is counted on.
const DIGITS_MAX: usize = 9;

/// Fills the number in where none is typed; it is seen there, and changed or taken out.
pub(super) async fn fill(site: &Site, act: &Act, typed: &mut Typed) {
    if act.name != FORM || !text_of(typed, NUMBER).trim().is_empty() {
        return;
    }
    let Ok(highest) = highest(site.open.open.store.as_ref()).await else {
        // A number is typed then, as it always could be.
        tracing::warn!("the register numbers cannot be read");
        return;
    };
    put(typed, NUMBER, after(highest));
}

/// The number after one that has so many digits.
fn after((number, digits): (u64, usize)) -> String {
    let next = number.saturating_add(1);
    format!("{LETTER}{next:0digits$}")
}

/// The highest number that anybody was given, with how many digits it has: that of a case that was merged is not
/// given anew.
async fn highest(store: &dyn EventStore) -> Result<(u64, usize), Failure> {
    let given = given(store).await?;
    let counted = given.iter().filter_map(|number| counted(number));
    Ok(counted.fold((0, DIGITS), Ord::max))
}

/// The numbers that are taken for this one where somebody types one of them short: 1 for C001.
///
/// # Errors
/// [`Failure`] when the store fails.
pub(super) async fn taken_for(
    store: &dyn EventStore,
    number: &str,
) -> Result<Vec<String>, Failure> {
    let own = SoughtNumber::of(number);
    let number = register_number(number);
    let mut given = given(store).await?;
    given
        .retain(|other| *other != number && (own.is(other) || SoughtNumber::of(other).is(&number)));
    given.sort_unstable();
    Ok(given)
}

/// Every number that anybody was given.
async fn given(store: &dyn EventStore) -> Result<Vec<String>, Failure> {
    let mut given = Vec::new();
    let mut read = ReadAll {
        filter: Filter::of_types(EventType::new("child-registered").ok()),
        ..ReadAll::after(Position::default())
    };
    loop {
        let page = store.read_all(&read).await;
        let page = page.map_err(|error| read_failure(&error))?;
        let known = page.events.iter();
        let known = known.filter_map(|one| Recorded::read(one).ok());
        given.extend(known.filter_map(|one| number(one.event)));
        match page.next {
            Some(next) => read.from = Some(Position::new(next)),
            None => return Ok(given),
        }
    }
}

fn number(event: Event) -> Option<String> {
    if let Event::Profile(ProfileEvent::Registered(registered)) = event {
        return registered.number;
    }
    None
}

/// A number of the form C001 with how many digits it has; none for any other.
fn counted(number: &str) -> Option<(u64, usize)> {
    let digits = number.strip_prefix(LETTER)?;
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain || digits.len() > DIGITS_MAX {
        return None;
    }
    Some((digits.parse().ok()?, digits.len()))
}

#[cfg(test)]
mod tests {
    use ledger_commands::Command;

    use super::*;

    #[test]
    fn the_form_has_the_number() {
        let fields = Command::fields(FORM).unwrap();
        assert!(fields.iter().any(|field| field.name == NUMBER));
    }

    #[test]
    fn the_next_number_has_as_many_digits_at_least() {
        assert_eq!(after((0, DIGITS)), "C001");
        for (number, next) in [
            ("C001", "C002"),
            ("C0099", "C0100"),
            ("C999", "C1000"),
            ("C7", "C8"),
        ] {
            assert_eq!(after(counted(number).unwrap()), next, "{number}");
        }
    }

    #[test]
    fn other_numbers_are_not_counted_on() {
        for other in [
            "",
            "C",
            "D001",
            "C-1",
            "C1a",
            "見本-1",
            "C1234567890",
            "101",
        ] {
            assert_eq!(counted(other), None, "{other}");
        }
        assert!(counted("C999") < counted("C1000"));
    }
}
