//! A form that could not be taken, packed so that it travels through signing in and can be sent again by one button.
//! It lives in the person's own page, nowhere else. Knows no field.

use super::form::Fields;
use super::next;
use crate::pages::trouble::{Again, KeptForm};

/// A form and where it was posted to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packed {
    pub(crate) to: String,
    pub(crate) fields: Fields,
}

impl Packed {
    pub(crate) fn new(to: &str, fields: &Fields) -> Self {
        Self { to: to.to_owned(), fields: fields.without_token() }
    }

    /// Reads what [`Packed::text`] wrote. Only forms of this site are unpacked.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (to, body) = text.split_once('\n')?;
        let fields = Fields::parse(body.as_bytes()).ok()?;
        Some(Self { to: next::postable(to)?, fields: fields.without_token() })
    }

    pub(crate) fn text(&self) -> String {
        format!("{}\n{}", self.to, self.fields.encode())
    }

    /// For the pages of signing in.
    pub(crate) fn view(&self) -> KeptForm {
        KeptForm { packed: self.text(), shown: self.fields.typed() }
    }

    /// For the page with the button that sends it again.
    pub(crate) fn again(&self) -> Again {
        Again { to: self.to.clone(), fields: self.fields.all() }
    }
}

#[cfg(test)]
mod tests {
    use super::Packed;
    use crate::web::form::Fields;

    #[test]
    fn a_form_comes_back_whole_but_for_its_token() {
        let to = format!("/g/{}/write", "ab".repeat(16));
        let fields = Fields::parse(b"token=t&act=00&body=a%0Ab%26&title=x").unwrap();
        let packed = Packed::new(&to, &fields);
        let back = Packed::read(&packed.text()).unwrap();
        assert_eq!(back, packed);
        assert_eq!(
            (back.fields.get("token"), back.fields.get("act"), back.fields.get("body")),
            ("", "00", "a\nb&")
        );
        assert_eq!(Packed::read("https://evil.example/\na=b"), None);
        assert_eq!(Packed::read("/nowhere\na=b"), None);
    }
}
