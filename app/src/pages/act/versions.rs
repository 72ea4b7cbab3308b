//! The version of a plan that a form is about, filled in where it is known of which plan; nothing sealed is opened.

use ledger_commands::state::{Child, Folded, StreamState as _};
use ledger_core::id::StreamName;

use super::input::label_of;
use super::{Act, Typed, put, text_of};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::pages::giving::Fault;
use crate::pages::language::current;
use crate::pages::numbers::whose;
use crate::pages::site::Site;
use crate::reading::{Begun, recent};

/// The field that names the version.
const VERSION: &str = "version";

/// Which of a plan's versions a form is about.
#[derive(Clone, Copy)]
enum About {
    /// The newest one.
    Newest,
    /// The newest one to which the family agreed.
    Agreed,
}

/// A form, its kind of plan, and the version that it is about.
const FORMS: [(&str, &str, About); 4] = [
    ("explain-support-plan", "support-plan", About::Newest),
    ("agree-support-plan", "support-plan", About::Newest),
    ("deliver-support-plan", "support-plan", About::Agreed),
    ("agree-disaster-plan", "disaster-plan", About::Newest),
];

/// A version of a plan, and how far it is.
struct Version {
    number: u32,
    is_explained: bool,
    is_agreed: bool,
}

/// The version that a form is about.
struct Meant {
    number: u32,
    /// Whether the family can have seen no other one: it is the first, they were explained it, or they agreed to it.
    is_sure: bool,
}

/// Fills the version in where none is typed and it is sure which one is meant; it is seen there, and changed.
///
/// # Errors
/// [`Failure`] when the store fails.
pub(super) async fn fill(site: &Site, act: &Act, typed: &mut Typed) -> Result<(), Failure> {
    if !text_of(typed, VERSION).trim().is_empty() {
        return Ok(());
    }
    let meant = meant(site, act.name, typed).await?;
    if let Some(meant) = meant.filter(|meant| meant.is_sure) {
        put(typed, VERSION, meant.number.to_string());
    }
    Ok(())
}

/// What is wrong where another version was refused as not the newest: which one is, so that whoever typed the other sees
/// that the family was shown another text; none where the form is about no version.
///
/// # Errors
/// [`Failure`] when the store fails.
pub(super) async fn not_the_newest(
    site: &Site,
    act: &Act,
    typed: &Typed,
) -> Result<Option<Fault>, Failure> {
    let Some(Meant { number, .. }) = meant(site, act.name, typed).await? else {
        return Ok(None);
    };
    let label = label_of(&act.fields, VERSION).unwrap_or_default();
    let said = match current() {
        Lang::Ja => format!(
            "いちばん新しい版は第{number}版で、ここに記録できるのはその版についてだけです。家族に示した版がどれかを確かめてください。"
        ),
        Lang::En => format!(
            "The newest version is {number}, and only what is about that one is recorded here. Make sure which one the family was shown."
        ),
    };
    Ok(Some(Fault::whole(said).at(VERSION, &label)))
}

/// The version that a form is about; none where it is about none, or it is not known of which plan.
async fn meant(site: &Site, form: &str, typed: &Typed) -> Result<Option<Meant>, Failure> {
    let mut forms = FORMS.iter();
    let Some((_, kind, about)) = forms.find(|(known, ..)| *known == form) else {
        return Ok(None);
    };
    let child = text_of(typed, "child").trim();
    let child = if child.is_empty() {
        None
    } else {
        whose(site, child).await?
    };
    let Some(child) = child else {
        return Ok(None);
    };
    let stream = StreamName::child(child);
    let read = recent(&site.open.open, &stream).await?;
    let Ok(history) = read.at(None) else {
        return Ok(None);
    };
    let folded = Folded::of_history(&stream, &history);
    let Some(state) = Child::of(folded.state()) else {
        return Ok(None);
    };
    let begun = Begun::of(child, &history);
    let own = begun.things.iter().filter(|thing| thing.kind == *kind);
    let plan = text_of(typed, "plan").trim();
    let mut wanted = own
        .filter(|thing| plan.is_empty() || thing.id == plan)
        .filter_map(|thing| open_versions(state, kind, &thing.id));
    let (Some(versions), None) = (wanted.next(), wanted.next()) else {
        return Ok(None);
    };
    Ok(of_these(&versions, *about))
}

/// Which of a plan's versions is meant, the oldest of which comes first.
fn of_these(versions: &[Version], about: About) -> Option<Meant> {
    let is_alone = versions.len() == 1;
    let (found, is_sure) = match about {
        About::Newest => {
            let newest = versions.last()?;
            (newest, is_alone || newest.is_explained)
        },
        About::Agreed => (versions.iter().rfind(|one| one.is_agreed)?, true),
    };
    Some(Meant {
        number: found.number,
        is_sure,
    })
}

/// The versions of a plan that goes on, the oldest first; that a disaster plan is explained is not recorded.
fn open_versions(state: &Child, kind: &str, plan: &str) -> Option<Vec<Version>> {
    if kind == "support-plan" {
        let plan = state.support_plan(plan.parse().ok()?)?;
        let versions = plan.versions.iter().map(|(number, one)| Version {
            number: *number,
            is_explained: one.explained.is_some(),
            is_agreed: one.agreed.is_some(),
        });
        plan.is_open().then(|| versions.collect())
    } else {
        let plan = state.disaster_plan(plan.parse().ok()?)?;
        let versions = plan.versions.iter().map(|(number, one)| Version {
            number: *number,
            is_explained: false,
            is_agreed: one.agreed.is_some(),
        });
        plan.is_open().then(|| versions.collect())
    }
}

#[cfg(test)]
mod tests {
    use ledger_commands::Command;

    use super::*;

    #[test]
    fn every_form_names_a_plan_and_a_version() {
        for (name, ..) in FORMS {
            let fields = Command::fields(name).unwrap();
            let has = |field: &str| fields.iter().any(|one| one.name == field);
            assert!(has("plan") && has(VERSION), "{name}");
        }
    }

    #[test]
    fn of_several_versions_the_newest_is_sure_once_it_was_explained() {
        let version = |number, is_explained, is_agreed| Version {
            number,
            is_explained,
            is_agreed,
        };
        let told = |versions: &[Version], about| {
            of_these(versions, about).map(|meant| (meant.number, meant.is_sure))
        };
        let first = [version(1, false, false)];
        assert_eq!(told(&first, About::Newest), Some((1, true)));
        assert_eq!(told(&first, About::Agreed), None);
        let open = [version(1, true, true), version(2, false, false)];
        assert_eq!(told(&open, About::Newest), Some((2, false)));
        assert_eq!(told(&open, About::Agreed), Some((1, true)));
        let explained = [version(1, true, true), version(2, true, false)];
        assert_eq!(told(&explained, About::Newest), Some((2, true)));
        assert_eq!(told(&[], About::Newest), None);
    }
}
