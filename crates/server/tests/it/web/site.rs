//! A site on a database of its own, and browsers that keep cookies and send forms as people do. Knows no test.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use http::{HeaderMap, Method, Request, StatusCode, header};
use mic::app::{App, DATABASE_FILE, LinkForOperator, NewGroup, Parts, Running, system_entropy};
use mic::web::{Site, SiteOptions, router};
use mic_engine::append::Person;
use mic_engine::command::Profile;
use mic_engine::ids::{GroupId, LogTime, Slot};
use mic_proof::hash::{Hash, hex, sha256};
use mic_store::SqliteStore;
use mic_store::contract::{Letters, People, Session, Sessions, Token};
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tower::ServiceExt;

use crate::rig::patience::ask_until;
use crate::small_server::{HandClock, START_MS, config, settled, store};

pub(super) const ORIGIN: &str = "https://mic.example";
pub(super) const HOST: &str = "mic.example";
/// The largest answer a test reads.
const ANSWER_BYTES_MAX: usize = 8_000_000;
/// A letter that is not there after so long never comes.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// A site with one group of invented people.
pub(super) struct World {
    pub(super) folder: TempDir,
    pub(super) running: Running,
    pub(super) clock: HandClock,
    pub(super) store: Arc<SqliteStore>,
    pub(super) routes: Router,
    pub(super) group: GroupId,
    links: Mutex<UnboundedReceiver<LinkForOperator>>,
}

impl World {
    /// A group of so many members, `member0@people.example` and so on, none of whom shows a name.
    pub(super) async fn with(members: u32) -> Self {
        Self::under(include_str!("../../../../../charters/default.toml"), members).await
    }

    /// The same under other rules.
    pub(super) async fn under(charter: &str, members: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (config, clock) = (config(folder.path(), None), HandClock::new());
        let store = store(&config);
        let (sender, links) = unbounded_channel();
        let screen = Arc::new(move |link: &LinkForOperator| {
            sender.send(link.clone()).expect("the test reads links");
        });
        let parts = Parts {
            config,
            clock: clock.clock(),
            store: store.clone(),
            entropy: system_entropy(),
            screen,
        };
        let running = mic::app::App::start(parts).await.expect("a server");
        let routes = router(Site::new(running.app().clone(), SiteOptions::default()));
        let group = found_under(running.app(), charter, "Circle", members, "people").await;
        Self { folder, running, clock, store, routes, group, links: Mutex::new(links) }
    }

    pub(super) fn app(&self) -> &App {
        self.running.app()
    }

    /// Somebody who is not signed in.
    pub(super) fn browser(&self) -> Browser {
        Browser::new(self.routes.clone())
    }

    /// A member who is signed in.
    pub(super) fn member(&self, slot: u32) -> Browser {
        self.member_of(self.group, slot)
    }

    pub(super) fn member_of(&self, group: GroupId, slot: u32) -> Browser {
        let record = self.store.person(group, Slot(slot)).expect("the store").expect("a person");
        let token = self.app().random::<32>();
        let now = START_MS;
        let session = Session {
            account: record.account,
            created: LogTime(now),
            expires: LogTime(now + 60 * 86_400_000),
            form_seed: self.app().random(),
        };
        assert!(self.store.open_session(Token(&token), &session).expect("the store"));
        let mut browser = self.browser();
        browser.cookies.insert("__Host-mic-session".to_owned(), hex(&token));
        browser
    }

    /// The link of the next letter.
    pub(super) async fn letter(&self) -> LinkForOperator {
        let mut links = self.links.lock().await;
        let next = tokio::time::timeout(PATIENCE, links.recv()).await;
        next.expect("a letter was written").expect("the server runs")
    }

    /// Whether no letter was written, once everything that was asked is done; `known` may get one.
    pub(super) async fn no_letter(&self, known: &str) -> bool {
        self.letters_when_asking(known).await.iter().all(|address| address == known)
    }

    /// Asks for a link for an address that gets one: those to whom letters were written up to then, in any order.
    pub(super) async fn letters_when_asking(&self, known: &str) -> Vec<String> {
        self.browser().ask_to_sign_in(known).await;
        // Whoever asked before was answered before.
        let mut addresses = vec![self.letter().await.address];
        while !addresses.iter().any(|address| address == known) {
            addresses.push(self.letter().await.address);
        }
        self.letters_are_shown();
        let mut links = self.links.lock().await;
        while let Ok(link) = links.try_recv() {
            addresses.push(link.address);
        }
        addresses
    }

    /// Waits until every letter that was written is shown.
    fn letters_are_shown(&self) {
        let settled = ask_until(PATIENCE, || {
            let waiting = self.store.letters_waiting().expect("the store");
            (waiting.count == 0).then_some(())
        });
        settled.expect("letters are settled");
    }

    /// Lets time pass, once everything that was done is published.
    pub(super) async fn forward(&self, ms: u64) {
        settled(self.app(), self.group).await;
        self.clock.forward(ms);
    }

    /// All rows of all tables, as one hash, once the letters that were shown are settled: it changes with everything that is kept.
    /// Not the bytes of the files, since those change when the database folds up its own log.
    pub(super) fn disk(&self) -> Hash {
        self.letters_are_shown();
        rows_of(&self.folder.path().join(DATABASE_FILE))
    }

    pub(super) fn position(&self) -> u64 {
        self.app().view(self.group).expect("the group").state.position.0
    }

    pub(super) fn path(&self, rest: &str) -> String {
        format!("/g/{}{rest}", self.group)
    }
}

fn rows_of(database: &Path) -> Hash {
    let database = Connection::open(database).expect("the database");
    let mut names = database
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .expect("the tables");
    let names = names.query_map([], |row| row.get::<_, String>(0)).expect("their names");
    let mut all = String::new();
    for name in names {
        let name = name.expect("a name");
        let mut rows = database.prepare(&format!("SELECT * FROM \"{name}\"")).expect("a table");
        let columns = rows.column_count();
        let mut rows = rows.query([]).expect("its rows");
        let mut lines = BTreeSet::new();
        while let Some(row) = rows.next().expect("a row") {
            let fields: Vec<_> =
                (0..columns).map(|nth| row.get_ref(nth).expect("a field")).collect();
            lines.insert(format!("{fields:?}"));
        }
        writeln!(all, "{name} {lines:?}").expect("room");
    }
    sha256(all.as_bytes())
}

pub(super) async fn found(app: &App, name: &str, members: u32, domain: &str) -> GroupId {
    let charter = include_str!("../../../../../charters/default.toml");
    found_under(app, charter, name, members, domain).await
}

async fn found_under(app: &App, charter: &str, name: &str, members: u32, domain: &str) -> GroupId {
    let person = |nth: u32| Person {
        name: format!("Person {nth} of {domain}"),
        email: format!("member{nth}@{domain}.example"),
        language: "en".to_owned(),
    };
    let founding = NewGroup {
        profile: Profile { name: name.to_owned(), purpose: String::new(), language: "en".into() },
        charter_text: charter.to_owned(),
        members: (0..members).map(person).collect(),
    };
    let group = app.found(None, founding).await.expect("founded");
    settled(app, group).await;
    group
}

/// A browser: it keeps cookies, and says by itself from where a form comes.
#[derive(Clone)]
pub(super) struct Browser {
    routes: Router,
    pub(super) cookies: BTreeMap<String, String>,
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Browser {
    pub(super) fn new(routes: Router) -> Self {
        Self { routes, cookies: BTreeMap::new() }
    }

    pub(super) async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Follows one redirection, as browsers do after a form.
    pub(super) async fn follow(&mut self, page: &Page) -> Page {
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
        self.get(&page.location()).await
    }

    /// Opens a page, fills in its form and sends it.
    pub(super) async fn submit(&mut self, page: &str, to: &str, fields: &[(&str, &str)]) -> Page {
        let opened = self.get(page).await;
        let token = opened.hidden("token");
        self.post(to, &token, &new_act(), fields).await
    }

    /// Sends a form with this token and this name of the act.
    pub(super) async fn post(
        &mut self,
        to: &str,
        token: &str,
        act: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        let mut all = vec![("token", token), ("act", act)];
        all.extend(fields);
        self.send(form(to, &encode(&all), &[("sec-fetch-site", "same-origin")])).await
    }

    /// Asks for a link; what comes back says nothing about the address.
    pub(super) async fn ask_to_sign_in(&mut self, email: &str) -> Page {
        self.submit("/signin", "/signin", &[("email", email), ("next", "")]).await
    }

    /// Sends anything, with this browser's cookies.
    pub(super) async fn send(&mut self, mut request: Request<Body>) -> Page {
        let headers = request.headers_mut();
        headers.entry(header::HOST).or_insert(HOST.parse().expect("a host"));
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            headers.insert(header::COOKIE, pairs.join("; ").parse().expect("cookies"));
        }
        let answer = self.routes.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("text");
            let (pair, attributes) = text.split_once(';').expect("attributes");
            let (name, value) = pair.split_once('=').expect("a pair");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(body, ANSWER_BYTES_MAX).await.expect("a body");
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Page { status: parts.status, headers: parts.headers, body }
    }
}

impl Page {
    /// The value of the first hidden field of this name.
    pub(super) fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let from = self.body.find(&mark).unwrap_or_else(|| panic!("no {name} in {}", self.body));
        let rest = &self.body[from + mark.len()..];
        unescape(&rest[..rest.find('"').expect("the end of a value")])
    }

    pub(super) fn location(&self) -> String {
        self.headers[header::LOCATION].to_str().expect("text").to_owned()
    }

    /// Whether the page shows a text, escaped as HTML is.
    pub(super) fn shows(&self, text: &str) -> bool {
        unescape(&self.body).contains(text)
    }

    /// The path after a beginning of this kind, as a link on the page shows it.
    pub(super) fn link(&self, beginning: &str) -> String {
        let text = unescape(&self.body);
        let whole = format!("{ORIGIN}{beginning}");
        let from = text.find(&whole).unwrap_or_else(|| panic!("no {whole} in {text}"));
        let path = text[from + ORIGIN.len()..].chars();
        path.take_while(|letter| !"\"'< ".contains(*letter)).collect()
    }

    /// The body without what is made anew for every answer.
    pub(super) fn without_chance(&self) -> String {
        let mut out = self.body.clone();
        for name in ["token", "act"] {
            let mark = format!("name=\"{name}\" value=\"");
            out = out
                .split(&mark)
                .enumerate()
                .map(|(part, text)| match (part, text.find('"')) {
                    (0, _) | (_, None) => text.to_owned(),
                    (_, Some(end)) => format!("{mark}{}", &text[end..]),
                })
                .collect();
        }
        out
    }
}

/// A form as a browser sends it, with these headers besides.
pub(super) fn form(to: &str, body: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(to)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).expect("a request")
}

pub(super) fn encode(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                byte => format!("%{byte:02x}"),
            })
            .collect()
    };
    let pair = |(name, value): &(&str, &str)| format!("{}={}", escape(name), escape(value));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// 32 digits that no other form of the tests has.
pub(super) fn new_act() -> String {
    static COUNTER: AtomicU64 = AtomicU64::new(1);
    format!("{:032x}", COUNTER.fetch_add(1, Ordering::SeqCst))
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2f;", "/")
        .replace("&amp;", "&")
}
