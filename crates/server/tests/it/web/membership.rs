//! What members decide alone, and how somebody new comes in.

use http::StatusCode;
use mic::contact::{Choices, MailStop, unsubscribe_token};
use mic::pages::settings::MailKind;
use mic_engine::ids::{ProposalNumber, Slot};
use mic_store::contract::{Groups, People};

use super::site::{ORIGIN, Page, World, form, new_act};

#[tokio::test(flavor = "multi_thread")]
async fn somebody_invited_by_a_link_is_vouched_for_and_admitted() {
    let world = World::with(3).await;
    let mut inviter = world.member(0);
    let (invite, act) = (world.path("/invite"), new_act());
    let token = inviter.get(&invite).await.hidden("token");
    let fields = [("email", ""), ("statement", "We drove line 7."), ("language", "en")];
    let shown = inviter.post(&invite, &token, &act, &fields).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    let path = shown.link("/i/");
    assert!(shown.body.contains("<svg"), "a picture to be shown");
    // The same form shows the same link.
    assert_eq!(inviter.post(&invite, &token, &act, &fields).await.link("/i/"), path);
    let mut invited = world.browser();
    let page = invited.get(&path).await;
    assert!(page.shows("Circle"), "{}", page.body);
    let faulty =
        [("name", "Ma\u{202e}ra"), ("show_name", "yes"), ("email", "mara@"), ("language", "en")];
    let refused = invited.post(&path, &page.hidden("token"), &new_act(), &faulty).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.shows("mara@"));
    let fields =
        [("name", "Mara"), ("show_name", "yes"), ("email", "mara@new.example"), ("language", "de")];
    // A typing error first, then again; the address gets a letter, and that one leads on.
    let wrong = [fields[0], fields[1], ("email", "marra@new.example"), fields[3]];
    for fields in [&wrong, &fields, &fields] {
        let sent = invited.post(&path, &page.hidden("token"), &new_act(), fields).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    }
    assert_eq!(world.letter().await.address, "marra@new.example");
    let letter = world.letter().await;
    assert_eq!(letter.address, "mara@new.example");
    let own = letter.link.strip_prefix(ORIGIN).expect("a link of ours").to_owned();
    assert_ne!(own, path);
    let page = invited.get(&own).await;
    assert!(page.shows("value=\"Mara\"") && !page.body.contains("name=\"email\""), "{}", page.body);
    assert!(world.app().view(world.group).expect("the group").state.open.is_empty());
    let accepted = invited.post(&own, &page.hidden("token"), &new_act(), &fields).await;
    assert_eq!(accepted.status, StatusCode::OK, "{}", accepted.body);
    let view = world.app().view(world.group).expect("the group");
    assert_eq!(view.state.open.len(), 1);
    assert!(!invited.get(&path).await.shows("Circle"), "the link was for one person");
    assert!(invited.get(&own).await.shows("Circle"), "it waits for the group");
    let mut other = world.member(1);
    let proposal = other.get(&world.path("/p/0")).await;
    assert!(proposal.shows("Mara") && proposal.shows("We drove line 7."), "{}", proposal.body);
    let version = proposal.hidden("version");
    let fields = [("version", version.as_str())];
    other.post(&world.path("/p/0/cosign"), &proposal.hidden("token"), &new_act(), &fields).await;
    let record = world.store.person(world.group, Slot(3)).expect("the store").expect("admitted");
    assert_eq!(
        (record.person.name.as_str(), record.person.email.as_str()),
        ("Mara", "mara@new.example")
    );
    assert!(world.member(2).get(&world.path("/people")).await.shows("Mara"));
    let late = invited.get(&own).await;
    assert!(!late.shows("Circle"), "the invitation is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn case_06_an_invitation_does_not_tell_who_is_on_the_roll() {
    let world = World::with(3).await;
    let mut pages = Vec::new();
    for email in ["member2@people.example", "fresh@new.example"] {
        let mut inviter = world.member(0);
        let invite = world.path("/invite");
        let fields = [("email", ""), ("statement", ""), ("language", "en")];
        let shown = inviter.submit(&invite, &invite, &fields).await;
        let path = shown.link("/i/");
        // The inviter opens the link and types somebody's address.
        let mut invited = world.browser();
        let fields = [("email", email), ("language", "en")];
        let sent = invited.submit(&path, &path, &fields).await;
        let again = invited.get(&path).await;
        let home = inviter.get(&world.path("")).await;
        let letter = world.letter().await;
        assert_eq!(letter.address, email, "both get the letter");
        let own = letter.link.strip_prefix(ORIGIN).expect("a link of ours").to_owned();
        // Whoever reads it accepts.
        let opened = invited.get(&own).await;
        let accepted = invited.submit(&own, &own, &fields).await;
        let escape = |path: &str| path.replace('/', "&#x2f;");
        let (path, own) = (escape(&path), escape(&own));
        let same = |page: &Page| {
            let text = page.without_chance().replace(&path, "PATH").replace(&own, "OWN");
            (page.status, text.replace(email, "ADDRESS"))
        };
        pages.push([&sent, &again, &home, &opened, &accepted].map(same));
    }
    assert_eq!(pages[0], pages[1]);
    let view = world.app().view(world.group).expect("the group");
    assert_eq!(view.state.open.len(), 1, "nobody is admitted twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn case_24_a_link_writes_to_three_addresses_and_no_more() {
    let world = World::with(3).await;
    let mut inviter = world.member(0);
    let invite = world.path("/invite");
    let shown = inviter.submit(&invite, &invite, &[("email", ""), ("language", "en")]).await;
    let path = shown.link("/i/");
    let mut holder = world.browser();
    let mut said = Vec::new();
    for nth in 0..8 {
        let email = format!("victim{nth}@new.example");
        let fields = [("email", email.as_str()), ("language", "en")];
        let sent = holder.submit(&path, &path, &fields).await;
        said.push((sent.status, sent.without_chance().replace(&email, "ADDRESS")));
    }
    said.dedup();
    assert_eq!(said.len(), 1, "the page says the same");
    let written = world.letters_when_asking("member1@people.example").await;
    let victims = written.iter().filter(|address| address.starts_with("victim")).count();
    assert_eq!(victims, 3);
    // They do not count against what the inviter may invite by themselves.
    for nth in 0..4 {
        let email = format!("guest{nth}@new.example");
        let fields = [("email", email.as_str()), ("language", "en")];
        let sent = inviter.submit(&invite, &invite, &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }
    let sixth = inviter.submit(&invite, &invite, &[("email", ""), ("language", "en")]).await;
    assert_eq!(sixth.status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_24_invitations_are_few_and_one_address_gets_one_letter() {
    let world = World::with(3).await;
    let mut inviter = world.member(0);
    let invite = world.path("/invite");
    let fields =
        [("email", "mara@new.example"), ("statement", "Buy cheap pills!"), ("language", "en")];
    for _ in 0..5 {
        let sent = inviter.submit(&invite, &invite, &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }
    let sixth = inviter.submit(&invite, &invite, &fields).await;
    assert_eq!(sixth.status, StatusCode::CONFLICT);
    assert!(sixth.shows("Buy cheap pills!"), "what was typed stays");
    assert_eq!(world.letter().await.address, "mara@new.example");
    assert!(world.no_letter("member1@people.example").await, "one in ten minutes");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_kept_and_names_that_look_alike_are_not() {
    let world = World::with(3).await;
    let settings = world.path("/settings");
    let good = |name: &'static str| {
        [
            ("name", name),
            ("show_name", "yes"),
            ("language", "de"),
            ("zone", "Europe/Berlin"),
            ("rest_days", "30"),
        ]
    };
    let saved = world.member(0).submit(&settings, &settings, &good("Ada Paris")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let record = world.store.person(world.group, Slot(0)).expect("the store").expect("a person");
    let view = world.app().view(world.group).expect("the group");
    let choices = Choices::of(&record, &view.state.roll, Slot(0));
    assert!(choices.show_name && !choices.mail_broadcasts && choices.zone == "Europe/Berlin");
    assert_eq!((record.person.language.as_str(), view.state.roll.rest_days(Slot(0))), ("de", 30));
    assert!(world.member(1).get(&world.path("/people")).await.shows("Ada Paris"));
    for name in ["\u{410}da Paris", "ADA PARIS", "Ada\u{200b}", "A\nB", "A\u{2066}B"] {
        let fields = [("name", name), ("show_name", "yes"), ("zone", "UTC"), ("rest_days", "0")];
        let refused = world.member(1).submit(&settings, &settings, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
    }
    for (zone, rest) in [("Nowhere/Land", "0"), ("UTC", "91"), ("UTC", "-1"), ("UTC", "x")] {
        let fields = [("name", "Eve"), ("zone", zone), ("rest_days", rest)];
        let refused = world.member(1).submit(&settings, &settings, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{zone} {rest}");
        assert!(refused.shows("Eve"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_lasts_to_the_end_of_its_day_and_can_be_ended() {
    let world = World::with(3).await;
    let (settings, pause) = (world.path("/settings"), world.path("/settings/pause"));
    let mut member = world.member(0);
    let paused = |world: &World| {
        let view = world.app().view(world.group).expect("the group");
        view.state.roll.paused_until(Slot(0), world.app().now()).map(|until| until.0)
    };
    // The same page is used over and over, as by somebody who goes back.
    let (token, act) = (member.get(&settings).await.hidden("token"), new_act());
    for _ in 0..2 {
        let fields = [("until", "2027-02-01"), ("do", "pause")];
        let done = member.post(&pause, &token, &act, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert_eq!(paused(&world), Some(1_801_526_400_000));
        member.post(&pause, &token, &act, &[("do", "resume")]).await;
        assert_eq!(paused(&world), None);
    }
    for until in ["2020-01-01", "2999-01-01", "tomorrow", ""] {
        let refused =
            member.post(&pause, &token, &new_act(), &[("until", until), ("do", "pause")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{until}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_26_opening_a_link_stops_no_mail() {
    let world = World::with(3).await;
    let secrets = world.store.group_secrets(world.group).expect("the store").expect("keys");
    let stop = MailStop { group: world.group, slot: Slot(1), kind: MailKind::Broadcasts };
    let path = format!("/u/{}", unsubscribe_token(stop, &secrets));
    let wants = |world: &World| {
        let record =
            world.store.person(world.group, Slot(1)).expect("the store").expect("a person");
        let view = world.app().view(world.group).expect("the group");
        Choices::of(&record, &view.state.roll, Slot(1)).mail_broadcasts
    };
    for _ in 0..3 {
        assert_eq!(world.browser().get(&path).await.status, StatusCode::OK);
    }
    assert!(wants(&world));
    let mut forged = path.clone();
    forged.replace_range(5..7, "AA");
    let answer = world.browser().send(form(&forged, "List-Unsubscribe=One-Click", &[])).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(wants(&world));
    // Mail programs post it without having seen a page (RFC 8058).
    let answer = world.browser().send(form(&path, "List-Unsubscribe=One-Click", &[])).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!wants(&world));
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_leaves_nothing_of_a_person() {
    let world = World::with(4).await;
    let mut member = world.member(2);
    let settings = world.path("/settings");
    let fields =
        [("name", "Canary Wharfinger"), ("show_name", "yes"), ("zone", "UTC"), ("rest_days", "0")];
    member.submit(&settings, &settings, &fields).await;
    let erase = world.path("/settings/erase");
    let unsure = member.submit(&erase, &erase, &[]).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = member.submit(&erase, &erase, &[("sure", "yes")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(world.store.person(world.group, Slot(2)).expect("the store").is_none());
    assert!(!world.member(0).get(&world.path("/people")).await.shows("Canary Wharfinger"));
    assert_eq!(member.get(&world.path("")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_export_is_a_whole_bundle_without_what_its_reader_may_not_read() {
    let world = World::with(4).await;
    let mut author = world.member(0);
    let write = world.path("/write");
    let fields = [
        ("title", "Hidden"),
        ("body", "A declined canary"),
        ("audience", "members"),
        ("do", "open"),
    ];
    author.submit(&write, &write, &fields).await;
    let withdraw = world.path("/p/0/withdraw");
    author.submit(&withdraw, &withdraw, &[("sure", "yes")]).await;
    let view = world.app().view(world.group).expect("the group");
    assert!(view.state.closed.contains_key(&ProposalNumber(0)));
    for (slot, sees) in [(0, true), (1, false)] {
        let mut member = world.member(slot);
        let file = member.submit(&world.path("/settings"), &world.path("/export"), &[]).await;
        assert_eq!(file.status, StatusCode::OK);
        // The page says how the very file that is downloaded is checked.
        let named = file.headers["content-disposition"].to_str().expect("text");
        let name = named.split('"').nth(1).expect("a name");
        let settings = member.get(&world.path("/settings")).await;
        for command in [format!("mic verify {name}"), format!("python3 verify.py {name}")] {
            assert!(settings.shows(&command), "{command}");
        }
        assert_eq!(file.body.contains("A declined canary"), sees, "member {slot}");
        let lines = file.body.lines().count();
        assert!(
            file.body.ends_with(&format!("{{\"kind\":\"end\",\"lines\":{lines}}}\n")),
            "{}",
            file.body
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_for_programs_is_shown_once_and_taken_back() {
    let world = World::with(3).await;
    let mut member = world.member(0);
    let (tokens, act) = (world.path("/settings/tokens"), new_act());
    let token = member.get(&tokens).await.hidden("token");
    let fields = [("name", "calendar"), ("scope", "read"), ("days", "30"), ("do", "make")];
    let made = member.post(&tokens, &token, &act, &fields).await;
    let from = made.body.find("mic_").expect("a secret");
    let secret: String = made.body[from..].chars().take(68).collect();
    assert!(!member.get(&tokens).await.body.contains(&secret), "only once");
    let again = member.post(&tokens, &token, &act, &fields).await;
    assert!(again.body.contains(&secret), "a form sent twice makes one");
    let id = member.get(&tokens).await.hidden("id");
    assert_eq!(member.get(&tokens).await.body.matches("name=\"id\"").count(), 1);
    // Nobody else can take it back.
    world.member(1).submit(&tokens, &tokens, &[("id", &id), ("do", "revoke")]).await;
    assert!(member.get(&tokens).await.shows("calendar"));
    member.submit(&tokens, &tokens, &[("id", &id), ("do", "revoke")]).await;
    assert!(!member.get(&tokens).await.shows("calendar"));
    for (name, days) in [("", "30"), ("x", "0"), ("x", "366"), ("x\ny", "1")] {
        let fields = [("name", name), ("scope", "act"), ("days", days), ("do", "make")];
        let refused = member.submit(&tokens, &tokens, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {days}");
    }
}
