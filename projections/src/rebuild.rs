//! Builds a projection's tables anew beside the live ones, then switches.

use ledger_core::id::Position;
use ledger_core::store::EventStore;

use crate::generation::{Generation, generations};
use crate::projection::Projection;
use crate::runner::{Progress, RunError, advance};
use crate::views::{Statement, Value, Views, ViewsError};

/// Builds a projection up to `to` beside the live version, then switches and drops the old one.
///
/// One that was interrupted goes on where it stopped.
///
/// # Errors
/// [`RunError`] when the log or the views fail; the live version stays as it is then.
#[tracing::instrument(
    name = "projections.rebuild",
    skip_all,
    fields(projection = projection.name(), position.to = to.get())
)]
pub async fn rebuild(
    store: &dyn EventStore,
    views: &Views,
    projection: &dyn Projection,
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    let all = generations(views).await?;
    let own: Vec<&Generation> = all
        .iter()
        .filter(|one| one.name == projection.name())
        .collect();
    let begun = own
        .iter()
        .find(|one| !one.live && one.version == projection.version());
    let building = match begun {
        Some(generation) => (*generation).clone(),
        None => begin(views, projection, &own).await?,
    };
    let alone = [(building.clone(), projection)];
    advance(store, views, &alone, to, progress).await?;
    let mut batch =
        vec![mark(include_str!("views/sql/generation_switch.sql"), &building).guarding()];
    for old in own.iter().filter(|one| one.number != building.number) {
        batch.push(mark(include_str!("views/sql/generation_drop.sql"), old));
        let drops = projection.discard().iter();
        batch.extend(drops.map(|sql| Statement::on(old.number, sql, Vec::new())));
    }
    Ok(views.write(batch).await?)
}

async fn begin(
    views: &Views,
    projection: &dyn Projection,
    own: &[&Generation],
) -> Result<Generation, ViewsError> {
    let newest = own.iter().map(|one| one.number).max().unwrap_or(0);
    let generation = Generation {
        name: projection.name().to_owned(),
        number: newest.saturating_add(1),
        version: projection.version(),
        position: Position::default(),
        live: false,
        fault: None,
    };
    let parameters = vec![
        Value::from(projection.name()),
        Value::from(generation.number),
        Value::from(generation.version),
    ];
    let sql = include_str!("views/sql/generation_new.sql");
    let mut batch = vec![Statement::on(0, sql, parameters)];
    let tables = projection.schema().iter();
    batch.extend(tables.map(|sql| Statement::on(generation.number, sql, Vec::new())));
    views.write(batch).await?;
    Ok(generation)
}

fn mark(sql: &str, generation: &Generation) -> Statement {
    let parameters = vec![
        Value::from(generation.name.as_str()),
        Value::from(generation.number),
    ];
    Statement::on(0, sql, parameters)
}
