//! Commands about who a person is and what care they need.

mod add_guardian;
mod assess_care_score;
mod assess_mobility;
mod change_guardian;
mod change_profile;
mod end_care_procedure;
mod record_birth_detail;
mod record_welfare_services;
mod register_child;
mod remove_guardian;
mod start_care_procedure;

pub use add_guardian::AddGuardian;
pub use assess_care_score::AssessCareScore;
pub use assess_mobility::AssessMobility;
pub use change_guardian::ChangeGuardian;
pub use change_profile::ChangeProfile;
pub use end_care_procedure::EndCareProcedure;
pub use record_birth_detail::RecordBirthDetail;
pub use record_welfare_services::RecordWelfareServices;
pub use register_child::RegisterChild;
pub use remove_guardian::RemoveGuardian;
pub use start_care_procedure::StartCareProcedure;
