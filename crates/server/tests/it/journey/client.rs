//! A person with the plainest of browsers: HTTP/1.1, cookies, forms, nothing else. It stands in for the many members of whom a
//! test needs only that they act.

use std::collections::BTreeMap;
use std::io::{Error, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::letters;
use crate::rig::maildir::Maildir;

/// Redirects followed for one request.
const REDIRECTS_MAX: u32 = 5;
/// Time for one answer, on a busy machine.
const ANSWER_MAX: Duration = Duration::from_secs(30);

/// Somebody's browser.
pub(super) struct Client {
    server: SocketAddr,
    cookies: BTreeMap<String, String>,
}

/// What came back, after redirects.
pub(super) struct Page {
    pub(super) path: String,
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// The head of one answer.
struct Head {
    status: u16,
    location: Option<String>,
    cookies: Vec<String>,
}

impl Client {
    pub(super) fn new(server: SocketAddr) -> Self {
        Self { server, cookies: BTreeMap::new() }
    }

    /// Opens a page of the site, given as a path or as a whole link.
    pub(super) fn open(&mut self, address: &str) -> Result<Page> {
        let origin = format!("http://{}", self.server);
        let path = address.strip_prefix(&origin).unwrap_or(address);
        self.follow("GET", path.to_owned(), String::new())
    }

    /// Sends the form of a page that goes to an address with this end, with its hidden fields and these.
    pub(super) fn send(
        &mut self,
        page: &Page,
        ending: &str,
        fields: &[(&str, &str)],
    ) -> Result<Page> {
        let (action, mut all) = page.form(ending)?;
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let pairs = all.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value)));
        self.follow("POST", action, pairs.collect::<Vec<_>>().join("&"))
    }

    /// Opens a page that only members see: asks for a link, takes the code from the mail, and is there.
    pub(super) fn sign_in(
        &mut self,
        address: &str,
        email: &str,
        mails: &mut Maildir,
    ) -> Result<Page> {
        let asked = self.open(address)?;
        let sent = self.send(&asked, "/signin", &[("email", email)])?;
        let mail = mails.take(email, |mail| letters::code(mail).is_some())?;
        let code = letters::code(&mail).unwrap_or_default();
        self.send(&sent, "/signin/code", &[("code", &code)])
    }

    fn follow(&mut self, method: &str, path: String, body: String) -> Result<Page> {
        let (mut method, mut path, mut body) = (method.to_owned(), path, body);
        for _ in 0..REDIRECTS_MAX {
            let (head, bytes) = self.exchange(&method, &path, &body)?;
            for cookie in &head.cookies {
                self.keep(cookie);
            }
            match head.location {
                Some(location) => {
                    (method, path, body) = ("GET".to_owned(), location, String::new());
                }
                None => return Ok(Page { path, status: head.status, body: bytes }),
            }
        }
        Err(Error::other(format!("redirected {REDIRECTS_MAX} times, last to {path}")))
    }

    fn exchange(&self, method: &str, path: &str, body: &str) -> Result<(Head, Vec<u8>)> {
        let mut stream = TcpStream::connect(self.server)?;
        stream.set_read_timeout(Some(ANSWER_MAX))?;
        let server = self.server;
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies = pairs.collect::<Vec<_>>().join("; ");
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {server}\r\nOrigin: http://{server}\r\nCookie: {cookies}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n");
        let end = end.ok_or_else(|| Error::other(format!("no answer to {method} {path}")))?;
        let head = read_head(&String::from_utf8_lossy(&answer[..end]))?;
        Ok((head, answer.split_off(end + 4)))
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().and_then(|pair| pair.split_once('='));
        match pair {
            Some((name, "")) => drop(self.cookies.remove(name)),
            Some((name, value)) => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
            None => {}
        }
    }
}

impl Page {
    pub(super) fn text(&self) -> String {
        unescape(&String::from_utf8_lossy(&self.body))
    }

    /// The address of a form and its hidden fields, as the templates of the site write them.
    fn form(&self, ending: &str) -> Result<(String, Vec<(String, String)>)> {
        let text = self.text();
        let forms = text.split("<form method=\"post\" action=\"").skip(1);
        for form in forms {
            let form = form.split("</form>").next().unwrap_or_default();
            let action = form.split('"').next().unwrap_or_default();
            if action.ends_with(ending) {
                let hidden = form.split("<input type=\"hidden\" name=\"").skip(1);
                let field = |field: &str| {
                    let (name, rest) = field.split_once("\" value=\"")?;
                    let (value, _) = rest.split_once('"')?;
                    Some((name.to_owned(), value.to_owned()))
                };
                return Ok((action.to_owned(), hidden.filter_map(field).collect()));
            }
        }
        let (path, status) = (&self.path, self.status);
        Err(Error::other(format!("no form to {ending} on {path}, {status}:\n{text}")))
    }
}

fn read_head(text: &str) -> Result<Head> {
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let mut head = Head {
        status: status.ok_or_else(|| Error::other("no status"))?,
        location: None,
        cookies: Vec::new(),
    };
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        match name.to_ascii_lowercase().as_str() {
            "location" => head.location = Some(value.to_owned()),
            "set-cookie" => head.cookies.push(value.to_owned()),
            "transfer-encoding" => {
                return Err(Error::other("an answer in pieces, which this client cannot read"));
            }
            _ => {}
        }
    }
    Ok(head)
}

fn escape(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn unescape(html: &str) -> String {
    let pairs = [
        ("&#x2f;", "/"),
        ("&#x27;", "'"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}
