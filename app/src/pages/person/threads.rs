//! A timeline's events by years, by referrals or by other offices.

use std::collections::BTreeMap;

use ledger_core::code::{Area, Direction, PartyKind, Section};
use ledger_core::id::{OrganisationId, ReferralId};
use ledger_core::time::{Day, FiscalYear, age_on, wareki_fiscal_year};
use ledger_projections::timeline::{OtherOffice, ReferralView, Timeline, TimelineEntry};

use crate::lang::Lang;
use crate::render;

/// By what the events stand together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Grouping {
    Years,
    Referrals,
    Offices,
}

impl Grouping {
    pub(super) const ALL: [Self; 3] = [Self::Years, Self::Referrals, Self::Offices];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Years => "",
            Self::Referrals => "referral",
            Self::Offices => "office",
        }
    }

    pub(super) fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    pub(super) const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Years => lang.pick("年度順", "By year"),
            Self::Referrals => lang.pick("連携ごと", "By referral"),
            Self::Offices => lang.pick("機関ごと", "By office"),
        }
    }
}

/// Events that stand together, the newest first.
pub(super) struct Group<'t> {
    pub(super) id: String,
    pub(super) title: String,
    /// How old the person was then.
    pub(super) age: Option<String>,
    pub(super) entries: Vec<&'t TimelineEntry>,
}

/// What holds events together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Year(Option<FiscalYear>),
    Referral(ReferralId),
    Office(OtherOffice),
    /// No referral, no office.
    None,
}

/// Groups events that are given oldest first, the group with the newest event first; what is in no
/// group comes last.
pub(super) fn groups<'t>(
    timeline: &Timeline,
    entries: impl DoubleEndedIterator<Item = &'t TimelineEntry>,
    grouping: Grouping,
    (names, lang): (&BTreeMap<OrganisationId, String>, Lang),
) -> Vec<Group<'t>> {
    let mut found: Vec<(Key, Vec<&TimelineEntry>)> = Vec::new();
    for entry in entries.rev() {
        for key in keys(timeline, entry, grouping) {
            match found.iter_mut().find(|(known, _)| *known == key) {
                Some((_, entries)) => entries.push(entry),
                None => found.push((key, vec![entry])),
            }
        }
    }
    found.sort_by_key(|(key, _)| *key == Key::None);
    let groups = (1_usize..).zip(found).map(|(place, (key, entries))| {
        let (id, title, age) = match key {
            Key::Year(year) => of_year(year, timeline.person.birth_date, lang),
            Key::Referral(referral) => {
                let title = of_referral(timeline, &referral.to_string(), lang);
                (format!("referral-{place}"), title, None)
            },
            Key::Office(office) => (
                format!("office-{place}"),
                of_office(office, names, lang),
                None,
            ),
            Key::None => ("others".to_owned(), others(grouping, lang).to_owned(), None),
        };
        Group {
            id,
            title,
            age,
            entries,
        }
    });
    groups.collect()
}

fn keys(timeline: &Timeline, entry: &TimelineEntry, grouping: Grouping) -> Vec<Key> {
    let keys: Vec<Key> = match grouping {
        Grouping::Years => vec![Key::Year(entry.shown_on.map(FiscalYear::of))],
        Grouping::Referrals => entry.referral().map(Key::Referral).into_iter().collect(),
        Grouping::Offices => timeline
            .offices(entry)
            .into_iter()
            .map(Key::Office)
            .collect(),
    };
    if keys.is_empty() {
        return vec![Key::None];
    }
    keys
}

const fn others(grouping: Grouping, lang: Lang) -> &'static str {
    match grouping {
        Grouping::Referrals => lang.pick("連携によらない記録", "Outside of referrals"),
        Grouping::Years | Grouping::Offices => {
            lang.pick("ほかの機関が出てこない記録", "Without another office")
        },
    }
}

fn of_year(
    year: Option<FiscalYear>,
    birth: Option<Day>,
    lang: Lang,
) -> (String, String, Option<String>) {
    let Some(year) = year else {
        let title = lang.pick("日付不明", "No date").to_owned();
        return ("year-unknown".to_owned(), title, None);
    };
    let title = match lang {
        Lang::Ja => wareki_fiscal_year(year),
        Lang::En => format!("Fiscal year {year}"),
    };
    let age = birth.and_then(|birth| age_in(birth, year, lang));
    (format!("year-{year}"), title, age)
}

/// How old somebody was from the first to the last day of a year; none before the birth.
fn age_in(birth: Day, year: FiscalYear, lang: Lang) -> Option<String> {
    let last = age_on(birth, year.last_day())?.years;
    let first = age_on(birth, year.first_day()).map_or(0, |age| age.years);
    Some(match lang {
        Lang::Ja if first == last => format!("{last}歳"),
        Lang::En if first == last => format!("aged {last}"),
        Lang::Ja => format!("{first}〜{last}歳"),
        Lang::En => format!("aged {first} to {last}"),
    })
}

fn of_referral(timeline: &Timeline, id: &str, lang: Lang) -> String {
    let referrals = timeline.referrals.iter();
    let Some(view) = referrals.clone().find(|view| view.referral == id) else {
        // What no longer stands is no referral, and is not thrown away.
        let gone = lang.pick("取り消した連携", "Referral that was annulled");
        return gone.to_owned();
    };
    let made = view.made_on.map(|day| render::day(day, lang));
    let made = made.unwrap_or_else(|| lang.pick("日付不明", "no date").to_owned());
    let office = called(view, lang);
    let number = view.number.as_ref().map(|number| format!(" {number}"));
    let number = number.unwrap_or_default();
    match (lang, view.direction) {
        (Lang::Ja, Direction::To) => format!("{made} {office}への連携{number}"),
        (Lang::En, Direction::To) => format!("{made}, referral to {office}{number}"),
        (Lang::Ja, Direction::From) => format!("{made} {office}からの連携{number}"),
        (Lang::En, Direction::From) => format!("{made}, referral from {office}{number}"),
    }
}

/// The other office of a referral.
fn called(view: &ReferralView, lang: Lang) -> String {
    match &view.office {
        Some(office) => office.clone(),
        None if view.party == PartyKind::DistrictCentre => district(view.area, view.section, lang),
        None => render::term_within(view.party, lang),
    }
}

fn district(area: Option<Area>, section: Option<Section>, lang: Lang) -> String {
    let area = area.map(|area| render::term_within(area, lang));
    let section = section.map(|section| render::term_within(section, lang));
    let (area, section) = (area.unwrap_or_default(), section.unwrap_or_default());
    match lang {
        Lang::Ja => format!("{area}総合支所{section}"),
        Lang::En if section.is_empty() => format!("{area} district centre").trim().to_owned(),
        Lang::En => format!("{area} district centre, {section}")
            .trim()
            .to_owned(),
    }
}

fn of_office(office: OtherOffice, names: &BTreeMap<OrganisationId, String>, lang: Lang) -> String {
    match office {
        OtherOffice::Known(organisation) => names.get(&organisation).map_or_else(
            || {
                lang.pick("名簿にない機関", "Office not in the directory")
                    .to_owned()
            },
            Clone::clone,
        ),
        OtherOffice::Kind(party) => {
            let unnamed = lang.pick("（名簿にない機関）", " (not in the directory)");
            format!("{}{unnamed}", render::term_within(party, lang))
        },
        OtherOffice::District(area, section) => district(area, section, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_says_how_old_the_person_was_in_it() {
        let born: Day = "2019-10-15".parse().unwrap();
        let age = |year| age_in(born, FiscalYear::new(year), Lang::Ja);
        assert_eq!(age(2018), None);
        assert_eq!(age(2019).as_deref(), Some("0歳"));
        assert_eq!(age(2020).as_deref(), Some("0〜1歳"));
        assert_eq!(age(2023).as_deref(), Some("3〜4歳"));
        // Born on 1 April somebody is of one age all the year.
        let born: Day = "2019-04-01".parse().unwrap();
        let age = age_in(born, FiscalYear::new(2023), Lang::En);
        assert_eq!(age.as_deref(), Some("aged 4"));
        let year = of_year(Some(FiscalYear::new(2023)), None, Lang::Ja);
        assert_eq!(year, ("year-2023".to_owned(), "令和5年度".to_owned(), None));
    }
}
