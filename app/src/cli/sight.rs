//! Says at the command line what the committee is not shown.

use super::output;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::reading::Sight;
use crate::world::World;

/// Says what is kept back.
pub(super) fn note(sight: &Sight, lang: Lang, world: &mut World) -> Result<(), Failure> {
    if sight.is_whole() {
        return Ok(());
    }
    let note = lang.pick(
        "※ 運営委員会には、数えた記録は示しません。内訳は、会議の資料として確定した時点（--on と --as-at）の、5以上の数についてだけ示し、1〜4の行を含む区分は区分ごと伏せます。少人数についての数（E-3・E-4・D-7）は、1〜4人がわかるときは示しません。",
        "※ the committee is not shown the events; breakdowns are shown as at a meeting's frozen materials (--on and --as-at) for counts of 5 and more, and of them no group of rows in which one is 1 to 4; of small groups (E-3, E-4, D-7) nothing that tells of 1 to 4 persons.",
    );
    output::line(world, note)
}
