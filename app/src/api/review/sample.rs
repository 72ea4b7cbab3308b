//! A sample that anybody draws again from its seed, each event of it checked.

use ledger_commands::authorise::Action;
use ledger_core::event::Metadata;
use serde_json::{Value, json};

use crate::cli::view::{Asking, View};
use crate::failure::Failure;
use crate::fault::read_failure;
use crate::reading::{Checked, Sampling, checked};

/// 標本の抽出と検証（同じ種からは、だれが引いても同じ標本） / a sample drawn from a seed, each event of it checked
#[derive(Debug, clap::Args)]
pub(in crate::api) struct Sample {
    /// 種（シード） / the seed
    #[arg(long, value_name = "TEXT")]
    seed: String,
    /// 件数（200まで） / how many, 200 at most
    #[arg(long, value_name = "N")]
    n: Option<u64>,
    /// 最初の位置 / first position
    #[arg(long, value_name = "POSITION")]
    from: Option<u64>,
    /// 最後の位置 / last position
    #[arg(long, value_name = "POSITION")]
    to: Option<u64>,
    /// 種類ごとにこの件数ずつ / so many of each type of events
    #[arg(long)]
    by_type: bool,
}

impl View for Sample {
    const ACTION: Action = Action::ReviewLedger;

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let open = asking.door.ledger();
        let store = open.store.as_ref();
        let head = store.head().await.map_err(|error| read_failure(&error))?;
        let (drawn_by, range) = ((self.seed.as_str(), self.by_type), (self.from, self.to));
        let sampling = Sampling::new(drawn_by, range, self.n, head.position)?;
        let positions = sampling.positions(open).await?;
        let events = checked(open, &head, &positions).await?;
        Ok(json!({
            "seed": sampling.seed,
            "from": sampling.from,
            "to": sampling.to,
            "n": sampling.many,
            "by_type": sampling.by_type,
            "as_at": head.position,
            "root": head.frontier.root().to_string(),
            "events": events.iter().map(as_json).collect::<Vec<_>>(),
        }))
    }
}

fn as_json(one: &Checked) -> Value {
    let stored = &one.stored;
    let metadata = serde_json::from_slice::<Metadata>(&stored.metadata).ok();
    json!({
        "position": stored.position,
        "id": stored.id,
        "type": stored.event_type,
        "recorded_at": stored.recorded_at,
        "actor": metadata.map(|metadata| metadata.actor),
        "leaf_fits": one.leaf,
        "in_tree": one.tree,
    })
}
