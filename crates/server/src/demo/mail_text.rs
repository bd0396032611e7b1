//! The readable half of a mail that this program wrote: subject, sender and plain text. Reads only what our own courier writes
//! (encoded words in UTF-8, quoted-printable parts); anything else is shown as it came. Knows no SMTP.

use mic_proof::base64;

/// What the mailbox shows.
pub(super) struct Read {
    pub(super) subject: String,
    pub(super) from: String,
    pub(super) text: String,
}

pub(super) fn read(bytes: &[u8]) -> Read {
    let whole = String::from_utf8_lossy(bytes);
    let (head, body) = whole.split_once("\r\n\r\n").unwrap_or((&whole, ""));
    Read {
        subject: words(&field(head, "subject")),
        from: words(&field(head, "from")),
        text: plain_part(body),
    }
}

/// A header field with its folded lines joined.
fn field(head: &str, name: &str) -> String {
    let mut found = String::new();
    let mut inside = false;
    for line in head.split("\r\n") {
        if line.starts_with([' ', '\t']) {
            if inside {
                found.push_str(line);
            }
            continue;
        }
        let own = line.split_once(':').filter(|(field, _)| field.eq_ignore_ascii_case(name));
        inside = own.is_some();
        if let Some((_, value)) = own {
            found.push_str(value.trim_start());
        }
    }
    found
}

/// Encoded words (RFC 2047) in UTF-8; white space between two of them does not count.
fn words(text: &str) -> String {
    let mut out: Vec<u8> = Vec::new();
    let mut rest = text;
    let mut after_word = false;
    while let Some(start) = rest.find("=?") {
        let (before, from) = rest.split_at(start);
        let Some((decoded, after)) = encoded_word(from) else {
            out.extend_from_slice(before.as_bytes());
            out.extend_from_slice(b"=?");
            rest = &from[2..];
            after_word = false;
            continue;
        };
        if !(after_word && before.trim().is_empty()) {
            out.extend_from_slice(before.as_bytes());
        }
        out.extend_from_slice(&decoded);
        rest = after;
        after_word = true;
    }
    out.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}

/// `=?utf-8?B?…?=` or `=?utf-8?Q?…?=` at the beginning: its bytes and what follows it.
fn encoded_word(text: &str) -> Option<(Vec<u8>, &str)> {
    let mut parts = text.strip_prefix("=?")?.splitn(4, '?');
    let (charset, encoding, inside) = (parts.next()?, parts.next()?, parts.next()?);
    let after = parts.next()?.strip_prefix('=')?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let decoded = match encoding {
        "B" | "b" => base64::decode(inside).ok()?,
        "Q" | "q" => unquote(&inside.replace('_', " ")),
        _ => return None,
    };
    Some((decoded, after))
}

/// The first part of type text/plain.
fn plain_part(body: &str) -> String {
    let Some(start) = body.find("text/plain") else { return body.to_owned() };
    let Some((head, text)) = body[start..].split_once("\r\n\r\n") else { return body.to_owned() };
    let end = text.find("\r\n--").unwrap_or(text.len());
    let text = &text[..end];
    let text = if head.to_ascii_lowercase().contains("quoted-printable") {
        String::from_utf8_lossy(&unquote(text)).into_owned()
    } else {
        text.to_owned()
    };
    text.replace("\r\n", "\n")
}

/// Quoted-printable (RFC 2045, 6.7): soft line ends vanish, `=XX` is a byte.
fn unquote(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while let Some(&byte) = bytes.get(place) {
        match (byte, bytes.get(place + 1..place + 3)) {
            (b'=', Some(b"\r\n")) => place += 3,
            (b'=', Some(digits)) if digits.iter().all(u8::is_ascii_hexdigit) => {
                out.push(nibble(digits[0]) << 4 | nibble(digits[1]));
                place += 3;
            }
            (byte, _) => {
                out.push(byte);
                place += 1;
            }
        }
    }
    out
}

fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit.saturating_sub(b'A') + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::{read, words};

    #[test]
    fn a_mail_of_ours_is_readable() {
        let mail = "From: =?utf-8?B?w4k=?=\r\n =?utf-8?Q?_t=C3=A9?=\r\n <a@b.invalid>\r\nSubject: [T]\r\n plain\r\n\r\n\
                    --x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                    A long=\r\n line =C3=A9 =3D\r\nand one more\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>\r\n--x--\r\n";
        let found = read(mail.as_bytes());
        assert_eq!(found.from, "É té <a@b.invalid>");
        assert_eq!(found.subject, "[T] plain");
        assert_eq!(found.text, "A long line é =\nand one more");
    }

    #[test]
    fn what_is_no_encoded_word_stays() {
        assert_eq!(words("a =?b? c =?utf-8?B?!!?= d"), "a =?b? c =?utf-8?B?!!?= d");
    }
}
