//! Each role sees its pages and no other, and nobody's text.

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::{BINARY, ENGINES, PASSWORD, centre, openings, position, signed_in};

/// What nobody sees of whom they are not in charge, and the committee and the admin never.
pub(super) const PERSONAL: [&str; 4] = ["花子", "ハナコ", "2019-10-15", "令和元年10月15日"];

/// Accounts with their roles, and the page at which each begins.
pub(super) const ROLES: [(&str, &str, &str); 5] = [
    ("sato", "staff", "今日の業務"),
    ("kacho", "manager", "今日の業務"),
    ("kansa-1", "auditor", "記録そのもの"),
    ("iin-1", "committee", "総括表"),
    ("joho-1", "admin", "アカウント"),
];

/// Everybody who signs in.
const EVERYBODY: &[&str] = &["staff", "manager", "auditor", "committee", "admin"];
/// Who may read figures.
const READERS: &[&str] = &["staff", "manager", "auditor", "committee"];

/// Who may review how the ledger is kept.
const REVIEWERS: &[&str] = &["manager", "auditor"];
/// C101's timeline to be printed, of some kinds, by offices, as it was.
const PRINTED: &str =
    "/children/C101?kind=profile&kind=visit&group=office&view=print&as_of=2026-01-01";

/// Each page with the roles that it is for; `/` leads everybody to where they begin.
pub(super) const PAGES: &[(&str, &[&str])] = &[
    ("/", &["staff", "manager", "auditor", "committee", "admin"]),
    ("/children", &["staff", "manager", "auditor"]),
    ("/children/C101", &["manager"]),
    (PRINTED, &["manager"]),
    ("/children/C101/sheet", &["manager"]),
    // There is no such plan or referral, which only those in charge are told.
    ("/children/C101/plans/none", &[]),
    ("/children/C101/referrals/none/letter", &[]),
    ("/referrals", &["staff", "manager", "auditor"]),
    (
        "/referrals?state=all&charge=mine",
        &["staff", "manager", "auditor"],
    ),
    ("/record", &["staff", "manager"]),
    ("/record?child=C101", &["staff", "manager"]),
    (
        "/acts",
        &["staff", "manager", "auditor", "committee", "admin"],
    ),
    ("/acts/convene-meeting", &["manager", "committee"]),
    ("/acts?child=C101", &["staff", "manager"]),
    ("/acts/make-referral?child=C101", &["staff", "manager"]),
    ("/acts/set-planned-number", &["manager", "admin"]),
    ("/acts/open-audit", &["auditor"]),
    ("/acts/finish-follow-up?child=C101", &["staff", "manager"]),
    // C101's registration, opened to be corrected.
    ("/events/52/amend", &["manager"]),
    ("/figures", &["staff", "manager", "auditor", "committee"]),
    (
        "/figures?fiscal_year=2021",
        &["staff", "manager", "auditor", "committee"],
    ),
    ("/committee", READERS),
    ("/committee?fiscal_year=2021", READERS),
    ("/committee/course", READERS),
    ("/committee/areas", READERS),
    ("/committee/facilities", READERS),
    ("/committee/disaster", READERS),
    ("/committee/referrals", READERS),
    ("/committee/picture", READERS),
    ("/committee/journeys", READERS),
    ("/committee/issues", READERS),
    ("/committee/budget", READERS),
    ("/committee/quality", READERS),
    ("/committee/changes", READERS),
    ("/committee/meetings", READERS),
    ("/committee/recommendations", READERS),
    ("/committee/requests", READERS),
    ("/committee/figures/E-2", READERS),
    ("/events", &["staff", "manager", "auditor"]),
    ("/events/1", &["staff", "manager", "auditor"]),
    // C101's registration, with name, kana and birth date.
    ("/events/52", &["staff", "manager", "auditor"]),
    ("/events/52/figures", &["staff", "manager", "auditor"]),
    (
        "/events?category=child&delay=1&amended=no",
        &["staff", "manager", "auditor"],
    ),
    ("/events/52/bytes/data", &["staff", "manager", "auditor"]),
    (
        "/events/52/bytes/metadata",
        &["staff", "manager", "auditor"],
    ),
    ("/replay/programme", &["staff", "manager", "auditor"]),
    ("/children/search", &["staff", "manager"]),
    ("/audit", REVIEWERS),
    ("/audit/engagements", &["staff", "manager", "auditor"]),
    ("/audit/corrections", REVIEWERS),
    ("/audit/imports", REVIEWERS),
    ("/audit/rules", REVIEWERS),
    ("/audit/access", REVIEWERS),
    ("/audit/access?child=C101", REVIEWERS),
    ("/audit/sample", REVIEWERS),
    ("/audit/sample?seed=x&n=3", REVIEWERS),
    ("/accounts", &["admin"]),
    ("/accounts/sato", &["admin"]),
    ("/system", &["admin"]),
    ("/organisations", &["staff", "manager", "auditor", "admin"]),
    ("/security", EVERYBODY),
    ("/help", EVERYBODY),
    ("/accessibility", EVERYBODY),
    // Whoever is signed in goes on.
    ("/sign-in/second", EVERYBODY),
];

/// What there is not, with the roles that are told so; the others are told that it is not for them.
pub(super) const ABSENT: &[(&str, &[&str])] = &[
    ("/committee/meetings/none", READERS),
    ("/accounts/none", &["admin"]),
    ("/audit/engagements/none", &["staff", "manager", "auditor"]),
    ("/replay/none-1", &["staff", "manager", "auditor"]),
];

/// Forms, each with the roles that may send it.
pub(super) const FORMS: &[(&str, &[&str])] = &[
    ("/children/search", &["staff", "manager"]),
    ("/security/codes/new", EVERYBODY),
    ("/security/passkeys/remove", EVERYBODY),
    ("/sign-in/second", EVERYBODY),
    (
        "/committee/recommendations",
        &["manager", "auditor", "committee"],
    ),
    ("/committee/requests", &["manager", "auditor", "committee"]),
    ("/acts/finish-follow-up", &["staff", "manager"]),
    ("/record", &["staff", "manager"]),
    ("/accounts", &["admin"]),
    ("/accounts/sato/role", &["admin"]),
    ("/accounts/sato/close", &["admin"]),
    // Nobody but the manager opens it who is not in charge.
    ("/events/52/amend", &["manager"]),
    ("/system", &["admin"]),
    ("/acts/make-referral", &["staff", "manager"]),
    ("/acts/open-audit", &["auditor"]),
    ("/audit/sample", &["auditor"]),
    ("/audit/engagements/none", &["staff", "manager", "auditor"]),
    ("/children/C101/emergency", &["staff", "manager"]),
    ("/children/C999/emergency", &["staff", "manager"]),
];

/// What is sent without the right to it is refused, though from a page of one's own.
fn sends_what_it_may(browser: &mut Browser<'_>, role: &str) {
    let token = hidden(&browser.open("/"), "page_token");
    for &(path, roles) in FORMS {
        let fields = [
            ("page_token", &*token),
            ("reason", "1234 5678 9018"),
            ("command", "018f0000-0000-7000-8000-000000000000"),
        ];
        let answer = browser.send(path, &fields);
        let may = roles.contains(&role);
        assert_eq!(answer.status != 403, may, "{role} {path}: {}", answer.body);
        // Where nothing was recommended or requested there is nothing to open; one's own sign-in is one's own.
        let own = path.starts_with("/security") || path == "/sign-in/second";
        let opens = may && (own || path.starts_with("/committee/"));
        assert!(
            opens || answer.status >= 400,
            "{role} {path}: {}",
            answer.body
        );
        let told = answer.body.contains("C101");
        // Who may ask for a reason is told for whom; staff and auditors know the numbers.
        let asks = answer.body.contains("担当ではありません");
        assert!(may || !told || asks, "{role} {path}: {}", answer.body);
    }
}

/// Whether there is something is for whoever may see it.
fn is_told_what_there_is_not(browser: &mut Browser<'_>, role: &str) {
    for &(path, roles) in ABSENT {
        let status = if roles.contains(&role) { 404 } else { 403 };
        assert_eq!(browser.open(path).status, status, "{role} {path}");
    }
}

/// A part of a number is nobody's.
fn whose_numbers_there_are_is_not_told(browser: &mut Browser<'_>, role: &str) {
    for path in ["/children/C10", "/children/C", "/children/C999"] {
        let answer = browser.open(path);
        let refused = ["committee", "admin"].contains(&role);
        let status = if refused { 403 } else { 404 };
        assert_eq!(answer.status, status, "{role} {path}: {}", answer.body);
        assert!(
            !answer.body.contains("C101"),
            "{role} {path}: {}",
            answer.body
        );
    }
}

/// Pages that show who somebody is, to whoever may open that; whom a form is about stands at its top.
const OPENED: [&str; 7] = [
    "/children/C101",
    PRINTED,
    "/children/C101/sheet",
    "/events/52/amend",
    "/record?child=C101",
    "/acts/make-referral?child=C101",
    "/acts/finish-follow-up?child=C101",
];

async fn each_role_sees_its_pages_and_no_other(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    for (account, role, begins) in ROLES {
        let mut browser = signed_in(&serving, &place, account, role);
        let before = openings(&place);
        for &(path, roles) in PAGES {
            let page = browser.open(path);
            let status = match roles.contains(&role) {
                true => 200,
                false if role == "manager" && path.contains("/none") => 404,
                false => 403,
            };
            assert_eq!(page.status, status, "{role} {path}: {}", page.body);
            let may_open = role == "manager" && OPENED.contains(&path);
            for personal in PERSONAL {
                let told = page.body.contains(personal);
                assert!(!told || may_open, "{role} {path} {personal}: {}", page.body);
            }
            if path == "/events/52" && status == 200 {
                assert!(page.body.contains("対象者を台帳に登録"), "{}", page.body);
            }
            if path == "/" {
                assert!(
                    page.body.contains(&format!("<h1>{begins}")),
                    "{role}: {}",
                    page.body
                );
            }
            if ["committee", "admin"].contains(&role) {
                assert!(!page.body.contains("C101"), "{role} {path}: {}", page.body);
            }
        }
        is_told_what_there_is_not(&mut browser, role);
        sends_what_it_may(&mut browser, role);
        whose_numbers_there_are_is_not_told(&mut browser, role);
        let opened = if role == "manager" { 10 } else { 0 };
        assert_eq!(openings(&place), before + opened, "{role}");
        // What the navigation offers can be opened.
        let begin = browser.open("/").body;
        let links = begin
            .split("<nav")
            .nth(1)
            .unwrap()
            .split("</nav>")
            .next()
            .unwrap();
        for link in links.split("href=\"").skip(1) {
            let path = link.split('"').next().unwrap();
            assert_eq!(browser.open(path).status, 200, "{role} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_sees_its_pages_and_no_other_on_both_engines() {
    for engine in ENGINES {
        each_role_sees_its_pages_and_no_other(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_shows_with_which_accounts_to_sign_in() {
    let place = Place::new(Engine::Sqlite).await;
    let mut demo = Demo::start(&place);
    let password = demo.until("パスワード: ");
    let address = demo.until("待ち受けています: http://");
    let serving = Serving::of(demo.child, address.parse().unwrap());
    for (account, begins) in [
        ("demo-soudan", "今日の業務"),
        ("demo-sentacho", "今日の業務"),
        ("demo-kansa", "記録そのもの"),
        ("demo-iinkai", "総括表"),
        ("demo-kanri", "アカウント"),
    ] {
        let mut browser = Browser::at(&serving);
        let fields = [("account", account), ("password", &*password)];
        let page = browser.send("/sign-in", &fields);
        assert!(
            page.body.contains(&format!("<h1>{begins}")),
            "{}",
            page.body
        );
    }
    let mut staff = Browser::at(&serving);
    let fields = [("account", "demo-soudan"), ("password", &*password)];
    let _today = staff.send("/sign-in", &fields);
    assert_eq!(staff.open("/children/C001").status, 200);
    serving.signal("TERM");
    assert_eq!(serving.ended().code(), Some(0));
}

/// The demo in a process of its own, and what it says.
struct Demo {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Demo {
    fn start(place: &Place) -> Self {
        let mut demo = Command::new(BINARY);
        let demo = demo.args(["demo", "--serve", "--listen", "127.0.0.1:0"]);
        let demo = demo.current_dir(place.folder()).stdin(Stdio::null());
        let mut child = demo.stdout(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, said }
    }

    /// What stands behind a text in the next line that has it.
    fn until(&mut self, text: &str) -> String {
        let found = self.said.find_map(|line| {
            let line = line.unwrap();
            line.split_once(text)
                .map(|(_, rest)| rest.trim().to_owned())
        });
        found.expect("it says so")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_a_page_without_signing_in() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    for &(path, _) in PAGES {
        let answer = serving.get(path);
        assert_eq!(answer.status, 303, "{path}");
        assert!(
            answer
                .header("location")
                .unwrap()
                .starts_with("/sign-in?to=%2F"),
            "{path}"
        );
        assert_eq!(answer.body, "", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_opens_an_account_and_hands_over_its_link() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let token = hidden(&admin.open("/accounts"), "page_token");
    let mut send = |account: &str, role: &str| {
        let fields = [
            ("page_token", &*token),
            ("account", account),
            ("role", role),
        ];
        admin.send("/accounts", &fields)
    };
    let before = position(&place);
    for (account, role, why) in [
        ("山田 花", "staff", "氏名は使わないで"),
        ("yamada", "", "まだありません"),
        ("yamada", "owner", "その役割はありません"),
        ("joho-1", "staff", "自分のアカウント"),
    ] {
        let told = send(account, role);
        assert_eq!(told.status, 422, "{account} {role}: {}", told.body);
        assert!(told.body.contains(why), "{account} {role}: {}", told.body);
        assert!(
            told.body.contains(&format!("value=\"{account}\"")),
            "{}",
            told.body
        );
        assert!(!told.body.contains("/invitation/"), "{}", told.body);
    }
    assert_eq!(position(&place), before, "nothing was written");

    let told = send("yamada", "staff");
    assert_eq!(told.status, 200, "{}", told.body);
    let link = told.body.split("http://ledger/invitation/").nth(1).unwrap();
    let link = format!("/invitation/{}", link.split('<').next().unwrap());
    assert!(
        !admin.open("/accounts").body.contains("/invitation/"),
        "it is shown once"
    );
    let mut yamada = Browser::at(&serving);
    let fields = [("password", PASSWORD), ("again", PASSWORD)];
    assert!(
        yamada
            .send(&link, &fields)
            .body
            .contains("yamada</a>（相談員・保健師）")
    );
    assert!(
        admin
            .open("/accounts")
            .body
            .contains("<td>相談員・保健師</td><td>決めてある</td>")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_committee_sees_the_years_figures_and_an_auditor_the_events_behind() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut committee = signed_in(&serving, &place, "iin-1", "committee");

    let figures = committee.open("/figures?fiscal_year=2023");
    let measured = place
        .json(&["indicators", "A-1", "--fiscal-year", "2023"])
        .await;
    let count = measured["indicators"][0]["value"]["count"]
        .as_i64()
        .unwrap();
    assert!(count > 100, "{measured}");
    assert!(
        figures.body.contains(&format!("<td>{count}")),
        "{}",
        figures.body
    );
    assert!(figures.body.contains("令和5年度"), "{}", figures.body);
    assert!(figures.body.len() < 100_000, "{}", figures.body.len());

    let mut auditor = signed_in(&serving, &place, "kansa-1", "auditor");
    let newest = auditor.open("/events");
    let head = position(&place);
    assert!(
        newest.body.contains(&format!(">#{head}</a>")),
        "{}",
        newest.body
    );
    let referrals = auditor.open("/events?type=referral-made&stream=child-");
    let rows = referrals.body.matches("<th scope=\"row\">").count();
    assert_eq!(rows, 50, "{}", referrals.body);
    let older = referrals.body.split("href=\"/events?").nth(1).unwrap();
    let older = older.split('"').next().unwrap().replace("&#38;", "&");
    let older = auditor.open(&format!("/events?{older}"));
    assert_eq!(
        older.body.matches("<th scope=\"row\">").count(),
        34,
        "{}",
        older.body
    );
    let one = auditor.open("/events/1");
    assert!(one.body.contains("<h2>付帯情報</h2>"), "{}", one.body);
    assert_eq!(auditor.open("/events/0").status, 404);
    assert_eq!(auditor.open("/events?type=none").status, 404);
    // What is rare is found however far back it is.
    let rare = auditor.open("/events?type=area-table-set");
    assert_eq!(
        rare.body.matches("<th scope=\"row\">").count(),
        1,
        "{}",
        rare.body
    );
    assert_eq!(auditor.open("/events/99999999").status, 404);
}
