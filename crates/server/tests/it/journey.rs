//! A message on its whole way, as the people of a group of two hundred live it: founded from a spreadsheet, written, co-signed,
//! drawn, judged on phones, delivered to everybody by mail, checked by two verifiers; then somebody new comes, and somebody goes.
//! The program is the real one, so are the mail server and the browsers. Once with scripts in the browsers, and once without.

/// a plain browser for the many
mod client;
/// what stands in mails
mod letters;
/// two hundred people and their list
mod people;
/// the program, started
mod server;
/// a person at a browser
mod visitor;

use client::Client;
use letters::Expected;
use people::Person;
use server::Server;
use visitor::{MAIN_BUTTON, Visitor};

use crate::rig::chromium::{Fault, Screen, Scripts};
use crate::rig::maildir::{Mail, Maildir};
use crate::rig::postfix::Postfix;
use crate::verifiers;

const TITLE: &str = "The depot meeting moves to Thursday";
const FIRST_TEXT: &str = "We meet on Wednesday at 19:00, same place.";
const SENTENCES: [&str; 2] =
    ["We meet on Thursday at 19:00, same place.", "Bring your neighbours: Åse brings soup."];
const REASON: &str = "Say which depot, please.";
const OWN_WORDS: &str = "pears at dusk";
/// Seats of a jury in a group of this size.
const SEATS: usize = 9;

#[tokio::test]
async fn journey_with_scripts() -> Result<(), Fault> {
    travel(Scripts::On).await
}

#[tokio::test]
async fn journey_without_scripts() -> Result<(), Fault> {
    travel(Scripts::Off).await
}

async fn travel(scripts: Scripts) -> Result<(), Fault> {
    let postfix = Postfix::start()?;
    let server = Server::start(&postfix)?;
    let mut journey = Journey::begin(&server, postfix.maildir(), scripts).await?;
    let travelled = journey.travel().await;
    travelled.map_err(|fault| server.complaint(&fault.to_string()))?;
    journey.end().await
}

/// Everybody and everything that is on the way.
struct Journey<'a> {
    server: &'a Server,
    people: Vec<Person>,
    mails: Maildir,
    /// The founder's own browser.
    author: Visitor,
    /// One desk that two co-signers share.
    desk: Visitor,
    /// One phone that goes around.
    phone: Visitor,
    /// 32 hexadecimal digits, once the group is there.
    group: String,
    /// The message's place among the proposals.
    proposal: String,
}

impl<'a> Journey<'a> {
    async fn begin(server: &'a Server, mails: Maildir, scripts: Scripts) -> Result<Self, Fault> {
        let origin = server.origin();
        Ok(Self {
            server,
            people: people::all(),
            mails,
            author: Visitor::start(scripts, Screen::Desk, &origin).await?,
            desk: Visitor::start(scripts, Screen::Desk, &origin).await?,
            phone: Visitor::start(scripts, Screen::Phone, &origin).await?,
            group: String::new(),
            proposal: String::new(),
        })
    }

    async fn travel(&mut self) -> Result<(), Fault> {
        self.found().await?;
        self.write().await?;
        self.cosign_by_link().await?;
        self.cosign_by_code().await?;
        let mut archivist = self.judge().await?;
        self.receive(&mut archivist)?;
        self.read().await?;
        self.invite().await?;
        self.rest_and_pause().await?;
        self.export().await?;
        self.leave().await
    }

    async fn end(self) -> Result<(), Fault> {
        self.author.end().await?;
        self.desk.end().await?;
        self.phone.end().await
    }

    /// A list with two faulty rows founds nothing and says where the faults are; the right one founds the group.
    async fn found(&mut self) -> Result<(), Fault> {
        let folder = tempfile::tempdir()?;
        let (faulty, whole) = (folder.path().join("faulty.csv"), folder.path().join("list.csv"));
        std::fs::write(&faulty, people::faulty_spreadsheet())?;
        std::fs::write(&whole, people::spreadsheet())?;
        let author = &self.author;
        author.open("/").await?;
        author.press("main a[href='/new']").await?;
        author.write("#name", "Tram Workers").await?;
        author.write("#purpose", "Fewer cars, more trams.").await?;
        author.write("#your_name", &self.people[0].name).await?;
        author.write("#your_email", &self.people[0].email).await?;
        author.enter("#members_file", &faulty.display().to_string()).await?;
        author.press(MAIN_BUTTON).await?;
        assert_eq!(author.count("#rows tbody tr").await?, 2);
        let first = author.text("#rows tbody tr:first-child").await?;
        assert!(first.contains(&people::FAULTY_ROW.to_string()), "{first}");
        assert!(first.contains("cem@@example"), "{first}");
        // The browser notes that the answer was a refusal, which is what is wanted here.
        let complaints = author.complaints().await?;
        assert!(complaints.iter().all(|complaint| complaint.contains("422")), "{complaints:?}");

        author.enter("#members_file", &whole.display().to_string()).await?;
        author.press(MAIN_BUTTON).await?;
        let lead = author.text("main .lead").await?;
        assert!(lead.contains("200"), "{lead}");
        author.press("main a.button.main").await?;
        author.sign_in(&self.people[0].email, &mut self.mails).await?;
        let path = author.path().await?;
        let group = path.strip_prefix("/g/").ok_or_else(|| format!("not at home but {path}"))?;
        group.clone_into(&mut self.group);
        Ok(())
    }

    async fn write(&mut self) -> Result<(), Fault> {
        let author = &self.author;
        author.press("nav a[href$='/write']").await?;
        author.write("#title", TITLE).await?;
        author.write("#body", FIRST_TEXT).await?;
        author.press("button[name=do][value=save]").await?;
        author.write("#body", &SENTENCES.join("\n\n")).await?;
        author.press("button[name=do][value=save]").await?;
        assert_eq!(author.count("section[aria-labelledby=versions] li").await?, 2);
        author.press("section[aria-labelledby=versions] li:first-child a").await?;
        let (removed, added) =
            (author.text(".changes del").await?, author.text(".changes ins").await?);
        assert!(removed.contains("Wednesday") && added.contains("Thursday"), "{removed} {added}");
        author.press("button[name=do][value=open]").await?;
        let path = author.path().await?;
        let number = path.strip_prefix(&format!("/g/{}/p/", self.group));
        number
            .ok_or_else(|| format!("not at a proposal but {path}"))?
            .clone_into(&mut self.proposal);
        Ok(())
    }

    /// The link works in the browser that asked for it, and in no other.
    async fn cosign_by_link(&mut self) -> Result<(), Fault> {
        let (desk, phone) = (&self.desk, &self.phone);
        let proposal = format!("/g/{}/p/{}", self.group, self.proposal);
        desk.open(&proposal).await?;
        let link = desk.ask_for_link(&self.people[1].email, &mut self.mails).await?;
        phone.open(&link).await?;
        assert_eq!(phone.count(MAIN_BUTTON).await?, 0, "nothing to press in another browser");
        phone.open(&proposal).await?;
        assert_eq!(phone.path().await?, "/signin", "the link alone signs nobody in");
        desk.open(&link).await?;
        desk.press(MAIN_BUTTON).await?;
        assert_eq!(desk.path().await?, proposal, "back where the person wanted to go");
        desk.press("form[action$='/cosign'] button").await?;
        assert_eq!(desk.count("form[action$='/takeback']").await?, 1);
        desk.sign_out().await
    }

    async fn cosign_by_code(&mut self) -> Result<(), Fault> {
        self.desk.open(&format!("/g/{}/p/{}", self.group, self.proposal)).await?;
        self.desk.sign_in(&self.people[2].email, &mut self.mails).await?;
        self.desk.press("form[action$='/cosign'] button").await?;
        // It was the last one needed, and the draw is called: now it cannot be taken back.
        assert_eq!(self.desk.count("section[aria-labelledby=cosigners] form").await?, 0);
        let names = self.desk.text("section[aria-labelledby=cosigners]").await?;
        assert!(names.contains('2'), "{names}");
        Ok(())
    }

    /// The mails say who was drawn. Two answer on the phone, one steps aside and another is called, the others answer too. Gives the
    /// browser of the last juror.
    async fn judge(&mut self) -> Result<Client, Fault> {
        let jury = format!("/g/{}/p/{}/jury", self.group, self.proposal);
        let is_summons = |mail: &Mail| mail.text.contains(&jury) && mail.text.contains(TITLE);
        let summonses = self.mails.gather(SEATS, is_summons)?;
        assert_eq!(summonses.len(), SEATS);
        let mut drawn: Vec<String> = summonses.into_iter().map(|mail| mail.recipient).collect();
        for person in &self.people[..3] {
            assert!(!drawn.contains(&person.email), "author and co-signers never sit");
        }
        self.answer_on_the_phone(&jury, &drawn[0], Answer::YesInOwnWords).await?;
        self.answer_on_the_phone(&jury, &drawn[1], Answer::NoWithReason).await?;

        let mut aside = Client::new(self.server.address);
        let page = aside.sign_in(&jury, &drawn[2], &mut self.mails)?;
        aside.send(&page, "/jury", &[("choice", "aside")])?;
        let called = self.mails.gather(SEATS + 1, is_summons)?;
        let called = called.into_iter().find(|mail| !drawn.contains(&mail.recipient));
        drawn[2] = called.ok_or("nobody was called instead")?.recipient;

        let mut last = Client::new(self.server.address);
        for juror in &drawn[2..] {
            last = Client::new(self.server.address);
            let page = last.sign_in(&jury, juror, &mut self.mails)?;
            let answered = last.send(&page, "/jury", &[("choice", "yes")])?;
            assert_eq!(answered.status, 200, "{juror}: {}", answered.text());
        }
        Ok(last)
    }

    async fn answer_on_the_phone(
        &mut self,
        jury: &str,
        juror: &str,
        answer: Answer,
    ) -> Result<(), Fault> {
        let phone = &self.phone;
        phone.open(jury).await?;
        phone.sign_in(juror, &mut self.mails).await?;
        assert_eq!(phone.path().await?, jury);
        match answer {
            Answer::YesInOwnWords => {
                phone.tick("form.ballot summary").await?;
                phone.write("#words", OWN_WORDS).await?;
                phone.press("button[name=choice][value=yes]").await?;
            }
            Answer::NoWithReason => {
                phone.write("#reason", REASON).await?;
                phone.press("button[name=choice][value=no]").await?;
            }
        }
        assert_eq!(phone.path().await?, format!("{jury}/receipt"));
        phone.sign_out().await
    }

    /// Everybody gets the whole message with its certificate, which holds; the author alone hears the reason of the one who said no.
    fn receive(&mut self, member: &mut Client) -> Result<(), Fault> {
        let page = format!("/g/{}/b/1/certificate", self.group);
        let mails = self.mails.gather(people::PEOPLE, |mail| mail.text.contains(&page))?;
        let file = member.open(&format!("{page}.json"))?;
        assert_eq!(file.status, 200);
        let origin = self.server.origin();
        let expected = Expected {
            group: &self.group,
            origin: &origin,
            number: 1,
            title: TITLE,
            sentences: &SENTENCES,
            certificate: &file.body,
        };
        expected.reached(&self.people, &mails)?;
        let folder = tempfile::tempdir()?;
        let certificate = folder.path().join("certificate.json");
        std::fs::write(&certificate, &file.body)?;
        assert_eq!(verifiers::of_certificate(&certificate)?, [Ok(()), Ok(())]);

        self.mails.take(&self.people[0].email, |mail| mail.text.contains(REASON))?;
        let told = self.mails.gather(1, |mail| mail.text.contains(REASON))?;
        assert_eq!(told.len(), 1, "the reason is for the author alone");
        Ok(())
    }

    async fn read(&mut self) -> Result<(), Fault> {
        let author = &self.author;
        author.open(&format!("/g/{}", self.group)).await?;
        author.press("main a[href$='/b/1']").await?;
        assert!(author.text("h1").await?.contains(TITLE));
        assert!(author.text("main").await?.contains(SENTENCES[1]));
        author.press("main a[href$='/b/1/certificate']").await?;
        let certificate = author.whole_text("main").await?;
        assert!(certificate.contains(OWN_WORDS), "own words stand among the opened ballots");
        Ok(())
    }

    /// One member shows a link, somebody new opens it on a phone and goes on by a letter, another member vouches, and a mail says
    /// welcome.
    async fn invite(&mut self) -> Result<(), Fault> {
        let (author, desk, phone) = (&self.author, &self.desk, &self.phone);
        let newcomer = "new.neighbour@example.test";
        let home = format!("/g/{}", self.group);
        desk.open(&home).await?;
        desk.press("main a[href$='/invite']").await?;
        desk.write("#statement", "She cooks for every strike.").await?;
        desk.press(MAIN_BUTTON).await?;
        let link = desk.text("main code.long").await?;
        phone.open(&link).await?;
        phone.write("#name", "Nadia Neu").await?;
        phone.write("#email", newcomer).await?;
        phone.press(MAIN_BUTTON).await?;
        // The link asks for the address; the letter that goes there leads on.
        let letter = self.mails.take(newcomer, |mail| mail.text.contains("/i/"))?;
        phone.open(&letters::link(&letter, "/i/").ok_or("a letter without a link")?).await?;
        phone.press(MAIN_BUTTON).await?;
        author.open(&home).await?;
        let admission: u32 = self.proposal.parse()?;
        author.press(&format!("main a[href$='/p/{}']", admission + 1)).await?;
        author.press("form[action$='/cosign'] button").await?;
        self.mails.take(newcomer, |mail| mail.text.contains(&format!("{home}\n")))?;
        phone.open(&home).await?;
        phone.sign_in(newcomer, &mut self.mails).await?;
        assert_eq!(phone.path().await?, home);
        assert_eq!(
            phone.count("main a[href$='/b/1']").await?,
            1,
            "past broadcasts are there for her, too"
        );
        Ok(())
    }

    async fn rest_and_pause(&mut self) -> Result<(), Fault> {
        let author = &self.author;
        author.press("nav a[href$='/settings']").await?;
        author.write("#rest_days", "30").await?;
        author.press("form[action$='/settings'] button.main").await?;
        assert_eq!(author.count("p.notice").await?, 1);
        // A year from now, told by the last mail, since a test has no clock of its own.
        let mail = self.mails.gather(1, |mail| mail.recipient == self.people[0].email)?;
        let date =
            mail.last().and_then(|mail| mail.header("Date")).ok_or("a mail without a date")?;
        let year: u32 = date.split(' ').nth(3).ok_or("a date without a year")?.parse()?;
        // The field takes month, day and year as an English reader types them.
        author.enter("#until", &format!("0115{}", year + 1)).await?;
        author.press("button[name=do][value=pause]").await?;
        assert_eq!(author.count("button[name=do][value=resume]").await?, 1);
        Ok(())
    }

    /// The journal that a member takes home holds, whoever checks it.
    async fn export(&mut self) -> Result<(), Fault> {
        let bundle = self.author.download("form[action$='/export'] button").await?;
        assert_eq!(verifiers::of_bundle(&bundle)?, [Ok(()), Ok(())]);
        let text = std::fs::read_to_string(&bundle)?;
        for person in &self.people {
            assert!(!text.contains(&person.email), "no address is in a journal");
        }
        Ok(())
    }

    async fn leave(&mut self) -> Result<(), Fault> {
        let author = &self.author;
        author.press("main a[href$='/settings/leave']").await?;
        author.tick("#sure").await?;
        author.press("main form button.danger").await?;
        assert_eq!(author.path().await?, "/");
        author.open(&format!("/g/{}", self.group)).await?;
        assert_eq!(author.path().await?, "/signin");
        Ok(())
    }
}

/// What a juror says on the phone.
#[derive(Clone, Copy)]
enum Answer {
    YesInOwnWords,
    NoWithReason,
}
