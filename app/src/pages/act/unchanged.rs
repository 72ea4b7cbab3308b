//! A setting that is sent as it stands is not set anew: the record of settings would tell a change where there was none.

use serde_json::{Map, Value};

use super::setting::{fill, key_fields};
use super::{Act, Typed, text_of, texts_of};
use crate::pages::fault::Refusal;
use crate::pages::giving::{Fault, command_of};
use crate::pages::language::t;
use crate::pages::site::Site;

/// That the form says what holds already, unless it is this very form that set it and was sent once more.
///
/// # Errors
/// [`Refusal`] where the log cannot be read.
pub(super) async fn fault(
    site: &Site,
    act: &Act,
    (typed, json): (&Typed, &Map<String, Value>),
) -> Result<Option<Fault>, Refusal> {
    let Some(keys) = key_fields(act.name) else {
        return Ok(None);
    };
    // Which of several settings it is says the form; all else is filled in with what holds.
    let named = keys
        .iter()
        .map(|key| (key.clone(), text_of(typed, key).to_owned()));
    let mut now: Typed = named.collect();
    let holding = fill(site, act, &mut now).await?;
    let own = command_of(text_of(typed, "command"), json);
    let holds = !holding.note.is_empty() && (own.is_none() || holding.set_by != own);
    let mut fields = act.fields.iter().filter(|field| field.name != "occurred");
    let is_same = fields.all(|field| said(typed, &field.name) == said(&now, &field.name));
    Ok((holds && is_same).then(|| {
        Fault::whole(t(
            "変わるところがありません。いまの設定と同じ内容です。",
            "Nothing changes: this is what holds already.",
        ))
    }))
}

/// What a field says, however a browser breaks its lines.
fn said(typed: &Typed, field: &str) -> Vec<String> {
    let texts = texts_of(typed, field).into_iter();
    let texts = texts.map(|text| text.replace("\r\n", "\n").trim().to_owned());
    texts.filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_as_a_browser_does_and_nothing_typed_is_nothing_said() {
        let typed = |text: &str| -> Typed { vec![("note".to_owned(), text.to_owned())] };

        assert_eq!(
            said(&typed("一\r\n二 "), "note"),
            said(&typed("一\n二"), "note")
        );
        assert_eq!(said(&typed(" "), "note"), said(&Typed::new(), "note"));
        assert_ne!(said(&typed("一"), "note"), said(&typed("二"), "note"));
    }
}
