//! Values in words: dates with their era, codes with the ward's terms.

use std::fmt::Display;

use ledger_core::code::{
    Acceptance, ActionTaken, Addressee, ApprovalAct, Area, BackupOf, BackupTarget, BirthWeightBand,
    Capacity, CareProcedure, CareRole, CaseClosing, Channel, Charge, Coded, Competency,
    ConsentForm, Consulter, ContractMethod, CorrectionReason, DataClass, Direction,
    DisasterPlanEnd, DisasterPlanResult, DuplicateEvidence, Evacuation, FacilityKind, Handbook,
    Hazard, LegalBasis, MotorImpairment, Office, OutOfAreaReason, Outcome, PartyKind, PlanClosing,
    PostKind, ProfileField, ReferralReason, Register, RevisionReason, SamplingMethod, SecondFactor,
    Section, Service, SessionKind, Severity, SharingPurpose, SignInChange, Speaker, SurveyPhase,
    Topic, TransferReason, TrialConclusion, TrialGround, Urgency, VerificationMethod, VisitStaff,
    VoiceStage, WelfareService,
};
use ledger_core::time::{Day, FiscalYear, Timestamp, wareki, wareki_fiscal_year};
use serde_json::Value;

use super::labels::field_label;
use super::titles::{event_title, role_of};
use crate::lang::Lang;

/// A date: with its era in Japanese, as ISO 8601 in English.
#[must_use]
pub fn day(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Ja => wareki(day),
        Lang::En => day.to_string(),
    }
}

/// A moment to the minute, in Japan's time, its date as [`day`] has it.
#[must_use]
pub fn minute(at: Timestamp, lang: Lang) -> String {
    let at = at.in_japan();
    format!("{} {}", day(at.date(), lang), at.format("%H:%M"))
}

/// A fiscal year: with its era in Japanese, by the year in which it begins in English.
#[must_use]
pub fn fiscal_year(year: FiscalYear, lang: Lang) -> String {
    match lang {
        Lang::Ja => wareki_fiscal_year(year),
        Lang::En => format!("FY{}", year.year()),
    }
}

/// A code's term: the ward's in Japanese, the code's own words in English.
#[must_use]
pub fn code_term(code: &str, ja: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => ja.to_owned(),
        Lang::En => begun(&code_words(code)),
    }
}

/// A code's term within a sentence.
#[must_use]
pub fn term_within<C: Coded>(code: C, lang: Lang) -> String {
    match lang {
        Lang::Ja => code.ja().to_owned(),
        Lang::En => code_words(code.code()),
    }
}

/// Codes whose English words are not the code with its hyphens gone.
const OWN_WORDS: &[(&str, &str)] = &[
    ("<500", "below 500 g"),
    ("<1000", "below 1,000 g"),
    ("<1500", "below 1,500 g"),
    ("<2500", "below 2,500 g"),
    (">=2500", "2,500 g or more"),
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
    ("setagaya", "Setagaya"),
    ("kitazawa", "Kitazawa"),
    ("tamagawa", "Tamagawa"),
    ("kinuta", "Kinuta"),
    ("karasuyama", "Karasuyama"),
    ("outside-ward", "outside the ward"),
    ("tokyo", "Tokyo"),
    ("tokyo-centre", "Tokyo centre"),
    ("co-visit", "co-visit"),
    ("know-how", "know-how"),
    ("one-time-code", "one-time code"),
];

/// A code's own words.
pub(super) fn code_words(code: &str) -> String {
    let found = OWN_WORDS.iter().find(|(own, _)| *own == code);
    found.map_or_else(
        || code.to_lowercase().replace(['-', '_'], " "),
        |(_, words)| (*words).to_owned(),
    )
}

/// English words with a capital letter at their beginning.
pub(super) fn begun(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A number with its English noun.
#[must_use]
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(
    number: N,
    one: &str,
    several: &str,
) -> String {
    let noun = if number == N::from(1) { one } else { several };
    format!("{number} {noun}")
}

/// How the centre and another were in touch, in English.
pub(super) const fn by_channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "by phone",
        Channel::Office => "at the centre",
        Channel::Visit => "on a visit",
        Channel::Online => "online",
        Channel::Mail => "by e-mail",
        Channel::Meeting => "at a meeting",
    }
}

/// A field's value in words; codes and dates are told by the field and the form.
#[must_use]
pub fn value(field: &str, value: &Value, lang: Lang) -> String {
    match value {
        Value::Null => lang.pick("—", "—").to_owned(),
        Value::Bool(true) => lang.pick("有", "yes").to_owned(),
        Value::Bool(false) => lang.pick("無", "no").to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => word(field, text, lang),
        Value::Array(items) => {
            let words: Vec<String> = items
                .iter()
                .map(|item| self::value(field, item, lang))
                .collect();
            words.join(lang.pick("、", ", "))
        },
        Value::Object(fields) => {
            let words = fields.iter().map(|(field, content)| {
                let label = field_label(field, lang);
                format!("{label} {}", self::value(field, content, lang))
            });
            words.collect::<Vec<_>>().join(" ")
        },
    }
}

fn word(field: &str, text: &str, lang: Lang) -> String {
    if let Ok(date) = text.parse::<Day>() {
        return day(date, lang);
    }
    if field == "figures" {
        // All figures of a meeting are no line to read.
        let shown = "「care-ledger meeting N --figures」で見られます";
        return lang
            .pick(shown, "see care-ledger meeting N --figures")
            .to_owned();
    }
    if field == "target_type" {
        return event_title(text, lang).to_owned();
    }
    match lang {
        Lang::Ja => term(field, text).unwrap_or(text).to_owned(),
        Lang::En if term(field, text).is_some() => code_words(text),
        Lang::En => text.to_owned(),
    }
}

/// The ward's term for a stored code.
fn term(field: &str, code: &str) -> Option<&'static str> {
    macro_rules! of {
        ($($Table:ident),+) => {
            None$(.or_else(|| code.parse::<$Table>().ok().map($Table::ja)))+
        };
    }
    match field {
        "out_of_area" => of!(OutOfAreaReason),
        "evidence" => of!(DuplicateEvidence),
        "field" => of!(ProfileField),
        "services" => of!(WelfareService),
        "party" | "parties" | "recipients" | "requested_by" => of!(PartyKind),
        "phase" => of!(SurveyPhase),
        "competency" => of!(Competency),
        "capacity" => of!(Capacity),
        "direction" => of!(Direction),
        "charge" => of!(Charge),
        "form" => of!(ConsentForm),
        "purpose" => of!(SharingPurpose),
        "data" => of!(DataClass),
        "given_by" | "withdrawn_by" | "refused_by" | "speaker" => of!(Speaker),
        "stage" => of!(VoiceStage),
        "basis" => of!(LegalBasis),
        "addressee" => of!(Addressee),
        "grounds" => of!(TrialGround),
        "conclusion" => of!(TrialConclusion),
        "severity" => of!(Severity),
        "act" => of!(ApprovalAct),
        "hazard" => of!(Hazard),
        "decision" => of!(Evacuation),
        "handbooks" => of!(Handbook),
        "service" => of!(Service),
        "role" => of!(CareRole).or_else(|| role_of(code)),
        "weight_band" => of!(BirthWeightBand),
        "procedure" | "procedures" => of!(CareProcedure),
        "motor_impairment" => of!(MotorImpairment),
        "consulter" => of!(Consulter),
        "channel" | "learnt_by" => of!(Channel),
        "topics" => of!(Topic),
        "action" => of!(ActionTaken),
        "section" => of!(Section),
        "urgency" => of!(Urgency),
        "outcome" => of!(Outcome, Acceptance),
        "reason" => of!(
            RevisionReason,
            TransferReason,
            DisasterPlanEnd,
            CorrectionReason,
            CaseClosing,
            ReferralReason
        ),
        "closing" => of!(PlanClosing),
        "office" | "from" | "to" => of!(Office),
        "method" => of!(VerificationMethod, ContractMethod, SamplingMethod),
        "result" => of!(DisasterPlanResult),
        "kind" => of!(FacilityKind, SessionKind, PostKind, PartyKind),
        "staff_kind" => of!(VisitStaff),
        "area" | "old" | "new" => of!(Area),
        _ => of_the_program(field, code),
    }
}

/// The term for a code of how the program itself is used: what somebody signs in with, what is backed up.
fn of_the_program(field: &str, code: &str) -> Option<&'static str> {
    match field {
        "second_factor" => code.parse().ok().map(SecondFactor::ja),
        "change" => code.parse().ok().map(SignInChange::ja),
        "register" => code.parse().ok().map(Register::ja),
        "backup" => code.parse().ok().map(BackupOf::ja),
        "written_to" => code.parse().ok().map(BackupTarget::ja),
        _ => None,
    }
}

/// Characters of an id's beginning, by which people and commands tell it from others.
const SHORT: usize = 8;

/// The beginning of an id.
#[must_use]
pub fn short(id: &str) -> &str {
    id.get(..SHORT).unwrap_or(id)
}
