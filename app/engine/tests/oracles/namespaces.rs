//! Oracle 1: random faulty networks in Linux namespaces against the same networks in the engine.

mod faults;
mod model;
mod plan;
mod real;

use std::fmt::Debug;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use engine::sorted::{Map, Set};

use crate::system::{self, Setting, Verdict};
use plan::Plan;

/// Both sides' answers to a plan's questions, in words that can be compared.
#[derive(Default)]
pub struct Answers {
    pub pings: Vec<String>,
    pub traces: Vec<Vec<String>>,
    /// Of each node.
    pub neighbours: Vec<Set<String>>,
    pub lookups: Vec<String>,
}

/// Seeds that once showed a difference; they are asked in every run. Addresses of interfaces that are down (4, 34, 57), senders'
/// addresses in ARP requests (23, 43), a prohibit route of the sender's own (63), a packet that comes back to its sender (95).
const ONCE_DIFFERENT: &[u64] = &[4, 23, 34, 43, 57, 63, 95];

/// Networks at a time: most of the time is spent waiting for answers that never come.
const WORKERS: usize = 4;

#[derive(Default)]
struct Tally {
    topologies: u64,
    nodes: usize,
    /// Equal and all, by what was asked.
    asked: Map<&'static str, (u64, u64)>,
    /// Of pings, by the real outcome.
    classes: Map<String, u64>,
    /// Differences that went away when the real side was given more time.
    hasty: u64,
    failures: Vec<String>,
}

pub fn run() -> Verdict {
    if let Some(verdict) = system::lacking(&["unshare", "nsenter", "ip", "nft", "ping", "traceroute"]) {
        return verdict;
    }
    // One limiter of "no route" answers is the whole machine's; the others are each namespace's own.
    let _unlimited = match Setting::change("/proc/sys/net/ipv4/route/error_cost", "0") {
        Ok(setting) => setting,
        Err(error) => return Verdict::Skipped(format!("the kernel's limit of ICMP errors cannot be changed: {error}")),
    };
    let (first, count) = (system::number("ORACLE_SEED", 1), system::number("ORACLE_TOPOLOGIES", 100));
    let random = first..first + count;
    let fixed = ONCE_DIFFERENT.iter().copied().filter(|seed| !random.contains(seed));
    let seeds: Vec<u64> = fixed.chain(random.clone()).collect();
    let (tally, next) = (Mutex::new(Tally::default()), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap_or(usize::MAX)) {
                    one(*seed, &tally);
                }
            });
        }
    });
    tally.into_inner().expect("no worker stopped").verdict()
}

fn one(seed: u64, tally: &Mutex<Tally>) {
    let plan = Plan::random(seed);
    let model = model::ask(&plan);
    let mut tries = [real::QUICK, real::SLOW].into_iter();
    let mut hasty = 0;
    loop {
        let Some(patience) = tries.next() else { return };
        let real = real::ask(&plan, patience);
        let mut tally = tally.lock().expect("no worker stopped");
        let real = match real {
            Ok(real) => real,
            Err(error) => {
                tally.failures.push(format!("seed {seed}: the namespaces were not built: {error}"));
                return;
            }
        };
        let differences = differences(&plan, &model, &real);
        // Whoever waited too short on a busy machine is asked again before anybody is called wrong.
        if !differences.is_empty() && tries.len() > 0 {
            hasty = u64::try_from(differences.len()).unwrap_or(0);
            continue;
        }
        tally.hasty += hasty.saturating_sub(u64::try_from(differences.len()).unwrap_or(0));
        tally.count(&plan, &model, &real);
        if !differences.is_empty() {
            println!("seed {seed}: faults: {}", plan.faults.join("; "));
            for line in differences {
                println!("    {line}");
            }
        }
        return;
    }
}

fn differences(plan: &Plan, model: &Answers, real: &Answers) -> Vec<String> {
    let mut found = Vec::new();
    let name = |node: usize| plan.nodes[node].name.as_str();
    let mut compare = |what: String, model: &dyn Debug, real: &dyn Debug| {
        let (model, real) = (format!("{model:?}"), format!("{real:?}"));
        if model != real {
            found.push(format!("{what}: model {model}, Linux {real}"));
        }
    };
    for (at, (from, to)) in plan.pings.iter().enumerate() {
        compare(format!("ping {} → {to}", name(*from)), &model.pings.get(at), &real.pings.get(at));
    }
    for (at, (from, to)) in plan.traces.iter().enumerate() {
        compare(format!("trace {} → {to}", name(*from)), &model.traces.get(at), &real.traces.get(at));
    }
    for node in 0..plan.nodes.len() {
        let none = Set::new();
        let (model, real) = (model.neighbours.get(node).unwrap_or(&none), real.neighbours.get(node).unwrap_or(&none));
        let only = |one: &Set<String>, other| one.difference(other).cloned().collect::<Vec<_>>();
        compare(format!("neighbours of {}", name(node)), &only(model, real), &only(real, model));
    }
    for (at, (from, to)) in plan.lookups.iter().enumerate().filter(|(at, _)| comparable(real, *at)) {
        compare(format!("route {} → {to}", name(*from)), &model.lookups.get(at), &real.lookups.get(at));
    }
    found
}

/// The engine's lookup is asked for what leaves the machine only.
fn comparable(real: &Answers, lookup: usize) -> bool {
    real.lookups.get(lookup).is_none_or(|answer| answer != "local" && answer != "broadcast")
}

impl Tally {
    fn count(&mut self, plan: &Plan, model: &Answers, real: &Answers) {
        self.topologies += 1;
        self.nodes += plan.nodes.len();
        for (at, answer) in real.pings.iter().enumerate() {
            let class: Vec<&str> = answer.split(' ').take_while(|word| !word.contains('.')).collect();
            *self.classes.entry(class.join(" ").trim_end_matches(" ttl").to_owned()).or_default() += 1;
            self.add("pings", model.pings.get(at) == Some(answer));
        }
        for (at, answer) in real.traces.iter().enumerate() {
            self.add("traces", model.traces.get(at) == Some(answer));
        }
        for (at, answer) in real.neighbours.iter().enumerate() {
            self.add("neighbour tables", model.neighbours.get(at) == Some(answer));
        }
        for (at, answer) in real.lookups.iter().enumerate().filter(|(at, _)| comparable(real, *at)) {
            self.add("route lookups", model.lookups.get(at) == Some(answer));
        }
    }

    fn add(&mut self, what: &'static str, equal: bool) {
        let (right, all) = self.asked.entry(what).or_default();
        *right += u64::from(equal);
        *all += 1;
    }

    fn verdict(self) -> Verdict {
        /// Agreement in permille that the trial reached (9,186 of 9,194) and every run must.
        const GOAL: u64 = 999;
        for failure in &self.failures {
            println!("{failure}");
        }
        println!("real outcomes of pings: {:?}; differences of haste: {}", self.classes, self.hasty);
        let shares: Vec<String> = self.asked.iter().map(|(what, (right, all))| format!("{right} of {all} {what}")).collect();
        let summary = format!("{} networks, {} nodes: {} equal", self.topologies, self.nodes, shares.join(", "));
        let enough = |(right, all): &(u64, u64)| right * 1000 >= all * GOAL;
        let any = self.topologies > 0 && self.asked.values().all(|(_, all)| *all > 0);
        if any && self.failures.is_empty() && self.asked.values().all(enough) {
            Verdict::Agrees(summary)
        } else {
            Verdict::Differs(summary)
        }
    }
}
