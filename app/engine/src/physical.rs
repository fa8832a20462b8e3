//! Hands: cables, power, parts, lights. What one can see and do standing in front of a device.

use serde::{Deserialize, Serialize};

use crate::world::{CableId, DeviceId, PortRef, World};

/// One act. Script: `do unplug PC-07/Ethernet`, `do plug 12 SW-1/Gi0/5`, `do reseat PC-07 ram 0`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Looks at a device: lights, screen, noises, smells, what is plugged where.
    Look(DeviceId),
    /// Pulls the cable out of a port.
    Unplug(PortRef),
    /// Puts the loose end of a cable into a port.
    Plug(CableId, PortRef),
    /// Takes a cable of the same kind from the shelf and puts it in its place.
    ReplaceCable(CableId),
    /// Cable tester at the cable's ends: wire map, length, or light.
    TestCable(CableId),
    Power(DeviceId, PowerAct),
    /// Takes a part out and puts it back: `ram 0`, `disk 1`.
    Reseat(DeviceId, String, u8),
    /// Puts a part from the shelf in the place of one: `psu`, `ram 0`, `disk 0`, `cmos battery`, `fan`, `drum`.
    Replace(DeviceId, String, u8),
    Clean(DeviceId, String),
    /// Moves a display's cable to another output: `gpu`, `motherboard`.
    MoveDisplay(DeviceId, u8, String),
    /// Moves a peripheral to another USB controller, by name.
    MovePeripheral(DeviceId, String, u8),
    /// Takes a USB stick out.
    RemoveStick(DeviceId),
    /// Disconnects a foreign device from power and network and takes it away.
    TakeAway(DeviceId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PowerAct {
    ButtonOn,
    /// Held for seconds: whatever was not saved is lost.
    ButtonHold,
    Plug,
    Unplug,
    StripOn,
    StripOff,
    Restart,
}

/// Does it and tells what is seen then.
pub fn act(_world: &mut World, _act: &Act) -> Result<String, String> {
    Err("This cannot be done here.".to_owned())
}

/// What a person reads on the screen of a device instead of their work; empty when there is nothing unusual.
#[must_use]
pub fn screen(world: &World, device: DeviceId) -> String {
    world.device(device).windows().map(|windows| windows.boot.halted_on.clone()).unwrap_or_default()
}
