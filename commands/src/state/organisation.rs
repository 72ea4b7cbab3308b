//! An office of the directory.

use ledger_core::event::{Event, OrganisationEvent, OrganisationProfile};

use super::{Happened, Step};

/// An office that the centre works with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// What is known of it now; none before it is registered.
    pub profile: Option<OrganisationProfile>,
    /// When it was taken into the directory.
    pub registered: Option<Step>,
    /// When it was worked with no longer.
    pub closed: Option<Step>,
}

impl Organisation {
    /// Takes in the stream's next event.
    pub fn evolve(&mut self, happened: &Happened<'_>) {
        let Event::Organisation(event) = happened.event else {
            return;
        };
        match event {
            OrganisationEvent::Registered(profile) => {
                self.profile = Some(profile.clone());
                self.registered = Some(happened.step());
            },
            OrganisationEvent::Changed(profile) => self.profile = Some(profile.clone()),
            // What it can take on is asked, never decided.
            OrganisationEvent::ResourceConfirmed(_) => {},
            OrganisationEvent::Closed(_) => self.closed = Some(happened.step()),
        }
    }
}
