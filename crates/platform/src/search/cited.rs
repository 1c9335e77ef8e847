//! Papers and articles that are named by their numbers: in what somebody typed, and in what an entry is known by.

use kernel::text::fold_char;

/// A number, an article, or both, as a word of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cited {
    /// `14/2012`, `14/2012/qh13`, `#11`, `14/2012#11`.
    pub token: String,
    pub of: Named,
}

/// What is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// A paper.
    Paper,
    /// An article of any paper.
    Article,
    /// An article of a paper.
    Both,
}

impl Named {
    /// What it counts beside the words of a query; found by trying with the judged questions.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Paper => 13.0,
            Self::Article => 29.0,
            Self::Both => 21.0,
        }
    }
}

/// Everything that is named in a text. A paper is known by number and year alone ("luật 14/2012") as well as by its whole symbol ("14/2012/QH13",
/// "164/KH-UBND"); an article is written out or shortened ("Điều 11", "đ11").
pub(super) fn cited(text: &str) -> Vec<Cited> {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|c| fold_char(c, |c| folded.push(c)));
    let (mut papers, mut articles) = (Vec::new(), Vec::new());
    let mut before = "";
    for word in folded.split(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '-')).filter(|word| !word.is_empty())
    {
        papers.extend(paper(word).into_iter().flatten());
        let at = if matches!(before, "dieu" | "d") { word } else { word.strip_prefix('d').unwrap_or_default() };
        if article(at) {
            articles.push(at);
        }
        before = word;
    }
    let both = papers.iter().flat_map(|paper| articles.iter().map(move |at| (format!("{paper}#{at}"), Named::Both)));
    let article = articles.iter().map(|at| (format!("#{at}"), Named::Article));
    let paper = papers.iter().map(|paper| (paper.clone(), Named::Paper));
    paper.chain(article).chain(both).map(|(token, of)| Cited { token, of }).collect()
}

/// `14/2012/qh13`: number and year, and the whole; `164/kh-ubnd`: the whole.
fn paper(word: &str) -> [Option<String>; 2] {
    let mut parts = word.split('/');
    let number = parts.next().unwrap_or_default();
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(number, 5) {
        return [None, None];
    }
    let mut symbol = parts.next().unwrap_or_default();
    let year = symbol.len() == 4 && digits(symbol, 4) && (symbol.starts_with("19") || symbol.starts_with("20"));
    let short = if year { format!("{number}/{symbol}") } else { number.to_owned() };
    if year {
        symbol = parts.next().unwrap_or_default();
    }
    let whole = symbol.len() > 1 && symbol.starts_with(|c: char| c.is_ascii_lowercase());
    [year.then(|| short.clone()), whole.then(|| format!("{short}/{symbol}"))]
}

/// `11`, `8a`.
fn article(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    word.len() - digits.len() < 2 && (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> String {
        cited(text).into_iter().map(|one| one.token).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn papers_and_articles_are_known_by_their_numbers() {
        let law = "14/2012 14/2012/qh13 #11 14/2012#11 14/2012/qh13#11";
        assert_eq!(tokens("14/2012/QH13 Điều 11"), law);
        assert_eq!(tokens("điều 11 luật 14/2012/qh13"), law);
        assert_eq!(tokens("đ11 luật 14/2012"), "14/2012 #11 14/2012#11");
        assert_eq!(tokens("dieu 8a thong tu 12/2018/TT-BTP"), tokens("12/2018/TT-BTP Điều 8a"));
        assert_eq!(tokens("kế hoạch 164/KH-UBND"), "164/kh-ubnd");
        assert_eq!(
            tokens("Nghị định 28/2013/NĐ-CP, nghị quyết 01/1999/NQLT-TP"),
            "28/2013 28/2013/nd-cp 01/1999 01/1999/nqlt-tp"
        );
    }

    #[test]
    fn days_and_other_numbers_name_nothing() {
        for text in ["Ngày Pháp luật 9/11", "20/06/2012", "", "năm 2026", "3/4", "đợt 2", "14/"] {
            assert_eq!(tokens(text), "", "{text}");
        }
    }
}
