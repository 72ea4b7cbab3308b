//! Consumers in `status`: how far each partition is, who works on it, and what stops it.

use ledger_core::id::Position;
use ledger_core::store::HeldLease;
use ledger_projections::consumer::PartitionState;
use serde_json::{Value, json};

use crate::lang::Lang;

/// One partition for programs.
pub(super) fn value(one: &PartitionState, head: Position, leases: &[HeldLease]) -> Value {
    let fault = one.fault.as_ref().map(|fault| {
        json!({
            "position": fault.position,
            "what": fault.what,
        })
    });
    json!({
        "consumer": one.consumer.as_str(),
        "partition": one.partition.get(),
        "position": one.position,
        "lag": one.lag(head),
        "holder": one.holder(leases),
        "epoch": one.epoch,
        "fault": fault,
    })
}

/// The lines of all of them for people; none where there are none.
pub(super) fn lines(
    all: &[PartitionState],
    head: Position,
    leases: &[HeldLease],
    lang: Lang,
) -> Vec<String> {
    let lines = all.iter().map(|one| line(one, head, leases, lang));
    let mut lines: Vec<String> = lines.collect();
    if all.iter().any(|one| one.fault.is_some()) {
        let hint = lang.pick(
            "  停止した区画は自動でやり直します。表示された原因を取り除いてください。",
            "  a partition that has stopped tries again by itself; remove the cause that is shown",
        );
        lines.push(hint.to_owned());
    }
    lines
}

fn line(one: &PartitionState, head: Position, leases: &[HeldLease], lang: Lang) -> String {
    let (name, partition) = (&one.consumer, one.partition);
    let (position, behind) = (one.position, one.lag(head));
    let (ja, en) = match one.holder(leases) {
        Some(holder) => (format!("担当 {holder}"), format!("held by {holder}")),
        None => ("担当なし".to_owned(), "held by nobody".to_owned()),
    };
    let (stopped_ja, stopped_en) = stopped(one);
    let ja = format!(
        "連携処理 {name} 区画{partition}: 位置{position}（遅れ {behind}） {ja}{stopped_ja}"
    );
    let en = format!(
        "consumer {name} partition {partition}: position {position} (lag {behind}) {en}{stopped_en}"
    );
    lang.pick(&ja, &en).to_owned()
}

/// What stops a partition, in both languages.
fn stopped(one: &PartitionState) -> (String, String) {
    let Some(fault) = &one.fault else {
        return (String::new(), String::new());
    };
    let (at, what) = (fault.position, &fault.what);
    (
        format!(" 位置{at}の記録で停止: {what}"),
        format!(", stopped by the event at position {at}: {what}"),
    )
}
