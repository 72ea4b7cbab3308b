//! Every path of the pages is in the tables of who may open and send what; and staff open a person's pages as they
//! are in charge, in an emergency, or not at all.

use ledger_tests::browsing::{Browser, hidden};
use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use ledger_tests::serving::Serving;

use super::roles::{ABSENT, FORMS, PAGES, PERSONAL};
use super::{BINARY, centre, openings, put_in_charge, signed_in};

/// What nobody needs a role for: signing in and out, one's own settings, the language, style and scripts.
const WITHOUT_A_ROLE: [(&str, &str); 20] = [
    ("GET", "/assets/care-ledger.css"),
    ("GET", "/assets/care-ledger.js"),
    ("GET", "/assets/care-ledger-form.js"),
    ("GET", "/assets/care-ledger-fresh.js"),
    ("GET", "/assets/care-ledger-kept.js"),
    ("GET", "/assets/care-ledger-play.js"),
    ("GET", "/assets/passkey.js"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("POST", "/sign-in/second/challenge"),
    ("POST", "/sign-out"),
    ("POST", "/language"),
    ("GET", "/invitation/{secret}"),
    ("POST", "/invitation/{secret}"),
    ("POST", "/security/codes"),
    ("POST", "/security/codes/remove"),
    ("POST", "/security/passkeys"),
    ("POST", "/security/passkeys/challenge"),
    ("POST", "/security/password"),
    ("POST", "/security/sessions/end"),
];

/// Whether an address is one of a route, as the router has them.
fn is_of(route: &str, address: &str) -> bool {
    let path = address.split('?').next().unwrap();
    let (route, path) = (route.split('/'), path.split('/'));
    route.clone().count() == path.clone().count()
        && route
            .zip(path)
            .all(|(part, given)| part == given || part.starts_with('{'))
}

#[test]
fn every_path_of_the_pages_is_in_a_table_of_who_may() {
    let pages = PAGES.iter().chain(ABSENT).map(|(path, _)| ("GET", *path));
    let forms = FORMS.iter().map(|(path, _)| ("POST", *path));
    let known: Vec<(&str, &str)> = pages.chain(forms).chain(WITHOUT_A_ROLE).collect();
    let routes = ledger_app::pages::paths();
    assert!(routes.len() > 50, "{}", routes.len());
    let mut missing = Vec::new();
    for (route, methods) in &routes {
        for method in *methods {
            let own =
                |(by, path): &&(&str, &str)| by == method && (path == route || is_of(route, path));
            if !known.iter().any(|one| own(&one)) {
                missing.push((*method, *route));
            }
        }
    }
    assert_eq!(missing, [], "in no table of who may");
    // And no table tells of a path that there is not.
    let gone = known.iter().filter(|(method, path)| {
        let own = |(route, methods): &(&str, &[&str])| {
            methods.contains(method) && (path == route || is_of(route, path))
        };
        !routes.iter().any(own)
    });
    assert_eq!(gone.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
}

/// How somebody stands to C101.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Unassigned,
    InCharge,
    Emergency,
    /// The emergency is long over.
    Over,
}

/// Takes emergency access by the form of a page that asks for a reason.
pub(super) fn takes_emergency_access(staff: &mut Browser<'_>) {
    let asked = staff.open("/children/C101");
    let fields = ["page_token", "account", "command"].map(|name| (name, hidden(&asked, name)));
    let fields = fields.iter().map(|(name, value)| (*name, value.as_str()));
    let fields: Vec<_> = fields.chain([("reason", "夜間に主治医から電話")]).collect();
    let path = asked.body.split("action=\"/children/").nth(1).unwrap();
    let path = format!("/children/{}", path.split('"').next().unwrap());
    assert_eq!(staff.send(&path, &fields).status, 200);
}

/// The pages about C101, made from the routes, with whether each opens text.
fn pages_about_a_person() -> Vec<String> {
    let routes = ledger_app::pages::paths().into_iter();
    let pages = routes.filter(|(path, methods)| {
        methods.contains(&"GET")
            && (path.starts_with("/children/{child}") || path.ends_with("/amend"))
    });
    let named = pages.map(|(path, _)| {
        path.replace("{child}", "C101")
            .replace("{position}", "52")
            .replace("{plan}", "none")
            .replace("{referral}", "none")
    });
    named.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_open_a_persons_pages_as_they_stand_to_the_person() {
    let place = centre(Engine::Sqlite).await;
    // By the clock of the place it is years ago.
    let taken = "record take-emergency-access --child C101 --reason 夜間に主治医から電話";
    let line = taken.split(' ').map(str::to_owned);
    let line: Vec<String> = line.chain(place.options_with("--actor", "over")).collect();
    let _taken = place.run_exactly(&line).await.done();
    let serving = Serving::start(&place, BINARY);
    for (account, standing) in [
        ("none", Standing::Unassigned),
        ("sato", Standing::InCharge),
        ("mori", Standing::Emergency),
        ("over", Standing::Over),
    ] {
        let mut staff = signed_in(&serving, &place, account, "staff");
        match standing {
            Standing::InCharge => put_in_charge(&place, account),
            Standing::Emergency => takes_emergency_access(&mut staff),
            Standing::Unassigned | Standing::Over => {},
        }
        let pages = pages_about_a_person();
        assert!(pages.len() >= 5, "{pages:?}");
        for path in pages {
            // In an emergency it is read; what is made for paper is for those in charge.
            let is_paper = path.ends_with("/sheet") || path.ends_with("/letter");
            let may = match standing {
                Standing::InCharge => true,
                Standing::Emergency => !is_paper,
                Standing::Unassigned | Standing::Over => false,
            };
            let before = openings(&place);
            let page = staff.open(&path);
            let status = match may {
                true if path.contains("/none") => 404,
                true => 200,
                false => 403,
            };
            assert_eq!(page.status, status, "{standing:?} {path}: {}", page.body);
            let told = PERSONAL.iter().any(|personal| page.body.contains(personal));
            assert!(may || !told, "{standing:?} {path}: {}", page.body);
            let opened = openings(&place) - before;
            assert!(!told || opened > 0, "{path}: opened before it is shown");
            assert!(may || opened == 0, "{standing:?} {path}");
        }
        // One's own way out, and no other.
        let file = staff.open("/children/C101?format=csv");
        assert_eq!(file.status, 403, "{standing:?}: {}", file.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_is_shown_where_that_cannot_be_recorded() {
    let place: Place = centre(Engine::Postgres).await;
    let serving = Serving::start(&place, BINARY);
    let mut manager = signed_in(&serving, &place, "kacho", "manager");
    let token = hidden(&manager.open("/"), "page_token");
    let shown = manager.open("/children/C101");
    assert!(shown.body.contains("見本 花子"), "{}", shown.body);
    // What is kept of the log is brought forward as long as that can be written.
    assert_eq!(manager.open("/children").status, 200);
    let database = place.database().unwrap();
    database.only_reads(true).await;
    database.end_sessions().await;
    let goes_on = (0..50).any(|_| manager.open("/children").status == 200);
    assert!(goes_on, "what opens nothing is shown all the same");

    let mut pages = pages_about_a_person();
    pages.push("/children/C101?view=print".to_owned());
    pages.push("/children/C101?format=csv".to_owned());
    for path in pages {
        let page = manager.open(&path);
        assert!(page.status >= 404, "{path}: {}", page.body);
        for personal in PERSONAL {
            assert!(
                !page.body.contains(personal),
                "{path} {personal}: {}",
                page.body
            );
        }
    }
    let fields = [("page_token", &*token), ("text", "花子")];
    let found = manager.send("/children/search", &fields);
    for personal in ["見本 花子", "ハナコ", "2019-10-15"] {
        assert!(!found.body.contains(personal), "{personal}: {}", found.body);
    }
    database.only_reads(false).await;
    database.end_sessions().await;
    let again = (0..50).any(|_| manager.open("/children/C101").status == 200);
    assert!(again, "afterwards it is opened and recorded as before");
}
