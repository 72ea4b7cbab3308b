//! Names as they are compared: whatever their width, kana, sound marks, spaces and old forms of characters.

use unicode_normalization::UnicodeNormalization as _;

/// Old and variant forms of characters in family names, each with the form that most people type. What
/// Unicode holds to be the same (NFKC) is folded without this list.
const VARIANTS: &[(char, char)] = &[
    ('髙', '高'),
    ('﨑', '崎'),
    ('嵜', '崎'),
    ('邊', '辺'),
    ('邉', '辺'),
    ('齋', '斎'),
    ('齊', '斉'),
    ('濵', '浜'),
    ('濱', '浜'),
    ('廣', '広'),
    ('澤', '沢'),
    ('嶋', '島'),
    ('嶌', '島'),
    ('惠', '恵'),
    ('櫻', '桜'),
    ('德', '徳'),
    ('眞', '真'),
    ('國', '国'),
    ('瀨', '瀬'),
    ('舘', '館'),
    ('𠮷', '吉'),
    ('龍', '竜'),
    ('冨', '富'),
    ('槗', '橋'),
    ('栁', '柳'),
];

/// A name as it is compared.
#[must_use]
pub fn folded(text: &str) -> String {
    let plain = text.nfkc().flat_map(char::to_lowercase).nfd();
    plain.filter(|c| is_telling(*c)).map(common).collect()
}

/// Whether a character tells names apart: no space, no sound mark, no lengthening, no dot between.
fn is_telling(c: char) -> bool {
    let is_mark = matches!(c, '\u{3099}' | '\u{309a}' | '\u{300}'..='\u{36f}');
    !c.is_whitespace() && !is_mark && !matches!(c, 'ー' | '・' | '-' | '‐' | '゛' | '゜')
}

/// A character as most people type it: hiragana, large, without an old form.
fn common(c: char) -> char {
    let c = match c {
        'ァ'..='ヶ' => u32::from(c)
            .checked_sub(0x60)
            .and_then(char::from_u32)
            .unwrap_or(c),
        _ => c,
    };
    let large = match c {
        'ぁ' => 'あ',
        'ぃ' => 'い',
        'ぅ' => 'う',
        'ぇ' => 'え',
        'ぉ' => 'お',
        'っ' => 'つ',
        'ゃ' => 'や',
        'ゅ' => 'ゆ',
        'ょ' => 'よ',
        'ゎ' => 'わ',
        'ゕ' => 'か',
        'ゖ' => 'け',
        _ => c,
    };
    let known = VARIANTS.iter().find(|(old, _)| *old == large);
    known.map_or(large, |(_, new)| *new)
}

/// The digits of a telephone number; empty where there are too few to tell numbers apart.
#[must_use]
pub fn telephone(text: &str) -> String {
    const FEWEST: usize = 6;
    let digits: String = text.nfkc().filter(char::is_ascii_digit).collect();
    if digits.len() < FEWEST {
        return String::new();
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_is_one_however_it_is_typed() {
        for (one, other) in [
            ("ミホン ガール", "みほんか゛ーる"),
            ("ﾐﾎﾝ　ﾊﾅｺ", "みほんはなこ"),
            ("ジョウ", "しよう"),
            ("髙橋 﨑子", "高橋崎子"),
            ("渡邊", "渡辺"),
            ("Ｓｍｉｔｈ", "smith"),
            ("パパ", "はは"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("花子"), folded("華子"));
        assert_eq!(folded(" 　ー・"), "");
    }

    #[test]
    fn a_telephone_number_is_its_digits() {
        assert_eq!(telephone("０３-1234-５６７８（自宅）"), "0312345678");
        assert_eq!(telephone("内線 12"), "");
    }
}
