//! The text of a paper while it is worked on: plain text in blocks, with references in braces.

use serde::{Deserialize, Serialize};

/// Most blocks of a paper.
pub const MOST_BLOCKS: usize = 200;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A heading that begins with its number: "I.", "1.", "1.1.", "a)".
    Heading,
    /// A paragraph.
    #[default]
    Paragraph,
    /// Items, one on each line.
    Bullets,
    /// The agencies that were latest.
    Late,
    /// Difficulties that agencies reported.
    Difficulties,
    /// What was answered in cells of text.
    Answers,
    /// A table that compares cells with earlier periods.
    Comparison,
    /// The round's table: agencies and cells.
    Table,
    /// From here on an annex; the text is its name.
    Annex,
    /// Likewise, on pages on their side.
    WideAnnex,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 10] = [
        Kind::Heading,
        Kind::Paragraph,
        Kind::Bullets,
        Kind::Late,
        Kind::Difficulties,
        Kind::Answers,
        Kind::Comparison,
        Kind::Table,
        Kind::Annex,
        Kind::WideAnnex,
    ];

    /// As written in definitions and forms.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Heading => "heading",
            Kind::Paragraph => "paragraph",
            Kind::Bullets => "bullets",
            Kind::Late => "late",
            Kind::Difficulties => "difficulties",
            Kind::Answers => "answers",
            Kind::Comparison => "comparison",
            Kind::Table => "table",
            Kind::Annex => "annex",
            Kind::WideAnnex => "wide_annex",
        }
    }

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Heading => "Đề mục",
            Kind::Paragraph => "Đoạn văn",
            Kind::Bullets => "Các ý gạch đầu dòng",
            Kind::Late => "Danh sách đơn vị gửi muộn nhất",
            Kind::Difficulties => "Danh sách khó khăn, vướng mắc",
            Kind::Answers => "Lời văn trong biểu báo cáo",
            Kind::Comparison => "Bảng so sánh với các kỳ trước",
            Kind::Table => "Bảng số liệu theo đơn vị",
            Kind::Annex => "Phụ lục (trang đứng)",
            Kind::WideAnnex => "Phụ lục (trang ngang)",
        }
    }

    /// The kind of this key.
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Does it show cells of the round?
    pub fn tabular(self) -> bool {
        matches!(self, Kind::Comparison | Kind::Table)
    }

    /// Is it a list cut at a number of lines?
    pub fn listed(self) -> bool {
        matches!(self, Kind::Late | Kind::Difficulties | Kind::Answers)
    }
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Block {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Its words; of lists and tables the words before them.
    pub text: String,
    /// Cells of a table; empty stands for all. Of difficulties the cells of text that are read too, of answers those that are printed.
    pub cells: Vec<String>,
    /// Most lines of a list; 0 stands for the usual number.
    pub count: usize,
}

impl Block {
    /// Lines of a list.
    pub fn most(&self) -> usize {
        match (self.count, self.kind) {
            (0, Kind::Late) => 3,
            (0, _) => 10,
            (count, _) => count.min(200),
        }
    }
}

/// A paper while it is worked on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Body above the issuer; may be empty.
    pub superior: String,
    /// Body that issues it.
    pub issuer: String,
    /// Name of the kind ("Báo cáo"); empty is a công văn.
    pub kind: String,
    /// Symbol after the number.
    pub symbol: String,
    /// Place before the date.
    pub place: String,
    /// Trích yếu.
    pub title: String,
    /// Kính gửi.
    pub addressees: Vec<String>,
    /// Căn cứ.
    pub bases: Vec<String>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// Lines of authority over the signature ("KT. GIÁM ĐỐC").
    pub authority: Vec<String>,
    /// Position of who signs.
    pub position: String,
    /// Who signs; empty until it is known.
    pub signer: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Draft {
    /// Every text in which references may stand, with the place of its block (`None` outside the blocks).
    pub fn texts(&self) -> impl Iterator<Item = (Option<usize>, &str)> {
        let blocks = self.blocks.iter().enumerate().map(|(at, block)| (Some(at), block.text.as_str()));
        std::iter::once((None, self.title.as_str()))
            .chain(self.bases.iter().map(|base| (None, base.as_str())))
            .chain(blocks)
    }

    /// Moves a block one place up or down.
    pub fn shift(&mut self, at: usize, down: bool) {
        let other = if down { at.checked_add(1) } else { at.checked_sub(1) };
        if let Some(other) = other.filter(|other| at < self.blocks.len() && *other < self.blocks.len()) {
            self.blocks.swap(at, other);
        }
    }

    /// Drops a block.
    pub fn drop_block(&mut self, at: usize) {
        if at < self.blocks.len() {
            self.blocks.remove(at);
        }
    }

    /// Puts an empty block before the one at `at`, or at the end.
    pub fn add(&mut self, at: usize, kind: Kind) {
        if self.blocks.len() < MOST_BLOCKS {
            self.blocks.insert(at.min(self.blocks.len()), Block { kind, ..Block::default() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_moved_dropped_and_added_within_bounds() {
        let block = |text: &str| Block { text: text.into(), ..Block::default() };
        let mut draft = Draft { blocks: vec![block("a"), block("b")], ..Draft::default() };
        draft.shift(0, true);
        draft.shift(0, false);
        draft.shift(1, true);
        draft.shift(9, false);
        assert_eq!(draft.blocks, [block("b"), block("a")]);
        draft.drop_block(7);
        draft.drop_block(0);
        draft.add(9, Kind::Late);
        assert_eq!(draft.blocks.len(), 2);
        assert_eq!(draft.blocks[1].most(), 3);
        assert!(Kind::ALL.iter().all(|kind| Kind::from_key(kind.key()) == Some(*kind)));
    }
}
