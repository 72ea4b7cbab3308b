//! Which meeting of the committee it is, in the form that convenes one: the next.

use super::{Act, Typed, put, text_of};
use crate::failure::Failure;
use crate::pages::site::Site;
use crate::reading::meeting_cards;

/// The form that convenes a meeting.
const FORM: &str = "convene-meeting";
const NUMBER: &str = "nth";

/// Fills the number in where none is typed; it is seen there, and changed or taken out.
///
/// # Errors
/// [`Failure`] when the store fails.
pub(super) async fn fill(site: &Site, act: &Act, typed: &mut Typed) -> Result<(), Failure> {
    if act.name != FORM || !text_of(typed, NUMBER).trim().is_empty() {
        return Ok(());
    }
    let cards = meeting_cards(&site.open.open).await?;
    let newest = cards.iter().filter_map(|card| card.nth).max();
    let next = newest.unwrap_or(0).saturating_add(1);
    put(typed, NUMBER, next.to_string());
    Ok(())
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
}
