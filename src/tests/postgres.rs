//! The private Postgres: made, restricted, stopped, and back after every kind of death.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use firstline::postgres::Binaries;
use rustix::process::{Signal, kill_process, test_kill_process};

use crate::support::*;

#[test]
fn it_is_made_once_and_stopped_by_ctrl_c_and_sigterm() {
    let data = Folder::new();
    for (signal, name) in [(Signal::INT, "first start"), (Signal::TERM, "second start")] {
        let begun = Instant::now();
        let mut server = Server::start(data.path());
        eprintln!("{name}: {:.2} s", begun.elapsed().as_secs_f64());
        assert_eq!(server.get("/readyz").status, 200);
        let postgres = postmaster(data.path()).expect("it runs");
        server.signal(signal);
        assert!(server.wait().success());
        assert!(test_kill_process(postgres).is_err(), "Postgres outlived the server");
        assert!(!data.join("postgres/postmaster.pid").exists());
    }
}

#[test]
fn nobody_else_reaches_it_and_it_is_durable() {
    let data = Folder::new();
    let asked = "select string_agg(name || '=' || setting, ' ' order by name) from pg_settings
        where name in ('fsync', 'full_page_writes', 'listen_addresses', 'synchronous_commit', 'data_checksums')";
    let durable = "data_checksums=on fsync=on full_page_writes=on listen_addresses= synchronous_commit=on";
    assert_eq!(sql(data.path(), asked), durable);
    for folder in ["run", "postgres"] {
        let mode = fs::metadata(data.join(folder)).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{folder}");
    }
}

#[test]
fn the_serving_role_may_use_rows_and_nothing_else() {
    let data = Folder::new();
    succeed(firstline(data.path()).arg("migrate"));
    let serve = |statement: &str| {
        let arguments = ["database", "--", "psql", "-XAtq", "-U", "firstline_app", "-v", "ON_ERROR_STOP=1", "-c", statement];
        let output = firstline(data.path()).args(arguments).output().expect("it runs");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for allowed in ["select count(*) from accounts", "delete from sessions", "select version from _sqlx_migrations"] {
        assert!(serve(allowed).0, "{allowed}");
    }
    for refused in [
        "create table mine (id int)",
        "drop table accounts",
        "alter table accounts add column extra int",
        "truncate accounts",
        "delete from responses",
        "update responses set correct = true",
        "delete from _sqlx_migrations",
        "call grant_serving_rights('firstline_app')",
        "create role another",
        "copy accounts to program 'true'",
        "set role firstline_owner",
    ] {
        let (success, errors) = serve(refused);
        assert!(!success && (errors.contains("permission denied") || errors.contains("must be")), "{refused}: {errors}");
    }
}

#[test]
fn it_recovers_from_kill_9_of_the_server() {
    let data = Folder::new();
    for _ in 0..3 {
        let mut server = Server::start(data.path());
        server.signal(Signal::KILL);
        server.wait();
    }
    let server = Server::start(data.path());
    assert_eq!(server.get("/readyz").status, 200);
}

#[test]
fn a_postgres_that_outlived_its_server_is_stopped_and_replaced() {
    let data = Folder::new();
    succeed(firstline(data.path()).arg("migrate"));
    let binaries = Binaries::find(None, None, data.path()).expect("Postgres is installed");
    let options = format!("-k {} -c listen_addresses=", data.join("run").display());
    let started = as_postgres_user(binaries.program("pg_ctl"))
        .args(["start", "-w", "-s", "-l", "/dev/null", "-o", &options, "-D"])
        .arg(data.join("postgres"))
        .status()
        .expect("pg_ctl runs");
    assert!(started.success());
    let leftover = postmaster(data.path()).expect("it runs");
    let server = Server::start(data.path());
    assert_ne!(postmaster(data.path()), Some(leftover));
    assert_eq!(server.get("/readyz").status, 200);
}

#[test]
fn the_server_lives_on_when_postgres_dies_and_starts_it_again() {
    let data = Folder::new();
    let mut server = Server::start(data.path());
    for signal in [Signal::KILL, Signal::INT] {
        let before = postmaster(data.path()).expect("it runs");
        kill_process(before, signal).expect("it is there");
        assert_eq!(server.get("/healthz").status, 200);
        eventually("ready again", || postmaster(data.path()) != Some(before) && server.get("/readyz").status == 200);
    }
    assert!(server.child.try_wait().expect("it is our child").is_none());
    assert!(server.stop().success());
}

#[test]
fn a_crash_in_the_middle_of_the_first_start_leaves_nothing_behind() {
    let data = Folder::new();
    fs::create_dir(data.join("postgres.unfinished")).expect("it can be written");
    fs::write(data.join("postgres.unfinished/half"), "made").expect("it can be written");
    assert_eq!(sql(data.path(), "select 1"), "1");
    assert!(!data.join("postgres.unfinished").exists());
    assert!(!data.join("postgres/half").exists());
}

#[test]
fn a_second_server_on_the_folder_is_refused_and_commands_join_the_first() {
    let data = Folder::new();
    let server = Server::start(data.path());
    let message = fail(&mut firstline(data.path()));
    assert!(message.contains(&format!("Another Firstline (process {})", server.child.id())), "{message}");
    assert!(message.contains("--data"), "{message}");
    assert_eq!(sql(data.path(), "select current_user"), "firstline_owner");
    assert!(succeed(firstline(data.path()).arg("migrate")).contains("up to date"));
    assert_eq!(server.get("/readyz").status, 200, "the commands have left the first one alone");
}

#[test]
fn a_command_gets_the_address_and_its_exit_code_is_kept() {
    let data = Folder::new();
    let script = "psql -XAtqc 'select 6 * 7' \"$DATABASE_URL\"; exit 7";
    let output = firstline(data.path()).args(["database", "--", "sh", "-c", script]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(7), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "42");
    let message = fail(firstline(data.path()).args(["database", "--", "/no/such/command"]));
    assert!(message.contains("/no/such/command cannot be run"), "{message}");
    assert!(postmaster(data.path()).is_none(), "it was stopped all the same");
}

#[test]
fn an_ordinary_user_can_run_it() {
    if !is_root() {
        // Then every other test has shown it.
        return;
    }
    let data = Folder::new();
    fs::set_permissions(data.path(), fs::Permissions::from_mode(0o777)).expect("it is ours");
    // The folder that the program was built in may be closed to others.
    let program = data.join("program");
    fs::copy(PROGRAM, &program).expect("there is room");
    let mut command = as_user("nobody", &program);
    without_settings(&mut command).args(["--listen", "127.0.0.1:0", "--data"]).arg(data.join("data"));
    let server = Server::run(&mut command);
    assert_eq!(server.get("/readyz").status, 200);
    assert!(server.stop().success());
}

#[test]
fn root_is_told_about_a_folder_that_postgres_cannot_enter() {
    if !is_root() {
        return skipped("needs root: a data folder below one that is closed to the user postgres");
    }
    let closed = Folder::new();
    fs::set_permissions(closed.path(), fs::Permissions::from_mode(0o700)).expect("it is ours");
    let message = fail(&mut firstline(&closed.join("data")));
    assert!(message.contains(&format!("The folder {} is closed to the user", closed.path().display())), "{message}");
    assert!(message.contains("/var/lib/firstline"), "{message}");
}

#[test]
fn the_version_that_made_the_data_is_needed() {
    let data = Folder::new();
    fs::create_dir(data.join("postgres")).expect("it can be written");
    fs::write(data.join("postgres/PG_VERSION"), "99\n").expect("it can be written");
    let message = fail(&mut firstline(data.path()));
    assert!(message.contains("was made by Postgres 99, but only Postgres"), "{message}");
    assert!(message.contains("Install Postgres 99 again"), "{message}");
}

#[test]
fn a_path_too_long_for_a_socket_is_refused() {
    let data = Folder::new();
    let message = fail(&mut firstline(&data.join(&"long".repeat(25))));
    assert!(message.contains("too long for a socket"), "{message}");
}

#[test]
fn an_old_postgres_or_none_is_refused() {
    let data = Folder::new();
    let with_bin = |bin: &Path| fail(firstline(&data.join("data")).arg("--postgres-bin").arg(bin));
    assert!(with_bin(data.path()).contains("no working postgres and initdb"));
    for name in ["postgres", "initdb"] {
        fs::write(data.join(name), "#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n").expect("it can be written");
        fs::set_permissions(data.join(name), fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
    let message = with_bin(data.path());
    assert!(message.contains("Postgres 14 in") && message.contains("needs 15 or later"), "{message}");
}

#[test]
fn ctrl_c_during_the_first_start_stops_in_order() {
    let data = Folder::new();
    let mut child = firstline(data.path()).spawn().expect("it runs");
    std::thread::sleep(Duration::from_millis(300));
    kill_process(rustix::process::Pid::from_child(&child), Signal::INT).expect("it runs");
    assert!(child.wait().expect("it is our child").success());
    assert!(postmaster(data.path()).is_none());
    assert_eq!(sql(data.path(), "select 1"), "1");
}

#[test]
fn the_kernel_stops_postgres_when_the_server_is_killed() {
    if Command::new("setpriv").args(["--pdeathsig", "INT", "--", "true"]).status().is_ok_and(|status| status.success()) {
        let data = Folder::new();
        let mut server = Server::start(data.path());
        let postgres = postmaster(data.path()).expect("it runs");
        server.signal(Signal::KILL);
        server.wait();
        eventually("Postgres is gone", || test_kill_process(postgres).is_err());
    } else {
        skipped("needs setpriv of util-linux: Postgres stops when the server is killed");
    }
}
