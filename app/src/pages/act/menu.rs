//! そのほかの記録: which acts there are, in groups that a reader knows, each with its form.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::{may_give, title};
use crate::lang::Lang;
use crate::pages::chrome::Chrome;
use crate::pages::door::SignedIn;
use crate::pages::fault::{Refusal, shown};
use crate::pages::form::Query;
use crate::pages::language::{current, t};
use crate::pages::site::Site;

/// A title in both languages and the commands below it.
type Group = ((&'static str, &'static str), &'static [&'static str]);

/// Acts about one person.
const OF_A_PERSON: &[Group] = &[
    (
        ("プロフィール", "Profile"),
        &[
            "change-profile",
            "record-birth-detail",
            "start-care-procedure",
            "end-care-procedure",
            "assess-mobility",
            "assess-care-score",
            "record-welfare-services",
            "add-guardian",
            "change-guardian",
            "remove-guardian",
        ],
    ),
    (
        ("相談と次の対応", "Consultations and follow-ups"),
        &[
            "schedule-follow-up",
            "finish-follow-up",
            "cancel-follow-up",
            "record-family-voice",
            "link-inquiry",
            "unlink-inquiry",
        ],
    ),
    (
        ("連携", "Referrals"),
        &[
            "make-referral",
            "receive-referral",
            "accept-referral",
            "decline-referral",
            "report-referral-progress",
            "complete-referral",
            "receive-feedback",
            "remind-referral",
            "ask-referral-information",
            "answer-referral-information",
            "escalate-referral",
            "redirect-referral",
            "withdraw-referral",
            "reopen-referral",
        ],
    ),
    (
        ("在宅生活支援プラン", "Support plan"),
        &[
            "request-support-plan",
            "draft-support-plan",
            "write-plan-sections",
            "hold-plan-conference",
            "explain-support-plan",
            "agree-support-plan",
            "deliver-support-plan",
            "monitor-support-plan",
            "revise-support-plan",
            "hand-over-support-plan",
            "close-support-plan",
        ],
    ),
    (
        ("災害時個別支援計画", "Disaster plan"),
        &[
            "identify-disaster-plan-need",
            "record-disaster-plan-not-wanted",
            "draft-disaster-plan",
            "write-disaster-plan-sections",
            "agree-disaster-plan",
            "verify-disaster-plan",
            "review-disaster-plan",
            "revise-disaster-plan",
            "transfer-disaster-plan",
            "record-disaster-plan-use",
            "end-disaster-plan",
        ],
    ),
    (
        ("入院と退院", "Hospital stay and discharge"),
        &[
            "start-hospital-stay",
            "receive-discharge-notice",
            "set-discharge-date",
            "record-discharge",
        ],
    ),
    (
        ("同意と情報提供", "Consent and sharing"),
        &[
            "give-consent",
            "refuse-consent",
            "withdraw-consent",
            "share-information",
        ],
    ),
    (
        ("担当と支援チーム", "Staff in charge and care team"),
        &[
            "assign-staff",
            "unassign-staff",
            "join-care-team",
            "leave-care-team",
        ],
    ),
    (
        ("終結と統合", "Closing and merging"),
        &[
            "close-case",
            "reopen-case",
            "suspect-duplicate",
            "dismiss-duplicate",
            "request-approval",
            "merge-cases",
            "undo-merge",
        ],
    ),
];

/// Acts about nobody in particular.
const OTHERS: &[Group] = &[
    (
        ("登録と相談", "Registration and inquiries"),
        &["register-child", "record-inquiry"],
    ),
    (
        ("承認", "Approvals"),
        &["grant-approval", "refuse-approval"],
    ),
    (
        ("施設への技術支援", "Facility support"),
        &[
            "register-facility",
            "change-facility",
            "enrol-facility",
            "schedule-visit",
            "cancel-visit",
            "record-facility-support",
            "survey-facility-confidence",
            "record-acceptance",
            "change-facility-staffing",
            "withdraw-facility",
        ],
    ),
    (
        ("相談支援専門員の育成", "Advisor training"),
        &[
            "enrol-trainee",
            "set-training-goal",
            "hold-session",
            "draft-supervised-plan",
            "assess-competency",
            "suspend-training",
            "resume-training",
            "complete-training",
            "leave-training",
        ],
    ),
    (
        ("関係機関の名簿", "Directory"),
        &[
            "register-organisation",
            "change-organisation",
            "confirm-resource",
            "close-organisation",
        ],
    ),
    (
        ("運営委員会と連絡協議会", "Steering committee and council"),
        &[
            "convene-meeting",
            "freeze-materials",
            "hold-meeting",
            "record-finding",
            "make-recommendation",
            "answer-recommendation",
            "approve-minutes",
            "review-trial",
            "receive-opinion",
            "answer-opinion",
            "make-request",
            "answer-request",
            "withdraw-request",
        ],
    ),
    (
        ("予算と補助金", "Budget and subsidy"),
        &[
            "set-budget-line",
            "record-expenditure",
            "reverse-expenditure",
            "set-subsidy-menu",
            "plan-subsidy",
            "apply-subsidy",
            "decide-subsidy",
            "receive-subsidy",
            "settle-subsidy",
            "close-fiscal-year",
            "allow-late-entry",
        ],
    ),
    (
        ("事業の設定", "Programme settings"),
        &[
            "define-programme",
            "set-period",
            "move-start",
            "set-opening-hours",
            "set-planned-number",
            "adopt-counting-rule",
            "set-known-population",
            "set-review-term",
            "set-second-factor-rule",
            "appoint-contractor",
            "set-staff-post",
            "end-staff-post",
            "note-concurrent-conflict",
            "require-competency",
        ],
    ),
    (
        ("監査", "Audit"),
        &[
            "open-audit",
            "ask-audit-question",
            "give-audit-answer",
            "issue-audit-finding",
            "clear-audit-finding",
            "record-chain-verified",
            "close-audit",
        ],
    ),
];

#[derive(Template)]
#[template(path = "acts.html")]
struct Page {
    chrome: Chrome,
    /// Something was recorded just now.
    is_recorded: bool,
    /// The person whom the acts are about, by number or id.
    child: Option<String>,
    groups: Vec<Shown>,
    /// Whether consultations are recorded, and records corrected.
    records: bool,
}

/// A group with the acts that the role may do.
struct Shown {
    title: &'static str,
    acts: Vec<Act>,
}

struct Act {
    path: String,
    title: &'static str,
}

#[derive(Deserialize)]
pub(in crate::pages) struct Asked {
    #[serde(default)]
    child: String,
    /// Not empty where something was recorded just now.
    #[serde(default)]
    recorded: String,
}

pub(in crate::pages) async fn page(
    State(_): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let child = Some(asked.child.trim()).filter(|child| !child.is_empty());
    let mut groups: Vec<Shown> = Vec::new();
    let others = if child.is_none() { OTHERS } else { &[] };
    for ((ja, en), commands) in OF_A_PERSON.iter().chain(others) {
        let may = commands.iter().filter(|name| may_give(&signed_in, name));
        let acts: Vec<Act> = may.map(|name| act(name, child)).collect();
        if !acts.is_empty() {
            groups.push(Shown {
                title: t(ja, en),
                acts,
            });
        }
    }
    if groups.is_empty() {
        return Err(Refusal::not_yours());
    }
    let heading = child.map_or_else(
        || t("そのほかの記録", "Other records").to_owned(),
        |child| match current() {
            Lang::Ja => format!("{child} の記録を選ぶ"),
            Lang::En => format!("Choose a record for {child}"),
        },
    );
    shown(&Page {
        chrome: Chrome::of(heading, &signed_in, "/acts"),
        child: child.map(str::to_owned),
        groups,
        is_recorded: !asked.recorded.is_empty(),
        records: may_give(&signed_in, "record-consultation"),
    })
}

fn act(name: &'static str, child: Option<&str>) -> Act {
    Act {
        path: path(&format!("/acts/{name}"), child),
        title: title(name),
    }
}

/// A path, about a person where one is named.
pub(super) fn path(path: &str, child: Option<&str>) -> String {
    let query = child.and_then(|child| serde_html_form::to_string([("child", child)]).ok());
    query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ledger_commands::Command;

    use super::*;

    /// Commands that have a page of their own, with the path to which its form is sent.
    const OWN_PAGE: [(&str, &str); 9] = [
        ("record-consultation", "/record"),
        ("take-emergency-access", "/children/{child}/emergency"),
        ("correct-event", "/events/{position}/amend"),
        ("annul-event", "/events/{position}/amend"),
        ("reverse-annulment", "/events/{position}/amend"),
        ("reassign-event", "/events/{position}/amend"),
        ("open-account", "/accounts"),
        ("change-account-role", "/accounts/{account}/role"),
        ("close-account", "/accounts/{account}/close"),
    ];
    /// Commands that take a table or draw numbers, and are given at the command line.
    const TABLES: [&str; 4] = [
        "draw-sample",
        "set-area-table",
        "revise-code-table",
        "set-holiday-calendar",
    ];

    #[test]
    fn a_command_with_a_page_of_its_own_is_sent_from_one() {
        let paths = crate::pages::paths();
        for (command, path) in OWN_PAGE {
            let own = paths.iter().find(|(known, _)| *known == path);
            let takes = own.is_some_and(|(_, methods)| methods.contains(&"POST"));
            assert!(takes, "{command}: {path}");
        }
    }

    #[test]
    fn every_command_is_in_the_menu_once_or_has_a_page_of_its_own() {
        let menu = OF_A_PERSON.iter().chain(OTHERS);
        let listed: Vec<&str> = menu
            .flat_map(|(_, commands)| commands.iter().copied())
            .chain(OWN_PAGE.map(|(command, _)| command))
            .chain(TABLES)
            .collect();
        let once: BTreeSet<&str> = listed.iter().copied().collect();

        assert_eq!(listed.len(), once.len(), "one is there twice");
        let all: BTreeSet<&str> = Command::NAMES.iter().copied().collect();
        assert_eq!(once, all);
    }
}
