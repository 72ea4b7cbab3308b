//! A person of a simulated trial, as far as the play must know what stands in the ledger.

use ledger_core::time::Day;
use uuid::Uuid;

use super::draws::Draws;
use super::words::AREAS;

/// Years that persons of the play are old at most when the centre gets to know them.
const OLDEST_YEARS: u64 = 19;

/// A person.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing that stands in the ledger, whatever the others say"
)]
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// Day of birth.
    pub(super) born: Day,
    /// Area, as stored.
    pub(super) area: &'static str,
    /// In the register, and the case is open.
    pub(super) open: bool,
    /// The member of staff in charge.
    pub(super) charge: u32,
    /// One bit a kind of daily medical care that goes on.
    pub(super) care: u16,
    /// Whether phone and address stand in the profile.
    pub(super) reachable: bool,
    /// A consent to share for support, in force.
    pub(super) consent: Option<Uuid>,
    /// The guardian.
    pub(super) guardian: Option<Uuid>,
    /// In hospital.
    pub(super) in_hospital: bool,
    /// A home-living support plan goes on.
    pub(super) supported: bool,
    /// The disaster plan that goes on, and its newest version.
    pub(super) disaster: Option<(Uuid, u32)>,
    /// The area of the district centre that supports it, where one does.
    pub(super) planned_in: Option<&'static str>,
    /// A disaster plan is being talked about.
    pub(super) asked: bool,
    /// Has a brother or sister among the persons, who is the next one.
    pub(super) sibling: bool,
}

impl Person {
    /// Somebody whom the centre gets to know on a day.
    pub(super) fn drawn(known_from: Day, draws: &mut Draws) -> Self {
        let days = draws.between(40, OLDEST_YEARS.saturating_mul(365));
        // Half of them are small: the centre begins at the discharge from hospital.
        let days = if draws.chance(50) {
            days.checked_rem(1_460).unwrap_or(0).max(40)
        } else {
            days
        };
        let born = known_from.checked_sub_days(chrono::Days::new(days));
        Self {
            born: born.unwrap_or(known_from),
            area: draws.word(AREAS),
            open: false,
            charge: 0,
            care: 0,
            reachable: false,
            consent: None,
            guardian: None,
            in_hospital: false,
            supported: false,
            disaster: None,
            planned_in: None,
            asked: false,
            sibling: draws.chance(6),
        }
    }

    /// Age in whole years on a day.
    pub(super) fn years(&self, day: Day) -> u32 {
        day.years_since(self.born).unwrap_or(0)
    }

    /// Who speaks for the person: from 18 on, the person.
    pub(super) fn speaker(&self, day: Day) -> &'static str {
        if self.years(day) < 18 {
            "guardian"
        } else {
            "person"
        }
    }
}
