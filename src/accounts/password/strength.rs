//! Passwords that everybody tries first. The lists of common and breached passwords, names and words come with `zxcvbn`; nothing
//! leaves the server.

/// About what 20 guesses a second through the front door, by a thousand attackers at once, reach in an hour and a half. More
/// important: below it stand the common passwords, their usual variations, and those built around the person's own name.
const FEWEST_GUESSES: u64 = 100_000_000;
/// zxcvbn's "safely unguessable" begins here.
const LOWEST_SCORE: zxcvbn::Score = zxcvbn::Score::Three;
/// A password built around the product's name is the first that comes to mind here.
const PRODUCT: &str = "firstline";

/// Whether someone who knows the usual passwords and these words about the person (names, the organisation) gets there soon.
pub(super) fn is_guessable(password: &str, about: &[String]) -> bool {
    let mut words = vec![PRODUCT];
    for text in about {
        words.push(text);
        words.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|part| part.chars().count() >= 3));
    }
    let estimate = zxcvbn::zxcvbn(password, &words);
    estimate.score() < LOWEST_SCORE || estimate.guesses() < FEWEST_GUESSES
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
