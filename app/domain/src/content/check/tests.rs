#[test]
fn dump() {
    use std::collections::BTreeMap;
    let mut files = BTreeMap::new();
    let root = std::path::PathBuf::from(std::env::var("BANK").unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content").into()));
    let mut dirs = vec![root.clone()];
    while let Some(d) = dirs.pop() {
        for e in std::fs::read_dir(d).unwrap() {
            let p = e.unwrap().path();
            if p.is_dir() { dirs.push(p) } else if p.extension().is_some_and(|x| x == "toml") {
                files.insert(p.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&p).unwrap());
            }
        }
    }
    let (bank, mut mistakes) = crate::content::bank::read(&files);
    let t = std::time::Instant::now();
    mistakes.extend(super::check(&bank, Some(crate::content::item::Date { year: 2026, month: 11, day: 22 })));
    println!("{:?}", t.elapsed());
    for m in &mistakes { println!("{m}"); }
    println!("{} items, {} mistakes", bank.items.len(), mistakes.len());
}
