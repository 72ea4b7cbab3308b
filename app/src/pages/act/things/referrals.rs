//! What is told of a person's referrals beside their day, without their texts: the other office and what each waits for.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::event::{Event, ReferralEvent};
use ledger_core::id::{ChildId, OrganisationId, StreamName};
use ledger_projections::referral_board::referral_board;

use crate::fault::views_failure;
use crate::lang::Lang;
use crate::pages::fault::Refusal;
use crate::pages::language::current;
use crate::pages::referrals::{office, waits_for};
use crate::pages::site::Site;
use crate::reading::{office_names, recent};

/// What is told of each that stands, by its id.
pub(super) async fn told(site: &Site, child: ChildId) -> Result<BTreeMap<String, String>, Refusal> {
    let open = &site.open.open;
    let head = open.catch_up_on_work().await?;
    let board = referral_board(&open.facts, site.today(), head).await;
    let board = board.map_err(|error| views_failure(&error))?;
    // The board has the kind of the other office; which one it is, is told where it is in the directory.
    let stream = StreamName::child(child);
    let history = recent(open, &stream).await?.at(None)?;
    let made = history.standing().filter_map(|entry| {
        let Event::Referral(ReferralEvent::Made(made)) = entry.event() else {
            return None;
        };
        Some((made.referral.to_string(), made.organisation))
    });
    let made: Vec<(String, Option<OrganisationId>)> = made.collect();
    let known = made.iter().filter_map(|(_, organisation)| *organisation);
    let known: BTreeSet<OrganisationId> = known.collect();
    let names = office_names(open, &known, head).await?;
    let told = made.into_iter().filter_map(|(referral, organisation)| {
        let line = board.find(&referral)?;
        let name = organisation.and_then(|organisation| names.get(&organisation));
        let to = match (current(), name) {
            (_, None) => office(line),
            (Lang::Ja, Some(name)) => format!("{}（{name}）", office(line)),
            (Lang::En, Some(name)) => format!("{} ({name})", office(line)),
        };
        Some((referral, format!("{to}　{}", waits_for(line.state))))
    });
    Ok(told.collect())
}
