//! Many beginnings looked for at once.

/// Words a text may begin with, sorted, none the beginning of another.
pub(crate) struct Starts(Vec<&'static str>);

impl Starts {
    /// The words of a list written with bars between them.
    pub fn new(words: &'static str) -> Self {
        let mut sorted: Vec<&'static str> = words.split('|').collect();
        sorted.sort_unstable();
        sorted.dedup_by(|longer, shorter| longer.starts_with(*shorter));
        Self(sorted)
    }

    /// The text begins with one of them.
    pub fn begin(&self, text: &str) -> bool {
        // what stands between a word and a text that begins with it begins with it too
        let next = self.0.partition_point(|word| *word <= text);
        next.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|word| text.starts_with(word))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Starts;

    const WORDS: &str = "ab|a|b|abc|đ|đb|cab|ca b";

    proptest! {
        #[test]
        fn it_is_the_same_as_trying_each(text in "[abcđ ]{0,5}") {
            assert_eq!(Starts::new(WORDS).begin(&text), WORDS.split('|').any(|word| text.starts_with(word)));
            let few = "ab|cab|đb|ca b";
            assert_eq!(Starts::new(few).begin(&text), few.split('|').any(|word| text.starts_with(word)));
        }
    }
}
