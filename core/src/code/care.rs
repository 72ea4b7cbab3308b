//! Daily medical care, motor function, birth weight, and the fields of a profile.

use super::table::codes;

codes! {
    /// A kind of daily medical care (医療的ケア).
    CareProcedure {
        Ventilator = "ventilator", "人工呼吸器";
        Tracheostomy = "tracheostomy", "気管切開";
        NasopharyngealAirway = "nasopharyngeal-airway", "鼻咽頭エアウェイ";
        Oxygen = "oxygen", "酸素療法";
        Suction = "suction", "吸引";
        Nebuliser = "nebuliser", "ネブライザー";
        TubeNasogastric = "tube-nasogastric", "経管栄養（経鼻胃管）";
        TubeGastrostomy = "tube-gastrostomy", "経管栄養（胃ろう）";
        TubeOther = "tube-other", "経管栄養（その他）";
        CentralVenous = "central-venous", "中心静脈カテーテル";
        SubcutaneousInjection = "subcutaneous-injection", "皮下注射";
        Glucose = "glucose", "血糖測定";
        Dialysis = "dialysis", "透析";
        Catheterisation = "catheterisation", "導尿";
        Bowel = "bowel", "排便管理";
        Seizure = "seizure", "痙攣時の対応";
    }

    /// Degree of motor impairment (運動機能障害).
    MotorImpairment {
        None = "none", "なし";
        Mild = "mild", "軽度";
        Moderate = "moderate", "中等度";
        Severe = "severe", "重度";
    }

    /// Band of birth weight; the grams themselves are sealed.
    BirthWeightBand {
        Under500 = "<500", "500g未満";
        Under1000 = "<1000", "1,000g未満（超低出生体重児）";
        Under1500 = "<1500", "1,500g未満（極低出生体重児）";
        Under2500 = "<2500", "2,500g未満（低出生体重児）";
        From2500 = ">=2500", "2,500g以上";
    }

    /// A field of a person's profile that can change.
    ProfileField {
        Name = "name", "氏名";
        Kana = "kana", "フリガナ";
        BirthDate = "birth-date", "生年月日";
        Area = "area", "総合支所";
        Address = "address", "住所";
        Phone = "phone", "電話";
    }
}

impl BirthWeightBand {
    /// The narrowest band that holds a weight.
    #[must_use]
    pub const fn of_grams(grams: u32) -> Self {
        match grams {
            0..500 => Self::Under500,
            500..1_000 => Self::Under1000,
            1_000..1_500 => Self::Under1500,
            1_500..2_500 => Self::Under2500,
            _ => Self::From2500,
        }
    }
}

impl MotorImpairment {
    /// Whether it counts as none or mild, one half of 動ける医療的ケア児・者; the paper says 軽度,
    /// none is our reading.
    #[must_use]
    pub const fn at_most_mild(self) -> bool {
        matches!(self, Self::None | Self::Mild)
    }
}
