//! Founding a group by the form, with lists as spreadsheets export them: all of it, or nothing.

use axum::body::Body;
use http::{Request, StatusCode, header};
use mic_engine::ids::Slot;
use mic_store::contract::People;

use super::site::{Browser, Page, World, new_act};

const BOUNDARY: &str = "----list";

/// The founding form with a file, as a browser sends it.
async fn send(browser: &mut Browser, members: &str, file: &[u8], act: &str) -> Page {
    let token = browser.get("/new").await.hidden("token");
    let fields = [
        ("token", token.as_str()),
        ("act", act),
        ("name", "Tenants of the North"),
        ("purpose", "Roofs that hold."),
        ("language", "en"),
        ("charter", "default"),
        ("your_name", "Ada Paris"),
        ("your_email", "ada@tenants.example"),
        ("members", members),
    ];
    let mut body = Vec::new();
    for (name, value) in fields {
        let head =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
    }
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"members_file\"; filename=\"../../x.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n"
    );
    body.extend([head.as_bytes(), file, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat());
    let request = Request::post("/new")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body));
    browser.send(request.expect("a request")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_lines_and_a_file_become_members() {
    let world = World::with(3).await;
    let file = "\u{feff}Name;E-Mail;Sprache\r\n\"Zoë; Łukasz\";zoe@tenants.example;de\r\nCem;cem@tenants.example;\r\n";
    let act = new_act();
    let mut founder = world.browser();
    let done = send(&mut founder, "Ben Kaya, ben@tenants.example", file.as_bytes(), &act).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let groups = world.app().groups();
    let founded: Vec<_> = groups.into_iter().filter(|group| *group != world.group).collect();
    let [group] = founded.as_slice() else { panic!("one group: {founded:?}") };
    let people = world.store.people(*group, Slot(0), 10).expect("the store");
    let named: Vec<_> = people
        .iter()
        .map(|(_, record)| (record.person.name.as_str(), record.person.language.as_str()))
        .collect();
    assert_eq!(
        named,
        [("Ada Paris", "en"), ("Ben Kaya", "en"), ("Zoë; Łukasz", "de"), ("Cem", "en")]
    );
    // The same form once more is the same group.
    let again = send(&mut founder, "Ben Kaya, ben@tenants.example", file.as_bytes(), &act).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(world.app().groups().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_shown_with_row_and_column_and_nothing_is_half_done() {
    let world = World::with(3).await;
    let disk = world.disk();
    let file = "name,email\nBen,ben@tenants.example\nCem,cem@\nDora,ADA@tenants.example\n";
    let page =
        send(&mut world.browser(), "Eve\u{202e}, eve@tenants.example", file.as_bytes(), &new_act())
            .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.shows("cem@") && page.shows("Roofs that hold."), "{}", page.body);
    assert_eq!(world.disk(), disk);
    assert_eq!(world.app().groups().len(), 1);
    for (name, email) in [("", "a@tenants.example"), ("A", "a\r\nBcc: b@tenants.example")] {
        let token = world.browser().get("/new").await.hidden("token");
        let fields =
            [("name", name), ("your_name", "A"), ("your_email", email), ("charter", "none")];
        let page = world.browser().post("/new", &token, &new_act(), &fields).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "a token of another browser");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_movement_of_ten_thousand_founds_itself() {
    let world = World::with(3).await;
    let rows = |count: u32| -> String {
        let row = |row: u32| format!("\"Membre n° {row}\",membre{row}@tenants.example,de\r\n");
        (0..count).map(row).collect::<Vec<_>>().concat()
    };
    let page = send(&mut world.browser(), "", rows(10_001).as_bytes(), &new_act()).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "one too many");
    let page = send(&mut world.browser(), "", rows(9_999).as_bytes(), &new_act()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let largest = world.app().groups().into_iter().filter_map(|group| world.app().view(group));
    assert_eq!(largest.map(|view| view.state.roll.len()).max(), Some(10_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_ready_charter_can_be_read_before_and_lived_by_after() {
    let world = World::with(3).await;
    let mut founder = world.browser();
    let form = founder.get("/new").await;
    let mark = "name=\"charter\" value=\"";
    let offered: Vec<String> = form
        .body
        .split(mark)
        .skip(1)
        .map(|rest| rest.split('"').next().expect("a value").to_owned())
        .collect();
    assert!(offered.len() >= 3 && offered[0] == "default", "{offered:?}");
    for charter in &offered {
        let (page, file) =
            (format!("/charters/{charter}"), format!("/charters/{charter}/charter.toml"));
        assert!(form.shows(&page), "{charter} is linked");
        let read = founder.get(&page).await;
        assert_eq!(read.status, StatusCode::OK);
        assert!(read.body.contains("<svg") && read.shows(&file), "{}", read.body);
        let text = founder.get(&file).await.body;
        let fields = [
            ("name", charter.as_str()),
            ("language", "en"),
            ("charter", charter),
            ("your_name", "Ada"),
            ("your_email", "ada@tenants.example"),
            (
                "members",
                "Ben, ben@tenants.example\nCem, cem@tenants.example\nDora, dora@tenants.example",
            ),
        ];
        let done = founder.post("/new", &form.hidden("token"), &new_act(), &fields).await;
        assert_eq!(done.status, StatusCode::OK, "{charter}: {}", done.body);
        let hash = mic_proof::hash::sha256(text.as_bytes());
        let lives = world.app().groups().into_iter().filter_map(|group| world.app().view(group));
        assert!(lives.into_iter().any(|view| view.state.charter_hash == hash), "{charter}");
    }
    for nothing in ["/charters/none", "/charters/..", "/charters/default/other.toml"] {
        assert_eq!(founder.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_22_nothing_typed_can_end_a_line() {
    let world = World::with(3).await;
    let mut founder = world.browser();
    let token = founder.get("/new").await.hidden("token");
    let good = [
        ("name", "North"),
        ("language", "en"),
        ("charter", "default"),
        ("your_name", "Ada"),
        ("your_email", "ada@tenants.example"),
        ("members", "Ben, ben@tenants.example\nCem, cem@tenants.example"),
    ];
    let bad = [
        ("name", "A\r\nB"),
        ("name", "A\0B"),
        ("name", "\u{202e}A"),
        ("your_name", "A\nB"),
        ("your_email", "a@b@c.example"),
        ("your_email", "\"a b\"@c.example"),
        ("your_email", "a@c.example\r\nRCPT TO:<x@y.example>"),
        ("members", "Ben, ben@tenants.example\0\nCem, cem@tenants.example"),
        ("members", "Ben\u{200b}, ben@tenants.example\nCem, cem@tenants.example"),
    ];
    for (field, value) in bad {
        let mut fields = good;
        for pair in &mut fields {
            if pair.0 == field {
                pair.1 = value;
            }
        }
        let page = founder.post("/new", &token, &new_act(), &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value:?}");
    }
    let page = founder.post("/new", &token, &new_act(), &good).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
}
