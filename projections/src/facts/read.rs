//! Reads stored facts in one scan, with the positions between which each was held true.

use ledger_core::code::Area;
use ledger_core::id::{EventId, Position};
use ledger_core::time::Day;

use super::{Facts, Kind};
use crate::generation;
use crate::views::{Row, Value, Views, ViewsError};

/// One fact as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its kind.
    pub kind: Kind,
    /// What it is about.
    pub thing: String,
    /// Whom it is about, as the stream says.
    pub subject: Option<String>,
    /// When; none where unknown.
    pub day: Option<Day>,
    /// Minute of the day in Japan, where known.
    pub minute: Option<i64>,
    /// A code that says more.
    pub detail: Option<String>,
    /// A version, a flag, an amount.
    pub value: Option<i64>,
    /// A second id or code.
    pub other: Option<String>,
    /// The area, where one is given.
    pub area: Option<Area>,
    /// The day by which something is expected.
    pub due: Option<Day>,
    /// Day in Japan on which the event was recorded; a correction does not change it.
    pub recorded: Day,
    /// Who recorded it.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// Data-quality flags, joined by commas.
    pub flags: Option<String>,
    /// The event that says it; of a corrected event always the original.
    pub event: EventId,
    /// Position of the event, or of the correction whose content this is.
    pub position: Position,
    /// Further codes, joined by commas: of a consultation its topics.
    pub codes: Option<String>,
    /// First position at which it is held true.
    pub from: Position,
    /// Position from which on it is held true no longer.
    pub to: Option<Position>,
}

impl Stored {
    /// Whether it was held true at a position.
    #[must_use]
    pub fn stands_at(&self, at: Position) -> bool {
        self.from <= at && self.to.is_none_or(|to| to > at)
    }

    /// Whether it says this much in its detail.
    #[must_use]
    pub fn says(&self, detail: &str) -> bool {
        self.detail.as_deref() == Some(detail)
    }
}

/// Facts that were held true at some position of a stretch of the log.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    /// The facts, by the position that made them.
    pub facts: Vec<Stored>,
}

impl Versions {
    /// Reads the facts of some kinds that were held true at `from`, at `to` or between them; the
    /// views must have been brought forward before.
    ///
    /// # Errors
    /// [`ViewsError`] when the views cannot be read or hold something else.
    pub async fn between(
        views: &Views,
        from: Position,
        to: Position,
        kinds: &[Kind],
    ) -> Result<Self, ViewsError> {
        let generation = generation::live(views, &Facts).await?;
        let parameters = vec![
            Value::from(from.as_i64()),
            Value::from(to.as_i64()),
            Value::from(filter(kinds)),
        ];
        let rows = views
            .query(generation, include_str!("sql/between.sql"), parameters)
            .await?;
        let facts = rows.iter().map(stored).collect::<Result<_, _>>()?;
        Ok(Self { facts })
    }

    /// The facts that were held true at a position.
    pub fn at(&self, at: Position) -> impl Iterator<Item = &Stored> {
        self.facts.iter().filter(move |fact| fact.stands_at(at))
    }
}

/// The kinds between commas; nothing where all are asked for.
fn filter(kinds: &[Kind]) -> String {
    if kinds.len() == Kind::ALL.len() {
        return String::new();
    }
    let mut filter = String::from(",");
    for kind in kinds {
        filter.push_str(kind.code());
        filter.push(',');
    }
    filter
}

pub(super) fn stored(row: &Row) -> Result<Stored, ViewsError> {
    Ok(Stored {
        position: Position::from_i64(row.int(0)?),
        kind: Kind::of_code(row.text(1)?).ok_or(ViewsError::Column(1))?,
        thing: row.text(2)?.to_owned(),
        subject: owned(row, 3)?,
        day: parsed(row, 4)?,
        minute: row.optional_int(5)?,
        detail: owned(row, 6)?,
        value: row.optional_int(7)?,
        other: owned(row, 8)?,
        area: parsed(row, 9)?,
        due: parsed(row, 10)?,
        recorded: parsed(row, 11)?.ok_or(ViewsError::Column(11))?,
        actor: row.text(12)?.to_owned(),
        role: row.text(13)?.to_owned(),
        flags: owned(row, 14)?,
        event: parsed(row, 15)?.ok_or(ViewsError::Column(15))?,
        from: Position::from_i64(row.int(16)?),
        to: row.optional_int(17)?.map(Position::from_i64),
        codes: owned(row, 18)?,
    })
}

fn owned(row: &Row, column: usize) -> Result<Option<String>, ViewsError> {
    Ok(row.optional_text(column)?.map(str::to_owned))
}

fn parsed<T: std::str::FromStr>(row: &Row, column: usize) -> Result<Option<T>, ViewsError> {
    let text = row.optional_text(column)?;
    text.map(str::parse)
        .transpose()
        .map_err(|_| ViewsError::Column(column))
}
