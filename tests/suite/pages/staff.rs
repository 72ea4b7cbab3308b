//! A member of staff: invited, sees the day's work, opens a person, records a consultation.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::serving::Serving;

use super::{BINARY, ENGINES, centre, openings, position, put_in_charge, sign_in_new};

/// What nobody sees of whom they are not in charge.
const PERSONAL: [&str; 4] = ["花子", "ハナコ", "2019-10-15", "平成31年10月15日"];

async fn a_consultation_is_recorded_and_stands_on_the_next_page(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = Browser::at(&serving);
    sign_in_new(&mut staff, &place, "sato", "staff");
    put_in_charge(&place, "sato");

    let list = staff.open("/children?charge=mine");
    assert!(list.body.contains(">C101</a>"), "{}", list.body);
    assert!(list.body.contains("1人"), "{}", list.body);
    let form = staff.open("/record?child=C101");
    let (token, command) = (hidden(&form, "form"), hidden(&form, "command"));
    let fields = [
        ("form", token.as_str()),
        ("command", command.as_str()),
        ("children", "Ｃ101"),
        ("occurred", "2024-03-29T16:10"),
        ("consulter", "guardian"),
        ("channel", "phone"),
        ("topics", "respite"),
        ("topics", "school-entry"),
        ("duration_minutes", "２０"),
        ("content", "短期入所の<b>空き</b>について"),
        ("follow_up_what", "施設に尋ねて電話する"),
        ("follow_up_due_on", "2024-04-05"),
    ];
    let before = openings(&place);
    let timeline = staff.send("/record", &fields);

    assert_eq!(timeline.status, 200, "{}", timeline.body);
    for told in [
        "見本 花子（ミホン ハナコ）",
        "令和6年3月29日",
        "短期入所の&#60;b&#62;空き&#60;/b&#62;について",
        "施設に尋ねて電話する",
        "satoが記録",
    ] {
        assert!(timeline.body.contains(told), "{told}: {}", timeline.body);
    }
    assert_eq!(openings(&place), before + 1, "it is told who looked");

    // Sent once more, as by a double click: it stands once.
    let again = staff.send("/record", &fields);
    let count = again.body.matches("空き").count();
    assert_eq!(count, 1, "{}", again.body);
    let today = staff.open("/");
    assert!(today.body.contains("フォロー"), "{}", today.body);

    let out = staff.send("/sign-out", &[("form", &token)]);
    assert!(out.body.contains("<h1>サインイン</h1>"), "{}", out.body);
    let gone = staff.look("/children");
    assert_eq!(
        (gone.status, gone.header("location")),
        (303, Some("/sign-in?to=%2Fchildren"))
    );
    serving.signal("TERM");
    assert_eq!(serving.ended().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultation_is_recorded_and_stands_on_the_next_page_on_sqlite() {
    a_consultation_is_recorded_and_stands_on_the_next_page(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultation_is_recorded_and_stands_on_the_next_page_on_postgres() {
    a_consultation_is_recorded_and_stands_on_the_next_page(Engine::Postgres).await;
}

/// Fields, and what is wrong there.
const WRONG: [(&str, &str); 9] = [
    ("children", "C999"),
    ("children", ""),
    ("topics", ""),
    ("topics", "weather"),
    ("occurred", "昨日"),
    ("occurred", "2094-03-29T16:10"),
    ("duration_minutes", "長め"),
    ("follow_up_what", "期限のない約束"),
    ("content", "番号は 1234 5678 9018 です"),
];

/// A consultation about C101 as the form sends it.
fn consultation<'f>(token: &'f str, command: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("form", token),
        ("command", command),
        ("children", "C101"),
        ("occurred", "2024-03-29T16:10"),
        ("consulter", "guardian"),
        ("channel", "phone"),
        ("topics", "respite"),
        ("content", "書いたことは残る"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = Browser::at(&serving);
    sign_in_new(&mut staff, &place, "sato", "staff");
    let form = staff.open("/record");
    let (token, command) = (hidden(&form, "form"), hidden(&form, "command"));
    let right = consultation(&token, &command);
    let with = |name: &'static str, value: &'static str| {
        let mut fields = right.clone();
        fields.retain(|(known, _)| *known != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
        fields
    };
    let before = position(&place);
    for (field, value) in WRONG {
        let told = staff.send("/record", &with(field, value));
        let where_told = if field == "follow_up_what" {
            "follow_up_due_on"
        } else {
            field
        };
        assert_eq!(told.status, 422, "{field} {value}: {}", told.body);
        let summary = format!("<a href=\"#{where_told}\">");
        assert!(
            told.body.contains(&summary),
            "{field} {value}: {}",
            told.body
        );
        let beside = format!("id=\"{where_told}-fault\"");
        assert!(
            told.body.contains(&beside),
            "{field} {value}: {}",
            told.body
        );
        let kept = if field == "content" {
            value
        } else {
            "書いたことは残る"
        };
        assert!(told.body.contains(kept), "{field} {value}: {}", told.body);
    }
    assert_eq!(position(&place), before, "nothing was written");
    // Whoever takes a call writes it down, also without being in charge, and is told so.
    let told = staff.send("/record", &right);
    assert_eq!(told.status, 200, "{}", told.body);
    assert!(told.body.contains("記録しました（#"), "{}", told.body);
    assert_ne!(position(&place), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_opens_whom_they_are_not_in_charge_of() {
    for engine in ENGINES {
        let place = centre(engine).await;
        let serving = Serving::start(&place, BINARY);
        for (account, role) in [
            ("sato", "staff"),
            ("audit-1", "auditor"),
            ("iin-1", "committee"),
            ("joho-1", "admin"),
        ] {
            let mut browser = Browser::at(&serving);
            sign_in_new(&mut browser, &place, account, role);
            let before = openings(&place);
            for path in [
                "/",
                "/children",
                "/children/C101",
                "/record",
                "/record?child=C101",
            ] {
                let page = browser.open(path);
                for personal in PERSONAL {
                    assert!(
                        !page.body.contains(personal),
                        "{role} {path}: {}",
                        page.body
                    );
                }
                let allowed = match (role, path) {
                    (_, "/") | ("auditor", "/children") => true,
                    (_, "/children/C101") => false,
                    (role, _) => role == "staff",
                };
                let status = if allowed { 200 } else { 403 };
                assert_eq!(page.status, status, "{role} {path}: {}", page.body);
            }
            assert_eq!(openings(&place), before, "{role}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_opens_a_record_for_a_reason_that_is_kept() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = Browser::at(&serving);
    sign_in_new(&mut staff, &place, "sato", "staff");
    let asked = staff.open("/children/C101");
    assert_eq!(asked.status, 403, "{}", asked.body);
    let (token, command) = (hidden(&asked, "form"), hidden(&asked, "command"));
    let path = asked.body.split("action=\"/children/").nth(1).unwrap();
    let path = format!("/children/{}", path.split('"').next().unwrap());
    let send = |reason| {
        [
            ("form", &*token),
            ("command", &*command),
            ("reason", reason),
        ]
    };

    let told = staff.send(&path, &send("  "));
    assert_eq!(told.status, 422, "{}", told.body);
    assert!(told.body.contains("id=\"reason-fault\""), "{}", told.body);
    assert_eq!(openings(&place), 0);

    let opened = staff.send(&path, &send("夜間に主治医から電話"));
    assert_eq!(opened.status, 200, "{}", opened.body);
    assert!(opened.body.contains("見本 花子"), "{}", opened.body);
    assert!(
        opened.body.contains("夜間に主治医から電話"),
        "{}",
        opened.body
    );
    assert_eq!(openings(&place), 1);
}
