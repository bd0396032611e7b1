# The certificate page.

certificate-title = Certificate of no. { $number }
certificate-lead = How it came about that everybody got this message, step by step.
certificate-jury = The jury
certificate-first-jury = The first jury
certificate-appeal-jury = The larger jury
certificate-pool = Who could be drawn
certificate-pool-about =
    When the proposal was opened, the group had { $roll ->
        [one] 1 member
       *[other] { $roll } members
    } on its roll. { $eligible } of them could be drawn.
excluded-left =
    { $count ->
        [one] 1 had
       *[other] { $count } had
    } left the group
excluded-author =
    { $count ->
        [one] 1 wrote
       *[other] { $count } wrote
    } the text
excluded-cosigner =
    { $count ->
        [one] 1 co-signed
       *[other] { $count } co-signed
    } it
excluded-too_new =
    { $count ->
        [one] 1 was
       *[other] { $count } were
    } too new
excluded-paused =
    { $count ->
        [one] 1 was
       *[other] { $count } were
    } pausing
excluded-served =
    { $count ->
        [one] 1 had
       *[other] { $count } had
    } served lately
certificate-draw = How lots were drawn
certificate-called = Everything the draw depends on was written down { $at }, before the random number existed.
certificate-drand = { $at } the public random source drand gave its number; from it follows the order, which anyone can recompute.
certificate-local = { $at } the server opened its own number, which it had fixed long before. The operator could have known it.
certificate-seats = Who sat
certificate-seats-about =
    { $seats ->
        [one] 1 seat
       *[other] { $seats } seats
    }, given in the drawn order.
certificate-replaced =
    { $count ->
        [one] 1 seat
       *[other] { $count } seats
    } passed on because of silence or stepping aside.
certificate-grown = It was close, so { $count } more were seated.
certificate-count = How it was counted
certificate-count-approved = { $turnout } answered: { $yes } yes, { $no } not now. { $agree } yes were needed: approved.
certificate-count-declined = { $turnout } answered: { $yes } yes, { $no } not now. { $agree } had to agree: declined.
certificate-count-undecided = { $turnout } answered: { $yes } yes, { $no } not now. { $agree } had to agree: not decided.
certificate-closed = Counted { $at }.
certificate-attested =
    For { $count ->
        [one] 1 answer
       *[other] { $count } answers
    } only the server vouches that the right juror gave it.
certificate-numbers = The numbers, to recheck
certificate-seated = Seated, in the drawn order
certificate-seated-about = Numbers are places on the roll.
certificate-ballots = All answers, opened
certificate-ballots-about = In an order that tells nothing about who answered when. Jurors find theirs by their words.
ballot-yes = yes
ballot-no = not now
certificate-recheck = Recheck it yourself
certificate-recheck-about = The program and a second, independent one go through the whole record and say whether all of this holds:
certificate-file = The certificate as a file
certificate-none = This message has no certificate file: nobody had to judge it, or the file would be too large. The record of the group shows how it came about.
certificate-more-numbers = Numbers of the text and the record
figure-version = Fingerprint of the text
figure-charter = Fingerprint of the rules
figure-previous = Fingerprint of the message before
figure-entry = Line of the record
figure-draw = Fingerprint of the draw's inputs
figure-exclusions = Fingerprint of the list of those passed over
figure-chain = Random source
figure-round = Number of its round
figure-signature = Its signature
figure-randomness = The random number
figure-seed = Seed of the order
figure-checkpoint = Signed state of the record before the draw
