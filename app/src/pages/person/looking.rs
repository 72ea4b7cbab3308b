//! How a timeline is looked at: which of it, in which order, and where both clocks stand. All of it is in the address.

use std::ops::Range;

use ledger_core::event::ExportFormat;
use ledger_core::id::Position;
use ledger_core::store::EventStore;
use ledger_core::time::{Day, Timestamp};
use ledger_projections::timeline::{CareField, EntryKind, TimelineEntry};
use serde::{Deserialize, Serialize};

use super::threads::Grouping;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::pages::day::asked_day;
use crate::pages::export;
use crate::pages::fault::Refusal;
use crate::reading::{AsAt, Clocks};
use crate::render;

/// What an address asks for; everything as it is known now, by years, where it says nothing.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(in crate::pages) struct Asked {
    /// Kinds of events, by their codes; all where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    kind: Vec<String>,
    /// Fields of care, by their codes, or `none`; all where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    field: Vec<String>,
    /// `referral` or `office`; by years where it is empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    group: String,
    /// Only what had occurred by the end of this day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    as_of: String,
    /// Only what was recorded up to this position, or by the end of this day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    as_at: String,
    /// How many screens of older events were passed.
    #[serde(default, skip_serializing_if = "is_first")]
    page: usize,
    /// `print`: without what is only for the screen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    view: String,
    /// Where something was recorded just now.
    #[serde(default, skip_serializing)]
    recorded: Option<u64>,
    /// `csv` or `xlsx`: the timeline as a file.
    #[serde(default, skip_serializing)]
    format: String,
}

/// Events on a screen: what is printed or taken along has all of them.
const SCREEN: usize = 80;

/// The code by which events of no field of care are asked for.
pub(super) const NO_FIELD: &str = "none";

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands a reference over"
)]
const fn is_first(page: &usize) -> bool {
    *page == 0
}

/// What was asked for, understood.
pub(super) struct Looking {
    asked: Asked,
    pub(super) kinds: Vec<EntryKind>,
    /// Fields of care; none among them stands for events of no field.
    pub(super) fields: Vec<Option<CareField>>,
    pub(super) grouping: Grouping,
    pub(super) clocks: Clocks,
    pub(super) is_print: bool,
    pub(super) format: Option<ExportFormat>,
}

/// Where the clocks stand, for the page.
pub(super) struct Steps {
    /// What is shown instead of the present; nothing at the present.
    pub(super) past: Option<String>,
    /// What stands in the two fields for days.
    pub(super) as_of: String,
    pub(super) as_at: String,
    /// The queries of the record before and of the next one.
    pub(super) before: Option<String>,
    pub(super) next: Option<String>,
}

impl Asked {
    /// Understands what is asked for.
    pub(super) async fn looked(
        self,
        store: &dyn EventStore,
        today: Day,
    ) -> Result<Looking, Refusal> {
        let kind = |code: &String| {
            let known = EntryKind::ALL.iter().find(|kind| kind.code() == code);
            known.copied().ok_or_else(Refusal::not_found)
        };
        let field = |code: &String| {
            let known = CareField::ALL.iter().find(|field| field.code() == code);
            match known {
                None if code == NO_FIELD => Ok(None),
                None => Err(Refusal::not_found()),
                Some(field) => Ok(Some(*field)),
            }
        };
        let as_at = match asked_record(&self.as_at)? {
            Some(as_at) => Some(as_at.position(store).await?),
            None => None,
        };
        let is_print = match self.view.as_str() {
            "" => false,
            "print" => true,
            _ => return Err(Refusal::not_found()),
        };
        Ok(Looking {
            kinds: self.kind.iter().map(kind).collect::<Result<_, _>>()?,
            fields: self.field.iter().map(field).collect::<Result<_, _>>()?,
            grouping: Grouping::of_code(&self.group).ok_or_else(Refusal::not_found)?,
            clocks: Clocks {
                as_of: asked_occurrence(&self.as_of, today)?,
                as_at,
                today,
            },
            is_print,
            format: export::format(&self.format)?,
            asked: self,
        })
    }
}

/// Up to which day what occurred is asked for; what will be on a day to come nobody knows yet.
fn asked_occurrence(text: &str, today: Day) -> Result<Option<Day>, Failure> {
    let day = asked_day(text)?;
    if day.is_some_and(|day| day > today) {
        return Err(Failure::refused(
            "FUTURE_DAY",
            "時点は今日までの日にしてください。",
            "the day lies in the future",
        )
        .hint(
            "これからの予定は、時点を指定しない画面の下にあります。",
            "what is due stands below on the page of today",
        ));
    }
    Ok(day)
}

/// Up to where records are asked for: a position, or a day in either calendar.
fn asked_record(text: &str) -> Result<Option<AsAt>, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        Failure::refused(
            "BAD_RECORD",
            "記録時点を読み取れません。",
            "this is neither a position nor a day",
        )
        .hint(
            "2024-03-31、R6.3.31 のような日付か、記録の位置を入力してください。",
            "such as 2024-03-31, or a position",
        )
    })
}

impl Looking {
    /// Whether it is the present that is looked at, at which alone something is recorded.
    pub(super) const fn is_now(&self) -> bool {
        self.clocks.as_of.is_none() && self.clocks.as_at.is_none()
    }

    /// Whether an event is of a kind and of a field of care that are asked for.
    pub(super) fn wants(&self, entry: &TimelineEntry) -> bool {
        let asked = |kind: &EntryKind| self.kinds.contains(kind);
        let is_of_kind = self.kinds.is_empty() || entry.kinds().iter().any(asked);
        is_of_kind && (self.fields.is_empty() || self.wants_any(&entry.care_fields))
    }

    fn wants_any(&self, fields: &[CareField]) -> bool {
        let asked = |field: &CareField| self.fields.contains(&Some(*field));
        fields.iter().any(asked) || (fields.is_empty() && self.fields.contains(&None))
    }

    /// The query that asks for this, changed.
    pub(super) fn query(&self, change: impl FnOnce(&mut Asked)) -> String {
        let mut asked = self.asked.clone();
        change(&mut asked);
        serde_html_form::to_string(asked).unwrap_or_default()
    }

    /// The query of everything, whatever its kind and field.
    pub(super) fn all(&self) -> String {
        self.query(|asked| {
            asked.kind.clear();
            asked.field.clear();
            asked.page = 0;
        })
    }

    /// Which of so many events, oldest first, stand on the screen.
    pub(super) fn window(&self, count: usize) -> Range<usize> {
        if self.is_print {
            return 0..count;
        }
        let end = count.saturating_sub(self.asked.page.saturating_mul(SCREEN));
        end.saturating_sub(SCREEN)..end
    }

    /// The query of the events before these.
    pub(super) fn older(&self) -> String {
        self.query(|asked| asked.page = asked.page.saturating_add(1))
    }

    /// The query of the events after these.
    pub(super) fn newer(&self) -> String {
        self.query(|asked| asked.page = asked.page.saturating_sub(1))
    }

    /// The query of the view that is printed.
    pub(super) fn printed(&self) -> String {
        self.query(|asked| {
            "print".clone_into(&mut asked.view);
            asked.page = 0;
        })
    }

    /// The query of the view on the screen.
    pub(super) fn on_screen(&self) -> String {
        self.query(|asked| asked.view.clear())
    }

    /// What a form of the page carries along beside its own fields.
    pub(super) fn carried(&self, own: &[&str]) -> Vec<(&'static str, String)> {
        let kinds = self.asked.kind.iter().map(|kind| ("kind", kind.clone()));
        let fields = self.asked.field.iter();
        let fields = fields.map(|field| ("field", field.clone()));
        let asked = &self.asked;
        let others = [
            ("group", &asked.group),
            ("as_of", &asked.as_of),
            ("as_at", &asked.as_at),
        ];
        let others = others.into_iter().map(|(name, text)| (name, text.clone()));
        let all = kinds.chain(fields).chain(others);
        let kept = all.filter(|(name, text)| !own.contains(name) && !text.is_empty());
        kept.collect()
    }

    /// Where something was recorded just now.
    pub(super) fn recorded(&self) -> Option<Position> {
        self.asked.recorded.map(Position::new)
    }

    /// What the export's links ask for.
    pub(super) const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Where the clocks stand among the records of the person.
    pub(super) fn steps(&self, own: &[(Position, Timestamp)], lang: Lang) -> Steps {
        let at = self.clocks.as_at;
        let is_known = |position: Position| at.is_none_or(|at| position <= at);
        let known = own.partition_point(|(position, _)| is_known(*position));
        let to = |place: Option<usize>| {
            let (position, _) = own.get(place?)?;
            let text = position.to_string();
            Some(self.query(|asked| {
                asked.as_at = text;
                asked.page = 0;
            }))
        };
        let last = known.checked_sub(1).and_then(|last| own.get(last));
        let recorded = last.map(|(_, at)| *at);
        let typed = asked_day(&self.asked.as_at).ok().flatten();
        let typed = typed.or_else(|| recorded.map(Timestamp::day_in_japan));
        Steps {
            past: self.past(last.copied(), lang),
            as_of: self
                .clocks
                .as_of
                .map(|day| day.to_string())
                .unwrap_or_default(),
            as_at: typed
                .filter(|_| at.is_some())
                .map(|day| day.to_string())
                .unwrap_or_default(),
            before: to(known.checked_sub(2)),
            next: to(at.map(|_| known)),
        }
    }

    /// Which state is shown, where it is not the present one.
    fn past(&self, last: Option<(Position, Timestamp)>, lang: Lang) -> Option<String> {
        let occurred = self.clocks.as_of.map(|day| {
            let day = render::day(day, lang);
            match lang {
                Lang::Ja => format!("{day}までの出来事（時点）"),
                Lang::En => format!("what had occurred by {day}"),
            }
        });
        let recorded = self.clocks.as_at.zip(last).map(|(_, (position, at))| {
            let at = at.in_japan();
            let (day, time) = (render::day(at.date(), lang), at.format("%H:%M"));
            match lang {
                Lang::Ja => format!("{day} {time}の記録 #{position} まで（記録時点）"),
                Lang::En => format!("what was recorded up to #{position} of {day} {time}"),
            }
        });
        let both: Vec<String> = occurred.into_iter().chain(recorded).collect();
        (!both.is_empty()).then(|| both.join(lang.pick("、", ", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looking(page: usize, is_print: bool) -> Looking {
        Looking {
            asked: Asked {
                page,
                ..Asked::default()
            },
            kinds: Vec::new(),
            fields: Vec::new(),
            grouping: Grouping::Years,
            clocks: Clocks {
                as_of: None,
                as_at: None,
                today: Day::default(),
            },
            is_print,
            format: None,
        }
    }

    #[test]
    fn every_event_stands_on_one_screen_and_paper_has_them_all() {
        assert_eq!(looking(0, false).window(3), 0..3);
        assert_eq!(looking(0, false).window(230), 150..230);
        assert_eq!(looking(1, false).window(230), 70..150);
        assert_eq!(looking(2, false).window(230), 0..70);
        assert_eq!(looking(9, false).window(230), 0..0);
        assert_eq!(looking(1, true).window(230), 0..230);
        assert_eq!(looking(1, false).older(), "page=2");
        assert_eq!(looking(1, false).newer(), "");
    }
}
