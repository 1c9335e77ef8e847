//! One table of tasks printed in the ways its words come out of files.

/// Rows of cells; `|` parts paragraphs of a cell.
pub type Rows = Vec<Vec<String>>;

const HEAD: [&str; 6] = ["STT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"];

/// The columns that a form prints: all, without products, or helpers last.
pub const ORDERS: [&[usize]; 3] = [&[0, 1, 2, 3, 4, 5], &[0, 1, 2, 3, 4], &[0, 1, 5, 4, 2, 3]];

/// With its header, the columns in this order.
pub fn ordered(rows: &Rows, order: &[usize]) -> Rows {
    let head: Vec<String> = HEAD.iter().map(|cell| (*cell).to_owned()).collect();
    std::iter::once(&head).chain(rows).map(|row| order.iter().map(|at| row[*at].clone()).collect()).collect()
}

/// Words of a cell in lines of at most `width` letters, paragraph by paragraph.
pub fn wrap(cell: &str, width: usize) -> Vec<String> {
    let mut out = vec![];
    for paragraph in cell.split('|').filter(|paragraph| !paragraph.is_empty()) {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                out.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        out.push(line);
    }
    out
}

fn widths(order: &[usize], scale: usize) -> Vec<usize> {
    const BASE: [usize; 6] = [4, 30, 14, 18, 13, 12];
    order.iter().map(|at| if *at == 0 { 4 } else { BASE[*at] * scale / 100 }).collect()
}

/// `| cell | cell |`.
pub fn pipes(rows: &Rows) -> String {
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', " ")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    rows.iter().map(line).collect()
}

/// One cell to a line, a lone bar between cells.
pub fn bars(rows: &Rows, scale: usize, order: &[usize]) -> String {
    let widths = widths(order, scale);
    let mut out = String::new();
    for row in rows {
        for (cell, width) in row.iter().zip(&widths) {
            out.push_str("|\n");
            for line in wrap(cell, *width) {
                out.push_str(&line);
                out.push('\n');
            }
        }
        out.push_str("|\n\n");
    }
    out
}

/// Cells one after the other, wrapped as in their columns, nothing between them.
pub fn loose(rows: &Rows, scale: usize, order: &[usize]) -> String {
    let widths = widths(order, scale);
    let mut out = String::new();
    for row in rows {
        for (cell, width) in row.iter().zip(&widths) {
            for line in wrap(cell, *width) {
                out.push_str(&line);
                out.push('\n');
            }
        }
    }
    out
}

/// Columns kept by spaces, as `pdftotext -layout` does; cells at the top of their rows or at the middle.
pub fn layout(rows: &Rows, scale: usize, order: &[usize], middle: bool) -> String {
    let widths = widths(order, scale);
    let mut out = String::new();
    for row in rows {
        let cells: Vec<Vec<String>> = row.iter().zip(&widths).map(|(cell, width)| wrap(cell, *width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut line = String::from("  ");
            for (cell, width) in cells.iter().zip(&widths) {
                let top = if middle { (height - cell.len()) / 2 } else { 0 };
                let words = at.checked_sub(top).and_then(|at| cell.get(at)).map_or("", String::as_str);
                line.push_str(words);
                line.extend(std::iter::repeat_n(' ', (width + 3).saturating_sub(words.chars().count())));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}

/// Width of a letter, height of a line and foot of a page, in points.
const LETTER: f32 = 6.0;
const LINE: f32 = 16.0;
const FOOT: f32 = 780.0;

/// How the borders of cells are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Borders {
    /// One stroke along the whole table.
    Lines,
    /// A narrow filled shape at each side of each cell.
    Shapes,
}

/// A table on pages: words as `pdftotext -bbox` prints them and borders as `pdftocairo -svg` does. Rows are broken
/// over pages, which repeat the head; cells stand at the top of their rows or at the middle.
pub fn drawn(rows: &Rows, scale: usize, order: &[usize], middle: bool, borders: Borders) -> (String, String) {
    let widths = widths(order, scale);
    let mut edges = vec![60.0];
    for width in &widths {
        edges.push(edges[edges.len() - 1] + *width as f32 * LETTER + 8.0);
    }
    let mut sheet = Sheet { words: String::new(), drawing: String::new(), y: FOOT, edges, borders };
    let folded = |row: &Vec<String>| -> Vec<Vec<String>> {
        row.iter().zip(&widths).map(|(cell, width)| wrap(cell, *width)).collect()
    };
    for row in rows {
        let cells = folded(row);
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let mut at = 0;
        while at < height {
            if sheet.y + LINE * 1.5 > FOOT {
                sheet.page();
                if row != &rows[0] {
                    let head = folded(&rows[0]);
                    sheet.row(&head, 0, head.iter().map(Vec::len).max().unwrap_or(0), middle);
                }
            }
            at = sheet.row(&cells, at, height, middle);
        }
    }
    (
        format!("<html><body><doc>{}</page></doc></body></html>", sheet.words),
        format!(
            "<svg><defs><clipPath><path d=\"M 0 0 L 9 0\"/></clipPath></defs><pageSet>{}</page></pageSet></svg>",
            sheet.drawing
        ),
    )
}

struct Sheet {
    words: String,
    drawing: String,
    y: f32,
    edges: Vec<f32>,
    borders: Borders,
}

impl Sheet {
    fn page(&mut self) {
        let close = if self.words.is_empty() { "" } else { "</page>\n" };
        self.words.push_str(&format!("{close}<page width=\"595\" height=\"842\">\n"));
        self.drawing.push_str(&format!("{close}<page>\n"));
        self.y = 60.0;
    }

    /// Prints lines of a row from `from` on, as many as the page holds; gives the line after them.
    fn row(&mut self, cells: &[Vec<String>], from: usize, height: usize, middle: bool) -> usize {
        let room = ((FOOT - self.y) / LINE).max(1.0) as usize;
        let end = height.min(from + room);
        let (top, bottom) = (self.y, self.y + (end - from) as f32 * LINE + 4.0);
        for (column, cell) in cells.iter().enumerate() {
            // At the middle of its row, half a line off the other cells where their count is odd.
            let down = if middle { (height - cell.len()) as f32 / 2.0 } else { 0.0 };
            let mut place = down;
            for line in cell {
                let at = place;
                place += 1.0;
                if (at as usize) < from || at as usize >= end {
                    continue;
                }
                let y = top + 2.0 + (at - from as f32) * LINE;
                let mut x = self.edges[column] + 4.0;
                for word in line.split(' ') {
                    let right = x + word.chars().count() as f32 * LETTER - 0.5;
                    self.words.push_str(&format!(
                        "<word xMin=\"{x}\" yMin=\"{y}\" xMax=\"{right}\" yMax=\"{}\">{word}</word>\n",
                        y + LINE - 2.0
                    ));
                    x = right + LETTER * 0.8;
                }
            }
        }
        self.borders(top, bottom);
        self.y = bottom;
        end
    }

    fn borders(&mut self, top: f32, bottom: f32) {
        let mut sides = vec![];
        for pair in self.edges.windows(2) {
            sides.extend([(pair[0], top, pair[1], top), (pair[0], bottom, pair[1], bottom)]);
        }
        sides.extend(self.edges.iter().map(|x| (*x, top, *x, bottom)));
        for (x0, y0, x1, y1) in sides {
            let path = match self.borders {
                // The axis of the page upside down, as files have it.
                Borders::Lines => format!(
                    "<path style=\"fill:none;stroke:rgb(0%,0%,0%);\" d=\"M {x0} {} L {x1} {} \" transform=\"matrix(1,0,0,-1,0,842)\"/>",
                    842.0 - y0,
                    842.0 - y1
                ),
                Borders::Shapes => {
                    let (wide, tall) = if x0 == x1 { (0.5, y1 - y0) } else { (x1 - x0, 0.5) };
                    format!(
                        "<path style=\"fill-rule:nonzero;fill:rgb(0%,0%,0%);\" d=\"M {x0} {y0} L {} {y0} L {} {} L {x0} {} Z M {x0} {y0} \"/>",
                        x0 + wide,
                        x0 + wide,
                        y0 + tall,
                        y0 + tall
                    )
                }
            };
            self.drawing.push_str(&path);
            self.drawing.push('\n');
        }
    }
}
