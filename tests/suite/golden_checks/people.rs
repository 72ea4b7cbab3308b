//! Checks 4, 13 and 15: the ventilator rule, who can move, who has grown up.

use ledger_tests::ledger::Engine;
use serde_json::{Value, json};

use super::{Centre, about, consultation, count, share};

fn ventilator(name: &str, on: &str) -> Value {
    about(name, on, json!({"procedure": "ventilator"}))
}

pub(super) async fn check_04_a_ventilator_users_plan_is_the_district_centres(engine: Engine) {
    let centre = Centre::with_child(engine).await;
    centre
        .did(ventilator("start-care-procedure", "2021-08-15"))
        .await;
    let draft = |office: &str| {
        let fields = json!({"plan": "D1", "office": office, "method": "visit"});
        about("draft-disaster-plan", "2021-09-01", fields)
    };

    let refused = centre.refused(draft("centre")).await;
    assert_eq!(
        refused,
        ("VENTILATOR_NOT_CENTRE".to_owned(), "office".to_owned())
    );
    let mut elsewhere = draft("district-centre");
    elsewhere["area"] = "kinuta".into();
    let refused = centre.refused(elsewhere).await;
    assert_eq!(refused, ("OTHER_AREA".to_owned(), "out_of_area".to_owned()));
    centre.did(draft("district-centre")).await;

    let right = centre.indicator("D-7", "2021", &[]).await["value"].take();
    assert_eq!(right, share(1, 1));
    let plan = async || centre.ask(&["timeline", "C001"]).await["disaster_plans"][0].take();
    let drafted = plan().await;
    assert_eq!(drafted["office"], "district-centre");
    assert_eq!(
        drafted["area"], "kitazawa",
        "the branch of the person's area"
    );

    // The support moves only when the ventilator is gone, with a hand-over.
    centre
        .did(about(
            "make-referral",
            "2022-10-01",
            json!({"referral": "F1", "area": "kitazawa",
            "section": "health-welfare", "urgency": "normal"}),
        ))
        .await;
    let back = about(
        "transfer-disaster-plan",
        "2022-10-01",
        json!({"plan": "D1", "to": "centre",
        "reason": "ventilator-ended", "referral": "F1"}),
    );
    let refused = centre.refused(back.clone()).await;
    assert_eq!(
        refused,
        ("VENTILATOR_NOT_CENTRE".to_owned(), "to".to_owned())
    );
    centre
        .did(ventilator("end-care-procedure", "2022-09-30"))
        .await;
    centre.did(back).await;

    assert_eq!(plan().await["office"], "centre");
    let timeline = centre.ask(&["timeline", "C001"]).await;
    let entries = timeline["entries"].as_array().unwrap();
    let moved = entries
        .iter()
        .find(|entry| entry["event_type"] == "disaster-plan-transferred");
    let referral = &timeline["referrals"][0]["referral"];
    assert_eq!(&moved.unwrap()["fields"]["referral"], referral);
}

pub(super) async fn check_13_movable_needs_light_impairment_and_no_certificate_on_the_day(
    engine: Engine,
) {
    let centre = Centre::with_child(engine).await;
    let assessments = [
        ("2021-09-01", "none", false, true),
        ("2021-10-01", "mild", false, true),
        ("2021-11-01", "moderate", false, false),
        ("2021-12-01", "severe", false, false),
        ("2022-01-01", "none", true, false),
        ("2022-02-01", "mild", true, false),
        ("2022-03-01", "mild", false, true),
    ];
    for (on, impairment, certified, _) in assessments {
        let fields = json!({"motor_impairment": impairment, "smid_certified": certified});
        centre.did(about("assess-mobility", on, fields)).await;
    }
    let movable = async |on: &str| {
        let timeline = centre.ask(&["timeline", "C001", "--as-of", on]).await;
        let figures = centre.ask(&["figures", "--on", on]).await;
        (
            timeline["person"]["movable"].clone(),
            figures["movable_persons"].clone(),
        )
    };

    assert_eq!(movable("2021-08-31").await, (false.into(), 0.into()));
    for (on, impairment, certified, expected) in assessments {
        let expected = (expected.into(), u64::from(expected).into());
        assert_eq!(movable(on).await, expected, "{impairment} {certified}");
    }
    assert_eq!(
        movable("2021-10-31").await,
        (true.into(), 1.into()),
        "the day before the next"
    );
}

pub(super) async fn check_15_a_grown_person_stays_and_is_asked_for_consent_at_eighteen(
    engine: Engine,
) {
    let centre = Centre::new(engine).await;
    centre.register("C001", "2005-05-11").await;
    centre.register("C002", "1990-01-20").await;
    let consent = json!({"recipients": ["hospital"], "data": ["medical-care"],
        "purpose": "discharge", "form": "written", "given_by": "guardian"});
    centre
        .did(about("give-consent", "2021-08-06", consent.clone()))
        .await;

    // Who is grown up is counted and has a timeline like anybody else.
    centre.did(consultation("C002", "2023-06-01")).await;
    let timeline = centre
        .ask(&["timeline", "C002", "--as-of", "2023-06-01"])
        .await;
    assert_eq!(timeline["person"]["age_years"], 33);
    assert_eq!(
        centre.indicator("A-2", "2023", &[]).await["value"],
        count(1)
    );
    assert_eq!(
        centre.ask(&["figures", "--on", "2023-06-01"]).await["persons"],
        2
    );

    let work = async |on: &str| {
        let line = [
            "work-list",
            "--on",
            on,
            "--kind",
            "reconsent",
            "--for",
            "C001",
        ];
        centre.ask(&line).await["items"].as_array().unwrap().len()
    };
    assert_eq!(work("2023-04-30").await, 0);
    assert_eq!(work("2023-05-11").await, 1, "the 18th birthday");
    assert_eq!(
        work("2023-06-01").await,
        1,
        "the guardian's consent still stands in"
    );
    let mut own = about("give-consent", "2023-06-02", consent);
    own["given_by"] = "person".into();
    centre.did(own).await;
    assert_eq!(work("2023-06-02").await, 0);
    let grown = centre
        .ask(&["timeline", "C001", "--as-of", "2023-06-02"])
        .await;
    assert_eq!(grown["person"]["age_years"], 18);
}
