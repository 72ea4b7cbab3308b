//! Which events somebody asks for, as the address of the page says it.

use ledger_core::code::Area;
use ledger_core::event::Event;
use ledger_core::id::Position;
use ledger_core::store::Direction;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::lang::Lang;
use crate::pages::day::asked_day;
use crate::pages::fault::Refusal;
use crate::render;

/// What is asked for; every event, the newest first, where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(in crate::pages) struct Asked {
    /// A type's name.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) kind: String,
    /// A category of streams.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) category: String,
    /// The beginning of streams' names.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) stream: String,
    /// Who recorded it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) by: String,
    /// The area in which the person lives.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) area: String,
    /// `yes`: a later event says something about it; `no`: none does.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) amended: String,
    /// Recorded so many days after it happened, or more.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) delay: String,
    /// Begin at this day of recording: at its first event, or at its last where the newest come first.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) day: String,
    /// Begin at this position.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) from: String,
    /// `old`: the oldest first.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) order: String,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(skip_serializing)]
    pub(in crate::pages) format: String,
}

/// A filter that is on, and the query without it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::pages) struct Chip {
    pub(in crate::pages) said: String,
    pub(in crate::pages) without: String,
}

/// A field of what is asked.
type Field = fn(&mut Asked) -> &mut String;

impl Asked {
    /// The same without spaces around what was typed.
    ///
    /// # Errors
    /// [`Refusal`] where a choice is none of those that the page offers, or a field does not hold what it
    /// asks for.
    pub(in crate::pages) fn checked(mut self) -> Result<Self, Refusal> {
        for field in [
            &mut self.stream,
            &mut self.by,
            &mut self.delay,
            &mut self.from,
        ] {
            *field = field.trim().to_owned();
        }
        let knows_kind = Event::info_of(&self.kind).is_some();
        let knows_area = self.area.parse::<Area>().is_ok();
        let fits = |text: &str, all: &[&str]| text.is_empty() || all.contains(&text);
        let fits = (self.kind.is_empty() || knows_kind)
            && (self.area.is_empty() || knows_area)
            && fits(&self.category, render::CATEGORIES)
            && fits(&self.amended, &["yes", "no"])
            && fits(&self.order, &["old"]);
        if !fits {
            return Err(Refusal::not_found());
        }
        self.at_least()?;
        self.position()?;
        if asked_day(&self.day)?.is_some() && !self.from.is_empty() {
            return Err(two_beginnings().into());
        }
        Ok(self)
    }

    /// The fewest days between what happened and its recording.
    ///
    /// # Errors
    /// [`Failure`] where it is no number.
    pub(in crate::pages) fn at_least(&self) -> Result<Option<i64>, Failure> {
        Ok(number("記録の遅れ", "the delay", &self.delay)?.map(i64::from))
    }

    /// The position at which the list begins.
    ///
    /// # Errors
    /// [`Failure`] where it is no number.
    pub(in crate::pages) fn position(&self) -> Result<Option<Position>, Failure> {
        let from = number("位置", "the position", &self.from)?;
        Ok(from.map(|from| Position::new(u64::from(from))))
    }

    /// The way along the log.
    pub(in crate::pages) fn direction(&self) -> Direction {
        if self.order == "old" {
            Direction::Forwards
        } else {
            Direction::Backwards
        }
    }

    /// The query for the same.
    pub(in crate::pages) fn query(&self) -> String {
        serde_html_form::to_string(self).unwrap_or_default()
    }

    /// The query for the same from another position on.
    pub(in crate::pages) fn from(&self, position: u64) -> String {
        let from = Self {
            from: position.to_string(),
            day: String::new(),
            ..self.clone()
        };
        from.query()
    }

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
            ("yes", _) => lang.pick("訂正・取消あり", "corrected or annulled"),
            _ => lang.pick("訂正・取消なし", "neither corrected nor annulled"),
        };
        let delay = match lang {
            Lang::Ja => format!("記録の遅れ {}日以上", self.delay),
            Lang::En => format!("recorded {} or more days late", self.delay),
        };
        let day = match (lang, self.direction()) {
            (Lang::Ja, Direction::Forwards) => format!("{}以後に記録", self.day),
            (Lang::En, Direction::Forwards) => format!("recorded on {} or later", self.day),
            (Lang::Ja, Direction::Backwards) => format!("{}以前に記録", self.day),
            (Lang::En, Direction::Backwards) => format!("recorded on {} or earlier", self.day),
        };
        let titled = |ja: &str, en: &str, said: &str| format!("{}: {said}", lang.pick(ja, en));
        let kind = titled("種類", "type", render::event_title(&self.kind, lang));
        let category = render::category_title(&self.category, lang);
        let category = titled("分類", "category", category);
        let all: [(&String, Field, String); 9] = [
            (&self.kind, |it| &mut it.kind, kind),
            (&self.category, |it| &mut it.category, category),
            (
                &self.stream,
                |it| &mut it.stream,
                titled("ストリーム", "stream", &self.stream),
            ),
            (&self.by, |it| &mut it.by, titled("記録者", "by", &self.by)),
            (
                &self.area,
                |it| &mut it.area,
                titled("総合支所", "area", &area),
            ),
            (&self.amended, |it| &mut it.amended, amended.to_owned()),
            (&self.delay, |it| &mut it.delay, delay),
            (&self.day, |it| &mut it.day, day),
            (
                &self.from,
                |it| &mut it.from,
                titled("位置", "from", &format!("#{}", self.from)),
            ),
        ];
        let on = all.into_iter().filter(|(text, ..)| !text.is_empty());
        on.map(|(_, field, said)| (field, said)).collect()
    }
}

/// A list begins at one place.
fn two_beginnings() -> Failure {
    Failure::refused(
        "TWO_BEGINNINGS",
        "「日」と「位置」の両方から始めることはできません。",
        "the list begins at a day or at a position, not at both",
    )
    .hint(
        "どちらか一方を空にしてください。",
        "leave one of the two empty",
    )
}

/// A number that somebody typed; none where the field is empty.
fn number(ja: &str, en: &str, text: &str) -> Result<Option<u32>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        Failure::refused(
            "BAD_NUMBER",
            format!("「{ja}」は数字で入力してください（{text}とあります）。"),
            format!("{en} is a number; {text} was given"),
        )
    })
}
