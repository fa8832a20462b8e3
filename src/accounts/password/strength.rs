//! Passwords that everybody tries first. The lists of common and breached passwords, names and words come with `zxcvbn`; nothing
//! leaves the server.

/// zxcvbn's line for its best score: out of reach even for someone who has stolen the hashes. Below it stand common passwords and
/// their usual variations, one or two words with a year, and what is built around the person's own name; any sentence of four words
/// is far above it.
const FEWEST_GUESSES: u64 = 10_000_000_000;
/// A password built around the product's name is the first that comes to mind here.
const PRODUCT: &str = "firstline";

/// Whether someone who knows the usual passwords and these words about the person (names, the organisation) gets there soon.
pub(super) fn is_guessable(password: &str, about: &[String]) -> bool {
    let mut words = vec![PRODUCT];
    for text in about {
        words.push(text);
        words.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|part| part.chars().count() >= 3));
    }
    zxcvbn::zxcvbn(password, &words).guesses() < FEWEST_GUESSES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_and_personal_passwords_are_refused() {
        let about = ["grace.hopper".to_owned(), "Harbour Logistics".to_owned()];
        let passwords = [
            "passwordpassword",
            "password12345678",
            "Password123456789!",
            "qwertyuiopasdfgh",
            "qwertyuiop123456",
            "aaaaaaaaaaaaaaaaaaaa",
            "123456789012345",
            "abcabcabcabcabcabc",
            "abcdefghijklmnop",
            "               ",
            "iloveyouiloveyou",
            "firstlinefirstline",
            "Firstline2026!!!",
            "grace.hopper1906",
            "gracehopper12345",
            "hopperhopperhopper",
            "harbourlogistics",
            "HarbourLogistics1",
            "manchester united",
            "thisisapassword!",
            "P@ssw0rd!P@ssw0rd!",
        ];
        for password in passwords {
            assert!(is_guessable(password, &about), "{password}: {}", zxcvbn::zxcvbn(password, &[]).guesses());
        }
    }

    #[test]
    fn a_sentence_or_random_characters_are_taken() {
        let passwords = [
            "the printer on floor two jams",
            "correct horse battery staple",
            "my dog is called rex",
            "wir fahren am Sonntag ans Meer",
            "mjLx9-Qe2vT7wRz4",
            "ночью все кошки серы",
            "吾輩は猫である。名前はまだ無い。",
        ];
        for password in passwords {
            assert!(!is_guessable(password, &[]), "{password}: {}", zxcvbn::zxcvbn(password, &[]).guesses());
        }
    }

    #[test]
    fn the_longest_password_is_judged_quickly() {
        let mixed: String = "p4ssw0rd Qwerty 1987 ".chars().cycle().take(256).collect();
        let started = std::time::Instant::now();
        is_guessable(&mixed, &[]);
        assert!(started.elapsed() < std::time::Duration::from_secs(2), "{:?}", started.elapsed());
    }
}
