//! What the played members have to say, in the order in which they say it, and what they tell an author. Invented. Knows nothing of
//! when it is said.

use mic_engine::charter::Audience;

/// A message that a played member puts forward.
#[derive(Debug)]
pub(super) struct Saying {
    /// The author's slot.
    pub(super) author: u32,
    pub(super) audience: Audience,
    pub(super) title: &'static str,
    pub(super) body: &'static str,
    /// How many of a hundred jurors say yes.
    pub(super) welcome: u64,
    /// What the author makes of it when a jury says no; without it the author lets it be.
    pub(super) revised: Option<&'static str>,
}

/// How many messages have gone the whole way before the visitor comes.
pub(super) const HISTORY: usize = 2;

/// What jurors who said yes add now and then.
pub(super) const WHY_YES: [&str; 8] = [
    "Short and clear. Thank you for writing it down.",
    "My neighbours asked me about exactly this.",
    "I did not know this, and I live in the next house.",
    "Good that it says when and where.",
    "It concerns all of us, also those who are not affected yet.",
    "I checked with two people on my staircase, it is the same there.",
    "Yes. Please tell us later how it went.",
    "Better now than when it is too late.",
];

/// What jurors who said no tell the author.
pub(super) const WHY_NO: [&str; 8] = [
    "This concerns a few, not everybody. A note in the hall would do.",
    "Say when and where, then it is worth a mail to all.",
    "Whom can I ask if I have a question? Add a name.",
    "Good idea, but please not in the same week as the meeting.",
    "I would like one sentence on how you know this.",
    "A little angry. I agree with the matter, not with the tone.",
    "Two things in one text. Could you split it?",
    "I would rather talk about this at the meeting first.",
];

const fn inside(author: u32, welcome: u64, title: &'static str, body: &'static str) -> Saying {
    Saying { author, audience: Audience::Members, title, body, welcome, revised: None }
}

const fn public(author: u32, welcome: u64, title: &'static str, body: &'static str) -> Saying {
    Saying { author, audience: Audience::Public, title, body, welcome, revised: None }
}

/// Every message, oldest first. The first [`HISTORY`] have gone out when the visitor comes.
pub(super) const SAYINGS: [Saying; 18] = [
    inside(
        4,
        97,
        "The rent letter: do not sign yet",
        "Many of us got a letter this week that asks us to agree to a higher rent **within fourteen days**.\n\n\
         You have two months by law, and silence is not a yes. The advice centre in Speicherstraße looks at every letter for free, \
         Tuesdays from 16:00 to 19:00. Bring the letter and last year's bill.",
    ),
    public(
        17,
        97,
        "Tenants' meeting on Thursday at 19:00",
        "In the canteen of the old rope works, entrance from the yard, step-free.\n\n\
         - the rent letters: what the advice centre found\n\
         - heating in blocks C and D\n\
         - who speaks to the newspaper\n\n\
         Children are welcome, there is a corner for them. Tea and soup by Carmen.",
    ),
    inside(
        11,
        93,
        "Heating in block D: write the temperature down",
        "It was 16 degrees in our kitchen three mornings in a row. The company says that nobody has complained.\n\n\
         Please write down **date, time, room and degrees** for one week and put the sheet into the box at Lindenhof 12. With twenty \
         sheets we have something to show.",
    ),
    inside(
        28,
        92,
        "Lift in Kaistraße 8 stands still again",
        "Fourth time this year. Mrs Thomsen on the fifth floor cannot leave the house.\n\n\
         Whoever can carry shopping up on Tuesdays or Fridays: write your name on the list beside the letter boxes. I call the company \
         every morning at nine until it runs, join me: the more calls, the better.",
    ),
    Saying {
        author: 31,
        audience: Audience::Members,
        title: "The bins are a disgrace",
        body: "It cannot go on like this. Some people here never learned how to live together. Everybody knows who it is.",
        welcome: 12,
        revised: Some(
            "The bins behind block B overflow every weekend since the collection was changed to Mondays. I asked the city: a \
             fifth bin costs each flat **40 cents a month**, and the company has to order it if thirty flats ask for it.\n\n\
             The list hangs in the laundry of block B until the end of the month. Ask me there, Saturdays at ten. Felix",
        ),
    },
    public(
        0,
        95,
        "Three blocks are to be sold, says the land register",
        "Samir looked into the land register: for Kaistraße 2, 4 and 6 a sale has been *announced*. The city has two months in which it \
         may buy first, and the clock runs.\n\n\
         On Wednesday the district council meets at 17:00 in the town hall, room 3. **Come, thirty of us is a crowd there.** Wear \
         something yellow.",
    ),
    inside(
        13,
        90,
        "Free legal evening in Arabic, Turkish and Polish",
        "On the first Monday of the month a lawyer and three interpreters sit in the library from 18:00. You need no appointment. \
         Bring every letter you did not understand, also the old ones.",
    ),
    inside(
        22,
        22,
        "Cheap winter tyres",
        "My brother-in-law has eight sets left, almost new, half the price of the shop. Knock at my door, second floor.",
    ),
    inside(
        36,
        91,
        "Mould: photograph first, paint later",
        "Whoever paints over mould loses the proof. Take pictures with a ruler beside it, note the day, write to the company and ask for \
         a date. I have a model letter that fits on one page: Katrin, Lindenhof 3, or take one from the box in the laundry.",
    ),
    inside(
        9,
        88,
        "Bike cellar: the key has changed",
        "The lock was broken last week. The new key is at the kiosk against five euros deposit; show any letter with your address. \
         Bikes without a ribbon by the end of the month go to the repair café, ribbons hang at the door.",
    ),
    public(
        18,
        94,
        "We have been heard: the city checks the sale",
        "The district council has asked the city to use its right to buy first for Kaistraße 2, 4 and 6. Twenty-six of us were there. \
         It is not won yet: the decision falls in five weeks. Until then, nobody signs anything the company brings to the door.",
    ),
    inside(
        2,
        90,
        "Who can translate for half an hour?",
        "Four families in block A got a notice they cannot read. We look for people who speak Romanian, Tigrinya or Vietnamese and have \
         half an hour on Sunday afternoon. Write to me through the people page. Thank you, Chloé",
    ),
    inside(
        25,
        89,
        "Playground: the swing comes back",
        "The company took the swing away for safety and forgot it. After our letter it promises a new one by the 15th. If nothing \
         stands there on the 16th we bring our own chairs and have coffee in their entrance hall. You are all invited.",
    ),
    inside(33, 30, "Against the new bus stop", "It takes two parking spaces and I was not asked."),
    inside(
        15,
        92,
        "Heating, result of the sheets",
        "We have 34 sheets. In block D no kitchen reached 20 degrees before ten in the morning. The advice centre says that this is a \
         reason to pay less, about a tenth, **but only after a letter and only with advice**. The letter is ready, come on Tuesday.",
    ),
    inside(
        6,
        90,
        "Soup on Sundays, all winter",
        "From this Sunday there is soup in the rope works from 12 to 14 o'clock. It costs what you have. We need two cooks and three \
         people who wash up each time; the calendar hangs at the door.",
    ),
    public(
        29,
        91,
        "The newspaper comes on Friday",
        "A reporter of the evening paper walks through blocks C and D on Friday from 15:00. Nobody has to talk to her. Whoever wants to: \
         meet at the kiosk at 14:45, we agree on three sentences that everybody can say.",
    ),
    inside(
        19,
        93,
        "Thank you, and what comes next",
        "Half a year ago twelve of us sat in a kitchen. Now we are forty, the lift runs, and the city is checking the sale. Next month we \
         choose three things for the spring. Bring one each.",
    ),
];
