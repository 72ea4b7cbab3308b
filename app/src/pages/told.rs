//! What the program tells with what people wrote in it: which words of an English page are Japanese.

use std::fmt;

use askama::filters::{Escaper as _, Html, HtmlSafe};
use askama::{FastWritable, Values};

use super::language::is_japanese;

/// A text as HTML; where asked for, what is Japanese is marked.
pub(super) struct ToldHtml<'t> {
    text: &'t str,
    marks: bool,
}

impl<'t> ToldHtml<'t> {
    pub(super) const fn of(text: &'t str, marks: bool) -> Self {
        Self { text, marks }
    }

    fn write(&self, to: &mut dyn fmt::Write) -> fmt::Result {
        if !self.marks {
            return Html.write_escaped_str(to, self.text);
        }
        for run in runs(self.text) {
            if run.is_japanese {
                to.write_str("<span lang=\"ja\">")?;
            }
            Html.write_escaped_str(&mut *to, run.text)?;
            if run.is_japanese {
                to.write_str("</span>")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for ToldHtml<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(to)
    }
}

impl FastWritable for ToldHtml<'_> {
    fn write_into(&self, to: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.write(to)?)
    }
}

/// What is no markup in it is escaped.
impl HtmlSafe for ToldHtml<'_> {}

/// Words that follow each other and are of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run<'t> {
    text: &'t str,
    is_japanese: bool,
}

/// Signs of the program around what people wrote, which are no part of it.
const AROUND: [char; 9] = ['.', ',', ';', ':', '(', ')', '"', '?', '!'];

/// The runs of a text, from its beginning to its end; nothing is lost between them.
fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some((first, last)) = next(rest) {
        let (before, behind) = rest.split_at(first);
        let (japanese, behind) = behind.split_at(last.saturating_sub(first));
        push(&mut runs, before, false);
        push(&mut runs, japanese, true);
        rest = behind;
    }
    push(&mut runs, rest, false);
    runs
}

fn push<'t>(runs: &mut Vec<Run<'t>>, text: &'t str, is_japanese: bool) {
    if !text.is_empty() {
        runs.push(Run { text, is_japanese });
    }
}

/// Where the first words with Japanese in them begin and end; none where there are none.
fn next(text: &str) -> Option<(usize, usize)> {
    let words = words(text).into_iter();
    let mut own = words
        .skip_while(|(_, word)| !word.chars().any(is_japanese))
        .take_while(|(_, word)| word.chars().any(is_japanese));
    let (at, word) = own.next()?;
    let begun = word.trim_start_matches(AROUND);
    let first = at.saturating_add(word.len().saturating_sub(begun.len()));
    let (at, word) = own.last().unwrap_or((at, word));
    let last = at.saturating_add(word.trim_end_matches(AROUND).len());
    Some((first, last))
}

/// Every word with where it begins.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0_usize;
    let words = text.split(' ').map(|word| {
        let here = at;
        at = at.saturating_add(word.len()).saturating_add(1);
        (here, word)
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn japanese(text: &str) -> Vec<&str> {
        let told: String = runs(text).iter().map(|run| run.text).collect();
        assert_eq!(told, text, "nothing is lost");
        let runs = runs(text).into_iter();
        let own = runs.filter(|run| run.is_japanese).map(|run| run.text);
        own.collect()
    }

    #[test]
    fn what_people_wrote_is_told_from_the_words_of_the_program() {
        for (text, own) in [
            ("", vec![]),
            ("Referral withdrawn.", vec![]),
            ("就学の相談", vec!["就学の相談"]),
            (
                "Name: 見本　和子. Relation: 母. Contact: 03-1234-5678.",
                vec!["見本　和子", "母"],
            ),
            ("Facility registered: (見本園) (nursery).", vec!["見本園"]),
            (
                "Content: 受診 の 相談をした。",
                vec!["受診 の 相談をした。"],
            ),
            ("Content: ICU で「見た」", vec!["で「見た」"]),
        ] {
            assert_eq!(japanese(text), own, "{text}");
        }
    }

    fn html(text: &str, marks: bool) -> String {
        ToldHtml::of(text, marks).to_string()
    }

    #[test]
    fn what_is_told_is_escaped_in_either_language() {
        assert_eq!(
            html("Name: <b>母</b>.", true),
            "Name: <span lang=\"ja\">&#60;b&#62;母&#60;/b&#62;</span>."
        );
        assert_eq!(html("<b>母</b>", false), "&#60;b&#62;母&#60;/b&#62;");
    }
}
