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

/// The runs of two texts in the order of reading. Japanese has no spaces between words: characters are
/// compared, and a run is as long as it can be.
#[must_use]
pub fn changed_words(before: &str, after: &str) -> Vec<Change> {
    let difference = TextDiff::from_chars(before, after);
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
        assert_eq!(changed_words("", "新しい").len(), 1);
        assert_eq!(changed_words("同じ", "同じ").len(), 1);
    }
}
