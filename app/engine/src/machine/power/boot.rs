//! What stops a start before the system runs.

use crate::world::device::{Device, System};
use crate::world::hardware::{BootDevice, Hardware};
use crate::world::windows::{VolumeKind, Windows};
use crate::world::{DeviceId, World};

/// Why a machine does not come to its system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A memory module makes no contact.
    Memory,
    /// The graphics card gives no picture.
    Graphics,
    /// Nothing in the boot order holds a system; what the firmware tried.
    NoBootableDevice(String),
    /// It started from a stick with a system of its own.
    Stick(String),
    /// Windows' boot configuration data names nothing that is there.
    BootStore,
    /// What the TPM measured has changed: the drive asks for its recovery key.
    BitLocker,
    /// An update that was installed half-way; its number.
    Update(String),
}

/// What a board says without a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// As AMI's firmware counts beeps: 3 memory, 8 display memory.
    pub beeps: u8,
    /// The diagnostic light on the board.
    pub led: &'static str,
}

/// The word in [`crate::world::windows::Update::breaks`] of an update that leaves a machine at the spinning dots.
pub const BREAKS_BOOT: &str = "boot";

impl Stop {
    /// The text on the screen; empty where there is no picture.
    #[must_use]
    pub fn screen(&self) -> String {
        match self {
            Self::Memory | Self::Graphics => String::new(),
            Self::NoBootableDevice(tried) => {
                format!("No bootable device found.\nTried: {tried}.\nInsert boot disk and press any key.")
            }
            Self::Stick(name) => format!("Setup from “{name}”: choose your language."),
            Self::BootStore => "Recovery\nYour PC/Device needs to be repaired\n\
                 The Boot Configuration Data for your PC is missing or contains errors.\nFile: \\EFI\\Microsoft\\Boot\\BCD\n\
                 Error code: 0xc000000e"
                .to_owned(),
            Self::BitLocker => {
                "BitLocker recovery\nEnter the recovery key for this drive\nUse the number keys or function keys F1-F10 (F10 is 0)."
                    .to_owned()
            }
            Self::Update(_) => "Spinning dots, and nothing else.".to_owned(),
        }
    }

    #[must_use]
    pub fn signal(&self) -> Option<Signal> {
        match self {
            Self::Memory => Some(Signal { beeps: 3, led: "DRAM" }),
            Self::Graphics => Some(Signal { beeps: 8, led: "VGA" }),
            Self::NoBootableDevice(_) => Some(Signal { beeps: 0, led: "BOOT" }),
            _ => None,
        }
    }

    /// Windows' recovery environment can be reached from here.
    #[must_use]
    pub fn recovery(&self) -> bool {
        matches!(self, Self::BootStore | Self::Update(_))
    }
}

/// What would stop the device if it started now; `None`: it comes up.
#[must_use]
pub fn stop(world: &World, device: DeviceId) -> Option<Stop> {
    let found = world.device(device);
    let hardware = &found.hardware;
    if hardware.ram.iter().any(|stick| !stick.seated) {
        return Some(Stop::Memory);
    }
    if hardware.gpu.as_ref().is_some_and(|card| !card.works) {
        return Some(Stop::Graphics);
    }
    // Devices whose disks the model does not hold start from something that cannot be taken out.
    if hardware.disks.is_empty() {
        return system(found);
    }
    for entry in &hardware.firmware.boot_order {
        match entry {
            BootDevice::Disk if holds_system(found) => return system(found),
            // With legacy support on, the firmware starts whatever is in the first sector of the stick and looks no further.
            BootDevice::Usb => {
                if let Some(stick) = hardware.removable.first() {
                    let name = stick.name.clone();
                    return Some(if stick.bootable { Stop::Stick(name) } else { Stop::NoBootableDevice(name) });
                }
            }
            BootDevice::Disk | BootDevice::Network => {}
        }
    }
    Some(Stop::NoBootableDevice(tried(hardware)))
}

/// The recovery environment is on the screen or can be called there.
#[must_use]
pub fn in_recovery(world: &World, device: DeviceId) -> bool {
    super::state(world, device) == crate::world::hardware::PowerState::Halted
        && stop(world, device).is_some_and(|stop| stop.recovery())
}

fn tried(hardware: &Hardware) -> String {
    let words = hardware.firmware.boot_order.iter().map(|entry| match entry {
        BootDevice::Disk => "hard disk (not found)",
        BootDevice::Usb => "USB (nothing there)",
        BootDevice::Network => "network (no boot server)",
    });
    let words: Vec<_> = words.collect();
    if words.is_empty() { "nothing: the boot order is empty".to_owned() } else { words.join(", ") }
}

/// The position of the disk that holds the system.
#[must_use]
pub fn system_disk(device: &Device) -> usize {
    let volume = device.windows().and_then(|windows| windows.volumes.iter().find(|volume| volume.kind == VolumeKind::System));
    volume.map_or(0, |volume| usize::from(volume.disk))
}

fn holds_system(device: &Device) -> bool {
    let hardware = &device.hardware;
    hardware.disks.get(system_disk(device)).is_some_and(|disk| match disk.raid_slot {
        // A set that spares a member still gives its data.
        Some(_) => !hardware.raid_lost,
        None => disk.seated && disk.alive && !disk.blank,
    })
}

fn system(device: &Device) -> Option<Stop> {
    match &device.system {
        System::Windows(windows) => windows_stop(windows),
        _ => None,
    }
}

fn windows_stop(windows: &Windows) -> Option<Stop> {
    if !windows.boot.store_ok {
        return Some(Stop::BootStore);
    }
    if windows.boot.bitlocker && windows.boot.bitlocker_locked {
        return Some(Stop::BitLocker);
    }
    let broken = windows.updates.installed.iter().rev().find(|update| update.breaks == BREAKS_BOOT);
    // Safe mode leaves the half-installed part out.
    broken.filter(|_| !windows.boot.safe_mode).map(|update| Stop::Update(update.kb.clone()))
}
