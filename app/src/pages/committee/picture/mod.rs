//! 支援体制の図: the annex of the ward's paper drawn from the ledger: who hands over to whom, and what the
//! centre gives to whom; open loops are marked.

mod tables;

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_projections::indicators::boards::{Notice, notices};
use ledger_projections::small_cells::SHOWN_MIN;

use super::super::chart::{Flow, Named, Stream};
use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::fault::Refusal;
use super::super::figures::Asked;
use super::super::form::Query;
use super::super::language::{current, listed, t};
use super::super::site::Site;
use super::cells::cell;
use super::frame::Frame;
use super::hand_overs::{HandOver, HandOvers};
use super::looked::{Looked, Present};
use super::paper::answer;
use super::row::Row;
use crate::lang::Lang;

/// What the centre provides to whom, as the annex says it: the figure that counts it.
const GIVEN: [(&str, (&str, &str)); 5] = [
    (
        "A-1",
        (
            "保護者・本人への専門相談",
            "Consultations for guardians and children",
        ),
    ),
    (
        "A-3",
        (
            "退院する乳幼児と家族への在宅生活支援プラン",
            "Support plans for infants who leave hospital, and their families",
        ),
    ),
    (
        "A-4",
        (
            "施設の看護師などへの技術支援",
            "Support for nurses and others of facilities",
        ),
    ),
    (
        "A-5",
        ("相談支援専門員の指導・育成", "Training of advisors"),
    ),
    (
        "A-6",
        (
            "世帯への災害時個別支援計画の作成支援",
            "Support of households with their disaster plans",
        ),
    ),
];

#[derive(Template)]
#[template(path = "committee/picture.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    /// The year as addresses have it.
    year: i32,
    given: Vec<Given>,
    support: Flow,
    drawn: Option<Drawn>,
    notices: Option<Notices>,
}

/// What is told beside hand-overs.
struct Notices {
    chart: Flow,
    lines: Vec<Told>,
}

/// A notice, and how often it was given.
struct Told {
    from: &'static str,
    to: &'static str,
    what: &'static str,
    count: String,
}

struct Given {
    what: &'static str,
    row: Row,
}

struct Drawn {
    stamp: String,
    few: bool,
    total: i64,
    chart: Flow,
    edges: Vec<Edge>,
    /// Some edge has no direction, so that it is not drawn.
    has_others: bool,
}

/// Hand-overs from one to another.
struct Edge {
    from: String,
    to: String,
    made: i64,
    open: Option<i64>,
    /// Several offices in either direction: such an edge has none.
    is_others: bool,
}

impl Edge {
    fn open_in_words(&self) -> String {
        cell(self.open)
    }
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let (as_at, year) = (present.looked.basis.as_at, present.year().year());
    let frame = Frame::of("/committee/picture")
        .with_years(&present)
        .looking_at(&present.looked);
    let given = GIVEN.iter().filter_map(|(id, (ja, en))| {
        let row = Row::of(id, &present.looked)?;
        Some(Given {
            what: t(ja, en),
            row,
        })
    });
    let given: Vec<Given> = given.collect();
    let support = support(&given, &present.looked);
    let divided = present.divided(&site).await?;
    let page = Page {
        chrome: frame.chrome(&signed_in),
        frame,
        year,
        given,
        support,
        drawn: divided.as_ref().map(drawn),
        notices: divided.as_ref().map(told),
    };
    let named = (ExportedList::SupportSystem, as_at);
    answer((&site, &signed_in), named, &asked, page).await
}

/// What the centre provides, each as wide as its number.
fn support(given: &[Given], looked: &Looked) -> Flow {
    let streams = given.iter().map(|one| Stream {
        label: format!("{} {}", short(one.row.name), one.row.value),
        count: looked.count(one.row.id).unwrap_or(0),
        open: None,
    });
    let streams: Vec<Stream> = streams.collect();
    let named = named(
        "support",
        t("センターが行う支援", "What the centre provides"),
        &streams,
    );
    Flow::of(named, centre().to_owned(), &[], &streams)
}

fn centre() -> &'static str {
    t("本センター", "Centre")
}

/// The name of an indicator without what it is counted in.
fn short(name: &str) -> &str {
    match current() {
        Lang::Ja => name.split(' ').next().unwrap_or(name),
        Lang::En => name.split([',', '(']).next().unwrap_or(name).trim(),
    }
}

fn named(id: &str, title: &str, streams: &[Stream]) -> Named {
    let said = streams.iter().map(|stream| stream.label.clone());
    Named {
        id: id.to_owned(),
        title: title.to_owned(),
        description: listed(&said.collect::<Vec<_>>()),
    }
}

fn drawn(looked: &Looked) -> Drawn {
    let hand_overs = HandOvers::of(looked);
    let edges = edges(&hand_overs.offices);
    let streams = |comes: bool| -> Vec<Stream> {
        let drawn = edges.iter().filter(|edge| !edge.is_others);
        let own = drawn.filter(|edge| (edge.to == centre()) == comes);
        own.map(stream).collect()
    };
    let (coming, leaving) = (streams(true), streams(false));
    let all: Vec<Stream> = coming.iter().chain(&leaving).cloned().collect();
    let named = named(
        "hand-overs",
        t("つなぎ（だれからだれへ）", "Hand-overs: from whom, to whom"),
        &all,
    );
    Drawn {
        stamp: looked.stamp(),
        few: hand_overs.are_few(),
        total: hand_overs.total,
        chart: Flow::of(named, centre().to_owned(), &coming, &leaving),
        has_others: edges.iter().any(|edge| edge.is_others),
        edges,
    }
}

/// What is told to the centre and by it. There is no total, so that a count that is withheld cannot be made out.
fn told(looked: &Looked) -> Notices {
    let counts = looked.board("notices", notices);
    let counts = counts.iter().filter(|(_, count)| *count > 0);
    let counts: Vec<(Notice, i64)> = counts.copied().collect();
    let streams = |comes: bool| -> Vec<Stream> {
        let own = counts.iter().filter(|(notice, _)| notice.comes() == comes);
        own.map(|(notice, count)| told_stream(*notice, *count))
            .collect()
    };
    let (coming, leaving) = (streams(true), streams(false));
    let all: Vec<Stream> = coming.iter().chain(&leaving).cloned().collect();
    let title = t("連絡（だれからだれへ）", "Notices (from whom to whom)");
    let named = named("notices", title, &all);
    let lines = counts.iter().map(|(notice, count)| {
        let (from, to, what) = words(*notice);
        Told {
            from,
            to,
            what,
            count: cell(shown_count(*count)),
        }
    });
    Notices {
        chart: Flow::of(named, centre().to_owned(), &coming, &leaving),
        lines: lines.collect(),
    }
}

/// How often something was told; nothing of 1 to 4.
fn shown_count(count: i64) -> Option<i64> {
    (count >= SHOWN_MIN).then_some(count)
}

/// A band of a few is as wide as one of any few.
fn told_stream(notice: Notice, count: i64) -> Stream {
    let (.., what) = words(notice);
    let shown = shown_count(count);
    Stream {
        label: format!("{what} {}{}", cell(shown), t("件", "")),
        count: shown.unwrap_or(SHOWN_MIN.saturating_sub(1)),
        open: None,
    }
}

/// From whom, to whom, and what.
fn words(notice: Notice) -> (&'static str, &'static str, &'static str) {
    let offices = t("関係機関", "Other offices");
    let family = t("本人・家族", "Person and family");
    match notice {
        Notice::Discharge => (
            t("専門医療機関", "Hospital"),
            centre(),
            t("退院の連絡", "Notice of discharge"),
        ),
        Notice::Question => (offices, centre(), t("連携についての照会", "Question")),
        Notice::Progress => (offices, centre(), t("途中経過の報告", "Progress")),
        Notice::Reminder => (centre(), offices, t("状況の照会", "Reminder")),
        Notice::Answer => (centre(), offices, t("照会への回答", "Answer")),
        Notice::PlanDelivered => (centre(), offices, t("プランの送付", "Plan handed out")),
        Notice::PlanExplained => (centre(), family, t("プランの説明", "Plan explained")),
        Notice::Shared => (centre(), offices, t("情報提供", "Information shared")),
    }
}

fn stream(edge: &Edge) -> Stream {
    let other = if edge.to == centre() {
        &edge.from
    } else {
        &edge.to
    };
    let open = match edge.open {
        Some(0) => String::new(),
        Some(open) => format!("{}{open}", t("・未完結", ", open ")),
        None => t("・未完結※", ", open ※").to_owned(),
    };
    Stream {
        label: format!("{other} {}{}{open}", edge.made, t("件", "")),
        count: edge.made,
        open: edge.open,
    }
}

/// The district centres as one: where the open loops of one of them are withheld, so are those of all.
fn edges(offices: &[HandOver]) -> Vec<Edge> {
    let mut edges: BTreeMap<(bool, String), Edge> = BTreeMap::new();
    for one in offices {
        let office = if one.is_district() {
            t("総合支所保健福祉センター", "District centres").to_owned()
        } else {
            one.office()
        };
        let (from, to) = if one.is_others() {
            (office.clone(), t("（双方向）", "(either way)").to_owned())
        } else if one.is_incoming() {
            (office.clone(), centre().to_owned())
        } else {
            (centre().to_owned(), office.clone())
        };
        let edge = edges.entry((one.is_incoming(), office)).or_insert(Edge {
            from,
            to,
            made: 0,
            open: Some(0),
            is_others: one.is_others(),
        });
        edge.made = edge.made.saturating_add(one.made);
        let both = edge.open.zip(one.open);
        edge.open = both.map(|(known, more)| known.saturating_add(more));
    }
    edges.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_put_together_in_either_direction_have_none() {
        let offices = [
            ("incoming/hospital", 7),
            ("outgoing/hospital", 6),
            ("others", 5),
        ];
        let offices = offices.map(|(code, made)| HandOver::coded(code, made));
        let told = edges(&offices);
        let told: Vec<_> = told
            .iter()
            .map(|edge| (&*edge.to, edge.made, edge.is_others))
            .collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.contains(&("（双方向）", 5, true)), "{told:?}");
        assert!(told.contains(&("本センター", 7, false)), "{told:?}");
    }

    #[test]
    fn a_band_of_a_few_tells_no_number_by_word_or_width() {
        let bands: Vec<Stream> = (1..=5)
            .map(|count| told_stream(Notice::Shared, count))
            .collect();
        assert!(bands[..4].windows(2).all(|two| two[0] == two[1]));
        assert_eq!(bands[0].label, "情報提供 ※件");
        assert_eq!((bands[4].count, &*bands[4].label), (5, "情報提供 5件"));
    }
}
