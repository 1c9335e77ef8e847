//! Secrets that must be read again (the second factor's), sealed before they are stored: ChaCha20-Poly1305 with one key of the installation.
//!
//! The key is a file of its own, so that neither a copy of the database nor a backup gives the secrets away (ADR 9).

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::Path,
};

use kernel::{Error, Result};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::secrets;

/// Bytes of a key.
const KEY: usize = 32;

/// What a sealed text begins with; another way of sealing gets another number.
pub const VERSION: &str = "sealed-v1:";

/// The installation's key, ready for use.
pub struct Vault {
    key: LessSafeKey,
    id: String,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Vault {
    /// The vault of this key.
    ///
    /// # Errors
    /// When the key has another length.
    pub fn new(key: &[u8]) -> Result<Self> {
        let unbound = UnboundKey::new(&CHACHA20_POLY1305, key)
            .map_err(|_| Error::internal(format!("khóa niêm phong phải dài {KEY} byte")))?;
        // The hash of a random key says which one it is and nothing else.
        let id = secrets::sha256(&[b"lantoa-key-id:".as_slice(), key].concat()).chars().take(16).collect();
        Ok(Self { key: LessSafeKey::new(unbound), id })
    }

    /// A vault whose key nobody has: for tests and commands that store nothing.
    ///
    /// # Errors
    /// Never in practice.
    pub fn random() -> Result<Self> {
        Self::new(&secrets::random_bytes::<KEY>())
    }

    /// The vault of the key in a file (64 hexadecimal digits), which is made, readable by its owner only, when there is none.
    ///
    /// # Errors
    /// When the file cannot be read or written, or holds something else.
    pub fn open(path: &Path) -> Result<Self> {
        let say = |what: &str, error: &dyn std::fmt::Display| {
            Error::internal(format!("tệp khóa {}: {what}: {error}", path.display()))
        };
        if !path.exists() {
            // Written aside and linked, so that two processes that start together end with one whole key.
            let aside = path.with_extension(secrets::token());
            write_private(&aside, &hex::encode(secrets::random_bytes::<KEY>()))
                .map_err(|e| say("không ghi được", &e))?;
            let linked = std::fs::hard_link(&aside, path);
            std::fs::remove_file(&aside).map_err(|e| say("không ghi được", &e))?;
            match linked {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(say("không ghi được", &error)),
                _ => {}
            }
        }
        let text = std::fs::read_to_string(path).map_err(|e| say("không đọc được", &e))?;
        Self::new(&hex::decode(text.trim()).map_err(|e| say("nội dung không phải là khóa", &e))?)
    }

    /// Which key this is, without giving it away.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Seals a text. `owner` says whose it is: it opens only for the same one.
    ///
    /// # Errors
    /// Never in practice.
    pub fn seal(&self, owner: &str, text: &str) -> Result<String> {
        let nonce = secrets::random_bytes::<NONCE_LEN>();
        let mut bytes = text.as_bytes().to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(owner.as_bytes()), &mut bytes)
            .map_err(Error::internal)?;
        Ok(format!("{VERSION}{}{}", hex::encode(nonce), hex::encode(bytes)))
    }

    /// Opens what [`Vault::seal`] made for the same owner.
    ///
    /// # Errors
    /// When it was sealed with another key or for another owner, or was changed.
    pub fn open_sealed(&self, owner: &str, sealed: &str) -> Result<String> {
        self.unseal(owner, sealed).ok_or_else(|| {
            let id = &self.id;
            Error::internal(format!(
                "không mở được giá trị niêm phong: khóa {id} không phải khóa đã dùng, hoặc giá trị bị sửa"
            ))
        })
    }

    fn unseal(&self, owner: &str, sealed: &str) -> Option<String> {
        let mut bytes = hex::decode(sealed.strip_prefix(VERSION)?).ok()?;
        let (nonce, text) = bytes.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let opened = self.key.open_in_place(nonce, Aad::from(owner.as_bytes()), text).ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_owner_and_key_only() {
        let vault = Vault::random().unwrap();
        let sealed = vault.seal("totp:ha", "JBSWY3DPEHPK3PXP").unwrap();
        assert!(!sealed.contains("JBSWY3DP") && sealed != vault.seal("totp:ha", "JBSWY3DPEHPK3PXP").unwrap());
        assert_eq!(vault.open_sealed("totp:ha", &sealed).unwrap(), "JBSWY3DPEHPK3PXP");
        vault.open_sealed("totp:minh", &sealed).unwrap_err();
        vault.open_sealed("totp:ha", "JBSWY3DPEHPK3PXP").unwrap_err();
        vault.open_sealed("totp:ha", "sealed-v1:00").unwrap_err();
        Vault::random().unwrap().open_sealed("totp:ha", &sealed).unwrap_err();
    }

    #[test]
    fn the_key_is_made_once_and_readable_by_its_owner_only() {
        let path = std::env::temp_dir().join(format!("lantoa-{}.key", secrets::token()));
        let first = Vault::open(&path).unwrap();
        let sealed = first.seal("a", "b").unwrap();
        let second = Vault::open(&path).unwrap();
        assert_eq!((second.id(), second.open_sealed("a", &sealed).unwrap().as_str()), (first.id(), "b"));
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::write(&path, "not a key").unwrap();
        Vault::open(&path).unwrap_err();
        std::fs::remove_file(&path).unwrap();
    }
}
