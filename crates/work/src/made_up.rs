//! Dice and names for demonstrations: what is made up is the same in every run.

use kernel::{Actor, Holding, Role, Uuid, new_id};

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice for one report: the same for the same place in the same list.
    pub(crate) fn at(seed: u64, round: usize, place: usize) -> Self {
        // The places of a list lie side by side: their numbers are stirred before the first throw.
        let mut mixed = seed ^ ((round as u64) << 40) ^ ((place as u64) << 8);
        for factor in [0xbf58_476d_1ce4_e5b9_u64, 0x94d0_49bb_1331_11eb] {
            mixed = (mixed ^ (mixed >> 30)).wrapping_add(0x9e37_79b9_7f4a_7c15).wrapping_mul(factor);
        }
        Self(mixed ^ (mixed >> 31))
    }

    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides.max(1)
    }

    pub(crate) fn one<'a>(&mut self, list: &[&'a str]) -> &'a str {
        usize::try_from(self.roll(list.len() as u64)).ok().and_then(|at| list.get(at)).copied().unwrap_or_default()
    }
}

const FAMILY: [&str; 10] = ["Nguyễn", "Trần", "Lê", "Hoàng", "Nông", "Phạm", "Hà", "Đặng", "Vũ", "Bùi"];
const MIDDLE: [&str; 6] = ["Văn", "Thị", "Đức", "Thu", "Minh", "Thanh"];
const GIVEN: [&str; 12] =
    ["Bình", "Cường", "Dung", "Giang", "Hải", "Hạnh", "Khánh", "Lan", "Mai", "Nam", "Phương", "Sơn"];

/// Someone with a role at an agency.
pub(crate) fn person(dice: &mut Dice, role: Role, agency: Uuid) -> Actor {
    let name = format!("{} {} {}", dice.one(&FAMILY), dice.one(&MIDDLE), dice.one(&GIVEN));
    Actor { user: new_id(), name, holdings: vec![Holding { role, agency, agency_name: String::new() }] }
}
