//! A program that uses the HTTP API with its token.

use crate::serving::{Response, Serving};

/// A program that uses the API.
pub struct Program<'s> {
    serving: &'s Serving,
    token: Option<String>,
}

impl<'s> Program<'s> {
    /// One with a token.
    #[must_use]
    pub fn with(serving: &'s Serving, token: &str) -> Self {
        let token = Some(token.to_owned());
        Self { serving, token }
    }

    /// One without.
    #[must_use]
    pub const fn without(serving: &'s Serving) -> Self {
        let token = None;
        Self { serving, token }
    }

    /// Asks for a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Response {
        self.ask("GET", path, "", "")
    }

    /// The answer of a path, which must be there.
    ///
    /// # Panics
    /// When it is not, or is no JSON.
    #[must_use]
    pub fn json(&self, path: &str) -> serde_json::Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// Sends a command under a key.
    #[must_use]
    pub fn send(&self, key: &str, command: &serde_json::Value) -> Response {
        let headers = format!("Idempotency-Key: {key}\r\nContent-Type: application/json\r\n");
        self.ask("POST", "/api/commands", &headers, &command.to_string())
    }

    /// Sends anything.
    #[must_use]
    pub fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> Response {
        let token = self.authorization();
        let length = body.len();
        self.serving.ask(&format!(
            "{method} {path} HTTP/1.1\r\nHost: ledger\r\nConnection: close\r\n{token}{headers}\
             Content-Length: {length}\r\n\r\n{body}"
        ))
    }

    /// The header that says whose program it is.
    #[must_use]
    pub fn authorization(&self) -> String {
        let token = self.token.as_ref();
        token.map_or_else(String::new, |token| {
            format!("Authorization: Bearer {token}\r\n")
        })
    }
}
