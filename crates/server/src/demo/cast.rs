//! Who is in the group of the demonstration: forty invented people who rent in an invented quarter. Knows nothing of what they do.

use mic_engine::append::Person;
use mic_engine::command::Profile;
use mic_engine::ids::Slot;

/// The visitor's place on the roll; all slots before it are played.
pub(super) const VISITOR: Slot = Slot(39);
pub(super) const VISITOR_NAME: &str = "Robin Sander";
/// Addresses end in a name that exists nowhere (RFC 2606).
pub(super) const VISITOR_ADDRESS: &str = "robin.sander@hafenviertel.invalid";
pub(super) const GROUP_NAME: &str = "Hafenviertel Tenants";

/// The played members, slots 0 to 38.
const PLAYED: [&str; 39] = [
    "Amara Diallo",
    "Bartosz Nowak",
    "Chloé Lambert",
    "Dieter Harms",
    "Elif Yılmaz",
    "Farid Haddad",
    "Greta Lindqvist",
    "Hiroshi Tanaka",
    "Ines Carvalho",
    "Jonas Weber",
    "Kavita Rao",
    "Lars Petersen",
    "Mina Park",
    "Noor Rahman",
    "Oskar Brandt",
    "Paula Fernández",
    "Quentin Moreau",
    "Rosa Marini",
    "Samir Aziz",
    "Tereza Dvořáková",
    "Umar Sadiq",
    "Vera Kovač",
    "Wim de Vries",
    "Xenia Papadaki",
    "Yusuf Demir",
    "Zofia Mazur",
    "Abel Tesfaye",
    "Birgit Hofmann",
    "Carmen Ruiz",
    "Daniel Mensah",
    "Esther Cohen",
    "Felix Braun",
    "Gesa Thomsen",
    "Hassan Jaber",
    "Irena Horvat",
    "João Pereira",
    "Katrin Bauer",
    "Leila Mansour",
    "Marek Zieliński",
];

/// A member who does not show the name to the others: that is everyone's own choice.
const SHY: [u32; 3] = [7, 21, 33];

/// All forty, by slot.
pub(super) fn members() -> Vec<Person> {
    let mut members: Vec<Person> =
        (0..).zip(PLAYED).map(|(slot, name)| person(name, &played_address(slot))).collect();
    members.push(person(VISITOR_NAME, VISITOR_ADDRESS));
    members
}

/// Whether the program plays a member.
pub(super) fn is_played(slot: Slot) -> bool {
    slot < VISITOR
}

/// Whether a played member lets the others see the name.
pub(super) fn shows_name(slot: Slot) -> bool {
    !SHY.contains(&slot.0)
}

/// The name of a member, for the terminal of whoever runs the demonstration.
pub(super) fn name(slot: Slot) -> &'static str {
    let place = usize::try_from(slot.0).unwrap_or(usize::MAX);
    PLAYED.get(place).copied().unwrap_or(VISITOR_NAME)
}

pub(super) fn profile() -> Profile {
    Profile {
        name: GROUP_NAME.to_owned(),
        purpose: "We rent in the blocks between the old harbour and the ring road, most of us from the same company. \
                  What everybody should know goes through here. In this demonstration the program plays all members but you."
            .to_owned(),
        language: "en".to_owned(),
    }
}

/// The address of a played member. Numbered, since names are not made of letters that addresses are made of.
pub(super) fn played_address(slot: u32) -> String {
    format!("member{slot}@hafenviertel.invalid")
}

fn person(name: &str, email: &str) -> Person {
    Person { name: name.to_owned(), email: email.to_owned(), language: "en".to_owned() }
}
