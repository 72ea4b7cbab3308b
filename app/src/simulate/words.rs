//! The invented names and sentences of a simulated trial; none is of a real person or office.

/// The ward's areas, as stored.
pub(super) const AREAS: &[&str] = &["setagaya", "kitazawa", "tamagawa", "kinuta", "karasuyama"];

/// Family names with their reading, which nobody has.
pub(super) const FAMILIES: &[(&str, &str)] = &[
    ("見本", "ミホン"),
    ("例田", "レイタ"),
    ("仮名", "カナ"),
    ("試野", "タメシノ"),
    ("雛形", "ヒナガタ"),
    ("架空", "カクウ"),
    ("模擬", "モギ"),
    ("想定", "ソウテイ"),
];

/// Given names with their reading.
pub(super) const GIVEN: &[(&str, &str)] = &[
    ("花子", "ハナコ"),
    ("太郎", "タロウ"),
    ("あおい", "アオイ"),
    ("はると", "ハルト"),
    ("ひなた", "ヒナタ"),
    ("みお", "ミオ"),
    ("そうた", "ソウタ"),
    ("ゆい", "ユイ"),
    ("れん", "レン"),
    ("さくら", "サクラ"),
    ("なぎ", "ナギ"),
    ("つむぎ", "ツムギ"),
];

/// Kinds of daily medical care, as stored; the first is the one that decides about disaster plans.
pub(super) const CARE: [&str; 16] = [
    "ventilator",
    "tracheostomy",
    "nasopharyngeal-airway",
    "oxygen",
    "suction",
    "nebuliser",
    "tube-nasogastric",
    "tube-gastrostomy",
    "tube-other",
    "central-venous",
    "subcutaneous-injection",
    "glucose",
    "dialysis",
    "catheterisation",
    "bowel",
    "seizure",
];

/// Who consults about a known person.
pub(super) const CONSULTERS: &[&str] = &[
    "guardian",
    "guardian",
    "guardian",
    "guardian",
    "guardian",
    "hospital",
    "visiting-nursing",
    "facility",
    "school",
    "advisor",
    "ward-office",
    "person",
];

/// Ways of consulting.
pub(super) const CHANNELS: &[&str] = &[
    "phone", "phone", "phone", "office", "visit", "online", "mail", "meeting",
];

/// What is done about a consultation.
pub(super) const ACTIONS: &[&str] = &[
    "advice",
    "information",
    "contacted-others",
    "visit-arranged",
    "other",
];

/// What consultations are about, each with what is written down.
pub(super) const TALKS: &[(&str, &str)] = &[
    ("discharge", "退院後の生活の組み立てについて。"),
    ("respite", "短期入所の空きと利用の手順について。"),
    ("visiting-nursing", "訪問看護の回数と時間の見直しについて。"),
    ("clinic", "かかりつけ医と通院の付添いについて。"),
    ("welfare-services", "利用できる福祉サービスについて。"),
    ("child-development", "児童発達支援の見学について。"),
    ("nursery-entry", "保育園の入園の申込みについて。"),
    ("school-entry", "就学相談の時期と準備について。"),
    ("equipment", "吸引器の買換えの手続きについて。"),
    ("transport", "通院と通学の移動手段について。"),
    ("disaster", "停電のときの備えについて。"),
    ("family", "きょうだいの行事に参加する日の預け先について。"),
    ("parents-work", "保護者の復職と預け先について。"),
    ("mental-burden", "夜間のケアの負担と休息について。"),
    ("transition-to-adult", "成人期の医療と通所先について。"),
    ("moving", "転居に伴う支援の引継ぎについて。"),
    ("finance", "手当と医療費の助成について。"),
    ("finding-advisor", "相談支援専門員の探し方について。"),
    ("technique", "注入の手技の確認について。"),
    ("other", "家族会の案内について。"),
];

/// What is promised as a next step.
pub(super) const PROMISES: &[&str] = &[
    "見学の日を電話で伝える。",
    "短期入所の空きを確かめて電話する。",
    "申請書の記入例を送る。",
    "訪問看護の回数を主治医に確認する。",
    "家族会の案内を郵送する。",
];

/// What families say.
pub(super) const VOICES: &[&str] = &[
    "夜の吸引に慣れてきた。",
    "相談先が一つになって助かった。",
    "預け先が見つからず不安が続いている。",
    "停電が心配だったが、準備ができた。",
    "きょうだいと過ごす時間が取れた。",
];

/// What is taught or looked at on a visit to a facility.
pub(super) const VISITS: &[&str] = &[
    "受入れ前の環境の確認",
    "吸引の手技の確認と助言",
    "注入の手順書の見直し",
    "緊急時の連絡の流れの確認",
];

/// What is asked of another office.
pub(super) const ASKED: &[&str] = &[
    "手当の案内",
    "保健師の家庭訪問",
    "通所先の調整",
    "サービス等利用計画の作成",
    "就学に向けた調整",
];
