use super::*;
use crate::shell::ShellKind;
use crate::site::profile::windows::tests::{clinic, device};
use crate::time::Span;

/// A console.
struct Console {
    world: World,
    session: Session,
}

impl Console {
    fn on(name: &str) -> Self {
        let world = clinic();
        let session = Session::open(&world, device(&world, name), ShellKind::Ios).unwrap();
        let mut console = Self { world, session };
        console.say("enable");
        console
    }

    fn say(&mut self, line: &str) -> String {
        crate::shell::run(&mut self.world, &mut self.session, line).text
    }

    fn configure(&mut self, lines: &[&str]) {
        self.say("configure terminal");
        for line in lines {
            let said = self.say(line);
            assert!(!said.contains('^') && !said.contains("Incomplete") && !said.contains("[simulation]"), "{line}: {said}");
        }
        self.say("end");
    }

    fn prompt(&self) -> String {
        prompt(&self.world, &self.session)
    }
}

#[test]
fn modes_and_prompts() {
    let mut console = Console::on("SW-1");
    assert_eq!(console.prompt(), "SW-1#");
    assert_eq!(console.say("conf t"), "Enter configuration commands, one per line.  End with CNTL/Z.\n");
    assert_eq!(console.prompt(), "SW-1(config)#");
    console.say("int g0/1");
    assert_eq!(console.prompt(), "SW-1(config-if)#");
    console.say("interface range gi0/1 - 3 , gi0/8");
    assert_eq!(console.prompt(), "SW-1(config-if-range)#");
    console.say("vlan 40");
    assert_eq!(console.prompt(), "SW-1(config-vlan)#");
    console.say("exit");
    console.say("hostname ACCESS-1");
    assert_eq!(console.prompt(), "ACCESS-1(config)#");
    console.say("end");
    assert_eq!(console.prompt(), "ACCESS-1#");
    console.say("disable");
    assert_eq!(console.prompt(), "ACCESS-1>");
    assert!(console.say("show running-config").contains("% Invalid input"));
}

#[test]
fn mistakes_are_pointed_at() {
    let mut console = Console::on("SW-1");
    assert_eq!(
        console.say("shw version"),
        "      ^\n% Invalid input detected at '^' marker.\n\n".replacen("      ", "       ", 1)
    );
    assert_eq!(console.say("show vlxn"), "            ^\n% Invalid input detected at '^' marker.\n\n");
    assert_eq!(
        console.say("show interfaces gi0/99"),
        format!("{}^\n% Invalid input detected at '^' marker.\n\n", " ".repeat(5 + 18))
    );
    assert_eq!(console.say("show"), "% Incomplete command.\n\n");
    assert_eq!(console.say("c"), "% Ambiguous command:  \"c\"\n");
    assert_eq!(console.say("show i"), "% Ambiguous command:  \"show i\"\n");
    assert_eq!(console.say("no shutdown"), format!("{}^\n% Invalid input detected at '^' marker.\n\n", " ".repeat(5)));
    assert!(console.world.not_modelled.iter().any(|line| line == "ios: shw version"));
}

#[test]
fn questions_marks_help() {
    let mut console = Console::on("SW-1");
    assert_eq!(console.say("cl?"), "clear\n");
    let help = console.say("show vlan ?");
    assert_eq!(help, "  <cr>\n  brief  Brief summary\n");
    assert!(console.say("show ?").contains("  version         System hardware and software status\n"));
    assert_eq!(console.say("foo ?"), "% Unrecognized command\n");
}

#[test]
fn status_of_interfaces() {
    let mut console = Console::on("SW-1");
    let text = console.say("show interfaces status");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], "Port      Name               Status       Vlan       Duplex  Speed Type");
    assert_eq!(lines[2], "Gi0/1                        connected    10         a-full a-1000 10/100/1000BaseTX");
    assert_eq!(lines[10], "Gi0/9                        notconnect   10           auto   auto 10/100/1000BaseTX");
    assert_eq!(lines[25], "Gi0/24    FW-1               connected    trunk      a-full a-1000 10/100/1000BaseTX");
}

#[test]
fn vlans_wrap_their_ports() {
    let mut console = Console::on("SW-1");
    let text = console.say("show vlan brief");
    let expected = "\n\
        VLAN Name                             Status    Ports\n\
        ---- -------------------------------- --------- -------------------------------\n\
        1    default                          active    Gi0/22, Gi0/23\n\
        10   STAFF                            active    Gi0/1, Gi0/2, Gi0/3, Gi0/4\n\
        \x20                                               Gi0/5, Gi0/6, Gi0/7, Gi0/8\n\
        \x20                                               Gi0/9, Gi0/10, Gi0/11, Gi0/12\n\
        \x20                                               Gi0/13, Gi0/14, Gi0/15, Gi0/16\n\
        20   SERVERS                          active    Gi0/17, Gi0/18, Gi0/19, Gi0/20\n\
        30   GUEST                            active\n\
        1002 fddi-default                     act/unsup \n\
        1003 token-ring-default               act/unsup \n\
        1004 fddinet-default                  act/unsup \n\
        1005 trnet-default                    act/unsup \n";
    assert_eq!(text, expected);
}

#[test]
fn trunks_show_four_tables() {
    let mut console = Console::on("SW-1");
    let text = console.say("show interfaces trunk");
    let expected = "\n\
        Port        Mode             Encapsulation  Status        Native vlan\n\
        Gi0/21      on               802.1q         trunking      10\n\
        Gi0/24      on               802.1q         trunking      1\n\n\
        Port        Vlans allowed on trunk\n\
        Gi0/21      10,30\n\
        Gi0/24      10,20,30\n\n\
        Port        Vlans allowed and active in management domain\n\
        Gi0/21      10,30\n\
        Gi0/24      10,20,30\n\n\
        Port        Vlans in spanning tree forwarding state and not pruned\n\
        Gi0/21      10,30\n\
        Gi0/24      10,20,30\n";
    assert_eq!(text, expected);
}

#[test]
fn brief_lists_every_interface() {
    let mut console = Console::on("FW-1");
    let text = console.say("show ip interface brief");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Interface              IP-Address      OK? Method Status                Protocol");
    assert_eq!(lines[1], "GigabitEthernet0/0     198.51.100.2    YES NVRAM  up                    up      ");
    assert!(lines[2].starts_with("GigabitEthernet0/1     unassigned      YES unset  up                    up"));
    assert!(lines[3].starts_with("GigabitEthernet0/1.10  10."));
    assert_eq!(lines.last().unwrap(), &"GigabitEthernet0/2     unassigned      YES unset  down                  down    ");
    console.configure(&["interface g0/2", "shutdown"]);
    assert!(console.say("show ip interface brief").contains("administratively down down    \n"));
}

#[test]
fn routes_are_grouped_by_their_class() {
    let mut console = Console::on("FW-1");
    let text = console.say("show ip route");
    assert!(text.starts_with("Codes: L - local, C - connected"));
    assert!(
        text.contains("Gateway of last resort is 198.51.100.1 to network 0.0.0.0\n\nS*    0.0.0.0/0 [1/0] via 198.51.100.1\n")
    );
    assert!(text.contains("      10.0.0.0/8 is variably subnetted, 6 subnets, 2 masks\n"), "{text}");
    assert!(text.contains("      198.51.100.0/24 is variably subnetted, 2 subnets, 2 masks\nC        198.51.100.0/30 is directly connected, GigabitEthernet0/0\nL        198.51.100.2/32 is directly connected, GigabitEthernet0/0\n"), "{text}");
    let mut console = Console::on("SW-1");
    assert!(console.say("show ip route").starts_with("Default gateway is 10."));
}

#[test]
fn ping_prints_marks_and_a_rate() {
    let mut console = Console::on("FW-1");
    let text = console.say("ping 198.51.100.1");
    assert!(text.starts_with(
        "Type escape sequence to abort.\nSending 5, 100-byte ICMP Echos to 198.51.100.1, timeout is 2 seconds:\n!!!!!\nSuccess rate is 100 \
         percent (5/5), round-trip min/avg/max = "
    ), "{text}");
    let text = console.say("ping 198.51.100.77");
    assert!(
        text.ends_with("\n.....\nSuccess rate is 0 percent (0/5)\n") || text.contains("UUUUU") || text.contains("U.U.U"),
        "{text}"
    );
    assert!(console.say("ping nowhere").starts_with("% Unrecognized host or address"));
}

#[test]
fn tables_are_learned_by_traffic() {
    let mut console = Console::on("SW-1");
    let server = device(&console.world, "SRV-1");
    let server = console.world.device(server).stack.interfaces[0].addresses[0].ip;
    let gateway = console.world.device(device(&console.world, "SW-1")).stack.interfaces[0].manual_gateway.unwrap();
    assert!(console.say(&format!("ping {server}")).contains('!'));
    let arp = console.say("show arp");
    assert!(arp.starts_with("Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n"));
    assert!(arp.contains(&format!("Internet  {:<15}         0   ", gateway.to_string())), "{arp}");
    let macs = console.say("show mac address-table dynamic");
    assert!(macs.contains("    DYNAMIC     Gi0/24\n"), "{macs}");
    assert!(macs.trim_end().rsplit(' ').next().unwrap().parse::<u32>().is_ok());
    console.say("clear mac address-table dynamic");
    assert!(console.say("show mac address-table dynamic").ends_with("criterion: 0\n"));
    console.say("clear arp-cache");
    assert!(!console.say("show arp").contains(&gateway.to_string()));
}

#[test]
fn configuration_is_written_and_lost_without_saving() {
    let mut console = Console::on("SW-1");
    console.configure(&[
        "interface range gi0/5-6",
        "description spare",
        "switchport access vlan 30",
        "speed 100",
        "duplex full",
        "no spanning-tree portfast",
        "spanning-tree bpduguard disable",
    ]);
    let expected = "interface GigabitEthernet0/5\n description spare\n switchport access vlan 30\n switchport mode access\n speed 100\n duplex full\n";
    assert!(console.say("show running-config").contains(expected));
    assert!(!console.say("show startup-config").contains("description spare"));
    assert_eq!(console.say("show run int gi0/6 | include vlan"), " switchport access vlan 30\n");
    console.say("reload");
    assert_eq!(console.prompt(), "System configuration has been modified. Save? [yes/no]: ");
    console.say("no");
    assert_eq!(console.prompt(), "Proceed with reload? [confirm]");
    console.say("");
    assert!(console.say("enable").contains("stays dark"));
    console.world.wait(Span::minutes(5));
    console.say("enable");
    assert!(!console.say("show running-config").contains("description spare"));
    console.configure(&["interface gi0/5", "description kept"]);
    console.say("copy running-config startup-config");
    assert_eq!(console.prompt(), "Destination filename [startup-config]? ");
    assert_eq!(console.say(""), "Building configuration...\n[OK]\n");
    assert!(console.say("show startup-config").contains(" description kept\n"));
}

#[test]
fn a_port_goes_down_and_up_and_is_logged() {
    let mut console = Console::on("SW-1");
    console.configure(&["interface gi0/1", "shutdown"]);
    let log = console.say("show logging");
    assert!(log.contains(": %LINK-5-CHANGED: Interface GigabitEthernet0/1, changed state to administratively down\n"), "{log}");
    assert!(log.contains("%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet0/1, changed state to down\n"));
    assert!(log.contains("%SYS-5-CONFIG_I: Configured from console by console\n"));
    assert!(
        console.say("show interfaces gi0/1").starts_with("GigabitEthernet0/1 is administratively down, line protocol is down\n")
    );
    console.configure(&["interface gi0/1", "no shutdown"]);
    assert!(console.say("show interfaces gi0/1").starts_with("GigabitEthernet0/1 is up, line protocol is up (connected)\n"));
    assert!(console.say("show logging").contains("%LINK-3-UPDOWN: Interface GigabitEthernet0/1, changed state to up\n"));
}

#[test]
fn err_disabled_ports_are_listed_and_recovered() {
    let mut console = Console::on("SW-1");
    let switch = device(&console.world, "SW-1");
    console.configure(&["interface gi0/2", "switchport port-security maximum 2", "switchport port-security"]);
    console.world.device_mut(switch).ports[1].switching.as_mut().unwrap().err_disabled =
        Some(crate::world::port::ErrDisable::PortSecurity);
    let text = console.say("show interfaces status err-disabled");
    assert!(text.contains("Gi0/2                        err-disabled psecure-violation\n"), "{text}");
    assert!(
        console.say("show interfaces gi0/2").starts_with("GigabitEthernet0/2 is down, line protocol is down (err-disabled)\n")
    );
    assert!(console.say("show port-security interface gi0/2").contains("Port Status                : Secure-shutdown\n"));
    console.configure(&["interface gi0/2", "no shutdown"]);
    assert!(console.say("show interfaces status err-disabled").contains("Gi0/2"), "no shutdown alone does not recover");
    console.configure(&["interface gi0/2", "shutdown", "no shutdown"]);
    assert!(!console.say("show interfaces status err-disabled").contains("Gi0/2"));
}

#[test]
fn native_vlans_are_compared() {
    let mut console = Console::on("SW-1");
    let firewall = device(&console.world, "FW-1");
    let port = &mut console.world.device_mut(firewall).ports[1];
    port.switching = Some(crate::world::port::SwitchPort {
        mode: crate::world::port::SwitchMode::Trunk { native: crate::world::VlanId(1), allowed: None },
        voice_vlan: None,
        port_security: None,
        err_disabled: None,
        bpdu_guard: false,
        portfast: false,
        snooping_trusted: false,
        blocked: false,
    });
    console.configure(&["interface gi0/24", "switchport trunk native vlan 20"]);
    assert!(console.say("show logging").contains(
        "%CDP-4-NATIVE_VLAN_MISMATCH: Native VLAN mismatch discovered on GigabitEthernet0/24 (20), with FW-1 GigabitEthernet0/1 (1).\n"
    ));
}

#[test]
fn neighbours_say_who_they_are() {
    let mut console = Console::on("SW-1");
    // 180 s, renewed every 60 s since the neighbour started; typing takes 2 s.
    let firewall = device(&console.world, "FW-1");
    console.world.device_mut(firewall).started = console.world.now;
    let text = console.say("show cdp neighbors");
    assert!(text.contains("FW-1             Gig 0/24          178        R S I       Branch fi Gig 0/1\n"), "{text}");
    console.world.wait(Span::seconds(50));
    assert!(console.say("show cdp neighbors detail").contains("\nHoldtime : 126 sec\n"));
    console.world.wait(Span::seconds(10));
    assert!(console.say("show cdp neighbors").contains("FW-1             Gig 0/24          174 "));
    assert!(console.say("show lldp neighbors detail").contains("\nTime remaining: 112 seconds\n"));
    let text = console.say("show cdp neighbors");
    assert!(text.ends_with("Total cdp entries displayed : 2\n"));
    assert!(console.say("show lldp neighbors").contains("FW-1                Gi0/24         120        R               Gi0/1\n"));
    console.configure(&["no cdp run"]);
    assert_eq!(console.say("show cdp neighbors"), "% CDP is not enabled\n");
}

#[test]
fn power_inline_counts_the_budget() {
    let mut console = Console::on("SW-1");
    let text = console.say("show power inline");
    assert!(text.starts_with("Available:124.0(w)  Used:12.0(w)  Remaining:112.0(w)\n\nInterface Admin  Oper       Power   Device              Class Max\n"), "{text}");
    assert!(text.contains("Gi0/21    auto   on         12.0    Ceiling access poin 3     30.0\n"), "{text}");
    console.configure(&["interface gi0/21", "power inline never"]);
    assert!(console.say("show power inline").contains("Gi0/21    off    off        0.0     n/a                 n/a   30.0\n"));
}

#[test]
fn spanning_tree_names_root_and_roles() {
    let mut console = Console::on("SW-1");
    let text = console.say("show spanning-tree vlan 10");
    assert!(text.starts_with("\nVLAN0010\n  Spanning tree enabled protocol ieee\n  Root ID    Priority    32778\n"), "{text}");
    assert!(text.contains("Gi0/1               Desg FWD 4            128.1 P2p Edge \n"), "{text}");
    assert!(console.say("show spanning-tree vlan 99").contains("does not exist"));
}

#[test]
fn a_firewall_lists_and_orders_its_rules() {
    let mut console = Console::on("FW-1");
    let text = console.say("show access-lists");
    assert!(text.starts_with("Extended IP access list FIREWALL\n    10 permit ip 10."), "{text}");
    console.configure(&["ip access-list extended FIREWALL", "5 deny tcp any any eq 8443"]);
    assert!(console.say("show access-lists").contains("    10 deny tcp any any eq 8443\n    20 permit ip 10."));
    console.configure(&["ip access-list extended FIREWALL", "no 10"]);
    assert!(!console.say("show access-lists").contains("8443"));
    console.configure(&[
        "access-list 110 deny tcp any host 10.1.1.1 eq www",
        "access-list 110 permit ip any any",
        "interface gi0/1.10",
        "ip access-group 110 in",
    ]);
    assert_eq!(
        console.say("show access-lists 110"),
        "Extended IP access list 110\n    10 deny tcp any host 10.1.1.1 eq www\n    20 permit ip any any\n"
    );
    assert!(console.say("show running-config").contains(" ip access-group 110 in\n"));
    console.say("configure terminal");
    assert_eq!(
        console.say("access-list 110 permit tcp any foo"),
        format!(
            "{}^\n% Invalid input detected at '^' marker.\n\n",
            " ".repeat("FW-1(config)#access-list 110 permit tcp any ".len())
        )
    );
}

#[test]
fn an_svi_a_route_and_a_pool_are_made() {
    let mut console = Console::on("FW-1");
    console.configure(&[
        "ip dhcp excluded-address 10.9.0.1 10.9.0.9",
        "ip dhcp pool LAB",
        "network 10.9.0.0 255.255.255.0",
        "default-router 10.9.0.1",
        "dns-server 10.9.0.2",
        "lease 0 8",
        "interface gi0/2",
        "ip address 10.9.0.1 255.255.255.0",
        "ip helper-address 10.1.1.1",
        "no ip helper-address 10.1.1.1",
        "ip route 10.8.0.0 255.255.0.0 198.51.100.1",
    ]);
    let text = console.say("show running-config");
    assert!(text.contains("ip dhcp excluded-address 10.9.0.1 10.9.0.9\n"), "{text}");
    assert!(text.contains(
        "ip dhcp pool LAB\n network 10.9.0.0 255.255.255.0\n default-router 10.9.0.1 \n dns-server 10.9.0.2 \n lease 0 8\n"
    ));
    assert!(text.contains("interface GigabitEthernet0/2\n ip address 10.9.0.1 255.255.255.0\n"));
    assert!(text.contains("ip route 10.8.0.0 255.255.0.0 198.51.100.1\n"));
    assert!(console.say("show ip route 10.8.1.1").contains("Known via \"static\", distance 1, metric 0\n"));
    assert!(console.say("show ip dhcp pool").contains(" Total addresses                : 254\n"));
    console.say("configure terminal");
    assert_eq!(console.say("ip route 10.8.0.1 255.255.0.0 198.51.100.1"), "%Inconsistent address and mask\n");
    console.say("interface gi0/2");
    assert_eq!(console.say("ip address 10.9.0.255 255.255.255.0"), "Bad mask /24 for address 10.9.0.255\n");
    assert_eq!(console.say("do show clock").lines().count(), 1);
    assert_eq!(console.prompt(), "FW-1(config-if)#");
    console.say("exit");
    console.say("no ip route 10.8.0.0 255.255.0.0 198.51.100.1");
    assert_eq!(console.say("no ip route 10.8.0.0 255.255.0.0 198.51.100.1"), "%No matching route to delete\n");
}

#[test]
fn any_line_is_answered() {
    let mut console = Console::on("SW-1");
    let before = console.world.clone();
    let pieces =
        ["", "?", "é", "show", "no", "|", "int", "g0/1", "-", ",", "1", "99999999999", "do", "'", "vlan", "ip", "\t", "permit"];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                for mode in [
                    Mode::IosUser,
                    Mode::IosPrivileged,
                    Mode::IosConfig { section: None },
                    Mode::IosConfig { section: Some("list 110".to_owned()) },
                ] {
                    console.session.mode = mode;
                    run(&mut console.world, &mut console.session, &format!("{a} {b} {c}"));
                }
            }
        }
        console.world = before.clone();
    }
}
