//! Readiness, from every state that a look can find.

use std::time::{Duration, Instant};

use ledger_core::id::Position;
use ledger_projections::generation::Generation;
use ledger_projections::registry;

use super::{Found, Kept, Looked, NotReady, readiness};

fn kept(position: u64) -> Kept {
    Kept {
        name: "facts",
        position: Position::new(position),
        built: true,
        stopped: false,
    }
}

fn looked(projection: Kept) -> Looked {
    let found = Found {
        head: Position::new(10),
        projections: vec![projection],
    };
    Looked {
        at: Instant::now(),
        found: Some(found),
        begun: true,
    }
}

#[test]
fn the_program_is_ready_when_the_ledger_answers_and_little_is_missing() {
    let behind = NotReady::Behind {
        name: "facts",
        lag: 4,
        max: 3,
    };
    for (state, expected) in [
        (Looked::not_yet(), Err(NotReady::Starting)),
        (looked(kept(10)), Ok(())),
        (looked(kept(7)), Ok(())),
        (looked(kept(6)), Err(behind)),
        (
            looked(Kept {
                built: false,
                ..kept(10)
            }),
            Err(NotReady::Building("facts")),
        ),
        (
            looked(Kept {
                stopped: true,
                ..kept(10)
            }),
            Err(NotReady::Stopped("facts")),
        ),
        (
            Looked {
                found: None,
                ..looked(kept(10))
            },
            Err(NotReady::NoAnswer),
        ),
    ] {
        assert_eq!(readiness(&state, 3), expected, "{state:?}");
    }
}

#[test]
fn a_look_that_is_old_says_nothing() {
    let Some(long_ago) = Instant::now().checked_sub(Duration::from_mins(1)) else {
        return;
    };
    let old = Looked {
        at: long_ago,
        ..looked(kept(10))
    };

    assert_eq!(readiness(&old, 3), Err(NotReady::NoAnswer));
}

#[test]
fn a_projection_counts_as_built_only_with_live_tables_of_this_version() {
    let projection = registry::ALL[0];
    let generation = |version: i64, live: bool| Generation {
        name: projection.name().to_owned(),
        number: 1,
        version,
        position: Position::new(5),
        live,
        fault: None,
    };
    let now = projection.version();

    for (generations, built, position) in [
        (vec![], false, 0),
        (vec![generation(now, true)], true, 5),
        (vec![generation(now, false)], false, 0),
        (vec![generation(now - 1, true)], false, 5),
    ] {
        let kept = Kept::of(projection, &generations);

        assert_eq!((kept.built, kept.position.get()), (built, position));
    }
}
