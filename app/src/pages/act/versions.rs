//! The version of a plan that a form is about, filled in where it is known of which plan; nothing sealed is opened.

use ledger_commands::state::{Child, Folded, StreamState as _};
use ledger_core::id::StreamName;

use super::input::label_of;
use super::{Act, Typed, text_of};
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

/// A plan's versions, the oldest first, each with whether the family agreed to it.
type Versions = Vec<(u32, bool)>;

/// Fills the version in where none is typed; it is seen there, and changed.
///
/// # Errors
/// [`Failure`] when the store fails.
pub(super) async fn fill(site: &Site, act: &Act, typed: &mut Typed) -> Result<(), Failure> {
    if !text_of(typed, VERSION).trim().is_empty() {
        return Ok(());
    }
    if let Some(version) = version(site, act.name, typed).await? {
        typed.retain(|(field, _)| field != VERSION);
        typed.push((VERSION.to_owned(), version.to_string()));
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
    let Some(version) = version(site, act.name, typed).await? else {
        return Ok(None);
    };
    let label = label_of(&act.fields, VERSION).unwrap_or_default();
    let said = match current() {
        Lang::Ja => format!(
            "いちばん新しい版は第{version}版で、ここに記録できるのはその版についてだけです。家族に示した版がどれかを確かめてください。"
        ),
        Lang::En => format!(
            "The newest version is {version}, and only what is about that one is recorded here. Make sure which one the family was shown."
        ),
    };
    Ok(Some(Fault::whole(said).at(VERSION, &label)))
}

/// The version that a form is about; none where it is about none, or it is not known of which plan.
async fn version(site: &Site, form: &str, typed: &Typed) -> Result<Option<u32>, Failure> {
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
    let newest_first = versions.iter().rev();
    let mut fit = newest_first.filter(|(_, agreed)| match about {
        About::Newest => true,
        About::Agreed => *agreed,
    });
    Ok(fit.next().map(|(version, _)| *version))
}

/// The versions of a plan that goes on.
fn open_versions(state: &Child, kind: &str, plan: &str) -> Option<Versions> {
    if kind == "support-plan" {
        let plan = state.support_plan(plan.parse().ok()?)?;
        let versions = plan.versions.iter();
        let versions = versions.map(|(number, one)| (*number, one.agreed.is_some()));
        plan.is_open().then(|| versions.collect())
    } else {
        let plan = state.disaster_plan(plan.parse().ok()?)?;
        let versions = plan.versions.iter();
        let versions = versions.map(|(number, one)| (*number, one.agreed.is_some()));
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
}
