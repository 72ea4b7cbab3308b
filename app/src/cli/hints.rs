//! Hints that several commands give.

use super::output;
use crate::lang::Lang;
use crate::wiring::OpenLedger;
use crate::world::World;

/// Says that the login could do more than the program needs.
pub(super) fn elevated(open: &OpenLedger, lang: Lang, world: &mut World) {
    if open.elevated {
        output::note(world, lang.pick(
            "注意: 管理者のログインで接続しています。日常の操作には init の --app-role のロールを使ってください。",
            "note: this login owns the ledger or more; use the role of init's --app-role for daily work",
        ));
    }
}
