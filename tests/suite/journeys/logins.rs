//! With which login the program works: the role of daily work, an administrator's, one that is refused.

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};

const NOTE: &str = "注意: 管理者のログイン";

fn store(place: &Place, url: &str) -> String {
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}ledger={}", place.database().unwrap().name())
}

/// Runs the program through the login of a role.
async fn run_as(place: &Place, role: &str, line: &[&str]) -> Answer {
    let url = place.database().unwrap().url_as(role);
    let options = place.options_with("--store", &store(place, &url));
    let line = line.iter().map(|&word| word.to_owned()).chain(options);
    let line: Vec<String> = line.collect();
    place.run_exactly(&line).await
}

#[tokio::test(flavor = "multi_thread")]
async fn init_makes_the_role_of_daily_work_that_it_is_told() {
    let place = Place::new(Engine::Postgres).await;
    let role = format!("{}_staff", place.database().unwrap().name());
    let _made = place.run(&["init", "--app-role", &role]).await.done();

    let child = [
        "record",
        "register-child",
        "--number",
        "C101",
        "--name",
        "見本　花子",
        "--occurred",
        "R3.8.5",
    ];
    for line in [
        &child[..],
        &["timeline", "C101"],
        &["figures", "--fiscal-year", "2021"],
        &["verify"],
    ] {
        let answer = run_as(&place, &role, line).await.done();
        assert!(!answer.err.contains(NOTE), "{line:?}: {}", answer.err);
    }
    let client = place.database().unwrap().connect().await;
    let sql =
        "SELECT rolname::text FROM pg_roles WHERE rolname = $1 AND rolcanlogin AND NOT rolsuper";
    assert_eq!(client.query(sql, &[&role]).await.unwrap().len(), 1);
    let default = format!("{}_app", place.database().unwrap().name());
    assert_eq!(client.query(sql, &[&default]).await.unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_cannot_be_one_is_refused() {
    let place = Place::new(Engine::Postgres).await;

    let refused = place.run(&["init", "--app-role", "Kein Name"]).await;

    assert_eq!(refused.code, 64, "{refused:?}");
    assert!(refused.err.contains("--app-role"), "{}", refused.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrators_login_works_and_is_told_of_the_role_of_daily_work() {
    let place = Place::initialised(Engine::Postgres).await;

    let answer = place.run(&["status"]).await.done();
    let english = place.run(&["status", "--lang", "en"]).await.done();

    assert!(
        answer.err.contains(NOTE) && answer.err.contains("--app-role"),
        "{}",
        answer.err
    );
    assert!(
        english.err.contains("note: this login owns the ledger"),
        "{}",
        english.err
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_the_server_refuses_is_told() {
    let place = Place::initialised(Engine::Postgres).await;

    let refused = run_as(&place, "nobody_of_this_name", &["status"]).await;

    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(
        refused.err.contains("[LOGIN_REFUSED]") && refused.err.contains("--store"),
        "{}",
        refused.err
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_without_rights_on_the_ledger_is_refused() {
    let place = Place::initialised(Engine::Postgres).await;
    let stranger = format!("{}_stranger", place.database().unwrap().name());
    let client = place.database().unwrap().connect().await;
    client
        .batch_execute(&format!("CREATE ROLE \"{stranger}\" LOGIN"))
        .await
        .unwrap();

    let refused = run_as(&place, &stranger, &["status"]).await;

    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("[LOGIN_REFUSED]"), "{}", refused.err);
}
