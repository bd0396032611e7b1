//! Every address of the site and who answers it, on one screen; around all of them what no request may do.
//! Knows nothing of what handlers do.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::MethodRouter;

use super::{
    action, amend, answer, broadcast, charter, charter_editor, charter_history, consensus, demo,
    forecast, found, guard, headers, home, invitation, invite, jury, landing, log, objection,
    operator, people, pledge, proposal, public, register, removal, settings, sign_in, sign_in_link,
    site::Site, unsubscribe, vote, vote_result, ways, write,
};
use crate::api;
use crate::pages::Route;

macro_rules! pages {
    ($($pattern:path => $($method:ident $handler:path),+;)*) => {
        /// Every pattern with its methods: for `next` and for tests that walk through all of them.
        pub const PAGES: &[(&str, &[&str])] = &[$(($pattern, &[$(stringify!($method)),+])),*];

        fn pages() -> Router<Site> {
            Router::new()$(.route($pattern, MethodRouter::new()$(.$method($handler))+))*
        }
    };
}

pages! {
    Route::LANDING => get landing::landing;
    Route::PROMISES => get landing::promises;
    Route::LANGUAGE => post landing::language;
    Route::ASSET => get landing::asset;
    Route::FOUND => get found::blank, post found::found;
    Route::READY_CHARTER => get charter::ready;
    Route::READY_CHARTER_FILE => get charter::ready_file;
    Route::SIGN_IN => get sign_in::blank, post sign_in::ask;
    Route::SIGN_IN_CODE => post sign_in::code;
    Route::SIGN_IN_LINK => get sign_in_link::show, post sign_in_link::confirm;
    Route::SIGN_OUT => post sign_in::sign_out;
    Route::HOME => get home::home;
    Route::WRITE => get write::blank, post write::create;
    Route::WAYS => get ways::ways;
    Route::WRITE_OF => get write::blank_of, post write::create_of;
    Route::DRAFT => get write::draft, post write::change;
    Route::DRAFT_VERSION => get write::version;
    Route::PROPOSAL => get proposal::proposal;
    Route::PROPOSAL_VERSION => get proposal::version;
    Route::CO_SIGN => post proposal::cosign;
    Route::TAKE_BACK => post proposal::take_back;
    Route::WITHDRAW => get proposal::ask_withdraw, post proposal::withdraw;
    Route::ANSWER => get answer::show, post answer::answer;
    Route::JURY => get jury::show, post jury::cast;
    Route::RECEIPT => get jury::receipt;
    Route::VOTE => get vote::show, post vote::cast;
    Route::VOTE_RECEIPT => get vote::receipt;
    Route::VOTE_RESULT => get vote_result::show;
    Route::VOTE_BALLOTS => get vote_result::ballots;
    Route::CONSENSUS => get consensus::show, post consensus::take;
    Route::OBJECTION => get objection::show, post objection::object;
    Route::PLEDGE => get pledge::show, post pledge::pledge;
    Route::STATEMENT => get removal::show, post removal::say;
    Route::REGISTER => get register::show;
    Route::ACTION => get action::show;
    Route::CALENDAR => get action::calendar;
    Route::DEED => post action::deed;
    Route::BROADCASTS => get broadcast::list;
    Route::BROADCAST => get broadcast::show;
    Route::CERTIFICATE => get broadcast::certificate;
    Route::CERTIFICATE_FILE => get broadcast::certificate_file;
    Route::PEOPLE => get people::people;
    Route::INVITE => get invite::blank, post invite::invite;
    Route::ACCEPT => get invitation::show, post invitation::accept;
    Route::CHARTER => get charter::charter;
    Route::FORECAST => get forecast::anybody;
    Route::GROUP_FORECAST => get forecast::member;
    Route::CHARTER_FILE => get charter::file;
    Route::CHARTERS => get charter_history::history;
    Route::OLD_CHARTER => get charter_history::one;
    Route::OLD_CHARTER_FILE => get charter_history::file;
    Route::AMEND => get amend::begin, post amend::create;
    Route::AMEND_DRAFT => get charter_editor::show, post charter_editor::change;
    Route::AMEND_TRIAL => get amend::look;
    Route::AMEND_PROCESS => get charter_editor::process, post charter_editor::change_process;
    Route::AMEND_STAGE => get charter_editor::stage, post charter_editor::change_stage;
    Route::PROPOSED_RULES => get amend::proposed;
    Route::PROPOSED_RULES_FILE => get amend::proposed_file;
    Route::EXPORT => post settings::export;
    Route::SETTINGS => get settings::show, post settings::save;
    Route::PAUSE => post settings::pause;
    Route::LEAVE => get settings::ask_leave, post settings::leave;
    Route::ERASE => get settings::ask_erase, post settings::erase;
    Route::TOKENS => get settings::tokens, post settings::change_tokens;
    Route::SESSIONS => post settings::end_sessions;
    Route::UNSUBSCRIBE => get unsubscribe::ask, post unsubscribe::stop;
    Route::PUBLIC => get public::page;
    Route::FEED => get public::feed;
    Route::PUBLIC_BROADCAST => get public::broadcast;
    Route::PUBLIC_CERTIFICATE => get public::certificate;
    Route::CHECKPOINT => get log::checkpoint;
    log::TILE => get log::tile;
    Route::OPERATOR => get operator::show;
    Route::DEMO_SIGN_IN => post demo::sign_in;
    Route::MAILBOX => get demo::mailbox;
    Route::MAIL => get demo::mail;
}

/// The whole site: pages, feeds, the journal's files and the API.
pub fn router(site: Site) -> Router {
    let routes = pages()
        .merge(api::routes())
        .fallback(landing::nothing)
        .method_not_allowed_fallback(landing::nothing)
        .layer(from_fn_with_state(site.clone(), guard::check))
        .layer(from_fn_with_state(site.clone(), headers::add));
    routes.with_state(site)
}
