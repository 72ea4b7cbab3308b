//! プログラムから使う（API）: what the API has, for people. What stands on it comes from the API's own tables.

use askama::Template;

use super::chrome::Chrome;
use super::language::t;

/// Something that programs look at.
pub(crate) struct Look {
    /// Its path.
    pub(crate) path: &'static str,
    /// What it shows.
    pub(crate) about: String,
    /// What may be asked, each with what it is.
    pub(crate) parameters: Vec<(String, String)>,
}

/// What the API has, in the language of the page.
#[derive(Template)]
#[template(path = "api.html")]
struct Page {
    chrome: Chrome,
    looks: Vec<Look>,
    /// Commands, each with what it records.
    commands: Vec<(&'static str, &'static str)>,
    /// Codes of problems, each with what it says.
    problems: Vec<(&'static str, &'static str)>,
}

/// The page.
///
/// # Errors
/// [`askama::Error`] when it cannot be written.
pub(crate) fn api_docs(
    looks: Vec<Look>,
    commands: Vec<(&'static str, &'static str)>,
    problems: Vec<(&'static str, &'static str)>,
) -> Result<String, askama::Error> {
    let page = Page {
        chrome: Chrome::of_nobody(t("プログラムから使う（API）", "For programs (API)")),
        looks,
        commands,
        problems,
    };
    page.render()
}
