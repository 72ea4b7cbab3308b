//! What was corrected, annulled, moved and taken back, each beside the event that it is about.

use clap::builder::PossibleValuesParser;
use ledger_commands::authorise::Action;
use ledger_core::event::ExportedList;
use ledger_core::id::Position;
use ledger_core::store::StoredEvent;
use ledger_projections::amendment::Act;
use serde_json::{Value, json};

use crate::api::part::LINES_MAX;
use crate::cli::view::{Asking, Taken, View};
use crate::failure::Failure;
use crate::reading::{Contents, Corrected, all_corrections, corrections};

/// 訂正・取消の一覧（個人に関する記述は出しません） / what was corrected, annulled and moved, without personal text
#[derive(Debug, clap::Args)]
pub(in crate::api) struct Corrections {
    /// 何をしたか / what was done
    #[arg(long, value_parser = PossibleValuesParser::new(Act::ALL.map(Act::code)))]
    act: Option<String>,
    /// この位置から前へ（なければ最新から） / from this position back; from the newest without it
    #[arg(long, value_name = "POSITION")]
    from: Option<u64>,
    /// 件数（100まで） / how many, 100 at most
    #[arg(long, value_name = "N", default_value_t = LINES_MAX)]
    limit: usize,
    /// 全部を持ち出す（持ち出せる役割だけ、先に記録します） / take the whole along, recorded first
    #[arg(long, conflicts_with_all = ["from", "limit"])]
    whole: bool,
}

impl View for Corrections {
    const ACTION: Action = Action::ReviewLedger;

    fn takes(&self) -> Option<Taken> {
        self.whole.then_some(Taken {
            list: ExportedList::Corrections,
            field: "corrections",
        })
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let open = asking.door.ledger();
        let mut acts = Act::ALL.into_iter();
        let act = acts.find(|act| self.act.as_deref() == Some(act.code()));
        let last = self
            .from
            .map_or(Position::from_i64(i64::MAX), Position::new);
        let within = Position::default()..=last;
        let (found, next) = if self.whole {
            (all_corrections(open, act, &within).await?, None)
        } else {
            let limit = self.limit.clamp(1, LINES_MAX);
            corrections(open, act, &within, limit).await?
        };
        let corrections: Vec<Value> = found.iter().map(as_json).collect();
        Ok(json!({ "corrections": corrections, "next": next }))
    }
}

fn as_json(found: &Corrected) -> Value {
    json!({
        "correction": found.amendment,
        "target": found.target.as_ref().map(event),
        "contents": found.contents.as_ref().map(contents),
        "moved_to": found.moved_to,
        "approver": found.approver,
    })
}

fn event(stored: &StoredEvent) -> Value {
    json!({
        "position": stored.position,
        "id": stored.id,
        "type": stored.event_type,
        "recorded_at": stored.recorded_at,
    })
}

/// What it said before and says by it; personal text stays closed on both sides.
fn contents(contents: &Contents) -> Value {
    let (occurred_before, occurred_after) = contents.occurred.unzip();
    json!({
        "before": contents.before,
        "after": contents.after,
        "occurred_before": occurred_before,
        "occurred_after": occurred_after,
        "sealed": contents.is_sealed,
    })
}
