//! What outsiders see of a group: its purpose and its public broadcasts. Knows no member. No forms.

use serde::Serialize;

use super::frame::{Frame, View};
use super::parts::{Audience, BroadcastLine};
use super::route::Route;
use super::start::hours_ago;

#[derive(Clone, Debug, Serialize)]
pub struct Public {
    pub name: String,
    pub purpose: String,
    /// Newest first.
    pub broadcasts: Vec<BroadcastLine>,
    pub older: u32,
}

impl View for Public {
    const TEMPLATE: &'static str = "pages/public.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        vec![("feed", Route::Feed { group }), ("promises", Route::Promises {})]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = mic_engine::ids::GroupId([7; 16]);
        let empty = Self {
            name: "Tram Workers for the Climate".to_owned(),
            purpose: "A city that runs on rails.".to_owned(),
            broadcasts: vec![],
            older: 0,
        };
        let line = |number, title: &str| BroadcastLine {
            number,
            title: title.to_owned(),
            at: hours_ago(u64::from(90 - number)),
            audience: Audience::Public,
            link: Route::PublicBroadcast { group, broadcast: number },
        };
        let typical = Self {
            broadcasts: vec![
                line(41, "Open letter to the city council"),
                line(12, "Why we stop on Friday"),
            ],
            older: 4,
            ..empty.clone()
        };
        vec![("empty", empty), ("typical", typical)]
    }
}
