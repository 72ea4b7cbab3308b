//! Technical support to facilities and training of advisors.

use super::table::codes;

codes! {
    /// Kind of facility (種別).
    FacilityKind {
        DayFacility = "day-facility", "障害児通所施設";
        Nursery = "nursery", "保育園";
        School = "school", "学校";
        SpecialNeedsSchool = "special-needs-school", "特別支援学校";
        ShortStay = "short-stay", "短期入所";
        Other = "other", "その他";
    }

    /// Who of the centre visited (職種).
    VisitStaff {
        Advisor = "advisor", "相談員";
        PublicHealthNurse = "public-health-nurse", "保健師";
        Nurse = "nurse", "看護師";
    }

    /// Kind of training session (区分).
    SessionKind {
        Start = "start", "受講開始";
        Lecture = "lecture", "講義";
        CoVisit = "co-visit", "同行訪問";
        Meeting = "meeting", "会議同席";
        PlanReview = "plan-review", "プラン検討";
        Completion = "completion", "修了";
    }
}
