//! Texts that were made to cost a server more than they cost their author: they are shown like any other, and what is shown grows with
//! what was typed. How long it takes is measured beside the converter itself (`pages/tests/injection.rs`).

use http::StatusCode;
use mic_engine::version::BODY_BYTES_MAX;

use super::site::{World, new_act};

/// The most that a page may be larger than the text on it, and what stands around it.
const GROWTH_MAX: usize = 12;
const FRAME_BYTES_MAX: usize = 100_000;

/// As many repetitions as fit into a text.
fn filled(piece: &str) -> String {
    piece.repeat(BODY_BYTES_MAX as usize / piece.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn case_18_a_text_that_is_costly_to_read_is_shown_like_any_other() {
    let world = World::with(5).await;
    let mut author = world.member(0);
    let write = world.path("/write");
    let pieces = [
        "[",
        "*a_ ",
        "> ",
        "`",
        "``` ",
        "- \n",
        "![](",
        "<!--",
        "a**b",
        "&#x;",
        "[a](<",
        "|a",
        "# ",
        "\\",
        "[^1]: ",
        "<a ",
        "\u{202f}*",
    ];
    let mut opened_before = 0;
    for piece in pieces {
        let text = filled(piece);
        let token = author.get(&write).await.hidden("token");
        let fields = [("title", piece), ("body", &text), ("audience", "members"), ("do", "open")];
        let opened = author.post(&write, &token, &new_act(), &fields).await;
        let most = FRAME_BYTES_MAX + GROWTH_MAX * text.len();
        if opened.status == StatusCode::UNPROCESSABLE_ENTITY {
            // Nothing is left to read of it.
            assert!(opened.body.len() <= most, "{piece:?}: {}", opened.body.len());
            continue;
        }
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{piece:?}: {}", opened.status);
        let path = world.path(&format!("/p/{opened_before}"));
        opened_before += 1;
        let page = author.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{piece:?}");
        assert!(page.body.len() <= most, "{piece:?}: {} of {}", page.body.len(), text.len());
        let withdraw = format!("{path}/withdraw");
        author.submit(&withdraw, &withdraw, &[("sure", "yes")]).await;
    }
    assert!(opened_before >= 10, "{opened_before} were opened");
    // A byte more is turned away, with what was typed.
    let text = format!("{}é", filled("x"));
    let token = author.get(&write).await.hidden("token");
    let fields = [("title", "Long"), ("body", &text), ("audience", "members"), ("do", "open")];
    let refused = author.post(&write, &token, &new_act(), &fields).await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER);
    assert!(refused.shows(&text), "what was typed stays");
}
