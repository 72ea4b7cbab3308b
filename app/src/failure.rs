//! Why the program ends without having done what it was asked, in one clear sentence with a hint.

use std::borrow::Cow;
use std::io::Write;

use serde_json::json;

use crate::lang::{Lang, Text};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It did what it was asked.
    Done,
    /// The store, a key or a file failed; for `verify` and `replay`: something is wrong.
    Failed,
    /// The rules say no; for `verify` and `replay`: it could not be checked.
    Refused,
    /// The command line is wrong.
    Usage,
}

impl Exit {
    /// The number that the shell sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Refused => 2,
            Self::Usage => 64,
        }
    }
}

/// Why a command was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// Stable code.
    pub code: &'static str,
    about: Box<About>,
}

/// What a failure says; apart, so that results stay small.
#[derive(Clone, Debug, PartialEq, Eq)]
struct About {
    message: Text,
    field: Option<Cow<'static, str>>,
    /// Whether the field is an option or argument that people can give.
    given: bool,
    hint: Option<Text>,
}

impl Failure {
    /// Something failed that is not the user's doing.
    #[must_use]
    pub fn failed(
        code: &'static str,
        ja: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            exit: Exit::Failed,
            code,
            about: Box::new(About {
                message: Text::new(ja, en),
                field: None,
                given: true,
                hint: None,
            }),
        }
    }

    /// The command line is wrong.
    #[must_use]
    pub fn usage(
        code: &'static str,
        ja: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            exit: Exit::Usage,
            ..Self::failed(code, ja, en)
        }
    }

    /// The rules say no.
    #[must_use]
    pub fn refused(
        code: &'static str,
        ja: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            exit: Exit::Refused,
            ..Self::failed(code, ja, en)
        }
    }

    /// The same failure with another way to end.
    #[must_use]
    pub const fn ending(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// The same failure of a check: what hinders it is "could not check", not "something is wrong".
    #[must_use]
    pub fn unchecked(self) -> Self {
        if self.exit == Exit::Failed {
            self.ending(Exit::Refused)
        } else {
            self
        }
    }

    /// The same failure with what to do about it.
    #[must_use]
    pub fn hint(
        mut self,
        ja: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.about.hint = Some(Text::new(ja, en));
        self
    }

    /// The same failure, which says what another one says.
    #[must_use]
    pub fn saying(mut self, other: &Self) -> Self {
        self.about.message = other.about.message.clone();
        self
    }

    /// The same failure, named for an option or field.
    #[must_use]
    pub fn on(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.about.field = Some(field.into());
        self
    }

    /// The same failure, whose field is none that could be given: only JSON names it.
    #[must_use]
    pub fn of_no_option(mut self) -> Self {
        self.about.given = false;
        self
    }

    /// What is said.
    #[must_use]
    pub fn message(&self, lang: Lang) -> &str {
        self.about.message.lang(lang)
    }

    /// What to do about it, where something can be done.
    #[must_use]
    pub fn hint_text(&self, lang: Lang) -> Option<&str> {
        let hint = self.about.hint.as_ref();
        hint.map(|hint| hint.lang(lang))
    }

    /// The option, argument or field concerned.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.about.field.as_deref()
    }

    /// Writes it for people, or as one JSON object.
    ///
    /// # Errors
    /// The stream takes no more.
    pub fn write(&self, to: &mut dyn Write, lang: Lang, as_json: bool) -> std::io::Result<()> {
        if as_json {
            let hint = self.about.hint.as_ref().map(|hint| hint.lang(lang));
            let object = json!({
                "code": self.code,
                "message": self.about.message.lang(lang),
                "field": self.about.field,
                "hint": hint,
            });
            return writeln!(to, "{object}");
        }
        let error = lang.pick("エラー: ", "error: ");
        let (message, place) = (self.about.message.lang(lang), self.place(lang));
        writeln!(to, "{error}{message}{place} [{}]", self.code)?;
        match &self.about.hint {
            Some(hint) => writeln!(to, "{}{}", lang.pick("ヒント: ", "hint: "), hint.lang(lang)),
            None => Ok(()),
        }
    }
}

impl Failure {
    /// The option or argument concerned, where the sentence does not name it by itself.
    fn place(&self, lang: Lang) -> String {
        let field = self.about.field.as_ref().filter(|_| self.about.given);
        let Some(field) = field else {
            return String::new();
        };
        let is_option = field.starts_with("--");
        let is_argument = field.chars().all(|c| c.is_ascii_uppercase() || c == '|');
        let name = if is_option || is_argument {
            field.clone().into_owned()
        } else {
            format!("--{}", field.replace('_', "-"))
        };
        if self.about.message.lang(lang).contains(&name) {
            return String::new();
        }
        lang.pick(&format!("（{name}）"), &format!(" ({name})"))
            .to_owned()
    }
}

/// The innermost of an error's causes: what the system or the engine says.
#[must_use]
pub fn root_cause(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(failure: &Failure, lang: Lang) -> String {
        let mut written = Vec::new();
        failure.write(&mut written, lang, false).unwrap();
        String::from_utf8(written).unwrap()
    }

    #[test]
    fn the_sentence_for_people_names_the_option_concerned() {
        let missing = |field: &'static str| {
            Failure::refused(
                "MISSING_VALUE",
                "必要な項目が空欄です。",
                "A value is empty.",
            )
            .on(field)
        };

        let (name, date) = (missing("name"), missing("birth_date"));
        assert_eq!(
            said(&name, Lang::Ja),
            "エラー: 必要な項目が空欄です。（--name） [MISSING_VALUE]\n"
        );
        assert_eq!(
            said(&date, Lang::En),
            "error: A value is empty. (--birth-date) [MISSING_VALUE]\n"
        );
        let unasked = said(&missing("assignment").of_no_option(), Lang::Ja);
        assert_eq!(unasked, "エラー: 必要な項目が空欄です。 [MISSING_VALUE]\n");
        assert!(said(&missing("--store"), Lang::En).contains(" (--store) "));
        assert!(said(&missing("CHILD"), Lang::Ja).contains("（CHILD）"));
        assert!(said(&missing("FIGURE|EVENT"), Lang::Ja).contains("（FIGURE|EVENT）"));
    }

    #[test]
    fn an_option_that_the_sentence_names_is_not_named_again() {
        let failure = Failure::usage("BAD_FIELD", "--area: 違います。", "--area: wrong").on("area");

        assert_eq!(
            said(&failure, Lang::Ja),
            "エラー: --area: 違います。 [BAD_FIELD]\n"
        );
    }
}
