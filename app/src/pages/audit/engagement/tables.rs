//! What stands on the page of an audit as it is taken along, without its texts.

use ledger_core::id::Position;

use super::super::super::export::{Cell, Table};
use super::super::super::language::{listed, t};
use super::Page;
use super::lines::Said;
use super::places::Named;

/// Its tables.
pub(super) fn of(page: &Page) -> Vec<Table> {
    vec![
        questions(page),
        findings(page),
        samples(page),
        verifications(page),
    ]
}

fn at(position: Option<Position>) -> Cell {
    Cell::known(position.map(|position| position.to_string()))
}

fn on(said: Option<&Said>) -> Cell {
    Cell::known(said.map(|said| said.on.clone()))
}

fn questions(page: &Page) -> Table {
    let columns = [
        t("質問", "Question"),
        t("記録の位置", "Position"),
        t("日", "On"),
        t("対象の記録", "About event"),
        t("対象の記録の種類", "Kind of that event"),
        t("状態", "State"),
        t("回答の日", "Answered on"),
        t("回答の記録の位置", "Position of the answer"),
    ];
    let rows = (1_usize..).zip(&page.questions).map(|(number, one)| {
        let answer = one.answer.as_ref();
        vec![
            Cell::number(number),
            at(one.recorded_in),
            Cell::text(&one.on),
            at(one.about.to),
            Cell::text(&one.about.title),
            Cell::text(&one.state),
            on(answer),
            at(answer.and_then(|said| said.recorded_in)),
        ]
    });
    Table::new(t("質問", "Questions"), columns, rows).coded("questions")
}

fn findings(page: &Page) -> Table {
    let columns = [
        t("指摘", "Finding"),
        t("記録の位置", "Position"),
        t("日", "On"),
        t("重さ", "Severity"),
        t("もとの質問", "From question"),
        t("状態", "State"),
        t("解消の日", "Cleared on"),
        t("解消の記録の位置", "Position of the clearance"),
        t("根拠の記録", "Supporting events"),
    ];
    let rows = (1_usize..).zip(&page.findings).map(|(number, one)| {
        let cleared = one.clearance.as_ref();
        let evidence = cleared.map(|said| evidence(&said.evidence));
        vec![
            Cell::number(number),
            at(one.recorded_in),
            Cell::text(&one.on),
            Cell::text(&one.severity),
            one.question.map_or(Cell::Nothing, Cell::number),
            Cell::text(&one.state),
            on(cleared),
            at(cleared.and_then(|said| said.recorded_in)),
            Cell::known(evidence),
        ]
    });
    Table::new(t("指摘", "Findings"), columns, rows).coded("findings")
}

fn evidence(events: &[Named]) -> String {
    let told = events.iter().map(|event| match event.to {
        Some(position) => format!("#{position} {}", event.title),
        None => event.title.clone(),
    });
    listed(&told.collect::<Vec<_>>())
}

fn samples(page: &Page) -> Table {
    let columns = [
        t("標本", "Sample"),
        t("種（シード）", "Seed"),
        t("最初の位置", "First position"),
        t("最後の位置", "Last position"),
        t("引き直した結果", "Drawn again"),
        t("順番", "Order"),
        t("抽出した記録", "Event"),
        t("種類", "Kind"),
    ];
    let samples = (1_usize..).zip(&page.samples);
    let rows = samples.flat_map(|(number, sample)| {
        let events = (1_usize..).zip(&sample.events);
        events.map(move |(order, event)| {
            vec![
                Cell::number(number),
                Cell::text(&sample.seed),
                Cell::told(&sample.from.to_string()),
                Cell::told(&sample.to.to_string()),
                Cell::text(if sample.is_same {
                    t("一致", "The same")
                } else {
                    t("一致しません", "Differs")
                }),
                Cell::number(order),
                at(event.to),
                Cell::text(&event.title),
            ]
        })
    });
    Table::new(t("標本", "Samples"), columns, rows).coded("samples")
}

fn verifications(page: &Page) -> Table {
    let columns = [
        t("日", "On"),
        t("記録の位置", "Position"),
        t("確認した位置", "Verified up to"),
        t("根", "Root"),
        t("結果", "Result"),
    ];
    let rows = page.verifications.iter().map(|one| {
        vec![
            Cell::text(&one.on),
            at(one.recorded_in),
            Cell::told(&one.position.to_string()),
            Cell::text(&one.root),
            Cell::text(one.result),
        ]
    });
    let title = t("改ざんの有無の確認", "Verifications of the log");
    Table::new(title, columns, rows).coded("verifications")
}
