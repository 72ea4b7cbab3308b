//! Every indicator: its name, definition, rule, planned number and function.

use ledger_core::code::Service;

use super::given::Given;
use super::measure::Measured;
use super::rule_words::rule_words;
use super::{
    a_contacts, a_volume, b_timeliness, c_referrals, d_disaster, e_reach, f_facilities, g_family,
    h_money, i_trust, j_follow_through,
};

/// One indicator.
#[derive(Clone, Copy)]
pub struct Indicator {
    /// Its id, such as `A-1`.
    pub id: &'static str,
    /// Name in Japanese.
    pub ja: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// What it counts, in Japanese.
    pub definition_ja: &'static str,
    /// What it counts, in English.
    pub definition_en: &'static str,
    /// What stands below the line, in Japanese; empty where there is no line.
    pub denominator_ja: &'static str,
    /// The same in English.
    pub denominator_en: &'static str,
    /// What it is counted in, in Japanese; a share says so many of so many of them, or cases for ％.
    pub unit_ja: &'static str,
    /// Id of the counting rule: of a family its first reading.
    pub rule: &'static str,
    /// Which reading of the rule's family counts.
    pub reading: Reading,
    /// The service whose planned number it is compared with.
    pub service: Option<Service>,
    pub(crate) measure: fn(&Given<'_, '_>) -> Measured,
}

impl Indicator {
    /// Whether the ward's paper states its rule; else it is an assumption that the ward may change.
    #[must_use]
    pub fn stated(&self) -> bool {
        rule_words(self.rule).is_some_and(|rule| rule.stated)
    }
}

/// Which reading of a family of counting rules counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The one that was adopted last.
    InForce,
    /// The family's first one, whatever was adopted: exports say the same thing for ever.
    First,
}

impl std::fmt::Debug for Indicator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Indicator").field(&self.id).finish()
    }
}

/// The indicator with an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Indicator> {
    INDICATORS.iter().find(|indicator| indicator.id == id)
}

macro_rules! indicators {
    ($($id:literal $ja:literal, $en:literal, $unit:literal, $rule:literal, $service:expr,
        $function:path, $definition_ja:literal, $definition_en:literal, $denominator_ja:literal, $denominator_en:literal;)+) => {
        /// Every indicator of domain.md 3.3, in its order.
        pub const INDICATORS: &[Indicator] = &[$(Indicator {
            id: $id,
            ja: $ja,
            en: $en,
            definition_ja: $definition_ja,
            definition_en: $definition_en,
            denominator_ja: $denominator_ja,
            denominator_en: $denominator_en,
            unit_ja: $unit,
            rule: $rule,
            reading: Reading::InForce,
            service: $service,
            measure: $function,
        },)+];
    };
}

indicators! {
    "A-1" "専門相談 延べ件数", "Consultations (contacts)", "件", "CR-延べ-1", Some(Service::SpecialistConsultation),
        a_contacts::contacts, "期間内に発生した相談の延べ件数（訂正後、取消しを除く）", "Contacts that occurred in the period, corrected, without annulled ones", "", "";
    "A-2" "専門相談 実人数", "Persons who consulted", "人", "CR-実-1", None,
        a_contacts::persons, "期間内に相談のあった対象者の実人数（名寄せ後、匿名を除く）", "Distinct persons among the contacts, merged cases as one, without anonymous ones", "", "";
    "A-3" "在宅生活支援プラン 実人数", "Persons with a home-living support plan", "人", "CR-実プラン", Some(Service::HomeLivingSupportPlan),
        a_volume::support_plans, "期間内に第1版に合意した対象者の実人数", "Distinct persons whose version 1 was agreed in the period", "", "";
    "A-4" "施設への技術支援 訪問回数", "Support visits to facilities", "回", "CR-回", Some(Service::FacilityTechnicalSupport),
        a_volume::visits, "期間内の訪問回数（施設数、10か所×4回の表を添える）", "Visits in the period, with facilities and the grid of 10 by 4", "", "";
    "A-5" "相談員の指導・育成 人数", "Advisors in training", "名", "CR-名", Some(Service::AdvisorTraining),
        a_volume::trainees, "期間内に指導・育成を受けた相談員の数（修了者数を添える）", "Advisors with a session in the period, with those who completed", "", "";
    "A-6" "災害時個別支援計画 作成支援件数", "Persons supported in making a disaster plan", "件", "CR-計画", Some(Service::DisasterPlanSupport),
        a_volume::disaster_plans, "期間内に初めてセンターの支援で計画を作成した対象者の実人数（検証を添える）", "Distinct persons whose first plan was made with the centre in the period, with verifications", "", "";
    "A-7" "予定数に対する達成", "Achievement of planned numbers", "事業", "CR-達成-1", None,
        a_volume::achievement, "予定数が数で定められている事業のうち予定数の90％以上に達したもの", "Services at 90 % or more of their planned number", "予定数が数で定められている事業（総括表の5行のうち「順次拡大」などで数のないものを除く）", "Services with a planned number (rows of the scorecard, without those for which no number is set)";
    "A-8" "前年同期との増減", "Change against the year before", "件", "CR-増減-1", None,
        a_volume::change, "期間内の延べ件数と前年度同期の延べ件数（営業日数で補正した値を添える）", "Contacts of the period beside those of the same period of the year before, adjusted by business days", "", "";
    "B-1" "退院の連絡からプラン合意まで", "Discharge notice to agreed plan", "日", "CR-期間-1", None,
        b_timeliness::notice_to_plan, "期間内の退院の連絡から第1版の合意までの日数", "Days from a discharge notice of the period to the agreed version 1", "プランを求められた退院の連絡", "Discharge notices for which a plan was asked";
    "B-2" "退院前のプラン合意", "Plan agreed before discharge", "％", "CR-期間-1", None,
        b_timeliness::agreed_before_discharge, "期間内の退院のうち退院日までにプランに合意したもの", "Discharges of the period whose plan was agreed by the day of discharge", "プランを求められた退院", "Discharges for which a plan was asked";
    "B-3" "退院の連絡の早さ", "Lead time of discharge notices", "日", "CR-期間-1", None,
        b_timeliness::notice_lead_time, "期間内の退院の連絡から退院予定日までの日数", "Days from a discharge notice of the period to the planned discharge", "退院予定日のある連絡", "Notices with a planned day of discharge";
    "B-4" "退院から最初の相談まで", "Discharge to first contact", "日", "CR-期間-1", None,
        b_timeliness::first_home_contact, "期間内の退院から最初の相談までの日数", "Days from a discharge of the period to the first contact", "相談のあった退院", "Discharges with a contact after them";
    "B-5" "次の対応の期限内実施", "Follow-ups done in time", "％", "CR-期間-1", None,
        b_timeliness::follow_ups, "期間内が期限の次の対応のうち期限までに行ったもの（初回相談から次の対応までの開所時間数を添える）", "Follow-ups due in the period that were done by their day; business hours from first contacts to the first response beside", "期間内が期限の次の対応（中止を除く）", "Follow-ups due in the period, without cancelled ones";
    "B-6" "記録の遅れ", "Recording delay", "営業日", "CR-記録-1", None,
        b_timeliness::recording_delay, "期間内の出来事から記録までの営業日数（3営業日を超えたものの割合を添える）", "Business days from an event of the period to its recording", "期間内の出来事", "Events of the period";
    "C-1" "連携の完結", "Referral loops closed", "％", "CR-連携-1", None,
        c_referrals::loop_closure, "期間内の連携（センターから・センターへ）で30日以上経ったもののうち、完了し報告のあったもの", "Referrals of the period from and to the centre, at least 30 days old, that were completed and fed back", "30日以上経った連携（取下げ・回付を除く）", "Referrals at least 30 days old, without withdrawn and redirected ones";
    "C-2" "連携の所要日数", "Referral turnaround", "日", "CR-連携-1", None,
        c_referrals::turnaround, "期間内の連携の受理までの日数（受入決定・完了まで、課別を添える）", "Days from made to received, then to decided and completed, by section", "受理された連携", "Referrals that were received";
    "C-3" "受入不可・回付", "Declined or redirected", "％", "CR-連携-1", None,
        c_referrals::declined, "期間内の連携のうち受入不可または回付となったもの", "Referrals of the period that were declined or redirected", "受入の可否が決まった連携", "Referrals that were decided on";
    "C-4" "期限を過ぎた連携", "Overdue referrals", "％", "CR-連携-1", None,
        c_referrals::overdue, "未完了の連携（依頼した年度を問わない）のうち、定められた営業日数（既定は受理3営業日・受入決定10営業日）または希望期日を過ぎたもの", "Open referrals, whenever they were made, past the term that is set (by default 3 business days to receipt, 10 to decision) or the day hoped for", "基準日に未完了の連携（依頼した年度を問わない。完了・受入不可・取下げ・回付のものを除き、完了して報告を待つものも除く）", "Referrals open on the day of the figures, whenever they were made: not completed, declined, withdrawn or redirected, so without those that only wait for feedback";
    "C-5" "総合支所別の連携", "Referrals by district centre", "件", "CR-連携-1", None,
        c_referrals::branch_matrix, "期間内の総合支所との連携（地域・課別の件数、受入、期限超過。センターへのものは別に添える）", "Referrals of the period to the district centres and from them, by area and section", "", "";
    "D-1" "災害時個別支援計画の作成率", "Disaster plan coverage", "人", "CR-計画-365", None,
        d_disaster::coverage, "必要な対象者のうち計画のある者（人工呼吸器とその他に分ける）", "Persons with a plan, ventilator users and others apart", "終結していない対象者（希望しない者を除く）", "Persons whose case is open, without those who do not want a plan";
    "D-2" "1年以内の検証", "Verified within a year", "人", "CR-計画-365", None,
        d_disaster::verified_in_time, "計画のある対象者のうち初回合意または保護者との検証から365日以内の者", "Persons whose first agreement or last verification with a guardian is at most 365 days old", "計画のある対象者", "Persons with a plan";
    "D-3" "検証の期限超過", "Overdue verifications", "人", "CR-計画-365", None,
        d_disaster::overdue, "365日を超えた対象者（548日超、60日以内に期限の者を添える）", "Persons beyond 365 days, oldest first; beyond 548 days and due in 60 days beside", "", "";
    "D-4" "変化による再確認", "Re-checks after a change", "％", "CR-計画-365", None,
        d_disaster::rechecks, "最後の検証より後に医療的ケア・住所・保護者の変化があった計画", "Plans with a change of care, address or guardian after their last verification", "計画のある対象者", "Persons with a plan";
    "D-5" "検証の結果", "Results of verifications", "％", "CR-計画-365", None,
        d_disaster::quality, "期間内の検証のうち要見直しとなったもの（方法別、30日以内の見直しを添える）", "Verifications of the period that ask for a revision", "期間内の検証", "Verifications of the period";
    "D-6" "電源の備えの記載", "Power recorded in plans", "％", "CR-計画-365", None,
        d_disaster::power, "電源を要する機器を使う対象者（計画の記載、または人工呼吸器・酸素療法・吸引・ネブライザー・透析のある方）の計画のうち電源の時間を記載したもの", "Plans of persons with electric devices (by the plan, or by ventilator, oxygen, suction, nebuliser, dialysis) that say how long power lasts", "電源を要する機器を使う対象者の計画", "Plans of persons with devices that need power";
    "D-7" "担当の正しさ", "Right office for ventilator users", "％", "ventilator-disaster-plan@1", None,
        d_disaster::responsibility, "人工呼吸器使用者の計画のうち居住地域の総合支所（理由を付した他地域を含む）が担当するもの（100％であること）", "Ventilator users' plans that the district centre of their area supports, or another one with a reason; must be all", "人工呼吸器使用者の計画", "Plans of ventilator users";
    "E-1" "動ける医療的ケア児・者への支援", "Reach of movable persons", "人", "CR-動ける-1", None,
        e_reach::movable, "動ける医療的ケア児・者のうち期間内に相談のあった者", "Movable persons with a contact in the period", "把握した動ける医療的ケア児・者", "Mobile persons with medical care who are known";
    "E-2" "相談の内訳", "Contacts by dimension", "件", "CR-延べ-1", None,
        e_reach::breakdown, "地域・年齢・医療的ケア・スコア・方法・主訴・相談者別の延べと実人数", "Contacts and persons by area, age, care, score, channel, topic, consulter", "", "";
    "E-3" "退院前の認知", "First contact before discharge", "人", "CR-認知-1", None,
        e_reach::awareness, "期間内に把握した乳児のうち退院前に最初の相談があった者", "Infants who became known in the period with a first contact before discharge", "期間内に把握した乳児", "Infants who became known in the period";
    "E-4" "超低出生体重児の退院後", "Follow-up of extremely low birth weight", "％", "CR-期間-1", None,
        e_reach::low_birth_weight, "期間内に退院した1,000g未満出生の者のうち30日以内に相談のあった者", "Discharges of persons born under 1,000 g with a contact within 30 days", "期間内の1,000g未満出生の者の退院", "Discharges of the period of persons born under 1,000 g";
    "E-5" "開所時間外の相談", "Contacts outside opening hours", "％", "CR-時間外-1", None,
        e_reach::outside_hours, "期間内の相談のうち開所時間外のもの（曜日・時間別を添える）", "Contacts of the period outside opening hours, by weekday and hour", "期間内の相談", "Contacts of the period";
    "E-6" "満たされなかった需要", "Unmet need", "件", "CR-連携-1", None,
        c_referrals::unmet, "期間内の相談・連携のうち対応できるサービスがなかったもの（居住地域・主訴・連携先別）", "Contacts and referrals of the period that no service could meet, by area, topic and office", "", "";
    "E-7" "同じことの聞き直し", "Repeat telling", "回", "CR-聞き直し-1", None,
        e_reach::repeat_telling, "同じ対象者の同じ項目を別の機関が改めて記録した回数", "Times that the same item of a profile was recorded again by another office", "", "";
    "F-1" "施設看護師の自信の変化", "Nurses' confidence", "点", "CR-自信-1", None,
        f_facilities::confidence, "支援前後の自信の差の平均", "Mean change of confidence, before to after", "前後の揃った回答", "Answers from both before and after";
    "F-2" "支援した施設の受入れ", "Acceptances after support", "人", "CR-受入-1", None,
        f_facilities::acceptance, "期間内に、最初の訪問より後に施設が受け入れた子ども", "Children taken on in the period by facilities after their first visit", "", "";
    "F-3" "支援した施設の医療的ケア", "Procedures covered", "種", "CR-受入-1", None,
        f_facilities::procedures, "支援した施設が対応できる医療的ケアの種類", "Kinds of care that supported facilities give", "", "";
    "F-4" "医療的ケアに対応できる相談員", "Advisors able to take cases", "名", "CR-修了-1", None,
        f_facilities::able_advisors, "期末までに修了した相談員（その後の作成プランを添える）", "Advisors who completed by the end of the period, with plans drafted later", "", "";
    "F-5" "業務量", "Workload", "件／常勤換算", "CR-業務量-1", None,
        f_facilities::workload, "期間内の相談・訪問・プラン・計画の数を常勤換算1人あたりで表したもの", "Contacts, visits and plans for each full-time equivalent", "常勤換算の相談員・保健師", "Advisors and public health nurses in full-time equivalents";
    "G-1" "不安の変化", "Change of anxiety", "点", "CR-家族-1", None,
        g_family::anxiety, "退院の連絡時と3・6・12か月後の不安の差の平均", "Mean change of anxiety since the discharge notice", "両方に回答した対象者", "Persons who answered both times";
    "G-2" "満足度", "Satisfaction", "点", "CR-家族-1", None,
        g_family::satisfaction, "期間内の満足度の平均（1〜5）", "Mean satisfaction, 1 to 5", "回答", "Answers";
    "G-3" "回答率", "Response rate", "％", "CR-家族-1", None,
        g_family::response, "期間内に尋ねたうち回答のあったもの（自由記述のあった回答を添える）", "Answers, of the times that families were asked; those in their own words beside", "尋ねた回数", "Times that families were asked";
    "H-1" "予算の執行", "Budget and spending", "円", "CR-会計-1", None,
        h_money::spending, "年度の支出（戻入を除く）と予算、費目別", "Spending of the year, without what was taken back, and budget by line", "予算", "The budget";
    "H-2" "既存事業と新規", "Existing and new budget", "円", "CR-会計-1", None,
        h_money::budget, "年度の予算のうち既存事業分と増額分", "The year's budget, existing and new", "", "";
    "H-3" "1件あたりの費用", "Cost for each", "円", "CR-会計-2", None,
        h_money::unit_cost, "全支出を相談・プラン・訪問・計画の合計数で割った額（どの支出がどの業務のものかの記録はないため、費目ごとに示す）", "All spending over all contacts, plans and visits alike; by budget line, since nothing tells for which service it was", "相談・プラン・訪問・計画", "Consultations, support plans, visits and disaster plans";
    "H-4" "補助金", "Subsidy", "円", "CR-補助-1", None,
        h_money::subsidy, "メニューごとの対象支出×補助率（上限まで）", "Rate of the eligible spending by menu, up to its cap", "", "";
    "H-5" "区の負担", "Ward share", "円", "CR-補助-1", None,
        h_money::ward_share, "支出から補助金を除いた額（支出の記録がなければ、予算から予定の補助金を除いた額）", "Spending less subsidy; before anything is spent, the budget less the planned subsidy", "", "";
    "H-6" "補助率が2分の1になった場合の区の負担", "Ward share at one half", "円", "CR-補助-1", None,
        h_money::cliff, "支出（支出の記録がなければ予算）から補助率2分の1の補助金を除いた額", "Spending, or before anything is spent the budget, less subsidy at one half", "", "";
    "I-1" "訂正の割合", "Corrections", "％", "CR-記録-1", None,
        i_trust::corrections, "期間内の出来事のうち後に訂正されたもの（理由・職種別を添える）", "Events of the period that were corrected", "期間内の出来事", "Events of the period";
    "I-2" "取消し", "Annulments", "件", "CR-記録-1", None,
        i_trust::annulments, "期間内に記録された取消し", "Annulments recorded in the period", "", "";
    "I-3" "年度をまたいだ記録", "Late entries", "％", "CR-記録-1", None,
        i_trust::late_entries, "期間内の出来事のうち年度が明けてから記録されたもの", "Events of the period that were recorded after its fiscal year", "期間内の出来事", "Events of the period";
    "I-4" "対象者の付け替え", "Reassignments", "件", "CR-記録-1", None,
        i_trust::reassignments, "期間内に別の対象者へ付け替えた記録", "Events moved to another person in the period", "", "";
    "I-5" "有効な同意のない対象者", "Without a consent in force", "人", "CR-同意-1", None,
        i_trust::consents_missing, "終結していない対象者のうち有効な同意のない者（同意の記録がない者、期限の切れた者、撤回した者）", "Open cases without a consent that holds: never recorded, run out or withdrawn", "終結していない対象者", "Persons whose case is open";
    "I-6" "担当外の閲覧", "Views outside the team", "％", "CR-閲覧-1", None,
        i_trust::views_outside_team, "期間内の閲覧のうち担当でない者によるもの", "Openings by accounts that were not in charge", "期間内の閲覧", "Openings of the period";
    "I-7" "緊急閲覧", "Emergency accesses", "件", "CR-閲覧-1", None,
        i_trust::emergency_accesses, "期間内の緊急閲覧", "Accesses taken in an emergency in the period", "", "";
    "I-8" "記録の検証", "Chain verified", "番目まで", "CR-記録-1", None,
        i_trust::chain_verified, "誤りがないと最後に確かめられた記録の位置", "The position up to which the log was last proved clean", "", "";
    "I-9" "再生の位置", "Replayed to", "番目", "CR-記録-1", None,
        i_trust::replayed_to, "これらの数が踏まえる最後の記録の位置", "The position of the newest event that these figures know", "", "";
    "I-10" "運営委員会後の変更", "Changed since the committee", "件", "CR-記録-1", None,
        i_trust::changed_since_committee, "前回の運営委員会の資料確定より後に訂正・取消し・付け替えのあった記録", "Events corrected, annulled or moved after the committee's figures were frozen last", "", "";
    "J-1" "提言への期限内回答", "Recommendations answered in time", "％", "CR-提言-1", None,
        j_follow_through::answered_in_time, "期間内が期限の提言のうち期限までに回答したもの", "Recommendations due in the period that were answered by their day", "期間内が期限の提言", "Recommendations due in the period";
    "J-2" "提言の回答までの日数", "Days to an answer", "日", "CR-提言-1", None,
        j_follow_through::days_open, "提言から回答までの日数（未回答を添える）", "Days from a recommendation to its answer", "回答のあった提言", "Recommendations that were answered";
}
