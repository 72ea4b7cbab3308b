//! Register numbers as they are typed, several at once and in short, and as the register has them.

use std::collections::BTreeSet;
use std::time::Duration;

use ledger_core::id::ChildId;

use super::site::Site;
use super::whom::MOST;
use crate::failure::Failure;
use crate::names::SoughtNumber;
use crate::reading::{meant, the_child};
use crate::render;

/// How long it is looked for whom a number names before recording says it.
const WITHIN: Duration = Duration::from_secs(2);

/// Whether a text can only be a register number, however it is typed: the name of a stream begins with its kind.
pub(super) fn is_number(typed: &str) -> bool {
    let is_of = |kind: &str| {
        let rest = typed.strip_prefix(kind);
        rest.is_some_and(|rest| rest.starts_with('-'))
    };
    !render::CATEGORIES.iter().any(|kind| is_of(kind)) && SoughtNumber::of(typed).usual().is_some()
}

/// Whom a whole number or id names; none where nobody has it.
///
/// # Errors
/// [`Failure`] when the store fails.
pub(super) async fn whose(site: &Site, given: &str) -> Result<Option<ChildId>, Failure> {
    let (store, ledger) = (site.open.open.store.as_ref(), site.open.ledger.id());
    match the_child(store, ledger, given).await {
        Ok(child) => Ok(Some(child)),
        Err(unknown) if unknown.code == "UNKNOWN_PERSON" => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The numbers in a text, between which stand spaces or commas; each once.
pub(super) fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let between = |c: char| c.is_whitespace() || ",、，".contains(c);
    let mut seen = BTreeSet::new();
    let typed = text.split(between).filter(|number| !number.is_empty());
    typed.filter(move |number| seen.insert(*number))
}

/// The numbers in a text as the register has them: 1, c1 and C-001 are C001 where nobody has them as they were typed.
/// Whoever reads a form's numbers so shows whose they are before it is recorded.
pub(super) async fn as_registered(site: &Site, typed: &str) -> String {
    let mut all: Vec<String> = Vec::new();
    for number in numbers(typed).take(MOST) {
        // What is in full already means itself, whoever has it.
        let is_in_full = SoughtNumber::of(number).usual().as_deref() == Some(number);
        let own = if is_in_full {
            number.to_owned()
        } else {
            in_full(site, number).await
        };
        if !all.contains(&own) {
            all.push(own);
        }
    }
    if all.iter().map(String::as_str).eq(numbers(typed)) {
        return typed.to_owned();
    }
    all.extend(numbers(typed).skip(MOST).map(ToOwned::to_owned));
    all.join(" ")
}

/// A number as the register has it; what nobody has stays as it was typed.
async fn in_full(site: &Site, number: &str) -> String {
    let found = meant(site.open.open.store.as_ref(), site.open.ledger.id(), number);
    let found = tokio::time::timeout(WITHIN, found).await;
    let found = found.ok().and_then(Result::ok).flatten();
    found.map_or_else(|| number.to_owned(), |(_, own)| own)
}
