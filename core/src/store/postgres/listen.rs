//! Hears of other processes' commits: one NOTIFY a group, and a slow poll in case one is lost.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio_postgres::AsyncMessage;

use super::address::Address;
use super::fault;
use super::links::Links;
use crate::id::Position;
use crate::store::ReadError;

/// How often the head is looked at although nothing was heard.
const POLL: Duration = Duration::from_secs(2);

/// Publishes the head from the moment somebody follows the log; never ends by itself.
pub(super) async fn listen(
    address: Address,
    links: Links,
    publish: watch::Sender<Position>,
    followed: Arc<Notify>,
) {
    followed.notified().await;
    loop {
        tokio::select! {
            error = hear(&address, &publish) => {
                tracing::warn!(%error, "the server's notices are not heard; polling instead");
                tokio::time::sleep(POLL).await;
            },
            () = poll(&links, &publish) => {},
        }
    }
}

/// Publishes every position that the server announces, until the connection ends.
async fn hear(address: &Address, publish: &watch::Sender<Position>) -> ReadError {
    let config = address.config_for("pg_catalog");
    let connector = match address.connector() {
        Ok(connector) => connector,
        Err(error) => {
            let source = Box::new(error);
            return ReadError::Storage { source };
        },
    };
    let (client, mut connection) = match config.connect(connector).await {
        Ok(parts) => parts,
        Err(error) => return fault::read(error),
    };
    let sql = address
        .ledger()
        .fill(include_str!("sql/listen.sql"), address.ledger());
    let listening = async {
        if let Err(error) = client.batch_execute(&sql).await {
            return error;
        }
        std::future::pending().await
    };
    let hearing = async {
        loop {
            match poll_fn(|context| connection.poll_message(context)).await {
                Some(Ok(AsyncMessage::Notification(notice))) => {
                    if let Ok(position) = notice.payload().parse() {
                        publish_newer(publish, Position::new(position));
                    }
                },
                Some(Ok(_)) => {},
                Some(Err(error)) => return Some(error),
                None => return None,
            }
        }
    };
    tokio::select! {
        error = listening => fault::read(error),
        ended = hearing => match ended {
            Some(error) => fault::read(error),
            None => ReadError::Busy,
        },
    }
}

/// Publishes the head now and then; ends when the server does not answer.
async fn poll(links: &Links, publish: &watch::Sender<Position>) {
    let mut ticks = tokio::time::interval(POLL);
    loop {
        ticks.tick().await;
        match position(links).await {
            Ok(position) => publish_newer(publish, position),
            Err(error) => tracing::warn!(%error, "the server does not tell its newest position"),
        }
    }
}

async fn position(links: &Links) -> Result<Position, ReadError> {
    let mut link = links.lend().await.map_err(fault::read)?;
    let sql = include_str!("sql/head_position.sql");
    let rows = link.query(sql, &[]).await.map_err(fault::read)?;
    // Without a row in it the ledger is damaged, which whoever reads is told.
    let position = rows.first().map_or(Ok(0), |row| row.try_get(0));
    position.map(Position::from_i64).map_err(fault::read)
}

fn publish_newer(publish: &watch::Sender<Position>, position: Position) {
    publish.send_if_modified(|known| {
        let newer = position > *known;
        *known = position.max(*known);
        newer
    });
}
