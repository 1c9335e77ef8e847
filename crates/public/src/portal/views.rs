//! What the portal's templates receive.

use std::sync::Arc;

use kernel::{Page, Timestamp, text};
use platform::web::Chrome;
use records::{
    publications::{Brief, Phase, Section, model::kind_name},
    site::service::Look,
};

use super::model::short_code;

/// What every page shows around its content.
pub(crate) struct Site {
    /// Language and path.
    pub p: Chrome,
    /// Address of the portal, without a slash at its end.
    pub base: String,
    /// Name, menu and footer as they are set, and the sections of the menu.
    pub head: Arc<Head>,
    /// Ways in.
    pub ways: &'static [Way],
}

/// What is read once for a state of the public side.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// Name, menu and footer.
    pub look: Look,
    /// Sections of the home page.
    pub sections: Vec<Section>,
}

impl Site {
    /// The short address of a page.
    pub(crate) fn short(&self, path: &str) -> String {
        format!("/s/{}", short_code(path))
    }

    /// Name of the portal, after the title of every page.
    pub(crate) fn name(&self) -> &str {
        let set = self.head.look.face.name.as_str();
        if set.is_empty() { self.p.t("Cổng phổ biến, giáo dục pháp luật") } else { set }
    }

    /// Is it the home page, which has a search of its own?
    pub(crate) fn home(&self) -> bool {
        matches!(self.p.path.as_str(), "/" | "/trang-chu")
    }
}

/// A way into the portal: a tile of the home page and an entry of the menu.
pub(crate) struct Way {
    /// Where it leads.
    pub path: &'static str,
    /// Its name.
    pub label: &'static str,
    /// What is there.
    pub about: &'static str,
}

/// Every way in, in the order of the home page.
pub(crate) const WAYS: &[Way] = &[
    Way {
        path: "/luat-cho-toi",
        label: "Luật cho tôi",
        about: "Luật nói gì về việc của mình, chọn theo người và theo việc.",
    },
    Way {
        path: "/luat", label: "Tủ sách pháp luật", about: "Toàn văn luật, từng điều, từng khoản."
    },
    Way {
        path: "/thu-vien", label: "Thư viện tài liệu", about: "Tờ gấp, video, bài truyền thanh để xem và dùng lại."
    },
    Way { path: "/mo-hinh", label: "Mô hình hay", about: "Cách làm hiệu quả ở cơ sở để học theo." },
    Way {
        path: "/cong-khai-thong-tin",
        label: "Công khai thông tin",
        about: "Thông tin cơ quan phải công khai; gửi yêu cầu cung cấp thông tin.",
    },
    Way {
        path: "/danh-muc", label: "Chủ đề, địa bàn", about: "Tin theo lĩnh vực pháp luật, xã, phường và cơ quan."
    },
];

/// An event to come: in how many days.
pub(super) struct Coming {
    pub card: Card,
    pub days: i64,
}

/// A publication in a list, as shown.
pub(crate) struct Card {
    pub path: String,
    pub title: String,
    pub lead: String,
    pub kind: &'static str,
    pub agency: String,
    pub day: String,
    pub iso: String,
    /// Of an event: when and where.
    pub when: String,
    pub picture: Option<Picture>,
    pub generated: bool,
}

/// The photo of a card, cut to its shape around what matters in it.
pub(crate) struct Picture {
    /// Without the width.
    path: String,
    /// Wide enough for a card of double density?
    wide: bool,
    /// What matters, in tenths from the left and from above.
    focus: (i64, i64),
}

impl Picture {
    fn of(brief: &Brief) -> Option<Self> {
        let tenth = |percent: i64| (percent.clamp(0, 100) + 5) / 10;
        brief.picture_id.map(|id| Self {
            path: format!("/anh/{id}"),
            wide: brief.picture_width > 320,
            focus: (tenth(brief.focus_x), tenth(brief.focus_y)),
        })
    }

    /// The address for who knows one alone.
    pub(crate) fn source(&self) -> String {
        format!("{}/{}.webp", self.path, if self.wide { 640 } else { 320 })
    }

    /// The addresses by width.
    pub(crate) fn sources(&self) -> String {
        let small = format!("{}/320.webp 320w", self.path);
        if self.wide { format!("{small}, {}/640.webp 640w", self.path) } else { small }
    }

    /// How it is cut; see `portal.css`.
    pub(crate) fn cut(&self) -> String {
        format!("fx{} fy{}", self.focus.0, self.focus.1)
    }
}

impl Card {
    pub(crate) fn of(brief: &Brief) -> Self {
        let day = Timestamp(brief.first_at).date();
        let when = [minute(brief.starts_at), brief.place.clone()];
        Self {
            path: format!("/tin/{}", brief.slug),
            title: brief.title.clone(),
            lead: text::shorten(&brief.lead, 220),
            kind: if brief.kind == "article" { "" } else { kind_name(&brief.kind) },
            agency: brief.agency_name.clone(),
            day: kernel::time::display_date(day),
            iso: day.format("%Y-%m-%d").to_string(),
            picture: Picture::of(brief),
            when: when.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", "),
            generated: brief.generated,
        }
    }

    pub(crate) fn all(briefs: &[Brief]) -> Vec<Self> {
        briefs.iter().map(Self::of).collect()
    }
}

/// Where a campaign or an event stands, as shown.
pub(super) fn phase(p: &Chrome, phase: Option<Phase>) -> String {
    match phase {
        Some(Phase::Ahead(days)) => p.t1("còn {} ngày", days),
        Some(Phase::Now) => p.t("đang diễn ra").to_owned(),
        Some(Phase::Over) => p.t("đã kết thúc").to_owned(),
        None => String::new(),
    }
}

/// yyyymmddhhmm as shown; nothing for 0.
pub(crate) fn minute(stored: i64) -> String {
    match kernel::time::date_from_int(stored / 10_000) {
        Some(day) => format!("{:02}:{:02} {}", stored / 100 % 100, stored % 100, kernel::time::display_date(day)),
        None => String::new(),
    }
}

/// An instant with its zone, as feeds and machines read it.
pub(crate) fn instant(at: i64) -> String {
    Timestamp(at).local().to_rfc3339()
}

/// A page of a list, as shown.
pub(crate) fn cards(page: &Page<Brief>) -> Page<Card> {
    Page { rows: Card::all(&page.rows), total: page.total, paging: page.paging }
}
