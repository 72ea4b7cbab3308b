//! What a form of a page sends, with the token that says whose page it was; and what an address asks for.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::door::{Sender, SignedIn};
use super::fault::Refusal;
use super::language::t;
use super::sign_in::own_path;
use super::site::Site;

/// The one content type that is read.
const FORM: &str = "application/x-www-form-urlencoded";

/// A form that somebody sent who is signed in, or has another standing, from a page of their own.
pub(super) struct Sent<T, W = SignedIn> {
    pub(super) sender: W,
    pub(super) fields: T,
}

/// A form whose content is worth keeping: sent from a page of before the last sign-in it comes all the
/// same, to be shown again, and sent by nobody it is kept until somebody signs in.
pub(super) struct Draft<T> {
    pub(super) signed_in: SignedIn,
    pub(super) fields: T,
    /// It comes from a page of this sign-in; otherwise nothing may be recorded.
    pub(super) is_own: bool,
}

/// The field in which each form holds what no other site can know.
pub(super) const TOKEN: &str = "page_token";

/// It, as it is read.
#[derive(Deserialize)]
struct Token {
    page_token: String,
}

impl<T, W> FromRequest<Arc<Site>> for Sent<T, W>
where
    T: DeserializeOwned,
    W: Sender + FromRequestParts<Arc<Site>, Rejection = Refusal> + Send,
{
    type Rejection = Refusal;

    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        let sender = W::from_request_parts(&mut parts, site).await;
        let bytes = read(Request::from_parts(parts, body)).await;
        let sender = match (sender, &bytes) {
            (Ok(sender), _) => sender,
            (Err(refusal), Ok(bytes)) => return Err(kept(refusal, bytes)),
            (Err(refusal), Err(_)) => return Err(refusal),
        };
        let bytes = bytes?;
        if !is_own(&bytes, &sender) {
            return Err(kept(Refusal::stale(), &bytes));
        }
        Ok(Self {
            sender,
            fields: fields(&bytes)?,
        })
    }
}

impl<T: DeserializeOwned> FromRequest<Arc<Site>> for Draft<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        let to = parts.uri.path().to_owned();
        let signed_in = SignedIn::from_request_parts(&mut parts, site).await;
        let bytes = read(Request::from_parts(parts, body)).await?;
        let signed_in = signed_in.map_err(|refusal| match refusal {
            // Whoever has still to show a second factor gives the password again: the page that asks for the
            // second alone has no place to come by with what was typed.
            Refusal::SignIn { .. } | Refusal::SignInAgain { .. } | Refusal::SecondFactor { .. } => {
                Refusal::SignIn {
                    to,
                    draft: String::from_utf8_lossy(&bytes).into_owned(),
                }
            },
            other @ Refusal::Page { .. } => other,
        })?;
        Ok(Self {
            is_own: is_own(&bytes, &signed_in),
            signed_in,
            fields: fields(&bytes)?,
        })
    }
}

/// What a page of the sign-in sends along.
#[derive(Deserialize)]
struct SentAlong {
    /// Where it goes on.
    #[serde(default)]
    to: String,
    /// What was typed before the sign-in.
    #[serde(default)]
    draft: String,
}

/// Why a form is refused; where it brings what was typed before a sign-in, that goes through another sign-in.
/// A session may run out, or another take its place, while a page of the sign-in is left alone.
fn kept(refusal: Refusal, bytes: &Bytes) -> Refusal {
    match serde_html_form::from_bytes(bytes) {
        Ok(SentAlong { to, draft }) if !draft.is_empty() => Refusal::SignIn {
            to: own_path(&to).to_owned(),
            draft,
        },
        Ok(_) | Err(_) => refusal,
    }
}

fn is_own(bytes: &Bytes, sender: &impl Sender) -> bool {
    let token = serde_html_form::from_bytes::<Token>(bytes);
    token.is_ok_and(|token| token.page_token == sender.form().as_str())
}

/// A form that somebody sent who is not signed in.
pub(super) struct Open<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Arc<Site>> for Open<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &Arc<Site>) -> Result<Self, Self::Rejection> {
        Ok(Self(fields(&read(request).await?)?))
    }
}

/// What an address asks for behind its question mark.
pub(super) struct Query<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<Arc<Site>> for Query<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Site>) -> Result<Self, Refusal> {
        let query = parts.uri.query().unwrap_or_default();
        let read = serde_html_form::from_str(query);
        read.map(Self).map_err(|_| Refusal::not_found())
    }
}

async fn read(request: Request) -> Result<Bytes, Refusal> {
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case(FORM) {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            t("この形式は受け付けられません", "This form is not accepted"),
            t(
                "画面のフォームから送られたものではありません。何も記録していません。",
                "It was not sent from the form of a page. Nothing was recorded.",
            ),
            t(
                "画面を開き直して、もう一度送ってください。",
                "Open the page anew and send it once more.",
            ),
        ));
    }
    let bytes = Bytes::from_request(request, &()).await;
    bytes.map_err(|rejection| too_large(&rejection))
}

/// Refuses a text that is longer than a form's may be.
pub(super) fn too_long() -> Refusal {
    Refusal::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        t("文章が長すぎます", "The text is too long"),
        t(
            "送られた文章が長すぎるため、受け付けませんでした。何も記録していません。",
            "The text was too long to be accepted. Nothing was recorded.",
        ),
        t(
            "前の画面に戻り、短くするか、いくつかの記録に分けてください。",
            "Go back, and shorten it or divide it into several records.",
        ),
    )
}

fn too_large(rejection: &BytesRejection) -> Refusal {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_long();
    }
    Refusal::new(
        StatusCode::BAD_REQUEST,
        t("最後まで届きませんでした", "It did not arrive whole"),
        t(
            "通信が途中で切れたため、受け付けませんでした。何も記録していません。",
            "The connection was cut, so it was not accepted. Nothing was recorded.",
        ),
        t(
            "前の画面に戻り、もう一度送ってください。",
            "Go back and send it once more.",
        ),
    )
}

/// The fields of a form.
///
/// # Errors
/// [`Refusal`] where they are not those of the page.
pub(super) fn fields<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    serde_html_form::from_bytes(bytes).map_err(|_| {
        Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            t("入力を読み取れませんでした", "The form could not be read"),
            t(
                "送られた項目が、この画面のものと合いません。何も記録していません。",
                "The fields that were sent are not those of this page. Nothing was recorded.",
            ),
            t(
                "画面を開き直して、もう一度入力してください。",
                "Open the page anew and type it once more.",
            ),
        )
    })
}
