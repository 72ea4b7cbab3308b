//! Finds persons and events, and reads a person's history, every stream of a kind or names.

mod access_review;
mod accesses;
mod amended;
mod amendment;
mod approvals;
mod as_at;
mod backups;
mod caseload;
mod changes;
mod child;
mod closed_accounts;
mod command;
mod corrections;
mod emergency;
mod event;
mod families;
mod held;
mod history;
mod imports;
mod meeting;
mod merged;
mod named;
mod names;
mod occurred;
mod opened;
mod pack;
mod position;
mod readings;
mod recent;
mod records;
mod sampled;
mod sampling;
mod settings;
mod sight;
mod slots;
mod status;
mod streams;
mod thing;
mod timeline;

pub use access_review::{AccessReview, month_of, review_month};
pub use accesses::emergencies;
pub use amended::{areas_of_persons, newest_acts};
pub use amendment::amendments_of;
pub use approvals::{OpenApproval, open_approvals};
pub use as_at::AsAt;
pub use backups::{Backups, LastBackup, backups};
pub use caseload::{UNKNOWN_AGE, Wanted, age_codes};
pub use changes::changes_since;
pub use child::{exists, find_child, meant, number_of, the_child};
pub use closed_accounts::ClosedAccounts;
pub use command::{approver, in_stream, with_the_same_command};
pub use corrections::{Contents, Corrected, all_corrections, corrections};
pub use emergency::running_emergency;
pub use event::{beside, find_event};
pub use held::Held;
pub use history::{closed_history, history, identity_history};
pub use imports::{ImportedFile, Rejections, gaps, imports, ranges};
pub use meeting::meeting_cards;
pub use merged::goes_on_as;
pub use named::events_named;
pub use names::{facility_names, office_names};
pub use occurred::{Known, events_at, occurrences};
pub use opened::{Counts, For, OpenedTimeline};
pub use pack::{frozen_at, pack_failure};
pub use position::{first_since, last_before, last_until, reached};
pub use readings::{OtherReading, other_readings};
pub use recent::{Read, opened_history, recent};
pub use records::records;
pub use sampled::{Checked, checked, drawn, leaves_lacking};
pub use sampling::{SEED_MAX, SIZE_MAX, Sampling};
pub use settings::settings_at;
pub use sight::{Sight, frozen};
pub use status::{Status, status};
pub use streams::{Streams, histories, of_types};
pub use thing::{Begun, BegunThing, things};
pub use timeline::{Clocks, hinted_at_first, opened_timeline, opened_timeline_for};

use crate::failure::{Failure, root_cause};

/// A stored event that cannot be understood or opened.
#[must_use]
pub fn unreadable(error: &(dyn std::error::Error + 'static)) -> Failure {
    let cause = root_cause(error);
    Failure::failed(
        "DAMAGED",
        format!("台帳の記録を読めません（{cause}）。"),
        format!("a stored event cannot be read ({cause})"),
    )
    .hint(
        "`care-ledger verify` で確かめてください。",
        "run care-ledger verify",
    )
}
