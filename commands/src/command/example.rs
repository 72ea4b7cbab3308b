//! One example a command, shown by the help and read by a test; the people are invented.

use super::Command;

impl Command {
    /// A JSON example of the command of a name, with invented people.
    #[must_use]
    pub fn example(name: &str) -> Option<&'static str> {
        let found = EXAMPLES.iter().find(|(command, _)| *command == name);
        found.map(|(_, example)| *example)
    }
}

const EXAMPLES: &[(&str, &str)] = &[
    (
        "register-child",
        include_str!("examples/register-child.json"),
    ),
    (
        "change-profile",
        include_str!("examples/change-profile.json"),
    ),
    (
        "record-birth-detail",
        include_str!("examples/record-birth-detail.json"),
    ),
    (
        "start-care-procedure",
        include_str!("examples/start-care-procedure.json"),
    ),
    (
        "end-care-procedure",
        include_str!("examples/end-care-procedure.json"),
    ),
    (
        "assess-mobility",
        include_str!("examples/assess-mobility.json"),
    ),
    ("add-guardian", include_str!("examples/add-guardian.json")),
    (
        "change-guardian",
        include_str!("examples/change-guardian.json"),
    ),
    (
        "remove-guardian",
        include_str!("examples/remove-guardian.json"),
    ),
    (
        "record-consultation",
        include_str!("examples/record-consultation.json"),
    ),
    (
        "record-inquiry",
        include_str!("examples/record-inquiry.json"),
    ),
    ("make-referral", include_str!("examples/make-referral.json")),
    (
        "receive-referral",
        include_str!("examples/receive-referral.json"),
    ),
    (
        "accept-referral",
        include_str!("examples/accept-referral.json"),
    ),
    (
        "decline-referral",
        include_str!("examples/decline-referral.json"),
    ),
    (
        "complete-referral",
        include_str!("examples/complete-referral.json"),
    ),
    (
        "receive-feedback",
        include_str!("examples/receive-feedback.json"),
    ),
    (
        "withdraw-referral",
        include_str!("examples/withdraw-referral.json"),
    ),
    (
        "redirect-referral",
        include_str!("examples/redirect-referral.json"),
    ),
    (
        "remind-referral",
        include_str!("examples/remind-referral.json"),
    ),
    (
        "draft-support-plan",
        include_str!("examples/draft-support-plan.json"),
    ),
    (
        "agree-support-plan",
        include_str!("examples/agree-support-plan.json"),
    ),
    (
        "revise-support-plan",
        include_str!("examples/revise-support-plan.json"),
    ),
    (
        "deliver-support-plan",
        include_str!("examples/deliver-support-plan.json"),
    ),
    (
        "close-support-plan",
        include_str!("examples/close-support-plan.json"),
    ),
    (
        "record-discharge",
        include_str!("examples/record-discharge.json"),
    ),
    (
        "draft-disaster-plan",
        include_str!("examples/draft-disaster-plan.json"),
    ),
    (
        "agree-disaster-plan",
        include_str!("examples/agree-disaster-plan.json"),
    ),
    (
        "verify-disaster-plan",
        include_str!("examples/verify-disaster-plan.json"),
    ),
    (
        "review-disaster-plan",
        include_str!("examples/review-disaster-plan.json"),
    ),
    (
        "revise-disaster-plan",
        include_str!("examples/revise-disaster-plan.json"),
    ),
    (
        "transfer-disaster-plan",
        include_str!("examples/transfer-disaster-plan.json"),
    ),
    (
        "end-disaster-plan",
        include_str!("examples/end-disaster-plan.json"),
    ),
    ("correct-event", include_str!("examples/correct-event.json")),
    ("annul-event", include_str!("examples/annul-event.json")),
    (
        "reverse-annulment",
        include_str!("examples/reverse-annulment.json"),
    ),
    (
        "reassign-event",
        include_str!("examples/reassign-event.json"),
    ),
    (
        "register-facility",
        include_str!("examples/register-facility.json"),
    ),
    (
        "change-facility",
        include_str!("examples/change-facility.json"),
    ),
    (
        "record-facility-support",
        include_str!("examples/record-facility-support.json"),
    ),
    ("enrol-trainee", include_str!("examples/enrol-trainee.json")),
    ("hold-session", include_str!("examples/hold-session.json")),
    (
        "complete-training",
        include_str!("examples/complete-training.json"),
    ),
    (
        "define-programme",
        include_str!("examples/define-programme.json"),
    ),
    ("set-period", include_str!("examples/set-period.json")),
    (
        "set-opening-hours",
        include_str!("examples/set-opening-hours.json"),
    ),
    (
        "set-holiday-calendar",
        include_str!("examples/set-holiday-calendar.json"),
    ),
    (
        "set-planned-number",
        include_str!("examples/set-planned-number.json"),
    ),
    (
        "adopt-counting-rule",
        include_str!("examples/adopt-counting-rule.json"),
    ),
];

#[cfg(test)]
mod tests {
    use ledger_core::id::{CommandId, LedgerId};
    use serde_json::{Map, Value, json};
    use uuid::Uuid;

    use super::*;
    use crate::command::read::{FieldFault, ReadCommandError, is_made};
    use crate::world;

    fn read(json: &str) -> Result<Command, String> {
        let json = serde_json::from_str(json).unwrap();
        let ledger = LedgerId::new(Uuid::from_u128(1));
        let command = CommandId::new(Uuid::from_u128(100));
        Command::read(json, ledger, command).map_err(|error| error.to_string())
    }

    #[test]
    fn every_command_has_an_example_that_reads_and_a_sentence() {
        for name in Command::NAMES {
            let example = Command::example(name).unwrap();
            let command = read(example).map_err(|error| format!("{name}: {error}"));
            assert_eq!(command.map(|command| command.name()).as_deref(), Ok(*name));
            assert!(Command::about(name).unwrap().ends_with('.'), "{name}");
            assert!(Command::about_ja(name).unwrap().ends_with('。'), "{name}");
        }
        assert_eq!(EXAMPLES.len(), Command::NAMES.len());
    }

    /// The program makes its options from the examples.
    #[test]
    fn every_example_shows_every_field_but_the_ids_that_are_made() {
        let mut missing = Vec::new();
        for name in Command::NAMES {
            let shown: Map<String, Value> =
                serde_json::from_str(Command::example(name).unwrap()).unwrap();
            let unknown = json!({"command": name, "?": 0});
            let Err(ReadCommandError::Field {
                fault: FieldFault::Unknown { known },
                ..
            }) = world::read_json(unknown)
            else {
                panic!("{name} takes an unknown field");
            };
            let left_out = |field: &&str| !shown.contains_key(*field) && !is_made(name, field);
            let fields: Vec<&str> = known.split(", ").filter(left_out).collect();
            if !fields.is_empty() {
                missing.push(format!("{name}: {}", fields.join(" ")));
            }
        }
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn a_register_number_and_its_id_name_the_same_person() {
        let ledger = LedgerId::new(Uuid::from_u128(1));
        let by_number = r#"{"command":"assess-mobility","child":"ｃ101","occurred":"2021-08-06"}"#;
        let id = ledger.derive("child", &["C101"]).to_string();

        let by_id = by_number.replace("ｃ101", &id);

        assert!(read(by_number).unwrap() == read(&by_id).unwrap());
    }

    #[test]
    fn an_unknown_field_is_refused_and_no_value_is_repeated() {
        let json = r#"{"command":"annul-event","nmae":"見本　花子"}"#;

        let error = read(json).err().unwrap();

        assert!(error.contains("nmae"), "{error}");
        assert!(!error.contains("花子"), "{error}");
    }

    #[test]
    fn a_command_that_nobody_knows_is_refused_by_its_name() {
        let error = read(r#"{"command":"delete-child"}"#).err().unwrap();

        assert_eq!(error, "no command is named delete-child");
    }
}
