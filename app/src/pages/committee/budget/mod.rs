//! 経費と補助金: budget, spending and subsidy of each year, how far each menu's cap is used, and what is left to
//! the ward once the rate falls to one half.

mod tables;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_commands::rule::subsidy::{CAP_YEN, FULL_RATE_YEARS, rate_percent};
use ledger_core::event::ExportedList;
use ledger_core::id::StreamName;
use ledger_core::time::FiscalYear;
use ledger_projections::budget::{BudgetCard, Menu, SubsidyStep, budget_card};
use ledger_projections::indicators::Amount;

use super::super::chart::{Bar, Named, Share, Stack};
use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::fault::Refusal;
use super::super::figures::Asked;
use super::super::figures::scope;
use super::super::form::Query;
use super::super::language::{current, listed, t};
use super::super::site::Site;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::paper::answer;
use super::row::Row;
use crate::lang::Lang;
use crate::reading::closed_history;
use crate::render;

#[derive(Template)]
#[template(path = "committee/budget.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    books: Option<Books>,
    figures: Vec<Row>,
    years: Vec<Year>,
    chart: Stack,
    cliff: Option<Cliff>,
    full_years: i32,
    cap: String,
}

/// A year's books in words.
struct Books {
    lines: Vec<[String; 4]>,
    total: [String; 4],
    existing: String,
    new: String,
    menus: Vec<MenuTold>,
    steps: Vec<(&'static str, String)>,
}

struct MenuTold {
    name: String,
    rate: u32,
    eligible: String,
    payable: String,
    cap: String,
    used: String,
}

/// What a year cost, and who pays it.
struct Year {
    title: String,
    rate: u32,
    cost: Option<i64>,
    /// Nothing was spent yet: the budget stands for it.
    by_budget: bool,
    ward: Option<i64>,
    /// What would be left to the ward at one half.
    halved: Option<i64>,
}

impl Year {
    /// Cost, subsidy, the ward's share, and that at one half.
    fn amounts(&self) -> [String; 4] {
        [self.cost, self.subsidy(), self.ward, self.halved].map(yen)
    }

    fn subsidy(&self) -> Option<i64> {
        Some(self.cost?.saturating_sub(self.ward?))
    }
}

/// The first year at the lower rate, as dear as the last one that is known.
struct Cliff {
    title: String,
    like: String,
    ward: String,
    more: String,
    /// No menu is recorded: all of the cost is taken as eligible, and no cap as reached.
    assumed: bool,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let looked = &present.looked;
    let first = looked.basis.settings.starts_on().map(FiscalYear::of);
    let first = first.unwrap_or_else(|| present.year());
    let today = site.today();
    let years = present.years.iter().map(|one| {
        let of_year = Looked {
            basis: Arc::clone(&looked.basis),
            scope: scope(*one, today),
            shown_at: None,
        };
        year(first, &of_year)
    });
    let years: Vec<Year> = years.collect();
    let frame = Frame::of("/committee/budget")
        .with_years(&present)
        .looking_at(looked);
    let ends = looked.basis.settings.ends_on().map(FiscalYear::of);
    let as_at = looked.basis.as_at;
    let page = Page {
        chrome: frame.chrome(&signed_in),
        frame,
        books: card(&site, looked).await?.as_ref().map(books),
        figures: Row::all(&["H-1", "H-2", "H-3", "H-4", "H-5", "H-6"], looked),
        chart: chart(&years),
        cliff: ends.and_then(|ends| cliff(ends, &years)),
        years,
        full_years: FULL_RATE_YEARS,
        cap: render::yen(CAP_YEN, current()),
    };
    let named = (ExportedList::Budget, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

async fn card(site: &Site, looked: &Looked) -> Result<Option<BudgetCard>, Refusal> {
    let (store, year) = (site.open.open.store.as_ref(), looked.scope.year);
    let stream = StreamName::fiscal_year(year);
    let history = closed_history(store, &stream, Some(looked.basis.as_at)).await?;
    Ok(budget_card(&history, year, site.today()))
}

fn year(first: FiscalYear, looked: &Looked) -> Year {
    let value = |id: &str| looked.measure(id).map(|(_, measure)| measure.value.clone());
    let yen = |id: &str| match value(id) {
        Some(Amount::Yen { yen }) => yen,
        _ => None,
    };
    let (spent, budget) = match value("H-1") {
        Some(Amount::YenOf { yen, of }) => (yen, of),
        _ => (0, 0),
    };
    let by_budget = spent == 0;
    let cost = if by_budget { budget } else { spent };
    // Without a menu nothing tells what the subsidy pays for.
    let has_menus = looked.measure("H-4").is_some_and(|(_, measure)| {
        let mut lines = measure.lines.iter();
        lines.any(|line| line.key.starts_with("menu/"))
    });
    Year {
        title: render::fiscal_year(looked.scope.year, current()),
        rate: rate_percent(first, looked.scope.year),
        cost: (cost > 0).then_some(cost),
        by_budget,
        ward: yen("H-5"),
        halved: yen("H-6").filter(|_| has_menus),
    }
}

/// Each year as a bar: the subsidy, and what is left to the ward; then the last one at one half.
fn chart(years: &[Year]) -> Stack {
    let bar = |label: String, subsidy: i64, ward: i64| Bar {
        label,
        shares: [("actual", subsidy), ("hatched", ward)]
            .map(|(class, amount)| Share {
                class,
                count: amount.max(0),
                label: thousand_yen(amount),
            })
            .into_iter()
            .collect(),
    };
    let known = years
        .iter()
        .filter_map(|year| Some(bar(year.title.clone(), year.subsidy()?, year.ward?)));
    let mut bars: Vec<Bar> = known.collect();
    let halved = years.iter().rev().find_map(|year| {
        let (cost, ward) = (year.cost?, year.halved?);
        Some(bar(
            t("補助率1/2なら", "At one half").to_owned(),
            cost.saturating_sub(ward),
            ward,
        ))
    });
    bars.extend(halved);
    let said = bars.iter().map(|bar| {
        let parts: Vec<&str> = bar.shares.iter().map(|share| &*share.label).collect();
        let parts = parts.join(t("と", " and "));
        match current() {
            Lang::Ja => format!("{} 補助金と区の負担 {parts}", bar.label),
            Lang::En => format!("{}: subsidy and ward's share {parts}", bar.label),
        }
    });
    let named = Named {
        id: "who-pays".to_owned(),
        title: t("経費を負担する者", "Who pays").to_owned(),
        description: listed(&said.collect::<Vec<_>>()),
    };
    Stack::of(named, &bars)
}

/// An amount as council papers have it, cut to thousands.
fn thousand_yen(amount: i64) -> String {
    let thousands = render::yen(amount.div_euclid(1_000), current());
    match current() {
        Lang::Ja => thousands.replace('円', "千円"),
        Lang::En => thousands.replace(" yen", "k yen"),
    }
}

fn yen(amount: Option<i64>) -> String {
    amount.map_or_else(|| "―".to_owned(), |amount| render::yen(amount, current()))
}

fn cliff(last: FiscalYear, years: &[Year]) -> Option<Cliff> {
    let mut newest = years.iter().rev();
    let like = newest.find(|year| year.cost.is_some())?;
    // A subsidy is paid in whole yen: the half that is left is the larger one.
    let half = like
        .cost
        .map(|cost| cost.saturating_sub(cost.div_euclid(2)));
    let halved = like.halved.or(half)?;
    let next = FiscalYear::new(last.year().saturating_add(1));
    Some(Cliff {
        title: render::fiscal_year(next, current()),
        like: like.title.clone(),
        ward: yen(Some(halved)),
        more: yen(like.ward.map(|ward| halved.saturating_sub(ward))),
        assumed: like.halved.is_none(),
    })
}

fn books(card: &BudgetCard) -> Books {
    let yen = |amount| render::yen(amount, current());
    let lines = card.lines.iter().filter(|line| !line.existing);
    let lines = lines.map(|line| {
        let left = if line.left_yen < 0 {
            t("（超過）", " (overspent)")
        } else {
            ""
        };
        [
            line.name_ja.clone(),
            yen(line.amount_yen),
            yen(line.spent_yen),
            format!("{}{left}", yen(line.left_yen)),
        ]
    });
    Books {
        lines: lines.collect(),
        total: [
            t("計", "Total").to_owned(),
            yen(card.budget_yen),
            yen(card.spent_yen),
            yen(card.budget_yen.saturating_sub(card.spent_yen)),
        ],
        existing: yen(card.existing_yen),
        new: yen(card.new_yen),
        menus: card.menus.iter().map(menu).collect(),
        steps: steps(card),
    }
}

fn menu(menu: &Menu) -> MenuTold {
    let yen = |amount| render::yen(amount, current());
    let used = menu.payable_yen.saturating_mul(100);
    let used = used.checked_div(menu.cap_yen);
    MenuTold {
        name: menu.name_ja.clone(),
        rate: menu.rate_percent,
        eligible: yen(menu.eligible_yen),
        payable: yen(menu.payable_yen),
        cap: yen(menu.cap_yen),
        used: used.map_or_else(
            || "―".to_owned(),
            |percent| format!("{percent}{}", t("％", " %")),
        ),
    }
}

fn steps(card: &BudgetCard) -> Vec<(&'static str, String)> {
    let steps = [
        (t("歳入見込", "Planned"), SubsidyStep::Planned),
        (t("交付申請", "Applied for"), SubsidyStep::Applied),
        (t("交付決定", "Decided"), SubsidyStep::Decided),
        (t("受入", "Received"), SubsidyStep::Received),
        (t("精算", "Settled"), SubsidyStep::Settled),
    ];
    let told = steps.map(|(name, step)| (name, yen(card.subsidy_yen(step))));
    told.into_iter().collect()
}
