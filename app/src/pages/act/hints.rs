//! When a field of a form is needed, where that depends on another field or on what the ledger holds, and where what is
//! needed is found.

use crate::pages::language::t;

/// The commands and their fields, with the hint in both languages.
type Hint = (
    &'static [&'static str],
    &'static [&'static str],
    (&'static str, &'static str),
);

/// All that the rules of the commands ask for in some cases alone.
const ALL: &[Hint] = &[
    (
        &["register-child"],
        &["number"],
        (
            "この画面を開くと、空いている次の番号が入ります。別の番号にもできます。空欄のまま登録すると、番号の代わりに長い識別子で示されます。",
            "The form opens with the next free number; another can be given. Whoever is registered without one is told by a long id.",
        ),
    ),
    (
        &["assign-staff"],
        &["in_place_of"],
        (
            "交代するときに、今の担当のアカウント名を入れます。対象者の経過から開くと、一覧から選べます。",
            "To hand over: the account that is in charge now. Opened from the child's timeline, it can be chosen from a list.",
        ),
    ),
    (
        &["set-planned-number"],
        &["planned.fiscal_year"],
        (
            "選ばないときは、どの年度にも共通の通年の数です。",
            "The number of a whole year, where none is chosen.",
        ),
    ),
    (
        &["make-referral"],
        &["direction"],
        (
            "選ばないときは、センターからの連携です。",
            "From the centre, where none is chosen.",
        ),
    ),
    (
        &["make-referral"],
        &["party"],
        (
            "選ばないときは総合支所保健福祉センターです。",
            "A district health-welfare centre, where none is chosen.",
        ),
    ),
    (
        &["request-approval"],
        &["target"],
        (
            "会議の資料に載った数が変わるときに、訂正または取消しをする記録の番号（経過にある#123の形）を入力します。対象者の番号ではありません。統合のときは空欄です。",
            "Where a figure that a meeting was shown would change: the number of the event to be amended, as the timeline has it (#123), not a child's number. Empty for a merge.",
        ),
    ),
    (
        &["request-approval"],
        &["absorbed"],
        (
            "統合のときは必須です。「対象者番号」には統合先（続く方）の番号を入力します。承認は、この二人の統合にだけ使えます。",
            "Required for a merge; the record above is that of the case that goes on. The approval holds for these two alone.",
        ),
    ),
    (
        &["make-referral", "redirect-referral"],
        &["area", "section"],
        (
            "相手が総合支所保健福祉センターのときは必須です。",
            "Required where the other office is a district health-welfare centre.",
        ),
    ),
    (
        &["make-referral", "redirect-referral"],
        &["organisation", "office"],
        (
            "相手が総合支所保健福祉センター以外のときは、名簿の関係機関か機関の名前のどちらかが必須です。",
            "Of any other office, either the one in the directory or its name is required.",
        ),
    ),
    (
        &[
            "identify-disaster-plan-need",
            "draft-disaster-plan",
            "transfer-disaster-plan",
        ],
        &["out_of_area"],
        (
            "お住まいの地域と別の総合支所が支援するときは必須です。",
            "Required where the district centre of another area than the child's supports the plan.",
        ),
    ),
    (
        &["verify-disaster-plan"],
        &["guardian_present", "person_present"],
        (
            "保護者か、18歳以上の本人の立会いが必須です。どちらもなければ内部確認として記録します。",
            "A guardian, or the person of 18 or older, has to be present. Where neither was, record an internal review.",
        ),
    ),
    (
        &["record-acceptance"],
        &["reason"],
        (
            "受け入れられなかったときは必須です。",
            "Required where the child was not accepted.",
        ),
    ),
    (
        &["remove-guardian"],
        &["reason"],
        (
            "未成年の方の最後の保護者のときは必須です。",
            "Required of the last guardian of a minor.",
        ),
    ),
    (
        &["close-case"],
        &["exception"],
        (
            "終わっていない連携・計画（プラン）・次の対応・入院があるときは必須です。",
            "Required where a referral, plan, follow-up or hospital stay is still open.",
        ),
    ),
    (
        &["close-audit"],
        &["reason"],
        (
            "回答のない質問か是正されていない指摘を残すときは必須です。",
            "Required where a question or finding stays open.",
        ),
    ),
    (
        &["share-information"],
        &["ground"],
        (
            "提供の根拠が同意でないときは必須です。",
            "Required where the sharing rests on anything but consent.",
        ),
    ),
    (
        &["assess-mobility"],
        &["motor_impairment", "smid_certified"],
        (
            "運動機能障害か重症心身障害認定のどちらかは必須です。",
            "Either motor function or the certificate is required.",
        ),
    ),
    (
        &["record-birth-detail"],
        &["weight_grams", "gestation_weeks"],
        (
            "出生体重か在胎週数のどちらかは必須です。",
            "Either the weight or the weeks are required.",
        ),
    ),
    (
        &["add-guardian", "change-guardian"],
        &["name", "relation"],
        (
            "氏名か続柄のどちらかは必須です。",
            "Either the name or the relation is required.",
        ),
    ),
    (
        &["hold-meeting"],
        &["attendees", "attendee_count"],
        (
            "出席者か出席者数のどちらかは必須です。",
            "Either who attended or how many did is required.",
        ),
    ),
    (
        &["answer-recommendation", "answer-opinion"],
        &["text", "evidence"],
        (
            "内容か根拠となる記録のどちらかは必須です。",
            "Either words or the events that show it are required.",
        ),
    ),
    (
        &["deliver-support-plan"],
        &["recipients", "organisations"],
        (
            "交付先か名簿の関係機関のどちらかは必須です。",
            "Either the recipients or offices of the directory are required.",
        ),
    ),
    (
        &["deliver-support-plan"],
        &["parties"],
        (
            "家族以外に渡したときは、関係機関かその種別が必須です。",
            "Required, unless offices of the directory are given or the family alone received it.",
        ),
    ),
    (
        &["hand-over-support-plan"],
        &["organisation", "to"],
        (
            "名簿の関係機関か、引継ぎ先の名前のどちらかは必須です。",
            "Either the office in the directory or whom it is handed to is required.",
        ),
    ),
    (
        &["hold-plan-conference"],
        &["parties"],
        (
            "センターだけでは会議になりません。機関の種別・家族の参加・出席者のどれかは必須です。",
            "The centre alone is no conference: kinds of offices, the family or attendees are required.",
        ),
    ),
    (
        &["request-support-plan"],
        &["requested_by"],
        (
            "家族からの依頼でなければ必須です。",
            "Required unless the family asked.",
        ),
    ),
    (
        &["write-plan-sections"],
        &["health"],
        (
            "この項目から下の、どれか一つは必須です。",
            "Of this section and those below at least one is required.",
        ),
    ),
    (
        &["record-family-voice"],
        &["anxiety", "satisfaction", "voice"],
        (
            "回答があったときは、不安・満足・家族の言葉のどれかは必須です。",
            "Where the family answered, one of anxiety, satisfaction and words is required.",
        ),
    ),
];

/// Where what is always needed is found.
const FOUND: &[Hint] = &[(
    &["record-chain-verified"],
    &["position", "root"],
    (
        "手元で「care-ledger verify」を実行し、出力の「位置:根」を写します（「:」の前が位置、後ろの64桁が根）。",
        "Run care-ledger verify yourself and copy the position:root that it prints (the position before the colon, the root of 64 digits behind it).",
    ),
)];

/// What a duration is; the same in every form that asks for one.
pub(in crate::pages) fn minutes() -> &'static str {
    t(
        "1〜1,440の数（1時間30分は90）で入力します。",
        "A number from 1 to 1,440 (an hour and a half is 90).",
    )
}

/// When the field of a command is needed, or what it is; none where that goes without saying.
pub(super) fn of(command: &str, field: &str) -> Option<&'static str> {
    if field == "duration_minutes" {
        return Some(minutes());
    }
    let is_it =
        |(commands, fields, _): &&Hint| commands.contains(&command) && fields.contains(&field);
    let (_, _, (ja, en)) = ALL.iter().chain(FOUND).find(is_it)?;
    Some(t(ja, en))
}

#[cfg(test)]
mod tests {
    use ledger_commands::Command;

    use super::*;

    #[test]
    fn a_hint_is_about_a_field_that_may_be_left_empty_or_says_where_it_is_found() {
        for (all, is_needed) in [(ALL, false), (FOUND, true)] {
            for (commands, fields, _) in all {
                for command in *commands {
                    let form = Command::fields(command).unwrap();
                    for name in *fields {
                        let field = form.iter().find(|field| field.name == *name);
                        let field = field.unwrap_or_else(|| panic!("{command} has no {name}"));
                        assert_eq!(field.is_needed, is_needed, "{command} {name}");
                        assert!(of(command, name).is_some());
                    }
                }
            }
        }
    }
}
