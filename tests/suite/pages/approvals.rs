//! Somebody asks for an approval, another grants it, and it is used: each finds the way from the pages alone.

use ledger_tests::browsing::{Browser, filled, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::acts::{give, newest};
use super::choosing::{list, option};
use super::{BINARY, centre, openings, put_in_charge, signed_in};

/// What stands in 今日の業務 where an approval waits.
const WAITS: &str = "id=\"approvals\"";
/// What a form says that has none to choose.
const NONE: &str = "いま選べる承認はありません";
/// The button of the form that merges, by which an approval is asked for.
const ASKS: &str = "formaction=\"/acts/request-approval\"";
/// One that was asked for waits.
const AWAITED: &str = "統合の承認を依頼してあり";
/// Nobody could grant it.
const FOR_NOBODY: &str = "承認できる人（センター長の役割のアカウント）が、自分のほかにいません";

/// What a form says of two persons whose days of birth differ.
const DIFFER: &str = "生年月日が異なります";

/// Where the first link of a page that begins so leads to.
fn link(page: &Response, begins: &str) -> String {
    let begins = format!("{begins}?");
    let links = page.body.split_once(&format!("href=\"{begins}"));
    let (_, rest) = links.unwrap_or_else(|| panic!("{begins}: {}", page.body));
    let rest = rest.split('"').next().unwrap().replace("&#38;", "&");
    format!("{begins}{rest}")
}

/// Sends the form at a path for a day, with these fields.
fn on(browser: &mut Browser<'_>, path: &str, day: &str, fields: &[(&str, &str)]) -> Response {
    let occurred = [("occurred", day), ("occurred", "")];
    give(browser, path, &[&occurred, fields].concat())
}

/// Asks for an approval of an act in the record of a child.
fn ask(browser: &mut Browser<'_>, path: &str, (act, stream): (&str, &str)) -> Response {
    let fields = [
        ("act", act),
        ("stream", stream),
        ("absorbed", "C102"),
        ("reason", "同じ人"),
    ];
    on(browser, path, "2024-04-15", &fields)
}

/// Registers the child once more, with another day of birth, and a third.
async fn twice(place: &Place) {
    for (number, born) in [("C102", "2018-05-01"), ("C103", "2018-05-02")] {
        let register =
            format!("register-child --number {number} --name 見本花子 --birth-date {born}");
        place
            .told(&format!("{register} --occurred 2023-05-02"))
            .await;
    }
}

/// Whoever answers sees which record it is about, and why; that the reason is opened is recorded.
fn sees_what_is_asked(browser: &mut Browser<'_>, target: u64, place: &Place) {
    let told = format!("<a href=\"/events/{target}\">#{target}</a>");
    let today = browser.open("/");
    assert!(today.body.contains(&told), "{}", today.body);
    assert!(!today.body.contains("二重に記録した相談"), "{}", today.body);
    let before = openings(place);
    let path = link(&today, "/acts/grant-approval");
    let form = browser.open(&path).body;
    for told in [&*told, "二重に記録した相談", "satoが依頼"] {
        assert!(form.contains(told), "{told}: {form}");
    }
    let figures = format!("href=\"/events/{target}/figures\"");
    assert!(form.contains(&figures), "{form}");
    assert_eq!(openings(place), before + 1);
}

/// Whoever answers sees both persons and that they differ; that their names are opened is recorded.
fn sees_both(browser: &mut Browser<'_>, place: &Place) {
    let today = browser.open("/");
    for number in ["C101", "C102"] {
        assert!(today.body.contains(number), "{number}: {}", today.body);
    }
    let before = openings(place);
    let form = browser.open(&link(&today, "/acts/grant-approval")).body;
    for told in ["C101", "C102", DIFFER] {
        assert!(form.contains(told), "{told}: {form}");
    }
    assert!(openings(place) >= before + 3, "both names and the reason");
}

/// After a merge the page of the one that goes on tells what was recorded under the other number, marked with it.
fn tells_one_person(browser: &mut Browser<'_>, merged: &Response) {
    assert!(
        merged.body.contains("/acts/undo-merge?survivor="),
        "{}",
        merged.body
    );
    let (before, _) = merged.body.split_once(">C101</a>").unwrap();
    let (_, path) = before.rsplit_once("href=\"").unwrap();
    let path = path.trim_end_matches('"').split('#').next().unwrap();
    let page = browser.open(path).body;
    for told in ["統合した番号", "（統合前の番号 C102 の記録）"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let sheet = browser.open(&format!("{path}/sheet")).body;
    assert!(sheet.contains("C101"), "{sheet}");
    assert!(
        !sheet.contains("<td>C102"),
        "its own number stands: {sheet}"
    );
    // The number of before finds who goes on.
    let token = hidden(&browser.open("/children"), "page_token");
    for number in ["C102", "102"] {
        let sought = [("page_token", &*token), ("text", number)];
        let found = browser.send("/children/search", &sought).body;
        for told in ["C102 は C101 に統合されています。", ">C101</a>"] {
            assert!(found.contains(told), "{number}, {told}: {found}");
        }
    }
}

/// Grants what waits first, as 今日の業務 leads there, and gives its id.
fn grant(browser: &mut Browser<'_>) -> String {
    let path = link(&browser.open("/"), "/acts/grant-approval");
    let approval = option(list(&browser.open(&path).body, "approval"), "C101");
    let fields = [("approval", &*approval)];
    let granted = on(browser, &path, "2024-04-16", &fields);
    assert_eq!(granted.status, 200, "{}", granted.body);
    approval
}

/// A ledger with a consultation that a meeting was shown, and its position.
pub(super) async fn shown_to_a_meeting() -> (Place, u64) {
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
    (place, target)
}

/// The form that asks for an approval from where a record is amended: it says what is to be changed, and copies no text.
fn says_what_is_asked_for(asks: &mut Browser<'_>, amend: &str, target: u64) -> Response {
    let typed = [
        ("reason", "duplicate"),
        ("explanation", "姉の記録と二重"),
        ("asks", "approval"),
    ];
    let asked = give(asks, amend, &typed);
    assert_eq!(asked.status, 200, "{}", asked.body);
    let (_, reason) = asked.body.split_once("<textarea id=\"reason\"").unwrap();
    let reason = reason.split("</textarea>").next().unwrap();
    for told in ["取り消す（なかったこと）", "二重登録"] {
        assert!(reason.contains(told), "{told}: {reason}");
    }
    // What stands in the record of the person, and goes with it, is not copied.
    assert!(!asked.body.contains("姉の記録"), "{}", asked.body);
    let target_field = format!("value=\"{target}\"");
    assert!(asked.body.contains(&target_field), "{}", asked.body);
    asked
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_that_a_meeting_was_shown_is_changed_with_the_approval_of_somebody_else() {
    let (place, target) = shown_to_a_meeting().await;
    let serving = Serving::start(&place, BINARY);
    let mut asks = signed_in(&serving, &place, "sato", "manager");
    let mut grants = signed_in(&serving, &place, "kacho", "manager");
    put_in_charge(&place, "sato");
    let amend = format!("/events/{target}/amend?act=annul");

    let asks_for_one = |page: &Response| page.body.contains("id=\"approval\"");
    assert!(!asks_for_one(&asks.open(&amend)), "none is needed yet");

    let refused = give(&mut asks, &amend, &[("reason", "duplicate")]);

    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(asks_for_one(&refused), "{}", refused.body);
    assert!(refused.body.contains(NONE), "{}", refused.body);
    let asked = says_what_is_asked_for(&mut asks, &amend, target);
    let request = "/acts/request-approval";
    let stream = option(list(&asked.body, "stream"), "C101");
    let other = (target + 1).to_string();
    for (given, status) in [(&*other, 422), (&*target.to_string(), 200)] {
        let fields = [
            ("act", "frozen-figure"),
            ("stream", &*stream),
            ("target", given),
            ("reason", "二重に記録した相談"),
        ];
        let asked = on(&mut asks, request, "2024-04-15", &fields);
        assert_eq!(asked.status, status, "{given}: {}", asked.body);
    }
    let own = asks.open("/").body;
    assert!(
        own.contains("承認待ち") && own.contains("取り下げる"),
        "{own}"
    );
    assert!(!own.contains("/acts/grant-approval"), "{own}");
    sees_what_is_asked(&mut grants, target, &place);
    let approval = grant(&mut grants);
    assert!(!grants.open("/").body.contains(WAITS), "it is answered");

    let own = asks.open("/").body;
    assert!(own.contains("kachoが承認。"), "{own}");
    assert!(
        own.contains(&format!("href=\"/events/{target}/amend\"")),
        "{own}"
    );
    let merge = asks.open("/acts/merge-cases").body;
    assert!(merge.contains(NONE), "it is for another act: {merge}");
    assert!(merge.contains(ASKS), "{merge}");
    let chosen = option(list(&asks.open(&amend).body, "approval"), "kachoが承認");
    assert_eq!(chosen, approval);
    let fields = [("reason", "duplicate"), ("approval", &*chosen)];
    let annulled = give(&mut asks, &amend, &fields);
    assert_eq!(annulled.status, 200, "{}", annulled.body);
    assert!(newest(&place, "event-annulled") > target);
    assert!(!asks.open("/").body.contains(WAITS), "it is used");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_is_asked_for_in_a_record_that_is_there_and_seen_by_whom_it_concerns() {
    let place = centre(Engine::Sqlite).await;
    twice(&place).await;
    let serving = Serving::start(&place, BINARY);
    let mut asks = signed_in(&serving, &place, "sato", "manager");
    let mut other = signed_in(&serving, &place, "saito", "staff");
    let path = "/acts/request-approval";

    let alone = asks.open(path).body;
    assert!(alone.contains(FOR_NOBODY), "{alone}");
    let unknown = ask(&mut asks, path, ("merge", "C999"));

    assert_eq!(unknown.status, 422, "{}", unknown.body);
    assert!(
        !unknown.body.contains("closed-year"),
        "no command asks for it"
    );
    assert!(!asks.open("/acts/merge-cases").body.contains(AWAITED));
    assert_eq!(ask(&mut asks, path, ("merge", "C101")).status, 200);
    let merge = asks.open("/acts/merge-cases").body;
    assert!(merge.contains(AWAITED), "{merge}");
    let own = asks.open("/acts/grant-approval").body;
    assert!(own.contains(NONE), "nobody grants their own: {own}");
    let today = other.open("/").body;
    assert!(!today.contains(WAITS), "{today}");
    let refuse = other.open("/acts/refuse-approval").body;
    assert!(refuse.contains(NONE), "{refuse}");
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_are_merged_with_an_approval_and_one_that_is_not_needed_is_taken_back() {
    let place = centre(Engine::Sqlite).await;
    twice(&place).await;
    let serving = Serving::start(&place, BINARY);
    let mut asks = signed_in(&serving, &place, "sato", "manager");
    let mut grants = signed_in(&serving, &place, "kacho", "manager");
    for _ in 0..2 {
        let asked = ask(&mut asks, "/acts/request-approval", ("merge", "C101"));
        assert_eq!(asked.status, 200, "{}", asked.body);
        sees_both(&mut grants, &place);
        grant(&mut grants);
    }

    let merge = link(&asks.open("/"), "/acts/merge-cases");
    let form = asks.open(&merge);
    assert!(
        form.body.contains(ASKS),
        "it may be granted for others: {}",
        form.body
    );
    let mut fields = filled(&form, "/acts/merge-cases");
    fields.retain(|(name, _)| name != "note");
    let more = [("note", "生年月日も同じ"), ("asks", "approval")];
    fields.extend(more.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let ask_first = asks.send("/acts/request-approval", &fields).body;
    assert!(!ask_first.contains(FOR_NOBODY), "kacho may: {ask_first}");
    assert!(
        ask_first.contains("生年月日も同じ</textarea>"),
        "{ask_first}"
    );
    for both in ["value=\"C101\"", "value=\"C102\""] {
        assert!(ask_first.contains(both), "{ask_first}");
        assert!(form.body.contains(both), "{}", form.body);
    }
    let form = form.body;
    assert!(form.contains(DIFFER), "{form}");
    let chosen = option(list(&form, "approval"), " selected>");
    let fields = [
        ("survivor", "C101"),
        ("absorbed", "C102"),
        ("approval", &*chosen),
        ("reason", "同じ人"),
    ];
    let mut another = fields;
    another[1] = ("absorbed", "C103");
    let refused = on(&mut asks, &merge, "2024-04-17", &another);
    assert_eq!(refused.status, 422, "it is for C102: {}", refused.body);
    let merged = on(&mut asks, &merge, "2024-04-17", &fields);
    assert_eq!(merged.status, 200, "{}", merged.body);
    tells_one_person(&mut asks, &merged);

    let take_back = link(&asks.open("/"), "/acts/refuse-approval");
    let (_, approval) = take_back.split_once("approval=").unwrap();
    assert_ne!(approval, chosen);
    let fields = [("approval", approval), ("reason", "二度依頼した")];
    assert_eq!(on(&mut asks, &take_back, "2024-04-18", &fields).status, 200);
    assert!(!asks.open("/").body.contains(WAITS), "nothing is left");
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
    let fields = [("child", "C101"), ("inquiry", &*inquiry)];
    assert_eq!(on(&mut staff, path, "2024-04-15", &fields).status, 200);

    let none = staff.open(path).body;
    assert!(none.contains("選べる匿名の相談はありません"), "{none}");
    let unlink = staff.open("/acts/unlink-inquiry?child=C101").body;
    assert_eq!(option(list(&unlink, "inquiry"), "就学"), inquiry);
    let other = staff.open("/acts/unlink-inquiry?child=C102").body;
    assert!(other.contains("選べる匿名の相談はありません"), "{other}");
}
