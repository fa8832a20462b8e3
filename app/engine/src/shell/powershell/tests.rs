//! Pipelines, parameters, errors and files of PowerShell.

use crate::shell::windows::network::trial::Trial;

#[test]
fn words_nobody_knows() {
    Trial::power_shell("PC-01").check(
        "Get-Foo -Bar",
        false,
        "Get-Foo : The term 'Get-Foo' is not recognized as the name of a cmdlet, function, script file, or operable program.
Check the spelling of the name, or if a path was included, verify that the path is correct and try again.
At line:1 char:1
+ Get-Foo -Bar
+ ~~~~~~~
    + CategoryInfo          : ObjectNotFound: (Get-Foo:String) [], CommandNotFoundException
    + FullyQualifiedErrorId : CommandNotFoundException
 \n",
    );
}

#[test]
fn parameters_by_name_prefix_and_place() {
    let mut trial = Trial::power_shell("PC-01");
    let whole = trial.text("Get-Service -Name Spooler");
    assert_eq!(
        whole,
        "\nStatus   Name               DisplayName\n------   ----               -----------\nRunning  Spooler            Print Spooler\n\n\n"
    );
    for line in ["get-service spooler", "gsv -n spooler", "Get-Service -Na:Spooler", "GET-SERVICE 'Spooler'"] {
        assert_eq!(trial.text(line), whole, "{line}");
    }
    trial.check(
        "Get-Service -Foo",
        false,
        "Get-Service : A parameter cannot be found that matches parameter name 'Foo'.
At line:1 char:13
+ Get-Service -Foo
+             ~~~~
    + CategoryInfo          : InvalidArgument: (:) [Get-Service], ParameterBindingException
    + FullyQualifiedErrorId : NamedParameterNotFound,Get-Service
 \n",
    );
    trial.holds("Test-NetConnection -ComputerName", "Missing an argument for parameter 'ComputerName'.");
    trial.holds("Get-Location here", "A positional parameter cannot be found that accepts argument 'here'.");
    trial.check("Get-Service nosuch -ErrorAction SilentlyContinue", false, "");
}

#[test]
fn pipelines_choose_sort_and_format() {
    let mut trial = Trial::power_shell("PC-01");
    trial.check(
        "Get-Service | Where-Object { $_.Name -like 'W*' -and $_.Status -eq 'Running' } | Select-Object Name, Status",
        true,
        "\nName      Status\n----      ------\nW32Time   Running\nWSearch   Running\nWinDefend Running\nWinmgmt   Running\n\n\n",
    );
    trial.check("(gsv | ? Status -eq Stopped | sort Name -Desc | select -First 1).Name", true, "wuauserv\n");
    trial.check("Get-Service Spooler | fl Name,Status", true, "\n\nName   : Spooler\nStatus : Running\n\n\n\n");
    trial.check("Get-Service Spooler | ForEach-Object { $_.DisplayName }", true, "Print Spooler\n");
    trial.check("Get-Service Spooler | select -ExpandProperty Name", true, "Spooler\n");
    trial.holds("Get-Service | measure", "Count    : ");
    trial.check("Get-Service | Out-Null", true, "");
    trial.check(
        "Get-Service | Where-Object { Test-Path $_ }",
        true,
        "[simulation] not modelled here: Where-Object { Test-Path $_ }\n",
    );
}

#[test]
fn programs_run_and_their_text_is_searched() {
    let mut trial = Trial::power_shell("SRV-1");
    trial.check("ipconfig | findstr Gateway", true, "   Default Gateway . . . . . . . . . : 10.44.20.1\n");
    trial.check("ipconfig | Select-String gateway", true, "\n   Default Gateway . . . . . . . . . : 10.44.20.1\n\n\n");
    trial.check("hostname; $env:USERDNSDOMAIN", true, "SRV-1\nCLINIC.EXAMPLE\n");
    trial.check("$target = '10.44.20.1'; \"to $target\"", true, "to 10.44.20.1\n");
    trial.check("nslookup srv-1 > $null", true, "");
    assert!(trial.run("services.msc").opens.is_some());
}

#[test]
fn files_and_the_trap_of_sc() {
    let mut trial = Trial::power_shell("PC-01");
    let home = trial.session.folder.clone();
    trial.check("sc query spooler", true, "");
    trial.check("Get-Content query", true, "spooler\n");
    trial.holds("sc.exe query spooler", "SERVICE_NAME: spooler");
    trial.check("Remove-Item query", true, "");
    trial.check(
        "cat query",
        false,
        &format!(
            "cat : Cannot find path '{home}\\query' because it does not exist.
At line:1 char:1
+ cat query
+ ~~~~~~~~~
    + CategoryInfo          : ObjectNotFound: ({home}\\query:String) [Get-Content], ItemNotFoundException
    + FullyQualifiedErrorId : PathNotFound,Microsoft.PowerShell.Commands.GetContentCommand
 \n"
        ),
    );
    trial.check("Test-Path C:\\Windows", true, "True\n");
    trial.check("cd C:\\Windows", true, "");
    assert_eq!(trial.session.prompt(&trial.world), "PS C:\\Windows> ");
    trial.holds("\"x\" | Out-File x.txt", "Access to the path 'C:\\Windows\\x.txt' is denied.");
    trial.holds("ls", "    Directory: C:\\Windows\n");
}

#[test]
fn any_line_is_answered() {
    let mut trial = Trial::power_shell("PC-01");
    for line in [
        "é",
        "|",
        "Get-Service |",
        "(",
        "((",
        "{",
        "'",
        "$",
        "@",
        "-x",
        "Get-Service | ? {",
        "(Get-Service",
        "select -First x",
        "% {é}",
        "; ;",
        "& ",
        "$x =",
        "(a).b",
    ] {
        trial.run(line);
    }
}

#[test]
fn every_cmdlet_that_is_offered_is_known() {
    let mut trial = Trial::power_shell("SRV-1");
    for name in super::NAMES.iter().filter(|name| name.contains('-')) {
        trial.holds(&format!("{name} -?"), &format!("NAME\n    {name}\n"));
    }
}
