//! Indicators in words: values, planned numbers, why an event is left out or changed a figure.

use ledger_projections::indicators::{
    Achievement, Amount, Band, CauseKind, EXPANDING_JA, REASONS, Standing, Target,
};

use super::amounts::yen;
use super::programme::range;
use crate::lang::Lang;

/// The groups of indicators, by the letter of their ids.
const GROUPS: &[(&str, &str, &str)] = &[
    ("A", "実施量", "Volume"),
    ("B", "迅速さ", "Timeliness"),
    ("C", "連携", "Referrals"),
    ("D", "災害への備え", "Disaster plans"),
    ("E", "届き方と公平さ", "Reach and equity"),
    ("F", "施設・相談員・体制", "Facilities, advisors and staff"),
    ("G", "家族の声", "Families' voice"),
    ("H", "経費", "Money"),
    ("I", "記録の信頼性", "Trust in the records"),
    ("J", "提言への対応", "Follow-through"),
];

/// The heading of a group of indicators.
#[must_use]
pub fn group(letter: &str, lang: Lang) -> &'static str {
    let found = GROUPS.iter().find(|(own, _, _)| *own == letter);
    found.map_or("", |(_, ja, en)| lang.pick(ja, en))
}

/// The unit of the position up to which the log was verified.
const VERIFIED_JA: &str = "番目まで";

/// What is said where spending has no budget to be held against.
const NO_BUDGET: (&str, &str) = ("予算の登録なし", "No budget recorded");

/// Units of shares whose cases are only cases.
const PLAIN_JA: [&str; 2] = ["", "％"];

/// Where a rule comes from.
#[must_use]
pub const fn said_by(stated: bool, lang: Lang) -> &'static str {
    if stated {
        lang.pick("区の資料による", "stated by the ward")
    } else {
        lang.pick("当方の仮定", "an assumption")
    }
}

/// A value in words; a share says of how many, and no rate where the cases are few.
#[must_use]
pub fn amount(amount: &Amount, unit: &str, lang: Lang) -> String {
    let unit_ja = unit;
    let unit = lang.pick(unit, "");
    match amount {
        _ if is_of_nothing(amount) => none(),
        // The position up to which the log was verified: nothing stands at 0.
        Amount::Count { count: 0 } if unit_ja == VERIFIED_JA => {
            lang.pick("検証の記録なし", "Never verified").to_owned()
        },
        Amount::Count { count } => format!("{count}{unit}"),
        Amount::Share { hits, of } => {
            let counts = match lang {
                Lang::Ja => {
                    let unit = if PLAIN_JA.contains(&unit) {
                        "件"
                    } else {
                        unit
                    };
                    format!("{of}{unit}中{hits}{unit}")
                },
                Lang::En => format!("{hits} of {of}"),
            };
            with_rate(counts, amount.per_mille(), lang)
        },
        Amount::Days { median_tenths, .. } => {
            let median = decimal(*median_tenths, 10);
            match (amount.p90(), lang) {
                (None, Lang::Ja) => format!("中央値{median}{unit}"),
                (None, Lang::En) => format!("Median {median}"),
                (Some(p90), Lang::Ja) => format!("中央値{median}{unit}、90％が{p90}{unit}以内"),
                (Some(p90), Lang::En) => format!("Median {median}, 90 % within {p90}"),
            }
        },
        Amount::Mean { hundredths, .. } => match lang {
            Lang::Ja => format!("平均{}{unit}", decimal(*hundredths, 100)),
            Lang::En => format!("Mean {}", decimal(*hundredths, 100)),
        },
        Amount::Yen { yen: amount } => amount.map_or_else(none, |amount| yen(amount, lang)),
        Amount::YenOf { yen: spent, of } => spent_of(amount, (*spent, *of), lang),
        Amount::YenEach { yen: each, .. } => each.map_or_else(none, |each| yen(each, lang)),
        Amount::Change {
            now,
            before,
            expected_tenths,
        } => {
            let before = before.map(|before| (before, decimal(*expected_tenths, 10)));
            beside_the_year_before(&format!("{now}{unit}"), before, unit, lang)
        },
        Amount::PerFte { hundredths, .. } => format!("{}{unit}", decimal(*hundredths, 100)),
    }
}

/// What was spent of a budget.
fn spent_of(amount: &Amount, (spent, of): (i64, i64), lang: Lang) -> String {
    match (spent, of) {
        (0, 0) => lang.pick(NO_BUDGET.0, NO_BUDGET.1).to_owned(),
        (_, 0) => match lang {
            Lang::Ja => format!("{}（{}）", yen(spent, lang), NO_BUDGET.0),
            Lang::En => format!("{} ({})", yen(spent, lang), NO_BUDGET.1),
        },
        // Nothing is spent by spending nothing: what was spent is not in the ledger yet.
        (0, _) => match lang {
            Lang::Ja => format!("支出の記録なし（予算 {}）", yen(of, lang)),
            Lang::En => format!("No spending recorded (budget {})", yen(of, lang)),
        },
        (_, _) => {
            let counts = match lang {
                Lang::Ja => format!("{}（{}のうち）", yen(spent, lang), yen(of, lang)),
                Lang::En => format!("{} of {}", yen(spent, lang), yen(of, lang)),
            };
            with_rate(counts, amount.per_mille(), lang)
        },
    }
}

/// The number that stands for a value, and its unit; none where there is none.
#[must_use]
pub fn number(amount: &Amount, unit: &str, lang: Lang) -> Option<(String, String)> {
    let cases = if PLAIN_JA.contains(&unit) {
        "件"
    } else {
        unit
    };
    let with = |number: String, unit: &str| Some((number, unit.to_owned()));
    match amount {
        _ if is_of_nothing(amount) => None,
        Amount::Count { count: 0 } if unit == VERIFIED_JA => None,
        Amount::Count { count } => with(count.to_string(), lang.pick(unit, "")),
        Amount::Share { hits, .. } => with(hits.to_string(), lang.pick(cases, "")),
        Amount::Days { median_tenths, .. } => {
            with(decimal(*median_tenths, 10), lang.pick(unit, ""))
        },
        Amount::Mean { hundredths, .. } | Amount::PerFte { hundredths, .. } => {
            with(decimal(*hundredths, 100), lang.pick(unit, ""))
        },
        Amount::Yen { yen } | Amount::YenEach { yen, .. } => {
            let yen = (*yen)?;
            with(yen.to_string(), lang.pick("円", "yen"))
        },
        Amount::YenOf { yen: 0, of: 0 } => None,
        Amount::YenOf { yen, .. } => with(yen.to_string(), lang.pick("円", "yen")),
        Amount::Change { now, .. } => with(now.to_string(), lang.pick(unit, "")),
    }
}

/// The rate of a share in per cent, without its sign; none where it is not told.
#[must_use]
pub fn rate(amount: &Amount) -> Option<String> {
    amount.per_mille().map(|rate| decimal(Some(rate), 10))
}

/// Whether nothing was counted of which a middle or a share could be told.
const fn is_of_nothing(amount: &Amount) -> bool {
    matches!(
        amount,
        Amount::Days {
            median_tenths: None,
            ..
        } | Amount::Mean {
            hundredths: None,
            ..
        } | Amount::PerFte {
            hundredths: None,
            ..
        }
    )
}

/// A count beside that of the year before, and what that makes of as many business days.
fn beside_the_year_before(
    now: &str,
    before: Option<(i64, String)>,
    unit: &str,
    lang: Lang,
) -> String {
    match (before, lang) {
        (Some((before, expected)), Lang::Ja) => {
            format!("{now}（前年同期{before}{unit}、営業日補正{expected}）")
        },
        (Some((before, expected)), Lang::En) => {
            format!("{now} (year before {before}, by business days {expected})")
        },
        (None, Lang::Ja) => format!("{now}（前年同期は開設前）"),
        (None, Lang::En) => format!("{now} (the centre was not open the year before)"),
    }
}

fn with_rate(counts: String, per_mille: Option<i64>, lang: Lang) -> String {
    match per_mille {
        Some(rate) => {
            let rate = decimal(Some(rate), 10);
            lang.pick(
                &format!("{counts}（{rate}％）"),
                &format!("{counts} ({rate} %)"),
            )
            .to_owned()
        },
        None => counts,
    }
}

fn none() -> String {
    "—".to_owned()
}

/// A whole number of tenths or hundredths with its point.
fn decimal(value: Option<i64>, of: u64) -> String {
    let Some(value) = value else {
        return none();
    };
    let sign = if value < 0 { "-" } else { "" };
    let size = value.unsigned_abs();
    let whole = size.checked_div(of).unwrap_or_default();
    let rest = size.checked_rem(of).unwrap_or_default();
    if of == 10 {
        format!("{sign}{whole}.{rest}")
    } else {
        format!("{sign}{whole}.{rest:02}")
    }
}

/// A planned number in words.
#[must_use]
pub fn target(target: Target, lang: Lang) -> String {
    match target {
        Target::Number {
            low,
            high,
            approximate,
            ..
        } => {
            let range = if low == high {
                low.to_string()
            } else {
                range(&low.to_string(), &high.to_string(), lang)
            };
            let about = if approximate {
                lang.pick("程度", " or so")
            } else {
                ""
            };
            format!("{range}{about}")
        },
        Target::Expanding => lang.pick(EXPANDING_JA, "To be expanded").to_owned(),
        Target::Unset => lang.pick("定めなし", "None set").to_owned(),
    }
}

/// Where a figure stands against its planned number, in a word.
#[must_use]
pub const fn band(band: Band, lang: Lang) -> &'static str {
    match (band, lang) {
        (band, Lang::Ja) => band.ja(),
        (Band::Reached, Lang::En) => "reached",
        (Band::Near, Lang::En) => "mostly reached",
        (Band::Behind, Lang::En) => "not reached",
    }
}

/// Where a figure stands, with what is taken for that word where not all that was planned is done; of a range
/// whether it lies within.
#[must_use]
pub fn judged(achievement: &Achievement, lang: Lang) -> String {
    let word = band(achievement.band, lang);
    let whole = achievement.is_whole();
    let (ja, en) = match achievement.band {
        Band::Reached if whole && !achievement.is_of_range() => return word.to_owned(),
        Band::Reached if whole && achievement.is_beyond() => {
            ("予定の上限を超える", "above the planned range")
        },
        Band::Reached if whole => ("予定の範囲内", "within the planned range"),
        Band::Reached => ("90％以上とした場合", "if 90 % is taken as reached"),
        Band::Near => ("70〜89％とした場合", "if 70 to 89 % is taken as that"),
        Band::Behind => ("70％未満とした場合", "if below 70 % is taken as that"),
    };
    match lang {
        Lang::Ja => format!("{word}（{ja}）"),
        Lang::En => format!("{word} ({en})"),
    }
}

/// How many per cent of a planned number were done, of a range of either end; what is left over is cut off.
#[must_use]
pub fn percent_reached(achievement: &Achievement, lang: Lang) -> String {
    let told = |percent: Option<i64>| percent.map_or_else(none, |percent| percent.to_string());
    let low = told(achievement.percent_of_low);
    let high = told(achievement.percent_of_high);
    match lang {
        Lang::Ja if achievement.is_of_range() => format!("予定の下限の{low}％・上限の{high}％"),
        Lang::En if achievement.is_of_range() => {
            format!("{low} % of the lower end, {high} % of the upper end")
        },
        Lang::Ja => format!("達成率{low}％"),
        Lang::En => format!("{low} %"),
    }
}

/// How far a figure is, with the word of its band.
#[must_use]
pub fn achievement(achievement: &Achievement, lang: Lang) -> String {
    let percent = percent_reached(achievement, lang);
    let judged = judged(achievement, lang);
    match lang {
        Lang::Ja => format!("{percent}、{judged}"),
        Lang::En => format!("{percent}, {judged}"),
    }
}

/// What a straight line to the planned number expects by now, and what the year ends with at this pace.
#[must_use]
pub fn pace(achievement: &Achievement, lang: Lang) -> String {
    let expected = decimal(achievement.expected_tenths, 10);
    let forecast = achievement
        .forecast
        .map_or_else(none, |forecast| forecast.to_string());
    let (passed, all) = (achievement.days_elapsed, achievement.days_of_year);
    if achievement.is_final() {
        return match lang {
            Lang::Ja => format!("年度末までの予定{expected}（営業日{all}日すべて経過）"),
            Lang::En => {
                format!("Planned for the year: {expected} (all {all} business days have passed)")
            },
        };
    }
    match lang {
        Lang::Ja => format!(
            "この時点までの予定{expected}、このままなら年度末に{forecast}（営業日{all}日のうち{passed}日経過）"
        ),
        Lang::En => format!(
            "Planned by now: {expected}; forecast for the year: {forecast} ({passed} of {all} business days have passed)"
        ),
    }
}

/// Why an event is left out.
#[must_use]
pub fn reason(code: &'static str, lang: Lang) -> &'static str {
    let found = REASONS.iter().find(|reason| reason.code == code);
    found.map_or(code, |reason| lang.pick(reason.ja, reason.en))
}

/// What an event did to a figure.
#[must_use]
pub const fn cause(kind: CauseKind, lang: Lang) -> &'static str {
    let (ja, en) = match kind {
        CauseKind::Added => ("新しい記録", "new"),
        CauseKind::Late => ("後から記録", "recorded late"),
        CauseKind::Corrected => ("訂正", "corrected"),
        CauseKind::Annulled => ("取消し", "annulled"),
        CauseKind::Reinstated => ("取消しの取消し", "reinstated"),
        CauseKind::Reassigned => ("付替え", "reassigned"),
        CauseKind::Merged => ("統合", "merged"),
        CauseKind::Unmerged => ("統合の取消し", "merge undone"),
        CauseKind::Setting => ("設定の変更", "setting changed"),
    };
    lang.pick(ja, en)
}

/// How an event stands in an indicator.
#[must_use]
pub fn standing(standing: &Standing, lang: Lang) -> String {
    match standing {
        Standing::Counted => lang.pick("数えている", "Counted").to_owned(),
        Standing::BelowTheLine => lang
            .pick("分母にだけ数えている", "In the denominator only")
            .to_owned(),
        Standing::Supports => lang
            .pick("数えるものの根拠になっている", "Supports what is counted")
            .to_owned(),
        Standing::Excluded { reason: code } => {
            let why = reason(code, lang);
            lang.pick(&format!("数えない（{why}）"), &format!("Excluded: {why}"))
                .to_owned()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(actual: i64, low: u32, high: u32) -> Achievement {
        let target = Target::Number {
            low,
            high,
            approximate: false,
            full_year: true,
        };
        let year = ledger_core::time::FiscalYear::new(2022);
        let settings = ledger_projections::settings::Settings::default();
        let scope = ledger_projections::indicators::Scope::of_year(year);
        Achievement::of(actual, target, &settings, scope).unwrap()
    }

    #[test]
    fn what_is_short_of_the_plan_is_reached_only_with_what_is_taken_for_that() {
        let told = |actual, lang| achievement(&reached(actual, 40, 40), lang);

        assert_eq!(told(39, Lang::Ja), "達成率97％、達成（90％以上とした場合）");
        assert_eq!(
            told(35, Lang::Ja),
            "達成率87％、概ね達成（70〜89％とした場合）"
        );
        assert_eq!(told(20, Lang::Ja), "達成率50％、未達（70％未満とした場合）");
        assert_eq!(told(40, Lang::Ja), "達成率100％、達成");
        assert_eq!(
            told(39, Lang::En),
            "97 %, reached (if 90 % is taken as reached)"
        );
    }

    #[test]
    fn a_range_is_told_against_both_its_ends() {
        let told = |actual| achievement(&reached(actual, 1, 2), Lang::Ja);

        assert_eq!(
            told(2),
            "予定の下限の200％・上限の100％、達成（予定の範囲内）"
        );
        assert_eq!(
            told(1),
            "予定の下限の100％・上限の50％、達成（予定の範囲内）"
        );
        assert_eq!(
            told(3),
            "予定の下限の300％・上限の150％、達成（予定の上限を超える）"
        );
    }

    #[test]
    fn spending_without_a_budget_is_not_told_as_of_no_yen() {
        let told = |yen, of| amount(&Amount::YenOf { yen, of }, "円", Lang::Ja);

        assert_eq!(told(0, 0), "予算の登録なし");
        assert_eq!(told(1_000, 0), "1,000円（予算の登録なし）");
        assert_eq!(told(0, 1_000), "支出の記録なし（予算 1,000円）");
    }

    #[test]
    fn a_share_of_few_cases_has_no_rate() {
        let share = |hits, of| amount(&Amount::Share { hits, of }, "％", Lang::Ja);

        assert_eq!(share(3, 4), "4件中3件");
        let persons = amount(&Amount::Share { hits: 16, of: 62 }, "人", Lang::Ja);
        assert_eq!(persons, "62人中16人（25.8％）");
        assert_eq!(share(4, 6), "6件中4件（66.7％）");
    }

    #[test]
    fn what_was_never_verified_is_at_no_position() {
        let verified = |count| amount(&Amount::Count { count }, "番目まで", Lang::Ja);

        assert_eq!(verified(0), "検証の記録なし");
        assert_eq!(verified(12), "12番目まで");
    }

    #[test]
    fn a_mean_is_written_with_point_and_sign() {
        let mean = |hundredths| {
            let n = 7;
            let hundredths = Some(hundredths);
            amount(&Amount::Mean { hundredths, n }, "点", Lang::Ja)
        };

        assert_eq!(mean(-105), "平均-1.05点");
    }

    #[test]
    fn where_nothing_was_counted_no_words_stand_around_nothing() {
        let mean = Amount::Mean {
            hundredths: None,
            n: 0,
        };
        let days = Amount::Days {
            median_tenths: None,
            p90: None,
            n: 0,
        };
        let per_fte = Amount::PerFte {
            hundredths: None,
            n: 0,
        };
        for lang in [Lang::Ja, Lang::En] {
            assert_eq!(amount(&per_fte, "件／常勤換算", lang), "—");
            assert_eq!(amount(&mean, "点", lang), "—");
            assert_eq!(amount(&days, "日", lang), "—");
        }
    }
}
