//! From which address somebody asks.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::HeaderName;
use axum::http::request::Parts;

/// The other end of a connection, put beside each of its requests.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// What a proxy writes behind the addresses that it was told.
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address from which a request comes: the other end of the connection, and behind a proxy the last address
/// that is told, which is what the proxy saw. What stands before it was told by whoever asks.
pub(crate) fn address_of(parts: &Parts, behind_proxy: bool) -> IpAddr {
    let told = parts.headers.get_all(FORWARDED).iter().next_back();
    let told = told.and_then(|told| told.to_str().ok());
    let last = told.and_then(|told| told.rsplit(',').next());
    let told = last.and_then(|last| last.trim().parse().ok());
    let peer = parts.extensions.get::<Peer>().map(|peer| peer.0);
    let told = told.filter(|_| behind_proxy).or(peer);
    told.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn asked(forwarded: &[&str], behind_proxy: bool) -> String {
        let mut request = Request::new(());
        let peer = Peer("10.0.0.9".parse().unwrap());
        request.extensions_mut().insert(peer);
        for line in forwarded {
            let line = line.parse().unwrap();
            request.headers_mut().append(FORWARDED, line);
        }
        address_of(&request.into_parts().0, behind_proxy).to_string()
    }

    #[test]
    fn only_what_the_proxy_saw_is_believed() {
        assert_eq!(asked(&[], true), "10.0.0.9");
        assert_eq!(asked(&["192.0.2.7"], false), "10.0.0.9");
        assert_eq!(asked(&["192.0.2.7"], true), "192.0.2.7");
        assert_eq!(asked(&["198.51.100.1, 192.0.2.7"], true), "192.0.2.7");
        assert_eq!(asked(&["198.51.100.1", "192.0.2.7"], true), "192.0.2.7");
        assert_eq!(asked(&["192.0.2.7, unknown"], true), "10.0.0.9");
        assert_eq!(asked(&["2001:db8::7"], true), "2001:db8::7");
    }
}
