//! Commands about a fiscal year's money: budget, expenditure, subsidy, and the closing of the year.

mod allow_late_entry;
mod apply_subsidy;
mod close_fiscal_year;
mod decide_subsidy;
mod plan_subsidy;
mod receive_subsidy;
mod record_expenditure;
mod reverse_expenditure;
mod set_budget_line;
mod set_subsidy_menu;
mod set_up_books;
mod settle_subsidy;

pub use allow_late_entry::AllowLateEntry;
pub use apply_subsidy::ApplySubsidy;
pub use close_fiscal_year::CloseFiscalYear;
pub use decide_subsidy::DecideSubsidy;
pub use plan_subsidy::PlanSubsidy;
pub use receive_subsidy::ReceiveSubsidy;
pub use record_expenditure::RecordExpenditure;
pub use reverse_expenditure::ReverseExpenditure;
pub use set_budget_line::SetBudgetLine;
pub use set_subsidy_menu::SetSubsidyMenu;
pub use set_up_books::SetUpBooks;
pub use settle_subsidy::SettleSubsidy;

use ledger_core::event::{BudgetLineSet, SubsidyAmount};
use ledger_core::time::{FiscalYear, Occurred};

use crate::decision::Context;
use crate::rejection::{Reason, Rejection};
use crate::rule::closed_year;
use crate::rule::limit::{FISCAL_YEARS, YEN_MAX};
use crate::rule::subsidy::ceiling_yen;
use crate::rule::text::given;
use crate::rule::time;
use crate::state::{SubsidyStep, YearBooks};

/// The year is one that books can be kept of, and nothing lies in the future.
fn in_books(year: FiscalYear, occurred: Occurred, context: &Context) -> Result<(), Rejection> {
    if !FISCAL_YEARS.contains(&year.year()) {
        return Err(Reason::NotANumber.on("fiscal_year"));
    }
    time::occurred(occurred, context, "occurred")
}

/// The same, and the year is open, or open to this account.
fn may_write(
    books: &YearBooks,
    (year, occurred): (FiscalYear, Occurred),
    context: &Context,
) -> Result<(), Rejection> {
    in_books(year, occurred, context)?;
    closed_year::may_write(books, context, "fiscal_year")
}

/// Whether a line of the budget may stand as it is, beside what was spent on it.
fn may_stand(books: &YearBooks, set: &BudgetLineSet) -> Result<(), Rejection> {
    let missing = [("line", &set.line), ("name", &set.name_ja)];
    if let Some((field, _)) = missing.iter().find(|(_, text)| text.is_empty()) {
        return Err(Reason::MissingValue.on(field));
    }
    if !(0..=YEN_MAX).contains(&set.amount_yen) {
        return Err(Reason::NotANumber.on("amount_yen"));
    }
    // A line with money spent on it is a line of its own.
    if set.existing && books.spent_yen(&set.line) > 0 {
        return Err(Reason::NotCorrectable.on("existing"));
    }
    Ok(())
}

/// An amount of subsidy: of a menu that is set, or of all together.
fn subsidy(
    books: &YearBooks,
    fiscal_year: FiscalYear,
    menu: Option<&str>,
    amount_yen: i64,
) -> Result<SubsidyAmount, Rejection> {
    let menu = given(menu);
    if menu
        .as_ref()
        .is_some_and(|menu| !books.menus.contains_key(menu))
    {
        return Err(Reason::UnknownSubsidyMenu.on("menu"));
    }
    if !(0..=YEN_MAX).contains(&amount_yen) {
        return Err(Reason::NotANumber.on("amount_yen"));
    }
    Ok(SubsidyAmount {
        fiscal_year,
        menu,
        amount_yen,
    })
}

/// Nothing is claimed above what rate and cap allow, of its menu or of all together.
fn within_cap(
    books: &YearBooks,
    step: SubsidyStep,
    amount: &SubsidyAmount,
) -> Result<(), Rejection> {
    let menu = amount.menu.as_deref();
    let others = books.other_subsidies_yen(step, menu);
    let all = others.saturating_add(amount.amount_yen);
    let over =
        amount.amount_yen > ceiling_yen(books, step, menu) || all > ceiling_yen(books, step, None);
    if over {
        return Err(Reason::SubsidyOverCap.on("amount_yen"));
    }
    Ok(())
}

/// The step before is recorded for the menu, or for all menus together.
fn follows(
    books: &YearBooks,
    before: SubsidyStep,
    amount: &SubsidyAmount,
) -> Result<(), Rejection> {
    let of_menu = books.subsidy_yen(before, amount.menu.as_deref());
    if of_menu.or(books.subsidy_yen(before, None)).is_none() {
        return Err(Reason::StepsOutOfOrder.on("menu"));
    }
    Ok(())
}
