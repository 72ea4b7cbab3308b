//! Settings, posts and accounts: how the centre is set up, and what changes from year to year.

use ledger_core::event::ProgrammeEvent;
use ledger_core::time::{Day, FiscalYear};
use serde_json::json;
use uuid::Uuid;

use super::centre::Centre;
use super::scene::Scene;
use super::who::Who;
use super::words::AREAS;
use super::{PlayError, Settings};

/// A step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The new fiscal year's numbers and terms.
    Year,
    /// A concurrent post gets in the way.
    Conflict,
    /// A post is filled anew.
    Post,
    /// Somebody helps out for a while.
    Helper,
    /// The helper becomes the secretariat's.
    HelperMoves(Uuid),
    /// The helper leaves.
    HelperLeaves(Uuid),
}

/// The post of the advisors in the carried plan.
const ADVISORS: &str = "2";
/// The post of the adviser in the carried plan.
const ADVISER: &str = "4";

/// Levels that completion of training asks for.
const REQUIRED: [(&str, u32); 6] = [
    ("medical-knowledge", 2),
    ("local-resources", 2),
    ("network", 2),
    ("planning", 3),
    ("family-support", 2),
    ("discharge", 2),
];

/// Sets a new ledger up: programme, money, accounts, what training asks for.
pub(super) async fn found(centre: &mut Centre<'_>, settings: Settings) -> Result<(), PlayError> {
    let Settings { programme, books } = settings;
    let starts_on = programme.period.starts_on;
    let (desk, draws) = (&mut centre.desk, &mut centre.draws);
    let name = (Who::Founder, "set-up-programme");
    desk.decide(name, &programme, draws).await?;
    if let Some(books) = &books {
        let name = (Who::Founder, "set-up-books");
        desk.decide(name, books, draws).await?;
    }
    open_account(centre, (Who::Founder, Who::Admin), "見本　管理").await?;
    for (who, person) in [
        (Who::Manager, "見本　長子"),
        (Who::Auditor, "見本　監一"),
        (Who::Committee, "見本　庶務"),
    ] {
        open_account(centre, (Who::Admin, who), person).await?;
    }
    for index in 0..centre.staff {
        let person = format!("見本　職員{}", index.saturating_add(1));
        open_account(centre, (Who::Admin, Who::Staff(index)), &person).await?;
    }
    for (competency, level) in REQUIRED {
        let fields = json!({"competency": competency, "level": level});
        centre
            .act(Who::Manager, "require-competency", fields)
            .await?;
    }
    move_start(centre, starts_on).await?;
    terms(centre).await
}

/// The carried settings as of a sample, with a first day of service that is moved later on.
pub(super) fn of_a_sample(mut settings: Settings) -> Settings {
    let definition = &mut settings.programme.definition;
    definition.name_ja = format!("【見本】{}", definition.name_ja);
    definition.name_en = format!("SAMPLE: {}", definition.name_en);
    definition.source = format!("【見本】{}", definition.source);
    for event in &mut settings.programme.further {
        if let ProgrammeEvent::ContractorAppointed(appointed) = event {
            appointed.basis_ja = format!("【見本】{}", appointed.basis_ja);
        }
    }
    settings
}

async fn open_account(
    centre: &mut Centre<'_>,
    (by, who): (Who, Who),
    person: &str,
) -> Result<(), PlayError> {
    let fields = json!({"name": who.name(), "role": who.role(), "person": person});
    centre.act(by, "open-account", fields).await.map(drop)
}

/// The start may move with the ward's finances (paper 3(3)): it is put off and taken back.
async fn move_start(centre: &mut Centre<'_>, starts_on: Day) -> Result<(), PlayError> {
    let later = starts_on.checked_add_months(chrono::Months::new(1));
    let moves = [
        (later.unwrap_or(starts_on), "財政見通しの確認のため"),
        (starts_on, "財政見通しが確定したため"),
    ];
    for (day, reason) in moves {
        let fields = json!({"starts_on": day.to_string(), "reason": reason});
        centre.act(Who::Manager, "move-start", fields).await?;
    }
    Ok(())
}

/// What is said of the settings once more, as the ward does when it settles them.
async fn terms(centre: &mut Centre<'_>) -> Result<(), PlayError> {
    let term = json!({"term": "referral-receipt", "days": 5, "business_days": true});
    centre.act(Who::Manager, "set-review-term", term).await?;
    // Tried with the staff for a while, and left to each of them again.
    for required in [true, false] {
        let rule = json!({"role": "staff", "required": required});
        centre
            .act(Who::Admin, "set-second-factor-rule", rule)
            .await?;
    }
    let rule = json!({"rule": {"rule": "CR-見本-1", "stated": false,
        "text_ja": "見本の台帳の数は、実際の事業の数ではない。",
        "text_en": "The numbers of a sample ledger are not those of the programme."}});
    centre
        .act(Who::Manager, "adopt-counting-rule", rule)
        .await?;
    Ok(())
}

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Year => year(centre).await,
        Step::Conflict => {
            let note =
                json!({"post": ADVISORS, "note": "相談の時間が重なり、折り返しが翌日になった。"});
            let staff = centre.any_staff();
            let noted = centre.act(staff, "note-concurrent-conflict", note).await;
            noted.map(drop)
        },
        Step::Post => post(centre).await,
        Step::Helper => {
            let name = format!("mihon-helper-{}", centre.year());
            let fields = json!({"name": name, "role": "staff", "person": "見本　応援"});
            centre.act(Who::Admin, "open-account", fields).await?;
            let ledger = centre.desk.stage.ledger.id();
            let account = ledger.derive("account", &[&name]);
            centre.later(90, 120, Scene::Settings(Step::HelperMoves(account)));
            Ok(())
        },
        Step::HelperMoves(account) => {
            let fields = json!({"account": account, "role": "committee"});
            centre
                .act(Who::Admin, "change-account-role", fields)
                .await?;
            centre.later(60, 90, Scene::Settings(Step::HelperLeaves(account)));
            Ok(())
        },
        Step::HelperLeaves(account) => {
            let fields = json!({"account": account});
            centre
                .act(Who::Admin, "close-account", fields)
                .await
                .map(drop)
        },
    }
}

/// A fiscal year's population, terms and planned number.
async fn year(centre: &mut Centre<'_>) -> Result<(), PlayError> {
    let year = centre.year();
    let persons = u64::from(centre.options.children);
    for area in AREAS {
        let most = persons.checked_div(5).unwrap_or(0).saturating_add(4);
        let known = centre.draws.between(1, most);
        let source = format!("{year}年度 実態調査（見本）");
        let fields = json!({"area": area, "persons": known, "source": source});
        centre
            .act(Who::Manager, "set-known-population", fields)
            .await?;
    }
    let version = centre.turn("code-table", usize::MAX).saturating_add(1);
    let term = format!("退院・在宅移行（{year}年度）");
    let fields = json!({"table": "topic", "version": version,
        "terms": [{"code": "discharge", "term_ja": term}]});
    centre
        .act(Who::Manager, "revise-code-table", fields)
        .await?;
    let planned = json!({"planned": {"service": "specialist-consultation", "fiscal_year": year,
        "low": if year == 2021 { 500 } else { 1_000 }, "high": if year == 2021 { 500 } else { 1_000 },
        "unit": "件", "count_rule_ja": "延べ件数", "approximate": true}});
    centre
        .act(Who::Manager, "set-planned-number", planned)
        .await?;
    Ok(())
}

/// The adviser's post ends with the year and is set anew.
async fn post(centre: &mut Centre<'_>) -> Result<(), PlayError> {
    let last = FiscalYear::new(centre.year()).last_day();
    let post = centre
        .adviser
        .map_or_else(|| json!(ADVISER), |post| json!(post));
    let ended = json!({"post": post, "ends_on": last.to_string()});
    centre.act(Who::Manager, "end-staff-post", ended).await?;
    let next = last.succ_opt().unwrap_or(last);
    let set = json!({"kind": "adviser", "words": "顧問（非常勤・兼務1名）", "concurrent": true,
        "concurrent_hundredths": 20, "starts_on": next.to_string()});
    let post = centre
        .act(Who::Manager, "set-staff-post", set)
        .await?
        .made("post");
    centre.adviser = Some(post);
    Ok(())
}
