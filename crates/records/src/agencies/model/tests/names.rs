//! Printed names as real papers print them.

use std::sync::LazyLock;

use super::{PLACES, day, directory};
use crate::agencies::model::{
    directory::{Context, Directory, Meaning, Resolution},
    groups::Group,
};

static LANG_SON: LazyLock<Directory> = LazyLock::new(|| directory("p20"));
static THAI_NGUYEN: LazyLock<Directory> = LazyLock::new(|| directory("p19.2025"));
static HA_NOI: LazyLock<Directory> = LazyLock::new(|| directory("p01"));

/// What a name means, in short: agency key, `!key>heirs` for one of another time, group id, `~relative`, parts joined by ` | `, `?`.
fn show(directory: &Directory, resolution: &Resolution) -> String {
    let key = |ix| directory.agencies().unit(ix).key.clone();
    match &resolution.meaning {
        Meaning::Agency(unit) => key(*unit),
        Meaning::NotThen { unit, heirs } => {
            format!("!{}>{}", key(*unit), heirs.iter().map(|ix| key(*ix)).collect::<Vec<_>>().join("+"))
        }
        Meaning::Group(group) => group.to_string(),
        Meaning::Relative(key) => format!("~{key}"),
        Meaning::Several(parts) => parts.iter().map(|part| show(directory, part)).collect::<Vec<_>>().join(" | "),
        Meaning::Unknown(_) => "?".into(),
    }
}

fn check(directory: &Directory, place: &str, date: &str, table: &[(&str, &str)]) {
    let context = Context { place: PLACES.find(place), date: day(date) };
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(printed, expected)| {
            let got = show(directory, &directory.resolve(printed, &context));
            (got != *expected).then(|| format!("{printed}: {got}, expected {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_in_a_plan_of_2026() {
    check(
        &LANG_SON,
        "p20",
        "2026-01-15",
        &[
            ("Sở Tư pháp", "p20/so-tu-phap"),
            ("SỞ TƯ PHÁP", "p20/so-tu-phap"),
            ("STP", "p20/so-tu-phap"),
            ("Sở Tư pháp tỉnh Lạng Sơn", "p20/so-tu-phap"),
            ("Giám đốc Sở Tư pháp", "p20/so-tu-phap"),
            ("UBND tỉnh", "p20/ubnd"),
            ("Uỷ ban nhân dân tỉnh", "p20/ubnd"),
            ("UBND tỉnh (B/c)", "p20/ubnd"),
            ("Chủ tịch UBND tỉnh", "p20/ubnd"),
            ("Văn phòng UBND tỉnh", "p20/van-phong-ubnd"),
            ("Sở Văn hoá, Thể thao và Du lịch", "p20/so-van-hoa"),
            ("Sở VH,TT&DL", "p20/so-van-hoa"),
            ("Sở NN&MT", "p20/so-nong-nghiep-moi-truong"),
            ("Sở Dân tộc và Tôn giáo", "p20/so-dan-toc"),
            ("Sở TP", "p20/so-tu-phap"),
            ("Sở NV", "p20/so-noi-vu"),
            ("Hội ND tỉnh", "p20/hoi-nong-dan"),
            ("UB MTTQ VN tỉnh", "p20/mttq"),
            ("CA tỉnh", "p20/cong-an"),
            ("BCH QS tỉnh", "p20/quan-su"),
            ("Bộ Chỉ huy QS tỉnh", "p20/quan-su"),
            ("Trung tâm TGPL NN tỉnh", "p20/trung-tam-tgpl"),
            ("Công an tỉnh", "p20/cong-an"),
            ("Bộ CHQS tỉnh", "p20/quan-su"),
            ("Bộ Chỉ huy Quân sự tỉnh", "p20/quan-su"),
            ("Ban CHBĐ Biên phòng", "p20/bien-phong"),
            ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "p20/bien-phong"),
            ("Toà án nhân dân tỉnh", "p20/toa-an"),
            ("VKSND tỉnh", "p20/vien-kiem-sat"),
            ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "p20/mttq"),
            ("UBMTTQVN tỉnh", "p20/mttq"),
            ("Ủy ban MTTQVN tỉnh", "p20/mttq"),
            ("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh", "p20/mttq"),
            ("LĐLĐ tỉnh", "p20/lien-doan-lao-dong"),
            ("Hội LHPN tỉnh", "p20/hoi-phu-nu"),
            ("Tỉnh đoàn", "p20/doan-thanh-nien"),
            ("Tỉnh đoàn Lạng Sơn", "p20/doan-thanh-nien"),
            ("Hội Luật gia tỉnh", "p20/hoi-luat-gia"),
            ("Đoàn Luật sư", "p20/doan-luat-su"),
            ("Tỉnh ủy", "p20/cap-uy"),
            ("Thường trực Tỉnh uỷ", "p20/cap-uy"),
            ("Văn phòng Tỉnh ủy", "p20/van-phong-cap-uy"),
            ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "p20/ban-tuyen-giao-dan-van"),
            ("Ban Nội chính Tỉnh ủy Lạng Sơn", "p20/ban-noi-chinh"),
            ("Thường trực HĐND tỉnh", "p20/hdnd"),
            ("Báo và Phát thanh, Truyền hình Lạng Sơn", "p20/bao-ptth"),
            ("Báo Lạng Sơn", "!p20/bao>p20/bao-ptth"),
            ("BHXH tỉnh", "p20/bao-hiem"),
            ("Thuế tỉnh", "p20/thue"),
            ("Cục Thuế tỉnh", "p20/thue"),
            ("Kho bạc nhà nước khu vực XI", "p20/kho-bac"),
            ("Chi cục Hải quan khu vực XI", "p20/hai-quan"),
            ("Ngân hàng nhà nước khu vực 8", "p20/ngan-hang-nha-nuoc"),
            ("Kiểm toán nhà nước khu vực II", "p20/kiem-toan"),
            ("Cục THADS tỉnh", "p20/thi-hanh-an"),
            ("Hội đồng phối hợp PBGDPL tỉnh", "p20/hdpbgdpl"),
            ("Sở Thông tin và Truyền thông", "!p20/so-thong-tin>p20/so-khoa-hoc+p20/so-van-hoa"),
            ("Sở Kế hoạch và Đầu tư", "!p20/so-ke-hoach-dau-tu>p20/so-tai-chinh"),
            ("UBND xã Đoàn Kết", "c06001.2025/ubnd"),
            ("UBND phường Tam Thanh", "c05986.2025/ubnd"),
            ("Đảng ủy phường Tam Thanh", "c05986.2025/cap-uy"),
            ("Bộ Tư pháp", "tw/bo-tu-phap"),
            ("Cục PBGDPL, Bộ Tư pháp", "tw/cuc-pbgdpl | tw/bo-tu-phap"),
            ("UBND tỉnh Cao Bằng", "?"),
        ],
    );
}

#[test]
fn groups_in_a_plan_of_2026() {
    check(
        &LANG_SON,
        "p20",
        "2026-01-15",
        &[
            ("các sở, ban, ngành, đoàn thể tỉnh", "class:so-nganh-doan-the"),
            ("Các sở, ban, ngành, đoàn thể cấp tỉnh", "class:so-nganh-doan-the"),
            ("Các Sở, ngành, đoàn thể của tỉnh", "class:so-nganh-doan-the"),
            ("Các ban, sở, ngành, đoàn thể cấp tỉnh", "class:so-nganh-doan-the"),
            ("Thủ trưởng các sở, ban, ngành, đoàn thể", "class:so-nganh-doan-the"),
            ("Các sở, ban, ngành, tổ chức chính trị - xã hội", "class:so-nganh-doan-the"),
            ("Các sở, ban, ngành, các tổ chức chính trị-xã hội", "class:so-nganh-doan-the"),
            ("các sở, ban, ngành", "class:so-nganh"),
            ("các sở, ngành có liên quan", "class:so-nganh"),
            ("sở, ngành có liên quan", "class:so-nganh"),
            ("Các cơ quan chuyên môn thuộc UBND tỉnh", "class:so-nganh"),
            ("Giám đốc các Sở", "class:so"),
            ("Ủy ban MTTQVN tỉnh và các đoàn thể tỉnh", "class:mat-tran-doan-the"),
            ("các tổ chức chính trị - xã hội tỉnh", "class:doan-the"),
            ("Cơ quan Trung ương đóng trên địa bàn tỉnh", "class:trung-uong-tren-dia-ban"),
            ("các cơ quan, đơn vị, địa phương", "class:co-quan-dia-phuong"),
            ("Cơ quan, địa phương liên quan", "class:co-quan-dia-phuong"),
            ("các cơ quan liên quan", "class:co-quan"),
            ("các cơ quan, đơn vị có liên quan", "class:co-quan"),
            ("các cơ quan báo chí", "class:bao-chi"),
            ("các Ban Xây dựng Đảng", "class:co-quan-dang"),
            ("Hội đồng phối hợp PBGDPL các cấp", "class:hoi-dong-pbgdpl-cac-cap"),
            ("Thành viên Hội đồng phối hợp PBGDPL tỉnh", "class:hoi-dong-pbgdpl"),
            ("tổ chức pháp chế các Bộ, ngành, đoàn thể ở Trung ương", "class:to-chuc-phap-che"),
            ("Đảng ủy, UBND các xã, phường", "class:dang-uy-ubnd-xa"),
            ("UBND các xã, phường", "each:ubnd@commune:Phường+Xã"),
            ("UBND phường, xã", "each:ubnd@commune:Phường+Xã"),
            ("Ủy ban nhân dân các xã, phường, đặc khu", "each:ubnd@commune:Phường+Xã+Đặc khu"),
            ("Chủ tịch UBND các xã, phường", "each:ubnd@commune:Phường+Xã"),
            ("UBND cấp xã", "each:ubnd@commune"),
            ("Công an phường, xã, đặc khu", "each:cong-an@commune:Phường+Xã+Đặc khu"),
            ("UBND các huyện, thị xã, thành phố", "each:ubnd@district:Huyện+Thành phố+Thị xã"),
            ("UBND các huyện, thành phố", "each:ubnd@district:Huyện+Thành phố"),
            ("Phòng Tư pháp các huyện, thành phố", "each:phong-tu-phap@district:Huyện+Thành phố"),
            ("Phòng Tư pháp", "each:phong-tu-phap@district"),
            ("Phòng Tư pháp cấp huyện", "each:phong-tu-phap@district"),
            ("Sở Tư pháp các tỉnh, thành phố trực thuộc Trung ương", "each:so-tu-phap@province"),
            ("UBND cùng cấp", "~ubnd-cung-cap"),
            ("Uỷ ban nhân dân cùng cấp", "~ubnd-cung-cap"),
            ("Chủ tịch Ủy ban nhân dân cùng cấp", "~ubnd-cung-cap"),
            ("các UBND cùng cấp", "~ubnd-cung-cap"),
            ("HĐND, UBND cùng cấp", "~hdnd-cung-cap | ~ubnd-cung-cap"),
            ("cấp uỷ, chính quyền cùng cấp", "~cap-uy-cung-cap | ~ubnd-cung-cap"),
            ("cơ quan Tư pháp cùng cấp", "~tu-phap-cung-cap"),
            ("Mặt trận Tổ quốc cùng cấp", "~mttq-cung-cap"),
            ("Ủy ban MTTQ Việt Nam cùng cấp", "~mttq-cung-cap"),
            ("Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp và các tổ chức thành viên", "~mttq-cung-cap | class:doan-the"),
            ("cơ quan Công an cùng cấp", "~cong-an-cung-cap"),
            ("Phòng Tư pháp cùng cấp", "~tu-phap-cung-cap"),
            ("Phòng Tài chính - Kế hoạch cùng cấp", "~tai-chinh-cung-cap"),
            ("Phòng Văn hóa - Xã hội cùng cấp", "~phong-chuyen-mon-cung-cap"),
            ("cơ quan tài chính cùng cấp", "~tai-chinh-cung-cap"),
            ("Hội Phụ nữ cùng cấp", "~hoi-phu-nu-cung-cap"),
            ("Hội LHPN cùng cấp", "~hoi-phu-nu-cung-cap"),
            ("Liên đoàn Lao động cùng cấp", "~lien-doan-lao-dong-cung-cap"),
            (
                "Mặt trận Tổ quốc, Hội Phụ nữ, Đoàn Thanh niên cùng cấp",
                "~mttq-cung-cap | ~hoi-phu-nu-cung-cap | ~doan-thanh-nien-cung-cap",
            ),
            ("Đoàn Thanh niên cùng cấp", "~doan-thanh-nien-cung-cap"),
            ("Đoàn TNCS Hồ Chí Minh cùng cấp", "~doan-thanh-nien-cung-cap"),
            ("các đoàn thể cùng cấp", "~doan-the-cung-cap"),
            ("Tòa án nhân dân cùng cấp", "~toa-an-cung-cap"),
            ("Viện kiểm sát nhân dân cùng cấp", "~vien-kiem-sat-cung-cap"),
            ("Hội đồng phối hợp PBGDPL cùng cấp", "~hdpbgdpl-cung-cap"),
            ("cơ quan quân sự cùng cấp", "~quan-su-cung-cap"),
            ("Công an, Quân sự cùng cấp", "~cong-an-cung-cap | ~quan-su-cung-cap"),
            ("Sở Tài chính, Nội vụ", "p20/so-tai-chinh | p20/so-noi-vu"),
            ("Các Sở: Tư pháp, Tài chính và Nội vụ", "p20/so-tu-phap | p20/so-tai-chinh | p20/so-noi-vu"),
            (
                "Các sở, ban, ngành, đoàn thể tỉnh và UBND các xã, phường",
                "class:so-nganh-doan-the | each:ubnd@commune:Phường+Xã",
            ),
            (
                "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh, Báo và Phát thanh, Truyền hình",
                "p20/so-van-hoa | p20/cong-an | p20/bao-ptth",
            ),
            ("Ủy ban Mặt trận Tổ quốc tỉnh và các tổ chức thành viên của Mặt trận", "class:mat-tran-doan-the"),
        ],
    );
}

#[test]
fn names_of_another_time_and_place() {
    check(
        &THAI_NGUYEN,
        "p19",
        "2020-12-31",
        &[
            ("Ủy ban Mặt trận Tổ quốc tỉnh Thái Nguyên", "p19/mttq"),
            ("Sở Thông tin và Truyền thông", "p19/so-thong-tin"),
            ("Đài Phát thanh và Truyền hình tỉnh, Báo Thái Nguyên", "p19/dai-ptth | p19/bao"),
            ("Bộ chỉ huy quân sự tỉnh", "p19/quan-su"),
            ("Sở Lao động - Thương binh và Xã hội", "p19/so-lao-dong"),
            ("Sở Tư pháp tỉnh Bắc Kạn", "p06/so-tu-phap"),
            ("Tỉnh uỷ", "p19/cap-uy"),
        ],
    );
    check(
        &THAI_NGUYEN,
        "p19.2025",
        "2026-03-01",
        &[
            ("Sở Tư pháp", "p19.2025/so-tu-phap"),
            ("UBND tỉnh Bắc Kạn", "!p06/ubnd>p19.2025/ubnd"),
            ("Sở Thông tin và Truyền thông", "!p19/so-thong-tin>p19.2025/so-khoa-hoc+p19.2025/so-van-hoa"),
        ],
    );
    check(
        &HA_NOI,
        "p01",
        "2026-03-01",
        &[
            ("Công an Thành phố", "p01/cong-an"),
            ("UBND Thành phố", "p01/ubnd"),
            ("Thường trực Thành ủy", "p01/cap-uy"),
            ("Thường trực HĐND Thành phố", "p01/hdnd"),
            ("Các Sở, ban, ngành Thành phố", "class:so-nganh"),
            ("các Sở, ban, ngành của Thành phố", "class:so-nganh"),
            ("Bộ Tư lệnh Thủ đô", "p01/bo-tu-lenh"),
            ("Ủy ban nhân dân thành phố Hà Nội", "p01/ubnd"),
        ],
    );
    // A commune's own paper.
    check(
        &LANG_SON,
        "c06001.2025",
        "2026-03-01",
        &[
            ("UBND xã", "c06001.2025/ubnd"),
            ("Đảng ủy xã", "c06001.2025/cap-uy"),
            ("Sở Tư pháp", "p20/so-tu-phap"),
            ("UBND tỉnh", "p20/ubnd"),
            ("Công an xã", "c06001.2025/cong-an"),
        ],
    );
}

#[test]
fn issuers_are_found_without_a_place() {
    let found = |directory: &Directory, name: &str, date: &str| {
        let unit = directory.resolve_issuer(name, day(date)).map(|ix| directory.agencies().unit(ix).key.clone());
        unit.unwrap_or_default()
    };
    assert_eq!(found(&THAI_NGUYEN, "Ủy ban nhân dân tỉnh Thái Nguyên", "2020-12-31"), "p19/ubnd");
    assert_eq!(found(&THAI_NGUYEN, "UBND TỈNH THÁI NGUYÊN", "2026-01-01"), "p19.2025/ubnd");
    assert_eq!(
        found(&LANG_SON, "Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh Lạng Sơn", "2024-03-01"),
        "p20/hdpbgdpl"
    );
    assert_eq!(found(&LANG_SON, "Bộ Tư pháp", "2020-01-01"), "tw/bo-tu-phap");
    assert_eq!(found(&LANG_SON, "Sở Tư pháp", "2020-01-01"), "");
}

fn members(directory: &Directory, group: &str, place: &str, date: &str) -> (Vec<String>, usize) {
    let group: Group = group.parse().unwrap();
    let found = directory.members(&group, PLACES.find(place), day(date));
    (found.agencies.iter().map(|ix| directory.agencies().unit(*ix).key.clone()).collect(), found.left_out.len())
}

#[test]
fn members_follow_the_date() {
    let (then, _) = members(&LANG_SON, "class:so-nganh", "p20", "2024-05-01");
    let (now, _) = members(&LANG_SON, "class:so-nganh", "p20", "2026-05-01");
    assert!(then.contains(&"p20/so-ke-hoach-dau-tu".into()) && !now.contains(&"p20/so-ke-hoach-dau-tu".into()));
    assert!(
        now.contains(&"p20/so-nong-nghiep-moi-truong".into())
            && now.contains(&"p20/cong-an".into())
            && !now.contains(&"p20/mttq".into())
    );
    let (all, _) = members(&LANG_SON, "class:so-nganh-doan-the", "p20", "2026-05-01");
    assert!(
        all.contains(&"p20/mttq".into())
            && all.contains(&"p20/hoi-phu-nu".into())
            && !all.contains(&"p20/toa-an".into())
    );
    let communes = PLACES.as_of(day("2026-05-01")).children(PLACES.find("p20").unwrap()).len();
    assert_eq!(members(&LANG_SON, "each:ubnd@commune:Phường+Xã", "p20", "2026-05-01").0.len(), communes);
    assert_eq!(members(&LANG_SON, "each:ubnd@district", "p20", "2026-05-01").0.len(), 0);
    assert_eq!(members(&LANG_SON, "each:ubnd@district", "p20", "2024-05-01").0.len(), 11);
    // Without districts the communes stand for "địa phương".
    assert_eq!(members(&LANG_SON, "class:dia-phuong", "p20", "2024-05-01").0.len(), 11);
    assert_eq!(members(&LANG_SON, "class:dia-phuong", "p20", "2026-05-01").0.len(), communes);
    assert_eq!(members(&LANG_SON, "class:to-chuc-phap-che", "p20", "2026-05-01").0.len(), 16);
    let (council, _) = members(&LANG_SON, "class:hoi-dong-pbgdpl", "p20", "2026-05-01");
    assert!(council.len() > 20 && council.contains(&"p20/toa-an".into()));
    // An old anchor leads to the province it became.
    assert!(members(&THAI_NGUYEN, "class:so", "p06", "2026-05-01").0.contains(&"p19.2025/so-tu-phap".into()));
    // A special zone is not named by "các xã, phường".
    let quang_tri = directory("p44.2025");
    let (named, left) = members(&quang_tri, "each:ubnd@commune:Phường+Xã", "p44.2025", "2026-05-01");
    assert_eq!((named.len(), left), (77, 1));
}

#[test]
fn relative_phrases_depend_on_the_addressee() {
    let date = day("2026-05-01");
    let find = |key: &str| LANG_SON.agencies().find(key).unwrap();
    let of = |phrase, addressee| {
        let units = LANG_SON.relative(phrase, find(addressee), date);
        units.into_iter().map(|ix| LANG_SON.agencies().unit(ix).key.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(of("ubnd-cung-cap", "c06001.2025/cong-an"), "c06001.2025/ubnd");
    assert_eq!(of("ubnd-cung-cap", "p20/so-tu-phap"), "p20/ubnd");
    assert_eq!(of("ubnd-cap-tren", "c06001.2025/ubnd"), "p20/ubnd");
    assert_eq!(of("tu-phap-cung-cap", "p20/ubnd"), "p20/so-tu-phap");
    // Armed forces and unions: their own body in the province, the one that they stand under in a commune.
    assert_eq!(of("cong-an-cung-cap", "p20/ubnd"), "p20/cong-an");
    assert_eq!(of("cong-an-cung-cap", "c06001.2025/ubnd"), "c06001.2025/cong-an");
    assert_eq!(of("quan-su-cung-cap", "p20/so-tu-phap"), "p20/quan-su");
    assert_eq!(of("quan-su-cung-cap", "c06001.2025/cong-an"), "c06001.2025/ubnd");
    assert_eq!(of("mttq-cung-cap", "p20/ubnd"), "p20/mttq");
    assert_eq!(of("hoi-phu-nu-cung-cap", "p20/ubnd"), "p20/hoi-phu-nu");
    assert_eq!(of("lien-doan-lao-dong-cung-cap", "c06001.2025/ubnd"), "c06001.2025/mttq");
    assert_eq!(
        of("doan-the-cung-cap", "p20/ubnd"),
        "p20/lien-doan-lao-dong p20/hoi-phu-nu p20/doan-thanh-nien p20/hoi-nong-dan p20/hoi-cuu-chien-binh"
    );
    assert_eq!(of("doan-the-cung-cap", "c06001.2025/ubnd"), "c06001.2025/mttq");
    assert_eq!(of("toa-an-cung-cap", "c06001.2025/ubnd"), "");
}

#[test]
fn unknown_names_come_with_the_nearest() {
    let context = Context { place: PLACES.find("p20"), date: day("2026-05-01") };
    let nearest = |printed: &str| match LANG_SON.resolve(printed, &context).meaning {
        Meaning::Unknown(candidates) => candidates.first().map(|c| c.name.clone()).unwrap_or_default(),
        other => panic!("{other:?}"),
    };
    assert_eq!(nearest("Sở Tư phap háp"), "Sở Tư pháp tỉnh Lạng Sơn");
    assert_eq!(nearest("UBND xã Đoàn Kếtt"), "Ủy ban nhân dân xã Đoàn Kết");
    assert_eq!(nearest("các sở ngành và ban"), "các sở, ban, ngành");
    assert_eq!(nearest("qwertyuiop"), "");
}

#[test]
fn a_choice_is_remembered() {
    use crate::agencies::model::directory::{Alias, Target};
    let base = directory("p20");
    let target = Target::Agency(base.agencies().find("p20/so-van-hoa").unwrap());
    let alias = Alias { printed: "Sở Văn thể du".into(), scope: PLACES.find("p20"), target };
    let directory = Directory::new(
        std::sync::Arc::new(base.definitions().clone()),
        std::sync::Arc::new(PLACES.clone()),
        std::sync::Arc::new(base.agencies().clone()),
        &[alias],
        Vec::new(),
    );
    check(&directory, "p20", "2026-05-01", &[("sở văn thể du", "p20/so-van-hoa")]);
    check(&base, "p20", "2026-05-01", &[("sở văn thể du", "?")]);
}

#[test]
fn group_ids_can_be_stored() {
    for id in ["class:so-nganh", "each:ubnd@commune:Phường+Xã", "each:cap-uy+ubnd@commune"] {
        assert_eq!(id.parse::<Group>().unwrap().to_string(), id);
    }
    assert!("each:ubnd".parse::<Group>().is_err() && "".parse::<Group>().is_err());
    let group: Group = "each:ubnd@district:Huyện".parse().unwrap();
    let (heirs, basis) = LANG_SON.heirs_of_group(&group).unwrap();
    assert_eq!(heirs.first().map(String::as_str), Some("each:ubnd@commune"));
    assert!(!basis.is_empty());
    assert_eq!(LANG_SON.group_name(&"each:ubnd@commune:Phường+Xã".parse().unwrap()), "Ủy ban nhân dân các phường, xã");
}

#[test]
fn regional_courts_and_procuracies() {
    let table = [
        ("TAND khu vực", "class:toa-an-khu-vuc"),
        ("TAND khu vực 3", "p19.2025/toa-an-kv-3"),
        ("Tòa án nhân dân khu vực 3", "p19.2025/toa-an-kv-3"),
        ("VKSND khu vực 9", "p19.2025/vien-kiem-sat-kv-9"),
        ("các Viện kiểm sát nhân dân khu vực", "class:vien-kiem-sat-khu-vuc"),
    ];
    check(&THAI_NGUYEN, "p19.2025", "2026-01-15", &table);
    check(&LANG_SON, "p20", "2026-01-15", &[("TAND khu vực", "class:toa-an-khu-vuc")]);
}
