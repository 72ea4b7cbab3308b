//! What stands around every page: its title, who is signed in, where to go.

use ledger_core::actor::{Actor, Role};
use ledger_core::id::Position;

use super::door::{Arrived, Sender as _, SignedIn};
use super::told::ToldHtml;
use super::{language, present};
use crate::lang::Lang;
use crate::render;

/// A path and the title of its page in both languages.
pub(super) type Link = (&'static str, (&'static str, &'static str));

/// The pages of a role, the one at which it begins first.
pub(super) const fn pages_of(role: Role) -> &'static [Link] {
    const TODAY: Link = ("/", ("今日の業務", "Today"));
    const CHILDREN: Link = ("/children", ("対象者", "Children"));
    const RECORD: Link = ("/record", ("記録する", "Record"));
    const REFERRALS: Link = ("/referrals", ("連携", "Referrals"));
    const ACTS: Link = ("/acts", ("そのほかの記録", "Other records"));
    const FIGURES: Link = ("/figures", ("実績", "Figures"));
    const COMMITTEE: Link = ("/committee", ("運営委員会", "Steering committee"));
    const EVENTS: Link = ("/events", ("記録そのもの", "Events"));
    const AUDIT: Link = ("/audit", ("監査", "Audit"));
    /// Who does not review the ledger answers its auditors all the same.
    const AUDITS: Link = ("/audit/engagements", ("監査", "Audits"));
    const ORGANISATIONS: Link = ("/organisations", ("関係機関と施設", "Organisations"));
    const SYSTEM: Link = ("/system", ("システムの状態", "System"));
    const ACCOUNTS: Link = ("/accounts", ("アカウント", "Accounts"));
    match role {
        Role::Staff => &[
            TODAY, CHILDREN, RECORD, REFERRALS, ACTS, COMMITTEE, FIGURES, EVENTS, AUDITS,
        ],
        Role::Manager => &[
            TODAY, CHILDREN, RECORD, REFERRALS, ACTS, COMMITTEE, FIGURES, EVENTS, AUDIT,
        ],
        Role::Auditor => &[EVENTS, AUDIT, CHILDREN, REFERRALS, ACTS, COMMITTEE, FIGURES],
        Role::Committee => &[COMMITTEE, FIGURES, ACTS],
        Role::Admin => &[ACCOUNTS, SYSTEM, ORGANISATIONS, ACTS],
        Role::System | Role::Unauthenticated => &[],
    }
}

/// Pages that show what is going on, and no form that somebody fills in for long.
const LIVING: [&str; 3] = ["/", "/children", "/events"];

/// What stands around a page.
pub(super) struct Chrome {
    /// The page's language.
    pub(super) lang: Lang,
    /// Whether it can be shown in the other.
    pub(super) can_change: bool,
    /// The page's title.
    pub(super) title: String,
    /// Who is signed in.
    pub(super) who: Option<Who>,
    /// The path of the page among those of the navigation.
    pub(super) here: &'static str,
    /// Where the log ended when the page was made, where it is to tell of newer records.
    pub(super) living: Option<Position>,
    /// That the record that it is about is open for an emergency, until when, and why.
    pub(super) emergency: Option<Emergency>,
}

/// An access in an emergency that runs.
pub(super) struct Emergency {
    pub(super) until: String,
    /// Why; nothing where the record is not opened.
    pub(super) reason: Option<String>,
}

/// Who is signed in.
#[derive(Clone)]
pub(super) struct Who {
    pub(super) account: Actor,
    pub(super) role: &'static str,
    /// The token of forms.
    pub(super) form: String,
    /// Pages that the role uses, with their titles.
    pub(super) pages: &'static [Link],
    /// The name under which the browser keeps the account's forms that were not sent; none before all was shown.
    pub(super) forms: Option<String>,
}

impl Who {
    /// Somebody who is signed in.
    pub(super) fn of(signed_in: &SignedIn) -> Self {
        Self {
            account: signed_in.account.clone(),
            role: render::role_of_account(signed_in.role, language::current()),
            form: signed_in.form().as_str().to_owned(),
            pages: pages_of(signed_in.role),
            forms: Some(signed_in.kept.name("account")),
        }
    }
}

impl Chrome {
    /// Around a page for somebody who is signed in.
    pub(super) fn of(title: impl Into<String>, signed_in: &SignedIn, here: &'static str) -> Self {
        Self {
            who: Some(Who::of(signed_in)),
            here,
            living: LIVING.contains(&here).then_some(signed_in.head),
            ..Self::of_nobody(title)
        }
    }

    /// Around a page for somebody whose password was right; the other pages are shown to who is signed in.
    pub(super) fn of_arrived(title: impl Into<String>, arrived: &Arrived) -> Self {
        let who = Who {
            account: arrived.account.clone(),
            role: render::role_of_account(arrived.role, language::current()),
            form: arrived.form().as_str().to_owned(),
            pages: if arrived.is_signed_in {
                pages_of(arrived.role)
            } else {
                &[]
            },
            forms: None,
        };
        Self {
            who: Some(who),
            ..Self::of_nobody(title)
        }
    }

    /// Whichever of two texts is in the page's language.
    pub(super) const fn t<'a>(&self, ja: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(ja, en)
    }

    /// Whether the page is in Japanese, where words stand in another order than in English.
    pub(super) const fn is_ja(&self) -> bool {
        !matches!(self.lang, Lang::En)
    }

    /// What stands in brackets behind something else.
    pub(super) fn aside(&self, said: impl std::fmt::Display) -> String {
        match self.lang {
            Lang::Ja => format!("（{said}）"),
            Lang::En => format!(" ({said})"),
        }
    }

    /// What marks an element with a text that stays as it was recorded, where that is in another language
    /// than the page: it is read out in its own (WCAG 3.1.2).
    pub(super) fn marked(&self, text: &str) -> &'static str {
        let is_other = self.lang == Lang::En && text.chars().any(language::is_japanese);
        if is_other { " lang=\"ja\"" } else { "" }
    }

    /// What the program tells, with what people wrote in it, as HTML: in an English page the words that are
    /// Japanese are marked and the others are not, each to be read out in its own language.
    pub(super) fn told<'t>(&self, text: &'t str) -> ToldHtml<'t> {
        ToldHtml::of(text, self.lang == Lang::En)
    }

    /// Around a page that says why something was not done: for whoever is signed in, as far as that is known.
    pub(super) fn of_whoever(title: impl Into<String>) -> Self {
        Self {
            who: present::who(),
            ..Self::of_nobody(title)
        }
    }

    /// Around a page for somebody of whom nothing is known.
    pub(super) fn of_nobody(title: impl Into<String>) -> Self {
        Self {
            lang: language::current(),
            can_change: language::can_change(),
            title: title.into(),
            who: None,
            here: "",
            living: None,
            emergency: None,
        }
    }
}
