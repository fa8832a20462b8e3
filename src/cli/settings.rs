//! Settings as flags, in help, and as `firstline config` prints them.

use std::io::{self, Write};

use clap::{Arg, Command};

use crate::config::Settings;
use crate::config::sources::{SETTINGS, Setting, Values};

/// Adds a flag for each setting, before or after the command's name.
pub fn with_settings(command: Command) -> Command {
    let mut command = command.next_help_heading("Settings, each with the variable that sets it too");
    for setting in SETTINGS {
        command = command.arg(flag(setting.name, setting.value_name, help(setting)));
        if let Some(file_flag) = setting.file_flag {
            let help = format!("The same, from a file [{}_FILE]", setting.variable());
            command = command.arg(flag(file_flag, "FILE", help));
        }
    }
    command
}

/// One line a setting: name, value, source.
pub fn print(settings: &Settings, values: &Values) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let width = SETTINGS.iter().map(|setting| setting.name.len()).max().unwrap_or_default();
    for setting in SETTINGS {
        let value = settings.shown(setting.name).unwrap_or_else(|| "(not set)".to_owned());
        writeln!(out, "{:<width$}  {value}  ({})", setting.name, values.source(setting.name))?;
    }
    Ok(())
}

fn flag(name: &'static str, value_name: &'static str, help: String) -> Arg {
    Arg::new(name).long(name).value_name(value_name).help(help).global(true)
}

fn help(setting: &Setting) -> String {
    let default = if setting.default.is_empty() { "not set" } else { setting.default };
    let note =
        if setting.file_flag.is_some() { "; every user of the machine can see flags, so prefer a variable or file" } else { "" };
    format!("{}{note} [{}] [default: {default}]", setting.help, setting.variable())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_setting_and_variable() {
        let help = with_settings(Command::new("firstline")).render_long_help().to_string();
        for setting in SETTINGS {
            assert!(help.contains(&format!("--{} ", setting.name)), "{}", setting.name);
            assert!(help.contains(&setting.variable()), "{}", setting.variable());
            if setting.file_flag.is_some() {
                assert!(help.contains(&format!("{}_FILE", setting.variable())), "{}", setting.variable());
            }
        }
    }
}
