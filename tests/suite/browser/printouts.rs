//! What is printed in a real browser: clean, on A4, the scorecard on one sheet.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::serving::Serving;
use serde_json::{Value, json};

use super::travel;
use crate::pages::id_of;
use crate::pages::person::referral;
use crate::pages::{
    BINARY, PASSWORD, ask_for_no_second_factor, centre, committee, said, sign_in_new,
};

/// Has an account sign in, and prints pages of it: each with texts that stand on it, and on how many sheets.
async fn print(serving: &Serving, account: &str, sheets: &[Value]) {
    let told = json!({
        "address": format!("http://localhost:{}", serving.address.port()),
        "password": PASSWORD,
        "papers": [{ "account": account, "sheets": sheets }],
    });
    travel("printouts", &told).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scorecard_of_every_year_is_printed_on_one_sheet() {
    let place = committee::samples().await;
    let serving = Serving::start(&place, BINARY);
    sign_in_new(&mut Browser::at(&serving), &place, "iin-1", "committee");
    let scorecards = [2021, 2022, 2023].map(|year| {
        let texts = [
            "総括表",
            "予定数に対する実績",
            "台帳の位置",
            "あわせて見る数",
        ];
        json!({ "path": format!("/committee?fiscal_year={year}"), "texts": texts, "pages": 1 })
    });
    let others = [
        ("/committee/course", "月別の推移"),
        (
            "/committee/areas?fiscal_year=2022",
            "対象者のお住まいの地域",
        ),
        ("/committee/facilities?fiscal_year=2022", "10か所×4回の表"),
        ("/committee/disaster?fiscal_year=2023", "今夜停電したら"),
        ("/committee/referrals?fiscal_year=2022", "どこへつなぎ"),
        ("/committee/budget?fiscal_year=2021", "予算と執行"),
        ("/committee/meetings/2", "会議の資料"),
        ("/committee/requests", "満たされていない必要"),
        ("/figures?fiscal_year=2022", "実績"),
    ];
    let others = others.map(|(path, text)| json!({ "path": path, "texts": [text] }));
    let sheets: Vec<Value> = scorecards.into_iter().chain(others).collect();
    print(&serving, "iin-1", &sheets).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn timeline_plan_sheet_and_letter_of_a_person_are_printed_clean() {
    let place = centre(Engine::Sqlite).await;
    ask_for_no_second_factor(&place, "manager");
    let draft = "record draft-support-plan --child C101 --goals 自宅で暮らす --services 訪問看護 \
                 --discharge-planned-on 2024-05-01 --occurred 2024-04-10 --json";
    said(&place, draft);
    let plan = id_of(&place, "support-plan-drafted", "plan");
    let referral = referral(&place);
    let serving = Serving::start(&place, BINARY);
    sign_in_new(&mut Browser::at(&serving), &place, "kacho", "manager");
    let sheets = [
        (
            "/children/C101?view=print".to_owned(),
            vec!["経過", "見本 花子", "在宅生活支援プラン"],
        ),
        (
            format!("/children/C101/plans/{plan}"),
            vec!["自宅で暮らす", "見本 花子"],
        ),
        (
            "/children/C101/sheet".to_owned(),
            vec!["共有シート", "見本 花子"],
        ),
        (
            format!("/children/C101/referrals/{referral}/letter"),
            vec!["手当の案内をお願いします。", "見本 花子"],
        ),
    ];
    let sheets = sheets.map(|(path, texts)| json!({ "path": path, "texts": texts }));
    print(&serving, "kacho", &sheets).await;
}
