//! What the operator's commands do.

use std::ffi::OsString;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::ExitCode;

use rustix::process::{Pid, Signal, kill_process};

use super::tickets::{Exec, Instead};
use super::{AccountCommand, Failure, TicketsCommand};
use crate::accounts::operator;
use crate::config::Settings;
use crate::content::Catalog;
use crate::database::{Access, Database, backup};
use crate::postgres::{Role, client_variables};
use crate::reports::open;
use crate::start::Stop;

pub async fn migrate(settings: &Settings) -> Result<(), Failure> {
    let database = Database::open(settings, Access::Shared).await?;
    let new = database.migrate().await;
    database.close().await;
    match new? {
        0 => say("The database was up to date."),
        1 => say("1 migration was applied."),
        new => say(&format!("{new} migrations were applied.")),
    }
}

/// Prints the link with the site's address, to be handed to the person.
pub async fn account(settings: &Settings, command: &AccountCommand) -> Result<(), Failure> {
    let database = Database::open(settings, Access::Shared).await?;
    let link = account_link(&database, command).await;
    database.close().await;
    say(&format!("{}{}", settings.public_url, link?))
}

async fn account_link(database: &Database, command: &AccountCommand) -> Result<String, Failure> {
    database.migrate().await?;
    let db = database.serving_pool().await?;
    let link = match command {
        AccountCommand::Create { name, admin } => operator::create_account(&db, name, *admin).await,
        AccountCommand::Reset { name } => operator::reset_link(&db, name).await,
        AccountCommand::Invite => operator::invitation(&db).await,
    };
    db.close().await;
    Ok(link?)
}

/// Exit code 1 when the content has errors.
pub fn check_content(settings: &Settings, json: bool) -> Result<ExitCode, Failure> {
    let clean = crate::content::report::run(settings.content.as_deref(), json, &mut std::io::stdout().lock())?;
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub fn show_exhibit(settings: &Settings, item: &str, seed: u64) -> Result<ExitCode, Failure> {
    crate::content::show::run(settings.content.as_deref(), item, seed, &mut std::io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}

/// Open reports of faults in items, of all organisations.
pub async fn reports(settings: &Settings, json: bool) -> Result<(), Failure> {
    let (catalog, _) = Catalog::load(settings.content.as_deref())?;
    let database = Database::open(settings, Access::Shared).await?;
    let reports = open_reports(&database, &catalog).await;
    database.close().await;
    Ok(open::print(&reports?, json, &mut std::io::stdout().lock())?)
}

async fn open_reports(database: &Database, catalog: &Catalog) -> Result<Vec<open::OpenReport>, Failure> {
    database.migrate().await?;
    let db = database.serving_pool().await?;
    let reports = open::load(&db, catalog).await;
    db.close().await;
    Ok(reports?)
}

/// Exit code 1 when a scenario does not hold.
pub fn tickets(settings: &Settings, command: TicketsCommand) -> Result<ExitCode, Failure> {
    let mut out = std::io::stdout().lock();
    let library = super::tickets::library(settings.content.as_deref())?;
    let mut sound = true;
    match command {
        TicketsCommand::List { json } => super::tickets::list(&library, json, &mut out)?,
        TicketsCommand::Faults { json } => super::tickets::faults(json, &mut out)?,
        TicketsCommand::Play { scenario, seed } => {
            super::tickets::play(&library, &scenario, seed, std::io::stdin().lock(), &mut out)?;
        }
        TicketsCommand::Exec { scenario, seed, fault, healthy, script, json } => {
            let instead = match fault {
                Some(id) => Instead::Fault(id),
                None if healthy => Instead::Healthy,
                None => Instead::Nothing,
            };
            super::tickets::exec(&library, &Exec { scenario, seed, instead, script, json }, &mut out)?;
        }
        TicketsCommand::Solution { scenario, seed } => super::tickets::solution(&library, &scenario, seed, &mut out)?,
        TicketsCommand::Export { scenario, seed, faults, json: _ } => {
            super::tickets::export(&library, &scenario, seed, faults, &mut out)?;
        }
        TicketsCommand::Prove { seeds, json } => sound = super::tickets::prove(&library, seeds, json, &mut out)?,
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub async fn backup(settings: &Settings, file: &Path, force: bool) -> Result<(), Failure> {
    let database = Database::open(settings, Access::Shared).await?;
    let written = backup::backup(&database, file, force).await;
    database.close().await;
    say(&format!("{} was written: {} bytes.", file.display(), written?))
}

pub async fn restore(settings: &Settings, file: &Path, force: bool) -> Result<(), Failure> {
    let database = Database::open(settings, Access::Exclusive).await?;
    let restored = backup::restore(&database, file, force).await;
    database.close().await;
    restored?;
    say(&format!("The database now holds {}.", file.display()))
}

/// The command reads the terminal and gets Ctrl-C itself; the database stays until it has ended.
pub async fn database(settings: &Settings, command: &[OsString], mut stop: Stop) -> Result<ExitCode, Failure> {
    let settings = Settings { database_url: None, migration_url: None, ..settings.clone() };
    let database = Database::open(&settings, Access::Shared).await?;
    let status = run(&database, command, &mut stop).await;
    database.close().await;
    let status = status?;
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

async fn run(database: &Database, command: &[OsString], stop: &mut Stop) -> Result<std::process::ExitStatus, Failure> {
    let [program, arguments @ ..] = command else { return Err("Name a command to run after --.".into()) };
    let mut command = tokio::process::Command::new(program);
    command.args(arguments);
    if let (Some(postgres), Some(url)) = (database.private(), database.url(Role::Owner)) {
        command.envs(client_variables(postgres, Role::Owner)).env("DATABASE_URL", url);
    }
    let mut child = command.spawn().map_err(|error| format!("{} cannot be run: {error}.", Path::new(program).display()))?;
    tokio::select! {
        status = child.wait() => return Ok(status?),
        () = stop.asked() => {}
    }
    // Ctrl-C has reached it as well; a SIGTERM to us alone has not.
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(pid) = pid {
        // It may have ended meanwhile.
        let _ = kill_process(pid, Signal::TERM);
    }
    Ok(child.wait().await?)
}

fn say(text: &str) -> Result<(), Failure> {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}
