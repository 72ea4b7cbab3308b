//! What the categories of streams are called.

use crate::lang::Lang;

/// What the streams of a category are about; its own name where that is foreign.
#[must_use]
pub fn category_title(category: &str, lang: Lang) -> &str {
    let found = TITLES.iter().find(|(name, _, _)| *name == category);
    found.map_or(category, |(_, ja, en)| lang.pick(ja, en))
}

/// Every category of the ledger.
pub const CATEGORIES: &[&str] = &[
    "child",
    "inquiry",
    "facility",
    "trainee",
    "organisation",
    "committee",
    "opinion",
    "request",
    "audit",
    "fiscal",
    "account",
    "approval",
    "access",
];

const TITLES: &[(&str, &str, &str)] = &[
    ("child", "対象者", "Person served"),
    ("inquiry", "匿名の相談", "Inquiry"),
    ("facility", "施設", "Facility"),
    ("trainee", "育成対象の相談員", "Advisor in training"),
    ("organisation", "地域資源", "Office"),
    ("committee", "運営委員会", "Committee meeting"),
    ("opinion", "連絡協議会の意見", "Opinion"),
    ("request", "要望", "Request"),
    ("audit", "監査", "Audit"),
    ("fiscal", "年度の経理", "Fiscal year"),
    ("account", "利用者", "Account"),
    ("approval", "承認", "Approval"),
    ("access", "閲覧の記録", "Access"),
];

#[cfg(test)]
mod tests {
    use ledger_core::id::{
        AccountId, ApprovalId, ChildId, EngagementId, FacilityId, InquiryId, MeetingId, OpinionId,
        OrganisationId, RequestId, StreamName, TraineeId,
    };
    use ledger_core::time::{Day, FiscalYear};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_category_of_the_ledger_has_a_title() {
        let id = Uuid::nil();
        let streams = [
            StreamName::child(ChildId::new(id)),
            StreamName::inquiry(InquiryId::new(id)),
            StreamName::facility(FacilityId::new(id)),
            StreamName::trainee(TraineeId::new(id)),
            StreamName::organisation(OrganisationId::new(id)),
            StreamName::account(AccountId::new(id)),
            StreamName::approval(ApprovalId::new(id)),
            StreamName::fiscal_year(FiscalYear::new(2022)),
            StreamName::committee(MeetingId::new(id)),
            StreamName::opinion(OpinionId::new(id)),
            StreamName::request(RequestId::new(id)),
            StreamName::audit(EngagementId::new(id)),
            StreamName::access(Day::default()),
        ];
        for stream in &streams {
            let category = stream.category().unwrap();
            assert_ne!(category_title(category, Lang::Ja), category);
        }
        assert_eq!(streams.len(), TITLES.len());
        let titled: Vec<&str> = TITLES.iter().map(|(name, ..)| *name).collect();
        assert_eq!(titled, CATEGORIES);
    }
}
