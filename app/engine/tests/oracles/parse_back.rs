use crate::system::Verdict;

pub fn run() -> Verdict {
    Verdict::Skipped("to come".to_owned())
}
