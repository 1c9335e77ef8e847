//! Groups of agencies as people speak of them in lists: "các sở, ban, ngành", "UBND các xã, phường".

/// A group of agencies, by their kind and the level of their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AgencyGroup {
    /// Bộ, ngành, cơ quan trung ương.
    Central,
    /// UBND cấp tỉnh.
    Provinces,
    /// Các sở, ban, ngành.
    Departments,
    /// Cơ quan Đảng.
    Party,
    /// Mặt trận và các đoàn thể.
    Fronts,
    /// Các hội.
    Associations,
    /// Tòa án, viện kiểm sát.
    Judiciary,
    /// Cơ quan trung ương đóng trên địa bàn.
    Seated,
    /// UBND các huyện (đến 30/6/2025).
    Districts,
    /// UBND các xã, phường.
    Communes,
    /// Cơ quan, đơn vị của xã, phường, huyện.
    Local,
    /// Hội đồng nhân dân và các hội đồng phối hợp.
    Councils,
    /// Báo, đài.
    Press,
    /// Đơn vị sự nghiệp, doanh nghiệp và nơi khác.
    Others,
}

impl AgencyGroup {
    /// All of them, in the order of a list of choices.
    pub const ALL: [AgencyGroup; 14] = [
        AgencyGroup::Central,
        AgencyGroup::Provinces,
        AgencyGroup::Departments,
        AgencyGroup::Party,
        AgencyGroup::Fronts,
        AgencyGroup::Associations,
        AgencyGroup::Judiciary,
        AgencyGroup::Seated,
        AgencyGroup::Districts,
        AgencyGroup::Communes,
        AgencyGroup::Local,
        AgencyGroup::Councils,
        AgencyGroup::Press,
        AgencyGroup::Others,
    ];

    /// Of an agency of this kind whose place has this level ("" for the country).
    pub fn of(kind: &str, level: &str) -> AgencyGroup {
        let local = level == "commune" || level == "district";
        match kind {
            "ministry" | "government-agency" | "central-organ" | "legal-unit" => AgencyGroup::Central,
            "committee" | "province" | "commune" => match (kind, level) {
                ("commune", _) | (_, "commune") => AgencyGroup::Communes,
                (_, "district") => AgencyGroup::Districts,
                _ => AgencyGroup::Provinces,
            },
            "party-organ" | "party-committee" => AgencyGroup::Party,
            "front" | "mass" => AgencyGroup::Fronts,
            "court" | "procuracy" => AgencyGroup::Judiciary,
            "council" | "assembly" => AgencyGroup::Councils,
            "association" => AgencyGroup::Associations,
            "press" => AgencyGroup::Press,
            "seated" | "area" => AgencyGroup::Seated,
            _ if local => AgencyGroup::Local,
            "department" | "police" | "military" | "border" => AgencyGroup::Departments,
            _ => AgencyGroup::Others,
        }
    }

    /// Stable key, as stored and in addresses.
    pub fn key(self) -> &'static str {
        match self {
            AgencyGroup::Central => "trung-uong",
            AgencyGroup::Provinces => "ubnd-tinh",
            AgencyGroup::Departments => "so-nganh",
            AgencyGroup::Party => "dang",
            AgencyGroup::Fronts => "doan-the",
            AgencyGroup::Associations => "hoi",
            AgencyGroup::Judiciary => "tu-phap",
            AgencyGroup::Seated => "nganh-doc",
            AgencyGroup::Districts => "ubnd-huyen",
            AgencyGroup::Communes => "ubnd-xa",
            AgencyGroup::Local => "co-so",
            AgencyGroup::Councils => "hoi-dong",
            AgencyGroup::Press => "bao-chi",
            AgencyGroup::Others => "khac",
        }
    }

    /// Name on screen, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            AgencyGroup::Central => "Bộ, ngành, cơ quan trung ương",
            AgencyGroup::Provinces => "UBND cấp tỉnh",
            AgencyGroup::Departments => "Các sở, ban, ngành",
            AgencyGroup::Party => "Cơ quan Đảng",
            AgencyGroup::Fronts => "Mặt trận, các đoàn thể",
            AgencyGroup::Associations => "Các hội",
            AgencyGroup::Judiciary => "Tòa án, viện kiểm sát",
            AgencyGroup::Seated => "Cơ quan trung ương đóng trên địa bàn",
            AgencyGroup::Districts => "UBND các huyện (đến 30/6/2025)",
            AgencyGroup::Communes => "UBND các xã, phường",
            AgencyGroup::Local => "Cơ quan, đơn vị cấp xã, huyện",
            AgencyGroup::Councils => "Hội đồng nhân dân, các hội đồng",
            AgencyGroup::Press => "Báo, đài",
            AgencyGroup::Others => "Đơn vị sự nghiệp, doanh nghiệp, nơi khác",
        }
    }

    /// The group with this key.
    pub fn from_key(key: &str) -> Option<AgencyGroup> {
        AgencyGroup::ALL.into_iter().find(|group| group.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_fall_into_the_groups_that_people_speak_of() {
        assert_eq!(AgencyGroup::of("committee", "commune"), AgencyGroup::Communes);
        assert_eq!(AgencyGroup::of("committee", "province"), AgencyGroup::Provinces);
        assert_eq!(AgencyGroup::of("police", "province"), AgencyGroup::Departments);
        assert_eq!(AgencyGroup::of("police", "commune"), AgencyGroup::Local);
        assert_eq!(AgencyGroup::of("ministry", ""), AgencyGroup::Central);
        assert!(AgencyGroup::ALL.into_iter().all(|group| AgencyGroup::from_key(group.key()) == Some(group)));
    }
}
