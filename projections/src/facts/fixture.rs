//! Facts for tests.

use ledger_core::id::{EventId, Position};
use uuid::Uuid;

use super::{Kind, Stored};

/// A fact in a person's stream, in the order of its positions.
pub(crate) fn fact(kind: Kind, (subject, thing): (&str, &str), position: i64) -> Stored {
    Stored {
        kind,
        thing: thing.to_owned(),
        subject: Some(subject.to_owned()),
        day: Some("2022-04-01".parse().unwrap()),
        minute: None,
        detail: None,
        value: None,
        other: None,
        area: None,
        due: None,
        recorded: "2022-04-01".parse().unwrap(),
        actor: "test:mihon".to_owned(),
        role: "staff".to_owned(),
        flags: None,
        event: EventId::new(Uuid::from_u128(1)),
        position: Position::from_i64(position),
        codes: None,
        from: Position::from_i64(position),
        to: None,
    }
}
