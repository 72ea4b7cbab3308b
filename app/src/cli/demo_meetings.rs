//! The meetings of the demo: one after each year of the trial, with its figures frozen, so that the committee
//! has something to look at.

use ledger_commands::{Command, Envelope};
use ledger_core::actor::{Actor, Role};
use ledger_core::id::CommandId;
use ledger_core::time::FiscalYear;
use ledger_projections::facts::Facts;
use ledger_projections::indicators::Scope;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::config::GlobalOptions;
use crate::failure::Failure;
use crate::fault::execute_failure;
use crate::reading::frozen_at;
use crate::wiring::OpenWithKeys;
use crate::world::World;

/// The years of the trial, each with what the committee recommended when it looked back on it.
const YEARS: [(i32, &str, &str); 3] = [
    (
        2021,
        "A-3",
        "退院前にプランの相談を受けられるよう、病院への周知を進めること。",
    ),
    (
        2022,
        "D-2",
        "災害時個別支援計画の検証を、期限の前に家族へ案内すること。",
    ),
    (
        2023,
        "C-1",
        "総合支所からの結果の報告を、期限を決めて受けること。",
    ),
];

/// Holds the meetings that are missing.
pub(super) async fn hold_all(options: &GlobalOptions, world: &World) -> Result<(), Failure> {
    let open = OpenWithKeys::open(options, world).await?;
    let held = held(&open, &options.actor()?).await;
    open.close().await;
    held
}

async fn held(open: &OpenWithKeys, actor: &Actor) -> Result<(), Failure> {
    let last = YEARS.len();
    for (nth, year) in (1..).zip(YEARS) {
        let desk = Desk { open, actor, nth };
        desk.hold(year, nth < last).await?;
    }
    Ok(())
}

/// Whoever writes down one of the meetings.
struct Desk<'d> {
    open: &'d OpenWithKeys,
    actor: &'d Actor,
    nth: usize,
}

impl Desk<'_> {
    async fn hold(&self, year: (i32, &str, &str), answered: bool) -> Result<(), Failure> {
        let (of, indicator, text) = year;
        let next = of.saturating_add(1);
        let (meeting, recommendation) = (self.id("meeting"), self.id("recommendation"));
        let on = |month_and_day: &str| format!("{next}-{month_and_day}");
        self.record(
            json!({"command": "convene-meeting", "meeting": meeting, "nth": self.nth,
            "occurred": on("04-28"), "planned_on": on("05-19"), "agenda": ["事業の実施状況"]}),
        )
        .await?;
        self.freeze(meeting, FiscalYear::new(of), on("05-12"))
            .await?;
        self.record(json!({"command": "hold-meeting", "meeting": meeting,
            "occurred": on("05-19"), "attendee_count": 7}))
            .await?;
        self.record(json!({"command": "make-recommendation", "meeting": meeting,
            "recommendation": recommendation, "occurred": on("05-19"), "addressee": "centre",
            "due_on": on("09-30"), "indicator": indicator, "text": text}))
            .await?;
        if answered {
            self.record(
                json!({"command": "answer-recommendation", "meeting": meeting,
                "recommendation": recommendation, "occurred": on("08-31"), "evidence": [],
                "text": "手順を改め、実施しています。"}),
            )
            .await?;
        }
        Ok(())
    }

    /// Freezes the figures of a year; as they were frozen where that was done before.
    async fn freeze(&self, meeting: Uuid, year: FiscalYear, on: String) -> Result<(), Failure> {
        let open = &self.open.open;
        let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
        let scope = Scope::of_year(year);
        let (pack, _) = frozen_at(open, scope, head).await?;
        self.record(json!({"command": "freeze-materials", "meeting": meeting, "occurred": on,
            "fiscal_year": year, "on_day": scope.day, "as_at": head, "head": head, "figures": pack}))
            .await
    }

    /// The id of something of this meeting, the same at each start.
    fn id(&self, what: &str) -> Uuid {
        let nth = self.nth.to_string();
        self.open
            .ledger
            .id()
            .derive("demo-committee", &[what, &nth])
    }

    /// Records a command once, however often the demo runs.
    async fn record(&self, fields: Value) -> Result<(), Failure> {
        let name = fields
            .get("command")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let id = CommandId::new(self.id(name));
        let command = Command::read(fields, self.open.ledger.id(), id);
        let command = command.map_err(|error| super::demo_accounts::broken(&error))?;
        let envelope = Envelope::new(id, self.actor.clone(), Role::Unauthenticated);
        let done = self.open.ledger.execute(&command, &envelope).await;
        done.map(drop).map_err(|error| execute_failure(&error))
    }
}
