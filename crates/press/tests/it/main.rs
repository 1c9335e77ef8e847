//! What `press` writes, read back: the packages' XML, and the papers as `papers` recognises them.

mod docx;
#[cfg(feature = "pdf")]
mod pdf;
mod samples;

/// The paper that was recognised is the one that was written.
#[track_caller]
fn same(read: &papers::Paper, written: &press::Official) {
    let value = |field: &Option<papers::Field<String>>| field.as_ref().map(|field| field.value.clone());
    let whole = written.number.map(|number| format!("{number:02}/{}", written.symbol));
    assert_eq!(value(&read.number), whole);
    assert_eq!(read.date.as_ref().map(|date| date.value), written.date);
    assert_eq!(value(&read.place).as_deref(), Some(written.place.as_str()));
    assert_eq!(value(&read.kind).as_deref(), Some(written.kind.as_deref().unwrap_or("Công văn")));
    assert_eq!(value(&read.title).as_deref(), Some(written.title.as_str()));
    let issuer = value(&read.issuer).unwrap_or_default();
    assert!(issuer.to_lowercase().starts_with(&written.issuer.to_lowercase()), "{issuer}");
    let list = |fields: &[papers::Field<String>]| fields.iter().map(|field| field.value.clone()).collect::<Vec<_>>();
    assert_eq!(list(&read.addressees), written.addressees);
    let mut recipients = written.recipients.clone();
    if let (Some(last), Some(mark)) = (recipients.last_mut(), &written.drafter) {
        *last = format!("{last}. {mark}");
    }
    assert_eq!(list(&read.recipients), recipients);
    let signer = read.signer.as_ref().expect("a signer");
    assert_eq!(value(&signer.name), written.signature.name);
    let capitals = |text: &String| text.to_uppercase();
    assert_eq!(value(&signer.position), Some(capitals(&written.signature.position)));
    assert_eq!(value(&signer.concurrent_position), written.signature.concurrent.as_ref().map(capitals));
    let authority = written.signature.authority.iter().map(capitals).collect::<Vec<_>>().join(" / ");
    assert_eq!(value(&signer.authority), Some(authority));
}
