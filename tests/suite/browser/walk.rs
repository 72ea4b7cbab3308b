//! Every kind of page as each role sees it, on a ledger in which everything has happened.

use ledger_tests::browsing::Browser;
use ledger_tests::serving::Serving;
use serde_json::json;

use super::simulated::Simulated;
use super::travel;
use crate::pages::{BINARY, PASSWORD, invited, sign_in_new};

/// Accounts of the simulation with their roles, in the order in which pictures are taken.
const PEOPLE: [(&str, &str); 5] = [
    ("mihon-staff-1", "staff"),
    ("mihon-manager", "manager"),
    ("mihon-auditor", "auditor"),
    ("mihon-committee", "committee"),
    ("mihon-admin", "admin"),
];
/// Where pictures are to be written.
const SCREENSHOTS: &str = "CARE_LEDGER_SCREENSHOTS";

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_every_role_is_accessible_light_and_documented() {
    let Simulated {
        place,
        numbers,
        names,
    } = Simulated::new().await;
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
