//! Random but sensible days: time, tables, repetition.

use engine::ticket::run::{Run, Shown};

use crate::fuzz::rounds;
use crate::random_actions::Grammar;
use crate::sites;
use crate::tables;

/// Per site; the wasm oracle plays many more.
const ACTIONS: u32 = 400;

#[test]
fn time_never_goes_back_and_tables_hold_what_can_be() {
    let actions = rounds().max(ACTIONS);
    for (name, site) in sites::all() {
        let mut run = Run::on(sites::build(&site, 2).world);
        let mut grammar = Grammar::new(2);
        assert_eq!(tables::impossible(&run.world), Vec::<String>::new(), "{name}, healthy");
        for at in 0..actions {
            let before = run.world.now;
            let action = grammar.next(&run.world);
            run.act(action.clone(), &[]);
            assert!(run.world.now >= before, "{name}, action {at}: {action:?}: time went back");
            let due = run.world.timers.clone().due(run.world.now);
            assert!(
                due.is_none_or(|(when, _)| when >= run.world.now),
                "{name}, action {at}: {action:?}: a timer was passed over: {:?}",
                run.world.timers.clone().due(run.world.now)
            );
            let impossible = tables::impossible(&run.world);
            assert!(impossible.is_empty(), "{name}, action {at}: {action:?}: {impossible:#?}");
        }
    }
}

#[test]
fn the_same_log_gives_the_same_world() {
    for (name, site) in sites::all() {
        let world = sites::build(&site, 3).world;
        let (mut first, mut second) = (Run::on(world.clone()), Run::on(world));
        let mut grammar = Grammar::new(3);
        for at in 0..100 {
            let action = grammar.next(&first.world);
            let one = first.act(action.clone(), &[]).output.clone();
            let other = second.act(action.clone(), &[]).output.clone();
            assert_eq!(one, other, "{name}, action {at}: {action:?}");
            assert_eq!(first.hash(), second.hash(), "{name}, action {at}: {action:?}");
        }
    }
}

/// A state that was written and read again goes on in the same way: saving is the log, but copies travel as bytes.
#[test]
fn a_run_survives_being_written_down() {
    for (name, site) in sites::all() {
        let mut run = Run::on(sites::build(&site, 4).world);
        let mut grammar = Grammar::new(4);
        for _ in 0..50 {
            let action = grammar.next(&run.world);
            run.act(action, &[]);
        }
        let bytes = postcard::to_allocvec(&run).expect("a run is written");
        let mut again: Run = postcard::from_bytes(&bytes).expect("a run is read");
        assert_eq!(run.hash(), again.hash(), "{name}");
        let action = grammar.next(&run.world);
        assert_eq!(run.act(action.clone(), &[]).output, again.act(action, &[]).output, "{name}");
        assert_eq!(run.hash(), again.hash(), "{name}");
    }
}

/// What the grammar draws is mostly taken, so that the tests above test something.
#[test]
fn most_random_actions_are_accepted() {
    for (name, site) in sites::all() {
        let mut run = Run::on(sites::build(&site, 5).world);
        let mut grammar = Grammar::new(5);
        let mut refused = std::collections::BTreeMap::new();
        let mut accepted = 0;
        for _ in 0..ACTIONS {
            let unknown = run.world.not_modelled.len();
            let action = grammar.next(&run.world);
            let kind = kind(&action);
            let output = run.act(action, &[]).output.shown();
            if matches!(output, Shown::Refused(_)) || run.world.not_modelled.len() > unknown {
                *refused.entry(kind).or_insert(0) += 1;
            } else {
                accepted += 1;
            }
        }
        println!("{name}: {accepted} of {ACTIONS} accepted; refused: {refused:?}");
        assert!(accepted * 10 >= ACTIONS * 7, "{name}: only {accepted} of {ACTIONS} accepted; refused: {refused:?}");
    }
}

fn kind(action: &engine::ticket::Action) -> String {
    use engine::ticket::Action;
    match action {
        Action::Shell { shell, line, .. } => format!("{shell:?} {}", line.split(' ').take(2).collect::<Vec<_>>().join(" ")),
        Action::Panel { panel, operation, .. } => format!("{} {}", panel.slug(), operation.verb),
        Action::Physical(act) => format!("{act:?}").split('(').next().unwrap_or_default().to_owned(),
        other => format!("{other:?}").split(['(', ' ']).next().unwrap_or_default().to_owned(),
    }
}
