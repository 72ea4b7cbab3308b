//! The terms by which the work list judges, in words, with where each is from.

use ledger_projections::work_list::{TermInForce, TermSource};

use super::words::counted;
use crate::lang::Lang;

/// What each term says; the number of days stands in the place of the braces.
const TERMS: &[(&str, &str, &str)] = &[
    (
        "referral-receipt",
        "連携の受理の確認は{}以内",
        "receipt of a referral within {}",
    ),
    (
        "referral-decision",
        "受入決定は{}以内",
        "decision on a referral within {}",
    ),
    (
        "referral-feedback",
        "センターへの連携の結果の報告は{}以内",
        "what came of a referral to the centre reported within {}",
    ),
    (
        "referral-completion-ahead",
        "連携の回答期限は{}前から表示",
        "completion of a referral shown {} before",
    ),
    (
        "plan-agreement-before-discharge",
        "プランの同意は退院予定日の{}前まで",
        "plan agreed {} before the planned discharge",
    ),
    (
        "plan-agreement-ahead",
        "その期限は{}前から表示",
        "shown {} before that day",
    ),
    (
        "plan-monitoring-ahead",
        "モニタリングは{}前から表示",
        "monitoring shown {} before",
    ),
    (
        "disaster-plan-verification",
        "災害時個別支援計画の検証は{}以内",
        "disaster plan verified within {}",
    ),
    (
        "disaster-plan-due-soon",
        "その期限は{}前から表示",
        "shown {} before that day",
    ),
    (
        "long-overdue",
        "前回から{}を超えると長期超過",
        "long overdue beyond {} since the last one",
    ),
    (
        "follow-up-ahead",
        "次の対応は{}前から表示",
        "follow-ups shown {} before",
    ),
    (
        "consent-ends-ahead",
        "同意の期限は{}前から表示",
        "end of a consent shown {} before",
    ),
    (
        "recommendation-ahead",
        "提言の回答期限は{}前から表示",
        "answers to recommendations shown {} before",
    ),
    (
        "request-ahead",
        "要望の回答期限は{}前から表示",
        "answers to requests shown {} before",
    ),
    (
        "backup-age",
        "控えは{}を超えると古い",
        "a backup is old beyond {}",
    ),
];

/// What each term is called where its days stand apart from it.
const NAMES: &[(&str, &str, &str)] = &[
    (
        "referral-receipt",
        "連携の受理の確認",
        "receipt of a referral",
    ),
    (
        "referral-decision",
        "連携の受入決定",
        "decision on a referral",
    ),
    (
        "referral-feedback",
        "センターへの連携の結果の報告",
        "report on a referral to the centre",
    ),
    (
        "referral-completion-ahead",
        "連携の回答期限を前もって示す日数",
        "completion of a referral, shown ahead",
    ),
    (
        "plan-agreement-before-discharge",
        "退院前のプランの同意",
        "agreement to a plan before the discharge",
    ),
    (
        "plan-agreement-ahead",
        "プランの同意の期限を前もって示す日数",
        "agreement to a plan, shown ahead",
    ),
    (
        "plan-monitoring-ahead",
        "モニタリングを前もって示す日数",
        "monitoring, shown ahead",
    ),
    (
        "disaster-plan-verification",
        "災害時個別支援計画の検証",
        "verification of a disaster plan",
    ),
    (
        "disaster-plan-due-soon",
        "災害時個別支援計画の検証を前もって示す日数",
        "verification of a disaster plan, shown ahead",
    ),
    (
        "long-overdue",
        "災害時個別支援計画の検証の長期超過",
        "disaster plan long overdue",
    ),
    (
        "follow-up-ahead",
        "次の対応を前もって示す日数",
        "follow-ups, shown ahead",
    ),
    (
        "consent-ends-ahead",
        "同意の期限を前もって示す日数",
        "end of a consent, shown ahead",
    ),
    (
        "recommendation-ahead",
        "提言の回答期限を前もって示す日数",
        "answers to recommendations, shown ahead",
    ),
    (
        "request-ahead",
        "要望の回答期限を前もって示す日数",
        "answers to requests, shown ahead",
    ),
    ("backup-age", "控えの古さ", "age of a backup"),
];

/// What a term is called; its own name where it is none that the program knows.
#[must_use]
pub fn term_name(term: &str, lang: Lang) -> &str {
    let known = NAMES.iter().find(|(name, ..)| *name == term);
    known.map_or(term, |(_, ja, en)| lang.pick(ja, en))
}

/// Every term that can be set, with what it is called.
#[must_use]
pub fn term_names(lang: Lang) -> Vec<(String, String)> {
    let names = NAMES.iter();
    let names = names.map(|(term, ja, en)| ((*term).to_owned(), lang.pick(ja, en).to_owned()));
    names.collect()
}

/// The lines below the list: each term with its days and its source, and how the ward sets another.
#[must_use]
pub fn terms(terms: &[TermInForce], lang: Lang) -> Vec<String> {
    if terms.is_empty() {
        return Vec::new();
    }
    let title = lang.pick("\n期限の数え方", "\nHow days are counted");
    let mut lines = vec![title.to_owned()];
    lines.extend(terms.iter().map(|term| in_a_line(term, lang)));
    lines.push(
        lang.pick(
            "  （仮定）は区の資料にない当方の案です。`care-ledger record set-review-term` で区が定められます。",
            "  (assumed) is not in the ward's paper; care-ledger record set-review-term sets it",
        )
        .to_owned(),
    );
    lines
}

/// What a term says with its days, of which it is said whether they are business days.
#[must_use]
pub fn term_words(term: &str, (number, business): (i64, bool), lang: Lang) -> String {
    let known = TERMS.iter().find(|(name, ..)| *name == term);
    let text = known.map_or("{}", |(_, ja, en)| lang.pick(ja, en));
    let days = match (business, lang) {
        (true, Lang::Ja) => format!("{number}営業日"),
        (false, Lang::Ja) => format!("{number}日"),
        (true, Lang::En) => counted(number, "business day", "business days"),
        (false, Lang::En) => counted(number, "day", "days"),
    };
    text.replace("{}", &days)
}

fn in_a_line(term: &TermInForce, lang: Lang) -> String {
    let said = term_words(term.term, (term.days, term.business_days), lang);
    let source = match term.source {
        TermSource::Paper => lang.pick(
            "（区の資料「年1回程度」）",
            " (the paper: about once a year)",
        ),
        TermSource::Assumed => lang.pick("（仮定）", " (assumed)"),
        TermSource::Set => lang.pick("（区の設定）", " (set by the ward)"),
    };
    let name = term.term;
    format!("  {said}{source} [{name}]")
}

#[cfg(test)]
mod tests {
    use ledger_projections::settings::Settings;
    use ledger_projections::work_list::terms_in_force;

    use super::*;

    #[test]
    fn every_term_has_its_words_and_says_where_it_is_from() {
        let all = terms_in_force(&Settings::default());

        for term in &all {
            assert!(
                TERMS.iter().any(|(name, ..)| *name == term.term),
                "{}",
                term.term
            );
        }
        let lines = terms(&all, Lang::Ja);
        assert_eq!(lines.len(), all.len() + 2);
        assert_eq!(
            lines[1],
            "  連携の受理の確認は3営業日以内（仮定） [referral-receipt]"
        );
        assert!(
            lines
                .iter()
                .any(|line| line.contains("365日以内（区の資料「年1回程度」）"))
        );
        assert_eq!(terms(&[], Lang::En), Vec::<String>::new());
    }
}
