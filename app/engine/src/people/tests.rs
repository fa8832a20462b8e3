//! Sentences as people type them.

use super::*;

/// Sentence, then `intent topic` as in scripts.
const SENTENCES: &[(&str, &str)] = &[
    ("", "ask symptom"),
    ("Hello!", "greet symptom"),
    ("Good morning, this is Kim from IT.", "greet symptom"),
    ("Hi, how can I help?", "greet symptom"),
    ("What exactly is the problem?", "ask symptom"),
    ("Can you describe what happens?", "ask symptom"),
    ("Hello, since when is that so?", "ask since"),
    ("How long has it been like this?", "ask since"),
    ("When did it strat?", "ask since"),
    ("Wehn was the first time you saw it?", "ask since"),
    ("Did you change anything yesterday?", "ask changes"),
    ("Have you instaled something new?", "ask changes"),
    ("Was anything moved in your office", "ask changes"),
    ("Does it work for your colleagues?", "ask others"),
    ("Do your collegues have the same trouble?", "ask others"),
    ("Is anyone else affected?", "ask others"),
    ("Are you the only one?", "ask others"),
    ("How many people have this?", "ask scope"),
    ("Is there an eror message?", "ask error"),
    ("What does it say exactly?", "ask error"),
    ("Are the little lights beside the socket on?", "ask lights"),
    ("Do any ligths blink?", "ask lights"),
    ("Is the network cabel plugged in?", "ask cable"),
    ("Which Wi-Fi are you on?", "ask wifi"),
    ("is the battery charging", "ask power"),
    ("Is the computer switched on?", "ask power"),
    ("What do you see on the scren?", "ask screen"),
    ("Does it beep or make a noise?", "ask sound"),
    ("Which printer do you use?", "ask printer"),
    ("Did any paper come out?", "ask paper"),
    ("Is caps lock on when you type your pasword?", "ask password"),
    ("Which folder can you not open?", "ask files"),
    ("Can you still send e-mail?", "ask mail"),
    ("Does the page open in another browser?", "ask web"),
    ("How urgent is it for you?", "ask urgency"),
    ("Can it wait until tomorrow?", "ask urgency"),
    ("May I ask when it started?", "ask since"),
    ("Could you please tell me what changed?", "ask changes"),
    ("May I restart your computer?", "ask-consent restart"),
    ("Is it ok if I rebot it now?", "ask-consent restart"),
    ("Would you mind if I look at your screen?", "ask-consent screen"),
    ("Can I look into your mailbox?", "ask-consent mail"),
    ("Please restart your computer.", "instruct restart"),
    ("Look at the lights beside the socket", "instruct lights"),
    ("Could you sign out and sign in again?", "instruct password"),
    ("Please check whether the cable is in", "instruct cable"),
    ("Please press the power button", "instruct power"),
    ("Does it work now?", "confirm works"),
    ("Please try it again, is it better now?", "confirm works"),
    ("Can you print now?", "confirm works"),
    ("Is everyting working again?", "confirm works"),
    ("I will look into it and get back to you in ten minutes.", "set-expectation works"),
    ("This will take about an hour.", "set-expectation works"),
    ("I have to hand this over to the network team, they will contact you.", "set-expectation works"),
    ("Before I do that, what is your staff number?", "verify-identity identity"),
    ("I would like to call you back on your desk phone.", "verify-identity identity"),
    ("Do you approve that she gets access to the folder?", "ask-approval files"),
    ("I need your aproval for this.", "ask-approval approval"),
    ("I am sorry for the trouble.", "apologise symptom"),
    ("We apologize!", "apologise symptom"),
    ("I am not allowed to give you that password.", "refuse password"),
    ("I cannot do that, it is against the rules.", "refuse policy"),
    ("It failed because the cable was broken.", "explain cable"),
    ("Nothing is broken, it is meant to be like that.", "explain usage"),
    ("The company decided that, so this is how our policy works because of safety.", "explain policy"),
    ("Thank you, goodbye.", "close symptom"),
    ("I will unplug the network cable now, all right?", "ask-consent cable"),
    ("I would like to swap the power supply. Is that all right for you?", "ask-consent power"),
    ("Can you open the appointments and the drive again?", "confirm works"),
    ("Could you print a label and tell me whether it looks right now?", "confirm works"),
    ("May Emil be in the Billing group again?", "ask-approval approval"),
    ("I found a typo in the settings. I will correct it, it takes a moment.", "set-expectation works"),
    ("I will correct the settings of the till.", "set-expectation works"),
    ("No, I must refuse that.", "refuse symptom"),
    ("I am sorry, without verifying you I cannot change that.", "refuse changes"),
    ("What does the window say?", "ask error"),
    ("That is Teams: it starts when you sign in, and nobody is in your computer.", "explain password"),
    ("The provider has an outage at the moment.", "explain symptom"),
    ("What is the new key of the Wi-Fi?", "ask password"),
    ("error message", "ask error"),
    ("Is everything all right now?", "confirm works"),
    ("Is that clear so far, can you go on copying?", "confirm works"),
    ("tell me about the lights at the socket", "ask lights"),
    ("I close the ticket now. Have a nice day!", "close symptom"),
];

#[test]
fn sentences_are_understood() {
    let mut misses = Vec::new();
    for (sentence, wanted) in SENTENCES {
        let Understood { intent, topic, .. } = understand(sentence);
        let got = format!("{} {}", word_of(INTENTS, intent).unwrap(), word_of(TOPICS, topic).unwrap());
        if got != *wanted {
            misses.push(format!("“{sentence}”: {got}, not {wanted}"));
        }
    }
    assert!(misses.is_empty(), "{} of {}:\n{}", misses.len(), SENTENCES.len(), misses.join("\n"));
}

#[test]
fn a_name_is_no_misspelt_word_and_a_network_no_name() {
    assert_eq!(understand("Does Emil have it too?").topic, Topic::Symptom);
    assert_eq!(understand("Is the Wi-Fi on?").topic, Topic::Wifi);
    assert_eq!(understand("Does the Internet open?").topic, Topic::Web);
}

#[test]
fn typed_words_clear_up_what_they_come_near() {
    let mut world = crate::shell::windows::network::trial::clinic();
    let person = PersonId(0);
    let mut say = |words: &str| {
        world.people[0].misunderstands = Some(Topic::Usage);
        super::say(&mut world, &Utterance::typed(person, words), &[]);
        world.people[0].misunderstands
    };
    assert_eq!(say("That is Teams: it starts when you sign in, and nobody is in your computer."), None);
    assert_eq!(say("The network cable in your room was broken."), Some(Topic::Usage));
}

#[test]
fn words_about_a_trouble_are_over_with_it() {
    let mut world = crate::shell::windows::network::trial::clinic();
    world.people[0].knows = [(Topic::Symptom, "The window says 112.".to_owned())].into_iter().collect();
    let asked = Utterance::typed(PersonId(0), "What is the problem?");
    let device = world.people[0].device.expect("at a desk");
    let trouble = [Probe::Web { from: device, url: "https://nowhere.example/".to_owned() }];
    assert!(say(&mut world, &asked, &trouble).contains("112"));
    assert!(say(&mut world, &asked, &[]).contains("everything works"));
}

#[test]
fn the_tone_is_heard() {
    for (sentence, wanted) in [
        ("What did you do? This is your own fault.", Tone::Blaming),
        ("You should not have clicked on that.", Tone::Blaming),
        ("Come on, I have no time for this.", Tone::Impatient),
        ("JUST RESTART IT!!!", Tone::Impatient),
        ("Your DHCP lease has expired.", Tone::Technical),
        ("The spooler is stuck, please wait.", Tone::Technical),
        ("Could you look at the lights, please?", Tone::Friendly),
        ("Thanks, that helps.", Tone::Friendly),
        ("Since when?", Tone::Plain),
    ] {
        assert_eq!(understand(sentence).tone, wanted, "{sentence}");
    }
}

#[test]
fn any_text_is_understood_as_something() {
    for sentence in ["", "?", "!!", "…", "\u{0}", "ä ö ü", "' - '", &"x".repeat(5000), &"restart ".repeat(500)] {
        let _ = understand(sentence);
        assert_eq!(Utterance::typed(PersonId(9), sentence).words, sentence.trim());
    }
    assert_eq!(understand("Since when, please?").to_string(), "ask friendly since");
}

/// An impostor neither sees the machine of the person they say they are, nor can they do anything there.
#[test]
fn an_impostor_is_not_at_the_machine() {
    let mut world = crate::fault::trial::clinic();
    let device = world.find("PC-01").unwrap();
    let to = world.device(device).user.unwrap();
    let account = world.person(to).account.clone();
    world.people[usize::from(to.0)].impostor = true;
    world.people[usize::from(to.0)].authority.clear();
    let needs = [Probe::Starts { device }, Probe::Cloud { person: to, service: "Business".to_owned() }];
    let mut say = |intent, topic| {
        let utterance = Utterance { to, intent, tone: Tone::Friendly, topic, words: String::new() };
        super::say(&mut world, &utterance, &needs)
    };
    for topic in [Topic::Power, Topic::Screen, Topic::Lights, Topic::Others, Topic::Printer] {
        assert!(say(Intent::Ask, topic).contains("not at my desk"), "{topic:?}");
    }
    for topic in [Topic::Restart, Topic::Password, Topic::Power] {
        assert!(say(Intent::Instruct, topic).contains("not at my desk"), "{topic:?}");
    }
    say(Intent::AskConsent, Topic::Screen);
    assert!(say(Intent::Confirm, Topic::Works).contains("Yes, it works now"), "the portal is open to anybody with the password");
    assert!(crate::machine::is_up(&world, device), "nobody has restarted it");
    assert!(world.person(to).consented.is_empty(), "the owner has agreed to nothing");
    world.device_mut(device).power.plugged = false;
    let tenant = world.tenant.as_mut().unwrap();
    tenant.users.get_mut(&account).unwrap().blocked = true;
    let told = notice::about(&world, to, Topic::Symptom, &needs);
    assert_eq!(told, "Business does not let me work.");
}
