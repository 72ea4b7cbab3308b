//! Codes of an app (TOTP, RFC 6238): six digits of thirty seconds, as every such app makes them.

use ledger_core::actor::Actor;
use ledger_core::seal::Randomness;
use ledger_core::sign_in::CodeSecret;
use ledger_core::time::Timestamp;
use totp_rs::{Algorithm, Builder, Secret, Totp, TotpError};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// Seconds of a code.
const STEP: u64 = 30;
/// How many codes before and after that of the moment are taken, as clocks differ (RFC 6238, section 5.2).
const SKEW: u16 = 1;
/// Bytes of the secret that an app is given: RFC 4226 (section 4) recommends 160 bits, and apps expect so many.
const SECRET: usize = 20;
/// What the app lists the codes under.
const ISSUER: &str = "care-ledger";

/// A new secret.
///
/// # Errors
/// The operating system has no randomness to give.
pub fn fresh(random: &dyn Randomness) -> std::io::Result<CodeSecret> {
    let mut secret = Zeroizing::new([0; 32]);
    random.fill(secret.as_mut_slice())?;
    Ok(secret)
}

/// The number of the half minute whose code somebody typed, in any width and with any spaces; none where
/// the code is not one of about now.
#[must_use]
pub fn step_of(secret: &CodeSecret, typed: &str, now: Timestamp) -> Option<i64> {
    let typed: String = typed.nfkc().filter(|c| !c.is_whitespace()).collect();
    let is_code = typed.len() == 6 && typed.chars().all(|c| c.is_ascii_digit());
    let codes = codes(secret, None).ok().filter(|_| is_code)?;
    let seconds = u64::try_from(now.utc().timestamp()).ok()?;
    i64::try_from(codes.check(&typed, seconds)?).ok()
}

/// What an app reads off a picture: secret and account (the "otpauth" scheme, as apps understand it).
///
/// # Errors
/// The account's name cannot stand in one.
pub fn address(secret: &CodeSecret, account: &Actor) -> Result<String, TotpError> {
    codes(secret, Some(account))?.to_url()
}

/// The secret as it is typed into an app that reads no picture: base 32 in groups of four.
#[must_use]
pub fn spelled(secret: &CodeSecret) -> String {
    let text = part(secret).to_base32();
    let characters: Vec<char> = text.chars().collect();
    let groups = characters.chunks(4).map(|group| group.iter().collect());
    groups.collect::<Vec<String>>().join(" ")
}

fn part(secret: &CodeSecret) -> Secret {
    Secret::from(secret.get(..SECRET).unwrap_or_default())
}

fn codes(secret: &CodeSecret, account: Option<&Actor>) -> Result<Totp, TotpError> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_step_duration(STEP)
        .with_skew(SKEW)
        .with_secret(part(secret))
        .with_issuer(Some(ISSUER))
        // Apps part the issuer from the name by a colon.
        .with_account_name(account.map_or("", Actor::as_str).replace(':', "."))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238 (appendix B): the first twenty bytes are what an app has.
    fn secret() -> CodeSecret {
        Zeroizing::new(*b"12345678901234567890............")
    }

    fn at(seconds: i64) -> Timestamp {
        let micros = seconds.checked_mul(1_000_000).unwrap();
        Timestamp::from_micros(micros).unwrap()
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // Eight digits in the appendix, of which six are the last.
        for (seconds, code, step) in [
            (59, "287082", 1),
            (1_111_111_109, "081804", 37_037_036),
            (1_234_567_890, "005924", 41_152_263),
            (2_000_000_000, "279037", 66_666_666),
        ] {
            assert_eq!(step_of(&secret(), code, at(seconds)), Some(step), "{code}");
        }
    }

    #[test]
    fn a_code_is_taken_in_any_width_and_a_little_early_or_late() {
        let now = at(1_234_567_890);
        for typed in ["005924", " 005 924 ", "００５９２４", "005　924"] {
            assert_eq!(step_of(&secret(), typed, now), Some(41_152_263), "{typed}");
        }
        for wrong in ["", "005925", "0059241", "00592", "abcdef", "-05924"] {
            assert_eq!(step_of(&secret(), wrong, now), None, "{wrong}");
        }
        for (seconds, taken) in [(-60, false), (-30, true), (30, true), (60, false)] {
            let then = at(1_234_567_890 + seconds);
            assert_eq!(step_of(&secret(), "005924", then).is_some(), taken);
        }
    }

    #[test]
    fn an_app_is_told_whose_codes_they_are() {
        let account = Actor::new("sato:h").unwrap();
        let address = address(&secret(), &account).unwrap();
        assert!(
            address.starts_with("otpauth://totp/care-ledger:sato.h?"),
            "{address}"
        );
        let part = "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        assert!(address.contains(part), "{address}");
        assert_eq!(
            spelled(&secret()),
            "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
        );
    }
}
