//! The key phrases: words that stand together, separated by commas. A word that ends in `*` is the beginning of a word.

use crate::people::{Intent, Tone};
use crate::world::person::Topic;

/// In this order: the first that occurs is meant.
pub const INTENTS: &[(Intent, &str)] = &[
    (
        Intent::Refuse,
        "cannot do that, cant do that, may not do that, not allowed to, im not able to, i am not able to, i must not, against \
         the rules, against our policy, i cannot give, i cant give, i cannot change, i cant change, i cannot reset, i cant reset, refuse, have to say no, \
         wont do that, will not do that, will not change, without verifying, without checking who",
    ),
    (
        Intent::VerifyIdentity,
        "staff number, call you back, ring you back, who am i speaking, who am i talking, verify your, verify who, confirm your \
         name, confirm your identity, check your identity, check who you, prove who, date of birth, are you really, who you \
         are, security question",
    ),
    (
        Intent::AskApproval,
        "approve*, approval, authorise*, authorize*, sign off, give permission, your permission for, have your ok, do you agree \
         that",
    ),
    (
        Intent::AskConsent,
        "may i, can i, could i, is it ok, is it okay, is it all right, is it alright, do you mind, would you mind, shall i, are \
         you ok with, are you okay with, all right with you, ok with you, okay with you, fine with you, all right for you, ok \
         for you, okay for you, fine for you, that all right, that alright, that ok, that okay, let me look at",
    ),
    (
        Intent::Confirm,
        "work now, works now, working now, work again, works again, working again, better now, fine now, ok now, okay now, good \
         now, open now, print now, is it solved, is it fixed, try it again, try again now, try once more, does it work, is \
         everything working, is it working, happy with, whether it works, if it works, whether it looks, look right now, looks \
         right now, gone now, all right now, alright now, everything all right, everything ok, can you go on",
    ),
    (Intent::Close, "goodbye, good bye, bye, have a nice, have a good, close the ticket, close this ticket"),
    (
        Intent::SetExpectation,
        "minutes, an hour, two hours, hours, get back to you, come back to you, let you know, keep you, ill look into, i will \
         look into, ill have a look, i will have a look, ill take a look, i will take a look, by tomorrow, until tomorrow, by \
         noon, will contact you, will call you, will take care, ill take care, pass this on, hand this over, hand it over, i \
         will now, ill now, it will take, this will take, takes about, it takes, i am going to, im going to, be with you",
    ),
    (
        Intent::Explain,
        "because, the reason, that is why, thats why, this means, that means, was caused, the cause was, the problem was, the \
         trouble was, is meant, meant to, on purpose, by design, nothing is broken, nothing is wrong, is supposed to, works \
         like this, this is how, let me explain, in other words, what happened was",
    ),
    (
        Intent::Instruct,
        "please, could you try, can you try, could you check, can you check, could you look, can you look, could you restart, \
         can you restart, could you plug, could you press, can you press, could you open, can you open, could you close, could \
         you sign, can you sign, could you send, i want you to, i need you to, would you",
    ),
];

pub const TONES: &[(Tone, &str)] = &[
    (
        Tone::Blaming,
        "your fault, your own fault, you should have, you should not have, you shouldnt have, you broke, did you break, you \
         must have done, you have broken, careless*, stupid*, idiot*, user error, what have you done, why did you, why didnt \
         you, you never, you people",
    ),
    (
        Tone::Impatient,
        "hurry, come on, just do, no time, dont have time, havent got time, havent got all day, already told you, already said, \
         as i said, how often, how many times do i, get on with, for the last time, make it quick",
    ),
    (
        Tone::Technical,
        "dhcp, dns, subnet, gateway, vlan, arp, registry, spooler, tcp, udp, nat, bios, uefi, ntfs, smb, kerberos, ldap, \
         firmware, mtu, default route, trunk, ssid, gpo, mbr, bcd, inode*, daemon, ip address, packet*, mac address, lease, \
         hosts file, raid",
    ),
    (
        Tone::Friendly,
        "please, thank, thanks, hello, hi, sorry, good morning, good afternoon, no worries, of course, happy to, glad to, \
         apolog*, kind of you, dont worry, would you mind, do you mind, welcome, i understand",
    ),
];

/// What somebody says who is about to do something.
pub const PLANS: &[&str] =
    &["i will", "ill", "we will", "i shall", "i am about to", "im about to", "i would like to", "id like to"];

/// Each phrase counts as many points as it has words; the topic with most points is meant, the first of equals.
pub const TOPICS: &[(Topic, &str)] = &[
    (Topic::Restart, "restart*, reboot*, off and on, turn it off, switch it off"),
    (
        Topic::Since,
        "since when, how long, when did, when was, when does, what time, first time, first notice*, started, start to, begin, \
         began, begun, for how long",
    ),
    (
        Topic::Changes,
        "change*, changed, did you change, install*, new program, anything new, something new, anything different, different \
         from, last thing, updates, moved, done differently, happened before, did anything happen",
    ),
    (
        Topic::Others,
        "else, colleague*, coworker*, others, other people, neighbour*, neighbor*, next desk, everybody, everyone, only you, \
         just you, only one, same problem, same trouble, anybody else, anyone else",
    ),
    (
        Topic::Scope,
        "how many, which computers, which programs, other programs, whole office, whole floor, every page, all pages, all \
         programs",
    ),
    (
        Topic::Error,
        "error*, message*, warning*, error code, exact words, what does it say, exactly does it say, pop up, popup, window say, \
         in that window, in the window",
    ),
    (Topic::Lights, "light*, lamp*, blink*, led, leds, flash*"),
    (Topic::Wifi, "wifi, wireless, wlan, hotspot, signal, airplane mode, flight mode"),
    (Topic::Cable, "cable*, cord*, network socket, wall socket, network lead, network plug"),
    (Topic::Sound, "sound*, noise*, beep*, hear, loud, speaker*, headset*, microphone*, rattl*, click*"),
    (
        Topic::Power,
        "power*, power button, switched on, turned on, switch it on, turn it on, is it on, battery, charger*, charging, mains, \
         power strip, power cable, power cord, is it plugged in",
    ),
    (Topic::Paper, "paper*, page look*, pages look*, printout*, print out, came out, comes out, come out, sheet*, tray*"),
    (Topic::Printer, "printer*, printing, print"),
    (Topic::Screen, "screen*, monitor*, display*, see, picture, look at your screen"),
    (
        Topic::Password,
        "password*, caps lock, sign in, signing in, log in, log on, login, sign out, log out, log off, passcode, pin, \
         new key, right key, security key, network key",
    ),
    (Topic::Files, "file*, folder*, drive*, document*, spreadsheet*, data, backup*, save, saved"),
    (Topic::Mail, "mail*, email*, outlook, inbox, mailbox*, attachment*"),
    (Topic::Web, "web*, page*, site*, browser*, internet, intranet"),
    (
        Topic::Identity,
        "staff number, your name, who are you, who you are, identity, call you back, date of birth, speaking to, speaking with, \
         employee number",
    ),
    (Topic::Approval, "approv*, authoris*, authoriz*, sign off"),
    (
        Topic::Urgency,
        "urgent*, deadline*, how soon, how quickly, can it wait, can this wait, need it by, important, priority, can you still \
         work, able to work, keep working, stop you, waiting for, go on working",
    ),
    (Topic::Works, "work now, works now, working now, work again, works again, working again, better now, fixed, solved"),
    (
        Topic::Usage,
        "meant to be, is meant, meant to, on purpose, by design, this is how, how it works, works like this, supposed to, \
         nothing is broken, nothing is wrong, not broken, no fault, not a fault, is normal, is expected, as it should, starts \
         when, starts with, starts by itself, belongs to, always does, how to use, how you use, does this so that, feature*",
    ),
    (
        Topic::Policy,
        "policy, policies, company rule*, our rules, the rules, the company wants, the company decided, is not allowed, \
         regulation*, are allowed",
    ),
    (Topic::Symptom, "problem*, trouble, wrong, happens, happening, describe, symptom*"),
];
