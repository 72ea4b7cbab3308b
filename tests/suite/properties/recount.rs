//! Indicators of fiscal year 2022 counted again, event by event, by nothing but the paper's words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Weekday};
use ledger_core::time::Day;
use ledger_projections::indicators::{Amount, find};

use super::centre::Centre;
use super::naive::{Said, day, end, said};
use super::scope;

pub(super) async fn agrees(centre: &Centre) {
    let book = Book(said(&centre.histories().await));
    let basis = centre.basis().await;
    for (id, recounted) in [
        ("A-1", count(book.contacts().len())),
        ("A-2", count(book.persons_with_contacts().len())),
        ("A-3", count(book.first_plans().len())),
        (
            "A-4",
            count(book.different("facility-support-given", "visit")),
        ),
        ("A-5", count(book.trainees())),
        ("A-6", count(book.new_disaster_plans())),
        ("B-6", book.delays()),
        ("C-1", book.loops()),
        ("C-4", book.overdue()),
        ("D-1", book.covered()),
        ("D-2", book.current()),
        (
            "D-3",
            count(book.ages().values().filter(|age| **age > 365).count()),
        ),
        ("I-1", book.corrected()),
        ("J-1", book.answered()),
    ] {
        let measured = basis.measure(find(id).unwrap(), scope());
        assert_eq!(measured.value, recounted, "{id}: {:#?}", book.0);
    }
}

fn count(count: usize) -> Amount {
    let count = i64::try_from(count).unwrap();
    Amount::Count { count }
}

fn share(hits: usize, of: usize) -> Amount {
    Amount::Share {
        hits: i64::try_from(hits).unwrap(),
        of: i64::try_from(of).unwrap(),
    }
}

/// Days on which the centre is open after one day up to another.
fn business_days(from: Day, to: Day) -> i64 {
    let days = from.iter_days().skip(1).take_while(|day| *day <= to);
    let open = days.filter(|day| {
        let weekend = [Weekday::Sat, Weekday::Sun].contains(&day.weekday());
        let new_year = [(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)]
            .contains(&(day.month(), day.day()));
        !weekend && !new_year && day.to_string() != "2022-05-03"
    });
    i64::try_from(open.count()).unwrap()
}

/// Everything that was said.
struct Book(Vec<Said>);

impl Book {
    fn all(&self, name: &'static str) -> impl Iterator<Item = &Said> {
        self.0.iter().filter(move |said| said.name == name)
    }

    fn year(&self, name: &'static str) -> impl Iterator<Item = &Said> {
        self.all(name).filter(|said| said.in_2022())
    }

    fn different(&self, name: &'static str, field: &str) -> usize {
        let different: BTreeSet<String> = self.year(name).map(|said| said.text(field)).collect();
        different.len()
    }

    /// The case that goes on for a case, as merges and their undoing leave it.
    fn person(&self, case: &str) -> String {
        let mut person = case.to_owned();
        for said in &self.0 {
            if said.text("absorbed") == case {
                match said.name {
                    "cases-merged" => person = said.text("survivor"),
                    "merge-undone" => case.clone_into(&mut person),
                    _ => {},
                }
            }
        }
        person
    }

    /// Whom something is about; an inquiry about whom it was linked to last.
    fn about(&self, said: &Said) -> Option<String> {
        let linked = || {
            let mut linked = None;
            let own = self.0.iter().filter(|other| other.stream == said.stream);
            for other in own {
                match other.name {
                    "inquiry-linked" => linked = Some(other.text("child")),
                    "inquiry-unlinked" if linked == Some(other.text("child")) => linked = None,
                    _ => {},
                }
            }
            linked
        };
        let case = said.whose().or_else(linked)?;
        Some(self.person(&case))
    }

    fn contacts(&self) -> BTreeSet<String> {
        let contacts = self.year("consultation-recorded");
        contacts.map(|said| said.text("consultation")).collect()
    }

    fn persons_with_contacts(&self) -> BTreeSet<String> {
        let contacts = self.year("consultation-recorded");
        contacts.filter_map(|said| self.about(said)).collect()
    }

    fn first_plans(&self) -> BTreeSet<String> {
        let agreed = self.year("support-plan-agreed");
        let first = agreed.filter(|said| said.data["version"] == 1);
        first.filter_map(|said| self.about(said)).collect()
    }

    fn trainees(&self) -> usize {
        let sessions = self.year("training-session-held");
        let trainees: BTreeSet<&str> = sessions.map(|said| said.stream.as_str()).collect();
        trainees.len()
    }

    fn new_disaster_plans(&self) -> usize {
        let mut first: BTreeMap<String, &Said> = BTreeMap::new();
        for said in self
            .all("disaster-plan-drafted")
            .filter(|said| said.day.is_some())
        {
            let own = first.entry(self.about(said).unwrap()).or_insert(said);
            if said.when() < own.when() {
                *own = said;
            }
        }
        let own = first.values();
        own.filter(|said| said.in_2022() && said.data["office"] == "centre")
            .count()
    }

    /// Events about persons, inquiries, facilities and advisors of the year.
    fn of_the_year(&self) -> Vec<&Said> {
        let kinds = ["child-", "inquiry-", "facility-", "trainee-"];
        let care = self.0.iter().filter(|said| {
            kinds.iter().any(|kind| said.stream.starts_with(kind))
                && !["event-", "annulment-", "identity-"]
                    .iter()
                    .any(|act| said.name.starts_with(act))
        });
        care.filter(|said| said.in_2022()).collect()
    }

    fn delays(&self) -> Amount {
        let all = self.of_the_year();
        let delay = |said: &&Said| business_days(said.day.unwrap(), said.recorded);
        let mut delays: Vec<i64> = all.iter().map(delay).collect();
        delays.sort_unstable();
        let n = delays.len();
        let median = |_: &i64| match n % 2 {
            1 => delays[n / 2] * 10,
            _ => (delays[n / 2 - 1] + delays[n / 2]) * 5,
        };
        Amount::Days {
            median_tenths: delays.first().map(median),
            p90: delays.get((n * 9).div_ceil(10).saturating_sub(1)).copied(),
            n: i64::try_from(n).unwrap(),
        }
    }

    fn corrected(&self) -> Amount {
        let all = self.of_the_year();
        share(all.iter().filter(|said| said.corrected).count(), all.len())
    }

    fn answered(&self) -> Amount {
        let due = |said: &&Said| {
            let due = said.data["due_on"].as_str().map(day);
            due.is_some_and(|due| day("2022-04-01") <= due && due <= end())
        };
        let made: Vec<&Said> = self.all("recommendation-made").filter(due).collect();
        let in_time = made.iter().filter(|made| {
            let own = self.all("recommendation-answered");
            let mut own = own.filter(|said| {
                said.text("recommendation") == made.text("recommendation") && said.by_the_end()
            });
            own.any(|said| said.day.unwrap() <= day(&made.text("due_on")))
        });
        share(in_time.count(), made.len())
    }
}

/// Referrals as they stand at the end of the year.
impl Book {
    /// The steps of a referral that count: an end only behind the last reopening.
    fn steps(&self, made: &Said, names: &[&str]) -> Vec<&Said> {
        let own =
            |said: &&Said| said.text("referral") == made.text("referral") && said.by_the_end();
        let reopened = self.all("referral-reopened").filter(own);
        let reopened = reopened.map(Said::when).max();
        let steps = self
            .0
            .iter()
            .filter(own)
            .filter(|said| names.contains(&said.name));
        let ends = |said: &&Said| {
            ["referral-received", "referral-accepted"].contains(&said.name)
                || reopened.is_none_or(|reopened| reopened < said.when())
        };
        steps.filter(ends).collect()
    }

    fn has(&self, made: &Said, names: &[&str]) -> bool {
        !self.steps(made, names).is_empty()
    }

    fn loops(&self) -> Amount {
        let made = self.year("referral-made").filter(|said| {
            let age = end().signed_duration_since(said.day.unwrap()).num_days();
            age >= 30 && !self.has(said, &["referral-withdrawn", "referral-redirected"])
        });
        let made: Vec<&Said> = made.collect();
        let closed = made.iter().filter(|said| {
            self.has(said, &["referral-completed"])
                && self.has(said, &["referral-feedback-received"])
        });
        share(different(closed.copied()), different(made.iter().copied()))
    }

    fn overdue(&self) -> Amount {
        let ends = [
            "referral-declined",
            "referral-completed",
            "referral-withdrawn",
            "referral-redirected",
        ];
        let made = self
            .all("referral-made")
            .filter(|said| said.by_the_end() && !self.has(said, &ends));
        let made: Vec<&Said> = made.collect();
        let late = made.iter().filter(|said| {
            let waits = business_days(said.day.unwrap(), end());
            let accepted = self.has(said, &["referral-accepted"]);
            // What another office referred to the centre has arrived by being recorded.
            let received =
                said.data["direction"] == "from" || self.has(said, &["referral-received"]);
            !accepted && (waits > 10 || !received && waits > 3)
        });
        share(different(late.copied()), different(made.iter().copied()))
    }
}

/// How many referrals; one id that was moved away and given again is one.
fn different<'a>(made: impl Iterator<Item = &'a Said>) -> usize {
    let ids: BTreeSet<String> = made.map(|said| said.text("referral")).collect();
    ids.len()
}

/// Disaster plans as they stand at the end of the year.
impl Book {
    /// Persons known by then whose case is open: of merged cases the one that goes on speaks.
    fn open_cases(&self) -> BTreeSet<String> {
        let known = self
            .all("child-registered")
            .filter(|said| said.by_the_end());
        let known = known.filter_map(|said| self.about(said));
        let is_open = |case: &String| {
            let steps = ["case-closed", "case-reopened"];
            let own = self.0.iter().filter(|said| {
                said.whose().as_deref() == Some(case)
                    && steps.contains(&said.name)
                    && said.by_the_end()
            });
            let newest = own.max_by_key(|said| said.when());
            newest.is_none_or(|said| said.name == "case-reopened")
        };
        known.filter(is_open).collect()
    }

    /// Days since each person's plan was first agreed or last verified with a guardian.
    fn confirmed(&self) -> BTreeMap<String, Day> {
        let ended: Vec<String> = self
            .all("disaster-plan-ended")
            .filter(|said| said.by_the_end())
            .map(|said| said.text("plan"))
            .collect();
        let mut agreed: BTreeMap<String, &Said> = BTreeMap::new();
        for said in self
            .all("disaster-plan-agreed")
            .filter(|said| said.day.is_some())
        {
            let first = agreed.entry(said.text("plan")).or_insert(said);
            if said.when() < first.when() {
                *first = said;
            }
        }
        let verified = self.all("disaster-plan-verified");
        let mut confirmed: BTreeMap<String, Day> = BTreeMap::new();
        for said in agreed.into_values().chain(verified) {
            if said.by_the_end() && !ended.contains(&said.text("plan")) {
                let own = confirmed.entry(self.about(said).unwrap()).or_default();
                *own = said.day.unwrap().max(*own);
            }
        }
        confirmed
    }

    /// The age of the plans of open cases, in days.
    fn ages(&self) -> BTreeMap<String, i64> {
        let open = self.open_cases();
        let confirmed = self.confirmed().into_iter();
        let confirmed = confirmed.filter(|(person, _)| open.contains(person));
        let age = |day: Day| end().signed_duration_since(day).num_days();
        confirmed.map(|(person, day)| (person, age(day))).collect()
    }

    fn current(&self) -> Amount {
        let ages = self.ages();
        share(ages.values().filter(|age| **age <= 365).count(), ages.len())
    }

    fn covered(&self) -> Amount {
        let (mut open, confirmed) = (self.open_cases(), self.confirmed());
        open.retain(|person| {
            let wishes = [
                "disaster-plan-not-wanted",
                "disaster-plan-drafted",
                "disaster-plan-agreed",
            ];
            let own = self.0.iter().filter(|said| {
                wishes.contains(&said.name)
                    && said.by_the_end()
                    && self.about(said).as_ref() == Some(person)
            });
            let newest = own.max_by_key(|said| said.when());
            newest.is_none_or(|said| said.name != "disaster-plan-not-wanted")
        });
        share(
            open.iter()
                .filter(|person| confirmed.contains_key(*person))
                .count(),
            open.len(),
        )
    }
}
