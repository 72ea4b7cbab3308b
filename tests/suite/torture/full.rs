//! A disk without room, and one that takes no changes: nothing is acknowledged that does not stand, the
//! error says what to do, and it goes on once that is done.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

use ledger_core::id::LedgerId;
use ledger_core::store::audit::audit;
use ledger_core::store::sqlite::SqliteStore;
use ledger_tests::conformance::read_log;
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger;
use ledger_tests::samples;
use ledger_tests::server::Server;
use ledger_tests::torture::{Worker, open};
use ledger_tests::volume::Volume;

use super::{WORKER, worker};

/// Bytes of an event.
const BYTES: usize = 24 << 10;
/// Most appends before the trouble must be noticed: far more than there is room for.
const APPENDS: usize = 3_000;
/// Largest file where a disk cannot be made full.
const FILE_BYTES: u64 = 24 << 20;
const PATIENCE: Duration = Duration::from_mins(2);

/// A process that appends when it is told to.
struct Filler {
    process: Worker,
    answers: mpsc::Receiver<String>,
    /// Appends that were acknowledged, by this one and those before it.
    acknowledged: u64,
}

impl Filler {
    fn start(mut command: Command, acknowledged: u64) -> Self {
        let (answer, answers) = mpsc::channel();
        let take = move |line: &str| answer.send(line.to_owned()).unwrap();
        Self {
            process: Worker::start(&mut command, take),
            answers,
            acknowledged,
        }
    }

    /// Has it append once, or repeat what failed; an error is what it was told.
    fn append(&mut self) -> Result<(), String> {
        self.process.tell(&BYTES.to_string());
        let answer = self.answers.recv_timeout(PATIENCE).unwrap();
        let Some(position) = answer.strip_prefix("ok ") else {
            return Err(answer);
        };
        self.acknowledged += 1;
        assert_eq!(position, self.acknowledged.to_string());
        Ok(())
    }

    fn appends(&mut self, count: usize) {
        for _ in 0..count {
            self.append().unwrap();
        }
    }

    /// Has it append until it is told an error, and then a few times more.
    fn until_error(&mut self) -> String {
        let mut tries = (0..APPENDS).map(|_| self.append());
        let error = tries.find_map(Result::err).expect("an error in time");
        for _ in 0..2 {
            // The same append: there may have been room for a smaller write in between.
            drop(self.append());
        }
        error
    }

    /// What was acknowledged is what there is, and nothing is wrong with it.
    async fn check(&self, address: &str) {
        let store = open(address).await.unwrap();
        let log = read_log(&*store.store).await;
        assert_eq!(u64::try_from(log.len()).unwrap(), self.acknowledged);
        let audit = audit(&*store.store, None, None, &mut |_, _| {}).await;
        assert_eq!(audit.unwrap().fault, None);
    }

    fn finish(mut self) -> u64 {
        assert!(self.process.finish(PATIENCE));
        self.acknowledged
    }
}

/// The worker under a limit on the size of files, instead of a full disk.
fn limited(address: &str) -> Command {
    let mut command = Command::new("prlimit");
    command
        .arg(format!("--fsize={FILE_BYTES}:unlimited"))
        .args(["sh", "-c", "trap '' XFSZ; exec \"$@\"", "limited"])
        .args([WORKER, "fill", address]);
    command
}

/// Takes the limit away from a running process.
fn lift_limit(process: u32) {
    let mut command = Command::new("prlimit");
    command.arg(format!("--pid={process}"));
    let status = command.arg("--fsize=unlimited:unlimited").status();
    assert!(status.is_ok_and(|status| status.success()), "prlimit");
}

fn assert_says(error: &str, what: &str, advice: &str) {
    assert!(error.contains(what) && error.contains(advice), "{error}");
}

/// A volume; without the right to mount, says what is used instead.
fn volume(mebibytes: u32) -> Option<Volume> {
    match Volume::mount(mebibytes) {
        Ok(volume) => {
            eprintln!("on a full volume");
            Some(volume)
        },
        Err(why) => {
            eprintln!("under a limit on the size of files: {why}");
            None
        },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_acknowledges_nothing_and_is_outlasted_on_sqlite() {
    let (folder, volume) = (tempfile::tempdir().unwrap(), volume(16));
    let folder = volume.as_ref().map_or(folder.path(), Volume::folder);
    let path = folder.join("log.db");
    SqliteStore::create(&path, LedgerId::new(samples::uuid(1))).unwrap();
    let address = format!("sqlite:{}", path.display());
    let command = match &volume {
        Some(_) => worker(&["fill", &address]),
        None => limited(&address),
    };
    let mut filler = Filler::start(command, 0);
    filler.appends(20);

    if let Some(volume) = &volume {
        volume.fill(200 << 10);
    }
    let error = filler.until_error();
    filler.check(&address).await;
    match &volume {
        Some(volume) => {
            assert_says(&error, "disk of the store is full", "free space");
            volume.free();
        },
        None => lift_limit(filler.process.id()),
    }
    filler.appends(20);

    filler.check(&address).await;
    filler.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_acknowledges_nothing_and_is_outlasted_on_postgres() {
    let volume = volume(256);
    let server = volume
        .as_ref()
        .map_or_else(Server::start_private, |volume| {
            Server::start_private_in(volume.folder())
        });
    let database = TestDatabase::on(&server).await;
    ledger::postgres(&database, LedgerId::new(samples::uuid(1))).await;
    let url = database.url_as(&format!("{}_app", database.name()));
    let address = format!("{url}&ledger={}", database.name());
    if volume.is_none() {
        server.limit_files(&FILE_BYTES.to_string());
    }
    let mut filler = Filler::start(worker(&["fill", &address]), 0);
    filler.appends(20);

    if let Some(volume) = &volume {
        volume.fill(1 << 20);
    }
    let error = filler.until_error();
    filler.check(&address).await;
    if let Some(volume) = &volume {
        assert_says(&error, "disk of the store is full", "free space");
        volume.free();
    } else {
        // The connection that has the old limit goes.
        server.limit_files("unlimited");
        server.restart_immediate();
    }
    filler.appends(20);

    filler.check(&address).await;
    filler.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_place_acknowledges_nothing_and_is_outlasted_on_sqlite() {
    let volume = match Volume::mount(16) {
        Ok(volume) => volume,
        // Whoever may not mount is kept out by permissions, which do not bind root.
        Err(why) => return read_only_by_permission(&why).await,
    };
    let set_writable = |writable: bool| volume.set_writable(writable);
    read_only(volume.folder(), set_writable).await;
}

async fn read_only_by_permission(why: &str) {
    let folder = tempfile::tempdir().unwrap();
    let probe = tempfile::Builder::new()
        .permissions(fs::Permissions::from_mode(0o444))
        .tempfile_in(folder.path())
        .unwrap();
    if fs::OpenOptions::new()
        .write(true)
        .open(probe.path())
        .is_ok()
    {
        return eprintln!("not tried, permissions do not bind this user: {why}");
    }
    eprintln!("by permissions: {why}");
    let set_writable = |writable: bool| {
        for path in [folder.path().join("log.db"), folder.path().to_owned()] {
            let mut permissions = fs::metadata(&path).unwrap().permissions();
            permissions.set_readonly(!writable);
            fs::set_permissions(&path, permissions).unwrap();
        }
    };
    read_only(folder.path(), set_writable).await;
}

async fn read_only(folder: &std::path::Path, set_writable: impl Fn(bool)) {
    let path = folder.join("log.db");
    SqliteStore::create(&path, LedgerId::new(samples::uuid(1))).unwrap();
    let address = format!("sqlite:{}", path.display());
    let start = |acknowledged| Filler::start(worker(&["fill", &address]), acknowledged);
    let mut filler = start(0);
    filler.appends(5);
    let acknowledged = filler.finish();

    set_writable(false);
    let mut filler = start(acknowledged);
    let error = filler.until_error();
    filler.check(&address).await;
    let acknowledged = filler.finish();
    set_writable(true);

    assert_says(&error, "can only be read", "make it writable");
    let mut filler = start(acknowledged);
    filler.appends(5);
    filler.check(&address).await;
    filler.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_server_acknowledges_nothing_and_is_outlasted() {
    let server = Server::start_private();
    let database = TestDatabase::on(&server).await;
    ledger::postgres(&database, LedgerId::new(samples::uuid(1))).await;
    let url = database.url_as(&format!("{}_app", database.name()));
    let address = format!("{url}&ledger={}", database.name());
    let mut filler = Filler::start(worker(&["fill", &address]), 0);
    filler.appends(5);

    // As a standby answers that a failover left behind.
    let superuser = database.connect().await;
    let set = async |value: &str| {
        let sql = format!("ALTER SYSTEM SET default_transaction_read_only = {value}");
        superuser.batch_execute(&sql).await.unwrap();
        superuser
            .batch_execute("SELECT pg_reload_conf()")
            .await
            .unwrap();
    };
    set("on").await;
    let error = filler.until_error();
    filler.check(&address).await;
    assert_says(&error, "can only be read", "make it writable");
    set("off").await;
    while let Err(error) = filler.append() {
        assert_says(&error, "can only be read", "make it writable");
    }
    filler.appends(5);

    filler.check(&address).await;
    filler.finish();
}
