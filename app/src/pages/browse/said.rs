//! The filters that are on, in words, each with the way to take it off.

use ledger_core::code::Area;
use ledger_core::store::Direction;

use super::Asked;
use crate::lang::Lang;
use crate::render;

/// A filter that is on, and the query without it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::pages) struct Chip {
    pub(in crate::pages) said: String,
    pub(in crate::pages) without: String,
}

/// A field of what is asked.
type Field = fn(&mut Asked) -> &mut String;

impl Asked {
    /// The filters that are on, each with the way to take it off.
    pub(in crate::pages) fn chips(&self, lang: Lang) -> Vec<Chip> {
        let mut chips = Vec::new();
        for (field, said) in self.said(lang) {
            let mut without = Self {
                // Another list begins at its beginning.
                from: String::new(),
                ..self.clone()
            };
            field(&mut without).clear();
            let without = without.query();
            chips.push(Chip { said, without });
        }
        chips
    }

    /// Each filter that is on, in words.
    fn said(&self, lang: Lang) -> Vec<(Field, String)> {
        let area = self.area.parse::<Area>().ok();
        let area = area.map(|area| render::code_term(area.code(), area.ja(), lang));
        let area = area.unwrap_or_default();
        let amended = match (self.amended.as_str(), lang) {
            ("yes", _) => lang.pick("訂正・取消あり", "Corrected or annulled"),
            _ => lang.pick("訂正・取消なし", "Neither corrected nor annulled"),
        };
        let delay = match lang {
            Lang::Ja => format!("記録の遅れ {}日以上", self.delay),
            Lang::En => format!("Recorded {} or more days late", self.delay),
        };
        let titled = |ja: &str, en: &str, said: &str| format!("{}: {said}", lang.pick(ja, en));
        let kind = titled("種類", "Kind", render::event_title(&self.kind, lang));
        let category = render::category_title(&self.category, lang);
        let category = titled("分類", "Category", category);
        let all: [(&String, Field, String); 7] = [
            (&self.kind, |it| &mut it.kind, kind),
            (&self.category, |it| &mut it.category, category),
            (
                &self.stream,
                |it| &mut it.stream,
                titled("ストリーム", "Stream", &self.stream),
            ),
            (
                &self.by,
                |it| &mut it.by,
                titled("記録者", "Recorded by", &self.by),
            ),
            (
                &self.area,
                |it| &mut it.area,
                titled("総合支所", "Area", &area),
            ),
            (&self.amended, |it| &mut it.amended, amended.to_owned()),
            (&self.delay, |it| &mut it.delay, delay),
        ];
        let all = all.into_iter().chain(self.said_of_places(lang));
        let on = all.filter(|(text, ..)| !text.is_empty());
        on.map(|(_, field, said)| (field, said)).collect()
    }

    /// Each filter by days and places in the log, in words, whether it is on or not.
    fn said_of_places(&self, lang: Lang) -> [(&String, Field, String); 5] {
        [
            (
                &self.occurred_from,
                |it| &mut it.occurred_from,
                happened(&self.occurred_from, Direction::Forwards, lang),
            ),
            (
                &self.occurred_to,
                |it| &mut it.occurred_to,
                happened(&self.occurred_to, Direction::Backwards, lang),
            ),
            (
                &self.dated,
                |it| &mut it.dated,
                lang.pick("日付不明の記録だけ", "Without a date only")
                    .to_owned(),
            ),
            (&self.day, |it| &mut it.day, self.begun(lang)),
            (
                &self.from,
                |it| &mut it.from,
                format!("{}: #{}", lang.pick("位置", "From"), self.from),
            ),
        ]
    }

    /// The day at which the list begins.
    fn begun(&self, lang: Lang) -> String {
        if self.is_by_occurrence() {
            return happened(&self.day, self.direction(), lang);
        }
        let day = &self.day;
        match (lang, self.direction()) {
            (Lang::Ja, Direction::Forwards) => format!("{day}以後に記録"),
            (Lang::En, Direction::Forwards) => format!("Recorded on {day} or later"),
            (Lang::Ja, Direction::Backwards) => format!("{day}以前に記録"),
            (Lang::En, Direction::Backwards) => format!("Recorded on {day} or earlier"),
        }
    }
}

/// That something happened on a day, or on its one side.
fn happened(day: &str, side: Direction, lang: Lang) -> String {
    match (lang, side) {
        (Lang::Ja, Direction::Forwards) => format!("{day}以後の出来事"),
        (Lang::En, Direction::Forwards) => format!("Occurred on {day} or later"),
        (Lang::Ja, Direction::Backwards) => format!("{day}以前の出来事"),
        (Lang::En, Direction::Backwards) => format!("Occurred on {day} or earlier"),
    }
}
