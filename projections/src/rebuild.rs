//! Builds a projection's tables anew beside the live ones, then switches.

use ledger_core::id::Position;
use ledger_core::store::EventStore;

use crate::generation::{Generation, generations, prepare};
use crate::projection::Projection;
use crate::runner::{Patience, Progress, RunError, advance};
use crate::views::{Statement, Value, Views, ViewsError};

/// Builds a projection up to `to` beside the live version, then switches and drops the old one.
///
/// One that was interrupted goes on where it stopped; one that another process builds just now is
/// built together with it.
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
    prepare(views).await?;
    let mut patience = Patience::default();
    let mut ours = None;
    loop {
        let own = own(views, projection).await?;
        let ours_stays = own.iter().any(|one| Some(one.number) == ours && !one.live);
        if ours.is_some() && !ours_stays {
            // Another process switched it, and perhaps replaced it since.
            return Ok(());
        }
        let attempt = Build {
            store,
            views,
            projection,
            own: &own,
        };
        let built = attempt.run(&mut ours, to, progress).await;
        match built {
            Err(RunError::Views(ViewsError::Lost)) if patience.lasts(&own) => {},
            other => return other,
        }
    }
}

/// The generations of one projection.
pub(crate) async fn own(
    views: &Views,
    projection: &dyn Projection,
) -> Result<Vec<Generation>, ViewsError> {
    let mut all = generations(views).await?;
    all.retain(|one| one.name == projection.name());
    Ok(all)
}

/// One try at a build.
struct Build<'a> {
    store: &'a dyn EventStore,
    views: &'a Views,
    projection: &'a dyn Projection,
    own: &'a [Generation],
}

impl Build<'_> {
    /// Goes on with what is begun, or begins, and notes its number; then switches.
    async fn run(
        &self,
        ours: &mut Option<i64>,
        to: Position,
        progress: Progress<'_>,
    ) -> Result<(), RunError> {
        let version = self.projection.version();
        let mut own = self.own.iter();
        let building = match own.find(|one| !one.live && one.version == version) {
            Some(generation) => generation.clone(),
            None => begin(self.views, self.projection, self.own).await?,
        };
        *ours = Some(building.number);
        let alone = [(building.clone(), self.projection)];
        advance(self.store, self.views, &alone, to, progress).await?;
        Ok(self.switch(&building).await?)
    }

    /// Makes a generation the one that is read, and drops the others.
    async fn switch(&self, building: &Generation) -> Result<(), ViewsError> {
        let sql = include_str!("views/sql/generation_switch.sql");
        let mut batch = vec![mark(sql, building).guarding()];
        let others = self.own.iter().filter(|one| one.number != building.number);
        for old in others {
            let sql = include_str!("views/sql/generation_drop.sql");
            batch.push(mark(sql, old).guarding());
            let drops = self.projection.discard().iter();
            batch.extend(drops.map(|sql| Statement::on(old.number, sql, Vec::new())));
        }
        self.views.write(batch).await
    }
}

/// Folds the log into empty views that nobody else has, each projection up to a position of its own.
pub(crate) async fn fold(
    store: &dyn EventStore,
    views: &Views,
    wanted: &[(&'static dyn Projection, Position)],
    progress: Progress<'_>,
) -> Result<(), RunError> {
    prepare(views).await?;
    let mut building = Vec::new();
    for (projection, to) in wanted {
        building.push((begin(views, *projection, &[]).await?, *projection, *to));
    }
    let mut targets: Vec<Position> = wanted.iter().map(|(_, to)| *to).collect();
    targets.sort();
    targets.dedup();
    for target in targets {
        let there = building.iter_mut().filter(|(_, _, to)| *to >= target);
        let there: Vec<_> = there.collect();
        let together: Vec<(Generation, &dyn Projection)> = there
            .iter()
            .map(|(generation, projection, _)| (generation.clone(), *projection))
            .collect();
        advance(store, views, &together, target, progress).await?;
        for (generation, _, _) in there {
            generation.position = target;
        }
    }
    let switches = building
        .iter()
        .map(|(one, _, _)| mark(include_str!("views/sql/generation_switch.sql"), one));
    Ok(views.write(switches.collect()).await?)
}

async fn begin(
    views: &Views,
    projection: &dyn Projection,
    own: &[Generation],
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
    let mut batch = vec![Statement::on(0, sql, parameters).guarding()];
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
