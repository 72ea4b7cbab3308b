//! The program while it serves, in a process of its own, and a small HTTP client.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use crate::program::Place;

/// How long anything may take to come about.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a path answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// Body, as far as it is text.
    pub body: String,
    /// Body.
    pub bytes: Vec<u8>,
}

impl Response {
    /// The value of a header, by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A program that serves; killed when it is dropped.
pub struct Serving {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Serving {
    /// Starts `serve` at a free port; `binary` is the suite's.
    #[must_use]
    pub fn start(place: &Place, binary: &str) -> Self {
        Self::start_with(place, binary, &[])
    }

    /// The same with further options. A test asks faster than any hand, and takes more along.
    #[must_use]
    pub fn start_with(place: &Place, binary: &str, further: &[&str]) -> Self {
        let line = ["serve", "--listen", "127.0.0.1:0", "--json"];
        let line = [&line[..], further].concat();
        let mut program = place.process(binary, &line);
        let program = program.env("CARE_LEDGER_PAGES", "1000000");
        let program = program.env("CARE_LEDGER_EXPORTS", "1000000");
        let mut child = program.spawn().unwrap();
        let mut said = String::new();
        let out = child.stdout.as_mut().unwrap();
        BufReader::new(out).read_line(&mut said).unwrap();
        let said: serde_json::Value = serde_json::from_str(&said).unwrap_or_else(|_| {
            let _ended = child.wait();
            let mut err = String::new();
            child
                .stderr
                .take()
                .unwrap()
                .read_to_string(&mut err)
                .unwrap();
            panic!("{said}{err}")
        });
        let address = said["listening"].as_str().unwrap();
        let (_scheme, address) = address.split_once("://").unwrap();
        let address = address.parse().unwrap();
        Self { child, address }
    }

    /// A program that serves already.
    #[must_use]
    pub const fn of(child: Child, address: SocketAddr) -> Self {
        Self { child, address }
    }

    /// Asks for a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Response {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: ledger\r\nConnection: close\r\n\r\n"
        ))
    }

    /// Sends a request as it is, which must close its connection, and reads the answer.
    #[must_use]
    pub fn ask(&self, request: &str) -> Response {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        answer(stream)
    }

    /// A connection that nothing was sent through.
    #[must_use]
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Asks for a path until the answer is as it should be, and gives that.
    #[must_use]
    pub fn until(&self, path: &str, right: impl Fn(&Response) -> bool) -> Response {
        let begun = Instant::now();
        loop {
            let response = self.get(path);
            if right(&response) {
                return response;
            }
            assert!(begun.elapsed() < PATIENCE, "{path}: {response:?}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// A sample of the metrics, by its name with its labels.
    #[must_use]
    pub fn metric(&self, sample: &str) -> f64 {
        value(&self.get("/metrics").body, sample)
    }

    /// Asks for the metrics until a sample has a value.
    pub fn until_metric(&self, sample: &str, wanted: f64) {
        let near = |found: f64| (found - wanted).abs() < f64::EPSILON;
        let _reached = self.until("/metrics", |response| near(value(&response.body, sample)));
    }

    /// Sends a signal such as `TERM`, without waiting.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits until it has ended by itself.
    #[must_use]
    pub fn ended(mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it, and gives what it wrote for whoever watches.
    ///
    /// # Panics
    /// When it does not end.
    #[must_use]
    pub fn log(mut self) -> String {
        self.signal("TERM");
        let mut log = String::new();
        let err = self.child.stderr.take().unwrap();
        BufReader::new(err).read_to_string(&mut log).unwrap();
        log
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Reads an answer to the end of its connection.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn answer(mut stream: TcpStream) -> Response {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let ends = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = answer.split_at(ends.expect("an answer"));
    let (head, bytes) = (std::str::from_utf8(head).unwrap(), body[4..].to_vec());
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let header = |line: &str| {
        let (name, value) = line.split_once(": ").expect("a header");
        (name.to_lowercase(), value.to_owned())
    };
    Response {
        status: status.unwrap().parse().unwrap(),
        headers: lines.map(header).collect(),
        body: String::from_utf8_lossy(&bytes).into_owned(),
        bytes,
    }
}

/// A sample of a text of metrics.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn value(text: &str, sample: &str) -> f64 {
    let mut lines = text.lines();
    let found = lines.find_map(|line| line.strip_prefix(sample)?.strip_prefix(' '));
    let found = found.unwrap_or_else(|| panic!("no {sample} in\n{text}"));
    found.parse().unwrap()
}
