//! The connections that read, lent to one read at a time.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use deadpool::managed::{self, Metrics, Object, RecycleError, RecycleResult};

use super::address::Address;
use super::connect::{self, Login, LoginError};
use super::link::Link;
use crate::store::OpenError;
use crate::store::names::Names;

/// Why no connection was lent.
pub(super) type LendError = managed::PoolError<LoginError>;

/// Makes connections and looks after those that come back.
pub(super) struct Manager {
    login: Login,
    names: Arc<Names>,
}

impl managed::Manager for Manager {
    type Type = Link;
    type Error = LoginError;

    async fn create(&self) -> Result<Link, LoginError> {
        let link = self.login.open().await?;
        // It may lead to another server.
        self.names.forget();
        Ok(link)
    }

    async fn recycle(&self, link: &mut Link, _: &Metrics) -> RecycleResult<LoginError> {
        if link.is_idle() {
            return Ok(());
        }
        Err(RecycleError::message("the connection has ended"))
    }
}

/// The connections that read.
#[derive(Clone)]
pub(super) struct Links(managed::Pool<Manager>);

impl Links {
    /// Connections to the log, at most `size`; each is made when it is first needed.
    ///
    /// # Errors
    /// [`OpenError::BadAddress`] when the authorities that the address names cannot be read.
    pub(super) fn new(
        address: &Address,
        size: usize,
        names: Arc<Names>,
    ) -> Result<Self, OpenError> {
        let login = connect::reader(address)?;
        let pool = connect::lending(Manager { login, names }, size, None);
        pool.map(Self)
    }

    /// A connection; a server that is just restarting is waited for.
    ///
    /// # Errors
    /// [`LendError`] when all are in use for too long or the server cannot be reached.
    pub(super) async fn get(&self) -> Result<Lent, LendError> {
        connect::patiently(|| self.lend()).await
    }

    /// A connection, if the server can be reached now.
    ///
    /// # Errors
    /// [`LendError`].
    pub(super) async fn lend(&self) -> Result<Lent, LendError> {
        Ok(Lent(self.0.get().await?))
    }
}

/// A connection on loan; it goes back to the others.
pub(super) struct Lent(Object<Manager>);

impl Deref for Lent {
    type Target = Link;

    fn deref(&self) -> &Link {
        &self.0
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut Link {
        &mut self.0
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // The server would wait with the rest of its answer, and hold back the cleaning up of its tables.
        if self.0.is_busy() {
            self.0.hang_up();
        }
    }
}
