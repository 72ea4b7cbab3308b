//! A PostgreSQL server that stops, hangs or changes under a running ledger.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use ledger_core::id::{LedgerId, Position};
use ledger_core::store::postgres::{Address, PostgresStore};
use ledger_core::store::{Append, ExpectedRevision, Filter, Limits, OpenError};
use ledger_tests::clock::FixedClock;
use ledger_tests::conformance::{OpenStore, append, event, events, exact, read_log, stream};
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::postgres;
use ledger_tests::samples;
use ledger_tests::server::Server;

async fn open_at(address: Address) -> OpenStore {
    let clock = Arc::new(FixedClock::at("2024-04-01T00:00:00Z"));
    let opened = PostgresStore::open(address, clock, Limits::default()).await;
    let (store, background) = opened.unwrap();
    OpenStore::new(Arc::new(store), background)
}

#[tokio::test(flavor = "multi_thread")]
async fn appends_outlast_a_restart_of_the_server_and_stand_once_each() {
    let server = Server::start_private();
    let database = TestDatabase::on(&server).await;
    let store = open_at(postgres(&database, LedgerId::new(samples::uuid(1))).await).await;
    let mut follower = store
        .subscribe(Position::default(), Filter::default())
        .await
        .unwrap();
    append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;

    let mut written = 1_u64;
    for round in 0..3 {
        let pending: Vec<_> = (0..20)
            .map(|_| Append::to(stream("a-1"), ExpectedRevision::Any, vec![event(b"x")]))
            .collect();
        let mut answers = Vec::new();
        for append in pending {
            answers.push(store.submit(append).await.unwrap());
            written += 1;
        }
        if round == 0 {
            server.kill();
        } else {
            server.stop_immediately();
        }
        // While it is down as well: a caller waits instead of being told of a restart.
        let late = Append::to(stream("a-1"), ExpectedRevision::Any, vec![event(b"late")]);
        answers.push(store.submit(late).await.unwrap());
        written += 1;
        server.start();
        for answer in answers {
            answer.wait().await.unwrap();
        }
    }

    let log = read_log(&*store).await;
    let positions: Vec<u64> = log.iter().map(|event| event.position.get()).collect();
    assert_eq!(positions, (1..=written).collect::<Vec<_>>());
    let last = append(&*store, "a-1", exact(written - 1), events(1)).await;
    assert_eq!(last.position.get(), written + 1);
    for position in 1..=written + 1 {
        let next = tokio::time::timeout(Duration::from_secs(30), follower.next()).await;
        assert_eq!(next.unwrap().unwrap().unwrap().position.get(), position);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn commits_reach_the_disk_even_where_the_roles_default_is_not_to_wait() {
    let database = TestDatabase::new().await;
    let app = postgres(&database, LedgerId::new(samples::uuid(1))).await;
    let superuser = database.connect().await;
    // A spy beside the log notes what holds while the events are inserted.
    let spy = "ALTER ROLE @_app SET synchronous_commit = off;
        CREATE TABLE public.seen (setting text);
        CREATE FUNCTION public.see() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            INSERT INTO public.seen VALUES (current_setting('synchronous_commit'));
            RETURN NULL;
        END $$;
        CREATE TRIGGER spy AFTER INSERT ON @.events EXECUTE FUNCTION public.see()";
    let spy = spy.replace('@', database.name());
    superuser.batch_execute(&spy).await.unwrap();

    let store = open_at(app).await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;

    let sql = "SELECT setting FROM public.seen";
    let seen = superuser.query_one(sql, &[]).await.unwrap();
    assert_eq!(seen.get::<_, &str>(0), "on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_wait_for_its_disk_is_told_apart() {
    let server = Server::start_private();
    let database = TestDatabase::on(&server).await;
    let app = postgres(&database, LedgerId::new(samples::uuid(1))).await;
    let is_durable = async || {
        let clock = Arc::new(FixedClock::at("2024-04-01T00:00:00Z"));
        let opened = PostgresStore::open(app.clone(), clock, Limits::default()).await;
        opened.unwrap().0.is_durable()
    };
    assert!(is_durable().await);

    let superuser = database.connect().await;
    superuser
        .batch_execute("ALTER SYSTEM SET fsync = off")
        .await
        .unwrap();
    server.restart_immediate();

    assert!(!is_durable().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_is_told_in_time_and_without_the_password() {
    let server = Server::start_private();
    let database = TestDatabase::on(&server).await;
    let app = postgres(&database, LedgerId::new(samples::uuid(1))).await;
    let url = database.url();
    let password = url
        .split_once(':')
        .and_then(|(_, rest)| rest.split_once(':'))
        .and_then(|(_, rest)| rest.split_once('@'))
        .map(|(password, _)| password.to_owned())
        .unwrap();
    let superuser = ledger_tests::ledger::address(&database, &url);
    server.stop_immediately();

    for address in [app, superuser] {
        let shown = format!("{address:?}");
        let clock = Arc::new(FixedClock::at("2024-04-01T00:00:00Z"));
        let opened = PostgresStore::open(address, clock, Limits::default());
        let opened = tokio::time::timeout(Duration::from_secs(5), opened).await;
        let refused = opened.expect("in time").err().unwrap();
        assert!(
            matches!(refused, OpenError::Unreachable { .. }),
            "{refused:?}"
        );
        assert!(!format!("{shown} {refused:?} {refused}").contains(&password));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn encryption_is_checked_against_the_named_authority_and_covers_log_and_views() {
    let server = Server::start_private();
    let database = TestDatabase::on(&server).await;
    postgres(&database, LedgerId::new(samples::uuid(1))).await;
    let folder = tempfile::tempdir().unwrap();
    let (authority, other) = (Authority::new(), Authority::new());
    let encrypted = |authority: &Authority, name: &str| -> Address {
        let file = folder.path().join(name);
        std::fs::write(&file, authority.pem()).unwrap();
        let url = database.url().replace("127.0.0.1", "localhost");
        let mark = if url.contains('?') { '&' } else { '?' };
        let tls = format!("sslmode=verify-full&sslrootcert={}", file.display());
        format!("{url}{mark}{tls}&ledger={}", database.name())
            .parse()
            .unwrap()
    };
    let right = encrypted(&authority, "right.pem");
    // A server that cannot encrypt is not spoken to in the clear.
    assert!(refused(right.clone()).await);

    let superuser = database.connect().await;
    authority.install(&superuser, "localhost").await;
    server.restart_immediate();

    let store = open_at(right.clone()).await;
    append(&*store, "a-1", ExpectedRevision::NoStream, events(1)).await;
    assert_eq!(read_log(&*store).await.len(), 1);
    let views = ledger_projections::views::Views::postgres(&right).unwrap();
    let ssl =
        "SELECT CAST(count(*) AS bigint) FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl";
    let rows = views.query(0, ssl, Vec::new()).await.unwrap();
    assert_eq!(
        rows,
        [ledger_projections::views::Row(vec![
            ledger_projections::views::Value::from(1)
        ])]
    );
    assert!(refused(encrypted(&other, "other.pem")).await);

    let superuser = database.connect().await;
    authority.install(&superuser, "elsewhere.example").await;
    server.restart_immediate();
    assert!(refused(right).await);
}

async fn refused(address: Address) -> bool {
    let clock = Arc::new(FixedClock::at("2024-04-01T00:00:00Z"));
    let opened = PostgresStore::open(address, clock, Limits::default()).await;
    matches!(opened, Err(OpenError::Unreachable { .. }))
}

/// A certificate authority that lives for one test.
struct Authority {
    certificate: rcgen::Certificate,
    issuer: rcgen::Issuer<'static, rcgen::KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::default();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        let issuer = rcgen::Issuer::new(params, key);
        Self {
            certificate,
            issuer,
        }
    }

    fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// Gives the server a key and a certificate for this host name, from its next start on.
    async fn install(&self, superuser: &tokio_postgres::Client, host: &str) {
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(vec![host.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        for (file, text) in [
            ("server.crt", certificate.pem()),
            ("server.key", key.serialize_pem()),
        ] {
            let lines = format!("SELECT unnest(string_to_array('{}', E'\\n'))", text.trim());
            let program = format!("umask 077; cat > {file}");
            let copy = format!("COPY ({lines}) TO PROGRAM '{program}'");
            superuser.batch_execute(&copy).await.unwrap();
        }
        let on = "ALTER SYSTEM SET ssl = on";
        superuser.batch_execute(on).await.unwrap();
    }
}
