//! Where things stand: site › floor › room, with coordinates that decide Wi-Fi signal.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlaceId(pub u16);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub name: String,
    pub inside: Option<PlaceId>,
    /// Metres from the site's south-west corner, to the middle of the place.
    pub x: i32,
    pub y: i32,
    /// 0 is the ground floor.
    pub floor: i32,
    /// A running microwave oven or the like: dBm of noise it adds on 2.4 GHz nearby.
    pub interference_2_4: bool,
}
