//! What stands around every page: its title, who is signed in, where to go.

use ledger_core::actor::{Actor, Role};

use super::door::SignedIn;
use crate::render;

/// What stands around a page.
pub(super) struct Chrome {
    /// The page's title.
    pub(super) title: String,
    /// Who is signed in.
    pub(super) who: Option<Who>,
    /// The path of the page among those of the navigation.
    pub(super) here: &'static str,
}

/// Who is signed in.
pub(super) struct Who {
    pub(super) account: Actor,
    pub(super) role: &'static str,
    /// The token of forms.
    pub(super) form: String,
    /// Pages that the role uses, with their titles.
    pub(super) pages: Vec<(&'static str, &'static str)>,
}

impl Chrome {
    /// Around a page for somebody who is signed in.
    pub(super) fn of(title: impl Into<String>, signed_in: &SignedIn, here: &'static str) -> Self {
        let pages = match signed_in.role {
            Role::Staff | Role::Manager => {
                vec![
                    ("/", "今日の業務"),
                    ("/children", "対象者"),
                    ("/record", "記録する"),
                ]
            },
            Role::Auditor
            | Role::Committee
            | Role::Admin
            | Role::System
            | Role::Unauthenticated => vec![("/", "はじめに")],
        };
        let who = Who {
            account: signed_in.account.clone(),
            role: render::role_of_account(signed_in.role),
            form: signed_in.form().as_str().to_owned(),
            pages,
        };
        Self {
            title: title.into(),
            who: Some(who),
            here,
        }
    }

    /// Around a page for somebody of whom nothing is known.
    pub(super) fn of_nobody(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            who: None,
            here: "",
        }
    }
}
