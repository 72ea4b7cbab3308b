//! Which events somebody asks for, as the address of the page says it.

use ledger_core::code::Area;
use ledger_core::event::Event;
use ledger_core::id::Position;
use ledger_core::store::Direction;
use ledger_core::time::Day;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::pages::day::day_of;
use crate::pages::fault::Refusal;
use crate::render;

/// What is asked for; every event, newest first, where nothing is said.
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
    /// Happened on this day or later.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) occurred_from: String,
    /// Happened on this day or earlier.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) occurred_to: String,
    /// `no`: only those that do not say when they happened.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) dated: String,
    /// Begin at this day, of recording or, in the order of what happened, of that: at its first event, or at its last
    /// where the newest come first.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) day: String,
    /// Begin at this position.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) from: String,
    /// `old`: the oldest first; `occurred` and `occurred-old`: by when they happened.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::pages) order: String,
    /// `csv` or `xlsx`: the list as a file.
    #[serde(skip_serializing)]
    pub(in crate::pages) format: String,
}

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
            &mut self.day,
            &mut self.occurred_from,
            &mut self.occurred_to,
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
            && fits(&self.dated, &["no"])
            && fits(&self.order, &["old", "occurred", "occurred-old"]);
        if !fits {
            return Err(Refusal::not_found());
        }
        self.at_least()?;
        self.position()?;
        if self.day()?.is_some() && !self.from.is_empty() {
            return Err(two_beginnings().into());
        }
        match self.occurred()? {
            (Some(from), Some(to)) if from > to => Err(no_such_days().into()),
            (Some(_), _) | (_, Some(_)) if self.is_undated() => Err(no_day_in_range().into()),
            (Some(_) | None, Some(_) | None) => Ok(self),
        }
    }

    /// From which and up to which day they happened.
    ///
    /// # Errors
    /// [`Failure`] where one is no day.
    pub(in crate::pages) fn occurred(&self) -> Result<(Option<Day>, Option<Day>), Failure> {
        let from = day_of(
            ("出来事の日（から）", "Occurred on or after"),
            &self.occurred_from,
        )?;
        let to = day_of(
            ("出来事の日（まで）", "Occurred on or before"),
            &self.occurred_to,
        )?;
        Ok((from, to))
    }

    /// The day at which the list begins.
    ///
    /// # Errors
    /// [`Failure`] where it is no day.
    pub(in crate::pages) fn day(&self) -> Result<Option<Day>, Failure> {
        let name = if self.is_by_occurrence() {
            ("出来事の日", "Occurred on")
        } else {
            ("記録した日", "Recorded on")
        };
        day_of(name, &self.day)
    }

    /// Whether only those are asked for that do not say when they happened.
    pub(in crate::pages) fn is_undated(&self) -> bool {
        self.dated == "no"
    }

    /// Whether the list goes by when they happened; what does not say when goes by its recording.
    pub(in crate::pages) fn is_by_occurrence(&self) -> bool {
        self.order.starts_with("occurred") && !self.is_undated()
    }

    /// Whether what does not say when it happened is left out.
    pub(in crate::pages) fn leaves_undated_out(&self) -> bool {
        let is_ranged = !self.occurred_from.is_empty() || !self.occurred_to.is_empty();
        is_ranged || self.is_by_occurrence()
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
        if self.order.ends_with("old") {
            Direction::Forwards
        } else {
            Direction::Backwards
        }
    }

    /// Whether the oldest come first, by recording or by when they happened.
    pub(in crate::pages) fn is_oldest_first(&self) -> bool {
        self.direction() == Direction::Forwards
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

    /// The query for what is left out as it does not say when it happened.
    pub(in crate::pages) fn undated(&self) -> String {
        let order = match self.direction() {
            Direction::Forwards => "old",
            Direction::Backwards => "",
        };
        let undated = Self {
            occurred_from: String::new(),
            occurred_to: String::new(),
            day: String::new(),
            from: String::new(),
            dated: "no".to_owned(),
            order: order.to_owned(),
            ..self.clone()
        };
        undated.query()
    }
}

/// A list begins at one place.
fn two_beginnings() -> Failure {
    Failure::refused(
        "TWO_BEGINNINGS",
        "「日」と「位置」の両方から始めることはできません。",
        "the list can begin at a day or at a position, not both",
    )
    .hint(
        "どちらか一方を空にしてください。",
        "leave one of the two empty",
    )
}

/// The days lie the wrong way round.
fn no_such_days() -> Failure {
    Failure::refused(
        "NO_SUCH_DAYS",
        "「出来事の日」の始まりが終わりより後になっています。",
        "the first day of occurrence lies after the last one",
    )
    .hint("二つの日を入れ替えてください。", "exchange the two days")
}

/// What has no day lies between none.
fn no_day_in_range() -> Failure {
    Failure::refused(
        "NO_DAY_IN_RANGE",
        "日付不明の記録を「出来事の日」で絞り込むことはできません。",
        "events without a date cannot be narrowed down by the day on which they occurred",
    )
    .hint(
        "「出来事の日」を空にするか、「日付」を「すべて」にしてください。",
        "leave the days of occurrence empty, or ask for all dates",
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
