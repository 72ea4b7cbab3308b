//! A way to a server's socket on which connections are cut at any byte.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use ledger_tests::torture::Seed;

/// Listens on a port of this machine, and ends with this value.
pub(super) struct Proxy {
    port: u16,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

struct Shared {
    socket: PathBuf,
    seed: Mutex<Seed>,
    calm: AtomicBool,
    ended: AtomicBool,
    cuts: AtomicU64,
}

impl Proxy {
    /// Leads to a server's Unix socket.
    pub(super) fn to(socket: PathBuf, seed: Seed) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            socket,
            seed: Mutex::new(seed),
            calm: AtomicBool::new(false),
            ended: AtomicBool::new(false),
            cuts: AtomicU64::new(0),
        });
        let accepting = thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        Self {
            port,
            shared,
            accepting: Some(accepting),
        }
    }

    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// Cuts no more; answers how many it cut.
    pub(super) fn calm(&self) -> u64 {
        self.shared.calm.store(true, Ordering::SeqCst);
        self.shared.cuts.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        // So that it wakes and sees that.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        drop(self.accepting.take().map(JoinHandle::join));
    }
}

/// Gives each connection a number of bytes after which it is cut, in the middle of whatever it is at.
fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for client in listener.incoming() {
        if shared.ended.load(Ordering::SeqCst) {
            return;
        }
        // While the server is away, the client's connection ends at once.
        let (Ok(client), Ok(server)) = (client, UnixStream::connect(&shared.socket)) else {
            continue;
        };
        client.set_nodelay(true).ok();
        let left = Arc::new(AtomicU64::new(shared.seed.lock().unwrap().bytes(7, 21)));
        let ways = (client.try_clone().unwrap(), server.try_clone().unwrap());
        carry(client, server, (Arc::clone(&left), Arc::clone(shared)));
        carry(ways.1, ways.0, (left, Arc::clone(shared)));
    }
}

/// Both ends of a connection.
trait End: Read + Write + Send + 'static {
    fn cut(&self);
}

impl End for TcpStream {
    fn cut(&self) {
        self.shutdown(Shutdown::Both).ok();
    }
}

impl End for UnixStream {
    fn cut(&self) {
        self.shutdown(Shutdown::Both).ok();
    }
}

/// Carries bytes one way until an end closes, or none are left for the connection.
fn carry(mut from: impl End, mut to: impl End, (left, shared): (Arc<AtomicU64>, Arc<Shared>)) {
    thread::spawn(move || {
        let mut bytes = vec![0; 16 << 10];
        while let Ok(count @ 1..) = from.read(&mut bytes) {
            let wanted = u64::try_from(count).unwrap();
            let had = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                Some(left.saturating_sub(wanted))
            });
            let had = had.unwrap_or_default();
            let cut = had < wanted && !shared.calm.load(Ordering::SeqCst);
            let carried = if cut {
                usize::try_from(had).unwrap()
            } else {
                count
            };
            if to.write_all(&bytes[..carried]).is_err() {
                break;
            }
            if cut {
                shared.cuts.fetch_add(1, Ordering::SeqCst);
                break;
            }
        }
        from.cut();
        to.cut();
    });
}
