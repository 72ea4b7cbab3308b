//! 使い方と用語: what a role does with the pages, what the words mean; and what is known of how the pages can be
//! used by everybody.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ledger_projections::small_cells::SHOWN_MIN;

use super::chrome::Chrome;
use super::door::SignedIn;
use super::fault::{Refusal, shown};
use super::help_words::{TASKS, TERMS, Words};
use super::language::t;
use super::route::Route;
use super::site::Site;

#[derive(Template)]
#[template(path = "help.html")]
struct Help {
    chrome: Chrome,
    tasks: Vec<Task>,
    terms: &'static [(Words, Words)],
    shown_min: i64,
}

/// Something that a role does, where it begins and how it goes on.
struct Task {
    title: &'static str,
    path: &'static str,
    how: &'static str,
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility {
    chrome: Chrome,
    version: &'static str,
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page("/help", page),
        Route::page("/accessibility", accessibility),
    ]
}

async fn page(State(_): State<Arc<Site>>, signed_in: SignedIn) -> Result<Response, Refusal> {
    let own = TASKS
        .iter()
        .filter(|task| task.roles.contains(&signed_in.role));
    let tasks = own.map(|task| Task {
        title: t(task.title.0, task.title.1),
        path: task.path,
        how: t(task.how.0, task.how.1),
    });
    shown(&Help {
        chrome: Chrome::of(t("使い方と用語", "Help and words"), &signed_in, "/help"),
        tasks: tasks.collect(),
        terms: TERMS,
        shown_min: SHOWN_MIN,
    })
}

async fn accessibility(
    State(_): State<Arc<Site>>,
    signed_in: SignedIn,
) -> Result<Response, Refusal> {
    let title = t(
        "アクセシビリティ方針と試験結果",
        "Accessibility statement and test results",
    );
    shown(&Accessibility {
        chrome: Chrome::of(title, &signed_in, "/accessibility"),
        version: env!("CARGO_PKG_VERSION"),
    })
}

#[cfg(test)]
mod tests {
    use ledger_core::actor::Role;

    use super::super::chrome::pages_of;
    use super::*;

    #[test]
    fn every_role_finds_what_it_does_among_its_own_pages() {
        let roles = [
            Role::Staff,
            Role::Manager,
            Role::Auditor,
            Role::Committee,
            Role::Admin,
        ];
        for role in roles {
            let own = TASKS.iter().filter(|task| task.roles.contains(&role));
            let own: Vec<&str> = own.map(|task| task.path).collect();
            assert!(own.len() >= 4, "{role:?}: {own:?}");
            for path in own {
                let is_there = |(page, _): &(&str, _)| {
                    *page == path || (*page != "/" && path.starts_with(page))
                };
                let known = pages_of(role).iter().any(is_there);
                assert!(
                    known || path == "/security",
                    "{role:?} is not led to {path}"
                );
            }
        }
    }
}
