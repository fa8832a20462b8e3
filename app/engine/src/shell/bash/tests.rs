//! What bash prints, on a small made-up company.

mod printed;

use crate::machine::{is_up, units};
use crate::shell::{Session, ShellKind};
use crate::time::Span;
use crate::world::linux::UnitState;
use crate::world::{DeviceId, World};

const SITE: &str = r#"
id = "lab"
organisation = "Lab"
domain = "lab.example"
summary = "A test"
start = "2026-09-07 07:40"
place = [{ name = "Lab" }]
device = [
  { name = "SRV-1", place = "Lab", kind = "linux-server", interface = [{ name = "eth0", address = "10.0.0.10/24", gateway = "10.0.0.1", dns = ["10.0.0.2"] }], web = [{ host = "www.lab.example", title = "Lab", owner = "nginx.service", backend = "app.service" }] },
  { name = "NS-1", place = "Lab", kind = "linux-server", interface = [{ name = "eth0", address = "10.0.0.2/24" }], dns = { recursion = false, zone = { "lab.example" = ["www A 10.0.0.10", "@ MX 10 mail", "mail A 10.0.0.9"] } } },
  { name = "LX-1", place = "Lab", kind = "linux-desktop", interface = [{ name = "eth0", address = "10.0.0.21/24" }] },
  { name = "SW-1", place = "Lab", kind = "unmanaged-switch" },
]
link = [{ from = "SRV-1", to = "SW-1/Port 1" }, { from = "NS-1", to = "SW-1/Port 2" }, { from = "LX-1", to = "SW-1/Port 3" }]
person = [{ id = "ada", name = "Ada Novak", job = "Clerk", place = "Lab", device = "LX-1" }]
"#;

// For tests of other rooms too.
/// The world with a terminal of the support account on its server.
#[expect(clippy::missing_panics_doc, reason = "tests")]
pub fn world() -> (World, Session) {
    let site: crate::site::Site = toml::from_str(SITE).unwrap_or_else(|error| panic!("{error}"));
    let built = crate::site::build(&site, 1).unwrap_or_else(|complaints| panic!("{complaints:?}"));
    let session = Session::open(&built.world, DeviceId(0), ShellKind::Bash).unwrap();
    (built.world, session)
}

pub struct Terminal {
    pub world: World,
    pub session: Session,
}

pub fn terminal() -> Terminal {
    let (world, session) = world();
    Terminal { world, session }
}

impl Terminal {
    pub fn run(&mut self, line: &str) -> String {
        crate::shell::run(&mut self.world, &mut self.session, line).text
    }

    pub(in crate::shell::bash) fn shows(&mut self, line: &str, expected: &str) {
        assert_eq!(self.run(line), expected, "{line}");
    }

    pub(in crate::shell::bash) fn has(&mut self, line: &str, part: &str) {
        let text = self.run(line);
        assert!(text.contains(part), "{line} should print {part:?}:\n{text}");
    }
}

#[test]
fn the_grammar_of_the_shell() {
    let mut t = terminal();
    t.shows("echo \"$USER\" '$USER' $HOME ~", "support $USER /home/support /home/support\n");
    t.shows("false; echo $?", "1\n");
    t.shows("false && echo a || echo b", "b\n");
    t.shows("echo one > f; echo two >> f; cat f | wc -l", "2\n");
    t.shows("X=5; echo $X", "5\n");
    t.shows("foo", "bash: foo: command not found\n");
    t.shows("echo x > /etc/motd", "bash: /etc/motd: Permission denied\n");
    t.shows("sudo echo x > /etc/motd", "bash: /etc/motd: Permission denied\n");
    t.shows("echo x | sudo tee /etc/motd", "x\n");
    t.shows("cat /etc/mo*", "x\n");
    t.shows("ls /nope 2>/dev/null", "");
    t.shows("usermod -L ada", "bash: usermod: command not found\n");
    assert_eq!(super::prompt(&t.world, &t.session), "support@srv-1:~$ ");
}

#[test]
fn files_and_permissions() {
    let mut t = terminal();
    t.shows("cat /etc/shadow", "cat: /etc/shadow: Permission denied\n");
    t.shows("cat nope", "cat: nope: No such file or directory\n");
    t.has("ls -ld /srv/team", "drwxrwsr-x 4 root team 4096 ");
    t.shows("rm /etc/fstab", "rm: cannot remove '/etc/fstab': Permission denied\n");
    t.shows("mkdir a; touch a/b; rmdir a", "rmdir: failed to remove 'a': Directory not empty\n");
    t.shows("rm a", "rm: cannot remove 'a': Is a directory\n");
    t.shows("rm -r a; ls a", "ls: cannot access 'a': No such file or directory\n");
    t.shows("printf", "bash: printf: command not found\n");
    t.shows("chmod 600 /etc/fstab", "chmod: changing permissions of '/etc/fstab': Operation not permitted\n");
    t.shows("echo b > x; cp x y; mv y z; cat z; sed -i 's/b/c/' z; cat z", "b\nc\n");
    t.shows("grep -n root /etc/passwd", "1:root:x:0:0::/root:/bin/bash\n");
    t.shows("find /etc/app -name '*.conf'", "/etc/app/app.conf\n");
    t.shows("id", "uid=1000(support) gid=1000(support) groups=1000(support),4(adm),27(sudo),1100(team)\n");
}

#[test]
fn becoming_somebody_else() {
    let mut t = terminal();
    t.shows("sudo gpasswd -d anovak sudo", "Removing user anovak from group sudo\n");
    t.shows("sudo whoami", "root\n");
    t.shows("sudo -i", "");
    t.shows("whoami; su - anovak; whoami", "root\nanovak\n");
    t.shows("sudo ls", "anovak is not in the sudoers file.\n");
    t.shows("exit; whoami; exit; whoami", "exit\nroot\nexit\nsupport\n");
    t.shows("su - anovak", "Password: \nsu: Authentication failure\n");
    t.has("sudo journalctl -t sudo", "anovak : user NOT in sudoers");
}

#[test]
fn a_new_group_counts_from_the_next_sign_in() {
    let mut t = terminal();
    t.run("sudo groupadd lab; sudo usermod -aG lab support");
    t.shows("id -nG", "support adm sudo team\n");
    t.shows("id -nG support", "support adm sudo team lab\n");
    t.run("exit");
    t.shows("id -nG", "support adm sudo team lab\n");
}

#[test]
fn units_follow_their_settings() {
    let mut t = terminal();
    t.shows("systemctl is-active nginx; systemctl is-enabled ssh", "active\nenabled\n");
    t.shows("systemctl restart app", "Failed to restart app.service: Interactive authentication required.\nSee system logs and 'systemctl status app.service' for details.\n");
    t.run("sudo sed -i 's/workers = 4/workers = x/' /etc/app/app.conf");
    t.shows(
        "sudo systemctl restart app",
        "Job for app.service failed because the control process exited with error code.\nSee \"systemctl status app.service\" and \"journalctl -xeu app.service\" for details.\n",
    );
    t.has("systemctl status app", "     Active: failed (Result: exit-code) since ");
    t.has("journalctl -u app -n 5", "app-server[");
    t.has("journalctl -u app", "/etc/app/app.conf:6: invalid value \"x\" for \"workers\"");
    t.has("systemctl --failed", "● app.service loaded failed failed Company web application");
    assert!(!t.run("sudo ss -tlnp").contains("8080"));
    t.run("sudo sed -i 's/workers = x/workers = 4/' /etc/app/app.conf");
    t.shows("sudo systemctl restart app && systemctl is-active app", "active\n");
    t.has("sudo ss -tlnp", "127.0.0.1:8080");
    t.shows("systemctl status nope", "Unit nope.service could not be found.\n");
    t.shows("sudo systemctl mask app; sudo systemctl stop app; sudo systemctl start app", "Created symlink /etc/systemd/system/app.service → /dev/null.\nFailed to start app.service: Unit app.service is masked.\n");
}

#[test]
fn nginx_tests_its_settings() {
    let mut t = terminal();
    t.shows("sudo nginx -t", "nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n");
    t.run("sudo sed -i 's/server_name/sever_name/' /etc/nginx/sites-enabled/default");
    t.shows(
        "sudo nginx -t",
        "nginx: [emerg] unknown directive \"sever_name\" in /etc/nginx/sites-enabled/default:3\nnginx: configuration file /etc/nginx/nginx.conf test failed\n",
    );
}

#[test]
fn a_full_disk_stops_writing() {
    let mut t = terminal();
    for mount in &mut t.world.device_mut(DeviceId(0)).linux_mut().unwrap().mounts {
        mount.used = mount.size;
    }
    t.shows("echo x > new", "bash: new: No space left on device\n");
    t.has("df -h /", "100% /");
    t.run("sudo systemctl restart mariadb");
    t.has("journalctl -u mariadb", "No space left on device");
}

#[test]
fn the_network_is_shown_as_it_is() {
    let mut t = terminal();
    t.has("ip -br addr", "eth0             UP             10.0.0.10/24");
    t.shows(
        "ip route",
        "default via 10.0.0.1 dev eth0 proto static\n10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.10\n",
    );
    t.has("ping -c 2 10.0.0.2", "2 packets transmitted, 2 received, 0% packet loss");
    t.has("ping -c 1 10.0.0.77", "From 10.0.0.10 icmp_seq=1 Destination Host Unreachable");
    t.has("ip neigh", "10.0.0.2 dev eth0 lladdr ");
    t.shows("ip link set eth0 down", "RTNETLINK answers: Operation not permitted\n");
    t.run("sudo ip link set eth0 down; sudo ip link set eth0 up");
    t.shows("ip route", "10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.10\n");
    t.shows("ping -c 1 192.0.2.1", "ping: connect: Network is unreachable\n");
    t.run("sudo systemctl restart systemd-networkd");
    t.has("ip route get 192.0.2.1", "192.0.2.1 via 10.0.0.1 dev eth0 src 10.0.0.10");
}

#[test]
fn names_and_pages() {
    let mut t = terminal();
    t.shows("dig +short www.lab.example", "10.0.0.10\n");
    t.has("dig nope.lab.example", "status: NXDOMAIN");
    t.shows("host www.lab.example", "www.lab.example has address 10.0.0.10\n");
    t.has("nslookup www.lab.example", "Server:\t\t127.0.0.53\nAddress:\t127.0.0.53#53\n");
    t.has("curl -I http://www.lab.example", "HTTP/1.1 200 OK\n");
    t.run("sudo systemctl stop app");
    t.has("curl -I http://www.lab.example", "HTTP/1.1 503 Service Unavailable\n");
    t.run("sudo systemctl stop nginx");
    t.has("curl http://www.lab.example", "curl: (7) Failed to connect to www.lab.example port 80");
    t.shows("nc -vz 10.0.0.10 80", "nc: connect to 10.0.0.10 (10.0.0.10) port 80 (tcp) failed: Connection refused\n");
}

#[test]
fn a_restart_comes_back_with_everything_that_is_enabled() {
    let mut t = terminal();
    t.run("sudo systemctl disable app; sudo reboot");
    assert!(!is_up(&t.world, DeviceId(0)));
    t.world.wait(Span::minutes(5));
    let linux = t.world.device(DeviceId(0)).linux().unwrap();
    assert_eq!(linux.units["app.service"].state, UnitState::Inactive);
    assert_eq!(linux.units["nginx.service"].state, UnitState::Active);
    assert!(linux.mounts.iter().all(|mount| mount.mounted));
    assert!(units::listeners(linux).iter().any(|listener| listener.port == 80));
}

#[test]
fn any_line_is_answered() {
    let mut t = terminal();
    for name in super::NAMES {
        for arguments in ["", " -", " --", " -x", " é", " -n", " /", " a b c", " -a é --x=", " '' ''", " -u", " 1", " / /", " *"]
        {
            if !matches!(*name, "reboot" | "exit") {
                let _ = t.run(&format!("{name}{arguments}"));
                let _ = t.run(&format!("sudo {name}{arguments}"));
            }
        }
    }
}

#[test]
fn disks_and_memory_are_laid_out_as_the_tools_do() {
    let mut t = terminal();
    t.shows(
        "df -h",
        "Filesystem      Size  Used Avail Use% Mounted on\n\
         /dev/sda1        18G  4.3G   13G  25% /\n\
         /dev/sda3       4.0G  1.2G  2.7G  31% /var\n\
         /dev/sdb1       100G   31G   64G  33% /srv\n",
    );
    t.has("free", "               total        used        free      shared  buff/cache   available\nMem:         4003840 ");
    t.has("lsblk", "└─sdb1    8:17  0 100G  0 part /srv\n");
    t.shows("sudo umount /srv; df /srv | tail -1 | cut -d ' ' -f 1", "/dev/sda1\n");
    t.shows("sudo mount -a; mount | grep srv", "/dev/sdb1 on /srv type ext4 (rw,relatime)\n");
}

#[test]
fn a_machine_is_called_anew_everywhere() {
    let mut t = terminal();
    t.shows("hostnamectl set-hostname web-1", "Could not set static hostname: Interactive authentication required.\n");
    t.shows("sudo hostnamectl set-hostname web-1", "");
    t.shows("hostname; uname -n; cat /etc/hostname; echo $HOSTNAME", "web-1\nweb-1\nweb-1\nweb-1\n");
    t.has("cat /etc/hosts", "127.0.1.1\tweb-1\n");
    t.has("hostnamectl", " Static hostname: web-1\n");
    assert_eq!(super::prompt(&t.world, &t.session), "support@web-1:~$ ");
    t.shows("hostname web-2", "hostname: you must be root to change the host name\n");
    t.shows("sudo hostname web-2; hostname", "web-2\n");
    t.shows("sudo hostname x_y", "hostname: the specified hostname is invalid\n");
    t.shows("hostnamectl foo", "Unknown command verb foo.\n");
}

#[test]
fn how_long_it_has_been_up() {
    let mut t = terminal();
    t.shows("uptime -p", "up 1 week, 23 hours, 1 minute\n");
    t.shows("uptime -s", "2026-08-30 08:43:16\n");
    t.has("uptime -Z", "uptime: invalid option -- 'Z'\n\nUsage:\n uptime [options]\n");
}

#[test]
fn a_rule_of_iptables_stops_packets() {
    let mut t = terminal();
    t.has("ping -c 1 10.0.0.10", "1 received");
    let mut far = Terminal { session: Session::open(&t.world, DeviceId(2), ShellKind::Bash).unwrap(), world: t.world.clone() };
    far.has("nc -vz 10.0.0.10 80", "succeeded!");
    t.run("sudo iptables -A INPUT -p tcp --dport 80 -j REJECT");
    let mut far = Terminal { session: Session::open(&t.world, DeviceId(2), ShellKind::Bash).unwrap(), world: t.world.clone() };
    far.has("nc -vz 10.0.0.10 80", "Connection refused");
    t.run("sudo iptables -D INPUT 1");
    let mut far = Terminal { session: Session::open(&t.world, DeviceId(2), ShellKind::Bash).unwrap(), world: t.world };
    far.has("nc -vz 10.0.0.10 80", "succeeded!");
}
