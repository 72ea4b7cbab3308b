//! The fingerprint of a row's filled cells, which tells an unchanged row from a changed one.

use ledger_core::seal::MacKey;

/// HMAC over a row's filled cells, hex: the same for the same cells, whatever their order in the
/// file and whichever of the [`alike`] characters they are written with.
#[must_use]
pub fn fingerprint(key: &MacKey, cells: &[(&'static str, String)]) -> String {
    let columns: serde_json::Map<String, serde_json::Value> = cells
        .iter()
        .map(|(column, value)| ((*column).to_owned(), alike(value).into()))
        .collect();
    // Text under text: canonical JSON cannot fail here.
    let bytes = ledger_core::json::canonical(&columns).unwrap_or_default();
    hex::encode(key.mac(&bytes))
}

/// A text with one character for each that CP932 and UTF-8 files write differently.
///
/// CP932 has one wave dash, minus, double bar and dash each, which systems read as different
/// characters. It is for comparing alone; what is stored stays as it was written.
#[must_use]
pub fn alike(text: &str) -> String {
    let one = |c| match c {
        '\u{301c}' => '~',
        '\u{2212}' => '-',
        '\u{2016}' => '\u{2225}',
        '\u{2014}' => '\u{2015}',
        other => other,
    };
    text.chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use ledger_core::text::normal;

    use super::*;

    /// A book saved as CP932 and as UTF-8 by another program made every such row `ROW_CHANGED`.
    #[test]
    fn the_dashes_of_cp932_are_the_dashes_of_utf8() {
        let (cp932, _, _) = encoding_rs::SHIFT_JIS
            .decode(b"\x81\x60\x81\x7c\x81\x61\x81\x5c\x81\x91\x81\x92\x81\xca");
        let utf8 = "\u{301c}\u{2212}\u{2016}\u{2014}\u{a2}\u{a3}\u{ac}";

        assert_ne!(normal(&cp932), normal(utf8));
        assert_eq!(alike(&normal(&cp932)), alike(&normal(utf8)));
    }

    #[test]
    fn other_characters_stay() {
        let text = "ー－-~ｰ・“髙①";

        assert_eq!(alike(&normal(text)), normal(text));
    }
}
