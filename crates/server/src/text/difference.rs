//! What changed between two versions of a text, word by word. Knows no language: the words for
//! "removed" and "added", which a screen reader speaks, are arguments.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Html;
use crate::words::escape_html;

/// The product of token counts up to which two pieces are compared; above it the old is struck out as a whole and the new shown.
/// 4,000,000 comparisons are some ten milliseconds.
const COMPARISONS_MAX: usize = 4_000_000;

/// One run of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    Same(String),
    Removed(String),
    Added(String),
}

/// Compares lines first, then words inside lines that changed, so that a long text with one new word costs little.
pub fn runs(old: &str, new: &str) -> Vec<Run> {
    let (old_lines, new_lines) = (lines(old), lines(new));
    let mut out = Vec::new();
    for (removed, added, same) in compare(&old_lines, &new_lines) {
        if same {
            push(&mut out, Run::Same(added));
            continue;
        }
        for (removed, added, same) in compare(&words(&removed), &words(&added)) {
            if same {
                push(&mut out, Run::Same(added));
            } else {
                push(&mut out, Run::Removed(removed));
                push(&mut out, Run::Added(added));
            }
        }
    }
    out
}

/// The comparison as text with `<ins>` and `<del>`, each opened by a word for those who do not see the colour.
pub fn to_html(old: &str, new: &str, removed_word: &str, added_word: &str) -> Html {
    let mark = |tag: &str, word: &str, text: &str| {
        format!(
            "<{tag}><span class=\"unseen\">[{}: </span>{}<span class=\"unseen\">]</span></{tag}>",
            escape_html(word),
            escape_html(text)
        )
    };
    let body: String = runs(old, new)
        .iter()
        .map(|run| match run {
            Run::Same(text) => escape_html(text),
            Run::Removed(text) => mark("del", removed_word, text),
            Run::Added(text) => mark("ins", added_word, text),
        })
        .collect();
    Html::vouched(body)
}

/// The comparison for the text half of a mail: `[-old-]` and `{+new+}`, as many tools write it.
pub fn to_plain(old: &str, new: &str) -> String {
    runs(old, new)
        .iter()
        .map(|run| match run {
            Run::Same(text) => text.clone(),
            Run::Removed(text) => format!("[-{text}-]"),
            Run::Added(text) => format!("{{+{text}+}}"),
        })
        .collect()
}

/// Pieces as (of the old, of the new, whether they are the same).
fn compare(old: &[&str], new: &[&str]) -> Vec<(String, String, bool)> {
    if old.len().saturating_mul(new.len()) > COMPARISONS_MAX {
        return vec![(old.concat(), new.concat(), old == new)];
    }
    capture_diff_slices(Algorithm::Myers, old, new)
        .iter()
        .map(|operation| {
            let same = matches!(operation, DiffOp::Equal { .. });
            (old[operation.old_range()].concat(), new[operation.new_range()].concat(), same)
        })
        .collect()
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Words and the spaces between them; together they are the text again.
fn words(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut in_space = None;
    for (index, character) in text.char_indices() {
        let space = character.is_whitespace();
        if in_space.is_some_and(|before| before != space) {
            pieces.push(&text[start..index]);
            start = index;
        }
        in_space = Some(space);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn push(out: &mut Vec<Run>, run: Run) {
    let (Run::Same(text) | Run::Removed(text) | Run::Added(text)) = &run;
    if text.is_empty() {
        return;
    }
    if let (Some(Run::Same(before)), Run::Same(text)) = (out.last_mut(), &run) {
        before.push_str(text);
        return;
    }
    out.push(run);
}

#[cfg(test)]
mod tests {
    use super::{Run, runs, to_html, to_plain};

    #[test]
    fn a_changed_word_is_one_run() {
        assert_eq!(
            to_plain("We meet on Monday.\nBring tea.", "We meet on Tuesday.\nBring tea."),
            "We meet on [-Monday.-]{+Tuesday.+}\nBring tea."
        );
        assert_eq!(runs("same", "same"), vec![Run::Same("same".to_owned())]);
        assert_eq!(runs("", "new"), vec![Run::Added("new".to_owned())]);
    }

    #[test]
    fn markup_in_texts_stays_text() {
        let shown = to_html("<b>", "<script>", "removed", "added");
        assert!(shown.as_str().contains("&lt;script&gt;") && !shown.as_str().contains("<script"));
    }

    #[test]
    fn old_and_new_can_be_read_back() {
        let (old, new) = ("a b c\nd e f\n\ng", "a x c\nd e\n\ng h");
        let (mut back, mut forth) = (String::new(), String::new());
        for run in runs(old, new) {
            match run {
                Run::Same(text) => {
                    back.push_str(&text);
                    forth.push_str(&text);
                }
                Run::Removed(text) => back.push_str(&text),
                Run::Added(text) => forth.push_str(&text),
            }
        }
        assert_eq!((back.as_str(), forth.as_str()), (old, new));
    }

    fn numbers(range: std::ops::Range<u32>) -> String {
        range.map(|number| number.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn hopeless_comparisons_are_replaced_as_a_whole() {
        let old = numbers(0..10_000);
        let new = numbers(10_000..20_000);
        assert_eq!(runs(&old, &new), vec![Run::Removed(old), Run::Added(new)]);
    }
}
