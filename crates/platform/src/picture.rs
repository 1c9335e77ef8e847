//! Photos: what they are, and smaller copies that hold the picture and nothing else (no position, no device, no hidden second file).

use std::io::Cursor;

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::{
    DynamicImage, GenericImageView, ImageDecoder, ImageReader, Limits, codecs::jpeg::JpegEncoder, metadata::Orientation,
};
use kernel::{Error, Result};

/// Widths of copies, pixels, small first.
pub const WIDTHS: [u32; 4] = [320, 640, 1280, 1920];

/// Widest and highest photo that is read, pixels.
const LONGEST: u32 = 16_000;

/// Most memory for a photo, bytes; about 120 million pixels.
const MEMORY: u64 = 512 << 20;

/// Width at which sharpness is measured, so that it does not depend on the number of pixels.
const MEASURED: u32 = 1000;

/// What a photo is.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Pixels, upright.
    pub width: u32,
    /// Pixels, upright.
    pub height: u32,
    /// Variance of the Laplacian of the brightness at a width of 1000 pixels: under about 60 a photo looks blurred.
    pub sharpness: f64,
    /// Does the file tell where it was taken?
    pub located: bool,
    /// Smaller copies, upright.
    pub copies: Vec<Copy>,
}

/// A smaller copy of a photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Copy {
    /// `w640.webp`
    pub name: String,
    /// Media type.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Widths of the copies of a photo that is so wide: every smaller one, and the next.
pub fn widths(width: u32) -> impl Iterator<Item = u32> {
    WIDTHS
        .into_iter()
        .enumerate()
        .filter(move |(at, one)| {
            *one < width
                || *at == 0
                || at.checked_sub(1).and_then(|before| WIDTHS.get(before)).is_some_and(|w| *w < width)
        })
        .map(|(_, one)| one)
}

/// Reads a photo and makes its copies. Takes a moment: not on a thread that answers requests.
///
/// # Errors
/// [`Error::Invalid`] with the reason when it cannot be read or is too large.
pub fn read(bytes: &[u8]) -> Result<Picture> {
    let (image, orientation) = decode(bytes)?;
    let mut image = image;
    image.apply_orientation(orientation);
    let (width, height) = image.dimensions();
    let located = located(bytes);
    let mut resizer = Resizer::new();
    let measured = scaled(&mut resizer, &image, MEASURED)?;
    let mut copies = Vec::new();
    for one in widths(width) {
        let small = scaled(&mut resizer, &image, one)?;
        copies.push(Copy { name: format!("w{one}.webp"), media_type: "image/webp", bytes: webp(&small) });
        copies.push(Copy { name: format!("w{one}.jpg"), media_type: "image/jpeg", bytes: jpeg(&small)? });
    }
    Ok(Picture { width, height, sharpness: sharpness(&measured), located, copies })
}

fn unreadable(error: impl std::fmt::Display) -> Error {
    tracing::debug!(%error, "ảnh");
    Error::invalid("tep", "Không đọc được ảnh này: tệp hỏng, thiếu, quá lớn hoặc không phải JPEG, PNG, WebP, GIF.")
}

/// Does a JPEG end before its picture does? Decoders would fill the rest with grey.
fn cut_off(bytes: &[u8]) -> bool {
    let marks = |second: u8| bytes.windows(2).rposition(|pair| pair == [0xFF, second]);
    bytes.starts_with(&[0xFF, 0xD8]) && marks(0xD9).unwrap_or(0) < marks(0xDA).unwrap_or(bytes.len())
}

fn decode(bytes: &[u8]) -> Result<(DynamicImage, Orientation)> {
    if cut_off(bytes) {
        return Err(unreadable("cut off"));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(unreadable)?;
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    decoder.set_limits(limits).map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) * 4 > MEMORY {
        return Err(unreadable("dimensions"));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    // Depths and alpha beyond what copies hold; what is transparent becomes white.
    let image =
        if image.color().has_alpha() { DynamicImage::ImageRgb8(on_white(&image)) } else { image.into_rgb8().into() };
    Ok((image, orientation))
}

fn on_white(image: &DynamicImage) -> image::RgbImage {
    let image = image.to_rgba8();
    let mix = |part: u8, alpha: u8| {
        let (part, alpha) = (u32::from(part), u32::from(alpha));
        u8::try_from((part * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
    };
    image::RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [r, g, b, a] = image.get_pixel(x, y).0;
        image::Rgb([mix(r, a), mix(g, a), mix(b, a)])
    })
}

/// The photo at most so wide.
fn scaled(resizer: &mut Resizer, image: &DynamicImage, width: u32) -> Result<DynamicImage> {
    let (was, high) = image.dimensions();
    if was <= width {
        return Ok(image.clone());
    }
    let height = u32::try_from(u64::from(high) * u64::from(width) / u64::from(was)).unwrap_or(1).max(1);
    let mut out = DynamicImage::new(width, height, image.color());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    resizer.resize(image, &mut out, &options).map_err(Error::internal)?;
    Ok(out)
}

fn webp(image: &DynamicImage) -> Vec<u8> {
    let image = image.to_rgb8();
    webp::Encoder::from_rgb(&image, image.width(), image.height()).encode(78.0).to_vec()
}

fn jpeg(image: &DynamicImage) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut out, 82)).map_err(Error::internal)?;
    Ok(out)
}

/// See [`Picture::sharpness`].
fn sharpness(image: &DynamicImage) -> f64 {
    let image = image.to_luma8();
    let (width, height) = image.dimensions();
    if width < 3 || height < 3 {
        return 0.0;
    }
    let at = |x: u32, y: u32| f64::from(image.get_pixel(x, y).0[0]);
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for y in 1..height - 1 {
        for x in 1..width - 1 {
            let edge = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4.0 * at(x, y);
            n += 1.0;
            sum += edge;
            squares += edge * edge;
        }
    }
    let mean = sum / n;
    squares / n - mean * mean
}

fn located(bytes: &[u8]) -> bool {
    let read = exif::Reader::new().read_from_container(&mut Cursor::new(bytes));
    read.is_ok_and(|found| found.fields().any(|field| field.tag == exif::Tag::GPSLatitude))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn photo(width: u32, height: u32) -> Vec<u8> {
        let image = image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([if (x / 8 + y / 8).is_multiple_of(2) { 240 } else { 20 }, u8::try_from(x % 256).unwrap(), 90])
        });
        let mut out = Vec::new();
        DynamicImage::ImageRgb8(image).write_with_encoder(JpegEncoder::new_with_quality(&mut out, 90)).unwrap();
        out
    }

    /// The photo with a block of EXIF put behind its first mark: lying on its side, with a latitude.
    fn tagged(photo: &[u8]) -> Vec<u8> {
        let mut block = b"Exif\0\0MM\0*\0\0\0\x08\0\x02".to_vec();
        block.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"); // Orientation: turn right.
        block.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26"); // GPS at 38.
        block.extend(b"\0\0\0\0");
        block.extend(b"\0\x01\0\x02\0\x05\0\0\0\x03\0\0\0\x38\0\0\0\0"); // Latitude: three fractions at 56.
        for part in [21u32, 1, 50, 1, 0, 1] {
            block.extend(part.to_be_bytes());
        }
        let mut out = vec![0xFF, 0xD8, 0xFF, 0xE1];
        out.extend(u16::try_from(block.len() + 2).unwrap().to_be_bytes());
        out.extend(block);
        out.extend_from_slice(&photo[2..]);
        out
    }

    #[test]
    fn copies_are_upright_and_hold_the_picture_alone() {
        let picture = read(&tagged(&photo(800, 600))).unwrap();
        assert_eq!((picture.width, picture.height, picture.located), (600, 800, true));
        let names: Vec<_> = picture.copies.iter().map(|copy| copy.name.as_str()).collect();
        assert_eq!(names, ["w320.webp", "w320.jpg", "w640.webp", "w640.jpg"]);
        for copy in &picture.copies {
            assert!(!located(&copy.bytes) && !copy.bytes.windows(4).any(|part| part == b"Exif"), "{}", copy.name);
            let small = image::load_from_memory(&copy.bytes).unwrap();
            assert!(small.height().abs_diff(small.width() * 4 / 3) <= 1, "{}", copy.name);
        }
    }

    #[test]
    fn a_blurred_photo_is_told_from_a_sharp_one() {
        let sharp = image::load_from_memory(&photo(1200, 900)).unwrap();
        let mut out = Vec::new();
        sharp.blur(6.0).write_with_encoder(JpegEncoder::new_with_quality(&mut out, 90)).unwrap();
        let (sharp, blurred) = (read(&photo(1200, 900)).unwrap().sharpness, read(&out).unwrap().sharpness);
        assert!(sharp > 300.0 && blurred < 60.0, "{sharp} {blurred}");
    }

    #[test]
    fn sizes_of_copies() {
        let of = |width| widths(width).collect::<Vec<_>>();
        assert_eq!(of(100), [320]);
        assert_eq!(of(320), [320]);
        assert_eq!(of(700), [320, 640, 1280]);
        assert_eq!(of(4000), WIDTHS);
    }

    #[test]
    fn what_is_no_photo_or_far_too_large_is_refused() {
        for bytes in [&b""[..], b"<svg/>", b"\xFF\xD8\xFF\xE0", b"GIF89a\xFF\xFF\xFF\xFF\0\0\0"] {
            assert!(matches!(read(bytes), Err(Error::Invalid(_))));
        }
        // A PNG that says it is 60000 pixels wide and high.
        let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0".to_vec();
        bomb.extend([0; 40]);
        assert!(matches!(read(&bomb), Err(Error::Invalid(_))));
        let whole = photo(400, 300);
        for part in [2, 3, 20] {
            assert!(read(&whole[..whole.len() / part]).is_err(), "a {part}th");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn damaged_photos_never_panic(at in 2usize..2000, byte in any::<u8>(), cut in 0usize..4000) {
            let mut bytes = photo(64, 48);
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            bytes.truncate(cut.max(4));
            let _ = read(&bytes);
        }
    }
}
