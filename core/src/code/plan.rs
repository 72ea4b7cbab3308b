//! Why a home-living support plan is revised or closed, and the programme's services.

use super::table::codes;

codes! {
    /// Why a plan got a new version (見直し理由).
    RevisionReason {
        State = "state", "状態の変化";
        Services = "services", "サービスの変更";
        Moved = "moved", "転居";
        FamilyWish = "family-wish", "家族の希望";
        Yearly = "yearly", "年次見直し";
        Other = "other", "その他";
    }

    /// Why a home-living support plan ended.
    PlanClosing {
        Completed = "completed", "終了";
        HandedOver = "handed-over", "相談支援専門員へ引継ぎ";
        Withdrawn = "withdrawn", "取下げ";
    }

    /// A service of the programme with a planned number (ア–エ).
    Service {
        SpecialistConsultation = "specialist-consultation", "専門相談";
        HomeLivingSupportPlan = "home-living-support-plan", "在宅生活支援プラン作成";
        FacilityTechnicalSupport = "facility-technical-support", "施設への技術支援";
        AdvisorTraining = "advisor-training", "医療的ケア相談員の指導・育成";
        DisasterPlanSupport = "disaster-plan-support", "災害時個別支援計画の作成支援";
    }
}
