//! Which pages are asked for, and what each has to read and write.

use ledger_core::id::StreamName;

use super::bare::Reads;

/// What a page has to read and write.
pub(super) type Needs = &'static [Reads];

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asker {
    Manager,
    /// In charge of the person whose pages are opened.
    Staff,
    Admin,
    Committee,
}

impl Asker {
    pub(super) const ALL: [Self; 4] = [Self::Manager, Self::Staff, Self::Admin, Self::Committee];

    pub(super) const fn role(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Staff => "staff",
            Self::Admin => "admin",
            Self::Committee => "committee",
        }
    }
}

/// A page that is asked for.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) asker: Asker,
    /// The person whom it is about, or any.
    pub(super) person: StreamName,
    pub(super) needs: Needs,
}

/// Pages that an administrator sees alone.
const OF_ADMIN: [&str; 2] = ["/system", "/accounts"];

/// Pages that somebody in charge opens, of whom the program asks first whether they are.
const OF_STAFF: [&str; 3] = [
    "/children/{child}",
    "/children/{child}?view=print",
    "/children/{child}/sheet",
];

/// Pages that the committee sees of a meeting's frozen figures, without what would give a person away.
const OF_COMMITTEE: [&str; 8] = [
    "/committee?{year}",
    "/committee/course?{year}",
    "/committee/areas?{year}",
    "/committee/facilities?{year}",
    "/committee/disaster?{year}",
    "/committee/picture?{year}",
    "/committee/changes",
    "/committee/figures/A-1?{year}",
];

/// What is asked for over a day, and how often of each hundred times: mostly records of one person after the other.
const DAY: &[(usize, &str)] = &[
    (30, "/children/{child}"),
    (15, "/"),
    (15, "/children"),
    (15, "/record?child={child}"),
    (8, "/children/{child}/sheet"),
    (5, "/referrals"),
    (5, "/events"),
    (3, "/committee?{year}"),
    (2, "/figures?{year}"),
    (2, "/replay/child-{child}"),
];

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
    // It names the child, which is recorded first, and lets one choose among what stands in the record.
    (
        "/acts/make-referral?child={child}",
        &[Reads::Opening, Reads::Person],
    ),
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

/// Every page, about this person, by each who sees a different one.
pub(super) fn pages(person: &StreamName) -> Vec<Asked> {
    let own = PAGES.iter().map(|(path, _)| {
        let asker = if OF_ADMIN.contains(path) {
            Asker::Admin
        } else {
            Asker::Manager
        };
        asked(path, asker, person)
    });
    let frozen = OF_COMMITTEE.iter();
    let frozen = frozen.map(|path| asked(path, Asker::Committee, person));
    let in_charge = OF_STAFF.iter();
    let in_charge = in_charge.map(|path| asked(path, Asker::Staff, person));
    own.chain(in_charge).chain(frozen).collect()
}

/// A hundred pages as a day mixes them, each about the next of these persons.
pub(super) fn day(persons: &[StreamName]) -> Vec<Asked> {
    let counts = DAY.iter();
    let mut pages: Vec<(usize, &str)> = counts
        .flat_map(|(count, path)| (0..*count).map(move |nth| (nth * 100 / count, *path)))
        .collect();
    // Each kind evenly among the others.
    pages.sort_by_key(|(place, _)| *place);
    let persons = persons.iter().cycle();
    let pages = pages.into_iter().zip(persons);
    pages
        .map(|((_, path), person)| asked(path, Asker::Manager, person))
        .collect()
}

fn asked(path: &str, asker: Asker, person: &StreamName) -> Asked {
    let plain = path.replace("record?child={child}", "record");
    let needs = PAGES.iter().find(|(known, _)| *known == plain);
    let child = person.as_child().unwrap().to_string();
    Asked {
        needs: needs.unwrap().1,
        path: path
            .replace("{child}", &child)
            .replace("{year}", "fiscal_year=2023"),
        asker,
        person: person.clone(),
    }
}
