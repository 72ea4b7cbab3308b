//! The generations of a projection's tables: the live one, and one that is being built beside it.

use ledger_core::id::Position;

use crate::projection::Projection;
use crate::views::{Statement, Value, Views, ViewsError};

/// One generation of a projection's tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// The projection.
    pub name: String,
    /// Number in its tables' names; a later one replaces an earlier one.
    pub number: i64,
    /// Version of the projection that made it.
    pub version: i64,
    /// Every event up to here is in it.
    pub position: Position,
    /// It is the one that is read; else it is being built.
    pub live: bool,
    /// Why it stopped, if it did.
    pub fault: Option<String>,
}

impl Generation {
    /// Whether it is what readers of a projection, as this program makes it, look at.
    #[must_use]
    pub fn serves(&self, projection: &dyn Projection) -> bool {
        self.live && self.name == projection.name() && self.version == projection.version()
    }

    /// Whether this is the other one, perhaps at another position.
    pub(crate) fn is(&self, other: &Self) -> bool {
        (&self.name, self.number) == (&other.name, other.number)
    }
}

/// The table of generations.
const TABLE: &str = "projection";

/// Makes the table of generations where it is missing.
///
/// # Errors
/// [`ViewsError`] when the views cannot be written.
pub async fn prepare(views: &Views) -> Result<(), ViewsError> {
    let table = include_str!("views/sql/bookkeeping.sql");
    views.make_once(TABLE, &[table]).await
}

/// Every generation that the views hold; they are only read.
///
/// # Errors
/// [`ViewsError`] when they cannot be read.
pub async fn generations(views: &Views) -> Result<Vec<Generation>, ViewsError> {
    let all = || views.query_few(0, include_str!("views/sql/generations.sql"), Vec::new());
    let rows = match all().await {
        Err(ViewsError::Lost) if !views.has_table(TABLE).await? => return Ok(Vec::new()),
        // Another process made it meanwhile.
        Err(ViewsError::Lost) => all().await?,
        rows => rows?,
    };
    let decode = |row: &crate::views::Row| {
        Ok(Generation {
            name: row.text(0)?.to_owned(),
            number: row.int(1)?,
            version: row.int(2)?,
            position: Position::from_i64(row.int(3)?),
            live: row.text(4)? == "live",
            fault: row.optional_text(5)?.map(str::to_owned),
        })
    };
    rows.iter().map(decode).collect()
}

/// The generation of a projection that is read.
///
/// # Errors
/// [`ViewsError`] when the views cannot be read, or hold none yet: bring them forward first.
pub async fn live(views: &Views, projection: &dyn Projection) -> Result<i64, ViewsError> {
    Ok(live_one(views, projection).await?.number)
}

/// The same with the position up to which it is written.
///
/// # Errors
/// As [`live`].
pub(crate) async fn live_one(
    views: &Views,
    projection: &dyn Projection,
) -> Result<Generation, ViewsError> {
    let all = generations(views).await?.into_iter();
    let mut found = all.filter(|one| one.live && one.name == projection.name());
    found.next().ok_or(ViewsError::Lost)
}

/// Moves a generation's checkpoint from one position to another, unless another process did.
pub(crate) fn checkpoint(generation: &Generation, (from, to): (Position, Position)) -> Statement {
    let parameters = vec![
        Value::from(generation.name.as_str()),
        Value::from(generation.number),
        Value::from(to.as_i64()),
        Value::from(from.as_i64()),
    ];
    let sql = include_str!("views/sql/generation_advance.sql");
    Statement::on(0, sql, parameters).guarding()
}

/// Notes why a generation stopped where it stands, unless another process went on with it.
pub(crate) fn fault(generation: &Generation, fault: &str) -> Statement {
    let parameters = vec![
        Value::from(generation.name.as_str()),
        Value::from(generation.number),
        Value::from(fault),
        Value::from(generation.position.as_i64()),
    ];
    Statement::on(
        0,
        include_str!("views/sql/generation_fault.sql"),
        parameters,
    )
}
