//! Windows, consoles and web pages of the modelled systems, as typed data: a [`View`] out, an [`Operation`] in.
//!
//! A view has no layout and no markup; a page draws any of them with native controls. Each panel is a file with
//! `view(&World, DeviceId) -> Option<View>` (`None`: this device has no such panel) and
//! `apply(&mut World, DeviceId, &Operation) -> Result<String, Refused>`.

mod adapter;
mod backup;
mod bench;
mod bluetooth;
mod browser;
mod certificates;
mod date_time;
mod defender;
mod device_manager;
mod dhcp_server;
mod directory;
mod disk_cleanup;
mod disk_management;
mod display_settings;
mod dns_server;
mod event_viewer;
mod file_server;
mod files;
mod firewall;
mod firmware;
mod internet_options;
mod knowledge;
mod local_policy;
mod local_users;
mod mail;
mod mobile_devices;
mod parts;
mod print_server;
mod printer_panel;
mod printers;
mod programs;
mod remote_desktop;
mod resource_monitor;
mod services;
mod sound;
mod startup;
mod switch_ports;
mod system_information;
mod system_settings;
mod task_manager;
mod task_scheduler;
mod tenant;
mod tickets;
mod updates;
mod wifi;
mod wireless_controller;

use serde::{Deserialize, Serialize};

use crate::sorted::Map;
use crate::world::{DeviceId, World};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PanelKind {
    // Windows
    DeviceManager,
    Services,
    TaskManager,
    EventViewer,
    Adapter,
    Wifi,
    Printers,
    DiskManagement,
    LocalUsers,
    Updates,
    Programs,
    Startup,
    Firewall,
    InternetOptions,
    Certificates,
    DateTime,
    Defender,
    Mail,
    Browser,
    Sound,
    DisplaySettings,
    SystemSettings,
    Files,
    DiskCleanup,
    RemoteDesktop,
    ResourceMonitor,
    SystemInformation,
    TaskScheduler,
    LocalPolicy,
    // any computer
    Firmware,
    Bench,
    // servers
    DhcpServer,
    DnsServer,
    Directory,
    PrintServer,
    FileServer,
    Backup,
    // network
    SwitchPorts,
    WirelessController,
    PrinterPanel,
    // the company's
    Tenant,
    Tickets,
    Knowledge,
    MobileDevices,
    // laptops
    Bluetooth,
}

/// Everything a panel shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub title: String,
    /// Messages in a bar above: warnings, "some settings are managed by your organisation".
    pub notices: Vec<String>,
    /// Label and value.
    pub facts: Vec<(String, String)>,
    pub tables: Vec<Table>,
    pub operations: Vec<Offer>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub title: String,
    pub columns: Vec<String>,
    /// The first cell of a row is its name: operations take it as their `target`.
    pub rows: Vec<Vec<String>>,
}

/// An operation that the panel offers now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Short and stable, for scripts: `start`, `set-startup`.
    pub verb: String,
    /// For people: `Start`.
    pub label: String,
    /// The rows it can be applied to; empty: it is about the whole panel.
    pub targets: Vec<String>,
    pub fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// For scripts: `startup`.
    pub name: String,
    pub label: String,
    pub input: Input,
    /// What it holds now.
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    Text,
    /// `yes` or `no`.
    Toggle,
    Choice(Vec<String>),
}

/// What somebody does in a panel. Script: `panel PC-07 services set-startup Spooler startup=automatic`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    pub verb: String,
    pub target: String,
    pub values: Map<String, String>,
}

/// Why nothing was done, in the words of the panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused(pub String);

impl Operation {
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// For a verb that the panel does not have.
    pub fn unknown<T>(&self) -> Result<T, Refused> {
        Err(Refused(format!("This panel has no operation “{}”.", self.verb)))
    }
}

impl PanelKind {
    /// As scripts and addresses name it: `device-manager`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, slug, _)| slug)
    }

    #[must_use]
    pub fn title(self) -> &'static str {
        ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, _, title)| title)
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        ALL.iter().find(|(_, slug, _)| *slug == text).map(|(kind, ..)| *kind)
    }
}

/// Every panel with its slug and title.
pub const ALL: &[(PanelKind, &str, &str)] = &[
    (PanelKind::DeviceManager, "device-manager", "Device Manager"),
    (PanelKind::Services, "services", "Services"),
    (PanelKind::TaskManager, "task-manager", "Task Manager"),
    (PanelKind::EventViewer, "event-viewer", "Event Viewer"),
    (PanelKind::Adapter, "adapter", "Network adapters"),
    (PanelKind::Wifi, "wifi", "Wi-Fi"),
    (PanelKind::Printers, "printers", "Printers and queues"),
    (PanelKind::DiskManagement, "disk-management", "Disk Management"),
    (PanelKind::LocalUsers, "local-users", "Local users and groups"),
    (PanelKind::Updates, "updates", "Windows Update"),
    (PanelKind::Programs, "programs", "Programs"),
    (PanelKind::Startup, "startup", "Startup apps"),
    (PanelKind::Firewall, "firewall", "Firewall"),
    (PanelKind::InternetOptions, "internet-options", "Proxy"),
    (PanelKind::Certificates, "certificates", "Certificates"),
    (PanelKind::DateTime, "date-time", "Date and time"),
    (PanelKind::Defender, "defender", "Virus and threat protection"),
    (PanelKind::Mail, "mail", "Mail profile"),
    (PanelKind::Browser, "browser", "Browser"),
    (PanelKind::Sound, "sound", "Sound"),
    (PanelKind::DisplaySettings, "display", "Display"),
    (PanelKind::SystemSettings, "system", "System"),
    (PanelKind::Files, "files", "Files"),
    (PanelKind::DiskCleanup, "disk-cleanup", "Disk Cleanup"),
    (PanelKind::RemoteDesktop, "remote-desktop", "Remote Desktop Connection"),
    (PanelKind::ResourceMonitor, "resource-monitor", "Resource Monitor"),
    (PanelKind::SystemInformation, "system-information", "System Information"),
    (PanelKind::TaskScheduler, "task-scheduler", "Task Scheduler"),
    (PanelKind::LocalPolicy, "local-policy", "Local Group Policy Editor"),
    (PanelKind::Firmware, "firmware", "Firmware set-up"),
    (PanelKind::Bench, "bench", "Physical bench"),
    (PanelKind::DhcpServer, "dhcp", "DHCP scopes"),
    (PanelKind::DnsServer, "dns", "DNS zones"),
    (PanelKind::Directory, "directory", "Directory users and computers"),
    (PanelKind::PrintServer, "print-server", "Print server"),
    (PanelKind::FileServer, "file-server", "Shares and open files"),
    (PanelKind::Backup, "backup", "Backup jobs"),
    (PanelKind::SwitchPorts, "switch-ports", "Switch ports"),
    (PanelKind::WirelessController, "wireless", "Wireless networks"),
    (PanelKind::PrinterPanel, "printer", "Printer display"),
    (PanelKind::Tenant, "tenant", "Cloud admin centre"),
    (PanelKind::Tickets, "tickets", "Ticket system"),
    (PanelKind::Knowledge, "knowledge", "Knowledge base"),
    (PanelKind::MobileDevices, "mobile-devices", "Mobile devices"),
    (PanelKind::Bluetooth, "bluetooth", "Bluetooth & devices"),
];

/// `None`: the device has no such panel.
#[must_use]
pub fn view(world: &World, device: DeviceId, kind: PanelKind) -> Option<View> {
    match kind {
        PanelKind::DeviceManager => device_manager::view(world, device),
        PanelKind::Services => services::view(world, device),
        PanelKind::TaskManager => task_manager::view(world, device),
        PanelKind::EventViewer => event_viewer::view(world, device),
        PanelKind::Adapter => adapter::view(world, device),
        PanelKind::Wifi => wifi::view(world, device),
        PanelKind::Printers => printers::view(world, device),
        PanelKind::DiskManagement => disk_management::view(world, device),
        PanelKind::LocalUsers => local_users::view(world, device),
        PanelKind::Updates => updates::view(world, device),
        PanelKind::Programs => programs::view(world, device),
        PanelKind::Startup => startup::view(world, device),
        PanelKind::Firewall => firewall::view(world, device),
        PanelKind::InternetOptions => internet_options::view(world, device),
        PanelKind::Certificates => certificates::view(world, device),
        PanelKind::DateTime => date_time::view(world, device),
        PanelKind::Defender => defender::view(world, device),
        PanelKind::Mail => mail::view(world, device),
        PanelKind::Browser => browser::view(world, device),
        PanelKind::Sound => sound::view(world, device),
        PanelKind::DisplaySettings => display_settings::view(world, device),
        PanelKind::SystemSettings => system_settings::view(world, device),
        PanelKind::Files => files::view(world, device),
        PanelKind::DiskCleanup => disk_cleanup::view(world, device),
        PanelKind::RemoteDesktop => remote_desktop::view(world, device),
        PanelKind::ResourceMonitor => resource_monitor::view(world, device),
        PanelKind::SystemInformation => system_information::view(world, device),
        PanelKind::TaskScheduler => task_scheduler::view(world, device),
        PanelKind::LocalPolicy => local_policy::view(world, device),
        PanelKind::Firmware => firmware::view(world, device),
        PanelKind::Bench => bench::view(world, device),
        PanelKind::DhcpServer => dhcp_server::view(world, device),
        PanelKind::DnsServer => dns_server::view(world, device),
        PanelKind::Directory => directory::view(world, device),
        PanelKind::PrintServer => print_server::view(world, device),
        PanelKind::FileServer => file_server::view(world, device),
        PanelKind::Backup => backup::view(world, device),
        PanelKind::SwitchPorts => switch_ports::view(world, device),
        PanelKind::WirelessController => wireless_controller::view(world, device),
        PanelKind::PrinterPanel => printer_panel::view(world, device),
        PanelKind::Tenant => tenant::view(world, device),
        PanelKind::Tickets => tickets::view(world, device),
        PanelKind::Knowledge => knowledge::view(world, device),
        PanelKind::MobileDevices => mobile_devices::view(world, device),
        PanelKind::Bluetooth => bluetooth::view(world, device),
    }
}

/// Does it, and says what the panel says then.
pub fn apply(world: &mut World, device: DeviceId, kind: PanelKind, operation: &Operation) -> Result<String, Refused> {
    match kind {
        PanelKind::DeviceManager => device_manager::apply(world, device, operation),
        PanelKind::Services => services::apply(world, device, operation),
        PanelKind::TaskManager => task_manager::apply(world, device, operation),
        PanelKind::EventViewer => event_viewer::apply(world, device, operation),
        PanelKind::Adapter => adapter::apply(world, device, operation),
        PanelKind::Wifi => wifi::apply(world, device, operation),
        PanelKind::Printers => printers::apply(world, device, operation),
        PanelKind::DiskManagement => disk_management::apply(world, device, operation),
        PanelKind::LocalUsers => local_users::apply(world, device, operation),
        PanelKind::Updates => updates::apply(world, device, operation),
        PanelKind::Programs => programs::apply(world, device, operation),
        PanelKind::Startup => startup::apply(world, device, operation),
        PanelKind::Firewall => firewall::apply(world, device, operation),
        PanelKind::InternetOptions => internet_options::apply(world, device, operation),
        PanelKind::Certificates => certificates::apply(world, device, operation),
        PanelKind::DateTime => date_time::apply(world, device, operation),
        PanelKind::Defender => defender::apply(world, device, operation),
        PanelKind::Mail => mail::apply(world, device, operation),
        PanelKind::Browser => browser::apply(world, device, operation),
        PanelKind::Sound => sound::apply(world, device, operation),
        PanelKind::DisplaySettings => display_settings::apply(world, device, operation),
        PanelKind::SystemSettings => system_settings::apply(world, device, operation),
        PanelKind::Files => files::apply(world, device, operation),
        PanelKind::DiskCleanup => disk_cleanup::apply(world, device, operation),
        PanelKind::RemoteDesktop => remote_desktop::apply(world, device, operation),
        PanelKind::ResourceMonitor => resource_monitor::apply(world, device, operation),
        PanelKind::SystemInformation => system_information::apply(world, device, operation),
        PanelKind::TaskScheduler => task_scheduler::apply(world, device, operation),
        PanelKind::LocalPolicy => local_policy::apply(world, device, operation),
        PanelKind::Firmware => firmware::apply(world, device, operation),
        PanelKind::Bench => bench::apply(world, device, operation),
        PanelKind::DhcpServer => dhcp_server::apply(world, device, operation),
        PanelKind::DnsServer => dns_server::apply(world, device, operation),
        PanelKind::Directory => directory::apply(world, device, operation),
        PanelKind::PrintServer => print_server::apply(world, device, operation),
        PanelKind::FileServer => file_server::apply(world, device, operation),
        PanelKind::Backup => backup::apply(world, device, operation),
        PanelKind::SwitchPorts => switch_ports::apply(world, device, operation),
        PanelKind::WirelessController => wireless_controller::apply(world, device, operation),
        PanelKind::PrinterPanel => printer_panel::apply(world, device, operation),
        PanelKind::Tenant => tenant::apply(world, device, operation),
        PanelKind::Tickets => tickets::apply(world, device, operation),
        PanelKind::Knowledge => knowledge::apply(world, device, operation),
        PanelKind::MobileDevices => mobile_devices::apply(world, device, operation),
        PanelKind::Bluetooth => bluetooth::apply(world, device, operation),
    }
}

/// The panels that a device has.
#[must_use]
pub fn offered(world: &World, device: DeviceId) -> Vec<PanelKind> {
    ALL.iter().map(|(kind, ..)| *kind).filter(|kind| view(world, device, *kind).is_some()).collect()
}

/// A view as plain text: for logs, terminals and comparison.
#[must_use]
pub fn as_text(view: &View) -> String {
    let notices = view.notices.iter().map(|notice| format!("! {notice}\n"));
    let facts = view.facts.iter().map(|(label, value)| format!("{label}: {value}\n"));
    let mut text: String = std::iter::once(format!("{}\n", view.title)).chain(notices).chain(facts).collect();
    for table in &view.tables {
        text.push_str(&table_as_text(table));
    }
    text
}

fn table_as_text(table: &Table) -> String {
    let rows = std::iter::once(&table.columns).chain(&table.rows);
    let mut widths = vec![0; table.columns.len()];
    for row in rows.clone() {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = format!("\n{}\n", table.title);
    for row in rows {
        let cells: Vec<_> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests;
