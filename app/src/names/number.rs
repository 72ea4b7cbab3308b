//! A register number as somebody types it: its letter and zeros left out, in any width, with a dash between.

use ledger_core::text::register_number;

/// A number that is looked for: letters, then digits without leading zeros.
pub struct SoughtNumber {
    letters: String,
    digits: String,
    whole: String,
}

impl SoughtNumber {
    /// What a text may mean as a number, whatever it is.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let whole = register_number(text);
        let plain: String = whole.chars().filter(|c| !is_between(*c)).collect();
        let digits = plain.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = plain.strip_suffix(digits).unwrap_or_default().to_owned();
        // Anything else is no number of letters and digits, and only the whole of it names somebody.
        let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let digits = if is_plain {
            digits.trim_start_matches('0').to_owned()
        } else {
            String::new()
        };
        Self {
            letters,
            digits,
            whole,
        }
    }

    /// The register number that is usually meant: a letter, C where none was typed, and three digits at least. None where
    /// anything stands between digits: 1-2 is no number of one person.
    #[must_use]
    pub fn usual(&self) -> Option<String> {
        let letters = if self.letters.is_empty() {
            "C"
        } else {
            self.letters.as_str()
        };
        let typed = self
            .whole
            .trim_start_matches(|c: char| c.is_ascii_alphabetic() || is_between(c));
        let is_one = typed.bytes().all(|byte| byte.is_ascii_digit());
        (is_one && !self.digits.is_empty()).then(|| format!("{letters}{:0>3}", self.digits))
    }

    /// Whether it may mean this register number; without letters it means those of any.
    #[must_use]
    pub fn is(&self, number: &str) -> bool {
        if self.whole == number {
            return true;
        }
        let known = Self::of(number);
        let same_letters = self.letters.is_empty() || self.letters == known.letters;
        !self.digits.is_empty() && self.digits == known.digits && same_letters
    }
}

fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '‐' | '‑' | '–' | '—' | '―' | '−' | 'ー' | '_' | '.'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody typed 1, or C-001, and was asked to register the child anew.
    #[test]
    fn a_number_is_found_however_it_is_typed() {
        for typed in [
            "C001",
            "c001",
            "c1",
            "C1",
            "C-001",
            "C‐1",
            "C 001",
            "Ｃ００１",
            "ｃー１",
            "1",
            "001",
            "１",
            " C001 ",
        ] {
            assert!(SoughtNumber::of(typed).is("C001"), "{typed}");
        }
        for typed in [
            "C0010", "C010", "10", "D001", "C", "0", "", "C001様", "花子",
        ] {
            assert!(!SoughtNumber::of(typed).is("C001"), "{typed}");
        }
        let usual = |typed: &str| SoughtNumber::of(typed).usual();
        assert_eq!(usual("c1").as_deref(), Some("C001"));
        assert_eq!(usual("１２").as_deref(), Some("C012"));
        assert_eq!(usual("D-1234").as_deref(), Some("D1234"));
        for other in ["花子", "", "1-2", "C1-2", "1 2", "1.5", "0"] {
            assert_eq!(usual(other), None, "{other}");
        }
        assert!(SoughtNumber::of("見本-1").is("見本-1"));
        assert!(!SoughtNumber::of("1").is("見本-1"));
        assert!(SoughtNumber::of("C1").is("C1") && SoughtNumber::of("101").is("C101"));
        assert!(!SoughtNumber::of("").is("000"));
    }
}
