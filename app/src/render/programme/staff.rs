//! The centre's posts in words: full-time equivalents, concurrent posts with their limit, conflicts.

use ledger_projections::programme::{Post, ProgrammeCard};

use super::{range, set_by};
use crate::lang::Lang;
use crate::render::amounts::full_time;
use crate::render::sheet::Sheet;
use crate::render::words::{day, term_within};

/// The posts of the day, advisers apart, and what they add up to.
pub(super) fn posts(sheet: &mut Sheet, card: &ProgrammeCard) {
    let on = day(card.on, sheet.lang);
    let parts: Vec<String> = card
        .posts
        .iter()
        .filter_map(|post| post.set.value.fte_hundredths)
        .map(|fte| full_time(fte, sheet.lang))
        .collect();
    let sum = full_time(card.fte_hundredths, sheet.lang);
    let sum = if parts.len() > 1 {
        format!("{} = {sum}", parts.join(" + "))
    } else {
        sum
    };
    let title = match sheet.lang {
        Lang::Ja => format!("  職員体制（{on}現在）: {sum}"),
        Lang::En => format!("  staff on {on}: {sum}"),
    };
    sheet.line(&title);
    for one in &card.posts {
        post(sheet, one);
    }
}

fn post(sheet: &mut Sheet, post: &Post) {
    let (lang, set) = (sheet.lang, &post.set.value);
    let mut parts = Vec::new();
    parts.extend(set.fte_hundredths.map(|fte| full_time(fte, lang)));
    if set.fte_hundredths.is_none() {
        let unset = lang.pick("常勤換算の定めなし", "no full-time equivalent set");
        parts.push(unset.to_owned());
    }
    if set.concurrent {
        parts.push(concurrent(set.concurrent_hundredths, lang));
    }
    let until = post.until.map(|until| day(until, lang)).unwrap_or_default();
    parts.push(range(&day(set.from, lang), &until, lang));
    let by = set_by(&post.set.by, lang);
    let said = format!("{}  {by}", parts.join(lang.pick("、", ", ")));
    sheet.field(4, (set.kind.ja(), set.kind.code()), &said);
    sheet.maybe(
        6,
        ("計画の記載", "in the plan's words"),
        set.words_ja.as_deref(),
    );
}

/// A concurrent post, and how much of it may be spent elsewhere.
fn concurrent(limit: Option<u32>, lang: Lang) -> String {
    match (limit, lang) {
        (Some(limit), Lang::Ja) => format!("兼務（他の職は{}まで）", full_time(limit, lang)),
        (Some(limit), Lang::En) => {
            format!("concurrent (elsewhere up to {})", full_time(limit, lang))
        },
        (None, Lang::Ja) => "兼務（業務に支障のない範囲。上限の定めなし）".to_owned(),
        (None, Lang::En) => "concurrent (as far as work allows, no limit set)".to_owned(),
    }
}

/// When concurrent posts got in the way.
pub(super) fn conflicts(sheet: &mut Sheet, card: &ProgrammeCard) {
    for conflict in &card.conflicts {
        let kind = conflict
            .kind
            .map_or_else(|| "—".to_owned(), |kind| term_within(kind, sheet.lang));
        let on = sheet.day(conflict.on);
        let said = format!("{on}  {kind}");
        sheet.field(
            4,
            ("兼務による支障", "conflict of a concurrent post"),
            &said,
        );
        sheet.maybe(6, ("内容", "text"), conflict.note.as_deref());
    }
}
