//! What is worth a look after something was recorded: somebody of the same name and birthday, a move out of the ward.

use ledger_core::id::StreamName;
use serde_json::{Map, Value};

use super::alike::alike_to;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::wiring::OpenWithKeys;

/// A notice in both languages.
pub(crate) struct Notice {
    ja: String,
    en: String,
}

impl Notice {
    /// Its text.
    pub(crate) fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }
}

/// The notices to what was recorded.
pub(crate) async fn notices(
    name: &str,
    fields: &Map<String, Value>,
    streams: &[StreamName],
    open: &OpenWithKeys,
) -> Result<Vec<Notice>, Failure> {
    match (name, streams) {
        ("register-child", [own]) => same_persons(own, open).await,
        ("change-profile", _) if moved_away(fields) => Ok(vec![Notice {
            ja: "区外へ転居した方です。支援を終えるときは record close-case で終結してください。"
                .to_owned(),
            en: "the person left the ward; close-case ends the case when support ends".to_owned(),
        }]),
        _ => Ok(Vec::new()),
    }
}

fn moved_away(fields: &Map<String, Value>) -> bool {
    let new = fields.get("new").and_then(Value::as_str);
    new.is_some_and(|new| ["outside-ward", "区外"].contains(&new.trim()))
}

/// Persons of the same name or kana who were born on the same day, in words.
async fn same_persons(own: &StreamName, open: &OpenWithKeys) -> Result<Vec<Notice>, Failure> {
    let Some(own) = own.as_child() else {
        return Ok(Vec::new());
    };
    let others = alike_to(own, open, None).await?;
    let notices = others.into_iter().map(|(_, number)| Notice {
        ja: format!("{number} と氏名（またはフリガナ）が同じで、生年月日も同じか近い日、またはどちらかが不明です。同じ方なら record suspect-duplicate で重複の疑いとして記録してください。"),
        en: format!("{number} has the same name (or kana), and was born on the same day or near it, or nobody knows when; if it is the same person, record suspect-duplicate"),
    });
    Ok(notices.collect())
}
