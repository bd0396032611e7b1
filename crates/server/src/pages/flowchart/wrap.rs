//! Breaks the texts of a drawing into lines. Knows no drawing.

/// Breaks a text at spaces so that no line is longer than `columns`; a longer word is cut. Wide characters count twice.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let length: usize = word.chars().map(columns_of).sum();
        if used > 0 && used + 1 + length > columns {
            lines.push(String::new());
            used = 0;
        } else if used > 0 {
            lines.last_mut().expect("never empty").push(' ');
            used += 1;
        }
        for character in word.chars() {
            if used + columns_of(character) > columns {
                lines.push(String::new());
                used = 0;
            }
            lines.last_mut().expect("never empty").push(character);
            used += columns_of(character);
        }
    }
    lines
}

const fn columns_of(character: char) -> usize {
    match character {
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{3ffff}' => 2,
        _ => 1,
    }
}
