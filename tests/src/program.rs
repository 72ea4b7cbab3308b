//! The program on a ledger of its own, in this process or in one that can be killed.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use ledger_app::world::World;
use ledger_core::seal::SystemRandom;

use crate::clock::{CountedIds, FixedClock};
use crate::database::TestDatabase;
use crate::ledger::Engine;
use crate::server::Server;

/// The samples that the demo shows.
#[must_use]
pub fn sample_ledgers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/data/sample-ledgers")
}

/// What a run of the program answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Exit code.
    pub code: u8,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Answer {
    /// The output as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The answer itself, which must have gone well.
    #[must_use]
    pub fn done(self) -> Self {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self
    }
}

/// A place where the program keeps a ledger, gone when it is dropped.
pub struct Place {
    folder: tempfile::TempDir,
    engine: Engine,
    database: Option<TestDatabase>,
    /// The clock of runs in this process, at first at 2024-04-01T00:00:00Z.
    pub clock: FixedClock,
    ids: CountedIds,
}

impl Place {
    /// An empty place; nothing is made before `init`.
    pub async fn new(engine: Engine) -> Self {
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(TestDatabase::new().await),
        };
        Self::with(engine, database)
    }

    /// An empty place on a server of its own, for a test that stops it.
    pub async fn on(server: &Server) -> Self {
        let database = TestDatabase::on(server).await;
        Self::with(Engine::Postgres, Some(database))
    }

    fn with(engine: Engine, database: Option<TestDatabase>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = FixedClock::at("2024-04-01T00:00:00Z");
        Self {
            folder,
            engine,
            database,
            clock,
            ids: CountedIds::default(),
        }
    }

    /// A ledger with a fixed id, made by `init`.
    pub async fn initialised(engine: Engine) -> Self {
        let place = Self::new(engine).await;
        let id = crate::samples::uuid(1).to_string();
        let _made = place.run(&["init", "--ledger-id", &id]).await.done();
        place
    }

    /// A ledger with the sample registers taken in.
    pub async fn with_samples(engine: Engine) -> Self {
        let place = Self::initialised(engine).await;
        let samples = sample_ledgers();
        let _taken = place
            .run(&["import", samples.to_str().unwrap()])
            .await
            .done();
        place
    }

    /// The folder of its files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its database, on PostgreSQL.
    #[must_use]
    pub const fn database(&self) -> Option<&TestDatabase> {
        self.database.as_ref()
    }

    /// The options that say where the ledger is.
    #[must_use]
    pub fn options(&self) -> Vec<String> {
        let file = |name: &str| self.folder.path().join(name).display().to_string();
        let store = match (&self.engine, &self.database) {
            (Engine::Postgres, Some(database)) => {
                let url = database.url();
                let mark = if url.contains('?') { '&' } else { '?' };
                format!("{url}{mark}ledger={}", database.name())
            },
            _ => format!("sqlite:{}", file("centre.db")),
        };
        let keys = format!("sqlite:{}", file("centre.keys"));
        [
            "--store",
            &store,
            "--keys",
            &keys,
            "--kek",
            &file("centre.kek"),
            "--actor",
            "test:mihon",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    /// The same options with another value for one of them.
    #[must_use]
    pub fn options_with(&self, option: &str, value: &str) -> Vec<String> {
        let mut options = self.options();
        let at = options.iter().position(|one| one == option).unwrap();
        value.clone_into(&mut options[at + 1]);
        options
    }

    /// Runs the program in this process with the place's clock and ids.
    pub async fn run(&self, arguments: &[&str]) -> Answer {
        let line = arguments.iter().map(|&word| word.to_owned());
        let line: Vec<String> = line.chain(self.options()).collect();
        self.run_exactly(&line).await
    }

    /// The answer of a run that must go well, as JSON.
    pub async fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let line: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        self.run(&line).await.done().json()
    }

    /// Records something that must be taken, and gives the id of the stream in which it stands last.
    ///
    /// # Panics
    /// When the receipt names no stream.
    pub async fn record(&self, arguments: &[&str]) -> String {
        let line: Vec<&str> = ["record"].iter().chain(arguments).copied().collect();
        let receipt = self.json(&line).await;
        let streams = receipt["streams"].as_array().expect("streams");
        let stream = streams.last().and_then(|last| last["stream"].as_str());
        let id = stream.and_then(|stream| stream.split_once('-'));
        id.map(|(_, id)| id.to_owned())
            .expect("a stream with an id")
    }

    /// Records like [`Place::record`] a line of words with one space between them.
    pub async fn told(&self, line: &str) -> String {
        let words: Vec<&str> = line.split(' ').collect();
        self.record(&words).await
    }

    /// The newest position of its ledger.
    ///
    /// # Panics
    /// When `status` does not say it.
    pub async fn position(&self) -> u64 {
        let status = self.json(&["status"]).await;
        status["position"].as_u64().expect("a position")
    }

    /// Runs the program like [`Place::run`], with these arguments and no other.
    pub async fn run_exactly(&self, arguments: &[String]) -> Answer {
        let (out, err) = (Buffer::default(), Buffer::default());
        let ids = self.ids.clone();
        let mut world = World {
            clock: Arc::new(self.clock.clone()),
            random: Arc::new(SystemRandom),
            new_id: Arc::new(move || ids.next(std::convert::identity)),
            out: Box::new(out.clone()),
            err: Box::new(err.clone()),
            watched: false,
        };
        let line = std::iter::once("care-ledger".to_owned()).chain(arguments.iter().cloned());
        let exit = ledger_app::run(line, &mut world).await;
        drop(world);
        Answer {
            code: exit.code(),
            out: out.text(),
            err: err.text(),
        }
    }

    /// The program in a process of its own, with the machine's clock; `binary` is the suite's.
    #[must_use]
    pub fn process(&self, binary: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary);
        command
            .args(arguments)
            .args(self.options())
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

/// Bytes that the program wrote.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
