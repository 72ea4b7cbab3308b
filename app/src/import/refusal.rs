//! Why a row of a register, or a whole file, is not taken: code, column, and a sentence to mend it by.

use std::borrow::Cow;

use ledger_commands::Rejection;
use ledger_core::code::Register;
use ledger_core::time::{DateError, TimeError};

use super::sheet::SheetRow;
use crate::lang::Text;

/// Why one row is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code.
    pub code: &'static str,
    /// Column to look at; none where the row as a whole is wrong.
    pub column: Option<Cow<'static, str>>,
    /// What is wrong and how to mend it; it never repeats what a cell says.
    pub text: Text,
}

/// How a row differs from what is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The columns, in the register's order.
    pub columns: Vec<&'static str>,
    /// The command that records such a change, by the first of them.
    pub command: &'static str,
}

impl Refusal {
    fn on(code: &'static str, column: &'static str, text: Text) -> Self {
        Self {
            code,
            column: Some(Cow::Borrowed(column)),
            text,
        }
    }

    fn of_row(code: &'static str, text: Text) -> Self {
        Self {
            code,
            column: None,
            text,
        }
    }

    /// The row has more or fewer cells than the header.
    fn wrong_field_count(found: usize, wanted: usize) -> Self {
        Self::of_row(
            "WRONG_FIELD_COUNT",
            Text::new(
                format!(
                    "列の数が{found}で、見出しの{wanted}と異なります。引用符やコンマを見直してください。"
                ),
                format!(
                    "The row has {found} fields, the header {wanted}; look at quotes and commas."
                ),
            ),
        )
    }

    /// Why a row has no certain cells under a header of so many columns.
    #[must_use]
    pub fn of_shape(row: &SheetRow, wanted: usize) -> Option<Self> {
        if row.wrong_quote {
            return Some(Self::wrong_quote());
        }
        let count = row.cells.len();
        (count != wanted).then(|| Self::wrong_field_count(count, wanted))
    }

    /// A quote of the row is left open, or something else than a separator follows a closing one.
    fn wrong_quote() -> Self {
        Self::of_row(
            "WRONG_FIELD_COUNT",
            Text::new(
                "引用符（\"）が閉じていないか、余分にあるため、列に分けられません。「原文」を見て各列に書き写してください。次の行からは別の行として読みました。",
                "A quote is left open or stands within a cell, so that the row has no certain fields; fill them from the column 原文. The next line was read as a row of its own.",
            ),
        )
    }

    /// A row given back with its text alone, whose cells nobody has filled.
    #[must_use]
    pub fn not_mended() -> Self {
        Self::of_row(
            "WRONG_FIELD_COUNT",
            Text::new(
                "列の数が違ったままの行です。「原文」を見て各列に書き写してください。",
                "The row's cells are still empty; fill them from the column 原文.",
            ),
        )
    }

    /// The column ファイル names no register.
    #[must_use]
    pub fn unknown_register() -> Self {
        let known: Vec<String> = Register::ALL
            .iter()
            .map(|r| format!("{}.csv", r.ja()))
            .collect();
        Self::on(
            "UNKNOWN_CODE",
            "ファイル",
            Text::new(
                format!("「ファイル」は {} のいずれかです。", known.join("、")),
                format!("ファイル is one of {}.", known.join(", ")),
            ),
        )
    }

    /// A required cell is empty.
    #[must_use]
    pub fn missing_value(column: &'static str) -> Self {
        Self::on(
            "MISSING_VALUE",
            column,
            Text::new(
                format!("「{column}」は必須ですが、空欄です。"),
                format!("{column} is required and empty."),
            ),
        )
    }

    /// A cell is no date.
    #[must_use]
    pub fn not_a_date(column: &'static str, error: DateError) -> Self {
        let (ja, en) = match error {
            DateError::Unreadable => (
                "日付として読めません（例: R3.8.1、令和3年8月1日、2021/8/1、20210801）。",
                "cannot be read as a date (R3.8.1, 令和3年8月1日, 2021/8/1, 20210801).",
            ),
            DateError::NoSuchDay => ("暦にない日付です。", "is a day that does not exist."),
            DateError::BeforeCalendar => ("明治6年より前の日付です。", "is a day before 1873."),
        };
        Self::on(
            "NOT_A_DATE",
            column,
            Text::new(format!("「{column}」は{ja}"), format!("{column} {en}")),
        )
    }

    /// A cell is no time of day.
    #[must_use]
    pub fn not_a_time(column: &'static str, error: TimeError) -> Self {
        let (ja, en) = match error {
            TimeError::Unreadable => (
                "時刻として読めません（例: 9:05、9時5分）。",
                "cannot be read as a time (9:05, 9時5分).",
            ),
            TimeError::NoSuchTime => ("時計にない時刻です。", "is a time that does not exist."),
        };
        Self::on(
            "NOT_A_TIME",
            column,
            Text::new(format!("「{column}」は{ja}"), format!("{column} {en}")),
        )
    }

    /// A cell is no whole number, or one out of range.
    #[must_use]
    pub fn not_a_number(column: &'static str, least: u32, most: u32) -> Self {
        Self::on(
            "NOT_A_NUMBER",
            column,
            Text::new(
                format!("「{column}」は{least}から{most}までの整数で書いてください。"),
                format!("{column} must be a whole number from {least} to {most}."),
            ),
        )
    }

    /// A coded cell holds another value.
    #[must_use]
    pub fn unknown_code(column: &'static str, known: &[&str]) -> Self {
        let known = known.join("、");
        Self::on(
            "UNKNOWN_CODE",
            column,
            Text::new(
                format!("「{column}」は次のいずれかです: {known}。"),
                format!("{column} must be one of: {known}."),
            ),
        )
    }

    /// A register number or a text is too long to be one.
    #[must_use]
    pub fn too_long(column: &'static str, most: usize) -> Self {
        Self::on(
            "TOO_LONG",
            column,
            Text::new(
                format!("「{column}」が{most}字を超えています。引用符の閉じ忘れかもしれません。"),
                format!("{column} has more than {most} characters; a quote may be left open."),
            ),
        )
    }

    /// A cell holds a control character, such as one of a terminal's escape sequences.
    #[must_use]
    pub fn control(column: &'static str) -> Self {
        Self::on(
            "CONTROL_CHARACTER",
            column,
            Text::new(
                format!("「{column}」に制御文字（画面の制御など）があります。消してください。"),
                format!("{column} holds a control character; take it out."),
            ),
        )
    }

    /// A register number has spaces or more than one line in it.
    #[must_use]
    pub fn not_a_register_number(column: &'static str) -> Self {
        Self::on(
            "NOT_A_REGISTER_NUMBER",
            column,
            Text::new(
                format!("「{column}」は空白や改行のない番号で書いてください。"),
                format!("{column} must be a number without spaces and line breaks."),
            ),
        )
    }

    /// A text holds a number that is an Individual Number (マイナンバー), which is never stored.
    #[must_use]
    pub fn my_number(column: &'static str) -> Self {
        Self::on(
            "MY_NUMBER",
            column,
            Text::new(
                format!(
                    "「{column}」に個人番号（マイナンバー）と思われる12桁の数字があります。個人番号は記録できません。"
                ),
                format!(
                    "{column} holds what looks like an Individual Number; these are never stored."
                ),
            ),
        )
    }

    /// The row leans on one that was refused in this run.
    #[must_use]
    pub fn predecessor_rejected(column: &'static str) -> Self {
        Self::on(
            "PREDECESSOR_REJECTED",
            column,
            Text::new(
                "先に必要な行（対象者・計画・前の版）が却下されています。その行を直して、一緒に取り込んでください。",
                "It leans on a row that was refused (person, plan, version); mend that one and import both.",
            ),
        )
    }

    /// The key is in the ledger with other content.
    #[must_use]
    pub fn row_changed(difference: Option<&Difference>) -> Self {
        let command = difference.map_or("correct-event", |found| found.command);
        let columns = difference.map(|found| found.columns.as_slice());
        let columns = columns.unwrap_or_default();
        let (mut ja, mut en) = (columns.join("、"), columns.join(", "));
        if !columns.is_empty() {
            (ja, en) = (format!("（{ja}）"), format!(" ({en})"));
        }
        Self {
            code: "ROW_CHANGED",
            column: columns.first().copied().map(Cow::Borrowed),
            text: Text::new(
                format!(
                    "登録済みの内容と異なります{ja}。台帳の記録は「care-ledger record {command}」で訂正してください。"
                ),
                format!(
                    "It differs from what is recorded{en}; correct the record with `care-ledger record {command}`."
                ),
            ),
        }
    }

    /// The number is another person's in the ledger.
    #[must_use]
    pub fn of_another_person() -> Self {
        Self::row_changed(Some(&Difference {
            columns: vec!["対象者番号"],
            command: "reassign-event",
        }))
    }

    /// The row makes an event that the store does not take.
    #[must_use]
    pub fn too_large() -> Self {
        Self::of_row(
            "TOO_LONG",
            Text::new(
                "行の内容が長すぎて記録できません。",
                "The row is too long to be recorded.",
            ),
        )
    }
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Self {
            code: rejection.code(),
            column: rejection.field.map(Cow::Borrowed),
            text: Text::new(rejection.ja(), rejection.en()),
        }
    }
}
