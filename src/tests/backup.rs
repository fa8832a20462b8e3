//! Backup and restore: a round trip that loses nothing, and every refusal.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::*;

/// Every table's rows in a stable order, as one checksum a table.
const CONTENTS: &str = "select string_agg(name || ':' || rows, E'\\n' order by name) from (
    select 'accounts' as name, count(*) || '/' || coalesce(md5(string_agg(a::text, ',' order by a::text)), '') as rows from accounts a
    union all select 'organisations', count(*) || '/' || coalesce(md5(string_agg(o::text, ',' order by o::text)), '') from organisations o
    union all select 'memberships', count(*) || '/' || coalesce(md5(string_agg(m::text, ',' order by m::text)), '') from memberships m
    union all select 'item_versions', count(*) || '/' || coalesce(md5(string_agg(i::text, ',' order by i::text)), '') from item_versions i
        where exam_id = 'exam'
    union all select 'attempts', count(*) || '/' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from attempts t
    union all select 'migrations', count(*) || '/' || md5(string_agg(s::text, ',' order by s::text)) from _sqlx_migrations s) as tables";

const PEOPLE: &str = "
    insert into organisations (org_id, name) select gen_random_uuid(), E'Ünïted \\\\ \"desk\" ' || n from generate_series(1, 200) n;
    insert into accounts (account_id, name, name_key, password_hash, home_org_id)
        select gen_random_uuid(), 'Ada' || row_number() over (), 'ada' || row_number() over (), E'line\\nbreak\\ttab', org_id
        from organisations;
    insert into memberships (org_id, account_id, role) select home_org_id, account_id, 'learner' from accounts;
    insert into item_versions (item_id, version, exam_id, objective_id, source)
        values ('it-1', repeat('a', 64), 'exam', '1.1', E'stem = \"\\\\.\"\\n\\\\.\\n');
    insert into attempts (org_id, attempt_id, account_id, exam_id, kind, seed, questions)
        select org_id, gen_random_uuid(), account_id, 'exam', 'study', 42, 10 from memberships";

fn filled(data: &Path) -> String {
    succeed(firstline(data).arg("migrate"));
    sql(data, PEOPLE);
    sql(data, CONTENTS)
}

#[test]
fn a_round_trip_keeps_every_row_and_can_be_repeated() {
    let (first, second) = (Folder::new(), Folder::new());
    let before = filled(first.path());
    assert!(before.contains("accounts:200/"), "{before}");
    let mut file = first.join("first.dump");
    succeed(firstline(first.path()).arg("backup").arg(&file));
    assert_eq!(fs::metadata(&file).expect("it was written").permissions().mode() & 0o777, 0o600);
    // The second restore shows that a restored database can be backed up like any other.
    for (data, force) in [(second.path(), false), (first.path(), true)] {
        let mut restore = firstline(data);
        restore.arg("restore").arg(&file);
        if force {
            restore.arg("--force");
        }
        succeed(&mut restore);
        assert_eq!(sql(data, CONTENTS), before);
        file = second.join("again.dump");
        succeed(firstline(second.path()).args(["backup", "--force"]).arg(&file));
    }
    let server = Server::start(first.path());
    assert_eq!(server.get("/readyz").status, 200, "the serving role has its rights again");
}

#[test]
fn a_backup_is_made_while_the_server_runs_and_restore_waits_for_its_end() {
    let data = Folder::new();
    let server = Server::start(data.path());
    let file = data.join("running.dump");
    let said = succeed(firstline(data.path()).arg("backup").arg(&file));
    assert!(said.contains("was written"), "{said}");
    let message = fail(firstline(data.path()).args(["restore", "--force"]).arg(&file));
    assert!(message.contains("Another Firstline") && message.contains("Stop it first"), "{message}");
    assert_eq!(server.get("/readyz").status, 200);
}

#[test]
fn a_named_database_is_backed_up_and_restored_too() {
    let (data, other) = (Folder::new(), Folder::new());
    let before = filled(data.path());
    let file = other.join("named.dump");
    let _server = Server::start(data.path());
    let url = |role: &str| format!("postgres://{role}@{}/firstline", data.join("run").display().to_string().replace('/', "%2F"));
    let named = |role: &str| {
        let mut command = firstline(other.path());
        command.env("DATABASE_URL", url(role)).env("FIRSTLINE_MIGRATION_URL", url("firstline_owner"));
        command
    };
    succeed(named("firstline_app").arg("backup").arg(&file));
    sql(data.path(), "delete from attempts");
    let message = fail(named("firstline_app").arg("restore").arg(&file));
    assert!(message.contains("not empty"), "{message}");
    succeed(named("firstline_app").args(["restore", "--force"]).arg(&file));
    assert_eq!(sql(data.path(), CONTENTS), before);
    assert!(!other.join("postgres").exists());
}

#[test]
fn nothing_is_overwritten_unasked() {
    let data = Folder::new();
    let before = filled(data.path());
    let file = data.join("kept.dump");
    fs::write(&file, "something else").expect("it can be written");
    let message = fail(firstline(data.path()).arg("backup").arg(&file));
    assert!(message.contains("is there already") && message.contains("--force"), "{message}");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "something else");
    succeed(firstline(data.path()).args(["backup", "--force"]).arg(&file));
    let message = fail(firstline(data.path()).arg("restore").arg(&file));
    assert!(message.contains("not empty") && message.contains("--force"), "{message}");
    assert_eq!(sql(data.path(), CONTENTS), before);
}

#[test]
fn tables_of_another_program_are_not_replaced_unasked() {
    let (data, other) = (Folder::new(), Folder::new());
    filled(data.path());
    let file = data.join("backup.dump");
    succeed(firstline(data.path()).arg("backup").arg(&file));
    sql(other.path(), "create table wiki (page text)");
    let message = fail(firstline(other.path()).arg("restore").arg(&file));
    assert!(message.contains("not empty"), "{message}");
}

#[test]
fn a_broken_backup_changes_nothing() {
    let data = Folder::new();
    let before = filled(data.path());
    let file = data.join("whole.dump");
    succeed(firstline(data.path()).arg("backup").arg(&file));
    let whole = fs::read(&file).expect("it was written");
    let broken = data.join("broken.dump");
    let half = whole.len() / 2;
    for (bytes, what) in
        [(&b"not a backup"[..], "another file"), (&whole[..half], "half"), (&whole[..whole.len() - 400], "cut at the end")]
    {
        fs::write(&broken, bytes).expect("it can be written");
        let message = fail(firstline(data.path()).args(["restore", "--force"]).arg(&broken));
        assert!(message.contains("not a backup") || message.contains("nothing was changed"), "{what}: {message}");
        assert_eq!(sql(data.path(), CONTENTS), before, "{what}");
    }
    let message = fail(firstline(data.path()).args(["restore", "--force", "/no/such/file"]));
    assert!(message.contains("/no/such/file cannot be read"), "{message}");
    let message = fail(firstline(data.path()).args(["backup", "/no/such/folder/file"]));
    assert!(message.contains("cannot be written"), "{message}");
    let leftovers = fs::read_dir(data.path()).expect("it is there").flatten();
    assert!(leftovers.into_iter().all(|entry| !entry.file_name().to_string_lossy().ends_with("unfinished")));
}

#[test]
fn a_backup_of_a_newer_program_is_refused() {
    let (data, other) = (Folder::new(), Folder::new());
    filled(data.path());
    let insert = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                  values (20990101000000, 'from the future', true, '', 0)";
    sql(data.path(), insert);
    let file = data.join("newer.dump");
    succeed(firstline(data.path()).arg("backup").arg(&file));
    let message = fail(firstline(other.path()).arg("restore").arg(&file));
    assert!(message.contains("newer Firstline") && message.contains("20990101000000"), "{message}");
}
