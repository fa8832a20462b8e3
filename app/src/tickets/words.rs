//! The engine's words for people, and the words that forms send for them.

use engine::fault::{Layer, Tier};
use engine::people::{INTENTS, Intent, TONES, TOPICS, Tone};
use engine::shell::ShellKind;
use engine::ticket::action::Level;
use engine::world::person::Topic;

use super::api::DeviceKind;

pub const LAYERS: [(Layer, &str, &str); 10] = [
    (Layer::Physical, "physical", "Physical: cables, ports, power"),
    (Layer::DataLink, "data-link", "Data link: switching, VLANs, Wi-Fi"),
    (Layer::Network, "network", "Network: addresses and routes"),
    (Layer::Transport, "transport", "Transport: ports and filters"),
    (Layer::NetworkService, "network-service", "Network services: DHCP, DNS, mail, web"),
    (Layer::Hardware, "hardware", "Hardware"),
    (Layer::OperatingSystem, "operating-system", "Operating system"),
    (Layer::Application, "application", "Application"),
    (Layer::AccountOrPermission, "account", "Account or permission"),
    (Layer::Security, "security", "Security"),
];

pub fn layer(layer: Layer) -> &'static str {
    LAYERS.iter().find(|(known, ..)| *known == layer).map_or("", |(.., words)| words)
}

pub const TIERS: [(Tier, &str, &str); 7] = [
    (Tier::T1, "T1", "Service desk (T1)"),
    (Tier::T2, "T2", "Desktop, field or system administration (T2)"),
    (Tier::T3, "T3", "Network, server or cloud engineering (T3)"),
    (Tier::Security, "security", "Security"),
    (Tier::Vendor, "vendor", "Vendor or provider"),
    (Tier::Facilities, "facilities", "Facilities"),
    (Tier::Manager, "manager", "Manager"),
];

pub const LEVELS: [(Level, &str, &str); 3] =
    [(Level::Low, "low", "Low"), (Level::Medium, "medium", "Medium"), (Level::High, "high", "High")];

/// What one of these tables holds for a word that a form has sent.
pub fn chosen<T: Copy>(table: &[(T, &str, &str)], word: &str) -> Option<T> {
    table.iter().find(|(_, known, _)| *known == word).map(|(value, ..)| *value)
}

/// In the order of the engine's own tables, which have the words that forms send.
const INTENT_LABELS: [&str; 12] = [
    "Say hello",
    "Ask about",
    "Explain",
    "Ask them to do or look at",
    "Ask for consent",
    "Say what happens next",
    "Verify who they are",
    "Ask for approval",
    "Ask whether it works now",
    "Apologise",
    "Refuse",
    "Say goodbye",
];

const TONE_LABELS: [&str; 5] = ["Friendly", "Plain", "Technical", "Impatient", "Blaming"];

const TOPIC_LABELS: [&str; 23] = [
    "what goes wrong",
    "since when",
    "what has changed",
    "what works and what does not",
    "whether others have it too",
    "the error message",
    "the lights",
    "the cable",
    "the Wi-Fi",
    "the power",
    "the screen",
    "the sound",
    "the printer",
    "the paper",
    "the password",
    "the files",
    "the mail",
    "the web page",
    "who they are",
    "the approval",
    "a restart",
    "how urgent it is",
    "whether it works",
];

pub fn intents() -> impl Iterator<Item = (&'static str, &'static str)> {
    INTENTS.iter().zip(INTENT_LABELS).map(|((word, _), label)| (*word, label))
}

pub fn tones() -> impl Iterator<Item = (&'static str, &'static str)> {
    TONES.iter().zip(TONE_LABELS).map(|((word, _), label)| (*word, label))
}

pub fn topics() -> impl Iterator<Item = (&'static str, &'static str)> {
    TOPICS.iter().zip(TOPIC_LABELS).map(|((word, _), label)| (*word, label))
}

/// "Ask about what goes wrong (friendly)"
pub fn said(intent: Intent, tone: Tone, topic: Topic) -> String {
    let intent_words = label(INTENTS, &INTENT_LABELS, intent);
    let tone = label(TONES, &TONE_LABELS, tone).to_ascii_lowercase();
    let about = match intent {
        Intent::Ask | Intent::Explain | Intent::Instruct | Intent::AskConsent | Intent::AskApproval => {
            format!(" {}", label(TOPICS, &TOPIC_LABELS, topic))
        }
        _ => String::new(),
    };
    format!("{intent_words}{about} ({tone})")
}

fn label<T: PartialEq>(table: &[(&str, T)], labels: &[&'static str], value: T) -> &'static str {
    table.iter().zip(labels).find(|((_, known), _)| *known == value).map_or("", |(_, label)| label)
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

/// As the script language and addresses name it.
pub fn shell_word(kind: ShellKind) -> &'static str {
    match kind {
        ShellKind::Cmd => "cmd",
        ShellKind::PowerShell => "powershell",
        ShellKind::Bash => "bash",
        ShellKind::Ios => "ios",
    }
}

pub fn device_kind(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Computer => "Computer",
        DeviceKind::Laptop => "Laptop",
        DeviceKind::Server => "Server",
        DeviceKind::Printer => "Printer",
        DeviceKind::Switch => "Switch",
        DeviceKind::Router => "Router",
        DeviceKind::Firewall => "Firewall",
        DeviceKind::AccessPoint => "Access point",
        DeviceKind::Modem => "Modem",
        DeviceKind::Phone => "Phone",
        DeviceKind::Internet => "Internet",
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
        assert_eq!(INTENTS.len(), INTENT_LABELS.len());
        assert_eq!(TONES.len(), TONE_LABELS.len());
        assert_eq!(TOPICS.len(), TOPIC_LABELS.len());
        for (layer, word, _) in LAYERS {
            assert_eq!(engine::ticket::script::layer(word), Some(layer));
        }
        for (tier, word, _) in TIERS {
            assert_eq!(engine::ticket::script::tier(word), Some(tier));
        }
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
