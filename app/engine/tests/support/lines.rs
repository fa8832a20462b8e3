//! Lines for terminals: templates whose `{words}` are filled from the world.

use engine::chance::Chance;
use engine::shell::{self, ShellKind};
use engine::world::device::System;
use engine::world::{DeviceId, World};

/// One template a row; rows with ` ; ` are several lines of one terminal, in order.
const CMD: &[&str] = &[
    "ipconfig",
    "ipconfig /all",
    "ipconfig /release",
    "ipconfig /renew",
    "ipconfig /flushdns",
    "ipconfig /displaydns",
    "ipconfig /registerdns",
    "ping {ip}",
    "ping {name}",
    "ping -n 1 {host}",
    "ping -n 2 -l 1400 -f {ip}",
    "tracert {ip}",
    "tracert -d {name}",
    "pathping -n {ip}",
    "nslookup {name}",
    "nslookup -type=mx {domain}",
    "nslookup ; set type=a ; {name} ; server {ip} ; {name} ; exit",
    "netstat -ano",
    "netstat -r",
    "netstat -e",
    "arp -a",
    "arp -d *",
    "route print",
    "route add 10.99.0.0 mask 255.255.0.0 {ip}",
    "route delete 10.99.0.0",
    "net use",
    "net use Z: \\\\{host}\\{share}",
    "net use Z: /delete",
    "net user",
    "net user {user}",
    "net localgroup Administrators",
    "net accounts",
    "net start",
    "net start {service}",
    "net stop {service}",
    "net view \\\\{host}",
    "net share",
    "sc query {service}",
    "sc config {service} start= auto",
    "sc start {service}",
    "sc stop {service}",
    "tasklist",
    "tasklist /svc",
    "taskkill /IM {process} /F",
    "sfc /scannow",
    "sfc /verifyonly",
    "DISM /Online /Cleanup-Image /ScanHealth",
    "DISM /Online /Cleanup-Image /RestoreHealth",
    "chkdsk",
    "chkdsk C: /scan",
    "diskpart ; list disk ; select disk 0 ; list volume ; exit",
    "gpupdate",
    "gpupdate /force",
    "gpresult /r",
    "systeminfo",
    "hostname",
    "whoami",
    "whoami /groups",
    "winver",
    "shutdown /r /t 0",
    "shutdown /a",
    "dir",
    "dir C:\\",
    "cd C:\\Windows",
    "md C:\\Temp{n}",
    "type C:\\Windows\\System32\\drivers\\etc\\hosts",
    "icacls C:\\Users",
    "netsh wlan show interfaces",
    "netsh wlan show profiles",
    "netsh wlan show networks",
    "netsh winsock reset",
    "netsh int ip reset",
    "netsh advfirewall show allprofiles",
    "netsh advfirewall set allprofiles state on",
    "netsh interface show interface",
    "w32tm /query /status",
    "w32tm /resync",
    "manage-bde -status",
    "powercfg /batteryreport",
    "reg query HKLM\\Software",
    "wevtutil qe System /c:5",
    "services.msc",
    "devmgmt.msc",
    "eventvwr",
    "getmac",
    "ver",
    "echo {n}",
    "cls",
    "set",
    "help",
];

const POWERSHELL: &[&str] = &[
    "Get-NetAdapter",
    "Get-NetIPConfiguration",
    "Get-NetIPAddress",
    "Get-NetRoute",
    "Get-DnsClientServerAddress",
    "Test-NetConnection {name} -Port {port}",
    "Test-NetConnection {ip}",
    "Test-Connection {host}",
    "Resolve-DnsName {name}",
    "Clear-DnsClientCache",
    "Get-Service",
    "Get-Service {service}",
    "Get-Service | Where-Object Status -eq Stopped",
    "Restart-Service {service}",
    "Start-Service {service}",
    "Stop-Service {service}",
    "Get-Process",
    "Get-Process | Sort-Object CPU -Descending | Select-Object -First 5",
    "Get-WinEvent -LogName System -MaxEvents 5",
    "Get-EventLog -LogName System -Newest 5",
    "Get-ADUser {user}",
    "Unlock-ADAccount {user}",
    "Get-PhysicalDisk",
    "Get-Volume",
    "Get-Printer",
    "Get-PrintJob -PrinterName \"{printer}\"",
    "Get-MpComputerStatus",
    "Start-MpScan",
    "Get-ComputerInfo",
    "Get-Date",
    "ipconfig /all",
    "ping {ip}",
    "Get-ChildItem",
    "Get-HotFix",
];

const BASH: &[&str] = &[
    "ip addr",
    "ip link",
    "ip route",
    "ip neigh",
    "ip -br addr",
    "ip route get {ip}",
    "ss -tulpn",
    "ss -tan",
    "ping -c 1 {ip}",
    "ping -c 2 {name}",
    "traceroute {ip}",
    "traceroute -n {name}",
    "dig {name}",
    "dig +short {name}",
    "dig @{ip} {name}",
    "dig -x {ip}",
    "host {name}",
    "nslookup {name}",
    "curl -I http://{name}",
    "nc -vz {ip} {port}",
    "hostnamectl",
    "resolvectl status",
    "systemctl status {unit}",
    "systemctl list-units",
    "sudo systemctl restart {unit}",
    "sudo systemctl stop {unit}",
    "sudo systemctl start {unit}",
    "sudo systemctl enable {unit}",
    "journalctl -u {unit} -n 5",
    "journalctl -n 10",
    "ps aux",
    "top -b -n 1",
    "free -h",
    "uptime",
    "df -h",
    "df -i",
    "du -sh /var/log",
    "lsblk",
    "mount",
    "cat /etc/fstab",
    "cat /etc/resolv.conf",
    "ls -l",
    "ls -l /etc",
    "cd /var/log ; pwd ; ls",
    "id",
    "id {user}",
    "groups",
    "whoami",
    "touch /tmp/f{n}",
    "mkdir /tmp/d{n}",
    "chmod 600 /tmp/f{n}",
    "rm /tmp/f{n}",
    "grep root /etc/passwd",
    "tail -n 3 /etc/passwd",
    "find /etc -name hosts",
    "apt list --upgradable",
    "sudo apt update",
    "dmesg",
    "sudo ufw status",
    "sudo iptables -L",
    "crontab -l",
    "timedatectl",
    "uname -a",
    "hostname",
    "date",
    "echo {n}",
    "arp -n",
    "netstat -tulpn",
    "w",
];

const IOS: &[&str] = &[
    "enable ; show ip interface brief",
    "enable ; show interfaces status",
    "enable ; show vlan brief",
    "enable ; show interfaces trunk",
    "enable ; show mac address-table",
    "enable ; show arp",
    "enable ; show ip route",
    "enable ; show running-config",
    "enable ; show version",
    "enable ; show power inline",
    "enable ; show spanning-tree",
    "enable ; show port-security",
    "enable ; show interfaces status err-disabled",
    "enable ; show logging",
    "enable ; show interfaces {iface}",
    "enable ; show interfaces {iface} switchport",
    "enable ; show ip dhcp binding",
    "enable ; show ip nat translations",
    "enable ; show access-lists",
    "enable ; show cdp neighbors",
    "enable ; show lldp neighbors",
    "enable ; ping {ip}",
    "enable ; traceroute {ip}",
    "enable ; configure terminal ; interface {iface} ; shutdown ; end",
    "enable ; configure terminal ; interface {iface} ; no shutdown ; end",
    "enable ; configure terminal ; interface {iface} ; no shutdown ; exit ; end",
    "enable ; configure terminal ; interface {iface} ; switchport mode access ; switchport access vlan {vlan} ; end",
    "enable ; configure terminal ; interface {iface} ; speed auto ; duplex auto ; end",
    "enable ; configure terminal ; interface {iface} ; description port {n} ; end",
    "enable ; configure terminal ; vlan {vlan} ; name V{n} ; end",
    "enable ; configure terminal ; ip route 10.99.0.0 255.255.0.0 {ip} ; no ip route 10.99.0.0 255.255.0.0 {ip} ; end",
    "enable ; copy running-config startup-config",
    "enable ; write memory",
];

pub fn all(kind: ShellKind) -> &'static [&'static str] {
    match kind {
        ShellKind::Cmd => CMD,
        ShellKind::PowerShell => POWERSHELL,
        ShellKind::Bash => BASH,
        ShellKind::Ios => IOS,
    }
}

/// Whether the shell has the command of a row already; others are passed over.
pub fn has(kind: ShellKind, row: &str) -> bool {
    let first = row.split(' ').find(|word| *word != "sudo").unwrap_or_default();
    shell::commands(kind).iter().any(|name| name.eq_ignore_ascii_case(first) || name.split('.').next() == Some(first))
}

/// One or more lines for one terminal.
pub fn draw(world: &World, device: DeviceId, kind: ShellKind, chance: &mut Chance) -> Vec<String> {
    const TRIES: u32 = 20;
    let row = (0..TRIES).find_map(|_| chance.pick(all(kind)).filter(|row| has(kind, row))).unwrap_or(&"help");
    written(world, device, row, chance)
}

/// The lines of a row with words from this world.
pub fn written(world: &World, device: DeviceId, row: &str, chance: &mut Chance) -> Vec<String> {
    row.split(" ; ").map(|line| fill(world, device, line, chance)).collect()
}

fn fill(world: &World, device: DeviceId, template: &str, chance: &mut Chance) -> String {
    let mut line = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        line.push_str(before);
        line.push_str(&own(world, device, name, chance).unwrap_or_else(|| word(world, name, chance)));
        rest = after;
    }
    line + rest
}

/// A word about the device itself.
fn own(world: &World, device: DeviceId, name: &str, chance: &mut Chance) -> Option<String> {
    let device = world.device(device);
    let windows = device.windows();
    match (name, &device.system) {
        ("service", _) => some(windows?.services.keys(), chance),
        ("process", _) => some(windows?.processes.iter().map(|process| &process.name), chance),
        ("printer", _) => some(windows?.printers.iter().map(|printer| &printer.name), chance),
        ("unit", System::Linux(linux)) => some(linux.units.keys(), chance),
        ("iface", _) => some(device.ports.iter().map(|port| &port.name), chance),
        ("vlan", _) => {
            let vlans: Vec<String> = device.switching.as_ref()?.vlans.keys().map(|vlan| vlan.0.to_string()).collect();
            chance.pick(&vlans).cloned()
        }
        _ => None,
    }
}

fn some<'a, S: AsRef<str> + 'a>(from: impl Iterator<Item = &'a S>, chance: &mut Chance) -> Option<String> {
    let all: Vec<&S> = from.collect();
    chance.pick(&all).map(|word| word.as_ref().to_owned())
}

/// A word of the company: of the kind that the name of a placeholder or of a panel's field says, or just a number.
pub fn word(world: &World, name: &str, chance: &mut Chance) -> String {
    let found = match name {
        "ip" | "address" | "gateway" | "dns" | "server" | "router" => {
            let ips = world.devices.iter().flat_map(|device| &device.stack.interfaces).flat_map(|interface| &interface.addresses);
            let ips: Vec<String> = ips.map(|address| address.ip.to_string()).collect();
            chance.pick(&ips).cloned()
        }
        "host" | "device" | "computer" => some(world.devices.iter().map(|device| &device.name), chance),
        "name" | "host-name" => {
            let zones = world.devices.iter().filter_map(|device| device.roles.dns.as_ref()).flat_map(|dns| dns.zones.values());
            some(zones.flat_map(|zone| zone.records.keys()), chance)
        }
        "user" | "account" => some(world.people.iter().map(|person| &person.account), chance),
        "domain" => Some(world.domain.clone()),
        "share" => some(world.devices.iter().flat_map(|device| &device.roles.shares).map(|share| &share.name), chance),
        "port" => chance.pick(&["22", "53", "80", "443", "445", "3389"]).map(|port| (*port).to_owned()),
        "mask" => Some("255.255.255.0".to_owned()),
        "prefix" => Some("24".to_owned()),
        _ => None,
    };
    found.unwrap_or_else(|| chance.below(10).to_string())
}
