//! Why the figures are not counted under another reading of an assumed rule, where they are not.

use ledger_projections::indicators::Rules;

/// What stands where another reading is counted, in the table of other readings.
const COUNTED: (&str, &str) = (
    "上の表「別の読み方で数えたとき」にあります。",
    "See the table of other readings above.",
);

/// What stands where the program does not know the rule.
const UNKNOWN: (&str, &str) = (
    "計算していません。このプログラムの知らない規則で、別の読み方も分かりません。",
    "None is computed: the program does not know this rule, nor another reading of it.",
);

/// Each assumed rule without another reading, and why.
const REASONS: [(&str, (&str, &str)); 21] = [
    (
        "CR-少数-1",
        (
            "示すか伏せるかだけの規則で、数は変わりません。CR-少数-2 を採用すると、そのまま示します。",
            "It says only what is shown and changes no number; under CR-少数-2 it is shown as it stands.",
        ),
    ),
    (
        "CR-少数-2",
        (
            "示すか伏せるかだけの規則で、数は変わりません。",
            "It says only what is shown and changes no number.",
        ),
    ),
    (
        "CR-修了-1",
        (
            "計算していません。年度内の修了者だけを数える読み方は CR-名-2 で、指標A-5について上の表にあります。",
            "None is computed for this rule. Counting only those who completed in the year is CR-名-2, which stands above for A-5.",
        ),
    ),
    (
        "CR-計画-365",
        (
            "計算していません。区の資料は「年1回程度」とだけ述べ、365日のほかに比べる日数がありません。日数は「期限」として変えられます。",
            "None is computed: the paper only says “about once a year” and names no other number of days. The days can be changed as a term.",
        ),
    ),
    (
        "CR-達成-1",
        (
            "計算していません。90％・70％のほかに区切りの案がありません。実績と予定数は総括表で比べられます。",
            "None is computed: no other limits than 90 % and 70 % have been proposed. Actual and planned numbers stand on the scorecard.",
        ),
    ),
    (
        "CR-増減-1",
        (
            "別には計算していません。補正しない数も指標A-8に示しています。",
            "None is computed apart: A-8 shows the numbers without the adjustment as well.",
        ),
    ),
    (
        "CR-期間-1",
        (
            "計算していません。営業日で数える読み方もありますが、家庭と病院の日数に区の営業日を当てる根拠がありません。",
            "None is computed: business days could be counted, but nothing says that the ward's business days apply to families and hospitals.",
        ),
    ),
    (
        "CR-記録-1",
        (
            "計算していません。台帳には一件の記録より大きい数え方の単位がありません。",
            "None is computed: the ledger has no larger unit than one event.",
        ),
    ),
    (
        "CR-連携-1",
        (
            "計算していません。連携を人や相手ごとにまとめる読み方を、区の資料は示していません。",
            "None is computed: the paper names no reading that puts referrals together by person or office.",
        ),
    ),
    (
        "CR-動ける-1",
        (
            "計算していません。集計は「動ける」に当たるかどうかだけを持ち、運動機能障害の「なし」と「軽度」を分けて数え直せません。",
            "None is computed: what is counted keeps only whether somebody is mobile, so “none” and “mild” cannot be told apart.",
        ),
    ),
    (
        "CR-認知-1",
        (
            "計算していません。1歳未満のほかに、乳児とする年齢の案がありません。",
            "None is computed: no other age for infants than under one year has been proposed.",
        ),
    ),
    (
        "CR-時間外-1",
        (
            "計算していません。設定された開所時間のほかに、比べる時間の案がありません。",
            "None is computed: no other hours than those that are set have been proposed.",
        ),
    ),
    (
        "CR-聞き直し-1",
        (
            "計算していません。聞き直しかどうかは、記録した機関の違いからしか分かりません。",
            "None is computed: only the recording office tells whether somebody was asked again.",
        ),
    ),
    (
        "CR-自信-1",
        (
            "計算していません。前後の揃わない回答からは変化を数えられません。",
            "None is computed: answers without a counterpart tell of no change.",
        ),
    ),
    (
        "CR-受入-1",
        (
            "計算していません。支援によるものかどうかは、最初の訪問との前後からしか分かりません。",
            "None is computed: only what came after the first visit can be due to the support.",
        ),
    ),
    (
        "CR-業務量-1",
        (
            "計算していません。設定された常勤換算のほかに、割る数がありません。",
            "None is computed: there is nothing else to divide by than the full-time equivalents that are set.",
        ),
    ),
    (
        "CR-家族-1",
        (
            "計算していません。家族への聞き取りのほかに、回答の記録がありません。",
            "None is computed: answers are recorded only by the times that families were asked.",
        ),
    ),
    (
        "CR-会計-2",
        (
            "計算していません。どの支出がどの業務のものかの記録がなく、ほかの割り方ができません。",
            "None is computed: nothing tells which spending was for which service, so it cannot be divided otherwise.",
        ),
    ),
    (
        "CR-同意-1",
        (
            "計算していません。どの同意が揃えば足りるかを、区の資料は示していません。",
            "None is computed: the paper does not say which consents are enough.",
        ),
    ),
    (
        "CR-閲覧-1",
        (
            "計算していません。台帳には一回の閲覧より大きい数え方の単位がありません。",
            "None is computed: the ledger has no larger unit than one opening.",
        ),
    ),
    (
        "CR-提言-1",
        (
            "計算していません。最初の回答のほかに、どれで回答とするかの定めがありません。",
            "None is computed: nothing says which answer counts, other than the first.",
        ),
    ),
];

/// What is said of another reading of an assumed rule: where it is counted, or why it is not.
pub(super) fn other_reading(rule: &str) -> (&'static str, &'static str) {
    let id = rule.split('@').next().unwrap_or_default();
    let known = REASONS.iter().find(|(known, _)| *known == id);
    match known {
        Some((_, why)) => *why,
        None if Rules::knows(id) => COUNTED,
        None => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use ledger_projections::indicators::RULES;

    use super::*;

    #[test]
    fn of_every_assumed_rule_it_is_said_where_another_reading_is_or_why_there_is_none() {
        for rule in RULES.iter().filter(|rule| !rule.stated) {
            assert_ne!(other_reading(rule.id), UNKNOWN, "{}", rule.id);
        }
        assert_eq!(other_reading("CR-延べ-3@1"), COUNTED);
        assert_eq!(other_reading("CR-unheard@1"), UNKNOWN);
    }

    #[test]
    fn no_reason_is_of_a_rule_that_the_ward_states_or_that_is_none() {
        for (id, _) in REASONS {
            let known = RULES.iter().find(|rule| rule.id == id);
            assert!(known.is_some_and(|rule| !rule.stated), "{id}");
        }
    }
}
