//! The registers that a centre keeps today, in the order in which they are imported.

use super::table::codes;

codes! {
    /// A register; its Japanese term is the name of its file without `.csv`.
    Register {
        Children = "children", "対象者台帳";
        Consultations = "consultations", "相談記録簿";
        Referrals = "referrals", "連携記録簿";
        SupportPlans = "support-plans", "在宅生活支援プラン台帳";
        DisasterPlans = "disaster-plans", "災害時個別支援計画台帳";
        FacilitySupport = "facility-support", "施設技術支援記録";
        AdvisorTraining = "advisor-training", "相談員指導・育成記録";
    }
}
