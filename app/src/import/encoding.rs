//! Tells whether a register's file is CP932 or UTF-8, and reads it as UTF-8 with line ends LF.

use std::io::{self, BufRead as _, BufReader, Read};

use encoding_rs::{Decoder, DecoderResult, SHIFT_JIS, UTF_8};
use sha2::{Digest as _, Sha256};

/// Bytes read from a file at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// How a register's file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with a byte order mark or without.
    Utf8,
    /// CP932, the Shift JIS of Japanese Windows.
    Cp932,
}

/// What a first reading of a file shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Its encoding.
    pub encoding: Encoding,
    /// SHA-256 of its bytes, as 64 lower-case hex digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// Why a file cannot be read as text.
#[derive(Debug, thiserror::Error)]
pub enum EncodingError {
    /// It is neither UTF-8 nor CP932.
    #[error("the file is neither UTF-8 nor CP932 (first doubtful byte: {byte})")]
    Neither {
        /// Offset of the first byte that is not UTF-8, from 0.
        byte: u64,
    },
    /// It holds zero bytes: a spreadsheet's own format, or UTF-16.
    #[error("the file is no CSV text: it is a spreadsheet's own format, or UTF-16")]
    NotText,
    /// It cannot be read.
    #[error("the file cannot be read")]
    Io(#[from] io::Error),
}

/// Follows one encoding over a file's bytes and remembers where it stopped to fit.
struct Trial {
    decoder: Decoder,
    seen_bytes: u64,
    wrong_at: Option<u64>,
}

impl Trial {
    fn new(decoder: Decoder) -> Self {
        Self {
            decoder,
            seen_bytes: 0,
            wrong_at: None,
        }
    }

    fn feed(&mut self, mut bytes: &[u8], last: bool, scratch: &mut [u8]) {
        while self.wrong_at.is_none() {
            let (result, read, _) = self
                .decoder
                .decode_to_utf8_without_replacement(bytes, scratch, last);
            let seen = u64::try_from(read).unwrap_or(u64::MAX);
            self.seen_bytes = self.seen_bytes.saturating_add(seen);
            bytes = bytes.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {},
                DecoderResult::Malformed(bad, after) => {
                    let back = u64::from(bad).saturating_add(u64::from(after));
                    self.wrong_at = Some(self.seen_bytes.saturating_sub(back));
                },
            }
        }
    }
}

/// Reads a file once, to its end, and tells its encoding, its hash and its size.
///
/// Text that is both (plain ASCII) is UTF-8.
///
/// # Errors
/// [`EncodingError`] when it is neither, is no text, or cannot be read.
pub fn recognise(mut file: impl Read) -> Result<Recognised, EncodingError> {
    let mut utf8 = Trial::new(UTF_8.new_decoder_with_bom_removal());
    let mut cp932 = Trial::new(SHIFT_JIS.new_decoder_without_bom_handling());
    let mut hash = Sha256::new();
    let mut bytes: u64 = 0;
    let mut buffer = vec![0_u8; CHUNK_BYTES];
    let mut scratch = vec![0_u8; CHUNK_BYTES];
    loop {
        let read = match file.read(&mut buffer) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        let chunk = buffer.get(..read).unwrap_or_default();
        if chunk.contains(&0) {
            return Err(EncodingError::NotText);
        }
        hash.update(chunk);
        bytes = bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        utf8.feed(chunk, read == 0, &mut scratch);
        cp932.feed(chunk, read == 0, &mut scratch);
        if read == 0 {
            break;
        }
    }
    let encoding = match (utf8.wrong_at, cp932.wrong_at) {
        (None, _) => Encoding::Utf8,
        (Some(_), None) => Encoding::Cp932,
        (Some(byte), Some(_)) => return Err(EncodingError::Neither { byte }),
    };
    Ok(Recognised {
        encoding,
        sha256: hex::encode(hash.finalize()),
        bytes,
    })
}

/// Reads bytes of a known encoding as UTF-8: no byte order mark, every line end LF, the last line
/// ended.
///
/// So a line end counts once whatever the system that wrote it, which row numbers rest on.
pub struct TextReader<R> {
    source: BufReader<R>,
    decoder: Decoder,
    decoded: Vec<u8>,
    given: usize,
    after_cr: bool,
    last_byte: u8,
    ended: bool,
}

impl<R: Read> TextReader<R> {
    /// Reads `source` as `encoding`.
    pub fn new(source: R, encoding: Encoding) -> Self {
        let decoder = match encoding {
            Encoding::Utf8 => UTF_8.new_decoder_with_bom_removal(),
            Encoding::Cp932 => SHIFT_JIS.new_decoder_without_bom_handling(),
        };
        Self {
            source: BufReader::with_capacity(CHUNK_BYTES, source),
            decoder,
            decoded: Vec::with_capacity(CHUNK_BYTES),
            given: 0,
            after_cr: false,
            last_byte: b'\n',
            ended: false,
        }
    }

    /// Decodes the next chunk; at the end ends the last line.
    fn fill(&mut self) -> io::Result<()> {
        self.decoded.clear();
        self.given = 0;
        while self.decoded.is_empty() && !self.ended {
            let chunk = self.source.fill_buf()?;
            let last = chunk.is_empty();
            let mut text = String::with_capacity(CHUNK_BYTES);
            let (result, read) = self
                .decoder
                .decode_to_string_without_replacement(chunk, &mut text, last);
            self.source.consume(read);
            match result {
                DecoderResult::InputEmpty => self.ended = last,
                DecoderResult::OutputFull => {},
                DecoderResult::Malformed(..) => {
                    return Err(io::Error::from(io::ErrorKind::InvalidData));
                },
            }
            self.normalise(text.as_bytes());
        }
        if self.ended && self.decoded.is_empty() && self.last_byte != b'\n' {
            self.last_byte = b'\n';
            self.decoded.push(b'\n');
        }
        Ok(())
    }

    fn normalise(&mut self, text: &[u8]) {
        for byte in text {
            let follows_cr = std::mem::replace(&mut self.after_cr, *byte == b'\r');
            match *byte {
                b'\n' if follows_cr => {},
                b'\r' => self.decoded.push(b'\n'),
                other => self.decoded.push(other),
            }
        }
        self.last_byte = self.decoded.last().copied().unwrap_or(self.last_byte);
    }
}

impl<R: Read> Read for TextReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given >= self.decoded.len() {
            self.fill()?;
        }
        let rest = self.decoded.get(self.given..).unwrap_or_default();
        let count = rest.len().min(out.len());
        let (from, to) = (rest.get(..count), out.get_mut(..count));
        if let (Some(from), Some(to)) = (from, to) {
            to.copy_from_slice(from);
        }
        self.given = self.given.saturating_add(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        let recognised = recognise(bytes).unwrap();
        let mut text = String::new();
        TextReader::new(bytes, recognised.encoding)
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn the_same_text_comes_out_of_cp932_and_utf8_with_or_without_mark() {
        let wanted = "氏名,内容\n髙橋①,～・￣\n";
        let cp932 = SHIFT_JIS.encode("氏名,内容\r\n髙橋①,～・￣\r\n").0;

        assert_eq!(recognise(&*cp932).unwrap().encoding, Encoding::Cp932);
        assert_eq!(text(&cp932), wanted);
        assert_eq!(text(wanted.as_bytes()), wanted);
        assert_eq!(text(format!("\u{feff}{wanted}").as_bytes()), wanted);
    }

    #[test]
    fn every_line_end_becomes_lf_and_the_last_line_is_ended() {
        assert_eq!(text(b"a\r\nb\rc\nd"), "a\nb\nc\nd\n");
        assert_eq!(text(b"a\r\r\nb\n\n"), "a\n\nb\n\n");
        assert_eq!(text(b""), "");
    }

    #[test]
    fn characters_that_straddle_chunks_are_read_whole() {
        let long = "あ".repeat(CHUNK_BYTES);
        let cp932 = SHIFT_JIS.encode(&long).0;

        assert_eq!(text(&cp932), format!("{long}\n"));
        assert_eq!(text(format!("x{long}").as_bytes()), format!("x{long}\n"));
    }

    #[test]
    fn what_is_neither_is_refused_with_its_first_doubtful_byte() {
        let neither = recognise(&b"ab,\xff\xff\xff"[..]).unwrap_err();
        let workbook = recognise(&b"PK\x03\x04\x00\x00"[..]).unwrap_err();
        let utf16 = recognise(&b"\xff\xfea\x00"[..]).unwrap_err();

        assert!(matches!(neither, EncodingError::Neither { byte: 3 }));
        assert!(matches!(workbook, EncodingError::NotText));
        assert!(matches!(utf16, EncodingError::NotText));
    }
}
