//! What help says: what each role does, and what the words of the pages mean.

use ledger_core::actor::Role;

/// A text in both languages.
pub(super) type Words = (&'static str, &'static str);

/// Something that some roles do with the pages.
pub(super) struct Does {
    pub(super) roles: &'static [Role],
    pub(super) title: Words,
    /// The page where it begins.
    pub(super) path: &'static str,
    pub(super) how: Words,
}

const CENTRE: &[Role] = &[Role::Staff, Role::Manager];
const REVIEWERS: &[Role] = &[Role::Manager, Role::Auditor];
const WHO_SEE_EVENTS: &[Role] = &[Role::Staff, Role::Manager, Role::Auditor];
const READERS: &[Role] = &[Role::Staff, Role::Manager, Role::Auditor, Role::Committee];
const AUDITOR: &[Role] = &[Role::Auditor];
const ADMIN: &[Role] = &[Role::Admin];
const EVERYBODY: &[Role] = &[
    Role::Staff,
    Role::Manager,
    Role::Auditor,
    Role::Committee,
    Role::Admin,
];

/// In the order in which a day needs them.
pub(super) const TASKS: &[Does] = &[
    Does {
        roles: CENTRE,
        title: ("今日することを見る", "See what is to do today"),
        path: "/",
        how: (
            "期限の近いもの、過ぎたものが種類ごとに並びます。「済みにする」などのボタンで記録でき、直後なら取り消せます。状況を照会した連携は、照会した日と人を示し、返事を待つ3営業日（受理の期限と同じ日数）は同じ種類の中で下に並びます。",
            "What is due or overdue is listed by kind. Buttons record what needs nothing but the day, and you can take it back straight away. A referral about which the other office was asked says when and by whom, and for three business days (the term of receipt) it stands below others of its kind.",
        ),
    },
    Does {
        roles: CENTRE,
        title: ("相談を記録する", "Record a consultation"),
        path: "/record",
        how: (
            "対象者番号（複数可）と内容を入れて送ります。番号が分からないときは「対象者」で氏名から探せます。",
            "Enter one or more numbers and what was said. If you do not know a number, search by name under Children.",
        ),
    },
    Does {
        roles: CENTRE,
        title: ("一人の経過を読む", "Read one person's timeline"),
        path: "/children",
        how: (
            "番号を開くと、出来事、計画、期限、連携が一画面に並びます。開いたことは記録されます。担当でないときは理由を書いて緊急閲覧します。",
            "Open a number to see events, plans, due dates and referrals on one screen. Opening it is recorded. If you are not in charge, you give a reason first.",
        ),
    },
    Does {
        roles: CENTRE,
        title: ("総合支所などにつなぐ", "Refer somebody"),
        path: "/referrals",
        how: (
            "連携の受理・受入決定・報告を三つのしるしで追い、文書を印刷します。新しい連携は「そのほかの記録」から始めます。",
            "Follow receipt, acceptance and feedback by three ticks, and print the letter. Start a new referral under Other records.",
        ),
    },
    Does {
        roles: CENTRE,
        title: ("まちがいを直す", "Correct a mistake"),
        path: "/children",
        how: (
            "経過の各記録から「訂正」「取消し」「付替え」を選び、理由を書きます。元の記録は残り、線を引いて示します。",
            "From any record of a timeline you can correct, annul or reassign it, giving a reason. The original stays, struck through.",
        ),
    },
    Does {
        roles: WHO_SEE_EVENTS,
        title: ("事業の実績を見る", "See how the trial is going"),
        path: "/committee",
        how: (
            "ア〜エの実績を予定数と並べた総括表です。どの数字も、定義と数え方、数えた記録まで開けます。",
            "The scorecard sets the services against their plan. Open any figure to see its definition, its rule and the events it counts.",
        ),
    },
    Does {
        roles: &[Role::Committee],
        title: ("事業の実績を見る", "See how the trial is going"),
        path: "/committee",
        how: (
            "ア〜エの実績を予定数と並べた総括表です。どの数字も、定義と数え方まで開けます。",
            "The scorecard sets the services against their plan. Open any figure to see its definition and its rule.",
        ),
    },
    Does {
        roles: READERS,
        title: ("すべての数字を一覧する", "See every figure"),
        path: "/figures",
        how: (
            "年度を選ぶと、指標のすべてが定義とともに並びます。CSVとExcelで持ち出せる役割もあります。",
            "Choose a fiscal year to see every figure with its definition. Some roles can export them as CSV or Excel.",
        ),
    },
    Does {
        roles: &[Role::Committee],
        title: ("会議の資料を読む", "Read a meeting's figures"),
        path: "/committee/meetings",
        how: (
            "会議ごとに確定した数字が、今の数字と並びます。確定した数字はあとから変わりません。",
            "The figures frozen for a meeting are shown beside the present ones. Frozen figures never change.",
        ),
    },
    Does {
        roles: AUDITOR,
        title: ("記録をたどる", "Trace the record"),
        path: "/events",
        how: (
            "記録した日や出来事の日などの条件で絞り、一件を開くと、保存された内容、前後の記録、台帳に含まれる証明が見えます。個人の記述は開きません。",
            "Narrow the list, for example by when something was recorded or when it occurred, and open an event to see what is stored, what stands beside it and the proof. Nobody's personal text is opened.",
        ),
    },
    Does {
        roles: WHO_SEE_EVENTS,
        title: (
            "監査の質問と指摘を見る",
            "See what auditors asked and found",
        ),
        path: "/audit/engagements",
        how: (
            "監査ごとに、未回答の質問と未解消の指摘が、待っている日数とともに並びます。質問を受けた側は、この画面から回答します。",
            "Open questions and findings are listed by audit, with how long they have been waiting. Whoever was asked answers from there.",
        ),
    },
    Does {
        roles: REVIEWERS,
        title: ("監査する", "Review how the ledger is kept"),
        path: "/audit",
        how: (
            "訂正の一覧、取込みの来歴、仮に置いた数え方、閲覧の点検、無作為の抽出があります。",
            "Corrections, imports, assumed counting rules, who opened what, and random samples.",
        ),
    },
    Does {
        roles: ADMIN,
        title: ("アカウントを開く", "Open an account"),
        path: "/accounts",
        how: (
            "名前と役割を決めると、本人がパスワードを決めるためのリンクができます。一度だけ使えます。",
            "Choose a name and a role. You get a link, valid once, with which the owner sets the password.",
        ),
    },
    Does {
        roles: ADMIN,
        title: ("動いているかを見る", "See whether all is running"),
        path: "/system",
        how: (
            "集計の遅れ、控えの古さ、設定の履歴が見えます。集計はここから作り直せます。",
            "See how far the projections lag, how old the backups are, and the settings. You can rebuild projections from here.",
        ),
    },
    Does {
        roles: ADMIN,
        title: ("関係機関を調べる", "Look at offices and facilities"),
        path: "/organisations",
        how: (
            "関係機関と施設の名簿です。加えたり変えたりするのはセンター長と職員です。",
            "The directory of offices and facilities; staff and manager add and change them.",
        ),
    },
    Does {
        roles: EVERYBODY,
        title: ("サインインの方法を変える", "Change how you sign in"),
        path: "/security",
        how: (
            "パスワード、アプリの確認コード、パスキーを自分で変えられ、サインインしている端末が分かります。忘れたときやなくしたときは、システム管理者に頼みます。",
            "Change your password, codes and passkeys, and see where you are signed in. If you forget or lose something, ask an administrator.",
        ),
    },
];

/// The words of the pages, each with what it means.
pub(super) const TERMS: &[(Words, Words)] = &[
    (
        ("台帳・記録・位置（#）", "Ledger, record, position (#)"),
        (
            "台帳には追記だけをします。書いた記録は消えず、台帳の何番目かを位置（#）で示します。",
            "The ledger is append-only. Nothing recorded is ever removed; the position (#) is a record's place in it.",
        ),
    ),
    (
        ("出来事の時計・記録の時計", "Two clocks"),
        (
            "いつ起きたか（出来事）と、いつ台帳に書いたか（記録）は別です。どちらの時計も過去の日に止めて見られます。",
            "When something occurred and when it was recorded are two different things. You can stop either clock at a past day.",
        ),
    ),
    (
        (
            "訂正・取消し・付替え",
            "Correction, annulment, reassignment",
        ),
        (
            "内容を改めるのが訂正、なかったことにするのが取消し、別の対象者の記録にするのが付替えです。理由が要ります。",
            "A correction changes the content, an annulment says it never happened, and a reassignment gives it to another person. Each needs a reason.",
        ),
    ),
    (
        ("担当・緊急閲覧", "In charge, access in an emergency"),
        (
            "対象者の氏名や記述を開けるのは担当とセンター長です。ほかの職員は理由を書いて、限られた時間だけ開けます。監査人は開けません。",
            "Names and text about a person can be opened by those in charge and by the manager. Other staff give a reason, and can open them for a limited time. Auditors cannot.",
        ),
    ),
    (
        ("連携", "Referral"),
        (
            "ほかの機関につなぐこと、つながれること。受理・決定・完了と、結果の報告までを追います。",
            "Handing a person over to another office, or taking one over from it; followed until its outcome is reported.",
        ),
    ),
    (
        ("在宅生活支援プラン", "Home-living support plan"),
        (
            "退院から在宅生活までを支える計画。版ごとに残り、前の版との違いが見えます。",
            "The plan for life at home after hospital. Each version is kept, with what changed since the one before.",
        ),
    ),
    (
        ("災害時個別支援計画", "Individual disaster plan"),
        (
            "災害のときの支援の計画。年に一度、保護者と検証します。",
            "The plan for a disaster, verified with the guardian once a year.",
        ),
    ),
    (
        ("順次拡大", "Expanding"),
        (
            "区の資料が2年目以降の数を定めず「順次拡大」としている事業の予定数です。",
            "Shown as the planned number where the ward's paper sets none for later years.",
        ),
    ),
    (
        ("※（数を伏せた欄）", "※ (a withheld number)"),
        (
            "少ない人数から個人が分からないように、1〜4の数を伏せています。そこから計算できてしまう欄は、0や5以上でも伏せます。",
            "Numbers from 1 to 4 are withheld so that nobody can be identified, and so are other numbers, even 0, from which they could be worked out.",
        ),
    ),
    (
        ("確定した数字", "Frozen figures"),
        (
            "会議に出した時点の数字。その後の記録や訂正では変わりません。",
            "The figures as they were shown to a meeting. Later records and corrections do not change them.",
        ),
    ),
];
