#[test]
fn dump() {
    use std::collections::BTreeMap;
    let mut files = BTreeMap::new();
    let root =
        std::path::PathBuf::from(std::env::var("BANK").unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content").into()));
    let mut dirs = vec![root.clone()];
    while let Some(d) = dirs.pop() {
        for e in std::fs::read_dir(d).unwrap() {
            let p = e.unwrap().path();
            if p.is_dir() {
                dirs.push(p)
            } else if p.extension().is_some_and(|x| x == "toml") {
                files.insert(p.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&p).unwrap());
            }
        }
    }
    let (bank, mut mistakes) = crate::content::bank::read(&files);
    let t = std::time::Instant::now();
    mistakes.extend(super::check(&bank, Some(crate::content::item::Date { year: 2026, month: 11, day: 22 })));
    println!("{:?}", t.elapsed());
    for m in &mistakes {
        println!("{m}");
    }
    println!("{} items, {} mistakes", bank.items.len(), mistakes.len());
}
#[test]
fn explore() {
    use std::collections::BTreeMap;
    let mut files = BTreeMap::new();
    let root = std::path::PathBuf::from("/work/main/content");
    let mut dirs = vec![root.clone()];
    while let Some(d) = dirs.pop() {
        for e in std::fs::read_dir(d).unwrap() {
            let p = e.unwrap().path();
            if p.is_dir() {
                dirs.push(p)
            } else if p.extension().is_some_and(|x| x == "toml") {
                files.insert(p.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&p).unwrap());
            }
        }
    }
    let (bank, _) = crate::content::bank::read(&files);
    for e in &bank.exams {
        let exam = super::Exam::new(e, bank.items_of(&e.blueprint.id));
        let subs = super::subjects(&exam, bank.items_of(&e.blueprint.id));
        for s in &subs {
            let stem: std::collections::BTreeSet<_> = super::text::content_roots(&s.stem).into_iter().collect();
            let dis: std::collections::BTreeSet<_> = s.distractors().flat_map(|o| &o.roots).collect();
            for k in s.keys() {
                let w: Vec<_> = k
                    .roots
                    .iter()
                    .filter(|w| stem.contains(*w) && !dis.contains(w))
                    .map(|w| format!("{w}:{}", exam.stems_with(w)))
                    .collect();
                if !w.is_empty() {
                    println!("CLANG {} {w:?} key={:?}", s.item.id, k.text);
                }
            }
            let shared = |o: &super::subject::OptionText| -> usize {
                s.options.iter().filter(|x| !std::ptr::eq(*x, o)).map(|x| o.roots.intersection(&x.roots).count()).sum()
            };
            if s.keys().count() == 1 {
                let k = s.keys().next().unwrap();
                let m = s.distractors().map(shared).max().unwrap();
                if shared(k) > m {
                    println!(
                        "CONV {} {} vs {m}: {:?}",
                        s.item.id,
                        shared(k),
                        s.options.iter().map(|o| (&o.text, o.key)).collect::<Vec<_>>()
                    );
                }
            }
            let lens: Vec<_> = s.options.iter().map(|o| o.text.chars().count()).collect();
            let r = *lens.iter().max().unwrap() as f64 * lens.len() as f64 / lens.iter().sum::<usize>() as f64;
            if r > 1.4 {
                println!("LEN {} {r:.2} {lens:?}", s.item.id);
            }
            let ab: Vec<_> = s
                .options
                .iter()
                .filter(|o| {
                    o.words.iter().any(|w| {
                        ["always", "never", "all", "only", "must", "usually", "often", "may", "sometimes", "every", "completely"]
                            .contains(&w.as_str())
                    })
                })
                .map(|o| (&o.text, o.key))
                .collect();
            if !ab.is_empty() {
                println!("ABS {} {ab:?}", s.item.id);
            }
            println!("Q {} {}", s.item.id, s.question);
        }
        println!("LONGEST {} {}/{}", e.blueprint.id, subs.iter().filter(|s| s.key_is_longest()).count(), subs.len());
        for (a, p) in ["A", "B", "C", "D"].iter().enumerate() {
            println!(
                "POS {p} {}",
                subs.iter()
                    .filter(|s| s.item.kind == crate::content::item::ItemKind::Single
                        && s.options.iter().position(|o| o.key) == Some(a))
                    .count()
            );
        }
    }
}
