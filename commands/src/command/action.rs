//! What each command is, as far as rights go.

use std::collections::HashMap;
use std::sync::LazyLock;

use ledger_core::id::{CommandId, LedgerId};
use serde_json::Value;
use uuid::Uuid;

use super::Command;
use crate::authorise::Action;

/// Declares which commands each action has; a command that none has does not compile.
macro_rules! acts {
    ($($Action:ident: $($Command:ident)+;)+) => {
        impl Command {
            /// What somebody must be allowed to do to give this command.
            #[must_use]
            pub const fn acts(&self) -> Action {
                match self { $($(Self::$Command(_))|+ => Action::$Action,)+ }
            }
        }
    };
}

impl Command {
    /// What somebody must be allowed to do to give the command of a name; none where there is no such
    /// command.
    #[must_use]
    pub fn acts_of(name: &str) -> Option<Action> {
        // Told by each command's example, and asked for by every button of a page.
        static ACTIONS: LazyLock<HashMap<&str, Action>> = LazyLock::new(|| {
            let names = Command::NAMES.iter();
            let each = names.filter_map(|name| Some((*name, Command::example_acts(name)?)));
            each.collect()
        });
        ACTIONS.get(name).copied()
    }

    fn example_acts(name: &str) -> Option<Action> {
        let example: Value = serde_json::from_str(Self::example(name)?).ok()?;
        let nobody = Uuid::nil();
        let read = Self::read(example, LedgerId::new(nobody), CommandId::new(nobody));
        read.ok().map(|command| command.acts())
    }
}

acts! {
    RecordWork:
        RegisterChild ChangeProfile RecordBirthDetail StartCareProcedure
        EndCareProcedure AssessMobility AddGuardian ChangeGuardian RemoveGuardian
        RecordConsultation RecordInquiry LinkInquiry UnlinkInquiry
        RecordWelfareServices AssessCareScore RecordFamilyVoice
        ScheduleFollowUp FinishFollowUp CancelFollowUp
        CloseCase ReopenCase SuspectDuplicate DismissDuplicate MergeCases UndoMerge
        StartHospitalStay ReceiveDischargeNotice SetDischargeDate
        GiveConsent WithdrawConsent RefuseConsent ShareInformation
        JoinCareTeam LeaveCareTeam AssignStaff UnassignStaff
        RequestApproval RefuseApproval
        MakeReferral ReceiveReferral AcceptReferral DeclineReferral CompleteReferral
        ReceiveFeedback WithdrawReferral RedirectReferral RemindReferral
        AskReferralInformation AnswerReferralInformation ReportReferralProgress
        ReopenReferral EscalateReferral
        DraftSupportPlan AgreeSupportPlan ReviseSupportPlan DeliverSupportPlan
        CloseSupportPlan RecordDischarge RequestSupportPlan WritePlanSections
        HoldPlanConference ExplainSupportPlan MonitorSupportPlan HandOverSupportPlan
        IdentifyDisasterPlanNeed RecordDisasterPlanNotWanted WriteDisasterPlanSections
        RecordDisasterPlanUse RegisterOrganisation ChangeOrganisation ConfirmResource
        CloseOrganisation
        DraftDisasterPlan AgreeDisasterPlan VerifyDisasterPlan ReviewDisasterPlan
        ReviseDisasterPlan TransferDisasterPlan EndDisasterPlan
        RegisterFacility ChangeFacility RecordFacilitySupport
        EnrolFacility WithdrawFacility ScheduleVisit CancelVisit SurveyFacilityConfidence
        RecordAcceptance ChangeFacilityStaffing
        EnrolTrainee HoldSession CompleteTraining SetTrainingGoal AssessCompetency
        DraftSupervisedPlan SuspendTraining ResumeTraining LeaveTraining
        NoteConcurrentConflict;
    TakeEmergencyAccess:
        TakeEmergencyAccess;
    Approve:
        GrantApproval;
    Correct:
        CorrectEvent AnnulEvent ReverseAnnulment ReassignEvent;
    ChangeSettings:
        DefineProgramme SetPeriod SetOpeningHours SetHolidayCalendar SetPlannedNumber
        AdoptCountingRule MoveStart AppointContractor SetAreaTable ReviseCodeTable
        SetKnownPopulation SetStaffPost EndStaffPost RequireCompetency SetReviewTerm
        SetSecondFactorRule;
    ManageFinance:
        SetBudgetLine RecordExpenditure ReverseExpenditure SetSubsidyMenu PlanSubsidy
        ApplySubsidy DecideSubsidy ReceiveSubsidy SettleSubsidy CloseFiscalYear
        AllowLateEntry;
    CommitteeWork:
        ConveneMeeting FreezeMaterials HoldMeeting RecordFinding MakeRecommendation
        AnswerRecommendation ApproveMinutes ReviewTrial
        ReceiveOpinion AnswerOpinion MakeRequest AnswerRequest WithdrawRequest;
    AuditWork:
        OpenAudit DrawSample AskAuditQuestion IssueAuditFinding ClearAuditFinding
        RecordChainVerified CloseAudit;
    AnswerAudit:
        GiveAuditAnswer;
    ManageAccounts:
        OpenAccount ChangeAccountRole CloseAccount;
}
