//! A member of staff: invited, sees the day's work, opens a person, records a consultation.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::serving::{Response, Serving};

use super::acts::fields_at_fault;
use super::{
    BINARY, PASSWORD, centre, draft, grown_older, openings, position, put_in_charge, said,
    sign_in_new, signed_in,
};

async fn a_consultation_is_recorded_and_stands_on_the_next_page(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");

    let list = staff.open("/children?charge=mine");
    assert!(list.body.contains(">C101</a>"), "{}", list.body);
    assert!(list.body.contains("1人"), "{}", list.body);
    let form = staff.open("/record?child=C101");
    let [token, command, shown] = ["page_token", "command", "shown"].map(|one| hidden(&form, one));
    let fields = [
        ("page_token", token.as_str()),
        ("command", command.as_str()),
        ("children", "Ｃ101"),
        ("shown", shown.as_str()),
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
    // Changed in between it is a record of its own: nothing that was sent is thrown away.
    let changed = with_content(&fields, "言い直したこと");
    let again = staff.send("/record", &changed);
    assert!(
        again.body.contains("空き") && again.body.contains("言い直したこと"),
        "{}",
        again.body
    );
    let today = staff.open("/");
    assert!(today.body.contains("次の対応"), "{}", today.body);

    let out = staff.send("/sign-out", &[("page_token", &token)]);
    assert!(out.body.contains("<h1>サインイン</h1>"), "{}", out.body);
    let gone = staff.look("/children");
    assert_eq!(
        (gone.status, gone.header("location")),
        (303, Some("/sign-in?to=%2Fchildren"))
    );
    serving.signal("TERM");
    assert_eq!(serving.ended().code(), Some(0));
}

/// The same fields with another content.
fn with_content<'f>(fields: &[(&'f str, &'f str)], content: &'f str) -> Vec<(&'f str, &'f str)> {
    let fields = fields.iter().map(|(name, value)| match *name {
        "content" => (*name, content),
        _ => (*name, *value),
    });
    fields.collect()
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
        ("page_token", token),
        ("command", command),
        ("children", "C101"),
        ("shown", "C101"),
        ("occurred", "2024-03-29T16:10"),
        ("consulter", "guardian"),
        ("channel", "phone"),
        ("topics", "respite"),
        ("content", "書いたことは残る"),
        ("account", "sato"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = staff.open("/record");
    let (token, command) = (hidden(&form, "page_token"), hidden(&form, "command"));
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
    assert!(told.body.contains(">C101</a>（#"), "{}", told.body);
    assert_ne!(position(&place), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_missing_of_a_consultation_is_told_at_once_in_the_order_of_the_form() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = staff.open("/record");
    let (token, command) = (hidden(&form, "page_token"), hidden(&form, "command"));
    let fields = [
        ("page_token", &*token),
        ("command", &*command),
        ("duration_minutes", "長め"),
        ("content", "番号は 1234 5678 9018 です"),
    ];

    let told = staff.send("/record", &fields);

    assert_eq!(told.status, 422, "{}", told.body);
    let wrong = [
        "children",
        "occurred",
        "consulter",
        "channel",
        "topics",
        "content",
        "duration_minutes",
    ];
    assert_eq!(fields_at_fault(&told), wrong, "{}", told.body);
    for field in wrong {
        let beside = format!("id=\"{field}-fault\"");
        assert!(told.body.contains(&beside), "{field}: {}", told.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_opens_a_record_for_a_reason_that_is_kept() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let asked = staff.open("/children/C101");
    assert_eq!(asked.status, 403, "{}", asked.body);
    let (token, command) = (hidden(&asked, "page_token"), hidden(&asked, "command"));
    let path = asked.body.split("action=\"/children/").nth(1).unwrap();
    let path = format!("/children/{}", path.split('"').next().unwrap());
    let send = |reason| {
        [
            ("page_token", &*token),
            ("command", &*command),
            ("reason", reason),
        ]
    };

    for (reason, said) in [("  ", "空欄"), ("あ", "8文字以上")] {
        let told = staff.send(&path, &send(reason));
        assert_eq!(told.status, 422, "{}", told.body);
        let (_, fault) = told.body.split_once("id=\"reason-fault\"").unwrap();
        let fault = fault.split("</p>").next().unwrap();
        assert!(fault.contains(said), "{fault}");
        let typed = format!("{reason}</textarea>");
        assert!(told.body.contains(&typed), "{}", told.body);
    }
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

#[tokio::test(flavor = "multi_thread")]
async fn the_reason_of_an_emergency_outlasts_a_sign_in_of_whoever_typed_it() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    sign_in_new(&mut Browser::at(&serving), &place, "suzuki", "staff");
    let asked = staff.open("/children/C101");
    let path = asked.body.split("action=\"/children/").nth(1).unwrap();
    let path = format!("/children/{}", path.split('"').next().unwrap());
    let send = |staff: &mut Browser<'_>, page: &Response| {
        let fields = ["page_token", "account", "command"].map(|name| (name, hidden(page, name)));
        let fields = fields.iter().map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<(&str, &str)> =
            fields.chain([("reason", "夜間に主治医から電話")]).collect();
        staff.send(&path, &fields)
    };
    grown_older(&place, "seen_at", 16);
    let kept = send(&mut staff, &asked);
    assert_eq!(kept.status, 401, "{}", kept.body);
    let (to, typed) = (hidden(&kept, "to"), draft(&kept));
    assert_eq!(to, path);
    let sign_in = |browser: &mut Browser<'_>, account: &str| {
        let fields = [
            ("to", &*to),
            ("draft", &*typed),
            ("account", account),
            ("password", PASSWORD),
        ];
        browser.send("/sign-in", &fields)
    };

    let other = sign_in(&mut Browser::at(&serving), "suzuki");
    assert_eq!(other.status, 403, "{}", other.body);
    assert!(!other.body.contains("主治医"), "{}", other.body);
    let again = sign_in(&mut staff, "sato");
    assert_eq!(again.status, 422, "{}", again.body);
    let reason = "夜間に主治医から電話</textarea>";
    assert!(again.body.contains(reason), "{}", again.body);
    assert_eq!(openings(&place), 0, "nothing is opened before it is sent");
    let opened = send(&mut staff, &again);
    assert_eq!(opened.status, 200, "{}", opened.body);
    assert!(opened.body.contains("見本 花子"), "{}", opened.body);
    assert_eq!(openings(&place), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn being_put_in_charge_and_taken_out_counts_at_once() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let unassign = "record unassign-staff --child C101 --account sato --occurred 2024-04-02 --json";

    assert_eq!(staff.open("/children/C101").status, 403);
    put_in_charge(&place, "sato");
    assert_eq!(staff.open("/children/C101").status, 200);
    said(&place, unassign);
    assert_eq!(staff.open("/children/C101").status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_outlasts_a_sign_in() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let form = staff.open("/record");
    let (token, command) = (hidden(&form, "page_token"), hidden(&form, "command"));
    // A new password elsewhere ends the session while something is typed here.
    sign_in_new(&mut Browser::at(&serving), &place, "sato", "staff");

    let kept = staff.send("/record", &consultation(&token, &command));
    assert_eq!(kept.status, 401, "{}", kept.body);
    assert!(kept.body.contains("<h1>サインイン</h1>"), "{}", kept.body);
    let draft = hidden(&kept, "draft").replace("&#38;", "&");
    // Somebody else who signs in there sees nothing of it.
    for (account, role) in [("suzuki", "staff"), ("iin-1", "committee")] {
        sign_in_new(&mut Browser::at(&serving), &place, account, role);
        let mut other = Browser::at(&serving);
        let signed_in = [
            ("to", "/record"),
            ("draft", &*draft),
            ("account", account),
            ("password", PASSWORD),
        ];
        let told = other.send("/sign-in", &signed_in);
        assert_eq!(told.status, 403, "{account}: {}", told.body);
        assert!(
            !told.body.contains("書いたこと"),
            "{account}: {}",
            told.body
        );
    }
    let before = position(&place);
    let signed_in = [
        ("to", "/record"),
        ("draft", &*draft),
        ("account", "sato"),
        ("password", PASSWORD),
    ];
    let again = staff.send("/sign-in", &signed_in);
    assert_eq!(again.status, 422, "{}", again.body);
    assert!(
        again.body.contains("書いたことは残る</textarea>"),
        "{}",
        again.body
    );
    assert_eq!(
        position(&place),
        before + 1,
        "only the sign-in is recorded yet"
    );
    let before = position(&place);
    // As a form of before the sign-in, which another tab still shows.
    let old = staff.send("/record", &consultation(&token, &command));
    assert_eq!(old.status, 422, "{}", old.body);
    assert!(
        old.body.contains("書いたことは残る</textarea>"),
        "{}",
        old.body
    );
    assert_eq!(position(&place), before, "nothing is recorded yet");

    let (token, command) = (hidden(&again, "page_token"), hidden(&again, "command"));
    let sent = staff.send("/record", &consultation(&token, &command));
    assert_eq!(sent.status, 200, "{}", sent.body);
    assert!(sent.body.contains("」を記録しました"), "{}", sent.body);
    assert!(position(&place) > before);
}

/// Sends a form about siblings.
fn sent(staff: &mut Browser<'_>, form: &Response, children: &str) -> Response {
    let (token, command) = (hidden(form, "page_token"), hidden(form, "command"));
    let fields = [
        ("page_token", &*token),
        ("command", &*command),
        ("children", children),
        ("shown", "C101 C102"),
        ("occurred", "2024-03-29T16:10"),
        ("consulter", "guardian"),
        ("channel", "phone"),
        ("topics", "family"),
        ("content", "きょうだいのこと"),
    ];
    staff.send("/record", &fields)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_page_records_for_several_and_leads_to_each() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    said(
        &place,
        "record register-child --number C102 --name 見本　次郎 --birth-date 2020-01-15 --area kinuta \
         --occurred R3.8.5 --json",
    );
    let form = staff.open("/record");
    assert!(
        !form.body.contains("花子"),
        "before it is written nobody is named"
    );
    // Which of them is unknown is told, and what was typed is kept.
    let unknown = sent(&mut staff, &form, "C101 C999 C102");
    assert_eq!(unknown.status, 422, "{}", unknown.body);
    let (_, faults) = unknown.body.split_once("class=\"faults\"").unwrap();
    let faults = faults.split("</div>").next().unwrap();
    assert!(
        faults.contains("C999") && !faults.contains("C102"),
        "{faults}"
    );
    assert!(
        unknown.body.contains("きょうだいのこと</textarea>"),
        "{}",
        unknown.body
    );
    let before = position(&place);

    let done = sent(&mut staff, &form, "C101、C102");

    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(position(&place), before + 2, "one for each");
    let told = done.body.split("role=\"status\">").nth(1).unwrap();
    let told = told.split("</p>").next().unwrap();
    let paths: Vec<&str> = told
        .split("<a href=\"/children/")
        .skip(1)
        .map(|link| link.split('"').next().unwrap())
        .collect();
    assert_eq!(paths.len(), 2, "{told}");
    assert!(
        told.contains(">C101</a>") && told.contains(">C102</a>"),
        "{told}"
    );
    let own = staff.open(&format!(
        "/children/{}",
        paths[0].split('#').next().unwrap()
    ));
    assert!(own.body.contains("きょうだいのこと"), "{}", own.body);
    // Whoever is not in charge of one of them is asked why.
    let other = staff.open(&format!(
        "/children/{}",
        paths[1].split('#').next().unwrap()
    ));
    assert_eq!(other.status, 403, "{}", other.body);
}
