//! That the programs beside the server do what the tests believe of them: the mail server delivers, the browser runs no script
//! when told so, sees a page as wide as a phone, and notes a request that goes elsewhere. No part of Mic Check runs here.

use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

use thirtyfour::prelude::*;

use crate::rig::chromium::{Chromium, Fault, Screen, Scripts};
use crate::rig::postfix::Postfix;

/// A page whose words say whether scripts ran, and how wide it is.
const PAGE: &str = r#"<!doctype html><meta name="viewport" content="width=device-width"><title>Rig</title>
<p id="said">nobody ran a script</p>
<script>document.getElementById("said").textContent = "a script ran at " + window.innerWidth</script>"#;

/// A page that asks for a picture elsewhere.
const LEAK: &str =
    r#"<!doctype html><title>Leak</title><img src="http://elsewhere.test/picture.png" alt="">"#;

#[test]
fn rig_postfix_delivers_a_mail_into_a_maildir() -> Result<()> {
    let postfix = Postfix::start()?;
    let mut maildir = postfix.maildir();
    send(&postfix, &["anna@example.test", "bo+two@example.test"], "Grüße an alle")?;

    let mail = maildir.take("bo+two@example.test", |mail| mail.subject == "Hello")?;
    assert_eq!(mail.text.trim(), "Grüße an alle");
    assert_eq!(mail.html, "");
    assert_eq!(mail.header("X-Kind").as_deref(), Some("trial"));

    let both = maildir.gather(2, |mail| mail.subject == "Hello")?;
    let mut recipients: Vec<_> = both.iter().map(|mail| mail.recipient.as_str()).collect();
    recipients.sort_unstable();
    assert_eq!(recipients, ["anna@example.test", "bo+two@example.test"]);
    Ok(())
}

#[test]
fn rig_postfix_refuses_mail_that_would_leave_the_machine() -> Result<()> {
    let postfix = Postfix::start()?;
    let refused =
        send(&postfix, &["anna@elsewhere.example"], "hello").map_err(|fault| fault.to_string());
    assert!(refused.as_ref().is_err_and(|answer| answer.starts_with('5')), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn rig_chromium_opens_a_page_with_scripts_off() -> std::result::Result<(), Fault> {
    let origin = serve()?;
    let browser = Chromium::start(Scripts::Off, Screen::Desk).await?;
    browser.driver.goto(format!("{origin}/page")).await?;
    assert_eq!(browser.driver.find(By::Id("said")).await?.text().await?, "nobody ran a script");
    assert!(browser.requests().await?.contains(&format!("{origin}/page")));
    browser.close().await
}

#[tokio::test]
async fn rig_chromium_is_as_wide_as_a_phone_and_as_a_desk() -> std::result::Result<(), Fault> {
    let origin = serve()?;
    for (screen, width) in [(Screen::Phone, 390), (Screen::Desk, 1280)] {
        let browser = Chromium::start(Scripts::On, screen).await?;
        browser.driver.goto(format!("{origin}/page")).await?;
        let said = browser.driver.find(By::Id("said")).await?.text().await?;
        assert_eq!(said, format!("a script ran at {width}"));
        browser.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn rig_chromium_notes_a_request_that_goes_elsewhere() -> std::result::Result<(), Fault> {
    let origin = serve()?;
    let browser = Chromium::start(Scripts::On, Screen::Desk).await?;
    browser.driver.goto(format!("{origin}/page")).await?;
    assert_eq!(browser.requests_beyond(&origin).await?, Vec::<String>::new());
    browser.driver.goto(format!("{origin}/leak")).await?;
    assert_eq!(browser.requests_beyond(&origin).await?, ["http://elsewhere.test/picture.png"]);
    browser.close().await
}

/// One mail over plain SMTP, told line by line, so that the rig is tried without the program's own client. The first answer that
/// is not the one hoped for is the error.
fn send(postfix: &Postfix, recipients: &[&str], text: &str) -> Result<()> {
    let stream = TcpStream::connect(postfix.address())?;
    let mut answers = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    let mut tell = |line: &str, hope: &str| -> Result<()> {
        stream.write_all(line.as_bytes())?;
        let mut answer = String::new();
        answers.read_line(&mut answer)?;
        if answer.starts_with(hope) { Ok(()) } else { Err(std::io::Error::other(answer)) }
    };
    tell("", "220")?;
    tell("HELO client.example.test\r\n", "250")?;
    tell("MAIL FROM:<group@example.test>\r\n", "250")?;
    for recipient in recipients {
        tell(&format!("RCPT TO:<{recipient}>\r\n"), "250")?;
    }
    tell("DATA\r\n", "354")?;
    let head = "Subject: Hello\r\nX-Kind: trial\r\nContent-Type: text/plain; charset=utf-8";
    tell(&format!("{head}\r\n\r\n{text}\r\n.\r\n"), "250")?;
    tell("QUIT\r\n", "221")
}

/// Serves the two pages on a free port, each connection for one request, until the test's process ends. The answer is the origin.
fn serve() -> Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let origin = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A browser opens connections that it then does not use; one thread each keeps them from blocking the others.
            std::thread::spawn(move || answer(stream));
        }
    });
    Ok(origin)
}

fn answer(mut stream: TcpStream) -> Result<()> {
    let mut request = String::new();
    BufReader::new(stream.try_clone()?.take(8_000)).read_line(&mut request)?;
    let body = if request.starts_with("GET /leak ") { LEAK } else { PAGE };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}
