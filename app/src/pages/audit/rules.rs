//! 数え方の仮定: the rules by which is counted and judged, who set each and when, and what the figures would be
//! under another reading.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_core::event::ExportedList;
use ledger_core::id::StreamName;
use ledger_core::store::EventStore;
use ledger_projections::indicators::{FewPersons, INDICATORS, Measure, RULES, rule_words};
use ledger_projections::programme::{ProgrammeCard, SetBy, programme_card};

use super::super::chrome::Chrome;
use super::super::committee::Present;
use super::super::door::SignedIn;
use super::super::export::{self, Book, Cell, Links, Table, Wanted as _};
use super::super::fault::{Refusal, shown};
use super::super::figures::Asked as OfYear;
use super::super::form::Query;
use super::super::language::current;
use super::super::site::Site;
use super::super::years::{Ended, Year, choice};
use super::changes::{self, Change, SHOWN};
use super::frame::Frame;
use super::uncounted::other_reading;
use crate::lang::Lang;
use crate::reading::{OtherReading, closed_history, other_readings};
use crate::render;

#[derive(Template)]
#[template(path = "audit/rules.html")]
struct Page {
    chrome: Chrome,
    frame: Frame,
    years: Vec<Year>,
    /// Why the present year is not among them.
    ended: Option<Ended>,
    /// Rules that the paper does not state, then those that it does.
    groups: [Vec<Rule>; 2],
    terms: Vec<Rule>,
    readings: Vec<Read>,
    year: String,
    /// The year as addresses have it.
    number: i32,
    /// The newest changes of settings, and how many there were.
    changes: Vec<Change>,
    all_changes: usize,
    export: Option<Links>,
}

/// A rule or term, and who set it.
struct Rule {
    name: String,
    text: String,
    by: String,
    on: String,
    recorded: String,
    /// Of an assumption where its other reading is counted, or why it is not; of what is stated nothing.
    other: &'static str,
    /// The event that set it; none where nobody did, and the program counts so until somebody does.
    position: Option<u64>,
}

/// An indicator under a reading that is not in force.
struct Read {
    id: &'static str,
    name: &'static str,
    now: String,
    rule: String,
    other: String,
    other_rule: String,
    other_text: &'static str,
    differs: bool,
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Query(asked): Query<OfYear>,
) -> Result<Response, Refusal> {
    let frame = Frame::of("/audit/rules");
    let (chrome, lang) = (frame.chrome(&signed_in)?, current());
    let present = Present::of(&site, &signed_in, asked.fiscal_year).await?;
    let store: &dyn EventStore = site.open.open.store.as_ref();
    let history = closed_history(store, &StreamName::programme(), None).await?;
    let card = programme_card(&history, present.year(), site.today());
    let (stated, assumed): (Vec<_>, Vec<_>) = match &card {
        Some(card) => card.rules.iter().partition(|set| set.value.stated),
        None => (Vec::new(), Vec::new()),
    };
    let rule = |set: &&ledger_projections::programme::Set<_>| adopted(set, lang);
    let as_at = present.looked.position();
    let readings = present.looked.board("other readings", other_readings);
    let mut page = Page {
        chrome,
        frame,
        ended: present.ended.clone(),
        years: present
            .years
            .iter()
            .map(|one| choice(*one, present.year()))
            .collect(),
        year: render::fiscal_year(present.year(), lang),
        number: present.year().year(),
        groups: [
            assumed
                .iter()
                .map(|set| Rule {
                    other: other(&set.value.rule, lang),
                    ..assumed_rule(rule(set), (&set.by, card.as_ref()), lang)
                })
                .chain(unset(card.as_ref(), lang))
                .collect(),
            stated.iter().map(rule).collect(),
        ],
        terms: card
            .as_ref()
            .map_or_else(Vec::new, |card| terms(card, lang)),
        readings: readings.iter().map(|one| read(one, lang)).collect(),
        all_changes: history.standing().count(),
        changes: changes::changes(&history, lang),
        export: None,
    };
    let tables = tables(&page, lang);
    let (form, table) = asked.form();
    if let Some(format) = export::format(form)? {
        let named = (ExportedList::CountingRules, format, as_at);
        let title = page.chrome.title.clone();
        let book = Book { title, tables };
        drop(page);
        return export::hand_over_book(&site, &signed_in, named, (book, table)).await;
    }
    page.export = Links::of_tables(&signed_in, ExportedList::CountingRules, &asked, &tables);
    page.changes.truncate(SHOWN);
    shown(&page)
}

/// The tables of the page, as they are taken along.
fn tables(page: &Page, lang: Lang) -> Vec<Table> {
    let readings = [
        lang.pick("指標", "Indicator"),
        lang.pick("名称", "Name"),
        lang.pick("いまの値", "Figure now"),
        lang.pick("いまの数え方", "Rule now"),
        lang.pick("別の数え方", "Another rule"),
        lang.pick("別の数え方の内容", "What it says"),
        lang.pick("その値", "Its figure"),
        lang.pick("変わるか", "Differs"),
    ];
    let read = page.readings.iter().map(|one| {
        let differs = if one.differs {
            lang.pick("変わる", "Differs")
        } else {
            lang.pick("同じ", "The same")
        };
        let first = [one.id, one.name, &one.now, &one.rule];
        let last = [&one.other_rule, one.other_text, &one.other, differs];
        first.into_iter().chain(last).map(Cell::text).collect()
    });
    let [assumed, stated] = &page.groups;
    let rules = [
        (lang.pick("当方の仮定", "Assumption"), assumed),
        (
            lang.pick("区の資料による規則", "Stated by the ward"),
            stated,
        ),
        (lang.pick("期限", "Term"), &page.terms),
    ];
    let rules = rules.into_iter().flat_map(|(group, rules)| {
        let cells = rules.iter().map(move |rule| rule.cells(group));
        cells.collect::<Vec<_>>()
    });
    let columns = [
        lang.pick("区分", "Group"),
        lang.pick("規則", "Rule"),
        lang.pick("内容", "What it says"),
        lang.pick("定めた人", "Set by"),
        lang.pick("決めた日", "Decided"),
        lang.pick("記録した日", "Recorded"),
        lang.pick("位置", "Position"),
        lang.pick("別の読み方", "Other reading"),
    ];
    let title = lang.pick("別の読み方で数えたとき", "Counted under another reading");
    vec![
        Table::new(title, readings, read)
            .stamped(&page.year)
            .coded("readings"),
        Table::new(lang.pick("規則と期限", "Rules and terms"), columns, rules).coded("rules"),
        changes::table(&page.changes, lang),
    ]
}

impl Rule {
    fn cells(&self, group: &str) -> Vec<Cell> {
        let position = self.position.map(|position| position.to_string());
        let position = position.unwrap_or_default();
        let told = [
            &self.name,
            &self.text,
            &self.by,
            &self.on,
            &self.recorded,
            &position,
            self.other,
        ];
        let told = told.into_iter().map(Cell::text);
        std::iter::once(Cell::text(group)).chain(told).collect()
    }
}

/// What is said of an assumption's other reading.
fn other(rule: &str, lang: Lang) -> &'static str {
    let (ja, en) = other_reading(rule);
    lang.pick(ja, en)
}

fn adopted(
    set: &ledger_projections::programme::Set<ledger_core::event::CountingRuleAdopted>,
    lang: Lang,
) -> Rule {
    let rule = &set.value;
    let text = lang.pick(&rule.text_ja, &rule.text_en).to_owned();
    told(render::rule_name(&rule.rule, lang), text, &set.by, lang)
}

/// An assumption; of one that came with the programme's definition the day is that of the ward's paper, which decided
/// nothing about it.
fn assumed_rule(rule: Rule, (by, card): (&SetBy, Option<&ProgrammeCard>), lang: Lang) -> Rule {
    if !card.is_some_and(|card| card.came_with_definition(by)) {
        return rule;
    }
    let on = lang.pick(
        "事業の設定とともに記録",
        "Recorded with the programme's definition",
    );
    Rule {
        on: on.to_owned(),
        ..rule
    }
}

/// The assumptions by which figures are counted and that nobody adopted.
fn unset(card: Option<&ProgrammeCard>, lang: Lang) -> Vec<Rule> {
    let adopted = card.map_or(&[][..], |card| &card.rules);
    let adopted: BTreeSet<&str> = adopted
        .iter()
        .map(|set| set.value.rule.split('@').next().unwrap_or_default())
        .collect();
    let mut used: BTreeSet<&str> = INDICATORS.iter().map(|one| one.rule).collect();
    // By it is decided what is shown of many figures.
    if !adopted.iter().any(|id| FewPersons::of_id(id).is_some()) {
        used.insert(FewPersons::Withheld.id());
    }
    let assumed = RULES.iter().filter(|rule| !rule.stated);
    let open = assumed
        .filter(|rule| used.contains(rule.id) && !adopted.contains(rule.id))
        .map(|rule| Rule {
            name: render::rule_name(rule.id, lang),
            text: lang.pick(rule.ja, rule.en).to_owned(),
            by: lang
                .pick(
                    "プログラムの既定（まだ誰も定めていません）",
                    "The program, until somebody adopts one",
                )
                .to_owned(),
            on: String::new(),
            recorded: String::new(),
            other: other(rule.id, lang),
            position: None,
        });
    open.collect()
}

fn terms(card: &ProgrammeCard, lang: Lang) -> Vec<Rule> {
    let terms = card.terms.iter().map(|set| {
        let term = &set.value;
        let days = (i64::from(term.days), term.business_days);
        let text = render::term_words(&term.term, days, lang);
        told(
            render::term_name(&term.term, lang).to_owned(),
            text,
            &set.by,
            lang,
        )
    });
    terms.collect()
}

fn told(name: String, text: String, by: &SetBy, lang: Lang) -> Rule {
    Rule {
        name,
        text,
        by: render::account(by.actor.as_str(), lang),
        on: by.on.map(|on| render::day(on, lang)).unwrap_or_default(),
        recorded: render::day(by.recorded_at.day_in_japan(), lang),
        other: "",
        position: Some(by.position.get()),
    }
}

/// An indicator under a reading that is not in force, in words.
fn read(one: &OtherReading, lang: Lang) -> Read {
    let indicator = one.indicator;
    let value = |measure: &Measure| render::amount(&measure.value, indicator.unit_ja, lang);
    Read {
        id: indicator.id,
        name: lang.pick(indicator.ja, indicator.en),
        now: value(&one.now),
        rule: render::rule_name(&one.now.rule, lang),
        // What would be counted otherwise and shown the same is no difference to whoever reads the figure.
        differs: one.differs() && value(&one.now) != value(&one.other),
        other: value(&one.other),
        other_rule: render::rule_name(one.rule, lang),
        other_text: rule_words(one.rule).map_or("", |rule| lang.pick(rule.ja, rule.en)),
    }
}
