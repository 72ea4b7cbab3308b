//! A person's timeline on one screen: of which kinds, in which order, at which place of both clocks, and what is due.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::{BINARY, centre, invited, openings, position, put_in_charge, said, signed_in};

/// What was done for C101 beside the registration, in this order.
const DONE: [&str; 6] = [
    "record-consultation --children C101 --consulter guardian --channel visit --topics respite \
     --content 自宅で伺った --occurred 2024-04-05",
    "record-consultation --children C101 --consulter guardian --channel phone --topics disaster \
     --content 電話で伺った --occurred 2023-10-05",
    "make-referral --child C101 --direction to --party district-centre --area kinuta \
     --section health-welfare --urgency normal --due-on 2024-05-01 --request 手当の案内 --occurred 2024-04-10",
    "join-care-team --child C101 --party visiting-nursing --role visiting-nurse --occurred 2024-04-11",
    "schedule-follow-up --child C101 --what 返事を電話する --due-on 2024-04-20 --occurred 2024-04-12",
    "schedule-follow-up --child C101 --what 様子を伺う --due-on 2024-04-15 --occurred 2024-04-12",
];

/// C101 with somebody in charge and what was done.
async fn told(engine: Engine) -> Place {
    let place = centre(engine).await;
    let _link = invited(&place, "sato", "staff");
    put_in_charge(&place, "sato");
    for line in DONE {
        said(&place, &format!("record {line} --json"));
    }
    place
}

/// How many events a page lists.
fn listed(page: &Response) -> usize {
    page.body.matches("<p class=\"event\">").count()
}

fn has(page: &Response, told: &str) -> bool {
    page.body.contains(told)
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_are_chosen_in_the_address_and_what_is_hidden_is_said() {
    let place = told(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let whole = staff.open("/children/C101");
    let all = listed(&whole);
    assert_eq!(all, DONE.len() + 2, "{}", whole.body);
    assert!(!has(&whole, "絞り込み中"), "{}", whole.body);
    for (kind, words, count) in [("consultation", "相談", 2), ("visit", "訪問", 1)] {
        let chip = format!("value=\"{kind}\"> {words} <small>{count}件</small>");
        assert!(has(&whole, &chip), "{chip}: {}", whole.body);
    }
    assert!(!has(&whole, "value=\"family-voice\""), "there is none");

    let two = staff.open("/children/C101?kind=visit&kind=referral&group=&as_of=");
    assert_eq!(listed(&two), 2, "{}", two.body);
    assert!(has(&two, "自宅で伺った") && !has(&two, "電話で伺った"));
    let hidden = format!("絞り込み中：訪問、連携だけを表示し、ほかの{}件", all - 2);
    assert!(has(&two, &hidden), "{}", two.body);
    assert!(has(&two, "value=\"visit\" checked"), "{}", two.body);
    // Moving the clocks keeps what was chosen.
    let kept = "<input type=\"hidden\" name=\"kind\" value=\"visit\">";
    assert_eq!(two.body.matches(kept).count(), 2, "{}", two.body);
    for wrong in ["kind=weather", "group=moon", "view=x", "format=pdf"] {
        let page = staff.open(&format!("/children/C101?{wrong}"));
        assert_eq!(page.status, 404, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_of_care_are_chosen_beside_kinds_and_stand_as_words_at_each_event() {
    let place = told(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let whole = staff.open("/children/C101");
    for (field, words, count) in [
        ("medical", "医療", 1),
        ("welfare", "福祉", 2),
        ("family", "家族", 1),
        ("none", "分野なし", 5),
    ] {
        let chip = format!(
            "name=\"field\" value=\"{field}\" aria-describedby=\"field-help\"> {words} <small>{count}件</small>"
        );
        assert!(has(&whole, &chip), "{chip}: {}", whole.body);
    }
    assert!(!has(&whole, "value=\"childcare\""), "there is none");
    assert!(
        has(&whole, "プログラムが仮に割り当てています"),
        "{}",
        whole.body
    );

    let welfare = staff.open("/children/C101?field=welfare");
    assert_eq!(listed(&welfare), 2, "{}", welfare.body);
    let shown = welfare
        .body
        .matches("<span class=\"of\">福祉</span>")
        .count();
    assert_eq!(shown, 2, "{}", welfare.body);
    assert!(
        has(&welfare, "<span class=\"of\">家族</span>"),
        "respite is both"
    );
    assert!(has(
        &welfare,
        "絞り込み中：分野が福祉の記録だけを表示し、ほかの6件"
    ));
    let kept = "<input type=\"hidden\" name=\"field\" value=\"welfare\">";
    assert_eq!(welfare.body.matches(kept).count(), 2, "{}", welfare.body);

    let both = staff.open("/children/C101?kind=consultation&field=welfare&field=none");
    assert_eq!(listed(&both), 2, "{}", both.body);
    let one = staff.open("/children/C101?kind=visit&field=medical");
    assert_eq!(listed(&one), 0, "{}", one.body);
    assert!(has(&one, "訪問のうち分野が医療の記録"), "{}", one.body);
    assert_eq!(staff.open("/children/C101?field=moon").status, 404);
    let printed = staff.open("/children/C101?view=print&field=medical");
    assert_eq!(printed.body.matches("<th scope=\"row\">").count(), 1);
    assert!(has(&printed, "</b> 医療</td>"), "{}", printed.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn corrections_are_found_by_their_own_kind() {
    let place = told(Engine::Sqlite).await;
    let last = position(&place);
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let amended = "/children/C101?kind=amended";
    assert_eq!(listed(&staff.open(amended)), 0);
    said(
        &place,
        &format!(
            "record annul-event --target #{last} --reason duplicate --explanation 同じ予定 --json"
        ),
    );

    let page = staff.open(amended);

    assert_eq!(listed(&page), 1, "{}", page.body);
    assert!(
        has(&page, "【取消し】") && has(&page, "<del>"),
        "{}",
        page.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn events_stand_by_years_with_the_age_by_referrals_or_by_offices() {
    let place = told(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let years = staff.open("/children/C101");
    for year in [
        "令和6年度 <small>4〜5歳</small>",
        "令和5年度 <small>3〜4歳</small>",
        "令和3年度 <small>1〜2歳</small>",
    ] {
        assert!(has(&years, year), "{year}: {}", years.body);
    }
    let referrals = staff.open("/children/C101?group=referral");
    let (own, others) = (
        referrals.body.find("令和6年4月10日 砧総合支所").unwrap(),
        referrals.body.find("連携によらない記録").unwrap(),
    );
    assert!(own < others, "{}", referrals.body);
    assert_eq!(listed(&referrals), listed(&years));
    let offices = staff.open("/children/C101?group=office&kind=care-team&kind=referral");
    assert!(
        has(&offices, "訪問看護・訪問リハビリ（名簿にない機関）</h3>"),
        "{}",
        offices.body
    );
    assert!(!has(&offices, "<small>4〜5歳</small>"), "{}", offices.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_stands_below_today_by_its_days() {
    let place = told(Engine::Postgres).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let page = staff.open("/children/C101");
    let due = page.body.split("class=\"now\"").nth(1).unwrap();
    let due = due.split("</section>").next().unwrap();
    assert!(due.contains("本日"), "{due}");
    let (first, second) = (
        due.find("期限 令和6年4月15日").unwrap(),
        due.find("期限 令和6年4月20日").unwrap(),
    );
    assert!(first < second, "{due}");
    assert!(
        due.contains("<b class=\"late\">期限超過</b> <b>次の対応</b>"),
        "{due}"
    );
    assert!(due.contains("回答期限のある連携"), "{due}");

    // As it stood: the follow-ups were promised on the 12th.
    let before = staff.open("/children/C101?as_of=2024-04-11");
    let due = before.body.split("class=\"now\"").nth(1).unwrap();
    let due = due.split("</section>").next().unwrap();
    assert!(!due.contains("次の対応"), "{due}");
    assert!(due.contains("令和6年4月11日の時点"), "{due}");
}

/// Nothing can be recorded from a page that shows what was.
fn offers_nothing(page: &Response) {
    for form in ["/record?", "/acts?", "/amend", "/plans/", "/sheet"] {
        assert!(!has(page, form), "{form}: {}", page.body);
    }
    assert!(has(page, "この間は記録できません"), "{}", page.body);
}

/// The path of a link of a page.
fn link(page: &Response, rel: &str) -> String {
    let begins = format!("<a rel=\"{rel}\" href=\"");
    let (_, rest) = page.body.split_once(&begins).expect("a link");
    rest.split('"').next().unwrap().replace("&#38;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn both_clocks_are_set_by_days_and_record_by_record() {
    let place = told(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let now = staff.open("/children/C101");
    assert!(has(&now, "/amend") && has(&now, "/record?"), "{}", now.body);

    let occurred = staff.open("/children/C101?as_of=R6.4.5");
    offers_nothing(&occurred);
    assert!(has(&occurred, "令和6年4月5日までの出来事（時点）"));
    assert!(has(
        &occurred,
        "name=\"as_of\" type=\"date\" value=\"2024-04-05\""
    ));
    assert!(has(&occurred, "自宅で伺った") && !has(&occurred, "手当の案内"));

    // In the ledger's own time only the registration was recorded by then.
    let recorded = staff.open("/children/C101?as_at=2024-04-01");
    offers_nothing(&recorded);
    assert_eq!(listed(&recorded), 1, "{}", recorded.body);
    assert!(has(&recorded, "（記録時点）"), "{}", recorded.body);
    assert!(has(
        &recorded,
        "name=\"as_at\" type=\"date\" value=\"2024-04-01\""
    ));
    let next = staff.open(&link(&recorded, "next"));
    assert_eq!(listed(&next), 2, "{}", next.body);
    let again = staff.open(&link(&next, "prev"));
    assert_eq!(listed(&again), 1, "{}", again.body);
    // From now on one record back: the last one is not known yet.
    let before = staff.open(&link(&now, "prev"));
    assert_eq!(listed(&before), listed(&now) - 1);
    assert!(!has(&before, "様子を伺う"), "{}", before.body);
    offers_nothing(&before);

    let never = staff.open("/children/C101?as_at=2020-01-01");
    assert_eq!(never.status, 404, "{}", never.body);
    assert!(has(&never, "最初の記録は、"), "{}", never.body);
    for wrong in [
        "as_of=昨日",
        "as_of=2999-04-01",
        "as_at=昨日",
        "as_at=99999999",
    ] {
        assert_eq!(
            staff.open(&format!("/children/C101?{wrong}")).status,
            422,
            "{wrong}"
        );
    }
}

/// For what C101's text was opened last.
fn purpose(place: &Place) -> String {
    let lines = super::out(
        place,
        "events list --type personal-text-opened --limit 1000 --json",
    );
    let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    let shown = said(place, &format!("events show {} --json", last["position"]));
    shown["data"]["purpose"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_printed_without_what_is_for_the_screen_and_with_who_printed_it() {
    let place = told(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let before = openings(&place);

    let page = staff.open("/children/C101?view=print&kind=visit");

    assert_eq!((openings(&place), &*purpose(&place)), (before + 1, "print"));
    assert!(
        !has(&page, "type=\"checkbox\"") && !has(&page, "type=\"date\""),
        "{}",
        page.body
    );
    for told in [
        "出力者 sato",
        "台帳の位置",
        "絞り込み中：訪問だけ",
        "自宅で伺った",
    ] {
        assert!(has(&page, told), "{told}: {}", page.body);
    }
    assert!(!has(&page, "/amend"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_is_taken_along_by_whoever_may_and_its_opening_is_recorded() {
    let place = told(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let before = openings(&place);
    assert_eq!(staff.open("/children/C101?format=csv").status, 403);
    assert_eq!(openings(&place), before, "nothing was opened");
    let mut manager: Browser<'_> = signed_in(&serving, &place, "kacho", "manager");
    let page = manager.open("/children/C101?kind=visit&kind=follow-up");
    assert!(
        has(&page, "kind=follow-up&#38;format=csv\">CSV</a>"),
        "{}",
        page.body
    );

    let csv = manager.open("/children/C101?kind=visit&kind=follow-up&format=csv");

    assert_eq!(csv.status, 200, "{}", csv.body);
    assert_eq!(
        csv.body.matches("\r\n").count(),
        1 + listed(&page) + 2,
        "{}",
        csv.body
    );
    for told in ["記録者", "C101", "自宅で伺った", "令和6年4月5日"] {
        assert!(has(&csv, told), "{told}: {}", csv.body);
    }
    assert_eq!(purpose(&place), "export");
    let exported = super::out(&place, "events list --type list-exported --limit 10 --json");
    let last: serde_json::Value = serde_json::from_str(exported.lines().last().unwrap()).unwrap();
    let shown = said(&place, &format!("events show {} --json", last["position"]));
    assert_eq!(shown["data"]["list"], "timeline");
    assert_eq!(shown["data"]["rows"], 3);
    assert!(has(&csv, "福祉、家族"), "{}", csv.body);
    let welfare = manager.open("/children/C101?field=welfare&format=csv");
    assert_eq!(
        welfare.body.matches("\r\n").count(),
        1 + 2 + 2,
        "{}",
        welfare.body
    );
    let book = manager.open("/children/C101?format=xlsx");
    assert!(book.bytes.starts_with(b"PK"), "a workbook");
}
