//! What is recorded first where an act was refused for want of it, and the way back to what was typed.
//!
//! What was typed goes along through the page of the other act, as it goes through a sign-in, so that it is not
//! lost where the browser runs no scripts or keeps nothing.

use axum::response::{IntoResponse as _, Response};
use ledger_core::time::{Day, FiscalYear};

use super::{Act, TYPED_BY, Typed, act, asking, begun, may_give, text_of};
use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::form::{TOKEN, fields};
use crate::pages::giving::Fault;
use crate::pages::kept::sent;
use crate::pages::language::t;
use crate::pages::site::Site;

/// The field that names the act to which it leads back.
const BEFORE: &str = "before";
/// The field in which what was typed into that act comes along.
const DRAFT: &str = "draft";

/// What is recorded first.
pub(in crate::pages) struct First {
    /// Which acts are refused without it.
    refused: &'static [&'static str],
    /// The code with which they are refused.
    code: &'static str,
    act: &'static str,
    /// What leads there.
    words: (&'static str, &'static str),
    /// What is said on the way back.
    done: (&'static str, &'static str),
}

/// All that is known to be recorded first.
static ALL: [First; 1] = [First {
    refused: &["schedule-visit", "record-facility-support"],
    code: "NOT_ENROLLED",
    act: "enrol-facility",
    words: (
        "先に対象施設として登録する（入力した内容は残ります）",
        "Enrol the facility first (what you typed is kept)",
    ),
    done: (
        "対象施設として登録しました。先に入力した内容は残っていて、まだ記録していません。確かめて、もう一度送ってください。",
        "The facility is enrolled. What you typed before is still here and is not recorded yet. Check it and send it once more.",
    ),
}];

impl First {
    /// What is recorded first where an act is refused with a code; none where nothing is, or the role may not.
    pub(super) fn of(signed_in: &SignedIn, act: &Act, code: &str) -> Option<&'static Self> {
        let is_it = |one: &&Self| one.code == code && one.refused.contains(&act.name);
        let found = ALL.iter().find(is_it);
        found.filter(|one| may_give(signed_in, one.act))
    }

    /// What is recorded with one act before another, which was refused; none where nothing is.
    fn between(act: &str, before: &str) -> Option<&'static Self> {
        let is_it = |one: &&Self| one.act == act && one.refused.contains(&before);
        ALL.iter().find(is_it)
    }

    /// Where its form is.
    pub(in crate::pages) fn path(&self) -> String {
        format!("/acts/{}", self.act)
    }

    /// What leads there.
    pub(in crate::pages) fn words(&self) -> &'static str {
        t(self.words.0, self.words.1)
    }
}

/// Whether this comes from the form of another act, to begin with what is recorded first.
pub(super) fn is_begun(typed: &Typed) -> bool {
    !text_of(typed, BEFORE).is_empty() && text_of(typed, DRAFT).is_empty()
}

/// The form of what is recorded first, filled in as far as the other tells it, which comes along.
pub(super) async fn begin(
    site: &Site,
    signed_in: &SignedIn,
    act: &Act,
    typed: Typed,
) -> Result<Response, Refusal> {
    signed_in.must_have_typed(text_of(&typed, TYPED_BY))?;
    let before = text_of(&typed, BEFORE).to_owned();
    First::between(act.name, &before).ok_or_else(Refusal::not_found)?;
    let days = ["planned_on", "occurred"].into_iter();
    let mut days = days.filter_map(|field| text_of(&typed, field).parse::<Day>().ok());
    let year = FiscalYear::of(days.next().unwrap_or_else(|| site.today()));
    let own = |field: &str| act.fields.iter().any(|known| known.name == field);
    let shared = typed
        .iter()
        .filter(|(field, _)| field != "occurred" && own(field));
    let mut filled: Typed = shared.cloned().collect();
    let draft = typed
        .iter()
        .filter(|(field, _)| ![TOKEN, BEFORE].contains(&&**field));
    let draft = serde_html_form::to_string(draft.collect::<Vec<_>>());
    let draft = draft.map_err(|error| Refusal::internal(&error))?;
    filled.extend(
        [
            ("fiscal_year", year.year().to_string()),
            (BEFORE, before),
            (DRAFT, draft),
        ]
        .map(|(field, text)| (field.to_owned(), text)),
    );
    begun(site, signed_in, (act.name, filled)).await
}

/// What comes along in the form of an act, to lead back once it is recorded.
pub(super) fn comes_along(act: &Act, typed: &Typed) -> Option<(String, String)> {
    let (before, draft) = (text_of(typed, BEFORE), text_of(typed, DRAFT));
    let first = First::between(act.name, before).filter(|_| !draft.is_empty());
    first.map(|_| (before.to_owned(), draft.to_owned()))
}

/// Whether a field is of the way there and back, and no address fills it in.
pub(super) fn is_of_the_way(field: &str) -> bool {
    [BEFORE, DRAFT].contains(&field)
}

/// The form that was refused with what was typed into it, now that what was wanting is recorded.
pub(super) async fn back(
    site: &Site,
    signed_in: &SignedIn,
    (name, typed): (&str, &Typed),
    (before, draft): (&str, &str),
) -> Result<Response, Refusal> {
    let refused = act(signed_in, before)?;
    let draft: Typed = fields(draft.as_bytes())?;
    signed_in.must_have_typed(text_of(&draft, TYPED_BY))?;
    let first = First::between(name, before).ok_or_else(Refusal::not_found)?;
    let said = vec![Fault::done(t(first.done.0, first.done.1))];
    let form = asking(site, signed_in, &refused, draft, said).await?;
    Ok((sent(site, text_of(typed, "command")), form).into_response())
}
