//! Names that the seed draws for people, and makers' prefixes for Ethernet addresses.

use super::Builder;
use crate::world::mac::Mac;

const GIVEN: [&str; 40] = [
    "Ada", "Amir", "Bea", "Bruno", "Carla", "Chen", "Dalia", "Dev", "Elif", "Emil", "Farah", "Femi", "Greta", "Hugo", "Ines",
    "Ivo", "Jana", "Jonas", "Kamal", "Keiko", "Lena", "Luca", "Mara", "Mateo", "Nadia", "Noor", "Olga", "Omar", "Petra", "Quinn",
    "Rosa", "Ravi", "Selma", "Sven", "Tara", "Tomas", "Uma", "Victor", "Wanda", "Yusuf",
];

const FAMILY: [&str; 40] = [
    "Abbott",
    "Achterberg",
    "Banerjee",
    "Becker",
    "Castillo",
    "Cole",
    "Dahl",
    "Demir",
    "Eriksen",
    "Farrell",
    "Fontaine",
    "Garcia",
    "Haddad",
    "Hayes",
    "Ibrahim",
    "Ito",
    "Jensen",
    "Kaya",
    "Keller",
    "Kovacs",
    "Lindgren",
    "Lopez",
    "Marchetti",
    "Mensah",
    "Novak",
    "Okafor",
    "Ortiz",
    "Park",
    "Patel",
    "Quist",
    "Reyes",
    "Rossi",
    "Sato",
    "Schmidt",
    "Singh",
    "Tanaka",
    "Usman",
    "Vargas",
    "Weber",
    "Zhou",
];

impl Builder<'_> {
    /// A name nobody in this company has yet.
    pub(super) fn person_name(&mut self) -> String {
        for _ in 0..200 {
            let given = self.chance.pick(&GIVEN).copied().unwrap_or_default();
            let family = self.chance.pick(&FAMILY).copied().unwrap_or_default();
            let taken = self.world.people.iter().any(|person| {
                let mut words = person.name.split(' ');
                words.next() == Some(given) || words.next() == Some(family)
            });
            if !taken {
                return format!("{given} {family}");
            }
        }
        format!("Person {}", self.world.people.len() + 1)
    }

    /// Locally administered addresses (IEEE 802, second bit of the first octet) stand for no maker; the first three octets
    /// are equal for machines of one kind, as a maker's would be.
    pub(super) fn mac(&mut self, family: u8) -> Mac {
        loop {
            let mut octet = || u8::try_from(self.chance.below(256)).unwrap_or_default();
            let mac = Mac([0x02, family, family.wrapping_mul(37) ^ 0x5a, octet(), octet(), octet()]);
            if !self.world.devices.iter().any(|device| device.ports.iter().any(|port| port.mac == mac)) {
                return mac;
            }
        }
    }
}
