//! Rules of the programme's settings.

use ledger_core::event::{AreaTableSet, ProgrammeEvent};

use super::*;
use crate::world::names;

fn set(name: &str, field: &str, value: Value) -> Value {
    let mut json = json!({"command": name, "occurred": "2020-12-17"});
    json[field] = value;
    json
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let mut world = World::new();
    let rule = set(
        "adopt-counting-rule",
        "rule",
        json!({"rule": "CR-1", "text_ja": "延べ", "text_en": "contacts", "stated": true}),
    );
    let period = set(
        "set-period",
        "period",
        json!({"preparation_from": "2021-08-02", "starts_on": "2021-08-01", "ends_on": "2024-03-31"}),
    );
    let planned = set(
        "set-planned-number",
        "planned",
        json!({"service": "advisor-training",
        "low": 2, "high": 1, "unit": "名", "count_rule_ja": "人", "approximate": false}),
    );

    world.did(rule.clone());

    assert_eq!(world.refuses(rule), ("ALREADY_RECORDED", "rule"));
    assert_eq!(world.refuses(period), ("STEPS_OUT_OF_ORDER", "period"));
    assert_eq!(world.refuses(planned), ("NOT_A_NUMBER", "planned"));
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn a_programme_is_set_up_once_and_at_once() {
    let mut world = World::new();
    let value = |name: &str, field: &str| {
        let example: Value = serde_json::from_str(crate::Command::example(name).unwrap()).unwrap();
        example[field].clone()
    };
    let set_up = crate::command::SetUpProgramme {
        occurred: ledger_core::time::Occurred::parse("2020-12-17").unwrap(),
        definition: read(value("define-programme", "definition")),
        period: read(value("set-period", "period")),
        opening_hours: read(value("set-opening-hours", "opening_hours")),
        calendar: read(value("set-holiday-calendar", "calendar")),
        planned: vec![read(value("set-planned-number", "planned"))],
        rules: vec![read(value("adopt-counting-rule", "rule"))],
        further: vec![ProgrammeEvent::AreaTableSet(AreaTableSet {
            areas: read(value("set-area-table", "areas")),
        })],
    };
    let mut twice = set_up.clone();
    twice.rules.extend(set_up.rules.clone());

    assert_eq!(world.refuses_decision(&twice), ("ALREADY_RECORDED", "rule"));
    let events = world.does(&set_up);

    let wanted = [
        "programme-defined",
        "programme-period-set",
        "opening-hours-set",
        "holiday-calendar-set",
        "planned-number-set",
        "counting-rule-adopted",
        "area-table-set",
    ];
    assert_eq!(names(&events), wanted);
    assert_eq!(
        world.refuses_decision(&set_up),
        ("ALREADY_REGISTERED", "definition")
    );
}

#[test]
fn opening_hours_go_only_where_others_stand() {
    let mut world = World::new();
    let hours: Value =
        serde_json::from_str(crate::Command::example("set-opening-hours").unwrap()).unwrap();
    let first = world.did(hours.clone())[0].0;
    let annul = json!({"command": "annul-event", "stream": "programme",
        "target": first.to_string(), "reason": "typo"});

    assert_eq!(world.refuses(annul.clone()), ("SETTING_NEEDED", "target"));
    world.did(hours);
    assert_eq!(names(&world.did(annul)), ["event-annulled"]);
}

fn setting(name: &str, mut fields: Value) -> Value {
    fields["command"] = json!(name);
    fields["occurred"] = json!("2021-08-02");
    fields
}

fn period() -> Value {
    set(
        "set-period",
        "period",
        json!({"preparation_from": "2021-04-01", "starts_on": "2021-08-01", "ends_on": "2024-03-31"}),
    )
}

#[test]
fn the_start_moves_within_the_period_and_for_a_reason() {
    let mut world = World::new();
    let to = |day: &str, reason: &str| {
        setting("move-start", json!({"starts_on": day, "reason": reason}))
    };
    let early = world.refuses(to("2021-09-01", "財政見通し"));
    assert_eq!(early, ("STEPS_OUT_OF_ORDER", "starts_on"));

    world.did(period());

    let refused = |day: &str, reason: &str| world.refuses(to(day, reason));
    assert_eq!(
        refused("2021-03-31", "前"),
        ("STEPS_OUT_OF_ORDER", "starts_on")
    );
    assert_eq!(
        refused("2024-04-01", "後"),
        ("STEPS_OUT_OF_ORDER", "starts_on")
    );
    assert_eq!(
        refused("2021-08-01", "同じ"),
        ("NOTHING_CHANGES", "starts_on")
    );
    assert_eq!(refused("2021-09-01", " "), ("MISSING_VALUE", "reason"));
    let moved = world.did(to("R3.9.1", "財政見通し"));
    assert_eq!(names(&moved), ["programme-start-moved"]);
    assert_eq!(
        world.refuses(to("2021-09-01", "もう一度")),
        ("NOTHING_CHANGES", "starts_on")
    );
}

#[test]
fn an_operator_is_appointed_with_ground_and_term() {
    let mut world = World::new();
    let appoint = |operator: &str, basis: &str, ends: &str| {
        setting(
            "appoint-contractor",
            json!({"operator": operator, "method": "随意契約",
            "starts_on": "2021-08-01", "ends_on": ends, "basis": basis}),
        )
    };

    assert_eq!(
        world.refuses(appoint("", "実績", "2024-03-31")),
        ("MISSING_VALUE", "operator")
    );
    assert_eq!(
        world.refuses(appoint("見本会", "", "2024-03-31")),
        ("MISSING_VALUE", "basis")
    );
    assert_eq!(
        world.refuses(appoint("見本会", "実績", "2021-07-31")),
        ("STEPS_OUT_OF_ORDER", "ends_on")
    );
    let appointed = world.did(appoint("見本会", "実績", "2024-03-31"));
    assert_eq!(names(&appointed), ["contractor-appointed"]);
}

#[test]
fn an_area_table_names_every_area_once() {
    let mut world = World::new();
    let table = |areas: Value| setting("set-area-table", json!({ "areas": areas }));
    let area = |code: &str, name: &str, number: &str| json!({"area": code, "name_ja": name, "number": number});
    let first = area("setagaya", "世田谷", "01");

    let refused = |areas: Value| world.refuses(table(areas));
    assert_eq!(refused(json!([])), ("MISSING_VALUE", "areas"));
    assert_eq!(
        refused(json!([area("kinuta", "", "04")])),
        ("MISSING_VALUE", "areas")
    );
    for double in [
        area("setagaya", "北沢", "02"),
        area("kitazawa", "世田谷", "02"),
        area("kitazawa", "北沢", "01"),
    ] {
        assert_eq!(
            refused(json!([first, double])),
            ("ALREADY_RECORDED", "areas")
        );
    }
    let set = world.did(table(json!([first, area("kitazawa", "北沢", "02")])));
    assert_eq!(names(&set), ["area-table-set"]);
}

#[test]
fn a_code_table_grows_by_versions_and_keeps_its_codes() {
    let mut world = World::new();
    let revise = |table: &str, version: u32, terms: Value| {
        let fields = json!({"table": table, "version": version, "terms": terms});
        setting("revise-code-table", fields)
    };
    let terms = json!([{"code": "discharge", "term_ja": "退院・在宅移行"}]);

    let refused = |table, version, terms| world.refuses(revise(table, version, terms));
    assert_eq!(
        refused("colour", 1, terms.clone()),
        ("UNKNOWN_CODE", "table")
    );
    assert_eq!(
        refused("topic", 0, terms.clone()),
        ("ALREADY_RECORDED", "version")
    );
    assert_eq!(
        refused("topic", 2, terms.clone()),
        ("VERSION_WITHOUT_PREDECESSOR", "version")
    );
    assert_eq!(refused("topic", 1, json!([])), ("MISSING_VALUE", "terms"));
    let unknown = json!([{"code": "weather", "term_ja": "天気"}]);
    assert_eq!(refused("topic", 1, unknown), ("UNKNOWN_CODE", "terms"));
    let twice = json!([terms[0], terms[0]]);
    assert_eq!(refused("topic", 1, twice), ("ALREADY_RECORDED", "terms"));
    world.did(revise("topic", 1, terms.clone()));
    assert_eq!(
        world.refuses(revise("topic", 1, terms.clone())),
        ("ALREADY_RECORDED", "version")
    );
    world.did(revise("topic", 2, terms));
}

#[test]
fn a_known_population_has_a_source_and_lies_in_the_ward() {
    let mut world = World::new();
    let known = |area: &str, persons: u32, source: &str| {
        let fields = json!({"area": area, "persons": persons, "source": source});
        setting("set-known-population", fields)
    };

    assert_eq!(
        world.refuses(known("区外", 3, "調査")),
        ("UNKNOWN_CODE", "area")
    );
    assert_eq!(
        world.refuses(known("砧", 1_000_001, "調査")),
        ("NOT_A_NUMBER", "persons")
    );
    assert_eq!(
        world.refuses(known("砧", 40, "")),
        ("MISSING_VALUE", "source")
    );
    assert_eq!(
        names(&world.did(known("砧", 40, "調査"))),
        ["known-population-set"]
    );
}

#[test]
fn a_post_is_at_most_two_full_ones_and_ends_once() {
    let mut world = World::new();
    let post = |fields: Value| {
        let mut all =
            json!({"post": id("post", "P1"), "kind": "相談員", "starts_on": "2021-08-01"});
        for (field, value) in fields.as_object().unwrap() {
            all[field] = value.clone();
        }
        setting("set-staff-post", all)
    };
    let end = |day: &str| {
        setting(
            "end-staff-post",
            json!({"post": id("post", "P1"), "ends_on": day}),
        )
    };
    let conflict = |note: &str| {
        let fields = json!({"post": id("post", "P1"), "note": note});
        setting("note-concurrent-conflict", fields)
    };

    let refused = |fields: Value| world.refuses(post(fields));
    assert_eq!(
        refused(json!({"fte_hundredths": 0})),
        ("NOT_A_NUMBER", "fte_hundredths")
    );
    assert_eq!(
        refused(json!({"fte_hundredths": 201})),
        ("NOT_A_NUMBER", "fte_hundredths")
    );
    assert_eq!(
        refused(json!({"concurrent_hundredths": 50})),
        ("NOT_CONCURRENT", "concurrent_hundredths")
    );
    assert_eq!(
        refused(json!({"concurrent": true, "concurrent_hundredths": 300})),
        ("NOT_A_NUMBER", "concurrent_hundredths")
    );
    assert_eq!(
        refused(json!({"ends_on": "2021-07-31"})),
        ("STEPS_OUT_OF_ORDER", "ends_on")
    );
    assert_eq!(world.refuses(end("2022-03-31")), ("UNKNOWN_POST", "post"));
    assert_eq!(world.refuses(conflict("重なり")), ("UNKNOWN_POST", "post"));
    world.did(post(json!({"fte_hundredths": 150})));
    assert_eq!(
        world.refuses(conflict("重なり")),
        ("NOT_CONCURRENT", "post")
    );
    world.did(post(json!({"fte_hundredths": 150, "concurrent": true})));
    assert_eq!(world.refuses(conflict(" ")), ("MISSING_VALUE", "note"));
    let noted = world.did(conflict("相談の時間が重なった"));
    assert_eq!(names(&noted), ["concurrent-post-conflict-noted"]);
    assert_eq!(
        world.refuses(end("2021-07-31")),
        ("STEPS_OUT_OF_ORDER", "ends_on")
    );
    world.did(end("2022-03-31"));
    assert_eq!(
        world.refuses(end("2022-03-31")),
        ("ALREADY_RECORDED", "post")
    );
}

#[test]
fn a_required_level_and_a_term_are_ones_that_there_are_and_change_something() {
    let mut world = World::new();
    let require = |level: u32| {
        let fields = json!({"competency": "プランの作成", "level": level});
        setting("require-competency", fields)
    };
    let term = |term: &str, days: u32| {
        setting(
            "set-review-term",
            json!({"term": term, "days": days, "business_days": true}),
        )
    };

    assert_eq!(world.refuses(require(5)), ("NOT_A_NUMBER", "level"));
    world.did(require(3));
    assert_eq!(world.refuses(require(3)), ("NOTHING_CHANGES", "level"));
    world.did(require(2));
    assert_eq!(
        world.refuses(term("tea-break", 3)),
        ("UNKNOWN_CODE", "term")
    );
    assert_eq!(
        world.refuses(term("referral-receipt", 0)),
        ("NOT_A_NUMBER", "days")
    );
    assert_eq!(
        world.refuses(term("referral-receipt", 3_651)),
        ("NOT_A_NUMBER", "days")
    );
    world.did(term("follow-up-ahead", 14));
    world.did(term("referral-receipt", 3));
    assert_eq!(
        world.refuses(term("referral-receipt", 3)),
        ("NOTHING_CHANGES", "days")
    );
}
