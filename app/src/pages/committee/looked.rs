//! At which facts a page looks: as they stand, or, where the committee looks at more than values, as one of
//! its meetings was shown them.

use std::collections::BTreeMap;
use std::sync::Arc;

use ledger_commands::authorise::{Action, Subject};
use ledger_core::actor::Role;
use ledger_core::id::Position;
use ledger_core::time::{Day, FiscalYear};
use ledger_projections::committee::MeetingCard;
use ledger_projections::facts::Facts;
use ledger_projections::figures;
use ledger_projections::indicators::{Basis, Given, Indicator, Measure, Scope, find};

use super::super::door::SignedIn;
use super::super::fault::Refusal;
use super::super::figures::scope;
use super::super::language::current;
use super::super::site::Site;
use super::super::years::{Ended, ended, known_years, no_such_year};
use crate::fault::figures_failure;
use crate::lang::Lang;
use crate::reading::meeting_cards;
use crate::render;

/// Facts of a fiscal year as somebody may see them.
pub(in crate::pages) struct Looked {
    pub(super) basis: Arc<Basis>,
    pub(super) scope: Scope,
    /// The meeting that was shown them so; none: they are as they stand.
    pub(super) shown_at: Option<String>,
}

/// The ledger as it stands, with the years of the trial.
pub(in crate::pages) struct Present {
    pub(in crate::pages) looked: Looked,
    pub(in crate::pages) years: Vec<FiscalYear>,
    /// Why the present year is not among them.
    pub(in crate::pages) ended: Option<Ended>,
    /// Who looks is shown more than values only as a meeting was shown it.
    is_committee: bool,
}

impl Present {
    /// The facts of a year as they stand, for who may read figures; without one of the newest year.
    pub(in crate::pages) async fn of(
        site: &Site,
        signed_in: &SignedIn,
        asked: Option<i32>,
    ) -> Result<Self, Refusal> {
        signed_in.may(Action::ReadFigures, Subject::Ledger)?;
        let open = &site.open.open;
        let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
        let basis = read(site, head).await?;
        let today = site.today();
        let years = known_years(&basis.settings, today);
        let year = years.iter().find(|year| Some(year.year()) == asked);
        let year = year.copied();
        let ended = ended(&basis.settings, today, signed_in);
        if asked.is_some() && year.is_none() {
            return Err(no_such_year(&years, ended.as_ref()));
        }
        let year = year.unwrap_or_else(|| basis.settings.year_near(today));
        let looked = Looked {
            scope: scope(year, today),
            basis,
            shown_at: None,
        };
        Ok(Self {
            looked,
            years,
            ended,
            is_committee: signed_in.role == Role::Committee,
        })
    }

    /// The year that is looked at.
    pub(in crate::pages) const fn year(&self) -> FiscalYear {
        self.looked.scope.year
    }

    /// What may be seen of that year beyond values: all of it as it stands; by the committee as the newest
    /// meeting with its figures was shown it, and nothing where there is none.
    pub(super) async fn divided(self, site: &Site) -> Result<Option<Looked>, Refusal> {
        if !self.is_committee {
            return Ok(Some(self.looked));
        }
        self.shown(site, self.year()).await
    }

    /// The same of each year of the trial, from the first on.
    pub(super) async fn divided_years(self, site: &Site) -> Result<Vec<Looked>, Refusal> {
        let today = site.today();
        let mut looked = Vec::new();
        for year in self.years.iter().copied() {
            if self.is_committee {
                looked.extend(self.shown(site, year).await?);
            } else {
                looked.push(Looked {
                    basis: Arc::clone(&self.looked.basis),
                    scope: scope(year, today),
                    shown_at: None,
                });
            }
        }
        Ok(looked)
    }

    async fn shown(&self, site: &Site, year: FiscalYear) -> Result<Option<Looked>, Refusal> {
        let cards = meeting_cards(&site.open.open).await?;
        match newest_of(&cards, year) {
            Some(card) => Looked::shown_at(site, card).await,
            None => Ok(None),
        }
    }
}

/// The newest meeting that was shown figures of a year.
pub(super) fn newest_of(cards: &[MeetingCard], year: FiscalYear) -> Option<&MeetingCard> {
    let with = cards.iter().filter_map(|card| {
        let materials = card.materials.as_ref()?;
        (materials.fiscal_year == year).then_some((materials.as_at, card))
    });
    with.max_by_key(|(as_at, _)| *as_at).map(|(_, card)| card)
}

async fn read(site: &Site, at: Position) -> Result<Arc<Basis>, Refusal> {
    let open = &site.open.open;
    let basis = Basis::read(open.store.as_ref(), &open.facts, Some(at)).await;
    Ok(Arc::new(basis.map_err(|error| figures_failure(&error))?))
}

impl Looked {
    /// The facts as a meeting was shown them; none where its figures are not frozen.
    pub(super) async fn shown_at(site: &Site, card: &MeetingCard) -> Result<Option<Self>, Refusal> {
        let Some(materials) = &card.materials else {
            return Ok(None);
        };
        Ok(Some(Self {
            basis: read(site, materials.as_at).await?,
            scope: Scope {
                year: materials.fiscal_year,
                day: materials.on_day,
            },
            shown_at: Some(render::meeting_name(card, current())),
        }))
    }

    /// Up to which position of the log it tells.
    pub(in crate::pages) fn position(&self) -> Position {
        self.basis.as_at
    }

    /// As of when the numbers are.
    pub(super) fn stamp(&self) -> String {
        let year = render::fiscal_year(self.scope.year, current());
        let on = render::day(self.scope.day, current());
        let at = self.basis.as_at;
        let shown = self.shown_at.as_ref();
        match (current(), shown) {
            (Lang::Ja, None) => format!("{year}（基準日 {on}、台帳の位置 {at} の時点）"),
            (Lang::En, None) => format!("{year} (as of {on}, position {at} of the ledger)"),
            (Lang::Ja, Some(meeting)) => format!(
                "{year}（基準日 {on}、台帳の位置 {at} の時点。{meeting}の資料として確定したもの）"
            ),
            (Lang::En, Some(meeting)) => format!(
                "{year} (as of {on}, position {at} of the ledger, as frozen for meeting {meeting})"
            ),
        }
    }

    /// A table of the facts, which is made once; its name tells it from others of its type.
    pub(in crate::pages) fn board<T: Send + Sync + 'static>(
        &self,
        name: &'static str,
        make: impl Fn(&Given<'_, '_>) -> T,
    ) -> Arc<T> {
        self.basis.board(name, self.scope, make)
    }

    /// An indicator or a figure, by its id.
    pub(super) fn measure(&self, id: &str) -> Option<(&'static Indicator, Arc<Measure>)> {
        let indicator = indicator(id)?;
        let scope = figures::scope(indicator, self.scope);
        Some((indicator, self.basis.measure(indicator, scope)))
    }

    /// How many units of an indicator fall into each month, by its first day.
    pub(super) fn months(&self, indicator: &'static Indicator) -> Arc<BTreeMap<Day, i64>> {
        let scope = figures::scope(indicator, self.scope);
        self.basis.months(indicator, scope)
    }

    /// How many an indicator or a figure counts; none where it is no count.
    pub(super) fn count(&self, id: &str) -> Option<i64> {
        self.measure(id)?.1.value.count()
    }

    /// The same facts of the year before, whole.
    pub(super) fn year_before(&self) -> Self {
        let before = FiscalYear::new(self.scope.year.year().saturating_sub(1));
        Self {
            basis: Arc::clone(&self.basis),
            scope: Scope::of_year(before),
            shown_at: self.shown_at.clone(),
        }
    }
}

/// An indicator or a figure, by its id.
pub(super) fn indicator(id: &str) -> Option<&'static Indicator> {
    find(id).or_else(|| figures::find(id))
}
