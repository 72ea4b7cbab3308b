//! Rules of the family's own voice.

use ledger_core::event::Draft;
use ledger_core::id::EventId;

use super::*;
use crate::world::names;

fn voice(mut fields: Value) -> Value {
    fields["stage"] = json!("three-months");
    about("record-family-voice", "2022-01-20", fields)
}

#[test]
fn an_answer_lies_between_one_and_five() {
    let mut world = with_child();

    for (field, value) in [
        ("anxiety", 0),
        ("anxiety", 6),
        ("satisfaction", 0),
        ("satisfaction", 6),
    ] {
        let mut json = voice(json!({"answered": true}));
        json[field] = json!(value);
        assert_eq!(world.refuses(json), ("NOT_A_NUMBER", field));
    }
    let both = json!({"answered": true, "speaker": "guardian", "anxiety": 1, "satisfaction": 5});
    assert_eq!(names(&world.did(voice(both))), ["family-voice-recorded"]);
}

#[test]
fn who_did_not_answer_said_nothing_and_who_answered_said_something() {
    let mut world = with_child();
    let answers = [
        json!({"anxiety": 3}),
        json!({"satisfaction": 3}),
        json!({"voice": "夜が不安。"}),
        json!({"speaker": "person"}),
    ];

    for mut answer in answers {
        answer["answered"] = json!(false);
        assert_eq!(
            world.refuses(voice(answer)),
            ("ANSWER_WITHOUT_ANSWERING", "answered")
        );
    }
    assert_eq!(
        world.refuses(voice(json!({"answered": true, "speaker": "guardian"}))),
        ("MISSING_VALUE", "anxiety")
    );
    world.did(voice(json!({"answered": false})));
    world.did(voice(json!({"answered": true, "voice": "夜が不安。"})));
}

#[test]
fn whether_there_were_words_is_noted_and_follows_their_correction() {
    let mut world = with_child();
    let noted = |events: &[(EventId, Draft)]| events[0].1.event.encode().unwrap();
    let silent = world.did(voice(json!({"answered": true, "anxiety": 3})));
    assert_eq!(noted(&silent)["has_words"], json!(false));
    let said = world.did(voice(json!({"answered": true, "voice": "夜が不安。"})));
    assert_eq!(noted(&said)["has_words"], json!(true));

    let correct = json!({"command": "correct-event", "stream": child_stream("C001"),
        "target": silent[0].0.to_string(), "reason": "typo", "private": {"voice": "眠れない。"}});
    let corrected = noted(&world.did(correct));
    assert_eq!(corrected["payload"]["has_words"], json!(true));
}

#[test]
fn a_voice_keeps_its_rules_when_it_is_corrected_and_moves_to_whom_it_belongs() {
    let mut world = with_child();
    register(&mut world, "C002");
    let target = world.did(voice(json!({"answered": true, "anxiety": 3})))[0].0;

    assert_eq!(
        world.refuses(correct_clear(target, json!({"anxiety": 6}))),
        ("NOT_A_NUMBER", "anxiety")
    );
    assert_eq!(
        world.refuses(correct_clear(target, json!({"answered": false}))),
        ("ANSWER_WITHOUT_ANSWERING", "answered")
    );
    world.did(move_to(target, "C002"));
}
