//! Commands about who works with a person, who is in charge, and who looks in an emergency.

mod assign_staff;
mod join_care_team;
mod leave_care_team;
mod take_emergency_access;
mod unassign_staff;

pub use assign_staff::AssignStaff;
pub use join_care_team::JoinCareTeam;
pub use leave_care_team::LeaveCareTeam;
pub use take_emergency_access::TakeEmergencyAccess;
pub use unassign_staff::UnassignStaff;
