-- Drills: study quizzes with a time limit, and settings of the builder that a learner keeps.

-- Only exams must have a limit. An attempt with one has a deadline, whatever its kind.
alter table attempts
    drop constraint attempts_exam,
    add constraint attempts_exam check (
        (kind = 'exam') = (length is not null) and (kind = 'exam') = (mode is not null)
        and (kind <> 'exam' or time_limit is not null) and (time_limit is null) = (deadline_at is null)
        and (kind = 'exam') = (scale_min is not null) and (kind = 'exam') = (scale_max is not null)
        and (kind = 'exam') = (pass_mark is not null)
        and (credit is null or kind = 'exam' and finished_at is not null)
        and (paused_at is null or mode = 'practice'));
drop index attempts_deadline;
-- For those whose time is up, in whatever organisation.
create index attempts_deadline on attempts (deadline_at) where deadline_at is not null and finished_at is null;

-- How long each question of an exam took: what passed on the exam's clock before each of its changes since the change before,
-- whichever question that was. The steps of a simulation are its changes. The server's own measure, which needs nothing from the client.
create function question_times(org uuid, attempt uuid) returns table ("position" smallint, spent_ms bigint)
    language sql stable parallel safe
begin atomic
    with gaps as (
        select c."position", c.exam_ms - lag(c.exam_ms, 1, 0) over (order by c.exam_ms, c.number) as gap
        from (select r."position", r.exam_ms, r.client_sequence as number
              from responses r where r.org_id = org and r.attempt_id = attempt
              union all
              select t."position", s.exam_ms, s.step
              from tickets t join ticket_steps s on s.org_id = t.org_id and s.ticket_id = t.ticket_id
              where t.org_id = org and t.attempt_id = attempt) as c
    )
    select gaps."position", sum(gap) from gaps group by gaps."position";
end;

create table presets (
    org_id     uuid        not null,
    preset_id  uuid        not null,
    account_id uuid        not null,
    name       text        not null check (char_length(name) between 1 and 60),
    -- What the builder asks for: `PracticeRequest` of app/src/practice/api.rs as it was when this was kept.
    request    jsonb       not null,
    created_at timestamptz not null default firstline_now(),
    primary key (org_id, preset_id),
    foreign key (org_id, account_id) references memberships on delete cascade
);
create unique index presets_name on presets (org_id, account_id, lower(name));
comment on table presets is 'tenant: settings of the practice builder that one learner keeps';

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
    execute format('grant select, insert, delete on presets to %I', serving_role);
end
$$;
revoke all on procedure grant_serving_rights from public;
