//! What somebody chooses from instead of knowing it by heart, and where the way goes on from what is due.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::serving::Serving;

use super::acts::{give, newest};
use super::{BINARY, centre, put_in_charge, said, signed_in};

/// The list in which the field of a name is chosen.
pub(super) fn list<'p>(page: &'p str, field: &str) -> &'p str {
    let begins = format!("<select id=\"{field}\"");
    let (_, list) = page.split_once(&begins).expect("a list to choose from");
    list.split("</select>").next().unwrap()
}

/// The value of the option of a list that tells this.
pub(super) fn option(list: &str, told: &str) -> String {
    let mut options = list.split("<option value=\"").skip(1);
    let option = options.find(|one| one.contains(told));
    let option = option.unwrap_or_else(|| panic!("{told}: {list}"));
    option.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_an_answer_and_what_can_be_set_is_chosen() {
    let place = centre(Engine::Sqlite).await;
    for line in [
        "make-request --occurred R4.10.3 --addressee 国 --due-on 2023-03-31 --text 助成を求める。",
        "receive-opinion --occurred R4.11.1 --text 送迎が足りない。",
        "open-audit --occurred R5.1.10 --from-position 1 --to-position 9",
    ] {
        place.told(line).await;
    }
    let meeting = place
        .told("convene-meeting --occurred R4.4.1 --planned-on 2022-05-19 --nth 1")
        .await;
    let on = format!("--meeting {meeting} --occurred R4.5.19");
    place
        .told(&format!("hold-meeting {on} --attendee-count 7"))
        .await;
    place
        .told(&format!(
            "make-recommendation {on} --addressee センター --due-on 2022-09-30 --text 進める。"
        ))
        .await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");

    for (command, field, told) in [
        ("answer-request", "request", "国　令和4年10月3日"),
        ("answer-opinion", "opinion", "連絡協議会　令和4年11月1日"),
        ("give-audit-answer", "engagement", "#1〜#9　令和5年1月10日"),
        ("answer-recommendation", "recommendation", "センターへ"),
        ("set-review-term", "term", "連携の受理の確認"),
    ] {
        let form = manager.open(&format!("/acts/{command}")).body;
        let list = list(&form, field);
        assert!(list.contains(told), "{command}: {list}");
        assert!(!list.contains("助成"), "{command}: {list}");
    }
    // The work list of who may not answer leads to where it stands.
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let today = staff.open("/").body;
    for path in ["/committee/recommendations", "/committee/requests"] {
        assert!(
            today.contains(&format!("<a href=\"{path}\">")),
            "{path}: {today}"
        );
    }
    answers_what_is_recommended(&mut manager);
    let setting = "record set-review-term --term long-overdue --days 500 --business-days false --occurred 2024-04-01 --json";
    said(&place, setting);
    let position = newest(&place, "review-term-set");
    let event = manager.open(&format!("/events/{position}")).body;
    assert!(
        event.contains("災害時個別支援計画の検証の長期超過"),
        "{event}"
    );
}

/// The recommendation tells which meeting made it.
fn answers_what_is_recommended(manager: &mut Browser<'_>) {
    let path = "/acts/answer-recommendation";
    let form = manager.open(path);
    assert!(!form.body.contains("name=\"meeting\""), "{}", form.body);
    let chosen = option(list(&form.body, "recommendation"), "センターへ");
    let answer = |recommendation| {
        [
            ("recommendation", recommendation),
            ("text", "進めました。"),
            ("occurred", "2022-06-01"),
        ]
    };
    let none = give(manager, path, &answer(""));
    assert_eq!(none.status, 422, "{}", none.body);
    assert_eq!(
        none.body.matches("<li><a href=\"#").count(),
        1,
        "{}",
        none.body
    );
    let unknown = give(
        manager,
        path,
        &answer("01900000-0000-7000-8000-00000000abcd"),
    );
    assert_eq!(unknown.status, 422, "{}", unknown.body);
    let told = "<a href=\"#recommendation\">";
    assert!(unknown.body.contains(told), "{}", unknown.body);
    let given = give(manager, path, &answer(&*chosen));
    assert_eq!(given.status, 200, "{}", given.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_recorded_from_the_childs_timeline() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    said(
        &place,
        "record schedule-follow-up --child C101 --what 電話する --due-on 2024-04-20 --occurred 2024-04-12 --json",
    );
    said(
        &place,
        "record make-referral --child C101 --direction to --party district-centre --area kinuta --section health-promotion --urgency normal --reason health-visit --occurred 2024-03-01 --json",
    );
    let today = staff.open("/").body;
    assert!(
        today.contains("<small>砧 健康づくり課へ</small>"),
        "{today}"
    );
    let (_, child) = today.split_once("href=\"/children/").expect("the child");
    let child = format!("/children/{}", child.split('"').next().unwrap());

    let now = staff.open(&child).body;
    let then = staff.open(&format!("{child}?as_of=2024-04-19")).body;
    let printed = staff.open(&format!("{child}?view=print")).body;

    assert!(now.contains("/acts/finish-follow-up?child=C101"), "{now}");
    assert!(now.contains("（砧 健康づくり課）: ☐受理"), "{now}");
    for past in [then, printed] {
        assert!(!past.contains("/acts/finish-follow-up"), "{past}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_asks_about_an_event_from_its_page() {
    let place = centre(Engine::Sqlite).await;
    place
        .told("open-audit --occurred R5.1.10 --from-position 1 --to-position 9")
        .await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let event = auditor.open("/events/3").body;
    let (_, path) = event
        .split_once("href=\"/acts/ask-audit-question?")
        .expect("a link");
    let path = path.split('"').next().unwrap();
    let id = path.strip_prefix("event=").unwrap();

    let form = auditor
        .open(&format!("/acts/ask-audit-question?{path}"))
        .body;

    assert!(form.contains(&format!("value=\"{id}\"")), "{form}");
    let only = list(&form, "engagement");
    assert!(
        only.contains(" selected>"),
        "the only audit is chosen: {only}"
    );
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let event = staff.open("/events/3").body;
    assert!(!event.contains("ask-audit-question"), "{event}");
}

/// A root of nothing but zeros stood in an audit as found without fault.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_found_nothing_wrong_names_the_root_that_the_log_has() {
    let place = centre(Engine::Sqlite).await;
    place
        .told("open-audit --occurred R5.1.10 --from-position 1 --to-position 9")
        .await;
    let serving = Serving::start(&place, BINARY);
    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let index = auditor.open("/audit").body;
    let (_, head) = index.split_once("<p class=\"code\">").unwrap();
    let (position, root) = head.split('<').next().unwrap().split_once(':').unwrap();
    let path = "/acts/record-chain-verified";
    let form = auditor.open(path).body;
    let mut audits = list(&form, "engagement").split("<option value=\"");
    let audit = audits.find(|one| one.contains(" selected>")).unwrap();
    let audit = audit.split('"').next().unwrap();
    let zeros = "0".repeat(64);
    for (given, clean, status) in [
        (&*zeros, "yes", 422),
        (&zeros, "no", 200),
        (root, "yes", 200),
    ] {
        let fields = [
            ("engagement", audit),
            ("occurred", "2024-04-17"),
            ("occurred", ""),
            ("position", position),
            ("root", given),
            ("clean", clean),
        ];
        let told = give(&mut auditor, path, &fields);
        assert_eq!(told.status, status, "{given} {clean}: {}", told.body);
        assert!(status == 200 || told.body.contains(root), "{}", told.body);
    }
}
