//! What an audit did, line by line, from its card.

use std::collections::HashMap;

use ledger_core::code::SamplingMethod;
use ledger_core::id::Position;
use ledger_projections::audit::{
    AuditFindingView, Closed, EngagementCard, QuestionView, SampleView,
};
use ledger_projections::card::{Answer, Wait};

use super::super::engagements::{clean, day};
use super::places::{Named, Places};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::reading::{SEED_MAX, SIZE_MAX, drawn};
use crate::render;
use crate::wiring::OpenLedger;

/// Most events of a sample on the page; its file has them all.
const SHOWN_MAX: usize = 100;

/// That the log was recomputed.
pub(super) struct Verification {
    pub(super) recorded_in: Option<Position>,
    pub(super) on: String,
    pub(super) position: Position,
    pub(super) root: String,
    pub(super) is_clean: bool,
    pub(super) result: &'static str,
}

/// A sample, drawn again.
pub(super) struct Sample {
    pub(super) recorded_in: Option<Position>,
    pub(super) on: String,
    pub(super) method: String,
    pub(super) seed: String,
    pub(super) from: Position,
    pub(super) to: Position,
    /// The events that the audit recorded, in drawing order.
    pub(super) events: Vec<Named>,
    /// How many of them stand behind those on the page.
    pub(super) more: usize,
    /// Whether the seed draws the same today.
    pub(super) is_same: bool,
    /// Where it is drawn again and each event checked; none for a sample that is too large for that page.
    pub(super) again: Option<String>,
}

/// What was answered or how something was cleared, and what shows it.
pub(super) struct Said {
    pub(super) recorded_in: Option<Position>,
    pub(super) on: String,
    pub(super) text: Option<String>,
    pub(super) evidence: Vec<Named>,
}

/// A question with its answer.
pub(super) struct Question {
    pub(super) id: String,
    pub(super) recorded_in: Option<Position>,
    pub(super) on: String,
    pub(super) about: Named,
    pub(super) text: Option<String>,
    pub(super) state: String,
    pub(super) is_open: bool,
    pub(super) answer: Option<Said>,
}

/// A finding with its clearance.
pub(super) struct Finding {
    pub(super) id: String,
    pub(super) recorded_in: Option<Position>,
    pub(super) on: String,
    pub(super) severity: String,
    /// The number of the question that led to it.
    pub(super) question: Option<usize>,
    pub(super) text: Option<String>,
    pub(super) state: String,
    pub(super) is_open: bool,
    pub(super) clearance: Option<Said>,
}

/// The end of the audit.
pub(super) struct End {
    pub(super) recorded_in: Option<Position>,
    pub(super) on: String,
    pub(super) reason: Option<String>,
    pub(super) text: Option<String>,
}

pub(super) fn verifications(
    card: &EngagementCard,
    places: &Places,
    lang: Lang,
) -> Vec<Verification> {
    let all = card.verifications.iter();
    let line = |one: &ledger_projections::audit::VerificationView| Verification {
        recorded_in: places.own(one.recorded_in),
        on: day(one.verified_on, lang),
        position: one.position,
        root: one.root.clone(),
        is_clean: one.clean,
        result: clean(one.clean),
    };
    all.map(line).collect()
}

/// The samples, each drawn again.
///
/// # Errors
/// [`Failure`] when the program ends meanwhile.
pub(super) async fn samples(
    open: &OpenLedger,
    card: &EngagementCard,
    places: &Places,
    lang: Lang,
) -> Result<Vec<Sample>, Failure> {
    let mut samples = Vec::new();
    for view in &card.samples {
        samples.push(sample(open, view, (places, lang)).await?);
    }
    Ok(samples)
}

async fn sample(
    open: &OpenLedger,
    view: &SampleView,
    (places, lang): (&Places, Lang),
) -> Result<Sample, Failure> {
    let range = (view.from_position, view.to_position);
    let many = view.events.len();
    let drawn = match view.method {
        SamplingMethod::Random => drawn(open, &view.seed, range, many).await?,
    };
    let recorded = view.events.iter().map(|id| places.position(*id));
    let is_same = recorded.eq(drawn.iter().copied().map(Some));
    let fits = many <= SIZE_MAX && view.seed.chars().count() <= SEED_MAX;
    let asked = [
        ("seed", view.seed.clone()),
        ("n", many.to_string()),
        ("from", range.0.to_string()),
        ("to", range.1.to_string()),
    ];
    let again = fits.then(|| serde_html_form::to_string(asked).ok());
    Ok(Sample {
        recorded_in: places.own(view.recorded_in),
        on: day(view.drawn_on, lang),
        method: render::code_term(view.method.code(), view.method.ja(), lang),
        seed: view.seed.clone(),
        from: range.0,
        to: range.1,
        events: view.events.iter().map(|id| places.named(*id)).collect(),
        more: many.saturating_sub(SHOWN_MAX),
        is_same,
        again: again.flatten(),
    })
}

impl Sample {
    /// The events that stand on the page.
    pub(super) fn shown(&self) -> &[Named] {
        self.events.get(..SHOWN_MAX).unwrap_or(&self.events)
    }
}

pub(super) fn questions(card: &EngagementCard, places: &Places, lang: Lang) -> Vec<Question> {
    let line = |asked: &QuestionView| Question {
        id: asked.question.to_string(),
        recorded_in: places.own(asked.recorded_in),
        on: day(asked.asked_on, lang),
        about: places.named(asked.event),
        text: asked.text.clone(),
        state: state(
            asked.wait,
            (("未回答", "Not answered"), ("回答済み", "Answered")),
            lang,
        ),
        is_open: asked.wait.open,
        answer: asked.answer.as_ref().map(|it| said(it, places, lang)),
    };
    card.questions.iter().map(line).collect()
}

pub(super) fn findings(card: &EngagementCard, places: &Places, lang: Lang) -> Vec<Finding> {
    let questions = card.questions.iter().map(|asked| asked.question);
    let numbers: HashMap<_, usize> = questions.zip(1..).collect();
    let line = |found: &AuditFindingView| Finding {
        id: found.finding.to_string(),
        recorded_in: places.own(found.recorded_in),
        on: day(found.issued_on, lang),
        severity: render::code_term(found.severity.code(), found.severity.ja(), lang),
        question: found.question.and_then(|id| numbers.get(&id).copied()),
        text: found.text.clone(),
        state: state(
            found.wait,
            (("未解消", "Not cleared"), ("解消", "Cleared")),
            lang,
        ),
        is_open: found.wait.open,
        clearance: found.clearance.as_ref().map(|it| said(it, places, lang)),
    };
    card.findings.iter().map(line).collect()
}

pub(super) fn end(closed: &Closed, places: &Places, lang: Lang) -> End {
    End {
        recorded_in: places.own(closed.recorded_in),
        on: day(closed.closed_on, lang),
        reason: closed.reason.clone(),
        text: closed.text.clone(),
    }
}

fn said(answer: &Answer, places: &Places, lang: Lang) -> Said {
    Said {
        recorded_in: places.own(answer.event),
        on: day(answer.answered_on, lang),
        text: answer.text.clone(),
        evidence: answer.evidence.iter().map(|id| places.named(*id)).collect(),
    }
}

/// Whether something waits still, and how long it waits or waited.
fn state(wait: Wait, (open, done): ((&str, &str), (&str, &str)), lang: Lang) -> String {
    let (ja, en) = if wait.open { open } else { done };
    let Some(days) = wait.days else {
        return lang.pick(ja, en).to_owned();
    };
    match lang {
        Lang::Ja => format!("{ja}（{days}日）"),
        Lang::En => format!("{en} ({})", render::counted(days, "day", "days")),
    }
}
