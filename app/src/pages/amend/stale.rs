//! A record that another person amended since the form was opened: the form comes back brought to what stands by now.

use std::collections::BTreeSet;

use axum::response::Response;

use super::about::{About, Act};
use super::content::present;
use super::{CONTENT, LATEST, asking};
use crate::pages::act::input::say_the_same;
use crate::pages::act::{Typed, text_of, texts_of};
use crate::pages::door::SignedIn;
use crate::pages::fault::Refusal;
use crate::pages::giving::Fault;
use crate::pages::language::t;
use crate::pages::site::Site;

/// The code with which an amendment of what was amended since is refused.
pub(super) const CODE: &str = "STALE_TARGET";

/// The form with what was typed, where the record stands otherwise by now.
///
/// # Errors
/// [`Refusal`] where nothing can be done about the record any more.
pub(super) async fn told(
    site: &Site,
    signed_in: &SignedIn,
    about: &About,
    typed: &Typed,
) -> Result<Response, Refusal> {
    let wanted = about.act(text_of(typed, "act"));
    let fault = Fault::whole(match wanted {
        Some(Act::Correct) => t(
            "この画面を開いたあとに、ほかの人がこの記録を訂正しました。上がいまの内容です。書き換えていなかった項目には、いまの内容を入れました。書き換えた項目はそのまま残っています。確かめて、もう一度送ってください。",
            "Somebody else corrected this record since you opened this page. What stands now is above. Fields that you had not changed have it too; what you changed is still here. Check it and send it once more.",
        ),
        Some(_) => t(
            "この画面を開いたあとに、ほかの人がこの記録を訂正しました。上がいまの内容です。確かめて、もう一度送ってください。",
            "Somebody else corrected this record since you opened this page. What stands now is above. Check it and send it once more.",
        ),
        None => t(
            "この画面を開いたあとに、ほかの人がこの記録を取り消したか、元に戻したか、別の方の記録に付け替えました。入力した内容は記録していません。いまできる直し方を選んでください。",
            "Somebody else annulled, restored or reassigned this record since you opened this page. What you typed is not recorded. Choose what can be done about it now.",
        ),
    });
    let typed = brought_forward(about, typed);
    let Some(act) = wanted.or_else(|| about.acts().next()) else {
        return Err(Refusal::not_found());
    };
    asking(site, signed_in, about, (act, &typed), vec![fault]).await
}

/// What was typed, with what stands now wherever the form still had what stood when it was opened.
fn brought_forward(about: &About, typed: &Typed) -> Typed {
    let now = present(about.event(), about.entry.occurred());
    let then = seen(about, text_of(typed, LATEST));
    let is_content = |name: &str| name == "occurred" || name.starts_with(CONTENT);
    let names = typed.iter().chain(&now).map(|(name, _)| name.as_str());
    let names: BTreeSet<&str> = names.filter(|name| is_content(name)).collect();
    let untouched = |name: &&str| {
        let then = then.as_ref();
        then.is_some_and(|then| say_the_same(&texts_of(then, name), &texts_of(typed, name)))
    };
    let untouched: BTreeSet<&str> = names.into_iter().filter(untouched).collect();
    let kept = typed
        .iter()
        .filter(|(name, _)| name != LATEST && !untouched.contains(name.as_str()));
    let brought = now
        .iter()
        .filter(|(name, _)| untouched.contains(name.as_str()));
    let mut all: Typed = kept.chain(brought).cloned().collect();
    all.push((LATEST.to_owned(), about.latest()));
    all
}

/// What the record said to whoever saw this correction as its last, or none; nothing where that is none of it.
fn seen(about: &About, latest: &str) -> Option<Typed> {
    let recorded = &about.entry.recorded;
    if latest.is_empty() {
        return Some(present(&recorded.event, recorded.metadata.occurred));
    }
    let mut corrections = about.entry.corrections.iter();
    let seen = corrections.find(|one| one.by.to_string() == latest)?;
    Some(present(&seen.event, seen.occurred))
}
