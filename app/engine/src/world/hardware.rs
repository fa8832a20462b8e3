//! Power and parts: what a technician can touch.

use serde::{Deserialize, Serialize};

use super::shared::Shared;
use crate::time::Time;

/// From the wall to "the system is running".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Power {
    /// The plug is in the strip or the wall.
    pub plugged: bool,
    /// The strip's own switch; true where there is no strip.
    pub strip_on: bool,
    /// The power button: on.
    pub switched_on: bool,
    /// Until when it is still starting.
    pub state: PowerState,
    /// Gets its power from a switch port instead of a plug; milliwatts it draws.
    pub poe_mw: u32,
    /// Went off without being shut down: the next start says so.
    pub unclean: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PowerState {
    Off,
    Starting,
    #[default]
    Running,
    /// Stopped before the system ran; what the screen says is in [`super::windows::Windows::boot`] or the POST result.
    Halted,
}

impl Default for Power {
    fn default() -> Self {
        Self { plugged: true, strip_on: true, switched_on: true, state: PowerState::Running, poe_mw: 0, unclean: false }
    }
}

/// The parts inside. Devices without parts worth touching have the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hardware {
    pub psu: Option<Psu>,
    pub ram: Vec<RamStick>,
    pub disks: Vec<Disk>,
    pub cpu: Shared<Cpu>,
    pub gpu: Option<Gpu>,
    pub cmos: Cmos,
    pub battery: Option<Battery>,
    pub firmware: Shared<Firmware>,
    pub displays: Shared<Vec<Display>>,
    /// Peripherals and cards as Device Manager lists them.
    pub peripherals: Shared<Vec<Peripheral>>,
    /// USB sticks and other removable drives plugged in.
    pub removable: Vec<Removable>,
    /// The member of the RAID set that is being filled again, by slot, and when it will be whole.
    pub raid_rebuild: Option<(u8, Time)>,
    /// The RAID set has lost more members than it can spare: what was on it is gone.
    pub raid_lost: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Psu {
    pub watts: u16,
    pub works: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RamStick {
    pub gib: u16,
    pub slot: u8,
    pub seated: bool,
    /// Bits flip now and then: random stop codes, failing memory test.
    pub failing: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disk {
    pub model: String,
    pub gib: u32,
    pub kind: DiskKind,
    /// Cable or M.2 in place.
    pub seated: bool,
    /// Spins and answers.
    pub alive: bool,
    /// SMART attribute 5.
    pub reallocated_sectors: u32,
    /// SMART attribute 197.
    pub pending_sectors: u32,
    pub power_on_hours: u32,
    /// Millidegrees Celsius.
    pub temperature: i32,
    /// Member of the controller's RAID set, by slot.
    pub raid_slot: Option<u8>,
    /// Fresh from its box: nothing on it yet.
    pub blank: bool,
}

/// Where the firmware calls a disk bad. Makers set the threshold of SMART attribute 5 differently; drives are exchanged at a few
/// hundred sectors.
pub const FAILING_SECTORS: u32 = 300;

/// Device Manager's heading of USB controllers.
pub const USB_CONTROLLERS: &str = "Universal Serial Bus controllers";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiskKind {
    Hdd,
    Ssd,
    Nvme,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cpu {
    pub model: String,
    pub cores: u8,
    /// Watts under load.
    pub watts: u16,
    pub fan_works: bool,
    /// Dust on the cooler, permille of the air that no longer passes.
    pub dust: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gpu {
    pub model: String,
    pub watts: u16,
    pub works: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cmos {
    pub battery_flat: bool,
}

#[allow(clippy::derivable_impls, reason = "says what is normal")]
impl Default for Cmos {
    fn default() -> Self {
        Self { battery_flat: false }
    }
}

/// A laptop's battery and charger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Battery {
    /// Milliwatt-hours.
    pub design: u32,
    pub full: u32,
    pub charge: u32,
    pub cycles: u16,
    pub swollen: bool,
    /// Watts of the charger plugged in; 0 is none.
    pub charger_watts: u16,
    /// Watts the laptop needs to charge while it runs.
    pub needs_watts: u16,
}

/// BIOS or UEFI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Firmware {
    pub version: String,
    /// In order.
    pub boot_order: Vec<BootDevice>,
    pub virtualisation: bool,
    pub secure_boot: bool,
    pub tpm: bool,
    /// The date it starts from after a power loss with a flat battery was set by hand.
    pub clock_lost: bool,
}

impl Default for Firmware {
    fn default() -> Self {
        Self {
            version: String::new(),
            boot_order: vec![BootDevice::Disk, BootDevice::Usb, BootDevice::Network],
            virtualisation: true,
            secure_boot: true,
            tpm: true,
            clock_lost: false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BootDevice {
    Disk,
    Usb,
    Network,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Display {
    pub name: String,
    /// Where its cable goes.
    pub input: DisplayInput,
    pub backlight_works: bool,
    /// As set in the system: Hz and whether the size is the panel's own.
    pub refresh_hz: u16,
    pub native_resolution: bool,
    /// The fastest refresh its cable carries at native resolution.
    pub cable_hz: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DisplayInput {
    None,
    Motherboard,
    Gpu,
    BuiltIn,
}

/// A device as Device Manager knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peripheral {
    pub name: String,
    /// Device Manager's heading: `Network adapters`, `Display adapters`.
    pub class: String,
    pub connected: bool,
    pub works: bool,
    /// Disabled by somebody (code 22).
    pub disabled: bool,
    pub driver: Driver,
    /// Which USB controller it hangs on, where it matters (code 12, "not enough resources").
    pub controller: Option<u8>,
    /// USB endpoints it takes.
    pub endpoints: u16,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Driver {
    /// Empty: none is installed (code 28).
    pub version: String,
    /// What a roll-back goes to.
    pub previous: Option<String>,
    /// It loads and then fails (code 43), or crashes the system where the device is a display.
    pub faulty: bool,
    /// It does not start (code 10).
    pub cannot_start: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removable {
    pub name: String,
    pub gib: u32,
    pub bootable: bool,
    /// The letter Windows gave it.
    pub letter: Option<char>,
    /// Somebody found it: nobody here knows what is on it.
    pub found: bool,
}

/// A part on the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spare {
    pub name: String,
    pub part: SparePart,
    pub count: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SparePart {
    Cable(super::cable::CableKind),
    Psu(u16),
    Ram(u16),
    Disk(DiskKind, u32),
    CmosBattery,
    LaptopBattery,
    Charger(u16),
    Fan,
    Drum,
    Toner,
    Fuser,
    PickUpRoller,
    Optic(super::port::Optic),
    DisplayCable,
}
