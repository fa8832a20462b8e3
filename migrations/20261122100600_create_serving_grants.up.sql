-- The owner role migrates; the role that serves may read and write rows and nothing else. Its name is the operator's choice,
-- so the program calls this after migrating. What a later migration adds is added here by replacing the function.
create procedure grant_serving_rights(serving_role name)
    language plpgsql
as $$
begin
    execute format('grant usage on schema public to %I', serving_role);
    execute format('grant select on _sqlx_migrations to %I', serving_role);
    execute format('grant select, insert, update, delete on accounts, sign_in_failures, sessions, account_links to %I', serving_role);
    execute format('grant select, insert, update on organisations, memberships to %I', serving_role);
    execute format('grant select, insert on item_versions to %I', serving_role);
    execute format('grant select, insert, update on attempts, attempt_items to %I', serving_role);
    execute format('grant select, insert on responses to %I', serving_role);
    execute format('grant select, insert, update on mastery, item_history to %I', serving_role);
end
$$;
revoke all on procedure grant_serving_rights from public;
