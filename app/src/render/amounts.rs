//! Amounts in words: yen with their thousands apart, parts of a full-time post.

use crate::lang::Lang;

/// An amount of yen.
#[must_use]
pub fn yen(amount: i64, lang: Lang) -> String {
    let amount = thousands(amount);
    match lang {
        Lang::Ja => format!("{amount}円"),
        Lang::En => format!("{amount} yen"),
    }
}

/// A number with its thousands apart.
#[must_use]
pub(super) fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len().saturating_sub(index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

/// Hundredths of a full-time post.
#[must_use]
pub(super) fn full_time(hundredths: u32, lang: Lang) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let number = if part % 10 == 0 {
        format!("{whole}.{}", part / 10)
    } else {
        format!("{whole}.{part:02}")
    };
    match lang {
        Lang::Ja => format!("常勤換算{number}人"),
        Lang::En => format!("{number} full-time"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart_and_a_sign_stands_first() {
        assert_eq!(yen(10_000_000, Lang::Ja), "10,000,000円");
        assert_eq!(yen(-1_234, Lang::En), "-1,234 yen");
        assert_eq!(yen(123, Lang::Ja), "123円");
        assert_eq!(thousands(-123), "-123");
    }

    #[test]
    fn a_post_is_told_with_as_many_places_as_it_needs() {
        assert_eq!(full_time(150, Lang::Ja), "常勤換算1.5人");
        assert_eq!(full_time(25, Lang::En), "0.25 full-time");
    }
}
