//! Everybody whom the centre knows, in lines without names, which are opened person by person.

use clap::builder::PossibleValuesParser;
use ledger_commands::authorise::Action;
use ledger_core::code::{Area, CareProcedure};
use ledger_core::event::ExportedList;
use ledger_core::time::AgeBand;
use ledger_projections::caseload::{CaseloadLine, caseload};
use ledger_projections::facts::Facts;
use serde_json::{Value, json};

use super::part::Part;
use crate::cli::view::{Asking, Taken, View};
use crate::failure::Failure;
use crate::fault::views_failure;
use crate::reading::{Wanted, age_codes};

/// 対象者の一覧（氏名は出ません） / the persons served, without names
#[derive(Debug, clap::Args)]
pub(super) struct Children {
    /// 対象者番号の始まり / the beginning of a register number
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// 総合支所のコード / area
    #[arg(long, value_parser = PossibleValuesParser::new(Area::ALL.iter().map(|area| area.code())))]
    area: Option<String>,
    /// 年齢区分のコード / age band
    #[arg(long, value_parser = PossibleValuesParser::new(age_codes()))]
    age: Option<String>,
    /// 続いている医療的ケアのコード / daily medical care that goes on
    #[arg(long, value_parser = PossibleValuesParser::new(CareProcedure::ALL.iter().map(|care| care.code())))]
    procedure: Option<String>,
    /// 終結した方も / those whose case is closed, too
    #[arg(long)]
    closed: bool,
    /// この人が担当の方だけ / those of whom this account is in charge
    #[arg(long, value_name = "ACTOR")]
    in_charge: Option<String>,
    #[command(flatten)]
    part: Part,
}

impl View for Children {
    const ACTION: Action = Action::ReadEvents;

    fn takes(&self) -> Option<Taken> {
        self.part.takes(ExportedList::Caseload, "children")
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let open = asking.door.ledger();
        let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
        let known = caseload(&open.facts, asking.today, head).await;
        let known = known.map_err(|error| views_failure(&error))?;
        let wanted = self.wanted();
        let lines = known.iter().filter(|line| wanted.has(line));
        let (children, next) = self.part.of(lines.map(as_json).collect());
        Ok(json!({
            "as_of": asking.today,
            "as_at": head,
            "children": children,
            "next": next,
        }))
    }
}

impl Children {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            number: self.number.as_deref(),
            area: self.area.as_deref(),
            age: self.age.as_deref(),
            procedure: self.procedure.as_deref(),
            in_charge: self.in_charge.as_deref(),
            closed: self.closed,
        }
    }
}

fn as_json(line: &CaseloadLine) -> Value {
    let procedures = line.procedures.iter().map(|care| care.code());
    json!({
        "child": line.child,
        "number": line.number,
        "area": line.area.map(Area::code),
        "age": line.age.map(AgeBand::code),
        "procedures": procedures.collect::<Vec<_>>(),
        "in_charge": line.in_charge,
        "closed_on": line.closed_on,
    })
}
