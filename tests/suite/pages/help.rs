//! Help for each role, and the number by which a refusal is found in the log.

use ledger_tests::ledger::Engine;
use ledger_tests::serving::Serving;

use super::{BINARY, centre, signed_in};

#[tokio::test(flavor = "multi_thread")]
async fn help_leads_a_role_to_its_own_pages_alone() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let roles = [
        ("sato", "staff", "/record", "/accounts"),
        ("kansa-1", "auditor", "/audit", "/record"),
        ("iin-1", "committee", "/committee/meetings", "/events"),
        ("joho-1", "admin", "/accounts", "/children"),
    ];
    for (account, role, own, other) in roles {
        let mut browser = signed_in(&serving, &place, account, role);
        let help = browser.open("/help").body;
        let main = help.split("<main").nth(1).unwrap();
        let main = main.split("</main>").next().unwrap();
        let leads = |path: &str| main.contains(&format!("href=\"{path}\""));
        assert!(leads(own) && !leads(other), "{role}: {main}");
        let paths = main.split("href=\"").skip(1);
        for path in paths.filter_map(|rest| rest.split('"').next()) {
            assert_eq!(browser.open(path).status, 200, "{role} {path}");
        }
        // Every page leads there.
        assert!(browser.open("/security").body.contains("href=\"/help\""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_tells_the_number_of_its_request() {
    let place = centre(Engine::Sqlite).await;
    let serving = Serving::start(&place, BINARY);
    let mut browser = signed_in(&serving, &place, "sato", "staff");
    let mut numbers = Vec::new();
    for path in ["/none", "/accounts"] {
        let page = browser.open(path);
        let number = page.header("x-request-id").unwrap().to_owned();
        assert_eq!(number.len(), 12, "{number}");
        assert!(page.body.contains(&number), "{path}: {}", page.body);
        numbers.push(number);
    }
    assert_ne!(numbers[0], numbers[1]);
    // A number from outside is not taken over, as it may hold anything.
    let given = "X-Request-Id: <script>\r\n";
    let page = browser.ask("GET", "/none", given, "");
    assert!(!page.body.contains("<script>"), "{}", page.body);
    assert_ne!(page.header("x-request-id"), Some("<script>"));
}
