//! Who works around a person: kinds of office, what they can take on, what they do.

use super::table::codes;

codes! {
    /// A kind of office or person that the centre works with (関係機関).
    PartyKind {
        DistrictCentre = "district-centre", "総合支所保健福祉センター";
        Hospital = "hospital", "専門医療機関・病院";
        Clinic = "clinic", "地域の医療機関（かかりつけ医）";
        VisitingNursing = "visiting-nursing", "訪問看護・訪問リハビリ";
        DayFacility = "day-facility", "障害児通所施設";
        Nursery = "nursery", "保育園";
        School = "school", "学校";
        SpecialNeedsSchool = "special-needs-school", "特別支援学校";
        ShortStay = "short-stay", "短期入所";
        HomeHelp = "home-help", "居宅介護・在宅レスパイト";
        AdvisorOffice = "advisor-office", "相談支援事業所";
        AdultFacility = "adult-facility", "障害者施設";
        DistrictNurse = "district-nurse", "地区保健師";
        FamilyAssociation = "family-association", "家族会";
        TokyoCentre = "tokyo-centre", "東京都医療的ケア児支援センター";
        Ward = "ward", "区の所管課";
        Centre = "centre", "医療的ケア相談支援センター";
        Other = "other", "その他";
    }

    /// Which way a referral goes.
    Direction {
        To = "to", "センターから";
        From = "from", "センターへ";
    }

    /// How much an office can take on, as last asked (受入の余地).
    Capacity {
        Open = "open", "受入可";
        Limited = "limited", "条件付き・要相談";
        Full = "full", "満員";
        NotOffered = "not-offered", "受け入れていない";
        Unknown = "unknown", "未確認";
    }

    /// What somebody of the care team is to the person (役割).
    CareRole {
        AttendingDoctor = "attending-doctor", "主治医";
        FamilyDoctor = "family-doctor", "かかりつけ医";
        MedicalSocialWorker = "medical-social-worker", "医療ソーシャルワーカー";
        VisitingNurse = "visiting-nurse", "訪問看護師";
        Therapist = "therapist", "訪問リハビリ";
        DistrictNurse = "district-nurse", "地区保健師";
        SupportSpecialist = "support-specialist", "相談支援専門員";
        FacilityNurse = "facility-nurse", "施設看護師";
        Teacher = "teacher", "担任・保育士";
        HomeHelper = "home-helper", "居宅介護";
        Coordinator = "coordinator", "医療的ケア児等コーディネーター";
        Other = "other", "その他";
    }

    /// How somebody of the centre is in charge of a person.
    Charge {
        Main = "main", "主担当";
        Deputy = "deputy", "副担当";
    }

    /// Why a person is referred (連携の理由).
    ReferralReason {
        Services = "services", "福祉サービスの利用";
        HealthVisit = "health-visit", "保健師の訪問";
        DisasterPlan = "disaster-plan", "災害時個別支援計画";
        Discharge = "discharge", "退院支援";
        HandOver = "hand-over", "引継ぎ";
        Education = "education", "保育・教育";
        Livelihood = "livelihood", "経済・生活";
        Other = "other", "その他";
    }
}
