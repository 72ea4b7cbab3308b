//! The leaf's frozen bytes, and that they are RFC 8785 JSON whatever the names.

use proptest::prelude::*;
use serde_json::json;

use super::super::{Hash, Leaf};
use crate::id::{EventId, NAME_BYTES_MAX, Revision};
use crate::json::canonical;

fn leaf<'a>(stream: &'a str, event_type: &'a str, content_type: &'a str) -> Leaf<'a> {
    Leaf {
        id: EventId::new(uuid::Uuid::from_u128(7)),
        stream,
        revision: Revision::new(12),
        event_type,
        content_type,
        recorded_at: "2026-11-24T02:10:43.123456Z".parse().unwrap(),
        data: Hash::of(b"data"),
        metadata: Hash::of(b"metadata"),
        sealed: None,
    }
}

/// What the leaf should say, put together field by field and written by the canonicaliser.
fn expected(leaf: &Leaf<'_>) -> Vec<u8> {
    let mut object = json!({
        "v": 1,
        "id": leaf.id.to_string(),
        "stream": leaf.stream,
        "revision": leaf.revision.get(),
        "type": leaf.event_type,
        "content_type": leaf.content_type,
        "at": leaf.recorded_at.to_string(),
        "data": leaf.data.to_string(),
        "metadata": leaf.metadata.to_string(),
    });
    if let Some(sealed) = leaf.sealed {
        object["sealed"] = json!(sealed.to_string());
    }
    canonical(&object).unwrap()
}

/// Frozen, never to be edited: bytes and hash were written by an independent implementation.
#[test]
fn a_leaf_without_a_ciphertext_is_hashed_as_it_always_was() {
    let leaf = leaf("child-1", "consultation-recorded", "application/json");

    assert_eq!(
        String::from_utf8(leaf.bytes()).unwrap(),
        concat!(
            r#"{"at":"2026-11-24T02:10:43.123456Z","content_type":"application/json","#,
            r#""data":"3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7","#,
            r#""id":"00000000-0000-0000-0000-000000000007","#,
            r#""metadata":"45447b7afbd5e544f7d0f1df0fccd26014d9850130abd3f020b89ff96b82079f","#,
            r#""revision":12,"stream":"child-1","type":"consultation-recorded","v":1}"#,
        )
    );
    assert_eq!(
        leaf.hash().to_string(),
        "11df22a9ec3dfa615d373295762eaf4d104e77bd291af979e9f36b0349c5490b"
    );
}

/// Frozen, never to be edited: bytes and hash were written by an independent implementation.
#[test]
fn a_leaf_with_a_ciphertext_is_hashed_as_it_always_was() {
    let mut leaf = leaf("child-1", "consultation-recorded", "application/json");
    leaf.sealed = Some(Hash::of(b"sealed"));

    assert_eq!(
        String::from_utf8(leaf.bytes()).unwrap(),
        concat!(
            r#"{"at":"2026-11-24T02:10:43.123456Z","content_type":"application/json","#,
            r#""data":"3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7","#,
            r#""id":"00000000-0000-0000-0000-000000000007","#,
            r#""metadata":"45447b7afbd5e544f7d0f1df0fccd26014d9850130abd3f020b89ff96b82079f","#,
            r#""revision":12,"#,
            r#""sealed":"c9d0036bed6744bcdf692fc980d8717d7e5f5a4f4e8266b4a84982602fb1cd09","#,
            r#""stream":"child-1","type":"consultation-recorded","v":1}"#,
        )
    );
    assert_eq!(
        leaf.hash().to_string(),
        "4d8ab137123856a4c8577a3b84bf42697a95b144534c5a328f2e1351f74fb6af"
    );
}

#[test]
fn a_leaf_with_awkward_names_is_canonical() {
    let controls: String = (1_u8..=0x20).map(char::from).collect();
    for name in [
        controls.as_str(),
        "\"quoted\" and \\ and /",
        "\u{7f}\u{80}\u{9f}\u{2028}\u{2029}\u{feff}\u{fffd}\u{ffff}",
        "\u{1F9D2}\u{10FFFF}",
        "e\u{301} ガ ｶﾞ",
        "",
    ] {
        let leaf = leaf(name, name, name);

        assert_eq!(leaf.bytes(), expected(&leaf), "{name:?}");
    }
}

#[test]
fn the_longest_names_fit_a_tile_entry() {
    // Each U+0001 is one byte of a name and six of JSON: nothing grows more.
    let name = "\u{1}".repeat(NAME_BYTES_MAX);
    let mut leaf = leaf(&name, &name, &name);
    leaf.revision = Revision::new(u64::MAX);
    leaf.sealed = Some(Hash::of(b"sealed"));

    let rest = leaf.bytes().len() - 3 * 6 * NAME_BYTES_MAX;
    assert!(rest < 500, "{rest}");
    assert!(u16::try_from(leaf.bytes().len()).is_ok());
}

proptest! {
    #[test]
    fn every_leaf_is_canonical(
        stream in any::<String>(),
        event_type in any::<String>(),
        content_type in any::<String>(),
        revision in 0_u64..(1 << 53),
        sealed in any::<Option<[u8; 32]>>(),
    ) {
        let mut leaf = leaf(&stream, &event_type, &content_type);
        leaf.revision = Revision::new(revision);
        leaf.sealed = sealed.map(|bytes| Hash::of(&bytes));

        prop_assert_eq!(leaf.bytes(), expected(&leaf));
    }
}
