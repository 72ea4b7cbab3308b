//! Which district centre supports a person's disaster plan: that of the person's area, or another with a reason.

use ledger_core::code::{Area, Office, OutOfAreaReason};

use crate::rejection::{Reason, Rejection};
use crate::state::Child;

/// The area of a supporting district centre, and why it is another than the person's; neither for
/// the centre.
pub(crate) type District = (Option<Area>, Option<OutOfAreaReason>);

/// The area of a supporting district centre: as given, else the person's; none for the centre. That
/// of another area supports with a reason only, which a person outside the ward needs in any case.
pub(crate) fn district_area(
    office: Office,
    (given, why): (Option<Area>, Option<OutOfAreaReason>),
    child: &Child,
) -> Result<District, Rejection> {
    if office == Office::Centre {
        return Ok((None, None));
    }
    let own = child.profile.area;
    let area = given.or(own).ok_or(Reason::MissingValue.on("area"))?;
    if area == Area::OutsideWard {
        return Err(Reason::UnknownCode.on("area"));
    }
    if own.is_none_or(|own| own == area) {
        return Ok((Some(area), None));
    }
    let why = why.ok_or(Reason::OtherArea.on("out_of_area"))?;
    Ok((Some(area), Some(why)))
}
