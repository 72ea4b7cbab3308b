//! Why a command is refused: a stable code, a Japanese and an English sentence, the field concerned.

use std::fmt;

use ledger_core::time::Day;

use crate::state::OpenThing;

/// A correct answer that says no; nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Why.
    pub reason: Reason,
    /// The field of the command, or the column of the register row, that it concerns.
    pub field: Option<&'static str>,
    /// What goes on and stands in the way.
    pub open: Vec<OpenThing>,
    /// Which day is out of order with which.
    pub days: Option<OutOfOrder>,
}

/// A day that lies on the wrong side of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfOrder {
    /// The day that was given.
    pub given: Day,
    /// The day beyond which it must not lie.
    pub limit: Day,
}

impl OutOfOrder {
    /// Whether it lies before that day, and not after it.
    #[must_use]
    pub fn is_before(&self) -> bool {
        self.given < self.limit
    }
}

impl Rejection {
    /// The stable code, for machines.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.reason.code()
    }

    /// The sentence for people, in Japanese.
    #[must_use]
    pub const fn ja(&self) -> &'static str {
        self.reason.ja()
    }

    /// The sentence for people, in English.
    #[must_use]
    pub const fn en(&self) -> &'static str {
        self.reason.en()
    }

    /// The same rejection, named for a field.
    #[must_use]
    pub const fn on(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    /// The same rejection of a day that is out of order with another.
    #[must_use]
    pub const fn between(mut self, given: Day, limit: Day) -> Self {
        self.days = Some(OutOfOrder { given, limit });
        self
    }

    /// The same rejection, with what goes on and stands in the way.
    #[must_use]
    pub fn with(mut self, open: Vec<OpenThing>) -> Self {
        self.open = open;
        self
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field {
            Some(field) => write!(f, "{} ({field}): {}", self.code(), self.en()),
            None => write!(f, "{}: {}", self.code(), self.en()),
        }
    }
}

impl std::error::Error for Rejection {}

impl From<Reason> for Rejection {
    fn from(reason: Reason) -> Self {
        Self {
            reason,
            field: None,
            open: Vec::new(),
            days: None,
        }
    }
}

/// Declares the reasons: variant, stable code, Japanese sentence, English sentence.
macro_rules! reasons {
    ($($Variant:ident = $code:literal, $ja:literal, $en:literal;)+) => {
        /// Every reason for which a command or a register row is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason { $(#[doc = $en] $Variant,)+ }

        impl Reason {
            /// Every reason, in the table's order.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$Variant => $code,)+ }
            }

            /// The Japanese sentence.
            #[must_use]
            pub const fn ja(self) -> &'static str {
                match self { $(Self::$Variant => $ja,)+ }
            }

            /// The English sentence.
            #[must_use]
            pub const fn en(self) -> &'static str {
                match self { $(Self::$Variant => $en,)+ }
            }

            /// This reason, named for a field or column.
            #[must_use]
            pub const fn on(self, field: &'static str) -> Rejection {
                Rejection { reason: self, field: Some(field), open: Vec::new(), days: None }
            }
        }
    };
}

reasons! {
    MissingValue = "MISSING_VALUE", "必要な項目が空欄です。", "A required value is empty.";
    NotADate = "NOT_A_DATE", "日付として読めません。", "It cannot be read as a date.";
    NotANumber = "NOT_A_NUMBER", "数値でないか、範囲の外です。", "It is not a number, or out of range.";
    UnknownCode = "UNKNOWN_CODE", "コード表にない値です。", "The value is not in its code table.";
    OccurredInFuture = "OCCURRED_IN_FUTURE", "まだ来ていない日時です。すでに起きた日時を入力してください（これからのことは予定として記録します）。", "That is still to come. Give when it happened; what lies ahead is recorded as planned.";
    OccurredBeforeBirth = "OCCURRED_BEFORE_BIRTH", "生年月日より前の日付です。", "It would have occurred before the person's birth.";
    UnknownPerson = "UNKNOWN_PERSON", "対象者が台帳に見つかりません。", "The person is in no register.";
    AlreadyRegistered = "ALREADY_REGISTERED", "すでに登録されています。", "It is registered already.";
    AlreadyRecorded = "ALREADY_RECORDED", "すでに記録されています。", "It is recorded already.";
    NothingChanges = "NOTHING_CHANGES", "変わるところがありません。", "Nothing would change.";
    StaleValue = "STALE_VALUE", "変更前の値が現在の値と異なります。現在の値を見直してください。", "The old value is not the current one; look again.";
    StaleBase = "STALE_BASE", "もとにした版が最新ではありません。最新の版を見直してください。", "The version it rests on is not the newest; look again.";
    StaleTarget = "STALE_TARGET", "対象の記録は、その後に訂正または取り消されています。現在の内容を確かめ、最新の訂正のIDを --latest で指定してください。", "The event was corrected or annulled since; look again, and name its newest correction with --latest.";
    UnknownEvent = "UNKNOWN_EVENT", "対象の記録が見つかりません。", "The event is not in this stream.";
    NotCorrectable = "NOT_CORRECTABLE", "この記録またはこの項目は訂正できません。", "This event or field cannot be corrected.";
    InvalidContent = "INVALID_CONTENT", "訂正後の内容が正しい形ではありません。", "The corrected content does not have its shape.";
    NotAnnulled = "NOT_ANNULLED", "この記録は取り消されていません。", "The event is not annulled.";
    SettingNeeded = "SETTING_NEEDED", "開所時間と祝日は、なければ実績を数えられません。先に新しい設定を記録してから取り消してください。", "Figures cannot be counted without opening hours and holidays; set others before these are annulled.";
    LaterStepsStand = "LATER_STEPS_STAND", "後に続く記録があります。先にそれを取り消してください。", "Later steps rest on it; annul them first.";
    TextErased = "TEXT_ERASED", "個人に関する記述は消去されています。", "The personal text of the event is erased.";
    NotReassignable = "NOT_REASSIGNABLE", "この種類の記録は別の対象者へ付け替えられません。", "An event of this type cannot be reassigned to another person.";
    SamePerson = "SAME_PERSON", "同じ対象者が指定されています。", "It is the same person.";
    WrongStream = "WRONG_STREAM", "この台帳の記録先として正しくありません。", "The stream is of another kind.";
    ProcedureOpen = "PROCEDURE_OPEN", "この医療的ケアはすでに始まっています。", "This care procedure is going on already.";
    ProcedureNotOpen = "PROCEDURE_NOT_OPEN", "この医療的ケアは始まっていません。", "This care procedure is not going on.";
    CaseClosed = "CASE_CLOSED", "この対象者の支援は終結しています。続けるときは再開してください。", "The case is closed; reopen it to go on.";
    CaseMerged = "CASE_MERGED", "この対象者は別の対象者に統合されています。統合先に記録してください。", "The case is an alias of another one; use the survivor.";
    CaseNotClosed = "CASE_NOT_CLOSED", "この対象者の支援は終結していません。", "The case is not closed.";
    CaseHasOpenThings = "CASE_HAS_OPEN_THINGS", "終わっていない連携・計画（プラン）・次の対応・入院があります。先に終えるか、終結する理由を例外の欄に書いてください。", "A referral, plan, follow-up or hospital stay is open; end it first, or say in the exception why.";
    NotSuspected = "NOT_SUSPECTED", "重複の疑いは記録されていません。", "The two cases are not suspected to be one person's.";
    MergeChain = "MERGE_CHAIN", "すでに統合に関わっている対象者は、さらに統合できません。", "A case that is merged already cannot be merged further.";
    CasesDiffer = "CASES_DIFFER", "一方だけが終結しています。両方を終結するか、両方を再開してから統合してください。", "One of the cases is closed and the other is not.";
    NotMerged = "NOT_MERGED", "この二人は統合されていません。", "The two cases are not merged.";
    ApprovalMissing = "APPROVAL_MISSING", "この操作についての承認がありません。", "There is no granted approval for this.";
    NotForThisAct = "NOT_FOR_THIS_ACT", "選んだ行為では使わない項目です。空欄にしてください。", "It is of no use for what is to be done; leave it empty.";
    ApprovalDecided = "APPROVAL_DECIDED", "この承認の依頼にはすでに答えが出ています。", "The approval is granted or refused already.";
    ApprovalAlreadyUsed = "APPROVAL_ALREADY_USED", "この承認はすでに使われています。", "The approval has been used already.";
    SamePersonApproves = "SAME_PERSON_APPROVES", "依頼した人は自分で承認できません。別の人が承認してください。", "Who asked for an approval cannot grant it.";
    InquiryNotFound = "INQUIRY_NOT_FOUND", "匿名の相談が見つかりません。", "The inquiry is not there.";
    InquiryAlreadyLinked = "INQUIRY_ALREADY_LINKED", "この相談はすでに対象者に結び付けられています。", "The inquiry is linked to a person already.";
    InquiryNotLinked = "INQUIRY_NOT_LINKED", "この相談はその対象者に結び付けられていません。", "The inquiry is not linked to that person.";
    ConsultationNotFound = "CONSULTATION_NOT_FOUND", "相談が見つかりません。", "The consultation is not there.";
    FollowUpNotFound = "FOLLOW_UP_NOT_FOUND", "次の対応の予定が見つかりません。", "The follow-up is not there.";
    FollowUpNotOpen = "FOLLOW_UP_NOT_OPEN", "この次の対応はすでに終わっています。", "The follow-up is open no longer.";
    AnswerWithoutAnswering = "ANSWER_WITHOUT_ANSWERING", "回答がなかったときは、回答の値や言葉を書けません。", "Where the family did not answer, there is no answer to record.";
    HospitalStayOpen = "HOSPITAL_STAY_OPEN", "入院中の記録がすでにあります。", "The person is in hospital already.";
    HospitalStayNotFound = "HOSPITAL_STAY_NOT_FOUND", "入院の記録が見つかりません。", "The hospital stay is not there.";
    HospitalStayNotOpen = "HOSPITAL_STAY_NOT_OPEN", "この入院はすでに退院が記録されています。", "The hospital stay has ended.";
    ConsentMissing = "CONSENT_MISSING", "この提供に有効な同意がありません。同意を得るか、提供の根拠と理由を書いてください。", "No valid consent covers this, and no other ground is stated.";
    ConsentNotFound = "CONSENT_NOT_FOUND", "同意の記録が見つかりません。", "The consent is not there.";
    ConsentByOther = "CONSENT_BY_OTHER", "同意できるのは本人または保護者（法定代理人）です。", "Only the person or the legal guardian can consent.";
    MemberNotFound = "MEMBER_NOT_FOUND", "支援チームの中に見つかりません。", "The member of the care team is not there.";
    ChargeOfOthers = "CHARGE_OF_OTHERS", "すでに担当者がいる方です。担当を決める・解くのは、その担当者かセンター長です。急ぐときは、経過を開いて緊急閲覧の理由を書いてください。", "Others are in charge of this person: one of them, or the manager, says who is. In an emergency open the record and give a reason.";
    MainAlreadyAssigned = "MAIN_ALREADY_ASSIGNED", "主担当がほかにいます。交代するときは、新しい担当を決めるときに「前任者」として今の主担当を指定してください。", "Another account is in charge first of all; to replace it, name it as the predecessor of the new one.";
    NotAssigned = "NOT_ASSIGNED", "この人は担当ではありません。", "The account is not in charge.";
    UnknownGuardian = "UNKNOWN_GUARDIAN", "保護者が見つかりません。", "The guardian is not known.";
    LastGuardian = "LAST_GUARDIAN", "未成年の方の最後の保護者です。理由を書いてください。", "It is the last guardian of a minor; give a reason.";
    GuardianRequired = "GUARDIAN_REQUIRED", "検証には保護者か、18歳以上の本人の同席が要ります。同席がなければ内部確認として記録できます。", "A verification needs a guardian, or the person of 18 or older; without one, record an internal review.";
    ReferralNotFound = "REFERRAL_NOT_FOUND", "連携が見つかりません。", "The referral is not there.";
    ReferralNotOpen = "REFERRAL_NOT_OPEN", "この連携はすでに終わっています。", "The referral is open no longer.";
    ReferralOpen = "REFERRAL_OPEN", "この連携はまだ終わっていません。", "The referral has not ended.";
    IncomingReferral = "INCOMING_REFERRAL", "センターへの連携です。センターからの連携にだけできる操作です。", "The referral is one to the centre; this is done about the centre's own alone.";
    WrongForParty = "WRONG_FOR_PARTY", "関係機関の種別に合わない項目です。", "It does not fit the kind of office.";
    UnknownOrganisation = "UNKNOWN_ORGANISATION", "関係機関が名簿に見つかりません。", "The office is not in the directory.";
    OrganisationClosed = "ORGANISATION_CLOSED", "この関係機関はすでに名簿で終了しています。", "The office is worked with no longer.";
    AgreedAlready = "AGREED_ALREADY", "この版は合意済みのため、項目を書けません。次の版を作成して、そこに書いてください。", "The family agreed to this version, so its sections stay; make the next version and write them there.";
    VentilatorDisagrees = "VENTILATOR_DISAGREES", "移す理由が、その日の人工呼吸器の記録と合いません。", "The reason does not agree with what the profile says of a ventilator on that day.";
    RepeatedHazard = "REPEATED_HAZARD", "同じ災害の種類が二度書かれています。", "A hazard is decided twice.";
    StepsOutOfOrder = "STEPS_OUT_OF_ORDER", "記録の順序または日付の前後が正しくありません。", "Its date or step cannot follow what is there.";
    PlanNotFound = "PLAN_NOT_FOUND", "計画（プラン）が見つかりません。", "The plan is not there.";
    PlanClosed = "PLAN_CLOSED", "この計画（プラン）はすでに終了しています。", "The plan has ended.";
    SecondOpenPlan = "SECOND_OPEN_PLAN", "終了していない計画（プラン）が他にあります。", "The person has another open plan.";
    VersionWithoutPredecessor = "VERSION_WITHOUT_PREDECESSOR", "前の版が見つかりません。", "The version before it is not there.";
    NotAgreed = "NOT_AGREED", "合意の記録がありません。", "The version is not agreed.";
    VentilatorNotCentre = "VENTILATOR_NOT_CENTRE", "人工呼吸器使用者の災害時個別支援計画は総合支所保健福祉センターが支援します。", "A ventilator user's disaster plan is supported by the district health-welfare centre.";
    OtherArea = "OTHER_AREA", "対象者の居住地域の総合支所ではありません。別の地域の総合支所が担当するときは、その理由を書いてください。", "It is not the district centre of the person's area; say why another one supports it.";
    UnknownFacility = "UNKNOWN_FACILITY", "施設が見つかりません。", "The facility is not registered.";
    UnknownTrainee = "UNKNOWN_TRAINEE", "相談員の受講開始が記録されていません。", "The advisor is not enrolled.";
    NotKana = "NOT_KANA", "フリガナとして読めません（カタカナで入力してください）。", "It is not written in katakana.";
    PlacesDiffer = "PLACES_DIFFER", "受入状況と空きの数が合いません（満員なら空きは0、受入可なら1以上か空欄）。", "The number of free places says another thing than the capacity.";
    FiguresDiffer = "FIGURES_DIFFER", "資料の数が、指定した年度・基準日・位置または要約値のものではありません。", "The figures are not those of the year, the day, the position or the digest that are given.";
    NotAHash = "NOT_A_HASH", "SHA-256の値（16進数64桁）として読めません。", "It cannot be read as a SHA-256 hash of 64 hex digits.";
    BadRange = "BAD_RANGE", "範囲の始まりと終わりが正しくありません。", "The range is empty, or too long.";
    PositionAhead = "POSITION_AHEAD", "記録の末尾より先の位置です。", "The position lies beyond the head of the log.";
    MeetingNotFound = "MEETING_NOT_FOUND", "会議の開催通知が記録されていません。", "The meeting is not convened.";
    MeetingNotHeld = "MEETING_NOT_HELD", "会議はまだ開かれていません。", "The meeting is not held yet.";
    MeetingHeld = "MEETING_HELD", "会議はすでに開かれています。資料は開催前に確定してください。", "The meeting is held already; materials are frozen before it.";
    NotAsItStands = "NOT_AS_IT_STANDS", "運営委員会のアカウントでは、資料は台帳のいまの末尾で、今日または年度の末日について確定します。ほかの時点の資料は、センター長に依頼してください。", "The committee's own account freezes materials as the log stands now, for today or the last day of the year; ask the manager for others.";
    RecommendationNotFound = "RECOMMENDATION_NOT_FOUND", "提言が見つかりません。", "The recommendation is not there.";
    OpinionNotFound = "OPINION_NOT_FOUND", "意見の受領が記録されていません。", "The opinion is not there.";
    RequestNotFound = "REQUEST_NOT_FOUND", "要望が見つかりません。", "The request is not there.";
    RequestEnded = "REQUEST_ENDED", "この要望は回答または取下げにより終わっています。", "The request is answered or withdrawn already.";
    NotAnAddressee = "NOT_AN_ADDRESSEE", "要望の相手は区の外（国、東京都など）です。", "A request goes to somebody outside the ward.";
    AuditNotFound = "AUDIT_NOT_FOUND", "監査の開始が記録されていません。", "The audit is not opened.";
    AuditClosed = "AUDIT_CLOSED", "この監査はすでに終了しています。", "The audit is closed.";
    AuditNotSettled = "AUDIT_NOT_SETTLED", "回答のない質問または是正されていない指摘があります。残す理由を書いてください。", "A question or finding is open; settle it, or give a reason.";
    OutsideScope = "OUTSIDE_SCOPE", "監査の対象範囲の外です。", "It lies outside the audit's scope.";
    SampleDiffers = "SAMPLE_DIFFERS", "種（シード）から抽出される記録と一致しません。", "It is not the sample that the seed draws.";
    QuestionNotFound = "QUESTION_NOT_FOUND", "監査の質問が見つかりません。", "The audit's question is not there.";
    FindingNotFound = "FINDING_NOT_FOUND", "監査の指摘が見つかりません。", "The audit's finding is not there.";
    AccountNotFound = "ACCOUNT_NOT_FOUND", "アカウントが見つかりません。", "The account is not there.";
    RoleNotInCharge = "ROLE_NOT_IN_CHARGE", "この役割のアカウントは担当になれません。相談員・保健師かセンター長のアカウントを選んでください。", "An account in this role cannot be in charge; choose one of staff or of the manager.";
    AccountClosed = "ACCOUNT_CLOSED", "このアカウントはすでに閉じられています。", "The account is closed.";
    ReservedName = "RESERVED_NAME", "この名前は、サインインしていない利用者またはプログラムのために予約されています。", "The name stands for somebody not signed in, or for the program.";
    OwnAccount = "OWN_ACCOUNT", "自分のアカウントは自分で変更できません。", "Nobody changes the account that they act with.";
    NoPermission = "NO_PERMISSION", "この操作をする権限がありません。", "This role may not do that.";
    NotEnrolled = "NOT_ENROLLED", "その年度の対象施設ではありません。先に対象施設として登録してください。", "The facility does not take part in that fiscal year; enrol it first.";
    VisitNotScheduled = "VISIT_NOT_SCHEDULED", "予定されている訪問ではありません。", "The visit is not arranged, or was cancelled or done.";
    TrainingSuspended = "TRAINING_SUSPENDED", "指導・育成は休止中です。", "The training is suspended.";
    TrainingEnded = "TRAINING_ENDED", "指導・育成はすでに終わっています。", "The training has ended.";
    CompetencyMissing = "COMPETENCY_MISSING", "修了に必要な習得項目が基準に達していません。", "A competency that completion asks for is below its level.";
    UnknownPost = "UNKNOWN_POST", "職が見つかりません。", "The post is not set.";
    NotConcurrent = "NOT_CONCURRENT", "この職は兼務ではありません。", "The post is not held concurrently.";
    FiscalYearClosed = "FISCAL_YEAR_CLOSED", "年度は締められています。締め後の記録は、名前を挙げて認められた者だけができます。", "The fiscal year is closed; only accounts allowed by name may still write into it.";
    FrozenFigure = "FROZEN_FIGURE", "会議の資料に載った数が変わります。別の人の承認を得て、その承認を指定してください。", "It changes a figure that a meeting was shown; ask for an approval and name it.";
    FiscalYearOpen = "FISCAL_YEAR_OPEN", "年度はまだ締められていません。", "The fiscal year is not closed.";
    FiscalYearNotOver = "FISCAL_YEAR_NOT_OVER", "年度はまだ終わっていません。", "The fiscal year is not over yet.";
    UnknownBudgetLine = "UNKNOWN_BUDGET_LINE", "予算科目が見つかりません。", "The budget line is not set.";
    VoucherUsed = "VOUCHER_USED", "この支出番号はすでに使われています。", "The voucher is used already in this fiscal year.";
    UnknownExpenditure = "UNKNOWN_EXPENDITURE", "支出が見つかりません。", "The expenditure is not there.";
    UnknownSubsidyMenu = "UNKNOWN_SUBSIDY_MENU", "補助金の事業メニューが見つかりません。", "The subsidy menu is not set.";
    ReasonTooShort = "REASON_TOO_SHORT", "理由が短すぎます。だれから何の連絡があり、なぜいま開くのかが分かるように、8文字以上で書いてください。", "The reason is too short. Say in 8 characters or more who called for what, and why the record is opened now.";
    SubsidyOverCap = "SUBSIDY_OVER_CAP", "補助金の額が、補助率と上限で計算した額を超えています。", "The claim is above what rate and cap of its menu allow.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_code_of_its_own_and_both_sentences() {
        let codes: std::collections::BTreeSet<&str> =
            Reason::ALL.iter().map(|reason| reason.code()).collect();

        assert_eq!(codes.len(), Reason::ALL.len());
        for reason in Reason::ALL {
            assert!(reason.ja().ends_with('。'), "{}", reason.code());
            assert!(reason.en().ends_with('.'), "{}", reason.code());
        }
    }

    #[test]
    fn a_reason_that_is_too_short_is_told_how_long_it_has_to_be() {
        let wanted = crate::rule::limit::EMERGENCY_REASON_CHARS_MIN.to_string();
        for said in [Reason::ReasonTooShort.ja(), Reason::ReasonTooShort.en()] {
            assert!(said.contains(&wanted), "{said}");
        }
    }

    #[test]
    fn a_rejection_names_its_field() {
        let rejection = Reason::StaleBase.on("base_version");

        assert_eq!(rejection.code(), "STALE_BASE");
        assert!(
            rejection
                .to_string()
                .starts_with("STALE_BASE (base_version): ")
        );
    }
}
