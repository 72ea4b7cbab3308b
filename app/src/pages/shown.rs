//! Whom a record is to be about is shown before it is written: a number that was typed may be another child's.

use std::collections::BTreeSet;
use std::time::Duration;

use ledger_core::text::register_number;
use ledger_projections::caseload::caseload;

use super::children::shown_line;
use super::language::{current, listed};
use super::numbers::numbers;
use super::site::Site;
use super::whom::Whom;
use crate::failure::Failure;
use crate::fault::views_failure;
use crate::lang::Lang;
use crate::reading::ClosedAccounts;

/// The field in which a form carries the numbers whose child was shown.
pub(super) const SHOWN: &str = "shown";
/// How long a form waits for what the list of children says.
const WITHIN: Duration = Duration::from_secs(1);

/// Whether every one of these numbers stands among those whose child was shown to whoever sends the form.
pub(super) fn are_shown(given: &str, shown: &str) -> bool {
    let shown: BTreeSet<String> = numbers(shown).map(register_number).collect();
    numbers(given).all(|number| shown.contains(&register_number(number)))
}

/// The numbers of those who are shown, as the form carries them.
pub(super) fn carried(whom: &[Whom]) -> String {
    let numbers = whom.iter().map(|one| one.given.as_str());
    numbers.collect::<Vec<_>>().join(" ")
}

/// The same of a form that was opened for somebody: whoever may not open the name is asked to look once more.
pub(super) fn picked(whom: &[Whom]) -> String {
    let named = whom.iter().filter(|one| one.name().is_some());
    let numbers = named.map(|one| one.given.as_str());
    numbers.collect::<Vec<_>>().join(" ")
}

/// Adds what everybody sees in the list of children to those whose name is closed, so that they can be told apart.
pub(super) async fn told_apart(site: &Site, whom: &mut [Whom]) {
    if whom.iter().all(|one| one.name().is_some()) {
        return;
    }
    let looked = tokio::time::timeout(WITHIN, of_list(site, whom)).await;
    if !matches!(looked, Ok(Ok(()))) {
        tracing::warn!("the list of children cannot be read");
    }
}

async fn of_list(site: &Site, whom: &mut [Whom]) -> Result<(), Failure> {
    let open = &site.open.open;
    let head = open.catch_up_on_work().await?;
    let known = caseload(&open.facts, site.today(), head).await;
    let known = known.map_err(|error| views_failure(&error))?;
    let closed = ClosedAccounts::read(open, head).await?;
    for one in whom.iter_mut().filter(|one| one.name().is_none()) {
        let is_it = |number: &String| *number == one.number;
        let line = known
            .iter()
            .find(|line| line.number.as_ref().map_or(line.child == one.number, is_it));
        if let Some(line) = line {
            let line = shown_line(line, &closed);
            let said = [line.area, line.age, line.procedures, line.in_charge];
            let said: Vec<String> = said.into_iter().filter(|text| !text.is_empty()).collect();
            one.listed = match current() {
                Lang::Ja => format!("　{}", listed(&said)),
                Lang::En => format!(" {}", listed(&said)),
            };
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_however_it_is_typed_and_another_is_not() {
        for (given, shown) in [
            ("C001", "C001"),
            ("ｃ００１、C002", "C002 C001"),
            ("", ""),
            ("C001 C001", "C001"),
        ] {
            assert!(are_shown(given, shown), "{given}");
        }
        for (given, shown) in [("C001", ""), ("C001 C002", "C001"), ("C0011", "C001")] {
            assert!(!are_shown(given, shown), "{given}");
        }
    }
}
