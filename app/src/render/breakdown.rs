//! The rows of a breakdown in words: what a figure is parted by, and the terms of the codes.

use std::collections::BTreeMap;

use ledger_core::code::{
    Area, CareProcedure, Channel, Competency, Consulter, CorrectionReason, MotorImpairment,
    PartyKind, ProfileField, Section, Service, Topic, VerificationMethod, VoiceStage,
};
use ledger_core::time::{Era, wareki};

use super::titles::role_of;
use crate::lang::Lang;

/// What rows are parted by, and rows that stand for themselves.
const WORDS: &[(&str, &str)] = &[
    ("month", "月"),
    ("rule", "数え方"),
    ("facility", "施設"),
    ("section", "連携先"),
    ("area", "総合支所"),
    ("age", "年齢"),
    ("procedure", "医療的ケア"),
    ("score", "医療的ケアスコア"),
    ("movable", "動ける医療的ケア児・者"),
    ("channel", "方法"),
    ("topic", "主訴"),
    ("consulter", "相談者"),
    ("first-source", "最初に知った先"),
    ("field", "項目"),
    ("stage", "時期"),
    ("method", "方法"),
    ("line", "予算科目"),
    ("menu", "補助メニュー"),
    ("reason", "理由"),
    ("role", "役割"),
    ("act", "行為"),
    ("purpose", "目的"),
    ("to", "連携先"),
    ("all-spending", "全支出を割った額"),
    ("by-case", "対象者ごとに数えた件数"),
    ("anonymous", "匿名の相談"),
    ("contacts-by-person", "一人あたりの件数（分布）"),
    ("contacts-by-person-mean", "一人あたりの件数（平均）"),
    ("cumulative", "累計"),
    ("facilities", "訪問した施設"),
    ("facilities-with-4", "4回以上訪問した施設"),
    ("capped-at-4", "各施設4回までの訪問"),
    ("active", "受講中（研修のあった者）"),
    ("completed", "修了した者"),
    ("sessions", "研修の回数"),
    ("competency-gain", "習得の伸び"),
    ("new", "新規"),
    ("new-of-all-offices", "新規（総合支所の支援を含む）"),
    ("verified", "検証"),
    ("new-and-verified", "新規と検証"),
    ("still-open", "継続中"),
    ("later-than-3-business-days", "3営業日を超えたもの"),
    ("made-received", "依頼から受理まで"),
    ("received-decided", "受理から受入決定まで"),
    ("decided-completed", "受入決定から完了まで"),
    ("made", "依頼"),
    ("accepted", "受入決定"),
    ("overdue", "期限超過"),
    ("long-overdue", "期限を大きく超過"),
    ("due-in-60-days", "60日以内に期限"),
    ("not-received", "受理の確認がない"),
    ("not-decided", "受入決定がない"),
    ("not-completed", "完了していない"),
    ("days-to-recheck", "再確認までの日数"),
    ("revised-in-30-days", "30日以内に見直したもの"),
    ("share-of-open-cases", "支援中の対象者に占める割合"),
    ("with-welfare-service", "福祉サービスを利用"),
    ("newly-linked-to-welfare", "新たに福祉サービスにつながった"),
    ("contacts", "延べ件数"),
    ("persons", "実人数"),
    ("of-known-population", "把握している人数に占める割合"),
    ("declined-then-accepted", "見送りの後に受入れ"),
    ("plans-drafted-later", "修了後に作成したプラン"),
    ("concurrent-post-conflicts", "兼務による支障"),
    ("existing", "既存事業分"),
    ("by-budget", "予算で見た額"),
    ("planned", "歳入見込"),
    ("applied", "交付申請"),
    ("decided", "交付決定"),
    ("received", "受入"),
    ("settled", "精算"),
    ("late-entries-allowed", "締め後の記録の許可"),
    ("found-broken", "異状の発見"),
    ("corrected", "訂正"),
    ("annulled", "取消し"),
    ("reassigned", "付替え"),
    ("timeline", "経過の閲覧"),
    ("event", "記録の閲覧"),
    ("replay", "再現"),
    ("search", "検索"),
    ("export", "出力"),
    ("print", "印刷"),
    ("work-list", "業務一覧"),
    ("yes", "該当"),
    ("no", "非該当"),
    ("all", "全体"),
    ("several", "複数"),
    ("unknown", "不明"),
    ("district-centre", "総合支所保健福祉センター"),
    ("other", "その他"),
];

fn word(code: &str) -> Option<&'static str> {
    let found = WORDS.iter().find(|(own, _)| *own == code);
    found.map(|(_, ja)| *ja)
}

/// What something is parted by.
#[must_use]
pub fn dimension(name: &str, lang: Lang) -> &str {
    match lang {
        Lang::Ja => word(name).unwrap_or(name),
        Lang::En => name,
    }
}

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
        "month" => month(code),
        "age" => age(code),
        "score" => score(code),
        "role" => role_of(code).map(str::to_owned),
        _ => of_table(dimension, code).map(str::to_owned),
    };
    let known = known.or_else(|| word(code).map(str::to_owned));
    known.unwrap_or_else(|| code.to_owned())
}

/// The ward's term for a code of a table that fits the dimension; without one of any table.
fn of_table(dimension: &str, code: &str) -> Option<&'static str> {
    macro_rules! of {
        ($($Table:ident),+) => {
            None$(.or_else(|| code.parse::<$Table>().ok().map($Table::ja)))+
        };
    }
    match dimension {
        "area" => of!(Area),
        "procedure" => of!(CareProcedure),
        "channel" => of!(Channel),
        "topic" => of!(Topic),
        "consulter" | "first-source" => of!(Consulter),
        "field" => of!(ProfileField, CareProcedure, MotorImpairment),
        "stage" => of!(VoiceStage),
        "method" => of!(VerificationMethod),
        "reason" => of!(CorrectionReason),
        "section" | "to" => of!(Section, PartyKind),
        "all-spending" => of!(Service),
        "" => of!(Area, Service, CareProcedure, Section, PartyKind, Competency),
        _ => None,
    }
}

/// `2021-08` as 令和3年8月.
fn month(code: &str) -> Option<String> {
    let first = format!("{code}-01").parse().ok()?;
    Era::of(first)?;
    Some(wareki(first).trim_end_matches("1日").to_owned())
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
