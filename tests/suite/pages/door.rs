//! Signing in: what lets somebody in, and what does not.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::serving::Serving;

use super::{BINARY, PASSWORD, centre, invited, position, said, signed_in};

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_once_and_asks_for_a_password_that_holds() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut browser = Browser::at(&serving);
    let nobody = browser.open("/");
    assert!(
        nobody.body.contains("care-ledger invite"),
        "{}",
        nobody.body
    );
    let (first, path) = (
        invited(&place, "sato", "staff"),
        invited(&place, "sato", "staff"),
    );
    assert_eq!(browser.open(&first).status, 404, "a later one replaced it");
    let asking = browser.open(&path);
    assert!(asking.body.contains("<b>sato</b>"), "{}", asking.body);

    for (password, again, why) in [
        ("short", "short", "15文字以上"),
        (
            "sato no himitsu desu",
            "sato no himitsu desu",
            "アカウント名",
        ),
        (PASSWORD, "ほかの合言葉ほかの合言葉", "2回の入力"),
    ] {
        let told = browser.send(&path, &[("password", password), ("again", again)]);
        assert_eq!(told.status, 422, "{why}: {}", told.body);
        let fault = told.body.split("class=\"faults\"").nth(1).unwrap();
        let fault = fault.split("</div>").next().unwrap();
        assert!(fault.contains(why), "{why}: {}", told.body);
        assert!(!told.body.contains(password), "a password is not sent back");
        assert_eq!(browser.cookie(), None);
    }
    let fields = [("password", PASSWORD), ("again", PASSWORD)];
    assert!(
        browser
            .send(&path, &fields)
            .body
            .contains("<h1>今日の業務</h1>")
    );
    assert_eq!(browser.send(&path, &fields).status, 404, "it is used up");
    // A new link, used elsewhere, ends what was open.
    let _other = signed_in(&serving, &place, "sato", "staff");
    assert_eq!(browser.look("/").status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_says_no_more_than_a_name_that_nobody_has() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut browser = signed_in(&serving, &place, "sato", "staff");
    let mut other = Browser::at(&serving);
    let mut told = |account: &str, password: &str| {
        let page = other.send("/sign-in", &[("account", account), ("password", password)]);
        (page.status, page.body.replace(account, "…"))
    };

    let wrong = told("sato", "wrong password, wrong");
    assert_eq!(wrong.0, 422, "{}", wrong.1);
    assert_eq!(told("suzuki", PASSWORD), wrong);
    let tried = (0..6).map(|_| told("sato", "wrong password, wrong").0);
    let tried: Vec<u16> = tried.collect();
    assert_eq!(tried.last(), Some(&429), "{tried:?}");
    assert_eq!(told("sato", PASSWORD).0, 429, "nobody guesses on");

    said(
        &place,
        "record close-account --account sato --occurred 2024-04-01 --json",
    );
    assert_eq!(
        browser.look("/").status,
        303,
        "a closed account is signed out"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_comes_from_a_page_of_the_program_and_of_whoever_sends_it() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut browser = signed_in(&serving, &place, "sato", "staff");
    let token = hidden(&browser.open("/record"), "page_token");
    let own = "Sec-Fetch-Site: same-origin\r\n";
    let fields = [("page_token", token.as_str())];
    let before = position(&place);

    let refused = |browser: &mut Browser<'_>, headers: &str, fields: &[(&str, &str)]| {
        browser.post("/record", headers, fields).status
    };
    assert_eq!(
        refused(&mut browser, "Sec-Fetch-Site: cross-site\r\n", &fields),
        403
    );
    assert_eq!(
        refused(&mut browser, "Origin: http://evil.example\r\n", &fields),
        403
    );
    assert_eq!(refused(&mut browser, "", &fields), 403);
    // What was typed is shown again, and nothing is recorded.
    let typed = [("page_token", "0"), ("account", "sato")];
    assert_eq!(refused(&mut browser, own, &typed), 422);
    // But not to somebody else.
    for other in [&[("page_token", "0"), ("account", "suzuki")][..], &[]] {
        assert_eq!(refused(&mut browser, own, other), 403);
    }
    for path in ["/children/C101/emergency", "/accounts", "/sign-out"] {
        for wrong in [&[("page_token", "0")][..], &[]] {
            let answer = browser.post(path, own, wrong);
            assert_eq!(answer.status, 403, "{path}: {}", answer.body);
        }
    }
    assert_eq!(refused(&mut browser, own, &fields), 422);
    assert_eq!(
        refused(&mut browser, "Origin: http://ledger\r\n", &fields),
        422
    );
    let json = format!("{own}Content-Type: application/json\r\n");
    assert_eq!(browser.ask("POST", "/record", &json, "{}").status, 415);
    let long = "あ".repeat(100_000);
    assert_eq!(
        refused(
            &mut browser,
            own,
            &[("page_token", &token), ("content", &long)]
        ),
        413
    );
    assert_eq!(browser.look("/children/none").status, 404);
    assert_eq!(browser.look("/none").status, 404);
    assert_eq!(browser.ask("DELETE", "/record", own, "").status, 405);
    assert_eq!(position(&place), before, "nothing was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_browser_keeps_is_little_and_guarded() {
    let place = centre(Engine::Sqlite).await;
    for (options, name, secure) in [
        (&[][..], "care-ledger", false),
        (&["--behind-tls"][..], "__Host-care-ledger", true),
    ] {
        let serving = Serving::start_with(&place, BINARY, options);
        let mut browser = Browser::at(&serving);
        let path = invited(&place, "sato", "staff");
        let fields = [("password", PASSWORD), ("again", PASSWORD)];
        let answer = browser.post(&path, "Sec-Fetch-Site: same-origin\r\n", &fields);
        let set = answer.header("set-cookie").unwrap();
        assert!(set.starts_with(&format!("{name}=")), "{set}");
        assert!(
            set.contains("HttpOnly") && set.contains("SameSite=Strict") && set.contains("Path=/")
        );
        assert_eq!(set.contains("Secure"), secure, "{set}");
        assert!(!set.contains("Domain"), "{set}");

        let page = browser.open("/");
        assert_eq!(page.header("cache-control"), Some("no-store"));
        let policy = page.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self'"),
            "{policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(page.header("referrer-policy"), Some("same-origin"));
        assert!(page.body.len() < 100_000);
        let style = browser.open("/assets/care-ledger.css");
        assert_eq!(
            style.header("content-type"),
            Some("text/css; charset=utf-8")
        );
        assert_eq!(serving.get("/healthz").body, "ok\n");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_pages_no_key_is_needed_and_there_are_the_probes_alone() {
    let place = centre(Engine::Sqlite).await;
    std::fs::remove_file(place.folder().join("centre.kek")).unwrap();

    let serving = Serving::start_with(&place, BINARY, &["--without-pages"]);

    assert_eq!(serving.get("/healthz").status, 200);
    let none = serving.get("/");
    assert_eq!(none.status, 404);
    assert!(none.body.contains("/healthz"), "{}", none.body);
    let line = ["serve", "--listen", "127.0.0.1:0"];
    let told = place.process(BINARY, &line).output().unwrap();
    assert_eq!(told.status.code(), Some(1));
    let err = String::from_utf8(told.stderr).unwrap();
    assert!(err.contains("centre.kek"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_says_why_something_was_not_done_keeps_the_menu_of_who_is_signed_in() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let own = "Sec-Fetch-Site: same-origin\r\n";
    let token = hidden(&staff.open("/record"), "page_token");
    let long = "あ".repeat(100_000);
    let refused = [
        (404, staff.look("/none")),
        (404, staff.look("/children/none")),
        (404, staff.look("/acts/no-such-act")),
        (403, staff.look("/acts/set-planned-number")),
        (403, staff.look("/accounts")),
        (405, staff.ask("DELETE", "/record", own, "")),
        (
            413,
            staff.post(
                "/record",
                own,
                &[("page_token", &token), ("content", &long)],
            ),
        ),
    ];
    for (status, page) in refused {
        assert_eq!(page.status, status, "{}", page.body);
        for part in [
            "<nav",
            "href=\"/children\"",
            "href=\"/acts\"",
            "サインアウト",
            ">sato</a>",
        ] {
            assert!(page.body.contains(part), "{status} {part}: {}", page.body);
        }
        assert!(!page.body.contains("href=\"/accounts\""), "{status}");
    }
    let nobody = Browser::at(&serving).look("/none");
    assert_eq!(nobody.status, 404);
    for part in ["<nav", "サインアウト", "sato"] {
        assert!(!nobody.body.contains(part), "{part}: {}", nobody.body);
    }
}
