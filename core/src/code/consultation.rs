//! Who consults, how, about what, and what was done.

use super::table::codes;

codes! {
    /// Who came to the centre with the consultation (相談者).
    Consulter {
        Person = "person", "本人";
        Guardian = "guardian", "保護者";
        Hospital = "hospital", "病院";
        VisitingNursing = "visiting-nursing", "訪問看護";
        Facility = "facility", "施設";
        School = "school", "学校";
        Advisor = "advisor", "相談支援専門員";
        WardOffice = "ward-office", "区職員";
        Other = "other", "その他";
    }

    /// The way in which people met (方法).
    Channel {
        Phone = "phone", "電話";
        Office = "office", "来所";
        Visit = "visit", "訪問";
        Online = "online", "オンライン";
        Mail = "mail", "メール";
        Meeting = "meeting", "会議";
    }

    /// What a consultation was about (主訴).
    Topic {
        Discharge = "discharge", "退院";
        Respite = "respite", "レスパイト";
        VisitingNursing = "visiting-nursing", "訪問看護";
        Clinic = "clinic", "診療・通院";
        WelfareServices = "welfare-services", "福祉サービス";
        ChildDevelopment = "child-development", "児童発達支援";
        NurseryEntry = "nursery-entry", "保育園入園";
        SchoolEntry = "school-entry", "就学";
        Equipment = "equipment", "補装具・日常生活用具";
        Transport = "transport", "移動・交通";
        Disaster = "disaster", "災害";
        Family = "family", "きょうだい・家族";
        ParentsWork = "parents-work", "保護者の就労";
        MentalBurden = "mental-burden", "精神的負担";
        TransitionToAdult = "transition-to-adult", "移行（成人）";
        Moving = "moving", "転居";
        Finance = "finance", "経済的なこと";
        FindingAdvisor = "finding-advisor", "相談支援専門員探し";
        Technique = "technique", "医療的ケアの手技";
        Other = "other", "その他";
    }

    /// What the centre did about it (対応).
    ActionTaken {
        Advice = "advice", "傾聴・助言";
        Information = "information", "情報提供";
        ContactedOthers = "contacted-others", "関係機関へ連絡";
        VisitArranged = "visit-arranged", "訪問を調整";
        NoService = "no-service", "対応できるサービスなし";
        Other = "other", "その他";
    }
}
