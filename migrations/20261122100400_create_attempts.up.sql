create table attempts (
    org_id      uuid        not null,
    attempt_id  uuid        not null,
    account_id  uuid        not null,
    exam_id     text        not null,
    kind        text        not null check (kind in ('study')),
    -- What the form and the order of the options were drawn with.
    seed        bigint      not null,
    questions   smallint    not null check (questions > 0),
    answered    smallint    not null default 0 check (answered between 0 and questions),
    correct     smallint    not null default 0 check (correct between 0 and answered),
    started_at  timestamptz not null default firstline_now(),
    -- Null while the attempt is open.
    finished_at timestamptz,
    primary key (org_id, attempt_id),
    foreign key (org_id, account_id) references memberships on delete cascade
);
create index attempts_learner on attempts (org_id, account_id, started_at desc);
comment on table attempts is 'tenant: one learner''s run of one form';

-- The form of an attempt, and the answer that counts for each of its items.
create table attempt_items (
    org_id       uuid       not null,
    attempt_id   uuid       not null,
    position     smallint   not null check (position > 0),
    item_id      text       not null,
    item_version text       not null,
    objective_id text       not null,
    -- Place on the page -> place in the file, both from 0.
    option_order smallint[] not null,
    marked       boolean    not null default false,
    -- Places in the file, from 0. Null while unanswered.
    chosen       smallint[],
    correct      boolean,
    answered_at  timestamptz,
    primary key (org_id, attempt_id, position),
    unique (org_id, attempt_id, item_id),
    foreign key (org_id, attempt_id) references attempts on delete cascade,
    foreign key (item_id, item_version) references item_versions,
    check ((chosen is null) = (correct is null) and (chosen is null) = (answered_at is null))
);
comment on table attempt_items is 'tenant: the items of an attempt with the answer that counts';

-- Every answer as it arrived. The idempotency key makes an answer that is sent twice count once.
create table responses (
    org_id          uuid        not null,
    attempt_id      uuid        not null,
    idempotency_key uuid        not null,
    position        smallint    not null,
    -- The client's own count of its answers in this attempt: their order, whatever order they arrive in.
    client_sequence integer     not null check (client_sequence >= 0),
    chosen          smallint[]  not null,
    correct         boolean     not null,
    received_at     timestamptz not null default firstline_now(),
    primary key (org_id, attempt_id, idempotency_key),
    foreign key (org_id, attempt_id, position) references attempt_items on delete cascade
);
comment on table responses is 'tenant: every answer as it arrived';
