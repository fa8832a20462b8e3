//! Proves every scenario for many seeds.

use std::io::{self, Write};

use domain::content::tickets::Library;
use serde::Serialize;

/// Misses of one scenario that are told; the rest are counted.
const TOLD: usize = 8;

#[derive(Serialize)]
struct Proof<'l> {
    scenario: &'l str,
    seeds: u64,
    misses: Vec<Miss>,
}

#[derive(Serialize)]
struct Miss {
    seed: u64,
    file: String,
    line: u32,
    message: String,
}

/// Says whether every scenario holds for every seed.
pub fn prove(library: &Library, seeds: u64, json: bool, out: &mut impl Write) -> io::Result<bool> {
    let mut proofs = Vec::new();
    for filed in library.scenarios.values() {
        let Some(site) = library.site_of(&filed.value) else { continue };
        let mut misses = Vec::new();
        for seed in 0..seeds {
            for complaint in engine::ticket::prove::prove(&filed.value, &site.value, seed) {
                let mistake = filed.mistake("T6", &complaint);
                misses.push(Miss {
                    seed,
                    file: mistake.file,
                    line: mistake.complaint.line,
                    message: format!("{}: {}", complaint.path, complaint.message),
                });
            }
        }
        if !json {
            write_proof(&filed.value.id, seeds, &misses, out)?;
        }
        proofs.push(Proof { scenario: &filed.value.id, seeds, misses });
    }
    let missed = proofs.iter().filter(|proof| !proof.misses.is_empty()).count();
    if json {
        serde_json::to_writer_pretty(&mut *out, &proofs)?;
        writeln!(out)?;
    } else {
        writeln!(out, "\n{} scenarios proven for {seeds} seeds each, {missed} not", proofs.len() - missed)?;
    }
    Ok(missed == 0 && !proofs.is_empty())
}

fn write_proof(id: &str, seeds: u64, misses: &[Miss], out: &mut impl Write) -> io::Result<()> {
    if misses.is_empty() {
        return writeln!(out, "{id:32} holds for {seeds} seeds");
    }
    writeln!(out, "{id:32} MISSES: {}", misses.len())?;
    for miss in misses.iter().take(TOLD) {
        writeln!(out, "  content/{}:{}: seed {}: {}", miss.file, miss.line, miss.seed, miss.message)?;
    }
    Ok(())
}
