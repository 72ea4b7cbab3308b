//! 経費と補助金 as tables to take along.

use super::super::frame::Frame;
use super::super::paper::Paper;
use super::super::row;
use super::{Books, MenuTold, Page, Year};
use crate::pages::chrome::Chrome;
use crate::pages::export::{Cell, Table};
use crate::pages::language::t;

impl Books {
    pub(super) fn tables(&self) -> [Table; 3] {
        let line = |cells: &[String; 4]| cells.iter().map(|told| Cell::told(told)).collect();
        let lines = self.lines.iter().chain([&self.total]).map(line);
        let steps = self.steps.iter();
        let steps = steps.map(|(name, amount)| vec![Cell::text(*name), Cell::told(amount)]);
        let budget = [
            t("予算科目", "Budget line"),
            t("予算額", "Budget"),
            t("執行額", "Spent"),
            t("残額", "Left"),
        ];
        [
            Table::new(t("予算と執行", "Budget and spending"), budget, lines).coded("lines"),
            menus(&self.menus),
            Table::new(
                t("補助金の受入れ", "Course of the subsidy"),
                [t("段階", "Step"), t("金額", "Amount")],
                steps,
            )
            .coded("steps"),
        ]
    }
}

fn menus(menus: &[MenuTold]) -> Table {
    let columns = [
        t("補助メニュー", "Subsidy menu"),
        t("補助率（％）", "Rate (%)"),
        t("対象の支出", "Eligible spending"),
        t("補助額", "Subsidy"),
        t("上限", "Cap"),
        t("上限に対して", "Of the cap"),
    ];
    let rows = menus.iter().map(|menu| {
        vec![
            Cell::text(&menu.name),
            Cell::Number(i64::from(menu.rate)),
            Cell::told(&menu.eligible),
            Cell::told(&menu.payable),
            Cell::told(&menu.cap),
            Cell::told(&menu.used),
        ]
    });
    Table::new(t("補助メニュー", "Subsidy menus"), columns, rows).coded("menus")
}

fn years(years: &[Year]) -> Table {
    let columns = [
        t("年度", "Fiscal year"),
        t("補助率（資料、％）", "Rate (ward's paper, %)"),
        t("費用", "Cost"),
        t("補助金", "Subsidy"),
        t("区の負担", "Ward's share"),
        t("補助率1/2なら区の負担", "Ward's share at one half"),
    ];
    let rows = years.iter().map(|year| {
        let first = [Cell::text(&year.title), Cell::Number(i64::from(year.rate))];
        let amounts = year.amounts().map(|told| Cell::told(&told));
        first.into_iter().chain(amounts).collect()
    });
    Table::new(t("年度ごとの負担", "Who pays in each year"), columns, rows).coded("cliff")
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        let figures = [years(&self.years), row::table(&self.figures)];
        let books = self.books.as_ref().map(Books::tables);
        books.into_iter().flatten().chain(figures).collect()
    }
}
