//! The keys go to a file of their own and from there into a file or a database.

use std::fs;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;

use super::backups::file;

#[tokio::test(flavor = "multi_thread")]
async fn keys_go_to_their_own_ledger_and_over_no_others() {
    let (home, other) = (
        Place::with_samples(Engine::Sqlite).await,
        Place::new(Engine::Sqlite).await,
    );
    let _made = other.run(&["init"]).await.done();
    let keys = file(&home, "keys.jsonl");
    let line = ["backup-keys", keys.to_str().unwrap()];
    let _written = home.run(&line).await.done();
    let restore = ["restore-keys", keys.to_str().unwrap()];

    let strange = other.run(&restore).await;
    let again = home.run(&restore).await;

    assert!(strange.err.contains("[WRONG_KEYS]"), "{strange:?}");
    assert!(again.err.contains("[KEYS_EXIST]"), "{again:?}");
    // The file holds no key that opens anything, and not the one that wraps them.
    let text = fs::read_to_string(&keys).unwrap();
    let kek = fs::read_to_string(file(&home, "centre.kek")).unwrap();
    let secret = kek.lines().nth(2).unwrap();
    assert!(!text.contains(secret));
    fs::remove_file(file(&home, "centre.keys")).unwrap();
    fs::write(&keys, text.replacen("identity", "identitz", 1)).unwrap();
    let damaged = home.run(&restore).await;
    assert!(damaged.err.contains("[BACKUP_DAMAGED]"), "{damaged:?}");
    assert!(!file(&home, "centre.keys").exists());
    fs::write(&keys, text).unwrap();
    let said = home.run(&restore).await.done();
    assert!(said.out.contains("鍵: 使えます"), "{said:?}");
    let _opened = home.run(&["timeline", "C001"]).await.done();
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_move_into_a_database_of_their_own() {
    let home = Place::with_samples(Engine::Sqlite).await;
    let keys = file(&home, "keys.jsonl");
    let line = ["backup-keys", keys.to_str().unwrap()];
    let _written = home.run(&line).await.done();
    let database = ledger_tests::database::TestDatabase::new().await;
    let run = async |line: &[&str]| {
        let options = home.options_with("--keys", &database.url());
        let line = line.iter().map(|&word| word.to_owned());
        let line: Vec<String> = line.chain(options).collect();
        home.run_exactly(&line).await
    };

    let said = run(&["restore-keys", keys.to_str().unwrap()]).await.done();
    let again = run(&["restore-keys", keys.to_str().unwrap()]).await;
    let back = file(&home, "back.jsonl");
    let _written = run(&["backup-keys", back.to_str().unwrap()]).await.done();

    assert!(said.out.contains("鍵: 使えます"), "{said:?}");
    assert!(again.err.contains("[KEYS_EXIST]"), "{again:?}");
    assert_eq!(
        fs::read_to_string(&back).unwrap(),
        fs::read_to_string(&keys).unwrap()
    );
    fs::remove_file(file(&home, "centre.keys")).unwrap();
    let _opened = run(&["timeline", "C001"]).await.done();
}
