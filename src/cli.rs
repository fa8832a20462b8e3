//! The command line: what `firstline` can be told to do.

mod commands;
mod settings;
mod tickets;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{FromArgMatches, Subcommand};

use crate::config::Settings;
use crate::config::sources::{Values, gather};
use crate::http::logging::start_log;
use crate::start::Stop;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the site (this is also what happens without a command)
    Serve,
    /// Bring the database to this version's schema and exit; serving does it by itself
    Migrate,
    /// Print every setting, its value and where it came from; secrets are hidden
    Config,
    /// Accounts: make one, or let someone back in
    #[command(subcommand)]
    Account(AccountCommand),
    /// Content: check the built-in items, with `FIRSTLINE_CONTENT` laid over them; list what learners report of them
    #[command(subcommand)]
    Content(ContentCommand),
    /// Tickets without a browser: list, play, run scripts, prove scenarios
    #[command(subcommand)]
    Tickets(TicketsCommand),
    /// Write the whole database to a file; works while the server runs
    Backup {
        file: PathBuf,
        /// Replace the file if it is there
        #[arg(long)]
        force: bool,
    },
    /// Replace the database by a backup, all or nothing; stop the server first
    Restore {
        file: PathBuf,
        /// Replace a database that is not empty
        #[arg(long)]
        force: bool,
    },
    /// Run a command with `DATABASE_URL` naming the private database, such as: firstline database -- psql
    Database {
        #[arg(last = true, required = true, value_name = "COMMAND")]
        command: Vec<OsString>,
    },
}

#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Make an account; prints a one-time link that sets its password
    Create {
        name: String,
        /// Administrator of its own organisation
        #[arg(long)]
        admin: bool,
    },
    /// Print a one-time link that sets a new password
    Reset { name: String },
    /// Print a one-time link to sign up with, for `FIRSTLINE_SIGN_UP=invite`
    Invite,
}

#[derive(Debug, Subcommand)]
pub enum ContentCommand {
    /// List every mistake with file and line, then counts; exit code 1 on any error
    Check {
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Print the exhibit of an item, and the values that its texts may name, for a seed
    Show {
        item: String,
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Faults in items that learners have reported and nobody has closed, by item; works while the server runs
    Reports {
        /// For programs
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum TicketsCommand {
    /// Every scenario
    List {
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Every fault that can be put into a site
    Faults {
        #[arg(long)]
        json: bool,
    },
    /// Work on a ticket in this terminal
    Play {
        scenario: String,
        /// Draws names, addresses, machines and parameters
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Run a script, one action a line, and print what came of it and the verdict
    Exec {
        scenario: String,
        #[arg(long)]
        seed: u64,
        /// Put this fault in instead of the scenario's
        #[arg(long, value_name = "ID", conflicts_with = "healthy")]
        fault: Option<String>,
        /// Put no fault in
        #[arg(long)]
        healthy: bool,
        /// A file, or - for standard input; none is no action
        #[arg(long, value_name = "FILE")]
        script: Option<PathBuf>,
        /// A line of JSON for each action, the verdict last
        #[arg(long)]
        json: bool,
    },
    /// Print the author's own way, one action a line, with the names that the seed draws
    Solution {
        scenario: String,
        #[arg(long)]
        seed: u64,
    },
    /// Print devices, links, VLANs, routes and services of a ticket as JSON
    Export {
        scenario: String,
        #[arg(long)]
        seed: u64,
        /// Also say what is wrong
        #[arg(long)]
        faults: bool,
        /// The only form there is
        #[arg(long)]
        json: bool,
    },
    /// Show that every scenario is sound for many seeds; exit code 1 on any miss
    Prove {
        #[arg(long, default_value_t = 50)]
        seeds: u64,
        #[arg(long)]
        json: bool,
    },
}

/// Whatever ends a command early, as one sentence.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs the program. What goes wrong is one line on standard error, and exit code 1.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = settings::with_settings(Command::augment_subcommands(clap::Command::new("firstline")))
        .about("A self-hosted practice ground for IT support")
        .version(env!("CARGO_PKG_VERSION"))
        .get_matches_from(arguments);
    // No command is `serve`.
    let command = Command::from_arg_matches(&matches).unwrap_or(Command::Serve);
    let flag = |name: &str| matches.try_get_one::<String>(name).ok().flatten().cloned();
    let result = gather(flag, |name| std::env::var(name).ok()).map_err(Failure::from).and_then(|values| {
        let settings = Settings::from_values(&values)?;
        start_log(&settings);
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(execute(command, settings, &values))
    });
    result.unwrap_or_else(|failure| {
        // Nothing more can be done about a closed standard error.
        let _ = writeln!(std::io::stderr(), "firstline: {failure}");
        ExitCode::FAILURE
    })
}

async fn execute(command: Command, settings: Settings, values: &Values) -> Result<ExitCode, Failure> {
    let stop = Stop::on_signals()?;
    match command {
        // These two heed the signals themselves, in their own order.
        Command::Serve => return Ok(crate::start::serve(settings, stop).await.map(|()| ExitCode::SUCCESS)?),
        Command::Database { command } => return commands::database(&settings, &command, stop).await,
        Command::Config => settings::print(&settings, values)?,
        Command::Account(command) => until(stop, commands::account(&settings, &command)).await?,
        Command::Content(ContentCommand::Check { json }) => return commands::check_content(&settings, json),
        Command::Content(ContentCommand::Show { item, seed }) => return commands::show_exhibit(&settings, &item, seed),
        Command::Content(ContentCommand::Reports { json }) => until(stop, commands::reports(&settings, json)).await?,
        Command::Tickets(command) => return tokio::task::spawn_blocking(move || commands::tickets(&settings, command)).await?,
        Command::Migrate => until(stop, commands::migrate(&settings)).await?,
        Command::Backup { file, force } => until(stop, commands::backup(&settings, &file, force)).await?,
        Command::Restore { file, force } => until(stop, commands::restore(&settings, &file, force)).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Gives `work` up at the word to stop. What it holds is closed in order: a transaction is undone, the private Postgres stops.
async fn until(mut stop: Stop, work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::select! {
        result = work => result,
        () = stop.asked() => Err("Stopped before it was done; nothing was changed by halves.".into()),
    }
}
