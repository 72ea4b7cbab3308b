//! Money of a fiscal year: budget, spending, subsidy, closing, and what is written late.

use chrono::Days;
use ledger_core::time::FiscalYear;
use serde_json::json;
use uuid::Uuid;

use super::PlayError;
use super::centre::Centre;
use super::scene::Scene;
use super::who::Who;

/// A step, of a fiscal year.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Lines, menus, plan.
    Begin(i32),
    /// The ward applies for the subsidy.
    Apply(i32),
    /// Tokyo decides.
    Decide(i32),
    /// It comes in.
    Receive(i32),
    /// A month's bills.
    Spend(i32),
    /// One of them is taken back.
    Reverse(i32, Uuid, &'static str, u64),
    /// The subsidy is settled.
    Settle(i32),
    /// The year closes.
    Close(i32),
    /// Somebody may write into it after all.
    Late(i32),
    /// … and does.
    LateEntry(i32),
}

/// Lines of the budget with their amount in yen (paper, 1.6).
const LINES: [(&str, u64); 5] = [
    ("相談員", 10_000_000),
    ("保健師", 3_500_000),
    ("顧問", 1_200_000),
    ("医療アドバイザー報償費", 480_000),
    ("その他事務費等", 500_000),
];
/// Menus of the subsidy: name, lines, and what is asked for at the full rate.
const MENUS: [(&str, &[&str], u64); 2] = [
    ("相談", &["相談員"], 8_000_000),
    ("地域支援", &["保健師", "顧問"], 3_300_000),
];
/// The first year in which the subsidy is half (paper, R12: three years of operation in full).
const HALF_FROM: i32 = 2024;

/// Plays a step.
pub(super) async fn play(centre: &mut Centre<'_>, step: Step) -> Result<(), PlayError> {
    match step {
        Step::Begin(year) => begin(centre, year).await,
        Step::Apply(year) => subsidy(centre, (year, "apply-subsidy")).await,
        Step::Decide(year) => subsidy(centre, (year, "decide-subsidy")).await,
        Step::Receive(year) => subsidy(centre, (year, "receive-subsidy")).await,
        Step::Settle(year) => settle(centre, year).await,
        Step::Spend(year) => spend(centre, year).await,
        Step::Reverse(year, id, line, yen) => {
            let fields = json!({"fiscal_year": year, "expenditure": id, "reason": "科目の誤り"});
            centre
                .act(Who::Manager, "reverse-expenditure", fields)
                .await?;
            let spent = centre.spent.entry((year, line)).or_default();
            *spent = spent.saturating_sub(yen);
            Ok(())
        },
        Step::Close(year) => {
            centre.desk.settle().await?;
            let head = centre.desk.stage.store.head().await?;
            let fields = json!({"fiscal_year": year, "as_at": head.position});
            centre
                .act(Who::Manager, "close-fiscal-year", fields)
                .await?;
            centre.later(5, 15, Scene::Money(Step::Late(year)));
            Ok(())
        },
        Step::Late(year) => {
            let fields = json!({"fiscal_year": year, "account": Who::Staff(0).name(),
                "allowed_until": centre.in_days(20),
                "reason": "未入力の相談の記録が見つかったため"});
            centre.act(Who::Manager, "allow-late-entry", fields).await?;
            centre.later(2, 9, Scene::Money(Step::LateEntry(year)));
            Ok(())
        },
        Step::LateEntry(year) => late_entry(centre, year).await,
    }
}

/// What a menu pays of an amount in a year.
fn rated(year: i32, yen: u64) -> u64 {
    if year < HALF_FROM {
        yen
    } else {
        yen.checked_div(2).unwrap_or(0)
    }
}

async fn begin(centre: &mut Centre<'_>, year: i32) -> Result<(), PlayError> {
    for (line, yen) in LINES {
        // The carried plan sets the first year's lines, under longer names.
        let name = format!("{line}（{year}年度）");
        let fields = json!({"fiscal_year": year, "line": line, "name": name, "amount_yen": yen,
            "existing": false});
        centre.act(Who::Manager, "set-budget-line", fields).await?;
    }
    for (menu, lines, asked) in MENUS {
        let rate = if year < HALF_FROM { 100 } else { 50 };
        let fields = json!({"fiscal_year": year, "menu": menu, "lines": lines,
            "name": "小児等在宅医療推進事業", "rate_percent": rate, "cap_yen": 10_000_000});
        centre.act(Who::Manager, "set-subsidy-menu", fields).await?;
        let fields = json!({"fiscal_year": year, "menu": menu, "amount_yen": rated(year, asked)});
        centre.act(Who::Manager, "plan-subsidy", fields).await?;
    }
    let steps = [
        (30, Step::Apply(year)),
        (75, Step::Decide(year)),
        (150, Step::Receive(year)),
    ];
    for (days, step) in steps {
        centre.later(days, days.saturating_add(10), Scene::Money(step));
    }
    let end = FiscalYear::new(year).last_day();
    for (days, step) in [(45, Step::Settle(year)), (65, Step::Close(year))] {
        if let Some(day) = end.checked_add_days(Days::new(days)) {
            centre.agenda.plan(day, Scene::Money(step));
        }
    }
    Ok(())
}

async fn subsidy(
    centre: &mut Centre<'_>,
    (year, name): (i32, &'static str),
) -> Result<(), PlayError> {
    for (menu, _, asked) in MENUS {
        let fields = json!({"fiscal_year": year, "menu": menu, "amount_yen": rated(year, asked)});
        centre.act(Who::Manager, name, fields).await?;
    }
    Ok(())
}

/// Settled at what was spent, as far as it was decided.
async fn settle(centre: &mut Centre<'_>, year: i32) -> Result<(), PlayError> {
    for (menu, lines, asked) in MENUS {
        let of = |line: &&'static str| centre.spent.get(&(year, *line)).copied();
        let spent = lines.iter().filter_map(of).fold(0, u64::saturating_add);
        let yen = rated(year, spent).min(rated(year, asked));
        let fields = json!({"fiscal_year": year, "menu": menu, "amount_yen": yen});
        centre.act(Who::Manager, "settle-subsidy", fields).await?;
    }
    Ok(())
}

async fn spend(centre: &mut Centre<'_>, year: i32) -> Result<(), PlayError> {
    let months = if year == 2021 { 8 } else { 12 };
    for (line, yen) in LINES {
        let share = yen.checked_div(months).unwrap_or(0);
        let share = share.saturating_sub(centre.draws.below(20_000));
        let nth = centre.turn("voucher", usize::MAX).saturating_add(1);
        let fields = json!({"fiscal_year": year, "line": line, "amount_yen": share,
            "voucher": format!("R{year}-{nth:04}"), "payee": "社会福祉法人見本会",
            "note": "月分"});
        let spent = centre
            .act(Who::Manager, "record-expenditure", fields)
            .await?;
        let sum = centre.spent.entry((year, line)).or_default();
        *sum = sum.saturating_add(share);
        if centre.turn("expenditure", 40) == 7 {
            let id = spent.made("expenditure");
            let step = Step::Reverse(year, id, line, share);
            centre.later(3, 12, Scene::Money(step));
        }
    }
    Ok(())
}

/// A consultation of the closed year's last day is written down after all.
async fn late_entry(centre: &mut Centre<'_>, year: i32) -> Result<(), PlayError> {
    let day = FiscalYear::new(year).last_day();
    let Some(child) = centre.somebody_who(|person| person.born < day) else {
        return Ok(());
    };
    let fields = json!({"children": [super::centre::number(child)], "occurred": day.to_string(),
        "consulter": "guardian", "channel": "visit", "topics": ["respite"], "action": "advice",
        "content": "訪問先で受けた相談（後日記録）。"});
    centre
        .act(Who::Staff(0), "record-consultation", fields)
        .await
        .map(drop)
}
