//! The rows of a breakdown in words: what a figure is parted by, and the terms of the codes.

use std::collections::BTreeMap;

use ledger_core::code::{
    Area, CareProcedure, Channel, Competency, Consulter, CorrectionReason, MotorImpairment,
    PartyKind, ProfileField, Section, Service, Term, Topic, VerificationMethod, VoiceStage,
};
use ledger_core::time::{AgeBand, Era, wareki};

mod order;
mod words;

pub use order::in_table_order;

use self::words::word;
use super::titles::role_of;
use super::words::code_words;
use crate::lang::Lang;

/// What something is parted by.
#[must_use]
pub fn dimension(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => word(name).unwrap_or(name).to_owned(),
        Lang::En => english("", name),
    }
}

/// What stands before the code of an office from which a referral comes to the centre.
const FROM: &str = "from-";

/// The term of a code on a dimension.
#[must_use]
pub fn term_on(dimension: &str, code: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => japanese(dimension, code),
        Lang::En => english(dimension, code),
    }
}

/// A code's own words; what is no code, such as a month or a number, stays as it is.
fn english(dimension: &str, code: &str) -> String {
    let is_word = code.starts_with(|first: char| first.is_ascii_lowercase());
    if is_word && japanese(dimension, code) != code {
        code_words(code)
    } else {
        code.to_owned()
    }
}

fn japanese(dimension: &str, code: &str) -> String {
    let known = match dimension {
        "month" | "cumulative" => month(code),
        "age" => age(code),
        "score" => score(code),
        "role" => role_of(code).map(str::to_owned),
        _ => of_table(dimension, code).map(str::to_owned),
    };
    let known = known.or_else(|| word(code).map(str::to_owned));
    let known = known.or_else(|| {
        let office = of_table("section", code.strip_prefix(FROM)?)?;
        Some(format!("{office}から"))
    });
    known.unwrap_or_else(|| code.to_owned())
}

/// The ward's term for a code of a table that fits the dimension; without one of any table.
fn of_table(dimension: &str, code: &str) -> Option<&'static str> {
    let terms = tables(dimension).iter().copied().flatten();
    let found = terms.copied().find(|(own, _)| *own == code);
    found.map(|(_, ja)| ja)
}

/// The code tables that fit a dimension, in the order in which a code is looked up in them.
fn tables(dimension: &str) -> &'static [&'static [Term]] {
    match dimension {
        "area" => &[Area::TERMS],
        "procedure" => &[CareProcedure::TERMS],
        "channel" => &[Channel::TERMS],
        "topic" => &[Topic::TERMS],
        "consulter" | "first-source" => &[Consulter::TERMS],
        "field" => &[
            ProfileField::TERMS,
            CareProcedure::TERMS,
            MotorImpairment::TERMS,
        ],
        "stage" => &[VoiceStage::TERMS],
        "method" => &[VerificationMethod::TERMS],
        "reason" => &[CorrectionReason::TERMS],
        "section" | "to" => &[Section::TERMS, PartyKind::TERMS],
        "" => &[
            Area::TERMS,
            Service::TERMS,
            CareProcedure::TERMS,
            Section::TERMS,
            PartyKind::TERMS,
            Competency::TERMS,
        ],
        _ => &[],
    }
}

/// `2021-08` as 令和3年8月.
fn month(code: &str) -> Option<String> {
    let first = format!("{code}-01").parse().ok()?;
    Era::of(first)?;
    Some(wareki(first).trim_end_matches("1日").to_owned())
}

/// An age band in words.
#[must_use]
pub fn age_band(band: AgeBand, lang: Lang) -> String {
    match lang {
        Lang::Ja => age(band.code()).unwrap_or_default(),
        Lang::En => band.code().to_owned(),
    }
}

/// `3-5` as 3〜5歳.
fn age(code: &str) -> Option<String> {
    code.chars().next().filter(char::is_ascii_digit)?;
    Some(match code.strip_suffix('+') {
        Some(from) => format!("{from}歳以上"),
        None => format!("{}歳", code.replace('-', "〜")),
    })
}

/// `16-31` as 16〜31点.
fn score(code: &str) -> Option<String> {
    code.chars().next().filter(char::is_ascii_digit)?;
    Some(match code.strip_suffix('+') {
        Some(from) => format!("{from}点以上"),
        None => format!("{}点", code.replace('-', "〜")),
    })
}

/// `1-mon` as 月曜 or Monday.
fn weekday(code: &str, lang: Lang) -> Option<&'static str> {
    Some(match code {
        "1-mon" => lang.pick("月曜", "Monday"),
        "2-tue" => lang.pick("火曜", "Tuesday"),
        "3-wed" => lang.pick("水曜", "Wednesday"),
        "4-thu" => lang.pick("木曜", "Thursday"),
        "5-fri" => lang.pick("金曜", "Friday"),
        "6-sat" => lang.pick("土曜", "Saturday"),
        "7-sun" => lang.pick("日曜", "Sunday"),
        _ => return None,
    })
}

/// `09` as 9時台 or from 9:00.
fn hour(code: &str, lang: Lang) -> String {
    match (code.parse::<u32>(), lang) {
        (Ok(hour), Lang::Ja) => format!("{hour}時台"),
        (Ok(hour), Lang::En) => format!("from {hour}:00"),
        (Err(_), lang) => lang.pick("時刻不明", "at an hour not known").to_owned(),
    }
}

/// The key of a breakdown's row in words; `names` are those of facilities, by their ids.
#[must_use]
pub fn breakdown(key: &str, names: &BTreeMap<String, String>, lang: Lang) -> String {
    let parts: Vec<&str> = key.split('/').collect();
    let Some((first, rest)) = parts.split_first() else {
        return String::new();
    };
    if let Some(day) = weekday(first, lang) {
        let hours = rest.iter().map(|code| hour(code, lang));
        let told = std::iter::once(day.to_owned()).chain(hours);
        return told.collect::<Vec<_>>().join(" ");
    }
    let term = |dimension: &str, part: &str| match names.get(part) {
        Some(name) => name.clone(),
        None => term_on(dimension, part, lang),
    };
    let gap = lang.pick(" ", ", ");
    let is_dimension = rest.len() == 1 || rest.len() == 2;
    match (is_dimension && of_table("", first).is_none(), rest) {
        (true, [own, others @ ..]) if word(first).is_some() => {
            let others = others.iter().map(|part| term("", part));
            let told = std::iter::once(term(inner(first), own)).chain(others);
            let told: Vec<String> = told.collect();
            format!("{}: {}", term_on("", first, lang), told.join(gap))
        },
        _ => {
            let told = parts.iter().map(|part| term("", part));
            told.collect::<Vec<_>>().join(gap)
        },
    }
}

/// On which dimension the codes behind a first part stand.
fn inner(first: &str) -> &str {
    match first {
        "made-received" | "received-decided" | "decided-completed" => "section",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(key: &str) -> String {
        let names = [("5f00".to_owned(), "見本園".to_owned())];
        breakdown(key, &names.into_iter().collect(), Lang::Ja)
    }

    #[test]
    fn rows_are_told_in_the_wards_words() {
        for (key, ja) in [
            ("by-case", "対象者ごとに数えた件数"),
            ("month/2021-08", "月: 令和3年8月"),
            ("month/2024-01", "月: 令和6年1月"),
            ("rule/CR-延べ-2", "数え方: CR-延べ-2"),
            ("facility/5f00", "施設: 見本園"),
            ("suction/5f00", "吸引 見本園"),
            ("area/kinuta/contacts", "総合支所: 砧 延べ件数"),
            ("age/12-14/persons", "年齢: 12〜14歳 実人数"),
            ("age/18+/persons", "年齢: 18歳以上 実人数"),
            ("score/32+/persons", "医療的ケアスコア: 32点以上 実人数"),
            ("1-mon/09", "月曜 9時台"),
            ("7-sun/unknown", "日曜 時刻不明"),
            ("specialist-consultation", "専門相談"),
            ("ventilator", "人工呼吸器"),
            ("role/manager", "役割: センター長"),
            ("line/相談員", "予算科目: 相談員"),
            ("direction/incoming", "連携の向き: センターへ"),
            ("section/from-hospital", "連携先: 専門医療機関・病院から"),
            (
                "made-received/from-child-family",
                "依頼から受理まで: 子ども家庭支援課から",
            ),
            (
                "kinuta/child-family/incoming/made",
                "砧 子ども家庭支援課 センターへ 依頼",
            ),
            ("support/persons-area", "作成の支援: 居住地域の総合支所"),
            ("by/referral", "きっかけ: 連携"),
            ("no-response-yet", "まだ対応のないもの"),
        ] {
            assert_eq!(told(key), ja, "{key}");
        }
        assert!(told("kinuta/health-promotion/made").starts_with("砧 "));
        assert_eq!(told("never/heard"), "never heard");
    }

    #[test]
    fn in_english_codes_stand_as_words_and_facilities_have_their_names() {
        let names = [("5f00".to_owned(), "見本園".to_owned())];
        let names = names.into_iter().collect();

        for (key, en) in [
            ("by-case", "by case"),
            ("facility/5f00", "facility: 見本園"),
            ("month/2021-08", "month: 2021-08"),
            ("rule/CR-延べ-2", "rule: CR-延べ-2"),
            ("area/kinuta/contacts", "area: Kinuta, contacts"),
            ("age/12-14/persons", "age: 12-14, persons"),
            ("1-mon/09", "Monday from 9:00"),
            ("7-sun/unknown", "Sunday at an hour not known"),
            (
                "kinuta/child-family/incoming/made",
                "Kinuta, child family, incoming, made",
            ),
            ("section/from-hospital", "section: from hospital"),
        ] {
            assert_eq!(breakdown(key, &names, Lang::En), en, "{key}");
        }
    }
}
