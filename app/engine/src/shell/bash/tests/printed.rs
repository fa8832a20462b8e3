//! What the commands print, to the letter, when they succeed and when they fail: one company, each list typed in order.

use super::terminal;

/// Typed for what comes after; what it prints is not the point here.
const ANY: &str = "*";

type Lines = &'static [(&'static str, &'static str)];

const NETWORK: Lines = &[
    (
        "ip addr show eth0",
        "2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n    link/ether 02:20:fa:91:a1:1b brd ff:ff:ff:ff:ff:ff\n    inet 10.0.0.10/24 brd 10.0.0.255 scope global eth0\n       valid_lft forever preferred_lft forever\n",
    ),
    ("ip addr show nope", "Device \"nope\" does not exist.\n"),
    (
        "ip link show eth0",
        "2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default qlen 1000\n    link/ether 02:20:fa:91:a1:1b brd ff:ff:ff:ff:ff:ff\n",
    ),
    ("ip link show nope", "Device \"nope\" does not exist.\n"),
    ("ip route get 10.0.0.2", "10.0.0.2 dev eth0 src 10.0.0.10 uid 1000 \n    cache \n"),
    ("ip route get x", "Error: any valid prefix is expected rather than \"x\".\n"),
    ("ip route add 10.9.0.0/16 via 10.0.0.1", "RTNETLINK answers: Operation not permitted\n"),
    ("sudo ip route add 10.9.0.0/16 via 10.0.0.1", ""),
    ("sudo ip route add 10.9.0.0/16 via 10.0.0.1", "RTNETLINK answers: File exists\n"),
    ("sudo ip route del 10.9.0.0/16", ""),
    ("sudo ip route del 10.9.0.0/16", "RTNETLINK answers: No such process\n"),
    ("sudo ip route add 10.9.0.0/16 via 10.3.3.3", "Error: Nexthop has invalid gateway.\n"),
    ("sudo ip addr add 10.0.0.11/24 dev eth0", ""),
    ("sudo ip addr add 10.0.0.11/24 dev eth0", "RTNETLINK answers: File exists\n"),
    ("sudo ip addr del 10.0.0.11/24 dev eth0", ""),
    ("sudo ip addr del 10.0.0.11/24 dev eth0", "RTNETLINK answers: Cannot assign requested address\n"),
    ("ip foo", "Object \"foo\" is unknown, try \"ip help\".\n"),
    ("sudo ip neigh add 10.0.0.77 lladdr 02:00:00:00:00:77 dev eth0", ""),
    ("ip neigh show dev eth0", "10.0.0.77 dev eth0 lladdr 02:00:00:00:00:77 PERMANENT\n"),
    ("sudo ip neigh del 10.0.0.77 dev eth0", ""),
    ("sudo ip neigh del 10.0.0.77 dev eth0", "RTNETLINK answers: No such file or directory\n"),
    ("arp -n", "bash: arp: command not found\n"),
    ("sudo arp -s 10.0.0.78 02:00:00:00:00:78", ""),
    (
        "sudo arp -n 10.0.0.78",
        "Address                  HWtype  HWaddress           Flags Mask            Iface\n10.0.0.78                ether   02:00:00:00:00:78   CM                    eth0\n",
    ),
    ("sudo arp -s 10.99.0.1 02:00:00:00:00:78", "SIOCSARP: Network is unreachable\n"),
    ("sudo arp -s 10.0.0.78 zz", "arp: invalid hardware address\n"),
    ("sudo arp -d 10.0.0.78", ""),
    ("sudo arp -d 10.0.0.78", "No ARP entry for 10.0.0.78\n"),
    (
        "netstat -i",
        "Kernel Interface table\nIface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\neth0             1500        0      0      0 0             0      0      0      0 BMRU\n",
    ),
    (
        "netstat -rn",
        "Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n0.0.0.0         10.0.0.1        0.0.0.0         UG        0      0     0 eth0\n10.0.0.0        0.0.0.0         255.255.255.0   U         0      0     0 eth0\n",
    ),
    (
        "sudo netstat -tlnp",
        "Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    \ntcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      702/sshd            \ntcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      665/nginx           \ntcp        0      0 127.0.0.1:8080          0.0.0.0:*               LISTEN      517/app-server      \ntcp        0      0 0.0.0.0:3306            0.0.0.0:*               LISTEN      628/mariadbd        \ntcp        0      0 127.0.0.53:53           0.0.0.0:*               LISTEN      776/systemd-resolve \n",
    ),
    (
        "netstat -s",
        "Ip:\n    Forwarding: 2\n    0 total packets received\n    0 incoming packets discarded\n    0 incoming packets delivered\n    0 requests sent out\nTcp:\n    0 connections established\n",
    ),
    (
        "sudo ss -tulpn",
        "Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\nudp   UNCONN 0      0          127.0.0.1:323       0.0.0.0:*    users:((\"chronyd\",pid=554,fd=3))\nudp   UNCONN 0      0      127.0.0.53%lo:53        0.0.0.0:*    users:((\"systemd-resolve\",pid=776,fd=3))\ntcp   LISTEN 0      128          0.0.0.0:22        0.0.0.0:*    users:((\"sshd\",pid=702,fd=3))\ntcp   LISTEN 0      128          0.0.0.0:80        0.0.0.0:*    users:((\"nginx\",pid=665,fd=3))\ntcp   LISTEN 0      128        127.0.0.1:8080      0.0.0.0:*    users:((\"app-server\",pid=517,fd=3))\ntcp   LISTEN 0      128          0.0.0.0:3306      0.0.0.0:*    users:((\"mariadbd\",pid=628,fd=3))\ntcp   LISTEN 0      128    127.0.0.53%lo:53        0.0.0.0:*    users:((\"systemd-resolve\",pid=776,fd=3))\n",
    ),
    (
        "ss -tulpn",
        "Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\nudp   UNCONN 0      0          127.0.0.1:323       0.0.0.0:*    \nudp   UNCONN 0      0      127.0.0.53%lo:53        0.0.0.0:*    \ntcp   LISTEN 0      128          0.0.0.0:22        0.0.0.0:*    \ntcp   LISTEN 0      128          0.0.0.0:80        0.0.0.0:*    \ntcp   LISTEN 0      128        127.0.0.1:8080      0.0.0.0:*    \ntcp   LISTEN 0      128          0.0.0.0:3306      0.0.0.0:*    \ntcp   LISTEN 0      128    127.0.0.53%lo:53        0.0.0.0:*    \n",
    ),
    ("ss -x", "ss: invalid option -- 'x'\nUsage: ss [ OPTIONS ]\n"),
    (
        "sudo lsof -i",
        "COMMAND    PID     USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\nsshd         702      root   3u   IPv4 526075      0t0  TCP *:22 (LISTEN)\nnginx        665      root   3u   IPv4 260433      0t0  TCP *:80 (LISTEN)\napp-serve    517  www-data   3u   IPv4 285732      0t0  TCP 127.0.0.1:8080 (LISTEN)\nchronyd      554   _chrony   3u   IPv4 542228      0t0  UDP 127.0.0.1:323\nmariadbd     628     mysql   3u   IPv4 206573      0t0  TCP *:3306 (LISTEN)\nsystemd-r    776      root   3u   IPv4 974689      0t0  UDP 127.0.0.53:53\nsystemd-r    776      root   3u   IPv4 724617      0t0  TCP 127.0.0.53:53 (LISTEN)\n",
    ),
    (
        "ifconfig eth0",
        "eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500\n        inet 10.0.0.10  netmask 255.255.255.0  broadcast 10.0.0.255\n        ether 02:20:fa:91:a1:1b  txqueuelen 1000  (Ethernet)\n        RX packets 0  bytes 0\n        RX errors 0  dropped 0  overruns 0  frame 0\n        TX packets 0  bytes 0\n        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0\n\n",
    ),
    ("ifconfig nope", "nope: error fetching interface information: Device not found\n"),
    (
        "sudo ethtool eth0",
        "Settings for eth0:\n\tSupported ports: [ TP ]\n\tSpeed: 1000Mb/s\n\tDuplex: Full\n\tAuto-negotiation: on\n\tPort: Twisted Pair\n\tLink detected: yes\n",
    ),
    (
        "sudo ethtool nope",
        "netlink error: no device matches name (offset 24)\nnetlink error: No such device\nNo data available\n",
    ),
    (
        "sudo ethtool -S eth0",
        "NIC statistics:\n     rx_packets: 0\n     tx_packets: 0\n     rx_bytes: 0\n     tx_bytes: 0\n     rx_crc_errors: 0\n     collisions: 0\n     tx_window_errors: 0\n     rx_dropped: 0\n",
    ),
    (
        "ping -c 1 10.0.0.2",
        "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.\n64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.122 ms\n\n--- 10.0.0.2 ping statistics ---\n1 packets transmitted, 1 received, 0% packet loss, time 0ms\nrtt min/avg/max/mdev = 0.122/0.122/0.122/0.000 ms\n",
    ),
    (
        "ping -c 2 10.0.0.77",
        "PING 10.0.0.77 (10.0.0.77) 56(84) bytes of data.\nFrom 10.0.0.10 icmp_seq=1 Destination Host Unreachable\nFrom 10.0.0.10 icmp_seq=2 Destination Host Unreachable\n\n--- 10.0.0.77 ping statistics ---\n2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 3990ms\npipe 2\n",
    ),
    ("ping -c 1 nope.lab.example", "ping: nope.lab.example: Name or service not known\n"),
    ("ping", "ping: usage error: Destination address required\n"),
    ("ping -c 0 10.0.0.2", "ping: invalid argument: '0'\n"),
    (
        "ping -c 1 -s 2000 -M do 10.0.0.2",
        "ping: local error: message too long, mtu=1500\nPING 10.0.0.2 (10.0.0.2) 2000(2028) bytes of data.\n\n--- 10.0.0.2 ping statistics ---\n1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 9990ms\n\n",
    ),
    ("ping -c 1 10.0.0.255", "ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules\n"),
    ("ping -Z x", "ping: invalid option -- 'Z'\nTry 'ping --help' for more information.\n"),
    (
        "traceroute -n 10.0.0.2",
        "traceroute to 10.0.0.2 (10.0.0.2), 30 hops max, 60 byte packets\n 1  10.0.0.2  0.110 ms  0.110 ms  0.110 ms\n",
    ),
    (
        "traceroute nope.lab.example",
        "nope.lab.example: Name or service not known\nCannot handle \"host\" cmdline arg `nope.lab.example' on position 1 (argc 1)\n",
    ),
    (
        "traceroute -n 10.0.0.77",
        "traceroute to 10.0.0.77 (10.0.0.77), 30 hops max, 60 byte packets\n 1  10.0.0.10  3000.000 ms !H  3000.000 ms !H  3000.000 ms !H\n",
    ),
    (
        "traceroute -I 10.0.0.2",
        "You do not have enough privileges to use this traceroute method.\nsocket: Operation not permitted\n",
    ),
    ("mtr -r -n -c 3 10.0.0.2", "bash: mtr: command not found\n"),
    ("mtr -r nope.lab.example", "bash: mtr: command not found\n"),
    ("nc -vz 10.0.0.10 80", "Connection to 10.0.0.10 (10.0.0.10) 80 port [tcp/*] succeeded!\n"),
    ("nc -vz 10.0.0.10 81", "nc: connect to 10.0.0.10 (10.0.0.10) port 81 (tcp) failed: Connection refused\n"),
    ("nc -vz -w 2 10.0.0.77 80", "nc: connect to 10.0.0.77 (10.0.0.77) port 80 (tcp) failed: No route to host\n"),
    ("nc -vz nope.lab.example 80", "nc: getaddrinfo for host \"nope.lab.example\" port 80: Name or service not known\n"),
    ("nc -vz 10.0.0.10 x", "nc: port number invalid: x\n"),
    ("nmap 10.0.0.10", "bash: nmap: command not found\n"),
    ("nmap -p 80,81 10.0.0.10", "bash: nmap: command not found\n"),
    ("nmap 10.0.0.77", "bash: nmap: command not found\n"),
    ("nmap nope.lab.example", "bash: nmap: command not found\n"),
    (
        "curl -I http://www.lab.example",
        "HTTP/1.1 200 OK\nDate: Mon, 07 Sep 2026 07:46:40 GMT\nContent-Type: text/html\nContent-Length: 75\nConnection: keep-alive\n\n",
    ),
    (
        "curl -v http://www.lab.example",
        "*   Trying 10.0.0.10:80...\n* Connected to www.lab.example (10.0.0.10) port 80 (#0)\n> GET / HTTP/1.1\n> Host: www.lab.example\n> User-Agent: curl/7.88.1\n> Accept: */*\n> \n< HTTP/1.1 200 OK\n< Date: Mon, 07 Sep 2026 07:46:42 GMT\n< Content-Type: text/html\n< Content-Length: 75\n< Connection: keep-alive\n< \n<html>\n<head><title>Lab</title></head>\n<body>\n<h1>Lab</h1>\n</body>\n</html>\n* Connection #0 to host www.lab.example left intact\n",
    ),
    ("curl http://nope.lab.example", "curl: (6) Could not resolve host: nope.lab.example\n"),
    ("curl http://10.0.0.10:81/", "curl: (7) Failed to connect to 10.0.0.10 port 81 after 1 ms: Couldn't connect to server\n"),
    ("curl", "curl: try 'curl --help' or 'curl --manual' for more information\n"),
    (
        "wget http://www.lab.example/",
        "--2026-09-07 07:46:50--  http://www.lab.example/\nResolving www.lab.example (www.lab.example)... 10.0.0.10\nConnecting to www.lab.example (www.lab.example)|10.0.0.10|:80... connected.\nHTTP request sent, awaiting response... 200 OK\nLength: 75 [text/html]\nSaving to: 'index.html'\n\n",
    ),
    (
        "wget http://nope.lab.example/",
        "--2026-09-07 07:46:52--  http://nope.lab.example/\nResolving nope.lab.example (nope.lab.example)... failed: Name or service not known.\nwget: unable to resolve host address 'nope.lab.example'\n",
    ),
    (
        "wget http://10.0.0.10:81/",
        "--2026-09-07 07:46:54--  http://10.0.0.10/\nResolving 10.0.0.10 (10.0.0.10)... 10.0.0.10\nConnecting to 10.0.0.10 (10.0.0.10)|10.0.0.10|:81... failed: Connection refused.\n",
    ),
    ("wget", "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n"),
    (
        "resolvectl status",
        "Global\n       Protocols: +LLMNR +mDNS -DNSOverTLS DNSSEC=no/unsupported\nresolv.conf mode: stub\n\nLink 2 (eth0)\n    Current Scopes: DNS\n         Protocols: +DefaultRoute +LLMNR -mDNS -DNSOverTLS DNSSEC=no/unsupported\nCurrent DNS Server: 10.0.0.2\n       DNS Servers: 10.0.0.2\n        DNS Domain: lab.example\n",
    ),
    ("resolvectl query www.lab.example", "www.lab.example: 10.0.0.10\n"),
    ("resolvectl query nope.lab.example", "nope.lab.example: resolve call failed: 'nope.lab.example' not found\n"),
    (
        "networkctl",
        "IDX LINK TYPE     OPERATIONAL SETUP     \n  1 lo   loopback carrier     unmanaged\n  2 eth0 ether    routable    configured\n",
    ),
    ("nmcli", "bash: nmcli: command not found\n"),
    (
        "hostnamectl",
        " Static hostname: srv-1\n       Icon name: computer-server\n         Chassis: server\nOperating System: Debian GNU/Linux 12 (bookworm)\n          Kernel: Linux 6.1.0-25-amd64\n    Architecture: x86-64\n  Hardware Model: 1U server\n",
    ),
    ("sudo ufw status", "Status: inactive\n"),
    ("ufw status", "bash: ufw: command not found\n"),
    ("sudo ufw allow 22/tcp", "Rules updated\n"),
    ("sudo ufw reject 25/tcp", "Rules updated\n"),
    ("sudo ufw enable", "Firewall is active and enabled on system startup\n"),
    (
        "sudo ufw status numbered",
        "Status: active\n\n     To                         Action      From\n     --                         ------      ----\n[ 1] 22/tcp                     ALLOW IN    Anywhere                  \n[ 2] 25/tcp                     REJECT IN   Anywhere                  \n\n",
    ),
    (
        "sudo ufw status verbose",
        "Status: active\nLogging: on (low)\nDefault: deny (incoming), allow (outgoing), disabled (routed)\nNew profiles: skip\n\nTo                         Action      From\n--                         ------      ----\n22/tcp                     ALLOW IN    Anywhere                  \n25/tcp                     REJECT IN   Anywhere                  \n\n",
    ),
    (
        "sudo iptables -L -n",
        "Chain INPUT (policy DROP)\ntarget     prot opt source               destination         \nACCEPT     tcp  --  0.0.0.0/0            0.0.0.0/0            tcp dpt:22\nREJECT     tcp  --  0.0.0.0/0            0.0.0.0/0            tcp dpt:25 reject-with tcp-reset\n\nChain FORWARD (policy ACCEPT)\ntarget     prot opt source               destination         \n\nChain OUTPUT (policy ACCEPT)\ntarget     prot opt source               destination         \n",
    ),
    ("iptables -L", "bash: iptables: command not found\n"),
    ("sudo nft list ruleset", "sudo: nft: command not found\n"),
    ("nft list ruleset", "bash: nft: command not found\n"),
    ("sudo ufw delete 9", "ERROR: Could not find rule\n"),
    ("sudo ufw delete 2", "Rule deleted\n"),
    ("sudo ufw foo", "ERROR: Invalid syntax\n\nUsage: ufw COMMAND\n(unknown command: foo)\n"),
    ("sudo ufw disable", "Firewall stopped and disabled on system startup\n"),
];

/// Counters, sockets with owners and timers, and a request told step by step.
const COUNTERS: Lines = &[
    (
        "netstat -s",
        "Ip:\n    Forwarding: 2\n    0 total packets received\n    0 incoming packets discarded\n    0 incoming packets delivered\n    0 requests sent out\nTcp:\n    0 connections established\n",
    ),
    (
        "netstat -b",
        "netstat: invalid option -- 'b'\nusage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}\n       netstat [-vWnNcaeol] [<Socket> ...]\n       netstat { [-vWeenNac] -i | [-cnNe] -M | -s [-6tuw] }\n",
    ),
    (
        "netstat -tnlo | head -3",
        "Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       Timer\ntcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      off (0.00/0/0)\n",
    ),
    (
        "netstat -tle | head -3",
        "Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode     \ntcp        0      0 0.0.0.0:ssh             0.0.0.0:*               LISTEN      root       526075    \n",
    ),
    (
        "ss -s",
        "Total: 7\nTCP:   5 (estab 0, closed 0, orphaned 0, timewait 0)\n\nTransport Total     IP        IPv6\nRAW\t  0         0         0        \nUDP\t  2         2         0        \nTCP\t  5         5         0        \nINET\t  7         7         0        \nFRAG\t  0         0         0        \n\n",
    ),
    (
        "ip -s link show eth0",
        "2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default qlen 1000\n    link/ether 02:20:fa:91:a1:1b brd ff:ff:ff:ff:ff:ff\n    RX:  bytes packets errors dropped  missed   mcast           \n             0       0      0       0       0       0 \n    TX:  bytes packets errors dropped carrier collsns           \n             0       0      0       0       0       0 \n",
    ),
    ("ip -d link", "Option \"-d\" is unknown, try \"ip -help\".\n"),
    (
        "curl -I -v http://www.lab.example",
        "*   Trying 10.0.0.10:80...\n* Connected to www.lab.example (10.0.0.10) port 80 (#0)\n> HEAD / HTTP/1.1\n> Host: www.lab.example\n> User-Agent: curl/7.88.1\n> Accept: */*\n> \n< HTTP/1.1 200 OK\nHTTP/1.1 200 OK\n< Date: Mon, 07 Sep 2026 07:44:32 GMT\nDate: Mon, 07 Sep 2026 07:44:32 GMT\n< Content-Type: text/html\nContent-Type: text/html\n< Content-Length: 75\nContent-Length: 75\n< Connection: keep-alive\nConnection: keep-alive\n< \n\n* Connection #0 to host www.lab.example left intact\n",
    ),
];

/// The packet filter by its three tools, and processes and packages that are picked out.
const PICKED: Lines = &[
    ("sudo iptables -A INPUT -p tcp --dport 81 -j DROP", ""),
    ("sudo iptables -I INPUT -s 10.0.0.2 -p icmp -j REJECT", ""),
    ("sudo iptables -A INPUT -p tcp --dport 22 -j ACCEPT", ""),
    (
        "sudo iptables -L INPUT",
        "Chain INPUT (policy ACCEPT)\ntarget     prot opt source               destination         \nREJECT     icmp --  10.0.0.2             anywhere             reject-with icmp-port-unreachable\nDROP       tcp  --  anywhere             anywhere             tcp dpt:81\nACCEPT     tcp  --  anywhere             anywhere             tcp dpt:ssh\n",
    ),
    (
        "sudo iptables -S INPUT",
        "-P INPUT ACCEPT\n-A INPUT -s 10.0.0.2/32 -p icmp -j REJECT --reject-with icmp-port-unreachable\n-A INPUT -p tcp -m tcp --dport 81 -j DROP\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n",
    ),
    (
        "sudo ufw status",
        "Status: active\n\nTo                         Action      From\n--                         ------      ----\nAnywhere/icmp              REJECT      10.0.0.2                  \n81/tcp                     DENY        Anywhere                  \n22/tcp                     ALLOW       Anywhere                  \n\n",
    ),
    ("sudo iptables -D INPUT -p tcp --dport 81 -j DROP", ""),
    ("sudo iptables -D INPUT -p tcp --dport 81 -j DROP", "iptables: Bad rule (does a matching rule exist in that chain?).\n"),
    ("sudo iptables -D INPUT 1", ""),
    ("sudo iptables -D INPUT 9", "iptables: Index of deletion too big.\n"),
    ("sudo iptables -I INPUT 9 -j DROP", "iptables: Index of insertion too big.\n"),
    ("sudo iptables -A NOPE -j DROP", "iptables: No chain/target/match by that name.\n"),
    (
        "sudo iptables -A INPUT --dport 5 -j DROP",
        "iptables v1.8.9 (nf_tables): unknown option \"--dport\"\nTry `iptables -h' or 'iptables --help' for more information.\n",
    ),
    ("sudo iptables -P INPUT DROP; sudo iptables -F; sudo iptables -S INPUT", "-P INPUT DROP\n"),
    ("sudo iptables -v -L", "[simulation] not modelled here: counters, numbers of lines and other tables of iptables\n"),
    ("ps -u www-data", "    PID TTY          TIME CMD\n    517 ?        02:17:32 app-server\n"),
    (
        "ps -C nginx -o pid,user,%mem,cmd",
        "    PID USER     %MEM CMD\n    665 root      0.3 /usr/sbin/nginx -g daemon on; master_process on;\n",
    ),
    ("ps -p 4242; echo $?", "    PID TTY          TIME CMD\n1\n"),
    (
        "ps -o nope",
        "error: unknown user-defined format specifier \"nope\"\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n",
    ),
    ("dpkg -s nginx", "Package: nginx\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.22.1-9\n"),
    (
        "dpkg -s nope",
        "dpkg-query: package 'nope' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n",
    ),
    ("hostname -d", "lab.example\n"),
    ("sudo killall nope", "nope: no process found\n"),
    ("egrep -c 'root|mysql' /etc/passwd", "2\n"),
    ("sudo dhclient nope", "Cannot find device \"nope\"\n"),
    (
        "sudo umount /srv; sudo e2fsck /dev/sdb1; sudo mount /srv",
        "e2fsck 1.47.0 (5-Feb-2023)\n/dev/sdb1: clean, 312076/6553600 files, 8126464/26214400 blocks\n",
    ),
    (
        "sudo e2fsck /dev/sdz1",
        "e2fsck 1.47.0 (5-Feb-2023)\ne2fsck: No such file or directory while trying to open /dev/sdz1\nPossibly non-existent device?\n",
    ),
    ("find /srv/team -perm 664", "/srv/team/rota.csv\n"),
    ("find /srv/team -type d -perm -2000", "/srv/team\n"),
    ("find /srv/team -perm /001 -type f", ""),
    ("touch none; find . -empty", "./none\n"),
    ("find . -perm u=x", "[simulation] not modelled here: find -perm u=x\n"),
    ("stat -c '%a %U:%G %s %n' /srv/team/rota.csv", "664 support:team 31 /srv/team/rota.csv\n"),
    ("stat -c %A /srv/team", "drwxrwsr-x\n"),
    ("stat -c %a /nope", "stat: cannot statx '/nope': No such file or directory\n"),
    ("sudo apt install nope 2>&1 | grep -c Unable", "1\n"),
];

const FILES: Lines = &[
    ("ls -l /etc/app", "total 4\n-rw-r----- 1 root www-data 216 Aug 30 08:43 app.conf\n"),
    (
        "ls -la /srv/team",
        "total 20\ndrwxrwsr-x 4 root    team 4096 Aug 30 08:43 .\ndrwxr-xr-x 3 root    root 4096 Aug 30 08:43 ..\ndrwxr-xr-x 2 root    root 4096 Aug 30 08:43 projects\n-rw-rw-r-- 1 support team   31 Aug 30 08:43 rota.csv\ndrwxr-xr-x 2 root    root 4096 Aug 30 08:43 scans\n",
    ),
    ("ls -i /etc/app", "689592 app.conf\n"),
    ("pwd", "/home/support\n"),
    ("cd /nope", "bash: cd: /nope: No such file or directory\n"),
    ("cd /etc/app; pwd; cd", "/etc/app\n"),
    (
        "stat /etc/app/app.conf",
        "  File: /etc/app/app.conf\n  Size: 216       \tBlocks: 8          IO Block: 4096   regular file\nAccess: (0640/-rw-r-----)  Uid: (    0/    root)   Gid: (   33/www-data)\nModify: 2026-08-30 08:43:16\n",
    ),
    ("stat /nope", "stat: cannot statx '/nope': No such file or directory\n"),
    ("cat /etc/app/app.conf", "cat: /etc/app/app.conf: Permission denied\n"),
    ("cat /etc", "cat: /etc: Is a directory\n"),
    ("head -n 2 /etc/app/app.conf", "head: cannot open '/etc/app/app.conf' for reading: Permission denied\n"),
    ("head /nope", "head: cannot open '/nope' for reading: No such file or directory\n"),
    ("tail -n 2 /etc/app/app.conf", "tail: cannot open '/etc/app/app.conf' for reading: Permission denied\n"),
    ("tail /nope", "tail: cannot open '/nope' for reading: No such file or directory\n"),
    ("less /etc/hosts", "127.0.0.1\tlocalhost\n127.0.1.1\tsrv-1\n"),
    ("less /nope", "/nope: No such file or directory\n"),
    ("grep -in WORKERS /etc/app/app.conf", "grep: /etc/app/app.conf: Permission denied\n"),
    ("grep x /nope", "grep: /nope: No such file or directory\n"),
    ("grep", "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n"),
    ("grep -c = /etc/app/app.conf", "grep: /etc/app/app.conf: Permission denied\n"),
    ("find /etc/app -type f", "/etc/app/app.conf\n"),
    ("find /nope", "find: '/nope': No such file or directory\n"),
    ("find -foo", ANY),
    ("touch a; cp a b; ls", "a  b\n"),
    ("cp nope x", "cp: cannot stat 'nope': No such file or directory\n"),
    ("cp a", "cp: missing destination file operand after 'a'\nTry 'cp --help' for more information.\n"),
    ("mv a c; ls", "b  c\n"),
    ("mv nope x", "mv: cannot stat 'nope': No such file or directory\n"),
    ("rm nope", "rm: cannot remove 'nope': No such file or directory\n"),
    ("rm c b", ""),
    ("rm", "rm: missing operand\nTry 'rm --help' for more information.\n"),
    ("mkdir d", ""),
    ("mkdir d", "mkdir: cannot create directory 'd': File exists\n"),
    ("mkdir /etc/x", "mkdir: cannot create directory '/etc/x': Permission denied\n"),
    ("rmdir d", ""),
    ("rmdir d", "rmdir: failed to remove 'd': No such file or directory\n"),
    ("ln -s a b", ANY),
    ("nano /etc/app/app.conf", "Error reading /etc/app/app.conf: Permission denied\n"),
    ("nano", "[simulation] name a file; the editor needs a screen of its own, which this terminal does not have\n"),
    ("truncate -s 0 nope2; ls -l nope2; rm nope2", "-rw-r--r-- 1 support support 0 Sep  7 07:45 nope2\n"),
    ("wc -l /etc/app/app.conf", "wc: /etc/app/app.conf: Permission denied\n"),
    ("wc /nope", "wc: /nope: No such file or directory\n"),
    ("printf 'x'", "bash: printf: command not found\n"),
    ("echo b > s; echo a >> s; sort s; sort -r s; uniq s; cut -c 1 s", "a\nb\nb\na\nb\na\nb\na\n"),
    ("sort /nope", "sort: /nope: No such file or directory\n"),
    ("uniq /nope", "uniq: /nope: No such file or directory\n"),
    ("cut s", "cut: you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more information.\n"),
    ("tee", ""),
    ("sed -n 1p s", "b\n"),
    ("sed s/a s", "sed: -e expression #1, char 3: unterminated `s' command\n"),
    ("sed 's/a/x/' /nope", "sed: can't read: /nope: No such file or directory\n"),
    ("chmod 600 s; ls -l s", "-rw------- 1 support support 4 Sep  7 07:45 s\n"),
    ("chmod 9 s", "chmod: invalid mode: '9'\nTry 'chmod --help' for more information.\n"),
    ("chmod", "chmod: missing operand\nTry 'chmod --help' for more information.\n"),
    ("chmod 600 /nope", "chmod: cannot access '/nope': No such file or directory\n"),
    ("chown root s", "chown: changing ownership of 's': Operation not permitted\n"),
    ("sudo chown root:team s; ls -l s", "-rw------- 1 root team 4 Sep  7 07:45 s\n"),
    ("sudo chown nobody2 s", "chown: invalid user: 'nobody2'\n"),
    ("chgrp nope s", "chgrp: invalid group: 'nope'\n"),
    ("df -i /", "Filesystem      Inodes IUsed   IFree IUse% Mounted on\n/dev/sda1      1179648 53621 1126027    5% /\n"),
    ("df /nope", "df: /nope: No such file or directory\n"),
    ("df -Z", "df: invalid option -- 'Z'\nTry 'df --help' for more information.\n"),
    ("du -sh /srv", "31G\t/srv\n"),
    ("du /nope", "du: cannot access '/nope': No such file or directory\n"),
    (
        "lsblk",
        "NAME   MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS\nsda        8:0  0  32G  0 disk \n├─sda1     8:1  0  18G  0 part /\n├─sda2     8:2  0 976M  0 part [SWAP]\n└─sda3     8:3  0 4.0G  0 part /var\nsdb       8:16  0 112G  0 disk \n└─sdb1    8:17  0 100G  0 part /srv\n",
    ),
    ("lsblk -Z", "lsblk: invalid option -- 'Z'\nTry 'lsblk --help' for more information.\n"),
    (
        "sudo blkid",
        "/dev/sda1: UUID=\"f5048a69-825c-41fc-ad62-65b97b1338d9\" BLOCK_SIZE=\"4096\" TYPE=\"ext4\"\n/dev/sda2: UUID=\"843e88fd-9d28-4d09-a95c-668f59ee0704\" TYPE=\"swap\"\n/dev/sda3: UUID=\"bc51125d-3caf-4916-a120-0d9ee5c84adb\" BLOCK_SIZE=\"4096\" TYPE=\"ext4\"\n/dev/sdb1: UUID=\"ad57a107-ef74-4317-ab58-6a6c08134499\" BLOCK_SIZE=\"4096\" TYPE=\"ext4\"\n",
    ),
    ("mount | head -1", "/dev/sda1 on / type ext4 (rw,relatime)\n"),
    ("mount /nope", "mount: /nope: must be superuser to use mount.\n"),
    ("sudo mount /nope", "mount: /nope: can't find in /etc/fstab.\n"),
    ("sudo umount /nope", "umount: /nope: no mount point specified.\n"),
    (
        "sudo fsck /dev/sda1",
        "fsck from util-linux 2.38.1\ne2fsck 1.47.0 (5-Feb-2023)\n/dev/sda1 is mounted.\ne2fsck: Cannot continue, aborting.\n\n\n",
    ),
    ("fsck /dev/sda1", "bash: fsck: command not found\n"),
    (
        "sudo fsck /dev/sdz1",
        "fsck from util-linux 2.38.1\ne2fsck 1.47.0 (5-Feb-2023)\nfsck.ext2: No such file or directory while trying to open /dev/sdz1\nPossibly non-existent device?\n",
    ),
    ("findmnt /srv", "TARGET SOURCE    FSTYPE OPTIONS\n/srv   /dev/sdb1 ext4   rw,relatime\n"),
    ("findmnt /nope", ""),
];

const ACCOUNTS: Lines = &[
    ("id anovak", "uid=1001(anovak) gid=1001(anovak) groups=1001(anovak),4(adm),27(sudo),1100(team)\n"),
    ("id nope", "id: 'nope': no such user\n"),
    ("groups anovak", "anovak : anovak adm sudo team\n"),
    ("groups nope", "groups: 'nope': no such user\n"),
    ("getent passwd anovak", "anovak:x:1001:1001:Ada Novak:/home/anovak:/bin/bash\n"),
    ("getent passwd nope", ""),
    ("getent foo", "Unknown database: foo\n"),
    ("passwd", "New password: \nRetype new password: \npasswd: password updated successfully\n"),
    ("passwd anovak", "passwd: You may not view or modify password information for anovak.\n"),
    ("sudo passwd anovak", "New password: \nRetype new password: \npasswd: password updated successfully\n"),
    ("sudo passwd -S anovak", "anovak P 2026-09-07 0 99999 7 -1\n"),
    ("sudo passwd nope", "passwd: user 'nope' does not exist\n"),
    ("sudo useradd -m ben", ""),
    ("sudo useradd ben", "useradd: user 'ben' already exists\n"),
    ("useradd ben", "bash: useradd: command not found\n"),
    ("sudo useradd", "Usage: useradd [options] LOGIN\n       useradd -D\n       useradd -D [options]\n"),
    ("id ben", "uid=1002(ben) gid=1002(ben) groups=1002(ben)\n"),
    ("sudo usermod -aG team ben", ""),
    ("groups ben", "ben : ben team\n"),
    ("sudo usermod -aG nope ben", "usermod: group 'nope' does not exist\n"),
    ("sudo usermod -L nope", "usermod: user 'nope' does not exist\n"),
    ("sudo usermod -e 2027-13-01 ben", "usermod: invalid date '2027-13-01'\n"),
    (
        "sudo chage -l ben",
        "Last password change\t\t\t\t\t: Jan 01, 1970\nPassword expires\t\t\t\t\t: never\nPassword inactive\t\t\t\t\t: never\nAccount expires\t\t\t\t\t\t: never\nMinimum number of days between password change\t\t: 0\nMaximum number of days between password change\t\t: 99999\nNumber of days of warning before password expires\t: 7\n",
    ),
    ("chage -l nope", "chage: user 'nope' does not exist in /etc/passwd\n"),
    ("sudo userdel ben", ""),
    ("sudo userdel ben", "userdel: user 'ben' does not exist\n"),
    ("sudo groupadd lab", ""),
    ("sudo groupadd lab", "groupadd: group 'lab' already exists\n"),
    ("sudo gpasswd -a anovak lab", "Adding user anovak to group lab\n"),
    ("sudo gpasswd -d anovak lab", "Removing user anovak from group lab\n"),
    ("sudo gpasswd -d anovak lab", "gpasswd: user 'anovak' is not a member of 'lab'\n"),
    ("sudo adduser anovak team", "Adding user `anovak' to group `team' ...\nDone.\n"),
    ("sudo adduser anovak nope", "adduser: The group `nope' does not exist.\n"),
    (
        "sudo faillock --user anovak",
        "anovak:\nWhen                Type  Source                                           Valid\n",
    ),
    ("sudo faillock --user nope", ""),
    ("faillock", "bash: faillock: command not found\n"),
    ("who", "support  pts/0        2026-09-07 07:45\n"),
    (
        "w",
        " 07:45:32 up 7 days, 23:02,  1 user,  load average: 0.01, 0.01, 0.01\nUSER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT\nsupport  pts/0    -                07:45    0.00s  0.00s  0.00s -bash\n",
    ),
    ("loginctl", "SESSION  UID USER    SEAT TTY\n      1 1000 support      pts/0\n\n1 sessions listed.\n"),
    ("sudo loginctl terminate-user nope", "Failed to look up user nope: No such process\n"),
    ("su - nope", "su: user nope does not exist or the user entry does not contain all the required fields\n"),
    ("su", "Password: \nsu: Authentication failure\n"),
    ("sudo -l", "User support may run the following commands on srv-1:\n    (ALL : ALL) ALL\n"),
    ("sudo nope", "sudo: nope: command not found\n"),
    ("sudo -u nope ls", "sudo: unknown user nope\nsudo: error initializing audit plugin sudoers_audit\n"),
    ("whoami", "support\n"),
    ("newgrp nope", "newgrp: group 'nope' does not exist\n"),
];

const SYSTEM: Lines = &[
    (
        "systemctl status nginx",
        "● nginx.service - A high performance web server and a reverse proxy server\n     Loaded: loaded (/lib/systemd/system/nginx.service; enabled; preset: enabled)\n     Active: active (running) since Sun 2026-08-30 08:43:16 UTC; 1 week ago\n   Main PID: 665 (nginx)\n      Tasks: 1\n     Memory: 12M\n     CGroup: /system.slice/nginx.service\n             └─665 /usr/sbin/nginx -g daemon on; master_process on;\n",
    ),
    ("systemctl status nope", "Unit nope.service could not be found.\n"),
    ("systemctl is-active nope", "inactive\n"),
    ("systemctl list-units --failed", "  UNIT LOAD ACTIVE SUB DESCRIPTION\n0 loaded units listed.\n"),
    ("systemctl foo", "Unknown command verb foo.\n"),
    ("systemctl start", "Too few arguments.\n"),
    ("sudo systemctl stop nginx; systemctl is-active nginx", "inactive\n"),
    ("sudo systemctl start nginx", ""),
    ("sudo systemctl enable nope", "Failed to enable unit: Unit file nope.service does not exist.\n"),
    ("sudo systemctl disable nginx", "Removed \"/etc/systemd/system/multi-user.target.wants/nginx.service\".\n"),
    (
        "sudo systemctl enable nginx",
        "Created symlink /etc/systemd/system/multi-user.target.wants/nginx.service → /lib/systemd/system/nginx.service.\n",
    ),
    (
        "systemctl cat app",
        "# /lib/systemd/system/app.service\n[Unit]\nDescription=Company web application\n\n[Service]\nType=notify\nExecStart=/usr/local/bin/app-server --config /etc/app/app.conf\nUser=www-data\n\n[Install]\nWantedBy=multi-user.target\n",
    ),
    ("service nginx status | head -1", "bash: service: command not found\n"),
    ("service nope status", "bash: service: command not found\n"),
    ("service", "bash: service: command not found\n"),
    (
        "journalctl -u nginx -n 2",
        "Sep 07 07:44:32 srv-1 systemd[1]: Starting nginx.service - A high performance web server and a reverse proxy server...\nSep 07 07:44:32 srv-1 systemd[1]: Started nginx.service - A high performance web server and a reverse proxy server.\n",
    ),
    ("journalctl -u nope", "-- No entries --\n"),
    ("journalctl -Z", "journalctl: invalid option -- 'Z'\n"),
    ("journalctl -p 9", "Unknown log level 9\n"),
    ("ps", ANY),
    ("ps -f", ANY),
    (
        "ps aux | head -3",
        "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\nroot           1  0.0  0.1   6144  6144 ?        Ss   Aug30   0:00 /sbin/init\nwww-data     517  1.2  1.6  65536 65536 ?        Ss   Aug30 137:32 /usr/local/bin/app-server --config /etc/app/app.conf\n",
    ),
    (
        "top | head -3",
        "top - 07:45:03 up 7 days, 23:01,  1 user,  load average: 0.01, 0.01, 0.01\nTasks:   9 total,   1 running,   8 sleeping,   0 stopped,   0 zombie\n%Cpu(s):  0.4 us,  0.0 sy,  0.0 ni, 99.6 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st\n",
    ),
    (
        "free -h",
        "               total        used        free      shared  buff/cache   available\nMem:           3.8Gi       219Mi       3.6Gi          0B        48Ki       3.6Gi\nSwap:          976Mi          0B       976Mi\n",
    ),
    ("free -Z", "free: invalid option -- 'Z'\nTry 'free --help' for more information.\n"),
    ("uptime", " 07:45:09 up 7 days, 23:01,  1 user,  load average: 0.01, 0.01, 0.01\n"),
    ("kill 99999", "bash: kill: (99999) - No such process\n"),
    ("kill x", "bash: kill: x: arguments must be process or job IDs\n"),
    ("kill", "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n"),
    ("kill 1", "bash: kill: (1) - Operation not permitted\n"),
    ("pkill nope", ""),
    ("pgrep nginx", "777\n"),
    ("pgrep nope", ""),
    ("dmesg | head -2", "dmesg: read kernel buffer failed: Operation not permitted\n"),
    ("lspci", ANY),
    ("lsusb", "Bus 001 Device 001: ID 1d6b:0002 Linux Foundation 2.0 root hub\n"),
    (
        "lscpu",
        "Architecture:            x86_64\nCPU(s):                  4\nModel name:              4-core server processor @ 2.40GHz\n",
    ),
    (
        "sudo smartctl -H /dev/sda",
        "smartctl 7.3 2022-02-28 r5338 [x86_64-linux] (local build)\n\n=== START OF READ SMART DATA SECTION ===\nSMART overall-health self-assessment test result: PASSED\n\n",
    ),
    (
        "sudo smartctl -H /dev/sdz",
        "smartctl 7.3 2022-02-28 r5338 [x86_64-linux] (local build)\n\nSmartctl open device: /dev/sdz failed: No such device\n",
    ),
    ("smartctl -H /dev/sda", "bash: smartctl: command not found\n"),
    ("smartctl", "bash: smartctl: command not found\n"),
    ("crontab -l", "no crontab for support\n"),
    ("crontab /nope", "crontab: /nope: No such file or directory\n"),
    (
        "timedatectl",
        "               Local time: Mon 2026-09-07 07:45:45 UTC\n           Universal time: Mon 2026-09-07 07:45:45 UTC\n                 RTC time: Mon 2026-09-07 07:45:45\n                Time zone: Etc/UTC (UTC, +0000)\nSystem clock synchronized: yes\n              NTP service: active\n          RTC in local TZ: no\n",
    ),
    ("timedatectl foo", "Unknown command verb foo.\n"),
    ("date", "Mon Sep  7 07:45:49 UTC 2026\n"),
    ("date +%F", "2026-09-07\n"),
    ("sudo date -s nope", "date: invalid date 'nope'\n"),
    ("uname -a", "Linux srv-1 6.1.0-25-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.106-3 (2024-08-26) x86_64 GNU/Linux\n"),
    ("uname -Z", "uname: invalid option -- 'Z'\nTry 'uname --help' for more information.\n"),
    ("hostname", "srv-1\n"),
    ("hostname -I", "10.0.0.10 \n"),
    ("hostname x", "hostname: you must be root to change the host name\n"),
    (
        "apt list --installed | head -3",
        "Listing...\napt/stable,now 1.0-1 amd64 [installed]\nbash/stable,now 1.0-1 amd64 [installed]\n",
    ),
    (
        "apt update",
        "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n",
    ),
    (
        "sudo apt update",
        "Err:1 http://deb.debian.org/debian bookworm InRelease\n  Temporary failure resolving 'deb.debian.org'\nReading package lists... Done\nW: Failed to fetch http://deb.debian.org/debian/dists/bookworm/InRelease  Temporary failure resolving 'deb.debian.org'\nW: Some index files failed to download. They have been ignored, or old ones used instead.\n",
    ),
    (
        "sudo apt install nope",
        "Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\nE: Unable to locate package nope\n",
    ),
    ("apt foo", "E: Invalid operation foo\n"),
    ("apt policy nginx", "nginx:\n  Installed: 1.22.1-9\n  Candidate: 1.22.1-9\n"),
    (
        "dpkg -l nginx",
        "Desired=Unknown/Install/Remove/Purge/Hold\n| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend\n|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)\n||/ Name                   Version                    Architecture Description\n+++-======================-==========================-============-===========\nii  nginx                  1.22.1-9                   amd64\n",
    ),
    ("dnf", "bash: dnf: command not found\n"),
    ("which ls", "/usr/bin/ls\n"),
    ("which nope", ""),
    ("type cd", "cd is a shell builtin\n"),
    ("type nope", "bash: type: nope: not found\n"),
    ("sleep x", "sleep: invalid time interval 'x'\nTry 'sleep --help' for more information.\n"),
    ("reboot", ANY),
    ("shutdown now", ANY),
    ("last", "bash: last: command not found\n"),
    ("nginx -t", "bash: nginx: command not found\n"),
    ("sshd -t", "bash: sshd: command not found\n"),
    ("sudo sshd -t", ""),
    ("lsof /var/log", ""),
    ("visudo", "bash: visudo: command not found\n"),
];

fn all(lines: Lines) {
    let mut t = terminal();
    for (line, expected) in lines {
        let printed = t.run(line);
        if *expected != ANY {
            assert_eq!(printed, *expected, "{line}");
        }
    }
}

#[test]
fn network_to_the_letter() {
    all(NETWORK);
}

#[test]
fn counters_to_the_letter() {
    all(COUNTERS);
}

#[test]
fn picked_to_the_letter() {
    all(PICKED);
}

#[test]
fn files_to_the_letter() {
    all(FILES);
}

#[test]
fn accounts_to_the_letter() {
    all(ACCOUNTS);
}

#[test]
fn system_to_the_letter() {
    all(SYSTEM);
}
