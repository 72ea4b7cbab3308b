//! A sentence in the making: parts that are there, parts that are not open, parts that nobody wrote.

use ledger_core::private::Private;
use ledger_core::time::{Day, wareki};

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

/// An amount of yen with its thousands apart.
pub(super) fn yen(amount: i64) -> String {
    format!("{}円", thousands(amount))
}

/// A number with its thousands apart.
pub(super) fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len().saturating_sub(index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

/// Hundredths of a full-time post, as people write it.
pub(super) fn full_time(hundredths: u32) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    if part % 10 == 0 {
        format!("常勤換算{whole}.{}人", part / 10)
    } else {
        format!("常勤換算{whole}.{part:02}人")
    }
}
