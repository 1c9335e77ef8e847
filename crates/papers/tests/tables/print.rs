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
