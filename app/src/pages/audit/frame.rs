//! What stands around the pages of the audit: the way among them.

use ledger_commands::authorise::{Action, Subject};

use super::super::chrome::Chrome;
use super::super::door::SignedIn;
use super::super::fault::Refusal;
use super::super::language::t;

/// A page: its path, its title and what it is for, in both languages.
pub(super) struct Section {
    pub(super) path: &'static str,
    pub(super) title: (&'static str, &'static str),
    pub(super) about: (&'static str, &'static str),
}

/// The audits themselves, which whoever reads events sees: who is asked answers there.
pub(super) const ENGAGEMENTS: &str = "/audit/engagements";

/// The pages, the one that lists the others first.
pub(super) const SECTIONS: &[Section] = &[
    Section {
        path: "/audit",
        title: ("監査", "Audit"),
        about: ("", ""),
    },
    Section {
        path: ENGAGEMENTS,
        title: ("監査の実施状況", "Audits"),
        about: (
            "監査ごとに、対象、標本、質問と回答、指摘と解消を見ます。",
            "Each audit with its scope, samples, questions, answers, findings and clearances.",
        ),
    },
    Section {
        path: "/audit/corrections",
        title: ("訂正・取消の一覧", "Corrections"),
        about: (
            "訂正・取消し・付替えと取消しの撤回を、もとの記録と並べて見ます。",
            "What was corrected, annulled, reassigned and taken back, beside the original.",
        ),
    },
    Section {
        path: "/audit/imports",
        title: ("取込みの来歴", "Imports"),
        about: (
            "表計算の台帳から取り込んだ記録が、どのファイルのどの行から来たかを見ます。",
            "From which file and row imported events come.",
        ),
    },
    Section {
        path: "/audit/rules",
        title: ("数え方の仮定", "Assumed rules"),
        about: (
            "区の資料にない数え方と規則を、だれがいつ定めたか、別の読み方では数がどうなるかを見ます。",
            "Who set each rule that the ward's paper does not state, and the figures under another reading.",
        ),
    },
    Section {
        path: "/audit/access",
        title: ("閲覧の点検", "Access review"),
        about: (
            "だれがだれの記録を開いたかを月ごとに点検します。",
            "Who opened whose record, month by month.",
        ),
    },
    Section {
        path: "/audit/sample",
        title: ("標本の抽出と検証", "Sampling and verification"),
        about: (
            "種（シード）からだれでも同じ標本を引き、その一件ずつと台帳全体が改ざんされていないことを確かめます。",
            "Draws a sample that anybody draws again from its seed, and checks it and the whole log.",
        ),
    },
];

/// The way among the pages.
pub(super) struct Frame {
    pub(super) pages: &'static [Section],
    pub(super) here: &'static str,
}

impl Frame {
    /// Around a page.
    pub(super) const fn of(here: &'static str) -> Self {
        Self {
            pages: SECTIONS,
            here,
        }
    }

    /// What stands around every page, for who may review the ledger.
    ///
    /// # Errors
    /// [`Refusal`] for anybody else.
    pub(super) fn chrome(&self, signed_in: &SignedIn) -> Result<Chrome, Refusal> {
        signed_in.may(Action::ReviewLedger, Subject::Ledger)?;
        Ok(Chrome::of(self.title(), signed_in, "/audit"))
    }

    /// Around a page about the audits themselves, for whoever reads events; the others are shown to who may review
    /// the ledger.
    ///
    /// # Errors
    /// [`Refusal`] for anybody else.
    pub(super) fn of_engagements(signed_in: &SignedIn) -> Result<(Self, Chrome), Refusal> {
        signed_in.may(Action::ReadEvents, Subject::Audit)?;
        let mut frame = Self::of(ENGAGEMENTS);
        if let Ok(chrome) = frame.chrome(signed_in) {
            return Ok((frame, chrome));
        }
        frame.pages = &[];
        let chrome = Chrome::of(frame.title(), signed_in, ENGAGEMENTS);
        Ok((frame, chrome))
    }

    fn title(&self) -> &'static str {
        let own = SECTIONS.iter().find(|section| section.path == self.here);
        let (ja, en) = own.map_or(("監査", "Audit"), |own| own.title);
        t(ja, en)
    }
}
