//! Debian's Chromium, without a window, driven by a test through Debian's ChromeDriver. It resolves no name and notes every
//! request, so that a test can show that none left the server's own origin.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;
use thirtyfour::common::log::LoggingPrefsLogLevel;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities};

use super::attended::Attended;
use super::patience::{free_address, opens};

/// Time for the driver to open its port, on a busy machine.
const START_MAX: Duration = Duration::from_secs(30);

/// Everything that can go wrong when a browser is driven.
pub(crate) type Fault = Box<dyn std::error::Error + Send + Sync>;

const SWITCHES: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Pages that scroll smoothly would move under the pointer.
    "--force-prefers-reduced-motion",
    // Whatever a page asks for by name is not found, so nothing can leave the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scripts {
    On,
    Off,
}

/// What the page is looked at with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// 390 by 844 pixels, touched; clicked where scripts are off.
    Phone,
    /// 1280 by 900 pixels, with a mouse.
    Desk,
}

/// A running browser with a fresh profile. Dropping it ends it; `close` does so in order.
pub(crate) struct Chromium {
    // Fields are dropped in this order. After a failed test the driver finds its server gone and does not wait for it; the
    // profile goes when nobody writes to it any more.
    _server: Attended,
    pub(crate) driver: WebDriver,
    folder: TempDir,
}

impl Chromium {
    pub(crate) async fn start(scripts: Scripts, screen: Screen) -> Result<Self, Fault> {
        let folder = tempfile::Builder::new().prefix("chromium").tempdir()?;
        let address = free_address()?;
        // Both leave files behind in the folders for temporary files and for the user's own; here those are ours.
        let own = |name: &str| format!("{name}={}", folder.path().display());
        let port = format!("--port={}", address.port());
        let words = [&own("TMPDIR"), &own("HOME"), "/usr/bin/chromedriver", &port];
        let server = Attended::start("env", &words, &folder.path().join("output"))?;
        if !opens(address, START_MAX) {
            return Err(server.complaint("chromedriver did not open its port").into());
        }
        let wishes = capabilities(folder.path(), scripts, screen)?;
        let driver = WebDriver::new(format!("http://{address}"), wishes).await;
        let driver = driver.map_err(|fault| server.complaint(&format!("no browser: {fault}")))?;
        Ok(Self { _server: server, driver, folder })
    }

    /// Where files go that a page gives to be kept.
    pub(crate) fn downloads(&self) -> PathBuf {
        downloads(self.folder.path())
    }

    /// The addresses of all requests since the last time this was asked, in order.
    pub(crate) async fn requests(&self) -> Result<Vec<String>, Fault> {
        let mut addresses = Vec::new();
        for entry in self.driver.get_log("performance").await? {
            let entry: serde_json::Value = serde_json::from_str(&entry.message)?;
            let message = &entry["message"];
            if message["method"] == "Network.requestWillBeSent" {
                let address = message["params"]["request"]["url"].as_str().unwrap_or_default();
                addresses.push(address.to_owned());
            }
        }
        Ok(addresses)
    }

    /// Those of them that went elsewhere than to this origin, such as `http://127.0.0.1:8000`. The browser's own pages and what
    /// a page carries within itself do not go anywhere.
    pub(crate) async fn requests_beyond(&self, origin: &str) -> Result<Vec<String>, Fault> {
        let origin = format!("{origin}/");
        let inside = ["chrome:", "chrome-untrusted:", "data:", "blob:", "about:", &origin];
        let mut addresses = self.requests().await?;
        addresses.retain(|address| !inside.iter().any(|start| address.starts_with(start)));
        Ok(addresses)
    }

    /// Ends the browser and says if that failed.
    pub(crate) async fn close(self) -> Result<(), Fault> {
        Ok(self.driver.quit().await?)
    }
}

fn downloads(folder: &Path) -> PathBuf {
    folder.join("downloads")
}

fn capabilities(
    folder: &Path,
    scripts: Scripts,
    screen: Screen,
) -> WebDriverResult<ChromeCapabilities> {
    let mut wishes = DesiredCapabilities::chrome();
    wishes.set_binary("/usr/bin/chromium")?;
    for switch in SWITCHES {
        wishes.add_arg(switch)?;
    }
    wishes.add_arg(&format!("--user-data-dir={}", folder.join("profile").display()))?;
    wishes.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    let mut settings = serde_json::json!({ "download.default_directory": downloads(folder) });
    match scripts {
        Scripts::On => {}
        Scripts::Off => {
            settings["profile.managed_default_content_settings.javascript"] = 2.into();
        }
    }
    wishes.add_experimental_option("prefs", settings)?;
    match screen {
        // Without a window Chromium is never narrower than 500 pixels, so the phone is emulated.
        Screen::Phone => {
            // After a touch ChromeDriver waits by a script in the page, for ever where none may run; a click does without.
            let touch = scripts == Scripts::On;
            let device = serde_json::json!({
                "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2.0, "mobile": true, "touch": touch }
            });
            wishes.add_experimental_option("mobileEmulation", device)?;
        }
        Screen::Desk => wishes.add_arg("--window-size=1280,900")?,
    }
    Ok(wishes)
}
