//! 現状と課題: what the ward's paper names as issues, each with the figures that tell whether it moves.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_core::id::Position;
use ledger_projections::indicators::{Amount, find, is_of_few};

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::export::{Cell, Table};
use super::super::fault::Refusal;
use super::super::few;
use super::super::figures::{Asked, scope};
use super::super::form::Query;
use super::super::language::{current, t};
use super::super::site::Site;
use super::frame::Frame;
use super::looked::{Looked, Present};
use super::paper::{Paper, answer};
use crate::lang::Lang;
use crate::render;

/// An issue of the paper, where it stands there, and the figures that tell of it.
struct Named {
    place: &'static str,
    text: &'static str,
    figures: &'static [&'static str],
}

const MAIN: &str = "２．現状と課題";
const ANNEX: &str = "別紙";

/// The issues in the paper's order, in its words.
const ISSUES: [Named; 11] = [
    Named {
        place: MAIN,
        text: "超低出生体重児（体重1,000ｇ未満）の多くが満１歳程で退院するが、保護者の今後に対する不安は大きく、きめ細やかな寄り添いや支援が求められる。",
        figures: &["E-4", "B-4", "G-1"],
    },
    Named {
        place: MAIN,
        text: "保健・医療面の比重が高い在宅生活支援プランを作成する必要があるが、相談支援専門員が対応できない場合もある。",
        figures: &["A-3", "B-2", "F-4"],
    },
    Named {
        place: MAIN,
        text: "看護師を配置している施設は少数で、受け入れるためのスキル等も不足しており、受入れ施設が増えづらい状況にある。",
        figures: &["A-4", "F-2", "F-3"],
    },
    Named {
        place: MAIN,
        text: "「動ける医療的ケア児」がおり、制度の狭間で、福祉サービスの提供につながっていない児童もいる。",
        figures: &["E-1", "E-6"],
    },
    Named {
        place: MAIN,
        text: "ワンストップでの相談対応や、退院する際の在宅生活支援プランの作成、施設に対する技術支援、人材育成などが課題としてあげられている（医療的ケア連絡協議会）。",
        figures: &["A-1", "A-3", "A-4", "A-5", "E-7"],
    },
    Named {
        place: ANNEX,
        text: "自然災害によりライフラインに支障が生じた場合、生命の危機に繋がる可能性が高い。人工呼吸器使用者以外への「災害時個別支援計画」作成支援には至っていない。",
        figures: &["D-1", "A-6", "D-2"],
    },
    Named {
        place: ANNEX,
        text: "受入れが一歩ずつ進んでいるものの、看護師の配置は少数で、個別の医療的ケアの手技への不安や孤立感を募らせている。",
        figures: &["F-1", "A-4"],
    },
    Named {
        place: ANNEX,
        text: "高い専門性が必要なため、初任者（基本）研修を修了したのみの相談支援専門員では医療的ケア対応は難しい。",
        figures: &["A-5", "F-4"],
    },
    Named {
        place: ANNEX,
        text: "「動ける医療的ケア児」は福祉サービスを利用しないことが多いため、支援の入口である相談機関等に繋がっていない。",
        figures: &["E-1", "E-3"],
    },
    Named {
        place: ANNEX,
        text: "医療的ケアに関する知識と経験を有する専門相談員が、退院後の在宅生活支援プランを作成・支援にあたる必要がある。",
        figures: &["B-1", "B-2", "A-3"],
    },
    Named {
        place: "３（２）ウ",
        text: "今後も増加が見込まれる医療的ケア相談に対応できる体制を整備する。",
        figures: &["A-1", "A-2", "F-5"],
    },
];

#[derive(Template)]
#[template(path = "committee/issues.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    years: Vec<String>,
    /// The same as addresses have them.
    numbers: Vec<i32>,
    issues: Vec<Issue>,
}

struct Issue {
    nth: usize,
    place: &'static str,
    text: &'static str,
    figures: Vec<Figure>,
}

impl Issue {
    fn cells(&self, figure: &Figure) -> Vec<Cell> {
        let first = [
            Cell::text(self.text),
            Cell::text(self.place),
            Cell::text(figure.id),
            Cell::text(figure.name),
        ];
        let values = figure.cells.iter().cloned();
        first
            .into_iter()
            .chain(values)
            .chain([Cell::text(&figure.moved)])
            .collect()
    }
}

struct Figure {
    id: &'static str,
    name: &'static str,
    /// Its value in each year.
    values: Vec<String>,
    /// The same as they are taken along.
    cells: Vec<Cell>,
    moved: String,
}

impl Figure {
    /// Its values, each with its year.
    fn of_years<'a>(&'a self, years: &'a [i32]) -> impl Iterator<Item = (&'a i32, &'a String)> {
        years.iter().zip(&self.values)
    }
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, None).await?;
    let today = site.today();
    let of_year = |year: &_| Looked {
        basis: Arc::clone(&present.looked.basis),
        scope: scope(*year, today),
        shown_at: None,
    };
    let years: Vec<Looked> = present.years.iter().map(of_year).collect();
    let issues = (1..).zip(&ISSUES).map(|(nth, named)| Issue {
        nth,
        place: named.place,
        text: named.text,
        figures: named
            .figures
            .iter()
            .filter_map(|id| figure(id, &years))
            .collect(),
    });
    let mut frame = Frame::of("/committee/issues").looking_at(&present.looked);
    frame.stamp = stamp(present.looked.basis.as_at);
    let as_at = present.looked.basis.as_at;
    let page = Page {
        chrome: frame.chrome(&signed_in),
        frame,
        issues: issues.collect(),
        numbers: present.years.iter().map(|year| year.year()).collect(),
        years: present
            .years
            .iter()
            .map(|year| render::fiscal_year(*year, current()))
            .collect(),
    };
    let named = (ExportedList::Issues, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

fn stamp(at: Position) -> String {
    match current() {
        Lang::Ja => {
            format!("台帳の位置 {at} の時点（過ぎた年度は年度末、今年度は今日まで）")
        },
        Lang::En => format!(
            "As of position {at} of the ledger (past years to their end, this one until today)"
        ),
    }
}

fn figure(id: &str, years: &[Looked]) -> Option<Figure> {
    let indicator = find(id)?;
    let values: Vec<Amount> = years
        .iter()
        .filter_map(|looked| Some(looked.measure(id)?.1.value.clone()))
        .collect();
    let settings = years.first().map(|looked| &looked.basis.settings)?;
    let told = values
        .iter()
        .map(|value| few::value(indicator, value, settings));
    let (told, cells): (Vec<String>, Vec<Cell>) = told.unzip();
    let is_few = |value: &Amount| is_of_few(indicator.id, value, settings);
    Some(Figure {
        id: indicator.id,
        name: t(indicator.ja, indicator.en),
        values: told,
        cells,
        moved: match values.as_slice() {
            [.., before, now] if is_few(before) || is_few(now) => "―".to_owned(),
            [.., before, now] => moved(before, now),
            [] | [_] => "―".to_owned(),
        },
    })
}

/// How a value moved between two years, in words; of rates only where there are enough cases for them.
pub(super) fn moved(before: &Amount, now: &Amount) -> String {
    if let Some((before, now)) = before.count().zip(now.count()) {
        return by(now.saturating_sub(before), 1, "");
    }
    match before.per_mille().zip(now.per_mille()) {
        Some((before, now)) => by(now.saturating_sub(before), 10, t("ポイント", " points")),
        None => "―".to_owned(),
    }
}

fn by(difference: i64, parts: u64, unit: &str) -> String {
    let size = difference.unsigned_abs();
    let whole = size.checked_div(parts).unwrap_or_default();
    let number = if parts == 1 {
        whole.to_string()
    } else {
        format!("{whole}.{}", size.checked_rem(parts).unwrap_or_default())
    };
    match difference.signum() {
        1 => format!("▲ {number}{unit}{}", t("増", " more")),
        -1 => format!("▼ {number}{unit}{}", t("減", " less")),
        _ => t("変わらず", "No change").to_owned(),
    }
}

impl Paper for Page {
    fn around(&mut self) -> (&Chrome, &mut Frame) {
        (&self.chrome, &mut self.frame)
    }

    fn tables(&self) -> Vec<Table> {
        let first = [
            t("課題", "Issue"),
            t("資料の箇所", "Place in the paper"),
            t("指標", "Indicator"),
            t("名称", "Name"),
        ];
        let years = self.years.iter().cloned();
        let moved = t("前年度からの動き", "Since the year before").to_owned();
        let columns = first
            .map(str::to_owned)
            .into_iter()
            .chain(years)
            .chain([moved]);
        let rows = self.issues.iter().flat_map(|issue| {
            let figures = issue.figures.iter();
            figures.map(|figure| issue.cells(figure))
        });
        vec![Table::new(t("現状と課題", "Issues"), columns, rows)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn movement_is_told_in_words_and_of_few_cases_not_as_a_rate() {
        let count = |count| Amount::Count { count };
        let share = |hits, of| Amount::Share { hits, of };

        assert_eq!(moved(&count(539), &count(924)), "▲ 385増");
        assert_eq!(moved(&count(3), &count(2)), "▼ 1減");
        assert_eq!(moved(&count(2), &count(2)), "変わらず");
        assert_eq!(moved(&share(5, 10), &share(11, 20)), "▲ 5.0ポイント増");
        assert_eq!(moved(&share(1, 4), &share(11, 20)), "―");
    }

    #[test]
    fn every_issue_has_figures_that_there_are() {
        for issue in &ISSUES {
            assert!(!issue.figures.is_empty(), "{}", issue.text);
            for id in issue.figures {
                assert!(find(id).is_some(), "{id}");
            }
        }
    }
}
