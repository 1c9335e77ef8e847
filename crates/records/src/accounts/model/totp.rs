//! The second factor: six digits that change every thirty seconds (RFC 6238).

use kernel::{Error, Result, Timestamp};
use qrcode::{EcLevel, QrCode, render::svg};
use totp_rs::{Builder, Secret, Totp};

/// A new secret, in base 32 as it is stored.
pub fn new_secret() -> String {
    Secret::from(platform::secrets::random_bytes::<20>().to_vec()).to_base32()
}

fn totp(secret: &str, login: &str) -> Result<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(Error::internal)?;
    Builder::new()
        .with_secret(secret)
        .with_issuer(Some("Lan Toa"))
        .with_account_name(login)
        .build()
        .map_err(Error::internal)
}

/// The step that this code belongs to, when it is one of now or the neighbouring steps.
///
/// # Errors
/// When the stored secret is damaged.
pub fn step(secret: &str, code: &str, now: Timestamp) -> Result<Option<i64>> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(now.0 / 1000).unwrap_or_default();
    let step = totp(secret, "x")?.check(&digits, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The code of an instant, as the person's telephone shows it.
///
/// # Errors
/// When the secret is damaged.
pub fn code(secret: &str, now: Timestamp) -> Result<String> {
    let seconds = u64::try_from(now.0 / 1000).unwrap_or_default();
    Ok(totp(secret, "x")?.generate(seconds).to_string())
}

/// The picture to be scanned, as SVG without styles or scripts.
///
/// # Errors
/// When the secret is damaged.
pub fn picture(secret: &str, login: &str) -> Result<String> {
    let url = totp(secret, login)?.to_url().map_err(Error::internal)?;
    let code = QrCode::with_error_correction_level(url, EcLevel::M).map_err(Error::internal)?;
    let svg = code.render::<svg::Color<'_>>().min_dimensions(200, 200).quiet_zone(true).build();
    // The XML declaration has no place inside HTML.
    let from = svg.find("<svg").unwrap_or(0);
    Ok(svg.get(from..).unwrap_or_default().replacen("<svg", "<svg aria-hidden=\"true\"", 1))
}

/// The secret in groups of four, for typing.
pub fn spoken(secret: &str) -> String {
    let signs: Vec<char> = secret.chars().collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_for_one_step_before_and_after() {
        let secret = new_secret();
        let now = Timestamp(1_700_000_010_000);
        let code = code(&secret, now).unwrap();
        let own = step(&secret, &code, now).unwrap().unwrap();
        assert_eq!(own, 1_700_000_010 / 30);
        assert_eq!(
            step(&secret, &format!(" {} {} ", &code[..3], &code[3..]), now.plus_seconds(30)).unwrap(),
            Some(own)
        );
        assert_eq!(step(&secret, &code, now.plus_seconds(90)).unwrap(), None);
        assert_eq!(step(&secret, "12345", now).unwrap(), None);
    }

    #[test]
    fn the_picture_is_plain_svg() {
        let svg = picture(&new_secret(), "ha.hoang").unwrap();
        assert!(svg.starts_with("<svg") && !svg.contains("style") && !svg.contains("<?xml"));
        assert_eq!(spoken("ABCDEFGH"), "ABCD EFGH");
    }
}
