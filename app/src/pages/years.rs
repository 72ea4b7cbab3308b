//! The fiscal years of which there are figures: those of the trial that have begun, and why there are no later ones.

use axum::http::StatusCode;
use ledger_core::event::PeriodSet;
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::settings::Settings;

use super::act::may_give;
use super::door::SignedIn;
use super::fault::Refusal;
use super::language::{current, listed, t};
use crate::lang::Lang;
use crate::render;

/// A fiscal year that can be chosen.
pub(super) struct Year {
    pub(super) number: i32,
    pub(super) title: String,
    pub(super) chosen: bool,
}

/// A year among those that can be chosen.
pub(super) fn choice(year: FiscalYear, chosen: FiscalYear) -> Year {
    Year {
        number: year.year(),
        title: render::fiscal_year(year, current()),
        chosen: year == chosen,
    }
}

/// The fiscal years of the trial that have begun.
pub(super) fn known_years(settings: &Settings, today: Day) -> Vec<FiscalYear> {
    let (first, last) = (settings.year_near(Day::MIN), settings.year_near(today));
    // Without a period a day's year is the nearest to it, and there is no first one.
    let first = if first == FiscalYear::of(Day::MIN) {
        last
    } else {
        first
    };
    (first.year()..=last.year()).map(FiscalYear::new).collect()
}

/// Why the present year is not among those that can be chosen.
#[derive(Clone)]
pub(super) struct Ended {
    /// Up to where the years go, and why.
    pub(super) why: String,
    /// What is to be done.
    pub(super) what_to_do: String,
    /// The form of what is to be done with the period's other days, for who may.
    pub(super) form: Option<String>,
}

/// The command that sets the programme's period.
const SET_PERIOD: &str = "set-period";

/// Why there are no figures of the present year; none where there are.
pub(super) fn ended(settings: &Settings, today: Day, signed_in: &SignedIn) -> Option<Ended> {
    let period = settings.period()?;
    let (last, present) = (FiscalYear::of(period.ends_on), FiscalYear::of(today));
    if present <= last {
        return None;
    }
    let [from, to] = [period.starts_on, period.ends_on].map(|day| render::day(day, current()));
    let [last, present] = [last, present].map(|year| render::fiscal_year(year, current()));
    let may = may_give(signed_in, SET_PERIOD);
    let why = match current() {
        Lang::Ja => {
            format!("選べる年度は、事業の設定の実施期間（{from}～{to}）に合わせて{last}までです。")
        },
        Lang::En => format!(
            "The years end with {last}, because the programme's period is set from {from} to {to}."
        ),
    };
    let what_to_do = what_to_do(may, &present);
    Some(Ended {
        why,
        what_to_do,
        form: may.then(|| form(period)),
    })
}

/// The form in which another end is set, with the days that stay.
fn form(period: &PeriodSet) -> String {
    let days = [
        ("period.preparation_from", period.preparation_from),
        ("period.starts_on", period.starts_on),
    ];
    let query = serde_html_form::to_string(days).unwrap_or_default();
    format!("/acts/{SET_PERIOD}?{query}")
}

/// A year of which there are no figures, with those of which there are.
pub(super) fn no_such_year(years: &[FiscalYear], ended: Option<&Ended>) -> Refusal {
    let known = years
        .iter()
        .map(|year| render::fiscal_year(*year, current()));
    let known = listed(&known.collect::<Vec<_>>());
    let told = match current() {
        Lang::Ja => format!("数字のある年度は{known}です。"),
        Lang::En => format!("There are figures of {known}."),
    };
    let choose = t(
        "画面の年度から選び直してください。",
        "Choose one of the years on the page.",
    );
    let between = t("", " ");
    let hint = ended.map_or_else(
        || choose.to_owned(),
        |ended| format!("{choose}{between}{}", ended.what_to_do),
    );
    Refusal::new(
        StatusCode::NOT_FOUND,
        t(
            "その年度の数字はありません",
            "There are no figures of that year",
        ),
        told,
        hint,
    )
}

/// How figures of a year behind the period are to be seen.
fn what_to_do(may: bool, present: &str) -> String {
    if may {
        return match current() {
            Lang::Ja => format!("{present}の数字を見るには、実施期間の終わりを改めます。"),
            Lang::En => format!("To see figures of {present}, set a later end of the period."),
        };
    }
    match current() {
        Lang::Ja => format!(
            "{present}の数字を見るには、センター長またはシステム管理者が実施期間の終わりを改めます。"
        ),
        Lang::En => format!(
            "To see figures of {present}, have the manager or an administrator set a later end of the period."
        ),
    }
}
