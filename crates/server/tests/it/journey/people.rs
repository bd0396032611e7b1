//! Two hundred people as a group's list has them, and that list as a spreadsheet exports it. They know nothing of the program.

/// Members of the group, the founder among them.
pub(super) const PEOPLE: usize = 200;

const GIVEN: [&str; 20] = [
    "Åse",
    "Zoë",
    "Jürgen",
    "Chloé",
    "Nuño",
    "Ðorđe",
    "Łucja",
    "Şebnem",
    "Ines",
    "Tomás",
    "Aïcha",
    "Björk",
    "Çağla",
    "Dvořák",
    "Élodie",
    "François",
    "Gödel",
    "Høgni",
    "Íñigo",
    "Käthe",
];
const FAMILY: [&str; 10] = [
    "Sørensen",
    "Núñez",
    "Müller-Brandt",
    "O'Brien",
    "van der Berg",
    "Straße",
    "Kowalska",
    "Yılmaz",
    "d'Arc",
    "Peña",
];

/// Somebody whose name, address and language stand on the list.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) email: String,
    /// As it stands on the list: empty where nobody wrote one down.
    pub(super) language: &'static str,
}

/// All of them, by their place on the roll: the founder first, then the rows of the list.
pub(super) fn all() -> Vec<Person> {
    (0..PEOPLE).map(person).collect()
}

/// A list as a spreadsheet in German exports it: a byte order mark, semicolons, CR LF, a heading, quotes where a cell has a
/// semicolon or a quote in it, and an empty row where somebody left one. The founder typed themself in and is not on it.
pub(super) fn spreadsheet() -> Vec<u8> {
    let mut text = "\u{feff}Name;E-Mail;Sprache\r\n".to_owned();
    for (row, Person { name, email, language }) in all().into_iter().enumerate().skip(1) {
        let quoted = if name.contains([';', '"']) {
            format!("\"{}\"", name.replace('"', "\"\""))
        } else {
            name
        };
        text += &[quoted.as_str(), &email, language].join(";");
        text += "\r\n";
        if row == 100 {
            text.push_str(";;\r\n");
        }
    }
    text.into_bytes()
}

/// The same with two rows that cannot be right: one without an address that can be one, one that is there twice.
pub(super) fn faulty_spreadsheet() -> Vec<u8> {
    let twice = &all()[1].email;
    let rows = format!("Cem Sade;cem@@example;de\r\nÅse noch einmal;{twice};\r\n");
    [spreadsheet(), rows.into_bytes()].concat()
}

/// The row of that list, as a spreadsheet counts, where the first fault stands: after a heading, 199 people and an empty row.
pub(super) const FAULTY_ROW: usize = PEOPLE + 2;

fn person(number: usize) -> Person {
    let (given, family) =
        (GIVEN[number % GIVEN.len()], FAMILY[number / GIVEN.len() % FAMILY.len()]);
    let name = match number % 7 {
        3 => format!("{given} \"{number}\" {family}"),
        5 => format!("{family}; {given}"),
        _ => format!("{given} {family}"),
    };
    let language = ["de", "en", ""][number % 3];
    Person { name, email: format!("member{number}@example.test"), language }
}
