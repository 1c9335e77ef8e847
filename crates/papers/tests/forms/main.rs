//! One paper in every form gives one and the same reading.
//!
//! The files in `tests/fixtures` hold the papers of `paper.rs`; its README says how they are made anew.

#[cfg(test)]
mod paper;
#[cfg(test)]
mod view;
#[cfg(test)]
mod word;

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::{env, fs};

    use papers::{Format, Limits, Paper, read, read_layout, read_words, recognise};

    use crate::paper::{LETTER, PLAN, Part, text, wrapped};
    use crate::view::same;
    use crate::word::docx;

    const BOTH: [(&str, &[Part]); 2] = [("ke-hoach", PLAN), ("cong-van", LETTER)];

    fn fixture(name: &str) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
    }

    fn paper(bytes: &[u8], format: Format) -> Paper {
        let source = read(bytes, None, Limits::default()).unwrap();
        assert_eq!(source.format, format);
        recognise(&source.text)
    }

    #[test]
    fn the_text_is_read_as_it_was_meant() {
        let plan = paper(text(PLAN).as_bytes(), Format::Text);
        let of = |field: &Option<papers::Field<String>>| field.as_ref().map(|field| field.value.clone());
        assert_eq!(of(&plan.number).as_deref(), Some("47/KH-UBND"));
        assert_eq!(of(&plan.issuer).as_deref(), Some("Ủy ban nhân dân tỉnh An Bình"));
        assert_eq!(plan.recipients.len(), 6);
        let refs: Vec<(&str, usize, usize)> =
            plan.tasks.iter().map(|task| (task.anchor.as_str(), task.lead.len(), task.coordinating.len())).collect();
        assert_eq!(
            refs,
            [
                ("II.1.1", 1, 3),
                ("II.1.2", 1, 1),
                ("II.2.1", 1, 2),
                ("III.1", 1, 0),
                ("III.2", 1, 0),
                ("PL.I.1", 1, 2),
                ("PL.I.2", 1, 2),
                ("PL.II.3", 1, 3),
                ("PL.II.4", 1, 1),
            ]
        );
        let letter = paper(text(LETTER).as_bytes(), Format::Text);
        assert_eq!((letter.addressees.len(), letter.tasks.len()), (2, 2));
    }

    #[test]
    fn text_with_broken_lines_is_the_same_paper() {
        for (name, parts) in BOTH {
            let expected = recognise(&text(parts));
            for width in [72, 88, 100] {
                same(&format!("{name}, {width} letters"), &recognise(&wrapped(parts, width)), &expected);
            }
        }
    }

    #[test]
    fn a_word_file_is_the_same_paper() {
        for (name, parts) in BOTH {
            same(name, &paper(&docx(parts), Format::Docx), &recognise(&text(parts)));
        }
    }

    #[test]
    fn files_of_libreoffice_are_the_same_paper() {
        for (name, parts) in BOTH {
            for (ending, format) in [("docx", Format::Docx), ("odt", Format::Odt)] {
                let file = format!("{name}.{ending}");
                same(&file, &paper(&fs::read(fixture(&file)).unwrap(), format), &recognise(&text(parts)));
            }
        }
    }

    #[test]
    fn the_words_of_a_pdf_are_the_same_paper() {
        for (name, parts) in BOTH {
            let file = format!("{name}.layout.txt");
            let layout = fs::read_to_string(fixture(&file)).unwrap();
            same(&file, &recognise(&read_layout(&layout).text), &recognise(&text(parts)));
        }
    }

    #[test]
    fn the_words_of_a_pdf_and_their_places_are_the_same_paper() {
        for (name, parts) in BOTH {
            let file = |ending: &str| fs::read_to_string(fixture(&format!("{name}.{ending}")));
            let (words, drawing) = (file("words.html").unwrap(), file("strokes.svg").ok());
            for drawing in [drawing.as_deref(), None] {
                same(name, &recognise(&read_words(&words, drawing).text), &recognise(&text(parts)));
            }
        }
    }

    /// Writes the Word files from which the fixtures are made, into the folder named by `PAPERS_FORMS`.
    #[test]
    fn the_word_files_are_written_where_asked() {
        let Some(folder) = env::var_os("PAPERS_FORMS").map(PathBuf::from) else {
            eprintln!("skipped: PAPERS_FORMS names no folder");
            return;
        };
        for (name, parts) in BOTH {
            fs::write(folder.join(name).with_extension("docx"), docx(parts)).unwrap();
        }
    }
}
