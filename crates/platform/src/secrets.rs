//! Passwords (argon2id), tokens, one-time codes, content hashes.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use kernel::{Error, Result};
use rand::{Rng, distr::Alphanumeric};
use sha2::{Digest, Sha256};

/// Hashes a password; takes tens of milliseconds on purpose, so it runs off the async threads.
///
/// # Errors
/// [`Error::Internal`] when the hasher fails.
pub async fn hash_password(password: &str) -> Result<String> {
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(Error::internal)
    })
    .await
    .map_err(Error::internal)?
}

/// Does the password belong to the hash? A hash that cannot be read never matches.
pub async fn verify_password(password: &str, hash: &str) -> bool {
    let (password, hash) = (password.to_owned(), hash.to_owned());
    tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await
    .unwrap_or(false)
}

/// A random token of 43 letters and digits (256 bits) for a cookie or a link.
pub fn token() -> String {
    rand::rng().sample_iter(Alphanumeric).take(43).map(char::from).collect()
}

/// A code for a printed slip: three groups of four signs that cannot be mistaken for one another.
pub fn slip_code() -> String {
    const SIGNS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut rng = rand::rng();
    let mut out = String::with_capacity(14);
    for i in 0..12 {
        if i > 0 && i % 4 == 0 {
            out.push('-');
        }
        let at = rng.random_range(0..SIGNS.len());
        out.push(char::from(SIGNS.get(at).copied().unwrap_or(b'2')));
    }
    out
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Random bytes for a key.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    rand::rng().fill(&mut out[..]);
    out
}
