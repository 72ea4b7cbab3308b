//! Every referral with its steps, what it waits for and since when, the longest wait first.

use clap::builder::PossibleValuesParser;
use ledger_commands::authorise::Action;
use ledger_core::code::Area;
use ledger_core::event::ExportedList;
use ledger_core::time::Day;
use ledger_projections::facts::Facts;
use ledger_projections::referral_board::{ReferralLine, ReferralState, Tick, referral_board};
use serde_json::{Value, json};

use super::part::Part;
use crate::cli::view::{Asking, Taken, View};
use crate::failure::Failure;
use crate::fault::views_failure;

/// 連携の一覧（待っているもの。氏名は出ません） / the referrals, by what they wait for, without names
#[derive(Debug, clap::Args)]
pub(super) struct Referrals {
    /// 待っていること / what they wait for
    #[arg(long, value_parser = PossibleValuesParser::new(ReferralState::ALL.map(ReferralState::code)))]
    state: Option<String>,
    /// 終わったものも / those that wait for nothing, too
    #[arg(long, conflicts_with = "state")]
    ended: bool,
    /// 総合支所のコード / area
    #[arg(long, value_parser = PossibleValuesParser::new(Area::ALL.iter().map(|area| area.code())))]
    area: Option<String>,
    /// この人が担当の方の連携だけ / those of whom this account is in charge
    #[arg(long, value_name = "ACTOR")]
    in_charge: Option<String>,
    #[command(flatten)]
    part: Part,
}

impl View for Referrals {
    const ACTION: Action = Action::ReadEvents;

    fn takes(&self) -> Option<Taken> {
        self.part.takes(ExportedList::Referrals, "referrals")
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let open = asking.door.ledger();
        let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
        let board = referral_board(&open.facts, asking.today, head).await;
        let board = board.map_err(|error| views_failure(&error))?;
        let wanted = board.lines().iter().filter(|line| self.wants(line));
        let lines = wanted.map(|line| as_json(line, asking.today));
        let (referrals, next) = self.part.of(lines.collect());
        Ok(json!({
            "as_of": asking.today,
            "as_at": head,
            "referrals": referrals,
            "next": next,
        }))
    }
}

impl Referrals {
    fn wants(&self, line: &ReferralLine) -> bool {
        let in_state = match &self.state {
            Some(state) => line.state.code() == state,
            None => self.ended || line.state != ReferralState::Nothing,
        };
        let area = line.area.map(Area::code);
        let own = self.in_charge.as_ref();
        in_state
            && (self.area.is_none() || self.area.as_deref() == area)
            && own.is_none_or(|own| line.in_charge.contains(own))
    }
}

fn as_json(line: &ReferralLine, today: Day) -> Value {
    let waits = line.state != ReferralState::Nothing;
    json!({
        "referral": line.referral,
        "child": line.child,
        "case": line.case,
        "number": line.number,
        "urgent": line.is_urgent,
        "incoming": line.is_incoming,
        "office": line.office,
        "area": line.area.map(Area::code),
        "in_charge": line.in_charge,
        "made_on": line.made_on,
        "due_on": line.due_on,
        "overdue": waits && line.due_on.is_some_and(|due| due < today),
        "received": step(line.received),
        "accepted": step(line.accepted),
        "declined": step(line.declined),
        "completed": step(line.completed),
        "fed_back": step(line.fed_back),
        "state": line.state.code(),
        "since": line.since,
    })
}

/// Whether a step was taken, and on which day, where that is known.
fn step(tick: Tick) -> Value {
    let on = match tick {
        Tick::Open => None,
        Tick::Done(on) => on,
    };
    json!({ "done": tick.is_done(), "on": on })
}
