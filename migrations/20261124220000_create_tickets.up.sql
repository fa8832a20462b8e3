-- Every text of a scenario that a ticket was ever made from, with the company it plays in.
create table scenario_versions (
    scenario_id   text        not null,
    -- SHA-256 of both texts, in hexadecimal.
    version       text        not null check (version ~ '^[0-9a-f]{64}$'),
    -- The TOML files as their authors wrote them, fault and rubric included.
    scenario      text        not null,
    site          text        not null,
    first_seen_at timestamptz not null default firstline_now(),
    primary key (scenario_id, version)
);
comment on table scenario_versions is 'reference: every text of a scenario that was ever played';

create table tickets (
    org_id           uuid        not null,
    ticket_id        uuid        not null,
    account_id       uuid        not null,
    scenario_id      text        not null,
    scenario_version text        not null,
    seed             bigint      not null,
    -- `engine::VERSION` when it was taken: the same log gives the same company only under the same version.
    engine_version   integer     not null,
    mode             text        not null check (mode in ('practice', 'assessment')),
    -- The closed ticket of the same person that this one continues.
    forked_from      uuid,
    -- How many rows ticket_steps has for it.
    steps            integer     not null default 0 check (steps >= 0),
    -- The actions that count: those that were not taken back.
    actions          integer     not null default 0 check (actions >= 0),
    -- The page that works on it; any other is told so.
    writer           uuid,
    started_at       timestamptz not null default firstline_now(),
    -- Null in practice.
    deadline_at      timestamptz,
    -- Null while it is open.
    closed_at        timestamptz,
    score            smallint,
    max_score        smallint,
    passed           boolean,
    -- The verdict as the engine gave it, hints subtracted.
    verdict          jsonb,
    primary key (org_id, ticket_id),
    foreign key (org_id, account_id) references memberships on delete cascade,
    foreign key (scenario_id, scenario_version) references scenario_versions,
    check ((mode = 'practice') = (deadline_at is null)),
    check ((closed_at is null) = (verdict is null) and (closed_at is null) = (score is null)
           and (closed_at is null) = (max_score is null) and (closed_at is null) = (passed is null))
);
create index tickets_learner on tickets (org_id, account_id, started_at desc);
comment on table tickets is 'tenant: one learner''s run of a scenario with a seed';

-- The log: with scenario, version and seed it gives everything else.
create table ticket_steps (
    org_id          uuid        not null,
    ticket_id       uuid        not null,
    -- From 1, without gaps.
    step            integer     not null check (step > 0),
    idempotency_key uuid        not null,
    content         jsonb       not null,
    received_at     timestamptz not null default firstline_now(),
    primary key (org_id, ticket_id, step),
    unique (org_id, ticket_id, idempotency_key),
    foreign key (org_id, ticket_id) references tickets on delete cascade
);
comment on table ticket_steps is 'tenant: everything done in a ticket, as it arrived';

-- Longer time in assessments, in percent; set once and applied everywhere.
alter table accounts add column time_allowance smallint not null default 100 check (time_allowance in (100, 125, 150, 200));

create or replace procedure grant_serving_rights(serving_role name)
    language plpgsql
as $$
begin
    execute format('grant usage on schema public to %I', serving_role);
    execute format('grant select on _sqlx_migrations to %I', serving_role);
    execute format('grant select, insert, update, delete on accounts, sign_in_failures, sessions, account_links to %I', serving_role);
    execute format('grant select, insert, update on organisations, memberships to %I', serving_role);
    execute format('grant select, insert on item_versions, scenario_versions to %I', serving_role);
    execute format('grant select, insert, update on attempts, attempt_items to %I', serving_role);
    execute format('grant select, insert on responses to %I', serving_role);
    execute format('grant select, insert, update on mastery, item_history to %I', serving_role);
    execute format('grant select, insert, update on tickets to %I', serving_role);
    execute format('grant select, insert on ticket_steps to %I', serving_role);
end
$$;
revoke all on procedure grant_serving_rights from public;
