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
drop table presets;
drop function question_times;
drop index attempts_deadline;
create index attempts_deadline on attempts (deadline_at) where kind = 'exam' and finished_at is null;
-- A quiz goes on without its limit.
update attempts set time_limit = null, deadline_at = null where kind <> 'exam';
alter table attempts
    drop constraint attempts_exam,
    add constraint attempts_exam check (
        (kind = 'exam') = (length is not null) and (kind = 'exam') = (mode is not null)
        and (kind = 'exam') = (time_limit is not null) and (kind = 'exam') = (deadline_at is not null)
        and (kind = 'exam') = (scale_min is not null) and (kind = 'exam') = (scale_max is not null)
        and (kind = 'exam') = (pass_mark is not null)
        and (credit is null or kind = 'exam' and finished_at is not null)
        and (paused_at is null or mode = 'practice'));
