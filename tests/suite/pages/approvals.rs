//! Somebody asks for an approval, another grants it, and it is used: each finds the way from the pages alone.

use ledger_tests::ledger::Engine;
use ledger_tests::serving::{Response, Serving};

use super::acts::{give, newest};
use super::choosing::list;
use super::{BINARY, centre, put_in_charge, signed_in};

/// Where the first link of a page that begins so leads to.
fn link(page: &Response, begins: &str) -> String {
    let (_, rest) = page
        .body
        .split_once(&format!("href=\"{begins}"))
        .expect("a link");
    let rest = rest.split('"').next().unwrap().replace("&#38;", "&");
    format!("{begins}{rest}")
}

/// The value of the option of a list that tells this.
fn option(list: &str, told: &str) -> String {
    let mut options = list.split("<option value=\"").skip(1);
    let option = options.find(|one| one.contains(told));
    let option = option.unwrap_or_else(|| panic!("{told}: {list}"));
    option.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_that_a_meeting_was_shown_is_changed_with_the_approval_of_somebody_else() {
    let place = centre(Engine::Sqlite).await;
    let talk = "consultation --children C101 --consulter 保護者 --channel 電話 --topics 就学";
    place
        .told(&format!("{talk} --occurred 2021-08-06T10:00"))
        .await;
    let target = place.position().await;
    let convene = "convene-meeting --occurred R4.4.28 --nth 2 --planned-on 2022-05-19";
    let meeting = place.told(&format!("{convene} --agenda 実施状況")).await;
    let freeze = format!("freeze-materials --meeting {meeting} --occurred R4.5.12");
    place
        .told(&format!("{freeze} --fiscal-year 2021 --on-day 2022-03-31"))
        .await;
    let serving = Serving::start(&place, BINARY);
    let mut asks = signed_in(&serving, &place, "sato", "manager");
    let mut grants = signed_in(&serving, &place, "kacho", "manager");
    put_in_charge(&place, "sato");
    let amend = format!("/events/{target}/amend?act=annul");

    let refused = give(&mut asks, &amend, &[("reason", "duplicate")]);

    assert_eq!(refused.status, 422, "{}", refused.body);
    let request = link(&refused, "/acts/request-approval?");
    let form = asks.open(&request);
    let stream = option(list(&form.body, "stream"), "C101");
    let fields = [
        ("occurred", "2024-04-15"),
        ("occurred", ""),
        ("act", "frozen-figure"),
        ("stream", &stream),
        ("reason", "二重に記録した"),
    ];
    assert_eq!(give(&mut asks, &request, &fields).status, 200);
    let own = asks.open("/");
    assert!(own.body.contains("取り下げる"), "{}", own.body);
    assert!(!own.body.contains("/acts/grant-approval"), "{}", own.body);

    let today = grants.open("/");
    let grant = link(&today, "/acts/grant-approval?");
    let approval = option(list(&grants.open(&grant).body, "approval"), "C101");
    let on = [
        ("occurred", "2024-04-16"),
        ("occurred", ""),
        ("approval", &approval),
    ];
    assert_eq!(give(&mut grants, &grant, &on).status, 200);
    let after = grants.open("/");
    assert!(!after.body.contains("id=\"approvals\""), "{}", after.body);

    let own = asks.open("/");
    assert!(own.body.contains("kachoが承認済み"), "{}", own.body);
    let chosen = option(list(&asks.open(&amend).body, "approval"), "kachoが承認済み");
    assert_eq!(chosen, approval);
    let fields = [("reason", "duplicate"), ("approval", &*chosen)];
    let annulled = give(&mut asks, &amend, &fields);
    assert_eq!(annulled.status, 200, "{}", annulled.body);
    assert!(newest(&place, "event-annulled") > target);
    let own = asks.open("/");
    assert!(
        !own.body.contains("id=\"approvals\""),
        "it is used: {}",
        own.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_anonymous_inquiry_is_chosen_to_be_linked_and_unlinked() {
    let place = centre(Engine::Sqlite).await;
    place
        .told("inquiry --consulter 保護者 --channel 電話 --topics 就学 --content 匿名の相談 --occurred 2023-04-02T10:00")
        .await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = "/acts/link-inquiry?child=C101";

    let form = staff.open(path).body;
    let open = list(&form, "inquiry");
    assert!(!open.contains("匿名"), "its text stays closed: {open}");
    let inquiry = option(open, "令和5年4月2日");
    let fields = [
        ("child", "C101"),
        ("occurred", "2024-04-15"),
        ("occurred", ""),
        ("inquiry", &*inquiry),
    ];
    assert_eq!(give(&mut staff, path, &fields).status, 200);

    let none = staff.open(path).body;
    assert!(none.contains("選べる匿名の相談はありません"), "{none}");
    let unlink = staff.open("/acts/unlink-inquiry?child=C101").body;
    assert_eq!(option(list(&unlink, "inquiry"), "就学"), inquiry);
    let other = staff.open("/acts/unlink-inquiry?child=C102").body;
    assert!(other.contains("選べる匿名の相談はありません"), "{other}");
}
