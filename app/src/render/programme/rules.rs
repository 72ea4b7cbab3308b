//! Rules, terms and code tables in words, each with who set it and when.

use ledger_projections::programme::ProgrammeCard;

use super::set_by;
use crate::lang::Lang;
use crate::render::sheet::Sheet;
use crate::render::terms::term_words;

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
        let stated = if rule.stated {
            sheet.pick("区の資料による", "stated by the ward")
        } else {
            sheet.pick("仮定", "assumed")
        };
        let (id, by) = (&rule.rule, set_by(&set.by, sheet.lang));
        let text = sheet.pick(&rule.text_ja, &rule.text_en).to_owned();
        sheet.line(&format!("    {id}（{stated}）  {by}"));
        sheet.line(&format!("      {text}"));
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
