//! The guarded HTTP client against every spelling and every kind of bad answer.

use crate::smtp_tls::identity;
use crate::web::{Then, Web};
use http::header::HOST;
use http::{HeaderMap, HeaderValue, Method};
use mic_courier::egress::{
    Allow, BODY_BYTES_MAX, Barred, Egress, EgressFault, Incame, Outgoing, Target, is_public,
};
use std::net::IpAddr;

fn egress(allow: &[&str]) -> Egress {
    let allow = allow.iter().map(|url| Allow::parse(url).unwrap()).collect();
    Egress::new(allow, Vec::new(), "mic/0.1").unwrap()
}

async fn get(egress: &Egress, url: &str) -> Result<Incame, EgressFault> {
    egress.get(Target::parse(url)?, BODY_BYTES_MAX).await
}

async fn answer_to(bytes: impl Into<Vec<u8>>, then: Then) -> Result<Incame, EgressFault> {
    let web = Web::saying(bytes, then).await;
    get(&egress(&[&web.url()]), &web.url()).await
}

/// Just beside the special ranges, and well-known ones.
const PUBLIC: &str = "\
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 \
    169.253.255.255 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 198.17.255.255 198.20.0.0 \
    223.255.255.255 2606:4700::1111 2a00:1450::1 2001:200::1 2003::1 2620:4f:8001::1";

/// First and last addresses of every special range, and what carries an IPv4 address inside.
const SPECIAL: &str = "\
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255 169.254.169.254 \
    172.16.0.0 172.31.255.255 192.0.0.1 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 \
    192.168.0.1 192.175.48.1 198.18.0.0 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 \
    239.1.1.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 \
    64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 100:0:0:1::1 2001::1 2001:2::1 \
    2001:10::1 2001:20::1 2001:1ff::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 2620:4f:8000::1 \
    3fff::1 3fff:fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1 4000::1";

#[test]
fn only_global_unicast_is_public() {
    for public in PUBLIC.split_ascii_whitespace() {
        assert!(is_public(public.parse::<IpAddr>().unwrap()), "{public}");
    }
    for special in SPECIAL.split_ascii_whitespace() {
        assert!(!is_public(special.parse::<IpAddr>().unwrap()), "{special}");
    }
}

#[tokio::test]
async fn private_places_are_not_asked_however_they_are_spelt() {
    let client = egress(&["http://127.0.0.1:1", "https://127.0.0.1:444"]);
    let private = |address: &str| Barred::NotPublic(address.parse().unwrap());
    let long = format!("https://a.example/{}", "x".repeat(3_000));
    for (url, barred) in [
        ("https://127.0.0.1/", private("127.0.0.1")),
        ("https://127.0.0.1:443", private("127.0.0.1")),
        ("https://0.0.0.0/", private("0.0.0.0")),
        ("https://10.1.2.3/", private("10.1.2.3")),
        ("https://100.64.0.1/", private("100.64.0.1")),
        ("https://169.254.169.254/latest/meta-data/", private("169.254.169.254")),
        ("https://[::]/", private("::")),
        ("https://[::1]/", private("::1")),
        ("https://[0:0:0:0:0:0:0:1]/", private("::1")),
        ("https://[::ffff:127.0.0.1]/", private("::ffff:127.0.0.1")),
        ("https://[::ffff:7f00:1]/", private("::ffff:127.0.0.1")),
        ("https://[64:ff9b::7f00:1]/", private("64:ff9b::7f00:1")),
        ("https://[2002:7f00:1::]/", private("2002:7f00:1::")),
        ("https://[fd00::1]/", private("fd00::1")),
        ("https://2130706433/", Barred::Host),
        ("https://0x7f000001/", Barred::Host),
        ("https://0x7f.0.0.1/", Barred::Host),
        ("https://0x7f.1/", Barred::Host),
        ("https://0177.0.0.1/", Barred::Host),
        ("https://127.1/", Barred::Host),
        ("https://127.0.0.01/", Barred::Host),
        ("https://127.0.0.1./", Barred::Host),
        ("https://127.0.0.0x1/", Barred::Host),
        ("https://localhost/", Barred::Host),
        ("https://LOCALHOST/", Barred::Host),
        ("https://localhost./", Barred::Host),
        ("https://example.org./", Barred::Host),
        ("https://a..example/", Barred::Host),
        ("https://-a.example/", Barred::Host),
        ("https://[::1%25lo]/", Barred::Host),
        ("https://a@127.0.0.1/", Barred::UserInfo),
        ("https://example.org@127.0.0.1/", Barred::UserInfo),
        ("https://example.org:pw@10.0.0.1/", Barred::UserInfo),
        ("https://example.org:444/", Barred::Port),
        ("https://example.org:0/", Barred::Port),
        ("https://example.org:/", Barred::Port),
        ("https://127.0.0.1:8443/", Barred::Port),
        ("http://example.org/", Barred::Scheme),
        ("http://127.0.0.1/", Barred::Scheme),
        ("http://127.0.0.1:2/", Barred::Scheme),
        ("http://example.org:443/", Barred::Scheme),
        ("ftp://example.org/", Barred::Scheme),
        ("file:///etc/passwd", Barred::Url),
        ("//example.org/", Barred::Url),
        ("example.org", Barred::Url),
        ("", Barred::Url),
        ("https://example.org\\@127.0.0.1/", Barred::Url),
        ("https://exa mple.org/", Barred::Url),
        ("https://example.org/\r\nHost: x", Barred::Url),
        ("https://ex\u{e4}mple.org/", Barred::Url),
        ("https://127\u{3002}0.0.1/", Barred::Url),
        (&long, Barred::Url),
    ] {
        match get(&client, url).await {
            Err(EgressFault::Barred(found)) => assert_eq!(found, barred, "{url}"),
            other => panic!("{url}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn the_list_of_exceptions_is_exact() {
    let web = Web::saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", Then::Stall).await;
    let other = Web::saying("HTTP/1.1 200 OK\r\n\r\n", Then::Close).await;
    let client = egress(&[&web.url()]);
    assert_eq!(&get(&client, &web.url()).await.unwrap().body[..], b"ok");
    for url in [
        other.url(),
        format!("https://127.0.0.1:{}", web.port),
        format!("http://localhost:{}", web.port),
        format!("http://127.0.0.2:{}", web.port),
        format!("http://[::ffff:127.0.0.1]:{}", web.port),
    ] {
        assert!(matches!(get(&client, &url).await, Err(EgressFault::Barred(_))), "{url}");
    }
    assert!(other.requests().is_empty());
    assert!(matches!(get(&egress(&[]), &web.url()).await, Err(EgressFault::Barred(_))));
    assert_eq!(web.requests().len(), 1);
    assert_eq!(Allow::parse("http://127.0.0.1:1/path"), Err(Barred::Url));
}

#[tokio::test]
async fn a_redirect_is_told_and_never_followed() {
    let inside = Web::saying("HTTP/1.1 200 OK\r\n\r\nsecret", Then::Close).await;
    for status in [301, 302, 303, 307, 308] {
        let location = inside.url();
        let bytes =
            format!("HTTP/1.1 {status} Go\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        let web = Web::saying(bytes, Then::Stall).await;
        let client = egress(&[&web.url(), &inside.url()]);
        assert_eq!(get(&client, &web.url()).await.unwrap().status.as_u16(), status);
    }
    assert!(inside.requests().is_empty());
}

#[tokio::test]
async fn a_request_says_what_it_should_and_nothing_else() {
    let web =
        Web::saying("HTTP/1.1 202 Accepted\r\nX-A: b\r\nContent-Length: 0\r\n\r\n", Then::Stall)
            .await;
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    headers.insert(HOST, HeaderValue::from_static("elsewhere.example"));
    let target = Target::parse(&format!("{}/inbox?a=b#fragment", web.url())).unwrap();
    let (method, body) = (Method::POST, "{}".into());
    let outgoing = Outgoing { method, target, headers, body, answer_bytes_max: 10 };
    let answer = egress(&[&web.url()]).request(outgoing).await.unwrap();
    assert_eq!(
        (answer.status.as_u16(), &answer.headers["x-a"]),
        (202, &HeaderValue::from_static("b"))
    );
    let mut lines: Vec<String> =
        web.requests()[0].split("\r\n").map(str::to_ascii_lowercase).collect();
    assert_eq!(lines.remove(0), "post /inbox?a=b http/1.1");
    lines.retain(|line| !line.is_empty() && line != "{}");
    lines.sort();
    assert_eq!(
        lines,
        [
            "accept-encoding: identity".to_owned(),
            "content-length: 2".to_owned(),
            "content-type: application/json".to_owned(),
            format!("host: 127.0.0.1:{}", web.port),
            "user-agent: mic/0.1".to_owned(),
        ]
    );
}

#[tokio::test]
async fn answers_beyond_the_limits_are_cut_off() {
    let ok = "HTTP/1.1 200 OK\r\n";
    let full =
        format!("{ok}Content-Length: {BODY_BYTES_MAX}\r\n\r\n{}", "x".repeat(BODY_BYTES_MAX));
    assert_eq!(answer_to(full, Then::Stall).await.unwrap().body.len(), BODY_BYTES_MAX);
    let fields = |count| {
        let fields: Vec<String> = (0..count).map(|number| format!("X-{number}: y\r\n")).collect();
        let fields = fields.concat();
        format!("{ok}{fields}Content-Length: 0\r\n\r\n")
    };
    assert_eq!(answer_to(fields(99), Then::Stall).await.unwrap().headers.len(), 100);

    for (bytes, then) in [
        (format!("{ok}Content-Length: 10000000000\r\n\r\nxxxxxxxxxx"), Then::Repeat(10)),
        (format!("{ok}Transfer-Encoding: chunked\r\n\r\n8\r\nxxxxxxxx\r\n"), Then::Repeat(13)),
        (format!("{ok}\r\nxxxxxxxxxx"), Then::Repeat(10)),
    ] {
        let answer = answer_to(bytes, then).await;
        assert!(matches!(answer, Err(EgressFault::TooLong(BODY_BYTES_MAX))), "{answer:?}");
    }
    for (bytes, then) in [
        (fields(100), Then::Stall),
        (fields(100_000), Then::Stall),
        (format!("{ok}X-Long: xxxxxxxxxxxxxxxx"), Then::Repeat(16)),
        (format!("{ok}X-A: y\r\n"), Then::Repeat(8)),
        ("garbage\r\n\r\n".to_owned(), Then::Close),
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort".to_owned(), Then::Close),
        (String::new(), Then::Close),
    ] {
        let start: String = bytes.chars().take(40).collect();
        let answer = answer_to(bytes, then).await;
        assert!(matches!(answer, Err(EgressFault::Http(_))), "{start:?}: {answer:?}");
    }
    let gzip = answer_to(format!("{ok}Content-Encoding: gzip\r\n\r\n"), Then::Close).await;
    assert!(matches!(gzip, Err(EgressFault::Compressed)), "{gzip:?}");
}

#[test]
fn silence_at_any_point_ends_after_the_time_limit() {
    for said in ["", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"] {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let answer = runtime.block_on(answer_to(said, Then::Hang));
        assert!(matches!(answer, Err(EgressFault::TooSlow)), "{said:?}: {answer:?}");
    }
}

#[tokio::test]
async fn certificates_are_checked() {
    let (root, acceptor) = identity(&["127.0.0.1"]);
    let (_, other) = identity(&["other.example"]);
    let answer = |_: &str| (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec(), Then::Stall);
    for (acceptor, is_good) in [(acceptor, true), (other, false)] {
        let web = Web::start(Some(acceptor), answer).await;
        let url = format!("https://127.0.0.1:{}", web.port);
        let allow = vec![Allow::parse(&url).unwrap()];
        let client = Egress::new(allow.clone(), vec![root.clone()], "mic").unwrap();
        let found = get(&client, &url).await;
        assert_eq!(found.is_ok(), is_good, "{found:?}");
        let stranger = Egress::new(allow, Vec::new(), "mic").unwrap();
        let found = get(&stranger, &url).await;
        assert!(matches!(found, Err(EgressFault::Tls(_))), "{found:?}");
    }
    assert!(Egress::new(Vec::new(), Vec::new(), "a\r\nb").is_err());
}
