//! What every page shares: who reads it, in which language and zone, when, and inside which group; and how a view becomes HTML.
//! Knows no single page.
//!
//! Hidden fields of every form that acts (names are part of the contract with the handlers):
//!
//! | field | content |
//! |---|---|
//! | `token` | the form token of the session, [`Frame::form_token`] |
//! | `act` | 32 hexadecimal digits that name this one act. The n-th form of a page has the frame's 15 first bytes and n as the last |
//!
//! The frame itself has two forms: language (POST [`Route::Language`]: `language` = `en`/`de`, `next` = the path of this page) and
//! sign out (POST [`Route::SignOut`]).

use std::collections::BTreeMap;

use mic_engine::ids::GroupId;
use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use super::asset;
use super::notice::Notice;
use super::route::Route;
use super::templates;
use crate::words::{Language, Moment, Zone};

/// A page or a part of one. `samples` are what tests and the gallery render: typical, empty, longest.
pub trait View: Serialize + Sized {
    /// The template, `pages/….html`.
    const TEMPLATE: &'static str;

    /// The addresses that the template uses, as `to.NAME`.
    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)>;

    fn samples() -> Vec<(&'static str, Self)>;
}

/// Who reads, when and where.
#[derive(Clone, Debug)]
pub struct Frame {
    pub language: Language,
    pub zone: Zone,
    pub now: Moment,
    /// Ties a form to the session; empty where there is no session, and then no form acts.
    pub form_token: String,
    /// Fresh random bytes for the forms of this rendering.
    pub act: [u8; 16],
    /// The path and query of this page, to come back to after the language was changed.
    pub here: String,
    pub signed_in: bool,
    pub group: Option<GroupHead>,
    pub notice: Option<Notice>,
    /// The page of the demo: a link to its mailbox is shown.
    pub demo: bool,
    /// [`asset::style_path`], unless pages are looked at as files.
    pub style: String,
}

/// The group whose page this is, for the head of the page.
#[derive(Clone, Debug, Serialize)]
pub struct GroupHead {
    #[serde(skip)]
    pub id: GroupId,
    pub name: String,
    /// Whether the reader is a member; others see no inner links.
    pub member: bool,
    /// Duties that wait for the reader.
    pub duties: u32,
}

impl Frame {
    /// A frame for somebody of whom nothing is known yet.
    pub fn for_visitor(
        language: Language,
        now: Moment,
        form_token: String,
        act: [u8; 16],
        here: String,
    ) -> Self {
        Self {
            language,
            zone: Zone::default(),
            now,
            form_token,
            act,
            here,
            signed_in: false,
            group: None,
            notice: None,
            demo: false,
            style: asset::style_path(),
        }
    }

    /// The id of the group this page belongs to. A view that needs it is only ever rendered inside a group.
    pub fn group_id(&self) -> GroupId {
        self.group.as_ref().map_or(GroupId([0; 16]), |group| group.id)
    }
}

/// Renders a page. A template that does not render is a bug (all samples are rendered by tests), hence no error.
pub fn render<V: View>(frame: &Frame, view: &V) -> String {
    let to: BTreeMap<&str, String> =
        view.links(frame).iter().map(|(name, route)| (*name, route.path())).collect();
    let group = frame.group_id();
    let languages: Vec<Value> = Language::ALL
        .into_iter()
        .map(|language| {
            minijinja::context! { tag => language.tag(), name => language.own_name(), current => language == frame.language }
        })
        .collect();
    let context = minijinja::context! {
        language => frame.language.tag(),
        zone => frame.zone.name(),
        now => Serde(frame.now),
        form_token => frame.form_token.as_str(),
        act_seed => hex(&frame.act[..15]),
        here => frame.here.as_str(),
        signed_in => frame.signed_in,
        group => Serde(&frame.group),
        notice => Serde(frame.notice),
        demo => frame.demo,
        style => frame.style.as_str(),
        icon => asset::icon_path(),
        languages => languages,
        frame_to => minijinja::context! {
            landing => Route::Landing {}.path(),
            promises => Route::Promises {}.path(),
            language => Route::Language {}.path(),
            sign_in => Route::SignIn {}.path(),
            sign_out => Route::SignOut {}.path(),
            mailbox => Route::Mailbox {}.path(),
            home => Route::Home { group }.path(),
            write => Route::Write { group }.path(),
            people => Route::People { group }.path(),
            charter => Route::Charter { group }.path(),
            settings => Route::Settings { group }.path(),
        },
        to => Serde(to),
        view => Serde(view),
    };
    templates::render(V::TEMPLATE, &context)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
