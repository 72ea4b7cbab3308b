//! While a record is open for an emergency its pages say so, and whoever reviews accesses meets it in the day's work.

use ledger_tests::ledger::Engine;
use ledger_tests::serving::Serving;

use super::matrix::takes_emergency_access;
use super::{BINARY, ENGINES, centre, openings, position, put_in_charge, signed_in};

const RUNS: &str = "緊急閲覧中です";
const REASON: &str = "主治医から電話";

async fn pages_about_a_person_say_that_an_emergency_runs(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut mori = signed_in(&serving, &place, "mori", "staff");
    let mut sato = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    assert!(
        !mori
            .open("/acts/make-referral?child=C101")
            .body
            .contains(RUNS)
    );

    takes_emergency_access(&mut mori);

    let timeline = mori.open("/children/C101").body;
    let (_, banner) = timeline.split_once(RUNS).unwrap();
    let banner = banner.split("</div>").next().unwrap();
    assert!(banner.contains(REASON), "{banner}");
    assert!(banner.contains("センター長が確かめます"), "{banner}");
    // A form opens the name, and so tells not why.
    let before = openings(&place);
    for path in ["/acts/make-referral?child=C101", "/record?child=C101"] {
        let form = mori.open(path).body;
        assert!(form.contains(RUNS), "{path}: {form}");
        assert!(!form.contains(REASON), "{path}: {form}");
    }
    assert_eq!(openings(&place), before + 2);
    assert!(!mori.open("/acts/make-referral").body.contains(RUNS));
    assert!(!mori.open("/children").body.contains(RUNS));
    // Who is in charge opens it without one, and is told of none.
    assert!(!sato.open("/children/C101").body.contains(RUNS));
    put_in_charge_beside(&place);
    assert!(!mori.open("/children/C101").body.contains(RUNS));
}

/// Puts mori in charge beside sato.
fn put_in_charge_beside(place: &ledger_tests::program::Place) {
    super::said(
        place,
        "record assign-staff --child C101 --account mori --charge deputy --occurred 2024-04-01 --json",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_about_a_person_say_that_an_emergency_runs_on_both_engines() {
    for engine in ENGINES {
        pages_about_a_person_say_that_an_emergency_runs(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_manager_meets_an_emergency_of_the_last_days_and_nobody_else_does() {
    let place = centre(Engine::Sqlite).await;
    // By the clock of the place it is years ago.
    let taken = "record take-emergency-access --child C101 --reason 夜間に主治医から電話";
    let line = taken.split(' ').map(str::to_owned);
    let line: Vec<String> = line.chain(place.options_with("--actor", "over")).collect();
    let _taken = place.run_exactly(&line).await.done();
    let serving = Serving::start(&place, BINARY);
    let mut mori = signed_in(&serving, &place, "mori", "staff");
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let none = manager.open("/").body;
    assert!(!none.contains("id=\"emergencies\""), "{none}");
    takes_emergency_access(&mut mori);
    let before = position(&place);

    let today = manager.open("/").body;

    let (_, section) = today.split_once("id=\"emergencies\"").unwrap();
    let section = section.split("</section>").next().unwrap();
    for told in [
        "<td>mori</td>",
        ">C101</th>",
        "いま開いています",
        "/audit/access",
    ] {
        assert!(section.contains(told), "{told}: {section}");
    }
    assert!(!section.contains("over"), "{section}");
    // Why it was taken is read where that is recorded.
    assert!(!today.contains(REASON), "{today}");
    assert_eq!(position(&place), before, "nothing was opened");
    let (_, child) = section.split_once("href=\"/children/").unwrap();
    let child = child.split(['#', '"']).next().unwrap();
    let read = manager.open(&format!("/children/{child}")).body;
    assert!(read.contains(REASON), "{read}");
    assert_eq!(position(&place), before + 1);
    let own = mori.open("/").body;
    assert!(!own.contains("id=\"emergencies\""), "{own}");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_led_to_take_charge_of_whom_nobody_has() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "mori", "staff");
    let way = "href=\"/acts/assign-staff?child=C101\"";

    let nobodys = staff.open("/children/C101");
    let _sato = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let anothers = staff.open("/children/C101");

    assert_eq!((nobodys.status, anothers.status), (403, 403));
    assert!(nobodys.body.contains(way), "{}", nobodys.body);
    assert!(!anothers.body.contains(way), "{}", anothers.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_opens_nobodys_record_and_is_led_to_the_replay() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");

    let list = auditor.open("/children").body;
    let (_, path) = list.split_once("href=\"/replay/child-").unwrap();
    let path = format!("/replay/child-{}", path.split('"').next().unwrap());
    assert!(!list.contains("href=\"/children/"), "{list}");
    let replay = auditor.open(&path);
    assert!(replay.body.contains("C101"), "{}", replay.body);

    let before = openings(&place);
    for page in ["", "/sheet"] {
        let refused = auditor.open(&format!("/children/C101{page}"));
        assert_eq!(refused.status, 403, "{page}: {}", refused.body);
        assert!(refused.body.contains(&path), "{page}: {}", refused.body);
        assert!(!refused.body.contains("/emergency"), "{}", refused.body);
    }
    assert_eq!(openings(&place), before);

    let nobody = auditor.open("/replay/C999");
    assert_eq!(nobody.status, 404);
    assert!(
        nobody.body.contains("C999 の番号の方は台帳にいません"),
        "{}",
        nobody.body
    );
    // In the log a record is called by the number as well.
    let events = auditor.open("/events?stream=child-").body;
    assert!(events.contains("<b>C101</b> child-"), "{events}");
}
