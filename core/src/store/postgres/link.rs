//! A connection that its user drives: no other task has to be woken for what it asks and is answered.

use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::future::{BoxFuture, Fuse, FusedFuture as _};
use futures::{FutureExt as _, Stream, StreamExt as _};
use tokio::time::timeout;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, CopyOutStream, Error, Row, RowStream, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long to say goodbye.
const CLOSE_TIME: Duration = Duration::from_secs(1);

pub(super) type Parameters<'a> = [&'a (dyn ToSql + Sync)];

type Connection = Fuse<BoxFuture<'static, Result<(), Error>>>;

/// One connection with its prepared statements. It does nothing but while it is used, by one at a time.
pub(super) struct Link {
    client: Client,
    connection: Connection,
    statements: HashMap<&'static str, Statement>,
    /// Whether an answer is still to come, or its asker has given up.
    busy: bool,
}

impl Link {
    /// Connects and signs in.
    ///
    /// # Errors
    /// The driver's.
    pub(super) async fn open(config: &Config, connector: MakeRustlsConnect) -> Result<Self, Error> {
        let (client, connection) = config.connect(connector).await?;
        Ok(Self {
            client,
            connection: connection.boxed().fuse(),
            statements: HashMap::new(),
            busy: false,
        })
    }

    /// Whether another question may be asked: all answers have come, and nobody has ended the connection
    /// since it was last used.
    pub(super) fn is_idle(&mut self) -> bool {
        // Nobody is to be woken: whoever uses it next looks again.
        let mut nobody = Context::from_waker(Waker::noop());
        advance(&mut self.connection, &mut nobody);
        !self.busy && !self.connection.is_terminated()
    }

    /// Whether an answer is still to come.
    pub(super) const fn is_busy(&self) -> bool {
        self.busy
    }

    /// The rows of a statement, which is prepared once.
    ///
    /// # Errors
    /// The driver's and the server's.
    pub(super) async fn query(
        &mut self,
        sql: &'static str,
        parameters: &Parameters<'_>,
    ) -> Result<Vec<Row>, Error> {
        let statement = self.prepare(sql).await?;
        let asked = self.client.query(&statement, parameters);
        let rows = drive(asked, &mut self.connection).await?;
        self.busy = false;
        Ok(rows)
    }

    /// The rows of a statement as they come, each by [`Self::next`].
    ///
    /// # Errors
    /// The driver's and the server's.
    pub(super) async fn rows(
        &mut self,
        sql: &'static str,
        parameters: &Parameters<'_>,
    ) -> Result<Pin<Box<RowStream>>, Error> {
        let statement = self.prepare(sql).await?;
        let asked = self
            .client
            .query_raw(&statement, parameters.iter().copied());
        drive(asked, &mut self.connection).await.map(Box::pin)
    }

    /// What a COPY sends as it comes, each by [`Self::next`].
    ///
    /// # Errors
    /// The driver's and the server's.
    pub(super) async fn copy_out(&mut self, sql: &str) -> Result<Pin<Box<CopyOutStream>>, Error> {
        self.busy = true;
        let asked = self.client.copy_out(sql);
        drive(asked, &mut self.connection).await.map(Box::pin)
    }

    /// The next of what this connection sends; none at the end.
    pub(super) async fn next<S: Stream>(&mut self, answer: &mut Pin<Box<S>>) -> Option<S::Item> {
        let next = drive(answer.next(), &mut self.connection).await;
        self.busy = next.is_some();
        next
    }

    async fn prepare(&mut self, sql: &'static str) -> Result<Statement, Error> {
        self.busy = true;
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = drive(self.client.prepare(sql), &mut self.connection).await?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }

    /// Ends the connection at once; whoever asks on it is told that it is closed.
    pub(super) fn hang_up(&mut self) {
        self.connection = Fuse::terminated();
    }

    /// Ends the connection as the server expects it.
    pub(super) async fn close(self) {
        drop((self.client, self.statements));
        if self.connection.is_terminated() {
            return;
        }
        // A server that does not answer any more has ended it, too.
        drop(timeout(CLOSE_TIME, self.connection).await);
    }
}

/// Does some work on a connection and, meanwhile, what the connection has to do.
async fn drive<T>(work: impl Future<Output = T>, connection: &mut Connection) -> T {
    let mut work = pin!(work);
    poll_fn(|context| {
        if let Poll::Ready(result) = work.as_mut().poll(context) {
            return Poll::Ready(result);
        }
        // Where it has ended, the work is told so.
        advance(connection, context);
        work.as_mut().poll(context)
    })
    .await
}

/// Has the connection do what it can, and says why it ended.
fn advance(connection: &mut Connection, context: &mut Context<'_>) {
    if let Poll::Ready(Err(error)) = connection.poll_unpin(context) {
        tracing::warn!(%error, "a connection to the server has ended");
    }
}
