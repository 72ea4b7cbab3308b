//! Every event reads as plain Japanese, with its text where it may be seen and only there.

use ledger_app::lang::Lang;
use ledger_app::render::{event_title, sentence};
use ledger_core::event::{Event, Privacy};
use ledger_core::private::{join, split};
use ledger_tests::samples;
use serde_json::Value;

/// The sample as a reader without keys sees it.
fn closed(event: &Event) -> Event {
    let (clear, _) = split(event.encode().unwrap()).unwrap();
    let info = event.info();
    Event::decode(info.name, info.version, join(clear, serde_json::Map::new())).unwrap()
}

/// Every private text of a sample, piece by piece.
fn texts(event: &Event) -> Vec<String> {
    let (_, private) = split(event.encode().unwrap()).unwrap();
    let mut texts = Vec::new();
    for value in private.unwrap_or_default().values() {
        match value {
            Value::String(text) => texts.extend(text.lines().map(str::to_owned)),
            Value::Array(items) => {
                texts.extend(
                    items
                        .iter()
                        .filter_map(|item| item.as_str())
                        .map(str::to_owned),
                );
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {},
        }
    }
    texts
}

#[test]
fn every_event_type_has_a_title_in_both_languages() {
    for info in Event::types() {
        assert_ne!(event_title(info.name, Lang::Ja), info.name);
        assert_ne!(event_title(info.name, Lang::En), info.name);
    }
}

#[test]
fn every_event_reads_as_japanese_sentences_without_stored_codes() {
    for event in samples::events() {
        let name = event.info().name;
        let told = sentence(&event, Privacy::Opened);

        assert!(told.ends_with('。'), "{name}: {told}");
        assert!(!told.contains("。。"), "{name}: {told}");
        for code in ["{", "}", "\"", "Some(", "None", "true", "false", "null"] {
            assert!(!told.contains(code), "{name}: {told}");
        }
    }
}

#[test]
fn closed_text_is_said_to_be_closed_and_erased_text_to_be_erased() {
    for event in samples::events() {
        let name = event.info().name;
        let closed = closed(&event);
        let (hidden, erased) = (
            sentence(&closed, Privacy::Closed),
            sentence(&closed, Privacy::Erased),
        );

        for text in texts(&event).iter().filter(|text| text.chars().count() > 2) {
            assert!(!hidden.contains(text.as_str()), "{name}: {hidden}");
        }
        if !texts(&event).is_empty() && hidden != sentence(&event, Privacy::Opened) {
            let said = hidden.contains("開示されていません") && erased.contains("消去済");
            assert!(said, "{name}: {hidden} / {erased}");
        }
    }
}

#[test]
fn a_consultation_reads_like_a_case_note() {
    let samples = samples::events();
    let found = samples
        .iter()
        .find(|event| event.info().name == "consultation-recorded");
    let told = sentence(found.unwrap(), Privacy::Opened);

    assert_eq!(
        told,
        "保護者から電話で相談（退院、レスパイト）。内容：通所先を探したい。 （きょうだい同伴）。\
         対応：傾聴・助言。担当：相談員A。45分。"
    );
}
