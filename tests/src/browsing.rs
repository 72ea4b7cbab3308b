//! Somebody at a browser without scripts: follows links, sends forms, keeps the cookie.

use std::fmt::Write as _;

use ledger_core::time::{Clock as _, SystemClock};

use crate::serving::{Response, Serving};

/// Most pages that lead to another.
const STEPS_MAX: usize = 5;

/// A browser that one person uses.
pub struct Browser<'s> {
    serving: &'s Serving,
    cookie: Option<String>,
    /// The cookie that holds the language of its pages.
    language: Option<String>,
}

/// Begins the cookie of the language, which is none of a session.
const LANGUAGE: &str = "care-ledger-language=";
/// Begins the cookie that tells scripts which form is recorded; here there are none.
const SENT: &str = "care-ledger-sent=";

impl<'s> Browser<'s> {
    /// A browser in which nobody is signed in.
    #[must_use]
    pub const fn at(serving: &'s Serving) -> Self {
        Self {
            serving,
            cookie: None,
            language: None,
        }
    }

    /// Opens a page, and goes where that sends it.
    pub fn open(&mut self, path: &str) -> Response {
        let answer = self.ask("GET", path, "", "");
        self.follow(answer)
    }

    /// Opens a page, and goes nowhere.
    pub fn look(&mut self, path: &str) -> Response {
        self.ask("GET", path, "", "")
    }

    /// Sends a form from a page of the program, and goes where that sends it.
    pub fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let answer = self.post(path, "Sec-Fetch-Site: same-origin\r\n", fields);
        self.follow(answer)
    }

    /// Sends a form with these headers beside its own, and goes nowhere.
    pub fn post(&mut self, path: &str, headers: &str, fields: &[(&str, &str)]) -> Response {
        let body = encoded(fields);
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
        self.ask("POST", path, &format!("{headers}{kind}"), &body)
    }

    /// Sends anything, and goes nowhere.
    pub fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Response {
        let cookies: Vec<&str> = [&self.cookie, &self.language]
            .into_iter()
            .filter_map(|cookie| cookie.as_deref())
            .collect();
        let cookie = match cookies.as_slice() {
            [] => String::new(),
            some => format!("Cookie: {}\r\n", some.join("; ")),
        };
        let length = body.len();
        let response = self.serving.ask(&format!(
            "{method} {path} HTTP/1.1\r\nHost: ledger\r\nConnection: close\r\n{cookie}{headers}\
             Content-Length: {length}\r\n\r\n{body}"
        ));
        if let Some(set) = response.header("set-cookie") {
            let pair = set.split(';').next().unwrap();
            let (_, value) = pair.split_once('=').unwrap();
            let kept = (!value.is_empty()).then(|| pair.to_owned());
            if pair.starts_with(LANGUAGE) {
                self.language = kept;
            } else if !pair.starts_with(SENT) {
                self.cookie = kept;
            }
        }
        response
    }

    /// The cookie that it keeps.
    #[must_use]
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    fn follow(&mut self, mut answer: Response) -> Response {
        for _ in 0..STEPS_MAX {
            let (303, Some(to)) = (answer.status, answer.header("location")) else {
                return answer;
            };
            let path = to.split('#').next().unwrap().to_owned();
            answer = self.look(&path);
        }
        panic!("it leads on and on: {answer:?}")
    }
}

/// The value of a hidden field of a page.
///
/// # Panics
/// When it has none.
#[must_use]
pub fn hidden(page: &Response, name: &str) -> String {
    let begins = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    let (_, rest) = page.body.split_once(&begins).expect("a hidden field");
    rest.split('"').next().unwrap().to_owned()
}

/// What the form of a page that is sent to a path is filled in with, as a browser would send it.
///
/// # Panics
/// When the page has no such form.
#[must_use]
pub fn filled(page: &Response, path: &str) -> Vec<(String, String)> {
    let begins = format!("<form method=\"post\" action=\"{path}\"");
    let (_, form) = page.body.split_once(&begins).expect("a form");
    let form = form.split("</form>").next().unwrap();
    let (mut sent, mut select) = (Vec::new(), String::new());
    for tag in form.split('<').skip(1) {
        let name = attribute(tag, "name").unwrap_or_default();
        let value = attribute(tag, "value").unwrap_or_default();
        let box_or_radio = tag.contains(" type=\"checkbox\"") || tag.contains(" type=\"radio\"");
        if tag.starts_with("input ") && (!box_or_radio || tag.contains(" checked")) {
            sent.push((name, value));
        } else if tag.starts_with("select ") {
            select = name;
        } else if tag.starts_with("option ") && tag.contains(" selected") {
            sent.push((select.clone(), value));
        } else if tag.starts_with("textarea ") {
            sent.push((name, plain(tag.split_once('>').unwrap().1)));
        }
    }
    sent
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(plain(rest.split('"').next()?))
}

/// A text of a page without the marks of HTML.
fn plain(text: &str) -> String {
    let marks = [
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
    ];
    marks.iter().fold(text.to_owned(), |text, (mark, plain)| {
        text.replace(mark, plain)
    })
}

/// The path of an invitation's link.
///
/// # Panics
/// When it is no link.
#[must_use]
pub fn path_of(link: &str) -> String {
    let (_, path) = link.split_once("://").expect("a link");
    let (_, path) = path.split_once('/').expect("a path");
    format!("/{path}")
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        if !text.is_empty() {
            text.push('&');
        }
        write!(text, "{name}=").unwrap();
        for byte in value.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    text.push(char::from(byte));
                },
                other => write!(text, "%{other:02X}").unwrap(),
            }
        }
    }
    text
}

/// What an app shows now that was given a secret, as a page spells it.
///
/// # Panics
/// When the page spells none.
#[must_use]
pub fn code_of(page: &Response) -> String {
    code_in(page, 0)
}

/// What it shows in so many half minutes.
///
/// # Panics
/// When the page spells none.
#[must_use]
pub fn code_in(page: &Response, half_minutes: u64) -> String {
    let (_, spelled) = page
        .body
        .split_once("<code class=\"secret\">")
        .expect("a secret");
    let spelled = spelled.split('<').next().unwrap().replace(' ', "");
    let secret = totp_rs::Secret::try_from_base32(spelled).unwrap();
    let app = totp_rs::Builder::new()
        .with_algorithm(totp_rs::Algorithm::SHA1)
        .with_secret(secret)
        .with_account_name("app")
        .build()
        .unwrap();
    let now = SystemClock.now().utc().timestamp();
    let then = u64::try_from(now).unwrap() + 30 * half_minutes;
    app.generate(then).to_string()
}
