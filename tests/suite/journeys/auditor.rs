//! An auditor asks whether this is the true history, and what stood at a position.

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};
use rusqlite::Connection;

async fn verify(place: &Place, more: &[&str]) -> Answer {
    let line: Vec<&str> = ["verify", "--json"].iter().chain(more).copied().collect();
    place.run(&line).await
}

/// Changes the ledger's file as somebody with the file in hand would.
fn tamper(place: &Place, sql: &str) {
    let file = Connection::open(place.folder().join("centre.db")).unwrap();
    let triggers = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_master WHERE type = 'trigger'";
    let drop: String = file.query_row(triggers, [], |row| row.get(0)).unwrap();
    file.execute_batch(&drop).unwrap();
    assert_eq!(file.execute(sql, []).unwrap(), 1, "{sql}");
}

async fn an_earlier_head_is_shown_to_be_the_beginning(engine: Engine) {
    let place = Place::initialised(engine).await;
    let before = verify(&place, &[]).await.done().json();
    let samples = ledger_tests::program::sample_ledgers();
    let _taken = place
        .run(&["import", samples.to_str().unwrap()])
        .await
        .done();

    let head = before["head"].as_str().unwrap();
    let after = verify(&place, &["--since", head]).await.done().json();

    assert_eq!(after["clean"], true);
    assert!(after["position"].as_u64() > before["position"].as_u64());
    let text = place.run(&["verify", "--since", head]).await.done().out;
    assert!(text.starts_with(after["head"].as_str().unwrap()), "{text}");
    // The same position with another root, as a log with another beginning would have it.
    let (position, _) = head.split_once(':').unwrap();
    let other = format!("{position}:{}", "ab".repeat(32));
    let answer = verify(&place, &["--since", &other]).await;
    assert_eq!(answer.code, 1);
    assert_eq!(answer.json()["fault"]["code"], "NOT_A_PREFIX");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_head_is_shown_to_be_the_beginning_on_sqlite() {
    an_earlier_head_is_shown_to_be_the_beginning(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_head_is_shown_to_be_the_beginning_on_postgres() {
    an_earlier_head_is_shown_to_be_the_beginning(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_flipped_byte_is_named_by_its_position() {
    let place = Place::with_samples(Engine::Sqlite).await;
    tamper(
        &place,
        "UPDATE events SET data = CAST(replace(CAST(data AS TEXT), '\"phone\"', '\"phonf\"') AS BLOB)
         WHERE position = (SELECT min(position) FROM events WHERE CAST(data AS TEXT) LIKE '%\"phone\"%')",
    );
    let position: i64 = Connection::open(place.folder().join("centre.db"))
        .unwrap()
        .query_row(
            "SELECT position FROM events WHERE CAST(data AS TEXT) LIKE '%\"phonf\"%'",
            [],
            |row| row.get(0),
        )
        .unwrap();

    let found = verify(&place, &[]).await;

    assert_eq!(found.code, 1);
    assert_eq!(found.json()["fault"]["code"], "ALTERED");
    assert_eq!(found.json()["fault"]["position"], position);
    let said = place.run(&["verify"]).await;
    assert_eq!(said.code, 1);
    assert!(
        said.out
            .contains(&format!("位置{position}の記録が書き換えられています。")),
        "{}",
        said.out
    );
    let at = (position + 5).to_string();
    assert_eq!(place.run(&["replay", "--at", &at]).await.code, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_figure_is_named_and_made_anew() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let figures = ["figures", "--fiscal-year", "2022", "--json"];
    let right = place.run(&figures).await.done().out;
    let file = Connection::open(place.folder().join("centre.db")).unwrap();
    file.create_collation("C", Ord::cmp).unwrap();
    let table: String = file
        .query_row(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'facts%' AND sql LIKE '%from_position%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let row: (i64, i64) = file
        .query_row(
            &format!("SELECT rowid, from_position FROM {table} WHERE kind = 'consultation' AND on_day BETWEEN '2022-04-01' AND '2023-03-31' ORDER BY from_position LIMIT 1"),
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    let gone = format!("DELETE FROM {table} WHERE rowid = {}", row.0);
    assert_eq!(file.execute(&gone, []).unwrap(), 1);
    drop(file);
    assert_ne!(place.run(&figures).await.done().out, right);

    let found = verify(&place, &[]).await;
    assert_eq!(found.code, 1);
    assert_eq!(found.json()["differences"][0]["projection"], "facts");
    assert_eq!(found.json()["differences"][0]["position"], row.1);

    let _made = place.run(&["rebuild", "facts"]).await.done();
    assert_eq!(place.run(&figures).await.done().out, right);
    let _clean = verify(&place, &[]).await.done();
}

async fn a_replay_answers_what_was_said_at_a_position(engine: Engine) {
    let place = Place::with_samples(engine).await;
    let status = place.run(&["status", "--json"]).await.done().json();
    let head = status["position"].as_u64().unwrap();

    for at in [head / 2, head] {
        let at = at.to_string();
        let replayed = place
            .run(&["replay", "--at", &at, "--json"])
            .await
            .done()
            .json();
        let asked = ["figures", "--fiscal-year", "2022", "--as-at", &at, "--json"];
        let then = place.run(&asked).await.done().json();
        assert_eq!(replayed["clean"], true);
        assert_eq!(
            replayed["figures"]["2022"]["replayed"]["consultations"],
            then["consultations"]
        );
    }
    let beyond = place
        .run(&["replay", "--at", &(head + 1).to_string()])
        .await;
    assert_eq!(beyond.code, 2, "{}", beyond.err);
    assert!(beyond.err.contains("NO_SUCH_POSITION"), "{}", beyond.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_answers_what_was_said_at_a_position_on_sqlite() {
    a_replay_answers_what_was_said_at_a_position(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_answers_what_was_said_at_a_position_on_postgres() {
    a_replay_answers_what_was_said_at_a_position(Engine::Postgres).await;
}
