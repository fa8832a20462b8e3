//! Records as people write and read them.

use crate::world::server::{RecordData, RecordType};

/// Every type with its name.
pub const TYPES: &[(RecordType, &str)] = &[
    (RecordType::A, "A"),
    (RecordType::Aaaa, "AAAA"),
    (RecordType::Cname, "CNAME"),
    (RecordType::Mx, "MX"),
    (RecordType::Ptr, "PTR"),
    (RecordType::Srv, "SRV"),
    (RecordType::Txt, "TXT"),
    (RecordType::Ns, "NS"),
];

#[must_use]
pub fn type_name(kind: RecordType) -> &'static str {
    TYPES.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| name)
}

#[must_use]
pub fn parse_type(text: &str) -> Option<RecordType> {
    TYPES.iter().find(|(_, name)| name.eq_ignore_ascii_case(text.trim())).map(|(kind, _)| *kind)
}

/// The data of a record as a zone file has it, without last dots.
#[must_use]
pub fn data(data: &RecordData) -> String {
    match data {
        RecordData::A(ip) => ip.to_string(),
        RecordData::Cname(name) | RecordData::Ptr(name) | RecordData::Ns(name) => name.clone(),
        RecordData::Mx(preference, name) => format!("{preference} {name}"),
        RecordData::Srv(priority, weight, port, name) => format!("{priority} {weight} {port} {name}"),
        RecordData::Txt(text) => format!("\"{text}\""),
    }
}

/// Reads what [`data`] writes. A name without a dot is below `origin`; `@` is the origin.
#[must_use]
pub fn parse_data(kind: RecordType, text: &str, origin: &str) -> Option<RecordData> {
    let words: Vec<_> = text.split_whitespace().collect();
    let name = |text: &str| complete(text, origin);
    Some(match (kind, words.as_slice()) {
        (RecordType::A, [ip]) => RecordData::A(ip.parse().ok()?),
        (RecordType::Cname, [target]) => RecordData::Cname(name(target)?),
        (RecordType::Ptr, [target]) => RecordData::Ptr(name(target)?),
        (RecordType::Ns, [target]) => RecordData::Ns(name(target)?),
        (RecordType::Mx, [preference, target]) => RecordData::Mx(preference.parse().ok()?, name(target)?),
        (RecordType::Srv, [priority, weight, port, target]) => {
            RecordData::Srv(priority.parse().ok()?, weight.parse().ok()?, port.parse().ok()?, name(target)?)
        }
        (RecordType::Txt, [_, ..]) => RecordData::Txt(text.trim().trim_matches('"').to_owned()),
        _ => return None,
    })
}

/// A name as it was typed, in full.
#[must_use]
pub fn complete(text: &str, origin: &str) -> Option<String> {
    let typed = super::normal(text);
    let full = match typed.as_str() {
        "" => return None,
        "@" => origin.to_owned(),
        _ if typed.contains('.') || origin.is_empty() => typed,
        _ => format!("{typed}.{origin}"),
    };
    super::is_valid(&full).then_some(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let all = [
            RecordData::A([192, 0, 2, 7].into()),
            RecordData::Cname("srv.a.example".to_owned()),
            RecordData::Mx(10, "mail.a.example".to_owned()),
            RecordData::Ptr("pc.a.example".to_owned()),
            RecordData::Srv(0, 100, 389, "srv.a.example".to_owned()),
            RecordData::Txt("v=spf1 mx -all".to_owned()),
            RecordData::Ns("ns.a.example".to_owned()),
        ];
        for record in all {
            assert_eq!(parse_data(record.kind(), &data(&record), "a.example"), Some(record));
        }
        assert_eq!(parse_data(RecordType::Mx, "mail", "a.example"), None);
        assert_eq!(parse_data(RecordType::Mx, "5 mail", "a.example"), Some(RecordData::Mx(5, "mail.a.example".to_owned())));
        assert_eq!(parse_data(RecordType::A, "300.1.1.1", "a.example"), None);
    }
}
