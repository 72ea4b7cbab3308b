//! What each role may do; one function a role, so that a new action asks every one of them.

use ledger_core::actor::Role;

use super::{Action, Assignment, Subject};

/// Whether a role may do something.
pub(super) const fn allowed(
    role: Role,
    action: Action,
    subject: Subject,
    assignment: Assignment,
) -> bool {
    match role {
        Role::Staff => staff(action, subject, assignment),
        Role::Manager => manager(action, subject),
        Role::Auditor => auditor(action, subject),
        Role::Committee => committee(action, subject),
        Role::Admin => admin(action, subject),
        Role::System => system(action),
        Role::Unauthenticated => !matches!(action, Action::Approve),
    }
}

/// Advisors and nurses: the centre's work, and the text of whom they are in charge of.
const fn staff(action: Action, subject: Subject, assignment: Assignment) -> bool {
    match action {
        Action::RecordWork
        | Action::TakeEmergencyAccess
        | Action::ReadFigures
        | Action::ReadEvents
        | Action::AnswerAudit => true,
        Action::Correct => matches!(subject, Subject::Person | Subject::Practice),
        Action::ReadTimeline | Action::OpenText => match subject {
            Subject::Person => !matches!(assignment, Assignment::None),
            Subject::Practice | Subject::Audit => true,
            Subject::Governance | Subject::Ledger => false,
        },
        Action::Export => {
            matches!(subject, Subject::Person) && matches!(assignment, Assignment::InCharge)
        },
        Action::Approve
        | Action::ReviewLedger
        | Action::ChangeSettings
        | Action::ManageAccounts
        | Action::ManageFinance
        | Action::CommitteeWork
        | Action::AuditWork => false,
    }
}

/// The manager: everything but accounts and the audit of the own centre.
const fn manager(action: Action, subject: Subject) -> bool {
    match action {
        Action::RecordWork
        | Action::Approve
        | Action::TakeEmergencyAccess
        | Action::ReadTimeline
        | Action::OpenText
        | Action::ReadFigures
        | Action::ReadEvents
        | Action::ReviewLedger
        | Action::Export
        | Action::ChangeSettings
        | Action::ManageFinance
        | Action::CommitteeWork
        | Action::AnswerAudit => true,
        Action::Correct => !matches!(subject, Subject::Audit),
        Action::ManageAccounts | Action::AuditWork => false,
    }
}

/// Auditors: everything without text; of persons no text, for whatever reason (decision record 39).
const fn auditor(action: Action, subject: Subject) -> bool {
    match action {
        Action::ReadFigures | Action::ReadEvents | Action::ReviewLedger | Action::AuditWork => true,
        Action::Correct => matches!(subject, Subject::Audit),
        Action::ReadTimeline | Action::OpenText => {
            matches!(subject, Subject::Governance | Subject::Audit)
        },
        Action::Export => matches!(subject, Subject::Audit | Subject::Ledger),
        Action::RecordWork
        | Action::Approve
        | Action::TakeEmergencyAccess
        | Action::ChangeSettings
        | Action::ManageAccounts
        | Action::ManageFinance
        | Action::CommitteeWork
        | Action::AnswerAudit => false,
    }
}

/// The committee and its secretariat: figures, and the committee's own record.
const fn committee(action: Action, subject: Subject) -> bool {
    match action {
        Action::ReadFigures | Action::CommitteeWork => true,
        Action::Correct | Action::ReadTimeline | Action::OpenText | Action::Export => {
            matches!(subject, Subject::Governance)
        },
        Action::RecordWork
        | Action::Approve
        | Action::TakeEmergencyAccess
        | Action::ReadEvents
        | Action::ReviewLedger
        | Action::ChangeSettings
        | Action::ManageAccounts
        | Action::ManageFinance
        | Action::AuditWork
        | Action::AnswerAudit => false,
    }
}

/// Keepers of settings and accounts, who see nobody's record.
const fn admin(action: Action, subject: Subject) -> bool {
    match action {
        Action::ChangeSettings | Action::ManageAccounts => true,
        Action::Correct | Action::ReadTimeline | Action::OpenText => {
            matches!(subject, Subject::Ledger)
        },
        Action::RecordWork
        | Action::Approve
        | Action::TakeEmergencyAccess
        | Action::ReadFigures
        | Action::ReadEvents
        | Action::ReviewLedger
        | Action::Export
        | Action::ManageFinance
        | Action::CommitteeWork
        | Action::AuditWork
        | Action::AnswerAudit => false,
    }
}

/// The program: it writes, counts and follows, and sees no text.
const fn system(action: Action) -> bool {
    match action {
        Action::RecordWork
        | Action::Correct
        | Action::ReadFigures
        | Action::ReadEvents
        | Action::ChangeSettings
        | Action::ManageAccounts
        | Action::ManageFinance
        | Action::CommitteeWork
        | Action::AuditWork => true,
        Action::Approve
        | Action::TakeEmergencyAccess
        | Action::ReadTimeline
        | Action::OpenText
        | Action::ReviewLedger
        | Action::Export
        | Action::AnswerAudit => false,
    }
}
