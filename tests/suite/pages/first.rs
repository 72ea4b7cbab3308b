//! What is recorded first where an act is refused for want of it, and what was typed comes back.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::acts::newest;
use super::{BINARY, PASSWORD, centre, draft, grown_older, id_of, position, said};
use super::{sign_in_new, signed_in};

const VISIT: &str = "/acts/record-facility-support";
const ENROL: &str = "/acts/enrol-facility";
const CONTENT: &str = "吸引の手技を<一緒に>確かめた";

/// A centre with a facility that takes part in no year.
async fn place() -> (Place, String) {
    let place = centre(Engine::Sqlite).await;
    let register = "record register-facility --number X01 --name 見本第1園 --kind 学校 --area 北沢";
    said(&place, &format!("{register} --occurred 2024-04-01 --json"));
    let facility = id_of(&place, "facility-registered", "facility");
    (place, facility)
}

/// Sends a form with what its page hides and these fields.
fn send(
    browser: &mut Browser<'_>,
    page: &Response,
    (to, fields): (&str, &[(&str, &str)]),
) -> Response {
    let own = ["page_token", "typed_by", "command"].map(|name| (name, hidden(page, name)));
    let own = own.iter().map(|(name, value)| (*name, value.as_str()));
    browser.send(to, &own.chain(fields.iter().copied()).collect::<Vec<_>>())
}

fn visit(facility: &str) -> [(&str, &str); 5] {
    [
        ("facility", facility),
        ("occurred", "2025-02-03"),
        ("occurred", ""),
        ("staff_kind", "public-health-nurse"),
        ("content", CONTENT),
    ]
}

/// The visit's form, sent and refused, and the form of the enrolment to which its button leads.
fn refused(staff: &mut Browser<'_>, facility: &str) -> (Response, Response) {
    let form = staff.open(VISIT);
    let refused = send(staff, &form, (VISIT, &visit(facility)));
    assert_eq!(refused.status, 422, "{}", refused.body);
    let fields = [
        &visit(facility)[..],
        &[("before", "record-facility-support")],
    ]
    .concat();
    let enrol = send(staff, &refused, (ENROL, &fields));
    (refused, enrol)
}

/// What the form of the enrolment sends.
fn enrolled(page: &Response, facility: &str, year: &str) -> Vec<(&'static str, String)> {
    let fields = [
        ("facility", facility),
        ("occurred", "2024-04-01"),
        ("occurred", ""),
        ("fiscal_year", year),
        ("before", &*hidden(page, "before")),
        ("draft", &*draft(page)),
    ];
    fields.map(|(name, text)| (name, text.to_owned())).to_vec()
}

fn send_enrolled(
    browser: &mut Browser<'_>,
    page: &Response,
    facility: &str,
    year: &str,
) -> Response {
    let fields = enrolled(page, facility, year);
    let fields = fields.iter().map(|(name, text)| (*name, text.as_str()));
    send(browser, page, (ENROL, &fields.collect::<Vec<_>>()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_to_who_takes_no_part_leads_to_the_enrolment_and_back_with_what_was_typed() {
    let (place, facility) = place().await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let before = position(&place);

    let (told, enrol) = refused(&mut staff, &facility);

    assert!(
        told.body
            .contains("<a href=\"#first\">先に対象施設として登録する"),
        "{}",
        told.body
    );
    let (_, behind) = told.body.split_once("<button>記録する</button>").unwrap();
    let way = format!(
        "formaction=\"{ENROL}\" formnovalidate name=\"before\" value=\"record-facility-support\""
    );
    // Behind the button that records: Enter in a field records, as everywhere.
    assert!(behind.contains(&way), "{}", told.body);
    assert_eq!(enrol.status, 200, "{}", enrol.body);
    let option = format!("<option value=\"{facility}\" selected>");
    assert!(enrol.body.contains(&option), "{}", enrol.body);
    // The year of the visit, not of the day on which it is written down.
    assert!(enrol.body.contains("value=\"2024\""), "{}", enrol.body);
    assert!(
        !draft(&enrol).contains(&hidden(&enrol, "page_token")),
        "no token is carried along"
    );
    assert_eq!(position(&place), before, "nothing is recorded yet");

    let wrong = send_enrolled(&mut staff, &enrol, &facility, "3");
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    let back = send_enrolled(&mut staff, &wrong, &facility, "2024");

    let said = "<div class=\"notice\" role=\"status\" tabindex=\"-1\" autofocus><p>対象施設として登録しました";
    assert!(back.body.contains(said), "{}", back.body);
    assert!(!back.body.contains("role=\"alert\""), "{}", back.body);
    assert_eq!(back.status, 200);
    let text = "吸引の手技を&#60;一緒に&#62;確かめた</textarea>";
    assert!(back.body.contains(text), "{}", back.body);
    assert_eq!(hidden(&back, "command"), hidden(&told, "command"));
    let sent = back.header("set-cookie").unwrap();
    assert!(sent.contains(&hidden(&wrong, "command")), "{sent}");
    assert_eq!(
        position(&place),
        before + 1,
        "the enrolment alone is recorded"
    );
    let recorded = send(&mut staff, &back, (VISIT, &visit(&facility)));
    assert_eq!(recorded.status, 200, "{}", recorded.body);
    assert_eq!(newest(&place, "facility-support-given"), before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_along_goes_through_a_sign_in_and_is_shown_to_nobody_else() {
    let (place, facility) = place().await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    sign_in_new(&mut Browser::at(&serving), &place, "suzuki", "staff");
    let (_, enrol) = refused(&mut staff, &facility);
    grown_older(&place, "seen_at", 16);
    let kept = send_enrolled(&mut staff, &enrol, &facility, "2024");
    assert_eq!(kept.status, 401, "{}", kept.body);
    let (to, typed) = (hidden(&kept, "to"), draft(&kept));
    let sign_in = |browser: &mut Browser<'_>, account: &str| {
        let came = [("to", &*to), ("draft", &*typed)];
        let who = [("account", account), ("password", PASSWORD)];
        browser.send("/sign-in", &[came, who].concat())
    };

    let other = sign_in(&mut Browser::at(&serving), "suzuki");
    assert_eq!(other.status, 403, "{}", other.body);
    assert!(!other.body.contains("before"), "{}", other.body);
    let again = sign_in(&mut staff, "sato");
    assert_eq!(draft(&again), draft(&enrol), "{}", again.body);
    let back = send_enrolled(&mut staff, &again, &facility, "2024");
    assert!(back.body.contains("確かめた</textarea>"), "{}", back.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_else_is_recorded_first() {
    let (place, facility) = place().await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let path = "/acts/withdraw-facility";
    let form = staff.open(path);
    let fields = [
        ("facility", &*facility),
        ("occurred", "2024-05-01"),
        ("occurred", ""),
    ];
    let told = send(
        &mut staff,
        &form,
        (path, &[&fields[..], &[("reason", "終了")]].concat()),
    );
    assert_eq!(told.status, 422, "{}", told.body);
    assert!(
        told.body.contains("対象施設ではありません"),
        "{}",
        told.body
    );
    assert!(!told.body.contains("#first"), "{}", told.body);
    for before in ["withdraw-facility", "no-such-act"] {
        let told = send(&mut staff, &form, (ENROL, &[("before", before)]));
        assert_eq!(told.status, 404, "{before}: {}", told.body);
    }
}
