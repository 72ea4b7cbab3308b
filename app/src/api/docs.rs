//! `/api/docs`: what the API has, for people.

use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse as _, Response};
use ledger_commands::{Command, Reason};

use super::caller::Caller;
use super::problem::{Problem, Told};
use super::views::{self, Served};
use crate::http::POLICY;

#[derive(Template)]
#[template(path = "api.html")]
struct Page {
    views: Vec<View>,
    commands: Vec<Sent>,
    reasons: Vec<(&'static str, &'static str, &'static str)>,
}

struct View {
    path: &'static str,
    about: String,
    parameters: Vec<(String, String)>,
}

struct Sent {
    name: &'static str,
    about_ja: &'static str,
    about: &'static str,
    example: &'static str,
}

/// The page.
pub(super) async fn page(caller: Caller) -> Result<Response, Told> {
    let commands = Command::NAMES.iter().filter_map(|name| {
        Some(Sent {
            name,
            about_ja: Command::about_ja(name)?,
            about: Command::about(name)?,
            example: Command::example(name)?,
        })
    });
    let reasons = Reason::ALL.iter();
    let page = Page {
        views: views::ALL.iter().map(shown).collect(),
        commands: commands.collect(),
        reasons: reasons
            .map(|one| (one.code(), one.ja(), one.en()))
            .collect(),
    };
    let text = page.render();
    let text = text.map_err(|error| Problem::internal(&error).told(caller.lang))?;
    let mut response = Html(text).into_response();
    let policy = HeaderValue::from_static(POLICY);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn shown(view: &Served) -> View {
    let parameters = view.parameters().map(|one| (one.name.clone(), one.about()));
    View {
        path: view.path,
        about: view.about(),
        parameters: parameters.collect(),
    }
}
