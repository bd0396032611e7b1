//! Replies of an SMTP server (RFC 5321, section 4.2; enhanced codes RFC 2034 and 3463) and what EHLO
//! announces. It reads bytes and knows no connection.

use bytes::{Buf, BytesMut};

/// Longest line of a reply, in bytes; RFC 5321 allows 512.
pub(super) const REPLY_LINE_BYTES_MAX: usize = 2_048;
/// Most lines of one reply.
const REPLY_LINES_MAX: usize = 128;
/// What is kept of a reply's text, in bytes.
const REPLY_TEXT_BYTES_MAX: usize = 500;

/// A whole reply. The text is printable ASCII; lines are joined by a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) enhanced: Option<Enhanced>,
    pub(super) text: String,
}

/// An enhanced status code such as 5.1.1: class, subject, detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enhanced {
    pub class: u16,
    pub subject: u16,
    pub detail: u16,
}

/// These bytes are no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Garbage;

/// What EHLO announced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a server announces any combination of them")]
pub(super) struct Capabilities {
    pub(super) pipelining: bool,
    pub(super) start_tls: bool,
    pub(super) eight_bit: bool,
    /// Detected; addresses here are ASCII, so nothing asks for it yet.
    pub(super) utf8: bool,
    pub(super) auth_plain: bool,
    pub(super) auth_login: bool,
    /// Largest mail, in bytes (RFC 1870).
    pub(super) size_max: Option<u64>,
}

/// Takes one whole reply from the front of `buffer`, or nothing when more bytes are needed.
pub(super) fn take_reply(buffer: &mut BytesMut) -> Result<Option<Reply>, Garbage> {
    let Some((length, lines)) = measure(buffer)? else { return Ok(None) };
    let mut reply = Reply { code: 0, enhanced: None, text: String::new() };
    for (index, line) in buffer[..length].split_inclusive(|byte| *byte == b'\n').enumerate() {
        let line = line.trim_ascii_end();
        let code = code_of(line)?;
        if index > 0 && code != reply.code {
            return Err(Garbage);
        }
        reply.code = code;
        let mut text = line.get(4..).unwrap_or_default();
        if let Some((enhanced, rest)) = split_enhanced(code, text) {
            reply.enhanced = Some(enhanced);
            text = rest;
        }
        push_printable(&mut reply.text, text, index + 1 < lines);
    }
    buffer.advance(length);
    Ok(Some(reply))
}

/// Takes the reply to EHLO, whose lines each announce something.
pub(super) fn take_capabilities(
    buffer: &mut BytesMut,
) -> Result<Option<(Reply, Capabilities)>, Garbage> {
    let Some((length, _)) = measure(buffer)? else { return Ok(None) };
    let mut capabilities = Capabilities::default();
    for line in buffer[..length].split(|byte| *byte == b'\n').skip(1) {
        let line = String::from_utf8_lossy(line.get(4..).unwrap_or_default()).to_ascii_uppercase();
        let mut words = line.split_ascii_whitespace();
        match words.next() {
            Some("PIPELINING") => capabilities.pipelining = true,
            Some("STARTTLS") => capabilities.start_tls = true,
            Some("8BITMIME") => capabilities.eight_bit = true,
            Some("SMTPUTF8") => capabilities.utf8 = true,
            Some("SIZE") => {
                let size = words.next().and_then(|size| size.parse().ok());
                capabilities.size_max = size.filter(|size| *size > 0);
            }
            Some("AUTH") => {
                for mechanism in words {
                    capabilities.auth_plain |= mechanism == "PLAIN";
                    capabilities.auth_login |= mechanism == "LOGIN";
                }
            }
            Some(_) | None => {}
        }
    }
    let reply = take_reply(buffer)?;
    Ok(reply.map(|reply| (reply, capabilities)))
}

/// Length in bytes and in lines of the reply at the front, if all of it is there.
fn measure(buffer: &[u8]) -> Result<Option<(usize, usize)>, Garbage> {
    let mut start = 0;
    for line_number in 1..=REPLY_LINES_MAX {
        let window = &buffer[start..buffer.len().min(start + REPLY_LINE_BYTES_MAX)];
        let Some(end) = window.iter().position(|byte| *byte == b'\n') else {
            // Garbage is told apart at once; it may never send the line end that we would wait for.
            let shown = window.len().min(3);
            let is_hopeless = !window[..shown].iter().all(u8::is_ascii_digit);
            let is_full = window.len() == REPLY_LINE_BYTES_MAX;
            return if is_hopeless || is_full { Err(Garbage) } else { Ok(None) };
        };
        let line = &window[..end];
        code_of(line)?;
        start += end + 1;
        match line.get(3) {
            Some(b'-') => {}
            Some(b' ' | b'\r') | None => return Ok(Some((start, line_number))),
            Some(_) => return Err(Garbage),
        }
    }
    Err(Garbage)
}

fn code_of(line: &[u8]) -> Result<u16, Garbage> {
    let digits = line.get(..3).ok_or(Garbage)?;
    if !digits.iter().all(u8::is_ascii_digit) || !(b'2'..=b'5').contains(&digits[0]) {
        return Err(Garbage);
    }
    Ok(digits.iter().fold(0, |code, digit| code * 10 + u16::from(digit - b'0')))
}

/// An enhanced code counts only when its class is that of the reply (RFC 2034, section 4).
fn split_enhanced(code: u16, text: &[u8]) -> Option<(Enhanced, &[u8])> {
    let end = text.iter().position(|byte| *byte == b' ').unwrap_or(text.len());
    let word = std::str::from_utf8(&text[..end]).ok()?;
    let mut numbers = word.split('.').map(|number| {
        let is_number =
            (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        if is_number { number.parse::<u16>().ok() } else { None }
    });
    let (class, subject, detail) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let fits = numbers.next().is_none() && class == code / 100 && matches!(class, 2 | 4 | 5);
    fits.then(|| (Enhanced { class, subject, detail }, text[end..].trim_ascii_start()))
}

fn push_printable(out: &mut String, text: &[u8], more_follows: bool) {
    let room = REPLY_TEXT_BYTES_MAX.saturating_sub(out.len() + 1);
    for &byte in text.iter().take(room) {
        let is_printable = byte.is_ascii_graphic() || byte == b' ';
        out.push(if is_printable { char::from(byte) } else { '?' });
    }
    if more_follows && room > 0 {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(bytes: &[u8]) -> Result<Option<Reply>, Garbage> {
        take_reply(&mut BytesMut::from(bytes))
    }

    #[test]
    fn replies_are_read_whole() {
        let reply = take(b"250-first\r\n250 2.1.5 second\r\n354 next").unwrap().unwrap();
        assert_eq!((reply.code, reply.text.as_str()), (250, "first second"));
        assert_eq!(reply.enhanced, Some(Enhanced { class: 2, subject: 1, detail: 5 }));
        for part in [&b""[..], b"2", b"250", b"250-first\r\n", b"250-first\r\n250 x"] {
            assert_eq!(take(part), Ok(None), "{part:?}");
        }
    }

    #[test]
    fn an_enhanced_code_of_another_class_is_only_text() {
        let reply = take(b"450 5.1.1 odd\r\n").unwrap().unwrap();
        assert_eq!((reply.enhanced, reply.text.as_str()), (None, "5.1.1 odd"));
    }

    #[test]
    fn what_is_no_reply_is_garbage() {
        let long = vec![b'2'; REPLY_LINE_BYTES_MAX];
        let endless = b"250-again\r\n".repeat(REPLY_LINES_MAX + 1);
        for bytes in [
            &b"HTTP/1.1 400 Bad Request\r\n"[..],
            b"\0\0",
            b"99\r\n",
            b"199 x\r\n",
            b"600 x\r\n",
            b"250_x\r\n",
            b"250-one\r\n450 two\r\n",
            &long,
            &endless,
        ] {
            assert_eq!(take(bytes), Err(Garbage), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn control_characters_do_not_reach_the_text() {
        let reply = take(b"550 \x1b[31mno\x07\xff\r\n").unwrap().unwrap();
        assert_eq!(reply.text, "?[31mno??");
    }

    #[test]
    fn capabilities_are_found_in_any_case() {
        let lines = b"250-mx\r\n250-pipelining\r\n250-Size 1000\r\n250-AUTH LOGIN PLAIN\r\n250 8BITMIME\r\n";
        let (_, found) = take_capabilities(&mut BytesMut::from(&lines[..])).unwrap().unwrap();
        let expected = Capabilities {
            pipelining: true,
            eight_bit: true,
            auth_plain: true,
            auth_login: true,
            size_max: Some(1_000),
            ..Capabilities::default()
        };
        assert_eq!(found, expected);
    }
}
