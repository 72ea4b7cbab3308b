//! Terms by which something is due or overdue: their names, and what holds until the ward sets others.
//!
//! The paper states none of them but "about once a year" for the verification of a disaster plan;
//! the others are proposals.

use ledger_core::event::ReviewTermSet;

/// The section has received a referral.
pub const REFERRAL_RECEIPT: &str = "referral-receipt";
/// The section has decided on a referral.
pub const REFERRAL_DECISION: &str = "referral-decision";
/// A home-living support plan is agreed so long before the planned discharge.
pub const PLAN_AGREEMENT_BEFORE_DISCHARGE: &str = "plan-agreement-before-discharge";
/// A disaster plan is verified again.
pub const DISASTER_PLAN_VERIFICATION: &str = "disaster-plan-verification";
/// A disaster plan is due soon so long before.
pub const DISASTER_PLAN_DUE_SOON: &str = "disaster-plan-due-soon";
/// A disaster plan is long overdue so long after the last verification.
pub const LONG_OVERDUE: &str = "long-overdue";

/// The newest backup of log or keys is too old after so long.
pub const BACKUP_AGE: &str = "backup-age";

/// Each term with its days, and whether these are business days.
pub const DEFAULTS: &[(&str, u32, bool)] = &[
    (REFERRAL_RECEIPT, 3, true),
    (REFERRAL_DECISION, 10, true),
    (PLAN_AGREEMENT_BEFORE_DISCHARGE, 14, false),
    (DISASTER_PLAN_VERIFICATION, 365, false),
    (DISASTER_PLAN_DUE_SOON, 60, false),
    (LONG_OVERDUE, 548, false),
];

/// The centre's answer to an office that referred somebody to it, how long before its day something is shown in
/// the work list, and how old a backup may be; the ward may set each, and a new ledger begins without them.
pub const AHEAD: &[&str] = &[
    "referral-feedback",
    "referral-completion-ahead",
    "plan-agreement-ahead",
    "plan-monitoring-ahead",
    "follow-up-ahead",
    "consent-ends-ahead",
    "recommendation-ahead",
    "request-ahead",
    BACKUP_AGE,
];

/// The terms that a new ledger begins with.
#[must_use]
pub fn defaults() -> Vec<ReviewTermSet> {
    let terms = DEFAULTS.iter();
    let terms = terms.map(|(term, days, business_days)| ReviewTermSet {
        term: (*term).to_owned(),
        days: *days,
        business_days: *business_days,
    });
    terms.collect()
}

/// Whether a term has this name.
pub(crate) fn is_known(term: &str) -> bool {
    DEFAULTS.iter().any(|(known, ..)| *known == term) || AHEAD.contains(&term)
}
