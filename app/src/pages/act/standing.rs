//! What a plan says now, filled into the form that writes it anew: what is left out there is left out of the plan.

use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_core::code::{Evacuation, Hazard};
use ledger_core::event::AccessPurpose;
use ledger_core::time::Day;
use ledger_projections::timeline::{PlanVersion, Timeline};
use serde_json::{Map, Value};

use super::input::{label_of, say_the_same, texts};
use super::{Act, Typed, put, text_of, texts_of};
use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::language::current;
use crate::pages::numbers::whose;
use crate::pages::person;
use crate::pages::site::Site;
use crate::pages::whom::{Called, Whom};
use crate::render;

/// The field in which a form carries what was seen.
pub(super) const LATEST: &str = "latest";
/// The field that names the version on which the next one rests.
pub(super) const BASE: &str = "base_version";

/// What a command writes anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Anew {
    /// The sections of a version.
    Sections,
    /// The version itself, as the next one.
    Version,
}

/// A command that writes a plan anew, with the field that names the version.
fn writes(command: &str) -> Option<(Anew, &'static str)> {
    match command {
        "write-plan-sections" | "write-disaster-plan-sections" => Some((Anew::Sections, "version")),
        "revise-support-plan" | "revise-disaster-plan" => Some((Anew::Version, BASE)),
        _ => None,
    }
}

/// Whether the form of a command is filled with what stands.
pub(super) fn is_filled(command: &str) -> bool {
    writes(command).is_some()
}

/// Fields of a version that go on into the next; how and why it was written is said of each anew.
const GOES_ON: [&str; 6] = [
    "discharge_planned_on",
    "goals",
    "services",
    "plan_text",
    "issues",
    "staff",
];

/// What stands of a plan, as it would be typed, and by which event.
pub(super) struct Standing {
    plan: String,
    version: (&'static str, u32),
    said: Map<String, Value>,
    pub(super) latest: String,
    /// Whose it is, whose record was opened for it.
    pub(super) whom: Option<Whom>,
    /// Whether leaving it out would take it away.
    pub(super) is_written_over: bool,
    /// Whether the family agreed to it, so that nothing is written into it any more.
    is_agreed: bool,
}

/// What the plan says that a form is about; none where the form writes no plan anew, or no plan is named and
/// the person has not exactly one. That it is opened is recorded first.
///
/// Where a plan is named and being in charge is missing, the page that asks for a reason; where the family agreed to
/// the version whose sections were to be written, the plan's page, which has the way to the next version.
pub(super) async fn standing(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    typed: &Typed,
) -> Result<Result<Option<Standing>, Response>, Refusal> {
    let Some((anew, version)) = writes(act.name) else {
        return Ok(Ok(None));
    };
    let child = text_of(typed, "child").trim();
    if child.is_empty() {
        return Ok(Ok(None));
    }
    let Some(child) = whose(site, child).await? else {
        return Ok(Ok(None));
    };
    let plan = text_of(typed, "plan").trim();
    let child = child.to_string();
    let opened = person::opened(site, signed_in, &child, AccessPurpose::Timeline);
    let timeline = match opened.await? {
        Ok((_, timeline)) => timeline,
        // Whoever named no plan can still fill in the form.
        Err(_) if plan.is_empty() => return Ok(Ok(None)),
        Err(asked) => return Ok(Err(asked)),
    };
    let number = text_of(typed, version).trim().parse().ok();
    let plans = plans(&timeline, act.name.contains("disaster"));
    let named = |one: &&Plan<'_>| [Some(one.id), one.number].contains(&Some(plan));
    let found = if plan.is_empty() {
        let open: Vec<&Plan<'_>> = plans.iter().filter(|one| one.is_open).collect();
        open.first().copied().filter(|_| open.len() == 1)
    } else {
        plans.iter().find(named)
    };
    let standing = found.and_then(|plan| of(plan, (anew, version), number));
    match standing {
        Some(agreed) if agreed.is_agreed && anew == Anew::Sections => {
            let plan = format!("/children/{child}/plans/{}", agreed.plan);
            Ok(Err(Redirect::to(&plan).into_response()))
        },
        standing => Ok(Ok(standing.map(|standing| Standing {
            whom: Some(whom(&timeline, site.today())),
            ..standing
        }))),
    }
}

/// Whose a timeline is.
fn whom(timeline: &Timeline, today: Day) -> Whom {
    let person = &timeline.person;
    let called = Called::named(person.name.clone(), person.kana.clone(), person.birth_date);
    let number = person.number.clone().unwrap_or_default();
    Whom::opened(number, called, today)
}

/// A plan of either kind.
struct Plan<'t> {
    id: &'t str,
    number: Option<&'t str>,
    versions: &'t [PlanVersion],
    is_open: bool,
}

fn plans(timeline: &Timeline, disaster: bool) -> Vec<Plan<'_>> {
    if disaster {
        let plans = timeline.disaster_plans.iter().map(|plan| Plan {
            id: &plan.plan,
            number: plan.number.as_deref(),
            versions: &plan.versions,
            is_open: plan.end.is_none(),
        });
        return plans.collect();
    }
    let plans = timeline.support_plans.iter().map(|plan| Plan {
        id: &plan.plan,
        number: plan.number.as_deref(),
        versions: &plan.versions,
        is_open: plan.closing.is_none(),
    });
    plans.collect()
}

/// What the version of a number says, or the newest where none is named.
fn of(
    plan: &Plan<'_>,
    (anew, field): (Anew, &'static str),
    number: Option<u32>,
) -> Option<Standing> {
    let mut versions = plan.versions.iter();
    let version = match number {
        Some(number) => versions.find(|one| one.version == number),
        None => versions.next_back(),
    }?;
    let said = match anew {
        Anew::Sections => sections(&version.sections),
        Anew::Version => version.fields.clone(),
    };
    Some(Standing {
        plan: plan.id.to_owned(),
        version: (field, version.version),
        is_written_over: anew == Anew::Sections
            && said.values().any(|value| !texts(value).is_empty()),
        said,
        latest: version.latest.to_string(),
        is_agreed: version.agreed_on.is_some(),
        whom: None,
    })
}

/// Sections as the command has them: what is decided for each hazard is a field of its own there.
fn sections(sections: &Map<String, Value>) -> Map<String, Value> {
    let mut said = sections.clone();
    let decided = said.remove("evacuation");
    for decision in decided.iter().filter_map(Value::as_array).flatten() {
        let code = |field: &str| decision.get(field).and_then(Value::as_str);
        if let (Some(hazard), Some(decision)) = (code("hazard"), code("decision")) {
            let field = if hazard == Hazard::Other.code() {
                "other_hazard"
            } else {
                hazard
            };
            said.insert(field.to_owned(), decision.into());
        }
    }
    said
}

impl Standing {
    /// The fields of the form with what stands in them.
    fn texts<'a>(&'a self, act: &'a Act) -> impl Iterator<Item = (&'a str, Vec<String>)> {
        let is_revision = self.version.0 == BASE;
        let fields = act.fields.iter().map(|field| field.name.as_str());
        let fields = fields.filter(move |name| !is_revision || GOES_ON.contains(name));
        fields.filter_map(|name| Some((name, texts(self.said.get(name)?))))
    }

    /// Whether a form of the next version does not name this one, which is the newest.
    pub(super) fn rests_on_another(&self, typed: &Typed) -> bool {
        self.version.0 == BASE && text_of(typed, BASE).trim() != self.version.1.to_string()
    }

    /// Names this version as the one on which the next rests.
    pub(super) fn rest_on_it(&self, typed: &mut Typed) {
        put(typed, BASE, self.version.1.to_string());
    }

    /// Fills the fields into which nothing is typed.
    pub(super) fn fill(&self, act: &Act, typed: &mut Typed) {
        let (version, number) = (self.version.0, self.version.1.to_string());
        let named = [("plan", vec![self.plan.clone()]), (version, vec![number])];
        for (field, texts) in named.into_iter().chain(self.texts(act)) {
            if text_of(typed, field).trim().is_empty() {
                typed.retain(|(name, _)| name != field);
                typed.extend(texts.into_iter().map(|text| (field.to_owned(), text)));
            }
        }
    }

    /// What stands otherwise than it is typed, with what the field is called.
    pub(super) fn differing(&self, act: &Act, typed: &Typed) -> Vec<(String, String)> {
        let differing = self.texts(act).filter(|(field, texts)| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            !say_the_same(&texts_of(typed, field), &texts)
        });
        let told = differing.filter_map(|(field, _)| {
            let value = self.said.get(field)?;
            let said = match field {
                "earthquake" | "flood" | "blackout" | "other_hazard" => decided(value),
                _ => render::value(field, value, current()),
            };
            Some((label_of(&act.fields, field)?, said))
        });
        told.collect()
    }
}

/// What is decided for a hazard, in words.
fn decided(value: &Value) -> String {
    let code = value.as_str().unwrap_or_default();
    let known = Evacuation::ALL.iter().find(|one| one.code() == code);
    known.map_or_else(String::new, |one| {
        crate::pages::language::term(one.code(), one.ja())
    })
}
