//! Every event as plain sentences of either language, so that a timeline reads like a case note (見読性).

mod case;
mod centre;
mod committee;
mod consultation;
mod disaster_plan;
mod money;
mod people;
mod practice;
mod profile;
mod programme;
mod referral;
mod support_plan;
mod words;

pub use centre::access_purpose;

use ledger_core::event::{Event, Privacy};

use self::words::Words;
use crate::lang::Lang;

/// What happened; text that is not open here is said to be so. What people wrote stays as they wrote it.
#[must_use]
pub fn sentence(event: &Event, privacy: Privacy, lang: Lang) -> String {
    let hidden = match privacy {
        Privacy::Erased => lang.pick("消去済", "erased"),
        Privacy::Nothing | Privacy::Opened | Privacy::Closed => {
            lang.pick("（開示されていません）", "(not open)")
        },
    };
    let mut words = Words::new(hidden, lang);
    let to = &mut words;
    match event {
        Event::Profile(event) => profile::say(event, to),
        Event::Consultation(event) => consultation::say(event, to),
        Event::Referral(event) => referral::say(event, to),
        Event::SupportPlan(event) => support_plan::say(event, to),
        Event::DisasterPlan(event) => disaster_plan::say(event, to),
        Event::Case(event) => case::case(event, to),
        Event::Correction(event) => case::correction(event, to),
        Event::Hospital(event) => people::hospital(event, to),
        Event::Consent(event) => people::consent(event, to),
        Event::CareTeam(event) => people::care_team(event, to),
        Event::FollowUp(event) => people::follow_up(event, to),
        Event::FamilyVoice(event) => people::family_voice(event, to),
        Event::Facility(event) => practice::facility(event, to),
        Event::Trainee(event) => practice::trainee(event, to),
        Event::Programme(event) => programme::say(event, to),
        Event::Organisation(event) => centre::organisation(event, to),
        Event::Account(event) => centre::account(event, to),
        Event::Approval(event) => centre::approval(event, to),
        Event::Access(event) => centre::access(event, to),
        Event::Finance(event) => money::say(event, to),
        Event::Committee(event) => committee::committee(event, to),
        Event::Request(event) => committee::request(event, to),
        Event::Audit(event) => committee::audit(event, to),
    }
    words.finish()
}
