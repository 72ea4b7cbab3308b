//! What is known of an office or a facility now, filled into the form that changes it.

use ledger_core::id::{FacilityId, OrganisationId, StreamName};

use super::input::texts;
use super::setting::Now;
use super::setting_note::note;
use super::{Act, Typed, text_of};
use crate::pages::fault::Refusal;
use crate::pages::site::Site;
use crate::reading::closed_history;

/// A command that changes what is known of an office or a facility, the field that names it, and the events that say
/// what is known.
type Form = (&'static str, &'static str, &'static [&'static str]);

const FORMS: [Form; 3] = [
    (
        "change-facility",
        FACILITY,
        &["facility-registered", "facility-changed"],
    ),
    (
        "change-facility-staffing",
        FACILITY,
        &["facility-staffing-changed"],
    ),
    (
        "change-organisation",
        "organisation",
        &["organisation-registered", "organisation-changed"],
    ),
];

const FACILITY: &str = "facility";

/// Fills the form where it is named by its id and something is known of it; nothing that was typed is replaced.
///
/// # Errors
/// [`Refusal`] where the log cannot be read.
pub(super) async fn fill(site: &Site, act: &Act, typed: &mut Typed) -> Result<Now, Refusal> {
    let form = FORMS.iter().find(|(command, ..)| *command == act.name);
    let Some((command, named, events)) = form else {
        return Ok(Now::default());
    };
    let Some(stream) = stream(named, text_of(typed, named)) else {
        return Ok(Now::default());
    };
    let store = site.open.open.store.as_ref();
    let history = closed_history(store, &stream, None).await?;
    let own = history.standing();
    let own = own.filter(|entry| events.contains(&entry.event().info().name));
    let Some(newest) = own.last() else {
        return Ok(Now::default());
    };
    let known = newest.event().display();
    for field in &act.fields {
        let name = field.name.as_str();
        let said = known.get(name).filter(|_| text_of(typed, name).is_empty());
        if let Some(said) = said {
            typed.retain(|(known, _)| known != name);
            typed.extend(texts(said).into_iter().map(|text| (name.to_owned(), text)));
        }
    }
    Ok(Now {
        note: note(command, true),
        ..Now::default()
    })
}

fn stream(named: &str, id: &str) -> Option<StreamName> {
    if named == FACILITY {
        return id
            .trim()
            .parse::<FacilityId>()
            .ok()
            .map(StreamName::facility);
    }
    let office = id.trim().parse::<OrganisationId>().ok();
    office.map(StreamName::organisation)
}

#[cfg(test)]
mod tests {
    use ledger_commands::Command;
    use ledger_core::event::{FacilityEvent, OrganisationEvent};

    use super::*;

    #[test]
    fn every_form_names_a_command_its_field_and_events_that_there_are() {
        let known = FacilityEvent::TYPES.iter().chain(OrganisationEvent::TYPES);
        let known: Vec<&str> = known.map(|info| info.name).collect();
        for (command, named, events) in FORMS {
            let fields = Command::fields(command).unwrap();
            assert!(fields.iter().any(|one| one.name == named), "{command}");
            for event in events {
                assert!(known.contains(event), "{event}");
            }
        }
    }
}
