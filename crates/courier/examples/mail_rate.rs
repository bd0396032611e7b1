//! How many personalised mails a second the client hands to a relay. Run it beside postfix's
//! `smtp-source` against the same `smtp-sink` and compare the two.
//!
//! `mail_rate HOST:PORT [letters] [connections] [threads]`; prints one line:
//! `20000 letters, 16 connections, 3012 bytes each: 0.80 s, 25000/s (filled in 0.05 s)`.

use mic_courier::address::Address;
use mic_courier::message::{
    Draft, List, MessageIdKey, Recipient, Template, message_id, personal_marker,
};
use mic_courier::plan::{LetterKey, UnixMs};
use mic_courier::smtp::{Answer, Letter, Mailer, SmtpConfig, TlsMode};
use std::error::Error;
use std::time::Instant;
use tokio::sync::mpsc;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let relay =
        arguments.next().ok_or("usage: mail_rate HOST:PORT [letters] [connections] [threads]")?;
    let (host, port) = relay.rsplit_once(':').ok_or("the relay is HOST:PORT")?;
    let mut number = |default: usize| arguments.next().map_or(Ok(default), |text| text.parse());
    let (letters, connections, threads) = (number(20_000)?, number(16)?, number(1)?);
    let mut config = SmtpConfig::new(host, port.parse()?, TlsMode::None, "localhost");
    config.connections = connections;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    runtime.block_on(measure(config, letters))
}

#[expect(clippy::disallowed_methods, reason = "measures real time")]
async fn measure(config: SmtpConfig, count: usize) -> Result<(), Box<dyn Error>> {
    let connections = config.connections;
    let mailer = Mailer::new(config)?;
    let from = Address::parse("rivers@example.org")?;
    let template = template(&from)?;
    let warm_up = mailer.send(vec![letter(&template, &from, 0)?]).await;
    if !matches!(warm_up[..], [(_, Answer::Accepted { .. })]) {
        return Err(format!("the relay did not take a letter: {warm_up:?}").into());
    }

    let bytes = letter(&template, &from, 1)?.bytes().len();
    let start = Instant::now();
    for number in 0..count as u64 {
        std::hint::black_box(letter(&template, &from, number)?);
    }
    let filled = start.elapsed();

    let (orders, ordered) = mpsc::channel(64);
    let (settled, mut answers) = mpsc::channel(1_024);
    let start = Instant::now();
    let fill = async {
        for number in 0..count as u64 {
            let letter = letter(&template, &from, number).map_err(|error| error.to_string())?;
            orders.send(letter).await.map_err(|error| error.to_string())?;
        }
        drop(orders);
        Ok::<(), String>(())
    };
    let tally = async {
        let mut accepted = 0;
        while let Some((_, answer)) = answers.recv().await {
            accepted += usize::from(matches!(answer, Answer::Accepted { .. }));
        }
        accepted
    };
    let (filling, (), accepted) = tokio::join!(fill, mailer.stream(ordered, settled), tally);
    filling?;
    let seconds = start.elapsed().as_secs_f64();
    if accepted != count {
        return Err(format!("only {accepted} of {count} letters were accepted").into());
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    let rate = count as f64 / seconds;
    println!(
        "{count} letters, {connections} connections, {bytes} bytes each: {seconds:.2} s, {rate:.0}/s \
         (filled in {:.2} s)",
        filled.as_secs_f64()
    );
    mailer.close().await;
    Ok(())
}

fn template(from: &Address) -> Result<Template, Box<dyn Error>> {
    let paragraph = "The river group asks everybody to come to the bridge on Saturday at ten. ";
    let marker = personal_marker(0);
    let text = format!("{}\n\nYour settings: {marker}\n", paragraph.repeat(14));
    let html = format!("<p>{}</p><p><a href=\"{marker}\">settings</a></p>", paragraph.repeat(14));
    Ok(Template::new(&Draft {
        from_name: "Rivers",
        from,
        reply_to: None,
        subject: "Come to the bridge on Saturday",
        date: UnixMs(1_795_237_532_000),
        list: Some(List { name: "Rivers", id: "rivers.example.org" }),
        text: &text,
        html: &html,
        attachments: &[],
    })?)
}

fn letter(template: &Template, from: &Address, number: u64) -> Result<Letter, Box<dyn Error>> {
    let to = Address::parse(&format!("member-{number}@example.org"))?;
    let key = MessageIdKey::new([7; 32]);
    let id = message_id(&key, "broadcast-1", number, "email", "mail.example.org")?;
    let link = format!("https://mic.example.org/settings/{number:032x}");
    let bytes = template.fill(&Recipient {
        to: &to,
        message_id: &id,
        thread: &[],
        unsubscribe: Some(&link),
        personal: &[&link],
    })?;
    Ok(Letter::new(LetterKey(number), from.clone(), to, bytes)?)
}
