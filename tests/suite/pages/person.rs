//! What is shown and printed of one person: the sheet told once, plans with their versions, letters.

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::{BINARY, centre, id_of, openings, put_in_charge, said, signed_in};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_once_stands_on_one_sheet_with_who_wrote_it_down() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    for line in [
        "record add-guardian --child C101 --name 見本　和子 --relation 母 --contact 03-1234-5678 --occurred 2024-04-01",
        "record add-guardian --child C101 --name 見本　太郎 --relation 父 --contact 090 --occurred 2024-04-01",
        "record start-care-procedure --child C101 --procedure suction --hours-per-day 24 --occurred 2024-04-02",
        "record start-care-procedure --child C101 --procedure oxygen --occurred 2024-04-02",
        "record end-care-procedure --child C101 --procedure oxygen --occurred 2024-04-09",
        "record change-profile --child C101 --field phone --new 03-9999-0000 --occurred 2024-04-03",
        "record change-profile --child C101 --field area --old kinuta --new tamagawa --occurred 2024-04-05",
    ] {
        said(&place, &format!("{line} --json"));
    }
    let before = openings(&place);

    let sheet = staff.open("/children/C101/sheet");

    assert_eq!(sheet.status, 200, "{}", sheet.body);
    assert_eq!(
        openings(&place),
        before + 1,
        "that it is printed is recorded"
    );
    let body = sheet.body.as_str();
    for told in [
        "見本 花子",
        "見本 和子",
        "見本 太郎",
        "03-1234-5678",
        "03-9999-0000",
        "<td>玉川</td><td>令和6年4月5日",
        "<td>吸引</td><td>令和6年4月2日",
        "未確認",
        "出力者 sato",
    ] {
        assert!(body.contains(told), "{told}: {body}");
    }
    assert!(
        !body.contains("<td>砧</td>"),
        "what changed is not there: {body}"
    );
    assert!(
        !body.contains("酸素療法"),
        "what ended is not there: {body}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_shows_what_changed_from_version_to_version() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let draft = "record draft-support-plan --child C101 --goals 自宅で<安心して>暮らす --services 訪問看護 \
                 --discharge-planned-on 2024-05-01 --occurred 2024-04-10 --json";
    said(&place, draft);
    let plan = id_of(&place, "support-plan-drafted", "plan");
    said(
        &place,
        &format!(
            "record agree-support-plan --child C101 --plan {plan} --version 1 --occurred 2024-04-20 --json"
        ),
    );
    said(
        &place,
        &format!(
            "record revise-support-plan --child C101 --plan {plan} --base-version 1 --reason yearly \
             --goals 自宅と学校で<安心して>暮らす --services 訪問看護,訪問診療 --occurred 2024-06-10 --json"
        ),
    );
    let timeline = staff.open("/children/C101");
    let path = timeline.body.split("/plans/").nth(1).unwrap();
    let path = format!("/children/C101/plans/{}", path.split('"').next().unwrap());

    let page = staff.open(&path);

    assert_eq!(page.status, 200, "{}", page.body);
    let body = page.body.as_str();
    assert!(
        body.contains("自宅</span><ins>と学校</ins><span>で&#60;安心して&#62;暮らす"),
        "{body}"
    );
    let (second, first) = (body.find("第2版").unwrap(), body.find("第1版").unwrap());
    assert!(second < first, "the newest stands first: {body}");
    let next = format!("agree-support-plan?child=C101&#38;plan={plan}&#38;version=2");
    assert!(body.contains(&next), "{body}");
    let form = staff.open(&format!(
        "/acts/agree-support-plan?child=C101&plan={plan}&version=2"
    ));
    assert!(
        form.body
            .contains(&format!("<option value=\"{plan}\" selected>")),
        "{}",
        form.body
    );
    assert!(
        form.body
            .contains("name=\"version\" inputmode=\"numeric\" size=\"8\" value=\"2\""),
        "{}",
        form.body
    );
    assert_eq!(staff.open("/children/C101/plans/none").status, 404);
}

/// A referral of C101 to the district centre, by its id.
pub(crate) fn referral(place: &Place) -> String {
    said(
        place,
        "record make-referral --child C101 --direction to --party district-centre --area kinuta \
         --section health-welfare --urgency normal --due-on 2024-05-01 --request 手当の案内をお願いします。 \
         --occurred 2024-04-10 --json",
    );
    id_of(place, "referral-made", "referral")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_shows_what_each_referral_waits_for_and_prints_its_letter() {
    let place = centre(Engine::Postgres).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let referral = referral(&place);
    let board = staff.open("/referrals");
    for told in [
        ">C101</a>",
        "砧",
        "受理待ち",
        "☐ 受理",
        "期限 令和6年5月1日",
        "担当だけ",
    ] {
        assert!(board.body.contains(told), "{told}: {}", board.body);
    }
    assert!(board.body.contains("class=\"late\""), "{}", board.body);

    // The next step is two clicks away, the referral chosen already.
    let link = board.body.split("/acts/receive-referral?").nth(1).unwrap();
    let query = link.split('"').next().unwrap().replace("&#38;", "&");
    let form = staff.open(&format!("/acts/receive-referral?{query}"));
    assert!(
        form.body
            .contains(&format!("<option value=\"{referral}\" selected>")),
        "{}",
        form.body
    );
    said(
        &place,
        &format!(
            "record receive-referral --child C101 --referral {referral} --occurred 2024-04-12 --json"
        ),
    );
    let board = staff.open("/referrals?charge=mine");
    assert!(board.body.contains("決定待ち"), "{}", board.body);
    assert!(
        board.body.contains("☑ 受理 <small>令和6年4月12日"),
        "{}",
        board.body
    );
    assert!(!staff.open("/referrals?state=receipt").body.contains("C101"));
    assert!(!staff.open("/referrals?area=tamagawa").body.contains("C101"));

    let before = openings(&place);
    let letter = staff.open(&format!("/children/C101/referrals/{referral}/letter"));
    assert_eq!(letter.status, 200, "{}", letter.body);
    assert_eq!(openings(&place), before + 1);
    for told in [
        "砧総合支所保健福祉センター",
        "御中",
        "見本 花子",
        "手当の案内をお願いします。",
        "連携票",
    ] {
        assert!(letter.body.contains(told), "{told}: {}", letter.body);
    }
    // A name is in no title, which a browser keeps.
    let title = letter.body.split("<title>").nth(1).unwrap();
    assert!(!title.split("</title>").next().unwrap().contains("花子"));
}

/// A referral of C101 to an office of the directory, by its id.
fn referral_to_an_office(place: &Place) -> String {
    said(
        place,
        "record register-organisation --kind visiting-nursing --name 見本訪問看護 --area kinuta \
         --phone 03-0000-2345 --address 見本町一丁目 --occurred 2024-04-01 --json",
    );
    let office = id_of(place, "organisation-registered", "organisation");
    said(
        place,
        &format!(
            "record make-referral --child C101 --direction to --party visiting-nursing --organisation {office} \
             --urgency normal --request 週3回の訪問 --staff 相談員A --occurred 2024-04-10 --json"
        ),
    );
    id_of(place, "referral-made", "referral")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_says_who_sends_it_to_whom_and_has_lines_for_what_the_ledger_does_not_know() {
    let place = centre(Engine::Sqlite).await;
    let (known, unknown) = (referral_to_an_office(&place), referral(&place));
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let mut letter = |referral: &str| {
        let path = format!("/children/C101/referrals/{referral}/letter");
        let page = staff.open(&path);
        assert_eq!(page.status, 200, "{}", page.body);
        page.body
    };
    let lines = |page: &str| page.matches("class=\"fill\"").count();

    let to_known = letter(&known);
    let to_unknown = letter(&unknown);

    for told in [
        "見本訪問看護　御中",
        "所在地 見本町一丁目",
        "電話 03-0000-2345",
        "担当者 相談員A",
        "医療的ケア相談支援センター",
    ] {
        assert!(to_known.contains(told), "{told}: {to_known}");
    }
    assert_eq!(
        lines(&to_known),
        2,
        "the centre's address and telephone: {to_known}"
    );
    assert_eq!(
        lines(&to_unknown),
        5,
        "the same, who, and the office's: {to_unknown}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_warns_until_a_consent_covers_its_office() {
    let place = centre(Engine::Sqlite).await;
    let (nursing, district) = (referral_to_an_office(&place), referral(&place));
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    put_in_charge(&place, "sato");
    let mut warns = |referral: &str| {
        let path = format!("/children/C101/referrals/{referral}/letter");
        let page = staff.open(&path).body;
        let screen = page.contains("<b>同意の記録がありません。</b>");
        let paper = page.contains("<b>※ 同意の記録がありません</b>");
        let leads = page.contains("href=\"/acts/give-consent?child=C101\"");
        assert_eq!([screen, leads], [paper; 2], "{page}");
        paper
    };
    let give = |data: &str, more: &str| {
        let consent = format!(
            "record give-consent --child C101 --recipients visiting-nursing --data {data} --purpose support \
             --form written --given-by guardian --occurred 2024-04-02 {more}--json"
        );
        said(&place, &consent);
    };
    assert!(warns(&nursing) && warns(&district));

    // Another content than the letter's, and one that holds no longer.
    give("support-plan", "");
    give("identity", "--valid-to 2024-04-30 ");
    assert!(warns(&nursing));
    give("identity,medical-care", "");
    assert!(!warns(&nursing), "it is covered");
    assert!(warns(&district), "that office is not");

    let consent = id_of(&place, "consent-given", "consent");
    said(
        &place,
        &format!(
            "record withdraw-consent --child C101 --consent {consent} --withdrawn-by guardian \
             --occurred 2024-05-01 --json"
        ),
    );
    assert!(warns(&nursing), "it was taken back");
}
