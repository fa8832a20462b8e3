//! A site as an author writes it. Every text that holds an address may use the variables of `[draw]`: `192.168.{a}.5`.

use serde::Deserialize;

use crate::sorted::Map;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub id: String,
    pub organisation: String,
    /// The DNS suffix of the company's names.
    pub domain: String,
    /// What the company does and what its network is like, for learners.
    pub summary: String,
    /// `2026-09-07 08:30`, in UTC.
    pub start: String,
    /// Minutes east of UTC.
    #[serde(default)]
    pub zone_minutes: i32,
    /// Letter to the lowest and highest number that the seed may draw for it.
    #[serde(default)]
    pub draw: Map<String, (u8, u8)>,
    #[serde(default)]
    pub place: Vec<Place>,
    #[serde(default)]
    pub vlan: Vec<Vlan>,
    #[serde(default)]
    pub device: Vec<Device>,
    #[serde(default)]
    pub link: Vec<Link>,
    #[serde(default)]
    pub person: Vec<Person>,
    #[serde(default)]
    pub group: Vec<Group>,
    pub tenant: Option<Tenant>,
    /// What people of this site rely on.
    #[serde(default)]
    pub probe: Vec<Probe>,
    #[serde(default)]
    pub article: Vec<Article>,
    #[serde(default)]
    pub spare: Vec<Spare>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub name: String,
    pub inside: Option<String>,
    #[serde(default)]
    pub x: i32,
    #[serde(default)]
    pub y: i32,
    #[serde(default)]
    pub floor: i32,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vlan {
    pub id: u16,
    pub name: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    #[default]
    Desktop,
    Laptop,
    /// Windows Server.
    Server,
    LinuxServer,
    LinuxDesktop,
    Printer,
    /// Managed, with a command line.
    Switch,
    UnmanagedSwitch,
    Router,
    Firewall,
    /// A small router, switch and access point in one box, with a web page and no command line.
    HomeRouter,
    AccessPoint,
    Modem,
    Phone,
    /// A host or router beyond the company's edge.
    Internet,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    pub name: String,
    pub kind: Kind,
    pub model: Option<String>,
    pub place: String,
    /// How many numbered ports a switch, router or modem has.
    pub ports: Option<u8>,
    /// The data disk of a Windows server is a mirrored pair.
    #[serde(default)]
    pub raid: bool,
    #[serde(default)]
    pub port: Vec<Port>,
    #[serde(default)]
    pub interface: Vec<Interface>,
    /// `0.0.0.0/0 via 192.0.2.1`.
    #[serde(default)]
    pub route: Vec<String>,
    pub nat: Option<Nat>,
    /// The packet filter in order: `accept tcp from 192.168.10.0/24 to any port 443`.
    #[serde(default)]
    pub filter: Vec<String>,
    #[serde(default)]
    pub default_deny: bool,
    pub dhcp: Option<Dhcp>,
    pub dns: Option<Dns>,
    /// Makes it the domain controller of the site's domain.
    #[serde(default)]
    pub directory: bool,
    #[serde(default)]
    pub share: Vec<Share>,
    #[serde(default)]
    pub web: Vec<Web>,
    /// Keeps mailboxes for the site's people.
    #[serde(default)]
    pub mail: bool,
    #[serde(default)]
    pub time: bool,
    #[serde(default)]
    pub backup: Vec<Backup>,
    #[serde(default)]
    pub listen: Vec<Listen>,
    #[serde(default)]
    pub radio: Vec<Radio>,
    #[serde(default)]
    pub network: Vec<Network>,
    /// Laptops: the SSIDs it knows; the first one in range is joined.
    #[serde(default)]
    pub wifi: Vec<String>,
    #[serde(default)]
    pub printer: Vec<InstalledPrinter>,
    /// Windows: joined to the site's directory.
    #[serde(default)]
    pub joined: bool,
    /// Drives: `T = "\\\\SRV-1\\team"`.
    #[serde(default)]
    pub drive: Map<String, String>,
    #[serde(default)]
    pub spanning_tree: Option<bool>,
    #[serde(default)]
    pub snooping: bool,
    /// Watts a switch can give to powered devices.
    pub poe_watts: Option<u32>,
    /// Gets its power from the switch: watts.
    pub powered_by_switch: Option<u32>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Port {
    /// One port or a range: `Gi0/1`, `Gi0/1-8`.
    pub name: String,
    pub access: Option<u16>,
    /// Allowed VLANs; an empty list is all.
    pub trunk: Option<Vec<u16>>,
    pub native: Option<u16>,
    pub voice: Option<u16>,
    #[serde(default)]
    pub poe: bool,
    /// Most stations that port security lets in.
    pub security: Option<u8>,
    #[serde(default)]
    pub trusted: bool,
    #[serde(default)]
    pub portfast: bool,
    #[serde(default)]
    pub shutdown: bool,
    pub fibre: Option<bool>,
    pub description: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interface {
    /// Of a port (`Ethernet`, `eth0`, `Gi0/0`), `Vlan10`, `Gi0/0.20`, `Loopback0`.
    pub name: String,
    /// `192.168.10.5/24` or `dhcp`; none is no address.
    pub address: Option<String>,
    pub gateway: Option<String>,
    #[serde(default)]
    pub dns: Vec<String>,
    #[serde(default)]
    pub helper: Vec<String>,
    pub mtu: Option<u16>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nat {
    /// The interface towards the provider.
    pub outside: String,
    pub inside: Vec<String>,
    /// `tcp 8443 to 192.168.10.20:443`.
    #[serde(default)]
    pub forward: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dhcp {
    pub scope: Vec<Scope>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    pub name: String,
    pub network: String,
    /// `192.168.10.50-192.168.10.150`.
    pub range: String,
    pub router: Option<String>,
    #[serde(default)]
    pub dns: Vec<String>,
    /// Hours.
    pub lease_hours: u32,
    /// Device label to address.
    #[serde(default)]
    pub reserve: Map<String, String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dns {
    /// Origin to records: `srv-1 A 192.168.10.5`, `@ MX 10 mail`.
    #[serde(default)]
    pub zone: Map<String, Vec<String>>,
    /// Zone to servers; the zone `.` is everything else.
    #[serde(default)]
    pub forward: Map<String, Vec<String>>,
    #[serde(default)]
    pub recursion: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    pub name: String,
    pub folder: String,
    /// `Staff = "modify"`: read, modify, full; for the share and for the folder.
    pub permissions: Map<String, String>,
    pub ntfs: Map<String, String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Web {
    pub host: String,
    pub title: String,
    #[serde(default)]
    pub tls: bool,
    pub port: Option<u16>,
    /// The unit or service behind the pages.
    #[serde(default)]
    pub backend: String,
    /// The unit or service that listens.
    #[serde(default)]
    pub owner: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    pub name: String,
    pub source: String,
    pub target: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listen {
    /// `tcp 1433`.
    pub on: String,
    #[serde(default)]
    pub owner: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Radio {
    /// `2.4`, `5` or `6`.
    pub band: String,
    pub channel: u8,
    pub dbm: Option<i8>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    pub ssid: String,
    /// `open`, `wpa2`, `wpa3`, `enterprise`.
    pub security: String,
    #[serde(default)]
    pub vlan: Option<u16>,
    #[serde(default)]
    pub portal: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalledPrinter {
    pub name: String,
    /// Label of the printer; `server` names the print server where it goes through one.
    pub device: String,
    pub server: Option<String>,
    #[serde(default)]
    pub default: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// `PC-01/Ethernet`; a device with one port needs no port.
    pub from: String,
    pub to: String,
    /// `cat3`, `cat5e`, `cat6`, `cat6a`, `single-mode`, `multi-mode`, `line`; what fits the port where it is not given.
    pub cable: Option<String>,
    pub metres: Option<u16>,
    pub label: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// How scenarios name this person: `receptionist`.
    pub id: String,
    /// Drawn when it is not given.
    pub name: Option<String>,
    pub job: String,
    pub place: String,
    pub device: Option<String>,
    /// `novice`, `everyday`, `expert`.
    #[serde(default)]
    pub skill: Option<String>,
    #[serde(default)]
    pub groups: Vec<String>,
    /// `access`, `change`, `spending`, `security`.
    #[serde(default)]
    pub authority: Vec<String>,
    /// `09-11`: hours when their machine must not be disturbed without their word.
    #[serde(default)]
    pub busy: Vec<String>,
    pub unit: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub name: String,
    pub description: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenant {
    pub domain: String,
    /// Licence to number bought; everybody has the first one.
    pub licences: Map<String, u16>,
    pub country: String,
    #[serde(default)]
    pub allowed_countries: Vec<String>,
}

/// One thing that must work. `kind` says which of the other fields count; content/README.md has the table.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    pub kind: String,
    /// Tried on each of these.
    #[serde(default)]
    pub devices: Vec<String>,
    #[serde(default)]
    pub person: Option<String>,
    /// An address, name, URL, share, printer, service, program …
    #[serde(default)]
    pub target: Option<String>,
    #[serde(default)]
    pub port: Option<u16>,
    #[serde(default)]
    pub mbps: Option<u32>,
    #[serde(default)]
    pub right: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub title: String,
    pub text: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spare {
    /// `cable cat6`, `psu 500`, `ram 8`, `disk ssd 512`, `cmos battery`, `laptop battery`, `charger 90`, `fan`, `drum`, `toner`,
    /// `fuser`, `pick-up roller`, `optic sx`, `optic lx`, `display cable`.
    pub part: String,
    pub count: u16,
}
