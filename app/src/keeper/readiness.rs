//! Whether the program can be used, and if not why; no answer names an address or a secret.

use std::time::Duration;

use super::look::{Found, Kept, Looked};
use crate::lang::Text;

/// How old the last look may be.
const FRESH: Duration = Duration::from_secs(10);

/// Why the program cannot be used yet, or any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotReady {
    /// It has just been started.
    Starting,
    /// The ledger does not answer.
    NoAnswer,
    /// A kept projection has no tables of this program's version yet.
    Building(&'static str),
    /// An event stops a kept projection.
    Stopped(&'static str),
    /// A kept projection lacks more events than it may.
    Behind {
        /// The projection.
        name: &'static str,
        /// Events that it lacks.
        lag: u64,
        /// Most events that it may lack.
        max: u64,
    },
}

impl NotReady {
    /// One sentence.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Starting => Text::new("起動中です。", "starting"),
            Self::NoAnswer => Text::new("台帳が応答しません。", "the ledger does not answer"),
            Self::Building(name) => Text::new(
                format!("集計 {name} を作成中です。"),
                format!("projection {name} is being built"),
            ),
            Self::Stopped(name) => Text::new(
                format!("集計 {name} が止まっています（care-ledger status に対処方法が出ます）。"),
                format!("projection {name} has stopped; care-ledger status says what to do"),
            ),
            Self::Behind { name, lag, max } => Text::new(
                format!("集計 {name} が {lag} 件遅れています（{max} 件まで）。"),
                format!("projection {name} lacks {lag} events, at most {max} may be missing"),
            ),
        }
    }
}

/// Whether the ledger answered lately and every kept projection lacks at most `lag_max` events.
///
/// # Errors
/// [`NotReady`], the first reason that there is.
pub fn readiness(looked: &Looked, lag_max: u64) -> Result<(), NotReady> {
    if !looked.begun {
        return Err(NotReady::Starting);
    }
    let fresh = looked.at.elapsed() <= FRESH;
    let Some(found) = looked.found.as_ref().filter(|_| fresh) else {
        return Err(NotReady::NoAnswer);
    };
    for kept in &found.projections {
        one(found, kept, lag_max)?;
    }
    Ok(())
}

fn one(found: &Found, kept: &Kept, max: u64) -> Result<(), NotReady> {
    let (name, lag) = (kept.name, kept.lag(found.head));
    if kept.stopped {
        return Err(NotReady::Stopped(name));
    }
    if !kept.built {
        return Err(NotReady::Building(name));
    }
    if lag > max {
        return Err(NotReady::Behind { name, lag, max });
    }
    Ok(())
}
