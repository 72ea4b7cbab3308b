//! A name as somebody types it: in either order, a part alone, with a word of respect behind it.

use ledger_core::text::normal;

use super::fold::folded;

/// Words of respect behind a name, which no register holds.
const RESPECT: [&str; 11] = [
    "様",
    "さま",
    "サマ",
    "さん",
    "サン",
    "ちゃん",
    "チャン",
    "くん",
    "クン",
    "君",
    "殿",
];
/// Fewest characters that tell people apart, but for a whole name of one.
const FEWEST: usize = 2;

/// A name that is looked for.
pub(super) struct Sought {
    /// The words of each way in which it may be meant: as typed, since a name may end like a word of respect, and
    /// without such words.
    ways: Vec<Vec<String>>,
}

impl Sought {
    /// None where too little was typed to tell people apart.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = normal(text);
        let typed = words(&text).map(folded).collect();
        let bare = words(&text).map(|word| folded(without_respect(word)));
        let ways: [Vec<String>; 2] = [typed, bare.collect()];
        let mut ways: Vec<Vec<String>> = ways.into();
        for way in &mut ways {
            way.retain(|word| !word.is_empty());
        }
        ways.retain(|way| is_enough(way));
        (!ways.is_empty()).then_some(Self { ways })
    }

    /// Whether somebody of these names is meant.
    pub(super) fn is(&self, names: &[&str]) -> bool {
        let parts = names.iter().map(|name| words(name).map(folded).collect());
        let parts: Vec<Vec<String>> = parts.collect();
        self.ways.iter().any(|way| fits(way, &parts))
    }
}

/// Family and given name, and whatever else stands apart.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == '・')
}

fn without_respect(word: &str) -> &str {
    let without = |respect: &&str| word.strip_suffix(*respect);
    RESPECT.iter().find_map(without).unwrap_or(word)
}

/// One character is enough where it may be a whole name, such as 林.
fn is_enough(way: &[String]) -> bool {
    let typed = way.concat();
    let letters = typed.chars().count();
    letters >= FEWEST || (letters == 1 && typed.chars().all(is_kanji))
}

const fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether what was typed stands in one of the names in either order, or each of its words in any of them.
fn fits(way: &[String], names: &[Vec<String>]) -> bool {
    let typed = way.concat();
    if typed.chars().count() < FEWEST {
        return names.iter().flatten().any(|part| *part == typed);
    }
    let whole: Vec<String> = names.iter().map(|parts| parts.concat()).collect();
    let turned = names.iter().map(|parts| {
        let turned = parts.iter().rev().map(String::as_str);
        turned.collect::<String>()
    });
    let in_one = |word: &str| whole.iter().any(|name| name.contains(word));
    in_one(&typed)
        || turned.into_iter().any(|name| name.contains(&typed))
        || (way.len() > 1 && way.iter().all(|word| in_one(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(typed: &str) -> bool {
        let names = ["世田谷　太郎", "セタガヤ　タロウ", "世田谷　和子"];
        Sought::of(typed).unwrap().is(&names)
    }

    /// With the given name first, or さん behind it, nobody was found, and a child was registered a second time.
    #[test]
    fn a_name_is_found_in_either_order_and_with_a_word_of_respect() {
        for typed in [
            "世田谷太郎",
            "世田谷　太郎",
            "太郎 世田谷",
            "太郎世田谷",
            "太郎",
            "たろう",
            "ﾀﾛｳ ｾﾀｶﾞﾔ",
            "たろう　世田谷",
            "世田谷 たろう",
            "世田谷太郎様",
            "世田谷 太郎 様",
            "世田谷さん",
            "太郎ちゃん",
            "タロウクン",
            "太郎くん",
            "太郎君",
            "世田谷殿",
            "世田谷さま　太郎さま",
            "和子さん",
        ] {
            assert!(is(typed), "{typed}");
        }
        for typed in ["太郎 砧", "次郎", "世田谷次郎さん", "郎世田谷太"] {
            assert!(!is(typed), "{typed}");
        }
    }

    #[test]
    fn a_name_that_ends_like_a_word_of_respect_is_found_as_it_is() {
        let named = |typed: &str, name: &str| Sought::of(typed).unwrap().is(&[name]);
        assert!(named("見本まさくん", "見本　まさくん"));
        assert!(named("まさくん", "見本　まさくん"));
        assert!(named("さん", "見本　かさん"));
    }

    #[test]
    fn one_character_is_a_whole_name_or_too_little() {
        let names = |typed: &str, name: &str| Sought::of(typed).unwrap().is(&[name]);
        assert!(names("林", "林　花子") && names("林さん", "林　花子"));
        assert!(!names("林", "小林　花子") && !names("林さん", "小林　花子"));
        for little in ["", "　", "は", "・ー", "様", "a"] {
            let enough = Sought::of(little).is_some();
            assert_eq!(enough, little == "様", "{little}");
        }
    }
}
