use proptest::prelude::*;
use zip::read::HasZipMetadata;

use super::*;

fn secret(text: &str) -> SecretBytes {
    SecretBytes::new(text.as_bytes().to_vec())
}

fn names_and_texts(bytes: &[u8]) -> Vec<(String, String)> {
    let entries = open(bytes).unwrap_or_else(|finding| panic!("{finding}"));
    entries.into_iter().map(|entry| (entry.name, String::from_utf8(entry.bytes.to_vec()).unwrap())).collect()
}

/// An archive as other programs write it.
fn archive(options: SimpleFileOptions, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn message(bytes: &[u8]) -> String {
    open(bytes).map(drop).unwrap_err().to_string()
}

const UNREADABLE: &str = "this zip archive is damaged, or of a kind that cannot be read";

#[test]
fn what_is_packed_is_opened_as_the_same_again() {
    let (key, script) = (secret("pl4nted"), secret("#!/bin/sh\n"));
    let packed = pack(&[("sales/sales-key.pem".into(), &key), ("sales.sh".into(), &script)]);
    // EXPOSE: the test opens the archive.
    let bytes = packed.expose();
    assert!(is_zip(bytes));
    assert_eq!(
        names_and_texts(bytes),
        [("sales/sales-key.pem".into(), "pl4nted".into()), ("sales.sh".into(), "#!/bin/sh\n".to_owned())]
    );
    // EXPOSE: the test opens the archive.
    assert!(is_zip(pack(&[]).expose()), "an archive of nothing is one, too");
}

#[test]
fn the_same_files_give_the_same_archive_which_nobody_else_may_read_when_it_is_unpacked() {
    let key = secret("pl4nted");
    let pack = || pack(&[("key.pem".into(), &key)]);
    // EXPOSE: the test compares the bytes.
    assert_eq!(pack().expose(), pack().expose(), "no time of day is in it");
    let packed = pack();
    // EXPOSE: the test looks into the archive.
    let mut archive = ZipArchive::new(Cursor::new(packed.expose())).unwrap();
    let file = archive.by_index(0).unwrap();
    assert_eq!(file.unix_mode().map(|mode| mode & 0o777), Some(0o600));
    assert_eq!(file.get_metadata().compression_method, CompressionMethod::Stored);
}

#[test]
fn a_deflated_archive_of_another_program_is_opened() {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let text = "secret ".repeat(1_000);
    let bytes =
        archive(options, &[("folder/a.json", text.as_bytes()), ("__MACOSX/._a.json", b"x"), (".DS_Store", b"x")]);
    assert!(bytes.len() < text.len(), "it is compressed");
    assert_eq!(names_and_texts(&bytes), [("folder/a.json".into(), text)], "what macOS adds is none of the files");
}

#[test]
fn what_unpacks_to_more_than_a_document_is_refused() {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let half = vec![0; MAX_BYTES / 2];
    assert_eq!(open(&archive(options, &[("a", &half), ("b", &half)])).unwrap().len(), 2);
    let bytes = archive(options, &[("a", &half), ("b", &half), ("c", b"1")]);
    assert_eq!(message(&bytes), "1 bytes are too many for a credential document; the limit is 1048576");
    let names: Vec<String> = (0..=MAX_ENTRIES).map(|index| index.to_string()).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert_eq!(open(&archive(options, &many[1..])).unwrap().len(), MAX_ENTRIES);
    assert_eq!(message(&archive(options, &many)), UNREADABLE);
}

#[test]
fn a_file_that_is_longer_than_it_says_is_refused() {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut bytes = archive(options, &[("a", &[b'x'; 1_000])]);
    let length = 1_000_u32.to_le_bytes();
    while let Some(at) = bytes.windows(4).position(|window| window == length) {
        bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert_eq!(message(&bytes), UNREADABLE);
}

#[test]
fn damaged_encrypted_and_wandering_archives_are_refused() {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let whole = archive(options, &[("a", b"pl4nted")]);
    assert_eq!(message(&whole[..whole.len() / 2]), UNREADABLE);
    let mut flipped = whole.clone();
    let at = whole.windows(7).position(|window| window == b"pl4nted").unwrap();
    flipped[at] ^= 1;
    assert_eq!(message(&flipped), UNREADABLE, "the checksum tells");
    let mut encrypted = whole.clone();
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = whole.windows(4).position(|window| window == signature).unwrap();
        encrypted[at + flags] |= 1;
    }
    assert_eq!(message(&encrypted), UNREADABLE);
    let mut wandering = archive(options, &[("xx/key.pem", b"pl4nted")]);
    while let Some(at) = wandering.windows(3).position(|window| window == b"xx/") {
        wandering[at..at + 2].copy_from_slice(b"..");
    }
    assert_eq!(message(&wandering), UNREADABLE, "no file lies outside of its archive");
    assert_eq!(message(b"PK\x03\x04"), UNREADABLE);
    assert!(!is_zip(b"PK") && !is_zip(b"{}"));
}

proptest! {
    #[test]
    fn no_damage_makes_opening_panic(slips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)) {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut bytes = archive(options, &[("folder/a.json", &[b'x'; 300]), ("b", b"pl4nted")]);
        for (index, byte) in slips {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = open(&bytes);
    }
}
