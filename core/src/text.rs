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

/// Text for comparing names: normal form without any white space.
#[must_use]
pub fn without_spaces(text: &str) -> String {
    normal(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}
