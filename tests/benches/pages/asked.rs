//! Which pages are asked for, and what each has to read and write.

use ledger_core::id::StreamName;

use super::bare::Reads;

/// What a page has to read and write.
type Needs = &'static [Reads];

/// Pages that an administrator sees alone.
pub(super) const OF_ADMIN: [&str; 2] = ["/system", "/accounts"];

/// What tells that an event was corrected, annulled or moved.
const CORRECTIONS: &[&str] = &[
    "event-corrected",
    "identity-event-corrected",
    "event-annulled",
    "annulment-reversed",
    "event-reassigned",
];

/// Pages of a manager and, those of [`OF_ADMIN`], of an administrator; `{child}` is the person, `{year}` a year of the trial.
const PAGES: &[(&str, Needs)] = &[
    ("/record", &[Reads::Head]),
    ("/acts", &[Reads::Head]),
    ("/acts/make-referral?child={child}", &[Reads::Head]),
    ("/system", &[Reads::Head]),
    ("/accounts", &[Reads::Head]),
    ("/security", &[Reads::Head]),
    ("/help", &[Reads::Head]),
    ("/events", &[Reads::Page]),
    ("/events/1000", &[Reads::Page]),
    ("/events/1000/figures", &[Reads::Page]),
    ("/replay/child-{child}", &[Reads::Person]),
    ("/children/{child}", &[Reads::Opening, Reads::Person]),
    (
        "/children/{child}?view=print",
        &[Reads::Opening, Reads::Person],
    ),
    ("/children/{child}/sheet", &[Reads::Opening, Reads::Person]),
    ("/children", &[Reads::Head]),
    ("/", &[Reads::Head]),
    ("/referrals", &[Reads::Head]),
    ("/organisations", &[Reads::Head]),
    ("/figures?{year}", &[Reads::Head]),
    ("/committee?{year}", &[Reads::Head]),
    ("/committee/course?{year}", &[Reads::Head]),
    ("/committee/areas?{year}", &[Reads::Head]),
    ("/committee/facilities?{year}", &[Reads::Head]),
    ("/committee/disaster?{year}", &[Reads::Head]),
    ("/committee/referrals?{year}", &[Reads::Head]),
    ("/committee/picture?{year}", &[Reads::Head]),
    ("/committee/journeys?{year}", &[Reads::Head]),
    ("/committee/issues?{year}", &[Reads::Head]),
    ("/committee/budget?{year}", &[Reads::Programme]),
    ("/committee/quality?{year}", &[Reads::Head]),
    ("/committee/changes", &[Reads::Head]),
    ("/committee/recommendations", &[Reads::Head]),
    ("/committee/requests", &[Reads::Head]),
    ("/committee/meetings", &[Reads::Head]),
    ("/committee/figures/A-1?{year}", &[Reads::Head]),
    ("/audit", &[Reads::Head]),
    ("/audit/corrections", &[Reads::Types(CORRECTIONS)]),
    ("/audit/imports", &[Reads::Types(&["import-rows-rejected"])]),
    ("/audit/rules", &[Reads::Programme]),
    ("/audit/access", &[Reads::Types(&["personal-text-opened"])]),
    ("/audit/sample?seed=x&n=20", &[Reads::Head]),
];

/// The pages of a ledger with this person, each with what it needs.
pub(super) fn pages(person: &StreamName) -> Vec<(String, Needs)> {
    let child = person.as_child().unwrap().to_string();
    let pages = PAGES.iter().map(|(path, needs)| {
        let path = path.replace("{child}", &child);
        (path.replace("{year}", "fiscal_year=2022"), *needs)
    });
    pages.collect()
}
