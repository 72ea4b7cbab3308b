//! Rules, terms and code tables in words, each with who set it and when.

use ledger_projections::programme::ProgrammeCard;

use super::set_by;
use crate::lang::Lang;
use crate::render::indicator::said_by;
use crate::render::sheet::Sheet;
use crate::render::terms::term_words;
use crate::render::titles::role;

/// What completion of training asks for.
pub(super) fn competencies(sheet: &mut Sheet, card: &ProgrammeCard) {
    if card.competencies.is_empty() {
        return;
    }
    sheet.say(
        "  修了の要件（習得項目）",
        "  what completion of training asks for",
    );
    for set in &card.competencies {
        let level = set.value.level;
        let said = match sheet.lang {
            Lang::Ja => format!("{level}以上/4"),
            Lang::En => format!("{level} of 4 or more"),
        };
        let by = set_by(&set.by, sheet.lang);
        let one = set.value.competency;
        sheet.field(4, (one.ja(), one.code()), &format!("{said}  {by}"));
    }
}

/// The rules by which is counted and judged.
pub(super) fn rules(sheet: &mut Sheet, card: &ProgrammeCard) {
    sheet.say("  数え方と規則", "  rules");
    for set in &card.rules {
        let rule = &set.value;
        let stated = said_by(rule.stated, sheet.lang);
        let (id, by) = (
            rule_name(&rule.rule, sheet.lang),
            set_by(&set.by, sheet.lang),
        );
        let text = sheet.pick(&rule.text_ja, &rule.text_en).to_owned();
        let line = match sheet.lang {
            Lang::Ja => format!("    {id}（{stated}）  {by}"),
            Lang::En => format!("    {id} ({stated})  {by}"),
        };
        sheet.line(&line);
        sheet.line(&format!("      {text}"));
    }
}

/// What the rules of the ward's plan are called; those by which is counted have their own numbers.
const NAMES: &[(&str, &str, &str)] = &[
    (
        "ventilator-disaster-plan",
        "人工呼吸器使用者の災害時個別支援計画",
        "Disaster plans of ventilator users",
    ),
    (
        "disaster-plan-verification",
        "災害時個別支援計画の検証",
        "Verification of disaster plans",
    ),
    (
        "cooperation",
        "総合支所との連携",
        "Work with the district centres",
    ),
    ("adults-included", "対象者の範囲", "Who is served"),
    (
        "mobile-children",
        "動ける医療的ケア児",
        "Mobile children with medical care",
    ),
    (
        "facility-support-staff",
        "施設への技術支援の体制",
        "Staff of the technical support to facilities",
    ),
    (
        "family-makes-plan",
        "災害時個別支援計画の作成者",
        "Who makes a disaster plan",
    ),
];

/// What a rule is called; its version stands behind.
#[must_use]
pub fn rule_name(id: &str, lang: Lang) -> String {
    let (name, version) = id.split_once('@').unwrap_or((id, ""));
    let known = NAMES.iter().find(|(own, ..)| *own == name);
    match (known, lang, version) {
        (Some((_, ja, en)), lang, "") => lang.pick(ja, en).to_owned(),
        (Some((_, ja, _)), Lang::Ja, version) => format!("{ja} 第{version}版"),
        (Some((_, _, en)), Lang::En, version) => format!("{en}, version {version}"),
        (None, ..) => id.to_owned(),
    }
}

/// The terms by which things are due.
pub(super) fn terms(sheet: &mut Sheet, card: &ProgrammeCard) {
    if card.terms.is_empty() {
        return;
    }
    sheet.say("  期限", "  terms");
    for set in &card.terms {
        let term = &set.value;
        let said = term_words(
            &term.term,
            (i64::from(term.days), term.business_days),
            sheet.lang,
        );
        let (name, by) = (&term.term, set_by(&set.by, sheet.lang));
        sheet.line(&format!("    {said} [{name}]  {by}"));
    }
}

/// Which roles sign in with a second factor, where that was set.
pub(super) fn second_factors(sheet: &mut Sheet, card: &ProgrammeCard) {
    for set in &card.second_factors {
        let by = set_by(&set.by, sheet.lang);
        let (rule, required) = (&set.value, set.value.required);
        let said = match sheet.lang {
            Lang::Ja if required => format!("{} 求める  {by}", role(rule.role, Lang::Ja)),
            Lang::Ja => format!("{} 求めない  {by}", role(rule.role, Lang::Ja)),
            Lang::En if required => format!("{}: asked for  {by}", role(rule.role, Lang::En)),
            Lang::En => format!("{}: not asked for  {by}", role(rule.role, Lang::En)),
        };
        sheet.field(2, ("二つ目の確認", "second factor"), &said);
    }
}

/// Code tables with their newest versions.
pub(super) fn code_tables(sheet: &mut Sheet, card: &ProgrammeCard) {
    for set in &card.code_tables {
        let (table, version) = (&set.value.table, set.value.version);
        let by = set_by(&set.by, sheet.lang);
        let said = match sheet.lang {
            Lang::Ja => format!("{table} 第{version}版  {by}"),
            Lang::En => format!("{table}, version {version}  {by}"),
        };
        sheet.field(2, ("コード表", "code table"), &said);
    }
}
