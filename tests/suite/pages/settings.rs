//! The form of a setting opens with what holds, so that whoever changes one thing loses none of the others.

use ledger_tests::browsing::{Browser, filled};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::acts::newest;
use super::{BINARY, position, said, signed_in};

/// Everything that is typed into a field of a form.
fn texts(form: &[(String, String)], field: &str) -> Vec<String> {
    let own = form.iter().filter(|(name, _)| name == field);
    own.map(|(_, text)| text.clone()).collect()
}

/// Sends the form of an act as it is filled in, with these fields otherwise.
fn send(
    browser: &mut Browser<'_>,
    (page, path): (&Response, &str),
    changed: &[(&str, &str)],
) -> Response {
    let mut form = filled(page, path);
    form.retain(|(name, _)| changed.iter().all(|(field, _)| field != name));
    let kept = form
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let all: Vec<(&str, &str)> = kept.chain(changed.iter().copied()).collect();
    browser.send(path, &all)
}

/// What the newest event of a type says.
fn newest_data(place: &Place, event_type: &str) -> serde_json::Value {
    let position = newest(place, event_type);
    let shown = said(place, &format!("events show {position} --json"));
    shown["data"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_hours_are_changed_in_one_thing_and_keep_the_others() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let path = "/acts/set-opening-hours";
    let hours = [
        ("occurred", "2024-04-01"),
        ("opening_hours.from", "2024-04-01"),
        ("opening_hours.hours.weekdays", "mon"),
        ("opening_hours.hours.weekdays", "wed"),
        ("opening_hours.hours.weekdays", "sat"),
        ("opening_hours.hours.from", "09:15"),
        ("opening_hours.hours.to", "16:45"),
        ("opening_hours.new_year_break.from", "12-28"),
        ("opening_hours.new_year_break.to", "01-04"),
    ];
    let page = manager.open(path);
    let set = send(&mut manager, (&page, path), &hours);
    assert_eq!(set.status, 200, "{}", set.body);

    let page = manager.open(path);

    let form = filled(&page, path);
    let days = texts(&form, "opening_hours.hours.weekdays");
    assert_eq!(days, ["mon", "wed", "sat"], "{}", page.body);
    for (field, text) in &hours[5..] {
        assert_eq!(texts(&form, field), [*text], "{field}: {}", page.body);
    }
    assert!(page.body.contains("全体に代わります"), "{}", page.body);

    let early = [("opening_hours.hours.to", "07:00")];
    let refused = send(&mut manager, (&page, path), &early);
    assert_eq!(refused.status, 422, "{}", refused.body);
    let told = "<a href=\"#opening_hours.hours.to\">閉じる時刻";
    assert!(refused.body.contains(told), "{}", refused.body);
    let later = [("opening_hours.hours.to", "18:00")];
    let set = send(&mut manager, (&page, path), &later);

    assert_eq!(set.status, 200, "{}", set.body);
    let data = newest_data(&place, "opening-hours-set");
    let told = data.to_string();
    for still in ["mon", "wed", "sat", "09:15", "18:00", "12-28", "01-04"] {
        assert!(told.contains(still), "{still}: {told}");
    }
    assert!(!told.contains("16:45"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_settings_the_one_that_is_chosen_fills_the_form() {
    let place = Place::with_samples(Engine::Sqlite).await;
    said(
        &place,
        "record set-review-term --term referral-receipt --days 5 --business-days true --occurred 2024-04-01 --json",
    );
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let path = "/acts/set-review-term";

    let all = manager.open(path);

    let link = format!("href=\"{path}?term=referral-receipt\"");
    assert_eq!(all.body.matches(&link).count(), 1, "{}", all.body);
    assert!(texts(&filled(&all, path), "days").concat().is_empty());
    let page = manager.open(&format!("{path}?term=referral-receipt"));
    // What was begun for one term is not offered for another.
    let kept = |page: &Response| {
        let (_, kept) = page.body.split_once("data-form-name=\"").unwrap();
        kept.split('"').next().unwrap().to_owned()
    };
    let other = manager.open(&format!("{path}?term=backup-age"));
    assert_ne!(kept(&page), kept(&other));
    let form = filled(&page, path);
    assert_eq!(texts(&form, "days"), ["5"], "{}", page.body);
    assert_eq!(texts(&form, "business_days"), ["yes"], "{}", page.body);
    let set = send(&mut manager, (&page, path), &[("days", "6")]);
    assert_eq!(set.status, 200, "{}", set.body);
    let data = newest_data(&place, "review-term-set");
    assert_eq!(data["term"], "referral-receipt", "{data}");
    assert_eq!(data["days"], 6, "{data}");
    assert_eq!(data["business_days"], true, "{data}");

    let page = manager.open(&format!("{path}?term=referral-receipt"));
    let before = position(&place);
    let same = send(&mut manager, (&page, path), &[]);
    assert_eq!(same.status, 422, "{}", same.body);
    assert!(
        same.body.contains("変わるところがありません"),
        "{}",
        same.body
    );
    assert_eq!(position(&place), before, "nothing is set anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_or_named_by_a_link_comes_before_what_holds() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let link = "/acts/set-review-term?term=referral-receipt&days=9";
    let form = filled(&manager.open(link), "/acts/set-review-term");
    assert_eq!(texts(&form, "days"), ["9"]);

    // Whoever sends an emptied field gets the fault, not what stood there.
    let page = manager.open("/acts/define-programme");
    let named = texts(
        &filled(&page, "/acts/define-programme"),
        "definition.name_ja",
    );
    assert!(!named.concat().is_empty(), "{}", page.body);
    let emptied = [("definition.name_ja", "")];
    let told = send(&mut manager, (&page, "/acts/define-programme"), &emptied);
    assert_eq!(told.status, 422, "{}", told.body);
    let form = filled(&told, "/acts/define-programme");
    assert!(texts(&form, "definition.name_ja").concat().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rule_of_a_second_factor_and_of_a_role_is_told_before_it_changes() {
    let place = Place::with_samples(Engine::Sqlite).await;
    said(
        &place,
        "record set-second-factor-rule --role staff --required true --occurred 2024-04-01 --json",
    );
    let serving = Serving::start(&place, BINARY);
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");

    let system = admin.open("/system");

    let link = "/acts/set-second-factor-rule?role=staff";
    assert!(system.body.contains(link), "{}", system.body);
    let form = filled(&admin.open(link), "/acts/set-second-factor-rule");
    assert_eq!(texts(&form, "role"), ["staff"]);
    assert_eq!(texts(&form, "required"), ["yes"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_sees_what_was_set_beside_what_held_before() {
    let place = Place::with_samples(Engine::Sqlite).await;
    for days in [5, 6] {
        let set = format!("record set-review-term --term referral-receipt --days {days}");
        said(
            &place,
            &format!("{set} --business-days true --occurred 2024-04-01 --json"),
        );
    }
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");

    let page = manager.open("/audit/rules").body;

    let (_, changes) = page.split_once("id=\"changes\"").unwrap();
    let changes = changes.split("</section>").next().unwrap();
    let row = changes.split("<tr>").nth(2).unwrap();
    let (before, since) = row.split_once("5営業日").expect("what held before");
    assert!(!before.contains("6営業日"), "{row}");
    assert!(since.contains("6営業日"), "{row}");
    let event = newest(&place, "review-term-set");
    assert!(row.contains(&format!("href=\"/events/{event}\"")), "{row}");
    assert!(changes.contains("（はじめて定めた）"), "{changes}");
    // From the form of a setting one comes to where its history stands.
    let form = manager.open("/acts/set-review-term").body;
    assert!(form.contains("href=\"/audit/rules#changes\""), "{form}");
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let form = admin.open("/acts/set-review-term").body;
    assert!(form.contains("href=\"/system#settings\""), "{form}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_of_a_facility_stands_in_the_forms_that_change_it() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let offices = manager.open("/organisations").body;
    let (_, rest) = offices
        .split_once("/acts/change-facility?facility=")
        .unwrap();
    let facility = rest.split('"').next().unwrap();

    let page = manager.open(&format!("/acts/change-facility?facility={facility}"));

    let form = filled(&page, "/acts/change-facility");
    assert_eq!(texts(&form, "facility"), [facility], "{}", page.body);
    let name = texts(&form, "name").concat();
    assert!(!name.is_empty() && offices.contains(&name), "{}", page.body);

    let path = "/acts/change-facility-staffing";
    let named = format!("{path}?facility={facility}");
    let staffing = [
        ("occurred", "2024-04-01"),
        ("nurse_fte_hundredths", "150"),
        ("procedures", "suction"),
        ("procedures", "tube-gastrostomy"),
    ];
    let page = manager.open(&named);
    let set = send(&mut manager, (&page, path), &staffing);
    assert_eq!(set.status, 200, "{}", set.body);

    let page = manager.open(&named);

    let form = filled(&page, path);
    assert_eq!(
        texts(&form, "nurse_fte_hundredths"),
        ["150"],
        "{}",
        page.body
    );
    let given = texts(&form, "procedures");
    assert_eq!(given, ["suction", "tube-gastrostomy"], "{}", page.body);
    let more = [("nurse_fte_hundredths", "200")];
    assert_eq!(send(&mut manager, (&page, path), &more).status, 200);
    let data = newest_data(&place, "facility-staffing-changed");
    assert_eq!(data["nurse_fte_hundredths"], 200, "{data}");
    assert_eq!(data["procedures"].as_array().unwrap().len(), 2, "{data}");
}
