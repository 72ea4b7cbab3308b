//! Codes of an app: shown, proven, removed.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use ledger_core::code::{SecondFactor, SignInChange};
use ledger_core::sign_in::{CodeSecret, Purpose};
use qrcode::{Color, QrCode};

use super::super::door::Arrived;
use super::super::fault::{Fault, Refusal, shown, shown_as};
use super::super::form::Sent;
use super::super::host::{Client, Host};
use super::super::second::{too_often, wrong_code};
use super::super::sign_in::own_path;
use super::super::site::Site;
use super::confirm::{self, What};
use super::{Change, Given, asked, may_remove, record, removed};
use crate::sign_in::codes;
use crate::sign_in::lasting::{self, CHALLENGE};

/// What an app is shown.
pub(super) struct NewCodes {
    /// The dark squares of the picture, as an SVG path.
    pub(super) squares: String,
    /// The picture's side, in squares, with its margin.
    pub(super) side: usize,
    pub(super) spelled: String,
    pub(super) address: String,
}

/// Shows an app a new secret.
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    host: Host,
    sent: Sent<Given, Arrived>,
) -> Result<Response, Refusal> {
    let change = Change::of(&site, sent).await?;
    let random = site.random.as_ref();
    let secret = codes::fresh(random).map_err(|error| Refusal::internal(&error))?;
    let until = lasting::after(change.now, CHALLENGE);
    let shown_now = (&secret, until);
    let kept = site.sign_ins.show_codes(&change.session, shown_now, random);
    kept.await.map_err(|error| Refusal::internal(&error))?;
    let mut page = change.page(&site, &host).await?;
    page.new_codes = Some(to_show(&secret, &change.arrived)?);
    shown(&page)
}

fn to_show(secret: &CodeSecret, arrived: &Arrived) -> Result<NewCodes, Refusal> {
    let address = codes::address(secret, &arrived.account);
    let address = address.map_err(|error| Refusal::internal(&error))?;
    let picture = QrCode::new(&address).map_err(|error| Refusal::internal(&error))?;
    let (squares, side) = drawn(&picture);
    Ok(NewCodes {
        squares,
        side,
        spelled: codes::spelled(secret),
        address,
    })
}

/// The dark squares as a path, and the side with four squares of margin around (ISO/IEC 18004, section 5.3.8).
fn drawn(picture: &QrCode) -> (String, usize) {
    const MARGIN: usize = 4;
    let width = picture.width();
    let rows = picture.to_colors();
    let rows = rows.chunks(width).enumerate();
    let mut path = String::new();
    for (y, row) in rows {
        for (x, color) in row.iter().enumerate() {
            if *color == Color::Dark {
                let at = [x, y].map(|at| at.saturating_add(MARGIN));
                // Writing to a text cannot fail.
                let _written = write!(path, "M{} {}h1v1h-1z", at[0], at[1]);
            }
        }
    }
    (path, width.saturating_add(2 * MARGIN))
}

/// Registers the codes that an app makes from the secret it was shown.
pub(super) async fn register(
    State(site): State<Arc<Site>>,
    host: Host,
    sent: Sent<Given, Arrived>,
) -> Result<Response, Refusal> {
    let change = Change::of(&site, sent).await?;
    let internal = |error| Refusal::internal(&error);
    let (session, account, now) = (&change.session, &change.arrived.account, change.now);
    let shown_before = site.sign_ins.shown_codes(session, now).await;
    let Some(secret) = shown_before.map_err(internal)? else {
        return again(&site, &host, &change).await;
    };
    let in_time = site.second_tries.take(account);
    let step = codes::step_of(&secret, &change.given.code, now).filter(|_| in_time);
    let Some(step) = step else {
        let fault = if in_time { wrong_code() } else { too_often() };
        let mut page = change.page(&site, &host).await?;
        page.new_codes = Some(to_show(&secret, &change.arrived)?);
        page.fault = Some(Fault {
            field: "code",
            message: fault.to_owned(),
        });
        return shown_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    // A second click registers nothing more.
    let taken = site
        .sign_ins
        .take_challenge((session, Purpose::NewCodes), now);
    if taken.await.map_err(internal)?.is_none() {
        return again(&site, &host, &change).await;
    }
    record(&site, &change.arrived, SignInChange::CodesRegistered).await?;
    let (random, kept) = (site.random.as_ref(), (&secret, step));
    let kept = site.sign_ins.register_codes(account, kept, random);
    kept.await.map_err(internal)?;
    let registered = (SecondFactor::OneTimeCode, SignInChange::CodesRegistered);
    change.done(&site, registered).await
}

/// There is no secret that a code could prove: the page anew.
async fn again(site: &Site, host: &Host, change: &Change) -> Result<Response, Refusal> {
    let went = (own_path(&change.given.to), &*change.given.draft);
    asked(site, &change.arrived, host.name(), went).await
}

/// Removes the codes of the app.
pub(super) async fn remove(
    State(site): State<Arc<Site>>,
    Client(from): Client,
    sent: Sent<Given, Arrived>,
) -> Result<Response, Refusal> {
    let (arrived, given) = (sent.sender, sent.fields);
    let (registered, _) = may_remove(&site, &arrived).await?;
    if registered.codes {
        let whose = (&arrived, &given, &registered);
        if let Some(asked) = confirm::asked(&site, from, whose, What::Codes).await? {
            return Ok(asked);
        }
    }
    let _alone = site.removals.lock().await;
    let (registered, last) = may_remove(&site, &arrived).await?;
    if !registered.codes {
        return Ok(Redirect::to("/security").into_response());
    }
    record(&site, &arrived, SignInChange::CodesRemoved).await?;
    let removal = site.sign_ins.remove_codes(&arrived.account, last).await;
    removed(removal, SignInChange::CodesRemoved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_drawn_square_for_square() {
        let picture = QrCode::new("otpauth://totp/x").unwrap();
        let (path, side) = drawn(&picture);
        let dark = picture.to_colors().into_iter();
        let dark = dark.filter(|color| *color == Color::Dark).count();
        assert_eq!(path.matches('M').count(), dark);
        assert_eq!(side, picture.width() + 8);
        // The corner of the finder pattern is dark.
        assert!(path.starts_with("M4 4h1v1h-1z"), "{path}");
    }
}
