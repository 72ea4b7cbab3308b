//! Who is signed in: no page but those for signing in is shown to anybody else.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use ledger_commands::authorise::{Action, Assignment, Subject, authorise};
use ledger_core::actor::{Actor, Role};
use ledger_core::id::Position;
use ledger_core::sign_in::{Digest, Secret, Session, SignInError};

use super::chrome::pages_of;
use super::fault::Refusal;
use super::site::Site;
use crate::failure::Failure;
use crate::fault::{read_failure, rejection_failure};
use crate::rights::account_named;
use crate::sign_in::{failure, lasting};

/// Somebody who is signed in, with the role that the account has now.
pub(super) struct SignedIn {
    pub(super) account: Actor,
    pub(super) role: Role,
    /// Where the log ended when they asked.
    pub(super) head: Position,
    secret: Secret,
}

impl SignedIn {
    /// Somebody who is signed in, or whose session has just begun.
    ///
    /// # Errors
    /// [`Failure`] when the log cannot be read.
    pub(super) async fn new(
        site: &Site,
        account: Actor,
        role: Role,
        secret: Secret,
    ) -> Result<Self, Failure> {
        let head = site.open.open.store.head().await;
        Ok(Self {
            account,
            role,
            head: head.map_err(|error| read_failure(&error))?.position,
            secret,
        })
    }

    /// What each form of theirs holds, and no other site can know.
    pub(super) fn form(&self) -> Digest {
        self.secret.derived("form")
    }

    /// The session's name in the table.
    pub(super) fn session(&self) -> Digest {
        self.secret.digest()
    }

    /// The path of the page at which the role begins.
    pub(super) fn begins_at(&self) -> &'static str {
        pages_of(self.role).first().map_or("/", |(path, _)| *path)
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

/// Who is signed in, whose use of the session is noted; none where nobody is, or the session is over.
async fn signed_in(parts: &Parts, site: &Site) -> Result<Option<SignedIn>, Refusal> {
    let internal = |error| Refusal::internal(&error);
    let Some((signed_in, session)) = looked_up(parts, site).await? else {
        return Ok(None);
    };
    let now = site.now();
    if lasting::is_to_note(&session, now) {
        let digest = signed_in.session();
        site.sign_ins.seen(&digest, now).await.map_err(internal)?;
    }
    Ok(Some(signed_in))
}

/// The account, its role and the session with whose cookie a request comes; that is not noted as a use of
/// the session.
///
/// # Errors
/// [`Failure`] when the sign-ins or the ledger fail.
pub(crate) async fn session_of(
    parts: &Parts,
    site: &Site,
) -> Result<Option<(Actor, Role, Digest)>, Failure> {
    let found = looked_up(parts, site).await?;
    Ok(found.map(|(one, _)| {
        let digest = one.session();
        (one.account, one.role, digest)
    }))
}

/// Who is signed in with the cookie of a request.
async fn looked_up(parts: &Parts, site: &Site) -> Result<Option<(SignedIn, Session)>, Failure> {
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
    let account = account_named(site.open.open.store.as_ref(), &session.account).await?;
    // Closed meanwhile, or never opened in this ledger.
    let Some(role) = account.role else {
        site.sign_ins.end(&digest).await.map_err(internal)?;
        return Ok(None);
    };
    let account = session.account.clone();
    let signed_in = SignedIn::new(site, account, role, secret).await?;
    Ok(Some((signed_in, session)))
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

impl FromRequestParts<Arc<Site>> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site>,
    ) -> Result<Self, Self::Rejection> {
        if let Some(signed_in) = signed_in(parts, site).await? {
            return Ok(signed_in);
        }
        // What was sent cannot be sent again by going there.
        let goes_on = [Method::GET, Method::HEAD].contains(&parts.method);
        let to = parts.uri.path_and_query().filter(|_| goes_on);
        Err(Refusal::SignIn {
            to: to.map_or_else(|| "/".to_owned(), ToString::to_string),
            draft: String::new(),
        })
    }
}
