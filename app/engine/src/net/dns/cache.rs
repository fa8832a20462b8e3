//! What was answered once and may be told again: positive answers by their TTL, "does not exist" after RFC 2308.

use super::{Answer, Reply};
use crate::sorted::Map;
use crate::time::{Span, Time};
use crate::world::interface::Cached;
use crate::world::server::{Record, RecordData, RecordType};

pub(super) type Cache = Map<(String, RecordType), Cached>;

/// Longest times in seconds.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub positive: u32,
    pub negative: u32,
}

/// CNAMEs followed before a chain is called a loop.
pub(super) const CHAIN: u8 = 8;

/// Keeps an answer. Each record goes under its own name, so that a CNAME and what it leads to age each on their own.
pub(super) fn store(cache: &mut Cache, name: &str, kind: RecordType, reply: &Reply, now: Time, limits: Limits) {
    let until = |seconds: u32| now + Span::seconds(u64::from(seconds));
    match &reply.answer {
        Answer::Records { records, .. } => {
            let mut sets: Map<(String, RecordType), Vec<Record>> = Map::new();
            for (owner, record) in records {
                sets.entry((owner.clone(), record.data.kind())).or_default().push(record.clone());
            }
            for (key, records) in sets {
                let ttl = records.iter().map(|record| record.ttl).min().unwrap_or_default().min(limits.positive);
                if ttl > 0 {
                    cache.insert(key, Cached { records, exists: true, until: until(ttl) });
                }
            }
        }
        Answer::NoData { .. } | Answer::NxDomain { .. } => {
            let ttl = reply.negative_ttl.min(limits.negative);
            let exists = matches!(reply.answer, Answer::NoData { .. });
            if ttl > 0 {
                cache.insert((name.to_owned(), kind), Cached { records: Vec::new(), exists, until: until(ttl) });
            }
        }
        Answer::ServFail | Answer::Refused | Answer::TimedOut | Answer::PortUnreachable => {}
    }
}

/// What the cache knows of a name; TTLs are what is left of them.
pub(super) fn find(cache: &Cache, name: &str, kind: RecordType, now: Time) -> Option<Reply> {
    let mut records = Vec::new();
    let mut at = name.to_owned();
    for _ in 0..CHAIN {
        if let Some(known) = fresh(cache, &at, kind, now) {
            if known.records.is_empty() {
                return Some(negative(known, now));
            }
            records.extend(aged(known, &at, now));
            return Some(Answer::Records { records, authoritative: false }.into());
        }
        if let Some(missing) = nowhere(cache, &at, now) {
            return Some(negative(missing, now));
        }
        let alias = fresh(cache, &at, RecordType::Cname, now)?;
        records.extend(aged(alias, &at, now));
        at = alias.records.iter().find_map(|record| match &record.data {
            RecordData::Cname(target) => Some(target.clone()),
            _ => None,
        })?;
    }
    None
}

fn fresh<'c>(cache: &'c Cache, name: &str, kind: RecordType, now: Time) -> Option<&'c Cached> {
    cache.get(&(name.to_owned(), kind)).filter(|known| known.until > now)
}

/// A name that does not exist has no records of any type.
fn nowhere<'c>(cache: &'c Cache, name: &str, now: Time) -> Option<&'c Cached> {
    let all = (name.to_owned(), RecordType::A)..=(name.to_owned(), RecordType::Ns);
    cache.range(all).map(|(_, known)| known).find(|known| !known.exists && known.until > now)
}

fn negative(known: &Cached, now: Time) -> Reply {
    let answer = if known.exists { Answer::NoData { authoritative: false } } else { Answer::NxDomain { authoritative: false } };
    Reply { answer, negative_ttl: left(known, now) }
}

fn left(known: &Cached, now: Time) -> u32 {
    u32::try_from((known.until - now).as_seconds()).unwrap_or(u32::MAX)
}

fn aged(known: &Cached, name: &str, now: Time) -> Vec<(String, Record)> {
    let ttl = left(known, now);
    known.records.iter().map(|record| (name.to_owned(), Record { ttl: ttl.min(record.ttl), data: record.data.clone() })).collect()
}
