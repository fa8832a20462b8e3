//! Content made for a test. Each item has words of its own, and a token in everything that only an answer may bring out.

use std::fmt::Write as _;

use app::practice::api::{Prompt, QuestionView, Task};
use domain::content::item::Item;
use domain::content::prose::Prose;
use domain::ids::{ExamId, ItemId};
use firstline::content::{Catalog, Files};

/// Stands before the id of an item in every text that is secret until the item is answered.
pub const SECRET: &str = "hush-";
/// Stands before the id of an item in its stem.
pub const ASKED: &str = "asked-";
/// Every item of this number within its objective has two keys of five options; the others have one of four.
const EVERY_MULTIPLE: u32 = 4;

/// A picture without anything secret, and the beginning of tables that have places on it.
macro_rules! picture {
    () => {
        "[picture]\ntitle = \"A board\"\ndescription = \"Four sockets beside each other on a board, from left to right.\"\n\
         svg = '<svg viewBox=\"0 0 200 150\"><rect class=\"solid\" width=\"200\" height=\"150\"/><text x=\"5\" y=\"9\">Board</text></svg>'\n"
    };
}

/// The items of [`Bank::with_parts`]: id, type, tables. The answer to type is a secret itself.
const PARTS: [(&str, &str, &str); 5] = [
    (
        "parts-order",
        "ordering",
        "[[step]]\ntext = \"Step 1\"\nreason = \"See HUSH-reason0 for it.\"\n\
         [[step]]\ntext = \"Step 2\"\nreason = \"See HUSH-reason1 for it.\"\n\
         [[step]]\ntext = \"Step 3\"\nreason = \"See HUSH-reason2 for it.\"\n\
         [[step]]\ntext = \"Step 4\"\nreason = \"See HUSH-reason3 for it.\"\n",
    ),
    (
        "parts-match",
        "matching",
        "[[pair]]\nterm = \"Term 1\"\nmatch = \"Match x\"\nreason = \"See HUSH-reason0 for it.\"\n\
         [[pair]]\nterm = \"Term 2\"\nmatch = \"Match y\"\nreason = \"See HUSH-reason1 for it.\"\n\
         [[pair]]\nterm = \"Term 3\"\nmatch = \"Match x\"\nreason = \"See HUSH-reason2 for it.\"\n\
         [[pair]]\nterm = \"Term 4\"\nmatch = \"Match y\"\nreason = \"See HUSH-reason3 for it.\"\n\
         [[extra]]\nmatch = \"Match z\"\nreason = \"See HUSH-reason4 to learn why this one fits none of them.\"\n",
    ),
    (
        "parts-place",
        "placing",
        concat!(
            picture!(),
            "[[target]]\nname = \"Place 1\"\nat = [20, 20]\nlabel = \"Match x\"\nreason = \"See HUSH-reason0 for it.\"\n\
             [[target]]\nname = \"Place 2\"\nat = [20, 60]\nlabel = \"Match y\"\nreason = \"See HUSH-reason1 for it.\"\n\
             [[target]]\nname = \"Place 3\"\nat = [20, 100]\nlabel = \"Match x\"\nreason = \"See HUSH-reason2 for it.\"\n\
             [[target]]\nname = \"Place 4\"\nat = [180, 130]\nlabel = \"Match y\"\nreason = \"See HUSH-reason3 for it.\"\n\
             [[extra]]\nlabel = \"Match z\"\nreason = \"See HUSH-reason4 to learn why this one belongs to none of them.\"\n"
        ),
    ),
    (
        "parts-where",
        "single",
        concat!(
            picture!(),
            "[[option]]\ntext = \"Spot 1\"\nat = [30, 20]\nkey = true\nreason = \"See HUSH-reason0 for it.\"\n\
             [[option]]\ntext = \"Spot 2\"\nat = [70, 20]\nreason = \"See HUSH-reason1 to learn why this one is wrong here.\"\n\
             [[option]]\ntext = \"Spot 3\"\nat = [110, 20]\nreason = \"See HUSH-reason2 to learn why this one is wrong here.\"\n\
             [[option]]\ntext = \"Spot 4\"\nat = [150, 20]\nreason = \"See HUSH-reason3 to learn why this one is wrong here.\"\n"
        ),
    ),
    (
        "parts-typed",
        "typed",
        "[answer]\nform = \"word\"\naccepted = [\"HUSH-reason0\", \"loopback\"]\nreason = \"See HUSH-reason1 for it.\"\n\
         [[mistake]]\ntext = \"HUSH-reason2\"\nreason = \"See HUSH-reason3 to learn why this one is wrong here.\"\n",
    ),
];

/// Texts of files by path, as a folder `content/` would hold them.
#[derive(Clone, Default)]
pub struct Bank {
    pub files: Files,
    /// So that keys stand at each place equally often, as the content check wants it.
    singles: usize,
}

impl Bank {
    /// Three domains of weight 50, 30 and 20, two objectives each, four items an objective: 24 items, 6 of them multiple.
    pub fn small() -> Self {
        Self::default().exam("alpha", &[(50, &[4, 4]), (30, &[4, 4]), (20, &[4, 4])])
    }

    /// As `small`, with enough for every form of an exam: 104 items.
    pub fn large() -> Self {
        Self::default().exam("alpha", &[(50, &[26, 26]), (30, &[16, 16]), (20, &[10, 10])])
    }

    /// A further exam, `timed`, with enough for the short form of an exam and no longer one.
    pub fn with_timed(self) -> Self {
        self.exam("timed", &[(50, &[6, 6]), (30, &[4, 4]), (20, &[3, 3])])
    }

    /// A further exam, `parts`, with an item of each kind that is no choice and one of places to choose from, in one objective.
    pub fn with_parts(self) -> Self {
        let mut bank = self.exam("parts", &[(100, &[])]);
        let exam = bank.files.get_mut("parts/exam.toml").unwrap();
        exam.push_str("[[domain.objective]]\nid = \"1.1\"\ntitle = \"Parts\"\nscenario = false\nkeywords = [\"part\"]\n");
        for (id, kind, parts) in PARTS {
            let text = format!(
                "id = \"{id}\"\nobjective = \"1.1\"\ntype = \"{kind}\"\nlevel = \"apply\"\ndifficulty = \"medium\"\n\
                 stem = \"Which part fits {ASKED}{id} in room-{id}?\"\nremember = \"Keep {SECRET}{id}-remember in mind.\"\n\
                 source = \"Manual {SECRET}{id}-source\"\nchecked = 2026-11-22\nkeywords = [\"part\"]\n{}",
                parts.replace("HUSH", &format!("{SECRET}{id}"))
            );
            bank.files.insert(format!("parts/items/1.1/{id}.toml"), text);
        }
        bank
    }

    /// An exam by the weights of its domains, with the number of items for each of their objectives.
    pub fn exam(mut self, exam: &str, domains: &[(u8, &[u32])]) -> Self {
        let mut text = format!(
            "schema = 1\n[exam]\nid = \"{exam}\"\ncode = \"{exam}-1\"\nname = \"Exam {exam}\"\nmax_questions = 90\nminutes = 90\n\
             passing_score = 700\nscale_min = 100\nscale_max = 900\n[coverage]\ntarget_items = 1\nfloor_per_objective = 1\n"
        );
        for ((weight, objectives), domain) in domains.iter().zip(1..) {
            let _ = write!(text, "[[domain]]\nnumber = {domain}\nname = \"Domain {domain} of {exam}\"\nweight = {weight}\n");
            for (items, objective) in objectives.iter().zip(1..) {
                let number = format!("{domain}.{objective}");
                let _ = write!(
                    text,
                    "[[domain.objective]]\nid = \"{number}\"\ntitle = \"Objective {number}\"\nscenario = false\nkeywords = [\"part\"]\n"
                );
                for item in 1..=*items {
                    self.item(exam, &number, item);
                }
            }
        }
        self.files.insert(format!("{exam}/exam.toml"), text);
        self
    }

    fn item(&mut self, exam: &str, objective: &str, number: u32) {
        let id = format!("{exam}-{}-{number:03}", objective.replace('.', "-"));
        let several = number.is_multiple_of(EVERY_MULTIPLE);
        let (kind, options, rule) = if several { ("multiple", 5, " Choose two.") } else { ("single", 4, "") };
        let mut text = format!(
            "id = \"{id}\"\nobjective = \"{objective}\"\ntype = \"{kind}\"\nlevel = \"apply\"\ndifficulty = \"medium\"\n\
             stem = \"Which part fits {ASKED}{id} in room-{id}?{rule}\"\nremember = \"Keep {SECRET}{id}-remember in mind.\"\n\
             source = \"Manual {SECRET}{id}-source\"\nchecked = 2026-11-22\nkeywords = [\"part\"]\n"
        );
        for place in 0..options {
            let key = if several { place < 2 } else { place == self.singles % 4 };
            let _ = write!(
                text,
                "[[option]]\ntext = \"Part p{place}-{id}\"\n{}reason = \"Look at {SECRET}{id}-reason{place} to see how this one differs from all the rest.\"\n",
                if key { "key = true\n" } else { "" }
            );
        }
        self.singles += usize::from(!several);
        self.files.insert(format!("{exam}/items/{objective}/{id}.toml"), text);
    }

    /// Words of one item's file in place of others, as an author changes them.
    pub fn edit(&mut self, item: &ItemId, from: &str, to: &str) {
        let (_, text) = self.files.iter_mut().find(|(path, _)| path.ends_with(&format!("/{item}.toml"))).unwrap();
        assert!(text.contains(from), "{text}");
        *text = text.replace(from, to);
    }

    pub fn remove(&mut self, item: &ItemId) {
        let before = self.files.len();
        self.files.retain(|path, _| !path.ends_with(&format!("/{item}.toml")));
        assert_eq!(self.files.len() + 1, before);
    }

    pub fn catalog(&self) -> Catalog {
        let (catalog, _) = Catalog::from_files(&self.files).unwrap_or_else(|error| panic!("{error}"));
        catalog
    }

    pub fn ids(&self) -> Vec<ItemId> {
        let names = self.files.keys().filter_map(|path| path.split("/items/").nth(1)?.split('/').nth(1)?.strip_suffix(".toml"));
        names.map(ItemId::from).collect()
    }
}

/// The item that a question asks, by its stem.
pub fn asked(question: &QuestionView) -> ItemId {
    asked_in(&question.prompt.stem.plain_text())
}

/// The first item whose stem stands in a page.
pub fn asked_in(text: &str) -> ItemId {
    let id = text.split(ASKED).nth(1).unwrap_or_else(|| panic!("no stem in {text}"));
    id.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap().into()
}

/// The places of the keys in this learner's order.
pub fn right(catalog: &Catalog, prompt: &Prompt) -> Vec<u8> {
    places(catalog, prompt, true)
}

/// As many places as there are keys, none of them right.
pub fn wrong(catalog: &Catalog, prompt: &Prompt) -> Vec<u8> {
    let Task::Choice { choose, .. } = prompt.task else { panic!("no choice: {prompt:?}") };
    let mut places = places(catalog, prompt, false);
    places.truncate(choose.into());
    places
}

pub fn domain_of(item: &Item) -> u8 {
    item.objective.as_str().split('.').next().unwrap().parse().unwrap()
}

pub fn exam() -> ExamId {
    "alpha".into()
}

/// Those of a choice, in this learner's order.
pub fn options(question: &QuestionView) -> &[Prose] {
    let Task::Choice { options, .. } = &question.prompt.task else { panic!("no choice: {:?}", question.prompt) };
    options
}

/// How many options to choose.
pub fn choose(question: &QuestionView) -> u8 {
    let Task::Choice { choose, .. } = &question.prompt.task else { panic!("no choice: {:?}", question.prompt) };
    *choose
}

/// Of the keys, or of the other options.
fn places(catalog: &Catalog, prompt: &Prompt, key: bool) -> Vec<u8> {
    let item = catalog.item(&asked_in(&prompt.stem.plain_text())).unwrap();
    let Task::Choice { options, .. } = &prompt.task else { panic!("no choice: {prompt:?}") };
    let is_wanted = |text: &Prose| item.options().iter().any(|option| option.key == key && option.text == *text);
    (1..).zip(options).filter(|(_, text)| is_wanted(text)).map(|(place, _)| place).collect()
}
