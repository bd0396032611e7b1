//! Email addresses, strict and small: what is parsed here may stand in an SMTP command and in a
//! header field without quoting. It does not know whether a mailbox exists.

use std::fmt;

/// Longest address, in bytes (RFC 5321, section 4.5.3.1.3, without the angle brackets).
pub const ADDRESS_BYTES_MAX: usize = 254;
/// Longest local part, in bytes (RFC 5321, section 4.5.3.1.1).
pub const LOCAL_PART_BYTES_MAX: usize = 64;
/// Longest label of a domain, in bytes (RFC 1035, section 2.3.4).
pub const LABEL_BYTES_MAX: usize = 63;

/// One address such as `ana@example.org`: an ASCII dot-atom, one `@`, and a domain of at least two
/// labels. The domain is kept in lower case; the local part as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    whole: String,
    at: usize,
}

/// Why a text is not an address we write to. `advice` says what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefusal {
    #[error("an address is at most {ADDRESS_BYTES_MAX} bytes long")]
    TooLong,
    #[error("an address has exactly one @")]
    NotOneAt,
    #[error("the part before the @ is empty or longer than {LOCAL_PART_BYTES_MAX} bytes")]
    LocalPartLength,
    #[error(
        "the part before the @ has only letters a-z, digits, single inner dots and !#$%&'*+-/=?^_`{{|}}~"
    )]
    LocalPartForm,
    #[error("the part after the @ is a domain name such as example.org")]
    DomainForm,
    #[error("write this domain in its xn-- form")]
    DomainNotAscii,
}

impl Address {
    /// Parses one address. White space around it is not removed: the caller decides about that.
    pub fn parse(text: &str) -> Result<Self, AddressRefusal> {
        if text.len() > ADDRESS_BYTES_MAX {
            return Err(AddressRefusal::TooLong);
        }
        let (local, domain) = text.split_once('@').ok_or(AddressRefusal::NotOneAt)?;
        if domain.contains('@') {
            return Err(AddressRefusal::NotOneAt);
        }
        check_local_part(local)?;
        check_domain(domain)?;
        let at = local.len();
        Ok(Self { whole: format!("{local}@{}", domain.to_ascii_lowercase()), at })
    }

    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// The part after the `@`, in lower case.
    pub fn domain(&self) -> &str {
        &self.whole[self.at + 1..]
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.whole)
    }
}

fn check_local_part(local: &str) -> Result<(), AddressRefusal> {
    if local.is_empty() || local.len() > LOCAL_PART_BYTES_MAX {
        return Err(AddressRefusal::LocalPartLength);
    }
    let atoms_fit = local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_byte));
    if atoms_fit { Ok(()) } else { Err(AddressRefusal::LocalPartForm) }
}

/// `atext` of RFC 5322, section 3.2.3.
fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

fn check_domain(domain: &str) -> Result<(), AddressRefusal> {
    if !domain.is_ascii() {
        return Err(AddressRefusal::DomainNotAscii);
    }
    let labels_fit = domain.split('.').all(is_label);
    // An address literal or a bare number is no domain; the last label of a real one has a letter.
    let last = domain.rsplit('.').next().unwrap_or_default();
    let last_fits = last.bytes().any(|byte| byte.is_ascii_alphabetic());
    if labels_fit && last_fits && domain.contains('.') {
        Ok(())
    } else {
        Err(AddressRefusal::DomainForm)
    }
}

/// One label of a host name (RFC 1123, section 2.1).
fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= LABEL_BYTES_MAX
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
