//! What is to happen on which day of a simulated trial.

use std::collections::BTreeMap;

use ledger_core::time::{Calendar, Day};

use super::scene::Scene;

/// The scenes still to come, by day, in the order in which they were planned.
///
/// A scene is a few numbers: a play of many persons holds little at any time.
pub(super) struct Agenda {
    days: BTreeMap<Day, Vec<Scene>>,
    calendar: Calendar,
    last: Day,
}

impl Agenda {
    /// An empty one that ends after `last`.
    pub(super) const fn new(calendar: Calendar, last: Day) -> Self {
        Self {
            days: BTreeMap::new(),
            calendar,
            last,
        }
    }

    /// Whether the centre is open on a day.
    pub(super) fn is_open(&self, day: Day) -> bool {
        self.calendar.is_business_day(day)
    }

    /// The last day that is played.
    pub(super) const fn last(&self) -> Day {
        self.last
    }

    /// Plans a scene for a day, or for the first one after it on which the centre is open; what would
    /// come after the end is not played.
    pub(super) fn plan(&mut self, day: Day, scene: Scene) {
        if let Some(day) = self.open_from(day) {
            self.days.entry(day).or_default().push(scene);
        }
    }

    /// The first day from `day` on, within the play, on which the centre is open.
    pub(super) fn open_from(&self, day: Day) -> Option<Day> {
        let days = day.iter_days().take_while(|day| *day <= self.last);
        days.into_iter().find(|day| self.is_open(*day))
    }

    /// Takes what is planned for a day.
    pub(super) fn take(&mut self, day: Day) -> Vec<Scene> {
        self.days.remove(&day).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use ledger_core::time::{NewYearBreak, OpeningHours, parse_holidays};

    use super::super::money::Step;
    use super::*;
    use crate::programme::HOLIDAYS;

    #[test]
    fn a_scene_comes_on_the_first_open_day_and_none_after_the_end() {
        let hours = r#"{"weekdays":["mon","tue","wed","thu","fri"],"from":"08:30","to":"17:00"}"#;
        let hours: OpeningHours = serde_json::from_str(hours).unwrap();
        let calendar = Calendar {
            opening_hours: hours,
            holidays: parse_holidays(HOLIDAYS).unwrap(),
            new_year_break: NewYearBreak::default(),
        };
        let day = |text: &str| text.parse::<Day>().unwrap();
        let mut agenda = Agenda::new(calendar, day("2021-12-31"));
        let scene = Scene::Money(Step::Spend(2021));

        // Saturday, Sunday and a substitute holiday on Monday.
        agenda.plan(day("2021-08-07"), scene);
        agenda.plan(day("2021-12-29"), scene);

        assert!(agenda.take(day("2021-08-09")).is_empty());
        assert_eq!(agenda.take(day("2021-08-10")).len(), 1);
        assert_eq!(agenda.open_from(day("2021-12-29")), None);
        assert!(agenda.days.is_empty());
    }
}
