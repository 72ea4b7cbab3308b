//! People are found by name, and whose name is shown to whom is recorded.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::serving::{Response, Serving};

use super::{BINARY, ENGINES, centre, openings, put_in_charge, said, signed_in};

/// What finds 見本　花子, or her mother.
const FINDS: [&str; 15] = [
    "見本花子",
    "見本　花子",
    "ﾐﾎﾝ ﾊﾅｺ",
    "みぼん",
    "はなこ",
    "花子 見本",
    "ハナコ　ミホン",
    "花子さん",
    "見本 花子 様",
    "はなこちゃん",
    "和子",
    "和子　見本様",
    "2019-10-15",
    "令和元年10月15日",
    "０３（１２３４）５６７８",
];

fn search(browser: &mut Browser<'_>, text: &str) -> Response {
    let token = hidden(&browser.open("/children"), "page_token");
    browser.send(
        "/children/search",
        &[("page_token", &token), ("text", text)],
    )
}

async fn somebody_is_found_however_the_name_is_typed(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    said(
        &place,
        "record add-guardian --child C101 --name 見本　和子 --relation 母 --contact 03-1234-5678 \
         --occurred R3.8.5 --json",
    );
    // Found by whoever takes the call; the name is for whoever is in charge.
    let found = search(&mut staff, "みほん");
    assert_eq!(found.status, 200, "{}", found.body);
    assert!(found.body.contains(">C101</a>"), "{}", found.body);
    assert!(!found.body.contains("花子"), "{}", found.body);
    assert_eq!(openings(&place), 0);

    put_in_charge(&place, "sato");
    for text in FINDS {
        let before = openings(&place);
        let found = search(&mut staff, text);
        assert_eq!(found.status, 200, "{text}: {}", found.body);
        let told = "見本 花子（ミホン ハナコ）</span>　令和元年10月15日生";
        assert!(found.body.contains(told), "{text}: {}", found.body);
        assert_eq!(openings(&place), before + 1, "{text}");
    }
    // What changes is known at once, and the former name is still an answer.
    said(
        &place,
        "record change-profile --child C101 --field name --old 見本　花子 --new 例示　花子 --occurred 2024-04-02 --json",
    );
    for text in ["例示", "見本花子"] {
        let found = search(&mut staff, text);
        assert!(found.body.contains("例示 花子"), "{text}: {}", found.body);
    }
    finds_nobody(&mut staff);
}

/// Of whom nobody is called so; and what is too little to look for.
fn finds_nobody(staff: &mut Browser<'_>) {
    for nobody in ["華子", "華子さん", "2019-10-16", "0399999999"] {
        let found = search(staff, nobody);
        assert_eq!(found.status, 200, "{nobody}: {}", found.body);
        assert!(
            found.body.contains("当てはまる方はいません"),
            "{nobody}: {}",
            found.body
        );
        // Registering somebody new comes after what else to try.
        let place = |text: &str| found.body.find(text).unwrap();
        let advice = place("保護者の氏名、生年月日、電話番号で探す");
        assert!(
            advice < place("href=\"/acts/register-child\""),
            "{}",
            found.body
        );
    }
    for little in ["は", "花", "", "　・ー"] {
        let told = search(staff, little);
        assert_eq!(told.status, 422, "{little}: {}", told.body);
        assert!(
            told.body.contains("<a href=\"#text\">"),
            "{little}: {}",
            told.body
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_found_however_the_name_is_typed_on_both_engines() {
    for engine in ENGINES {
        somebody_is_found_however_the_name_is_typed(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_records_nothing_looks_for_nobody() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    for (account, role) in [
        ("kansa-1", "auditor"),
        ("iin-1", "committee"),
        ("joho-1", "admin"),
    ] {
        let mut browser = signed_in(&serving, &place, account, role);
        let token = hidden(&browser.open("/"), "page_token");
        let fields = [("page_token", token.as_str()), ("text", "見本花子")];
        let refused = browser.send("/children/search", &fields);
        assert_eq!(refused.status, 403, "{role}: {}", refused.body);
        assert!(!refused.body.contains("C101"), "{role}: {}", refused.body);
        assert_eq!(browser.open("/children/search?of=1").status, 403, "{role}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_found_has_an_address_that_tells_nothing_and_is_ones_own() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let token = hidden(&staff.open("/children"), "page_token");
    let fields = [("page_token", token.as_str()), ("text", "見本花子")];
    let headers = "Sec-Fetch-Site: same-origin\r\n";
    let led = staff.post("/children/search", headers, &fields);
    assert_eq!(led.status, 303, "{}", led.body);
    let address = led.header("location").unwrap().to_owned();
    assert_eq!(address, "/children/search?of=1");

    // Whoever comes back sees it again, and that is recorded again.
    for time in 1..=2 {
        let found = staff.open(&address);
        assert!(found.body.contains("見本 花子"), "{}", found.body);
        assert!(found.body.contains("value=\"見本花子\""), "{}", found.body);
        assert_eq!(openings(&place), time);
    }
    let mut other = signed_in(&serving, &place, "kacho", "manager");
    for address in [&address, "/children/search?of=7"] {
        let gone = other.open(address);
        assert_eq!(gone.status, 200, "{}", gone.body);
        assert!(!gone.body.contains("花子"), "{}", gone.body);
        assert!(gone.body.contains("もう一度入力"), "{}", gone.body);
    }
    assert_eq!(openings(&place), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_finds_its_child() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    for number in [
        "C101",
        "ｃ１０１",
        "c101",
        "C-101",
        "C 101",
        "Ｃ０１０１",
        "101",
        "１０１",
    ] {
        let found = search(&mut staff, number);
        assert!(found.body.contains(">C101</a>"), "{number}: {}", found.body);
    }
    for other in ["C1011", "D101", "10"] {
        let found = search(&mut staff, other);
        assert!(!found.body.contains(">C101</a>"), "{other}: {}", found.body);
        assert!(
            found.body.contains("当てはまる方はいません"),
            "{other}: {}",
            found.body
        );
    }
}
