//! Finds the person whom a number, an id or the beginning of one names.

use ledger_commands::register::child_id;
use ledger_core::event::{Event, ProfileEvent, Recorded};
use ledger_core::id::{ChildId, EventType, LedgerId, Position, StreamName};
use ledger_core::store::{EventStore, Filter, ReadAll, ReadStream};
use ledger_core::text::register_number;

use crate::failure::Failure;
use crate::fault::read_failure;
use crate::names::SoughtNumber;

/// Most persons named when a prefix fits several.
const NAMED_MAX: usize = 5;

/// Finds the person whom a register number, an id, or a unique prefix of one names.
///
/// # Errors
/// [`Failure`] when nobody or more than one is named, or the store fails.
pub async fn find_child(
    store: &dyn EventStore,
    ledger: LedgerId,
    given: &str,
) -> Result<ChildId, Failure> {
    match by_whole(store, ledger, given).await? {
        Some(child) => Ok(child),
        None => by_prefix(store, given).await,
    }
}

/// Finds the person whom a whole register number or id names; a part of one names nobody.
///
/// # Errors
/// [`Failure`] when nobody is named, or the store fails.
pub async fn the_child(
    store: &dyn EventStore,
    ledger: LedgerId,
    given: &str,
) -> Result<ChildId, Failure> {
    let found = by_whole(store, ledger, given).await?;
    found.ok_or_else(unknown)
}

/// Finds whom a number means however it is typed (1, c1 and C-001 are C001 where nobody has them as they stand), and the
/// number or id that names them; none where nobody is meant.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn meant(
    store: &dyn EventStore,
    ledger: LedgerId,
    typed: &str,
) -> Result<Option<(ChildId, String)>, Failure> {
    let usual = SoughtNumber::of(typed).usual();
    for number in [Some(typed.to_owned()), usual].into_iter().flatten() {
        if let Some(child) = by_whole(store, ledger, &number).await? {
            return Ok(Some((child, number)));
        }
    }
    Ok(None)
}

async fn by_whole(
    store: &dyn EventStore,
    ledger: LedgerId,
    given: &str,
) -> Result<Option<ChildId>, Failure> {
    let by_id = given.trim().parse::<ChildId>().ok();
    let by_number = child_id(ledger, given);
    for child in by_id.into_iter().chain([by_number]) {
        if exists(store, &StreamName::child(child)).await? {
            return Ok(Some(child));
        }
    }
    Ok(None)
}

/// The register number of a person, where there is one.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn number_of(store: &dyn EventStore, child: ChildId) -> Result<Option<String>, Failure> {
    let read = ReadStream {
        limit: 1,
        ..ReadStream::whole(StreamName::child(child))
    };
    let page = store.read_stream(&read).await;
    let page = page.map_err(|error| read_failure(&error))?;
    let first = page.events.first().and_then(|one| Recorded::read(one).ok());
    let Some(Event::Profile(ProfileEvent::Registered(registered))) = first.map(|first| first.event)
    else {
        return Ok(None);
    };
    Ok(registered.number)
}

/// Whether anything is recorded in a stream.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn exists(store: &dyn EventStore, stream: &StreamName) -> Result<bool, Failure> {
    let read = ReadStream {
        limit: 1,
        ..ReadStream::whole(stream.clone())
    };
    let page = store.read_stream(&read).await;
    Ok(!page
        .map_err(|error| read_failure(&error))?
        .events
        .is_empty())
}

/// Looks through every registration; only for what is no whole number or id.
async fn by_prefix(store: &dyn EventStore, given: &str) -> Result<ChildId, Failure> {
    let (number, id) = (register_number(given), given.trim().to_lowercase());
    let mut found: Vec<(ChildId, String)> = Vec::new();
    let registered = EventType::new("child-registered").ok();
    let mut read = ReadAll {
        filter: Filter::of_types(registered),
        ..ReadAll::after(Position::default())
    };
    loop {
        let page = store
            .read_all(&read)
            .await
            .map_err(|error| read_failure(&error))?;
        for stored in page.events.iter() {
            let Ok(recorded) = Recorded::read(stored) else {
                continue;
            };
            if let Event::Profile(ProfileEvent::Registered(registered)) = recorded.event {
                let own = registered.number.unwrap_or_default();
                let text = registered.child.to_string();
                if !number.is_empty() && (own.starts_with(&number) || text.starts_with(&id)) {
                    found.push((registered.child, if own.is_empty() { text } else { own }));
                }
            }
        }
        match page.next {
            Some(next) if found.len() <= NAMED_MAX => read.from = Some(Position::new(next)),
            Some(_) | None => break,
        }
    }
    one_of(&found)
}

fn unknown() -> Failure {
    Failure::refused(
        "UNKNOWN_PERSON",
        "その番号の対象者は台帳にいません。",
        "nobody in the ledger has this number or id",
    )
    .on("CHILD")
}

fn one_of(found: &[(ChildId, String)]) -> Result<ChildId, Failure> {
    match found {
        [(child, _)] => Ok(*child),
        [] => Err(unknown()),
        several => {
            let numbers = several
                .iter()
                .take(NAMED_MAX)
                .map(|(_, number)| number.as_str());
            let numbers = numbers.collect::<Vec<_>>().join(", ");
            Err(Failure::refused(
                "AMBIGUOUS",
                format!("複数の対象者に当てはまります（{numbers} …）。"),
                format!("it fits several persons ({numbers} …)"),
            )
            .on("CHILD"))
        },
    }
}
