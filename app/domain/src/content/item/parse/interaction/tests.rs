use super::*;
use crate::content::complaint::Parsed;
use crate::content::item::{Authored, parse_authored};
use crate::ids::ExamId;

const HEAD: &str = "id = \"x\"\nobjective = \"1.2\"\nlevel = \"recall\"\ndifficulty = \"hard\"\nstem = \"What?\"\n\
                    checked = 2026-11-22\nkeywords = [\"a\"]\n";

/// The parts begin in line 9.
fn parsed(kind: &str, parts: &str) -> Parsed<Authored> {
    parse_authored(&ExamId::from("test"), &format!("{HEAD}type = \"{kind}\"\n{parts}"))
}

#[track_caller]
fn read(kind: &str, parts: &str) -> (Interaction, Vec<(u32, u32)>) {
    let parsed = parsed(kind, parts);
    assert_eq!(parsed.complaints, []);
    let Authored { item, places, .. } = parsed.value.unwrap();
    (item.interaction, places.parts.iter().map(|part| (part.text, part.reason)).collect())
}

#[track_caller]
fn refused(kind: &str, parts: &str, expected: &[&str]) {
    let complaints = parsed(kind, parts).complaints;
    let short = complaints.iter().map(|complaint| format!("{} {}", complaint.rule, complaint.line)).collect::<Vec<_>>();
    assert_eq!(short, expected, "{complaints:?}");
}

#[test]
fn steps_keep_their_order() {
    let (interaction, places) = read("ordering", "[[step]]\ntext = \"One\"\nreason = \"R\"\n[[step]]\ntext = \"`Two`\"\n");
    let Interaction::Ordering(steps) = interaction else { panic!() };
    assert_eq!(steps.iter().map(|step| step.text.plain_text()).collect::<Vec<_>>(), ["One", "Two"]);
    assert_eq!(places, [(10, 11), (13, 12)]);
}

#[test]
fn a_match_that_fits_twice_is_one_match() {
    let parts = "[[pair]]\nterm = \"a\"\nmatch = \"x\"\nreason = \"R\"\n[[pair]]\nterm = \"b\"\nmatch = \"x\"\nreason = \"S\"\n\
                 [[extra]]\nmatch = \"y\"\nreason = \"T\"\n";
    let (interaction, places) = read("matching", parts);
    let Interaction::Matching(matching) = interaction else { panic!() };
    assert_eq!(matching.matches().iter().map(|text| text.plain_text()).collect::<Vec<_>>(), ["x", "y"]);
    assert_eq!(matching.key(), [0, 0]);
    assert_eq!(places, [(10, 12), (14, 16), (18, 19)]);
}

#[test]
fn every_form_of_a_typed_answer() {
    let cases = [
        ("form = \"ipv4\"", TypedForm::Ipv4),
        ("form = \"prefix\"", TypedForm::Prefix),
        ("form = \"number\"", TypedForm::Number { unit: String::new() }),
        ("form = \"number\"\nunit = \"GHz\"\ntolerance = \"0.5\"", TypedForm::Number { unit: "GHz".to_owned() }),
        ("form = \"path\"\nsystem = \"linux\"", TypedForm::Path(System::Linux)),
        ("form = \"command\"\nsystem = \"ios\"", TypedForm::Command(System::Ios)),
        ("form = \"word\"", TypedForm::Word),
    ];
    for (fields, form) in cases {
        let parts =
            format!("[answer]\n{fields}\naccepted = [\"1\", \"2\"]\nreason = \"R\"\n[[mistake]]\ntext = \"3\"\nreason = \"S\"\n");
        let (Interaction::Typed(typed), places) = read("typed", &parts) else { panic!() };
        assert_eq!((typed.form, typed.accepted.len(), typed.mistakes.len(), places.len()), (form, 2, 1, 2));
        assert_eq!(typed.tolerance, if fields.contains("tolerance") { 500_000 } else { 0 });
    }
}

#[test]
fn what_belongs_to_another_kind_is_refused() {
    refused("ordering", "ordered = true\n[[option]]\ntext = \"A\"\n", &["F2 9", "F2 10"]);
    refused("single", "[[step]]\ntext = \"A\"\n", &["F2 9"]);
    refused("matching", "[[pair]]\nterm = \"a\"\n", &["F2 9"]);
    refused("matching", "[[extra]]\ntext = \"a\"\n", &["F2 9", "F2 10"]);
    refused("typed", "", &["F2 1"]);
    refused("typed", "[answer]\nform = \"ipv4\"\naccepted = []\n", &["F2 11"]);
    refused("typed", "[answer]\nform = \"address\"\naccepted = [\"1\"]\n", &["F2 10"]);
    refused("typed", "[answer]\nform = \"path\"\naccepted = [\"1\"]\n", &["F2 9"]);
    refused("typed", "[answer]\nform = \"path\"\nsystem = \"ios\"\naccepted = [\"1\"]\n", &["F2 11"]);
    refused(
        "typed",
        "[answer]\nform = \"word\"\nunit = \"m\"\ntolerance = \"x\"\naccepted = [\"1\"]\n",
        &["F2 11", "F2 12", "F2 12"],
    );
    refused("typed", "[answer]\nform = \"number\"\ntolerance = \"-1\"\naccepted = [\"1\"]\n", &["F2 11"]);
}
