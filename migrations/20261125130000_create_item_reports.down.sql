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
drop table item_reports;
