//! Rows of 連携記録簿, at first and grown.

use ledger_core::code::{Area, Flag, Outcome};
use ledger_core::event::{CorrectionEvent, Event, ReferralEvent};
use ledger_core::time::Occurred;

use serde_json::json;

use super::*;
use crate::decision::{Decision as _, Single as _};
use crate::world::{command, day, flags, ledger, names, text};

#[test]
fn a_referral_row_holds_the_whole_loop_and_the_report_stands_at_its_latest_day() {
    let mut world = with_child();
    let mut row = referral();
    row.received_on = Some(day("2021-09-16"));
    row.accepted_on = Some(day("2021-09-24"));
    row.completed_on = Some(day("2021-11-19"));
    row.outcome = Some(Outcome::Partly);
    row.feedback = text("報告書受領");

    let events = world.does(&row);

    let wanted = [
        "referral-made",
        "referral-received",
        "referral-accepted",
        "referral-completed",
        "referral-feedback-received",
    ];
    assert_eq!(names(&events), wanted);
    assert_eq!(flags(&events), []);
    assert_eq!(events[4].1.occurred, Occurred::Unknown);
    assert_eq!(events[4].1.stands_on, Some(day("2021-11-19")));
}

/// A report without a date counts in the year of its referral, and was annulled without anybody's approval.
#[test]
fn a_report_without_a_date_may_have_been_shown_by_any_pack_that_knew_it() {
    let meeting = "01920000-0000-7000-8000-000000000001";
    for (as_at, is_known) in [(99, true), (0, false)] {
        let mut world = with_child();
        let mut row = referral();
        row.received_on = Some(day("2021-09-16"));
        row.feedback = text("報告書受領");
        let report = world.does(&row).last().unwrap().0;
        for step in [
            json!({"command": "convene-meeting", "meeting": meeting, "occurred": "2022-05-01",
                "planned_on": "2022-05-19"}),
            json!({"command": "freeze-materials", "meeting": meeting, "occurred": "2022-05-12",
                "fiscal_year": 2021, "on_day": "2022-03-31", "as_at": as_at, "head": 99,
                "figures": {"fiscal_year": 2021, "day": "2022-03-31", "as_at": as_at}}),
        ] {
            world.did(step);
        }
        let annul = command(
            json!({"command": "annul-event", "stream": row.stream(ledger()),
            "target": report, "reason": "duplicate"}),
        );

        let refused = world.decide(&annul).err().map(|refused| refused.code());

        assert_eq!(
            refused == Some("FROZEN_FIGURE"),
            is_known,
            "{as_at}: {refused:?}"
        );
    }
}

#[test]
fn a_referral_with_missing_steps_is_taken_and_flagged() {
    let mut world = with_child();
    let mut row = referral();
    row.declined_on = Some(day("2021-09-24"));

    let events = world.does(&row);

    assert_eq!(names(&events), ["referral-made", "referral-declined"]);
    assert_eq!(flags(&events), [Flag::MissingStep, Flag::MissingReason]);
}

#[test]
fn a_referral_whose_steps_cannot_follow_each_other_is_refused() {
    let world = with_child();
    let row = |change: fn(&mut ReferralRow)| {
        let mut row = referral();
        change(&mut row);
        world.refuses_decision(&row)
    };
    assert_eq!(
        row(|row| row.received_on = Some(day("2021-09-09"))),
        ("STEPS_OUT_OF_ORDER", "受理日")
    );
    assert_eq!(
        row(|row| (row.accepted_on, row.declined_on) =
            (Some(day("2021-10-01")), Some(day("2021-10-01")))),
        ("STEPS_OUT_OF_ORDER", "受入不可日")
    );
    assert_eq!(
        row(|row| (row.declined_on, row.completed_on) =
            (Some(day("2021-10-01")), Some(day("2021-10-02")))),
        ("STEPS_OUT_OF_ORDER", "完了日")
    );
    assert_eq!(
        row(|row| row.outcome = Some(Outcome::Served)),
        ("STEPS_OUT_OF_ORDER", "結果")
    );
    assert_eq!(
        row(|row| row.area = Some(Area::OutsideWard)),
        ("UNKNOWN_CODE", "連携先総合支所")
    );
    assert_eq!(
        row(|row| row.child = None),
        ("UNKNOWN_PERSON", "対象者番号")
    );
}

/// A reason without its day counted as a decline, and beside 受入決定日 as a second decision.
#[test]
fn a_reason_without_the_day_of_a_decline_declines_nothing_and_is_not_lost() {
    let mut world = with_child();
    let mut row = referral();
    row.decline_reason = text("定員のため一部のみ");
    row.accepted_on = Some(day("2021-09-24"));
    let before = row.filled();

    let undated = world.refuses_decision(&row);
    row.completed_on = Some(day("2021-11-19"));
    row.outcome = Some(Outcome::Partly);
    let events = world.does(&row);

    assert_eq!(undated, ("MISSING_VALUE", "受入不可日"));
    assert!(before.contains(&"受入不可の理由"));
    let wanted = ["referral-made", "referral-accepted", "referral-completed"];
    assert_eq!(names(&events), wanted);
    assert_eq!(flags(&events), [Flag::MissingStep, Flag::MissingStep]);
    let Event::Referral(ReferralEvent::Completed(completed)) = &events[2].1.event else {
        panic!("a completion");
    };
    assert_eq!(completed.note.text(), Some("定員のため一部のみ"));
}

#[test]
fn a_reason_that_comes_after_the_completion_stands_in_its_note() {
    let mut world = with_child();
    let mut row = referral();
    row.completed_on = Some(day("2021-11-19"));
    row.outcome = Some(Outcome::Partly);
    let before = row.filled();
    world.does(&row);
    row.decline_reason = text("定員のため一部のみ");

    let events = world.does(&Grown::new(row, &before));

    assert_eq!(names(&events), ["event-corrected"]);
}

#[test]
fn a_grown_referral_adds_the_missing_steps_and_corrects_the_recorded_ones() {
    let mut world = with_child();
    let mut row = referral();
    row.request = None;
    row.declined_on = Some(day("2021-09-24"));
    let before = row.filled();
    world.does(&row);
    row.request = text("手当の案内");
    row.received_on = Some(day("2021-09-16"));
    row.decline_reason = text("対象外のため");

    let grown = Grown::new(row.clone(), &before);
    let events = world.does(&grown);

    assert_eq!(grown.newly(), ["依頼内容", "受理日", "受入不可の理由"]);
    assert_eq!(
        names(&events),
        ["referral-received", "event-corrected", "event-corrected"]
    );
    assert_ne!(grown.command(ledger()), row.command(ledger()));
    let stream = row.streams(ledger()).remove(0);
    let declined = world.history(&stream).standing().find_map(|entry| {
        if let Event::Referral(ReferralEvent::Declined(it)) = entry.event() {
            it.reason.text().map(str::to_owned)
        } else {
            None
        }
    });
    assert_eq!(declined.as_deref(), Some("対象外のため"));
    assert_eq!(world.refuses_decision(&grown).0, "NOTHING_CHANGES");
}

#[test]
fn a_grown_referral_does_not_take_back_what_was_corrected_by_hand() {
    let mut world = with_child();
    let mut row = referral();
    row.request = None;
    let before = row.filled();
    let made = world.does(&row)[0].0;
    let stream = row.streams(ledger()).remove(0);
    world.did(serde_json::json!({
        "command": "correct-event", "stream": stream, "target": made,
        "clear": {"section": "child-family"}, "reason": "typo",
    }));
    row.request = text("通所先の調整");

    let events = world.does(&Grown::new(row, &before));

    let Event::Correction(CorrectionEvent::Corrected(corrected)) = &events[0].1.event else {
        panic!("a correction");
    };
    assert_eq!(corrected.payload["section"], "child-family");
    assert_eq!(
        corrected.private_payload.open().unwrap()["request"],
        "通所先の調整"
    );
}

#[test]
fn a_grown_referral_cannot_decide_twice() {
    let mut world = with_child();
    let mut row = referral();
    row.received_on = Some(day("2021-09-16"));
    row.accepted_on = Some(day("2021-09-24"));
    let before = row.filled();
    world.does(&row);
    row.declined_on = Some(day("2021-09-25"));

    let refused = world.refuses_decision(&Grown::new(row, &before));

    assert_eq!(refused, ("STEPS_OUT_OF_ORDER", "受入不可日"));
}
