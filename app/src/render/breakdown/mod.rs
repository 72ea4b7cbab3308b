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
use crate::lang::Lang;

/// What something is parted by.
#[must_use]
pub fn dimension(name: &str, lang: Lang) -> &str {
    match lang {
        Lang::Ja => word(name).unwrap_or(name),
        Lang::En => name,
    }
}

/// What stands before the code of an office from which a referral comes to the centre.
const FROM: &str = "from-";

/// The term of a code on a dimension.
#[must_use]
pub fn term_on(dimension: &str, code: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => japanese(dimension, code),
        Lang::En => code.to_owned(),
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

/// `1-mon` as 月曜.
fn weekday(code: &str) -> Option<&'static str> {
    Some(match code {
        "1-mon" => "月曜",
        "2-tue" => "火曜",
        "3-wed" => "水曜",
        "4-thu" => "木曜",
        "5-fri" => "金曜",
        "6-sat" => "土曜",
        "7-sun" => "日曜",
        _ => return None,
    })
}

/// The key of a breakdown's row in words; `names` are those of facilities, by their ids.
#[must_use]
pub fn breakdown(key: &str, names: &BTreeMap<String, String>, lang: Lang) -> String {
    let parts: Vec<&str> = key.split('/').collect();
    if lang == Lang::En {
        let told = parts.iter();
        let told = told.map(|part| names.get(*part).map_or(*part, String::as_str));
        return told.collect::<Vec<_>>().join("/");
    }
    let Some((first, rest)) = parts.split_first() else {
        return String::new();
    };
    if let Some(day) = weekday(first) {
        let hours = rest.iter().map(|hour| match hour.parse::<u32>() {
            Ok(hour) => format!("{hour}時台"),
            Err(_) => "時刻不明".to_owned(),
        });
        return std::iter::once(day.to_owned())
            .chain(hours)
            .collect::<Vec<_>>()
            .join(" ");
    }
    let term = |dimension: &str, part: &str| match names.get(part) {
        Some(name) => name.clone(),
        None => japanese(dimension, part),
    };
    let is_dimension = rest.len() == 1 || rest.len() == 2;
    match (is_dimension && of_table("", first).is_none(), rest) {
        (true, [own, others @ ..]) if word(first).is_some() => {
            let others = others.iter().map(|part| term("", part));
            let told = std::iter::once(term(inner(first), own)).chain(others);
            let told: Vec<String> = told.collect();
            format!("{}: {}", japanese("", first), told.join(" "))
        },
        _ => {
            let told = parts.iter().map(|part| term("", part));
            told.collect::<Vec<_>>().join(" ")
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
    fn in_english_the_codes_stand_and_facilities_have_their_names() {
        let names = [("5f00".to_owned(), "見本園".to_owned())];
        let names = names.into_iter().collect();

        assert_eq!(
            breakdown("facility/5f00", &names, Lang::En),
            "facility/見本園"
        );
        assert_eq!(
            breakdown("month/2021-08", &names, Lang::En),
            "month/2021-08"
        );
    }
}
