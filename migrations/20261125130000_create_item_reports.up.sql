-- What learners say is wrong with an item, once they have been told its answer.
create table item_reports (
    org_id       uuid        not null,
    report_id    uuid        not null,
    account_id   uuid        not null,
    -- Where the learner met the item.
    attempt_id   uuid        not null,
    position     smallint    not null,
    item_id      text        not null,
    item_version text        not null,
    kind         text        not null check (kind in ('key', 'several', 'outdated', 'unclear', 'layout')),
    -- Plain text in the learner's words; may be empty. The longest is `LONGEST_NOTE` of domain/src/reports.rs.
    note         text        not null check (char_length(note) <= 500),
    reported_at  timestamptz not null default firstline_now(),
    -- What became of it. Null while it is open.
    outcome      text        check (outcome in ('mended', 'no-fault')),
    closed_at    timestamptz,
    -- The administrator who closed it; null as well once that person has left.
    closed_by    uuid,
    primary key (org_id, report_id),
    -- Said once is enough.
    constraint item_reports_once unique (org_id, account_id, item_id, item_version, kind),
    foreign key (org_id, account_id) references memberships on delete cascade,
    foreign key (org_id, attempt_id, position) references attempt_items on delete cascade,
    foreign key (item_id, item_version) references item_versions,
    foreign key (org_id, closed_by) references memberships on delete set null (closed_by),
    check ((outcome is null) = (closed_at is null) and (closed_by is null or outcome is not null))
);
create index item_reports_list on item_reports (org_id, (outcome is not null), reported_at desc);
-- For authors, in whatever organisation.
create index item_reports_open on item_reports (item_id) where outcome is null;
comment on table item_reports is 'tenant: what a learner says is wrong with one version of an item';

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
    execute format('grant select, insert, update on item_reports to %I', serving_role);
end
$$;
revoke all on procedure grant_serving_rights from public;
