//! What stands around the committee's pages: the way among them, the years, as of when the numbers are.

use ledger_core::time::FiscalYear;

use super::super::chrome::{Chrome, Link};
use super::super::door::SignedIn;
use super::super::export::Links;
use super::super::language::t;
use super::super::years::{Ended, Year, choice};
use super::looked::{Looked, Present};

/// The pages with their titles.
const PAGES: &[Link] = &[
    ("/committee", ("総括表", "Scorecard")),
    ("/committee/course", ("月別の推移", "Month by month")),
    ("/committee/areas", ("地域×事業", "Areas and services")),
    (
        "/committee/facilities",
        ("施設への技術支援", "Facility support"),
    ),
    (
        "/committee/disaster",
        ("災害への備え", "Disaster preparedness"),
    ),
    ("/committee/referrals", ("連携の流れ", "Flow of referrals")),
    ("/committee/picture", ("支援体制の図", "System of support")),
    ("/committee/journeys", ("支援の歩み", "Steps of support")),
    ("/committee/issues", ("現状と課題", "Issues")),
    ("/committee/budget", ("経費と補助金", "Money and subsidy")),
    (
        "/committee/quality",
        ("記録の信頼性", "Trust in the records"),
    ),
    (
        "/committee/changes",
        ("前回からの変更", "Changes since a meeting"),
    ),
    (
        "/committee/meetings",
        ("委員会と資料", "Meetings and materials"),
    ),
    (
        "/committee/recommendations",
        ("提言への対応", "Recommendations"),
    ),
    (
        "/committee/requests",
        ("国・都への要望", "Requests to the government and Tokyo"),
    ),
];

/// Those of a fiscal year, to which the one that is looked at goes along.
const OF_A_YEAR: [&str; 9] = [
    "/committee",
    "/committee/areas",
    "/committee/facilities",
    "/committee/disaster",
    "/committee/referrals",
    "/committee/picture",
    "/committee/journeys",
    "/committee/budget",
    "/committee/quality",
];

/// What stands around a page of the committee.
pub(super) struct Frame {
    pub(super) pages: &'static [Link],
    /// The page's path.
    pub(super) here: &'static str,
    /// The year that is looked at; none where the page is of no year.
    year: Option<FiscalYear>,
    /// The years that can be chosen; none where the page is of no year.
    pub(super) years: Vec<Year>,
    /// Why the present year is not among them.
    pub(super) ended: Option<Ended>,
    /// As of when its numbers are; empty where each table says it.
    pub(super) stamp: String,
    /// How its tables are taken along.
    pub(super) export: Option<Links>,
    /// Who has it, and since when, for the page on paper.
    pub(super) printed: String,
}

impl Frame {
    /// Around a page.
    pub(super) const fn of(here: &'static str) -> Self {
        Self {
            pages: PAGES,
            here,
            year: None,
            years: Vec::new(),
            ended: None,
            stamp: String::new(),
            export: None,
            printed: String::new(),
        }
    }

    /// The same with the years among which the one that is looked at is chosen.
    pub(super) fn with_years(mut self, present: &Present) -> Self {
        let chosen = present.year();
        let years = present.years.iter();
        self.years = years.map(|year| choice(*year, chosen)).collect();
        self.ending(present).of_year(chosen)
    }

    /// The same with why the present year is not among those that there are.
    pub(super) fn ending(mut self, present: &Present) -> Self {
        self.ended.clone_from(&present.ended);
        self
    }

    /// The same around a page that says itself of which year it is.
    pub(super) const fn of_year(mut self, year: FiscalYear) -> Self {
        self.year = Some(year);
        self
    }

    /// The address of another page, of the same year where it is of one.
    pub(super) fn leads_to(&self, path: &str) -> String {
        let year = self.year.filter(|_| OF_A_YEAR.contains(&path));
        let year = year.map_or_else(String::new, |year| format!("?fiscal_year={}", year.year()));
        format!("{path}{year}")
    }

    /// The same with what is looked at.
    pub(super) fn looking_at(mut self, looked: &Looked) -> Self {
        self.stamp = looked.stamp();
        self
    }

    /// What stands around every page, with this one's title.
    pub(super) fn chrome(&self, signed_in: &SignedIn) -> Chrome {
        let title = PAGES.iter().find(|(path, _)| *path == self.here);
        let (ja, en) = title.map_or(("運営委員会", "Steering committee"), |(_, title)| {
            *title
        });
        Self::chrome_of(t(ja, en), signed_in)
    }

    /// The same with another title.
    pub(super) fn chrome_of(title: impl Into<String>, signed_in: &SignedIn) -> Chrome {
        Chrome::of(title, signed_in, "/committee")
    }
}
