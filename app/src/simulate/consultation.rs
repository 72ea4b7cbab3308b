//! Consultations: about known persons, siblings, nobody known; next steps; the families' voices.

use chrono::{Days, TimeDelta};
use ledger_core::time::Day;
use serde_json::{Value, json};
use uuid::Uuid;

use super::centre::{Centre, number};
use super::scene::Scene;
use super::words::{ACTIONS, CHANNELS, CONSULTERS, PROMISES, TALKS, VOICES};
use super::{PlayError, correction};

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// About somebody known, or about nobody where nobody is.
    Known,
    /// About somebody known, in the evening before.
    Evening,
    /// About nobody known.
    Inquiry,
    /// An inquiry turns out to be about somebody.
    Link(Uuid),
    /// … and was about somebody else.
    Unlink(Uuid, u32),
    /// A promised next step.
    Promised(u32, Uuid),
    /// A family says how they are.
    Voice(u32, &'static str),
}

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Known => talk(centre, false).await,
        Step::Evening => talk(centre, true).await,
        Step::Inquiry => inquiry(centre).await,
        Step::Link(inquiry) => link(centre, inquiry).await,
        Step::Unlink(inquiry, child) => {
            let who = centre.staff_of(child);
            let fields = json!({"inquiry": inquiry, "reason": "同じ名字の別の方だった。"});
            centre
                .about((who, child), "unlink-inquiry", fields)
                .await
                .map(drop)
        },
        Step::Promised(child, id) => promised(centre, child, id).await,
        Step::Voice(child, stage) if centre.is_open(child) => voice(centre, child, stage).await,
        Step::Voice(..) => Ok(()),
    }
}

async fn talk(centre: &mut Centre<'_>, evening: bool) -> Result<(), PlayError> {
    let Some(child) = centre.somebody() else {
        return inquiry(centre).await;
    };
    let who = centre.staff_of(child);
    centre.look_if_in_charge(who, child).await?;
    let (mut fields, area) = (content(centre), centre.person(child).map(|it| it.area));
    let children = children(centre, child);
    let alone = children.len() == 1;
    let due = centre.draws.between(3, 21);
    let promise = alone && centre.draws.chance(22);
    if let Value::Object(fields) = &mut fields {
        fields.insert("children".to_owned(), json!(children));
        fields.insert("area".to_owned(), json!(area));
        fields.insert("occurred".to_owned(), json!(when(centre, evening)));
        if promise {
            let what = centre.draws.word(PROMISES);
            fields.insert("follow_up_due_on".to_owned(), json!(centre.in_days(due)));
            fields.insert("follow_up_owner".to_owned(), json!(who.name()));
            fields.insert("follow_up_what".to_owned(), json!(what));
        }
    }
    let done = centre.act(who, "record-consultation", fields).await?;
    if promise {
        let step = Step::Promised(child, done.nth(1).uuid());
        centre.later(
            due.saturating_sub(4),
            due.saturating_add(1),
            Scene::Consultation(step),
        );
    } else if alone {
        afterwards(centre, (child, who), done).await?;
    }
    Ok(())
}

/// What may follow a consultation: a promise made afterwards, or a slip that is put right.
async fn afterwards(
    centre: &mut Centre<'_>,
    (child, who): (u32, super::who::Who),
    done: super::stage::Done,
) -> Result<(), PlayError> {
    if centre.turn("promise-afterwards", 12) == 4 {
        let due = centre.draws.between(5, 20);
        let fields = json!({"due_on": centre.in_days(due), "owner": who.name(),
            "consultation": done.made("consultation"), "what": centre.draws.word(PROMISES)});
        let promise = centre
            .about((who, child), "schedule-follow-up", fields)
            .await?;
        let step = Step::Promised(child, promise.made("follow-up"));
        centre.later(
            due.saturating_sub(4),
            due.saturating_add(1),
            Scene::Consultation(step),
        );
    } else if centre.turn("slip", 20) == 5 {
        let step = match centre.turn("kind-of-slip", 3) {
            0 => correction::Step::Correct(child, done.event()),
            1 => correction::Step::Reassign(child, done.event()),
            _ => correction::Step::Annul(child, done.event()),
        };
        centre.later(2, 12, Scene::Correction(step));
    }
    Ok(())
}

/// The person, and the brother or sister where it is about both.
fn children(centre: &mut Centre<'_>, child: u32) -> Vec<String> {
    let mut children = vec![number(child)];
    let next = child.saturating_add(1);
    let both = centre.person(child).is_some_and(|person| person.sibling);
    if both && centre.is_open(next) && centre.draws.chance(60) {
        children.push(number(next));
    }
    children
}

/// What was said, without whom it was about.
fn content(centre: &mut Centre<'_>) -> Value {
    let draws = &mut centre.draws;
    let talk = draws.index(TALKS.len());
    let (topic, text) = TALKS.get(talk).copied().unwrap_or_default();
    let mut topics = vec![topic];
    if draws.chance(20) {
        let other = draws.index(TALKS.len());
        topics.extend(TALKS.get(other).map(|(topic, _)| *topic));
    }
    let minutes = draws.between(1, 12).saturating_mul(5);
    json!({"consulter": draws.word(CONSULTERS), "channel": draws.word(CHANNELS),
        "topics": topics, "action": draws.word(ACTIONS), "content": text,
        "duration_minutes": minutes})
}

/// Some minutes ago, or last evening.
fn when(centre: &mut Centre<'_>, evening: bool) -> String {
    let now = centre.desk.now().in_japan();
    if evening {
        let day: Day = now
            .date()
            .checked_sub_days(Days::new(1))
            .unwrap_or(now.date());
        let hour = centre.draws.between(18, 21);
        let minute = centre.draws.below(60);
        return format!("{day}T{hour:02}:{minute:02}");
    }
    let ago = i64::try_from(centre.draws.between(6, 25)).unwrap_or(6);
    let at = now
        .checked_sub_signed(TimeDelta::minutes(ago))
        .unwrap_or(now);
    at.format("%Y-%m-%dT%H:%M").to_string()
}

async fn inquiry(centre: &mut Centre<'_>) -> Result<(), PlayError> {
    let who = centre.any_staff();
    let mut fields = content(centre);
    let named = centre.draws.chance(30);
    if let Value::Object(fields) = &mut fields {
        fields.insert("occurred".to_owned(), json!(when(centre, false)));
        let area = centre.draws.word(super::words::AREAS);
        fields.insert("area".to_owned(), json!(area));
        if named {
            fields.insert("name_given".to_owned(), json!("見本"));
        }
    }
    let done = centre.act(who, "record-inquiry", fields).await?;
    if centre.turn("inquiry", 4) == 1 {
        let step = Step::Link(done.made("inquiry"));
        centre.later(3, 30, Scene::Consultation(step));
    }
    Ok(())
}

async fn link(centre: &mut Centre<'_>, inquiry: Uuid) -> Result<(), PlayError> {
    let Some(child) = centre.somebody() else {
        return Ok(());
    };
    let who = centre.staff_of(child);
    let fields = json!({"inquiry": inquiry, "note": "二度目の電話で氏名を伺った。"});
    centre.about((who, child), "link-inquiry", fields).await?;
    if centre.turn("unlink", 5) == 2 {
        centre.later(1, 10, Scene::Consultation(Step::Unlink(inquiry, child)));
    }
    Ok(())
}

async fn promised(centre: &mut Centre<'_>, child: u32, id: Uuid) -> Result<(), PlayError> {
    if !centre.is_open(child) {
        return Ok(());
    }
    let who = centre.staff_of(child);
    match centre.turn("promised", 10) {
        // Forgotten: it stays due.
        6 => Ok(()),
        3 => {
            let fields = json!({"follow_up": id, "reason": "ご家族が直接申し込まれた。"});
            centre
                .about((who, child), "cancel-follow-up", fields)
                .await
                .map(drop)
        },
        _ => {
            let fields = json!({"follow_up": id, "note": "電話で伝えた。"});
            centre
                .about((who, child), "finish-follow-up", fields)
                .await
                .map(drop)
        },
    }
}

/// Asks the family; one in eight does not answer.
pub(super) async fn voice(
    centre: &mut Centre<'_>,
    child: u32,
    stage: &'static str,
) -> Result<(), PlayError> {
    let who = centre.staff_of(child);
    let today = centre.today();
    let speaker = centre.person(child).map(|person| person.speaker(today));
    let fields = if centre.turn("voice", 8) == 5 {
        json!({"stage": stage, "answered": false})
    } else {
        let (anxiety, satisfaction) = (centre.draws.between(1, 5), centre.draws.between(2, 5));
        json!({"stage": stage, "answered": true, "speaker": speaker, "anxiety": anxiety,
            "satisfaction": satisfaction, "voice": centre.draws.word(VOICES)})
    };
    centre
        .about((who, child), "record-family-voice", fields)
        .await
        .map(drop)
}
