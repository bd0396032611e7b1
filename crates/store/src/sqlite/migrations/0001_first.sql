-- The first schema. Later migrations only add (expand, never contract), so that a file can be read by the release before.
-- "sealed" columns hold XChaCha20-Poly1305 ciphertexts bound to their row; "keyed" columns hold keyed hashes.

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE groups (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    public INTEGER NOT NULL,
    prepared INTEGER NOT NULL,
    length INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    group_id BLOB NOT NULL REFERENCES groups (id),
    seq INTEGER NOT NULL,
    proposal INTEGER,
    leaf BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (group_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_by_proposal ON entries (group_id, proposal, seq) WHERE proposal IS NOT NULL;

CREATE TABLE command_keys (
    group_id BLOB NOT NULL REFERENCES groups (id),
    key BLOB NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (group_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX command_keys_by_seq ON command_keys (group_id, seq);

CREATE TABLE checkpoints (
    group_id BLOB NOT NULL REFERENCES groups (id),
    size INTEGER NOT NULL,
    at INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (group_id, size, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificates (
    group_id BLOB NOT NULL REFERENCES groups (id),
    number INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (group_id, number)
) STRICT;

-- Erased: sealed is NULL.
CREATE TABLE documents (
    group_id BLOB NOT NULL REFERENCES groups (id),
    hash BLOB NOT NULL,
    kind INTEGER NOT NULL,
    sealed BLOB,
    PRIMARY KEY (group_id, hash)
) STRICT;

CREATE TABLE document_proposals (
    group_id BLOB NOT NULL,
    hash BLOB NOT NULL,
    proposal INTEGER NOT NULL,
    PRIMARY KEY (group_id, hash, proposal),
    FOREIGN KEY (group_id, hash) REFERENCES documents (group_id, hash)
) STRICT, WITHOUT ROWID;

-- Without row ids and times: nothing here tells in which order ballots came.
CREATE TABLE vault (
    group_id BLOB NOT NULL REFERENCES groups (id),
    proposal INTEGER NOT NULL,
    step INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (group_id, proposal, step, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE reasons (
    group_id BLOB NOT NULL REFERENCES groups (id),
    proposal INTEGER NOT NULL,
    step INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (group_id, proposal, step)
) STRICT, WITHOUT ROWID;

-- An account is an address. Its number is never used again.
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    address_keyed BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE members (
    group_id BLOB NOT NULL REFERENCES groups (id),
    slot INTEGER NOT NULL,
    account INTEGER NOT NULL REFERENCES accounts (id),
    sealed BLOB NOT NULL,
    active_month INTEGER,
    PRIMARY KEY (group_id, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_by_account ON members (account);

CREATE TABLE candidates (
    id BLOB NOT NULL PRIMARY KEY,
    group_id BLOB NOT NULL REFERENCES groups (id),
    token_keyed BLOB NOT NULL UNIQUE,
    state INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX candidates_by_group ON candidates (group_id);

CREATE TABLE sessions (
    token_keyed BLOB NOT NULL PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    expires INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_expiry ON sessions (expires);

CREATE TABLE sign_ins (
    address_keyed BLOB NOT NULL PRIMARY KEY,
    link_keyed BLOB NOT NULL UNIQUE,
    browser_keyed BLOB NOT NULL UNIQUE,
    code_keyed BLOB NOT NULL,
    tries_left INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_ins_by_expiry ON sign_ins (expires);

CREATE TABLE api_tokens (
    id BLOB NOT NULL PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    token_keyed BLOB NOT NULL UNIQUE,
    expires INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX api_tokens_by_account ON api_tokens (account);

CREATE TABLE drafts (
    group_id BLOB NOT NULL,
    slot INTEGER NOT NULL,
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (group_id, slot, id),
    FOREIGN KEY (group_id, slot) REFERENCES members (group_id, slot) ON DELETE CASCADE
) STRICT;

CREATE TABLE draft_versions (
    group_id BLOB NOT NULL,
    slot INTEGER NOT NULL,
    id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (group_id, slot, id, revision),
    FOREIGN KEY (group_id, slot, id) REFERENCES drafts (group_id, slot, id) ON DELETE CASCADE
) STRICT;

-- Sent or given up: sealed and due are NULL, and the row stays a while to count letters to one address.
CREATE TABLE letters (
    id BLOB NOT NULL PRIMARY KEY,
    kind INTEGER NOT NULL,
    group_id BLOB REFERENCES groups (id),
    address_keyed BLOB NOT NULL,
    written INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    due INTEGER,
    fencing INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    sealed BLOB
) STRICT;
CREATE INDEX letters_by_due ON letters (due) WHERE due IS NOT NULL;
CREATE INDEX letters_by_address ON letters (address_keyed, written);
CREATE INDEX letters_by_expiry ON letters (expires);

-- slots is NULL for a run; else four big-endian bytes for each slot. done and in_flight have one bit for each recipient.
-- due is when to look at the parcel next: the end of the claim while one holds, NULL when nothing is left to do.
CREATE TABLE parcels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id BLOB NOT NULL REFERENCES groups (id),
    notice TEXT NOT NULL,
    channel INTEGER NOT NULL,
    first_slot INTEGER NOT NULL,
    count INTEGER NOT NULL,
    slots BLOB,
    done BLOB NOT NULL,
    in_flight BLOB,
    done_count INTEGER NOT NULL,
    given_up INTEGER NOT NULL,
    due INTEGER,
    fencing INTEGER NOT NULL,
    UNIQUE (group_id, notice, channel, first_slot)
) STRICT;
CREATE INDEX parcels_by_due ON parcels (channel, due, id) WHERE due IS NOT NULL;
CREATE INDEX parcels_waiting ON parcels (group_id, notice) WHERE due IS NOT NULL;
CREATE INDEX parcels_parked ON parcels (group_id, id) WHERE given_up > 0;

CREATE TABLE parcel_exceptions (
    parcel INTEGER NOT NULL REFERENCES parcels (id),
    place INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    sealed BLOB,
    PRIMARY KEY (parcel, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_exceptions_by_slot ON parcel_exceptions (slot) WHERE sealed IS NOT NULL;
