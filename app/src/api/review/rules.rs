//! The rules by which is counted and judged, who set each and when, and the figures under another reading.

use ledger_commands::authorise::Action;
use ledger_core::id::StreamName;
use ledger_projections::facts::Facts;
use ledger_projections::indicators::Basis;
use ledger_projections::programme::programme_card;
use serde_json::{Value, json};

use crate::cli::view::{Asking, ScopeArgs, View};
use crate::failure::Failure;
use crate::fault::figures_failure;
use crate::reading::{OtherReading, closed_history, other_readings};

/// 数え方の仮定（だれがいつ定めたか、別の読み方での数） / the rules by which is counted, and figures under another reading
#[derive(Debug, clap::Args)]
pub(in crate::api) struct CountingRules {
    #[command(flatten)]
    scope: ScopeArgs,
}

impl View for CountingRules {
    const ACTION: Action = Action::ReviewLedger;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let scope = self.scope.scope(asking.today)?;
        let open = asking.door.ledger();
        let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
        let basis = Basis::read(open.store.as_ref(), &open.facts, Some(head)).await;
        let basis = basis.map_err(|error| figures_failure(&error))?;
        let (store, stream) = (open.store.as_ref(), StreamName::programme());
        let history = closed_history(store, &stream, Some(basis.as_at)).await?;
        let card = programme_card(&history, scope.year, scope.day);
        let (rules, terms) = card
            .map(|card| (card.rules, card.terms))
            .unwrap_or_default();
        let readings = basis.board("other readings", scope, other_readings);
        Ok(json!({
            "fiscal_year": scope.year,
            "on": scope.day,
            "as_at": basis.as_at,
            "rules": rules,
            "terms": terms,
            "readings": readings.iter().map(as_json).collect::<Vec<_>>(),
        }))
    }
}

fn as_json(one: &OtherReading) -> Value {
    json!({
        "indicator": one.indicator.id,
        "rule": one.now.rule,
        "value": one.now.value,
        "other_rule": one.rule,
        "other_value": one.other.value,
        "differs": one.differs(),
    })
}
