//! A sheet of lines in one language, and what cards share on it: days, answers, waits.

use ledger_core::id::EventId;
use ledger_core::time::Day;
use ledger_projections::card::{Answer, Wait};

use super::words::{counted, day};
use crate::lang::Lang;

/// What a card says whose texts are sealed.
pub(super) const SEALED: (&str, &str) = (
    "内容・氏名などは封印されています（--open で開きます。開いたことは記録されます）。",
    "texts and names are sealed; --open opens them, and that is recorded",
);

/// A title with the place in the list that it heads, where that is known.
pub(super) fn numbered(title: &str, number: Option<usize>) -> String {
    number.map_or_else(|| title.to_owned(), |number| format!("{title} {number}"))
}

/// Lines in one language.
pub(super) struct Sheet {
    pub(super) lang: Lang,
    text: String,
}

impl Sheet {
    /// An empty sheet.
    pub(super) const fn new(lang: Lang) -> Self {
        Self {
            lang,
            text: String::new(),
        }
    }

    /// Whichever of two words is in the sheet's language.
    pub(super) const fn pick<'a>(&self, ja: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(ja, en)
    }

    /// One line.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// One line in the sheet's language.
    pub(super) fn say(&mut self, ja: &str, en: &str) {
        self.line(self.pick(ja, en));
    }

    /// A line with its label.
    pub(super) fn field(&mut self, indent: usize, label: (&str, &str), value: &str) {
        let label = self.pick(label.0, label.1);
        self.line(&format!("{:indent$}{label}: {value}", ""));
    }

    /// A line with its label, where there is something to say.
    pub(super) fn maybe(&mut self, indent: usize, label: (&str, &str), value: Option<&str>) {
        if let Some(value) = value {
            self.field(indent, label, &value.replace('\n', " "));
        }
    }

    /// A day in words; a dash where it is unknown.
    pub(super) fn day(&self, on: Option<Day>) -> String {
        on.map_or_else(|| "—".to_owned(), |on| day(on, self.lang))
    }

    /// How long something waits or waited, in words.
    pub(super) fn wait(&self, wait: &Wait) -> String {
        let days = wait.days.map(|days| match self.lang {
            Lang::Ja => format!("{days}日"),
            Lang::En => counted(days, "day", "days"),
        });
        let state = match wait {
            Wait { overdue: true, .. } => self.pick("期限超過", "overdue"),
            Wait { open: true, .. } => self.pick("未回答", "open"),
            Wait { open: false, .. } => self.pick("済", "done"),
        };
        match days {
            Some(days) => self
                .pick(&format!("{state}（{days}）"), &format!("{state} ({days})"))
                .to_owned(),
            None => state.to_owned(),
        }
    }

    /// An answer, and the events that show it.
    pub(super) fn answer(&mut self, indent: usize, label: (&str, &str), answer: &Answer) {
        let on = self.day(answer.answered_on);
        let said = format!("{on}  {}", answer.event);
        self.field(indent, label, &said);
        let deeper = indent.saturating_add(2);
        self.maybe(deeper, ("内容", "text"), answer.text.as_deref());
        self.evidence(deeper, &answer.evidence);
    }

    /// The events that show something, each by its id.
    pub(super) fn evidence(&mut self, indent: usize, evidence: &[EventId]) {
        for event in evidence {
            self.field(indent, ("根拠となる記録", "evidence"), &event.to_string());
        }
    }

    /// Says that text is sealed, and how it is opened.
    pub(super) fn sealed(&mut self) {
        self.say(SEALED.0, SEALED.1);
    }

    /// The whole.
    pub(super) fn finish(self) -> String {
        self.text
    }
}
