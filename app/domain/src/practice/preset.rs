//! Settings of the builder that a learner keeps under a name.

/// How many one learner may keep: a list that is read at a glance.
pub const MOST_PRESETS: u8 = 20;

/// In characters.
pub const LONGEST_PRESET_NAME: u16 = 60;

/// A name without space around it, of 1 to 60 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetName(String);

impl PresetName {
    /// `None`: too short, too long, or with characters that nobody sees.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.trim();
        let fits = (1..=usize::from(LONGEST_PRESET_NAME)).contains(&name.chars().count());
        (fits && !name.chars().any(char::is_control)).then(|| Self(name.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_to_sixty_characters_and_no_space_around_it() {
        let name = |text: &str| PresetName::parse(text).map(|name| name.as_str().to_owned());
        assert_eq!(name("  Ports \n"), Some("Ports".to_owned()));
        assert_eq!(name(&"é".repeat(60)), Some("é".repeat(60)));
        for refused in ["", "   ", "a\tb", "a\u{0}b", &"é".repeat(61)] {
            assert_eq!(name(refused), None, "{refused:?}");
        }
    }
}
