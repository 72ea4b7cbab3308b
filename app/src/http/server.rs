//! Listens, and answers each connection within limits until it is told to stop.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::peer::Peer;
use super::tls::{CertificateFiles, encrypting};
use crate::failure::Failure;

/// Most connections at a time; one more waits.
const CONNECTIONS_MAX: usize = 256;
/// How long a request's head may take to come.
const HEAD: Duration = Duration::from_secs(10);
/// Most bytes of a request's head.
const HEAD_BYTES_MAX: usize = 16 << 10;
/// How long requests under way are waited for at the end.
const GRACE: Duration = Duration::from_secs(5);
/// How long to wait when the system gives no more connections.
const PAUSE: Duration = Duration::from_millis(100);

/// A server that has its address and does not answer yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
}

impl Server {
    /// Takes an address; port 0 takes a free port.
    ///
    /// # Errors
    /// [`Failure`] in one clear sentence when the address cannot be had.
    pub async fn bind(address: SocketAddr) -> Result<Self, Failure> {
        let failed = |error| listen_failure(&error, address);
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self {
            listener,
            address,
            tls: None,
        })
    }

    /// The same whose connections are encrypted with a certificate, where one is named.
    ///
    /// # Errors
    /// [`Failure`] when the certificate cannot be used.
    pub fn encrypted(self, files: Option<CertificateFiles>) -> Result<Self, Failure> {
        let tls = files.map(encrypting).transpose()?;
        Ok(Self { tls, ..self })
    }

    /// Whether its connections are encrypted.
    #[must_use]
    pub const fn is_encrypted(&self) -> bool {
        self.tls.is_some()
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` turns true, then lets requests under way end.
    pub async fn run(self, router: Router, mut stop: watch::Receiver<bool>) {
        let (mut tasks, graceful) = (JoinSet::new(), GracefulShutdown::new());
        let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        loop {
            let accepted = tokio::select! {
                accepted = accept(&self.listener, &room) => accepted,
                _ = stop.wait_for(|stop| *stop) => break,
            };
            let Some((stream, peer, permit)) = accepted else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let line = (stream, peer, self.tls.clone());
            tasks.spawn(encrypted(line, router.clone(), graceful.watcher(), permit));
            // Those that have ended are forgotten.
            while tasks.try_join_next().is_some() {}
        }
        drop(self.listener);
        if tokio::time::timeout(GRACE, graceful.shutdown())
            .await
            .is_err()
        {
            tracing::warn!("connections were cut that did not end in time");
        }
        tasks.shutdown().await;
    }
}

/// The next connection, once there is room for it.
async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, Peer, OwnedSemaphorePermit)> {
    let permit = Arc::clone(room).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, from)) => Some((stream, Peer(from.ip()), permit)),
        Err(error) => {
            tracing::warn!(%error, "a connection could not be taken");
            None
        },
    }
}

/// Answers the requests of one connection, encrypted where there is a certificate.
async fn encrypted(
    (stream, peer, tls): (TcpStream, Peer, Option<TlsAcceptor>),
    router: Router,
    graceful: Watcher,
    permit: OwnedSemaphorePermit,
) {
    let Some(tls) = tls else {
        answer((stream, peer), router, graceful).await;
        return drop(permit);
    };
    match tokio::time::timeout(HEAD, tls.accept(stream)).await {
        Ok(Ok(stream)) => answer((stream, peer), router, graceful).await,
        Ok(Err(error)) => tracing::debug!(%error, "a connection could not be encrypted"),
        Err(_) => tracing::debug!("a connection was not encrypted in time"),
    }
    drop(permit);
}

async fn answer<S>((stream, peer): (S, Peer), router: Router, graceful: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = graceful.watch(connection).await {
        tracing::debug!(%error, "a connection ended badly");
    }
}

/// An address that cannot be had.
fn listen_failure(error: &std::io::Error, address: SocketAddr) -> Failure {
    let other = (
        "--listen で別のアドレスを指定してください。",
        "name another address with --listen",
    );
    let failure = |code, ja: &str, en: &str, (hint_ja, hint_en): (&'static str, &'static str)| {
        Failure::failed(code, format!("{address} {ja}"), format!("{address} {en}"))
            .on("--listen")
            .hint(hint_ja, hint_en)
    };
    let kind = error.kind();
    if kind == ErrorKind::AddrInUse {
        return failure(
            "ADDRESS_IN_USE",
            "はほかのプログラムが使っています。",
            "is in use by another program",
            (
                "そのプログラムを止めるか、--listen で別のポート（0 なら空いているもの）を指定してください。",
                "stop that program, or name another port with --listen (0 takes a free one)",
            ),
        );
    }
    if kind == ErrorKind::PermissionDenied {
        return failure(
            "ADDRESS_REFUSED",
            "で待ち受ける権限がありません。",
            "may not be listened on by this user",
            (
                "--listen で1024以上のポートを指定してください。",
                "name a port from 1024 on with --listen",
            ),
        );
    }
    let (ja, en) = (
        format!("で待ち受けられません（{error}）。"),
        format!("cannot be listened on ({error})"),
    );
    failure("LISTEN_FAILED", &ja, &en, other)
}
