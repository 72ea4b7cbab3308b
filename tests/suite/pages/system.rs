//! An administrator looks after the program: what is kept, made anew on a page, and the settings; nobody's text.

use std::time::{Duration, Instant};

use ledger_tests::browsing::hidden;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::{BINARY, ENGINES, out, position, said, signed_in};

/// The row of a projection.
fn row<'p>(page: &'p str, name: &str) -> &'p str {
    let rows = page.split("<tr><th scope=\"row\">").skip(1);
    let mut own = rows.filter(|row| row.contains(&format!(">{name}</small>")));
    own.next().unwrap().split("</tr>").next().unwrap()
}

async fn a_projection_is_made_anew_beside_the_pages(engine: Engine) {
    let place = Place::with_samples(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let page = admin.open("/system");
    assert_eq!(page.status, 200, "{}", page.body);
    for name in ["facts", "register_rows", "event_index"] {
        assert!(row(&page.body, name).contains("<button"), "{}", page.body);
    }
    let token = hidden(&page, "page_token");
    let wrong = [("page_token", &*token), ("projection", "none")];
    assert_eq!(admin.send("/system", &wrong).status, 404);
    let before = said(&place, "status --json");

    let asked = admin.send(
        "/system",
        &[("page_token", &*token), ("projection", "facts")],
    );

    assert_eq!(asked.status, 200, "{}", asked.body);
    let begun = Instant::now();
    let done = loop {
        let page = admin.open("/system").body;
        let facts = row(&page, "facts").to_owned();
        if facts.contains("まで作り直しました") {
            break page;
        }
        // It waits, goes on, or was done just now; and cannot be asked for twice.
        assert!(!facts.contains("<button"), "{facts}");
        assert!(page.contains("data-fresh"), "{page}");
        assert!(begun.elapsed() < Duration::from_mins(1), "{facts}");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(row(&done, "facts").contains("<button"), "{done}");
    assert!(!done.contains("data-fresh"), "{done}");
    // Another generation is read now, and says the same.
    let after = said(&place, "status --json");
    assert_eq!(before["projections"].as_array().unwrap().len(), 3);
    assert_eq!(after["projections"].as_array().unwrap().len(), 3);
    assert_eq!(said(&place, "verify --json")["clean"], true);
    serving.signal("TERM");
    assert_eq!(serving.ended().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_projection_is_made_anew_beside_the_pages_on_both_engines() {
    for engine in ENGINES {
        a_projection_is_made_anew_beside_the_pages(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_told_as_they_were_set_and_lead_to_their_forms() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");

    let page = admin.open("/system").body;

    let lines = out(&place, "events list --stream programme --limit 1000 --json");
    let settings = lines.lines().count();
    assert!(
        settings > 10 && page.contains(&format!("<small>{settings}件")),
        "{page}"
    );
    for link in page.split("href=\"/acts/").skip(1) {
        let act = link.split('"').next().unwrap().replace("&#38;", "&");
        assert_eq!(admin.open(&format!("/acts/{act}")).status, 200, "{act}");
    }
    let offices = admin.open("/organisations").body;
    assert!(
        !offices.contains("/acts/register-organisation"),
        "{offices}"
    );
    assert!(!offices.contains("育成対象"), "{offices}");
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let before = position(&place);
    let offices = manager.open("/organisations").body;
    let form = offices
        .split("href=\"/acts/change-facility")
        .nth(1)
        .unwrap();
    let form = form.split('"').next().unwrap();
    let form = manager.open(&format!("/acts/change-facility{form}"));
    assert_eq!(form.status, 200, "{}", form.body);
    assert!(form.body.contains(" selected>"), "{}", form.body);
    assert_eq!(position(&place), before, "nothing was written");
}

async fn the_newest_backups_stand_there_and_old_ones_are_warned_of(engine: Engine) {
    let place = Place::with_samples(engine).await;
    let kept = place.folder().join("kept.jsonl");
    let kept = kept.to_str().unwrap();
    // In this process the clock stands in 2024, for the page it is years later.
    let said = place.run(&["backup", kept, "--json"]).await.done().json();
    let serving = Serving::start(&place, BINARY);
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let line = |page: &str, title: &str| {
        let rows = page.split("id=\"backups\"").nth(1).unwrap();
        let mut rows = rows.split("<tr><th scope=\"row\">").skip(1);
        let own = rows.find(|row| row.starts_with(title)).unwrap();
        own.split("</tr>").next().unwrap().to_owned()
    };

    let page = admin.open("/system").body;

    let log = line(&page, "台帳");
    for told in [
        "令和6年4月1日".to_owned(),
        format!("位置 {}", said["position"]),
        said["sha256"].as_str().unwrap().to_owned(),
        "<b class=\"late\">7日を超えています</b>".to_owned(),
        "test:mihon".to_owned(),
    ] {
        assert!(log.contains(&told), "{told}: {log}");
    }
    assert!(
        line(&page, "鍵").contains("取った記録がありません"),
        "{page}"
    );
    assert!(page.contains("仮定"), "{page}");
    assert!(!page.contains("kept.jsonl"), "{page}");

    out(&place, &format!("backup {kept} --force"));
    let again = admin.open("/system").body;
    let log = line(&again, "台帳");
    assert!(!log.contains("class=\"late\""), "{log}");
    assert!(log.contains("<td class=\"number\">0</td>"), "{log}");
    said_term(&place);
    let set = admin.open("/system").body;
    assert!(
        set.contains("30営業日を超えた控えを古いとします（区の設定）"),
        "{set}"
    );
}

fn said_term(place: &Place) {
    let line = "record set-review-term --term backup-age --days 30 --business-days true --occurred 2024-04-01 --json";
    said(place, line);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_backups_stand_there_and_old_ones_are_warned_of_on_both_engines() {
    for engine in ENGINES {
        the_newest_backups_stand_there_and_old_ones_are_warned_of(engine).await;
    }
}
