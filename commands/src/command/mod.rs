//! Every command of daily work, one a file, and the enum over them that a JSON file is read into.

mod consultation;
mod correct;
mod disaster_plan;
mod example;
mod facility;
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
pub use correct::{AnnulEvent, CorrectEvent, ReassignEvent, ReverseAnnulment};
pub use disaster_plan::{
    AgreeDisasterPlan, DraftDisasterPlan, EndDisasterPlan, ReviewDisasterPlan, ReviseDisasterPlan,
    TransferDisasterPlan, VerifyDisasterPlan,
};
pub use facility::{ChangeFacility, RecordFacilitySupport, RegisterFacility};
pub use profile::{
    AddGuardian, AssessMobility, ChangeGuardian, ChangeProfile, EndCareProcedure,
    RecordBirthDetail, RegisterChild, RemoveGuardian, StartCareProcedure,
};
pub use programme::{
    AdoptCountingRule, DefineProgramme, SetHolidayCalendar, SetOpeningHours, SetPeriod,
    SetPlannedNumber, SetUpProgramme,
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
pub use trainee::{CompleteTraining, EnrolTrainee, HoldSession};

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
    /// Records that an advisor began training.
    EnrolTrainee = "enrol-trainee", "相談員の受講開始を記録する。",
    /// Records a training session of an enrolled advisor.
    HoldSession = "hold-session", "相談員の指導・育成の回を記録する。",
    /// Records that an enrolled advisor completed training.
    CompleteTraining = "complete-training", "相談員の修了を記録する。",
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
}

impl Decision for Command {
    fn streams(&self, ledger: LedgerId) -> Vec<StreamName> {
        self.decision().streams(ledger)
    }

    fn reads_history(&self) -> bool {
        self.decision().reads_history()
    }

    fn opens(&self, view: View<'_>, ledger: LedgerId) -> Vec<EventId> {
        self.decision().opens(view, ledger)
    }

    fn decide(&self, view: View<'_>, context: &Context) -> Result<Vec<Written>, Rejection> {
        self.decision().decide(view, context)
    }
}
