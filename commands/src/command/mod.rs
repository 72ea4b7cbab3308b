//! Every command of daily work, one a file, and the enum over them that a JSON file is read into.

mod account;
mod action;
mod approval;
mod audit;
mod care_team;
mod case;
mod committee;
mod consent;
mod consultation;
mod correct;
mod disaster_plan;
mod example;
mod facility;
mod family_voice;
mod follow_up;
mod form;
mod hospital;
mod money;
mod named_accounts;
mod organisation;
mod profile;
mod programme;
mod read;
mod referral;
mod request;
mod schema;
mod support_plan;
#[cfg(test)]
mod tests;
mod trainee;
mod when;

pub use account::{ChangeAccountRole, CloseAccount, OpenAccount};
pub use approval::{GrantApproval, RefuseApproval, RequestApproval};
pub use audit::{
    AskAuditQuestion, ClearAuditFinding, CloseAudit, DrawSample, DrawnEvent, GiveAuditAnswer,
    IssueAuditFinding, OpenAudit, RecordChainVerified,
};
pub use care_team::{AssignStaff, JoinCareTeam, LeaveCareTeam, TakeEmergencyAccess, UnassignStaff};
pub use case::{CloseCase, DismissDuplicate, MergeCases, ReopenCase, SuspectDuplicate, UndoMerge};
pub use committee::{
    AnswerRecommendation, ApproveMinutes, ConveneMeeting, FreezeMaterials, HoldMeeting,
    MakeRecommendation, RecordFinding, ReviewTrial,
};
pub use consent::{GiveConsent, RefuseConsent, ShareInformation, WithdrawConsent};
pub use consultation::{LinkInquiry, RecordConsultation, RecordInquiry, UnlinkInquiry};
pub use correct::{AnnulEvent, CorrectEvent, ReassignEvent, ReverseAnnulment};
pub use disaster_plan::{
    AgreeDisasterPlan, DraftDisasterPlan, EndDisasterPlan, IdentifyDisasterPlanNeed,
    RecordDisasterPlanNotWanted, RecordDisasterPlanUse, ReviewDisasterPlan, ReviseDisasterPlan,
    TransferDisasterPlan, VerifyDisasterPlan, WriteDisasterPlanSections,
};
pub use facility::{
    CancelVisit, ChangeFacility, ChangeFacilityStaffing, EnrolFacility, RecordAcceptance,
    RecordFacilitySupport, RegisterFacility, ScheduleVisit, SurveyFacilityConfidence,
    WithdrawFacility,
};
pub use family_voice::RecordFamilyVoice;
pub use follow_up::{CancelFollowUp, FinishFollowUp, ScheduleFollowUp};
pub use form::{Field, Takes, fields_of_event, number};
pub use hospital::{ReceiveDischargeNotice, SetDischargeDate, StartHospitalStay};
pub use money::{
    AllowLateEntry, ApplySubsidy, CloseFiscalYear, DecideSubsidy, PlanSubsidy, ReceiveSubsidy,
    RecordExpenditure, ReverseExpenditure, SetBudgetLine, SetSubsidyMenu, SetUpBooks,
    SettleSubsidy,
};
pub use organisation::{
    ChangeOrganisation, CloseOrganisation, ConfirmResource, RegisterOrganisation,
};
pub use profile::{
    AddGuardian, AssessCareScore, AssessMobility, ChangeGuardian, ChangeProfile, EndCareProcedure,
    RecordBirthDetail, RecordWelfareServices, RegisterChild, RemoveGuardian, StartCareProcedure,
};
pub use programme::{
    AdoptCountingRule, AppointContractor, DefineProgramme, EndStaffPost, MoveStart,
    NoteConcurrentConflict, RequireCompetency, ReviseCodeTable, SetAreaTable, SetHolidayCalendar,
    SetKnownPopulation, SetOpeningHours, SetPeriod, SetPlannedNumber, SetReviewTerm,
    SetSecondFactorRule, SetStaffPost, SetUpProgramme,
};
pub use read::{FieldFault, ReadCommandError, listed};
pub use referral::{
    AcceptReferral, AnswerReferralInformation, AskReferralInformation, CompleteReferral,
    DeclineReferral, EscalateReferral, MakeReferral, ReceiveFeedback, ReceiveReferral,
    RedirectReferral, RemindReferral, ReopenReferral, ReportReferralProgress, WithdrawReferral,
};
pub use request::{AnswerOpinion, AnswerRequest, MakeRequest, ReceiveOpinion, WithdrawRequest};
pub use support_plan::{
    AgreeSupportPlan, CloseSupportPlan, DeliverSupportPlan, DraftSupportPlan, ExplainSupportPlan,
    HandOverSupportPlan, HoldPlanConference, MonitorSupportPlan, RecordDischarge,
    RequestSupportPlan, ReviseSupportPlan, WritePlanSections,
};
pub use trainee::{
    AssessCompetency, CompleteTraining, DraftSupervisedPlan, EnrolTrainee, HoldSession,
    LeaveTraining, ResumeTraining, SetTrainingGoal, SuspendTraining,
};

use ledger_core::id::{EventId, LedgerId, StreamName};

use crate::authorise::Action;
use crate::decision::{Context, Decision, View, Written};
use crate::rejection::Rejection;

/// Declares the enum over all commands; a line's sentence is also its help text.
macro_rules! commands {
    ($(#[doc = $about:literal] $Command:ident = $name:literal, $ja:literal,)+) => {
        /// Any command of daily work.
        #[derive(Clone, PartialEq, Eq)]
        pub enum Command { $(#[doc = $about] $Command(Box<$Command>),)+ }

        impl Command {
            /// The name of every command, in the table's order.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// What the command of a name does, in one English sentence.
            #[must_use]
            pub fn about(name: &str) -> Option<&'static str> {
                match name {
                    $($name => Some($about.trim_ascii()),)+
                    _ => None,
                }
            }

            /// What the command of a name does, in one Japanese sentence.
            #[must_use]
            pub fn about_ja(name: &str) -> Option<&'static str> {
                match name {
                    $($name => Some($ja),)+
                    _ => None,
                }
            }

            /// The JSON Schema (draft 2020-12) of the content of the command of a name, in stored
            /// codes and dates; people may write the ward's terms and other dates as well.
            #[must_use]
            pub fn schema(name: &str) -> Option<serde_json::Value> {
                match name {
                    $($name => Some(schema::of::<$Command>(name, $ja)),)+
                    _ => None,
                }
            }

            /// The command's own name.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$Command(_) => $name,)+ }
            }

            /// Decodes the content of the command of a name.
            fn decode(name: &str, fields: serde_json::Value) -> Result<Self, ReadCommandError> {
                match name {
                    $($name => read::content::<$Command>(fields).map(Self::from),)+
                    _ => Err(ReadCommandError::UnknownName { name: name.to_owned() }),
                }
            }

            fn decision(&self) -> &dyn Decision {
                match self { $(Self::$Command(command) => command.as_ref(),)+ }
            }
        }

        $(impl From<$Command> for Command {
            fn from(command: $Command) -> Self { Self::$Command(Box::new(command)) }
        })+
    };
}

commands! {
    /// Takes a person into the register.
    RegisterChild = "register-child", "対象者を台帳に登録する。",
    /// Changes one field of a person's profile; the old value must be the current one.
    ChangeProfile = "change-profile", "対象者の氏名・住所などの一項目を変更する（変更前の値が現在の値であること）。",
    /// Records birth weight and weeks of pregnancy.
    RecordBirthDetail = "record-birth-detail", "出生体重と在胎週数を記録する。",
    /// Records that a kind of daily medical care began.
    StartCareProcedure = "start-care-procedure", "医療的ケアの開始を記録する。",
    /// Records that a kind of daily medical care ended.
    EndCareProcedure = "end-care-procedure", "医療的ケアの終了を記録する。",
    /// Records motor function and the severe-disability certificate.
    AssessMobility = "assess-mobility", "運動機能障害と重症心身障害認定を記録する。",
    /// Records a guardian or contact of a person.
    AddGuardian = "add-guardian", "保護者または連絡先を記録する。",
    /// Records what is known about a guardian now.
    ChangeGuardian = "change-guardian", "保護者の現在の情報を記録する。",
    /// Records that somebody is a guardian no longer.
    RemoveGuardian = "remove-guardian", "保護者でなくなったことを記録する。",
    /// Records a consultation about one or several known persons.
    RecordConsultation = "record-consultation", "対象者（一人または数人）についての相談を記録する。",
    /// Records a consultation without a known person.
    RecordInquiry = "record-inquiry", "対象者の分からない相談（匿名）を記録する。",
    /// Records the handbooks held and the welfare services in use.
    RecordWelfareServices = "record-welfare-services", "手帳と利用中の福祉サービスを記録する。",
    /// Records the medical-care score that a doctor assessed.
    AssessCareScore = "assess-care-score", "医師による医療的ケアスコアを記録する。",
    /// Records that an anonymous inquiry turned out to be about a person.
    LinkInquiry = "link-inquiry", "匿名の相談が誰についてのものか分かったことを記録する（書き直さない）。",
    /// Records that an inquiry was not about the person to whom it was linked.
    UnlinkInquiry = "unlink-inquiry", "匿名の相談の結び付けを解く。",
    /// Promises a next step by a day.
    ScheduleFollowUp = "schedule-follow-up", "次の対応を期日とともに決める。",
    /// Records that a promised next step was done.
    FinishFollowUp = "finish-follow-up", "次の対応を済ませたことを記録する。",
    /// Records that a promised next step need not be done.
    CancelFollowUp = "cancel-follow-up", "次の対応が不要になったことと理由を記録する。",
    /// Records how the family says they are.
    RecordFamilyVoice = "record-family-voice", "家族の声（不安・満足）を記録する。",
    /// Closes a case.
    CloseCase = "close-case", "支援を終結する。",
    /// Goes on with a closed case.
    ReopenCase = "reopen-case", "終結した支援を再開する。",
    /// Says that two cases look like one person's.
    SuspectDuplicate = "suspect-duplicate", "二人の対象者が同じ人かもしれないことを記録する。",
    /// Says that two cases that looked alike are two persons.
    DismissDuplicate = "dismiss-duplicate", "重複の疑いを解く。",
    /// Merges one person's two cases; needs an approval.
    MergeCases = "merge-cases", "同じ人の二つの記録を統合する（別の人の承認が必要）。",
    /// Undoes a merge.
    UndoMerge = "undo-merge", "統合を取り消す。",
    /// Records that a person went into hospital.
    StartHospitalStay = "start-hospital-stay", "入院を記録する。",
    /// Records that the hospital told of a coming discharge.
    ReceiveDischargeNotice = "receive-discharge-notice", "病院からの退院の連絡を記録する。",
    /// Records the planned day of discharge, set or moved.
    SetDischargeDate = "set-discharge-date", "退院予定日を決める、または動かす。",
    /// Records that the person or the legal guardian consented to sharing.
    GiveConsent = "give-consent", "情報提供への同意を記録する。",
    /// Records that a consent was taken back.
    WithdrawConsent = "withdraw-consent", "同意の撤回を記録する。",
    /// Records that the person or guardian refused to share.
    RefuseConsent = "refuse-consent", "情報提供に同意されなかったことを記録する。",
    /// Records what the centre shared with another office, and on what ground.
    ShareInformation = "share-information", "他の機関への情報提供と根拠を記録する。",
    /// Records that somebody works with a person from then on.
    JoinCareTeam = "join-care-team", "支援チームに加わった人を記録する。",
    /// Records that somebody works with a person no longer.
    LeaveCareTeam = "leave-care-team", "支援チームから離れた人を記録する。",
    /// Puts an account of the centre in charge of a person.
    AssignStaff = "assign-staff", "対象者の担当を決める。",
    /// Takes an account of the centre out of charge of a person.
    UnassignStaff = "unassign-staff", "対象者の担当を解く。",
    /// Takes access to a person for a stated reason and a while.
    TakeEmergencyAccess = "take-emergency-access", "担当でない対象者の記録を、理由を書いて一時的に開く（緊急閲覧）。",
    /// Asks for an approval that somebody else grants.
    RequestApproval = "request-approval", "別の人の承認を依頼する。",
    /// Grants what somebody else asked for.
    GrantApproval = "grant-approval", "別の人が依頼した承認を与える。",
    /// Refuses an approval, or takes back what one asked for.
    RefuseApproval = "refuse-approval", "承認しない、または依頼を取り下げる。",
    /// Refers a person to another office, or records that one referred a person to the centre.
    MakeReferral = "make-referral", "総合支所保健福祉センターの課や関係機関へ連携する。関係機関からの連携も記録する。",
    /// Records that the section received a referral.
    ReceiveReferral = "receive-referral", "連携先が受理したことを記録する。",
    /// Records that the section took a referral on.
    AcceptReferral = "accept-referral", "連携先が受入れを決定したことを記録する。",
    /// Records that the section could not take a referral on, and why.
    DeclineReferral = "decline-referral", "連携先が受入不可としたことと理由を記録する。",
    /// Records that the section completed its part of a referral, and with what outcome.
    CompleteReferral = "complete-referral", "連携先の対応の完了と結果を記録する。",
    /// Records what the centre heard of a referral's end; this closes the loop.
    ReceiveFeedback = "receive-feedback", "連携先からの報告を記録する（これで連携が閉じる）。",
    /// Records that the centre took a referral back.
    WithdrawReferral = "withdraw-referral", "連携を取り下げる。",
    /// Sends a referral on to another office of its kind, as a new referral.
    RedirectReferral = "redirect-referral", "連携を同じ種類の別の連携先へ新しい連携として回す。",
    /// Records that the centre asked a section where a referral stands.
    RemindReferral = "remind-referral", "連携先へ状況を確認したことを記録する。",
    /// Records that the receiver of a referral asked for more.
    AskReferralInformation = "ask-referral-information", "連携を受けた側からの照会を記録する。",
    /// Records that the receiver's question about a referral was answered.
    AnswerReferralInformation = "answer-referral-information", "連携についての照会への回答を記録する。",
    /// Records how far the receiver is with a referral.
    ReportReferralProgress = "report-referral-progress", "連携の経過報告を記録する。",
    /// Goes on with a referral that was declined, completed or withdrawn.
    ReopenReferral = "reopen-referral", "受入不可・完了・取下げとなった連携を再開する。",
    /// Records that somebody above was asked, since no answer to a referral came.
    EscalateReferral = "escalate-referral", "回答のない連携について上位の担当へ働きかけたことを記録する。",
    /// Records that somebody asked for a home-living support plan.
    RequestSupportPlan = "request-support-plan", "在宅生活支援プランの依頼を記録する。",
    /// Drafts the first version of a home-living support plan.
    DraftSupportPlan = "draft-support-plan", "在宅生活支援プランの第1版を作成する。",
    /// Writes the sections of a version of a home-living support plan.
    WritePlanSections = "write-plan-sections", "在宅生活支援プランの版の項目（保健・医療・福祉など）を書く。",
    /// Records that those around the person met about a home-living support plan.
    HoldPlanConference = "hold-plan-conference", "在宅生活支援プランについての会議（退院前カンファレンス）を記録する。",
    /// Records that a version of a home-living support plan was explained to the family.
    ExplainSupportPlan = "explain-support-plan", "在宅生活支援プランを家族へ説明したことを記録する。",
    /// Records that the family agreed to a home-living support plan's newest version.
    AgreeSupportPlan = "agree-support-plan", "在宅生活支援プランの最新版への家族の合意を記録する。",
    /// Writes the next version of a home-living support plan.
    ReviseSupportPlan = "revise-support-plan", "在宅生活支援プランの次の版を作成する。",
    /// Records that an agreed version of a home-living support plan was handed out, within consent.
    DeliverSupportPlan = "deliver-support-plan", "合意した在宅生活支援プランを、同意の範囲で関係者へ渡したことを記録する。",
    /// Records that an agreed home-living support plan was looked at in use.
    MonitorSupportPlan = "monitor-support-plan", "在宅生活支援プランのモニタリングを記録する。",
    /// Hands a home-living support plan over to a support specialist; the plan ends here.
    HandOverSupportPlan = "hand-over-support-plan", "在宅生活支援プランを相談支援専門員へ引き継ぐ（プランは終了する）。",
    /// Ends a home-living support plan.
    CloseSupportPlan = "close-support-plan", "在宅生活支援プランを終了する。",
    /// Records that a person left hospital.
    RecordDischarge = "record-discharge", "退院を記録する。",
    /// Records that a person needs a disaster plan, and whose support it is by the ventilator rule.
    IdentifyDisasterPlanNeed = "identify-disaster-plan-need", "災害時個別支援計画が必要であることと担当の機関を記録する。",
    /// Records that the family does not want a disaster plan now.
    RecordDisasterPlanNotWanted = "record-disaster-plan-not-wanted", "家族が災害時個別支援計画を今は希望しないことを記録する。",
    /// Drafts a family's individual disaster plan with an office's support.
    DraftDisasterPlan = "draft-disaster-plan", "家族の災害時個別支援計画の作成を支援したことを記録する。",
    /// Writes the sections of a version of a disaster plan.
    WriteDisasterPlanSections = "write-disaster-plan-sections", "災害時個別支援計画の版の項目（電源・酸素・避難の方針など）を書く。",
    /// Records that the family agreed to the newest version of their disaster plan.
    AgreeDisasterPlan = "agree-disaster-plan", "災害時個別支援計画の最新版への家族の合意を記録する。",
    /// Records that a disaster plan was verified with a guardian or the person.
    VerifyDisasterPlan = "verify-disaster-plan", "保護者または本人と一緒に災害時個別支援計画を検証したことを記録する。",
    /// Records an internal review of a disaster plan, without the family.
    ReviewDisasterPlan = "review-disaster-plan", "家族の同席のない、災害時個別支援計画の内部確認を記録する。",
    /// Writes the next version of a disaster plan.
    ReviseDisasterPlan = "revise-disaster-plan", "災害時個別支援計画の次の版を作成する。",
    /// Moves the support of a disaster plan to another office.
    TransferDisasterPlan = "transfer-disaster-plan", "災害時個別支援計画の支援を別の機関へ移す。",
    /// Records that a disaster plan was used in a real disaster, and what worked.
    RecordDisasterPlanUse = "record-disaster-plan-use", "災害時個別支援計画を実際の災害で使ったことを記録する。",
    /// Ends a disaster plan.
    EndDisasterPlan = "end-disaster-plan", "災害時個別支援計画を終了する。",
    /// Gives an event another content; the original stays readable beside it.
    CorrectEvent = "correct-event", "記録の内容を訂正する（もとの記録は読めるまま残る）。",
    /// Says that an event never happened.
    AnnulEvent = "annul-event", "なかったことの記録を取り消す。",
    /// Says that an annulled event did happen.
    ReverseAnnulment = "reverse-annulment", "取消しを撤回する。",
    /// Reassigns an event to the person to whom it happened.
    ReassignEvent = "reassign-event", "記録を正しい対象者へ付け替える。",
    /// Takes a facility into the register.
    RegisterFacility = "register-facility", "施設を台帳に登録する。",
    /// Changes a facility's name, kind or area.
    ChangeFacility = "change-facility", "施設の名称・種別・総合支所を変更する。",
    /// Records a visit for technical support to a facility.
    RecordFacilitySupport = "record-facility-support", "施設への技術支援の訪問を記録する。",
    /// Takes an office into the directory.
    RegisterOrganisation = "register-organisation", "関係機関を名簿に登録する。",
    /// Changes what is known of an office.
    ChangeOrganisation = "change-organisation", "関係機関の名称・種別・総合支所・連絡先を変更する。",
    /// Records what an office said that it can take on.
    ConfirmResource = "confirm-resource", "関係機関の受入状況を確認したことを記録する。",
    /// Records that an office is gone, or worked with no longer.
    CloseOrganisation = "close-organisation", "関係機関の廃止または連携の終了を記録する。",
    /// Takes a facility into the technical support of a fiscal year.
    EnrolFacility = "enrol-facility", "施設をその年度の技術支援の対象施設とする。",
    /// Records that a facility takes part in the technical support no longer.
    WithdrawFacility = "withdraw-facility", "施設が対象施設でなくなったことを記録する。",
    /// Arranges a visit for technical support to a facility.
    ScheduleVisit = "schedule-visit", "施設への技術支援の訪問を予定する。",
    /// Records that an arranged visit does not take place, and why.
    CancelVisit = "cancel-visit", "予定した訪問の中止と理由を記録する。",
    /// Records how sure a facility's nurses are of a procedure, before or after the support.
    SurveyFacilityConfidence = "survey-facility-confidence", "施設看護師の手技への自信と孤立感を記録する。",
    /// Records that a facility took a child on, or did not and why.
    RecordAcceptance = "record-acceptance", "施設の受入れ・受入れ見送りを記録する。",
    /// Records a facility's nurses and the care that it can give.
    ChangeFacilityStaffing = "change-facility-staffing", "施設の看護師の配置と対応できる医療的ケアを記録する。",
    /// Records that an advisor began training.
    EnrolTrainee = "enrol-trainee", "相談員の受講開始を記録する。",
    /// Records a training session of an enrolled advisor.
    HoldSession = "hold-session", "相談員の指導・育成の回を記録する。",
    /// Records that an enrolled advisor completed training.
    CompleteTraining = "complete-training", "相談員の修了を記録する。",
    /// Sets a goal of an advisor's training.
    SetTrainingGoal = "set-training-goal", "相談員の育成目標を定める。",
    /// Records how far an advisor in training can do something.
    AssessCompetency = "assess-competency", "相談員の習得項目の到達度を評価する。",
    /// Records that an advisor in training drafted a plan under guidance.
    DraftSupervisedPlan = "draft-supervised-plan", "相談員が指導のもとでプランを作成したことを記録する。",
    /// Records that an advisor's training rests, and why.
    SuspendTraining = "suspend-training", "相談員の指導・育成の休止を記録する。",
    /// Records that an advisor's training goes on.
    ResumeTraining = "resume-training", "相談員の指導・育成の再開を記録する。",
    /// Records that an advisor left the training before completion, and why.
    LeaveTraining = "leave-training", "相談員が修了前に辞退したことを記録する。",
    /// Names the programme, its place and its operator.
    DefineProgramme = "define-programme", "事業の名称・場所・運営者を定める。",
    /// Sets preparation, beginning and end of the programme.
    SetPeriod = "set-period", "事業の準備・開始・終了の日を定める。",
    /// Sets the opening hours from a day on.
    SetOpeningHours = "set-opening-hours", "開所時間を定める。",
    /// Sets the whole list of national holidays.
    SetHolidayCalendar = "set-holiday-calendar", "祝日の一覧を定める。",
    /// Sets the planned number of a service.
    SetPlannedNumber = "set-planned-number", "事業の予定数を定める。",
    /// Adopts a rule by which is counted or judged.
    AdoptCountingRule = "adopt-counting-rule", "数え方・判定の規則を採用する。",
    /// Convenes a meeting of the steering committee.
    ConveneMeeting = "convene-meeting", "運営委員会の開催を通知したことを記録する。",
    /// Freezes the figures for a meeting at a position, before it is held.
    FreezeMaterials = "freeze-materials", "会議の資料の数値を、開催前に記録の位置で確定する。",
    /// Records that a meeting was held, and who attended.
    HoldMeeting = "hold-meeting", "会議の開催と出席者を記録する。",
    /// Records what the committee found.
    RecordFinding = "record-finding", "運営委員会が確認した事項を記録する。",
    /// Records what the committee recommended, and to whom.
    MakeRecommendation = "make-recommendation", "運営委員会の提言を、宛先とともに記録する。",
    /// Answers a recommendation, with the events that show it.
    AnswerRecommendation = "answer-recommendation", "提言への対応を、その根拠となる記録とともに記録する。",
    /// Records that a meeting's minutes were approved, with the log's head written in them.
    ApproveMinutes = "approve-minutes", "議事録の承認と、議事録に記した記録の末尾を記録する。",
    /// Records how the committee reviewed the trial, with its grounds.
    ReviewTrial = "review-trial", "試行の検証の結果を、その観点とともに記録する。",
    /// Records an opinion of the liaison council.
    ReceiveOpinion = "receive-opinion", "連絡協議会の意見を記録する。",
    /// Answers an opinion of the liaison council.
    AnswerOpinion = "answer-opinion", "連絡協議会の意見への対応を記録する。",
    /// Records a request to the state, to Tokyo or to others outside the ward.
    MakeRequest = "make-request", "国・東京都などへの要望を記録する。",
    /// Records the answer to a request.
    AnswerRequest = "answer-request", "要望への回答を記録する。",
    /// Records that a request was taken back.
    WithdrawRequest = "withdraw-request", "要望の取下げを記録する。",
    /// Opens an audit of a range of the log.
    OpenAudit = "open-audit", "記録の範囲を定めて監査を開始する。",
    /// Records a sample drawn from a seed, so that anybody draws the same.
    DrawSample = "draw-sample", "種（シード）から抽出した監査の標本を記録する（誰が抽出しても同じになる）。",
    /// Asks about one event.
    AskAuditQuestion = "ask-audit-question", "一つの記録について監査の質問をする。",
    /// Answers an auditor's question.
    GiveAuditAnswer = "give-audit-answer", "監査の質問に回答する。",
    /// Issues a finding.
    IssueAuditFinding = "issue-audit-finding", "監査の指摘を記録する。",
    /// Clears a finding by the events that show its remedy.
    ClearAuditFinding = "clear-audit-finding", "監査の指摘の是正を、その根拠となる記録とともに記録する。",
    /// Records that the log was recomputed, and with what result.
    RecordChainVerified = "record-chain-verified", "改ざんの有無の検算とその結果を記録する。",
    /// Closes an audit.
    CloseAudit = "close-audit", "監査を終了する。",
    /// Opens an account under a name that nobody had before.
    OpenAccount = "open-account", "アカウントを開設する（名前は重複できない）。",
    /// Changes the role in which an account acts.
    ChangeAccountRole = "change-account-role", "アカウントの役割を変更する。",
    /// Closes an account.
    CloseAccount = "close-account", "アカウントを閉じる。",
    /// Moves the first day of service.
    MoveStart = "move-start", "事業の開始日を変更する。",
    /// Appoints an operator of the centre.
    AppointContractor = "appoint-contractor", "運営事業者を定める。",
    /// Sets the areas and their names, all of them.
    SetAreaTable = "set-area-table", "地域（総合支所）の一覧を定める。",
    /// Sets the terms of a code table, as shown from now on.
    ReviseCodeTable = "revise-code-table", "コード表の表示を改める。",
    /// Records how many persons who need daily medical care live in an area.
    SetKnownPopulation = "set-known-population", "地域の医療的ケア児・者の把握数を記録する。",
    /// Sets a post of the centre, in full-time equivalents.
    SetStaffPost = "set-staff-post", "センターの職と常勤換算を定める。",
    /// Ends a post of the centre.
    EndStaffPost = "end-staff-post", "センターの職の終了を記録する。",
    /// Records that a concurrent post got in the way of the centre's work.
    NoteConcurrentConflict = "note-concurrent-conflict", "兼務によるセンター業務への支障を記録する。",
    /// Sets the level of a competency that completion of training asks for.
    RequireCompetency = "require-competency", "修了に必要な習得項目の基準を定める。",
    /// Sets a term within which something is expected.
    SetReviewTerm = "set-review-term", "期限（受理・決定・検証など）の日数を定める。",
    /// Sets whether a role signs in with a second factor.
    SetSecondFactorRule = "set-second-factor-rule", "サインインで二つ目の確認を求める役割を定める。",
    /// Sets the amount of a line of the budget.
    SetBudgetLine = "set-budget-line", "予算科目の額を定める。",
    /// Records money spent on a line of the budget, with its voucher.
    RecordExpenditure = "record-expenditure", "支出を支出番号とともに記録する。",
    /// Takes an expenditure back whole, and says why.
    ReverseExpenditure = "reverse-expenditure", "支出を全額取り消す（戻入）。",
    /// Sets a menu of the subsidy: its lines, rate and cap.
    SetSubsidyMenu = "set-subsidy-menu", "補助金の事業メニューの対象科目・補助率・上限を定める。",
    /// Sets the income from subsidy that the plan names.
    PlanSubsidy = "plan-subsidy", "補助金の歳入見込を定める。",
    /// Records that the ward applied for a subsidy.
    ApplySubsidy = "apply-subsidy", "補助金の交付申請を記録する。",
    /// Records that a subsidy was decided.
    DecideSubsidy = "decide-subsidy", "補助金の交付決定を記録する。",
    /// Records that a subsidy came in.
    ReceiveSubsidy = "receive-subsidy", "補助金の受入を記録する。",
    /// Records that a subsidy was settled.
    SettleSubsidy = "settle-subsidy", "補助金の精算を記録する。",
    /// Closes a fiscal year.
    CloseFiscalYear = "close-fiscal-year", "年度を締める。",
    /// Allows an account by name to write into a closed fiscal year until a day.
    AllowLateEntry = "allow-late-entry", "締めた年度への記録を、名前と期限を定めて認める。",
}

impl Decision for Command {
    fn streams(&self, ledger: LedgerId) -> Vec<StreamName> {
        let mut streams = self.decision().streams(ledger);
        streams.extend(self.named_stream(ledger));
        streams
    }

    fn action(&self) -> Option<Action> {
        Some(self.acts())
    }

    fn reads_history(&self) -> bool {
        self.decision().reads_history()
    }

    fn reads_packs(&self) -> bool {
        self.decision().reads_packs()
    }

    fn reads_also(&self, view: View<'_>, ledger: LedgerId) -> Vec<StreamName> {
        self.decision().reads_also(view, ledger)
    }

    fn opens(&self, view: View<'_>, ledger: LedgerId) -> Vec<EventId> {
        self.decision().opens(view, ledger)
    }

    fn wrong(&self, context: &Context) -> Vec<Rejection> {
        self.decision().wrong(context)
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        let written = self.decision().decide(view, context)?;
        self.admits_named(view, context)?;
        Ok(written)
    }
}
