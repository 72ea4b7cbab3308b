//! A simulated trial: the life of the centre, played by a seed through the real commands.
//!
//! Same seed, same ledger: ids, types, contents, metadata, times and order of every event. Ciphertexts,
//! and with them the tree's root, repeat where keys and nonces are drawn from [`PlayedRandom`]. All
//! persons and offices are invented.

mod agenda;
mod audit;
mod care_team;
mod case;
mod centre;
mod clock;
mod committee;
mod consent;
mod consultation;
mod correction;
mod directory;
mod disaster;
mod draws;
mod duplicate;
mod error;
mod facility;
mod hospital;
mod intake;
mod money;
mod months;
mod opinion;
mod options;
mod person;
mod profile;
mod random;
mod referral;
mod referring;
mod scene;
mod settings;
mod stage;
mod summary;
mod support;
mod trainee;
mod who;
mod words;

pub use clock::PlayedClock;
pub use error::PlayError;
pub use options::{CHILDREN_MAX, Options};
pub use random::PlayedRandom;
pub use stage::Stage;
pub use summary::{Counts, count};

use chrono::{Datelike as _, Days, Months, NaiveTime};
use ledger_core::id::{LedgerId, Position};
use ledger_core::proof::Hash;
use ledger_core::time::{Calendar, Day, FiscalYear, Timestamp};

use self::agenda::Agenda;
use self::centre::Centre;
use self::scene::Scene;
use self::stage::Desk;
use crate::programme::{self, Settings};

/// Days before the first month on which the centre is set up.
const PREPARATION_DAYS: u64 = 21;
/// Moments of a day at which something is recorded; what is played at one moment overlaps.
const MOMENTS: usize = 32;
/// Minutes after 8:00 between which the day's moments lie: within the opening hours.
const MINUTES: (u64, u64) = (58, 530);
/// When the doors open, as the day's minutes count from it.
const MORNING: (u32, u32) = (8, 0);

/// What was played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Played {
    /// Commands that were given, all of them accepted.
    pub commands: u64,
    /// The log's head.
    pub head: Position,
}

/// Shows how far a play is: days played, and days in all.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// The id of the ledger that these options make: of one play alone, since all its ids follow from it.
#[must_use]
pub fn ledger_id(options: &Options) -> LedgerId {
    let Options {
        children,
        from,
        to,
        seed,
    } = options;
    let hash = Hash::of(format!("simulate:{children}:{from}:{to}:{seed}").as_bytes());
    let mut bytes = [0_u8; 16];
    for (byte, value) in bytes.iter_mut().zip(hash.as_bytes()) {
        *byte = *value;
    }
    LedgerId::new(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// When the clock has to stand before anything is written: the morning on which the centre is set up.
#[must_use]
pub fn beginning(options: &Options) -> Timestamp {
    let day = options.from.checked_sub_days(Days::new(PREPARATION_DAYS));
    moment(day.unwrap_or(options.from), 60)
}

/// Plays the life of the centre into an empty ledger, whose clock it sets.
///
/// # Errors
/// [`PlayError::Used`] for a ledger that holds any event, with nothing written; the others when a
/// command is refused or the ledger fails.
pub async fn play(
    stage: Stage<'_>,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Played, PlayError> {
    options.check_range()?;
    if stage.store.head().await?.position != Position::default() {
        return Err(PlayError::Used);
    }
    let begins = beginning(options);
    let settings = programme::settings(None, None, stage.ledger.id(), begins.day_in_japan());
    let settings = settings::of_a_sample(settings.map_err(PlayError::Settings)?);
    let last = last_day(options.to);
    let agenda = Agenda::new(calendar(&settings), last);
    (stage.set_clock)(begins);
    let mut centre = Centre::new(Desk::new(stage, begins), agenda, *options);
    Box::pin(found(&mut centre, settings)).await?;
    months::persons(&mut centre, options.from);
    days(&mut centre, progress).await?;
    centre.desk.settle().await?;
    Ok(Played {
        commands: centre.desk.given(),
        head: stage.store.head().await?.position,
    })
}

/// The centre is set up: settings, accounts, offices, facilities, the first year's money.
async fn found(centre: &mut Centre<'_>, settings: Settings) -> Result<(), PlayError> {
    settings::found(centre, settings).await?;
    Scene::Directory(directory::Step::Begin)
        .play(centre)
        .await?;
    for index in 0..months::facilities(centre) {
        let register = Scene::Facility(index, facility::Step::Register);
        register.play(centre).await?;
    }
    let year = FiscalYear::of(centre.options.from).year();
    let begin = Scene::Money(money::Step::Begin(year));
    begin.play(centre).await
}

/// Plays one day after another.
async fn days(centre: &mut Centre<'_>, progress: Progress<'_>) -> Result<(), PlayError> {
    let (first, last) = (centre.options.from, centre.agenda.last());
    let all = u64::try_from(last.signed_duration_since(first).num_days()).unwrap_or(0);
    for (played, day) in (0_u64..).zip(first.iter_days().take_while(|day| *day <= last)) {
        if day.day() == 1 {
            if day == first || day.month() == 4 {
                months::year(centre, day);
            }
            months::begin(centre, day);
        }
        let scenes = centre.agenda.take(day);
        one_day(centre, day, scenes).await?;
        progress(played, all);
    }
    Ok(())
}

/// Plays the scenes of a day, each at its moment.
async fn one_day(centre: &mut Centre<'_>, day: Day, scenes: Vec<Scene>) -> Result<(), PlayError> {
    let mut at = Vec::with_capacity(scenes.len());
    for scene in scenes {
        let minute = centre.draws.between(MINUTES.0, MINUTES.1);
        at.push((minute, scene));
    }
    at.sort_by_key(|(minute, _)| *minute);
    let together = at.len().div_ceil(MOMENTS).max(1);
    for group in at.chunks(together) {
        let minute = group.last().map_or(MINUTES.0, |(minute, _)| *minute);
        let now = moment(day, minute).max(centre.desk.now());
        centre.desk.set_clock(now).await?;
        for (_, scene) in group {
            scene.play(centre).await?;
        }
    }
    Ok(())
}

/// So many minutes after the morning of a day in Japan.
fn moment(day: Day, minutes: u64) -> Timestamp {
    let morning = NaiveTime::from_hms_opt(MORNING.0, MORNING.1, 0).unwrap_or_default();
    let minutes = chrono::TimeDelta::minutes(i64::try_from(minutes).unwrap_or(0));
    let at = day.and_time(morning);
    Timestamp::of_japan(at.checked_add_signed(minutes).unwrap_or(at))
}

/// The calendar of the carried settings.
fn calendar(settings: &Settings) -> Calendar {
    let programme = &settings.programme;
    Calendar {
        opening_hours: programme.opening_hours.hours.clone(),
        holidays: programme.calendar.holidays.clone(),
        new_year_break: programme.opening_hours.new_year_break,
    }
}

/// The last day of a month that is given by its first.
fn last_day(first: Day) -> Day {
    let next = first.checked_add_months(Months::new(1));
    next.and_then(|next| next.pred_opt()).unwrap_or(first)
}
