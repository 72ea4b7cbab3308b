//! The second factor: who is asked, what is taken, and what is left to whoever has only a password.

use ledger_tests::browsing::{Browser, code_in, code_of, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};
use serde_json::Value;

use super::{
    BINARY, ENGINES, PASSWORD, centre, draft, grown_older, invited, out, register_codes, said,
    sign_in_new, signed_in,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_change_signs_out_whoever_came_in_before_and_a_cookie_of_before_is_worth_nothing() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let mut thief = Browser::at(&serving);
    let page = with_password(&mut thief, "sato");
    assert!(page.body.contains("<h1>今日の業務</h1>"), "{}", page.body);
    let picture = {
        let form = hidden(&staff.open("/security"), "page_token");
        let picture = staff.send("/security/codes/new", &[("page_token", &form)]);
        let code = code_of(&picture);
        let done = staff.send("/security/codes", &[("page_token", &form), ("code", &code)]);
        assert!(done.body.contains("登録してあります"), "{}", done.body);
        picture
    };
    assert_eq!(
        thief.look("/security").header("location"),
        Some("/sign-in?to=%2Fsecurity")
    );
    assert_eq!(staff.look("/").status, 200, "who made the change stays");

    // Somebody planted the cookie of a half session; the second factor makes it another.
    let mut owner = Browser::at(&serving);
    let asked = with_password(&mut owner, "sato");
    let planted = owner.cookie().unwrap().to_owned();
    let fields = [
        ("page_token", &*hidden(&asked, "page_token")),
        ("to", "/"),
        ("code", &code_in(&picture, 1)),
    ];
    let page = owner.send("/sign-in/second", &fields);
    assert!(page.body.contains("<h1>今日の業務</h1>"), "{}", page.body);
    assert_ne!(owner.cookie().unwrap(), planted);
    let old = serving.ask(&format!(
        "GET / HTTP/1.1\r\nHost: ledger\r\nConnection: close\r\nCookie: {planted}\r\n\r\n"
    ));
    assert_eq!(old.status, 303, "{}", old.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_hands_out_no_link_for_themselves() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let form = hidden(&admin.open("/accounts"), "page_token");
    let fields = [("page_token", &*form), ("account", "joho-1"), ("anew", "1")];
    let told = admin.send("/accounts", &fields);
    assert_eq!(told.status, 422, "{}", told.body);
    assert!(
        told.body.contains("自分のアカウントのリンクは出せません"),
        "{}",
        told.body
    );
    assert!(!told.body.contains("/invitation/"), "{}", told.body);
    assert_eq!(admin.look("/accounts").status, 200);
}

/// Signs in with the password alone.
fn with_password(browser: &mut Browser<'_>, account: &str) -> Response {
    browser.send("/sign-in", &[("account", account), ("password", PASSWORD)])
}

/// What was recorded about signing in, oldest first: who, and what.
fn recorded(place: &Place, event_type: &str) -> Vec<(String, Value)> {
    let list = format!("events list --type {event_type} --limit 1000 --json");
    let lines = out(place, &list);
    let events = lines.lines().map(|line| {
        let position = serde_json::from_str::<Value>(line).unwrap()["position"].to_string();
        said(place, &format!("events show {position} --json"))
    });
    let told = events.map(|event| {
        let actor = event["metadata"]["actor"].as_str().unwrap().to_owned();
        (actor, event["data"].clone())
    });
    told.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sees_everything_registers_a_second_factor_before_anything_else() {
    for engine in ENGINES {
        let place = centre(engine).await;
        let serving = Serving::start(&place, BINARY);
        for (account, role) in [
            ("kacho", "manager"),
            ("kansa-1", "auditor"),
            ("joho-1", "admin"),
        ] {
            let mut browser = Browser::at(&serving);
            let path = invited(&place, account, role);
            let page = browser.send(&path, &[("password", PASSWORD), ("again", PASSWORD)]);
            assert!(
                page.body.contains("どちらか一つを登録すると"),
                "{}",
                page.body
            );
            assert!(!page.body.contains("<nav"), "{}", page.body);
            // Nothing else is shown or taken until then.
            for path in ["/", "/children", "/events", "/accounts", "/committee"] {
                let answer = browser.look(path);
                assert_eq!(answer.status, 303, "{role} {path}");
                let to = answer.header("location").unwrap();
                assert!(to.starts_with("/sign-in/second?to="), "{to}");
            }
            let form = hidden(&page, "page_token");
            for path in ["/record", "/accounts", "/acts/open-audit"] {
                let answer = browser.post(path, OWN, &[("page_token", &form)]);
                // What was typed is kept through another sign-in.
                assert_eq!(answer.status, 401, "{role} {path}: {}", answer.body);
            }
            let api = browser.ask(
                "GET",
                "/api/children",
                "Sec-Fetch-Site: same-origin\r\n",
                "",
            );
            assert_eq!(api.status, 401, "{role}: {}", api.body);
            let page = register_codes(&mut browser);
            assert_eq!(page.status, 200, "{}", page.body);
            assert!(page.body.contains("<nav"), "{}", page.body);
        }
        // Others sign in with their password alone, and may register one.
        let mut staff = signed_in(&serving, &place, "sato", "staff");
        assert_eq!(staff.look("/").status, 200);
    }
}

const OWN: &str = "Sec-Fetch-Site: same-origin\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_password_alone_leads_no_further_and_a_code_is_good_once() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let settings = staff.open("/security");
    let form = hidden(&settings, "page_token");
    let picture = staff.send("/security/codes/new", &[("page_token", &form)]);
    let code = code_of(&picture);
    let wrong = if code == "000000" { "111111" } else { "000000" };
    let told = staff.send("/security/codes", &[("page_token", &form), ("code", wrong)]);
    assert_eq!(told.status, 422, "{}", told.body);
    // The same secret is shown again, so that the app need not be set up anew.
    assert_eq!(code_of(&told).len(), 6);
    let spelled = |page: &str| page.split("class=\"secret\">").nth(1).unwrap()[..39].to_owned();
    assert_eq!(spelled(&told.body), spelled(&picture.body));
    let code = code_of(&told);
    let done = staff.send("/security/codes", &[("page_token", &form), ("code", &code)]);
    assert!(done.body.contains("登録してあります"), "{}", done.body);

    let mut thief = Browser::at(&serving);
    let asked = with_password(&mut thief, "sato");
    assert!(asked.body.contains("認証アプリのコード"), "{}", asked.body);
    assert_eq!(thief.look("/children").status, 303);
    assert!(
        thief
            .look("/security")
            .header("location")
            .unwrap()
            .starts_with("/sign-in/second"),
        "what is registered is not replaced by who has only the password"
    );
    let form = hidden(&asked, "page_token");
    for path in ["/security/codes/new", "/security/codes/remove"] {
        let answer = thief.post(path, OWN, &[("page_token", &form)]);
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
    }
    // The code that proved the app is used up; whoever saw it typed comes no further.
    for wrong in [&code[..], "", "12345", "abcdef"] {
        let told = thief.send("/sign-in/second", &[("page_token", &form), ("code", wrong)]);
        assert!([422, 429].contains(&told.status), "{wrong}: {}", told.body);
        assert_eq!(thief.look("/").status, 303, "{wrong}");
    }
    let no_token = thief.post("/sign-in/second", OWN, &[("code", "123456")]);
    assert_eq!(no_token.status, 403);
    let nobody = Browser::at(&serving).post("/sign-in/second", OWN, &[("code", "123456")]);
    assert_eq!(nobody.header("location"), Some("/sign-in?to=%2F"));
    // Nobody guesses on.
    let tries =
        (0..6).map(|_| thief.send("/sign-in/second", &[("page_token", &form), ("code", "1")]));
    assert_eq!(tries.map(|told| told.status).last(), Some(429));
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_is_an_event_and_so_is_each_change_of_it() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut admin = signed_in(&serving, &place, "joho-1", "admin");
    let mut staff = Browser::at(&serving);
    sign_in_new(&mut staff, &place, "sato", "staff");
    let _registered = register_codes(&mut staff);
    let _refused = with_password(&mut Browser::at(&serving), "sato");

    let begun = recorded(&place, "session-begun");
    let whose: Vec<&str> = begun.iter().map(|(actor, _)| actor.as_str()).collect();
    assert_eq!(
        whose,
        ["joho-1", "sato"],
        "the password alone signs nobody in"
    );
    assert_eq!(begun[0].1["second_factor"], "one-time-code");
    assert!(begun[1].1.get("second_factor").is_none(), "{begun:?}");
    let links = recorded(&place, "sign-in-link-made");
    assert_eq!(links[0].1["account"], "joho-1");
    assert!(!links[0].0.is_empty(), "who made it is known");

    // The device is lost: the admin has everything set anew, which is an event, and ends the sessions.
    let accounts = admin.open("/accounts");
    assert!(accounts.body.contains("認証アプリ"), "{}", accounts.body);
    let fields = [
        ("page_token", &*hidden(&accounts, "page_token")),
        ("account", "sato"),
        ("anew", "1"),
    ];
    let link = admin.send("/accounts", &fields);
    assert_eq!(link.status, 200, "{}", link.body);
    let changes = recorded(&place, "sign-in-changed");
    let told: Vec<(&str, &str, &str)> = changes
        .iter()
        .map(|(actor, change)| {
            let of = |field: &str| change[field].as_str().unwrap();
            (actor.as_str(), of("account"), of("change"))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("joho-1", "joho-1", "password-set"),
            ("joho-1", "joho-1", "codes-registered"),
            ("sato", "sato", "password-set"),
            ("sato", "sato", "codes-registered"),
            ("joho-1", "sato", "second-factors-removed"),
        ]
    );
    let path = link
        .body
        .split("/invitation/")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    let fields = [("password", PASSWORD), ("again", PASSWORD)];
    let page = staff.send(&format!("/invitation/{path}"), &fields);
    assert!(page.body.contains("<h1>今日の業務</h1>"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn which_roles_are_asked_is_a_setting_and_the_last_factor_stays() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let form = hidden(&manager.open("/security"), "page_token");
    let told = manager.send("/security/codes/remove", &[("page_token", &form)]);
    assert_eq!(told.status, 422, "{}", told.body);
    assert!(
        told.body.contains("最後の一つは削除できません"),
        "{}",
        told.body
    );

    let set = |role: &str, required: bool| {
        format!(
            "record set-second-factor-rule --role {role} --required {required} --occurred 2024-04-01 --json"
        )
    };
    said(&place, &set("manager", false));
    said(&place, &set("staff", true));
    let asked = manager.send("/security/codes/remove", &[("page_token", &form)]);
    assert_eq!(asked.status, 200, "{}", asked.body);
    let follows = "パスワードだけで入れるようになります";
    assert!(asked.body.contains(follows), "{}", asked.body);
    let remove = |manager: &mut Browser<'_>, old: &str| {
        let fields = [("page_token", &*form), ("shown", "1"), ("old", old)];
        manager.send("/security/codes/remove", &fields)
    };
    for wrong in ["", "いまのものではない合言葉です"] {
        let told = remove(&mut manager, wrong);
        assert_eq!(told.status, 422, "{}", told.body);
        assert!(
            told.body.contains("いまのパスワードが違います"),
            "{}",
            told.body
        );
    }
    let changes = recorded(&place, "sign-in-changed").len();
    let removed = remove(&mut manager, PASSWORD);
    assert!(removed.body.contains("変更しました"), "{}", removed.body);
    assert_eq!(recorded(&place, "sign-in-changed").len(), changes + 1);
    let mut again = Browser::at(&serving);
    let page = with_password(&mut again, "kacho");
    assert!(page.body.contains("<h1>今日の業務</h1>"), "{}", page.body);
    let mut staff = Browser::at(&serving);
    let path = invited(&place, "sato", "staff");
    let page = staff.send(&path, &[("password", PASSWORD), ("again", PASSWORD)]);
    assert!(
        page.body.contains("どちらか一つを登録すると"),
        "{}",
        page.body
    );
    let page = register_codes(&mut staff);
    assert!(page.body.contains("<h1>今日の業務</h1>"), "{}", page.body);

    // In another role, which may ask for more, a session is worth nothing.
    said(
        &place,
        "record change-account-role --account sato --role manager --occurred 2024-04-01 --json",
    );
    assert_eq!(staff.look("/").header("location"), Some("/sign-in?to=%2F"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_outlasts_both_steps_of_a_sign_in() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = hidden(&staff.open("/security"), "page_token");
    let picture = staff.send("/security/codes/new", &[("page_token", &form)]);
    let code = code_of(&picture);
    let _done = staff.send("/security/codes", &[("page_token", &form), ("code", &code)]);
    let record = staff.open("/record");
    let command = hidden(&record, "command");
    // A new link, used elsewhere, ends the session.
    sign_in_new(&mut Browser::at(&serving), &place, "sato", "staff");
    let typed = [
        ("page_token", &*form),
        ("command", &*command),
        ("account", "sato"),
        ("content", "書いたことは残る"),
    ];
    let asked = staff.send("/record", &typed);
    assert_eq!(asked.status, 401, "{}", asked.body);

    let signed_in = [
        ("to", "/record"),
        ("draft", &*draft(&asked)),
        ("account", "sato"),
        ("password", PASSWORD),
    ];
    let second = staff.send("/sign-in", &signed_in);
    assert!(second.body.contains("サインインの確認"), "{}", second.body);
    assert!(
        !second.body.contains("書いたことは残る"),
        "it is sent along, not shown"
    );
    let wrong = send_along(&mut staff, "/sign-in/second", &second, "1");
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    // That of now was used to register.
    let right = code_in(&picture, 1);
    let again = send_along(&mut staff, "/sign-in/second", &wrong, &right);
    assert_eq!(again.status, 422, "{}", again.body);
    assert!(
        again.body.contains("書いたことは残る</textarea>"),
        "{}",
        again.body
    );
}

/// Sends a form of a page of the sign-in, with what the page sends along and a code.
fn send_along(browser: &mut Browser<'_>, path: &str, page: &Response, code: &str) -> Response {
    let fields = [
        ("page_token", &*hidden(page, "page_token")),
        ("to", &*hidden(page, "to")),
        ("draft", &*draft(page)),
        ("code", code),
    ];
    browser.send(path, &fields)
}

/// Signs in on a page that keeps what was typed.
fn sign_in_along(browser: &mut Browser<'_>, page: &Response) -> Response {
    let fields = [
        ("to", &*hidden(page, "to")),
        ("draft", &*draft(page)),
        ("account", "sato"),
        ("password", PASSWORD),
    ];
    browser.send("/sign-in", &fields)
}

/// What the tests below type.
const TYPED: &str = "書いたことは残る";

/// Sends what was typed into the page of records, which asks for a sign-in first.
fn type_and_send(browser: &mut Browser<'_>, record: &Response) -> Response {
    let typed = [
        ("page_token", &*hidden(record, "page_token")),
        ("command", &*hidden(record, "command")),
        ("account", "sato"),
        ("content", TYPED),
    ];
    let asked = browser.send("/record", &typed);
    assert_eq!(asked.status, 401, "{}", asked.body);
    asked
}

fn is_back_at_it(page: &Response) {
    assert_eq!(page.status, 422, "{}", page.body);
    let kept = format!("{TYPED}</textarea>");
    assert!(page.body.contains(&kept), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_outlasts_a_second_factor_that_is_asked_for_since() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let record = staff.open("/record");
    said(
        &place,
        "record set-second-factor-rule --role staff --required true --occurred 2024-04-01 --json",
    );
    grown_older(&place, "seen_at", 16);
    let asked = type_and_send(&mut staff, &record);

    let settings = sign_in_along(&mut staff, &asked);
    assert_eq!(settings.status, 200, "{}", settings.body);
    let said = &settings.body;
    assert!(said.contains("どちらか一つを登録すると"), "{said}");
    assert!(said.contains("入力した内容は残っています"), "{said}");
    assert!(!said.contains(TYPED), "it is sent along, not shown");
    assert_eq!(staff.look("/").status, 303, "nothing else is shown yet");

    // Whoever takes longer than a change may gives the password once more, and loses nothing.
    grown_older(&place, "begun_at", 11);
    let late = send_along(&mut staff, "/security/codes/new", &settings, "");
    assert_eq!(late.status, 401, "{}", late.body);
    let settings = sign_in_along(&mut staff, &late);
    let picture = send_along(&mut staff, "/security/codes/new", &settings, "");
    assert_eq!(picture.status, 200, "{}", picture.body);
    let wrong = send_along(&mut staff, "/security/codes", &picture, "1");
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    let right = code_of(&wrong);
    is_back_at_it(&send_along(&mut staff, "/security/codes", &wrong, &right));
    assert_eq!(staff.look("/").status, 200, "they are signed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_outlasts_a_page_of_the_code_that_is_left_alone() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = hidden(&staff.open("/security"), "page_token");
    let picture = staff.send("/security/codes/new", &[("page_token", &form)]);
    let code = code_of(&picture);
    let _done = staff.send("/security/codes", &[("page_token", &form), ("code", &code)]);
    let record = staff.open("/record");
    grown_older(&place, "seen_at", 16);
    let asked = type_and_send(&mut staff, &record);
    let second = sign_in_along(&mut staff, &asked);
    assert!(second.body.contains("サインインの確認"), "{}", second.body);

    // In another tab somebody sends the form again while the second factor is still to be shown.
    let halfway = type_and_send(&mut staff, &record);
    assert_eq!(draft(&halfway), draft(&second));

    // That of now was used to register.
    let right = code_in(&picture, 1);
    grown_older(&place, "seen_at", 16);
    let late = send_along(&mut staff, "/sign-in/second", &second, &right);
    assert_eq!(late.status, 401, "{}", late.body);
    assert_eq!(hidden(&late, "to"), "/record");
    let second = sign_in_along(&mut staff, &late);
    assert!(second.body.contains("サインインの確認"), "{}", second.body);
    is_back_at_it(&send_along(&mut staff, "/sign-in/second", &second, &right));
    assert_eq!(staff.look("/").status, 200, "they are signed in");
}
