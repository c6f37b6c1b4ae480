"""Makes image files with Pillow, and compares what the decoder gave for them with what Pillow gives.

  check_pixels.py make FOLDER [PHOTOS]   writes the files and, beside each, NAME.expected
  check_pixels.py compare FOLDER         compares NAME.rgb or NAME.refused with NAME.expected

Expected is what Keras's load_img(target_size=(224, 224)) does: open, convert("RGB"), resize to the
nearest neighbour; or for each rendering named in NAME.renderings by its filter, turned first by
ImageOps.exif_transpose where "+exif" stands behind it. An expected file of no bytes means that Pillow
refuses the file.
"""

import io
import struct
import sys
import warnings
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

SIZE = (224, 224)
ODD_SIZES = [(500, 375), (333, 500), (1, 1), (3, 700), (225, 223), (113, 97), (640, 224), (1021, 769)]
FILTERS = ["nearest", "bilinear", "bicubic", "lanczos", "box", "hamming"]
# From 1 x 1 to 12 megapixels: longer one way, the target's own size along one side, next to it, and
# multiples of it.
FILTER_SIZES = [
    *[(1, 1), (1, 2), (2, 1), (3, 3), (1, 500), (500, 1), (7, 5), (13, 17), (31, 29), (64, 48)],
    *[(100, 75), (111, 112), (112, 111), (113, 223), (150, 150), (199, 301), (223, 223), (223, 225)],
    *[(224, 1), (1, 224), (224, 224), (224, 223), (225, 224), (225, 225), (224, 448), (448, 224)],
    *[(226, 222), (240, 320), (255, 257), (256, 256), (300, 200), (333, 500), (337, 335), (375, 500)],
    *[(383, 384), (400, 401), (447, 449), (448, 448), (449, 447), (500, 375), (512, 512), (555, 444)],
    *[(600, 399), (639, 480), (641, 481), (672, 672), (673, 671), (800, 533), (896, 897), (1000, 3)],
    *[(3, 1000), (1024, 683), (1201, 67), (67, 1201), (1280, 720), (1999, 11), (12, 3001), (1920, 1079)],
    *[(2047, 1365), (4000, 3000), (20011, 2), (2, 20011), (70001, 3)],
]
# Differences allowed to a JPEG's samples; everything else is exact.
JPEG_TOLERANCE = 3


def pictures(photos):
    """Real photos if there are any, and always pictures made of waves and noise."""
    random = np.random.default_rng(7)
    for number in range(3):
        y, x = np.mgrid[0:224, 0:224] / 224.0
        waves = [127 + 90 * np.sin(x * (3 + number + c) * 2 + y * (5 - c)) for c in range(3)]
        noise = random.normal(0, 12, (224, 224, 3))
        yield f"made{number}", Image.fromarray(np.clip(np.stack(waves, 2) + noise, 0, 255).astype(np.uint8))
    for path in sorted(photos.glob("*.jpg"))[:20] if photos else []:
        yield path.stem, Image.open(path).convert("RGB")


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def sizes(name, image):
    yield f"{name}-224.jpg", saved(image, "JPEG", quality=92)
    for number, size in enumerate(ODD_SIZES):
        scaled = image.resize(size, Image.Resampling.BICUBIC)
        yield f"{name}-{number}.png", saved(scaled, "PNG")
        yield f"{name}-{number}.jpg", saved(scaled, "JPEG", quality=85)


def jpegs(image):
    for sampling in ("4:4:4", "4:2:2", "4:2:0"):
        plain = saved(image, "JPEG", subsampling=sampling)
        tag = sampling.replace(":", "")
        yield f"jpeg-{tag}.jpg", plain
        yield f"jpeg-{tag}-progressive.jpg", saved(image, "JPEG", subsampling=sampling, progressive=True)
        # Without the APP0 segment of JFIF, and so without a word on the colour space.
        yield f"jpeg-{tag}-nojfif.jpg", plain[:2] + plain[20:]
        yield f"jpeg-{tag}-trailer.jpg", plain + b"after the end"
    yield "jpeg-keep-rgb.jpg", saved(image, "JPEG", keep_rgb=True)
    yield "jpeg-grey.jpg", saved(image.convert("L"), "JPEG")
    yield "jpeg-grey-progressive.jpg", saved(image.convert("L"), "JPEG", progressive=True)
    yield "jpeg-cmyk.jpg", saved(image.convert("CMYK"), "JPEG", quality=95)
    yield "jpeg-cmyk-noadobe.jpg", without_segment(saved(image.convert("CMYK"), "JPEG"), 0xEE)
    yield "jpeg-ycck.jpg", as_ycck(saved(image.convert("CMYK"), "JPEG"))
    yield "jpeg-icc.jpg", saved(image, "JPEG", icc_profile=profile("sRGB"))
    yield "jpeg-icc-lab.jpg", saved(image, "JPEG", icc_profile=profile("LAB"))
    yield "jpeg-icc-broken.jpg", saved(image, "JPEG", icc_profile=b"no profile at all" * 20)
    yield "jpeg-restart.jpg", saved(image, "JPEG", restart_marker_rows=1)
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated by a quarter
    yield "jpeg-exif.jpg", saved(image, "JPEG", exif=exif)
    whole = saved(image, "JPEG")
    for cut in (3, 30, 200, 700, len(whole) // 2, len(whole) - 300, len(whole) - 3, len(whole) - 2, len(whole) - 1):
        yield f"jpeg-cut-{cut}.jpg", whole[:cut]
    whole = saved(image, "JPEG", progressive=True)
    for cut in (700, len(whole) // 2, len(whole) - 100, len(whole) - 2):
        yield f"jpeg-progressive-cut-{cut}.jpg", whole[:cut]


def profile(name):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def without_segment(jpeg, marker):
    at = jpeg.index(bytes([0xFF, marker]))
    length = struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return jpeg[:at] + jpeg[at + 2 + length :]


def as_ycck(jpeg):
    """The same samples under another name: Adobe's transform set to 2."""
    at = jpeg.index(b"Adobe") + 11
    return jpeg[:at] + b"\2" + jpeg[at + 1 :]


def png(width, height, depth, color, rows, extra=b""):
    """A PNG written by hand, for the kinds that Pillow reads but does not write."""
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(kind, data, wrong=0):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data) ^ wrong)


def png_chunks(image):
    """What stands in a PNG beside its pixels, some of it as Pillow refuses it."""
    whole = saved(image, "PNG")
    grey = saved(image.convert("L"), "PNG")
    palette = saved(image.quantize(9), "PNG")
    zeros = zlib.compress(bytes((1 << 20) + 1))
    mebibyte = zlib.compress(bytes(1 << 20))
    before = {
        "unknown": chunk(b"quIt", b"1234"),
        "unknown-critical": chunk(b"QUIT", b"1234"),
        "named-oddly": chunk(b"a-b!", b"1234"),
        "wrong-sum": chunk(b"tEXt", b"a\0b", 1),
        "text": chunk(b"tEXt", b"a\0b"),
        "text-without-key": chunk(b"tEXt", b"\0b"),
        "text-without-end": chunk(b"tEXt", b"abc"),
        "text-large": chunk(b"tEXt", b"a\0" + bytes(3 << 20)),
        "ztxt": chunk(b"zTXt", b"a\0\0" + zlib.compress(b"text")),
        "ztxt-damaged": chunk(b"zTXt", b"a\0\0abcdef"),
        "ztxt-method": chunk(b"zTXt", b"a\0\1abcdef"),
        "ztxt-empty": chunk(b"zTXt", b""),
        "ztxt-zeros": chunk(b"zTXt", b"a\0\0" + zeros),
        "ztxt-zeros-enough": chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes((1 << 20) - 9))),
        "ztxt-many": 65 * chunk(b"zTXt", b"a\0\0" + mebibyte),
        "itxt-zeros": chunk(b"iTXt", b"a\0\1\0en\0b\0" + zeros),
        "itxt-method": chunk(b"iTXt", b"a\0\1\1en\0b\0" + zeros),
        "itxt-plain": chunk(b"iTXt", b"a\0\0\0en\0b\0" + zeros),
        "itxt-short": chunk(b"iTXt", b"a\0\1"),
        "itxt-not-utf8": chunk(b"iTXt", b"a\0\0\0\xff\0\xfe\0\xfd"),
        "iccp-zeros": chunk(b"iCCP", b"a\0\0" + zeros),
        "iccp-damaged": chunk(b"iCCP", b"a\0\0" + b"abcdef"),
        "iccp-method": chunk(b"iCCP", b"a\0\1" + b"abcdef"),
        "gama-short": chunk(b"gAMA", b"123"),
        "gama": chunk(b"gAMA", struct.pack(">I", 100000)),
        "chrm-short": chunk(b"cHRM", bytes(31)),
        "srgb-short": chunk(b"sRGB", b""),
        "phys-short": chunk(b"pHYs", bytes(8)),
        "time-short": chunk(b"tIME", b"1"),
        "actl-short": chunk(b"acTL", bytes(7)),
        "trns-short": chunk(b"tRNS", bytes(5)),
        "trns": chunk(b"tRNS", bytes(6)),
        "end": chunk(b"IEND", b""),
    }
    for name, extra in before.items():
        yield f"chunk-{name}.png", whole[:33] + extra + whole[33:]
        yield f"chunk-behind-{name}.png", whole[:-12] + extra + whole[-12:]
    yield "chunk-grey-trns.png", grey[:33] + chunk(b"tRNS", b"\0\7") + grey[33:]
    yield "chunk-grey-trns-short.png", grey[:33] + chunk(b"tRNS", b"\7") + grey[33:]
    at = palette.index(b"IDAT") - 4
    yield "chunk-palette-trns.png", palette[:at] + chunk(b"tRNS", b"\7") + palette[at:]
    yield "chunk-palette-zeros.png", palette[:at] + before["ztxt-zeros"] + palette[at:]
    yield "chunk-cut-behind.png", whole[:-12] + before["text"][:-6]
    yield "chunk-cut-sum.png", whole[:-12] + before["text"][:-2]
    for cut in (1, 4, 8, 12, 14, 16, 17):
        yield f"chunk-cut-{cut}.png", whole[:-cut]
        yield f"chunk-palette-cut-{cut}.png", palette[:-cut]
    at = palette.index(b"IDAT") - 4
    yield "chunk-palette-endless.png", palette[:at] + b"\x70" + palette[at + 1 :]
    at = whole.index(b"IDAT") - 4
    yield "chunk-wrong-header-sum.png", whole[:29] + b"abcd" + whole[33:]
    yield "chunk-wrong-data-sum.png", whole[:-16] + b"abcd" + whole[-12:]
    data = whole[at + 8 : -16]
    parts = b"".join(chunk(b"IDAT", data[i : i + 500]) for i in range(0, len(data), 500))
    yield "chunk-parts.png", whole[:at] + parts + whole[-12:]
    yield "chunk-parts-empty.png", whole[:at] + chunk(b"IDAT", b"") + parts + whole[-12:]
    yield "chunk-parts-too-many.png", whole[:at] + parts + chunk(b"IDAT", b"more") + whole[-12:]
    yield "chunk-parts-apart.png", whole[:at] + parts[:1024] + before["text"] + parts[1024:] + whole[-12:]
    frames = [image.rotate(90 * i) for i in range(3)]
    yield "apng.png", saved(frames[0], "PNG", save_all=True, append_images=frames[1:], duration=40)
    yield "apng-default.png", saved(frames[0], "PNG", save_all=True, append_images=frames[1:], default_image=True)
    yield "apng-palette.png", saved(image.quantize(9), "PNG", save_all=True, append_images=[frames[1].quantize(9)])


def transparency(data):
    return chunk(b"tRNS", data)


def pngs(image):
    random = np.random.default_rng(3)
    grey = image.convert("L")
    alpha = Image.fromarray(random.integers(0, 256, (image.height, image.width), dtype=np.uint8))
    clear = image.copy()
    clear.putalpha(alpha)
    yield "png-rgba.png", saved(clear, "PNG")
    yield "png-grey.png", saved(grey, "PNG")
    yield "png-grey-alpha.png", saved(clear.convert("LA"), "PNG")
    yield "png-1.png", saved(image.convert("1"), "PNG")
    yield "png-palette.png", saved(image.quantize(200), "PNG")
    yield "png-palette-16.png", saved(image.quantize(16), "PNG")
    yield "png-palette-4.png", saved(image.quantize(4), "PNG")
    yield "png-palette-clear.png", saved(image.quantize(200), "PNG", transparency=7)
    yield "png-palette-alphas.png", saved(image.quantize(64), "PNG", transparency=bytes(range(0, 256, 4)))
    yield "png-icc.png", saved(image, "PNG", icc_profile=profile("sRGB"))
    yield "png-rgb-clear.png", saved(image, "PNG", transparency=image.getpixel((0, 0)))
    yield "png-grey-clear.png", saved(grey, "PNG", transparency=grey.getpixel((0, 0)))
    wide = random.integers(0, 65536, (50, 60), dtype=np.uint16)
    yield "png-grey16.png", png(60, 50, 16, 0, [row.astype(">u2").tobytes() for row in wide])
    small = wide % 300
    yield "png-grey16-dark.png", png(60, 50, 16, 0, [row.astype(">u2").tobytes() for row in small])
    yield "png-grey16-clear.png", png(60, 50, 16, 0, [row.astype(">u2").tobytes() for row in small], transparency(b"\0\7"))
    for bits in (1, 2, 4):
        rows = [random.integers(0, 256, 60 * bits // 8 + 1, dtype=np.uint8).tobytes() for _ in range(50)]
        yield f"png-grey{bits}.png", png(60, 50, bits, 0, rows)
        yield f"png-grey{bits}-clear.png", png(60, 50, bits, 0, rows, transparency(b"\0\1"))
    for color, bands in ((2, 3), (4, 2), (6, 4)):
        rows = [random.integers(0, 256, 60 * bands * 2, dtype=np.uint8).tobytes() for _ in range(50)]
        yield f"png-wide-{bands}.png", png(60, 50, 16, color, rows)
    rows = [random.integers(0, 256, 180, dtype=np.uint8).tobytes() for _ in range(50)]
    yield "png-rgb8-clear.png", png(60, 50, 8, 2, rows, transparency(b"\0\1\0\2\0\3"))
    whole = saved(image, "PNG")
    for cut in (7, 8, 20, 40, 300, len(whole) // 2, len(whole) - 2000):
        yield f"png-cut-{cut}.png", whole[:cut]


def bmps(image):
    for mode in ("RGB", "L", "1", "P", "RGBA"):
        yield f"bmp-{mode}.bmp", saved(image.convert(mode), "BMP")
    yield "bmp-odd.bmp", saved(image.resize((201, 77)), "BMP")
    yield "bmp-topdown.bmp", bmp(60, -50, 24, b"")
    yield "bmp-555.bmp", bmp(60, 50, 16, b"")
    yield "bmp-565.bmp", bmp(60, 50, 16, struct.pack("<III", 0xF800, 0x7E0, 0x1F))
    whole = saved(image, "BMP")
    yield "bmp-length.bmp", whole[:2] + b"1234" + whole[6:]
    yield "bmp-length-none.bmp", whole[:2] + bytes(4) + whole[6:]
    for cut in (2, 20, 60, len(whole) // 2, len(whole) - 10):
        yield f"bmp-cut-{cut}.bmp", whole[:cut]


def bmp(width, height, bits, masks):
    random = np.random.default_rng(5)
    data = random.integers(0, 256, (width * bits + 31) // 32 * 4 * abs(height), dtype=np.uint8).tobytes()
    start = 54 + len(masks)
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, 3 if masks else 0, len(data), 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + info + masks + data


def gifs(image):
    small = image.resize((120, 90))
    yield "gif.gif", saved(small, "GIF")
    yield "gif-clear.gif", saved(small.quantize(30), "GIF", transparency=3)
    yield "gif-grey.gif", saved(small.convert("L"), "GIF")
    yield "gif-animated.gif", saved(small, "GIF", save_all=True, append_images=[small.rotate(90)])
    yield "gif-interlaced.gif", saved(small.quantize(100), "GIF", interlace=1)
    plain = saved(small.quantize(30), "GIF", optimize=False)
    clear = saved(small.quantize(30), "GIF", transparency=3)
    # On a larger screen, once at the corner and once inside it.
    yield "gif-screen.gif", plain[:6] + struct.pack("<HH", 300, 200) + plain[10:]
    for name, whole in (("gif-placed", plain), ("gif-placed-clear", clear)):
        at = whole.index(struct.pack("<BHHHH", 0x2C, 0, 0, 120, 90))
        placed = whole[: at + 1] + struct.pack("<HH", 31, 47) + whole[at + 5 :]
        yield f"{name}.gif", placed[:6] + struct.pack("<HH", 300, 200) + placed[10:]
        yield f"{name}-out.gif", placed
    for cut in (6, 13, 100, 800, len(plain) // 2, len(plain) - 30):
        yield f"gif-cut-{cut}.gif", plain[:cut]


def filters():
    random = np.random.default_rng(11)
    for width, height in FILTER_SIZES:
        noise = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
        if width % 2:  # edges as sharp as can be
            noise = np.where(noise < 128, 0, 255).astype(np.uint8)
        yield f"filter-{width}x{height}.bmp", saved(Image.fromarray(noise), "BMP"), FILTERS


def exif_block(value, order="<", kind=3, tag=0x0112, count=1):
    """TIFF with one entry before that of the orientation."""
    header = b"II*\0" if order == "<" else b"MM\0*"
    entries = struct.pack(order + "HHII", 0x0100, 4, 1, 77)
    packed = struct.pack(order + ("HH" if kind in (3, 8) else "I"), *((value, 0) if kind in (3, 8) else (value,)))
    entries += struct.pack(order + "HHI", tag, kind, count) + packed
    return header + struct.pack(order + "IH", 8, 2) + entries + struct.pack(order + "I", 0)


def orientations(image):
    both = ["nearest+exif", "bicubic+exif", "lanczos"]
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation%s/></x:xmpmeta>'
    plain = saved(image, "JPEG")

    def jpeg(*segments):
        made = b"".join(b"\xff\xe1" + struct.pack(">H", len(s) + 2) + s for s in segments)
        return plain[:2] + made + plain[2:]

    def exif(*args, **named):
        return b"Exif\0\0" + exif_block(*args, **named)

    for value in range(10):
        for order in "<>":
            yield f"exif-{value}{'le' if order == '<' else 'be'}.jpg", jpeg(exif(value, order)), both
        yield f"exif-xmp-{value}.jpg", jpeg(b"http://ns.adobe.com/xap/1.0/\0" + xmp % (b'="%d"' % value)), both
        info = PngImagePlugin.PngInfo()
        info.add(b"eXIf", exif_block(value, ">"))
        yield f"exif-{value}.png", saved(image, "PNG", pnginfo=info), both
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", xmp % (b">%d<" % value), zip=value % 2 == 1)
        yield f"exif-xmp-{value}.png", saved(image, "PNG", pnginfo=info), both
        info = PngImagePlugin.PngInfo()
        raw = exif(value)
        lines = "\n".join(raw.hex()[i : i + 72] for i in range(0, 2 * len(raw), 72))
        info.add_text("Raw profile type exif", f"\nexif\n{len(raw):8}\n{lines}\n", zip=value % 2 == 0)
        yield f"exif-raw-{value}.png", saved(image, "PNG", pnginfo=info), both
        whole = saved(image, "PNG")
        behind = chunk(b"eXIf", exif_block(value))
        yield f"exif-behind-{value}.png", whole[:-12] + behind + whole[-12:], both
    yield "exif-long.jpg", jpeg(exif(6, kind=4)), both
    yield "exif-signed.jpg", jpeg(exif(6, kind=8)), both
    yield "exif-byte.jpg", jpeg(exif(6, kind=1)), both
    yield "exif-unknown-type.jpg", jpeg(exif(6, kind=77)), both
    yield "exif-none.jpg", jpeg(exif(6, tag=0x0111)), both
    yield "exif-none-but-xmp.jpg", jpeg(exif(6, tag=0x0111), b"http://ns.adobe.com/xap/1.0/\0" + xmp % b'="3"'), both
    yield "exif-and-xmp.jpg", jpeg(b"http://ns.adobe.com/xap/1.0/\0" + xmp % b'="3"', exif(6)), both
    yield "exif-in-two.jpg", jpeg(exif(6)[:20], b"Exif\0\0" + exif(6)[20:]), both
    yield "exif-twice-named.jpg", jpeg(b"Exif\0\0" + exif(8)), both
    yield "exif-cut.jpg", jpeg(exif(6)[:25]), both
    yield "exif-empty.jpg", jpeg(b"Exif\0\0"), both
    yield "exif-far.jpg", jpeg(b"Exif\0\0II*\0" + struct.pack("<I", 1 << 31)), both
    yield "exif-grey.jpg", saved(image.convert("L"), "JPEG", exif=exif(5)), both
    yield "exif-cmyk.jpg", saved(image.convert("CMYK"), "JPEG", exif=exif(7)), both
    yield "exif-palette.png", saved(image.quantize(99), "PNG", exif=exif(6)), both
    yield "exif-large.jpg", saved(image.resize((1501, 999)), "JPEG", exif=exif(6)), [f"{f}+exif" for f in FILTERS]


def files(photos):
    yield from ((name, data, ["nearest"]) for name, data in nearest_files(photos))
    yield from filters()
    random = np.random.default_rng(13)
    noise = random.integers(0, 256, (31, 47, 3), dtype=np.uint8)
    yield from orientations(Image.fromarray(noise))


def nearest_files(photos):
    made = None
    for name, image in pictures(photos):
        made = made or image
        yield from sizes(name, image)
    image = made.resize((301, 203), Image.Resampling.BICUBIC)
    for kinds in (jpegs, pngs, png_chunks, bmps, gifs):
        yield from kinds(image)
    for seed in range(12):
        for kind in ("JPEG", "PNG", "BMP", "GIF"):
            yield f"damaged-{seed}.{kind.lower()}", damaged(saved(image, kind), seed)
    yield "empty.jpg", b""
    yield "text.jpg", b"this is no picture at all, whatever its name says"


def damaged(data, seed):
    """A few bytes of the second half overwritten."""
    random = np.random.default_rng(seed)
    data = bytearray(data)
    for at in random.integers(len(data) // 2, len(data) - 50, 3):
        data[at] = random.integers(0, 256)
    return bytes(data)


def expected(data, renderings):
    try:
        image = Image.open(io.BytesIO(data))
        image.load()
        return b"".join(rendered(image, rendering) for rendering in renderings)
    except Exception:
        return b""


def rendered(image, rendering):
    kind, _, turned = rendering.partition("+")
    image = ImageOps.exif_transpose(image) if turned else image
    image = image if image.mode == "RGB" else image.convert("RGB")
    image = image if image.size == SIZE else image.resize(SIZE, Image.Resampling[kind.upper()])
    return np.asarray(image).tobytes()


def make(folder, photos):
    warnings.simplefilter("ignore")
    for name, data, renderings in files(photos):
        (folder / name).write_bytes(data)
        (folder / f"{name}.expected").write_bytes(expected(data, renderings))
        if renderings != ["nearest"]:
            (folder / f"{name}.renderings").write_text("\n".join(renderings))


def compare(folder):
    bad = 0
    exact = loose = refused = 0
    for path in sorted(folder.glob("*.expected")):
        name = path.name.removesuffix(".expected")
        wanted = np.frombuffer(path.read_bytes(), np.uint8).astype(int)
        reason = folder / f"{name}.refused"
        if reason.exists():
            if wanted.size:
                bad += 1
                print(f"{name}: refused ({reason.read_text()}), but Pillow reads it")
            else:
                refused += 1
            continue
        got = np.frombuffer((folder / f"{name}.rgb").read_bytes(), np.uint8).astype(int)
        if not wanted.size:
            bad += 1
            print(f"{name}: Pillow refuses it, the decoder reads it")
            continue
        worst = abs(got - wanted).max()
        exact += worst == 0
        if worst > (JPEG_TOLERANCE if name.endswith(".jpg") else 0):
            bad += 1
            print(f"{name}: differs by up to {worst}, {np.mean(got != wanted):.1%} of bytes")
        elif worst:
            loose += 1
            print(f"{name}: within {worst}, {np.mean(got != wanted):.2%} of bytes differ")
    print(f"{exact} files bit-equal, {loose} within {JPEG_TOLERANCE}, {refused} refused by both, {bad} wrong")
    return bad or not exact


if __name__ == "__main__":
    where = Path(sys.argv[2])
    if sys.argv[1] == "make":
        make(where, Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    else:
        sys.exit(1 if compare(where) else 0)
