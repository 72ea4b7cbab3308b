//! What can be recorded about a plan next: what it is too early or too late for is not offered.

use ledger_projections::timeline::PlanVersion;

use crate::pages::language::t;

/// How far the versions of a plan are.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    /// The newest version; none where the plan was only asked for.
    newest: Option<u32>,
    /// The newest version to which the family agreed.
    agreed: Option<u32>,
}

impl Stage {
    pub(super) fn of(versions: &[PlanVersion]) -> Self {
        let agreed = versions.iter().filter(|one| one.agreed_on.is_some());
        Self {
            newest: versions.last().map(|one| one.version),
            agreed: agreed.map(|one| one.version).next_back(),
        }
    }

    /// Whether the family agreed to the newest version, so that what changes is the next one.
    pub(super) fn newest_is_agreed(self) -> bool {
        self.newest.is_some() && self.newest == self.agreed
    }
}

/// When something can be recorded about a plan that goes on.
#[derive(Clone, Copy)]
enum At {
    /// As long as it goes on.
    AnyTime,
    /// It was asked for, and has no version yet.
    Asked,
    /// It has a version.
    Written,
    /// The family has not agreed to the newest version, which can still be written.
    Open,
    /// The family agreed to the newest version: what changes is the next one.
    Agreed,
    /// The family agreed to some version.
    OnceAgreed,
}

impl At {
    /// Whether it is time, and the version that it is about then.
    fn version(self, stage: Stage) -> Option<u32> {
        let newest = stage.newest;
        match self {
            Self::AnyTime => Some(newest.unwrap_or(0)),
            Self::Asked => newest.is_none().then_some(0),
            Self::Written => newest,
            Self::Open => newest.filter(|_| !stage.newest_is_agreed()),
            Self::Agreed => newest.filter(|_| stage.newest_is_agreed()),
            Self::OnceAgreed => stage.agreed,
        }
    }
}

/// A command, when it can be given, and what it is called in both languages.
type Act = (&'static str, At, (&'static str, &'static str));

/// What can be recorded about a support plan, in the order in which it goes on.
const SUPPORT: &[Act] = &[
    (
        "draft-support-plan",
        At::Asked,
        ("プランを作成する", "Draft the plan"),
    ),
    (
        "write-plan-sections",
        At::Open,
        ("項目を書く", "Write sections"),
    ),
    (
        "hold-plan-conference",
        At::AnyTime,
        ("会議を記録する", "Record a conference"),
    ),
    (
        "explain-support-plan",
        At::Written,
        (
            "家族への説明を記録する",
            "Record that it was explained to the family",
        ),
    ),
    (
        "agree-support-plan",
        At::Open,
        ("合意を記録する", "Record the agreement"),
    ),
    (
        "deliver-support-plan",
        At::OnceAgreed,
        ("交付を記録する", "Record the delivery"),
    ),
    (
        "monitor-support-plan",
        At::OnceAgreed,
        ("モニタリングを記録する", "Record monitoring"),
    ),
    (
        "revise-support-plan",
        At::Agreed,
        ("次の版を作成する", "Revise: the next version"),
    ),
    (
        "hand-over-support-plan",
        At::Agreed,
        ("引き継ぐ", "Hand over"),
    ),
    ("close-support-plan", At::AnyTime, ("終了する", "Close")),
];

/// What can be recorded about a disaster plan. It is the family's own: nobody explains it to them.
const DISASTER: &[Act] = &[
    (
        "write-disaster-plan-sections",
        At::Open,
        ("項目を書く", "Write sections"),
    ),
    (
        "agree-disaster-plan",
        At::Open,
        ("合意を記録する", "Record the agreement"),
    ),
    (
        "verify-disaster-plan",
        At::OnceAgreed,
        ("年1回の検証を記録する", "Record the yearly verification"),
    ),
    (
        "review-disaster-plan",
        At::AnyTime,
        ("内部確認を記録する", "Record a review"),
    ),
    (
        "revise-disaster-plan",
        At::Agreed,
        ("次の版を作成する", "Revise: the next version"),
    ),
    (
        "transfer-disaster-plan",
        At::AnyTime,
        ("支援の機関を移す", "Move to another supporting office"),
    ),
    (
        "record-disaster-plan-use",
        At::AnyTime,
        ("災害での使用を記録する", "Record its use in a disaster"),
    ),
    ("end-disaster-plan", At::AnyTime, ("終了する", "Close")),
];

/// What can be recorded about a support plan: paths of the forms, and words.
pub(super) fn of_a_support_plan(
    child: &str,
    plan: &str,
    stage: Stage,
) -> Vec<(String, &'static str)> {
    offered(SUPPORT, (child, plan), stage)
}

/// The same about a disaster plan.
pub(super) fn of_a_disaster_plan(
    child: &str,
    plan: &str,
    stage: Stage,
) -> Vec<(String, &'static str)> {
    offered(DISASTER, (child, plan), stage)
}

fn offered(acts: &[Act], (child, plan): (&str, &str), stage: Stage) -> Vec<(String, &'static str)> {
    let now = acts.iter().filter_map(|(command, at, words)| {
        let version = at.version(stage)?;
        Some((command, version.to_string(), words))
    });
    let paths = now.map(|(command, version, (ja, en))| {
        let query = [
            ("child", child),
            ("plan", plan),
            ("version", &version),
            ("base_version", &version),
        ];
        let query = serde_html_form::to_string(query).unwrap_or_default();
        (format!("/acts/{command}?{query}"), t(ja, en))
    });
    paths.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(acts: &[Act], newest: Option<u32>, agreed: Option<u32>) -> Vec<(&str, u32)> {
        let stage = Stage { newest, agreed };
        let offered = acts.iter().filter_map(|(command, at, _)| {
            let version = at.version(stage)?;
            Some((*command, version))
        });
        offered.collect()
    }

    #[test]
    fn an_agreed_version_is_not_written_but_followed_by_the_next() {
        for (acts, write, agree, revise) in [
            (
                SUPPORT,
                "write-plan-sections",
                "agree-support-plan",
                "revise-support-plan",
            ),
            (
                DISASTER,
                "write-disaster-plan-sections",
                "agree-disaster-plan",
                "revise-disaster-plan",
            ),
        ] {
            let has =
                |offered: &[(&str, u32)], name: &str, version| offered.contains(&(name, version));
            let never = |offered: &[(&str, u32)], name: &str| {
                offered.iter().all(|(offered, _)| *offered != name)
            };

            let open = names(acts, Some(1), None);
            assert!(has(&open, write, 1) && has(&open, agree, 1), "{open:?}");
            assert!(never(&open, revise), "{open:?}");

            let agreed = names(acts, Some(1), Some(1));
            assert!(has(&agreed, revise, 1), "{agreed:?}");
            assert!(never(&agreed, write) && never(&agreed, agree), "{agreed:?}");

            let next = names(acts, Some(2), Some(1));
            assert!(has(&next, write, 2) && has(&next, agree, 2), "{next:?}");
            assert!(never(&next, revise), "{next:?}");
        }
    }

    #[test]
    fn what_was_only_asked_for_is_drafted_and_the_version_agreed_to_is_handed_out() {
        let asked = names(SUPPORT, None, None);
        assert_eq!(
            asked,
            [
                ("draft-support-plan", 0),
                ("hold-plan-conference", 0),
                ("close-support-plan", 0)
            ]
        );
        let next = names(SUPPORT, Some(2), Some(1));
        assert!(next.contains(&("deliver-support-plan", 1)), "{next:?}");
    }
}
