//! What each command is, as far as rights go.

use super::Command;
use crate::authorise::Action;

impl Command {
    /// What somebody must be allowed to do to give this command.
    #[must_use]
    pub const fn acts(&self) -> Action {
        match self {
            Self::RegisterChild(_)
            | Self::ChangeProfile(_)
            | Self::RecordBirthDetail(_)
            | Self::StartCareProcedure(_)
            | Self::EndCareProcedure(_)
            | Self::AssessMobility(_)
            | Self::AddGuardian(_)
            | Self::ChangeGuardian(_)
            | Self::RemoveGuardian(_)
            | Self::RecordConsultation(_)
            | Self::RecordInquiry(_)
            | Self::MakeReferral(_)
            | Self::ReceiveReferral(_)
            | Self::AcceptReferral(_)
            | Self::DeclineReferral(_)
            | Self::CompleteReferral(_)
            | Self::ReceiveFeedback(_)
            | Self::WithdrawReferral(_)
            | Self::RedirectReferral(_)
            | Self::RemindReferral(_)
            | Self::DraftSupportPlan(_)
            | Self::AgreeSupportPlan(_)
            | Self::ReviseSupportPlan(_)
            | Self::DeliverSupportPlan(_)
            | Self::CloseSupportPlan(_)
            | Self::RecordDischarge(_)
            | Self::DraftDisasterPlan(_)
            | Self::AgreeDisasterPlan(_)
            | Self::VerifyDisasterPlan(_)
            | Self::ReviewDisasterPlan(_)
            | Self::ReviseDisasterPlan(_)
            | Self::TransferDisasterPlan(_)
            | Self::EndDisasterPlan(_)
            | Self::RegisterFacility(_)
            | Self::ChangeFacility(_)
            | Self::RecordFacilitySupport(_)
            | Self::EnrolTrainee(_)
            | Self::HoldSession(_)
            | Self::CompleteTraining(_) => Action::RecordWork,
            Self::CorrectEvent(_)
            | Self::AnnulEvent(_)
            | Self::ReverseAnnulment(_)
            | Self::ReassignEvent(_) => Action::Correct,
            Self::DefineProgramme(_)
            | Self::SetPeriod(_)
            | Self::SetOpeningHours(_)
            | Self::SetHolidayCalendar(_)
            | Self::SetPlannedNumber(_)
            | Self::AdoptCountingRule(_) => Action::ChangeSettings,
            Self::ConveneMeeting(_)
            | Self::FreezeMaterials(_)
            | Self::HoldMeeting(_)
            | Self::RecordFinding(_)
            | Self::MakeRecommendation(_)
            | Self::AnswerRecommendation(_)
            | Self::ApproveMinutes(_)
            | Self::ReviewTrial(_)
            | Self::ReceiveOpinion(_)
            | Self::AnswerOpinion(_)
            | Self::MakeRequest(_)
            | Self::AnswerRequest(_)
            | Self::WithdrawRequest(_) => Action::CommitteeWork,
            Self::OpenAudit(_)
            | Self::DrawSample(_)
            | Self::AskAuditQuestion(_)
            | Self::IssueAuditFinding(_)
            | Self::ClearAuditFinding(_)
            | Self::RecordChainVerified(_)
            | Self::CloseAudit(_) => Action::AuditWork,
            Self::GiveAuditAnswer(_) => Action::AnswerAudit,
            Self::OpenAccount(_) | Self::ChangeAccountRole(_) | Self::CloseAccount(_) => {
                Action::ManageAccounts
            },
        }
    }
}
