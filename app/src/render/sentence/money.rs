//! Sentences about a fiscal year's money and its closing.

use ledger_core::event::{FinanceEvent, SubsidyAmount, SubsidyMenuSet};
use ledger_core::time::{wareki, wareki_fiscal_year};

use super::words::{Words, yen};

pub(super) fn say(event: &FinanceEvent, to: &mut Words) {
    match event {
        FinanceEvent::BudgetLineSet(event) => {
            let existing = if event.existing {
                "（既存事業分）"
            } else {
                ""
            };
            let (name, amount) = (&event.name_ja, yen(event.amount_yen));
            to.say(format!("予算「{name}」を{amount}とした{existing}"));
        },
        FinanceEvent::ExpenditureRecorded(event) => {
            let (amount, voucher) = (yen(event.amount_yen), &event.voucher);
            to.say(format!("{amount}を支出（{}、伝票 {voucher}）", event.line));
            to.text("支払先", &event.payee).text("内容", &event.note);
        },
        FinanceEvent::ExpenditureReversed(event) => {
            to.say("支出を戻した").text("理由", &event.reason);
        },
        FinanceEvent::SubsidyMenuSet(event) => menu(event, to),
        FinanceEvent::SubsidyPlanned(event) => amount("補助金の歳入見込", event, to),
        FinanceEvent::SubsidyApplied(event) => amount("補助金を交付申請", event, to),
        FinanceEvent::SubsidyDecided(event) => amount("補助金の交付決定", event, to),
        FinanceEvent::SubsidyReceived(event) => amount("補助金を受入れ", event, to),
        FinanceEvent::SubsidySettled(event) => amount("補助金を精算", event, to),
        FinanceEvent::YearClosed(event) => {
            let year = wareki_fiscal_year(event.fiscal_year);
            to.say(format!("{year}を締めた（位置 {}）", event.as_at));
        },
        FinanceEvent::LateEntryAllowed(event) => {
            let (year, until) = (wareki_fiscal_year(event.fiscal_year), wareki(event.until));
            to.say(format!(
                "締めた{year}への記録を{}に{until}まで認めた",
                event.account
            ));
            to.text("理由", &event.reason);
        },
    }
}

fn menu(event: &SubsidyMenuSet, to: &mut Words) {
    let (name, rate) = (&event.name_ja, event.rate_percent);
    to.say(format!(
        "補助メニュー「{name}」：補助率{rate}％、上限{}",
        yen(event.cap_yen)
    ));
}

fn amount(what: &str, event: &SubsidyAmount, to: &mut Words) {
    let menu = event.menu.as_ref().map(|menu| format!("（{menu}）"));
    to.say(format!(
        "{what} {}{}",
        yen(event.amount_yen),
        menu.unwrap_or_default()
    ));
}
