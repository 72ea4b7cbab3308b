//! Settings of the programme: they are events, so that an old report reads with the settings of its day.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::events;
use crate::actor::Role;
use crate::code::{Area, Competency, ContractMethod, PostKind, Service};
use crate::id::PostId;
use crate::private::Private;
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
        /// The first day of service moved (財政見通しによる).
        "programme-start-moved" @ 1 clear => StartMoved(StartMoved),
        /// An operator was appointed.
        "contractor-appointed" @ 1 clear => ContractorAppointed(ContractorAppointed),
        /// The areas and their names.
        "area-table-set" @ 1 clear => AreaTableSet(AreaTableSet),
        /// The terms of a code table, as shown from now on.
        "code-table-revised" @ 1 clear => CodeTableRevised(CodeTableRevised),
        /// How many persons who need daily medical care live in an area.
        "known-population-set" @ 1 clear => KnownPopulationSet(KnownPopulationSet),
        /// A post of the centre, in full-time equivalents.
        "staff-post-set" @ 1 clear => StaffPostSet(StaffPostSet),
        /// A post ended.
        "staff-post-ended" @ 1 clear => StaffPostEnded(StaffPostEnded),
        /// A concurrent post got in the way of the centre's work (兼務の支障).
        "concurrent-post-conflict-noted" @ 1 record => ConcurrentConflict(ConcurrentConflict),
        /// The level that completion of training asks for.
        "required-competency-set" @ 1 clear => RequiredCompetencySet(RequiredCompetencySet),
        /// A term within which something is expected, by which it is due or overdue.
        "review-term-set" @ 1 clear => ReviewTermSet(ReviewTermSet),
        /// Whether a role signs in with a second factor.
        "second-factor-rule-set" @ 1 clear => SecondFactorRuleSet(SecondFactorRuleSet),
    }
}

/// Name, place and operator of the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PeriodSet {
    /// First day of preparation.
    pub preparation_from: Day,
    /// First day of service.
    pub starts_on: Day,
    /// Last day of the trial.
    pub ends_on: Day,
}

/// Opening hours from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HolidayCalendarSet {
    /// The holidays.
    pub holidays: Holidays,
}

/// The planned number of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// The first day of service moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StartMoved {
    /// The new first day.
    pub starts_on: Day,
    /// Why, as announced.
    pub reason_ja: String,
}

/// An operator was appointed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ContractorAppointed {
    /// The operator.
    pub operator_ja: String,
    /// How it was chosen.
    pub method: ContractMethod,
    /// First day.
    pub from: Day,
    /// Last day, where it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// On what ground, as announced.
    pub basis_ja: String,
}

/// The areas and their names, all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AreaTableSet {
    /// The areas, in the order in which they are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaName>,
}

/// One area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AreaName {
    /// Its code.
    pub area: Area,
    /// Its name.
    pub name_ja: String,
    /// Its number in municipal data, such as `01`.
    pub number: String,
}

/// The terms of a code table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CodeTableRevised {
    /// The table's name, such as `topic`.
    pub table: String,
    /// Version of the table, from 1.
    pub version: u32,
    /// Its codes with their terms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<CodeTerm>,
}

/// One code with its term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CodeTerm {
    /// The stored code.
    pub code: String,
    /// The term shown.
    pub term_ja: String,
}

/// How many persons who need daily medical care live in an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KnownPopulationSet {
    /// The area; none: the whole ward.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// How many.
    pub persons: u32,
    /// Where this stands.
    pub source: String,
}

/// A post of the centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StaffPostSet {
    /// The post.
    pub post: PostId,
    /// What kind.
    pub kind: PostKind,
    /// Full-time equivalent, in hundredths; none where the plan names no number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fte_hundredths: Option<u32>,
    /// The post in the words of the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words_ja: Option<String>,
    /// Held together with a post elsewhere (兼務).
    pub concurrent: bool,
    /// Most of a full-time post that may be spent elsewhere, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concurrent_hundredths: Option<u32>,
    /// First day.
    pub from: Day,
    /// Last day, where it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// A post ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StaffPostEnded {
    /// The post.
    pub post: PostId,
    /// Its last day.
    pub until: Day,
}

/// A concurrent post got in the way of the centre's work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConcurrentConflict {
    /// The post.
    pub post: PostId,
    /// What happened.
    pub note: Private<Option<String>>,
}

/// The level that completion of training asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequiredCompetencySet {
    /// Of what.
    pub competency: Competency,
    /// 0 to 4.
    pub level: u32,
}

/// A term within which something is expected; an assumption unless the paper says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewTermSet {
    /// Which term, such as `referral-receipt`.
    pub term: String,
    /// How many days.
    pub days: u32,
    /// Business days rather than days.
    pub business_days: bool,
}

/// Whether a role signs in with a second factor besides the password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SecondFactorRuleSet {
    /// The role.
    pub role: Role,
    /// A second factor is asked for; otherwise who has one is asked for it, and the others are not.
    pub required: bool,
}
