//! A hand-made book of facts, as a projection would keep them.

use ledger_core::code::Service;
use ledger_core::event::{
    CountingRuleAdopted, HolidayCalendarSet, OpeningHoursSet, PeriodSet, PlannedNumberSet,
    ProgrammeEvent,
};
use ledger_core::id::{EventId, Position};
use ledger_core::time::{
    Day, FiscalYear, NewYearBreak, OpeningHours, TimeOfDay, Weekday, parse_holidays,
};

use crate::facts::{Kind, Stored, Versions};
use crate::indicators::{
    Amount, FactSet, Given, Measure, Rules, Scope, find, measure, measure_with,
};
use crate::settings::{Settings, SettingsHistory};

/// The day of a text.
pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A fiscal year, whole.
pub(super) fn year(year: i32) -> Scope {
    Scope::of_year(FiscalYear::new(year))
}

/// A fiscal year, seen on a day.
pub(super) fn seen(of: i32, on: &str) -> Scope {
    Scope {
        day: day(on),
        ..year(of)
    }
}

/// A planned number.
pub(super) fn planned(service: Service, year: Option<i32>, low: u32, high: u32) -> ProgrammeEvent {
    ProgrammeEvent::PlannedNumberSet(PlannedNumberSet {
        service,
        fiscal_year: year.map(FiscalYear::new),
        low,
        high,
        unit: "件".to_owned(),
        count_rule_ja: "件数".to_owned(),
        approximate: true,
    })
}

/// The adoption of a rule.
pub(super) fn adopted(rule: &str) -> ProgrammeEvent {
    ProgrammeEvent::CountingRuleAdopted(CountingRuleAdopted {
        rule: rule.to_owned(),
        text_ja: String::new(),
        text_en: String::new(),
        stated: false,
    })
}

/// The settings of the paper.
pub(super) fn paper() -> Vec<ProgrammeEvent> {
    use Service as S;
    let time = |hour, minute| TimeOfDay::from_hms_opt(hour, minute, 0).unwrap();
    let week = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    let holidays = "date,name\n2021-08-09,振替休日\n2022-01-10,成人の日\n";
    vec![
        ProgrammeEvent::PeriodSet(PeriodSet {
            preparation_from: day("2021-04-01"),
            starts_on: day("2021-08-01"),
            ends_on: day("2024-03-31"),
        }),
        ProgrammeEvent::OpeningHoursSet(OpeningHoursSet {
            from: None,
            hours: OpeningHours::new(week, time(8, 30), time(17, 0)).unwrap(),
            new_year_break: NewYearBreak::default(),
        }),
        ProgrammeEvent::HolidayCalendarSet(HolidayCalendarSet {
            holidays: parse_holidays(holidays).unwrap(),
        }),
        planned(S::SpecialistConsultation, None, 1_000, 1_000),
        planned(S::SpecialistConsultation, Some(2021), 500, 500),
        planned(S::HomeLivingSupportPlan, None, 10, 10),
        planned(S::HomeLivingSupportPlan, Some(2021), 5, 5),
        planned(S::FacilityTechnicalSupport, None, 40, 40),
        planned(S::AdvisorTraining, None, 1, 2),
        planned(S::DisasterPlanSupport, None, 20, 20),
    ]
}

/// Facts in the order of their positions, and the settings beside them.
#[derive(Clone, Debug)]
pub(super) struct Book {
    pub(super) facts: Vec<Stored>,
    pub(super) settings: Vec<(Position, ProgrammeEvent)>,
    next: u64,
}

impl Default for Book {
    fn default() -> Self {
        let settings = paper().into_iter();
        let settings = settings.map(|event| (Position::new(1), event));
        Self {
            facts: Vec::new(),
            settings: settings.collect(),
            next: 2,
        }
    }
}

impl Book {
    /// The newest position.
    pub(super) fn now(&self) -> Position {
        Position::new(self.next - 1)
    }

    /// A new fact, recorded on its own day.
    pub(super) fn put(&mut self, kind: Kind, thing: &str, subject: &str, on: &str) -> &mut Stored {
        let position = Position::new(self.next);
        self.next += 1;
        let known = (!on.is_empty()).then(|| day(on));
        self.facts.push(Stored {
            kind,
            thing: thing.to_owned(),
            subject: (!subject.is_empty()).then(|| subject.to_owned()),
            day: known,
            minute: None,
            detail: None,
            value: None,
            other: None,
            area: None,
            due: None,
            recorded: known.unwrap_or_else(|| day("2024-04-01")),
            actor: "staff".to_owned(),
            role: "staff".to_owned(),
            flags: None,
            codes: None,
            event: EventId::new(uuid::Uuid::from_u128(u128::from(position.get()))),
            position,
            from: position,
            to: None,
        });
        self.facts.last_mut().unwrap()
    }

    /// A person who is known.
    pub(super) fn person(&mut self, person: &str, on: &str) -> &mut Stored {
        self.put(Kind::PersonKnown, person, person, on)
    }

    /// A consultation with a person, or with nobody known.
    pub(super) fn consult(&mut self, thing: &str, person: &str, on: &str) -> EventId {
        self.put(Kind::Consultation, thing, person, on).event
    }

    /// Two cases become one person's.
    pub(super) fn merge(&mut self, absorbed: &str, survivor: &str) -> EventId {
        let fact = self.put(Kind::CaseMerged, absorbed, survivor, "2024-03-01");
        fact.other = Some(survivor.to_owned());
        fact.event
    }

    /// An event is taken back.
    pub(super) fn annul(&mut self, event: EventId) -> EventId {
        let act = self.put(Kind::Annulled, &event.to_string(), "", "2024-03-01");
        let (act, position) = (act.event, act.position);
        self.close(event, position);
        act
    }

    /// An event has another content.
    pub(super) fn correct(&mut self, event: EventId, change: impl Fn(&mut Stored)) -> EventId {
        let act = self.put(Kind::Corrected, &event.to_string(), "", "2024-03-01");
        let (act, position) = (act.event, act.position);
        let old = self.facts.iter().filter(|fact| fact.event == event);
        let old = old.filter(|fact| fact.to.is_none());
        let mut new: Vec<Stored> = old.cloned().collect();
        self.close(event, position);
        for fact in &mut new {
            (fact.position, fact.from) = (position, position);
            change(fact);
        }
        self.facts.extend(new);
        act
    }

    fn close(&mut self, event: EventId, position: Position) {
        for fact in self.facts.iter_mut().filter(|fact| fact.event == event) {
            fact.to = fact.to.or(Some(position));
        }
    }

    /// A setting.
    pub(super) fn set(&mut self, event: ProgrammeEvent) -> EventId {
        let thing = event.info().name;
        let fact = self.put(Kind::Setting, thing, "", "2024-03-01");
        let (id, position) = (fact.event, fact.position);
        self.settings.push((position, event));
        id
    }

    pub(super) fn versions(&self) -> Versions {
        Versions {
            facts: self.facts.clone(),
        }
    }

    pub(super) fn history(&self) -> SettingsHistory {
        SettingsHistory::of(self.settings.clone())
    }

    pub(super) fn settings_at(&self, at: Position) -> Settings {
        self.history().at(at)
    }

    /// An indicator as it stands.
    pub(super) fn measure(&self, id: &str, scope: Scope) -> Measure {
        self.measure_at(id, scope, self.now())
    }

    /// An indicator as it stood.
    pub(super) fn measure_at(&self, id: &str, scope: Scope, at: Position) -> Measure {
        let versions = self.versions();
        let facts = FactSet::at(&versions, at);
        measure(find(id).unwrap(), &facts, scope, &self.settings_at(at))
    }

    /// An indicator under a rule.
    pub(super) fn measure_under(&self, id: &str, scope: Scope, rule: &str) -> Measure {
        let versions = self.versions();
        let facts = FactSet::at(&versions, self.now());
        let given = Given {
            facts: &facts,
            scope,
            settings: &self.settings_at(self.now()),
            rules: Rules::default().adopting(rule),
        };
        measure_with(find(id).unwrap(), &given)
    }
}

/// A row of a breakdown.
pub(super) fn line(measure: &Measure, key: &str) -> Amount {
    let found = measure.lines.iter().find(|line| line.key == key);
    found
        .unwrap_or_else(|| panic!("no line {key}"))
        .value
        .clone()
}

pub(super) fn count(count: i64) -> Amount {
    Amount::Count { count }
}

pub(super) fn share(hits: i64, of: i64) -> Amount {
    Amount::Share { hits, of }
}

pub(super) fn mean(hundredths: i64, n: i64) -> Amount {
    Amount::Mean {
        hundredths: Some(hundredths),
        n,
    }
}

pub(super) fn days(median_tenths: i64, p90: i64, n: i64) -> Amount {
    Amount::Days {
        median_tenths: Some(median_tenths),
        p90: Some(p90),
        n,
    }
}

/// The reasons for which events are left out.
pub(super) fn reasons(measure: &Measure) -> Vec<&'static str> {
    measure.excluded.iter().map(|one| one.reason).collect()
}
