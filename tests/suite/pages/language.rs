//! Pages in English: how a browser is asked to show them, and what in them stays Japanese.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::roles::{PAGES, ROLES};
use super::{
    BINARY, PASSWORD, centre, invited, position, put_in_charge, said, sign_in_new, signed_in,
};

const OWN: &str = "Sec-Fetch-Site: same-origin\r\n";

/// Asks for English on the page of an address, and says where that leads.
fn asked_at(browser: &mut Browser<'_>, referer: &str) -> String {
    let headers = format!("{OWN}Referer: {referer}\r\n");
    let answer = browser.post("/language", &headers, &[("to", "en")]);
    assert_eq!(answer.status, 303, "{referer}: {}", answer.body);
    answer.header("location").unwrap().to_owned()
}

/// A page without its elements that are marked as Japanese, and without their marks.
fn unmarked(page: &str) -> String {
    let mut rest = page.to_owned();
    while let Some((before, behind)) = rest.split_once(" lang=\"ja\"") {
        let (kept, tag) = before.rsplit_once('<').expect("an element");
        let name = tag.split([' ', '>']).next().unwrap_or(tag);
        let end = match name {
            // An element of its own, whose value is an attribute.
            "input" => ">".to_owned(),
            _ => format!("</{name}>"),
        };
        let (_, behind) = behind.split_once(&end).expect("its end");
        rest = format!("{kept}{behind}");
    }
    rest
}

/// The lines of a page that hold Japanese and are not marked.
fn in_japanese(page: &str) -> Vec<String> {
    let page = unmarked(page);
    let is_japanese =
        |c: char| matches!(c, 'ぁ'..='ヿ' | '々' | '㐀'..='鿿' | '（' | '）' | '％' | '。');
    let lines = page.lines().filter(|line| line.chars().any(is_japanese));
    lines.map(str::to_owned).collect()
}

fn is_in_english(page: &str, path: &str) {
    assert!(page.contains("<html lang=\"en\">"), "{path}: {page}");
    assert_eq!(in_japanese(page), Vec::<String>::new(), "{path}");
}

/// The texts of a page that are marked as Japanese, without the button that shows it in Japanese and without
/// what is shown as it is stored.
fn marked(page: &str) -> Vec<&str> {
    let mut parts = page.split(" lang=\"ja\"");
    let mut before = parts.next().unwrap();
    let mut found = Vec::new();
    for behind in parts {
        let (_, tag) = before.rsplit_once('<').expect("an element");
        let name = tag.split([' ', '>']).next().unwrap_or(tag);
        if !["button", "pre"].contains(&name) {
            let (_, text) = behind.split_once('>').expect("its text");
            found.push(text.split('<').next().unwrap().trim());
        }
        before = behind;
    }
    found
}

/// What an event's page shows as it is stored.
fn stored(page: &str) -> String {
    let shown = page.split("<pre").skip(1);
    shown
        .filter_map(|part| part.split("</pre>").next())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_changes_the_language_and_leads_back_on_this_host_alone() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut browser = Browser::at(&serving);
    let japanese = browser.open("/sign-in");
    assert!(
        japanese.body.contains("<html lang=\"ja\">"),
        "{}",
        japanese.body
    );

    for (referer, to) in [
        (
            "http://ledger/sign-in?to=%2Frecord",
            "/sign-in?to=%2Frecord",
        ),
        ("http://other.example/record", "/record"),
        ("http://ledger//evil.example/", "/"),
        ("//evil.example", "/"),
        ("nonsense", "/"),
    ] {
        assert_eq!(asked_at(&mut browser, referer), to, "{referer}");
    }
    let english = browser.open("/sign-in");
    assert!(
        english.body.contains("<h1>Sign in</h1>"),
        "{}",
        english.body
    );
    is_in_english(&english.body, "/sign-in");

    let back = browser.post("/language", OWN, &[("to", "ja")]);
    assert_eq!(back.header("location"), Some("/"), "without a referer");
    let set = back.header("set-cookie").unwrap();
    for part in [
        "care-ledger-language=ja",
        "HttpOnly",
        "SameSite=Strict",
        "Path=/",
    ] {
        assert!(set.contains(part), "{set}");
    }
    assert_eq!(browser.open("/sign-in").body, japanese.body);
    assert_eq!(browser.post("/language", OWN, &[("to", "fr")]).status, 422);
    let elsewhere = "Sec-Fetch-Site: cross-site\r\n";
    let refused = browser.post("/language", elsewhere, &[("to", "en")]);
    assert_eq!(refused.status, 403, "{}", refused.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_that_asks_who_it_is_changes_its_language_and_keeps_the_name() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut browser = Browser::at(&serving);
    let page = browser.open("/sign-in?to=%2Frecord").body;
    let (_, behind) = page.split_once("<button>サインイン</button>").unwrap();
    // In the form, and behind the button that signs in: Enter in a field signs in.
    let (form, _) = behind.split_once("</form>").unwrap();
    assert!(form.contains("name=\"language\" value=\"en\""), "{page}");
    assert!(form.contains("formnovalidate"), "{page}");
    assert_eq!(page.matches("English").count(), 1, "{page}");
    let asked = |again: &'static str, to: &'static str| {
        [
            ("to", "/record"),
            ("draft", "content=%E9%9B%BB"),
            ("again", again),
            ("account", "sa<to>"),
            ("password", PASSWORD),
            ("language", to),
        ]
    };
    for (again, ja, en) in [
        ("out", "サインアウトしていました。", "You were signed out."),
        ("late", "10分以内", "ten minutes"),
    ] {
        for (to, said) in [("en", en), ("ja", ja)] {
            let shown = browser.post("/sign-in", OWN, &asked(again, to));
            assert_eq!(shown.status, 200, "{}", shown.body);
            assert!(shown.body.contains(said), "{to}: {}", shown.body);
            let lang = format!("<html lang=\"{to}\">");
            assert!(shown.body.contains(&lang), "{}", shown.body);
            let name = "required value=\"sa&#60;to&#62;\"";
            assert!(shown.body.contains(name), "{}", shown.body);
            assert!(!shown.body.contains(PASSWORD), "{}", shown.body);
            assert_eq!(hidden(&shown, "to"), "/record");
            assert_eq!(hidden(&shown, "draft"), "content=%E9%9B%BB");
            assert_eq!(hidden(&shown, "again"), again);
            let set = shown.header("set-cookie").unwrap();
            assert!(
                set.starts_with(&format!("care-ledger-language={to}")),
                "{set}"
            );
            assert_eq!(browser.cookie(), None, "nobody is signed in");
            let next = browser.open("/sign-in").body;
            assert!(next.contains(&lang), "{next}");
        }
    }
    // The notice of lists is told in the other language as well.
    let lists = browser.post("/sign-in", OWN, &[("again", "1"), ("language", "en")]);
    assert!(
        lists.body.contains("Lists are exported within"),
        "{}",
        lists.body
    );
    is_in_english(&lists.body, "/sign-in");
    let other = browser.post("/sign-in", OWN, &asked("out", "fr"));
    assert_eq!(other.status, 422, "{}", other.body);
    let elsewhere = "Sec-Fetch-Site: cross-site\r\n";
    let refused = browser.post("/sign-in", elsewhere, &asked("out", "en"));
    assert_eq!(refused.status, 403, "{}", refused.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_not_asked_what_it_accepts() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut browser = Browser::at(&serving);
    let page = browser.ask("GET", "/sign-in", "Accept-Language: en\r\n", "");
    assert!(page.body.contains("<html lang=\"ja\">"), "{}", page.body);
}

/// A centre of which every page has something to show.
async fn busy_centre() -> Place {
    let place = centre(Engine::Sqlite).await;
    for line in [
        "record record-consultation --children C101 --consulter guardian --channel phone --topics school-entry --content 就学の相談 --occurred 2024-04-02",
        "record make-referral --child C101 --direction to --party hospital --office 見本病院 --urgency normal --reason services --request 受診の相談 --occurred 2024-04-03",
        "record add-guardian --child C101 --name 見本　和子 --relation 母 --contact 03-1234-5678 --occurred 2024-04-01",
        "record register-facility --name 見本園 --kind nursery --area kinuta --occurred 2024-04-01",
        "record convene-meeting --nth 1 --planned-on 2024-05-20 --agenda 実施状況 --occurred 2024-04-20",
    ] {
        said(&place, &format!("{line} --json"));
    }
    place
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_every_role_is_english_but_for_what_was_recorded() {
    let place = busy_centre().await;
    let serving = Serving::start(&place, BINARY);
    for (account, role, _) in ROLES {
        let mut browser = signed_in(&serving, &place, account, role);
        asked_at(&mut browser, "http://ledger/");
        if role == "staff" {
            put_in_charge(&place, account);
        }
        for &(path, roles) in PAGES {
            let page = browser.open(path);
            let is_charge = role == "staff" && path.starts_with("/children/C101");
            if roles.contains(&role) || is_charge && !path.contains("/none") {
                assert_eq!(page.status, 200, "{role} {path}: {}", page.body);
            }
            // Stored bytes are no page, and the same in every language.
            if page.header("content-disposition").is_none() {
                is_in_english(&page.body, path);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_says_so_in_english_and_what_was_recorded_is_the_same_in_both() {
    let place = busy_centre().await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = Browser::at(&serving);
    asked_at(&mut staff, "http://ledger/");
    let path = invited(&place, "sato", "staff");
    is_in_english(&staff.open(&path).body, "an invitation");
    let short = staff.send(&path, &[("password", "short"), ("again", "short")]);
    assert_eq!(short.status, 422, "{}", short.body);
    is_in_english(&short.body, "an invitation refused");
    sign_in_new(&mut staff, &place, "sato", "staff");
    put_in_charge(&place, "sato");

    let form = staff.open("/record?child=C999");
    let token = hidden(&form, "page_token");
    let command = hidden(&form, "command");
    let fields = [
        ("page_token", &*token),
        ("account", "sato"),
        ("command", &*command),
        ("children", "C999"),
        ("occurred", "2024-04-04T10:00"),
        ("consulter", "guardian"),
        ("channel", "phone"),
        ("topics", "school-entry"),
    ];
    let refused = staff.send("/record", &fields);
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(
        refused.body.contains("It is not recorded yet"),
        "{}",
        refused.body
    );
    is_in_english(&refused.body, "/record refused");
    for path in [
        "/nowhere",
        "/accounts",
        "/children/C999",
        "/events?type=none",
    ] {
        let page = staff.open(path);
        assert!([403, 404].contains(&page.status), "{path}: {}", page.body);
        is_in_english(&page.body, path);
    }
    let sheet = staff.open("/children/C101/sheet").body;
    assert!(sheet.contains("<td lang=\"ja\">見本 花子</td>"), "{sheet}");
}

/// What people wrote of C101.
const WRITTEN: [&str; 8] = [
    "見本 花子",
    "見本 花子（ミホン ハナコ）",
    "就学の相談",
    "見本病院",
    "受診の相談",
    "見本 和子",
    "母",
    "受付票の控え",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_tells_in_english_what_was_recorded_and_marks_what_people_wrote() {
    let place = busy_centre().await;
    let last = position(&place);
    for line in [
        "record identify-disaster-plan-need --child C101 --office district-centre --area kinuta --occurred 2024-04-04",
        "record draft-support-plan --child C101 --occurred 2024-04-06",
    ] {
        said(&place, &format!("{line} --json"));
    }
    let annulled = format!("record annul-event --target #{last} --reason duplicate");
    said(
        &place,
        &format!("{annulled} --explanation 受付票の控え --json"),
    );
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    asked_at(&mut staff, "http://ledger/");
    for query in ["", "?group=referral", "?group=office", "?view=print"] {
        let path = format!("/children/C101{query}");
        let page = staff.open(&path).body;
        is_in_english(&page, &path);
        for text in marked(&page) {
            assert!(WRITTEN.contains(&text), "{path} {text}: {page}");
        }
    }
    let page = staff.open("/children/C101").body;
    for told in [
        "Consultation (guardian, by phone): school entry. Content: <span lang=\"ja\">就学の相談</span>.",
        "Referral to: hospital. Reason: services.",
        "Guardian added. Name: <span lang=\"ja\">見本 和子</span>. Relation: <span lang=\"ja\">母</span>.",
        "Disaster plan: needed, to be supported by the district centre",
        "Home-living support plan drafted: version 1.",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_and_figure_is_told_in_english_but_for_what_was_recorded() {
    let place = busy_centre().await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    asked_at(&mut staff, "http://ledger/");
    for event in 1..=position(&place) {
        let path = format!("/events/{event}");
        let page = staff.open(&path).body;
        is_in_english(&page, &path);
        let (told, stored) = (marked(&page), stored(&page));
        for text in told {
            assert!(stored.contains(text), "{path} {text}: {page}");
        }
    }
    for id in ["A-1", "A-7", "B-5", "C-1", "D-1", "E-1", "E-2", "J-1"] {
        let path = format!("/committee/figures/{id}");
        let page = staff.open(&path).body;
        is_in_english(&page, &path);
        for text in marked(&page) {
            // The number under which the ward's paper has a rule.
            assert!(text.starts_with("CR-"), "{path} {text}: {page}");
        }
    }
}
