//! A centre that lives through random acts, twice at once: as a program that remembers, and as one
//! that reads everything anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ledger_commands::register::child_id;
use ledger_commands::{Command, Envelope, ExecuteError, Ledger, Receipt};
use ledger_core::actor::{Actor, Role};
use ledger_core::event::{Event, Open, Recorded};
use ledger_core::history::{History, Standing};
use ledger_core::id::{CommandId, Position, StreamName};
use ledger_core::store::{EventStore, ReadAll};
use ledger_core::time::{Day, Timestamp};
use ledger_projections::indicators::Basis;
use ledger_projections::views::Views;
use ledger_projections::{catch_up, compare};
use ledger_tests::clock::CountedIds;
use ledger_tests::ledger::{Engine, TestLedger};
use serde_json::{Value, json};

use super::acts::{Act, id};

/// Days from one act to the next.
const PACE_DAYS: u64 = 9;

/// A centre with opening hours, a meeting, three persons, a facility and an advisor.
pub(super) struct Centre {
    pub(super) test: TestLedger,
    ledger: Ledger,
    ids: CountedIds,
    /// The names of the commands that were taken.
    pub(super) taken: BTreeSet<String>,
}

fn first() -> Day {
    "2021-06-01".parse().unwrap()
}

fn after(days: u64) -> Day {
    first() + chrono::Days::new(days)
}

impl Centre {
    pub(super) async fn new() -> Self {
        let test = TestLedger::new(Engine::Sqlite).await;
        let ledger = over(&test);
        let ids = CountedIds::new();
        let mut centre = Self {
            test,
            ledger,
            ids,
            taken: BTreeSet::new(),
        };
        centre.today(after(0));
        let hours = json!({"hours": {"weekdays": ["mon", "tue", "wed", "thu", "fri"],
            "from": "08:30", "to": "17:00"}, "new_year_break": {"from": "12-29", "to": "01-03"}});
        let begin = [
            json!({"command": "set-opening-hours", "opening_hours": hours}),
            // Who grants what another asked for has an account that may.
            json!({"command": "open-account", "name": "st-2", "role": "manager"}),
            json!({"command": "set-holiday-calendar",
                "calendar": {"holidays": [{"day": "2022-05-03", "name": "憲法記念日"}]}}),
            json!({"command": "convene-meeting", "meeting": id(3, 0, 0), "planned_on": "2021-06-01",
                "agenda": ["見本"]}),
            json!({"command": "hold-meeting", "meeting": id(3, 0, 0), "attendees": ["見本　一郎"]}),
        ];
        let persons = (0..3).map(|nth| {
            json!({"command": "register-child", "number": format!("C{nth}"), "name": "見本　花子",
                "birth_date": "2019-10-15", "area": "kitazawa"})
        });
        let offices = [
            json!({"command": "register-facility", "number": "X0", "name": "見本保育園",
                "kind": "nursery", "area": "tamagawa"}),
            json!({"command": "enrol-trainee", "number": "T0", "name": "研修　一"}),
        ];
        for mut command in begin.into_iter().chain(persons).chain(offices) {
            command["occurred"] = "2021-06-01".into();
            centre.gives("st-1", command).await.unwrap();
        }
        centre
    }

    fn today(&self, day: Day) {
        let noon = day.and_hms_opt(12, 0, 0).unwrap();
        self.test.clock.set(Timestamp::of_japan(noon));
    }

    /// Does the `nth` act: it happened some weeks before it is recorded.
    pub(super) async fn does(&mut self, nth: usize, act: &Act) {
        let day = u64::try_from(nth).unwrap() * PACE_DAYS;
        self.today(after(day + 45));
        let on = after(day + u64::from(act.later)).to_string();
        for (actor, command) in self.commands(act, &on).await {
            drop(self.gives(actor, command).await);
        }
    }

    /// The commands of an act; those about earlier events name one of the log.
    async fn commands(&self, act: &Act, on: &str) -> Vec<(&'static str, Value)> {
        let one = format!("C{}", act.child);
        match act.name {
            "merge-cases" => self.merge(act, on),
            "undo-merge" => vec![(
                "st-1",
                json!({"command": act.name, "survivor": one,
                "absorbed": format!("C{}", 3 - act.child), "occurred": on, "reason": "別の人"}),
            )],
            "correct-event" | "annul-event" | "reverse-annulment" | "reassign-event" => {
                let log = self.targets(act.name == "reverse-annulment").await;
                let Some(place) = usize::from(act.way).checked_rem(log.len()) else {
                    return Vec::new();
                };
                let target = &log[place];
                let mut command = json!({"command": act.name, "target": target.id,
                    "stream": target.stream, "reason": "other"});
                if act.name == "correct-event" {
                    command["occurred"] = on.into();
                }
                if act.name == "reassign-event" {
                    let Some(child) = target.stream.as_str().strip_prefix("child-") else {
                        return Vec::new();
                    };
                    command = json!({"command": act.name, "child": child, "target": target.id,
                        "to": one, "reason": "wrong-person"});
                }
                vec![("st-1", command)]
            },
            name => {
                let mut command = act.fields(on);
                command["command"] = name.into();
                if command.get("occurred").is_none() {
                    command["occurred"] = on.into();
                }
                if act.is_about_a_child() {
                    command["child"] = one.into();
                }
                vec![("st-1", command)]
            },
        }
    }

    /// The events that an act may be about: all, or those that are annulled.
    async fn targets(&self, annulled: bool) -> Vec<Recorded> {
        let mut log = self.log().await;
        if annulled {
            let histories = self.histories().await;
            log.retain(|one| {
                let entry = histories[&one.stream].find(one.id).unwrap();
                matches!(entry.standing, Standing::Annulled { .. })
            });
        }
        log
    }

    /// Asked for by one, granted by another, done by the first.
    fn merge(&self, act: &Act, on: &str) -> Vec<(&'static str, Value)> {
        let approval = id(5, act.child, act.thing);
        let (one, other) = (format!("C{}", act.child), format!("C{}", 3 - act.child));
        let stream = StreamName::child(child_id(self.test.id, &one));
        vec![
            (
                "st-1",
                json!({"command": "request-approval", "approval": approval, "act": "merge",
                "stream": stream, "absorbed": other, "occurred": on, "reason": "同じ人"}),
            ),
            (
                "st-2",
                json!({"command": "grant-approval", "approval": approval, "occurred": on}),
            ),
            (
                "st-1",
                json!({"command": "merge-cases", "survivor": one, "absorbed": other,
                "approval": approval, "occurred": on}),
            ),
        ]
    }

    /// Gives a command. A refused one writes nothing, and a program that starts now refuses it, too.
    pub(super) async fn gives(
        &mut self,
        actor: &str,
        json: Value,
    ) -> Result<Receipt, &'static str> {
        let command = self.ids.next(CommandId::new);
        let read = Command::read(json.clone(), self.test.id, command);
        let read = read.unwrap_or_else(|error| panic!("{json}: {error}"));
        let actor = Actor::new(actor).unwrap();
        let envelope = Envelope::new(command, actor, Role::Unauthenticated);
        let before = self.head().await;
        match self.ledger.execute(&read, &envelope).await {
            Ok(receipt) => {
                let name = json["command"].as_str().unwrap();
                self.taken.insert(name.to_owned());
                Ok(receipt)
            },
            Err(ExecuteError::Rejected(refused)) => {
                assert_eq!(self.head().await, before, "{json}");
                match over(&self.test).execute(&read, &envelope).await {
                    Err(ExecuteError::Rejected(again)) => assert_eq!(again, refused, "{json}"),
                    other => panic!("{json}: {refused} and then {other:?}"),
                }
                Err(refused.code())
            },
            Err(error) => panic!("{json}: {error}"),
        }
    }

    pub(super) async fn head(&self) -> Position {
        self.test.store.head().await.unwrap().position
    }

    /// Every event, in the order of the log.
    pub(super) async fn log(&self) -> Vec<Recorded> {
        let (mut read, mut all) = (ReadAll::after(Position::default()), Vec::new());
        loop {
            let page = self.test.store.read_all(&read).await.unwrap();
            for stored in page.events.iter() {
                all.push(self.test.codec.decode(stored, Open::All).await.unwrap());
            }
            match page.next {
                Some(next) => read.from = Some(Position::new(next)),
                None => return all,
            }
        }
    }

    /// The history of every stream.
    pub(super) async fn histories(&self) -> BTreeMap<StreamName, History> {
        let mut histories: BTreeMap<StreamName, History> = BTreeMap::new();
        for recorded in self.log().await {
            let own = histories.entry(recorded.stream.clone()).or_default();
            own.push(recorded).unwrap();
        }
        histories
    }

    /// Brings the kept projections forward.
    pub(super) async fn caught_up(&self) -> Position {
        let head = self.head().await;
        let store = &*self.test.store;
        let done = catch_up::catch_up(store, &self.test.views, head, &mut |_, _| {}).await;
        done.unwrap();
        head
    }

    /// Facts and settings as they stand.
    pub(super) async fn basis(&self) -> Basis {
        self.caught_up().await;
        let basis = Basis::read(&*self.test.store, &self.test.facts(), None).await;
        basis.unwrap()
    }

    /// The kept projections are, row by row, what the log makes from its first event on.
    pub(super) async fn is_what_a_replay_makes(&self) {
        let at = self.caught_up().await;
        let (store, views) = (&*self.test.store, &self.test.views);
        let scratch = self.test.folder().join("scratch.db");
        let scratch = Views::sqlite(&scratch).unwrap();
        let found = compare::compare(store, views, &scratch, at, &mut |_, _| {}).await;
        let found = found.unwrap();
        assert_eq!((found.differences, found.lags), (Vec::new(), Vec::new()));
    }

    /// The events that may be corrected: neither settings nor corrections.
    pub(super) async fn correctable(&self) -> Vec<Recorded> {
        let mut log = self.log().await;
        log.retain(|one| {
            !matches!(
                one.event,
                Event::Correction(_) | Event::Programme(_) | Event::Approval(_)
            )
        });
        log
    }
}

/// A program over the log that remembers nothing yet.
fn over(test: &TestLedger) -> Ledger {
    let store: Arc<dyn EventStore> = test.shared();
    Ledger::new(
        store,
        test.codec.clone(),
        Arc::new(test.clock.clone()),
        test.id,
    )
}
