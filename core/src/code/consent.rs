//! Consent to share what the centre knows, and on what ground it is shared.

use super::table::codes;

codes! {
    /// What kind of information (情報の範囲).
    DataClass {
        Identity = "identity", "氏名・連絡先";
        MedicalCare = "medical-care", "医療的ケアの内容";
        Medical = "medical", "診療・病状";
        SupportPlan = "support-plan", "在宅生活支援プラン";
        DisasterPlan = "disaster-plan", "災害時個別支援計画";
        Consultations = "consultations", "相談の経過";
        Family = "family", "家族の状況";
    }

    /// For what it is shared (利用目的).
    SharingPurpose {
        Support = "support", "支援の調整・連携";
        Discharge = "discharge", "退院・在宅移行";
        Disaster = "disaster", "災害への備え";
        Education = "education", "保育・教育での受入れ";
        Statistics = "statistics", "統計・検証";
    }

    /// How consent was given (同意の方法).
    ConsentForm {
        Written = "written", "書面";
        Oral = "oral", "口頭";
        Electronic = "electronic", "電子";
    }

    /// Who speaks for a person (本人・保護者).
    Speaker {
        Person = "person", "本人";
        Guardian = "guardian", "保護者（法定代理人）";
        Family = "family", "その他の家族";
        AdultGuardian = "adult-guardian", "成年後見人";
    }

    /// The ground on which something is shared with another office (提供の根拠); the items are those
    /// of article 69 of the Act on the Protection of Personal Information.
    LegalBasis {
        Consent = "consent", "本人・保護者の同意（第69条第2項第1号）";
        InternalUse = "internal-use", "内部利用で相当の理由（第69条第2項第2号）";
        PublicBody = "public-body", "他の行政機関等で相当の理由（第69条第2項第3号）";
        SpecialReason = "special-reason", "特別の理由（第69条第2項第4号）";
        Law = "law", "法令に基づく（第69条第1項）";
        Emergency = "emergency", "生命・身体の保護のため緊急";
    }
}
