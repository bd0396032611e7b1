//! Signed heads, hash tiles and entry bundles, read as a tool reads them that knows C2SP alone.

use axum::body::{Body, to_bytes};
use http::{Request, StatusCode, header};
use mic_proof::hash::{Hash, leaf_hash};
use mic_proof::note::read_checkpoint;
use mic_proof::tree::Frontier;
use tower::ServiceExt;

use super::site::{HOST, World};

async fn bytes(world: &World, path: &str, cookie: Option<&str>) -> (StatusCode, Vec<u8>) {
    let mut request = Request::get(path).header(header::HOST, HOST);
    if let Some(session) = cookie {
        request = request.header(header::COOKIE, format!("__Host-mic-session={session}"));
    }
    let request = request.body(Body::empty()).expect("a request");
    let answer = world.routes.clone().oneshot(request).await.expect("an answer");
    let status = answer.status();
    (status, to_bytes(answer.into_body(), 1_000_000).await.expect("a body").to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn tiles_lead_to_the_signed_root_and_entries_are_for_members() {
    let world = World::with(3).await;
    let mut author = world.member(0);
    for title in ["One", "Two"] {
        let write = world.path("/write");
        let fields = [("title", title), ("body", "x"), ("audience", "members"), ("do", "open")];
        author.submit(&write, &write, &fields).await;
    }
    // A head that covers all is published within a minute.
    world.forward(2 * crate::small_server::MINUTE_MS).await;
    author.submit(&world.path("/settings"), &world.path("/export"), &[]).await;
    let log = format!("/log/{}", world.group);
    let (status, note) = bytes(&world, &format!("{log}/checkpoint"), None).await;
    assert_eq!(status, StatusCode::OK);
    let head = read_checkpoint(&String::from_utf8(note).expect("text")).expect("a note");
    assert_eq!(head.origin, format!("{HOST}{log}"));
    assert!(head.size >= 5, "founded, and two texts opened");
    let tile = format!("{log}/tile/0/000.p/{}", head.size);
    let (status, hashes) = bytes(&world, &tile, None).await;
    assert_eq!(status, StatusCode::OK);
    let leaves: Vec<Hash> =
        hashes.chunks(32).map(|hash| Hash::from_slice(hash).expect("32 bytes")).collect();
    let mut tree = Frontier::new();
    for leaf in &leaves {
        tree.push(*leaf);
    }
    assert_eq!(tree.root(), head.root);
    // The entries themselves.
    let bundle = format!("{log}/tile/entries/000.p/{}", head.size);
    assert_eq!(bytes(&world, &bundle, None).await.0, StatusCode::NOT_FOUND);
    let session = author.cookies["__Host-mic-session"].clone();
    let (status, mut rest) = bytes(&world, &bundle, Some(&session)).await;
    assert_eq!(status, StatusCode::OK);
    for leaf in leaves {
        let length = usize::from(u16::from_be_bytes([rest[0], rest[1]]));
        let after = rest.split_off(2 + length);
        assert_eq!(leaf_hash(&rest[2..]), leaf);
        rest = after;
    }
    assert!(rest.is_empty());
    // What was not published is not there, nor what is no tile.
    let size = head.size + 1;
    for path in [
        format!("tile/0/000.p/{size}"),
        "tile/0/000".to_owned(),
        "tile/1/000.p/1".to_owned(),
        "tile/0/0".to_owned(),
        "tile/0/000.p/0".to_owned(),
        "tile/9/000".to_owned(),
        "tile/0/x999/x999/x999/x999/x999/999".to_owned(),
        "tile/../checkpoint".to_owned(),
    ] {
        let (status, _) = bytes(&world, &format!("{log}/{path}"), Some(&session)).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
}
