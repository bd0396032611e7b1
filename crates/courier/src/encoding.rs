//! The three encodings of a mail: base64 (RFC 4648), quoted-printable (RFC 2045, section 6.7) and
//! encoded words (RFC 2047). It does not know which part of a mail it encodes.

/// Longest line of quoted-printable text, in bytes without CRLF (RFC 2045, section 6.7, rule 5).
const QUOTED_LINE_BYTES_MAX: usize = 76;
/// Bytes of one base64 line before encoding: 57 become 76 characters.
const BASE64_LINE_BYTES: usize = 57;
/// Bytes of text in one encoded word: 45 become 60 characters, under the limit of 75 with its frame.
const WORD_TEXT_BYTES_MAX: usize = 45;

/// Appends base64 with padding, without line breaks.
pub(crate) fn base64(out: &mut Vec<u8>, data: &[u8]) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for group in data.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..4 {
            let sextet = (bits >> (18 - 6 * position)) & 63;
            let letter = ALPHABET[sextet as usize];
            out.push(if position > group.len() { b'=' } else { letter });
        }
    }
}

/// Appends base64 in lines of 76 characters, each ended by CRLF.
pub(crate) fn base64_lines(out: &mut Vec<u8>, data: &[u8]) {
    for line in data.chunks(BASE64_LINE_BYTES) {
        base64(out, line);
        out.extend_from_slice(b"\r\n");
    }
}

/// Appends quoted-printable text that begins and ends at the start of a line: it may stand between
/// other pieces without knowing how long their last line is. A piece that does not end with a
/// line break is closed by a soft one, so the pieces read as one text. Line breaks may be LF or CRLF.
pub(crate) fn quoted_printable(out: &mut Vec<u8>, text: &str) {
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let is_last = lines.peek().is_none();
        let line = if is_last { line } else { line.strip_suffix('\r').unwrap_or(line) };
        let width = quoted_line(out, line.as_bytes(), is_last);
        if !is_last {
            out.extend_from_slice(b"\r\n");
        } else if width > 0 {
            out.extend_from_slice(b"=\r\n");
        }
    }
}

/// Appends one logical line with soft breaks inside and gives the width of its last piece.
/// White space at the very end is encoded, because transports may strip it.
fn quoted_line(out: &mut Vec<u8>, line: &[u8], is_last: bool) -> usize {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut width = 0;
    for (index, &byte) in line.iter().enumerate() {
        let ends_line = index + 1 == line.len() && !is_last;
        let is_plain = match byte {
            b' ' | b'\t' => !ends_line,
            b'=' => false,
            _ => byte.is_ascii_graphic(),
        };
        let cost = if is_plain { 1 } else { 3 };
        // One column stays free for the "=" of a soft break.
        if width + cost > QUOTED_LINE_BYTES_MAX - 1 {
            out.extend_from_slice(b"=\r\n");
            width = 0;
        }
        if is_plain {
            out.push(byte);
        } else {
            let (high, low) = (HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]);
            out.extend_from_slice(&[b'=', high, low]);
        }
        width += cost;
    }
    width
}

/// Appends an unstructured header value: as it is when printable ASCII without a look of its own as an
/// encoded word and short enough for one line, else as folded UTF-8 encoded words.
pub(crate) fn header_text(out: &mut Vec<u8>, text: &str, plain_bytes_max: usize) {
    let is_plain = text.len() <= plain_bytes_max
        && !text.contains("=?")
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if is_plain {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    let mut rest = text;
    let mut is_first = true;
    while !rest.is_empty() {
        let mut end = rest.len().min(WORD_TEXT_BYTES_MAX);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (word, tail) = rest.split_at(end);
        out.extend_from_slice(if is_first { b"=?UTF-8?B?" } else { b"\r\n =?UTF-8?B?" });
        base64(out, word.as_bytes());
        out.extend_from_slice(b"?=");
        rest = tail;
        is_first = false;
    }
}
