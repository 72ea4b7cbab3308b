//! Opens store, keys and views and puts the ledger together: the only chain of constructors.

use std::sync::Arc;

use ledger_commands::Ledger;
use ledger_commands::authorise::Action;
use ledger_core::actor::Role;
use ledger_core::event::Codec;
use ledger_core::id::Position;
use ledger_core::seal::{CachedKeys, KeyEncryptionKey, KeyStore, PostgresKeys, Sealer, SqliteKeys};
use ledger_core::sign_in::SignIns;
use ledger_core::store::postgres::PostgresStore;
use ledger_core::store::sqlite::SqliteStore;
use ledger_core::store::{EventStore, LedgerStore, Limits, Observed, Observer, Traced};
use ledger_projections::facts::{FactReader, Facts};
use ledger_projections::projection::Projection;
use ledger_projections::views::Views;
use ledger_projections::{catch_up, runner};
use tokio::task::JoinHandle;

use crate::config::{GlobalOptions, KeysPlace, StorePlace};
use crate::failure::Failure;
use crate::fault::{
    kek_failure, keys_failure, open_failure, read_failure, run_failure, views_failure,
};
use crate::reading::Held;
use crate::rights;
use crate::sign_in;
use crate::world::World;

/// A ledger that is open for reading what needs no key.
pub struct OpenLedger {
    /// The log.
    pub store: Arc<dyn LedgerStore>,
    /// The kept projections.
    pub views: Views,
    /// The kept facts among them.
    pub facts: Arc<FactReader>,
    /// What else is held; nothing where a program reads once and ends.
    pub held: Option<Arc<Held>>,
    /// Where it is.
    pub place: StorePlace,
    /// The login could do more than the program needs.
    pub elevated: bool,
    /// In which role it is used; unauthenticated unless somebody names an account.
    pub role: Role,
    /// None where somebody else closes the ledger.
    background: Option<JoinHandle<()>>,
}

/// A ledger that is open with its keys.
pub struct OpenWithKeys {
    /// The ledger.
    pub open: OpenLedger,
    /// Its keys.
    pub keys: Arc<dyn KeyStore>,
    /// Opens and seals events.
    pub codec: Codec,
    /// Executes commands.
    pub ledger: Arc<Ledger>,
}

impl OpenLedger {
    /// Opens the ledger that the options name.
    ///
    /// # Errors
    /// [`Failure`] in one clear sentence.
    pub async fn open(options: &GlobalOptions, world: &World) -> Result<Self, Failure> {
        Self::open_at(options.store_place()?, world).await
    }

    /// Opens the ledger that the options name, and tells `observer` how its store works.
    ///
    /// # Errors
    /// [`Failure`] in one clear sentence.
    pub async fn open_observed(
        options: &GlobalOptions,
        world: &World,
        observer: Arc<dyn Observer>,
    ) -> Result<Self, Failure> {
        Self::open_place(options.store_place()?, world, observer).await
    }

    /// Opens the ledger at a place.
    ///
    /// # Errors
    /// [`Failure`] in one clear sentence.
    pub async fn open_at(place: StorePlace, world: &World) -> Result<Self, Failure> {
        Self::open_place(place, world, Arc::new(())).await
    }

    async fn open_place(
        place: StorePlace,
        world: &World,
        observer: Arc<dyn Observer>,
    ) -> Result<Self, Failure> {
        let clock = Arc::clone(&world.clock);
        let limits = Limits::default();
        let failed = |error| open_failure(&error, &place);
        let (store, views, background, elevated): (Arc<dyn LedgerStore>, _, _, bool) = match &place
        {
            StorePlace::Sqlite(path) => {
                let told = Arc::clone(&observer);
                let opened = SqliteStore::open_observed(path, clock, limits, told);
                let (store, background) = opened.map_err(failed)?;
                let store = Arc::new(Traced::new(Observed::new(store, observer)));
                (store, Views::sqlite(path), background, false)
            },
            StorePlace::Postgres(address) => {
                let (at, told) = ((**address).clone(), Arc::clone(&observer));
                let opened = PostgresStore::open_observed(at, clock, limits, told).await;
                let (store, background) = opened.map_err(failed)?;
                let elevated = store.is_elevated();
                (
                    Arc::new(Traced::new(Observed::new(store, observer))),
                    Views::postgres(address),
                    background,
                    elevated,
                )
            },
        };
        let views = views.map_err(|error| views_failure(&error))?;
        Ok(Self {
            store,
            facts: Arc::new(FactReader::once(views.clone())),
            held: None,
            views,
            place,
            elevated,
            role: Role::Unauthenticated,
            background: Some(spawn(background)),
        })
    }

    /// Opens the ledger for something that not everybody may do.
    ///
    /// # Errors
    /// [`Failure`] when the account that the options name may not do it; otherwise as
    /// [`OpenLedger::open`].
    pub async fn open_to(
        action: Action,
        options: &GlobalOptions,
        world: &World,
    ) -> Result<Self, Failure> {
        let actor = options.actor()?;
        let open = Self::open(options, world).await?;
        match rights::may(open.store.as_ref(), &actor, action).await {
            Ok(role) => Ok(Self { role, ..open }),
            Err(failure) => {
                open.close().await;
                Err(failure)
            },
        }
    }

    /// The same ledger as somebody in a role uses it; who opened it closes it, once this is dropped.
    #[must_use]
    pub fn in_role(&self, role: Role) -> Self {
        Self {
            store: Arc::clone(&self.store),
            views: self.views.clone(),
            facts: Arc::clone(&self.facts),
            held: self.held.clone(),
            place: self.place.clone(),
            elevated: self.elevated,
            role,
            background: None,
        }
    }

    /// The same ledger for a program that goes on running, which holds in memory what it reads again and again.
    #[must_use]
    pub fn holding(self) -> Self {
        Self {
            facts: Arc::new(FactReader::holding(self.views.clone())),
            held: Some(Arc::default()),
            ..self
        }
    }

    /// Whether it holds what it reads.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.held.is_some()
    }

    /// The log as events alone.
    #[must_use]
    pub fn events(&self) -> Arc<dyn EventStore> {
        let store: Arc<dyn EventStore> = self.store.clone();
        store
    }

    /// Brings the kept projections to the log's head, for whoever reads one of them, and says where that
    /// is; what stops others alone is no failure.
    ///
    /// # Errors
    /// [`Failure`] when log or views fail, or this projection stopped.
    pub async fn catch_up(
        &self,
        needed: &dyn Projection,
        progress: runner::Progress<'_>,
    ) -> Result<Position, Failure> {
        let head = self
            .store
            .head()
            .await
            .map_err(|error| read_failure(&error))?;
        let (store, head) = (self.store.as_ref(), head.position);
        let done = catch_up::catch_up_for(store, &self.views, needed, head, progress);
        done.await.map_err(|error| run_failure(&error))?;
        Ok(head)
    }

    /// The same of the facts for whoever asks for nothing that tells who opened, took along or signed in: where the
    /// log has nothing else behind the facts, they are read as they stand, and it says up to where that is.
    ///
    /// # Errors
    /// As [`OpenLedger::catch_up`].
    pub async fn catch_up_on_work(&self) -> Result<Position, Failure> {
        let told = catch_up::told_but_for_access(self.store.as_ref(), &self.views).await;
        match told.map_err(|error| run_failure(&error))? {
            Some(told) => Ok(told),
            None => self.catch_up(&Facts, &mut |_, _| {}).await,
        }
    }

    /// Opens the keys as well.
    ///
    /// # Errors
    /// [`Failure`] when they are missing or wrong; the ledger is closed then.
    pub async fn with_keys(
        self,
        options: &GlobalOptions,
        world: &World,
    ) -> Result<OpenWithKeys, Failure> {
        let id = self.store.ledger_id();
        let keys = match open_keys(&self, options, world).await {
            Ok(keys) => keys,
            Err(failure) => {
                self.close().await;
                return Err(failure);
            },
        };
        let codec = self.codec(&keys, world);
        let clock = Arc::clone(&world.clock);
        let ledger = Ledger::new(self.events(), codec.clone(), clock, id);
        Ok(OpenWithKeys {
            open: self,
            keys,
            codec,
            ledger: Arc::new(ledger),
        })
    }

    /// What opens events, where the keys are at hand; none where they are not.
    pub async fn codec_if_any(&self, options: &GlobalOptions, world: &World) -> Option<Codec> {
        let keys = open_keys(self, options, world).await.ok()?;
        Some(self.codec(&keys, world))
    }

    /// What opens and seals events of this ledger under some keys.
    fn codec(&self, keys: &Arc<dyn KeyStore>, world: &World) -> Codec {
        let (id, random) = (self.store.ledger_id(), Arc::clone(&world.random));
        Codec::new(Sealer::new(id, Arc::clone(keys), random))
    }

    /// Closes the ledger and waits until all that was accepted is written.
    pub async fn close(self) {
        let Self {
            store,
            views,
            facts,
            held,
            background,
            ..
        } = self;
        drop((store, views, facts, held));
        let Some(background) = background else {
            return;
        };
        if let Err(error) = background.await {
            tracing::error!(%error, "the store's writer ended badly");
        }
    }
}

impl OpenWithKeys {
    /// Opens the ledger and its keys.
    ///
    /// # Errors
    /// [`Failure`] in one clear sentence.
    pub async fn open(options: &GlobalOptions, world: &World) -> Result<Self, Failure> {
        OpenLedger::open(options, world)
            .await?
            .with_keys(options, world)
            .await
    }

    /// The same ledger as somebody in a role uses it; who opened it closes it, once this is dropped.
    #[must_use]
    pub fn in_role(&self, role: Role) -> Self {
        Self {
            open: self.open.in_role(role),
            keys: Arc::clone(&self.keys),
            codec: self.codec.clone(),
            ledger: Arc::clone(&self.ledger),
        }
    }

    /// Closes the ledger and waits until all that was accepted is written.
    pub async fn close(self) {
        let Self { open, ledger, .. } = self;
        drop(ledger);
        open.close().await;
    }
}

/// Who may sign in to a ledger, and who is, beside its keys.
///
/// # Errors
/// [`Failure`] when the key store's database cannot be read or written.
pub async fn open_sign_ins(open: &OpenLedger, options: &GlobalOptions) -> Result<SignIns, Failure> {
    let id = open.store.ledger_id();
    let kek = KeyEncryptionKey::load(&options.kek_path(id)?, id);
    let kek = kek.map_err(|error| kek_failure(&error))?;
    let opened = match options.keys_place(&open.place)? {
        KeysPlace::Sqlite(path) => SignIns::sqlite(&path, kek).await,
        KeysPlace::Postgres(config) => SignIns::postgres(*config, kek).await,
    };
    opened.map_err(|error| sign_in::failure(&error))
}

async fn open_keys(
    open: &OpenLedger,
    options: &GlobalOptions,
    world: &World,
) -> Result<Arc<dyn KeyStore>, Failure> {
    let id = open.store.ledger_id();
    let place = options.keys_place(&open.place)?;
    let path = options.kek_path(id)?;
    let kek = KeyEncryptionKey::load(&path, id).map_err(|error| kek_failure(&error))?;
    let random = Arc::clone(&world.random);
    let keys: Arc<dyn KeyStore> = match place {
        KeysPlace::Sqlite(path) => {
            let keys = SqliteKeys::open_file(&path, kek, random).await;
            Arc::new(keys.map_err(|error| keys_failure(&error))?)
        },
        KeysPlace::Postgres(config) => {
            let keys = PostgresKeys::open_database(*config, kek, random).await;
            Arc::new(keys.map_err(|error| keys_failure(&error))?)
        },
    };
    Ok(Arc::new(CachedKeys::new(keys)))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program owns the store's background task, and waits for it in close"
)]
fn spawn(background: futures::future::BoxFuture<'static, ()>) -> JoinHandle<()> {
    tokio::spawn(background)
}
