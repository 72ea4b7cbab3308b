//! 支援の歩み: how long the steps of the persons served took, all together; nobody's way is told alone.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_projections::indicators::boards::{Journey, Leg, journeys};
use ledger_projections::small_cells::SHOWN_MIN;

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{Cell, Table};
use super::super::fault::Refusal;
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{current, t};
use super::super::site::Site;
use super::cells::WITHHELD;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::paper::{Paper, answer};
use crate::lang::Lang;

#[derive(Template)]
#[template(path = "committee/journeys.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    told: Option<Told>,
}

struct Told {
    stamp: String,
    parts: Vec<Part>,
}

/// A part of the way in words.
struct Part {
    from: &'static str,
    to: &'static str,
    persons: String,
    days: String,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let as_at = present.looked.basis.as_at;
    let frame = Frame::of("/committee/journeys").with_years(&present);
    let divided = present.divided(&site).await?;
    let page = Page {
        chrome: frame.chrome(&signed_in),
        frame,
        told: divided.as_ref().map(told),
    };
    let named = (ExportedList::StepsOfSupport, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

fn told(looked: &Looked) -> Told {
    let ways = looked.board("journeys", journeys);
    Told {
        stamp: looked.stamp(),
        parts: ways.iter().map(part).collect(),
    }
}

fn part(way: &Journey) -> Part {
    let (from, to) = steps(way.leg);
    Part {
        from,
        to,
        persons: with_undated(way),
        days: days(way),
    }
}

/// The days; of nobody there are none, which is another thing than those of a few.
fn days(way: &Journey) -> String {
    match way.median_days {
        Some(days) => days.to_string(),
        None if way.persons <= 0 => "―".to_owned(),
        None => WITHHELD.to_owned(),
    }
}

/// How many persons went a part of the way, and how many records of its end have no day: they happened, though nobody
/// knows when.
fn with_undated(way: &Journey) -> String {
    let persons = persons(way.persons);
    let records = match way.leg {
        Leg::ReferralToFeedback => t("日付のない報告", "Reports without a date"),
        Leg::ContactToPlan
        | Leg::PlanToAgreement
        | Leg::AgreementToDischarge
        | Leg::DischargeToContact
        | Leg::ContactToReferral
        | Leg::ReferralToAcceptance
        | Leg::ContactToDisasterPlan
        | Leg::DisasterPlanToVerification => t("日付のない記録", "Records without a date"),
    };
    let told = match (current(), way.undated) {
        (_, ..=0) => return persons.to_owned(),
        (Lang::Ja, 1..SHOWN_MIN) => format!("{records} {WITHHELD}"),
        (Lang::En, 1..SHOWN_MIN) => format!("{records}: {WITHHELD}"),
        (Lang::Ja, count) => format!("{records} {count}件"),
        (Lang::En, count) => format!("{records}: {count}"),
    };
    if way.persons <= 0 {
        return told;
    }
    match current() {
        Lang::Ja => format!("{persons}（ほかに{told}）"),
        Lang::En => format!("{persons} ({told})"),
    }
}

/// How many persons, roughly: the difference of two exact numbers would be a person or two who went no further.
fn persons(count: i64) -> &'static str {
    match count {
        ..=0 => t("なし", "None"),
        1..=4 => WITHHELD,
        5..=9 => t("5〜9人", "5 to 9"),
        10..=19 => t("10〜19人", "10 to 19"),
        20..=49 => t("20〜49人", "20 to 49"),
        50.. => t("50人以上", "50 or more"),
    }
}

/// The two steps between which a part of the way lies.
fn steps(leg: Leg) -> (&'static str, &'static str) {
    let contact = t("初回の相談", "First consultation");
    let plan = t(
        "在宅生活支援プランの依頼・作成",
        "Support plan asked for or drafted",
    );
    let agreed = t("プランの同意", "Plan agreed");
    let left = t("退院", "Discharge");
    let referral = t("初回の連携", "First referral");
    let disaster = t("災害時個別支援計画の作成", "Disaster plan drafted");
    match leg {
        Leg::ContactToPlan => (contact, plan),
        Leg::PlanToAgreement => (plan, agreed),
        Leg::AgreementToDischarge => (agreed, left),
        Leg::DischargeToContact => (
            left,
            t("退院後の初めての相談", "First consultation after it"),
        ),
        Leg::ContactToReferral => (contact, referral),
        Leg::ReferralToAcceptance => (referral, t("受入決定", "Acceptance")),
        Leg::ReferralToFeedback => (referral, t("結果の報告", "Result reported")),
        Leg::ContactToDisasterPlan => (contact, disaster),
        Leg::DisasterPlanToVerification => (
            disaster,
            t("家族との初めての検証", "First verification with the family"),
        ),
    }
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        let columns = [
            t("どこから", "From"),
            t("どこまで", "To"),
            t("日数の中央値", "Median of days"),
            t("人数", "Persons"),
        ];
        let told = self.told.iter().map(|told| {
            let rows = told.parts.iter().map(|part| {
                let days = Cell::told(&part.days);
                let (from, to) = (Cell::text(part.from), Cell::text(part.to));
                vec![from, to, days, Cell::text(&part.persons)]
            });
            let title = t("次の段階までの日数", "Days until the next step");
            Table::new(title, columns, rows).stamped(&told.stamp)
        });
        told.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_nobody_are_no_days_and_those_of_a_few_are_withheld() {
        let told = |persons, median_days| {
            days(&Journey {
                leg: Leg::ContactToPlan,
                persons,
                undated: 0,
                median_days,
            })
        };
        assert_eq!(
            [told(0, None), told(4, None), told(5, Some(12))],
            ["―", "※", "12"]
        );
    }

    #[test]
    fn reports_without_a_day_are_told_where_nobody_else_is_and_beside_them() {
        let told = |persons, undated| {
            with_undated(&Journey {
                leg: Leg::ReferralToFeedback,
                persons,
                undated,
                median_days: None,
            })
        };
        assert_eq!(told(0, 17), "日付のない報告 17件");
        assert_eq!(told(6, 17), "5〜9人（ほかに日付のない報告 17件）");
        assert_eq!([told(0, 0), told(0, 4)], ["なし", "日付のない報告 ※"]);
    }

    #[test]
    fn few_persons_are_not_told_and_many_only_roughly() {
        let told = [0, 1, 4, 5, 9, 10, 49, 50].map(persons);
        assert_eq!(
            told,
            [
                "なし",
                "※",
                "※",
                "5〜9人",
                "5〜9人",
                "10〜19人",
                "20〜49人",
                "50人以上"
            ]
        );
    }
}
