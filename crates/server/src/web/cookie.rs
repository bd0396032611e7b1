//! The cookies of the site, RFC 6265 with the `__Host-` prefix wherever there is TLS. Knows nothing of what they mean.

use http::{HeaderMap, HeaderValue, header};

use super::limits::COOKIES_MAX;

/// Every cookie there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// Names a session; 64 hexadecimal digits.
    Session,
    /// Ties forms to a browser before anybody has signed in.
    Visitor,
    /// The browser that asked for a link.
    SignIn,
    /// The language somebody asked for.
    Language,
}

impl Cookie {
    /// A browser takes a name with `__Host-` only over TLS, for this host alone and the whole site.
    const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-mic-session",
            (Self::Session, false) => "mic-session",
            (Self::Visitor, true) => "__Host-mic-visitor",
            (Self::Visitor, false) => "mic-visitor",
            (Self::SignIn, true) => "__Host-mic-signin",
            (Self::SignIn, false) => "mic-signin",
            (Self::Language, true) => "__Host-mic-language",
            (Self::Language, false) => "mic-language",
        }
    }

    /// The value in a request. Sent twice it is none: one of the two was planted.
    pub(crate) fn read(self, headers: &HeaderMap, secure: bool) -> Option<&str> {
        let name = self.name(secure);
        let mut found = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .take(COOKIES_MAX)
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(named, _)| *named == name)
            .map(|(_, value)| value);
        let value = found.next()?;
        found.next().is_none().then_some(value)
    }

    /// Sets it until the browser closes.
    pub(crate) fn set(self, value: &str, secure: bool) -> HeaderValue {
        self.header(value, "", secure)
    }

    /// Sets it for so many seconds.
    pub(crate) fn set_for(self, value: &str, seconds: u64, secure: bool) -> HeaderValue {
        self.header(value, &format!("; Max-Age={seconds}"), secure)
    }

    pub(crate) fn clear(self, secure: bool) -> HeaderValue {
        self.header("", "; Max-Age=0", secure)
    }

    fn header(self, value: &str, age: &str, secure: bool) -> HeaderValue {
        let only = if secure { "; Secure" } else { "" };
        let text =
            format!("{}={value}; Path=/{age}; HttpOnly; SameSite=Lax{only}", self.name(secure));
        HeaderValue::from_str(&text)
            .expect("cookies hold hexadecimal digits, base64url and tags alone")
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header};

    use super::Cookie;

    fn request(cookies: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(cookies))])
    }

    #[test]
    fn a_cookie_sent_twice_is_none() {
        let headers = request("a=1; mic-session=x; b=2");
        assert_eq!(Cookie::Session.read(&headers, false), Some("x"));
        assert_eq!(Cookie::Session.read(&headers, true), None);
        assert_eq!(Cookie::Session.read(&request("mic-session=x; mic-session=y"), false), None);
    }

    #[test]
    fn with_tls_the_name_binds_it_to_the_host() {
        assert_eq!(
            Cookie::Session.set("ab", true),
            "__Host-mic-session=ab; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            Cookie::SignIn.clear(false),
            "mic-signin=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
        );
    }
}
