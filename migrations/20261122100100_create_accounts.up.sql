-- Every table says in its comment which class it belongs to. Global tables are small and never joined to tenant tables;
-- reference tables are copied everywhere; tenant tables are keyed by org_id first, so that they can be spread by organisation.

create table accounts (
    account_id    uuid primary key,
    name          text        not null,
    -- The name as it is compared: lower case.
    name_key      text        not null constraint accounts_name_key unique,
    -- PHC string; carries its own parameters. Null until the first reset link is used.
    password_hash text,
    -- Single-key shortcuts (WCAG 2.1.4).
    shortcuts     boolean     not null default true,
    -- The organisation a sign-in opens.
    home_org_id   uuid        not null,
    created_at    timestamptz not null default firstline_now()
);
comment on table accounts is 'global: a person who signs in';

-- By name and not by account, so that a name that nobody bears answers like one that somebody does.
create table sign_in_failures (
    -- SHA-256 of the name as it is compared.
    name_hash    bytea primary key,
    -- In a row, over every door that takes the password. The row goes with a success.
    failures     integer     not null default 0 check (failures >= 0),
    -- No password is tried before this time.
    locked_until timestamptz,
    tried_at     timestamptz not null default firstline_now()
);
comment on table sign_in_failures is 'global: failed passwords in a row, by name';

create table sessions (
    -- SHA-256 of the token in the cookie; the token itself is nowhere.
    token_hash   bytea primary key,
    session_id   uuid        not null constraint sessions_session_id_key unique,
    account_id   uuid        not null references accounts on delete cascade,
    org_id       uuid        not null,
    -- The role at sign-in. The session is dead once the membership says otherwise: a new role needs a new token.
    role         text        not null,
    device       text        not null,
    created_at   timestamptz not null default firstline_now(),
    last_seen_at timestamptz not null default firstline_now(),
    expires_at   timestamptz not null
);
create index sessions_account on sessions (account_id);
comment on table sessions is 'global: one sign-in on one device';

create table account_links (
    -- SHA-256 of the secret in the link.
    secret_hash bytea primary key,
    kind        text        not null check (kind in ('reset', 'invitation')),
    -- The account whose password is reset; an invitation makes a new one.
    account_id  uuid        references accounts on delete cascade,
    created_at  timestamptz not null default firstline_now(),
    expires_at  timestamptz not null,
    spent_at    timestamptz,
    check ((kind = 'reset') = (account_id is not null))
);
comment on table account_links is 'global: one-time links to reset a password or to sign up';
