//! An administrator keeps backups, moves a ledger to the other engine, and makes one of a backup again.

use std::fs;
use std::path::{Path, PathBuf};

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};

pub(super) fn file(place: &Place, name: &str) -> PathBuf {
    place.folder().join(name)
}

/// Writes a backup that leaves the ledger as it is.
pub(super) async fn backup(place: &Place, name: &str, more: &[&str]) -> PathBuf {
    let path = file(place, name);
    let line = ["backup", path.to_str().unwrap(), "--json", "--no-record"];
    let line = [&line[..], more].concat();
    let _written = place.run(&line).await.done();
    path
}

pub(super) async fn restore(place: &Place, backup: &Path, more: &[&str]) -> Answer {
    let line = [&["restore", backup.to_str().unwrap()][..], more].concat();
    place.run(&line).await
}

/// Brings the keys of one place to another, with the key-encryption key by another way.
async fn bring_keys(from: &Place, to: &Place) {
    let keys = file(from, "keys.jsonl");
    let line = ["backup-keys", keys.to_str().unwrap(), "--no-record"];
    let _written = from.run(&line).await.done();
    fs::copy(file(from, "centre.kek"), file(to, "centre.kek")).unwrap();
    let line = ["restore-keys", keys.to_str().unwrap()];
    let said = to.run(&line).await.done();
    assert!(said.out.contains("鍵: 使えます"), "{}", said.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_moves_to_the_other_engine_and_back_and_is_the_same() {
    let home = Place::with_samples(Engine::Sqlite).await;
    let at_home = backup(&home, "home.jsonl", &[]).await;
    let head = home.json(&["verify"]).await["head"].clone();
    let (server, back) = (
        Place::new(Engine::Postgres).await,
        Place::new(Engine::Sqlite).await,
    );

    let said = restore(&server, &at_home, &[]).await.done();
    assert!(said.out.contains("restore-keys"), "{}", said.out);
    let on_server = backup(&server, "server.jsonl", &[]).await;
    let _said = restore(&back, &on_server, &[]).await.done();
    let back_home = backup(&back, "back.jsonl", &[]).await;

    let bytes = fs::read(&at_home).unwrap();
    assert!(fs::read(&on_server).unwrap() == bytes, "on the server");
    assert!(fs::read(&back_home).unwrap() == bytes, "back home");
    bring_keys(&home, &server).await;
    bring_keys(&server, &back).await;
    let figures = ["figures", "--fiscal-year", "2022", "--json"];
    let counted = home.run(&figures).await.done().out;
    let timeline = home.run(&["timeline", "C001"]).await.done().out;
    assert!(!timeline.contains("消去"), "{timeline}");
    for place in [&server, &back] {
        assert_eq!(place.json(&["verify"]).await["head"], head);
        assert_eq!(place.run(&figures).await.done().out, counted);
        assert_eq!(place.run(&["timeline", "C001"]).await.done().out, timeline);
        let since = head.as_str().unwrap();
        let _clean = place.run(&["verify", "--since", since]).await.done();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_the_views_are_at_the_head_and_the_role_of_daily_work_goes_on() {
    let home = Place::with_samples(Engine::Sqlite).await;
    let kept = backup(&home, "home.jsonl", &[]).await;
    let server = Place::new(Engine::Postgres).await;
    let _said = restore(&server, &kept, &[]).await.done();
    bring_keys(&home, &server).await;
    let database = server.database().unwrap();
    let role = database.url_as(&format!("{}_app", database.name()));
    let mark = if role.contains('?') { '&' } else { '?' };
    let store = format!("{role}{mark}ledger={}", database.name());
    let options = server.options_with("--store", &store);

    for line in [
        &["status", "--json"][..],
        &["verify"],
        &["timeline", "C001"],
        &[
            "record",
            "register-child",
            "--number",
            "C901",
            "--name",
            "見本　花子",
            "--occurred",
            "R3.8.5",
        ],
        &["figures", "--fiscal-year", "2022"],
    ] {
        let line = line.iter().map(|&word| word.to_owned());
        let line: Vec<String> = line.chain(options.clone()).collect();
        let answer = server.run_exactly(&line).await.done();
        assert!(!answer.err.contains("管理者のログイン"), "{}", answer.err);
        if line[0] == "status" {
            let status = answer.json();
            let projections = status["projections"].as_array().unwrap();
            assert!(projections.len() > 1);
            for one in projections {
                assert_eq!(one["position"], status["position"], "{one}");
            }
        }
    }
}

async fn a_ledger_is_made_as_it_stood_at_a_position(engine: Engine) {
    let place = Place::with_samples(engine).await;
    let whole = backup(&place, "whole.jsonl", &[]).await;
    let until = (place.position().await / 2).to_string();
    let cut = backup(&place, "cut.jsonl", &["--until", &until]).await;
    let then = Place::new(engine).await;

    let answer = restore(&then, &whole, &["--until", &until, "--json"]).await;
    let made = answer.done().json();

    let again = backup(&then, "again.jsonl", &[]).await;
    assert!(fs::read(&again).unwrap() == fs::read(&cut).unwrap());
    assert_eq!(made["position"].to_string(), until);
    assert_eq!(then.json(&["verify"]).await["head"], made["head"]);
    assert_eq!(then.json(&["status"]).await["epoch"], 1);
    // What was the ledger's head later is not its own.
    let head = place.json(&["verify"]).await["head"].clone();
    let other = then
        .run(&["verify", "--since", head.as_str().unwrap()])
        .await;
    assert_eq!(other.code, 1, "{other:?}");
    let beyond = restore(&Place::new(engine).await, &cut, &["--until", "999999"]).await;
    assert_eq!(beyond.code, 2, "{beyond:?}");
    assert!(beyond.err.contains("[NO_SUCH_POSITION]"), "{beyond:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_is_made_as_it_stood_at_a_position_on_sqlite() {
    a_ledger_is_made_as_it_stood_at_a_position(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_is_made_as_it_stood_at_a_position_on_postgres() {
    a_ledger_is_made_as_it_stood_at_a_position(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_take_records_out_writes_a_backup() {
    let place = Place::initialised(Engine::Sqlite).await;
    let kept = file(&place, "kept.jsonl");
    let open = [
        "record",
        "open-account",
        "--name",
        "st-1",
        "--role",
        "staff",
        "--occurred",
        "2021-07-26",
    ];
    let account = place.run(&open).await;
    assert_eq!(account.code, 0, "{account:?}");

    for command in ["backup", "backup-keys"] {
        let options = place.options_with("--actor", "st-1");
        let line = [command, kept.to_str().unwrap()];
        let line = line.iter().map(|&word| word.to_owned());
        let line: Vec<String> = line.chain(options).collect();
        let refused = place.run_exactly(&line).await;
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(!kept.exists());
    }
}
