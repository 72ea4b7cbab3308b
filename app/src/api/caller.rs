//! Who asks: a program with its token, or, for what changes nothing, a page of this program with its session.

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use ledger_commands::authorise::{Action, Assignment, Subject, authorise};
use ledger_core::actor::{Actor, Role};
use ledger_core::event::ExportedList;
use ledger_core::sign_in::Digest;

use super::problem::{Problem, Told, lang_of};
use crate::failure::Failure;
use crate::fault::rejection_failure;
use crate::lang::Lang;
use crate::pages::{Site, session_going_on, session_of};
use crate::sign_in::token;
use crate::taking;

/// Somebody who asks, with the role that the account has now.
pub(super) struct Caller {
    pub(super) account: Actor,
    pub(super) role: Role,
    pub(super) lang: Lang,
    pub(super) by: By,
}

/// With what they signed in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum By {
    /// A program's token.
    Token(Digest),
    /// A browser's session.
    Session(Digest),
}

impl Caller {
    /// Refuses what the role may not do to the ledger as a whole.
    pub(super) fn may(&self, action: Action) -> Result<(), Problem> {
        let allowed = authorise(self.role, action, Subject::Ledger, Assignment::None);
        allowed.map_err(|refused| Problem::of_command(&rejection_failure(&refused)))
    }

    /// Refuses whoever may not take a list out of the ledger now. As with all that is recorded, only a token
    /// does: pages have files of their own, and ask for the password again.
    pub(super) async fn may_take(&self, site: &Site, list: ExportedList) -> Result<(), Failure> {
        let who = (&self.account, self.role);
        let today = (site.today(), site.exports_a_day);
        taking::may_take(site.open.open.store.as_ref(), who, list, today).await?;
        match &self.by {
            By::Token(_) => Ok(()),
            By::Session(_) => Err(needs_token()),
        }
    }

    /// Whether they are still signed in, in the same role; asking does not keep a session going.
    pub(super) async fn is_still(&self, site: &Site) -> bool {
        let account = match &self.by {
            By::Token(digest) => {
                let found = site.sign_ins.token(digest, site.now()).await;
                found.ok().flatten()
            },
            By::Session(digest) => {
                let found = session_going_on(site, digest).await;
                found.ok().flatten().map(|session| session.account)
            },
        };
        if account.as_ref() != Some(&self.account) {
            return false;
        }
        let known = site.account_of(&self.account).await;
        known.is_ok_and(|known| known.role == Some(self.role))
    }
}

fn needs_token() -> Failure {
    Failure::refused(
        "NEEDS_TOKEN",
        "一覧の全部は、トークンを持つプログラムだけが受け取れます。",
        "the whole of a list is handed to programs with a token alone",
    )
    .hint(
        "ブラウザーでは、一覧の画面から書き出してください。",
        "in a browser, export it from the list's page",
    )
}

impl FromRequestParts<Arc<Site>> for Caller {
    type Rejection = Told;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site>,
    ) -> Result<Self, Self::Rejection> {
        let lang = lang_of(&parts.headers);
        let told = |problem: Problem| problem.told(lang);
        let found = match parts.headers.get(AUTHORIZATION) {
            Some(given) => with_token(given.to_str().unwrap_or_default(), site).await,
            None => with_session(parts, site).await,
        };
        let (account, role, by) = found
            .map_err(told)?
            .ok_or_else(|| told(Problem::unsigned()))?;
        if !site.rates.take(&by) {
            return Err(told(Problem::too_often()));
        }
        Ok(Self {
            account,
            role,
            lang,
            by,
        })
    }
}

type Found = Option<(Actor, Role, By)>;

async fn with_token(given: &str, site: &Site) -> Result<Found, Problem> {
    let (scheme, text) = given.split_once(' ').unwrap_or_default();
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    let Some(secret) = token::parse(text.trim()).filter(|_| is_bearer) else {
        return Ok(None);
    };
    let digest = secret.digest();
    let found = site.sign_ins.token(&digest, site.now()).await;
    let Some(account) = found.map_err(|error| Problem::internal(&error))? else {
        return Ok(None);
    };
    let known = site.account_of(&account).await;
    let known = known.map_err(|failure| Problem::of_command(&failure))?;
    // Closed meanwhile.
    Ok(known.role.map(|role| (account, role, By::Token(digest))))
}

/// A session is enough where nothing is changed, and for a page of this program alone. A script that asks
/// is nobody at the desk: it does not keep the session going.
async fn with_session(parts: &Parts, site: &Site) -> Result<Found, Problem> {
    let reads = [Method::GET, Method::HEAD].contains(&parts.method);
    if !reads || !is_own(&parts.headers) {
        return Ok(None);
    }
    let found = session_of(parts, site).await;
    let found = found.map_err(|failure| Problem::of_command(&failure))?;
    Ok(found.map(|(account, role, digest)| (account, role, By::Session(digest))))
}

/// A browser says of itself whose page asks (Fetch metadata); an older one sends the cookie from here alone.
fn is_own(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_none_or(|site| site == "same-origin" || site == "none")
}

/// How often each may ask.
pub struct Rates(DefaultKeyedRateLimiter<By>);

/// Requests a minute, where nobody says otherwise.
pub const A_MINUTE: NonZeroU32 = NonZeroU32::new(600).expect("above zero");
/// Of how many who ask those are forgotten who did not ask lately.
const CALLERS_MAX: usize = 1_000;

impl Rates {
    /// Nobody asked yet; so many requests a minute.
    #[must_use]
    pub fn new(a_minute: NonZeroU32) -> Self {
        Self(RateLimiter::keyed(Quota::per_minute(a_minute)))
    }

    fn take(&self, by: &By) -> bool {
        if self.0.len() > CALLERS_MAX {
            self.0.retain_recent();
        }
        self.0.check_key(by).is_ok()
    }
}
