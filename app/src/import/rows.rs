//! Parses a row of each register into the typed row that commands take.

use ledger_commands::Decision;
use ledger_commands::register::{
    ChildRow, ConsultationRow, DisasterPlanRow, FacilityRow, Grown, ReferralRow, RegisterRow,
    SupportPlanRow, TrainingRow,
};
use ledger_core::code::DisasterPlanStep;
use ledger_core::id::{CommandId, LedgerId};
use ledger_core::time::Day;

use super::cells::Cells;
use super::refusal::Refusal;

/// Birth weights that a register can hold, in grams.
const WEIGHT_GRAMS: (u32, u32) = (200, 6_000);

/// Lengths of a consultation, visit or session, in minutes.
const DURATION_MINUTES: (u32, u32) = (0, 1_440);

/// Versions of a plan, and visits to a facility in a year.
const COUNTED: (u32, u32) = (1, 9_999);

/// A command with its id.
pub type Command = (CommandId, Box<dyn Decision>);

/// A row of a register that can be read from its cells.
pub trait ReadRow: RegisterRow + Decision + Sized + 'static {
    /// Whether a row may be filled in step by step.
    const GROWS: bool = false;

    /// Reads a row; the first cell that is wrong refuses it.
    ///
    /// # Errors
    /// [`Refusal`] with the column.
    fn read(cells: &mut Cells<'_>) -> Result<Self, Refusal>;

    /// The day of the row's main act.
    fn happened_on(&self) -> Day;

    /// The beginning of the keys under which a row begins the same thing, where this row begins one
    /// whose number belongs to one person.
    fn begins(&self) -> Option<String> {
        None
    }

    /// The command that records what is filled now beyond the columns filled `before`.
    fn grow(self, _before: &[String], _ledger: LedgerId) -> Option<Command> {
        None
    }
}

/// The command of a grown row; none when nothing is newly filled.
fn grown<R: RegisterRow>(row: R, before: &[String], ledger: LedgerId) -> Option<Command>
where
    Grown<R>: Decision + 'static,
{
    let grown = Grown::new(row, before);
    if grown.newly().is_empty() {
        return None;
    }
    Some((grown.command(ledger), Box::new(grown)))
}

impl ReadRow for ChildRow {
    fn read(cells: &mut Cells<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            number: cells.key("対象者番号")?,
            name: cells.text("氏名")?,
            kana: cells.text("フリガナ")?,
            birth_date: cells.required_day("生年月日")?,
            area: cells.code("総合支所")?,
            ventilator: cells.yes_no("人工呼吸器")?,
            procedures: cells.codes("医療的ケア")?,
            motor_impairment: cells.code("運動機能障害")?,
            smid_certified: cells.yes_no("重症心身障害認定")?,
            birth_weight_grams: cells.count("出生体重g", WEIGHT_GRAMS)?,
            registered_on: cells.required_day("初回把握日")?,
            guardian_name: cells.text("保護者氏名")?,
            guardian_relation: cells.text("続柄")?,
            flags: cells.flags(),
        })
    }

    fn happened_on(&self) -> Day {
        self.registered_on
    }
}

impl ReadRow for ConsultationRow {
    fn read(cells: &mut Cells<'_>) -> Result<Self, Refusal> {
        let row = Self {
            number: cells.key("受付番号")?,
            day: cells.required_day("受付日")?,
            time: cells.time("時刻")?,
            child: cells.number("対象者番号")?,
            name: cells.text("氏名")?,
            area: cells.code("総合支所")?,
            consulter: cells.code("相談者")?,
            channel: cells.code("方法")?,
            topics: cells.codes("主訴")?,
            content: cells.text("内容")?,
            action: cells.code("対応")?,
            staff: cells.text("担当")?,
            duration_minutes: cells.count("所要分", DURATION_MINUTES)?,
            flags: cells.flags(),
        };
        if row.topics.is_empty() {
            return Err(Refusal::missing_value("主訴"));
        }
        Ok(row)
    }

    fn happened_on(&self) -> Day {
        self.day
    }
}

impl ReadRow for ReferralRow {
    const GROWS: bool = true;

    fn grow(self, before: &[String], ledger: LedgerId) -> Option<Command> {
        grown(self, before, ledger)
    }

    fn read(cells: &mut Cells<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            number: cells.key("連携番号")?,
            child: cells.number("対象者番号")?,
            made_on: cells.required_day("連携日")?,
            area: cells.code("連携先総合支所")?,
            section: cells.code("連携先課")?,
            request: cells.text("依頼内容")?,
            urgency: cells.code("緊急度")?,
            received_on: cells.day("受理日")?,
            accepted_on: cells.day("受入決定日")?,
            declined_on: cells.day("受入不可日")?,
            decline_reason: cells.text("受入不可の理由")?,
            completed_on: cells.day("完了日")?,
            outcome: cells.code("結果")?,
            feedback: cells.text("報告")?,
            flags: cells.flags(),
        })
    }

    fn happened_on(&self) -> Day {
        self.made_on
    }
}

impl ReadRow for SupportPlanRow {
    const GROWS: bool = true;

    fn grow(self, before: &[String], ledger: LedgerId) -> Option<Command> {
        grown(self, before, ledger)
    }

    fn read(cells: &mut Cells<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            number: cells.key("プラン番号")?,
            child: cells.number("対象者番号")?,
            version: cells.required_count("版", COUNTED)?,
            made_on: cells.required_day("作成日")?,
            agreed_on: cells.day("合意日")?,
            discharge_planned_on: cells.day("退院予定日")?,
            discharged_on: cells.day("退院日")?,
            reason: cells.code("見直し理由")?,
            goals: cells.text("目標")?,
            services: cells.texts("サービス")?,
            staff: cells.text("担当")?,
            flags: cells.flags(),
        })
    }

    fn happened_on(&self) -> Day {
        self.made_on
    }
}

impl ReadRow for DisasterPlanRow {
    fn read(cells: &mut Cells<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            number: cells.key("計画番号")?,
            child: cells.number("対象者番号")?,
            step: cells.required_code("区分")?,
            day: cells.required_day("実施日")?,
            guardian_present: cells.yes_no("保護者同席")?,
            method: cells.code("方法")?,
            result: cells.code("結果")?,
            issues: cells.text("課題")?,
            next_due: cells.day("次回予定日")?,
            staff: cells.text("担当")?,
            flags: cells.flags(),
        })
    }

    fn happened_on(&self) -> Day {
        self.day
    }

    fn begins(&self) -> Option<String> {
        let [number, step, _] = self.key().try_into().ok()?;
        (self.step == DisasterPlanStep::New).then(|| format!("{number}:{step}:"))
    }
}

impl ReadRow for FacilityRow {
    fn read(cells: &mut Cells<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            number: cells.key("支援番号")?,
            facility: cells.number("施設番号")?,
            name: cells.text("施設名")?,
            kind: cells.code("種別")?,
            area: cells.code("総合支所")?,
            day: cells.required_day("実施日")?,
            nth: cells.required_count("回", COUNTED)?,
            staff_kind: cells.code("職種")?,
            content: cells.text("内容")?,
            duration_minutes: cells.count("所要分", DURATION_MINUTES)?,
            flags: cells.flags(),
        })
    }

    fn happened_on(&self) -> Day {
        self.day
    }
}

impl ReadRow for TrainingRow {
    fn read(cells: &mut Cells<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            number: cells.key("記録番号")?,
            trainee: cells.number("相談員番号")?,
            name: cells.text("氏名")?,
            office: cells.text("所属")?,
            day: cells.required_day("実施日")?,
            kind: cells.required_code("区分")?,
            content: cells.text("内容")?,
            duration_minutes: cells.count("所要分", DURATION_MINUTES)?,
            flags: cells.flags(),
        })
    }

    fn happened_on(&self) -> Day {
        self.day
    }
}

#[cfg(test)]
mod tests {
    use ledger_core::code::Flag;

    use super::*;
    use crate::import::cells::Places;
    use crate::import::encoding::Encoding;
    use crate::import::sheet::Sheet;

    /// Reads the one row of a sheet made of columns and their cells; other columns are empty.
    fn read<R: ReadRow>(filled: &[(&str, &str)]) -> Result<R, Refusal> {
        let cells = R::COLUMNS.iter().map(|column| {
            let cell = filled.iter().find(|(name, _)| name == column);
            format!("\"{}\"", cell.map_or("", |(_, cell)| *cell))
        });
        let cells: Vec<String> = cells.collect();
        let text = format!("{}\n{}\n", R::COLUMNS.join(","), cells.join(","));
        let mut sheet = Sheet::open(text.as_bytes(), Encoding::Utf8).unwrap();
        let places = Places::find(sheet.header(), R::COLUMNS, false).unwrap();
        let row = sheet.next_row().unwrap().unwrap();
        R::read(&mut Cells::new(&row, &places))
    }

    const CONSULTATION: [(&str, &str); 3] = [
        ("受付番号", "ｓ００００１"),
        ("受付日", "R3.8.4"),
        ("主訴", "退院；レスパイト;退院"),
    ];

    fn consultation(other: (&str, &str)) -> (&'static str, String) {
        let mut filled = vec![other];
        filled.extend(CONSULTATION.iter().filter(|(name, _)| *name != other.0));
        let refusal = read::<ConsultationRow>(&filled)
            .err()
            .expect("the row is refused");
        (
            refusal.code,
            refusal.column.unwrap_or_default().into_owned(),
        )
    }

    #[test]
    fn control_characters_and_spaces_in_numbers_are_refused_with_their_column() {
        let refused = |column, cell| consultation((column, cell));

        let escape = refused("内容", "赤\u{1b}[31m字");
        assert_eq!(escape, ("CONTROL_CHARACTER", "内容".to_owned()));
        let bell = refused("対象者番号", "C\u{7}1");
        assert_eq!(bell, ("CONTROL_CHARACTER", "対象者番号".to_owned()));
        let spaced = refused("受付番号", "S 1");
        assert_eq!(spaced, ("NOT_A_REGISTER_NUMBER", "受付番号".to_owned()));
    }

    #[test]
    fn a_row_says_the_same_whatever_its_notation() {
        let plain = read::<ConsultationRow>(&CONSULTATION).unwrap();
        let other = [
            ("受付番号", " S00001"),
            ("受付日", "令和３年８月４日"),
            ("主訴", "退院;レスパイト"),
            ("所要分", ""),
        ];
        let other = read::<ConsultationRow>(&other).unwrap();

        assert!(plain.cells() == other.cells());
        assert_eq!(plain.key(), ["S00001"]);
    }

    #[test]
    fn every_wrong_cell_is_named_with_its_code() {
        let refused = |column: &'static str, cell: &str| consultation((column, cell));

        for column in ["受付番号", "受付日", "主訴"] {
            assert_eq!(refused(column, " "), ("MISSING_VALUE", column.to_owned()));
        }
        for cell in ["昨日", "2021/2/29", "R3.13.1"] {
            assert_eq!(refused("受付日", cell), ("NOT_A_DATE", "受付日".to_owned()));
        }
        for cell in ["25:00", "9時60分", "朝"] {
            assert_eq!(refused("時刻", cell), ("NOT_A_TIME", "時刻".to_owned()));
        }
        for cell in ["-1", "1441", "三十", "1.5", "+5"] {
            assert_eq!(
                refused("所要分", cell),
                ("NOT_A_NUMBER", "所要分".to_owned())
            );
        }
        assert_eq!(
            refused("主訴", "退院;雑談"),
            ("UNKNOWN_CODE", "主訴".to_owned())
        );
        assert_eq!(
            refused("方法", "ＦＡＸ"),
            ("UNKNOWN_CODE", "方法".to_owned())
        );
        assert_eq!(
            refused("内容", "1234-5678-9018"),
            ("MY_NUMBER", "内容".to_owned())
        );
        let long = "あ".repeat(101);
        assert_eq!(
            refused("受付番号", &long),
            ("TOO_LONG", "受付番号".to_owned())
        );
    }

    #[test]
    fn required_cells_of_every_register_are_asked_for() {
        let code = |refusal: Option<Refusal>| {
            let refusal = refusal.expect("the row is refused");
            (
                refusal.code,
                refusal.column.unwrap_or_default().into_owned(),
            )
        };
        let missing = |column: &str| ("MISSING_VALUE", column.to_owned());

        let child = read::<ChildRow>(&[("対象者番号", "C1"), ("初回把握日", "R3.8.1")]);
        assert_eq!(code(child.err()), missing("生年月日"));
        let referral = read::<ReferralRow>(&[("連携番号", "F1")]);
        assert_eq!(code(referral.err()), missing("連携日"));
        let plan = read::<SupportPlanRow>(&[("プラン番号", "P1"), ("作成日", "R3.8.1")]);
        assert_eq!(code(plan.err()), missing("版"));
        let disaster = read::<DisasterPlanRow>(&[("計画番号", "D1"), ("実施日", "R3.8.1")]);
        assert_eq!(code(disaster.err()), missing("区分"));
        let visit = read::<FacilityRow>(&[("支援番号", "G1"), ("実施日", "R3.8.1")]);
        assert_eq!(code(visit.err()), missing("回"));
        let session = read::<TrainingRow>(&[("記録番号", "I1"), ("実施日", "R3.8.1")]);
        assert_eq!(code(session.err()), missing("区分"));
    }

    #[test]
    fn numbers_are_read_in_full_width_and_bounded() {
        let child = |grams: &str| {
            let filled = [
                ("対象者番号", "C1"),
                ("生年月日", "2017/5/11"),
                ("初回把握日", "R3.8.1"),
                ("出生体重g", grams),
            ];
            read::<ChildRow>(&filled).map(|row| row.birth_weight_grams)
        };

        assert_eq!(child("２２５２").unwrap(), Some(2_252));
        assert_eq!(child("").unwrap(), None);
        assert_eq!(child("199").unwrap_err().code, "NOT_A_NUMBER");
        assert_eq!(child("6001").unwrap_err().code, "NOT_A_NUMBER");
    }

    #[test]
    fn a_day_in_an_era_that_had_ended_is_taken_and_flagged() {
        let mut filled = CONSULTATION.to_vec();
        filled[1].1 = "平成33年8月4日";

        let row = read::<ConsultationRow>(&filled).unwrap();

        assert_eq!(row.day.to_string(), "2021-08-04");
        assert!(row.flags == [Flag::EraMoved]);
    }

    #[test]
    fn anything_but_yes_and_no_is_no_code() {
        let row = read::<DisasterPlanRow>(&[
            ("計画番号", "D1"),
            ("区分", "新規"),
            ("実施日", "R3.8.1"),
            ("保護者同席", "不明"),
        ]);

        assert_eq!(row.err().expect("the row is refused").code, "UNKNOWN_CODE");
    }
}
