//! Refuses what another site has a browser send: a change comes from a page of this program alone.

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::fault::Refusal;
use super::language::t;

/// Lets a request through that changes nothing, or that comes from a page of this program.
///
/// `Sec-Fetch-Site` and `Origin` are set by the browser and by no script (Fetch, sections "Origin
/// header" and "Fetch metadata"); each form holds a token besides.
pub(super) async fn same(request: Request, next: Next) -> Response {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    if reads || is_own(request.headers()) {
        return next.run(request).await;
    }
    Refusal::new(
        StatusCode::FORBIDDEN,
        t(
            "この画面からは送信できません",
            "It cannot be sent from there",
        ),
        t(
            "別のサイトから送られたため、受け付けませんでした。何も記録していません。",
            "It came from another site, so it was not accepted. Nothing was recorded.",
        ),
        t(
            "この台帳の画面を開き直して、もう一度送ってください。",
            "Open the page of this ledger anew and send it once more.",
        ),
    )
    .into()
}

fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let (origin, host) = (text(ORIGIN.as_str()), text(HOST.as_str()));
    let origin = origin.and_then(|origin| origin.split_once("://"));
    matches!((origin, host), (Some((_, origin)), Some(host)) if origin == host)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_a_page_of_this_program_may_send() {
        let asked = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            is_own(&headers)
        };
        assert!(asked(&[("sec-fetch-site", "same-origin")]));
        assert!(asked(&[
            ("host", "ledger:8080"),
            ("origin", "http://ledger:8080")
        ]));
        for refused in [
            &[][..],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("host", "ledger:8080"), ("origin", "http://other:8080")],
            &[("host", "ledger:8080"), ("origin", "null")],
            &[("host", "ledger:8080")],
        ] {
            assert!(!asked(refused), "{refused:?}");
        }
    }
}
