//! What each counting rule says, and whether the ward's paper states it: the one place for a rule's id.

/// A counting rule in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleWords {
    /// Its id, without a version.
    pub id: &'static str,
    /// Whether the ward's paper states it; else it is an assumption that the ward may change.
    pub stated: bool,
    /// What it says, in Japanese.
    pub ja: &'static str,
    /// What it says, in English.
    pub en: &'static str,
}

/// What the rule with an id says, whatever its version; none where the id is no rule of this program.
#[must_use]
pub fn rule_words(id: &str) -> Option<&'static RuleWords> {
    let id = id.split_once('@').map_or(id, |(id, _)| id);
    let first = RULES.iter().find(|rule| rule.id == id);
    // The first reading of a family is also called by its number.
    first.or_else(|| {
        let family = id.strip_suffix("-1")?;
        RULES.iter().find(|rule| rule.id == family)
    })
}

macro_rules! rules {
    ($($id:literal $stated:literal, $ja:literal, $en:literal;)+) => {
        /// Every counting rule that a figure names.
        pub const RULES: &[RuleWords] = &[$(RuleWords {
            id: $id,
            stated: $stated,
            ja: $ja,
            en: $en,
        },)+];
    };
}

rules! {
    "CR-延べ-1" true, "相談1回を1件と数える（きょうだいについての相談も1件）", "Each contact once, also one about siblings";
    "CR-延べ-2" false, "同じ対象者・同じ日・同じ種別の相手は1件と数える", "At most one a person, a day and a kind of counterpart";
    "CR-延べ-3" false, "同じ対象者・同じ日は1件と数える", "At most one a person and a day";
    "CR-実-1" true, "統合した対象者を一人とし、匿名の相談を除いて人数を数える", "Distinct persons after merges, without anonymous contacts";
    "CR-実プラン" true, "年度内に第1版に合意した対象者を数える（改訂は数えない）", "Persons whose version 1 was agreed in the year; revisions add nothing";
    "CR-回" true, "訪問1回を1回と数える（施設ごとの5回目以降も含む）", "Every visit, also a fifth one at a facility";
    "CR-回-2" false, "施設ごとに年4回までを数える", "At most four visits a facility and year";
    "CR-名" true, "年度内に指導・育成を受けた相談員を数える", "Advisors with a session in the year";
    "CR-名-2" false, "年度内に修了した相談員を数える", "Advisors who completed in the year";
    "CR-修了-1" false, "期末までに修了した相談員を数える", "Advisors who completed by the end of the period";
    "CR-計画" true, "年度内に初めてセンターの支援で計画を作成した対象者を数える", "Persons whose first plan was made with the centre in the year";
    "CR-計画-2" false, "初めて作成した対象者に、年度内に保護者と検証した対象者を加えて数える", "Those, and persons whose plan was verified with a guardian in the year";
    "CR-少数-1" false, "少人数についての指標（E-3・E-4・D-7）、待ち日数（B-1・B-3・B-4・C-2）、家族の声（G-1・G-2）で、1〜4の数がわかるものは、運営委員会の画面に示さない", "Of figures about a small group (E-3, E-4, D-7), of waits (B-1, B-3, B-4, C-2) and of what families answer (G-1, G-2) the committee's pages do not tell what tells of 1 to 4";
    "CR-少数-2" false, "少人数についての指標、待ち日数、家族の声も、1〜4を含めてそのまま示す", "Figures about a small group, waits and answers are told as they stand, of 1 to 4 as well";
    "CR-計画-365" false, "区の資料の「年1回程度」を365日と読み、初回合意または保護者との検証から365日以内を有効とする", "The paper's once a year read as 365 days since the first agreement or the last verification with a guardian";
    "CR-達成-1" false, "予定数の下限に対し90％以上を達成、70〜89％を概ね達成とする", "Reached from 90 %, mostly reached from 70 %, of a planned number's lower end";
    "CR-増減-1" false, "前年度の同じ月日までと比べ、営業日数の違いで補正する", "Against the same day of the year before, adjusted by business days";
    "CR-期間-1" false, "始まりの日から終わりの日までの暦日を数え、終わっていないものは別に添える", "Calendar days from the first to the last day; what has not ended is told beside";
    "CR-記録-1" false, "台帳の記録を一件ずつ数える", "Each recorded event of the ledger";
    "CR-連携-1" false, "連携1件ずつを、その日までの受理・受入決定・完了・報告によって数える", "Each referral by its steps as they stand on the day";
    "CR-動ける-1" false, "運動機能障害がなし・軽度で、重症心身障害の認定のない者を「動ける医療的ケア児・者」とする（「なし」を含めるのは当方の読み）", "Motor impairment none or mild and no severe-disability certificate";
    "CR-認知-1" false, "把握した日に1歳未満の者を乳児とする", "Infants are those under one year on the day on which they became known";
    "CR-時間外-1" false, "設定された開所時間の外、祝日、年末年始を時間外とする（時刻のない相談は日付で判定）", "Outside the hours that are set, on holidays and around New Year; without a time by the date alone";
    "CR-聞き直し-1" false, "同じ対象者の同じ項目を、別の機関が改めて記録した回数を数える", "Times that another office recorded the same item of a person again";
    "CR-自信-1" false, "同じ施設・同じ医療的ケアの支援前後の回答を組にする", "Answers before and after support, paired by facility and care";
    "CR-受入-1" false, "支援した施設の、最初の訪問より後の受入れと対応できる医療的ケアを数える", "Acceptances and care of supported facilities after their first visit";
    "CR-業務量-1" false, "相談・訪問・プラン・計画の数を、設定された常勤換算で割る", "Contacts, visits and plans over the full-time equivalents that are set";
    "CR-家族-1" false, "家族への聞き取り1回を1回答と数える", "Each time that a family was asked is one answer";
    "CR-会計-1" true, "予算と支出を科目別に合計する（戻入を除く）", "Budget and spending by line, without what was taken back";
    "CR-会計-2" false, "全支出を、相談・プラン・訪問・計画の合計数で一律に割る", "All spending over all contacts, plans and visits alike";
    "CR-補助-1" true, "メニューごとに、対象支出×補助率を上限額まで数える", "The rate of the eligible spending by menu, up to its cap";
    "CR-同意-1" false, "その日に有効な同意が一つもない者を数える", "Persons without any consent that holds on the day";
    "CR-閲覧-1" false, "個人に関する記述を開いた記録を一件ずつ数える", "Each recorded opening of personal text";
    "CR-提言-1" false, "提言1件ずつを、最初の回答の日で数える", "Each recommendation by the day of its first answer";
    "ventilator-disaster-plan" true, "人工呼吸器使用者の災害時個別支援計画は総合支所保健福祉センターが対応する", "Ventilator users' disaster plans are the district health-welfare centres' to support";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::{OF_DAY, OF_YEAR};
    use crate::indicators::{
        Contacts, DisasterPlans, FewPersons, INDICATORS, Persons, Plans, Trainees, Visits,
    };

    #[test]
    fn every_rule_that_a_figure_may_name_says_what_it_is_in_one_place() {
        let figures = INDICATORS.iter().chain(OF_YEAR).chain(OF_DAY);
        let mut named: Vec<&str> = figures.map(|figure| figure.rule).collect();
        named.extend(Contacts::ALL.iter().map(|one| one.id()));
        named.extend(Persons::ALL.iter().map(|one| one.id()));
        named.extend(Plans::ALL.iter().map(|one| one.id()));
        named.extend(Visits::ALL.iter().map(|one| one.id()));
        named.extend(Trainees::ALL.iter().map(|one| one.id()));
        named.extend(DisasterPlans::ALL.iter().map(|one| one.id()));
        named.extend(FewPersons::ALL.iter().map(|one| one.id()));
        for id in named {
            let own = rule_words(id);
            assert!(own.is_some_and(|rule| !rule.ja.is_empty()), "{id}");
        }
        for rule in RULES {
            let same = RULES.iter().filter(|other| other.id == rule.id);
            assert_eq!(same.count(), 1, "{}", rule.id);
        }
        assert_eq!(rule_words("CR-回-1"), rule_words("CR-回"));
        assert_eq!(rule_words("CR-unheard"), None);
    }
}
