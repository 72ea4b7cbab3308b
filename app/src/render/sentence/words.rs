//! A sentence in the making: parts that are there, parts that are not open, parts that nobody wrote.

use ledger_core::private::Private;
use ledger_core::time::{Day, wareki};

use super::super::amounts;
use crate::lang::Lang;

/// The parts of an event's sentence, in their order.
pub(super) struct Words {
    hidden: &'static str,
    parts: Vec<String>,
}

impl Words {
    /// Nothing said yet; `hidden` stands where a text is not open.
    pub(super) const fn new(hidden: &'static str) -> Self {
        Self {
            hidden,
            parts: Vec::new(),
        }
    }

    /// Says something.
    pub(super) fn say(&mut self, part: impl Into<String>) -> &mut Self {
        let part = part.into();
        if !part.is_empty() {
            self.parts.push(part);
        }
        self
    }

    /// Says something that is known of the event alone where there is one.
    pub(super) fn maybe(&mut self, part: Option<String>) -> &mut Self {
        self.say(part.unwrap_or_default())
    }

    /// Says a private text behind its label, or that it is not open; nothing where nobody wrote one.
    pub(super) fn text(&mut self, label: &str, text: &Private<Option<String>>) -> &mut Self {
        match text {
            Private::Open(Some(text)) => self.say(format!("{label}：{}", text.replace('\n', " "))),
            Private::Open(None) => self,
            Private::Closed => self.say(format!("{label}：{}", self.hidden)),
        }
    }

    /// Says private texts behind their label, or that they are not open.
    pub(super) fn texts(&mut self, label: &str, texts: &Private<Vec<String>>) -> &mut Self {
        match texts {
            Private::Open(texts) if texts.is_empty() => self,
            Private::Open(texts) => self.say(format!("{label}：{}", texts.join("、"))),
            Private::Closed => self.say(format!("{label}：{}", self.hidden)),
        }
    }

    /// Says a day behind its label, where there is one.
    pub(super) fn day(&mut self, label: &str, day: Option<Day>) -> &mut Self {
        self.maybe(day.map(|day| format!("{label}：{}", wareki(day))))
    }

    /// The whole, as one or several sentences.
    pub(super) fn finish(self) -> String {
        let ended = self.parts.into_iter().map(|part| {
            if part.ends_with(['。', '？', '！']) {
                part
            } else {
                part + "。"
            }
        });
        ended.collect()
    }
}

/// Japanese terms of codes, one after the other.
pub(super) fn terms<T: Copy>(codes: &[T], ja: fn(T) -> &'static str) -> String {
    let terms: Vec<&str> = codes.iter().map(|code| ja(*code)).collect();
    terms.join("、")
}

/// An amount of yen.
pub(super) fn yen(amount: i64) -> String {
    amounts::yen(amount, Lang::Ja)
}

/// Hundredths of a full-time post.
pub(super) fn full_time(hundredths: u32) -> String {
    amounts::full_time(hundredths, Lang::Ja)
}
