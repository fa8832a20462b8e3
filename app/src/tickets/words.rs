//! The engine's words for people, and the words that forms send for them.

use engine::fault::{Layer, Tier};
use engine::panel::PanelKind;
use engine::people::{INTENTS, Intent, TONES, TOPICS, Tone, word_of};
use engine::shell::ShellKind;
use engine::ticket::action::Level;
use engine::ticket::script::{LAYERS, LEVELS, TIERS, layer_word, tier_word};
use engine::world::device::Kind;
use engine::world::person::Topic;

const LAYER_LABELS: [(&str, &str); 11] = [
    ("physical", "Physical: cables, ports, power"),
    ("data-link", "Data link: switching, VLANs, Wi-Fi"),
    ("network", "Network: addresses and routes"),
    ("transport", "Transport: ports and filters"),
    ("network-service", "Network services: DHCP, DNS, mail, web"),
    ("hardware", "Hardware"),
    ("operating-system", "Operating system"),
    ("application", "Application"),
    ("account", "Account or permission"),
    ("security", "Security"),
    ("person", "The person: nothing is broken"),
];

const TIER_LABELS: [(&str, &str); 7] = [
    ("T1", "Service desk (T1)"),
    ("T2", "Desktop, field or system administration (T2)"),
    ("T3", "Network, server or cloud engineering (T3)"),
    ("security", "Security"),
    ("vendor", "Vendor or provider"),
    ("facilities", "Facilities"),
    ("manager", "Manager"),
];

const LEVEL_LABELS: [(&str, &str); 3] = [("low", "Low"), ("medium", "Medium"), ("high", "High")];

pub fn layer(layer: Layer) -> &'static str {
    label(&LAYER_LABELS, layer_word(layer))
}

pub fn layers() -> Vec<(String, String)> {
    labelled(LAYERS, &LAYER_LABELS)
}

pub fn tier(tier: Tier) -> &'static str {
    label(&TIER_LABELS, tier_word(tier))
}

pub fn tiers() -> Vec<(String, String)> {
    labelled(TIERS, &TIER_LABELS)
}

/// `Priority: high`
pub fn priority(level: Level) -> String {
    format!("Priority: {}", word_of(LEVELS, level).unwrap_or_default())
}

pub fn levels() -> Vec<(String, String)> {
    labelled(LEVELS, &LEVEL_LABELS)
}

/// By the words that forms send.
const INTENT_LABELS: [(&str, &str); 12] = [
    ("greet", "Say hello"),
    ("ask", "Ask about"),
    ("explain", "Explain"),
    ("instruct", "Ask them to do or look at"),
    ("ask-consent", "Ask for consent"),
    ("set-expectation", "Say what happens next"),
    ("verify-identity", "Verify who they are"),
    ("ask-approval", "Ask for approval"),
    ("confirm", "Ask whether it works now"),
    ("apologise", "Apologise"),
    ("refuse", "Refuse"),
    ("close", "Say goodbye"),
];

const TONE_LABELS: [(&str, &str); 5] = [
    ("friendly", "Friendly"),
    ("plain", "Plain"),
    ("technical", "Technical"),
    ("impatient", "Impatient"),
    ("blaming", "Blaming"),
];

const TOPIC_LABELS: [(&str, &str); 25] = [
    ("symptom", "what goes wrong"),
    ("since", "since when"),
    ("changes", "what has changed"),
    ("scope", "what works and what does not"),
    ("others", "whether others have it too"),
    ("error", "the error message"),
    ("lights", "the lights"),
    ("cable", "the cable"),
    ("wifi", "the Wi-Fi"),
    ("power", "the power"),
    ("screen", "the screen"),
    ("sound", "the sound"),
    ("printer", "the printer"),
    ("paper", "the paper"),
    ("password", "the password"),
    ("files", "the files"),
    ("mail", "the mail"),
    ("web", "the web page"),
    ("identity", "who they are"),
    ("approval", "the approval"),
    ("restart", "a restart"),
    ("urgency", "how urgent it is"),
    ("works", "whether it works"),
    ("usage", "how they do it"),
    ("policy", "what the rules are"),
];

pub fn intents() -> Vec<(String, String)> {
    labelled(INTENTS, &INTENT_LABELS)
}

pub fn tones() -> Vec<(String, String)> {
    labelled(TONES, &TONE_LABELS)
}

pub fn topics() -> Vec<(String, String)> {
    labelled(TOPICS, &TOPIC_LABELS)
}

/// Every word of the engine with what people read for it.
fn labelled<T>(words: &[(&'static str, T)], labels: &[(&str, &'static str)]) -> Vec<(String, String)> {
    words.iter().map(|(word, _)| ((*word).to_owned(), label(labels, word).to_owned())).collect()
}

fn label<'l>(labels: &[(&str, &'l str)], word: &'l str) -> &'l str {
    labels.iter().find(|(known, _)| *known == word).map_or(word, |(_, label)| label)
}

/// "Ask about what goes wrong (friendly)"
pub fn said(intent: Intent, tone: Tone, topic: Topic) -> String {
    let intent_words = label(&INTENT_LABELS, word_of(INTENTS, intent).unwrap_or_default());
    let tone = word_of(TONES, tone).unwrap_or_default();
    let about = match intent {
        Intent::Ask | Intent::Explain | Intent::Instruct | Intent::AskConsent | Intent::AskApproval => {
            format!(" {}", label(&TOPIC_LABELS, word_of(TOPICS, topic).unwrap_or_default()))
        }
        _ => String::new(),
    };
    format!("{intent_words}{about} ({tone})")
}

pub fn shell(kind: ShellKind, elevated: bool) -> &'static str {
    match (kind, elevated) {
        (ShellKind::Cmd, false) => "Command Prompt",
        (ShellKind::Cmd, true) => "Command Prompt as administrator",
        (ShellKind::PowerShell, false) => "PowerShell",
        (ShellKind::PowerShell, true) => "PowerShell as administrator",
        (ShellKind::Bash, false) => "Terminal (bash)",
        (ShellKind::Bash, true) => "Terminal as root",
        (ShellKind::Ios, _) => "Console",
    }
}

/// The panels of a device by what they are about, in the order of the groups; empty groups are left out.
pub fn panel_groups(panels: &[PanelKind]) -> Vec<(&'static str, Vec<PanelKind>)> {
    const GROUPS: [&str; 6] =
        ["The computer itself", "Programs and services", "Network", "Printing", "Accounts and protection", "The whole company"];
    let of = |group: &&'static str| panels.iter().copied().filter(|panel| panel_group(*panel) == *group).collect::<Vec<_>>();
    GROUPS.iter().map(|group| (*group, of(group))).filter(|(_, panels)| !panels.is_empty()).collect()
}

fn panel_group(panel: PanelKind) -> &'static str {
    use PanelKind as Kind;
    match panel {
        Kind::DeviceManager
        | Kind::DiskManagement
        | Kind::DiskCleanup
        | Kind::Files
        | Kind::Sound
        | Kind::DisplaySettings
        | Kind::SystemSettings
        | Kind::SystemInformation
        | Kind::ResourceMonitor
        | Kind::DateTime
        | Kind::Firmware
        | Kind::Bench => "The computer itself",
        Kind::Services
        | Kind::TaskManager
        | Kind::EventViewer
        | Kind::Updates
        | Kind::Programs
        | Kind::Startup
        | Kind::TaskScheduler
        | Kind::Mail
        | Kind::Browser => "Programs and services",
        Kind::Adapter
        | Kind::Wifi
        | Kind::Firewall
        | Kind::InternetOptions
        | Kind::RemoteDesktop
        | Kind::Bluetooth
        | Kind::SwitchPorts
        | Kind::WirelessController
        | Kind::DhcpServer
        | Kind::DnsServer => "Network",
        Kind::Printers | Kind::PrinterPanel | Kind::PrintServer => "Printing",
        Kind::LocalUsers
        | Kind::LocalPolicy
        | Kind::Certificates
        | Kind::Defender
        | Kind::Directory
        | Kind::FileServer
        | Kind::Backup => "Accounts and protection",
        Kind::Tenant | Kind::MobileDevices | Kind::Tickets | Kind::Knowledge => "The whole company",
    }
}

pub fn device_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Desktop => "Computer",
        Kind::Laptop => "Laptop",
        Kind::Server => "Server",
        Kind::Printer => "Printer",
        Kind::Switch => "Switch",
        Kind::Router => "Router",
        Kind::Firewall => "Firewall",
        Kind::AccessPoint => "Access point",
        Kind::Modem => "Modem",
        Kind::Phone => "Phone",
        Kind::Internet => "Internet",
    }
}

/// "1 action", "3 actions".
pub fn count(number: u32, one: &str, several: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {several}") }
}

/// "45 s", "12 min", "2 h 5 min".
pub fn span(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_engine_has_a_label() {
        for (word, label) in [intents(), tones(), topics(), layers(), tiers(), levels()].concat() {
            assert_ne!(word, label, "{word} has no label");
        }
    }

    #[test]
    fn every_panel_stands_in_one_group() {
        let all: Vec<_> = engine::panel::ALL.iter().map(|(kind, ..)| *kind).collect();
        let grouped: Vec<_> = panel_groups(&all).into_iter().flat_map(|(_, panels)| panels).collect();
        assert_eq!(grouped.len(), all.len());
        assert_eq!(panel_groups(&[PanelKind::Tenant]), [("The whole company", vec![PanelKind::Tenant])]);
    }

    #[test]
    fn what_was_said_reads_as_a_sentence() {
        assert_eq!(said(Intent::Ask, Tone::Friendly, Topic::Since), "Ask about since when (friendly)");
        assert_eq!(said(Intent::Greet, Tone::Plain, Topic::Symptom), "Say hello (plain)");
    }

    #[test]
    fn spans_are_short() {
        assert_eq!(
            ["45 s", "12 min", "2 h 5 min", "1 h"],
            [span(45), span(720), span(7500), span(3600)].each_ref().map(String::as_str)
        );
    }
}
