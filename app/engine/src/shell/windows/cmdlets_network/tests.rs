//! The cmdlets of the network, word by word.

use crate::shell::windows::network::trial::Trial;

#[test]
fn adapters_up_and_down() {
    let mut trial = Trial::power_shell("PC-01");
    let mac = trial.world.device(trial.id("PC-01")).stack.interfaces[0].mac.hyphens_upper();
    let table = |status: &str, speed: &str| {
        format!(
            "
Name                      InterfaceDescription                    ifIndex Status       MacAddress             LinkSpeed
----                      --------------------                    ------- ------       ----------             ---------
Ethernet                  Gigabit Network Connection                    5 {status:<12} {mac} {speed:>14}


"
        )
    };
    trial.check("Get-NetAdapter", true, &table("Up", "1 Gbps"));
    trial.holds("Disable-NetAdapter Ethernet", "Disable-NetAdapter : Access is denied. \n");
    let mut trial = trial.elevated();
    trial.check("Disable-NetAdapter Ethernet -Confirm:$false", true, "");
    trial.check("Get-NetAdapter", true, &table("Disabled", "0 bps"));
    trial.check("Get-NetAdapter | Enable-NetAdapter", true, "");
    trial.check("Get-NetAdapter -Name Eth*", true, &table("Up", "1 Gbps"));
    trial.unplug("PC-01");
    trial.check("Get-NetAdapter", true, &table("Disconnected", "0 bps"));
    trial.holds(
        "Get-NetAdapter Nothing",
        "Get-NetAdapter : No MSFT_NetAdapter objects found with property 'Name' equal to 'Nothing'.  Verify the value of the\nproperty and \
         retry.\n",
    );
}

#[test]
fn configuration_and_addresses() {
    let mut trial = Trial::power_shell("SRV-1");
    trial.check(
        "Get-NetIPConfiguration",
        true,
        "

InterfaceAlias       : Ethernet
InterfaceIndex       : 5
InterfaceDescription : Gigabit Network Connection
NetProfile.Name      : clinic.example
IPv4Address          : 10.44.20.5
IPv4DefaultGateway   : 10.44.20.1
DNSServer            : 10.44.20.5



",
    );
    trial.check("(Get-NetIPAddress -InterfaceAlias Ethernet).IPAddress", true, "10.44.20.5\n");
    trial.holds("Get-NetIPAddress -IPAddress 10.44.20.5", "PrefixLength      : 24\nPrefixOrigin      : Manual\n");
    trial.unplug("SRV-1");
    trial.holds("gip", "NetAdapter.Status    : Disconnected\n");
}

#[test]
fn a_new_address() {
    let line = "New-NetIPAddress -InterfaceAlias Ethernet -IPAddress 10.44.10.200 -PrefixLength 24 -DefaultGateway 10.44.10.1";
    let mut trial = Trial::power_shell("PC-01");
    trial.holds(line, "CategoryInfo          : PermissionDenied: (MSFT_NetIPAddress:root/StandardCimv2/MSFT_NetIPAddress)");
    let mut trial = trial.elevated();
    trial.holds(line, "IPAddress         : 10.44.10.200\n");
    trial.check("Test-Connection app-1 -Count 1 -Quiet", true, "False\n");
    trial.check("Set-DnsClientServerAddress -InterfaceAlias Ethernet -ServerAddresses (\"10.44.20.5\")", true, "");
    trial.check("Test-Connection app-1 -Count 1 -Quiet", true, "True\n");
    trial.holds("Get-DnsClientServerAddress", "Ethernet                                  5 IPv4          {10.44.20.5}\n");
    trial.check("Set-NetIPInterface Ethernet -Dhcp Enabled", true, "");
    trial.check("(Get-NetIPAddress -InterfaceAlias Ethernet).PrefixOrigin", true, "Dhcp\n");
    trial.holds("New-NetIPAddress -InterfaceAlias Ethernet -IPAddress 10.44.10.0 -PrefixLength 24", "subnet mask is invalid");
}

#[test]
fn a_port_that_answers_and_one_that_does_not() {
    let mut trial = Trial::power_shell("SRV-1");
    trial.check(
        "Test-NetConnection -ComputerName 10.44.20.10 -Port 80",
        true,
        "

ComputerName     : 10.44.20.10
RemoteAddress    : 10.44.20.10
RemotePort       : 80
InterfaceAlias   : Ethernet
SourceAddress    : 10.44.20.5
TcpTestSucceeded : True



",
    );
    trial.check(
        "tnc 10.44.20.10 -Port 8080",
        true,
        "WARNING: TCP connect to (10.44.20.10 : 8080) failed


ComputerName           : 10.44.20.10
RemoteAddress          : 10.44.20.10
RemotePort             : 8080
InterfaceAlias         : Ethernet
SourceAddress          : 10.44.20.5
PingSucceeded          : True
PingReplyDetails (RTT) : 0 ms
TcpTestSucceeded       : False



",
    );
    trial.check(
        "Test-NetConnection nosuch",
        true,
        "WARNING: Name resolution of nosuch failed


ComputerName   : nosuch
RemoteAddress  : \nInterfaceAlias : \nSourceAddress  : \nPingSucceeded  : False



",
    );
    trial.check("tnc 10.44.20.10 -Port 80 -InformationLevel Quiet", true, "True\n");
    trial.holds("tnc 10.44.20.99", "WARNING: Ping to 10.44.20.99 failed with status: DestinationHostUnreachable\n");
    trial.holds("tnc news.example -TraceRoute", "TraceRoute             : 10.44.20.1\n                         198.51.100.1\n");
}

#[test]
fn pings_of_five_one() {
    let mut trial = Trial::power_shell("PC-01");
    trial.check(
        "Test-Connection srv-1 -Count 1",
        true,
        "
Source        Destination     IPV4Address      IPV6Address                              Bytes    Time(ms)
------        -----------     -----------      -----------                              -----    --------
PC-01         srv-1           10.44.20.5                                                32       0


",
    );
    trial.check(
        "Test-Connection 10.99.99.99 -Count 1",
        false,
        "Test-Connection : Testing connection to computer '10.99.99.99' failed: Error due to lack of resources
At line:1 char:1
+ Test-Connection 10.99.99.99 -Count 1
+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : ResourceUnavailable: (10.99.99.99:String) [Test-Connection], PingException
    + FullyQualifiedErrorId : TestConnectionException,Microsoft.PowerShell.Commands.TestConnectionCommand
 \n",
    );
}

#[test]
fn names() {
    let mut trial = Trial::power_shell("PC-01");
    trial.check(
        "Resolve-DnsName srv-1",
        true,
        "
Name                                           Type   TTL   Section    IPAddress
----                                           ----   ---   -------    ---------
srv-1.clinic.example                           A      3600  Answer     10.44.20.5


",
    );
    trial.holds(
        "Resolve-DnsName clinic.example MX",
        "clinic.example                         MX     3600  Answer     mail.clinic.example                10\n",
    );
    trial.holds(
        "Resolve-DnsName nosuch.clinic.example",
        "Resolve-DnsName : nosuch.clinic.example : DNS name does not exist\nAt line:1 char:1\n",
    );
    trial.holds(
        "Resolve-DnsName nosuch.clinic.example",
        "DNS_ERROR_RCODE_NAME_ERROR,Microsoft.DnsClient.Commands.ResolveDnsName\n",
    );
    trial.text("ping news.example");
    trial.holds("Get-DnsClientCache", "news.example");
    trial.check("Clear-DnsClientCache", true, "");
    trial.check("Get-DnsClientCache", true, "");
    trial.unplug("SRV-1");
    trial.holds("Resolve-DnsName news.example", "news.example : This operation returned because the timeout period expired\n");
}

#[test]
fn the_firewall() {
    let mut trial = Trial::power_shell("PC-01");
    trial.check(
        "Get-NetFirewallProfile | ft Name,Enabled",
        true,
        "\nName    Enabled\n----    -------\nDomain  True\nPrivate True\nPublic  True\n\n\n",
    );
    trial.holds("Set-NetFirewallProfile -Profile Domain -Enabled False", "Access is denied. ");
    let mut trial = trial.elevated();
    trial.check("Set-NetFirewallProfile -Profile Domain,Public -Enabled False", true, "");
    trial.check("(Get-NetFirewallProfile -Name Domain).Enabled", true, "False\n");
    trial.check("Enable-NetFirewallRule -DisplayName 'Remote Desktop*'", true, "");
    trial.holds("Get-NetFirewallRule -DisplayName 'Remote Desktop*'", "True    Inbound   Allow  Domain, Private\n");
    trial.holds(
        "Disable-NetFirewallRule -DisplayName nosuch",
        "No MSFT_NetFirewallRule objects found with property 'DisplayName' equal to 'nosuch'.",
    );
    trial.holds("Get-NetConnectionProfile", "NetworkCategory : DomainAuthenticated\n");
}

#[test]
fn tables() {
    let mut trial = Trial::power_shell("SRV-1");
    trial.holds(
        "Get-NetRoute -DestinationPrefix 0.0.0.0/0",
        "5       0.0.0.0/0                                      10.44.20.1                                         0 25\n",
    );
    trial.holds(
        "Get-NetTCPConnection -LocalPort 445 -State Listen",
        "0.0.0.0                             445       0.0.0.0                             0          Listen      4\n",
    );
    trial.text("ping -n 1 10.44.20.10");
    trial.holds("Get-NetNeighbor -IPAddress 10.44.20.10", "Reachable   ActiveStore\n");
}
