//! The proxy on and off.

use crate::panel::{Operation, PanelKind, Refused, apply, view};
use crate::shell::windows::network::trial::clinic;
use crate::sorted::Map;
use crate::world::World;

fn operate(world: &mut World, verb: &str, values: &[(&str, &str)]) -> Result<String, Refused> {
    let values: Map<String, String> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let device = world.find("PC-01").unwrap();
    apply(world, device, PanelKind::InternetOptions, &Operation { verb: verb.to_owned(), target: String::new(), values })
}

#[test]
fn set_and_turned_off() {
    let mut world = clinic();
    assert!(operate(&mut world, "turn-on", &[]).is_err());
    assert!(operate(&mut world, "set-proxy", &[("server", ""), ("port", "8080")]).is_err());
    assert!(operate(&mut world, "set-proxy", &[("server", "10.0.0.1"), ("port", "0")]).is_err());
    assert_eq!(
        operate(&mut world, "set-proxy", &[("server", "10.0.0.1"), ("port", "8080")]),
        Ok("The proxy server is 10.0.0.1:8080.".to_owned())
    );
    let device = world.find("PC-01").unwrap();
    let facts = view(&world, device, PanelKind::InternetOptions).unwrap().facts;
    assert_eq!(facts[1], ("Proxy server".to_owned(), "10.0.0.1:8080".to_owned()));
    assert!(world.device(device).windows().unwrap().proxy.enabled);
    operate(&mut world, "turn-off", &[]).unwrap();
    assert!(!world.device(device).windows().unwrap().proxy.enabled);
    operate(&mut world, "turn-on", &[]).unwrap();
    assert!(world.device(device).windows().unwrap().proxy.enabled);
}
