use super::{Answer, Request, Start, Worker};
use crate::net::lab::{self, lab};
use crate::panel::PanelKind;
use crate::physical::Act;
use crate::shell::ShellKind;
use crate::ticket::Action;
use crate::time::Span;
use crate::world::DeviceId;

const HERE: DeviceId = DeviceId(0);

fn worker() -> Worker {
    Worker::on(Start { world: lab(&lab::windows("PC-1", "10.0.0.5/24", ""), "").world, needs: Vec::new() })
}

/// Actions that each leave a trace.
fn actions(count: usize) -> Vec<Action> {
    let line = |line: String| Action::Shell { device: HERE, shell: ShellKind::Cmd, elevated: false, line };
    (0..count).map(|at| if at % 3 == 0 { Action::Wait(Span::seconds(7)) } else { line(format!("mkdir C:\\f{at}")) }).collect()
}

#[test]
fn a_jump_leads_to_the_state_that_was_there() {
    let mut worker = worker();
    let mut hashes = vec![worker.hash()];
    for action in actions(700) {
        worker.answer(Request::Act(action));
        hashes.push(worker.hash());
    }
    for step in [3, 46, 0, 10, 9, 11, 40, 700, 329, 330, 640, 641, 639] {
        assert_eq!(worker.answer(Request::Jump(step)), Answer::At(step, worker.run().world.now));
        assert_eq!(worker.hash(), hashes[step as usize], "after {step}");
    }
    assert!(matches!(worker.answer(Request::Jump(1000)), Answer::At(700, _)));
}

#[test]
fn another_action_after_a_jump_makes_another_future() {
    let mut worker = worker();
    let Answer::Log(replies) = worker.answer(Request::Log(actions(25))) else { panic!("not a log") };
    assert_eq!(replies.len(), 25);
    assert!(replies[1].changed && !replies[0].changed);
    let before = worker.hash();
    worker.answer(Request::Jump(12));
    worker.answer(Request::Act(Action::Note("another way".to_owned())));
    assert!(matches!(worker.answer(Request::Jump(1000)), Answer::At(13, _)));
    assert_ne!(worker.hash(), before);
    // The kept states are those of the new future.
    worker.answer(Request::Log(actions(25)));
    let end = worker.hash();
    worker.answer(Request::Jump(0));
    worker.answer(Request::Jump(38));
    assert_eq!(worker.hash(), end);
}

#[test]
fn bytes_are_asked_and_answered() {
    let start = Start { world: worker().run().world.clone(), needs: Vec::new() };
    let mut worker = Worker::start(&postcard::to_allocvec(&start).unwrap()).unwrap();
    let mut ask =
        |request: &Request| postcard::from_bytes::<Answer>(&worker.ask(&postcard::to_allocvec(request).unwrap())).unwrap();
    assert!(matches!(ask(&Request::Act(actions(2).remove(1))), Answer::Done(reply) if reply.accepted && reply.changed));
    let view = ask(&Request::View { device: HERE, panel: PanelKind::Services });
    assert!(matches!(view, Answer::View(Some(view)) if view.title.contains("Services")));
    assert!(matches!(ask(&Request::Panels(HERE)), Answer::Panels(panels) if panels.contains(&PanelKind::Services)));
    let prompt = Request::Prompt { device: HERE, shell: ShellKind::Bash, elevated: false };
    assert_eq!(ask(&prompt), Answer::Prompt(None), "Windows has no bash");
}

#[test]
fn links_follow_the_cables() {
    let devices = lab::windows("PC-1", "10.0.0.5/24", "") + &lab::windows("PC-2", "10.0.0.6/24", "");
    let world = lab(&devices, &lab::wire("PC-1/Ethernet", "PC-2/Ethernet")).world;
    let mut worker = Worker::on(Start { world, needs: Vec::new() });
    let ends = [(HERE, "Ethernet".to_owned()), (DeviceId(1), "Ethernet".to_owned())];
    assert_eq!(worker.answer(Request::Links), Answer::Links(vec![ends]));
    let port = worker.run().world.cables[0].ends[0].unwrap();
    worker.answer(Request::Act(Action::Physical(Act::Unplug(port))));
    assert_eq!(worker.answer(Request::Links), Answer::Links(Vec::new()));
    worker.answer(Request::Jump(0));
    assert!(matches!(worker.answer(Request::Links), Answer::Links(links) if links.len() == 1));
}

#[test]
fn what_is_not_there_is_answered() {
    assert!(Worker::start(&[0xff; 9]).is_none());
    let mut worker = worker();
    assert_eq!(postcard::from_bytes::<Answer>(&worker.ask(&[0xff])).unwrap(), Answer::Unreadable);
    let nowhere = DeviceId(900);
    assert_eq!(worker.answer(Request::View { device: nowhere, panel: PanelKind::Services }), Answer::View(None));
    assert_eq!(worker.answer(Request::Panels(nowhere)), Answer::Panels(Vec::new()));
    let prompt = Request::Prompt { device: nowhere, shell: ShellKind::Cmd, elevated: false };
    assert_eq!(worker.answer(prompt), Answer::Prompt(None));
}
