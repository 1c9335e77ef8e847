//! The SignedData of a signature: signer, digest, time, and whether the certificate's key made it.

use ring::{digest, signature};

use super::asn1::{Element, INTEGER, OCTETS, OID, SEQUENCE, SET, element};

/// What a signature says.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub signer: String,
    pub organisation: String,
    pub signed_at: Option<String>,
    pub algorithm: Option<&'static digest::Algorithm>,
    pub digest: Option<Vec<u8>>,
    pub key_holds: Option<bool>,
    pub time_stamp: bool,
}

const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
const SIGNING_TIME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05];
const TIME_STAMP: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANISATION: &[u8] = &[0x55, 0x04, 0x0a];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];

/// A certificate as far as it matters.
struct Certificate<'a> {
    serial: &'a [u8],
    issuer: &'a [u8],
    subject: Element<'a>,
    key: Element<'a>,
}

/// The first signer of a SignedData; bytes after it (the padding of a PDF) are left alone.
pub(super) fn read(bytes: &[u8]) -> Option<Found> {
    let mut outer = of(element(bytes)?.0, SEQUENCE)?.parts();
    if of(outer.next()?, OID)?.body != SIGNED_DATA {
        return None;
    }
    let data = of(outer.next()?.parts().next()?, SEQUENCE)?;
    let mut parts = data.parts();
    of(parts.next()?, INTEGER)?;
    of(parts.next()?, SET)?;
    let content = of(parts.next()?, SEQUENCE)?;
    let mut certificates = Vec::new();
    let mut signer = None;
    for part in parts {
        match part.tag {
            0xa0 => certificates = part.parts().filter_map(certificate).collect(),
            SET => signer = part.parts().next(),
            _ => {}
        }
    }
    let mut found = Found::default();
    read_signer(of(signer?, SEQUENCE)?, &certificates, &mut found)?;
    let mut content = content.parts();
    if of(content.next()?, OID)?.body == TIME_STAMP {
        found.time_stamp = true;
        // What a time authority signs is a record of its own, in which the digest of the file stands.
        let record = content.next().and_then(|content| content.parts().next()).map(Element::octets).unwrap_or_default();
        stamped(&record, &mut found);
    }
    Some(found)
}

fn of(element: Element<'_>, tag: u8) -> Option<Element<'_>> {
    (element.tag == tag).then_some(element)
}

fn certificate(element: Element<'_>) -> Option<Certificate<'_>> {
    let inner = of(of(element, SEQUENCE)?.parts().next()?, SEQUENCE)?;
    let mut parts = inner.parts().filter(|part| part.tag != 0xa0);
    let serial = of(parts.next()?, INTEGER)?.body;
    of(parts.next()?, SEQUENCE)?;
    let issuer = of(parts.next()?, SEQUENCE)?.raw;
    of(parts.next()?, SEQUENCE)?;
    let subject = of(parts.next()?, SEQUENCE)?;
    let key = of(parts.next()?, SEQUENCE)?;
    Some(Certificate { serial, issuer, subject, key })
}

/// One of the names in a subject.
fn name(subject: Element<'_>, which: &[u8]) -> String {
    for set in subject.parts() {
        for pair in set.parts() {
            let mut parts = pair.parts();
            if parts.next().is_some_and(|oid| oid.tag == OID && oid.body == which) {
                let words = parts.next().and_then(Element::words).unwrap_or_default();
                return words.chars().filter(|c| !c.is_control()).take(200).collect();
            }
        }
    }
    String::new()
}

fn algorithm(oid: &[u8]) -> Option<&'static digest::Algorithm> {
    match oid {
        [0x2b, 0x0e, 0x03, 0x02, 0x1a] => Some(&digest::SHA1_FOR_LEGACY_USE_ONLY),
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 1] => Some(&digest::SHA256),
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 2] => Some(&digest::SHA384),
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 3] => Some(&digest::SHA512),
        _ => None,
    }
}

/// The algorithm that an AlgorithmIdentifier names.
fn identified(element: Element<'_>) -> Option<&[u8]> {
    Some(of(of(element, SEQUENCE)?.parts().next()?, OID)?.body)
}

fn read_signer(signer: Element<'_>, certificates: &[Certificate<'_>], found: &mut Found) -> Option<()> {
    let mut parts = signer.parts();
    of(parts.next()?, INTEGER)?;
    let who = parts.next()?;
    found.algorithm = algorithm(identified(parts.next()?)?);
    let mut next = parts.next()?;
    let attributes = (next.tag == 0xa0).then_some(next);
    if attributes.is_some() {
        next = parts.next()?;
    }
    let kind = identified(next)?;
    let signed = of(parts.next()?, OCTETS)?.octets();
    for attribute in attributes.into_iter().flat_map(Element::parts) {
        let mut pair = attribute.parts();
        let Some(oid) = pair.next().filter(|oid| oid.tag == OID) else { continue };
        let value = pair.next().and_then(|values| values.parts().next());
        match oid.body {
            MESSAGE_DIGEST => found.digest = value.map(Element::octets),
            SIGNING_TIME => found.signed_at = value.map(|value| String::from_utf8_lossy(value.body).into_owned()),
            _ => {}
        }
    }
    let mine = |certificate: &&Certificate<'_>| {
        let mut named = who.parts();
        let issuer = named.next().map(|issuer| issuer.raw);
        who.tag == SEQUENCE
            && issuer == Some(certificate.issuer)
            && named.next().is_some_and(|serial| serial.body == certificate.serial)
    };
    let certificate = certificates.iter().find(mine).or_else(|| certificates.first().filter(|_| who.tag != SEQUENCE));
    if let Some(certificate) = certificate {
        found.signer = name(certificate.subject, COMMON_NAME);
        found.organisation = name(certificate.subject, ORGANISATION);
        let message = attributes.and_then(as_signed);
        found.key_holds =
            message.and_then(|message| made_by(certificate.key, kind, found.algorithm?, &message, &signed));
    }
    Some(())
}

/// The attributes as they were signed: tagged as a set.
fn as_signed(attributes: Element<'_>) -> Option<Vec<u8>> {
    let definite = attributes.raw.get(1).is_some_and(|length| *length != 0x80);
    let mut bytes = attributes.raw.to_vec();
    *bytes.first_mut()? = SET;
    definite.then_some(bytes)
}

/// Was this signed with the key? Nothing for kinds of key that are not known here.
fn made_by(
    key: Element<'_>,
    kind: &[u8],
    hash: &'static digest::Algorithm,
    message: &[u8],
    signed: &[u8],
) -> Option<bool> {
    let mut parts = key.parts();
    let mut identifier = of(parts.next()?, SEQUENCE)?.parts();
    let (scheme, curve) = (of(identifier.next()?, OID)?.body, identifier.next().map(|curve| curve.body));
    // The first byte of a bit string counts unused bits.
    let public = parts.next()?.body.get(1..)?;
    let verification: &dyn signature::VerificationAlgorithm = match (scheme, curve) {
        (RSA, _) if kind != RSA_PSS => match () {
            () if hash == &digest::SHA256 => &signature::RSA_PKCS1_2048_8192_SHA256,
            () if hash == &digest::SHA384 => &signature::RSA_PKCS1_2048_8192_SHA384,
            () if hash == &digest::SHA512 => &signature::RSA_PKCS1_2048_8192_SHA512,
            () => return None,
        },
        (_, Some(P256)) if hash == &digest::SHA256 => &signature::ECDSA_P256_SHA256_ASN1,
        (_, Some(P384)) if hash == &digest::SHA384 => &signature::ECDSA_P384_SHA384_ASN1,
        _ => return None,
    };
    Some(signature::UnparsedPublicKey::new(verification, public).verify(message, signed).is_ok())
}

/// Digest and time in the record of a time authority.
fn stamped(record: &[u8], found: &mut Found) {
    let Some((record, _)) = element(record) else { return };
    let imprint = record.parts().nth(2).and_then(|imprint| {
        let mut parts = imprint.parts();
        Some((algorithm(identified(parts.next()?)?)?, parts.next()?.octets()))
    });
    (found.algorithm, found.digest) = imprint.unzip();
    let time = record.parts().find(|part| part.tag == 0x18);
    found.signed_at = time.map(|time| String::from_utf8_lossy(time.body).into_owned());
}
