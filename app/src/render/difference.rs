//! What changed between two texts, word for word.

use similar::{ChangeTag, TextDiff};

/// A run of text that stayed, came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The text.
    pub text: String,
    /// It is only in the later text.
    pub is_new: bool,
    /// It was only in the earlier text.
    pub is_gone: bool,
}

/// The runs of two texts in the order of reading. Japanese has no spaces between words: characters are compared, and a
/// run is as long as it can be. A number or a date is one thing: of 令和6年2月 and 令和9年11月 nothing stayed.
#[must_use]
pub fn changed_words(before: &str, after: &str) -> Vec<Change> {
    let (before, after) = (parts(before), parts(after));
    let difference = TextDiff::from_slices(&before, &after);
    let mut runs: Vec<Change> = Vec::new();
    for change in difference.iter_all_changes() {
        let (is_new, is_gone) = match change.tag() {
            ChangeTag::Equal => (false, false),
            ChangeTag::Insert => (true, false),
            ChangeTag::Delete => (false, true),
        };
        match runs.last_mut() {
            Some(run) if (run.is_new, run.is_gone) == (is_new, is_gone) => {
                run.text.push_str(change.value());
            },
            _ => runs.push(Change {
                text: change.value().to_owned(),
                is_new,
                is_gone,
            }),
        }
    }
    runs
}

/// What stands between the numbers of one date or time.
const WITHIN: &str = "年月日時分元-/.:：";
/// What the name of an era is made of, which stands before its year.
const ERAS: &str = "明治大正昭和平成令";

/// The characters of a text, a number or date as one part.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = dated(rest).max(first.len_utf8());
        let (part, behind) = rest.split_at(length);
        parts.push(part);
        rest = behind;
    }
    parts
}

/// How many bytes at the beginning are a number or a date.
fn dated(text: &str) -> usize {
    let behind = text.trim_start_matches(|c| ERAS.contains(c));
    let is_part = |c: char| c.is_numeric() || WITHIN.contains(c);
    let begins = behind.chars().next();
    if !begins.is_some_and(|first| first.is_numeric() || (first == '元' && behind != text)) {
        return 0;
    }
    let ends = behind.find(|c| !is_part(c)).unwrap_or(behind.len());
    text.len().saturating_sub(behind.len()).saturating_add(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_and_what_went_stand_beside_what_stayed() {
        let runs = changed_words("訪問看護は週3回とする。", "訪問看護は週5回とする。");
        let told: Vec<String> = runs
            .iter()
            .map(|run| match (run.is_new, run.is_gone) {
                (true, _) => format!("+{}", run.text),
                (_, true) => format!("-{}", run.text),
                (false, false) => run.text.clone(),
            })
            .collect();
        assert_eq!(told, ["訪問看護は週", "-3", "+5", "回とする。"]);
        let whole = |before: &str, after: &str| -> Vec<String> {
            let runs = changed_words(before, after).into_iter();
            runs.map(|run| run.text).collect()
        };
        assert_eq!(
            whole("次回は令和6年2月2日とする", "次回は令和元年11月22日とする"),
            ["次回は", "令和6年2月2日", "令和元年11月22日", "とする"]
        );
        assert_eq!(whole("2024-02-02", "2027-11-27").len(), 2);
        assert_eq!(whole("和室で令状", "和室で令達"), ["和室で令", "状", "達"]);
        assert_eq!(changed_words("", "新しい").len(), 1);
        assert_eq!(changed_words("同じ", "同じ").len(), 1);
    }
}
