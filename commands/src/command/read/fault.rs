//! Why a JSON value is no command, in both languages; a value that was given is never repeated.

use std::fmt;

use ledger_core::code::Term;
use ledger_core::text::REGISTER_NUMBER_CHARS_MAX;

/// Why a JSON value is no command.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadCommandError {
    /// It is no object, or has no text under `command`.
    #[error("a command is a JSON object with its name under \"command\"")]
    NoName,
    /// No command has this name.
    #[error("no command is named {name}")]
    UnknownName {
        /// The name given.
        name: String,
    },
    /// A field is missing, unknown or has the wrong shape.
    #[error("{field}: {fault}")]
    Field {
        /// The field, as a path into the JSON object such as `topics[1]`.
        field: String,
        /// What is wrong with it.
        fault: FieldFault,
    },
}

impl ReadCommandError {
    /// The same error of a field that stands in another.
    pub(super) fn within(self, owner: &str) -> Self {
        match self {
            Self::Field { field, fault } => Self::Field {
                field: format!("{owner}.{field}"),
                fault,
            },
            Self::NoName | Self::UnknownName { .. } => self,
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldFault {
    /// It has to be there.
    Missing,
    /// The command has no such field; it has these.
    Unknown {
        /// The command's fields, separated by commas.
        known: String,
    },
    /// It is none of these codes, nor their terms.
    NoCode(&'static [Term]),
    /// It names no time.
    NoTime,
    /// It names no day.
    NoDay,
    /// It holds a control character, or more than one line where there is one.
    Control,
    /// It is no register number.
    NoNumber,
    /// It is none at all, where one is the least.
    Zero,
    /// It has another shape than this, said by the decoder.
    Shape(String),
}

/// What a time may look like.
const TIMES: &str = "2021-08-06T16:10, R3.8.6 16:10, 2021-08-06, R3.8.6, 2021-08";
/// What a day may look like.
const DAYS: &str = "2021-08-06, R3.8.6";

impl FieldFault {
    /// The sentence for people, in Japanese.
    #[must_use]
    pub fn ja(&self) -> String {
        match self {
            Self::Missing => "入力してください。".to_owned(),
            Self::Unknown { known } => {
                format!("この項目はありません。使える項目: {known}")
            },
            Self::NoCode(terms) => format!("次のどれかを入力してください: {}", listed(terms)),
            Self::NoTime => format!("日時を {TIMES} の形で入力してください。"),
            Self::NoDay => format!("日付を {DAYS} の形で入力してください。"),
            Self::Shape(what) => match expected(what) {
                Some((ja, _)) => format!("値の形が正しくありません。{ja}で入力してください。"),
                None => "値の形が正しくありません。".to_owned(),
            },
            Self::Control => {
                "制御文字（画面の制御など。1行の項目では改行・タブも）は使えません。".to_owned()
            },
            Self::NoNumber => format!(
                "番号は、空白や制御文字のない{REGISTER_NUMBER_CHARS_MAX}字以内で入力してください。"
            ),
            Self::Zero => "1以上の数を入力するか、分からなければ省いてください。".to_owned(),
        }
    }
}

impl fmt::Display for FieldFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "it has to be given"),
            Self::Unknown { known } => write!(f, "there is no such field; the fields are {known}"),
            Self::NoCode(terms) => write!(f, "it has to be one of {}", listed(terms)),
            Self::NoTime => write!(f, "it has to be a time such as {TIMES}"),
            Self::NoDay => write!(f, "it has to be a day such as {DAYS}"),
            Self::Shape(what) => match expected(what) {
                Some((_, en)) => write!(f, "it has the wrong shape; {en} is expected"),
                None => write!(f, "it has the wrong shape ({what})"),
            },
            Self::Control => write!(
                f,
                "it must hold no control characters, and one line where it is a single line"
            ),
            Self::NoNumber => write!(
                f,
                "a number has 1 to {REGISTER_NUMBER_CHARS_MAX} characters, without spaces and control characters"
            ),
            Self::Zero => write!(
                f,
                "it has to be at least 1, or left out where it is not known"
            ),
        }
    }
}

/// What shapes are called to people, by the decoder's name for them.
const SHAPES: [(&[&str], &str, &str); 6] = [
    (
        &["u8", "u16", "u32", "u64", "usize"],
        "0以上の整数",
        "a whole number from 0",
    ),
    (
        &["i8", "i16", "i32", "i64", "isize"],
        "整数",
        "a whole number",
    ),
    (&["boolean"], "true または false", "true or false"),
    (&["string", "borrowed"], "文字", "text"),
    (
        &["sequence"],
        "一覧（カンマ区切り）",
        "a list, parted by commas",
    ),
    (&["map", "struct"], "JSONのオブジェクト", "a JSON object"),
];

/// What the decoder expected, in words, where it is one of the common shapes.
fn expected(what: &str) -> Option<(&'static str, &'static str)> {
    if what.contains("UUID") {
        return Some(("ID（または番号）", "an id"));
    }
    let (_, expected) = what.split_once("expected ")?;
    let words: Vec<&str> = expected.split([' ', ',']).collect();
    let found = SHAPES
        .iter()
        .find(|(names, ..)| names.iter().any(|name| words.contains(name)));
    found.map(|(_, ja, en)| (*ja, *en))
}

/// Codes with their terms, as help and errors list them.
#[must_use]
pub fn listed(terms: &[Term]) -> String {
    let each = terms.iter().map(|(code, ja)| format!("{code} {ja}"));
    each.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_shape_is_told_in_one_language() {
        let shape = |what: &str| FieldFault::Shape(what.to_owned());
        let number = shape("invalid type: string \"…\", expected u32");
        let list = shape("invalid type: string \"…\", expected a sequence");
        let other = shape("something else");

        assert_eq!(
            number.ja(),
            "値の形が正しくありません。0以上の整数で入力してください。"
        );
        assert_eq!(
            number.to_string(),
            "it has the wrong shape; a whole number from 0 is expected"
        );
        assert!(list.ja().contains("一覧（カンマ区切り）"));
        assert_eq!(other.ja(), "値の形が正しくありません。");
    }
}
