//! A meeting's frozen figures, recomputed from the log and compared with what was frozen and what is shown.

use ledger_core::id::Position;
use ledger_projections::catch_up;
use ledger_projections::committee::Materials;
use ledger_projections::facts::{FactReader, Facts};
use ledger_projections::indicators::{Pack, PackEntry, Scope, find, pack};
use serde_json::{Value, json};

use super::output;
use super::verify::scratch;
use crate::failure::Failure;
use crate::fault::{run_failure, views_failure};
use crate::lang::Lang;
use crate::reading::{Sight, frozen_at, pack_failure, reached};
use crate::render::amount;
use crate::wiring::OpenLedger;
use crate::world::World;

/// What was frozen, what the log makes of it now, and what the kept tables show.
pub(super) struct Recomputed {
    as_at: Position,
    /// The digest that was recorded when the figures were frozen.
    frozen: String,
    /// The digest of the figures that the log makes.
    of_log: String,
    /// The digest of the figures that the kept tables make.
    of_views: String,
    /// The figures that differ; those that were frozen are compared where they can be read.
    differing: Vec<Differing>,
    /// Whether the tables are not what the log makes.
    is_stale: bool,
}

/// A figure that is not the same everywhere.
struct Differing {
    frozen: Option<PackEntry>,
    of_log: PackEntry,
    of_views: PackEntry,
}

impl Recomputed {
    /// Whether the log and the tables both make what was frozen.
    pub(super) fn agrees(&self) -> bool {
        self.frozen == self.of_log && self.of_log == self.of_views
    }

    /// The figures that differ, as far as they may be seen.
    fn seen<'a>(&'a self, sight: &'a Sight) -> impl Iterator<Item = &'a Differing> {
        let hides = |entry: &PackEntry| sight.hides(&entry.indicator, &entry.value);
        self.differing.iter().filter(move |one| {
            let mut all = one.frozen.iter().chain([&one.of_log, &one.of_views]);
            !all.any(hides)
        })
    }

    /// The same, for machines, as far as it may be seen.
    pub(super) fn as_json(&self, sight: &Sight) -> Value {
        let seen = |entry: &PackEntry| {
            let mut entry = entry.clone();
            sight.close(&mut entry);
            entry
        };
        let differing = self.seen(sight);
        let figures = differing.map(|one| {
            json!({
                "indicator": one.of_log.indicator,
                "frozen": one.frozen.as_ref().map(seen),
                "of_log": seen(&one.of_log),
                "of_views": seen(&one.of_views),
            })
        });
        json!({
            "agrees": self.agrees(),
            "as_at": self.as_at,
            "frozen_digest": self.frozen,
            "log_digest": self.of_log,
            "views_digest": self.of_views,
            "differing": figures.collect::<Vec<_>>(),
        })
    }
}

/// Folds the log up to the frozen position into empty tables, and compares.
pub(super) async fn recompute(
    open: &OpenLedger,
    materials: &Materials,
) -> Result<Recomputed, Failure> {
    let head = open.catch_up(&Facts, &mut |_, _| {}).await?;
    let at = reached(materials.as_at, head, "--now")?;
    let scope = Scope {
        year: materials.fiscal_year,
        day: materials.on_day,
    };
    let (_folder, empty) = scratch().map_err(|error| views_failure(&error))?;
    let store = open.store.as_ref();
    let folded = catch_up::catch_up(store, &empty, at, &mut |_, _| {}).await;
    folded.map_err(|error| run_failure(&error))?;
    let made = pack(store, &FactReader::once(empty), scope, at).await;
    let made = made.map_err(|error| pack_failure(&error))?;
    let of_log = made.digest().map_err(|error| pack_failure(&error))?;
    let (shown, of_views) = frozen_at(open, scope, at).await?;
    let was = materials.figures.as_deref().map(Pack::read);
    Ok(Recomputed {
        as_at: at,
        frozen: materials.digest.clone(),
        is_stale: of_log != of_views,
        of_log,
        of_views,
        // Figures of another shape are told by the digest alone.
        differing: differing(was.and_then(Result::ok), made, shown),
    })
}

fn differing(frozen: Option<Pack>, of_log: Pack, of_views: Pack) -> Vec<Differing> {
    let frozen = frozen.map(|pack| pack.figures);
    let was = |id: &str| frozen.as_ref()?.iter().find(|was| was.indicator == id);
    let pairs = of_log.figures.into_iter().zip(of_views.figures);
    let all = pairs.map(|(of_log, of_views)| Differing {
        frozen: was(&of_log.indicator).cloned(),
        of_log,
        of_views,
    });
    let differs = |one: &Differing| {
        let was = one.frozen.as_ref();
        one.of_log != one.of_views || was.is_some_and(|was| *was != one.of_log)
    };
    all.filter(differs).collect()
}

/// Says whether they agree, and which figures do not.
pub(super) fn show(
    now: &Recomputed,
    sight: &Sight,
    lang: Lang,
    world: &mut World,
) -> Result<(), Failure> {
    let at = now.as_at;
    if now.agrees() {
        let digest = &now.of_log;
        return output::line(
            world,
            lang.pick(
                &format!("一致: 位置{at}までの記録から計算し直した資料は、確定した資料と同じです（{digest}）。"),
                &format!("agrees: the figures recomputed from the log up to position {at} are those that were frozen ({digest})"),
            ),
        );
    }
    output::line(
        world,
        lang.pick(
            &format!("不一致: 位置{at}の時点の資料が、確定した資料と異なります。"),
            &format!("differs: the figures as at position {at} are not those that were frozen"),
        ),
    )?;
    let digests = [
        (("確定した要約値", "frozen digest"), &now.frozen),
        (
            ("記録から計算した要約値", "digest from the log"),
            &now.of_log,
        ),
        (
            ("集計表による要約値", "digest from the tables"),
            &now.of_views,
        ),
    ];
    for ((ja, en), digest) in digests {
        output::line(world, &format!("  {}: {digest}", lang.pick(ja, en)))?;
    }
    for one in now.seen(sight) {
        output::line(world, &in_a_line(one, lang))?;
    }
    output::line(world, advice(now, lang))
}

fn in_a_line(one: &Differing, lang: Lang) -> String {
    let id = &one.of_log.indicator;
    let (name, unit) = find(id).map_or(("", ""), |known| {
        (lang.pick(known.ja, known.en), known.unit_ja)
    });
    let said = |entry: &PackEntry| amount(&entry.value, unit, lang);
    let (made, shown) = (said(&one.of_log), said(&one.of_views));
    let was = one.frozen.as_ref().map(said);
    if made == shown && was.as_ref().is_none_or(|was| *was == made) {
        let same = lang.pick(
            "値は同じで、数えた記録または内訳が異なる",
            "the same value, made of other events or another breakdown",
        );
        return format!("  {id:<4} {name}  {made}  {same}");
    }
    let part = |(ja, en): (&str, &str), said: &str| format!("  {} {said}", lang.pick(ja, en));
    let was = was.map(|was| part(("確定時", "frozen"), &was));
    let made = part(("記録から", "from the log"), &made);
    let shown = part(("集計表", "tables"), &shown);
    format!("  {id:<4} {name}{}{made}{shown}", was.unwrap_or_default())
}

fn advice(now: &Recomputed, lang: Lang) -> &'static str {
    if now.is_stale {
        return lang.pick(
            "  集計表が記録と異なります。`care-ledger verify` で確かめ、`care-ledger rebuild facts` で作り直せます。",
            "  the tables are not what the log makes; care-ledger verify shows where, care-ledger rebuild facts makes them anew",
        );
    }
    if now.differing.is_empty() {
        return lang.pick(
            "  集計表は記録のとおりですが、確定した要約値と異なります。要約値だけからは、どの指標かは分かりません。確定時の資料の控えと `care-ledger pack` の出力を比べ、`care-ledger verify` も確かめてください。",
            "  the tables are what the log makes, yet not what was frozen; a digest alone does not tell which figure. Compare the paper of the meeting with care-ledger pack, and run care-ledger verify",
        );
    }
    lang.pick(
        "  集計表は記録のとおりです。確定のあとに数え方が改められています。確定時の数は `care-ledger meeting N --figures` で見られます。",
        "  the tables are what the log makes; the way of counting was changed after the freezing. care-ledger meeting N --figures shows the figures as they were frozen",
    )
}
