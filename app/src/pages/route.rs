//! One path of the pages, with the methods that it answers: the router is made from a list of these, and so is the
//! suite's table of who may open what.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::routing::{MethodRouter, get, post};

use super::FORM_BYTES;
use super::site::Site;

/// A path, and what answers it.
pub(super) struct Route {
    path: &'static str,
    methods: &'static [&'static str],
    answers: MethodRouter<Arc<Site>>,
}

impl Route {
    /// A page.
    pub(super) fn page<T: 'static>(path: &'static str, page: impl Handler<T, Arc<Site>>) -> Self {
        Self {
            path,
            methods: &["GET"],
            answers: get(page),
        }
    }

    /// What takes a form, and is no page.
    pub(super) fn form<T: 'static>(path: &'static str, sent: impl Handler<T, Arc<Site>>) -> Self {
        Self {
            path,
            methods: &["POST"],
            answers: post(sent),
        }
    }

    /// A page that takes its own form.
    pub(super) fn both<P: 'static, S: 'static>(
        path: &'static str,
        page: impl Handler<P, Arc<Site>>,
        sent: impl Handler<S, Arc<Site>>,
    ) -> Self {
        Self {
            path,
            methods: &["GET", "POST"],
            answers: get(page).post(sent),
        }
    }

    /// The same where a form comes along that was sent elsewhere: it is encoded once more.
    pub(super) fn with_draft(self) -> Self {
        let answers = self.answers.layer(DefaultBodyLimit::max(3 * FORM_BYTES));
        Self { answers, ..self }
    }

    /// Its path and methods.
    pub(super) const fn known(&self) -> (&'static str, &'static [&'static str]) {
        (self.path, self.methods)
    }

    /// The router with this path.
    pub(super) fn onto(self, router: Router<Arc<Site>>) -> Router<Arc<Site>> {
        router.route(self.path, self.answers)
    }
}
