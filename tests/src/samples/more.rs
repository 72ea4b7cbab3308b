//! One invented event of every type that came after the registers' own, as it is stored.

use ledger_core::event::Event;
use ledger_core::private::join;
use serde_json::{Map, Value, json};

/// One event of every such type.
pub(super) fn events() -> Vec<Event> {
    let groups = [
        account(),
        approval(),
        audit(),
        care_team(),
        case(),
        committee(),
        consent(),
        consultation(),
        disaster_plan(),
        facility(),
        family_voice(),
        finance(),
        follow_up(),
        hospital(),
        organisation(),
        profile(),
        programme(),
        referral(),
        request(),
        support_plan(),
        trainee(),
    ];
    groups.into_iter().flatten().collect()
}

/// An event of a type in its newest version: its clear fields and its private ones.
fn event(name: &str, clear: Value, private: Value) -> Event {
    let types = Event::types();
    let info = types.iter().find(|info| info.name == name).unwrap();
    let payload = join(object(clear), object(private));
    Event::decode(name, info.version, payload).unwrap()
}

fn object(value: Value) -> Map<String, Value> {
    let Value::Object(fields) = value else {
        panic!("not an object: {value}");
    };
    fields
}

fn account() -> Vec<Event> {
    vec![
        event(
            "account-opened",
            json!({"account": "01900000-0000-7000-8000-000000000064", "name": "st-7", "role": "staff", "organisation": "01900000-0000-7000-8000-000000000066"}),
            json!({"person": "見本の文"}),
        ),
        event(
            "account-role-changed",
            json!({"account": "01900000-0000-7000-8000-000000000064", "role": "staff"}),
            json!({}),
        ),
        event(
            "account-closed",
            json!({"account": "01900000-0000-7000-8000-000000000064"}),
            json!({}),
        ),
    ]
}

fn approval() -> Vec<Event> {
    vec![
        event(
            "approval-requested",
            json!({"approval": "01900000-0000-7000-8000-000000000067", "act": "merge", "stream": "child-01900000-0000-7000-8000-000000000065", "asked_by": "st-7"}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "approval-granted",
            json!({"approval": "01900000-0000-7000-8000-000000000067", "granted_by": "st-8"}),
            json!({"note": "見本の文"}),
        ),
        event(
            "approval-refused",
            json!({"approval": "01900000-0000-7000-8000-000000000067"}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "approval-used",
            json!({"approval": "01900000-0000-7000-8000-000000000067", "by": "01900000-0000-7000-8000-000000000068"}),
            json!({}),
        ),
    ]
}

fn audit() -> Vec<Event> {
    vec![
        event(
            "audit-opened",
            json!({"engagement": "01900000-0000-7000-8000-000000000069", "from_position": 4321, "to_position": 4321}),
            json!({"scope": "見本の文"}),
        ),
        event(
            "sample-drawn",
            json!({"method": "random", "seed": "2024-03-31", "from_position": 4321, "to_position": 4321, "events": ["01900000-0000-7000-8000-00000000006a"]}),
            json!({}),
        ),
        event(
            "audit-question-asked",
            json!({"question": "01900000-0000-7000-8000-00000000006b", "event": "01900000-0000-7000-8000-00000000006a"}),
            json!({"text": "見本の文"}),
        ),
        event(
            "audit-answer-given",
            json!({"question": "01900000-0000-7000-8000-00000000006b"}),
            json!({"text": "見本の文"}),
        ),
        event(
            "audit-finding-issued",
            json!({"finding": "01900000-0000-7000-8000-00000000006c", "severity": "note", "question": "01900000-0000-7000-8000-00000000006b"}),
            json!({"text": "見本の文"}),
        ),
        event(
            "audit-finding-cleared",
            json!({"finding": "01900000-0000-7000-8000-00000000006c", "evidence": ["01900000-0000-7000-8000-00000000006a"]}),
            json!({"text": "見本の文"}),
        ),
        event(
            "chain-verified",
            json!({"position": 4321, "root": "1111111111111111111111111111111111111111111111111111111111111111", "clean": true}),
            json!({}),
        ),
        event(
            "audit-closed",
            json!({}),
            json!({"reason": "見本の文", "text": "見本の文"}),
        ),
    ]
}

fn care_team() -> Vec<Event> {
    vec![
        event(
            "care-team-member-joined",
            json!({"member": "01900000-0000-7000-8000-00000000006d", "party": "district-centre", "organisation": "01900000-0000-7000-8000-000000000066", "role": "attending-doctor"}),
            json!({"person": "見本の文", "contact": "見本の文"}),
        ),
        event(
            "care-team-member-left",
            json!({"member": "01900000-0000-7000-8000-00000000006d"}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "staff-assigned",
            json!({"account": "st-7", "charge": "main"}),
            json!({}),
        ),
        event("staff-unassigned", json!({"account": "st-7"}), json!({})),
        event(
            "emergency-access-taken",
            json!({"account": "st-7", "until": "2024-03-01T01:00:00.000000Z"}),
            json!({"reason": "見本の文"}),
        ),
    ]
}

fn case() -> Vec<Event> {
    vec![
        event(
            "case-closed",
            json!({"reason": "moved", "left_open": 3}),
            json!({"exception": "見本の文", "note": "見本の文"}),
        ),
        event("case-reopened", json!({}), json!({"reason": "見本の文"})),
        event(
            "duplicate-suspected",
            json!({"other": "01900000-0000-7000-8000-000000000065", "evidence": ["name", "kana"]}),
            json!({"note": "見本の文"}),
        ),
        event(
            "duplicate-dismissed",
            json!({"other": "01900000-0000-7000-8000-000000000065"}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "cases-merged",
            json!({"survivor": "01900000-0000-7000-8000-000000000065", "absorbed": "01900000-0000-7000-8000-000000000065", "approval": "01900000-0000-7000-8000-000000000067"}),
            json!({"note": "見本の文"}),
        ),
        event(
            "merge-undone",
            json!({"survivor": "01900000-0000-7000-8000-000000000065", "absorbed": "01900000-0000-7000-8000-000000000065"}),
            json!({"reason": "見本の文"}),
        ),
    ]
}

fn committee() -> Vec<Event> {
    vec![
        event(
            "meeting-convened",
            json!({"meeting": "01900000-0000-7000-8000-00000000006e", "nth": 3, "planned_on": "2023-05-19"}),
            json!({"agenda": ["見本の人", "見本の係"]}),
        ),
        event(
            "materials-frozen",
            json!({"meeting": "01900000-0000-7000-8000-00000000006e", "fiscal_year": 2021, "on_day": "2023-05-19", "as_at": 4321, "digest": "0000000000000000000000000000000000000000000000000000000000000000", "figures": "{}"}),
            json!({}),
        ),
        event(
            "meeting-held",
            json!({"meeting": "01900000-0000-7000-8000-00000000006e", "attendee_count": 3}),
            json!({"attendees": ["見本の人", "見本の係"]}),
        ),
        event(
            "finding-recorded",
            json!({"finding": "01900000-0000-7000-8000-00000000006c", "indicator": "架空"}),
            json!({"text": "見本の文"}),
        ),
        event(
            "recommendation-made",
            json!({"recommendation": "01900000-0000-7000-8000-00000000006f", "addressee": "centre", "due_on": "2023-05-19", "indicator": "架空"}),
            json!({"text": "見本の文"}),
        ),
        event(
            "recommendation-answered",
            json!({"recommendation": "01900000-0000-7000-8000-00000000006f", "evidence": ["01900000-0000-7000-8000-00000000006a"]}),
            json!({"text": "見本の文"}),
        ),
        event(
            "minutes-approved",
            json!({"meeting": "01900000-0000-7000-8000-00000000006e", "position": 4321, "root": "1111111111111111111111111111111111111111111111111111111111111111"}),
            json!({}),
        ),
        event(
            "trial-reviewed",
            json!({"conclusion": "continue", "grounds": ["know-how", "day-facilities"]}),
            json!({"text": "見本の文"}),
        ),
    ]
}

fn consent() -> Vec<Event> {
    vec![
        event(
            "consent-given",
            json!({"consent": "01900000-0000-7000-8000-000000000070", "recipients": ["district-centre", "hospital"], "organisations": ["01900000-0000-7000-8000-000000000066"], "data": ["identity", "medical-care"], "purpose": "support", "form": "written", "given_by": "person", "valid_to": "2023-05-19"}),
            json!({"giver": "見本の文", "note": "見本の文"}),
        ),
        event(
            "consent-withdrawn",
            json!({"consent": "01900000-0000-7000-8000-000000000070", "withdrawn_by": "person"}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "consent-refused",
            json!({"consent": "01900000-0000-7000-8000-000000000070", "recipients": ["district-centre", "hospital"], "data": ["identity", "medical-care"], "purpose": "support", "refused_by": "person"}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "information-shared",
            json!({"sharing": "01900000-0000-7000-8000-000000000071", "party": "district-centre", "organisation": "01900000-0000-7000-8000-000000000066", "data": ["identity", "medical-care"], "purpose": "support", "basis": "consent", "consent": "01900000-0000-7000-8000-000000000070"}),
            json!({"recipient": "見本の文", "what": "見本の文", "ground": "見本の文"}),
        ),
    ]
}

fn consultation() -> Vec<Event> {
    vec![
        event(
            "inquiry-linked",
            json!({"inquiry": "01900000-0000-7000-8000-000000000072", "consultation": "01900000-0000-7000-8000-000000000073", "child": "01900000-0000-7000-8000-000000000065"}),
            json!({"note": "見本の文"}),
        ),
        event(
            "inquiry-unlinked",
            json!({"inquiry": "01900000-0000-7000-8000-000000000072", "consultation": "01900000-0000-7000-8000-000000000073", "child": "01900000-0000-7000-8000-000000000065"}),
            json!({"reason": "見本の文"}),
        ),
    ]
}

fn disaster_plan() -> Vec<Event> {
    vec![
        event(
            "disaster-plan-need-identified",
            json!({"office": "centre", "area": "setagaya", "rule": "ventilator-disaster-plan@1"}),
            json!({"note": "見本の文"}),
        ),
        event(
            "disaster-plan-not-wanted",
            json!({}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "disaster-plan-sections-written",
            json!({"plan": "01900000-0000-7000-8000-000000000074", "version": 3, "electric_device": true, "battery_minutes": 3, "spare_power": true, "water_days": 3, "evacuation": [{"hazard": "earthquake", "decision": "stay"}], "emergency_summary": true}),
            json!({"power": "見本の文", "oxygen": "見本の文", "suction": "見本の文", "nutrition": "見本の文", "medicines": "見本の文", "place": "見本の文", "contacts": "見本の文", "helpers": "見本の文", "hospital": "見本の文"}),
        ),
        event(
            "disaster-plan-used",
            json!({"plan": "01900000-0000-7000-8000-000000000074", "hazard": "earthquake"}),
            json!({"worked": "見本の文", "failed": "見本の文"}),
        ),
    ]
}

fn facility() -> Vec<Event> {
    vec![
        event("facility-enrolled", json!({"fiscal_year": 2021}), json!({})),
        event(
            "facility-withdrawn",
            json!({}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "support-visit-scheduled",
            json!({"visit": "01900000-0000-7000-8000-000000000075", "planned_on": "2023-05-19", "staff_kind": "advisor"}),
            json!({"note": "見本の文"}),
        ),
        event(
            "support-visit-cancelled",
            json!({"visit": "01900000-0000-7000-8000-000000000075"}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "facility-confidence-surveyed",
            json!({"survey": "01900000-0000-7000-8000-000000000076", "phase": "before", "procedure": "ventilator", "confidence": 3, "isolation": 3}),
            json!({"note": "見本の文"}),
        ),
        event(
            "facility-acceptance-recorded",
            json!({"outcome": "accepted", "child": "01900000-0000-7000-8000-000000000065", "procedures": ["ventilator", "tracheostomy"]}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "facility-staffing-changed",
            json!({"nurse_fte_hundredths": 3, "procedures": ["ventilator", "tracheostomy"]}),
            json!({}),
        ),
    ]
}

fn family_voice() -> Vec<Event> {
    vec![event(
        "family-voice-recorded",
        json!({"stage": "discharge-notice", "answered": true, "speaker": "person", "anxiety": 3, "satisfaction": 3, "has_words": true}),
        json!({"voice": "見本の文"}),
    )]
}

fn finance() -> Vec<Event> {
    vec![
        event(
            "budget-line-set",
            json!({"fiscal_year": 2021, "line": "advisors", "name_ja": "架空", "amount_yen": 10_000_000, "existing": true}),
            json!({}),
        ),
        event(
            "expenditure-recorded",
            json!({"fiscal_year": 2021, "expenditure": "01900000-0000-7000-8000-000000000077", "line": "advisors", "amount_yen": 10_000_000, "voucher": "R3-0123"}),
            json!({"payee": "見本の文", "note": "見本の文"}),
        ),
        event(
            "expenditure-reversed",
            json!({"fiscal_year": 2021, "expenditure": "01900000-0000-7000-8000-000000000077"}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "subsidy-menu-set",
            json!({"fiscal_year": 2021, "menu": "consultation", "name_ja": "架空", "lines": ["架空"], "rate_percent": 3, "cap_yen": 10_000_000}),
            json!({}),
        ),
        event(
            "subsidy-applied",
            json!({"fiscal_year": 2021, "menu": "consultation", "amount_yen": 10_000_000}),
            json!({}),
        ),
        event(
            "subsidy-decided",
            json!({"fiscal_year": 2021, "menu": "consultation", "amount_yen": 10_000_000}),
            json!({}),
        ),
        event(
            "subsidy-received",
            json!({"fiscal_year": 2021, "menu": "consultation", "amount_yen": 10_000_000}),
            json!({}),
        ),
        event(
            "subsidy-settled",
            json!({"fiscal_year": 2021, "menu": "consultation", "amount_yen": 10_000_000}),
            json!({}),
        ),
        event(
            "subsidy-planned",
            json!({"fiscal_year": 2021, "menu": "consultation", "amount_yen": 10_000_000}),
            json!({}),
        ),
        event(
            "fiscal-year-closed",
            json!({"fiscal_year": 2021, "as_at": 4321}),
            json!({}),
        ),
        event(
            "late-entry-allowed",
            json!({"fiscal_year": 2021, "account": "st-7", "until": "2023-05-19"}),
            json!({"reason": "見本の文"}),
        ),
    ]
}

fn follow_up() -> Vec<Event> {
    vec![
        event(
            "follow-up-scheduled",
            json!({"follow_up": "01900000-0000-7000-8000-000000000078", "consultation": "01900000-0000-7000-8000-000000000073", "due_on": "2023-05-19", "owner": "st-7"}),
            json!({"what": "見本の文"}),
        ),
        event(
            "follow-up-done",
            json!({"follow_up": "01900000-0000-7000-8000-000000000078"}),
            json!({"result": "見本の文"}),
        ),
        event(
            "follow-up-cancelled",
            json!({"follow_up": "01900000-0000-7000-8000-000000000078"}),
            json!({"reason": "見本の文"}),
        ),
    ]
}

fn hospital() -> Vec<Event> {
    vec![
        event(
            "hospital-stay-started",
            json!({"stay": "01900000-0000-7000-8000-000000000079", "organisation": "01900000-0000-7000-8000-000000000066"}),
            json!({"hospital": "見本の文", "reason": "見本の文"}),
        ),
        event(
            "discharge-notice-received",
            json!({"stay": "01900000-0000-7000-8000-000000000079", "planned_on": "2023-05-19", "referral": "01900000-0000-7000-8000-00000000007a"}),
            json!({"sender": "見本の文", "note": "見本の文"}),
        ),
        event(
            "discharge-date-set",
            json!({"stay": "01900000-0000-7000-8000-000000000079", "planned_on": "2023-05-19"}),
            json!({"note": "見本の文"}),
        ),
    ]
}

fn organisation() -> Vec<Event> {
    vec![
        event(
            "organisation-registered",
            json!({"organisation": "01900000-0000-7000-8000-000000000066", "kind": "district-centre", "name": "架空訪問看護ステーション", "area": "setagaya", "phone": "03-0000-0000", "address": "架空一丁目"}),
            json!({}),
        ),
        event(
            "organisation-changed",
            json!({"organisation": "01900000-0000-7000-8000-000000000066", "kind": "district-centre", "name": "架空訪問看護ステーション", "area": "setagaya", "phone": "03-0000-0000", "address": "架空一丁目"}),
            json!({}),
        ),
        event(
            "resource-confirmed",
            json!({"organisation": "01900000-0000-7000-8000-000000000066", "capacity": "open", "procedures": ["ventilator", "tracheostomy"], "services": ["child-development", "after-school"], "age_from": 3, "age_to": 3, "places": 3}),
            json!({"confirmed_with": "見本の文", "note": "見本の文"}),
        ),
        event(
            "organisation-closed",
            json!({"organisation": "01900000-0000-7000-8000-000000000066"}),
            json!({}),
        ),
    ]
}

fn profile() -> Vec<Event> {
    vec![
        event(
            "welfare-services-recorded",
            json!({"handbooks": ["physical", "intellectual"], "services": ["child-development", "after-school"]}),
            json!({"note": "見本の文"}),
        ),
        event(
            "care-score-assessed",
            json!({"score": 3, "form_version": "2021"}),
            json!({"assessor": "見本の文"}),
        ),
    ]
}

fn programme() -> Vec<Event> {
    vec![
        event(
            "programme-start-moved",
            json!({"starts_on": "2023-05-19", "reason_ja": "架空"}),
            json!({}),
        ),
        event(
            "contractor-appointed",
            json!({"operator_ja": "架空", "method": "negotiated", "from": "2023-05-19", "until": "2023-05-19", "basis_ja": "架空"}),
            json!({}),
        ),
        event(
            "area-table-set",
            json!({"areas": [{"area": "setagaya", "name_ja": "架空", "number": "01"}]}),
            json!({}),
        ),
        event(
            "code-table-revised",
            json!({"table": "topic", "version": 3, "terms": [{"code": "discharge", "term_ja": "退院"}]}),
            json!({}),
        ),
        event(
            "known-population-set",
            json!({"area": "setagaya", "persons": 3, "source": "架空調査"}),
            json!({}),
        ),
        event(
            "staff-post-set",
            json!({"post": "01900000-0000-7000-8000-00000000007b", "kind": "manager", "fte_hundredths": 3, "words_ja": "架空", "concurrent": true, "concurrent_hundredths": 3, "from": "2023-05-19", "until": "2023-05-19"}),
            json!({}),
        ),
        event(
            "staff-post-ended",
            json!({"post": "01900000-0000-7000-8000-00000000007b", "until": "2023-05-19"}),
            json!({}),
        ),
        event(
            "concurrent-post-conflict-noted",
            json!({"post": "01900000-0000-7000-8000-00000000007b"}),
            json!({"note": "見本の文"}),
        ),
        event(
            "required-competency-set",
            json!({"competency": "medical-knowledge", "level": 3}),
            json!({}),
        ),
        event(
            "review-term-set",
            json!({"term": "referral-receipt", "days": 3, "business_days": true}),
            json!({}),
        ),
        event(
            "second-factor-rule-set",
            json!({"role": "staff", "required": true}),
            json!({}),
        ),
    ]
}

fn referral() -> Vec<Event> {
    vec![
        event(
            "referral-information-requested",
            json!({"referral": "01900000-0000-7000-8000-00000000007a"}),
            json!({"question": "見本の文"}),
        ),
        event(
            "referral-information-answered",
            json!({"referral": "01900000-0000-7000-8000-00000000007a"}),
            json!({"answer": "見本の文"}),
        ),
        event(
            "referral-progress-reported",
            json!({"referral": "01900000-0000-7000-8000-00000000007a"}),
            json!({"progress": "見本の文"}),
        ),
        event(
            "referral-reopened",
            json!({"referral": "01900000-0000-7000-8000-00000000007a"}),
            json!({"reason": "見本の文"}),
        ),
        event(
            "referral-escalated",
            json!({"referral": "01900000-0000-7000-8000-00000000007a"}),
            json!({"to": "見本の文", "note": "見本の文"}),
        ),
    ]
}

fn request() -> Vec<Event> {
    vec![
        event(
            "council-opinion-received",
            json!({"opinion": "01900000-0000-7000-8000-00000000007c"}),
            json!({"text": "見本の文"}),
        ),
        event(
            "council-opinion-answered",
            json!({"opinion": "01900000-0000-7000-8000-00000000007c", "evidence": ["01900000-0000-7000-8000-00000000006a"]}),
            json!({"text": "見本の文"}),
        ),
        event(
            "request-made",
            json!({"request": "01900000-0000-7000-8000-00000000007d", "addressee": "tokyo", "indicators": ["架空"], "evidence": ["01900000-0000-7000-8000-00000000006a"], "due_on": "2023-05-19"}),
            json!({"text": "見本の文"}),
        ),
        event(
            "request-answered",
            json!({"request": "01900000-0000-7000-8000-00000000007d"}),
            json!({"text": "見本の文"}),
        ),
        event(
            "request-withdrawn",
            json!({"request": "01900000-0000-7000-8000-00000000007d"}),
            json!({"reason": "見本の文"}),
        ),
    ]
}

fn support_plan() -> Vec<Event> {
    vec![
        event(
            "support-plan-requested",
            json!({"plan": "01900000-0000-7000-8000-00000000007e", "requested_by": "district-centre", "by_family": true, "discharge_planned_on": "2023-05-19", "referral": "01900000-0000-7000-8000-00000000007a"}),
            json!({"note": "見本の文"}),
        ),
        event(
            "support-plan-sections-written",
            json!({"plan": "01900000-0000-7000-8000-00000000007e", "version": 3}),
            json!({"health": "見本の文", "medical": "見本の文", "welfare": "見本の文", "education": "見本の文", "family": "見本の文", "contacts": "見本の文"}),
        ),
        event(
            "support-plan-conference-held",
            json!({"plan": "01900000-0000-7000-8000-00000000007e", "parties": ["district-centre", "hospital"], "with_family": true}),
            json!({"attendees": ["見本の人", "見本の係"], "note": "見本の文"}),
        ),
        event(
            "support-plan-explained",
            json!({"plan": "01900000-0000-7000-8000-00000000007e", "version": 3}),
            json!({"to": "見本の文"}),
        ),
        event(
            "support-plan-monitored",
            json!({"plan": "01900000-0000-7000-8000-00000000007e", "next_due": "2023-05-19"}),
            json!({"findings": "見本の文"}),
        ),
        event(
            "support-plan-handed-over",
            json!({"plan": "01900000-0000-7000-8000-00000000007e", "organisation": "01900000-0000-7000-8000-000000000066", "referral": "01900000-0000-7000-8000-00000000007a"}),
            json!({"to": "見本の文", "note": "見本の文"}),
        ),
    ]
}

fn trainee() -> Vec<Event> {
    vec![
        event(
            "training-goal-set",
            json!({"due_on": "2023-05-19"}),
            json!({"goal": "見本の文"}),
        ),
        event(
            "competency-assessed",
            json!({"competency": "medical-knowledge", "level": 3}),
            json!({"assessor": "見本の文", "note": "見本の文"}),
        ),
        event(
            "supervised-plan-drafted",
            json!({"plan": "01900000-0000-7000-8000-00000000007e"}),
            json!({"note": "見本の文"}),
        ),
        event(
            "training-suspended",
            json!({}),
            json!({"reason": "見本の文"}),
        ),
        event("training-resumed", json!({}), json!({"reason": "見本の文"})),
        event("training-left", json!({}), json!({"reason": "見本の文"})),
    ]
}
