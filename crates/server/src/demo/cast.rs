//! Who is played, and what they have to say. Invented. Knows no engine.

/// The played members, slots 0 to 38.
pub(super) const PLAYED: [&str; 39] = [
    "Amara Okafor",
    "Bartosz Nowak",
    "Chloé Lambert",
    "Dmitri Volkov",
    "Elif Yılmaz",
    "Farid Haddad",
    "Greta Lindqvist",
    "Hiroshi Tanaka",
    "Ines Carvalho",
    "Jonas Weber",
    "Kavita Rao",
    "Lars Johansen",
    "Mina Park",
    "Noor Rahman",
    "Oskar Nilsen",
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
    "Gabriela Silva",
    "Hassan Jaber",
    "Irena Horvat",
    "Joao Pereira",
    "Katrin Bauer",
    "Leila Mansour",
    "Marek Zieliński",
];

/// A text that a played member puts forward.
pub(super) struct Text {
    pub(super) title: &'static str,
    pub(super) body: &'static str,
    /// How many of ten jurors would say yes.
    pub(super) appeal: u64,
}

pub(super) const TEXTS: [Text; 8] = [
    Text {
        title: "The depot meeting moves to Thursday",
        body: "The hall is closed on Wednesday, so **we meet on Thursday at 19:00** instead, same place.\n\n\
               - bring the sign-up lists from your shift\n- tea is there",
        appeal: 9,
    },
    Text {
        title: "New timetable: check your breaks",
        body: "From Monday, line 4 has *eleven minutes* at the terminus instead of fifteen. Write down every \
               break you lose and give the list to your steward by the 20th.",
        appeal: 9,
    },
    Text {
        title: "My cousin sells excellent winter boots",
        body: "Sizes 38 to 46, lined, half the shop's price. Ask me in the canteen.",
        appeal: 1,
    },
    Text {
        title: "Brakes of series 200: report every time",
        body: "Three cars braked late on wet rails this week. **Report each case in writing**, also the small \
               ones. Without numbers nobody will take the series off the road.",
        appeal: 10,
    },
    Text {
        title: "Solidarity with the bus drivers on Saturday",
        body: "The bus drivers stand in front of the town hall on Saturday at noon. Come in uniform if you can.",
        appeal: 8,
    },
    Text {
        title: "Who left the coffee machine on?",
        body: "It was on all night. Again. I know who you are.",
        appeal: 1,
    },
    Text {
        title: "Free first-aid course for all shifts",
        body: "Two evenings, in the training room, paid as working time. Sign up with the works council until Friday.",
        appeal: 8,
    },
    Text {
        title: "Night shifts: the offer is on the table",
        body: "They offer four per cent more for nights, and want two more nights a month. The whole text lies in \
               the canteen. Read it before the meeting: there we say yes or no.",
        appeal: 9,
    },
];

/// What a juror who says no may tell the author.
pub(super) const REASONS: [&str; 5] = [
    "This concerns a few, not everybody.",
    "Say when and where, then it is worth a mail to all.",
    "Good idea, wrong week.",
    "I would rather hear this in the canteen.",
    "",
];

/// Words a juror makes a ballot their own with.
pub(super) const NONCES: [&str; 12] = [
    "rail",
    "lantern",
    "points",
    "brass bell",
    "overhead wire",
    "terminus",
    "green signal",
    "sand box",
    "ticket punch",
    "loop track",
    "night car",
    "spare key",
];
