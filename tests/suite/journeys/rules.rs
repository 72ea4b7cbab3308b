//! What staff meet of the centre's rules: what is named by the beginning of an id, what is owed to
//! others, offices that a consent names, merged persons, and text that no terminal should obey.

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};

async fn place(engine: Engine) -> Place {
    let place = Place::initialised(engine).await;
    for (number, name) in [("C101", "見本花子"), ("C102", "見本太郎")] {
        place
            .told(&format!(
                "register-child --number {number} --name {name} --birth-date R3.4.2 --area 砧 --occurred R3.8.5"
            ))
            .await;
    }
    place
}

/// Records a line of words as somebody.
async fn by(place: &Place, actor: &str, line: &str) -> Answer {
    let words = ["record"].into_iter().chain(line.split(' '));
    let words = words.map(str::to_owned);
    let line: Vec<String> = words.chain(place.options_with("--actor", actor)).collect();
    place.run_exactly(&line).await
}

async fn answer(place: &Place, line: &str) -> Answer {
    by(place, "test:mihon", line).await
}

async fn timeline(place: &Place, child: &str) -> String {
    place.run(&["timeline", child]).await.done().out
}

async fn work_list(place: &Place, on: &str) -> String {
    place.run(&["work-list", "--on", on]).await.done().out
}

/// The beginning of an id that a line of a text ends with.
fn last_word<'a>(text: &'a str, line: &str) -> &'a str {
    let found = text.lines().find(|one| one.contains(line)).unwrap();
    found.split_whitespace().last().unwrap()
}

/// What others referred to the centre was in no list, and lists and timelines named it `-`.
async fn what_is_owed_to_a_hospital_is_found_in_the_list_and_done_by_what_it_shows(engine: Engine) {
    let place = place(engine).await;
    place
        .told("make-referral --child C101 --direction from --party hospital --office 見本病院 --urgency 通常 --due-on R4.5.31 --occurred R4.5.10")
        .await;
    place
        .told("start-hospital-stay --child C102 --occurred R4.5.1 --hospital 見本病院")
        .await;
    let stay = place.json(&["timeline", "C102"]).await;
    let stay = stay["entries"][1]["fields"]["stay"]
        .as_str()
        .unwrap()
        .to_owned();
    let notice = "receive-discharge-notice --child C102 --occurred R4.5.10 --planned-on R4.6.30";
    place.told(&format!("{notice} --stay {}", &stay[..8])).await;

    let list = work_list(&place, "2022-05-11").await;
    assert!(
        list.contains("受入れを決めるセンターへの連携 1件"),
        "{list}"
    );
    assert!(list.contains("プランを始める退院の連絡 1件"), "{list}");
    let referral = last_word(&list, "C101");
    assert!(timeline(&place, "C101").await.contains(referral));

    place
        .told(&format!(
            "accept-referral --child C101 --referral {referral} --occurred R4.5.12"
        ))
        .await;
    let list = work_list(&place, "2022-05-31").await;
    assert!(
        list.contains("対応の期限のあるセンターへの連携 1件"),
        "{list}"
    );
    place
        .told(&format!("complete-referral --child C101 --referral {referral} --outcome served --occurred R4.5.31"))
        .await;
    let list = work_list(&place, "2022-06-01").await;
    assert!(
        list.contains("結果を報告するセンターへの連携 1件"),
        "{list}"
    );
    place
        .told(&format!("receive-feedback --child C101 --referral {referral} --feedback 報告した --occurred R4.6.1"))
        .await;
    let list = work_list(&place, "2022-06-02").await;
    assert!(!list.contains("センターへの連携"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_to_a_hospital_is_found_in_the_list_and_done_on_sqlite() {
    what_is_owed_to_a_hospital_is_found_in_the_list_and_done_by_what_it_shows(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_to_a_hospital_is_found_in_the_list_and_done_on_postgres() {
    what_is_owed_to_a_hospital_is_found_in_the_list_and_done_by_what_it_shows(Engine::Postgres)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_was_asked_for_is_drafted_without_its_id_and_goes_where_the_consent_says() {
    let place = place(Engine::Sqlite).await;
    for office in ["O1", "O2"] {
        place
            .told(&format!("register-organisation --set organisation={office} --kind visiting-nursing --name 見本訪問看護 --occurred R3.8.5"))
            .await;
    }
    place
        .told("request-support-plan --child C101 --requested-by hospital --occurred R4.5.1")
        .await;
    place
        .told("draft-support-plan --child C101 --goals 在宅 --occurred R4.5.2")
        .await;
    let seen = timeline(&place, "C101").await;
    let line = seen
        .lines()
        .find(|line| line.starts_with("在宅生活支援プラン"))
        .unwrap();
    let plan = line.split([' ', ':']).nth(1).unwrap();

    let second = answer(
        &place,
        "draft-support-plan --child C101 --goals 別 --occurred R4.5.3",
    )
    .await;
    assert_eq!(second.code, 2);
    assert!(second.err.contains("--plan"), "{}", second.err);
    place
        .told(&format!(
            "agree-support-plan --child C101 --plan {plan} --version 1 --occurred R4.5.4"
        ))
        .await;
    place
        .told("give-consent --child C101 --recipients visiting-nursing --organisations O1 --data support-plan --purpose support --form written --given-by guardian --occurred R4.5.4")
        .await;
    let deliver =
        format!("deliver-support-plan --child C101 --plan {plan} --version 1 --occurred R4.5.5");
    let other = answer(&place, &format!("{deliver} --organisations O2")).await;
    assert_eq!(other.code, 2);
    assert!(other.err.contains("同意"), "{}", other.err);
    place.told(&format!("{deliver} --organisations O1")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_tells_what_a_linked_inquiry_said_and_numbers_the_others() {
    let place = place(Engine::Sqlite).await;
    let inquiry = place
        .told("inquiry --consulter 病院 --channel 電話 --topics 退院 --content 退院後の生活 --occurred R3.8.6")
        .await;
    assert!(!timeline(&place, "C101").await.contains("退院後の生活"));
    place
        .told(&format!(
            "link-inquiry --child C101 --inquiry {inquiry} --occurred R3.8.7"
        ))
        .await;
    let seen = timeline(&place, "C101").await;
    assert!(seen.contains("退院後の生活"), "{seen}");

    place
        .told("consultation --children C101 --consulter 保護者 --channel 電話 --topics 就学 --occurred R3.9.1")
        .await;
    let position = place.position().await;
    place
        .told(&format!(
            "reassign-event --target {position} --to C102 --reason wrong-person"
        ))
        .await;
    let (from, to) = (
        timeline(&place, "C101").await,
        timeline(&place, "C102").await,
    );
    assert!(from.contains("付替え先の対象者: C102"), "{from}");
    assert!(to.contains("付替え元の対象者: C101"), "{to}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alias_says_into_whom_it_was_merged() {
    let place = place(Engine::Sqlite).await;
    place
        .told("suspect-duplicate --child C101 --other C102 --evidence birth-date --occurred R4.5.1")
        .await;
    let child = place.json(&["timeline", "C101"]).await["person"]["child"].clone();
    let child = child.as_str().unwrap();
    place
        .told("open-account --name test:second --role manager --occurred R4.5.1")
        .await;
    let approval = "019a0000-0000-7000-8000-000000000009";
    place
        .told(&format!("request-approval --set approval={approval} --act merge --stream child-{child} --absorbed C102 --reason 同じ人 --occurred R4.5.2"))
        .await;
    let granted = format!("grant-approval --approval {approval} --occurred R4.5.3");
    let _granted = by(&place, "test:second", &granted).await.done();
    place
        .told(&format!(
            "merge-cases --survivor C101 --absorbed C102 --approval {approval} --occurred R4.5.4"
        ))
        .await;

    let seen = timeline(&place, "C102").await;
    assert!(seen.contains("C101 に統合されています"), "{seen}");
    let new = "consultation --children C102 --consulter 保護者 --channel 電話 --topics 就学 --occurred R4.6.1";
    let refused = answer(&place, new).await;
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("C101"), "{}", refused.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_holds_what_a_terminal_would_obey() {
    let place = place(Engine::Sqlite).await;
    let consult = "consultation --children C101 --consulter 保護者 --channel 電話 --topics 就学 --occurred R3.9.1";
    for (more, option) in [
        ("--content 赤\u{1b}[31m字", "--content"),
        ("--duration-minutes 0", "--duration-minutes"),
    ] {
        let refused = answer(&place, &format!("{consult} {more}")).await;
        assert_eq!(refused.code, 64, "{}", refused.err);
        assert!(refused.err.contains(option), "{}", refused.err);
        assert!(!refused.err.contains('\u{1b}'));
    }
    let long = "1".repeat(41);
    let number = format!("register-child --number {long} --name 見本 --area 砧 --occurred R3.8.5");
    assert_eq!(answer(&place, &number).await.code, 64);
    let unknown = "ask-audit-question --engagement 019a0000-0000-7000-8000-000000000009 --event 019a0000-0000-7000-8000-000000000008 --text 確認 --occurred R4.5.1";
    let unknown = answer(&place, unknown).await;
    assert!(
        unknown.err.contains("UNKNOWN_EVENT") || unknown.err.contains("記録はありません"),
        "{}",
        unknown.err
    );
}
