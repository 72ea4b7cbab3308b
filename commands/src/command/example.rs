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
    (
        "record-welfare-services",
        include_str!("examples/record-welfare-services.json"),
    ),
    (
        "assess-care-score",
        include_str!("examples/assess-care-score.json"),
    ),
    ("link-inquiry", include_str!("examples/link-inquiry.json")),
    (
        "unlink-inquiry",
        include_str!("examples/unlink-inquiry.json"),
    ),
    (
        "schedule-follow-up",
        include_str!("examples/schedule-follow-up.json"),
    ),
    (
        "finish-follow-up",
        include_str!("examples/finish-follow-up.json"),
    ),
    (
        "cancel-follow-up",
        include_str!("examples/cancel-follow-up.json"),
    ),
    (
        "record-family-voice",
        include_str!("examples/record-family-voice.json"),
    ),
    ("close-case", include_str!("examples/close-case.json")),
    ("reopen-case", include_str!("examples/reopen-case.json")),
    (
        "suspect-duplicate",
        include_str!("examples/suspect-duplicate.json"),
    ),
    (
        "dismiss-duplicate",
        include_str!("examples/dismiss-duplicate.json"),
    ),
    ("merge-cases", include_str!("examples/merge-cases.json")),
    ("undo-merge", include_str!("examples/undo-merge.json")),
    (
        "start-hospital-stay",
        include_str!("examples/start-hospital-stay.json"),
    ),
    (
        "receive-discharge-notice",
        include_str!("examples/receive-discharge-notice.json"),
    ),
    (
        "set-discharge-date",
        include_str!("examples/set-discharge-date.json"),
    ),
    ("give-consent", include_str!("examples/give-consent.json")),
    (
        "withdraw-consent",
        include_str!("examples/withdraw-consent.json"),
    ),
    (
        "refuse-consent",
        include_str!("examples/refuse-consent.json"),
    ),
    (
        "share-information",
        include_str!("examples/share-information.json"),
    ),
    (
        "join-care-team",
        include_str!("examples/join-care-team.json"),
    ),
    (
        "leave-care-team",
        include_str!("examples/leave-care-team.json"),
    ),
    ("assign-staff", include_str!("examples/assign-staff.json")),
    (
        "unassign-staff",
        include_str!("examples/unassign-staff.json"),
    ),
    (
        "take-emergency-access",
        include_str!("examples/take-emergency-access.json"),
    ),
    (
        "request-approval",
        include_str!("examples/request-approval.json"),
    ),
    (
        "grant-approval",
        include_str!("examples/grant-approval.json"),
    ),
    (
        "refuse-approval",
        include_str!("examples/refuse-approval.json"),
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
        "ask-referral-information",
        include_str!("examples/ask-referral-information.json"),
    ),
    (
        "answer-referral-information",
        include_str!("examples/answer-referral-information.json"),
    ),
    (
        "report-referral-progress",
        include_str!("examples/report-referral-progress.json"),
    ),
    (
        "reopen-referral",
        include_str!("examples/reopen-referral.json"),
    ),
    (
        "escalate-referral",
        include_str!("examples/escalate-referral.json"),
    ),
    (
        "request-support-plan",
        include_str!("examples/request-support-plan.json"),
    ),
    (
        "draft-support-plan",
        include_str!("examples/draft-support-plan.json"),
    ),
    (
        "write-plan-sections",
        include_str!("examples/write-plan-sections.json"),
    ),
    (
        "hold-plan-conference",
        include_str!("examples/hold-plan-conference.json"),
    ),
    (
        "explain-support-plan",
        include_str!("examples/explain-support-plan.json"),
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
        "monitor-support-plan",
        include_str!("examples/monitor-support-plan.json"),
    ),
    (
        "hand-over-support-plan",
        include_str!("examples/hand-over-support-plan.json"),
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
        "identify-disaster-plan-need",
        include_str!("examples/identify-disaster-plan-need.json"),
    ),
    (
        "record-disaster-plan-not-wanted",
        include_str!("examples/record-disaster-plan-not-wanted.json"),
    ),
    (
        "draft-disaster-plan",
        include_str!("examples/draft-disaster-plan.json"),
    ),
    (
        "write-disaster-plan-sections",
        include_str!("examples/write-disaster-plan-sections.json"),
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
        "record-disaster-plan-use",
        include_str!("examples/record-disaster-plan-use.json"),
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
    (
        "register-organisation",
        include_str!("examples/register-organisation.json"),
    ),
    (
        "change-organisation",
        include_str!("examples/change-organisation.json"),
    ),
    (
        "confirm-resource",
        include_str!("examples/confirm-resource.json"),
    ),
    (
        "close-organisation",
        include_str!("examples/close-organisation.json"),
    ),
    (
        "enrol-facility",
        include_str!("examples/enrol-facility.json"),
    ),
    (
        "withdraw-facility",
        include_str!("examples/withdraw-facility.json"),
    ),
    (
        "schedule-visit",
        include_str!("examples/schedule-visit.json"),
    ),
    ("cancel-visit", include_str!("examples/cancel-visit.json")),
    (
        "survey-facility-confidence",
        include_str!("examples/survey-facility-confidence.json"),
    ),
    (
        "record-acceptance",
        include_str!("examples/record-acceptance.json"),
    ),
    (
        "change-facility-staffing",
        include_str!("examples/change-facility-staffing.json"),
    ),
    ("enrol-trainee", include_str!("examples/enrol-trainee.json")),
    ("hold-session", include_str!("examples/hold-session.json")),
    (
        "complete-training",
        include_str!("examples/complete-training.json"),
    ),
    (
        "set-training-goal",
        include_str!("examples/set-training-goal.json"),
    ),
    (
        "assess-competency",
        include_str!("examples/assess-competency.json"),
    ),
    (
        "draft-supervised-plan",
        include_str!("examples/draft-supervised-plan.json"),
    ),
    (
        "suspend-training",
        include_str!("examples/suspend-training.json"),
    ),
    (
        "resume-training",
        include_str!("examples/resume-training.json"),
    ),
    (
        "leave-training",
        include_str!("examples/leave-training.json"),
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
    (
        "convene-meeting",
        include_str!("examples/convene-meeting.json"),
    ),
    (
        "freeze-materials",
        include_str!("examples/freeze-materials.json"),
    ),
    ("hold-meeting", include_str!("examples/hold-meeting.json")),
    (
        "record-finding",
        include_str!("examples/record-finding.json"),
    ),
    (
        "make-recommendation",
        include_str!("examples/make-recommendation.json"),
    ),
    (
        "answer-recommendation",
        include_str!("examples/answer-recommendation.json"),
    ),
    (
        "approve-minutes",
        include_str!("examples/approve-minutes.json"),
    ),
    ("review-trial", include_str!("examples/review-trial.json")),
    (
        "receive-opinion",
        include_str!("examples/receive-opinion.json"),
    ),
    (
        "answer-opinion",
        include_str!("examples/answer-opinion.json"),
    ),
    ("make-request", include_str!("examples/make-request.json")),
    (
        "answer-request",
        include_str!("examples/answer-request.json"),
    ),
    (
        "withdraw-request",
        include_str!("examples/withdraw-request.json"),
    ),
    ("open-audit", include_str!("examples/open-audit.json")),
    ("draw-sample", include_str!("examples/draw-sample.json")),
    (
        "ask-audit-question",
        include_str!("examples/ask-audit-question.json"),
    ),
    (
        "give-audit-answer",
        include_str!("examples/give-audit-answer.json"),
    ),
    (
        "issue-audit-finding",
        include_str!("examples/issue-audit-finding.json"),
    ),
    (
        "clear-audit-finding",
        include_str!("examples/clear-audit-finding.json"),
    ),
    (
        "record-chain-verified",
        include_str!("examples/record-chain-verified.json"),
    ),
    ("close-audit", include_str!("examples/close-audit.json")),
    ("open-account", include_str!("examples/open-account.json")),
    (
        "change-account-role",
        include_str!("examples/change-account-role.json"),
    ),
    ("close-account", include_str!("examples/close-account.json")),
    ("move-start", include_str!("examples/move-start.json")),
    (
        "appoint-contractor",
        include_str!("examples/appoint-contractor.json"),
    ),
    (
        "set-area-table",
        include_str!("examples/set-area-table.json"),
    ),
    (
        "revise-code-table",
        include_str!("examples/revise-code-table.json"),
    ),
    (
        "set-known-population",
        include_str!("examples/set-known-population.json"),
    ),
    (
        "set-staff-post",
        include_str!("examples/set-staff-post.json"),
    ),
    (
        "end-staff-post",
        include_str!("examples/end-staff-post.json"),
    ),
    (
        "note-concurrent-conflict",
        include_str!("examples/note-concurrent-conflict.json"),
    ),
    (
        "require-competency",
        include_str!("examples/require-competency.json"),
    ),
    (
        "set-review-term",
        include_str!("examples/set-review-term.json"),
    ),
    (
        "set-second-factor-rule",
        include_str!("examples/set-second-factor-rule.json"),
    ),
    (
        "set-budget-line",
        include_str!("examples/set-budget-line.json"),
    ),
    (
        "record-expenditure",
        include_str!("examples/record-expenditure.json"),
    ),
    (
        "reverse-expenditure",
        include_str!("examples/reverse-expenditure.json"),
    ),
    (
        "set-subsidy-menu",
        include_str!("examples/set-subsidy-menu.json"),
    ),
    ("plan-subsidy", include_str!("examples/plan-subsidy.json")),
    ("apply-subsidy", include_str!("examples/apply-subsidy.json")),
    (
        "decide-subsidy",
        include_str!("examples/decide-subsidy.json"),
    ),
    (
        "receive-subsidy",
        include_str!("examples/receive-subsidy.json"),
    ),
    (
        "settle-subsidy",
        include_str!("examples/settle-subsidy.json"),
    ),
    (
        "close-fiscal-year",
        include_str!("examples/close-fiscal-year.json"),
    ),
    (
        "allow-late-entry",
        include_str!("examples/allow-late-entry.json"),
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
