//! `directory`: offices that the centre works with, what each can take on, telephone first.

use std::cmp::Reverse;
use std::str::FromStr;

use ledger_commands::authorise::Action;
use ledger_core::code::{Area, Capacity, CareProcedure, PartyKind, WelfareService};
use ledger_core::event::AccessPurpose;
use ledger_core::text::without_spaces;
use ledger_core::time::Day;
use ledger_projections::organisation::{Confirmation, DirectoryEntry, FRESH_DAYS, directory_entry};
use serde_json::{Value, json};

use super::door::{Door, Moment, MomentArgs};
use super::output;
use super::view::{Asking, View, of_card};
use crate::config::GlobalOptions;
use crate::failure::{Exit, Failure};
use crate::render::office;
use crate::world::World;

/// 地域資源（関係機関と受入状況） / offices, and what each can take on
#[derive(Debug, clap::Args)]
#[command(after_help = "\
例 / Examples:
  care-ledger directory                                すべて
  care-ledger directory 訪問看護                       名称・電話・住所の一部
  care-ledger directory --area 砧 --resource 吸引      砧で吸引に対応する所
  care-ledger directory --kind short-stay --open       応対者と条件も開く（開いたことが記録されます）
  care-ledger directory --as-of R4.3.31 --json

受入可・条件付き・未確認・満員の順で、確認の新しいものを先に示します。
確認から180日を超えたものには ⚑ を付けます（180日は当方の仮定です）。")]
pub(crate) struct Args {
    /// 名称・電話・住所の一部 / part of a name, a telephone number or an address
    #[arg(value_name = "TEXT")]
    text: Option<String>,
    /// 総合支所（日本語でもコードでも） / area
    #[arg(long, value_name = "AREA", value_parser = area)]
    area: Option<Area>,
    /// 種別 / kind
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<PartyKind>,
    /// 医療的ケアまたはサービス / daily medical care, or a service
    #[arg(long, value_name = "CARE|SERVICE", value_parser = resource)]
    resource: Option<Resource>,
    /// 終了した機関も / those that are closed, too
    #[arg(long)]
    closed: bool,
    /// 応対者・条件も開く / open who said it and the conditions, too
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    moment: MomentArgs,
}

/// What an office is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Resource {
    Procedure(CareProcedure),
    Service(WelfareService),
}

fn area(text: &str) -> Result<Area, String> {
    Area::from_ja(text).map_or_else(|| coded(text), Ok)
}

fn kind(text: &str) -> Result<PartyKind, String> {
    PartyKind::from_ja(text).map_or_else(|| coded(text), Ok)
}

fn resource(text: &str) -> Result<Resource, String> {
    let procedure = CareProcedure::from_ja(text).or_else(|| text.parse().ok());
    let service = WelfareService::from_ja(text).or_else(|| text.parse().ok());
    match (procedure, service) {
        (Some(procedure), _) => Ok(Resource::Procedure(procedure)),
        (None, Some(service)) => Ok(Resource::Service(service)),
        (None, None) => {
            let procedures = CareProcedure::ALL.iter().map(|one| one.code());
            let services = WelfareService::ALL.iter().map(|one| one.code());
            let known: Vec<&str> = procedures.chain(services).collect();
            Err(format!("one of {}", known.join(", ")))
        },
    }
}

fn coded<T: FromStr<Err = impl ToString>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

pub(super) async fn run(
    args: &Args,
    options: &GlobalOptions,
    world: &mut World,
) -> Result<Exit, Failure> {
    let door = Door::new(Args::ACTION, args.open, options, world).await?;
    let read = read(args, &door, world.clock.today()).await;
    door.close().await;
    let (moment, entries) = read?;
    if options.json {
        output::json(world, &as_json(args, moment, &entries))?;
        return Ok(Exit::Done);
    }
    let n = entries.len();
    let (ja, en) = (format!("地域資源 {n}件"), format!("Offices: {n}"));
    output::line(world, &moment.title((&ja, &en), options.lang))?;
    for entry in &entries {
        output::line(world, &office(entry, options.lang))?;
    }
    Ok(Exit::Done)
}

impl View for Args {
    const ACTION: Action = Action::ReadEvents;

    fn opens(&self) -> Option<AccessPurpose> {
        of_card(self.open)
    }

    async fn value(&self, asking: &Asking<'_>) -> Result<Value, Failure> {
        let (moment, entries) = read(self, asking.door, asking.today).await?;
        Ok(as_json(self, moment, &entries))
    }
}

fn as_json(args: &Args, moment: Moment, entries: &[DirectoryEntry]) -> Value {
    json!({
        "as_of": moment.as_of,
        "as_at": moment.as_at,
        "opened": args.open,
        "fresh_days": FRESH_DAYS,
        "offices": entries,
    })
}

async fn read(
    args: &Args,
    door: &Door,
    today: Day,
) -> Result<(Moment, Vec<DirectoryEntry>), Failure> {
    let moment = door.moment(args.moment, today).await?;
    let mut entries = Vec::new();
    for (stream, history) in door.streams("organisation-", moment.as_at).await? {
        let Some(entry) = directory_entry(&history, moment.as_of).filter(|one| fits(args, one))
        else {
            continue;
        };
        // Only what is shown is opened.
        let history = door.reopened(&stream, history, moment.as_at).await?;
        entries.push(directory_entry(&history, moment.as_of).unwrap_or(entry));
    }
    entries.sort_by_cached_key(place);
    Ok((moment, entries))
}

fn fits(args: &Args, entry: &DirectoryEntry) -> bool {
    let text = args.text.as_deref().map(folded).unwrap_or_default();
    let digits = text.replace('-', "");
    let telephone = |phone: &str| !digits.is_empty() && phone.replace('-', "").contains(&digits);
    let named = folded(&entry.name).contains(&text)
        || entry
            .phone
            .as_deref()
            .map(folded)
            .is_some_and(|phone| telephone(&phone))
        || entry
            .address
            .as_deref()
            .map(folded)
            .is_some_and(|address| address.contains(&text));
    named
        && (args.closed || !entry.closed)
        && args.area.is_none_or(|area| entry.area == Some(area))
        && args.kind.is_none_or(|kind| entry.kind == kind)
        && args
            .resource
            .is_none_or(|resource| gives(entry.confirmation.as_ref(), resource))
}

/// A text as it is compared: whatever its width, case and spaces.
fn folded(text: &str) -> String {
    without_spaces(text).to_lowercase()
}

fn gives(confirmation: Option<&Confirmation>, resource: Resource) -> bool {
    confirmation.is_some_and(|said| match resource {
        Resource::Procedure(procedure) => said.procedures.contains(&procedure),
        Resource::Service(service) => said.services.contains(&service),
    })
}

/// Where an office stands: what takes somebody on first, what was asked lately before what was not.
fn place(entry: &DirectoryEntry) -> impl Ord + use<> {
    let said = entry.confirmation.as_ref();
    let capacity = said.map_or(Capacity::Unknown, |said| said.capacity);
    let rank: u8 = match capacity {
        Capacity::Open => 0,
        Capacity::Limited => 1,
        Capacity::Unknown => 2,
        Capacity::Full => 3,
        Capacity::NotOffered => 4,
    };
    let stale = said.is_some_and(|said| said.stale);
    let asked_on = said.map(|said| said.asked_on);
    (
        entry.closed,
        rank,
        stale,
        Reverse(asked_on),
        entry.name.clone(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_a_care_or_a_service_by_code_or_by_the_wards_word() {
        let care = Ok(Resource::Procedure(CareProcedure::Suction));
        let service = Ok(Resource::Service(WelfareService::ShortStay));

        assert_eq!(resource("suction"), care);
        assert_eq!(resource(CareProcedure::Suction.ja()), care);
        assert_eq!(resource("短期入所"), service);
        assert!(resource("月旅行").unwrap_err().contains("suction"));
    }

    #[test]
    fn an_area_and_a_kind_are_named_by_code_or_by_the_wards_word() {
        assert_eq!(area("砧"), Ok(Area::Kinuta));
        assert_eq!(area("kinuta"), Ok(Area::Kinuta));
        assert_eq!(kind("学校"), Ok(PartyKind::School));
        assert!(kind("moon").unwrap_err().contains("visiting-nursing"));
    }
}
