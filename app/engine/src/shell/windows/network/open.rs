//! Names that open a panel: `ncpa.cpl`, `services.msc`, `taskmgr`.

use crate::panel::{self, PanelKind};
use crate::shell::{Output, Session};
use crate::world::World;

const PANELS: &[(&str, PanelKind)] = &[
    ("ncpa.cpl", PanelKind::Adapter),
    ("services.msc", PanelKind::Services),
    ("devmgmt.msc", PanelKind::DeviceManager),
    ("hdwwiz.cpl", PanelKind::DeviceManager),
    ("diskmgmt.msc", PanelKind::DiskManagement),
    ("eventvwr", PanelKind::EventViewer),
    ("eventvwr.msc", PanelKind::EventViewer),
    ("lusrmgr.msc", PanelKind::LocalUsers),
    ("certmgr.msc", PanelKind::Certificates),
    ("certlm.msc", PanelKind::Certificates),
    ("taskmgr", PanelKind::TaskManager),
    ("msconfig", PanelKind::Startup),
    ("appwiz.cpl", PanelKind::Programs),
    ("inetcpl.cpl", PanelKind::InternetOptions),
    ("wf.msc", PanelKind::Firewall),
    ("firewall.cpl", PanelKind::Firewall),
    ("timedate.cpl", PanelKind::DateTime),
    ("mmsys.cpl", PanelKind::Sound),
    ("desk.cpl", PanelKind::DisplaySettings),
    ("sysdm.cpl", PanelKind::SystemSettings),
    ("explorer", PanelKind::Files),
    ("printmanagement.msc", PanelKind::PrintServer),
    ("dsa.msc", PanelKind::Directory),
    ("dhcpmgmt.msc", PanelKind::DhcpServer),
    ("dnsmgmt.msc", PanelKind::DnsServer),
    ("fsmgmt.msc", PanelKind::FileServer),
    ("outlook", PanelKind::Mail),
    ("msedge", PanelKind::Browser),
    ("cleanmgr", PanelKind::DiskCleanup),
    ("mstsc", PanelKind::RemoteDesktop),
    ("resmon", PanelKind::ResourceMonitor),
    ("perfmon", PanelKind::ResourceMonitor),
    ("perfmon.msc", PanelKind::ResourceMonitor),
    ("msinfo32", PanelKind::SystemInformation),
    ("winver", PanelKind::SystemInformation),
    ("dxdiag", PanelKind::SystemInformation),
    ("taskschd.msc", PanelKind::TaskScheduler),
    ("gpedit.msc", PanelKind::LocalPolicy),
    ("secpol.msc", PanelKind::LocalPolicy),
];

/// Programs with a window that the model does not hold.
const WITHOUT: &[&str] =
    &["compmgmt.msc", "control", "notepad", "calc", "mspaint", "regedit", "mmc", "osk", "write", "gpmc.msc", "dfrgui"];

/// Settings pages: `start ms-settings:network`.
const SETTINGS: &[(&str, PanelKind)] = &[
    ("ms-settings:network-ethernet", PanelKind::Adapter),
    ("ms-settings:network-wifi", PanelKind::Wifi),
    ("ms-settings:network-proxy", PanelKind::InternetOptions),
    ("ms-settings:network", PanelKind::Adapter),
    ("ms-settings:windowsupdate", PanelKind::Updates),
    ("ms-settings:printers", PanelKind::Printers),
    ("ms-settings:sound", PanelKind::Sound),
    ("ms-settings:display", PanelKind::DisplaySettings),
    ("ms-settings:dateandtime", PanelKind::DateTime),
    ("ms-settings:appsfeatures", PanelKind::Programs),
    ("ms-settings:startupapps", PanelKind::Startup),
    ("windowsdefender:", PanelKind::Defender),
];

/// `None`: the name opens nothing. A machine without that panel says that Windows cannot find it.
pub fn opens(world: &mut World, session: &Session, name: &str) -> Option<Output> {
    let lower = name.to_lowercase();
    let bare = lower.strip_suffix(".exe").unwrap_or(&lower);
    if let Some((_, kind)) = PANELS.iter().chain(SETTINGS).find(|(known, _)| *known == bare) {
        if panel::view(world, session.device, *kind).is_none() {
            return Some(Output::failed(
                1,
                format!("Windows cannot find '{name}'. Make sure you typed the name correctly, and then try again.\n"),
            ));
        }
        return Some(Output { opens: Some(*kind), ..Output::default() });
    }
    WITHOUT.contains(&bare).then(|| Output::not_modelled(world, bare))
}
