//! Whether an office may be told something of a person today, asked before a paper goes to it; nothing is recorded.

use ledger_core::code::{DataClass, PartyKind, SharingPurpose};
use ledger_core::id::{ChildId, OrganisationId, StreamName};
use ledger_core::time::Occurred;

use crate::ledger::{ExecuteError, Ledger};
use crate::rule::consent::{Sharing, covers};
use crate::state::{Child, StreamState as _};

/// What the centre works on with other offices for one person; statistics are about nobody in particular.
const FOR_A_PERSON: [SharingPurpose; 4] = [
    SharingPurpose::Support,
    SharingPurpose::Discharge,
    SharingPurpose::Disaster,
    SharingPurpose::Education,
];

impl Ledger {
    /// Whether a consent in force today covers that an office is told all of this of a person, be it given in
    /// another case of the same person.
    ///
    /// # Errors
    /// [`ExecuteError`] when the person's record cannot be read.
    pub async fn has_consent(
        &self,
        child: ChildId,
        (party, organisation): (PartyKind, Option<OrganisationId>),
        data: &[DataClass],
    ) -> Result<bool, ExecuteError> {
        let today = Occurred::Day(self.clock().now().day_in_japan());
        let is_covered = |child: &Child, purpose| {
            let sharing = Sharing {
                party,
                organisation,
                data,
                purpose,
            };
            covers(child, &sharing, today).is_some()
        };
        self.with_cases(StreamName::child(child), |state| {
            let child = Child::of(state);
            let mut purposes = FOR_A_PERSON.into_iter();
            child.is_some_and(|child| purposes.any(|purpose| is_covered(child, purpose)))
        })
        .await
    }
}
