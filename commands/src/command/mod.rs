//! Every command of daily work, one a file, and the enum over them that a JSON file is read into.

mod consultation;
mod correct;
mod disaster_plan;
mod example;
mod facility;
mod money;
mod profile;
mod programme;
mod read;
mod referral;
mod support_plan;
#[cfg(test)]
mod tests;
mod trainee;
mod when;

pub use consultation::{RecordConsultation, RecordInquiry};
pub use correct::{
    AnnulEvent, CorrectEvent, REASSIGNED_EVENT, REASSIGNED_FROM, ReassignEvent, ReverseAnnulment,
};
pub use disaster_plan::{
    AgreeDisasterPlan, DraftDisasterPlan, EndDisasterPlan, ReviewDisasterPlan, ReviseDisasterPlan,
    TransferDisasterPlan, VerifyDisasterPlan,
};
pub use facility::{
    CancelVisit, ChangeFacility, ChangeFacilityStaffing, EnrolFacility, RecordAcceptance,
    RecordFacilitySupport, RegisterFacility, ScheduleVisit, SurveyFacilityConfidence,
    WithdrawFacility,
};
pub use money::{
    AllowLateEntry, ApplySubsidy, CloseFiscalYear, DecideSubsidy, PlanSubsidy, ReceiveSubsidy,
    RecordExpenditure, ReverseExpenditure, SetBudgetLine, SetSubsidyMenu, SetUpBooks,
    SettleSubsidy,
};
pub use profile::{
    AddGuardian, AssessMobility, ChangeGuardian, ChangeProfile, EndCareProcedure,
    RecordBirthDetail, RegisterChild, RemoveGuardian, StartCareProcedure,
};
pub use programme::{
    AdoptCountingRule, AppointContractor, DefineProgramme, EndStaffPost, MoveStart,
    NoteConcurrentConflict, RequireCompetency, ReviseCodeTable, SetAreaTable, SetHolidayCalendar,
    SetKnownPopulation, SetOpeningHours, SetPeriod, SetPlannedNumber, SetReviewTerm, SetStaffPost,
    SetUpProgramme,
};
pub use read::{FieldFault, ReadCommandError, listed};
pub use referral::{
    AcceptReferral, CompleteReferral, DeclineReferral, MakeReferral, ReceiveFeedback,
    ReceiveReferral, RedirectReferral, RemindReferral, WithdrawReferral,
};
pub use support_plan::{
    AgreeSupportPlan, CloseSupportPlan, DeliverSupportPlan, DraftSupportPlan, RecordDischarge,
    ReviseSupportPlan,
};
pub use trainee::{
    AssessCompetency, CompleteTraining, DraftSupervisedPlan, EnrolTrainee, HoldSession,
    LeaveTraining, ResumeTraining, SetTrainingGoal, SuspendTraining,
};

use ledger_core::id::{EventId, LedgerId, StreamName};

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
    /// Refers a person to a section of a district health-welfare centre.
    MakeReferral = "make-referral", "総合支所保健福祉センターの課へ連携する。",
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
    /// Sends a referral on to another section, as a new referral.
    RedirectReferral = "redirect-referral", "連携を別の課へ新しい連携として回す。",
    /// Records that the centre asked a section where a referral stands.
    RemindReferral = "remind-referral", "連携先へ状況を確認したことを記録する。",
    /// Drafts the first version of a home-living support plan.
    DraftSupportPlan = "draft-support-plan", "在宅生活支援プランの第1版を作成する。",
    /// Records that the family agreed to a home-living support plan's newest version.
    AgreeSupportPlan = "agree-support-plan", "在宅生活支援プランの最新版への家族の合意を記録する。",
    /// Writes the next version of a home-living support plan.
    ReviseSupportPlan = "revise-support-plan", "在宅生活支援プランの次の版を作成する。",
    /// Records that an agreed version of a home-living support plan was handed out.
    DeliverSupportPlan = "deliver-support-plan", "合意した在宅生活支援プランを関係者へ渡したことを記録する。",
    /// Ends a home-living support plan.
    CloseSupportPlan = "close-support-plan", "在宅生活支援プランを終了する。",
    /// Records that a person left hospital.
    RecordDischarge = "record-discharge", "退院を記録する。",
    /// Drafts a family's individual disaster plan with an office's support.
    DraftDisasterPlan = "draft-disaster-plan", "家族の災害時個別支援計画の作成を支援したことを記録する。",
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
    /// Ends a disaster plan.
    EndDisasterPlan = "end-disaster-plan", "災害時個別支援計画を終了する。",
    /// Gives an event another content; the original stays readable beside it.
    CorrectEvent = "correct-event", "記録の内容を訂正する（もとの記録は読めるまま残る）。",
    /// Says that an event never happened.
    AnnulEvent = "annul-event", "なかったことの記録を取り消す。",
    /// Says that an annulled event did happen.
    ReverseAnnulment = "reverse-annulment", "取消しを取り消す。",
    /// Moves an event to the person to whom it happened.
    ReassignEvent = "reassign-event", "記録を正しい対象者へ移す。",
    /// Takes a facility into the register.
    RegisterFacility = "register-facility", "施設を台帳に登録する。",
    /// Changes a facility's name, kind or area.
    ChangeFacility = "change-facility", "施設の名称・種別・総合支所を変更する。",
    /// Records a visit for technical support to a facility.
    RecordFacilitySupport = "record-facility-support", "施設への技術支援の訪問を記録する。",
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
        self.decision().streams(ledger)
    }

    fn reads_history(&self) -> bool {
        self.decision().reads_history()
    }

    fn reads_also(&self, view: View<'_>, ledger: LedgerId) -> Vec<StreamName> {
        self.decision().reads_also(view, ledger)
    }

    fn opens(&self, view: View<'_>, ledger: LedgerId) -> Vec<EventId> {
        self.decision().opens(view, ledger)
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        self.decision().decide(view, context)
    }
}
