//! What is read as a day or a time, and what is not.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows fails"
)]

use chrono::Datelike as _;
use proptest::prelude::*;

use super::*;
use crate::time::{wareki, wareki_short};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| match u32::from(c) {
            0x20 => '\u{3000}',
            code @ 0x21..=0x7e => char::from_u32(code + 0xfee0).unwrap(),
            _ => c,
        })
        .collect()
}

/// Every notation of one day.
fn notations(day: NaiveDate) -> Vec<String> {
    let (year, month, date) = (day.year(), day.month(), day.day());
    let era = Era::of(day).unwrap();
    let of_era = year - era.year_zero();
    let (name, letter) = (era.name(), era.letter());
    let initial = name.chars().next().unwrap();
    vec![
        wareki(day),
        wareki_short(day),
        format!("{name}{of_era}年{month}月{date}日"),
        format!("{name} {of_era}年 {month}月 {date}日"),
        format!("{initial}{of_era}.{month}.{date}"),
        format!("{letter}{of_era:02}/{month:02}/{date:02}"),
        format!("{}{of_era}-{month}-{date}", letter.to_ascii_lowercase()),
        format!("{year}/{month}/{date}"),
        format!("{year}/{month}/{date} 0:00"),
        format!("{year}-{month:02}-{date:02}"),
        format!("{year}-{month:02}-{date:02} 00:00:00"),
        format!("{year}.{month}.{date}"),
        format!("{year}年{month}月{date}日"),
        format!("{year}{month:02}{date:02}"),
    ]
}

#[test]
fn every_day_from_1900_to_2040_reads_back_from_every_notation() {
    for day in day(1900, 1, 1).iter_days().take_while(|d| d.year() <= 2040) {
        let expected = Ok(ParsedDay {
            day,
            moved_era: false,
        });

        for text in notations(day) {
            assert_eq!(parse_day(&text), expected, "{text}");
        }
    }
}

proptest! {
    #[test]
    fn width_and_surrounding_blanks_do_not_matter(
        days in 0_u64..51_500, notation in 0_usize..14, blanks in "[ \t\u{3000}]{0,3}",
    ) {
        let day = day(1900, 1, 1) + chrono::Days::new(days);
        let text = format!("{blanks}{}{blanks}", full_width(&notations(day)[notation]));

        prop_assert_eq!(parse_day(&text), Ok(ParsedDay { day, moved_era: false }));
    }

    #[test]
    fn no_text_makes_reading_panic(text in ".*", near in "[RH令和0-9元年月日./: -]{0,16}") {
        let _ = parse_day(&text).is_ok() || parse_day(&near).is_ok();
        let _ = parse_time(&text).is_ok() || parse_time(&near).is_ok();
    }

    #[test]
    fn every_second_of_the_day_reads_back(second in 0_u32..86_400) {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap();

        prop_assert_eq!(parse_time(&time.format("%-H:%M:%S").to_string()), Ok(time));
    }
}

#[test]
fn a_day_written_in_a_neighbouring_era_is_taken_as_the_same_day() {
    let cases = [
        ("平成31年5月1日", day(2019, 5, 1), true),
        ("平成31年4月30日", day(2019, 4, 30), false),
        ("H33.8.1", day(2021, 8, 1), true),
        ("令和元年4月1日", day(2019, 4, 1), true),
        ("R1.5.1", day(2019, 5, 1), false),
        ("昭和64年1月8日", day(1989, 1, 8), true),
        ("昭和64年1月7日", day(1989, 1, 7), false),
        ("S95.1.1", day(2020, 1, 1), true),
        ("平成元年1月7日", day(1989, 1, 7), true),
        ("大正15年12月25日", day(1926, 12, 25), false),
        ("大正15年12月26日", day(1926, 12, 26), true),
        ("昭和元年12月24日", day(1926, 12, 24), true),
        ("明治45年7月30日", day(1912, 7, 30), false),
        ("明治45年7月31日", day(1912, 7, 31), true),
        ("㍻３１年５月１日", day(2019, 5, 1), true),
        ("2021\u{2212}08\u{2212}01", day(2021, 8, 1), false),
    ];

    for (text, day, moved_era) in cases {
        assert_eq!(parse_day(text), Ok(ParsedDay { day, moved_era }), "{text}");
    }
}

#[test]
fn a_day_that_does_not_exist_is_refused() {
    for text in [
        "2021/2/29",
        "2021-13-01",
        "20210231",
        "20210800",
        "R3.2.29",
        "令和3年4月31日",
        "令和0年5月1日",
        "R3.0.1",
    ] {
        assert_eq!(parse_day(text), Err(DateError::NoSuchDay), "{text}");
    }
    for text in ["1872/12/31", "M5.12.2", "00000101"] {
        assert_eq!(parse_day(text), Err(DateError::BeforeCalendar), "{text}");
    }
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "　",
        "未定",
        "令和",
        "元年5月1日",
        "令和3年",
        "令和3年8月",
        "令和3年8月1",
        "21/8/1",
        "2021/8",
        "2021/8-1",
        "2021年8/1",
        "2021/8/1/",
        "2021/8/1 9:30",
        "2021/8/10:00",
        "2021/8/1 24:00",
        "2021/008/1",
        "202108",
        "2021081",
        "202108011",
        "44409",
        "X3.8.1",
        "R3.8.1頃",
        "-2021/8/1",
        "+2021/8/1",
        "2021/-8/1",
    ] {
        assert_eq!(parse_day(text), Err(DateError::Unreadable), "{text:?}");
    }
}

#[test]
fn an_error_does_not_repeat_what_was_read() {
    assert!(
        !parse_day("1999/2/30")
            .unwrap_err()
            .to_string()
            .contains("1999")
    );
}

#[test]
fn times_are_read_in_every_notation() {
    let time = |h, m, s| NaiveTime::from_hms_opt(h, m, s).unwrap();
    let cases = [
        ("9:05", time(9, 5, 0)),
        ("09:05", time(9, 5, 0)),
        ("9:05:30", time(9, 5, 30)),
        ("１７：００", time(17, 0, 0)),
        ("9時5分", time(9, 5, 0)),
        ("９時０５分", time(9, 5, 0)),
        ("9時 5分", time(9, 5, 0)),
        ("16時", time(16, 0, 0)),
        ("　0:00 ", time(0, 0, 0)),
        ("23:59:59", time(23, 59, 59)),
    ];

    for (text, time) in cases {
        assert_eq!(parse_time(text), Ok(time), "{text}");
    }
}

#[test]
fn a_time_that_does_not_exist_is_refused() {
    for text in ["24:00", "24時", "25:10", "9:60", "9:00:60", "9時60分"] {
        assert_eq!(parse_time(text), Err(TimeError::NoSuchTime), "{text}");
    }
    for text in [
        "",
        "昼",
        "9",
        "9:5",
        "9:",
        "905",
        "9:05:3",
        "9時5",
        "9時半",
        "9:05頃",
        "-9:05",
        "2021/8/1 9:05",
    ] {
        assert_eq!(parse_time(text), Err(TimeError::Unreadable), "{text:?}");
    }
}
