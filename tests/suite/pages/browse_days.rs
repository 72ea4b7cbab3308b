//! The log is looked through by the day on which things happened; what does not say when is told and found.

use ledger_core::code::Register;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;
use serde_json::Value;

use super::browse::{all, days_late, in_japan, played, positions};
use super::{BINARY, centre, signed_in};

/// Takes in a person and a referral of theirs whose report has no date.
pub(super) async fn import_an_undated_report(place: &Place) {
    let folder = place.folder().join("undated");
    std::fs::create_dir(&folder).unwrap();
    let persons = "対象者番号,氏名,フリガナ,生年月日,総合支所,人工呼吸器,医療的ケア,運動機能障害,重症心身障害認定,出生体重g,初回把握日,保護者氏名,続柄\n\
        D001,見本　一,ミホン,2018-04-02,砧,無,吸引,なし,無,2500,2022-04-01,見本　親,母\n";
    let referrals = "連携番号,対象者番号,連携日,連携先総合支所,連携先課,依頼内容,緊急度,受理日,受入決定日,受入不可日,受入不可の理由,完了日,結果,報告\n\
        R001,D001,2022-05-06,砧,保健福祉課,手当・医療費助成の案内,通常,2022-05-10,,,,,,報告書受領\n\
        R002,D001,2022-06-01,砧,保健福祉課,手当・医療費助成の案内,通常,,,,,,,\n";
    for (register, rows) in [
        (Register::Children, persons),
        (Register::Referrals, referrals),
    ] {
        let name = format!("{}.csv", register.ja());
        std::fs::write(folder.join(name), rows).unwrap();
    }
    let words = ["import", folder.to_str().unwrap(), "--json"];
    let taken = place.run(&words).await.done().json();
    let taken: Vec<_> = taken["files"].as_array().unwrap().iter().collect();
    let taken: Vec<_> = taken.iter().map(|file| file["taken"].as_u64()).collect();
    assert_eq!(taken, [Some(1), Some(2)]);
}

/// The day on which an event happened, in Japan.
fn happened(event: &Value) -> Option<String> {
    let at = event["metadata"]["occurred"]["at"].as_str()?;
    Some(in_japan(at).to_string())
}

fn position(event: &Value) -> u64 {
    event["position"].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_of_days_of_occurrence_finds_what_happened_then_whenever_it_was_recorded() {
    let place = played().await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-9", "auditor");
    let events = all(&place);
    let mut days: Vec<String> = events.iter().filter_map(happened).collect();
    days.sort();
    let (from, to) = (&days[days.len() / 10], &days[days.len() * 9 / 10]);
    assert!(from < to, "{from} {to}");
    let is_in = |it: &&Value| happened(it).is_some_and(|day| &day >= from && &day <= to);

    let query = format!("occurred_from={from}&occurred_to={to}");
    let wanted: Vec<u64> = events.iter().filter(is_in).map(position).collect();
    assert!(wanted.len() < events.len());
    let oldest = positions(&mut auditor, &format!("{query}&order=old"));
    assert_eq!(oldest, wanted);
    let mut newest = positions(&mut auditor, &query);
    newest.reverse();
    assert_eq!(newest, wanted);

    // With other filters, and taken along.
    let query = format!("{query}&category=child&delay=3");
    let late = events.iter().filter(is_in).filter(|it| {
        let stream = it["stream"].as_str().unwrap();
        stream.starts_with("child-") && days_late(it) >= Some(3)
    });
    let late: Vec<u64> = late.map(position).collect();
    assert!(!late.is_empty());
    assert_eq!(positions(&mut auditor, &format!("{query}&order=old")), late);
    let taken = auditor.open(&format!("/events?{query}&format=csv"));
    assert_eq!(taken.status, 200, "{}", taken.body);
    // The head, an empty line and who took it.
    assert_eq!(taken.body.matches("\r\n").count(), late.len() + 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_by_occurrence_is_in_its_order_and_jumps_to_a_day_of_it() {
    let place = played().await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-9", "auditor");
    let events = all(&place);
    let dated = events
        .iter()
        .filter_map(|it| Some((happened(it)?, position(it))));
    let mut dated: Vec<(String, u64)> = dated.collect();
    dated.sort();
    let of = |dated: &[(String, u64)]| -> Vec<u64> { dated.iter().map(|(_, at)| *at).collect() };

    let oldest = positions(&mut auditor, "order=occurred-old");
    assert_eq!(oldest, of(&dated));
    let day = dated[dated.len() / 2].0.clone();
    let since = dated.partition_point(|(one, _)| *one < day);
    let until = dated.partition_point(|(one, _)| *one <= day);
    let jumped = positions(&mut auditor, &format!("order=occurred-old&day={day}"));
    assert_eq!(jumped, of(&dated[since..]));
    let mut back = positions(&mut auditor, &format!("order=occurred&day={day}"));
    back.reverse();
    assert_eq!(back, of(&dated[..until]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_say_when_it_happened_is_told_and_found() {
    let place = centre(Engine::Sqlite).await;
    import_an_undated_report(&place).await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-9", "auditor");
    let undated = all(&place)
        .into_iter()
        .filter(|it| it["type"] == "referral-feedback-received");
    let undated: Vec<u64> = undated.map(|it| position(&it)).collect();
    assert_eq!(undated.len(), 1);

    let page = auditor
        .open("/events?category=child&occurred_from=2022-05-01&occurred_to=2022-05-31")
        .body;
    assert!(
        page.contains("日付不明の記録1件は、この一覧に含めていません"),
        "{page}"
    );
    assert!(
        page.contains("<a href=\"?category=child&#38;dated=no\">日付不明の記録を見る</a>"),
        "{page}"
    );
    assert!(page.contains("<li>2022-05-01以後の出来事 "), "{page}");
    assert!(page.contains("<li>2022-05-31以前の出来事 "), "{page}");
    let found = positions(&mut auditor, "category=child&dated=no");
    assert_eq!(found, undated);
    let page = auditor.open("/events?category=child&dated=no").body;
    assert!(page.contains("<td>日付不明</td>"), "{page}");
    assert!(!page.contains("日付不明の記録を見る"), "{page}");

    let by_day = format!("order=occurred&from={}", undated[0]);
    for (query, told) in [
        ("occurred_from=2022-13-01", "「出来事の日（から）」"),
        ("occurred_to=soon", "「出来事の日（まで）」"),
        (
            "occurred_from=2022-05-02&occurred_to=2022-05-01",
            "始まりが終わりより後",
        ),
        ("dated=no&occurred_to=2022-05-01", "日付不明の記録を"),
        (&by_day, "には出来事の日がない"),
    ] {
        let answer = auditor.open(&format!("/events?{query}"));
        assert_eq!(answer.status, 422, "{query}: {}", answer.body);
        assert!(answer.body.contains(told), "{query}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_recorded_and_has_no_account_is_told_as_what_they_are() {
    let place = centre(Engine::Sqlite).await;
    let line = "record start-care-procedure --child C101 --procedure suction --occurred 2021-09-01";
    let line = line.split(' ').map(str::to_owned);
    let options = place.options_with("--actor", "os:unknown");
    let line: Vec<String> = line.chain(options).collect();
    let _recorded = place.run_exactly(&line).await.done();
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-9", "auditor");

    let page = auditor.open("/events?by=os:unknown").body;

    assert!(
        page.contains("<td>不明な利用者（os:unknown）</td>"),
        "{page}"
    );
    let file = auditor.open("/events?by=os:unknown&format=csv").body;
    assert!(file.contains(",os:unknown,"), "{file}");
}
