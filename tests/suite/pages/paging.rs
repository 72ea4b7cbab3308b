//! Long lists: page by page, with everything on one of the pages and each page small.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use ledger_core::code::Register;
use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::{Response, Serving};

use super::{BINARY, signed_in};

/// Most bytes of a page.
const PAGE_MAX: usize = 100_000;
/// Persons beside those of the samples.
const MORE: usize = 150;

/// Takes in registers of many persons and of a referral of each, which nobody received.
async fn more_persons(place: &Place) {
    let folder = place.folder().join("more");
    std::fs::create_dir(&folder).unwrap();
    let mut persons = String::from(
        "対象者番号,氏名,フリガナ,生年月日,総合支所,人工呼吸器,医療的ケア,運動機能障害,重症心身障害認定,出生体重g,初回把握日,保護者氏名,続柄\n",
    );
    let mut referrals = String::from(
        "連携番号,対象者番号,連携日,連携先総合支所,連携先課,依頼内容,緊急度,受理日,受入決定日,受入不可日,受入不可の理由,完了日,結果,報告\n",
    );
    for number in 0..MORE {
        let name = format!("見本　{number}");
        writeln!(
            persons,
            "D{number:03},{name},ミホン,2018-04-02,砧,無,吸引,なし,無,2500,2022-04-01,見本　親,母"
        )
        .unwrap();
        writeln!(
            referrals,
            "R{number:03},D{number:03},2022-05-06,砧,保健福祉課,手当・医療費助成の案内,通常,,,,,,,"
        )
        .unwrap();
    }
    for (register, rows) in [
        (Register::Children, persons),
        (Register::Referrals, referrals),
    ] {
        let name = format!("{}.csv", register.ja());
        std::fs::write(folder.join(name), rows).unwrap();
    }
    let words = ["import", folder.to_str().unwrap(), "--json"];
    let taken = place.run(&words).await.done().json();
    let files = taken["files"].as_array().unwrap().iter();
    let taken_in: Vec<_> = files.map(|file| file["taken"].as_u64()).collect();
    let all = u64::try_from(MORE).ok();
    assert_eq!(taken_in, [all, all], "{taken}");
}

/// Everything that a list leads to, page by page, each of which is small.
fn whole(browser: &mut Browser<'_>, path: &str, link: &str) -> Vec<String> {
    let (mut found, mut at) = (Vec::new(), path.to_owned());
    loop {
        let page = browser.open(&at);
        assert_eq!(page.status, 200, "{at}: {}", page.body);
        assert!(page.body.len() < PAGE_MAX, "{at}: {}", page.body.len());
        found.extend(linked(&page, link));
        let Some(next) = next(&page) else {
            return found;
        };
        let bare = path.split('?').next().unwrap();
        at = format!("{bare}?{next}");
    }
}

/// Where the links of a table lead that begin so.
fn linked(page: &Response, begins: &str) -> Vec<String> {
    let begins = format!(" scope=\"row\"><a href=\"{begins}");
    let links = page.body.split(&begins).skip(1);
    links
        .map(|link| link.split('"').next().unwrap().to_owned())
        .collect()
}

/// The query of the next page.
fn next(page: &Response) -> Option<String> {
    let before = page.body.split("\">次のページ").next()?;
    let is_there = before.len() < page.body.len();
    let query = before.rsplit("href=\"?").next()?;
    is_there.then(|| query.replace("&#38;", "&"))
}

/// Lines of a file around its rows: the heads, an empty line, and who took it along.
const AROUND: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn everything_stands_on_one_page_of_a_list() {
    let place = Place::with_samples(Engine::Sqlite).await;
    more_persons(&place).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "centre-cho", "manager");

    let persons = whole(&mut manager, "/children?closed=all", "/children/");
    let distinct: BTreeSet<&String> = persons.iter().collect();
    assert_eq!(distinct.len(), persons.len(), "each stands once");
    let file = manager.open("/children?closed=all&format=csv");
    assert_eq!(file.body.lines().count(), persons.len() + AROUND);
    assert!(persons.len() > 200, "more than one page");

    // Every row of the list, and of the file that has it whole.
    let referrals = whole(&mut manager, "/referrals?state=all", "/children/");
    let file = manager.open("/referrals?state=all&format=csv");
    assert_eq!(file.body.lines().count(), referrals.len() + AROUND);
    assert!(referrals.len() > 80, "more than one page");

    // What is due: a part of each kind, and each kind page by page.
    let today = manager.open("/");
    assert!(today.body.len() < PAGE_MAX, "{}", today.body.len());
    let kinds = today.body.split("href=\"/?kind=").skip(1);
    let kinds: Vec<&str> = kinds.map(|kind| kind.split('"').next().unwrap()).collect();
    assert!(!kinds.is_empty(), "{}", today.body);
    for kind in kinds {
        let items = whole(&mut manager, &format!("/?kind={kind}"), "/children/");
        let file = manager.open(&format!("/?kind={kind}&format=csv"));
        assert_eq!(file.body.lines().count(), items.len() + AROUND, "{kind}");
    }
    let unknown = manager.open("/?kind=rest");
    assert_eq!(unknown.status, 404, "{}", unknown.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_children_is_narrowed_by_age_and_by_care_and_pages_keep_it() {
    let place = Place::with_samples(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut staff = signed_in(&serving, &place, "sato", "staff");
    let every = whole(&mut staff, "/children?closed=all", "/children/");
    let ages = [
        "0", "1-2", "3-5", "6-11", "12-14", "15-17", "18%2B", "unknown",
    ];

    let of_ages = ages.map(|age| {
        let path = format!("/children?closed=all&age={age}");
        whole(&mut staff, &path, "/children/")
    });

    let filled = of_ages.iter().filter(|own| !own.is_empty()).count();
    assert!(filled > 2, "{of_ages:?}");
    let of_ages: Vec<String> = of_ages.into_iter().flatten().collect();
    assert_eq!(of_ages.len(), every.len(), "each is of one age");
    let all: BTreeSet<&String> = every.iter().collect();
    assert_eq!(of_ages.iter().collect::<BTreeSet<_>>(), all);
    let page = staff.open("/children?closed=all&procedure=suction").body;
    let rows: Vec<&str> = page.split(" scope=\"row\">").skip(1).collect();
    assert!(!rows.is_empty() && rows.len() < every.len(), "{page}");
    assert!(rows.iter().all(|row| row.contains("吸引")), "{page}");
    assert!(
        page.contains("<option value=\"suction\" selected>"),
        "{page}"
    );
}
