//! What a code says of why a row was not taken, apart from the row: as an import is told of later.

use ledger_commands::Reason;

use crate::lang::Lang;

/// Codes of [`super::refusal::Refusal`], and of a whole file, with what they say.
const OWN: &[(&str, &str, &str)] = &[
    (
        "WRONG_FIELD_COUNT",
        "列の数が見出しと異なるか、引用符が閉じていません。",
        "The row has more or fewer fields than the header, or a quote is left open.",
    ),
    (
        "UNKNOWN_CODE",
        "決められた値のいずれでもありません。",
        "It is none of the known values.",
    ),
    (
        "MISSING_VALUE",
        "必須ですが、空欄です。",
        "It is required and empty.",
    ),
    (
        "NOT_A_DATE",
        "日付として読めないか、暦にない日付です。",
        "It cannot be read as a date, or is a day that does not exist.",
    ),
    (
        "NOT_A_TIME",
        "時刻として読めないか、時計にない時刻です。",
        "It cannot be read as a time, or is a time that does not exist.",
    ),
    (
        "NOT_A_NUMBER",
        "決められた範囲の整数ではありません。",
        "It is no whole number, or out of range.",
    ),
    (
        "TOO_LONG",
        "長すぎます。引用符の閉じ忘れかもしれません。",
        "It is too long; a quote may be left open.",
    ),
    (
        "CONTROL_CHARACTER",
        "制御文字（画面の制御など）があります。",
        "It holds a control character.",
    ),
    (
        "NOT_A_REGISTER_NUMBER",
        "番号に空白や改行があります。",
        "The number has spaces or line breaks in it.",
    ),
    (
        "MY_NUMBER",
        "個人番号（マイナンバー）と思われる数字があります。",
        "It holds what looks like an Individual Number.",
    ),
    (
        "PREDECESSOR_REJECTED",
        "先に必要な行（対象者・計画・前の版）が却下されています。",
        "It leans on a row that was refused (person, plan, version).",
    ),
    (
        "ROW_CHANGED",
        "登録済みの内容と異なります。",
        "It differs from what is recorded.",
    ),
];

/// What a code says; nothing where no program of this version gives it.
#[must_use]
pub fn reason(code: &str, lang: Lang) -> Option<&'static str> {
    if let Some((_, ja, en)) = OWN.iter().find(|(known, ..)| *known == code) {
        return Some(lang.pick(ja, en));
    }
    let known = Reason::ALL.iter().find(|reason| reason.code() == code)?;
    Some(lang.pick(known.ja(), known.en()))
}

#[cfg(test)]
mod tests {
    use ledger_core::time::{DateError, TimeError};

    use super::super::refusal::Refusal;
    use super::*;

    #[test]
    fn every_code_of_a_refusal_says_something_in_both_languages() {
        let refusals = [
            Refusal::not_mended(),
            Refusal::unknown_register(),
            Refusal::missing_value("主訴"),
            Refusal::not_a_date("日付", DateError::Unreadable),
            Refusal::not_a_time("時刻", TimeError::Unreadable),
            Refusal::not_a_number("所要分", 1, 600),
            Refusal::unknown_code("主訴", &["退院"]),
            Refusal::too_long("番号", 20),
            Refusal::control("内容"),
            Refusal::not_a_register_number("番号"),
            Refusal::my_number("内容"),
            Refusal::predecessor_rejected("版"),
            Refusal::row_changed(None),
            Refusal::of_another_person(),
            Refusal::too_large(),
        ];
        let codes = refusals.iter().map(|refusal| refusal.code);
        for code in codes.chain(Reason::ALL.iter().map(|reason| reason.code())) {
            for lang in [Lang::Ja, Lang::En] {
                assert!(
                    reason(code, lang).is_some_and(|said| !said.is_empty()),
                    "{code}"
                );
            }
        }
        assert_eq!(reason("NO_SUCH_CODE", Lang::Ja), None);
    }
}
