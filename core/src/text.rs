//! Normal forms of text: what is compared, what is stored.

use unicode_normalization::UnicodeNormalization as _;

/// Text as it is compared and stored: NFKC, trimmed, line ends LF.
#[must_use]
pub fn normal(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    unix.nfkc().collect::<String>().trim().to_owned()
}

/// A register number as it is compared and stored: NFKC, trimmed, upper case.
#[must_use]
pub fn register_number(text: &str) -> String {
    normal(text).to_uppercase()
}

/// Most characters of a register number.
pub const REGISTER_NUMBER_CHARS_MAX: usize = 40;

/// Whether a text can be a register number: not empty, not too long, without spaces and control
/// characters.
#[must_use]
pub fn is_register_number(text: &str) -> bool {
    let number = register_number(text);
    let length = number.chars().count();
    (1..=REGISTER_NUMBER_CHARS_MAX).contains(&length)
        && !number.chars().any(|c| c.is_whitespace() || c.is_control())
        && !has_control(text)
}

/// Whether a text has a control character, such as one of a terminal's escape sequences or one that
/// turns the direction of reading; ends of lines and tabs are none.
#[must_use]
pub fn has_control(text: &str) -> bool {
    let harmless = |c: char| matches!(c, '\n' | '\r' | '\t');
    text.chars()
        .any(|c| is_bidi_control(c) || (c.is_control() && !harmless(c)))
}

/// Whether a character turns the direction of reading, so that a text looks like another one.
#[must_use]
pub const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A name in kana as it is stored: full-width katakana, hiragana made katakana; none where anything else
/// stands in it.
#[must_use]
pub fn katakana(text: &str) -> Option<String> {
    let kana = normal(text);
    let kana = kana.chars().map(|c| match c {
        'ぁ'..='ゖ' => u32::from(c).checked_add(0x60).and_then(char::from_u32),
        'ァ'..='ヿ' | ' ' => Some(c),
        _ => None,
    });
    kana.collect()
}

/// Text for comparing names: normal form without any white space.
#[must_use]
pub fn without_spaces(text: &str) -> String {
    normal(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_are_full_width_katakana() {
        let made = |text: &str| katakana(text);
        assert_eq!(made("ﾐﾎﾝ ﾊﾅｺ").as_deref(), Some("ミホン ハナコ"));
        assert_eq!(made("みほん　がーる").as_deref(), Some("ミホン ガール"));
        for wrong in ["abc", "見本", "ミホン1"] {
            assert_eq!(made(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_register_number_is_short_and_of_one_word() {
        assert!(is_register_number(" ｃ００１ "));
        assert!(is_register_number(&"1".repeat(40)));
        for wrong in [
            "",
            " ",
            "C 001",
            "C\u{3000}1",
            "C\u{1b}1",
            "C1\u{85}",
            "C\n1",
        ] {
            assert!(!is_register_number(wrong), "{wrong:?}");
        }
        assert!(!is_register_number(&"1".repeat(41)));
    }

    #[test]
    fn an_escape_sequence_is_told_from_lines_and_tabs() {
        assert!(!has_control("一行目\r\n\t二行目"));
        assert!(has_control("赤\u{1b}[31m字"));
        assert!(has_control("\u{9b}31m"));
        assert!(has_control("見本\u{202e}花子") && has_control("\u{2066}見本"));
    }
}
