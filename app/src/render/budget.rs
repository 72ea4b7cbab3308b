//! A fiscal year's books in words: lines, expenditure, subsidy by menu, closing and late entries.

use ledger_projections::budget::{BudgetCard, BudgetLine, Expenditure, Menu, Subsidy, SubsidyStep};

use super::amounts::yen;
use super::columns::columns;
use super::sheet::Sheet;
use super::words::day;
use crate::lang::Lang;

/// The rate and the cap that the ward's paper names for a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperRate {
    /// In percent.
    pub rate_percent: u32,
    /// Of one menu in one year.
    pub cap_yen: i64,
    /// Years of operation for which the full rate is paid.
    pub full_years: i32,
    /// Which year of operation it is, from 1.
    pub nth: i32,
}

/// The books; `opened` says whether their texts are open.
#[must_use]
pub fn budget(card: &BudgetCard, paper: Option<PaperRate>, opened: bool, lang: Lang) -> String {
    let mut sheet = Sheet::new(lang);
    closing(&mut sheet, card);
    lines(&mut sheet, card);
    expenditures(&mut sheet, card);
    menus(&mut sheet, card, paper);
    for one in &card.subsidies {
        subsidy(&mut sheet, one);
    }
    let ward = card.ward_yen;
    let ward = ward.map_or_else(|| "—".to_owned(), |ward| yen(ward, lang));
    let label = if card.spent_yen == 0 {
        (
            "区の負担（予算−補助金の見込）",
            "left to the ward (budget less planned subsidy)",
        )
    } else {
        (
            "区の負担（執行額−補助金）",
            "left to the ward (spent less subsidy)",
        )
    };
    sheet.field(2, label, &ward);
    if !opened {
        sheet.sealed();
    }
    sheet.finish()
}

fn closing(sheet: &mut Sheet, card: &BudgetCard) {
    let lang = sheet.lang;
    let Some(closed) = &card.closed else {
        let open = sheet.pick("締めていない", "not closed").to_owned();
        sheet.field(2, ("年度締め", "closing"), &open);
        return;
    };
    let (on, as_at, by) = (sheet.day(closed.on), closed.as_at, &closed.by);
    let said = match lang {
        Lang::Ja => format!("{on}に締めた（位置{as_at}、{by}）"),
        Lang::En => format!("closed on {on} (position {as_at}, {by})"),
    };
    sheet.field(2, ("年度締め", "closing"), &said);
    for late in &card.late_entries {
        let (account, until) = (&late.account, day(late.until, lang));
        let over = if late.holds {
            ""
        } else {
            sheet.pick("（終了）", " (over)")
        };
        let said = match lang {
            Lang::Ja => format!("{account} {until}まで{over}（許可 {}）", late.allowed_by),
            Lang::En => format!(
                "{account} until {until}{over}, allowed by {}",
                late.allowed_by
            ),
        };
        sheet.field(4, ("締め後の記録を認める", "late entries allowed"), &said);
        sheet.maybe(6, ("理由", "reason"), late.reason.as_deref());
    }
}

fn lines(sheet: &mut Sheet, card: &BudgetCard) {
    let lang = sheet.lang;
    let head = lang.pick("予算科目 予算額 執行額 残額", "line budget spent left");
    let mut rows: Vec<Vec<String>> = vec![head.split(' ').map(str::to_owned).collect()];
    let own = card.lines.iter().filter(|line| !line.existing);
    rows.extend(own.map(|line| in_row(line, lang)));
    let left = card.budget_yen.saturating_sub(card.spent_yen);
    let sum = [card.budget_yen, card.spent_yen, left].map(|amount| yen(amount, lang));
    let total = lang.pick("計", "total").to_owned();
    rows.push(std::iter::once(total).chain(sum).collect());
    for line in columns(&rows) {
        sheet.line(&format!("  {line}"));
    }
    if card.existing_yen != 0 {
        let (existing, new) = (yen(card.existing_yen, lang), yen(card.new_yen, lang));
        let said = match lang {
            Lang::Ja => format!("既存事業分 {existing}、増額分 {new}"),
            Lang::En => format!("{existing} was there before the trial, {new} is new"),
        };
        sheet.field(4, ("うち", "of which"), &said);
    }
}

fn in_row(line: &BudgetLine, lang: Lang) -> Vec<String> {
    let over = if line.left_yen < 0 {
        lang.pick("（超過）", " (over)")
    } else {
        ""
    };
    vec![
        line.name_ja.clone(),
        yen(line.amount_yen, lang),
        yen(line.spent_yen, lang),
        format!("{}{over}", yen(line.left_yen, lang)),
    ]
}

fn expenditures(sheet: &mut Sheet, card: &BudgetCard) {
    if card.expenditures.is_empty() {
        return;
    }
    sheet.say("  支出", "  expenditure");
    for one in &card.expenditures {
        expenditure(sheet, one);
    }
}

fn expenditure(sheet: &mut Sheet, spent: &Expenditure) {
    let lang = sheet.lang;
    let (on, amount) = (sheet.day(spent.on), yen(spent.amount_yen, lang));
    let (line, voucher) = (&spent.line, &spent.voucher);
    let label = sheet.pick("支出命令番号", "voucher").to_owned();
    let mark = if spent.reversed.is_some() {
        sheet.pick("【戻入】", "[taken back] ")
    } else {
        ""
    };
    sheet.line(&format!(
        "    {on}  {mark}{amount}  {line}  {label} {voucher}"
    ));
    sheet.maybe(6, ("支払先", "payee"), spent.payee.as_deref());
    sheet.maybe(6, ("内容", "text"), spent.note.as_deref());
    if let Some(back) = &spent.reversed {
        let on = sheet.day(back.on);
        sheet.field(6, ("戻入", "taken back"), &on);
        sheet.maybe(8, ("理由", "reason"), back.reason.as_deref());
    }
}

/// A rate as the ward writes it: 10/10, 1/2, else in percent.
fn rate(percent: u32) -> String {
    match percent {
        100 => "10/10".to_owned(),
        50 => "1/2".to_owned(),
        other => format!("{other}％"),
    }
}

fn menus(sheet: &mut Sheet, card: &BudgetCard, paper: Option<PaperRate>) {
    let lang = sheet.lang;
    if let Some(paper) = paper {
        let (own, cap, years) = (
            rate(paper.rate_percent),
            yen(paper.cap_yen, lang),
            paper.full_years,
        );
        let said = match lang {
            Lang::Ja => format!(
                "{own}（事業{}年目。開始{years}年間は10/10・メニューごとに上限{cap}、以降1/2）",
                paper.nth
            ),
            Lang::En => format!(
                "{own} (year {} of operation; 10/10 for {years} years up to {cap} a menu, then 1/2)",
                paper.nth
            ),
        };
        sheet.field(
            2,
            ("都補助金の補助率（区の資料）", "rate by the paper"),
            &said,
        );
    }
    for one in &card.menus {
        menu(sheet, one, paper);
    }
}

fn menu(sheet: &mut Sheet, menu: &Menu, paper: Option<PaperRate>) {
    let lang = sheet.lang;
    let (name, own, cap) = (
        &menu.name_ja,
        rate(menu.rate_percent),
        yen(menu.cap_yen, lang),
    );
    let said = match lang {
        Lang::Ja => format!("{name}  補助率{own}  上限{cap}"),
        Lang::En => format!("{name}  {own} up to {cap}"),
    };
    sheet.field(2, ("補助メニュー", "menu of the subsidy"), &said);
    let lines = menu.lines.join(sheet.pick("、", ", "));
    sheet.field(4, ("対象科目", "lines"), &lines);
    let (eligible, paid) = (yen(menu.eligible_yen, lang), yen(menu.payable_yen, lang));
    let said = match lang {
        Lang::Ja => format!("執行額{eligible}に対し{paid}"),
        Lang::En => format!("{paid} of {eligible} spent"),
    };
    sheet.field(4, ("補助対象", "payable"), &said);
    let differs = paper.is_some_and(|paper| paper.rate_percent != menu.rate_percent);
    if differs {
        sheet.say(
            "    ⚑ 補助率が区の資料の率と異なる",
            "    ⚑ the rate differs from the paper's",
        );
    }
}

fn subsidy(sheet: &mut Sheet, one: &Subsidy) {
    let label = match one.step {
        SubsidyStep::Planned => ("歳入見込", "planned"),
        SubsidyStep::Applied => ("交付申請", "applied for"),
        SubsidyStep::Decided => ("交付決定", "decided"),
        SubsidyStep::Received => ("受入", "received"),
        SubsidyStep::Settled => ("精算", "settled"),
    };
    let menu = one.menu.as_deref();
    let menu = menu.unwrap_or_else(|| sheet.pick("全メニュー", "all menus"));
    let (on, amount) = (sheet.day(one.on), yen(one.amount_yen, sheet.lang));
    let said = format!("{amount}  {menu}  {on}");
    sheet.field(2, label, &said);
}
