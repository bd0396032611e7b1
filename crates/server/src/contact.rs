//! What pages and mail agree on about a person: what each chose, and the link that ends mails of one kind.
//! Knows no page, no request and no mail server.

mod choices;
mod unsubscribe;

pub use choices::{Choices, SETTINGS_BYTES_MAX, language_of, shown_name};
pub use unsubscribe::{MailStop, unsubscribe_token};
