//! Why a command is refused: a stable code, a Japanese and an English sentence, the field concerned.

use std::fmt;

/// A correct answer that says no; nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Why.
    pub reason: Reason,
    /// The field of the command, or the column of the register row, that it concerns.
    pub field: Option<&'static str>,
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
                Rejection { reason: self, field: Some(field) }
            }
        }
    };
}

reasons! {
    MissingValue = "MISSING_VALUE", "必要な項目が空欄です。", "A required value is empty.";
    NotADate = "NOT_A_DATE", "日付として読めません。", "It cannot be read as a date.";
    NotANumber = "NOT_A_NUMBER", "数値でないか、範囲の外です。", "It is not a number, or out of range.";
    UnknownCode = "UNKNOWN_CODE", "コード表にない値です。", "The value is not in its code table.";
    OccurredInFuture = "OCCURRED_IN_FUTURE", "日時が未来です。予定は予定日の欄に書いてください。", "It would have occurred in the future.";
    OccurredBeforeBirth = "OCCURRED_BEFORE_BIRTH", "生年月日より前の日付です。", "It would have occurred before the person's birth.";
    UnknownPerson = "UNKNOWN_PERSON", "対象者が台帳に見つかりません。", "The person is in no register.";
    AlreadyRegistered = "ALREADY_REGISTERED", "すでに登録されています。", "It is registered already.";
    AlreadyRecorded = "ALREADY_RECORDED", "すでに記録されています。", "It is recorded already.";
    NothingChanges = "NOTHING_CHANGES", "変わるところがありません。", "Nothing would change.";
    StaleValue = "STALE_VALUE", "変更前の値が現在の値と異なります。現在の値を見直してください。", "The old value is not the current one; look again.";
    StaleBase = "STALE_BASE", "もとにした版が最新ではありません。最新の版を見直してください。", "The version it rests on is not the newest; look again.";
    StaleTarget = "STALE_TARGET", "対象の記録は、その後に訂正または取り消されています。", "The event was corrected or annulled since; look again.";
    UnknownEvent = "UNKNOWN_EVENT", "対象の記録が見つかりません。", "The event is not in this stream.";
    NotCorrectable = "NOT_CORRECTABLE", "この記録またはこの項目は訂正できません。", "This event or field cannot be corrected.";
    InvalidContent = "INVALID_CONTENT", "訂正後の内容が正しい形ではありません。", "The corrected content does not have its shape.";
    NotAnnulled = "NOT_ANNULLED", "この記録は取り消されていません。", "The event is not annulled.";
    LaterStepsStand = "LATER_STEPS_STAND", "後に続く記録があります。先にそれを取り消してください。", "Later steps rest on it; annul them first.";
    TextErased = "TEXT_ERASED", "個人に関する記述は消去されています。", "The personal text of the event is erased.";
    NotReassignable = "NOT_REASSIGNABLE", "この種類の記録は別の対象者へ移せません。", "An event of this type cannot be moved to another person.";
    SamePerson = "SAME_PERSON", "同じ対象者が指定されています。", "It is the same person.";
    WrongStream = "WRONG_STREAM", "この台帳の記録先として正しくありません。", "The stream is of another kind.";
    ProcedureOpen = "PROCEDURE_OPEN", "この医療的ケアはすでに始まっています。", "This care procedure is going on already.";
    ProcedureNotOpen = "PROCEDURE_NOT_OPEN", "この医療的ケアは始まっていません。", "This care procedure is not going on.";
    UnknownGuardian = "UNKNOWN_GUARDIAN", "保護者が見つかりません。", "The guardian is not known.";
    LastGuardian = "LAST_GUARDIAN", "未成年の方の最後の保護者です。理由を書いてください。", "It is the last guardian of a minor; give a reason.";
    GuardianRequired = "GUARDIAN_REQUIRED", "検証は保護者または本人と一緒に行ってください。同席がなければ内部確認として記録できます。", "A verification needs a guardian or the person; without one, record an internal review.";
    ReferralNotFound = "REFERRAL_NOT_FOUND", "連携が見つかりません。", "The referral is not there.";
    ReferralNotOpen = "REFERRAL_NOT_OPEN", "この連携はすでに終わっています。", "The referral is open no longer.";
    ReferralOpen = "REFERRAL_OPEN", "この連携はまだ終わっていません。", "The referral has not ended.";
    IncomingReferral = "INCOMING_REFERRAL", "センターへの連携です。センターからの連携にだけできる操作です。", "The referral is one to the centre; this is done about the centre's own alone.";
    WrongForParty = "WRONG_FOR_PARTY", "関係機関の種別に合わない項目です。", "It does not fit the kind of office.";
    UnknownOrganisation = "UNKNOWN_ORGANISATION", "関係機関が名簿に見つかりません。", "The office is not in the directory.";
    OrganisationClosed = "ORGANISATION_CLOSED", "この関係機関はすでに名簿で終了しています。", "The office is worked with no longer.";
    ConsentMissing = "CONSENT_MISSING", "この提供に有効な同意がありません。同意を得るか、提供の根拠と理由を書いてください。", "No valid consent covers this, and no other ground is stated.";
    AgreedAlready = "AGREED_ALREADY", "合意した版の項目は書き換えられません。次の版を作成してください。", "The family agreed to that version; write the next one.";
    VentilatorDisagrees = "VENTILATOR_DISAGREES", "移す理由が、その日の人工呼吸器の記録と合いません。", "The reason does not agree with what the profile says of a ventilator on that day.";
    RepeatedHazard = "REPEATED_HAZARD", "同じ災害の種類が二度書かれています。", "A hazard is decided twice.";
    StepsOutOfOrder = "STEPS_OUT_OF_ORDER", "記録の順序または日付の前後が正しくありません。", "Its date or step cannot follow what is there.";
    PlanNotFound = "PLAN_NOT_FOUND", "計画（プラン）が見つかりません。", "The plan is not there.";
    PlanClosed = "PLAN_CLOSED", "この計画（プラン）はすでに終了しています。", "The plan has ended.";
    SecondOpenPlan = "SECOND_OPEN_PLAN", "終了していない計画（プラン）が他にあります。", "The person has another open plan.";
    VersionWithoutPredecessor = "VERSION_WITHOUT_PREDECESSOR", "前の版が見つかりません。", "The version before it is not there.";
    NotAgreed = "NOT_AGREED", "合意の記録がありません。", "The version is not agreed.";
    VentilatorNotCentre = "VENTILATOR_NOT_CENTRE", "人工呼吸器使用者の災害時個別支援計画は総合支所保健福祉センターが支援します。", "A ventilator user's disaster plan is supported by the district health-welfare centre.";
    UnknownFacility = "UNKNOWN_FACILITY", "施設が見つかりません。", "The facility is not registered.";
    UnknownTrainee = "UNKNOWN_TRAINEE", "相談員の受講開始が記録されていません。", "The advisor is not enrolled.";
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
