//! The simulated ledger in which everything has happened, and what it holds of whom it tells.

use ledger_tests::ledger::Engine;
use ledger_tests::program::Place;
use serde_json::Value;

use crate::pages::{ask_for_no_second_factor, out, said};

/// How many persons the simulated centre serves.
const CHILDREN: usize = 12;

/// A ledger that was played, whose people sign in with their passwords alone.
pub(super) struct Simulated {
    pub(super) place: Place,
    /// The numbers of those whom the centre serves.
    pub(super) numbers: Vec<String>,
    /// Their names and birth dates, and those of who belongs to them.
    pub(super) names: Vec<String>,
}

impl Simulated {
    pub(super) async fn new() -> Self {
        let place = Place::new(Engine::Sqlite).await;
        let play = format!("simulate --children {CHILDREN} --seed 7 --json");
        let _played = out(&place, &play);
        let numbers: Vec<String> = (1..=CHILDREN).map(|child| format!("C{child:03}")).collect();
        let names = numbers.iter().flat_map(|one| personal(&place, one));
        let names: Vec<String> = names.collect();
        assert!(names.len() > 3 * CHILDREN, "{names:?}");
        for role in ["manager", "auditor", "admin"] {
            ask_for_no_second_factor(&place, role);
        }
        Self {
            place,
            numbers,
            names,
        }
    }
}

/// The names and birth dates of one person, and of who belongs to them.
fn personal(place: &Place, number: &str) -> Vec<String> {
    let person = said(place, &format!("timeline {number} --json"))["person"].take();
    let guardians = person["guardians"].as_array().unwrap().iter();
    let guardians = guardians.flat_map(|one| [&one["name"], &one["contact"]]);
    let own = ["name", "kana", "birth_date", "address", "phone"].map(|field| &person[field]);
    let texts = own.into_iter().chain(guardians).filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
