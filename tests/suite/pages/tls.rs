//! The pages over an encrypted connection, without anything in front of the program.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::{BINARY, centre};

/// A certificate for this machine's name in the files that the options name.
fn certificate(folder: &Path) -> (CertificateDer<'static>, [String; 4]) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let file = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let certificate = file("certificate.pem", made.cert.pem());
    let key = file("key.pem", made.signing_key.serialize_pem());
    let options = ["--tls-certificate", &certificate, "--tls-key", &key];
    (made.cert.der().clone(), options.map(str::to_owned))
}

/// What a path answers to who trusts this certificate alone.
fn asked(serving: &Serving, trusted: &CertificateDer<'static>, path: &str) -> String {
    let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    sent(serving, trusted, &head)
}

/// What a request is answered.
fn sent(serving: &Serving, trusted: &CertificateDer<'static>, request: &str) -> String {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = "localhost".try_into().unwrap();
    let client = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(client, serving.connect());
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// What comes back where nothing is encrypted.
fn in_the_clear(mut stream: TcpStream) -> Vec<u8> {
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = Vec::new();
    // It may be cut instead of ended.
    drop(stream.read_to_end(&mut answer));
    answer
}

fn refused(place: &Place, options: &[&str]) -> String {
    let line = [&["serve", "--listen", "127.0.0.1:0"][..], options].concat();
    let told = place.process(BINARY, &line).output().unwrap();
    assert!(!told.status.success());
    String::from_utf8(told.stderr).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_certificate_nothing_goes_over_the_line_in_the_clear() {
    let place = centre(Engine::Sqlite).await;
    let (trusted, options) = certificate(place.folder());
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let serving = Serving::start_with(&place, BINARY, &options);

    let page = asked(&serving, &trusted, "/sign-in");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let always = "strict-transport-security: max-age=31536000";
    assert!(page.to_lowercase().contains(always), "{page}");
    assert!(asked(&serving, &trusted, "/healthz").ends_with("ok\n"));
    let clear = in_the_clear(serving.connect());
    assert!(!clear.starts_with(b"HTTP"), "{clear:?}");
    // Whoever says nothing at all holds up nobody.
    let _silent = serving.connect();
    assert!(asked(&serving, &trusted, "/healthz").ends_with("ok\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_cannot_be_used_is_named() {
    let place = centre(Engine::Sqlite).await;
    let (_, options) = certificate(place.folder());
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let err = refused(&place, &options[..2]);
    assert!(err.contains("--tls-key"), "{err}");

    std::fs::write(options[3], "no key").unwrap();
    let err = refused(&place, &options);
    assert!(
        err.contains("--tls-key") && err.contains("key.pem"),
        "{err}"
    );
    let elsewhere = tempfile::tempdir().unwrap();
    let (_, other) = certificate(elsewhere.path());
    let err = refused(&place, &[options[0], options[1], &other[2], &other[3]]);
    assert!(err.contains("--tls-certificate"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_says_from_where_they_come_where_there_is_no_proxy() {
    let place = centre(Engine::Sqlite).await;
    let (trusted, options) = certificate(place.folder());
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let serving = Serving::start_with(&place, BINARY, &options);
    let one = &|nth: u8| {
        let body = format!("account=nobody-{nth}&password=x");
        let length = body.len();
        let head = "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nSec-Fetch-Site: same-origin";
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let told = format!("X-Forwarded-For: 203.0.113.{nth}\r\nContent-Length: {length}");
        let answer = sent(
            &serving,
            &trusted,
            &format!("{head}\r\n{kind}\r\n{told}\r\n\r\n{body}"),
        );
        answer[..12].to_owned()
    };
    // All at once, as one more may be tried every three seconds and a busy machine is slow to refuse a password.
    let tries: Vec<String> = thread::scope(|scope| {
        let asked: Vec<_> = (1..=60).map(|nth| scope.spawn(move || one(nth))).collect();
        let answers = asked.into_iter().map(|asked| asked.join().unwrap());
        answers.collect()
    });

    let answered = |code: &str| tries.iter().filter(|one| one.ends_with(code)).count();
    assert_eq!(answered("422") + answered("429"), 60, "{tries:?}");
    assert!(answered("422") >= 20 && answered("429") >= 1, "{tries:?}");
}
