//! Processes, connections and a server that do not last: nothing that was acknowledged is lost, nothing
//! stands twice, no position is missing, and the order is the acknowledged one.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use ledger_core::id::LedgerId;
use ledger_tests::database::TestDatabase;
use ledger_tests::ledger::{self, Engine, TestLedger};
use ledger_tests::samples;
use ledger_tests::server::Server;
use ledger_tests::torture::{Seed, address_of};
use tokio::task::block_in_place;
use tokio_postgres::config::Host;

use super::fleet::Fleet;
use super::proxy::Proxy;

/// Has storms go on for so many seconds.
const VARIABLE: &str = "CARE_LEDGER_TORTURE_SECONDS";
/// Rounds of a storm in the suite, and of each storm of a longer run.
const ROUNDS: usize = 3;
const ROUNDS_LONG: usize = 25;
/// Processes that are struck in one round.
const STRIKES: usize = 4;
/// Answers that must come in each round, so that it is about something.
const ANSWERS: usize = 64;

/// One storm, or as many as fit into the time that the environment gives.
async fn storms(what: &str, mut storm: impl AsyncFnMut(Seed, usize)) {
    let mut seed = Seed::of_environment(what);
    let seconds = std::env::var(VARIABLE).ok();
    let Some(seconds) = seconds.and_then(|text| text.parse().ok()) else {
        return storm(seed, ROUNDS).await;
    };
    let (began, time) = (Instant::now(), Duration::from_secs(seconds));
    while began.elapsed() < time {
        storm(seed.split(), ROUNDS_LONG).await;
    }
}

fn strike(fleet: &mut Fleet, seed: &mut Seed) {
    for _ in 0..STRIKES {
        thread::sleep(seed.millis(20, 250));
        fleet.strike(seed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_when_processes_at_one_file_are_killed() {
    storms("sqlite", async |mut seed, rounds| {
        let ledger = TestLedger::new(Engine::Sqlite).await;
        let address = address_of(&ledger);
        let mut fleet = block_in_place(|| Fleet::start(&address));
        block_in_place(|| {
            for _ in 0..rounds {
                fleet.wait_for_answers(ANSWERS);
                strike(&mut fleet, &mut seed);
            }
            fleet.wait_for_answers(ANSWERS);
        });
        fleet.settle(&address).await;
    })
    .await;
}

/// The address of the app's role at the server's socket, and the socket.
async fn postgres(database: &TestDatabase) -> (String, PathBuf) {
    ledger::postgres(database, LedgerId::new(samples::uuid(1))).await;
    let url = database.url_as(&format!("{}_app", database.name()));
    let config: tokio_postgres::Config = url.parse().unwrap();
    let Host::Unix(folder) = &config.get_hosts()[0] else {
        panic!("a private server has a socket");
    };
    let socket = folder.join(format!(".s.PGSQL.{}", config.get_ports()[0]));
    (format!("{url}&ledger={}", database.name()), socket)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_when_processes_connections_and_the_server_are_killed() {
    let server = Server::start_private();
    storms("postgres", async |mut seed, rounds| {
        let database = TestDatabase::on(&server).await;
        let (address, socket) = postgres(&database).await;
        let proxy = Proxy::to(socket, seed.split());
        let (name, port) = (database.name(), proxy.port());
        let unsafe_way = format!("postgres://{name}_app@127.0.0.1:{port}/{name}?ledger={name}");
        let mut fleet = block_in_place(|| Fleet::start(&unsafe_way));
        block_in_place(|| {
            for _ in 0..rounds {
                fleet.wait_for_answers(ANSWERS);
                strike(&mut fleet, &mut seed);
                server.kill();
                server.start();
            }
            let cuts = proxy.calm();
            eprintln!("{rounds} times the server was killed, {cuts} connections were cut");
            assert!(cuts > 0);
            fleet.wait_for_answers(ANSWERS);
        });
        fleet.settle(&address).await;
    })
    .await;
}
