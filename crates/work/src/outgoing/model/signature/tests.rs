//! A PDF signed with a certificate made for this test, and what becomes of it.

use proptest::prelude::*;

use super::*;

/// Signed with OpenSSL by "Nguyễn Văn Mẫu" of a made-up department; the key was thrown away.
const SIGNED: &[u8] = include_bytes!("signed.pdf");

#[test]
fn a_signed_file_tells_who_signed_and_that_nothing_changed() {
    let found = marks(SIGNED);
    assert!(found.pdf);
    let [mark] = found.signatures.as_slice() else { panic!("{found:?}") };
    assert_eq!(mark.signer, "Nguyễn Văn Mẫu");
    assert_eq!(mark.organisation, "Sở Tư pháp (chứng thư thử)");
    assert_eq!((mark.digest_holds, mark.key_holds), (Some(true), Some(true)));
    assert!(mark.whole && mark.signed_at.is_some() && mark.fault.is_empty(), "{mark:?}");
}

#[test]
fn a_changed_byte_an_added_tail_and_a_foreign_digest_are_seen() {
    let mut changed = SIGNED.to_vec();
    let at = memmem::find(&changed, b"/Count 0").unwrap() + 7;
    changed[at] = b'1';
    assert_eq!(marks(&changed).signatures[0].digest_holds, Some(false));
    let longer = [SIGNED, b"\n% more"].concat();
    let mark = &marks(&longer).signatures[0];
    assert_eq!((mark.digest_holds, mark.whole), (Some(true), false));
    // Another digest in the attributes: it no longer is what the key signed.
    let digest = memmem::find(SIGNED, b"06092a864886f70d010904").unwrap() + 22 + 8;
    let mut forged = SIGNED.to_vec();
    forged[digest] = if forged[digest] == b'0' { b'1' } else { b'0' };
    let mark = &marks(&forged).signatures[0];
    assert_eq!((mark.digest_holds, mark.key_holds), (Some(false), Some(false)));
}

#[test]
fn what_cannot_be_read_is_said() {
    assert_eq!(marks("Không phải PDF".as_bytes()), Marks::default());
    assert!(marks(b"%PDF-1.7 nothing").signatures.is_empty());
    assert!(!marks(b"%PDF-1.7 /ByteRange [0 9]").signatures[0].fault.is_empty());
    assert!(!marks(b"%PDF-1.7 /ByteRange [0 9 99999 18446744073709551615]").signatures[0].fault.is_empty());
    assert!(!marks(&SIGNED[..SIGNED.len() - 20]).signatures[0].fault.is_empty());
    assert_eq!(instant("260901083000Z"), instant("20260901083000Z"));
    assert_eq!(instant("9913"), None);
}

#[test]
fn a_file_is_known_by_its_bytes_and_its_words() {
    assert_eq!(kept_as(SIGNED), Some("application/pdf"));
    assert_eq!(kept_as(b"PK\x03\x04"), None);
    let words = "SỞ TƯ PHÁP   CỘNG HÒA\nSố: 05/BC-STP   Thái Nguyên, ngày 09 tháng 11\nBÁO CÁO\nKết quả công tác\nnăm 2026\nBáo cáo 9/BC-STP";
    assert!(tells(words, "Kết quả công tác năm 2026", 5, "BC-STP"));
    assert!(!tells(words, "Kết quả công tác năm 2026", 6, "BC-STP"), "another number");
    assert!(!tells(words, "Kết quả công tác năm 2025", 5, "BC-STP"), "another paper");
    assert!(!tells(words, "Kết quả công tác năm 2026", 5, "BC-BTP"), "of another body");
    assert!(tells("Số:     /BC-STP Kết quả công tác năm 2026", "Kết quả công tác năm 2026", 5, "BC-STP"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_change_inside_the_signature_makes_it_fail(
        places in proptest::collection::vec((0usize..1_700, any::<u8>()), 1..8),
        cut in 0usize..1_700,
    ) {
        let from = memmem::find(SIGNED, b"/Contents <").unwrap() + 10;
        let to = from + memmem::find(&SIGNED[from..], b">").unwrap() + 1;
        let mut contents = hexadecimal(&SIGNED[from..to]).unwrap();
        for (at, byte) in places {
            contents[at] = byte;
        }
        let _ = (cms::read(&contents), cms::read(&contents[..cut]));
    }

    #[test]
    fn no_bytes_make_it_fail(
        places in proptest::collection::vec((0..SIGNED.len(), any::<u8>()), 0..12),
        cut in 0..SIGNED.len(),
        noise in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let mut bytes = SIGNED.to_vec();
        for (at, byte) in places {
            bytes[at] = byte;
        }
        marks(&bytes);
        marks(&bytes[..cut]);
        marks(&[b"%PDF-1.4 /ByteRange [0 5 ".as_slice(), &noise].concat());
    }
}

#[test]
fn a_file_that_lacks_pages_lacks_their_passages() {
    let passages: Vec<String> = (1..=20)
        .map(|n| format!("Trong kỳ, đơn vị thứ {n} đã tổ chức phổ biến pháp luật cho người dân ở cơ sở."))
        .chain(["Ngắn.".to_owned()])
        .collect();
    let whole = passages.join("\n").replace("người dân", "người\n   dân");
    assert_eq!(lacking(&whole, &passages), (Vec::new(), 20));
    let first_page = passages[..5].join("\n");
    let (missing, all) = lacking(&first_page, &passages);
    assert_eq!((missing.len(), all, missing[0]), (15, 20, passages[5].as_str()));
}
