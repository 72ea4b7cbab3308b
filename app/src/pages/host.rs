//! The host that a request names, by which a browser reached the pages.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::HOST;
use axum::http::request::Parts;

/// The value of `Host`, where there is one.
pub(super) struct Host(Option<String>);

impl Host {
    /// With the port, where it is not that of the scheme.
    pub(super) fn name(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl<S: Sync> FromRequestParts<S> for Host {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
        Ok(Self(host.map(str::to_owned)))
    }
}
