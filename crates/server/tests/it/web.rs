//! The pages as browsers ask for them: the real router, a real database, a clock that the test sets. No network.

/// A site, its members, and browsers with cookies.
mod site;

/// Other rules, from the form to being in force.
mod amending;
/// Asking for somebody else's sign-in link.
mod asking;
/// Texts that cost a server more than their author.
mod costly;
/// Asking everybody: votes by every method, consensus, objections, pledges, actions, removals, recalls, by forms alone.
mod deciding;
/// What is over, shown by the rules it was decided under.
mod earlier_rules;
/// Trying rules.
mod forecast;
/// Founding a group, with lists as spreadsheets export them.
mod founding;
/// The journal as files for other tools.
mod journal_files;
/// A text on its way, by forms alone.
mod journey;
/// What members decide alone, and who is invited.
mod membership;
/// What the person who runs the server sees.
mod operator;
/// A broadcast that is taken back.
mod recalling;
/// What must never come out.
mod secrets;
/// Signing in and out.
mod signing_in;
/// Staying signed in.
mod staying;
/// What holds for every address: hosts, origins, tokens, limits, strangers, headers.
mod walls;
