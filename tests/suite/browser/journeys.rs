//! What each person does by keyboard alone, with scripts and without.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;
use serde_json::{Value, json};

use super::travel;
use crate::pages::{BINARY, PASSWORD, centre, id_of, invited, said, sign_in_new};

/// Somebody of whom nobody is in charge.
const OTHER: &str = "record register-child --number C102 --name 見本　花子 --kana ミホン　ハナコ \
                     --birth-date 2020-02-01 --area kinuta --occurred R3.8.6";

/// Has one role's journey made: by one account with scripts, by the other without.
async fn journey(role: &str) {
    journey_in(role, role).await;
}

/// Has a journey of this name made in a role.
async fn journey_in(role: &str, name: &str) {
    journey_at(&centre(Engine::Sqlite).await, role, name).await;
}

/// Has a journey made at a place.
async fn journey_at(place: &Place, role: &str, name: &str) {
    said(place, &format!("{OTHER} --json"));
    let serving = Serving::start(place, BINARY);
    let [first, second] = [1, 2].map(|way| person(place, &serving, role, way));
    let told = json!({
        // Under a name, as a number's pages are given no passkeys.
        "address": format!("http://localhost:{}", serving.address.port()),
        "password": PASSWORD,
        "number": "C101",
        "other": "C102",
        "name": "見本 花子",
        "first": first,
        "second": second,
    });
    travel(name, &told).await;
}

/// Who goes one way: an account with its link, somebody who works beside it, a name for a new one.
fn person(place: &Place, serving: &Serving, role: &str, way: usize) -> Value {
    let account = format!("{role}-{way}");
    let link = invited(place, &account, role);
    let colleague = format!("colleague-{way}");
    if role == "staff" {
        sign_in_new(&mut Browser::at(serving), place, &colleague, role);
        put_in_charge(place, &colleague);
        put_in_charge(place, &account);
    }
    let invited = format!("atarashii-{way}");
    json!({ "account": account, "link": link, "colleague": colleague, "invited": invited })
}

/// Puts one of several accounts in charge of C101.
fn put_in_charge(place: &Place, account: &str) {
    let assign = format!("record assign-staff --child C101 --account {account}");
    said(
        place,
        &format!("{assign} --charge deputy --occurred 2024-04-01 --json"),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_record_by_keyboard_and_lose_nothing() {
    journey("staff").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_registered_and_asked_for() {
    journey_in("staff", "second").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_outlasts_a_crash_for_its_account_alone() {
    journey_in("staff", "kept").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_loaded_anew_only_as_its_reader_comes_back() {
    journey_in("staff", "living").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_english_is_told_everything_in_english() {
    journey_in("staff", "english").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_manager_opens_a_person_and_prints() {
    journey("manager").await;
}

/// What has papers: two referrals, somebody to call, a plan of either kind.
const WITH_PAPERS: [&str; 5] = [
    "make-referral --direction to --party district-centre --area kitazawa --section health-welfare \
     --reason services --urgency normal --occurred 2024-04-10",
    "make-referral --direction to --party district-centre --area tamagawa --section health-welfare \
     --reason services --urgency normal --occurred 2024-04-11",
    "add-guardian --name 見本　和子 --relation 母 --contact 090-0000-0001 --occurred 2024-04-01",
    "draft-disaster-plan --office centre --plan-text 車で避難する --occurred 2024-04-10",
    "draft-support-plan --goals 自宅で暮らす --occurred 2024-04-10",
];

/// What is written into the plan that an event of a type began.
const SECTIONS: [(&str, &str); 2] = [
    (
        "disaster-plan-drafted",
        "write-disaster-plan-sections --power 公共施設で充電",
    ),
    (
        "support-plan-drafted",
        "write-plan-sections --medical 訪問診療は月2回",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn staff_tick_a_referral_off_and_take_papers_along() {
    let place = centre(Engine::Sqlite).await;
    let record = |command: &str| said(&place, &format!("record {command} --child C101 --json"));
    for command in WITH_PAPERS {
        record(command);
    }
    for (begun, write) in SECTIONS {
        let plan = id_of(&place, begun, "plan");
        record(&format!(
            "{write} --plan {plan} --version 1 --occurred 2024-04-11"
        ));
    }
    journey_at(&place, "staff", "papers").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_opens_events_by_keyboard() {
    journey("auditor").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_committee_chooses_a_year_and_comes_to_nobody() {
    journey("committee").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_invites_somebody_who_comes_in() {
    journey("admin").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_has_a_projection_made_anew_and_sees_it_end() {
    journey_in("admin", "rebuild").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_steps_through_a_record_jumps_and_lets_it_play() {
    let place = centre(Engine::Sqlite).await;
    for day in ["2024-03-26", "2024-03-27", "2024-03-28"] {
        let consultation = [
            "record record-consultation --children C101 --consulter guardian --channel phone",
            "--topics school-entry --content 就学の相談 --occurred",
            day,
        ];
        let words: Vec<&str> = consultation
            .iter()
            .flat_map(|part| part.split(' '))
            .collect();
        let _recorded = place.run(&words).await.done();
    }
    journey_at(&place, "auditor", "replay").await;
}
