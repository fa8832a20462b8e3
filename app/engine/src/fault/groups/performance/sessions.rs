//! V10: sessions that nobody uses any more take every place on a server.

use super::super::twin::put_back;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::services::remote::{self, PLACES};
use crate::time::Span;
use crate::world::World;
use crate::world::device::Kind;
use crate::world::windows::RemoteSession;

pub const V10: Fault = Fault {
    id: "V10",
    title: "Disconnected sessions take every place on the server",
    layer: Layer::OperatingSystem,
    component: "remote desktop",
    tier: Tier::T2,
    targets,
    inject,
    traces: no_traces,
    // Where somebody works in each of them it is full, and nothing is wrong.
    present: |world, target| {
        let windows = world.device(target.device).windows();
        windows.is_some_and(|windows| remote::is_full(windows) && windows.sessions.iter().any(|session| !session.active))
    },
    repair: |world, target, healthy| {
        put_back(world, healthy, target.device, |device| Some(&mut device.windows_mut()?.sessions));
    },
};

/// Windows servers that answer to Remote Desktop, with each person who might want in.
fn targets(world: &World) -> Vec<Target> {
    let answers =
        |windows: &crate::world::windows::Windows| windows.services.contains_key("TermService") && windows.sessions.is_empty();
    let servers = world.devices.iter().filter(|device| device.kind == Kind::Server && device.windows().is_some_and(answers));
    // Others than this person hold the places.
    let people = || world.people.iter().filter(|_| world.people.len() > PLACES);
    servers
        .flat_map(|server| {
            people().map(|person| Target { person: Some(person.id), name: person.account.clone(), ..Target::device(server.id) })
        })
        .collect()
}

/// One works there now; the others went home without signing out.
fn inject(world: &mut World, target: &Target, chance: &mut Chance) {
    let mut others: Vec<String> =
        world.people.iter().map(|person| person.account.clone()).filter(|account| *account != target.name).collect();
    let now = world.now;
    for at in 0..PLACES {
        let active = at == 0;
        let Some(user) = chance.pick(&others).cloned() else { return };
        others.retain(|other| *other != user);
        let minutes = u64::from(chance.between(1000, 3900));
        let idle = if active { Span::ZERO } else { Span::minutes(minutes) };
        let session = RemoteSession {
            user,
            since: now - Span::minutes(if active { 40 } else { minutes + 55 }),
            idle_since: now - idle,
            active,
            ..RemoteSession::default()
        };
        if let Some(windows) = world.device_mut(target.device).windows_mut() {
            remote::open(windows, session);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fault::trial::{Trial, keeps_its_word, sites};
    use crate::panel::{Operation, PanelKind, Refused, apply};
    use crate::probe::Probe;
    use crate::shell::ShellKind;
    use crate::ticket::protected::{self, Weakened};

    fn connect(trial: &mut Trial) -> Result<String, Refused> {
        let (from, server) = (trial.id("PC-04"), trial.world.device(trial.target.device).name.clone());
        let values = [("computer".to_owned(), server)].into();
        let operation = Operation { verb: "connect".to_owned(), target: String::new(), values };
        apply(&mut trial.world, from, PanelKind::RemoteDesktop, &operation)
    }

    #[test]
    fn v10_keeps_its_word_everywhere() {
        assert!(sites().iter().filter(|site| keeps_its_word(&super::V10, site)).count() > 1);
    }

    #[test]
    fn v10_the_idle_session_is_signed_off() {
        let mut trial = Trial::anywhere("V10");
        let probe = Probe::Condition { device: trial.target.device, what: "sessions".to_owned() };
        trial.breaks(&probe);
        assert!(connect(&mut trial).unwrap_err().0.starts_with("The number of connections to this computer is limited"));
        let server = trial.world.device(trial.target.device).name.clone();
        let sessions = trial.shell(&server, ShellKind::Cmd, &["query user"]);
        assert!(sessions.contains("rdp-tcp#2") && sessions.contains("  3  Disc  "), "{sessions}");
        let view = crate::panel::view(&trial.world, trial.target.device, PanelKind::TaskManager).unwrap();
        assert!(crate::panel::as_text(&view).contains("Disconnected"));
        assert!(trial.shell(&server, ShellKind::Cmd, &["logoff 9"]).contains("Could not get session name"));
        assert_eq!(trial.shell(&server, ShellKind::Cmd, &["logoff 3"]), "");
        trial.is_fixed(&probe);
        assert!(connect(&mut trial).is_ok());
    }

    #[test]
    fn v10_whoever_works_is_not_to_be_thrown_out() {
        let weaker = |session: &str| {
            let mut trial = Trial::anywhere("V10");
            let (server, before) = (trial.world.device(trial.target.device).name.clone(), protected::of(&trial.world));
            trial.panel(&server, PanelKind::TaskManager, "sign-off", session, &[]);
            (server, protected::weakened(&before, &protected::of(&trial.world)))
        };
        let (server, lost) = weaker("2");
        assert_eq!(lost, [Weakened(format!("Work of people in sessions on {server}"))]);
        assert_eq!(weaker("3").1, []);
    }
}
