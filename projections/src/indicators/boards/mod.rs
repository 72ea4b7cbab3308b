//! Tables of the steering committee's pages: what the indicators count, by month, by area, by how far a
//! plan or a referral came. They hold counts alone; whoever shows them suppresses small cells first.

mod areas;
mod disaster;
mod disaster_shown;
mod journeys;
mod months;
mod notices;
mod referrals;

pub use areas::by_area;
pub use disaster::{DisasterBoard, PLAN_STATES, POWER_BANDS, disaster_board};
pub use disaster_shown::DisasterShown;
pub use journeys::{Journey, Leg, journeys};
pub use months::by_month;
pub use notices::{Notice, notices};
pub use referrals::{LOOP_STATES, Places, hand_overs};
