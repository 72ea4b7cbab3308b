//! 今日の業務: what a button records at once, and what takes it back.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::acts::newest;
use super::approvals::shown_to_a_meeting;
use super::person::referral;
use super::{BINARY, centre, id_of, openings, position, put_in_charge, said, signed_in};

/// The hidden fields of the first form of a page that is sent to a path.
fn fields_of(page: &Response, path: &str) -> Vec<(String, String)> {
    let begins = format!("<form method=\"post\" action=\"{path}\">");
    let (_, form) = page.body.split_once(&begins).expect("the form");
    let form = form.split("</form>").next().unwrap();
    let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
    let pair = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"").unwrap();
        (name.to_owned(), rest.split('"').next().unwrap().to_owned())
    };
    inputs.map(pair).collect()
}

async fn a_promise_is_kept_with_one_button(engine: Engine) {
    let place = centre(engine).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    said(
        &place,
        "record schedule-follow-up --child C101 --what 電話する --due-on 2024-04-20 --occurred 2024-04-12 --json",
    );
    let today = staff.open("/");
    let path = "/acts/finish-follow-up";
    let fields = fields_of(&today, path);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let before = (position(&place), openings(&place));

    let done = staff.send(path, &fields);

    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.body.contains("<h1>今日の業務"), "{}", done.body);
    let written = before.0 + 1;
    let told = format!("#e{written}\">C101</a>（#{written}）に「");
    assert!(done.body.contains(&told), "{}", done.body);
    assert!(!done.body.contains(path), "it is not due any more");
    assert_eq!(openings(&place), before.1, "nobody's text was opened");
    // A double click writes it once.
    let again = staff.send(path, &fields);
    assert!(again.body.contains(&told), "{}", again.body);
    assert_eq!(position(&place), written);

    // And back.
    let back = format!("/events/{written}/amend?act=annul");
    assert!(
        done.body.contains(&format!("href=\"{back}\"")),
        "{}",
        done.body
    );
    let form = staff.open(&back);
    assert_eq!(form.status, 200, "{}", form.body);
    let (token, command) = (hidden(&form, "page_token"), hidden(&form, "command"));
    let path = format!("/events/{written}/amend");
    let annulled = [
        ("page_token", &*token),
        ("command", &*command),
        ("act", "annul"),
        ("reason", "duplicate"),
        ("explanation", "まだ電話していない"),
    ];
    let timeline = staff.send(&path, &annulled);
    assert_eq!(timeline.status, 200, "{}", timeline.body);
    let today = staff.open("/");
    assert!(
        today.body.contains("/acts/finish-follow-up"),
        "{}",
        today.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_kept_with_one_button_on_sqlite() {
    a_promise_is_kept_with_one_button(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_kept_with_one_button_on_postgres() {
    a_promise_is_kept_with_one_button(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asked_for_a_referral_is_told_in_its_row_with_the_day() {
    let place = centre(Engine::Sqlite).await;
    let referral = referral(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let path = "/acts/remind-referral";
    let today = staff.open("/");
    assert!(!today.body.contains("に照会（"), "{}", today.body);
    let fields = fields_of(&today, path);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();

    let done = staff.send(path, &fields);

    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.body.contains("に照会（sato）"), "{}", done.body);
    assert!(!done.body.contains("今日、状況を照会した"), "{}", done.body);
    for also in ["/referrals", "/children/C101"] {
        let page = staff.open(also);
        assert!(
            page.body.contains("に照会（sato）"),
            "{also}: {}",
            page.body
        );
    }
    // The list that is taken along says the same.
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let file = manager.open("/?format=csv").body;
    assert!(file.contains("連携先,至急,照会"), "{file}");
    let line = file.lines().find(|line| line.contains("C101"));
    assert!(
        line.is_some_and(|line| line.contains("に照会（sato）")),
        "{file}"
    );
    // What it was asked for came: it waits for the next step, of which nobody has asked yet.
    said(
        &place,
        &format!(
            "record receive-referral --child C101 --referral {referral} --occurred {} --json",
            text_of(&fields, "occurred")
        ),
    );
    for page in ["/", "/referrals"] {
        let page = staff.open(page);
        assert!(!page.body.contains("に照会（"), "{}", page.body);
    }
}

/// What stands in a field.
fn text_of<'f>(fields: &[(&str, &'f str)], field: &str) -> &'f str {
    let found = fields.iter().find(|(name, _)| *name == field);
    found.unwrap_or_else(|| panic!("{field}: {fields:?}")).1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_that_is_not_from_ones_own_page_writes_nothing() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    said(
        &place,
        "record schedule-follow-up --child C101 --what 電話する --due-on 2024-04-20 --occurred 2024-04-12 --json",
    );
    let today = staff.open("/");
    let mut fields = fields_of(&today, "/acts/finish-follow-up");
    fields.retain(|(name, _)| name != "page_token");
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let before = position(&place);

    let answer = staff.send("/acts/finish-follow-up", &fields);

    assert_eq!(answer.status, 422, "{}", answer.body);
    assert_eq!(position(&place), before);
}

/// A follow-up each of C101 and C102.
fn follow_ups_of_two(place: &Place) {
    said(
        place,
        "record register-child --number C102 --name 見本　次郎 --birth-date 2020-01-15 --area kinuta \
         --occurred R3.8.5 --json",
    );
    for number in ["C101", "C102"] {
        let schedule = format!("record schedule-follow-up --child {number} --what 電話する");
        said(
            place,
            &format!("{schedule} --due-on 2024-04-20 --occurred 2024-04-12 --json"),
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_work_stands_alone() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    follow_ups_of_two(&place);
    let everybody = staff.open("/");
    assert!(
        everybody.body.contains(">C101</a>") && everybody.body.contains(">C102</a>"),
        "{}",
        everybody.body
    );
    assert!(
        everybody
            .body
            .contains("<a href=\"/?charge=mine\">自分の担当</a>"),
        "{}",
        everybody.body
    );

    let mine = staff.open("/?charge=mine");

    assert!(mine.body.contains(">C101</a>"), "{}", mine.body);
    assert!(!mine.body.contains("C102"), "{}", mine.body);
    let chosen = "<a href=\"/?charge=mine\" aria-current=\"true\">自分の担当</a>";
    assert!(mine.body.contains(chosen), "{}", mine.body);
    // Narrowed to a kind and back it stays one's own.
    let kind = staff.open("/?charge=mine&kind=follow-up");
    assert!(
        kind.body.contains(">C101</a>") && !kind.body.contains("C102"),
        "{}",
        kind.body
    );
    let back = "<a href=\"/?charge=mine\">今日の業務をすべて表示</a>";
    assert!(kind.body.contains(back), "{}", kind.body);
    let other = "<a href=\"/?kind=follow-up\">すべて</a>";
    assert!(kind.body.contains(other), "{}", kind.body);

    // What a button records leads back to where it was pressed.
    let path = "/acts/finish-follow-up";
    let fields = fields_of(&mine, path);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let done = staff.send(path, &fields);
    assert!(done.body.contains(chosen), "{}", done.body);
    assert!(done.body.contains("」を記録しました"), "{}", done.body);
    assert!(!done.body.contains("C102"), "{}", done.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_work_is_taken_along_alone() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    follow_ups_of_two(&place);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    said(
        &place,
        "record assign-staff --child C102 --account kacho --charge main --occurred 2024-04-01 --json",
    );
    let own = manager.open("/?charge=mine");
    assert!(
        own.body.contains(">C102</a>") && !own.body.contains("C101"),
        "{}",
        own.body
    );
    assert!(
        own.body.contains("href=\"?charge=mine&#38;format=csv\""),
        "{}",
        own.body
    );
    let csv = manager.open("/?charge=mine&format=csv");
    assert!(
        csv.body.contains("C102") && !csv.body.contains("C101"),
        "{}",
        csv.body
    );
}

/// Records a consultation about C101 with a follow-up.
fn consulted(staff: &mut Browser<'_>, content: &str, on: &str) -> Response {
    let form = staff.open("/record?child=C101");
    let (token, command) = (hidden(&form, "page_token"), hidden(&form, "command"));
    let shown = hidden(&form, "shown");
    let fields = [
        ("page_token", &*token),
        ("command", &*command),
        ("children", "C101"),
        ("shown", &*shown),
        ("occurred", on),
        ("consulter", "guardian"),
        ("channel", "phone"),
        ("topics", "respite"),
        ("content", content),
        ("follow_up_what", "電話する"),
        ("follow_up_due_on", "2024-04-05"),
    ];
    staff.send("/record", &fields)
}

/// Late entry is free: whoever enters late is told that a meeting was shown the days before.
#[tokio::test(flavor = "multi_thread")]
async fn that_a_meeting_was_shown_the_days_of_what_is_recorded_is_told_on_the_next_page() {
    let (place, _) = shown_to_a_meeting().await;
    let convene =
        "convene-meeting --occurred R5.4.28 --nth 3 --planned-on 2023-05-19 --agenda 実施";
    let meeting = place.told(convene).await;
    let freeze = format!("freeze-materials --meeting {meeting} --occurred R5.5.12");
    place
        .told(&format!("{freeze} --fiscal-year 2022 --on-day 2022-09-30"))
        .await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let told = "運営委員会第2回の資料（令和3年度、令和4年3月31日の時点）に載る時期";

    let late = consulted(&mut staff, "後から", "2022-03-31T16:10");
    assert!(late.body.contains(told), "{}", late.body);
    // Where its own year was shown to nobody, a later one tells of it as well.
    let before = consulted(&mut staff, "前の年度", "2021-03-31T16:10");
    let third = "運営委員会第3回の資料（令和4年度、令和4年9月30日の時点）";
    assert!(before.body.contains(third), "{}", before.body);
    let changes = "<a href=\"/committee/changes?meeting=2\">";
    assert!(late.body.contains(changes), "{}", late.body);
    let behind = consulted(&mut staff, "その後", "2022-10-01T16:10");
    assert!(!behind.body.contains("の資料（令和"), "{}", behind.body);
    // A meeting that is shown it by now is no reason.
    let convene = "record convene-meeting --occurred R5.6.1 --nth 4 --planned-on 2023-06-19 --json";
    said(&place, convene);
    let meeting = id_of(&place, "meeting-convened", "meeting");
    let freeze = format!("record freeze-materials --meeting {meeting} --occurred R5.6.2");
    said(
        &place,
        &format!("{freeze} --fiscal-year 2022 --on-day 2023-03-31 --json"),
    );
    let at = newest(&place, "consultation-recorded");
    let since = staff.open(&format!("/?recorded={at}"));
    assert!(since.body.contains("を記録しました"), "{}", since.body);
    assert!(!since.body.contains("の資料（令和"), "{}", since.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_written_twice_is_told_on_the_next_page() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let told = "同じ日に同じ種類の記録があります";
    let first = consulted(&mut staff, "一人目が書いた", "2024-03-29T16:10");
    assert!(!first.body.contains(told), "{}", first.body);
    let written = ["consultation-recorded", "follow-up-scheduled"].map(|name| newest(&place, name));
    // It is told by its own number wherever that of the promise is what is known, and leaves the promise where it is.
    let [consulted_at, promised_at] = written;
    let told_of = staff.open(&format!("/?recorded={promised_at}"));
    let number = format!("（#{consulted_at}）に「");
    assert!(told_of.body.contains(&number), "{}", told_of.body);
    for act in ["annul", "reassign"] {
        let form = staff.open(&format!("/events/{consulted_at}/amend?act={act}"));
        let stays = format!("href=\"/events/{promised_at}/amend?act={act}\"");
        assert!(form.body.contains(&stays), "{stays}: {}", form.body);
    }
    // What was recorded is the consultation: it is the first to be taken back, the promise with it.
    let [consultation, promise] = written.map(|at| {
        let back = format!("/events/{at}/amend?act=annul");
        first.body.find(&back).expect(&back)
    });
    assert!(consultation < promise, "{}", first.body);
    let another = consulted(&mut staff, "次の日", "2024-03-30T10:00");
    assert!(!another.body.contains(told), "{}", another.body);

    let twice = consulted(&mut staff, "二人目が書いた", "2024-03-29T09:00");

    assert!(twice.body.contains(told), "{}", twice.body);
    // The consultation, and the follow-up that was recorded with it.
    for other in written {
        let link = format!("#e{other}\">#{other}</a>");
        assert!(twice.body.contains(&link), "{link}: {}", twice.body);
    }
    let plain = staff.open("/children/C101");
    assert!(
        !plain.body.contains(told),
        "it is told once: {}",
        plain.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_registers_somebody_is_told_of_the_same_name_and_birthday() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let path = "/acts/register-child";
    let form = staff.open(path);
    let (token, command) = (hidden(&form, "page_token"), hidden(&form, "command"));
    let account = hidden(&form, "typed_by");
    let fields = [
        ("page_token", &*token),
        ("typed_by", &*account),
        ("command", &*command),
        ("number", "C109"),
        ("name", "見本 花子"),
        ("birth_date", "2019-10-15"),
        ("area", "kinuta"),
        ("occurred", "2024-04-01"),
    ];
    let asked = staff.send(path, &fields);
    assert_eq!(asked.status, 422, "{}", asked.body);
    let alike = hidden(&asked, "alike");
    let again: Vec<_> = fields.into_iter().chain([("alike", &*alike)]).collect();
    let registered = staff.send(path, &again);
    assert_eq!(registered.status, 200, "{}", registered.body);
    assert!(
        registered.body.contains(
            "氏名（またはフリガナ）が同じで、生年月日も同じか近い（または不明な）方がいます"
        ),
        "{}",
        registered.body
    );
    assert!(
        registered.body.contains(">C101</a></p>"),
        "{}",
        registered.body
    );
    // Whoever did not record it is told nothing.
    let mut other = signed_in(&serving, &place, "kato", "staff");
    let other = other.open(&format!("/?recorded={}", position(&place)));
    assert!(
        !other
            .body
            .contains("生年月日も同じか近い（または不明な）方"),
        "{}",
        other.body
    );
}
