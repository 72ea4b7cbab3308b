//! The host that a request names, by which a browser reached the pages, and where the browser is.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{HOST, USER_AGENT};
use axum::http::request::Parts;

use ledger_core::sign_in::Place;

use super::site::Site;
use crate::http::address_of;
use crate::sign_in::device;

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

/// The address from which a browser asks.
pub(super) struct Client(pub(super) IpAddr);

impl FromRequestParts<Arc<Site>> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        Ok(Self(address_of(parts, site.behind_proxy)))
    }
}

/// Where a browser is that asks, and what it is.
pub(super) struct Came {
    pub(super) from: IpAddr,
    pub(super) place: Place,
}

impl FromRequestParts<Arc<Site>> for Came {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let from = address_of(parts, site.behind_proxy);
        let agent = parts.headers.get(USER_AGENT);
        let agent = agent.and_then(|agent| agent.to_str().ok());
        let device = device::called(agent.unwrap_or_default());
        Ok(Self {
            from,
            place: Place {
                device,
                address: from.to_string(),
            },
        })
    }
}
