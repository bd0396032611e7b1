//! A person at a browser: opens pages, fills in forms, presses buttons, and is sure of each page that it has one heading. It
//! knows where things stand on pages, and nothing of why somebody presses them.

use std::path::PathBuf;
use std::time::Duration;

use thirtyfour::prelude::*;

use super::letters;
use crate::rig::chromium::{Chromium, Fault, Screen, Scripts};
use crate::rig::maildir::Maildir;
use crate::rig::patience::ask_until;

/// The button that a form of a page is for.
pub(super) const MAIN_BUTTON: &str = "main form button.main";
/// Time for the next page to come, on a busy machine, and between two looks whether it has.
const PAGE_MAX: Duration = Duration::from_secs(30);
const PAGE_TICK: Duration = Duration::from_millis(20);
/// Time for a file to arrive, on a busy machine.
const DOWNLOAD_MAX: Duration = Duration::from_secs(30);

/// Somebody's browser.
pub(super) struct Visitor {
    browser: Chromium,
    origin: String,
}

impl Visitor {
    pub(super) async fn start(
        scripts: Scripts,
        screen: Screen,
        origin: &str,
    ) -> Result<Self, Fault> {
        let browser = Chromium::start(scripts, screen).await?;
        Ok(Self { browser, origin: origin.to_owned() })
    }

    /// Opens a page of the site, given as a path or as a whole link.
    pub(super) async fn open(&self, address: &str) -> Result<(), Fault> {
        let path = address.strip_prefix(&self.origin).unwrap_or(address);
        self.browser.driver.goto(format!("{}{path}", self.origin)).await?;
        self.look().await
    }

    /// Writes into a field, instead of what stood there.
    pub(super) async fn write(&self, field: &str, text: &str) -> Result<(), Fault> {
        let field = self.find(field).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Types into a field that takes keys in a way of its own: a date, a file.
    pub(super) async fn enter(&self, field: &str, keys: &str) -> Result<(), Fault> {
        Ok(self.find(field).await?.send_keys(keys).await?)
    }

    /// Presses something that stays on the page: a box to tick, a fold to open.
    pub(super) async fn tick(&self, thing: &str) -> Result<(), Fault> {
        match self.find(thing).await?.click().await {
            Ok(()) => Ok(()),
            Err(fault) => Err(format!("{thing}: {fault}, on {}", self.page().await?).into()),
        }
    }

    /// Presses a button or a link that leads to another page.
    pub(super) async fn press(&self, thing: &str) -> Result<(), Fault> {
        let before = self.browser.driver.find(By::Tag("html")).await?;
        self.tick(thing).await?;
        before.wait_until().wait(PAGE_MAX, PAGE_TICK).stale().await?;
        self.look().await
    }

    /// The text of one thing on the page.
    pub(super) async fn text(&self, thing: &str) -> Result<String, Fault> {
        Ok(self.find(thing).await?.text().await?)
    }

    /// The same with what is folded away.
    pub(super) async fn whole_text(&self, thing: &str) -> Result<String, Fault> {
        Ok(self.find(thing).await?.prop("textContent").await?.unwrap_or_default())
    }

    /// How many such things there are on the page.
    pub(super) async fn count(&self, thing: &str) -> Result<usize, Fault> {
        Ok(self.browser.driver.find_all(By::Css(thing)).await?.len())
    }

    /// The path of the page, without query.
    pub(super) async fn path(&self) -> Result<String, Fault> {
        Ok(self.browser.driver.current_url().await?.path().to_owned())
    }

    /// From the page that asks who one is: asks for a mail and types its code.
    pub(super) async fn sign_in(&self, email: &str, mails: &mut Maildir) -> Result<(), Fault> {
        let mail = self.ask_for_mail(email, mails).await?;
        let code = letters::code(&mail).ok_or("a sign-in mail without a code")?;
        self.write("#code", &code).await?;
        self.press(MAIN_BUTTON).await?;
        assert_eq!(self.count("form[action='/signout']").await?, 1, "{email} is signed in");
        Ok(())
    }

    /// From the page that asks who one is: asks for a mail and gives the link in it.
    pub(super) async fn ask_for_link(
        &self,
        email: &str,
        mails: &mut Maildir,
    ) -> Result<String, Fault> {
        let mail = self.ask_for_mail(email, mails).await?;
        letters::link(&mail, "/signin/").ok_or_else(|| "a sign-in mail without a link".into())
    }

    pub(super) async fn sign_out(&self) -> Result<(), Fault> {
        self.press("form[action='/signout'] button").await
    }

    /// Presses a button that answers with a file, and waits for the whole file.
    pub(super) async fn download(&self, thing: &str) -> Result<PathBuf, Fault> {
        self.tick(thing).await?;
        let whole = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "jsonl");
        let arrived = ask_until(DOWNLOAD_MAX, || {
            let files = std::fs::read_dir(self.browser.downloads()).ok()?;
            files.filter_map(|file| Some(file.ok()?.path())).find(whole)
        });
        arrived.ok_or_else(|| "the file did not arrive".into())
    }

    /// What the browser complained of since the last time this was asked.
    pub(super) async fn complaints(&self) -> Result<Vec<String>, Fault> {
        let log = self.browser.driver.browser_log().await?;
        Ok(log.into_iter().map(|entry| entry.message).collect())
    }

    /// Ends the browser. It has complained of nothing, and nothing it asked for was anywhere else.
    pub(super) async fn end(self) -> Result<(), Fault> {
        assert_eq!(self.complaints().await?, Vec::<String>::new());
        assert_eq!(self.browser.requests_beyond(&self.origin).await?, Vec::<String>::new());
        self.browser.close().await
    }

    async fn ask_for_mail(
        &self,
        email: &str,
        mails: &mut Maildir,
    ) -> Result<crate::rig::maildir::Mail, Fault> {
        self.write("#email", email).await?;
        self.press(MAIN_BUTTON).await?;
        Ok(mails.take(email, |mail| letters::code(mail).is_some())?)
    }

    async fn find(&self, thing: &str) -> Result<WebElement, Fault> {
        match self.browser.driver.find(By::Css(thing)).await {
            Ok(found) => Ok(found),
            Err(_) => Err(format!("no {thing} on {}", self.page().await?).into()),
        }
    }

    async fn look(&self) -> Result<(), Fault> {
        let headings = self.count("h1").await?;
        if headings == 1 {
            Ok(())
        } else {
            Err(format!("{headings} h1 on {}", self.page().await?).into())
        }
    }

    /// Address and words of the page, for complaints.
    async fn page(&self) -> Result<String, Fault> {
        let words = self.browser.driver.find(By::Tag("body")).await?.text().await?;
        Ok(format!("{}:\n{words}", self.browser.driver.current_url().await?))
    }
}
