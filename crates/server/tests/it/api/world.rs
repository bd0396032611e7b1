//! A server with two groups and tokens of their members, and calls through the real router. Every answer is held against the
//! description before a test sees it: its status must be described, and its body must fit. No answer may be a 500.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use mic::api::{DESCRIPTION, ROOT};
use mic::app::{App, NewGroup, Running};
use mic::web::{Site, SiteOptions, router};
use mic_engine::append::Person;
use mic_engine::command::Profile;
use mic_engine::ids::{GroupId, LogTime};
use mic_proof::hash::{hex, sha256};
use mic_store::contract::{AccountId, ApiToken, ApiTokenId, Token};
use mic_store::{SqliteStore, Store};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use super::schema::{check, resolve};
use crate::doubtful_store::DoubtfulStore;
use crate::small_server::{HandClock, config, found, settled, start, store};

pub(super) const DAY_MS: u64 = 86_400_000;

/// Members of the first group: two co-sign, three are the jury.
pub(super) const MEMBERS: u32 = 6;

pub(super) struct World {
    folder: TempDir,
    pub(super) clock: HandClock,
    running: Option<Running>,
    router: Router,
    pub(super) group: GroupId,
    pub(super) other: GroupId,
    described: Value,
    /// The store fails as the test wants.
    pub(super) doubtful: Option<Arc<DoubtfulStore>>,
}

/// An answer that fits the description.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
    pub(super) json: Value,
}

/// A call in the making.
#[derive(Clone)]
pub(super) struct Call<'w> {
    world: &'w World,
    method: String,
    pattern: String,
    /// The path with its places filled in, and what stands after `?`.
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl World {
    pub(super) async fn new() -> Self {
        Self::on(|store| (store, None)).await
    }

    /// One whose store can be made to fail.
    pub(super) async fn with_doubtful_store() -> Self {
        Self::on(|inner| {
            let doubtful = Arc::new(DoubtfulStore::new(inner));
            (doubtful.clone(), Some(doubtful))
        })
        .await
    }

    async fn on<S>(around: S) -> Self
    where
        S: FnOnce(Arc<SqliteStore>) -> (Arc<dyn Store>, Option<Arc<DoubtfulStore>>),
    {
        let folder = tempfile::tempdir().expect("a folder");
        let (config, clock) = (config(folder.path(), None), HandClock::new());
        let (store, doubtful) = around(store(&config));
        let running = start(config, &clock, store).await;
        let group = found(running.app(), MEMBERS).await;
        let other = running.app().found(None, strangers()).await.expect("founded");
        settled(running.app(), other).await;
        let router = router(Site::new(running.app().clone(), SiteOptions::default()));
        let described = serde_json::from_str(DESCRIPTION).expect("the description is JSON");
        let running = Some(running);
        Self { folder, clock, running, router, group, other, described, doubtful }
    }

    pub(super) fn app(&self) -> &App {
        self.running.as_ref().expect("a running server").app()
    }

    pub(super) fn described(&self) -> &Value {
        &self.described
    }

    /// Time passes while the server is down; what is due is done when it is back.
    pub(super) async fn later(&mut self, ms: u64) {
        // The router holds on to the server, and the server to its database.
        self.router = Router::new();
        self.running.take().expect("a running server").stop().await;
        self.clock.forward(ms);
        let config = config(self.folder.path(), None);
        let running = start(config.clone(), &self.clock, store(&config)).await;
        self.router = router(Site::new(running.app().clone(), SiteOptions::default()));
        self.running = Some(running);
    }

    pub(super) async fn stop(mut self) {
        self.running.take().expect("a running server").stop().await;
    }

    /// A token of the member in that slot of the first group, good for 30 days.
    pub(super) fn token(&self, slot: u32, scope: &str) -> String {
        self.token_of(&format!("member{slot}@people.example"), scope)
    }

    pub(super) fn strangers_token(&self, scope: &str) -> String {
        self.token_of("stranger0@elsewhere.example", scope)
    }

    fn token_of(&self, email: &str, scope: &str) -> String {
        let account = self.account(email);
        let secret = sha256(format!("{email} {scope}").as_bytes());
        let text = format!("mic_{}", hex(secret.as_bytes()));
        let mut id = [0; 16];
        id.copy_from_slice(&secret.as_bytes()[..16]);
        let created = LogTime(self.app().wall().0);
        let token = ApiToken {
            id: ApiTokenId(id),
            account,
            name: format!("{scope} of {email}"),
            scopes: scope.to_owned(),
            created,
            expires: LogTime(created.0 + 30 * DAY_MS),
        };
        // Asked for twice, it is the one that was made first.
        self.app().store().add_api_token(Token(text.as_bytes()), &token).expect("a store");
        text
    }

    fn account(&self, email: &str) -> AccountId {
        self.app().store().account(email).expect("a store").expect("an account")
    }

    /// A call of a route by its pattern, as the description writes it; places are filled in order.
    pub(super) fn call(&self, method: &str, pattern: &str, places: &[&str]) -> Call<'_> {
        let mut path = String::new();
        let mut places = places.iter();
        for part in pattern.split('/').skip(1) {
            let part = if part.starts_with('{') { places.next().expect("a place") } else { part };
            path.push('/');
            path.push_str(part);
        }
        assert!(places.next().is_none(), "too many places for {pattern}");
        Call {
            world: self,
            method: method.to_owned(),
            pattern: pattern.to_owned(),
            path,
            headers: vec![("host".to_owned(), "mic.example".to_owned())],
            body: Vec::new(),
        }
    }

    /// A call of a route inside the first group.
    pub(super) fn inside(&self, method: &str, pattern: &str, places: &[&str]) -> Call<'_> {
        let group = self.group.to_string();
        let places: Vec<&str> =
            std::iter::once(group.as_str()).chain(places.iter().copied()).collect();
        self.call(method, &format!("/groups/{{group}}{pattern}"), &places)
    }

    /// The answer against the description. Routes that are not described have no answer but a problem.
    fn hold(&self, call: &Call<'_>, answer: &Answer) {
        let (status, what) = (answer.status.as_u16(), format!("{} {}", call.method, call.path));
        let may_break = self.doubtful.is_some();
        assert!(status != 500 || may_break, "{what}: {}", answer.json);
        let escaped = call.pattern.replace('/', "~1");
        let operation = format!("/paths/{escaped}/{}", call.method.to_lowercase());
        let kind = answer.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let schema = match self.described.pointer(&operation) {
            Some(operation) => {
                let response = operation.pointer(&format!("/responses/{status}"));
                let response = response.unwrap_or_else(|| {
                    panic!("{what}: {status} is not described: {}", answer.json)
                });
                let content = resolve(&self.described, response)["content"].as_object();
                let content = content.expect("a content");
                // A bundle is lines, and its tests read them.
                if content.contains_key("application/jsonl") {
                    return;
                }
                let described = kind.and_then(|kind| content.get(kind)?.get("schema"));
                described.unwrap_or_else(|| panic!("{what}: {kind:?} is not described"))
            }
            None => {
                assert_eq!(kind, Some("application/problem+json"), "{what}");
                &self.described["components"]["schemas"]["Error"]
            }
        };
        if let Err(problem) = check(&self.described, schema, &answer.json) {
            panic!("{what}: {status}: {problem}");
        }
    }
}

impl Call<'_> {
    pub(super) fn by(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(super) fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn asking(mut self, query: &str) -> Self {
        self.path = format!("{}?{query}", self.path);
        self
    }

    pub(super) fn json(self, body: &Value) -> Self {
        self.bytes(body.to_string().into_bytes()).header("content-type", "application/json")
    }

    pub(super) fn bytes(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self
    }

    pub(super) async fn send(self) -> Answer {
        let mut request =
            Request::builder().method(self.method.as_str()).uri(format!("{ROOT}{}", self.path));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(self.body.clone())).expect("a request");
        let response: Response<Body> =
            self.world.router.clone().oneshot(request).await.expect("a router answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a whole body").to_bytes().to_vec();
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let answer = Answer { status: parts.status, headers: parts.headers, bytes, json };
        self.world.hold(&self, &answer);
        answer
    }

    /// Sends it and demands this status.
    pub(super) async fn gives(self, status: u16) -> Answer {
        let what = format!("{} {}", self.method, self.path);
        let answer = self.send().await;
        assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.json);
        answer
    }
}

impl Answer {
    pub(super) fn key(&self) -> &str {
        self.text("/error/key")
    }

    pub(super) fn text(&self, pointer: &str) -> &str {
        self.json
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("{pointer}: {}", self.json))
    }

    pub(super) fn number(&self, pointer: &str) -> u64 {
        self.json
            .pointer(pointer)
            .and_then(Value::as_u64)
            .unwrap_or_else(|| panic!("{pointer}: {}", self.json))
    }
}

fn strangers() -> NewGroup {
    let person = |nth: u32| Person {
        name: format!("Stranger {nth}"),
        email: format!("stranger{nth}@elsewhere.example"),
        language: "en".to_owned(),
    };
    NewGroup {
        profile: Profile {
            name: "Elsewhere".into(),
            purpose: String::new(),
            language: "en".into(),
        },
        charter_text: include_str!("../../../../../charters/default.toml").to_owned(),
        members: (0..3).map(person).collect(),
    }
}
