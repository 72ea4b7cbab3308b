//! C: referrals (連携), how their loops close, and where they wait.

use ledger_core::code::Area;

use super::fold::Fold;
use super::given::{Given, Groups, code};
use super::measure::{Counted, Excluded, Measured};
use super::scope::days_between;
use crate::facts::Kind;
use crate::referral_loop::Loop;

/// Days after which a referral's loop should have closed.
const LOOP_DAYS: i64 = 30;

/// Referrals from and to the centre made in the period, as they stand on the scope's day.
pub(super) fn made<'a>(given: &Given<'a, '_>) -> Vec<Loop<'a>> {
    let made = given.within(Kind::ReferralMade);
    made.map(|fact| Loop::on(given.facts, fact, given.scope.day))
        .collect()
}

fn unit<'a>(given: &Given<'a, '_>, one: &Loop<'a>) -> Counted {
    let made = one.made;
    let person = made.subject.as_deref();
    let person = person.map(|case| given.facts.canonical(case));
    let counted = Counted::of(made, person, made.thing.as_str());
    counted.with(given.facts.identity(made))
}

/// The row of a referral's direction.
fn by_direction(groups: &mut Groups, one: &Loop<'_>, counted: &Counted) {
    groups.add(format!("direction/{}", one.direction()), counted.clone());
}

/// C-1: referrals completed and fed back, of those made in the period at least thirty days ago.
pub(super) fn loop_closure(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    let mut directions = Groups::default();
    for one in made(given) {
        let age = one.made.day.map(|day| days_between(day, given.scope.day));
        if let Some(ended) = one.ended {
            let reason = if ended.says("redirected") {
                "redirected"
            } else {
                "withdrawn"
            };
            excluded.push(Excluded::of(one.made, &one.made.thing, reason).with([ended]));
        } else if age.is_none_or(|age| age < LOOP_DAYS) {
            excluded.push(Excluded::of(
                one.made,
                &one.made.thing,
                "younger-than-30-days",
            ));
        } else {
            let closed = one.completed.is_some() && one.fed_back.is_some();
            let counted_loop = unit(given, &one).hit(closed).with(one.steps());
            by_direction(&mut directions, &one, &counted_loop);
            counted.push(counted_loop);
        }
    }
    Measured::new(Fold::Share, counted)
        .without(excluded)
        .lines(directions.lines(Fold::Share))
}

/// C-2: days from made to received, from received to decided, from decided to completed.
pub(super) fn turnaround(given: &Given<'_, '_>) -> Measured {
    let mut stretches = Groups::default();
    let (mut received, mut excluded) = (Vec::new(), Vec::new());
    for one in made(given) {
        let decided = one.decided();
        let pairs = [
            ("made-received", Some(one.made), one.received),
            ("received-decided", one.arrived(), decided),
            ("decided-completed", decided, one.completed),
        ];
        for (key, from, to) in pairs {
            let Some((from, to)) = from.zip(to) else {
                continue;
            };
            let Some((begun, ended)) = from.day.zip(to.day) else {
                continue;
            };
            let days = days_between(begun, ended);
            let counted = unit(given, &one).amount(days).with([from, to]);
            stretches.add(key, counted.clone());
            stretches.add(format!("{key}/{}", one.section()), counted.clone());
            stretches.add(format!("{key}/{}", one.direction()), counted.clone());
            if key == "made-received" {
                received.push(counted);
            }
        }
        if one.received.is_none() && !one.is_incoming() {
            excluded.push(Excluded::of(one.made, &one.made.thing, "not-received"));
        }
    }
    Measured::new(Fold::Days, received)
        .without(excluded)
        .lines(stretches.lines(Fold::Days))
}

/// C-3: referrals declined or redirected, of those decided.
pub(super) fn declined(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    let (mut sections, mut ways) = (Groups::default(), Groups::default());
    for one in made(given) {
        let redirected = one.ended.filter(|ended| ended.says("redirected"));
        let declined = one.declined.or(redirected);
        if declined.or(one.accepted).is_none() {
            excluded.push(Excluded::of(one.made, &one.made.thing, "not-decided"));
            continue;
        }
        let one_unit = unit(given, &one).hit(declined.is_some()).with(one.steps());
        sections.add(format!("section/{}", one.section()), one_unit.clone());
        by_direction(&mut sections, &one, &one_unit);
        if declined.is_some() {
            let how = if one.declined.is_some() {
                "declined"
            } else {
                "redirected"
            };
            ways.add(how, one_unit.clone());
        }
        counted.push(one_unit);
    }
    Measured::new(Fold::Share, counted)
        .without(excluded)
        .lines(ways.lines(Fold::Units))
        .lines(sections.lines(Fold::Share))
}

/// C-4: open referrals past a term, of those open on the scope's day, whenever they were made.
pub(super) fn overdue(given: &Given<'_, '_>) -> Measured {
    let (mut counted, mut excluded) = (Vec::new(), Vec::new());
    let mut directions = Groups::default();
    let made = given.facts.of(Kind::ReferralMade).iter().copied();
    for fact in made.filter(|fact| fact.day.is_some_and(|day| day <= given.scope.day)) {
        let one = Loop::on(given.facts, fact, given.scope.day);
        if one.is_open() {
            let late = lateness(given, &one).is_some();
            let waiting = unit(given, &one).hit(late).with(one.steps());
            by_direction(&mut directions, &one, &waiting);
            counted.push(waiting);
        } else {
            let closing = one.declined.or(one.completed).or(one.ended);
            excluded.push(Excluded::of(fact, &fact.thing, "not-open").with(closing));
        }
    }
    let mut reasons = Groups::default();
    for one in counted.iter().filter(|one: &&Counted| one.hit) {
        let made = given.facts.about(Kind::ReferralMade, &one.unit).first();
        let late =
            made.and_then(|made| lateness(given, &Loop::on(given.facts, made, given.scope.day)));
        reasons.add(late.unwrap_or("unknown"), one.clone());
    }
    Measured::new(Fold::Share, counted)
        .without(excluded)
        .lines(reasons.lines(Fold::Units))
        .lines(directions.lines(Fold::Share))
}

/// Which term an open referral has passed.
fn lateness(given: &Given<'_, '_>, one: &Loop<'_>) -> Option<&'static str> {
    let (made, day) = (one.made.day?, given.scope.day);
    let receipt = given.term("referral-receipt", 3, true);
    let decision = given.term("referral-decision", 10, true);
    if one.made.due.is_some_and(|due| due < day) {
        Some("not-completed")
    } else if one.accepted.is_none() && given.is_past(decision, made, day) {
        Some("not-decided")
    } else if one.arrived().is_none() && one.accepted.is_none() && given.is_past(receipt, made, day)
    {
        Some("not-received")
    } else {
        None
    }
}

/// C-5: referrals to the district centres and from them, by area and section.
pub(super) fn branch_matrix(given: &Given<'_, '_>) -> Measured {
    let mut counted = Vec::new();
    let mut matrix = Groups::default();
    let mut excluded = Vec::new();
    for one in made(given) {
        if one.made.other.as_deref() != Some("district-centre") {
            excluded.push(Excluded::of(one.made, &one.made.thing, "other-office"));
            continue;
        }
        let area = one.made.area.map_or("unknown", Area::code);
        let section = code(one.made.detail.as_deref());
        let key = if one.is_incoming() {
            format!("{area}/{section}/incoming")
        } else {
            format!("{area}/{section}")
        };
        let of = unit(given, &one).with(one.steps());
        matrix.add(format!("{key}/made"), of.clone());
        if one.accepted.is_some() {
            matrix.add(format!("{key}/accepted"), of.clone());
        }
        if one.is_open() && lateness(given, &one).is_some() {
            matrix.add(format!("{key}/overdue"), of.clone());
        }
        by_direction(&mut matrix, &one, &of);
        counted.push(of);
    }
    Measured::new(Fold::Units, counted)
        .without(excluded)
        .lines(matrix.lines(Fold::Units))
}

/// E-6: contacts and referrals that no service could meet, by topic and by the person's area; the
/// referrals by section or kind of office, too.
pub(super) fn unmet(given: &Given<'_, '_>) -> Measured {
    let people = given.people();
    let mut counted = Vec::new();
    let mut groups = Groups::default();
    let mut add = |of: Counted, area: Option<Area>, what: &str, keys: Vec<String>| {
        let person = of.subject.as_deref().and_then(|id| people.get(id));
        let basis = person.map_or_else(Vec::new, |person| person.basis.clone());
        // Where somebody lives says more than which office was asked.
        let area = person.and_then(|person| person.area).or(area);
        let area = area.map_or("unknown", Area::code);
        let of = of.with(basis);
        groups.add(format!("area/{area}"), of.clone());
        groups.add(format!("by/{what}"), of.clone());
        for key in keys {
            groups.add(key, of.clone());
        }
        counted.push(of);
    };
    for fact in given.within(Kind::ServiceMissing) {
        let topics = fact.codes.iter().flat_map(|codes| codes.split(','));
        let keys = topics.map(|topic| format!("topic/{topic}")).collect();
        let of = given.counted(fact, fact.thing.as_str());
        add(of, fact.area, "contact", keys);
    }
    for one in made(given) {
        let failed = one.completed.filter(|fact| fact.says("not-possible"));
        if let Some(failed) = one.declined.or(failed) {
            let of = unit(given, &one).with([failed]);
            let keys = vec![format!("to/{}", one.section())];
            add(of, one.made.area, "referral", keys);
        }
    }
    Measured::new(Fold::Units, counted).lines(groups.lines(Fold::Units))
}
