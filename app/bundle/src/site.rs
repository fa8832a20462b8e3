//! The folder of files as the server reads it: names made from content, compressed forms beside each, and a manifest.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::Outcome;

#[derive(Default)]
pub struct Site(Vec<File>);

struct File {
    entry: Entry,
    plain: Vec<u8>,
    brotli: Vec<u8>,
    gzip: Vec<u8>,
}

/// One line of the manifest; `src/assets.rs` of the server reads it.
#[derive(Serialize)]
struct Entry {
    path: String,
    file: String,
    content_type: &'static str,
    immutable: bool,
    hash: String,
}

/// The URLs that pages need, as `app/src/assets.rs` reads them.
#[derive(Serialize)]
pub struct Urls {
    pub stylesheet: String,
    pub icon: String,
    pub start: String,
    pub app: Bundle,
    pub bench: Bundle,
    pub engine: Bundle,
    pub engine_worker: String,
}

/// A WebAssembly module and its JavaScript.
#[derive(Serialize)]
pub struct Bundle {
    pub glue: String,
    pub wasm: String,
}

#[derive(Serialize)]
struct Manifest<'a> {
    urls: &'a Urls,
    files: Vec<&'a Entry>,
}

impl Site {
    /// Adds a file under a name made from its content, and returns its URL.
    pub fn add(&mut self, name: &str, plain: Vec<u8>) -> Outcome<String> {
        let hash = hash(&plain);
        let (stem, extension) = name.rsplit_once('.').ok_or_else(|| format!("{name} has no extension"))?;
        let path = format!("/assets/{stem}-{hash}.{extension}");
        self.push(path.clone(), true, hash, plain)?;
        Ok(path)
    }

    /// Adds a file under a name that stays.
    pub fn add_at(&mut self, path: &str, plain: Vec<u8>) -> Outcome<()> {
        let hash = hash(&plain);
        self.push(path.to_owned(), false, hash, plain)
    }

    /// Adds the files of a folder, and returns the URL of each name.
    pub fn add_folder(&mut self, folder: &Path) -> Outcome<BTreeMap<String, String>> {
        let mut urls = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
            let name =
                entry?.file_name().into_string().map_err(|name| format!("{} is not a name for the web", name.display()))?;
            let content = fs::read(folder.join(&name))?;
            urls.insert(name.clone(), self.add(&name, content)?);
        }
        Ok(urls)
    }

    /// Empties the folder and writes it anew; the manifest last, so that a reader never finds it without its files.
    pub fn write(&self, out: &Path, urls: &Urls) -> Outcome<()> {
        if out.exists() {
            fs::remove_dir_all(out)?;
        }
        fs::create_dir_all(out.join("assets"))?;
        for File { entry, plain, brotli, gzip } in &self.0 {
            let packed = brotli.len() < plain.len();
            fs::write(out.join(&entry.file), plain)?;
            if packed {
                fs::write(out.join(format!("{}.br", entry.file)), brotli)?;
                fs::write(out.join(format!("{}.gz", entry.file)), gzip)?;
            }
        }
        let manifest = Manifest { urls, files: self.0.iter().map(|file| &file.entry).collect() };
        let unfinished = out.join("manifest.new");
        fs::write(&unfinished, serde_json::to_vec_pretty(&manifest)?)?;
        fs::rename(unfinished, out.join("manifest.json"))?;
        Ok(())
    }

    pub fn print_sizes(&self) {
        for File { entry, plain, brotli, gzip } in &self.0 {
            let (plain, gzip, brotli) = (plain.len(), gzip.len(), brotli.len());
            println!("{plain:>9} bytes, gzip {gzip:>7}, brotli {brotli:>7}  {}", entry.path);
        }
    }

    fn push(&mut self, path: String, immutable: bool, hash: String, plain: Vec<u8>) -> Outcome<()> {
        let file = path.trim_start_matches('/').to_owned();
        let entry = Entry { content_type: content_type(&file)?, path, file, immutable, hash };
        let (brotli, gzip) = (brotli(&plain)?, gzip(&plain)?);
        self.0.push(File { entry, plain, brotli, gzip });
        Ok(())
    }
}

/// The start of the SHA-256 in hex: long enough that two files never meet.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

fn content_type(name: &str) -> Outcome<&'static str> {
    Ok(match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        _ => return Err(format!("no content type is known for {name}").into()),
    })
}

fn brotli(plain: &[u8]) -> Outcome<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: plain.len(), ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &plain[..], &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(plain: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_content() {
        let mut site = Site::default();
        let first = site.add("main.css", b"a".to_vec()).unwrap();
        let second = site.add("main.css", b"b".to_vec()).unwrap();
        assert_eq!(first, "/assets/main-ca978112ca1bbdca.css");
        assert_ne!(first, second);
        assert!(site.add("main.xyz", Vec::new()).is_err());
        assert!(site.add("main", Vec::new()).is_err());
    }
}
