//! Founding a group by a form: typed lines, a file, or both. Everything is checked first; then all of it is done, or nothing.

use axum::extract::{FromRequest, Request};
use mic_courier::address::Address;
use mic_engine::append::Person;
use mic_engine::command::Profile;
use mic_engine::ids::GroupId;

use super::form::{Fields, Upload, read_body, read_with_file};
use super::gate::GateKind;
use super::import_csv::Import;
use super::kept::Packed;
use super::limits::{FOUND_BYTES_MAX, PURPOSE_CHARACTERS_MAX, ROWS_MAX};
use super::ready::{CHARTER_DEFAULT, READY, Ready};
use super::site::Site;
use super::stop::{Answer, Reader, Stop};
use super::visitor::Visitor;
use crate::app::{ActError, NewGroup};
use crate::pages::Route;
use crate::pages::start::{
    CharterChoice, FormFault, Found, Founded, ROW_FAULTS_MAX, RowFault, RowSource,
};
use crate::pages::trouble::TroubleKind;
use crate::text::name::Name;
use crate::words::{Language, Phrase};

/// The founding form as it was sent, from a page shown to this browser.
pub(super) struct FoundForm {
    visitor: Visitor,
    fields: Fields,
    upload: Upload,
}

pub(super) async fn blank(visitor: Visitor) -> Answer {
    if visitor.site.demo().is_some() {
        return Err(visitor.not_found());
    }
    let language = visitor.language().tag().to_owned();
    let page = Found {
        language,
        charter: CHARTER_DEFAULT.to_owned(),
        charters: choices(&visitor),
        ..Found::default()
    };
    Ok(visitor.page(&page))
}

pub(super) async fn found(form: FoundForm) -> Answer {
    let FoundForm { visitor, fields, upload } = form;
    if visitor.site.demo().is_some() {
        return Err(visitor.not_found());
    }
    let checked = check(&fields, &upload);
    let (founding, import) = match checked {
        Ok(founding) => founding,
        Err(faulty) => return Ok(faulty_page(&visitor, &fields, faulty)),
    };
    visitor.pass(GateKind::Found)?;
    let (name, members) = (founding.profile.name.clone(), import);
    let key = visitor.act_key(&fields, &upload.0);
    match visitor.site.app().found(Some(key), founding).await {
        Ok(group) => Ok(founded_page(&visitor, group, name, members)),
        Err(error) => Err(not_founded(&visitor, &error, &fields, &upload)),
    }
}

/// What is wrong with a founding form.
struct Faulty {
    faults: Vec<FormFault>,
    rows: Vec<RowFault>,
    more: u32,
}

/// Everything a founding needs, and how many members it has; or everything that is wrong with it, at once.
fn check(fields: &Fields, upload: &Upload) -> Result<(NewGroup, u32), Faulty> {
    let mut faults = Vec::new();
    let mut fault = |field, problem| faults.push(FormFault { field, problem });
    let name = named(fields.get("name"), "name", &mut fault);
    let your_name = named(fields.get("your_name"), "your_name", &mut fault);
    let your_email = Address::parse(fields.get("your_email").trim());
    if your_email.is_err() {
        fault("your_email", Phrase::new("fault-address"));
    }
    let purpose = fields.get("purpose").trim();
    if purpose.chars().count() > PURPOSE_CHARACTERS_MAX {
        let max = i64::try_from(PURPOSE_CHARACTERS_MAX).unwrap_or(i64::MAX);
        fault("purpose", Phrase::new("fault-long").number("max", max));
    }
    let language = Language::parse(fields.get("language")).unwrap_or_default();
    let charter = Ready::find(fields.get("charter"));
    if charter.is_none() {
        fault("charter", Phrase::new("refusal-charter-invalid"));
    }
    let mut import = Import::default();
    if let (Some(name), Ok(email)) = (&your_name, &your_email) {
        let (name, email) = (name.clone(), email.as_str().to_owned());
        import.take(Person { name, email, language: language.tag().to_owned() });
    }
    import.read(fields.get("members").as_bytes(), RowSource::Typed, language);
    import.read(&upload.0, RowSource::File, language);
    if import.too_many || import.people.len() > ROWS_MAX {
        let max = i64::try_from(ROWS_MAX).unwrap_or(i64::MAX);
        fault("members_file", Phrase::new("refusal-too-many-members").number("max", max));
    }
    match (name, charter) {
        (Some(name), Some(charter)) if faults.is_empty() && import.faults.is_empty() => {
            let profile =
                Profile { name, purpose: purpose.to_owned(), language: language.tag().to_owned() };
            let members = u32::try_from(import.people.len()).unwrap_or(u32::MAX);
            let charter_text = charter.text.to_owned();
            Ok((NewGroup { profile, charter_text, members: import.people }, members))
        }
        _ => Err(Faulty { faults, rows: import.faults, more: import.more }),
    }
}

fn named(
    typed: &str,
    field: &'static str,
    fault: &mut impl FnMut(&'static str, Phrase),
) -> Option<String> {
    match Name::parse(typed) {
        Ok(name) => Some(name.as_str().to_owned()),
        Err(problem) => {
            fault(field, Phrase::new(problem.key()));
            None
        }
    }
}

fn faulty_page(visitor: &Visitor, fields: &Fields, faulty: Faulty) -> axum::response::Response {
    let Faulty { faults, mut rows, more } = faulty;
    let hidden = rows.len().saturating_sub(ROW_FAULTS_MAX);
    rows.truncate(ROW_FAULTS_MAX);
    let more_rows = more.saturating_add(u32::try_from(hidden).unwrap_or(u32::MAX));
    let text = |name: &str| fields.get(name).to_owned();
    let page = Found {
        name: text("name"),
        purpose: text("purpose"),
        language: text("language"),
        charters: choices(visitor),
        charter: text("charter"),
        your_name: text("your_name"),
        your_email: text("your_email"),
        members: text("members"),
        faults,
        rows,
        more_rows,
    };
    visitor.page_as(http::StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn founded_page(
    visitor: &Visitor,
    group: GroupId,
    name: String,
    members: u32,
) -> axum::response::Response {
    let home = Route::Home { group };
    visitor.page(&Founded { name, members, links: Vec::new(), more_links: 0, home })
}

/// The rules or the world said no. The rows of a file cannot be sent again by a button, so they join the typed ones.
fn not_founded(visitor: &Visitor, error: &ActError, fields: &Fields, upload: &Upload) -> Stop {
    let mut fields = fields.clone();
    if let (false, Ok(rows)) = (upload.0.is_empty(), std::str::from_utf8(&upload.0)) {
        fields.put("members", &format!("{}\n{rows}", fields.get("members")));
    }
    let back = Route::Found {};
    visitor.refused(error, &back, &Packed::new(&back.path(), &fields))
}

fn choices(visitor: &Visitor) -> Vec<CharterChoice> {
    let words = crate::words::Words::of(visitor.language());
    let choice = |ready: Ready| CharterChoice {
        id: ready.id.to_owned(),
        name: ready.title(words),
        about: ready.about(words),
        link: Route::ReadyCharter { charter: ready.id.to_owned() },
    };
    READY.into_iter().map(choice).collect()
}

impl FromRequest<Site> for FoundForm {
    type Rejection = Stop;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Stop> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::read(&mut parts, site).await?;
        let body = read_body(&parts.headers, body, FOUND_BYTES_MAX).await;
        let body = body.map_err(|fault| visitor.trouble(fault.trouble()))?;
        let read = read_with_file(&parts.headers, body, "members_file").await;
        let (fields, upload) = read.map_err(|fault| visitor.trouble(fault.trouble()))?;
        if !visitor.has_token(&fields) || !super::member::is_act(fields.get("act")) {
            let packed = Packed::new(&visitor.here, &fields);
            return Err(visitor.trouble_keeping(TroubleKind::Forbidden, &packed));
        }
        Ok(Self { visitor, fields, upload })
    }
}
