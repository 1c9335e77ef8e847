//! Bodies in the cells of task tables, in every form in which tables come.

#[cfg(test)]
mod cells;
#[cfg(test)]
mod print;

#[cfg(test)]
mod tests {
    use papers::{Paper, read_layout, read_words, recognise};

    use crate::cells::{HELPERS, LEADS, PRODUCTS, TIMES, WORK};
    use crate::print::{Borders, ORDERS, Rows, bars, drawn, layout, loose, ordered, pipes};

    const TOP: &str = "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 12/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
        Độc lập - Tự do - Hạnh phúc\nAn Bình, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\nPhổ biến, giáo dục pháp luật năm 2026\n\n\
        II. NỘI DUNG\n\n";
    const END: &str = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Mẫu\n";

    type Names = Vec<String>;

    /// Row `n` of a table that starts at cell `from`, and who helps.
    fn table(from: usize, count: usize) -> (Rows, Vec<(Names, Names)>) {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Names>();
        let mut rows = vec![];
        let mut expected = vec![];
        for n in 0..count {
            let at = from + n;
            let (lead, leads) = LEADS[at % LEADS.len()];
            let (helper, helpers) = HELPERS[at % HELPERS.len()];
            rows.push(vec![
                (n + 1).to_string(),
                WORK[at % WORK.len()].to_owned(),
                lead.to_owned(),
                helper.to_owned(),
                TIMES[at % TIMES.len()].to_owned(),
                PRODUCTS[at % PRODUCTS.len()].to_owned(),
            ]);
            expected.push((owned(leads), owned(helpers)));
        }
        (rows, expected)
    }

    #[derive(Default)]
    struct Score {
        hit: usize,
        read: usize,
        wanted: usize,
        wrong: Vec<String>,
    }

    impl Score {
        fn add(&mut self, paper: &Paper, expected: &[(Names, Names)], rows: &Rows) {
            let values = |fields: &[papers::Field<String>]| -> Names {
                fields.iter().map(|field| field.value.trim_end_matches(['.', ';']).to_owned()).collect()
            };
            for (n, (_, wanted)) in expected.iter().enumerate() {
                let start: String = rows[n][1].chars().take(12).collect();
                let task = paper
                    .tasks
                    .iter()
                    .find(|t| t.anchor.rsplit('.').next() == Some(&(n + 1).to_string()) && t.text.starts_with(&start));
                let read = task.map(|task| values(&task.coordinating)).unwrap_or_default();
                self.hit += read.iter().filter(|name| wanted.contains(name)).count();
                self.read += read.len();
                self.wanted += wanted.len();
                if &read != wanted {
                    self.wrong.push(format!("{} {read:?} for {wanted:?}", if task.is_some() { "" } else { "no task" }));
                }
            }
        }

        fn f1(&self) -> f64 {
            2.0 * self.hit as f64 / (self.read + self.wanted).max(1) as f64
        }

        fn check(&self, form: &str, least: f64) {
            eprintln!("{form}: {:.3}", self.f1());
            let shown = self.wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
            assert!(self.f1() >= least, "{form}: {:.3}, {} wrong\n{shown}", self.f1(), self.wrong.len());
        }
    }

    fn score(mut print: impl FnMut(&Rows, &[usize]) -> Paper) -> Score {
        let mut score = Score::default();
        for order in ORDERS {
            for from in (0..HELPERS.len() * 3).step_by(7) {
                let (rows, expected) = table(from, 7);
                score.add(&print(&ordered(&rows, order), order), &expected, &rows);
            }
        }
        score
    }

    fn framed(table: &str) -> Paper {
        recognise(&format!("{TOP}{table}{END}"))
    }

    #[test]
    fn helpers_in_piped_rows() {
        score(|rows, _| framed(&pipes(rows))).check("pipes", 0.97);
    }

    #[test]
    fn helpers_between_bars() {
        for scale in [80, 100, 140] {
            score(|rows, order| framed(&bars(rows, scale, order))).check(&format!("bars {scale}"), 0.97);
        }
    }

    #[test]
    fn helpers_in_columns_of_a_pdf() {
        for scale in [80, 100, 140] {
            for middle in [false, true] {
                let read = |rows: &Rows, order: &[usize]| {
                    recognise(&format!("{TOP}{}{END}", read_layout(&layout(rows, scale, order, middle)).text))
                };
                score(read).check(&format!("layout {scale} {middle}"), 0.9);
            }
        }
    }

    #[test]
    fn helpers_between_the_borders_of_a_pdf() {
        for (scale, borders) in [(60, Borders::Lines), (60, Borders::Shapes), (100, Borders::Lines)] {
            for middle in [false, true] {
                let read = |rows: &Rows, order: &[usize]| {
                    let (words, drawing) = drawn(rows, scale, order, middle, borders);
                    framed(&read_words(&words, Some(&drawing)).text)
                };
                score(read).check(&format!("borders {scale} {borders:?} {middle}"), 0.97);
            }
        }
    }

    #[test]
    fn helpers_in_cells_printed_one_after_the_other() {
        for scale in [80, 100, 140] {
            score(|rows, order| framed(&loose(rows, scale, order))).check(&format!("loose {scale}"), 0.8);
        }
    }
}
