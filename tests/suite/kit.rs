//! The kit itself: servers answer, databases come and go.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::Path;

use futures::FutureExt as _;
use ledger_tests::database::TestDatabase;
use ledger_tests::server::{Server, connect};
use tokio_postgres::NoTls;

/// Whether the shared server has a database, and how many roles begin with its name.
async fn left_of(name: &str) -> (bool, i64) {
    let admin = connect(&Server::shared().admin_url()).await.unwrap();
    let row = admin
        .query_one(include_str!("sql/left_of_database.sql"), &[&name])
        .await
        .unwrap();
    (row.get(0), row.get(1))
}

#[tokio::test]
async fn a_test_database_is_its_own_and_empty() {
    let (one, two) = tokio::join!(TestDatabase::new(), TestDatabase::new());
    assert_ne!(one.name(), two.name());

    for database in [one, two] {
        let client = database.connect().await;
        let about = include_str!("sql/about_database.sql");
        let row = client.query_one(about, &[]).await.unwrap();

        assert_eq!(row.get::<_, &str>(0), database.name());
        assert_eq!(row.get::<_, i64>(1), 0, "tables of users");
    }
}

#[tokio::test]
async fn a_test_database_goes_with_its_roles_while_someone_is_connected() {
    let database = TestDatabase::new().await;
    let name = database.name().to_owned();
    let client = database.connect().await;
    let role = include_str!("sql/role_with_table.sql").replace("NAME", &name);
    client.batch_execute(&role).await.unwrap();
    assert_eq!(left_of(&name).await, (true, 1));

    drop(database);

    assert_eq!(left_of(&name).await, (false, 0));
    assert!(client.simple_query("").await.is_err());
}

#[tokio::test]
async fn a_test_database_goes_when_its_test_panics() {
    let database = TestDatabase::new().await;
    let name = database.name().to_owned();

    let test = AssertUnwindSafe(async move {
        let _database = database;
        resume_unwind(Box::new("a failed assertion"));
    });
    let ended = test.catch_unwind().await;

    assert!(ended.is_err());
    assert_eq!(left_of(&name).await, (false, 0));
}

#[tokio::test]
async fn a_killed_server_comes_back_with_what_was_committed_and_goes_for_good_when_dropped() {
    let server = Server::start_private();
    let database = TestDatabase::on(&server).await;
    let (write, read) = (include_str!("sql/write.sql"), include_str!("sql/read.sql"));
    let client = database.connect().await;
    client.batch_execute(write).await.unwrap();

    server.kill();
    server.start();
    assert!(client.query_one(read, &[]).await.is_err());
    let kept = database.connect().await.query_one(read, &[]).await.unwrap();
    assert_eq!(kept.get::<_, i64>(0), 1);

    server.restart_immediate();
    let kept = database.connect().await.query_one(read, &[]).await.unwrap();
    assert_eq!(kept.get::<_, i64>(0), 1);

    let url = server.admin_url();
    drop(server);
    let refused = tokio_postgres::connect(&url, NoTls).await;
    assert!(refused.is_err());
}

#[tokio::test]
async fn a_role_enters_a_private_server_without_a_password_and_the_superuser_with_one() {
    let server = Server::start_private();
    let database = TestDatabase::on(&server).await;
    let role = include_str!("sql/role_with_table.sql").replace("NAME", database.name());
    database.connect().await.batch_execute(&role).await.unwrap();
    let app = format!("{}_app", database.name());
    let who = include_str!("sql/who.sql");

    let client = connect(&database.url_as(&app)).await.unwrap();
    let over_socket = client.query_one(who, &[]).await.unwrap();

    assert_eq!(over_socket.get::<_, &str>(0), app);
    let mut no_password: tokio_postgres::Config = database.url().parse().unwrap();
    no_password.password("wrong");
    assert!(no_password.connect(NoTls).await.is_err());
}

/// A promise that stands in no list would be kept by nobody.
#[test]
fn every_promise_of_the_store_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/conformance");
    let list = std::fs::read_to_string(folder.join("mod.rs")).unwrap();
    let mut promises = 0;
    for file in std::fs::read_dir(&folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for rest in text.split("\npub async fn ").skip(1) {
            let (name, arguments) = rest.split_once('(').unwrap();
            if arguments.starts_with("backend: &dyn Backend") {
                assert!(list.contains(&format!("            {name},\n")), "{name}");
                promises += 1;
            }
        }
    }
    assert!(promises > 40, "{promises} found");
}
