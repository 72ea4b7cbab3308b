//! What the pages are for is done on them by each role, on one ledger in which everything has happened.

use ledger_tests::program::Place;
use ledger_tests::serving::Serving;
use serde_json::{Value, json};

use super::simulated::Simulated;
use super::travel;
use crate::pages::{BINARY, PASSWORD, id_of, invited, position, said};

/// Who uses their pages.
const ROLES: [&str; 4] = ["committee", "auditor", "staff", "admin"];
/// Two persons of one name, each in the charge of one of the accounts of staff.
const TWINS: [&str; 2] = ["C201", "C202"];
/// Somebody in the charge of both.
const SIBLING: &str = "C203";
/// What they are all called.
const NAME: &str = "月島　権太";
const KANA: &str = "ツキジマ　ゴンタ";
/// What is going on with a twin.
const PLANS: [&str; 2] = [
    "draft-support-plan --goals 自宅で暮らす --services 訪問看護 --occurred 2024-04-10",
    "draft-disaster-plan --office centre --plan-text 車で避難する --occurred 2024-04-10",
];

/// Two accounts in a role, for one who comes with scripts and one without: each with a link, and a name for a new one.
fn accounts(place: &Place, role: &str) -> [Value; 2] {
    [1, 2].map(|way| {
        let account = format!("{role}-{way}");
        let link = invited(place, &account, role);
        json!({ "account": account, "link": link, "invited": format!("atarashii-{way}") })
    })
}

fn record(place: &Place, line: &str) {
    said(place, &format!("record {line} --json"));
}

/// Registers a person in whose charge accounts of staff are.
fn registered(place: &Place, number: &str, accounts: &[usize]) {
    let called = format!("--number {number} --name {NAME} --kana {KANA}");
    let born = "--birth-date 2019-10-15 --area kinuta --occurred 2024-04-01";
    record(place, &format!("register-child {called} {born}"));
    for account in accounts {
        let charge = format!("--account staff-{account} --charge deputy --occurred 2024-04-01");
        record(place, &format!("assign-staff --child {number} {charge}"));
    }
}

/// Plans of a person, of which the family agreed to the one for a disaster, longer than a year ago.
fn planned(place: &Place, number: &str) {
    for command in PLANS {
        record(place, &format!("{command} --child {number}"));
    }
    let plan = id_of(place, "disaster-plan-drafted", "plan");
    let agree = format!("agree-disaster-plan --child {number} --plan {plan} --version 1");
    record(place, &format!("{agree} --occurred 2024-04-12"));
}

/// A consultation whose duration was corrected, which is no secret.
fn corrected(place: &Place, number: &str) {
    let talk = "record-consultation --consulter guardian --channel phone --topics school-entry \
                --content 就学の相談 --duration-minutes 20 --occurred 2024-05-01T10:00";
    record(place, &format!("{talk} --children {number}"));
    let target = position(place);
    let clear = r#"clear={"duration_minutes":30}"#;
    let correct = format!("correct-event --target #{target} --set {clear} --reason typo");
    record(place, &correct);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_does_on_its_pages_what_they_are_for() {
    let Simulated {
        place,
        mut numbers,
        mut names,
    } = Simulated::new().await;
    let people = ROLES.map(|role| (role.to_owned(), json!(accounts(&place, role))));
    for (account, number) in (1..).zip(TWINS) {
        registered(&place, number, &[account]);
        planned(&place, number);
    }
    registered(&place, SIBLING, &[1, 2]);
    corrected(&place, SIBLING);
    numbers.extend(TWINS.iter().chain([&SIBLING]).map(|&one| one.to_owned()));
    names.extend([NAME, KANA].map(str::to_owned));
    let serving = Serving::start(&place, BINARY);
    let told = json!({
        "address": format!("http://localhost:{}", serving.address.port()),
        "password": PASSWORD,
        "people": serde_json::Map::from_iter(people),
        "twins": TWINS,
        "sibling": SIBLING,
        "numbers": numbers,
        "names": names,
    });
    travel("uses", &told).await;
}
