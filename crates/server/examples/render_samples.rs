//! Writes every sample page and mail in every language into a folder, to be looked at: `render_samples FOLDER`.
//! Knows no server; the style sheet is written beside the pages.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use mic::pages::{asset, gallery};
use mic::words::Language;

fn main() -> std::io::Result<ExitCode> {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: render_samples FOLDER");
        return Ok(ExitCode::from(2));
    };
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("app.css"), asset::STYLE)?;
    for language in Language::ALL {
        let tag = language.tag();
        for page in gallery::pages(language, "app.css") {
            fs::write(folder.join(format!("{tag}-{}.html", page.name)), page.html)?;
        }
        for (name, mail) in gallery::mails(language) {
            fs::write(folder.join(format!("{tag}-mail-{name}.html")), mail.html)?;
            fs::write(
                folder.join(format!("{tag}-mail-{name}.txt")),
                format!("{}\n\n{}", mail.subject, mail.text),
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
