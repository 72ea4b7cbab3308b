//! A correction or an annulment changes the figures that count its target, and no other, and is named.

use std::collections::BTreeSet;

use ledger_core::id::EventId;
use ledger_core::store::EventStore;
use ledger_projections::indicators::{INDICATORS, changed_of, indicators_of};
use serde_json::json;

use super::centre::Centre;
use super::scope;

/// Corrects or annuls one of the events and looks at every figure before and after.
pub(super) async fn check(centre: &mut Centre, which: u16, days: u16, annuls: bool) {
    let before = centre.basis().await;
    let from = centre.caught_up().await;
    let events = centre.correctable().await;
    let target = &events[usize::from(which) % events.len()];
    let (stream, id) = (target.stream.clone(), target.id);
    let mut command = json!({"command": "annul-event", "stream": stream, "target": id,
        "reason": "other"});
    if !annuls {
        let on = ledger_core::time::Day::from_ymd_opt(2022, 3, 1).unwrap();
        let on = on + chrono::Days::new(u64::from(days));
        command["command"] = "correct-event".into();
        command["occurred"] = on.to_string().into();
    }
    let Ok(receipt) = centre.gives("st-1", command).await else {
        return;
    };
    let act = receipt.events[0];
    let after = centre.basis().await;
    let to = centre.caught_up().await;

    let uses = |basis: &ledger_projections::indicators::Basis, event: EventId| {
        let uses = indicators_of(event, &basis.facts(), scope(), &basis.settings);
        uses.into_iter()
            .map(|one| one.indicator)
            .collect::<BTreeSet<_>>()
    };
    let mut counting = uses(&before, id);
    counting.extend(uses(&after, id));
    counting.extend(uses(&after, act));
    let log: (&dyn EventStore, _) = (&*centre.test.store, &centre.test.views);
    let changes = changed_of(INDICATORS, log, scope(), (from, to))
        .await
        .unwrap();
    for indicator in INDICATORS {
        // How far these figures reach is a figure, too, and every event changes it.
        if indicator.id == "I-9" {
            continue;
        }
        let [then, now] =
            [&before, &after].map(|basis| basis.measure(indicator, scope()).value.clone());
        if then == now {
            continue;
        }
        let name = indicator.id;
        assert!(
            counting.contains(name),
            "{name} did not count it: {then:?} {now:?} {target:?}"
        );
        let change = changes.iter().find(|change| change.indicator == name);
        let causes = &change
            .unwrap_or_else(|| panic!("{name} is not told"))
            .causes;
        assert!(
            causes.iter().any(|cause| cause.event == act),
            "{name}: {causes:?}"
        );
    }
}
