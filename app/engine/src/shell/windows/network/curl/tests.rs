//! Pages and failures in the words of `curl.exe`, and of the cmdlet that PowerShell gives its name to.

use crate::shell::windows::network::trial::Trial;

const PAGE: &str = "<html>\n<head><title>Morning news</title></head>\n<body>\n<h1>Morning news</h1>\n</body>\n</html>\n";

#[test]
fn a_page_and_its_header() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("curl https://news.example/", true, PAGE);
    let head = trial.text("curl -I https://news.example/");
    let lines: Vec<&str> = head.lines().filter(|line| !line.starts_with("Date: ")).collect();
    assert_eq!(lines, ["HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Length: 93", "Connection: keep-alive", ""]);
    trial.check("curl -s -o nul -w %{http_code}\\n https://news.example", true, "200\n");
    let told = trial.text("curl -v https://news.example/a");
    let told = told.lines().filter(|line| !line.starts_with("< Date: "));
    assert_eq!(
        told.collect::<Vec<_>>().join("\n") + "\n",
        format!(
            "\
* Host news.example:443 was resolved.
* IPv6: (none)
* IPv4: 192.0.2.80
*   Trying 192.0.2.80:443...
* schannel: disabled automatic use of client certificate
* ALPN: curl offers http/1.1
* Connected to news.example (192.0.2.80) port 443
* using HTTP/1.x
> GET /a HTTP/1.1
> Host: news.example
> User-Agent: curl/8.13.0
> Accept: */*
>
* Request completely sent off
< HTTP/1.1 200 OK
< Content-Type: text/html
< Content-Length: 93
< Connection: keep-alive
<
{PAGE}* Connection #0 to host news.example left intact
"
        )
    );
}

#[test]
fn a_download_into_a_file() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "curl http://intranet.clinic.example -o a.html",
        true,
        "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
100   117  100   117    0     0    117      0  0:00:01  0:00:01 --:--:--   117
",
    );
    trial.holds("type a.html", "<h1>Appointments and rosters</h1>\n");
    trial.check(
        "curl -s https://news.example -o C:\\Windows\\a.html",
        false,
        "curl: (23) client returned ERROR on write, 93 was not returned\n",
    );
}

#[test]
fn what_goes_wrong_on_the_way() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("curl http://nosuch.example/", false, "curl: (6) Could not resolve host: nosuch.example\n");
    trial.check("curl -s http://nosuch.example/", false, "");
    trial.check(
        "curl -v http://nosuch.example/",
        false,
        "* Could not resolve host: nosuch.example\n* closing connection #0\ncurl: (6) Could not resolve host: nosuch.example\n",
    );
    // The server's firewall drops; the intranet's machine refuses.
    assert_eq!(trial.seconds("curl http://srv-1:81/"), 23);
    trial.check(
        "curl http://srv-1:81/",
        false,
        "curl: (28) Failed to connect to srv-1 port 81 after 21000 ms: Could not connect to server\n",
    );
    trial.check("curl -m 5 http://srv-1:81/", false, "curl: (28) Connection timed out after 5000 milliseconds\n");
    trial.check(
        "curl https://intranet.clinic.example",
        false,
        "curl: (7) Failed to connect to intranet.clinic.example port 443 after 2000 ms: Could not connect to server\n",
    );
    trial.check(
        "curl https://srv-1:445/",
        false,
        "curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_INVALID_TOKEN (0x80090308) - The token supplied to the function is invalid\n",
    );
    trial.check("curl", false, "curl: (2) no URL specified\ncurl: try 'curl --help' for more information\n");
    trial.check("curl ftp://a/", false, "curl: (3) URL rejected: Malformed input to a URL function\n");
    trial.check("curl -x proxy:80 http://a", false, "[simulation] not modelled here: curl -x\n");
    trial.check("curl -V", true, "curl 8.13.0 (Windows) libcurl/8.13.0 Schannel\n");
    trial.unplug("PC-01");
    trial.holds("curl http://192.0.2.80/", "curl: (");
}

/// The certificate of the news page, changed.
fn with_certificate(change: impl Fn(&mut crate::world::server::Tls, crate::time::Time)) -> Trial {
    let mut trial = Trial::cmd("PC-01");
    let (id, now) = (trial.id("news.example"), trial.world.now);
    for site in &mut trial.world.device_mut(id).roles.web {
        if let Some(tls) = &mut site.tls {
            change(tls, now);
        }
    }
    trial
}

#[test]
fn certificates_that_are_not_accepted() {
    let more = super::outcome::MORE;
    let mut trial = with_certificate(|tls, now| tls.until = now - crate::time::Span::days(1));
    trial.check(
        "curl https://news.example/",
        false,
        "curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_CERT_EXPIRED (0x80090328) - The received certificate has expired.\n",
    );
    trial.check("curl -k https://news.example/", true, PAGE);
    let mut trial = with_certificate(|tls, _| tls.names = vec!["other.example".to_owned()]);
    trial.check(
        "curl https://news.example/",
        false,
        &format!(
            "curl: (60) schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - The target principal name is incorrect.\n{more}"
        ),
    );
    let mut trial = with_certificate(|tls, _| "Nobody's CA".clone_into(&mut tls.issuer));
    trial.check(
        "curl https://news.example/",
        false,
        &format!(
            "curl: (60) schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is not trusted.\n{more}"
        ),
    );
}

#[test]
fn in_powershell_the_name_is_a_cmdlet() {
    let mut trial = Trial::power_shell("PC-01");
    trial.check(
        "curl https://news.example/",
        true,
        "\n\nStatusCode        : 200\nStatusDescription : OK\nContent           : <html> <head><title>Morning news</title></head> <body> <h1>Morning news</h1> </body> </html>\nRawContentLength  : 93\n\n\n\n",
    );
    trial.check(
        "wget http://nosuch.example",
        false,
        "\
wget : The remote name could not be resolved: 'nosuch.example'
At line:1 char:1
+ wget http://nosuch.example
+ ~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : InvalidOperation: (System.Net.HttpWebRequest:HttpWebRequest) [Invoke-WebRequest], WebException
    + FullyQualifiedErrorId : WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand
 
",
    );
    trial.check("(iwr https://news.example -UseBasicParsing).StatusCode", true, "200\n");
    trial.check("curl.exe https://news.example/", true, PAGE);
}
