//! The golden checks of the ward's paper, in their order, end to end on both stores.
//!
//! Everything is recorded by the program's commands and read by its views. The fourteenth, erasure,
//! comes with the command that erases.

mod clocks;
mod counting;
mod history;
mod people;
mod plan;

use ledger_tests::ledger::Engine;
use ledger_tests::program::{Answer, Place};
use serde_json::Value;

/// Each check as a pair of tests, named so that they are listed in their order.
macro_rules! on_both_stores {
    ($($check:ident in $file:ident;)+) => {$(
        mod $check {
            use ledger_tests::ledger::Engine;

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$file::$check(Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                super::$file::$check(Engine::Postgres).await;
            }
        }
    )+};
}

on_both_stores! {
    check_01_planned_numbers_are_the_papers_and_later_ones_only_those_that_were_set in plan;
    check_02_budget_and_subsidy_add_up_to_what_the_paper_says in plan;
    check_03_a_claim_over_a_menus_cap_is_refused_and_pays_half_from_the_fourth_year in plan;
    check_04_a_ventilator_users_plan_is_the_district_centres in people;
    check_05_only_a_verification_with_a_guardian_resets_the_years_clock in clocks;
    check_06_holidays_and_the_closing_hour_are_outside_hours in clocks;
    check_07_fiscal_years_turn_on_the_first_of_april_and_eras_are_read in clocks;
    check_08_a_fifth_visit_is_extra_and_the_grid_shows_what_is_missing in counting;
    check_09_contacts_of_a_day_count_by_rule_and_a_merge_is_named in counting;
    check_10_a_date_moved_across_the_year_leaves_the_old_report_as_it_was in history;
    check_11_referrals_end_and_close_as_they_should in counting;
    check_12_projections_are_made_again_alike_and_tampering_is_found in history;
    check_13_movable_needs_light_impairment_and_no_certificate_on_the_day in people;
    check_15_a_grown_person_stays_and_is_asked_for_consent_at_eighteen in people;
}

/// A centre with its programme set up, at noon in Japan on 1 April 2024.
struct Centre {
    place: Place,
    actor: &'static str,
}

impl Centre {
    async fn new(engine: Engine) -> Self {
        let place = Place::initialised(engine).await;
        place.clock.set("2024-04-01T03:00:00Z".parse().unwrap());
        let actor = "test:mihon";
        Self { place, actor }
    }

    /// A centre that knows one person, C001, born on 15 October 2019.
    async fn with_child(engine: Engine) -> Self {
        let centre = Self::new(engine).await;
        centre.register("C001", "2019-10-15").await;
        centre
    }

    async fn register(&self, number: &str, born: &str) -> Value {
        self.did(serde_json::json!({
            "command": "register-child", "number": number, "occurred": "2021-08-02",
            "name": "見本　花子", "birth_date": born, "area": "kitazawa",
        }))
        .await
    }

    /// Goes on as somebody else.
    const fn act_as(&mut self, actor: &'static str) {
        self.actor = actor;
    }

    /// Runs a line of the program.
    async fn run(&self, line: &[&str]) -> Answer {
        let line = line.iter().map(|&word| word.to_owned());
        let options = self.place.options_with("--actor", self.actor);
        let line: Vec<String> = line.chain(options).collect();
        self.place.run_exactly(&line).await
    }

    /// Runs `record` with a command given as JSON.
    async fn record(&self, json: &Value) -> Answer {
        let file = self.place.folder().join("command.json");
        std::fs::write(&file, json.to_string()).unwrap();
        let (name, file) = (json["command"].as_str().unwrap(), file.to_str().unwrap());
        self.run(&["record", name, "--file", file, "--json"]).await
    }

    /// Records a command that is taken; its receipt.
    async fn did(&self, json: Value) -> Value {
        self.record(&json).await.done().json()
    }

    /// Why a command is refused: the code and the field; it writes nothing.
    async fn refused(&self, json: Value) -> (String, String) {
        let before = self.head().await;
        let answer = self.record(&json).await;
        assert_eq!(answer.code, 2, "{json}: {answer:?}");
        // A note that the login may do more than it needs may stand before it.
        let error = answer.err.lines().last().unwrap();
        let error: Value = serde_json::from_str(error).unwrap();
        assert_eq!(self.head().await, before, "{json}");
        let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        (text("code"), text("field"))
    }

    /// What a view answers as JSON.
    async fn ask(&self, line: &[&str]) -> Value {
        let line: Vec<&str> = line.iter().chain(&["--json"]).copied().collect();
        self.run(&line).await.done().json()
    }

    /// The position of the newest event.
    async fn head(&self) -> u64 {
        self.ask(&["status"]).await["position"].as_u64().unwrap()
    }

    /// An indicator of a fiscal year.
    async fn indicator(&self, id: &str, year: &str, more: &[&str]) -> Value {
        let line = ["indicators", id, "--fiscal-year", year];
        let line: Vec<&str> = line.iter().chain(more).copied().collect();
        self.ask(&line).await["indicators"][0].take()
    }

    /// A figure of a fiscal year.
    async fn figure(&self, key: &str, year: &str, more: &[&str]) -> Value {
        let line = ["figures", "--fiscal-year", year];
        let line: Vec<&str> = line.iter().chain(more).copied().collect();
        self.ask(&line).await[key].take()
    }

    /// The items of a day's work list, by kind and state.
    async fn work_on(&self, day: &str) -> Vec<(String, String)> {
        let list = self.ask(&["work-list", "--on", day]).await;
        let items = list["items"].as_array().unwrap().iter();
        let text = |item: &Value, name: &str| item[name].as_str().unwrap().to_owned();
        items
            .map(|item| (text(item, "kind"), text(item, "state")))
            .collect()
    }

    /// The causes for which an indicator changed since a position.
    async fn causes(&self, id: &str, year: &str, from: u64) -> Vec<(u64, String)> {
        let from = from.to_string();
        let changes = self
            .ask(&["changes", "--from", &from, "--fiscal-year", year])
            .await;
        let changes = changes["changes"].as_array().unwrap().iter();
        let own = changes.filter(|change| change["indicator"] == id);
        let causes = own.flat_map(|change| change["causes"].as_array().unwrap());
        causes
            .map(|cause| {
                let kind = cause["kind"].as_str().unwrap().to_owned();
                (cause["position"].as_u64().unwrap(), kind)
            })
            .collect()
    }
}

/// Adds fields to a command about C001.
fn about(name: &str, occurred: &str, mut fields: Value) -> Value {
    fields["command"] = name.into();
    fields["occurred"] = occurred.into();
    if fields.get("child").is_none() {
        fields["child"] = "C001".into();
    }
    fields
}

/// A consultation by telephone.
fn consultation(child: &str, occurred: &str) -> Value {
    serde_json::json!({
        "command": "record-consultation", "children": [child], "occurred": occurred,
        "consulter": "guardian", "channel": "phone", "topics": ["respite"],
    })
}

/// Where a receipt says the first stream's last event stands.
fn position(receipt: &Value) -> u64 {
    receipt["streams"][0]["position"].as_u64().unwrap()
}

/// A count as the indicators say it.
fn count(count: u64) -> Value {
    serde_json::json!({"kind": "count", "count": count})
}

/// Some of some.
fn share(hits: u64, of: u64) -> Value {
    serde_json::json!({"kind": "share", "hits": hits, "of": of})
}

/// Yen as the indicators say them.
fn yen(yen: i64) -> Value {
    serde_json::json!({"kind": "yen", "yen": yen})
}

/// A row of an indicator's breakdown.
fn line<'a>(indicator: &'a Value, key: &str) -> &'a Value {
    let lines = indicator["lines"].as_array().unwrap().iter();
    let mut own = lines.filter(|line| line["key"] == key);
    &own.next()
        .unwrap_or_else(|| panic!("no {key}: {indicator}"))["value"]
}
