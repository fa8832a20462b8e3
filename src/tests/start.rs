//! Bad states: each gets one clear sentence with a way out, and exit code 1.

use std::fs;
use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::*;

#[test]
fn a_taken_port_is_known_before_the_database_starts() {
    let data = Folder::new();
    let other = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = other.local_addr().expect("it is bound").to_string();
    let begun = Instant::now();
    let message = fail(firstline(data.path()).args(["--listen", &address]));
    assert_eq!(
        message,
        format!("{address} is in use by another program. Stop that one, or choose another address with --listen.")
    );
    assert!(begun.elapsed() < Duration::from_secs(1));
    assert!(!data.join("postgres").exists());
    let message = fail(firstline(data.path()).args(["--metrics-listen", &address]));
    assert!(message.ends_with("--metrics-listen."), "{message}");
    let message = fail(firstline(data.path()).args(["--listen", "192.0.2.1:3000"]));
    assert!(message.contains("cannot listen on 192.0.2.1:3000"), "{message}");
}

#[test]
fn an_unreachable_database_is_named_without_its_password() {
    let data = Folder::new();
    for url in ["postgres://app:tiger@127.0.0.1:1/firstline", "postgres://app:tiger@%2Fnowhere/firstline"] {
        for command in ["serve", "migrate"] {
            let message = fail(firstline(data.path()).arg(command).env("DATABASE_URL", url));
            assert!(message.contains("cannot be reached") && message.contains("app:***@"), "{message}");
            assert!(!message.contains("tiger"), "{message}");
        }
    }
    assert!(!data.join("postgres").exists(), "a named database starts no private one");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_named() {
    let folder = Folder::new();
    fs::write(folder.join("file"), "in the way").expect("it can be written");
    // Not even root can write below a file or in the kernel's own folders.
    for data in [folder.join("file/data"), "/proc/firstline".into()] {
        let message = fail(&mut firstline(&data));
        assert!(message.contains(&format!("The data folder {} cannot be written", data.display())), "{message}");
        assert!(message.contains("--data"), "{message}");
    }
}

#[test]
fn a_database_that_a_newer_program_migrated_is_left_alone() {
    let data = Folder::new();
    succeed(firstline(data.path()).arg("migrate"));
    let insert = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                  values (20990101000000, 'from the future', true, '', 0)";
    sql(data.path(), insert);
    for command in ["serve", "migrate"] {
        let message = fail(firstline(data.path()).arg(command));
        assert!(message.contains("newer Firstline") && message.contains("20990101000000"), "{message}");
    }
    assert!(postmaster(data.path()).is_none(), "Postgres was stopped again");
}

#[test]
fn an_edited_migration_is_refused() {
    let data = Folder::new();
    succeed(firstline(data.path()).arg("migrate"));
    sql(data.path(), "update _sqlx_migrations set checksum = 'edited' where version = 20261122100000");
    let message = fail(&mut firstline(data.path()));
    assert!(message.contains("Migration 20261122100000 was changed"), "{message}");
}

#[test]
fn a_migration_that_fails_is_undone() {
    let data = Folder::new();
    sql(data.path(), "create table accounts (id int)");
    let message = fail(&mut firstline(data.path()));
    assert!(message.contains("Migration 20261122100100 failed and was undone"), "{message}");
    assert_eq!(sql(data.path(), "select count(*) from _sqlx_migrations"), "1");
    sql(data.path(), "drop table accounts");
    succeed(firstline(data.path()).arg("migrate"));
}

#[test]
fn every_mistake_in_the_settings_is_named_at_once() {
    let data = Folder::new();
    let message =
        fail(firstline(data.path()).args(["--listen", "here", "--sign-up", "maybe"]).env("FIRSTLINE_PASSWORD_MEMORY_KIB", "8"));
    for part in ["listen (from flag)", "sign-up (from flag)", "below OWASP's floor"] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn config_shows_values_and_sources_and_no_secret() {
    let folder = Folder::new();
    let secret = folder.join("secret");
    fs::write(&secret, "postgres://owner:lion@db/firstline\n").expect("it can be written");
    let mut command = Command::new(PROGRAM);
    let shown = succeed(
        without_settings(&mut command)
            .args(["config", "--pool-size", "7"])
            .env("FIRSTLINE_SIGN_UP", "invite")
            .env("DATABASE_URL", "postgres://app:tiger@db/firstline")
            .env("FIRSTLINE_MIGRATION_URL_FILE", &secret),
    );
    let line = |name: &str| shown.lines().find(|line| line.starts_with(name)).expect("every setting is shown").to_owned();
    assert!(line("pool-size").ends_with("7  (flag)"));
    assert!(line("sign-up").ends_with("invite  (FIRSTLINE_SIGN_UP)"));
    assert!(line("database-url").ends_with("postgres://app:***@db/firstline  (DATABASE_URL)"));
    assert!(line("migration-url").ends_with(&format!("postgres://owner:***@db/firstline  (file {})", secret.display())));
    assert!(line("drain-seconds").ends_with("10  (default)"));
    assert!(!shown.contains("tiger") && !shown.contains("lion"), "{shown}");
}
