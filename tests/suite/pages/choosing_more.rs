//! Choosing among what reads alike: referrals of one child, questions and findings of audits; and what waits is told.

use std::collections::BTreeSet;

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::acts::newest;
use super::choosing::list;
use super::{BINARY, centre, id_of, position, put_in_charge, said, signed_in};

/// What is called so in a list, without the words that ask to choose.
fn options(list: &str) -> Vec<&str> {
    let options = list.split("<option value=\"").skip(2);
    let called = options.map(|option| option.split_once('>').unwrap().1);
    called
        .map(|called| called.split('<').next().unwrap())
        .collect()
}

/// A referral of C101 on one day, by its id and where it stands.
fn referred(place: &Place, to: &str) -> (String, u64) {
    let made = "record make-referral --child C101 --direction to --urgency normal";
    let made = format!("{made} --occurred 2024-03-01 --party {to} --json");
    said(place, &made);
    let id = id_of(place, "referral-made", "referral");
    (id, newest(place, "referral-made"))
}

/// A step of a referral of C101.
fn stepped(place: &Place, step: &str, referral: &str) {
    let step = format!("record {step} --child C101 --referral {referral} --occurred 2024-03-04");
    said(place, &format!("{step} --json"));
}

#[tokio::test(flavor = "multi_thread")]
async fn referrals_of_one_day_are_told_apart_by_office_state_and_place() {
    let place = centre(Engine::Sqlite).await;
    let (district, _) = referred(
        &place,
        "district-centre --area kinuta --section health-promotion",
    );
    stepped(&place, "receive-referral", &district);
    said(
        &place,
        "record register-organisation --kind visiting-nursing --name 見本訪問看護 --area kinuta --occurred 2024-02-01 --json",
    );
    let office = id_of(&place, "organisation-registered", "organisation");
    let known = format!("visiting-nursing --organisation {office}");
    referred(&place, &known);
    // What the office is called is sealed where it is in no directory: these two read the same.
    let unknown = "visiting-nursing --office 見本ステーション";
    let alike = [referred(&place, unknown).1, referred(&place, unknown).1];
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");

    let form = staff.open("/acts/receive-referral?child=C101").body;

    let list = list(&form, "referral");
    let begun = "連携（つなぎ）　令和6年3月1日　";
    let nursing = format!("{begun}訪問看護・訪問リハビリへ");
    let told = [
        format!("{begun}砧 健康づくり課へ　決定待ち"),
        format!("{nursing}（見本訪問看護）　受理待ち"),
        format!("{nursing}　受理待ち　記録 #{}", alike[0]),
        format!("{nursing}　受理待ち　記録 #{}", alike[1]),
    ];
    assert_eq!(options(list), told, "{list}");
    assert!(!form.contains("見本ステーション"), "{form}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_referral_that_only_waits_for_its_report_is_not_called_open() {
    let place = centre(Engine::Sqlite).await;
    let (referral, _) = referred(
        &place,
        "district-centre --area kinuta --section health-promotion",
    );
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    for step in ["receive-referral", "accept-referral"] {
        stepped(&place, step, &referral);
    }
    let before = staff.open("/children/C101").body;
    stepped(&place, "complete-referral --outcome served", &referral);

    let page = staff.open("/children/C101").body;

    let ticks = "（砧 健康づくり課）: ☑受理 ☑受入決定 ☐報告";
    let waits = format!("報告待ちの連携{ticks}");
    assert!(before.contains(&format!("未完了の連携{ticks}")), "{before}");
    assert!(!before.contains("報告待ちの連携"), "{before}");
    assert!(page.contains(&waits), "{page}");
    assert!(!page.contains("未完了の連携"), "{page}");
    staff.send("/language", &[("to", "en")]);
    let english = staff.open("/children/C101").body;
    assert!(
        english.contains("Referral waiting for feedback"),
        "{english}"
    );
}

/// A step of an audit.
fn audited(place: &Place, audit: &str, step: &str) {
    said(place, &format!("record {step} --engagement {audit} --json"));
}

/// Asks about an event, and gives the question's id.
fn asked(place: &Place, audit: &str, event: &str) -> String {
    let ask = format!("ask-audit-question --event {event} --text 理由は。 --occurred 2024-04-05");
    audited(place, audit, &ask);
    id_of(place, "audit-question-asked", "question")
}

/// An audit of all so far, and the event of C101's registration with where it stands.
async fn opened(place: &Place) -> (String, String, u64) {
    let to = position(place);
    let open = format!("record open-audit --from-position 1 --to-position {to}");
    let opened = said(place, &format!("{open} --occurred 2024-04-02 --json"));
    let audit = opened["streams"][0]["stream"].as_str().unwrap();
    let audit = audit.strip_prefix("audit-").unwrap().to_owned();
    let at = newest(place, "child-registered");
    let event = place.json(&["events", "show", &at.to_string()]).await;
    (audit, event["id"].as_str().unwrap().to_owned(), at)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_and_a_finding_are_chosen_and_not_typed() {
    let place = centre(Engine::Sqlite).await;
    let (audit, event, at) = opened(&place).await;
    let first = asked(&place, &audit, &event);
    let second = asked(&place, &audit, &event);
    let asked_in = newest(&place, "audit-question-asked");
    let answer = format!("give-audit-answer --question {first} --text 訪問先で受けた。");
    audited(&place, &audit, &format!("{answer} --occurred 2024-04-08"));
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let mut member = signed_in(&serving, &place, "iin-1", "committee");

    let form = staff.open("/acts/give-audit-answer").body;

    let open = list(&form, "question");
    assert_eq!(options(open).len(), 1, "{open}");
    let begins = "監査 1　質問 2　令和6年4月5日　";
    let about = format!("{begins}#{at} ");
    let ends = format!("について　記録 #{asked_in}");
    for told in [begins, &about, &ends, &second] {
        assert!(open.contains(told), "{told}: {open}");
    }
    assert!(!form.contains("理由は。"), "{form}");
    // Staff, who do not read who opened what, answer a question about that without being told what it is about.
    put_in_charge(&place, "sato");
    assert_eq!(staff.open("/children/C101").status, 200);
    let opened = newest(&place, "personal-text-opened");
    let event = place.json(&["events", "show", &opened.to_string()]).await;
    asked(&place, &audit, event["id"].as_str().unwrap());
    let form = staff.open("/acts/give-audit-answer").body;
    let unread = list(&form, "question");
    assert!(unread.contains("この役割では見られない記録"), "{unread}");
    assert!(!unread.contains(&format!("#{opened} ")), "{unread}");
    // Whoever does not read the log answers no question about it.
    assert_eq!(member.open("/acts/give-audit-answer").status, 403);
    // A finding comes of a question that was answered as well.
    let form = auditor.open("/acts/issue-audit-finding").body;
    let all = list(&form, "question");
    let called: BTreeSet<&str> = options(all).into_iter().collect();
    assert_eq!(called.len(), 3, "{all}");
    let answered = called.iter().find(|one| one.contains("質問 1"));
    assert!(answered.unwrap().contains("について　回答済み"), "{all}");
    let issue = "issue-audit-finding --severity 軽微 --text 翌日に。 --occurred 2024-04-09";
    audited(&place, &audit, issue);
    let form = auditor.open("/acts/clear-audit-finding").body;
    let found = list(&form, "finding");
    let told = "監査 1　指摘 1　軽微　令和6年4月9日　記録 #";
    assert!(found.contains(told), "{found}");
    assert!(!found.contains("翌日に。"), "{found}");
    let engagement = list(&form, "engagement");
    assert!(engagement.contains("監査 1　#1〜#"), "{engagement}");
}

#[tokio::test(flavor = "multi_thread")]
async fn todays_work_tells_how_many_questions_of_audits_wait() {
    let place = centre(Engine::Sqlite).await;
    let (audit, event, _) = opened(&place).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let told = |count: usize| {
        format!("<a href=\"/audit/engagements\">監査の質問 {count}件が回答を待っています</a>")
    };
    let waits = "件が回答を待っています";

    let none = staff.open("/").body;
    let first = asked(&place, &audit, &event);
    asked(&place, &audit, &event);
    let both = staff.open("/").body;
    let answer = format!("give-audit-answer --question {first} --text 訪問先で受けた。");
    audited(&place, &audit, &format!("{answer} --occurred 2024-04-08"));
    let one = staff.open("/").body;
    let given = newest(&place, "audit-answer-given");
    let why = "--reason duplicate --explanation 別の質問への回答";
    said(
        &place,
        &format!("record annul-event --target #{given} {why} --json"),
    );
    let again = staff.open("/").body;
    let close = "close-audit --reason 次年度に見る。 --occurred 2024-04-20";
    audited(&place, &audit, close);
    let closed = staff.open("/").body;

    assert!(!none.contains(waits), "{none}");
    assert!(both.contains(&told(2)), "{both}");
    assert!(one.contains(&told(1)), "{one}");
    assert!(again.contains(&told(2)), "an answer was annulled: {again}");
    assert!(!closed.contains(waits), "nobody answers any more: {closed}");
}
