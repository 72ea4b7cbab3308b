//! Areas of the ward and sections of the district health-welfare centres.

use super::table::codes;

codes! {
    /// Area of a district office (総合支所), or outside the ward.
    Area {
        Setagaya = "setagaya", "世田谷";
        Kitazawa = "kitazawa", "北沢";
        Tamagawa = "tamagawa", "玉川";
        Kinuta = "kinuta", "砧";
        Karasuyama = "karasuyama", "烏山";
        OutsideWard = "outside-ward", "区外";
    }

    /// Why the district centre of another area than the person's supports something (区域外の理由).
    OutOfAreaReason {
        ContinuedAfterMove = "continued-after-move", "転居前からの継続";
        Nearer = "nearer", "通院・通園先に近い";
        FamilyWish = "family-wish", "本人・家族の希望";
        Other = "other", "その他の事情";
    }

    /// Section of a district health-welfare centre (総合支所保健福祉センター).
    Section {
        HealthWelfare = "health-welfare", "保健福祉課";
        HealthPromotion = "health-promotion", "健康づくり課";
        LivelihoodSupport = "livelihood-support", "生活支援課";
        ChildFamily = "child-family", "子ども家庭支援課";
    }
}
