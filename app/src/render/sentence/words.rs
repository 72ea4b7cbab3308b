//! A sentence in the making: parts that are there, parts that are not open, parts that nobody wrote.

use ledger_core::code::Coded;
use ledger_core::private::Private;
use ledger_core::time::{Day, FiscalYear};

use super::super::{amounts, words};
use crate::lang::Lang;

/// What stands before something, in both languages.
pub(super) type Label = (&'static str, &'static str);

/// What was done, asked or said.
pub(super) const CONTENT: Label = ("内容", "Content");
/// Why.
pub(super) const REASON: Label = ("理由", "Reason");
/// What else there is to say.
pub(super) const NOTE: Label = ("備考", "Note");
/// Who of the centre did it.
pub(super) const STAFF: Label = ("担当", "In charge");
/// A person's name.
pub(super) const NAME: Label = ("氏名", "Name");
/// An area of the ward.
pub(super) const AREA: Label = ("総合支所", "Area");
/// What came of it.
pub(super) const RESULT: Label = ("結果", "Result");
/// With whom.
pub(super) const OTHER_SIDE: Label = ("相手", "To");
/// What was answered.
pub(super) const ANSWER: Label = ("回答", "Answer");
/// When somebody leaves hospital.
pub(super) const DISCHARGE: Label = ("退院予定日", "Discharge planned for");

/// The parts of an event's sentence, in their order.
pub(super) struct Words {
    /// The language in which it is told.
    pub(super) lang: Lang,
    hidden: &'static str,
    parts: Vec<String>,
}

impl Words {
    /// Nothing said yet; `hidden` stands where a text is not open.
    pub(super) const fn new(hidden: &'static str, lang: Lang) -> Self {
        Self {
            lang,
            hidden,
            parts: Vec::new(),
        }
    }

    fn part(&mut self, part: String) -> &mut Self {
        if !part.is_empty() {
            self.parts.push(part);
        }
        self
    }

    /// Says something; an English part begins with a capital letter.
    pub(super) fn say(&mut self, ja: impl Into<String>, en: impl Into<String>) -> &mut Self {
        let part = match self.lang {
            Lang::Ja => ja.into(),
            Lang::En => words::begun(&en.into()),
        };
        self.part(part)
    }

    /// Says something behind its label.
    pub(super) fn labelled(&mut self, label: Label, said: &str) -> &mut Self {
        let part = match (self.lang, label) {
            (Lang::Ja, (label, _)) => format!("{label}：{said}"),
            (Lang::En, (_, label)) => format!("{label}: {said}"),
        };
        self.part(part)
    }

    /// Says in its own words what was recorded; in English behind a label.
    pub(super) fn quote(&mut self, label: &str, said: &str) -> &mut Self {
        match self.lang {
            Lang::Ja => self.part(said.to_owned()),
            Lang::En if said.is_empty() => self,
            Lang::En => self.part(format!("{label}: {said}")),
        }
    }

    /// Says a code's term behind its label, where there is one.
    pub(super) fn coded<C: Coded>(&mut self, label: Label, code: Option<C>) -> &mut Self {
        match code {
            Some(code) => self.labelled(label, &self.term(code)),
            None => self,
        }
    }

    /// Says the terms of codes behind their label, where there are any.
    pub(super) fn listed<C: Coded>(&mut self, label: Label, codes: &[C]) -> &mut Self {
        if codes.is_empty() {
            return self;
        }
        self.labelled(label, &self.terms(codes))
    }

    /// Says a private text behind its label, or that it is not open; nothing where nobody wrote one.
    pub(super) fn text(&mut self, label: Label, text: &Private<Option<String>>) -> &mut Self {
        match text {
            Private::Open(Some(text)) => self.labelled(label, &text.replace('\n', " ")),
            Private::Open(None) => self,
            Private::Closed => self.labelled(label, self.hidden),
        }
    }

    /// Says private texts behind their label, or that they are not open.
    pub(super) fn texts(&mut self, label: Label, texts: &Private<Vec<String>>) -> &mut Self {
        match texts {
            Private::Open(texts) if texts.is_empty() => self,
            Private::Open(texts) => self.labelled(label, &texts.join(self.lang.pick("、", ", "))),
            Private::Closed => self.labelled(label, self.hidden),
        }
    }

    /// Says a day behind its label, where there is one.
    pub(super) fn day(&mut self, label: Label, day: Option<Day>) -> &mut Self {
        match day {
            Some(day) => self.labelled(label, &self.on(day)),
            None => self,
        }
    }

    /// Says how long it took, where that is known.
    pub(super) fn minutes(&mut self, minutes: Option<u32>) -> &mut Self {
        let Some(minutes) = minutes else { return self };
        self.say(
            format!("{minutes}分"),
            words::counted(minutes, "minute", "minutes"),
        )
    }

    /// Says a level of as many as there are, where it was said.
    pub(super) fn level(&mut self, (ja, en): Label, level: Option<u32>, of: u32) -> &mut Self {
        let Some(level) = level else { return self };
        self.say(format!("{ja} {level}/{of}"), format!("{en} {level}/{of}"))
    }

    /// A code's term.
    pub(super) fn term<C: Coded>(&self, code: C) -> String {
        words::term_within(code, self.lang)
    }

    /// Terms of codes, one after the other.
    pub(super) fn terms<C: Coded>(&self, codes: &[C]) -> String {
        let terms: Vec<String> = codes.iter().map(|code| self.term(*code)).collect();
        terms.join(self.lang.pick("、", ", "))
    }

    /// A code's term in brackets behind something else; nothing where there is no code.
    pub(super) fn aside<C: Coded>(&self, code: Option<C>) -> String {
        let Some(code) = code else {
            return String::new();
        };
        let term = self.term(code);
        match self.lang {
            Lang::Ja => format!("（{term}）"),
            Lang::En => format!(" ({term})"),
        }
    }

    /// A day in words.
    pub(super) fn on(&self, day: Day) -> String {
        words::day(day, self.lang)
    }

    /// A fiscal year in words.
    pub(super) fn year(&self, year: FiscalYear) -> String {
        words::fiscal_year(year, self.lang)
    }

    /// An amount of yen.
    pub(super) fn yen(&self, amount: i64) -> String {
        amounts::yen(amount, self.lang)
    }

    /// Hundredths of a full-time post.
    pub(super) fn full_time(&self, hundredths: u32) -> String {
        amounts::full_time(hundredths, self.lang)
    }

    /// The whole, as one or several sentences.
    pub(super) fn finish(self) -> String {
        let (stop, gap) = match self.lang {
            Lang::Ja => ("。", ""),
            Lang::En => (".", " "),
        };
        let is_ended = |part: &str| match self.lang {
            Lang::Ja => part.ends_with(['。', '？', '！']),
            Lang::En => part.ends_with(['.', '?', '!', '。', '？', '！']),
        };
        let ended = self
            .parts
            .into_iter()
            .map(|part| if is_ended(&part) { part } else { part + stop });
        ended.collect::<Vec<_>>().join(gap)
    }
}
