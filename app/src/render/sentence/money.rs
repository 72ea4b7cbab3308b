//! Sentences about a fiscal year's money and its closing.

use ledger_core::event::{BudgetLineSet, FinanceEvent, SubsidyAmount, SubsidyMenuSet};

use super::words::{CONTENT, Label, REASON, Words};
use crate::lang::Lang;

pub(super) fn say(event: &FinanceEvent, to: &mut Words) {
    match event {
        FinanceEvent::BudgetLineSet(event) => line(event, to),
        FinanceEvent::ExpenditureRecorded(event) => {
            let (amount, line) = (to.yen(event.amount_yen), &event.line);
            let voucher = &event.voucher;
            to.say(
                format!("{amount}を支出（{line}、伝票 {voucher}）"),
                format!("{amount} spent ({line}, voucher {voucher})"),
            );
            to.text(("支払先", "Payee"), &event.payee)
                .text(CONTENT, &event.note);
        },
        FinanceEvent::ExpenditureReversed(event) => {
            to.say("支出を戻した", "Expenditure reversed")
                .text(REASON, &event.reason);
        },
        FinanceEvent::SubsidyMenuSet(event) => menu(event, to),
        FinanceEvent::SubsidyPlanned(event) => {
            amount(("補助金の歳入見込", "Subsidy expected"), event, to);
        },
        FinanceEvent::SubsidyApplied(event) => {
            amount(("補助金を交付申請", "Subsidy applied for"), event, to);
        },
        FinanceEvent::SubsidyDecided(event) => {
            amount(("補助金の交付決定", "Subsidy decided"), event, to);
        },
        FinanceEvent::SubsidyReceived(event) => {
            amount(("補助金を受入れ", "Subsidy received"), event, to);
        },
        FinanceEvent::SubsidySettled(event) => {
            amount(("補助金を精算", "Subsidy settled"), event, to);
        },
        FinanceEvent::YearClosed(event) => {
            let (year, at) = (to.year(event.fiscal_year), event.as_at);
            to.say(
                format!("{year}を締めた（位置 {at}）"),
                format!("{year} closed (position {at})"),
            );
        },
        FinanceEvent::LateEntryAllowed(event) => {
            let (year, until) = (to.year(event.fiscal_year), to.on(event.until));
            let account = &event.account;
            to.say(
                format!("締めた{year}への記録を{account}に{until}まで認めた"),
                format!("Entries in {year}, which is closed, allowed to {account} until {until}"),
            );
            to.text(REASON, &event.reason);
        },
    }
}

fn line(event: &BudgetLineSet, to: &mut Words) {
    let (ja, en) = if event.existing {
        ("（既存事業分）", " (of an existing programme)")
    } else {
        ("", "")
    };
    let (name, amount) = (&event.name_ja, to.yen(event.amount_yen));
    to.say(
        format!("予算「{name}」を{amount}とした{ja}"),
        format!("Budget line set to {amount}: {name}{en}"),
    );
}

fn menu(event: &SubsidyMenuSet, to: &mut Words) {
    let (name, rate, cap) = (&event.name_ja, event.rate_percent, to.yen(event.cap_yen));
    to.say(
        format!("補助メニュー「{name}」：補助率{rate}％、上限{cap}"),
        format!("Subsidy menu set: {name} (rate {rate} %, cap {cap})"),
    );
}

fn amount((ja, en): Label, event: &SubsidyAmount, to: &mut Words) {
    let amount = to.yen(event.amount_yen);
    let menu = event.menu.as_ref().map(|menu| match to.lang {
        Lang::Ja => format!("（{menu}）"),
        Lang::En => format!(" ({menu})"),
    });
    let menu = menu.unwrap_or_default();
    to.say(
        format!("{ja} {amount}{menu}"),
        format!("{en}: {amount}{menu}"),
    );
}
