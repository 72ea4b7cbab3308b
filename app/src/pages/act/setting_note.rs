//! What the form of a setting says of what it replaces.

use crate::pages::language::t;

/// What is said above the form of a command: filled in, or where it is still to be chosen which setting changes.
pub(super) fn note(command: &str, is_filled: bool) -> &'static str {
    match (command, is_filled) {
        ("adopt-counting-rule", true) => t(
            "いまの版の文を入れ、版を一つ上げてあります。採用すると、この文がいまの版の文全体に代わります。変えるところだけ直してください。",
            "It is filled with the text of the present version, under the next version's number. Once adopted, this text takes the place of the whole present one: change only what is to be different.",
        ),
        ("adopt-counting-rule", false) => t(
            "すでにある規則を改めるときは、次から選ぶと、いまの版の文が入ります。",
            "To revise a rule that there is, choose it below: the form is then filled with its present text.",
        ),
        ("move-start", _) => t(
            "いまの開始日を入れてあります。",
            "It is filled with the first day of service as it is set now.",
        ),
        ("set-opening-hours", _) => t(
            "ここで定めた内容は、開始日から、これまでの開所日・開所時間・年末年始の休みの全体に代わります。いまの内容を入れてあり、開始日は今日にしてあります。変えるところだけ直してください。",
            "From its first day on, what is set here takes the place of all that is set now: weekdays, hours and the New Year break. It is filled with what holds, from today on: change only what is to be different.",
        ),
        ("change-facility" | "change-organisation", _) => t(
            "いまの内容を入れてあります。変えるところだけ直してください。空欄にした項目は、いまの内容のまま残ります。",
            "It is filled with what is known now: change only what is to be different. A field that is emptied stays as it is.",
        ),
        ("change-facility-staffing", _) => t(
            "ここで記録した内容は、いまの体制の全体に代わります。いまの内容を入れてあります。変えるところだけ直してください。",
            "What is recorded here takes the place of the whole present staffing. It is filled with what is known now: change only what is to be different.",
        ),
        ("set-review-term", true) => t(
            "ここで定めた日数は、いまの日数に代わります。期限の一覧だけでなく、過去の年度の指標も、この日数で数え直されます（会議で凍結した資料の数は、そのまま残ります）。",
            "These days take the place of the present ones, for what is due and for the figures of earlier years, too. What was frozen for a meeting stays as it was.",
        ),
        (_, true) => t(
            "ここで定めた内容は、いまの設定の全体に代わります。いまの内容を入れてあります。変えるところだけ直してください。",
            "What is set here takes the place of the whole present setting. It is filled with what holds now: change only what is to be different.",
        ),
        (_, false) => t(
            "ここで定めた内容は、同じものについてのいまの設定の全体に代わります。いまの設定を変えるときは、次から選ぶと、いまの内容が入ります。",
            "What is set here takes the place of the whole present setting of the same thing. To change one that holds, choose it below: the form is then filled with what it says.",
        ),
    }
}
