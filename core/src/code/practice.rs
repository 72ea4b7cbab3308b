//! Contracts and posts, what trainees learn, how facilities answer, what a disaster plan decides.

use super::table::codes;

codes! {
    /// How the operator was chosen (契約の方法).
    ContractMethod {
        Negotiated = "negotiated", "随意契約";
        Proposal = "proposal", "プロポーザル";
    }

    /// A post of the centre (職).
    PostKind {
        Manager = "manager", "管理者（センター長）";
        Advisor = "advisor", "相談員";
        PublicHealthNurse = "public-health-nurse", "保健師（看護師）";
        Adviser = "adviser", "顧問";
        MedicalAdviser = "medical-adviser", "医療アドバイザー";
    }

    /// What an advisor in training must be able to do (習得項目).
    Competency {
        MedicalKnowledge = "medical-knowledge", "医療的ケアの知識";
        LocalResources = "local-resources", "地域資源の知識";
        Network = "network", "医療と福祉の連携";
        Planning = "planning", "プランの作成";
        FamilySupport = "family-support", "家族への支援";
        Discharge = "discharge", "退院時の調整";
    }

    /// Whether a survey came before or after the support (前後).
    SurveyPhase {
        Before = "before", "支援前";
        After = "after", "支援後";
    }

    /// Whether a facility took a child on (受入れ).
    Acceptance {
        Accepted = "accepted", "受入れ";
        Declined = "declined", "受入れ見送り";
    }

    /// A danger that a disaster plan prepares for (災害の種類).
    Hazard {
        Earthquake = "earthquake", "地震";
        Flood = "flood", "水害";
        Blackout = "blackout", "停電";
        Other = "other", "その他";
    }

    /// What a family decides to do in a disaster (避難の方針).
    Evacuation {
        Stay = "stay", "在宅避難";
        Leave = "leave", "避難";
        Undecided = "undecided", "未定";
    }
}
