//! What the programme's events say, each with who said it and when.

use ledger_core::code::Service;
use ledger_core::event::{Event, ProgrammeEvent};
use ledger_core::history::{Entry, History};
use ledger_core::time::{Day, FiscalYear};

use super::{Conflict, Planned, Post, Set, SetBy};
use crate::card::{by, readable};
use crate::indicators::Target;
use crate::settings::Settings;

/// What the events of the stream say, each kept with its entry.
pub(super) struct Said<'h> {
    events: Vec<(&'h Entry, &'h ProgrammeEvent)>,
}

impl<'h> Said<'h> {
    /// What had been said by the end of a day; none where nothing had.
    pub(super) fn of(history: &'h History, as_of: Day) -> Option<Self> {
        let events = by(history, as_of).filter_map(|entry| {
            let Event::Programme(event) = entry.event() else {
                return None;
            };
            Some((entry, event))
        });
        let events: Vec<_> = events.collect();
        (!events.is_empty()).then_some(Self { events })
    }

    /// The events alone, in order.
    pub(super) fn events(&self) -> impl Iterator<Item = &'h ProgrammeEvent> {
        self.events.iter().map(|(_, event)| *event)
    }

    /// Everything that is said of one kind, in order.
    pub(super) fn all<T>(&self, of: impl Fn(&'h ProgrammeEvent) -> Option<T>) -> Vec<Set<T>> {
        let said = self.events.iter().filter_map(|(entry, event)| {
            let by = set_by(entry);
            of(event).map(|value| Set { value, by })
        });
        said.collect()
    }

    /// What was said last of one kind.
    pub(super) fn last<T>(&self, of: impl Fn(&'h ProgrammeEvent) -> Option<T>) -> Option<Set<T>> {
        self.all(of).pop()
    }

    /// What was said last of each key, in the order in which the keys came up.
    pub(super) fn newest<T, K: PartialEq>(
        &self,
        of: impl Fn(&'h ProgrammeEvent) -> Option<T>,
        key: impl Fn(&T) -> K,
    ) -> Vec<Set<T>> {
        let mut newest: Vec<Set<T>> = Vec::new();
        for set in self.all(of) {
            let known = newest
                .iter_mut()
                .find(|one| key(&one.value) == key(&set.value));
            match known {
                Some(known) => *known = set,
                None => newest.push(set),
            }
        }
        newest
    }

    /// What is in force, with who said it last.
    pub(super) fn matching<T: PartialEq>(
        &self,
        of: impl Fn(&'h ProgrammeEvent) -> Option<T>,
        value: &T,
    ) -> Option<Set<T>> {
        let mut all = self.all(of).into_iter();
        all.rfind(|set| set.value == *value)
    }

    /// The planned number of each service for a year.
    pub(super) fn planned(&self, settings: &Settings, year: FiscalYear) -> Vec<Planned> {
        let all = Service::ALL.iter().map(|service| {
            let set = |of: Option<FiscalYear>| {
                let mut numbers = settings.planned().iter();
                numbers.find(|one| one.service == *service && one.fiscal_year == of)
            };
            let target = Target::of(settings, *service, year);
            let set = set(Some(year)).or_else(|| set(None));
            let set = set.filter(|_| target != Target::Unset);
            Planned {
                service: *service,
                target,
                set: set.and_then(|one| self.matching(of::planned, one)),
            }
        });
        all.collect()
    }

    /// The posts that are filled on a day.
    pub(super) fn posts(&self, settings: &Settings, on: Day) -> Vec<Post> {
        let posts = settings.posts().iter().filter(|post| post.holds_on(on));
        let posts = posts.filter_map(|post| {
            Some(Post {
                set: self.matching(of::post, &post.set)?,
                until: post.until,
            })
        });
        posts.collect()
    }

    /// When concurrent posts got in the way.
    pub(super) fn conflicts(&self, settings: &Settings) -> Vec<Conflict> {
        let noted = self.events.iter().filter_map(|(entry, event)| {
            let ProgrammeEvent::ConcurrentConflict(conflict) = event else {
                return None;
            };
            let mut posts = settings.posts().iter().rev();
            let post = posts.find(|post| post.set.post == conflict.post);
            Some(Conflict {
                post: conflict.post,
                kind: post.map(|post| post.set.kind),
                on: entry.day(),
                note: readable(&conflict.note),
                event: entry.recorded.id,
            })
        });
        noted.collect()
    }
}

fn set_by(entry: &Entry) -> SetBy {
    SetBy {
        actor: entry.recorded.metadata.actor.clone(),
        on: entry.day(),
        recorded_at: entry.recorded.recorded_at,
        position: entry.recorded.position,
        event: entry.recorded.id,
    }
}

/// One reader for each kind of setting.
pub(super) mod of {
    use ledger_core::event::{
        AreaTableSet, CodeTableRevised, ContractorAppointed, CountingRuleAdopted,
        HolidayCalendarSet, KnownPopulationSet, OpeningHoursSet, PeriodSet, PlannedNumberSet,
        ProgrammeDefined, ProgrammeEvent, RequiredCompetencySet, ReviewTermSet,
        SecondFactorRuleSet, StaffPostSet, StartMoved,
    };

    use super::super::CodeTable;

    /// One reader for each kind of setting: its content, where an event is of that kind.
    macro_rules! readers {
        ($($name:ident: $Kind:ident => $Content:ty;)+) => { $(
            pub(in super::super) fn $name(event: &ProgrammeEvent) -> Option<$Content> {
                if let ProgrammeEvent::$Kind(content) = event {
                    Some(content.clone())
                } else {
                    None
                }
            }
        )+ };
    }

    readers! {
        defined: Defined => ProgrammeDefined;
        period: PeriodSet => PeriodSet;
        moved: StartMoved => StartMoved;
        hours: OpeningHoursSet => OpeningHoursSet;
        calendar: HolidayCalendarSet => HolidayCalendarSet;
        contractor: ContractorAppointed => ContractorAppointed;
        areas: AreaTableSet => AreaTableSet;
        population: KnownPopulationSet => KnownPopulationSet;
        planned: PlannedNumberSet => PlannedNumberSet;
        post: StaffPostSet => StaffPostSet;
        competency: RequiredCompetencySet => RequiredCompetencySet;
        rule: CountingRuleAdopted => CountingRuleAdopted;
        term: ReviewTermSet => ReviewTermSet;
        second_factor: SecondFactorRuleSet => SecondFactorRuleSet;
        revised: CodeTableRevised => CodeTableRevised;
    }

    pub(in super::super) fn holidays(event: &ProgrammeEvent) -> Option<usize> {
        calendar(event).map(|set| set.holidays.len())
    }

    pub(in super::super) fn table(event: &ProgrammeEvent) -> Option<CodeTable> {
        let revised = revised(event)?;
        Some(CodeTable {
            table: revised.table,
            version: revised.version,
        })
    }
}
