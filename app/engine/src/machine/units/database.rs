//! The database behind a web application: asked for every page, found by the application's own settings.

use super::{log, ports, program};
use crate::net::dns::{Resolution, resolve};
use crate::net::{Connection, connect};
use crate::world::{DeviceId, World};

/// Host and port in the settings of a unit's program, as `database = 127.0.0.1:3306`; `None`: it keeps none.
fn of(world: &World, device: DeviceId, unit: &str) -> Option<(String, u16)> {
    let linux = world.device(device).linux()?;
    let unit = linux.units.get(unit).filter(|unit| program(&unit.exec) == "app-server")?;
    let settings = linux.files.0.get(unit.config.as_ref()?)?;
    let (host, port) =
        ports::setting(&settings.text, "database", '=')?.rsplit_once(':').map(|(h, p)| (h.to_owned(), p.to_owned()))?;
    Some((host, port.parse().ok()?))
}

/// Whether the program of this unit gets what it asks its database for; where not, it says why in the journal.
pub fn answers(world: &mut World, device: DeviceId, unit: &str) -> bool {
    let Some((host, port)) = of(world, device, unit) else { return true };
    let why = match resolve(world, device, &host) {
        Resolution::NotFound | Resolution::Failed => "name not found",
        Resolution::Address(address) => match connect(world, device, address, port) {
            Connection::Connected { .. } => return true,
            Connection::Refused => "connection refused",
            Connection::TimedOut => "connection timed out",
            Connection::Unreachable { .. } | Connection::NoRoute => "no route to host",
        },
    };
    log(world, device, unit, "app-server", 3, &format!("database {host}:{port}: {why}; answered with status 500"));
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::trial::sites;
    use crate::probe::Probe;
    use crate::shell::{Session, ShellKind, run};

    #[test]
    fn the_page_of_the_till_fails_without_its_database() {
        let mut world = sites().pop().unwrap();
        let (from, server) = (world.find("PC-01").unwrap(), world.find("SRV-1").unwrap());
        let page = Probe::Web { from, url: "http://till.millrace.example/".to_owned() };
        assert!(page.passes(&world));
        let mut session = Session::open(&world, server, ShellKind::Bash).unwrap();
        let mut type_in = |world: &mut World, line: &str| run(world, &mut session, line).text;
        type_in(&mut world, "sudo systemctl stop mariadb");
        assert!(!page.passes(&world));
        let head = type_in(&mut world, "curl -I http://till.millrace.example/");
        assert!(head.contains("500 Internal Server Error"), "{head}");
        let journal = type_in(&mut world, "sudo journalctl -u app -n 5");
        assert!(journal.contains("database 127.0.0.1:3306: connection refused"), "{journal}");
        type_in(&mut world, "sudo systemctl start mariadb");
        assert!(page.passes(&world));
        type_in(&mut world, "sudo systemctl stop app");
        let head = type_in(&mut world, "curl -I http://till.millrace.example/");
        assert!(head.contains("503 Service Unavailable"), "{head}");
    }
}
