//! What a month and a year of the centre bring, in the numbers that the ward's paper plans.

use chrono::{Datelike as _, Days};
use ledger_core::time::{Day, FiscalYear};

use super::centre::Centre;
use super::scene::Scene;
use super::{
    audit, care_team, case, committee, consent, consultation, directory, disaster, duplicate,
    facility, hospital, intake, money, opinion, referral, settings, trainee,
};

/// Thousandths of an event a month in the whole ward; a full year's planned number divided by twelve.
mod rate {
    /// 延べ1,000件程度, in the first year 延べ500件程度 in its eight months (paper, ア).
    pub(super) const CONSULTATIONS: (u64, u64) = (62_500, 83_300);
    /// 実人数10件程度, in the first year 5 (paper, ア); some of them are withdrawn.
    pub(super) const SUPPORT_PLANS: (u64, u64) = (700, 950);
    /// 20件程度 (paper, エ); some families do not want one.
    pub(super) const DISASTER_PLANS: (u64, u64) = (3_900, 1_850);
    /// Ours: the paper names no number.
    pub(super) const REFERRALS: u64 = 11_000;
    /// Ours.
    pub(super) const STAYS: u64 = 1_500;
    /// Ours: what changes of profiles.
    pub(super) const CHANGES: u64 = 9_000;
    /// Ours.
    pub(super) const SHARED: u64 = 7_000;
    /// Ours: closed cases.
    pub(super) const CLOSED: u64 = 900;
    /// Ours: numbers given twice.
    pub(super) const TWICE: u64 = 700;
    /// Ours: voices beside those of plans.
    pub(super) const VOICES: u64 = 4_000;
    /// Ours: records opened in an emergency.
    pub(super) const EMERGENCIES: u64 = 400;
    /// Ours: changes of who is in charge.
    pub(super) const ROTATED: u64 = 900;
}

/// Facilities that take part a year (paper, イ: 10か所).
const FACILITIES: u64 = 10;
/// Days from the beginning within which four in ten become known.
const KNOWN_AT_ONCE_DAYS: u64 = 40;

/// When the centre gets to know each person of the play.
pub(super) fn persons(centre: &mut Centre<'_>, first: Day) {
    let span = centre.agenda.last().signed_duration_since(first).num_days();
    let span = u64::try_from(span).unwrap_or(0).saturating_sub(20).max(1);
    for child in 0..centre.options.children {
        let within = if centre.draws.chance(45) {
            KNOWN_AT_ONCE_DAYS.min(span)
        } else {
            span
        };
        let days = centre.draws.below(within);
        let day = first.checked_add_days(Days::new(days)).unwrap_or(first);
        let person = super::person::Person::drawn(day, &mut centre.draws);
        centre.persons.push(person);
        centre
            .agenda
            .plan(day, Scene::Intake(child, intake::Step::Register));
    }
}

/// How many facilities take part.
pub(super) fn facilities(centre: &Centre<'_>) -> usize {
    let many = FACILITIES.saturating_mul(u64::from(centre.options.children));
    let many = many.checked_div(180).unwrap_or(0).clamp(3, 400);
    usize::try_from(many).unwrap_or(3)
}

/// Plans a month from its first day.
pub(super) fn begin(centre: &mut Centre<'_>, first: Day) {
    let early = FiscalYear::of(first).year() <= 2021;
    let of = |(first_year, later): (u64, u64)| if early { first_year } else { later };
    let many = centre.scaled_truly(of(rate::CONSULTATIONS));
    for _ in 0..many {
        let step = match centre.turn("consultation", 17) {
            3 | 11 => consultation::Step::Inquiry,
            8 => consultation::Step::Evening,
            _ => consultation::Step::Known,
        };
        on_some_day(centre, first, Scene::Consultation(step));
    }
    for_persons(centre, first, of(rate::DISASTER_PLANS), |_| {
        disaster::Step::Need.into()
    });
    for_persons(centre, first, of(rate::SUPPORT_PLANS), |_| {
        hospital::Step::Admit(true).into()
    });
    for_persons(centre, first, rate::STAYS, |_| {
        hospital::Step::Admit(false).into()
    });
    for_persons(centre, first, rate::REFERRALS, |_| {
        referral::Step::Make.into()
    });
    for_persons(centre, first, rate::CHANGES, |_| About::Profile);
    for_persons(centre, first, rate::SHARED, |_| {
        About::Consent(consent::Step::Share)
    });
    let voice = "yearly";
    for_persons(centre, first, rate::VOICES, |_| About::Voice(voice));
    let emergency = care_team::Step::Emergency;
    for_persons(centre, first, rate::EMERGENCIES, |_| {
        About::CareTeam(emergency)
    });
    let rotate = care_team::Step::Rotate;
    for_persons(centre, first, rate::ROTATED, |_| About::CareTeam(rotate));
    for_persons(centre, first, rate::CLOSED, |centre| {
        let reason = centre.turn("closing", case::REASONS.len());
        let reason = case::REASONS.get(reason).copied().unwrap_or("moved");
        About::Case(case::Step::Close(reason))
    });
    for _ in 0..centre.scaled(rate::TWICE) {
        on_some_day(centre, first, Scene::Duplicate(duplicate::Step::Twice));
    }
    office(centre, first);
}

/// What is planned for somebody.
enum About {
    Profile,
    Consent(consent::Step),
    CareTeam(care_team::Step),
    Case(case::Step),
    Hospital(hospital::Step),
    Disaster(disaster::Step),
    Referral(referral::Step),
    Voice(&'static str),
}

impl From<hospital::Step> for About {
    fn from(step: hospital::Step) -> Self {
        Self::Hospital(step)
    }
}

impl From<disaster::Step> for About {
    fn from(step: disaster::Step) -> Self {
        Self::Disaster(step)
    }
}

impl From<referral::Step> for About {
    fn from(step: referral::Step) -> Self {
        Self::Referral(step)
    }
}

impl About {
    const fn scene(self, child: u32) -> Scene {
        match self {
            Self::Profile => Scene::Profile(child),
            Self::Consent(step) => Scene::Consent(child, step),
            Self::CareTeam(step) => Scene::CareTeam(child, step),
            Self::Case(step) => Scene::Case(child, step),
            Self::Hospital(step) => Scene::Hospital(child, step),
            Self::Disaster(step) => Scene::Disaster(child, step),
            Self::Referral(step) => Scene::Referral(child, step),
            Self::Voice(stage) => Scene::Consultation(consultation::Step::Voice(child, stage)),
        }
    }
}

/// Plans so many scenes of the month, each about somebody who is known when it begins.
fn for_persons(
    centre: &mut Centre<'_>,
    first: Day,
    thousandths: u64,
    about: impl Fn(&mut Centre<'_>) -> About,
) {
    for _ in 0..centre.scaled(thousandths) {
        let about = about(centre);
        let free = |person: &super::person::Person| match about {
            About::Disaster(_) => !person.asked,
            About::Hospital(hospital::Step::Admit(true)) => !person.supported,
            About::Hospital(_)
            | About::Profile
            | About::Consent(_)
            | About::CareTeam(_)
            | About::Case(_)
            | About::Referral(_)
            | About::Voice(_) => true,
        };
        let Some(child) = centre.somebody_who(free) else {
            return;
        };
        on_some_day(centre, first, about.scene(child));
    }
}

/// Plans a scene for some day of the month.
fn on_some_day(centre: &mut Centre<'_>, first: Day, scene: Scene) {
    let day = centre.draws.below(28);
    if let Some(day) = first.checked_add_days(Days::new(day)) {
        centre.agenda.plan(day, scene);
    }
}

/// The month's work beside the persons: money, directory, meetings, audit, training.
fn office(centre: &mut Centre<'_>, first: Day) {
    let year = FiscalYear::of(first).year();
    let month = first.month();
    if let Some(day) = first.checked_add_days(Days::new(24)) {
        centre
            .agenda
            .plan(day, Scene::Money(money::Step::Spend(year)));
    }
    let scenes: &[Scene] = match month {
        4 => &[
            Scene::Settings(settings::Step::Year),
            Scene::Committee(committee::Step::Convene),
        ],
        5 | 7 => &[Scene::Opinion(opinion::Step::Request)],
        6 | 1 => &[Scene::Settings(settings::Step::Conflict)],
        9 => &[Scene::Settings(settings::Step::Helper)],
        10 => &[
            Scene::Committee(committee::Step::Convene),
            Scene::Audit(audit::Step::Open),
        ],
        11 => &[Scene::Directory(directory::Step::Close)],
        12 => &[Scene::Directory(directory::Step::Change)],
        2 => &[Scene::Opinion(opinion::Step::Receive)],
        3 => &[Scene::Settings(settings::Step::Post)],
        _ => &[],
    };
    for scene in scenes {
        on_some_day(centre, first, *scene);
    }
    on_some_day(centre, first, Scene::Directory(directory::Step::Confirm));
    // The first year's money is set when the centre is founded.
    if month == 4 && first != centre.options.from {
        centre
            .agenda
            .plan(first, Scene::Money(money::Step::Begin(year)));
    }
    disasters(centre, first);
}

/// What a first month and every April begin.
pub(super) fn year(centre: &mut Centre<'_>, first: Day) {
    for index in 0..facilities(centre) {
        on_some_day(centre, first, Scene::Facility(index, facility::Step::Enrol));
    }
    // 年間1～2名 (paper, ウ).
    let persons = u64::from(centre.options.children);
    let most = persons.checked_div(90).unwrap_or(0).max(2);
    for _ in 0..centre
        .draws
        .between(most.checked_div(2).unwrap_or(1).max(1), most)
    {
        let index = u32::try_from(centre.turn("trainee", usize::MAX)).unwrap_or(0);
        on_some_day(centre, first, Scene::Trainee(index, trainee::Step::Enrol));
    }
}

/// A typhoon in September and a blackout in February use plans; ventilators begin and end.
fn disasters(centre: &mut Centre<'_>, first: Day) {
    let hazard = match first.month() {
        9 => "flood",
        2 => "blackout",
        _ => "",
    };
    let many = if hazard.is_empty() {
        0
    } else {
        centre.scaled(6_000)
    };
    for _ in 0..many {
        if let Some(child) = centre.somebody_who(|person| person.disaster.is_some()) {
            let step = disaster::Step::Used(hazard);
            on_some_day(centre, first, Scene::Disaster(child, step));
        }
    }
    for _ in 0..centre.scaled(400) {
        if let Some(child) = centre.somebody_who(|person| person.disaster.is_some()) {
            let step = disaster::Step::Ventilator;
            on_some_day(centre, first, Scene::Disaster(child, step));
        }
    }
}
