//! What a program that goes on running holds of the facts, against what the views have of them.

use std::future::ready;
use std::sync::Arc;

use ledger_core::id::Position;
use ledger_core::time::FiscalYear;
use ledger_projections::facts::{ByKind, FactReader, Facts, Kind, Stored};
use ledger_projections::indicators::boards::journeys;
use ledger_projections::indicators::{Basis, INDICATORS, Scope, indicators_of, uses_of};
use ledger_projections::rebuild::rebuild;
use ledger_projections::views::ViewsError;

use super::centre::Centre;

/// Some of the kinds: what corrections, consultations and settings make.
const SOME: &[Kind] = &[Kind::Consultation, Kind::Annulled, Kind::Setting];

/// Of how many facts it is asked how their events stand in figures.
const SOME_EVENTS: usize = 3;

pub(super) struct Reader(FactReader);

impl Reader {
    pub(super) fn new(centre: &Centre) -> Self {
        Self(FactReader::holding(centre.test.views.clone()))
    }

    /// At the head, halfway before it and at one early position again and again, of all kinds and of some, and
    /// once more when the tables were made anew.
    pub(super) async fn agrees(&self, centre: &Centre) {
        let head = centre.caught_up().await;
        self.agrees_at(centre, head).await;
        self.agrees_at(centre, Position::new(head.get() / 2)).await;
        self.agrees_at(centre, Position::new(head.get().min(20)))
            .await;
        let (store, views) = (&*centre.test.store, &centre.test.views);
        if head.get() % 5 == 0 {
            let made = rebuild(store, views, &[&Facts], head, &mut |_, _| {}).await;
            made.unwrap();
            self.agrees_at(centre, head).await;
        }
    }

    async fn agrees_at(&self, centre: &Centre, at: Position) {
        let once = centre.test.facts();
        for kinds in [Kind::ALL, SOME] {
            let held = self.0.standing(kinds, Some(at)).await.unwrap();
            assert_eq!(held, once.standing(kinds, Some(at)).await.unwrap());
            let made = self.made(kinds, at).await;
            for kind in kinds {
                let own = held.iter().filter(|fact| fact.kind == *kind);
                let made = made.get(kind).cloned().unwrap_or_default();
                assert_eq!(standing_then(&*made), standing_then(own));
            }
        }
        self.measures_the_same_at(centre, at).await;
    }

    /// Every figure and a table, of which most was measured of facts as they stood at another position.
    async fn measures_the_same_at(&self, centre: &Centre, at: Position) {
        let store = &*centre.test.store;
        let held = Basis::read(store, &self.0, Some(at)).await.unwrap();
        let once = centre.test.facts();
        let once = Basis::read(store, &once, Some(at)).await.unwrap();
        let scope = Scope::of_year(FiscalYear::new(2024));
        assert_eq!(held.measure_all(scope), once.measure_all(scope));
        let ways = |basis: &Basis| basis.board("ways", scope, journeys);
        assert_eq!(ways(&held), ways(&once));
        for one in once.facts().all().iter().take(SOME_EVENTS) {
            let all = || INDICATORS.iter().map(|indicator| (indicator, scope));
            let stands = indicators_of(one.event, &once.facts(), scope, &once.settings);
            assert_eq!(uses_of(one.event, &held, all()), stands);
        }
    }

    async fn made(&self, kinds: &[Kind], at: Position) -> Arc<ByKind> {
        let same = |standing| ready(Ok::<ByKind, ViewsError>(standing));
        let asked = kinds.len().to_string();
        self.0.made((kinds, Some(at)), asked, same).await.unwrap()
    }
}

/// The facts as they stood, without until when: of the past that is not known from what was made of it before.
fn standing_then<'a>(facts: impl IntoIterator<Item = &'a Arc<Stored>>) -> Vec<Stored> {
    let then = facts.into_iter().map(|fact| Stored {
        to: None,
        ..(**fact).clone()
    });
    then.collect()
}
