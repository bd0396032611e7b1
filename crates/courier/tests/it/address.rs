//! Addresses: what is taken and what is refused.

use mic_courier::address::{Address, AddressRefusal};

#[test]
fn ordinary_addresses_are_taken_and_domains_lowered() {
    for (typed, kept) in [
        ("ana@example.org", "ana@example.org"),
        ("Ana.B+mic@Example.ORG", "Ana.B+mic@example.org"),
        ("o'neil_7@a-b.xn--bcher-kva.example", "o'neil_7@a-b.xn--bcher-kva.example"),
        ("x@1.example", "x@1.example"),
    ] {
        let address = Address::parse(typed).unwrap();
        assert_eq!(address.as_str(), kept);
        assert_eq!(address.domain(), kept.split_once('@').unwrap().1);
    }
}

#[test]
fn everything_else_is_refused_for_its_reason() {
    use AddressRefusal::{
        DomainForm, DomainNotAscii, LocalPartForm, LocalPartLength, NotOneAt, TooLong,
    };
    let long_local = format!("{}@example.org", "a".repeat(65));
    let long_label = format!("a@{}.org", "b".repeat(64));
    let long = format!("a@{}org", "label.".repeat(50));
    for (typed, refusal) in [
        ("", NotOneAt),
        ("example.org", NotOneAt),
        ("a@b@example.org", NotOneAt),
        ("@example.org", LocalPartLength),
        (&long_local, LocalPartLength),
        (&long, TooLong),
        ("\"a b\"@example.org", LocalPartForm),
        ("a b@example.org", LocalPartForm),
        (".a@example.org", LocalPartForm),
        ("a.@example.org", LocalPartForm),
        ("a..b@example.org", LocalPartForm),
        ("josé@example.org", LocalPartForm),
        ("a\r\nRCPT TO:<b@example.org", LocalPartForm),
        ("a>@example.org", LocalPartForm),
        ("a\0@example.org", LocalPartForm),
        ("a@bücher.example", DomainNotAscii),
        ("a@example.org\u{202e}", DomainNotAscii),
        ("a@localhost", DomainForm),
        ("a@example.org.", DomainForm),
        ("a@.example.org", DomainForm),
        ("a@-x.example", DomainForm),
        ("a@x-.example", DomainForm),
        ("a@[127.0.0.1]", DomainForm),
        ("a@127.0.0.1", DomainForm),
        ("a@example.org\r\n", DomainForm),
        ("a@example.org ", DomainForm),
        ("a@exa mple.org", DomainForm),
        ("a@example.org>", DomainForm),
        (&long_label, DomainForm),
    ] {
        assert_eq!(Address::parse(typed), Err(refusal), "{typed:?}");
    }
}
