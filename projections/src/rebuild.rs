//! Builds projections' tables anew beside the live ones, then switches.

use ledger_core::id::Position;
use ledger_core::store::EventStore;

use crate::generation::{Generation, generations, prepare};
use crate::projection::Projection;
use crate::runner::{Patience, Progress, RunError, advance};
use crate::views::{Statement, Value, Views, ViewsError};

/// Builds projections anew up to `to`, beside their live versions; a build that was interrupted goes on,
/// one that an event stopped is begun again.
///
/// # Errors
/// [`RunError`] when the log or the views fail; the live versions stay as they are then.
pub async fn rebuild(
    store: &dyn EventStore,
    views: &Views,
    projections: &[&dyn Projection],
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    for projection in projections {
        for one in own(views, *projection).await? {
            if !one.live && one.fault.is_some() {
                views.write(dropped(&one, *projection)).await?;
            }
        }
    }
    build(store, views, projections, to, progress).await
}

/// Builds projections up to `to`, or as far as their live versions are, beside these with one read of
/// the log, then switches each and drops the old one.
///
/// One that was interrupted goes on where it stopped; one that another process builds just now is
/// built together with it.
///
/// # Errors
/// [`RunError`] when the log or the views fail; the live versions stay as they are then.
#[tracing::instrument(
    name = "projections.rebuild",
    skip_all,
    fields(projections = projections.len(), position.to = to.get())
)]
pub(crate) async fn build(
    store: &dyn EventStore,
    views: &Views,
    projections: &[&dyn Projection],
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    prepare(views).await?;
    let mut patience = Patience::default();
    let mut builds: Vec<Build<'_>> = projections.iter().copied().map(Build::new).collect();
    loop {
        for build in &mut builds {
            build.look(views).await?;
        }
        // One that is gone another process switched, and perhaps replaced since.
        builds.retain(|build| !build.is_done());
        if builds.is_empty() {
            return Ok(());
        }
        match run(store, views, &mut builds, to, progress).await {
            Err(RunError::Views(ViewsError::Lost)) if patience.lasts(&seen(&builds)) => {},
            other => return other,
        }
    }
}

/// What the builds saw of their projections' generations.
fn seen(builds: &[Build<'_>]) -> Vec<Generation> {
    builds.iter().flat_map(|build| build.own.clone()).collect()
}

/// Goes on with what is begun, or begins; then switches.
async fn run(
    store: &dyn EventStore,
    views: &Views,
    builds: &mut [Build<'_>],
    to: Position,
    progress: Progress<'_>,
) -> Result<(), RunError> {
    let mut together = Vec::new();
    for build in &mut *builds {
        together.push((build.begun(views).await?, build.projection));
    }
    // What was read is never taken back: the live versions may have gone on meanwhile.
    let lives = builds.iter().flat_map(|build| &build.own);
    let lives = lives.filter(|one| one.live).map(|one| one.position);
    let to = lives.chain([to]).max().unwrap_or(to);
    let advanced = advance(store, views, &together, to, progress).await;
    let stopped = matches!(
        advanced,
        Err(RunError::Unwritten { .. } | RunError::Poisoned { .. })
    );
    if advanced.is_err() && !stopped {
        return advanced;
    }
    // Where one stopped, the others are switched all the same.
    let there = generations(views).await?;
    for (build, (building, _)) in builds.iter().zip(&together) {
        if there
            .iter()
            .any(|one| one.is(building) && one.position >= to)
        {
            build.switch(views, building).await?;
        }
    }
    advanced
}

/// The generations of one projection.
async fn own(views: &Views, projection: &dyn Projection) -> Result<Vec<Generation>, ViewsError> {
    let mut all = generations(views).await?;
    all.retain(|one| one.name == projection.name());
    Ok(all)
}

/// One projection's build.
struct Build<'a> {
    projection: &'a dyn Projection,
    /// Its generations, as seen last.
    own: Vec<Generation>,
    /// The number of the one that is built.
    ours: Option<i64>,
}

impl<'a> Build<'a> {
    const fn new(projection: &'a dyn Projection) -> Self {
        Self {
            projection,
            own: Vec::new(),
            ours: None,
        }
    }

    /// Looks at its generations again.
    async fn look(&mut self, views: &Views) -> Result<(), ViewsError> {
        self.own = own(views, self.projection).await?;
        Ok(())
    }

    /// Whether what it built is switched or gone.
    fn is_done(&self) -> bool {
        let mut own = self.own.iter();
        let stays = own.any(|one| Some(one.number) == self.ours && !one.live);
        self.ours.is_some() && !stays
    }

    /// The generation that is built, begun where it is not there yet.
    async fn begun(&mut self, views: &Views) -> Result<Generation, ViewsError> {
        let version = self.projection.version();
        let mut own = self.own.iter();
        let building = match own.find(|one| !one.live && one.version == version) {
            Some(generation) => generation.clone(),
            None => begin(views, self.projection, &self.own).await?,
        };
        self.ours = Some(building.number);
        Ok(building)
    }

    /// Makes a generation the one that is read, and drops the others.
    async fn switch(&self, views: &Views, building: &Generation) -> Result<(), ViewsError> {
        let sql = include_str!("views/sql/generation_switch.sql");
        let mut batch = vec![mark(sql, building).guarding()];
        let others = self.own.iter().filter(|one| one.number != building.number);
        for old in others {
            batch.extend(dropped(old, self.projection));
        }
        views.write(batch).await
    }
}

/// Drops a generation and its tables.
fn dropped(old: &Generation, projection: &dyn Projection) -> Vec<Statement> {
    let sql = include_str!("views/sql/generation_drop.sql");
    let mut batch = vec![mark(sql, old).guarding()];
    let drops = projection.discard().iter();
    batch.extend(drops.map(|sql| Statement::on(old.number, sql, Vec::new())));
    batch
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
    let mut batch = Vec::new();
    for (generation, _, _) in &building {
        let sql = include_str!("views/sql/generation_switch.sql");
        batch.push(mark(sql, generation));
    }
    Ok(views.write(batch).await?)
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
