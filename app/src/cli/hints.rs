//! Hints that several commands give.

use ledger_core::actor::Role;

use super::output;
use crate::lang::Lang;
use crate::rights::reads_all;
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

/// Says that a role reads only a part of the log.
pub(super) fn partial(role: Role, lang: Lang, world: &mut World) {
    if !reads_all(role) {
        output::note(world, lang.pick(
            "閲覧・サインイン・持ち出しの記録（access）は、この役割では見られないので含めていません。",
            "who opened what, signed in and took what along (access) is left out: this role does not read it",
        ));
    }
}
