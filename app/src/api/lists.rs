//! What the command line lists in whole, for programs page by page.

use ledger_commands::authorise::Action;
use ledger_core::event::{AccessPurpose, ExportedList};
use serde_json::{Value, json};

use super::part::{LINES_MAX, Part};
use crate::cli::view::{self as asked, Asking, Taken, View};
use crate::failure::Failure;
use crate::rights::left_out;

/// 今日の業務（期限が近い・過ぎたもの） / what is due and overdue
#[derive(Debug, clap::Args)]
pub(super) struct WorkList {
    #[command(flatten)]
    asked: asked::WorkList,
    #[command(flatten)]
    part: Part,
}

impl View for WorkList {
    const ACTION: Action = asked::WorkList::ACTION;

    fn opens(&self) -> Option<AccessPurpose> {
        self.asked.opens()
    }

    fn takes(&self) -> Option<Taken> {
        self.part.takes(ExportedList::WorkList, "items")
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let mut value = self.asked.value(asking).await?;
        if let Some(fields) = value.as_object_mut() {
            let items = fields.get_mut("items").and_then(Value::as_array_mut);
            let items = items.map(std::mem::take).unwrap_or_default();
            let (part, next) = self.part.of(items);
            fields.insert("items".to_owned(), part.into());
            fields.insert("next".to_owned(), json!(next));
        }
        Ok(value)
    }
}

/// 記録（イベント）の一覧（個人に関する記述は出しません） / the events, without personal text
#[derive(Debug, clap::Args)]
pub(super) struct Events {
    #[command(flatten)]
    asked: asked::Events,
    /// 全部を持ち出す（持ち出せる役割だけ、先に記録します） / take the whole along, recorded first
    #[arg(long, conflicts_with = "limit")]
    whole: bool,
}

/// Most events that are taken along at once.
const WHOLE_MAX: usize = 20_000;

impl View for Events {
    const ACTION: Action = asked::Events::ACTION;

    fn takes(&self) -> Option<Taken> {
        self.whole.then_some(Taken {
            list: ExportedList::Events,
            field: "events",
        })
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let open = asking.door.ledger();
        let most = if self.whole { WHOLE_MAX } else { LINES_MAX };
        let (events, next) = self.asked.part(open, self.whole, most).await?;
        if self.whole && next.is_some() {
            return Err(too_many());
        }
        Ok(json!({"events": events, "next": next, "left_out": left_out(open.role)}))
    }
}

fn too_many() -> Failure {
    Failure::refused(
        "TOO_MANY_ROWS",
        format!("一度に持ち出せるのは{WHOLE_MAX}件までです。"),
        format!("no more than {WHOLE_MAX} events are taken along at once"),
    )
    .hint(
        "種類や日付で絞り込むか、from と limit で順に読んでください。",
        "narrow the list by type or day, or read it page by page with from and limit",
    )
}
