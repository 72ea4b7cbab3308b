//! Settings of the programme: they are events, so that an old report reads with the settings of its day.

use serde::{Deserialize, Serialize};

use super::table::events;
use crate::code::Service;
use crate::time::{Day, Holidays, NewYearBreak, OpeningHours};

events! {
    /// Settings of the programme's stream.
    pub enum ProgrammeEvent {
        /// Name, place and operator.
        "programme-defined" @ 1 clear => Defined(ProgrammeDefined),
        /// Preparation, beginning and end.
        "programme-period-set" @ 1 clear => PeriodSet(PeriodSet),
        /// Opening hours.
        "opening-hours-set" @ 1 clear => OpeningHoursSet(OpeningHoursSet),
        /// The list of national holidays.
        "holiday-calendar-set" @ 1 clear => HolidayCalendarSet(HolidayCalendarSet),
        /// A planned number (予定数) of a service.
        "planned-number-set" @ 1 clear => PlannedNumberSet(PlannedNumberSet),
        /// A rule by which is counted or judged.
        "counting-rule-adopted" @ 1 clear => CountingRuleAdopted(CountingRuleAdopted),
    }
}

/// Name, place and operator of the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeDefined {
    /// Name in Japanese.
    pub name_ja: String,
    /// Name in English.
    pub name_en: String,
    /// The name is provisional (仮称).
    pub provisional: bool,
    /// Where the centre is.
    pub place_ja: String,
    /// Who runs it.
    pub operator_ja: String,
    /// Where this stands.
    pub source: String,
}

/// Preparation, beginning and end of the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodSet {
    /// First day of preparation.
    pub preparation_from: Day,
    /// First day of service.
    pub starts_on: Day,
    /// Last day of the trial.
    pub ends_on: Day,
}

/// Opening hours from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningHoursSet {
    /// First day on which they hold; none: always, until others are set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The hours.
    pub hours: OpeningHours,
    /// The days around New Year on which the centre is closed; an assumption, the paper is silent.
    pub new_year_break: NewYearBreak,
}

/// The whole list of national holidays, in place of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayCalendarSet {
    /// The holidays.
    pub holidays: Holidays,
}

/// The planned number of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedNumberSet {
    /// The service.
    pub service: Service,
    /// The fiscal year for which it holds; none: a full year of operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fiscal_year: Option<crate::time::FiscalYear>,
    /// Lower end.
    pub low: u32,
    /// Upper end; the same as the lower one unless the plan names a range.
    pub high: u32,
    /// What is counted.
    pub unit: String,
    /// How it is counted, in the plan's words.
    pub count_rule_ja: String,
    /// The plan says 程度.
    pub approximate: bool,
}

/// A rule by which is counted or judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountingRuleAdopted {
    /// The rule's id, with its version behind `@` where it has one.
    pub rule: String,
    /// The rule in Japanese.
    pub text_ja: String,
    /// The rule in English.
    pub text_en: String,
    /// Whether the paper says so; else it is an assumption that the ward may change.
    pub stated: bool,
}
