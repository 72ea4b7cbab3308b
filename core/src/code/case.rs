//! A case that ends, two cases of one person, and how the family says they are.

use super::table::codes;

codes! {
    /// Why a case is closed (終結理由).
    CaseClosing {
        Moved = "moved", "転出";
        Died = "died", "死亡";
        NoLongerNeeded = "no-longer-needed", "医療的ケアが不要となった";
        AdultServices = "adult-services", "成人期の支援へ移行";
        Declined = "declined", "本人・家族の希望";
        Unreachable = "unreachable", "連絡が取れない";
    }

    /// What makes two cases look like one person's.
    DuplicateEvidence {
        Name = "name", "氏名";
        Kana = "kana", "フリガナ";
        BirthDate = "birth-date", "生年月日";
        Phone = "phone", "電話";
        Address = "address", "住所";
        Guardian = "guardian", "保護者";
        Other = "other", "その他";
    }

    /// At which point of the way the family was asked how they are.
    VoiceStage {
        DischargeNotice = "discharge-notice", "退院の連絡時";
        ThreeMonths = "three-months", "3か月後";
        SixMonths = "six-months", "6か月後";
        TwelveMonths = "twelve-months", "12か月後";
        Yearly = "yearly", "年次";
        Other = "other", "その他";
    }

    /// A handbook that a person holds (手帳).
    Handbook {
        Physical = "physical", "身体障害者手帳";
        Intellectual = "intellectual", "愛の手帳（療育手帳）";
        Mental = "mental", "精神障害者保健福祉手帳";
        SpecificDisease = "specific-disease", "小児慢性特定疾病・指定難病";
    }

    /// A welfare service in use (福祉サービス).
    WelfareService {
        ChildDevelopment = "child-development", "児童発達支援";
        AfterSchool = "after-school", "放課後等デイサービス";
        HomeHelp = "home-help", "居宅介護";
        HomeRespite = "home-respite", "在宅レスパイト";
        ShortStay = "short-stay", "短期入所";
        Transport = "transport", "移動支援";
        Equipment = "equipment", "補装具・日常生活用具";
        AdvisoryPlan = "advisory-plan", "サービス等利用計画（障害児相談支援）";
        DayCare = "day-care", "生活介護";
        Other = "other", "その他";
    }
}
