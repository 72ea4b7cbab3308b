//! Which year, day and position the indicators are asked for.

use std::ops::RangeInclusive;

use ledger_core::id::Position;
use ledger_core::text::normal;
use ledger_core::time::{Day, FiscalYear, parse_day, wareki_fiscal_year};
use ledger_projections::facts::Facts;
use ledger_projections::indicators::{Basis, Scope};
use ledger_projections::settings::Settings;

use crate::failure::Failure;
use crate::fault::figures_failure;
use crate::lang::Lang;
use crate::reading::AsAt;
use crate::render::day;
use crate::wiring::OpenLedger;

/// Year and day.
#[derive(Debug, clap::Args)]
pub(crate) struct ScopeArgs {
    /// 年度（2023、R5、令和5年度） / the fiscal year
    #[arg(long, value_name = "YEAR", value_parser = year)]
    fiscal_year: i32,
    /// この日までにあったこと。基準日（既定は年度末。年度の途中なら今日） / the day on which it is looked at: what occurred later is left out
    #[arg(long, visible_alias = "as-of", value_name = "DATE", value_parser = super::figures::day)]
    on: Option<Day>,
}

impl ScopeArgs {
    /// The day that was given.
    pub(super) const fn on(&self) -> Option<Day> {
        self.on
    }

    /// The year, seen on the day that was given, or on its last day that has come.
    ///
    /// # Errors
    /// [`Failure`] when there is no such year.
    pub(crate) fn scope(&self, today: Day) -> Result<Scope, Failure> {
        let whole = Scope::of_year(fiscal_year(self.fiscal_year)?);
        let day = self.on.unwrap_or(whole.day.min(today));
        let first = whole.year.first_day();
        if self.on.is_some() && day < first {
            let (ja, en) = (crate::render::day(first, Lang::Ja), first);
            return Err(Failure::usage(
                "BAD_DAY",
                format!("基準日は年度の初日（{ja}）以後の日にしてください。"),
                format!("the day lies before the fiscal year, which begins on {en}"),
            )
            .on("--on"));
        }
        Ok(Scope { day, ..whole })
    }
}

/// Reads a fiscal year, western or of an era: `2023`, `令和5年度`, `R5`.
pub(super) fn year(text: &str) -> Result<i32, String> {
    let text = normal(text);
    let text = text.trim_end_matches('度').trim_end_matches('年');
    if let Ok(year) = text.parse() {
        return Ok(year);
    }
    // A fiscal year is called by the era that holds its end of December.
    let last =
        parse_day(&format!("{text}.12.31")).or_else(|_| parse_day(&format!("{text}年12月31日")));
    let day = last.map_err(|_| "such as 2023, R5 or 令和5年度".to_owned())?;
    Ok(FiscalYear::of(day.day).year())
}

/// The years that can be meant: the centre's are among them, and a slip of the pen is not.
const YEARS: RangeInclusive<i32> = 2000..=2100;

/// A fiscal year that can be meant.
///
/// # Errors
/// [`Failure`] when it cannot.
pub(super) fn fiscal_year(year: i32) -> Result<FiscalYear, Failure> {
    if YEARS.contains(&year) {
        return Ok(FiscalYear::new(year));
    }
    let (first, last) = (YEARS.start(), YEARS.end());
    Err(Failure::usage(
        "BAD_YEAR",
        format!("年度は西暦の{first}〜{last}で指定してください（{year}とあります）。"),
        format!("a fiscal year lies between {first} and {last}; {year} was given"),
    )
    .on("--fiscal-year"))
}

/// The fiscal year that is given; without one the year of the trial that is nearest to a day.
///
/// # Errors
/// [`Failure`] when there is no such year.
pub(super) fn given_year(
    given: Option<i32>,
    settings: &Settings,
    near: Day,
) -> Result<FiscalYear, Failure> {
    match given {
        Some(year) => fiscal_year(year),
        None => Ok(settings.year_near(near)),
    }
}

/// The position that an option names in a ledger whose views stand at `head`; without it `head`.
pub(super) async fn position(
    open: &OpenLedger,
    given: Option<AsAt>,
    head: Position,
    option: &'static str,
) -> Result<Position, Failure> {
    match given {
        Some(given) => given.position_in(open.store.as_ref(), head, option).await,
        None => Ok(head),
    }
}

/// Brings the facts forward and reads them as they stood at a position, or at the head.
pub(super) async fn basis(open: &OpenLedger, as_at: Option<AsAt>) -> Result<Basis, Failure> {
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let at = position(open, as_at, head, "--as-at").await?;
    let basis = Basis::read(open.store.as_ref(), &open.facts, Some(at)).await;
    basis.map_err(|error| figures_failure(&error))
}

/// What is looked at: the year, the day and the position.
pub(super) fn title(scope: Scope, at: Position, lang: Lang) -> String {
    let on = day(scope.day, lang);
    match lang {
        Lang::Ja => {
            let year = wareki_fiscal_year(scope.year);
            format!("{year}（基準日 {on}、位置{at}の時点）")
        },
        Lang::En => format!(
            "Fiscal year {} (on {on}, as at position {at})",
            scope.year.year()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::year;

    #[test]
    fn a_fiscal_year_is_read_in_either_calendar() {
        for text in [
            "2023",
            "２０２３",
            "2023年度",
            "R5",
            "令和5年度",
            "令和５年度",
            "令和5",
        ] {
            assert_eq!(year(text), Ok(2023), "{text}");
        }
        assert_eq!(year("令和元年度"), Ok(2019));
        assert_eq!(year("平成31年度"), Ok(2019));
        assert!(year("令和").is_err());
        assert!(year("来年").is_err());
    }
}
