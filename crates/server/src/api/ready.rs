//! The charters that come with the program. Knows no group.

use axum::Json;
use serde::Serialize;

use super::caller::Caller;
use super::problem::Answer;
use crate::pages::Route;
use crate::web::ready::{READY, Ready};
use crate::words::{Language, Words};

#[derive(Serialize)]
pub(super) struct Charters {
    charters: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    /// What `ready` of a founding names.
    id: &'static str,
    title: String,
    /// One sentence: for whom it is.
    about: String,
    /// SHA-256 of the text.
    hash: String,
    /// TOML (`spec/charter.md`).
    text: &'static str,
    /// Its flowchart, as a path of this site.
    page: String,
}

pub(super) async fn charters(caller: Caller) -> Answer<Charters> {
    let language = caller.language;
    Ok(Json(Charters { charters: READY.into_iter().map(|ready| line(ready, language)).collect() }))
}

fn line(ready: Ready, language: Language) -> Line {
    let words = Words::of(language);
    Line {
        id: ready.id,
        title: ready.title(words),
        about: ready.about(words),
        hash: mic_proof::hash::sha256(ready.text.as_bytes()).to_string(),
        text: ready.text,
        page: Route::ReadyCharter { charter: ready.id.to_owned() }.path(),
    }
}
