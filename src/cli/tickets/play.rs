//! A ticket in a terminal: a prompt that takes the lines of the script language, and some comfort around them.

use std::io::{self, BufRead, Write};

use domain::content::tickets::Library;
use engine::fault::Layer;
use engine::panel;
use engine::people::{self, Utterance};
use engine::shell::{self, ShellKind};
use engine::ticket::cause;
use engine::ticket::run::{Given, Run, Shown};
use engine::ticket::scenario::{MISUNDERSTANDING, UNDERSTANDING, fill};
use engine::ticket::script::{self, Names};
use engine::ticket::{Action, Scenario, verdict};
use engine::world::DeviceId;

use super::exec::write_verdict;

const HELP: &str = "\
A line is an action:
  sh DEVICE cmd|powershell|bash|ios [COMMAND]   one line in a terminal; without COMMAND it stays open until `exit`
  admin DEVICE SHELL [COMMAND]                  the same as administrator or root
  open DEVICE PANEL · panel DEVICE PANEL VERB [TARGET] [field=value …]
  do look DEVICE · do unplug DEVICE/PORT · do …           hands
  say PERSON your own words                               people; what was understood is shown
  say PERSON INTENT TONE TOPIC [\"words\"]                  the same, said exactly
  theory LAYER COMPONENT [FAULT] · note \"…\" · escalate … · resolve … · wait 5m
Looking around costs nothing:
  ticket     the ticket again                devices    what stands where
  people     who is here                     panels D   the panels of a device
  offers D PANEL   what can be done in it    commands D what its terminal knows
  words      intents, tones, topics          candidates the causes that are thinkable
  log        what you did                    verdict    how it stands (ends the ticket)
  quit";

struct Table<'p, R, W> {
    scenario: &'p Scenario,
    given: &'p Given,
    run: Run,
    input: R,
    out: W,
    /// A terminal that stays open.
    terminal: Option<(DeviceId, ShellKind, bool)>,
}

/// Plays until the ticket is closed or the input ends; the verdict comes last.
pub fn play(library: &Library, id: &str, seed: u64, input: impl BufRead, out: impl Write) -> io::Result<()> {
    let (scenario, site) = super::find(library, id)?;
    let given = super::given(scenario, site, seed, &super::Instead::Nothing)?;
    let run = Run::start(&given);
    let mut table = Table { scenario: &scenario.value, given: &given, run, input, out, terminal: None };
    table.ticket()?;
    writeln!(table.out, "\n`help` says what can be done.")?;
    while let Some(line) = table.read()? {
        if line == "quit" || line == "verdict" {
            break;
        }
        table.line(&line)?;
        if table.run.is_closed() {
            break;
        }
    }
    let verdict = verdict::judge(&scenario.value, &given, &table.run);
    write_verdict(&verdict, &mut table.out)?;
    writeln!(table.out, "\n{}", scenario.value.debrief(&given))
}

impl<R: BufRead, W: Write> Table<'_, R, W> {
    fn read(&mut self) -> io::Result<Option<String>> {
        let terminal = self.terminal.and_then(|(device, kind, elevated)| self.run.prompt(device, kind, elevated));
        write!(self.out, "\n{}", terminal.unwrap_or_else(|| "ticket> ".to_owned()))?;
        self.out.flush()?;
        let mut line = String::new();
        let read = self.input.read_line(&mut line)?;
        Ok((read > 0).then(|| line.trim_end_matches(['\n', '\r']).to_owned()))
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        if let Some((device, shell, elevated)) = self.terminal {
            if line.trim() == "exit" && self.run.prompt(device, shell, elevated).is_none_or(|prompt| !prompt.contains("(config"))
            {
                self.terminal = None;
                return Ok(());
            }
            let name = self.given.start.device(device).name.clone();
            let verb = if elevated { "admin" } else { "sh" };
            return self.act(&format!("{verb} {name} {} {line}", script::shell_word(shell)));
        }
        let words: Vec<_> = line.split_whitespace().collect();
        match words.as_slice() {
            [] => Ok(()),
            ["help"] => writeln!(self.out, "{HELP}"),
            ["ticket"] => self.ticket(),
            ["devices"] => self.devices(),
            ["people"] => self.people(),
            ["words"] => self.words(),
            ["log"] => self.log(),
            ["candidates"] => self.candidates(),
            ["panels", name] => self.panels(name),
            ["offers", name, kind] => self.offers(name, kind),
            ["commands", name] => self.commands(name),
            [verb @ ("sh" | "admin"), name, kind] => self.enter(verb, name, kind),
            ["say", name, said @ ..] if own_words(said) => self.say(name, line),
            _ => self.act(line),
        }
    }

    fn act(&mut self, line: &str) -> io::Result<()> {
        let names = Names { world: &self.given.start, people: &self.given.people };
        match script::action(&fill(line, &self.given.names), &names) {
            Err(message) => writeln!(self.out, "{message}"),
            Ok(action) => self.done(action),
        }
    }

    fn done(&mut self, action: Action) -> io::Result<()> {
        let entry = self.run.act(action, &self.given.needs);
        let text = match &entry.output.shown() {
            Shown::Refused(text) => format!("Not done: {text}"),
            shown => shown.text(),
        };
        let seconds = entry.took.as_seconds();
        writeln!(self.out, "{}", text.trim_end())?;
        if seconds >= 60 { writeln!(self.out, "({} min {:02} s)", seconds / 60, seconds % 60) } else { Ok(()) }
    }

    /// Own words; what they are taken for stands above the answer.
    fn say(&mut self, name: &str, line: &str) -> io::Result<()> {
        let id = fill(name, &self.given.names);
        let Some(person) = self.given.people.get(&id).copied() else {
            let near = engine::site::build::nearest(&id, self.given.people.keys().map(String::as_str));
            return writeln!(self.out, "There is no person “{id}”.{near}");
        };
        let words = line.split_once(name).map_or("", |(_, words)| words);
        let utterance = Utterance::typed(person, words);
        writeln!(self.out, "(understood: {})", people::understand(words))?;
        self.done(Action::Say(utterance))
    }

    fn enter(&mut self, verb: &str, name: &str, kind: &str) -> io::Result<()> {
        let device = self.given.start.find(name);
        let (Some(device), Some(kind)) = (device, script::shell_kind(kind)) else {
            return writeln!(self.out, "Write a device and cmd, powershell, bash or ios.");
        };
        let elevated = verb == "admin";
        if self.run.prompt(device, kind, elevated).is_none() {
            return writeln!(self.out, "{name} has no such command line.");
        }
        self.terminal = Some((device, kind, elevated));
        writeln!(self.out, "`exit` leaves this terminal.")
    }

    fn ticket(&mut self) -> io::Result<()> {
        let person = self.given.start.person(self.given.requester);
        let brief = &self.scenario.brief;
        writeln!(self.out, "{}: {}\n", self.given.start.organisation, fill(&brief.subject, &self.given.names))?;
        writeln!(self.out, "{}\n", fill(brief.text.trim(), &self.given.names))?;
        let device = person.device.map(|device| self.given.start.device(device).name.clone()).unwrap_or_default();
        writeln!(self.out, "From {}, {}, at {device}. In scripts: {}", person.name, person.job, self.given.names["requester"])
    }

    fn devices(&mut self) -> io::Result<()> {
        for device in &self.run.world.devices {
            let place = self.run.world.places.get(usize::from(device.place.0)).map_or("", |place| place.name.as_str());
            let ports: Vec<_> = device.ports.iter().take(3).map(|port| port.name.as_str()).collect();
            writeln!(self.out, "{:18} {:24} {:18} {}", device.name, device.model, place, ports.join(", "))?;
        }
        Ok(())
    }

    fn people(&mut self) -> io::Result<()> {
        for (id, person) in &self.given.people {
            let person = self.run.world.person(*person);
            let device = person.device.map(|device| self.run.world.device(device).name.clone()).unwrap_or_default();
            writeln!(self.out, "{id:22} {:22} {:20} {device}", person.name, person.job)?;
        }
        Ok(())
    }

    fn words(&mut self) -> io::Result<()> {
        use engine::people::{INTENTS, TONES, TOPICS, list};
        writeln!(self.out, "intents: {}\ntones:   {}\ntopics:  {}", list(INTENTS), list(TONES), list(TOPICS))
    }

    fn log(&mut self) -> io::Result<()> {
        for (at, entry) in self.run.log.iter().enumerate() {
            writeln!(self.out, "#{:<3} {}{:?}", at + 1, if entry.changed { "changed: " } else { "" }, entry.action)?;
        }
        Ok(())
    }

    fn candidates(&mut self) -> io::Result<()> {
        for id in &self.scenario.candidates {
            if let Some(fault) = engine::fault::find(id) {
                writeln!(self.out, "{id:4} {} · {} · {}", script::layer_word(fault.layer), fault.component, fault.title)?;
            }
        }
        // Offered with every ticket, so that it tells nothing.
        let (layer, component) = (script::layer_word(Layer::Person), UNDERSTANDING);
        writeln!(self.out, "{MISUNDERSTANDING} {layer} · {component} · {}", cause::NOTHING_BROKEN)
    }

    fn panels(&mut self, name: &str) -> io::Result<()> {
        let Some(device) = self.given.start.find(name) else { return writeln!(self.out, "There is no device “{name}”.") };
        for kind in panel::offered(&self.run.world, device) {
            writeln!(self.out, "{:18} {}", kind.slug(), kind.title())?;
        }
        Ok(())
    }

    fn offers(&mut self, name: &str, kind: &str) -> io::Result<()> {
        let view = self
            .given
            .start
            .find(name)
            .zip(panel::PanelKind::parse(kind))
            .and_then(|(device, kind)| panel::view(&self.run.world, device, kind));
        let Some(view) = view else { return writeln!(self.out, "{name} has no panel “{kind}”.") };
        for offer in view.operations {
            let fields: Vec<_> = offer.fields.iter().map(|field| format!("{}=…", field.name)).collect();
            let targets = if offer.targets.is_empty() { String::new() } else { format!(" [{}]", offer.targets.join(", ")) };
            writeln!(self.out, "{:20} {}{targets} {}", offer.verb, offer.label, fields.join(" "))?;
        }
        Ok(())
    }

    fn commands(&mut self, name: &str) -> io::Result<()> {
        let Some(device) = self.given.start.find(name) else { return writeln!(self.out, "There is no device “{name}”.") };
        let kinds =
            [(ShellKind::Cmd, "cmd"), (ShellKind::PowerShell, "powershell"), (ShellKind::Bash, "bash"), (ShellKind::Ios, "ios")];
        for (kind, word) in kinds {
            if shell::Session::open(&self.run.world, device, kind).is_some() {
                writeln!(self.out, "{word}: {}", shell::commands(kind).join(", "))?;
            }
        }
        Ok(())
    }
}

/// Not `ask friendly symptom`, but a sentence.
fn own_words(said: &[&str]) -> bool {
    let exact = said.first().is_some_and(|word| people::intent(word).is_some())
        && said.get(1).is_none_or(|word| people::tone(word).is_some());
    !said.is_empty() && !exact
}
