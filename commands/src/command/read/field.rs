//! Which fields of commands hold a code or a day, and their reading as people write them.

use ledger_core::actor::Role;
use ledger_core::code::{
    Acceptance, ActionTaken, Addressee, ApprovalAct, Area, Capacity, CareProcedure, CareRole,
    CaseClosing, Channel, Charge, Competency, ConsentForm, Consulter, ContractMethod,
    CorrectionReason, DataClass, Direction, DisasterPlanEnd, DisasterPlanResult, DuplicateEvidence,
    Evacuation, FacilityKind, Handbook, Hazard, LegalBasis, MotorImpairment, Office,
    OutOfAreaReason, Outcome, PartyKind, PlanClosing, PostKind, ProfileField, ReferralReason,
    RevisionReason, SamplingMethod, Section, SessionKind, Severity, SharingPurpose, Speaker,
    SurveyPhase, Term, Topic, TransferReason, TrialConclusion, TrialGround, Urgency,
    VerificationMethod, VisitStaff, VoiceStage, WelfareService,
};
use ledger_core::text::without_spaces;
use ledger_core::time::{Weekday, parse_day};
use serde_json::{Map, Value};

use super::fault::{FieldFault, ReadCommandError};
use crate::command::Command;

/// Fields that hold a code or a list of codes, in every command that has them.
const CODED: &[(&str, &[Term])] = &[
    ("action", ActionTaken::TERMS),
    ("addressee", Addressee::TERMS),
    ("area", Area::TERMS),
    ("blackout", Evacuation::TERMS),
    ("capacity", Capacity::TERMS),
    ("channel", Channel::TERMS),
    ("charge", Charge::TERMS),
    ("closing", PlanClosing::TERMS),
    ("competency", Competency::TERMS),
    ("conclusion", TrialConclusion::TERMS),
    ("consulter", Consulter::TERMS),
    ("data", DataClass::TERMS),
    ("direction", Direction::TERMS),
    ("earthquake", Evacuation::TERMS),
    ("field", ProfileField::TERMS),
    ("flood", Evacuation::TERMS),
    ("given_by", Speaker::TERMS),
    ("grounds", TrialGround::TERMS),
    ("handbooks", Handbook::TERMS),
    ("hazard", Hazard::TERMS),
    ("learnt_by", Channel::TERMS),
    ("method", VerificationMethod::TERMS),
    ("motor_impairment", MotorImpairment::TERMS),
    ("other_hazard", Evacuation::TERMS),
    ("out_of_area", OutOfAreaReason::TERMS),
    ("outcome", Outcome::TERMS),
    ("parties", PartyKind::TERMS),
    ("party", PartyKind::TERMS),
    ("phase", SurveyPhase::TERMS),
    ("procedure", CareProcedure::TERMS),
    ("procedures", CareProcedure::TERMS),
    ("refused_by", Speaker::TERMS),
    ("requested_by", PartyKind::TERMS),
    ("result", DisasterPlanResult::TERMS),
    ("section", Section::TERMS),
    ("severity", Severity::TERMS),
    ("speaker", Speaker::TERMS),
    ("staff_kind", VisitStaff::TERMS),
    ("stage", VoiceStage::TERMS),
    ("topics", Topic::TERMS),
    ("urgency", Urgency::TERMS),
    ("weekdays", Weekday::TERMS),
    ("withdrawn_by", Speaker::TERMS),
];

/// Fields whose codes depend on the command.
const CODED_IN: &[(&str, &str, &[Term])] = &[
    ("suspect-duplicate", "evidence", DuplicateEvidence::TERMS),
    ("annul-event", "reason", CorrectionReason::TERMS),
    ("appoint-contractor", "method", ContractMethod::TERMS),
    ("change-account-role", "role", Role::OF_ACCOUNTS),
    ("change-facility", "kind", FacilityKind::TERMS),
    ("change-organisation", "kind", PartyKind::TERMS),
    ("close-case", "reason", CaseClosing::TERMS),
    ("confirm-resource", "services", WelfareService::TERMS),
    ("correct-event", "reason", CorrectionReason::TERMS),
    ("draft-disaster-plan", "office", Office::TERMS),
    ("draw-sample", "method", SamplingMethod::TERMS),
    ("end-disaster-plan", "reason", DisasterPlanEnd::TERMS),
    ("give-consent", "form", ConsentForm::TERMS),
    ("give-consent", "purpose", SharingPurpose::TERMS),
    ("give-consent", "recipients", PartyKind::TERMS),
    ("hold-session", "kind", SessionKind::TERMS),
    ("identify-disaster-plan-need", "office", Office::TERMS),
    ("join-care-team", "role", CareRole::TERMS),
    ("make-referral", "reason", ReferralReason::TERMS),
    ("open-account", "role", Role::OF_ACCOUNTS),
    ("reassign-event", "reason", CorrectionReason::TERMS),
    ("record-acceptance", "outcome", Acceptance::TERMS),
    ("record-welfare-services", "services", WelfareService::TERMS),
    ("refuse-consent", "purpose", SharingPurpose::TERMS),
    ("refuse-consent", "recipients", PartyKind::TERMS),
    ("register-facility", "kind", FacilityKind::TERMS),
    ("register-organisation", "kind", PartyKind::TERMS),
    ("request-approval", "act", ApprovalAct::TERMS),
    ("reverse-annulment", "reason", CorrectionReason::TERMS),
    ("revise-support-plan", "reason", RevisionReason::TERMS),
    ("set-second-factor-rule", "role", Role::OF_ACCOUNTS),
    ("set-staff-post", "kind", PostKind::TERMS),
    ("share-information", "basis", LegalBasis::TERMS),
    ("share-information", "purpose", SharingPurpose::TERMS),
    ("transfer-disaster-plan", "reason", TransferReason::TERMS),
    ("transfer-disaster-plan", "to", Office::TERMS),
];

/// Fields that hold a day.
const DAYS: &[&str] = &[
    "allowed_until",
    "birth_date",
    "discharge_planned_on",
    "due_on",
    "ends_on",
    "follow_up_due_on",
    "next_due",
    "on_day",
    "planned_on",
    "starts_on",
    "valid_to",
];

/// The field of a correction that holds an event's new content.
const CORRECTED: &str = "clear";

impl Command {
    /// The codes that a field of a command takes, each with its Japanese term; none for a field
    /// that holds no code.
    #[must_use]
    pub fn codes(name: &str, field: &str) -> Option<&'static [Term]> {
        let here = CODED_IN
            .iter()
            .find(|(command, other, _)| *command == name && *other == field)
            .map(|(_, _, terms)| *terms);
        let anywhere = || CODED.iter().find(|(other, _)| *other == field);
        here.or_else(|| anywhere().map(|(_, terms)| *terms))
    }
}

/// The command whose old and new values are of the kind that another of its fields names.
const CHANGE: &str = "change-profile";

/// Puts codes in the place of Japanese terms, and days in the place of their notations.
pub(super) fn normalise(
    name: &str,
    fields: &mut Map<String, Value>,
) -> Result<(), ReadCommandError> {
    for (field, value) in fields.iter_mut() {
        if let (CORRECTED, Value::Object(content)) = (field.as_str(), &mut *value) {
            // The content of an event has the same fields as the command that wrote it.
            normalise("", content).map_err(|error| error.within(CORRECTED))?;
            continue;
        }
        if let Some(kind) = Kind::of(name, field) {
            read(field, value, kind)?;
        }
    }
    if name == CHANGE {
        normalise_change(fields)?;
    }
    Ok(())
}

/// Reads the values before and after of one field of a profile as that field is read.
fn normalise_change(fields: &mut Map<String, Value>) -> Result<(), ReadCommandError> {
    let field = fields.get("field").and_then(Value::as_str);
    let kind = match field.and_then(|field| field.parse().ok()) {
        Some(ProfileField::Area) => Kind::Code(Area::TERMS),
        Some(ProfileField::BirthDate) => Kind::Day,
        Some(
            ProfileField::Name | ProfileField::Kana | ProfileField::Address | ProfileField::Phone,
        )
        | None => return Ok(()),
    };
    for side in ["old", "new"] {
        // A blank value is none.
        let given = |value: &&mut Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
        if let Some(value) = fields.get_mut(side).filter(given) {
            read(side, value, kind)?;
        }
    }
    Ok(())
}

/// What people write in a field in other words than the program.
#[derive(Clone, Copy)]
enum Kind {
    Code(&'static [Term]),
    Day,
}

impl Kind {
    fn of(name: &str, field: &str) -> Option<Self> {
        let day = DAYS.contains(&field).then_some(Self::Day);
        Command::codes(name, field).map(Self::Code).or(day)
    }

    fn read(self, text: &str) -> Result<String, FieldFault> {
        match self {
            Self::Code(terms) => code(text, terms),
            Self::Day => day(text),
        }
    }
}

/// Reads a text, or each text of a list, in its place.
fn read(field: &str, value: &mut Value, kind: Kind) -> Result<(), ReadCommandError> {
    match value {
        Value::String(text) => {
            *text = kind.read(text).map_err(|fault| ReadCommandError::Field {
                field: field.to_owned(),
                fault,
            })?;
            Ok(())
        },
        Value::Array(items) => items
            .iter_mut()
            .enumerate()
            .try_for_each(|(n, item)| read(&format!("{field}[{n}]"), item, kind)),
        // What has another shape altogether is refused by the decoder.
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Ok(()),
    }
}

fn code(text: &str, terms: &'static [Term]) -> Result<String, FieldFault> {
    let given = without_spaces(text);
    let found = terms
        .iter()
        .find(|(code, ja)| given == *code || given == without_spaces(ja));
    found
        .map(|(code, _)| (*code).to_owned())
        .ok_or(FieldFault::NoCode(terms))
}

fn day(text: &str) -> Result<String, FieldFault> {
    let read = parse_day(text).map_err(|_| FieldFault::NoDay)?;
    Ok(read.day.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::world;

    /// The example of a command with another value in one field, as the decoder answers it.
    fn decoded(name: &'static str, field: &str, value: Value) -> Result<Command, String> {
        let mut fields: Map<String, Value> =
            serde_json::from_str(Command::example(name).unwrap()).unwrap();
        fields.insert(field.to_owned(), value);
        if (name, field) == (CHANGE, "field") {
            // The example's values are those of another field.
            fields.retain(|field, _| field != "old" && field != "new");
        }
        world::read_json(Value::Object(fields)).map_err(|error| error.to_string())
    }

    #[test]
    fn every_field_of_codes_takes_each_code_and_each_term_and_nothing_else() {
        for name in Command::NAMES {
            let example: Map<String, Value> =
                serde_json::from_str(Command::example(name).unwrap()).unwrap();
            for (field, shown) in &example {
                let Some(terms) = Command::codes(name, field) else {
                    continue;
                };
                let as_shown = |text: &str| {
                    if shown.is_array() {
                        json!([text])
                    } else {
                        json!(text)
                    }
                };
                for (code, ja) in terms {
                    let (by_code, by_term) = (
                        decoded(name, field, as_shown(code)),
                        decoded(name, field, as_shown(ja)),
                    );
                    assert!(
                        by_code.is_ok(),
                        "{name} {field} {code}: {:?}",
                        by_code.err()
                    );
                    assert!(by_code == by_term, "{name} {field} {ja}");
                }
                let refused = decoded(name, field, as_shown("見本　花子")).err().unwrap();
                assert!(refused.starts_with(field.as_str()), "{refused}");
                assert!(refused.contains(terms[0].1), "{refused}");
                assert!(!refused.contains("花子"), "{refused}");
            }
        }
    }

    /// A field of codes that is missing in the tables would be told by the decoder itself.
    #[test]
    fn no_field_of_codes_is_missing_in_the_tables() {
        for name in Command::NAMES {
            let example: Map<String, Value> =
                serde_json::from_str(Command::example(name).unwrap()).unwrap();
            for (field, shown) in &example {
                if shown.is_string() && field != "command" {
                    let told = decoded(name, field, json!("見本"))
                        .err()
                        .unwrap_or_default();
                    assert!(!told.contains("not one of"), "{name} {field}: {told}");
                }
            }
        }
    }

    #[test]
    fn a_correction_takes_terms_and_names_the_field_within() {
        let written = decoded("correct-event", "clear", json!({"topics": ["保育園入園"]}));

        assert!(
            written
                == decoded(
                    "correct-event",
                    "clear",
                    json!({"topics": ["nursery-entry"]})
                )
        );
        let refused = decoded("correct-event", "clear", json!({"channel": "伝書鳩"}));
        let refused = refused.err().unwrap();
        assert!(
            refused.starts_with("clear.channel: it has to be one of phone"),
            "{refused}"
        );
    }

    fn change(field: &str, old: &str, new: &str) -> Result<Command, String> {
        let child = "C001";
        let change = json!({"command": "change-profile", "child": child, "field": field,
            "occurred": "R4.4.1", "old": old, "new": new});
        world::read_json(change).map_err(|error| error.to_string())
    }

    #[test]
    fn values_before_and_after_are_read_as_the_field_that_they_are_of() {
        let area = change("総合支所", "北沢", "玉川");
        let born = change("birth-date", "R1.10.16", "令和元年10月17日");
        let named = change("name", "玉川", "R1.10.16");

        assert!(area.is_ok() && area == change("area", "kitazawa", "tamagawa"));
        assert!(born.is_ok() && born == change("birth-date", "2019-10-16", "2019-10-17"));
        assert!(named.is_ok(), "a name may be anything");
        assert!(change("area", "", "玉川").is_ok(), "it was empty before");
        let refused = change("area", "北沢", "見本花子").err().unwrap();
        assert!(refused.starts_with("new: it has to be one of"), "{refused}");
        assert!(!refused.contains("花子"), "{refused}");
        let refused = change("birth-date", "昨日", "R1.10.17").err().unwrap();
        assert!(refused.starts_with("old: it has to be a day"), "{refused}");
    }

    #[test]
    fn a_day_is_read_in_the_wards_notation() {
        let written = decoded("register-child", "birth_date", json!("H29.4.25"));

        assert!(written == decoded("register-child", "birth_date", json!("2017-04-25")));
        let refused = decoded("register-child", "birth_date", json!("昨日"))
            .err()
            .unwrap();
        assert!(
            refused.starts_with("birth_date: it has to be a day"),
            "{refused}"
        );
    }
}
