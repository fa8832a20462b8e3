//! `arp`, `route`, `netstat`.

use crate::shell::windows::network::trial::Trial;
use crate::world::interface::Hop;

#[test]
fn neighbours() {
    let mut trial = Trial::cmd("SRV-1");
    let server = trial.id("SRV-1");
    trial.world.device_mut(server).stack.neighbours.clear();
    trial.text("ping -n 1 10.44.20.10");
    let mac = trial.world.device(trial.id("APP-1")).stack.interfaces[0].mac.hyphens();
    trial.check(
        "arp -a",
        true,
        &format!(
            "\nInterface: 10.44.20.5 --- 0x5\n  Internet Address      Physical Address      Type\n  10.44.20.10           {mac}     dynamic   \n  \
             10.44.20.255          ff-ff-ff-ff-ff-ff     static    \n  224.0.0.22            01-00-5e-00-00-16     static    \n"
        ),
    );
    trial.check("arp -d *", false, "The ARP entry deletion failed: The requested operation requires elevation.\n");
    trial.check("arp -s 10.44.20.77 00-aa-00-62-c6-09", false, "The ARP entry addition failed: Access is denied.\n");
    let mut trial = trial.elevated();
    trial.check("arp -s 10.44.20.77 00-aa-00-62-c6-09", true, "");
    trial.holds("arp -a 10.44.20.77", "  10.44.20.77           00-aa-00-62-c6-09     static    \n");
    trial.check("arp -d 10.44.20.77", true, "");
    trial.check("arp -a 10.44.20.77", false, "No ARP Entries Found.\n");
    trial.check("arp -s nonsense 00-aa-00-62-c6-09", false, "ARP: bad argument: nonsense\n");
}

#[test]
fn the_route_table() {
    let mut trial = Trial::cmd("SRV-1");
    let mac = trial.world.device(trial.id("SRV-1")).stack.interfaces[0].mac.hyphens().replace('-', " ");
    let rule = "===========================================================================";
    trial.check(
        "route print",
        true,
        &format!(
            "{rule}
Interface List
  5...{mac} ......Gigabit Network Connection
  1...........................Software Loopback Interface 1
{rule}

IPv4 Route Table
{rule}
Active Routes:
Network Destination        Netmask          Gateway       Interface  Metric
          0.0.0.0          0.0.0.0       10.44.20.1       10.44.20.5     25
       10.44.20.0    255.255.255.0         On-link        10.44.20.5    281
       10.44.20.5  255.255.255.255         On-link        10.44.20.5    281
     10.44.20.255  255.255.255.255         On-link        10.44.20.5    281
        127.0.0.0        255.0.0.0         On-link         127.0.0.1    331
        127.0.0.1  255.255.255.255         On-link         127.0.0.1    331
  127.255.255.255  255.255.255.255         On-link         127.0.0.1    331
        224.0.0.0        240.0.0.0         On-link        10.44.20.5    281
        224.0.0.0        240.0.0.0         On-link         127.0.0.1    331
  255.255.255.255  255.255.255.255         On-link        10.44.20.5    281
  255.255.255.255  255.255.255.255         On-link         127.0.0.1    331
{rule}
Persistent Routes:
  Network Address          Netmask  Gateway Address  Metric
          0.0.0.0          0.0.0.0       10.44.20.1 Default
{rule}

IPv6 Route Table
{rule}
Active Routes:
  None
Persistent Routes:
  None
"
        ),
    );
}

#[test]
fn routes_come_and_go() {
    let add = "route -p add 172.16.0.0 mask 255.255.0.0 10.44.10.9 metric 5";
    let mut trial = Trial::cmd("PC-01");
    trial.check(add, false, "The route addition failed: The requested operation requires elevation.\n\n");
    let mut trial = trial.elevated();
    trial.check(add, true, " OK!\n");
    trial.check(add, false, "The route addition failed: The object already exists.\n\n");
    let route = trial.world.device(trial.id("PC-01")).stack.routes[0].clone();
    assert!(route.persistent && route.metric == 5 && route.via == Hop::Gateway("10.44.10.9".parse().unwrap()));
    trial.holds("route print 172*", "       172.16.0.0      255.255.0.0       10.44.10.9");
    trial.holds("route print", "       172.16.0.0      255.255.0.0       10.44.10.9       5\n");
    trial.check("route change 172.16.0.0 mask 255.255.0.0 10.44.10.1", true, " OK!\n");
    trial.check("route delete 172.16.0.0", true, " OK!\n");
    trial.check("route delete 172.16.0.0", false, "The route deletion failed: Element not found.\n\n");
    trial.check(
        "route add 172.16.1.0 mask 255.255.0.0 10.44.10.9",
        false,
        "The route addition failed: The parameter is incorrect.\n\n",
    );
    trial.holds(
        "route add 172.16.0.0 mask 255.255.0.0 192.168.1.1",
        "the gateway does not lie on the same network as the interface.",
    );
    trial.holds("route add nonsense", "route: bad destination address nonsense\n");
}

#[test]
fn sockets_with_their_owners() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "netstat -ano",
        true,
        "\nActive Connections\n\n  Proto  Local Address          Foreign Address        State           PID\n  TCP    0.0.0.0:445            \
         0.0.0.0:0              LISTENING       4\n",
    );
    let id = trial.id("PC-01");
    let ip = trial.world.device(id).stack.interfaces[0].addresses[0].ip;
    let windows = trial.world.device_mut(id).windows_mut().unwrap();
    let browser = windows.processes.iter_mut().find(|process| process.name == "msedge.exe").unwrap();
    browser.connected_to = Some(("192.0.2.80".parse().unwrap(), 443));
    let pid = browser.pid;
    let text = trial.text("netstat -no");
    assert!(
        text.contains(&format!("  TCP    {ip}:")) && text.contains(&format!("192.0.2.80:443         ESTABLISHED     {pid}\n")),
        "{text}"
    );
    trial.check("netstat -b", false, "The requested operation requires elevation.\n");
    let mut trial = trial.elevated();
    trial.holds("netstat -nb", "ESTABLISHED\n [msedge.exe]\n");
    trial.holds("netstat -s", "\nTCP Statistics for IPv4\n\n  Current Connections                = 1\n");
    trial.holds("netstat -e", "Interface Statistics\n\n                           Received            Sent\n\nBytes     ");
    trial.holds("netstat -r", "IPv4 Route Table\n");
    trial.holds("netstat -z", "Displays protocol statistics");
}

#[test]
fn a_stopped_service_listens_no_more() {
    let mut trial = Trial::cmd("SRV-1").elevated();
    let before = trial.text("netstat -an");
    assert!(before.contains("0.0.0.0:25 "), "{before}");
    let id = trial.id("SRV-1");
    let windows = trial.world.device_mut(id).windows_mut().unwrap();
    for service in windows.services.values_mut() {
        service.state = crate::world::windows::ServiceState::Stopped;
    }
    assert!(!trial.text("netstat -an").contains("LISTENING"));
}
