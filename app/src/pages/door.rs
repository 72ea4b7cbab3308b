//! Who is signed in: no page but those for signing in is shown to anybody else.

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use ledger_commands::authorise::{Action, Assignment, Subject, authorise, may_be_in_charge};
use ledger_commands::may_take;
use ledger_core::actor::{Actor, Role};
use ledger_core::event::ExportedList;
use ledger_core::id::Position;
use ledger_core::sign_in::{Digest, FormKey, Secret, Session, SignInError};
use ledger_core::time::Timestamp;

use super::chrome::{Who, pages_of};
use super::fault::Refusal;
use super::language::current;
use super::present;
use super::site::Site;
use crate::failure::Failure;
use crate::fault::{read_failure, rejection_failure};
use crate::lang::Lang;
use crate::render;
use crate::sign_in::{failure, lasting};

/// Somebody who is signed in, with the role that the account has now.
pub(super) struct SignedIn {
    pub(super) account: Actor,
    pub(super) role: Role,
    /// Where the log ended when they asked.
    pub(super) head: Position,
    /// When the password was given.
    pub(super) begun_at: Timestamp,
    /// With what their browser keeps forms that were not sent.
    pub(super) kept: FormKey,
    /// How many lists of persons an account takes along a day.
    pub(super) exports_a_day: NonZeroU32,
    /// The page that they look at, with what it is asked for.
    pub(super) at: String,
    /// When they asked.
    pub(super) asked_at: Timestamp,
    secret: Secret,
}

impl SignedIn {
    /// The session's name in the table.
    pub(super) fn session(&self) -> Digest {
        self.secret.digest()
    }

    /// The path of the page at which the role begins.
    pub(super) fn begins_at(&self) -> &'static str {
        pages_of(self.role).first().map_or("/", |(path, _)| *path)
    }

    /// Who has a page, and since when, as it stands on paper.
    pub(super) fn printed(&self) -> String {
        let on = render::minute(self.asked_at, current());
        match current() {
            Lang::Ja => format!("出力 {on}　出力者 {}", self.account),
            Lang::En => format!("Printed {on}, by {}", self.account),
        }
    }

    /// Below which path the records of persons are read, each by its id: as a timeline by whoever may be in charge,
    /// event by event by others.
    pub(super) fn records(&self) -> &'static str {
        if may_be_in_charge(self.role) {
            "/children/"
        } else {
            "/replay/child-"
        }
    }

    /// Refuses what somebody else typed, by the account that the form names: it is shown to nobody but them.
    ///
    /// # Errors
    /// [`Refusal`] with status 403.
    pub(super) fn must_have_typed(&self, account: &str) -> Result<(), Refusal> {
        if account == self.account.as_str() {
            return Ok(());
        }
        Err(Refusal::somebody_elses())
    }

    /// Refuses what the role may not take out of the ledger.
    ///
    /// # Errors
    /// [`Refusal`] with status 403.
    pub(super) fn may_take(&self, list: ExportedList) -> Result<(), Refusal> {
        let allowed = may_take(self.role, list);
        Ok(allowed.map_err(|rejection| rejection_failure(&rejection))?)
    }

    /// Refuses what the role may not do to the ledger as a whole.
    ///
    /// # Errors
    /// [`Refusal`] with status 403.
    pub(super) fn may(&self, action: Action, subject: Subject) -> Result<(), Refusal> {
        let allowed = authorise(self.role, action, subject, Assignment::None);
        Ok(allowed.map_err(|rejection| rejection_failure(&rejection))?)
    }
}

/// Somebody whose password was right: signed in, or still to show a second factor.
pub(super) struct Arrived {
    pub(super) account: Actor,
    pub(super) role: Role,
    pub(super) secret: Secret,
    /// When the password was given.
    pub(super) begun_at: Timestamp,
    /// All that the role asks for was shown.
    pub(super) is_signed_in: bool,
}

impl Arrived {
    /// The session's name in the table.
    pub(super) fn session(&self) -> Digest {
        self.secret.digest()
    }

    /// The same, who is signed in.
    ///
    /// # Errors
    /// [`Failure`] when the log cannot be read.
    pub(super) async fn signed_in(self, site: &Site) -> Result<SignedIn, Failure> {
        let head = site.open.open.store.head().await;
        let signed_in = SignedIn {
            role: self.role,
            head: head.map_err(|error| read_failure(&error))?.position,
            begun_at: self.begun_at,
            kept: site.sign_ins.form_key(&self.account),
            account: self.account,
            exports_a_day: site.exports_a_day,
            at: "/".to_owned(),
            asked_at: site.now(),
            secret: self.secret,
        };
        present::is(|| Who::of(&signed_in));
        Ok(signed_in)
    }
}

/// Whose page a form comes from.
pub(super) trait Sender {
    /// What each form of theirs holds, and no other site can know.
    fn form(&self) -> Digest;
}

impl Sender for SignedIn {
    fn form(&self) -> Digest {
        self.secret.derived("form")
    }
}

impl Sender for Arrived {
    fn form(&self) -> Digest {
        self.secret.derived("form")
    }
}

/// The cookie's name. With `__Host-` a browser takes it over TLS alone, for this host and every path
/// (RFC 6265bis, section 4.1.3.2).
const fn name(over_tls: bool) -> &'static str {
    if over_tls {
        "__Host-care-ledger"
    } else {
        "care-ledger"
    }
}

/// The cookie that a browser keeps until it is closed.
pub(super) fn cookie(site: &Site, secret: &Secret) -> Cookie<'static> {
    guarded(site, secret.text().to_string())
}

/// The cookie that takes the other one away.
pub(super) fn no_cookie(site: &Site) -> Cookie<'static> {
    let mut cookie = guarded(site, String::new());
    cookie.make_removal();
    cookie
}

/// A cookie for this host alone, which no script reads and no other site sends.
fn guarded(site: &Site, text: String) -> Cookie<'static> {
    Cookie::build((name(site.over_tls), text))
        .path("/")
        .http_only(true)
        .secure(site.over_tls)
        .same_site(SameSite::Strict)
        .build()
}

/// Who has a session that is not over, whose use of it is noted where it is theirs and not a script's; none
/// where nobody has.
async fn arrived(parts: &Parts, site: &Site) -> Result<Option<Arrived>, Refusal> {
    let internal = |error| Refusal::internal(&error);
    let Some((arrived, session)) = looked_up(parts, site).await? else {
        return Ok(None);
    };
    let reads = [Method::GET, Method::HEAD].contains(&parts.method);
    site.pace.take(&arrived.session(), reads)?;
    let now = site.now();
    if !is_of_script(parts) && lasting::is_to_note(&session, now) {
        let digest = arrived.session();
        site.sign_ins.seen(&digest, now).await.map_err(internal)?;
    }
    Ok(Some(arrived))
}

/// Whether a script of a page asks, and not the person at it: a browser says so (Fetch metadata).
fn is_of_script(parts: &Parts) -> bool {
    let asks = parts.headers.get("sec-fetch-dest");
    asks.is_some_and(|asks| asks == "empty")
}

/// The account, its role and the session with whose cookie a request comes, where they are signed in; that
/// is not noted as a use of the session.
///
/// # Errors
/// [`Failure`] when the sign-ins or the ledger fail.
pub(crate) async fn session_of(
    parts: &Parts,
    site: &Site,
) -> Result<Option<(Actor, Role, Digest)>, Failure> {
    let found = looked_up(parts, site).await?;
    let signed_in = found.filter(|(arrived, _)| arrived.is_signed_in);
    Ok(signed_in.map(|(one, _)| {
        let digest = one.session();
        (one.account, one.role, digest)
    }))
}

/// Who comes with the cookie of a request.
async fn looked_up(parts: &Parts, site: &Site) -> Result<Option<(Arrived, Session)>, Failure> {
    let jar = CookieJar::from_headers(&parts.headers);
    let given = jar.get(name(site.over_tls));
    let Some(secret) = given.and_then(|given| Secret::parse(given.value())) else {
        return Ok(None);
    };
    let internal = |error| failure(&error);
    let digest = secret.digest();
    let found = session_going_on(site, &digest).await.map_err(internal)?;
    let Some(session) = found else {
        return Ok(None);
    };
    let account = site.account_of(&session.account).await?;
    // Closed meanwhile, never opened in this ledger, or in another role, which may ask for more.
    let other = |role| session.proven_for.is_some_and(|proven| proven != role);
    let Some(role) = account.role.filter(|role| !other(*role)) else {
        site.sign_ins.end(&digest).await.map_err(internal)?;
        return Ok(None);
    };
    let arrived = Arrived {
        account: session.account.clone(),
        role,
        secret,
        begun_at: session.begun_at,
        is_signed_in: session.proven_for == Some(role),
    };
    Ok(Some((arrived, session)))
}

/// Finds out who is signed in where no page asks: that is not noted as a use of the session, and changes nothing about
/// the answer but the menu.
pub(super) async fn look(parts: &Parts, site: &Site) {
    if let Ok(Some((arrived, _))) = looked_up(parts, site).await
        && arrived.is_signed_in
        && let Err(failure) = arrived.signed_in(site).await
    {
        tracing::warn!(code = failure.code, "who is signed in cannot be told");
    }
}

/// A session that is not over; one that is, is ended.
pub(crate) async fn session_going_on(
    site: &Site,
    digest: &Digest,
) -> Result<Option<Session>, SignInError> {
    let found = site.sign_ins.session(digest).await?;
    if found
        .as_ref()
        .is_some_and(|session| lasting::is_over(session, site.now()))
    {
        site.sign_ins.end(digest).await?;
        return Ok(None);
    }
    Ok(found)
}

impl FromRequestParts<Arc<Site>> for Arrived {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site>,
    ) -> Result<Self, Self::Rejection> {
        let arrived = arrived(parts, site).await?;
        arrived.ok_or_else(|| Refusal::SignIn {
            to: goes_on_at(parts),
            draft: String::new(),
        })
    }
}

impl FromRequestParts<Arc<Site>> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site>,
    ) -> Result<Self, Self::Rejection> {
        let arrived = Arrived::from_request_parts(parts, site).await?;
        if arrived.is_signed_in {
            let signed_in = arrived.signed_in(site).await?;
            let at = goes_on_at(parts);
            return Ok(Self { at, ..signed_in });
        }
        Err(Refusal::SecondFactor {
            to: goes_on_at(parts),
        })
    }
}

/// Where it goes on after signing in: what was sent cannot be sent again by going there.
fn goes_on_at(parts: &Parts) -> String {
    let reads = [Method::GET, Method::HEAD].contains(&parts.method);
    let to = parts.uri.path_and_query().filter(|_| reads);
    to.map_or_else(|| "/".to_owned(), ToString::to_string)
}
