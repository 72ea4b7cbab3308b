//! Every kind of page as each role sees it, on a ledger in which everything has happened.

use ledger_tests::browsing::Browser;
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;
use serde_json::{Value, json};

use super::travel;
use crate::pages::{BINARY, PASSWORD, ask_for_no_second_factor, invited, out, said, sign_in_new};

/// Accounts of the simulation with their roles, in the order in which pictures are taken.
const PEOPLE: [(&str, &str); 5] = [
    ("mihon-staff-1", "staff"),
    ("mihon-manager", "manager"),
    ("mihon-auditor", "auditor"),
    ("mihon-committee", "committee"),
    ("mihon-admin", "admin"),
];
/// How many persons the simulated centre serves.
const CHILDREN: usize = 12;
/// Where pictures are to be written.
const SCREENSHOTS: &str = "CARE_LEDGER_SCREENSHOTS";

/// The names and birth dates of one person, and of who belongs to them.
fn personal(place: &Place, number: &str) -> Vec<String> {
    let person = said(place, &format!("timeline {number} --json"))["person"].take();
    let guardians = person["guardians"].as_array().unwrap().iter();
    let guardians = guardians.flat_map(|one| [&one["name"], &one["contact"]]);
    let own = ["name", "kana", "birth_date", "address", "phone"].map(|field| &person[field]);
    let texts = own.into_iter().chain(guardians).filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_every_role_is_accessible_light_and_documented() {
    let place = Place::new(Engine::Sqlite).await;
    let _played = out(
        &place,
        &format!("simulate --children {CHILDREN} --seed 7 --json"),
    );
    let numbers: Vec<String> = (1..=CHILDREN).map(|child| format!("C{child:03}")).collect();
    let names: Vec<String> = numbers
        .iter()
        .flat_map(|one| personal(&place, one))
        .collect();
    assert!(names.len() > 3 * CHILDREN, "{names:?}");
    for role in ["manager", "auditor", "admin"] {
        ask_for_no_second_factor(&place, role);
    }
    let serving = Serving::start(&place, BINARY);
    for (account, role) in PEOPLE {
        sign_in_new(&mut Browser::at(&serving), &place, account, role);
    }

    let docs = super::folder().join("../../docs");
    let screenshots = std::env::var_os(SCREENSHOTS).map(|_| docs.join("pages"));
    let people = PEOPLE.map(|(account, role)| {
        // Those of whom somebody is in charge come first: of the others the page is refused.
        let own = (role == "staff").then_some("/children?charge=mine");
        json!({ "account": account, "role": role, "own": own })
    });
    let told = json!({
        // Under a name, as a number's pages are given no passkeys.
        "address": format!("http://localhost:{}", serving.address.port()),
        "people": people,
        "password": PASSWORD,
        "invitation": invited(&place, "mihon-atarashii", "staff"),
        "names": names,
        "numbers": numbers,
        "pages": docs.join("pages.md"),
        "screenshots": screenshots,
    });
    travel("walk", &told).await;
}
