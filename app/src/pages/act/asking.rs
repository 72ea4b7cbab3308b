//! The form of an act as it is shown: its fields with what was typed, what is wrong with them, and whom it is about.

use askama::Template;
use axum::response::Response;

use super::approval::Merging;
use super::first::First;
use super::input::{Input, Shape};
use super::persons::{about, persons};
use super::setting::Now;
use super::{
    Act, LATEST, OPENED_FOR, TYPED_BY, Typed, alike, approval, first, hints, late_due, menu,
    text_of, things, title,
};
use crate::pages::approval_requests::{Request, requests};
use crate::pages::chrome::Chrome;
use crate::pages::door::SignedIn;
use crate::pages::fault::{Refusal, shown_as};
use crate::pages::giving::{Fault, Told};
use crate::pages::kept::Kept;
use crate::pages::person::emergency;
use crate::pages::site::Site;
use crate::pages::whom::{Whom, differing, whom};

/// Commands by which two cases become one, or that ask for it.
const MAKES_ONE: [&str; 2] = ["merge-cases", approval::FORM];

#[derive(Template)]
#[template(path = "act.html")]
struct Page {
    chrome: Chrome,
    /// How the browser keeps it.
    kept: Kept,
    /// The command's name, and where its form is sent.
    name: &'static str,
    path: String,
    heading: &'static str,
    /// Whom it is about, as far as that is typed.
    whom: Vec<Whom>,
    /// What is worth a look before two of them become one.
    differing: Option<String>,
    /// Who types, and the id made with the page.
    account: String,
    command: String,
    /// Where other acts are chosen, for the same person.
    others: String,
    /// The event by which what is written anew stood when it was seen.
    latest: String,
    /// For whom or what it was opened.
    opened_for: String,
    /// What was asked about before it is recorded, each in the field that carries it.
    asked_about: Vec<(&'static str, String)>,
    /// The act to which it leads back once this is recorded, with what was typed there.
    back: Option<(String, String)>,
    inputs: Vec<Input>,
    /// How it stands with the approval without which two cases are not merged.
    merging: Option<Merging>,
    /// Whether there is nobody who could grant what is asked for.
    is_for_nobody: bool,
    /// What approvals were asked for, where the form answers one.
    requests: Vec<Request>,
    /// What stands now otherwise than it is typed.
    standing: Vec<(String, String)>,
    /// What a setting says now, which the new one replaces.
    now: Now,
    told: Told,
}

impl Page {
    /// What is recorded first, where that is what is wanting.
    fn first(&self) -> Option<&'static First> {
        self.told.faults.iter().find_map(|fault| fault.first)
    }
}

/// What was asked about before it is recorded, as the form carries it on, so that it is asked once.
fn asked_about(faults: &[Fault], typed: &Typed) -> Vec<(&'static str, String)> {
    let day = (late_due::ASKED, late_due::asked(faults, typed));
    let person = (alike::ASKED, text_of(typed, alike::ASKED).to_owned());
    let all = [day, person].into_iter();
    all.filter(|(_, about)| !about.is_empty()).collect()
}

/// The form with what was typed and what is wrong with it.
///
/// # Errors
/// [`Refusal`] where what it tells cannot be read.
pub(super) async fn asking(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    typed: Typed,
    faults: Vec<Fault>,
) -> Result<Response, Refusal> {
    let beside = Beside {
        faults,
        ..Beside::default()
    };
    asking_beside(site, signed_in, act, typed, beside).await
}

/// What stands beside what is typed into a form.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) faults: Vec<Fault>,
    /// What stands now otherwise than it is typed.
    pub(super) standing: Vec<(String, String)>,
    /// What a setting says now, which the new one replaces.
    pub(super) now: Now,
    /// Whom it is about, whose record was opened already.
    pub(super) whom: Option<Whom>,
}

/// The form with its faults, beside what stands now.
///
/// # Errors
/// [`Refusal`] where what it tells cannot be read.
pub(super) async fn asking_beside(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    typed: Typed,
    beside: Beside,
) -> Result<Response, Refusal> {
    let Beside {
        faults,
        standing,
        now,
        whom: known,
    } = beside;
    let child = about(&typed);
    let inputs = inputs(site, signed_in, act, (&typed, &faults)).await?;
    let mut chrome = Chrome::of(title(act.name), signed_in, "/acts");
    if let Some(child) = child {
        chrome.emergency = emergency::banner_of_form(site, signed_in, child).await?;
    }
    let number = Some(text_of(&typed, "child").trim()).filter(|child| !child.is_empty());
    let others = menu::path("/acts", number);
    let asked_about = asked_about(&faults, &typed);
    let told = Told::of(faults);
    let status = told.status;
    let heading = title(act.name);
    let path = format!("/acts/{}", act.name);
    let whom = match known {
        Some(known) => vec![known],
        None => whom(site, signed_in, persons(act, &typed)).await,
    };
    let makes_one = MAKES_ONE.contains(&act.name);
    let page = Page {
        chrome,
        differing: differing(&whom).filter(|_| makes_one),
        kept: Kept::of(
            signed_in,
            &format!("{path} {}", text_of(&typed, OPENED_FOR)),
        ),
        opened_for: text_of(&typed, OPENED_FOR).to_owned(),
        name: act.name,
        path,
        heading,
        whom,
        account: text_of(&typed, TYPED_BY).to_owned(),
        command: text_of(&typed, "command").to_owned(),
        latest: text_of(&typed, LATEST).to_owned(),
        asked_about,
        back: first::comes_along(act, &typed),
        others,
        merging: approval::merging(site, signed_in, (act.name, &inputs)).await?,
        is_for_nobody: approval::is_for_nobody(site, signed_in, act.name).await?,
        inputs,
        requests: requests(site, signed_in, (act.name, text_of(&typed, "approval"))).await?,
        standing,
        now,
        told,
    };
    shown_as(status, &page)
}

/// The fields with what was typed, what is wrong with it, and what can be chosen.
async fn inputs(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    (typed, faults): (&Typed, &[Fault]),
) -> Result<Vec<Input>, Refusal> {
    let child = about(typed);
    let engagement = Some(text_of(typed, "engagement").trim()).filter(|one| !one.is_empty());
    let mut inputs = Vec::new();
    for field in &act.fields {
        let takes = (&field.takes, field.name.as_str());
        let whose = (child, engagement);
        let things = things::of((site, signed_in), act.name, takes, whose).await?;
        let input = Input::of(field, typed, things, faults);
        inputs.push(input.hinted(hints::of(act.name, &field.name)));
    }
    Ok(inputs)
}
