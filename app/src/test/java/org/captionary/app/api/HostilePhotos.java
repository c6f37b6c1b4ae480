package org.captionary.app.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Files that stand among photos to do harm, each with a part of the reason it is refused for. */
final class HostilePhotos {

  private static final int SIDE = 30_000;
  private static final int MEBIBYTE = 1 << 20;

  private final Path folder;
  private final Map<String, String> reasons = new TreeMap<>();

  private HostilePhotos(Path folder) {
    this.folder = folder;
  }

  /** Lays them into a folder and gives the reasons by file name. */
  static Map<String, String> lay(Path folder) throws IOException, InterruptedException {
    HostilePhotos hostile = new HostilePhotos(folder);
    hostile.cutShort();
    hostile.otherFormats();
    hostile.tooLarge();
    hostile.packedTooTightly();
    hostile.brokenPngs();
    hostile.brokenJpegs();
    hostile.brokenGifsAndBmps();
    hostile.noFiles();
    return hostile.reasons;
  }

  static byte[] picture(String format) {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 64 * 48; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private void put(String name, String reason, byte[] file) throws IOException {
    Files.write(folder.resolve(name), file);
    reasons.put(name, reason);
  }

  private void put(String name, String reason, String text) throws IOException {
    put(name, reason, text.getBytes(ISO_8859_1));
  }

  private void cutShort() throws IOException {
    for (String format : new String[] {"jpeg", "png", "gif", "bmp"}) {
      byte[] whole = picture(format);
      for (int tenths = 1; tenths < 10; tenths++) {
        byte[] part = Arrays.copyOf(whole, whole.length * tenths / 10);
        put("cut-" + format + tenths + ".jpg", "truncated " + format.toUpperCase(), part);
      }
    }
    put("nothing.jpg", "empty file", "");
    put("start.jpg", "JPEG file", "\u00ff\u00d8\u00ff");
    put("start.png", "truncated PNG file", "\u0089PNG\r\n\u001a\n");
    put("start.gif", "GIF file", "GIF89a");
    put("start.bmp", "BMP file", "BM");
  }

  private void otherFormats() throws IOException {
    put("zeros.jpg", "not an image format", new byte[5_000]);
    put("text.jpg", "not an image format", "no picture at all\n");
    put("program.jpg", "not an image format", "MZ\u0090\0\3\0");
    put(
        "page.jpg",
        "HTML, which is not read",
        "\r\n<!DOCTYPE html>\n<html><body>404 Not Found</body></html>");
    put("marked.jpg", "HTML, which is not read", "\u00ef\u00bb\u00bf<!-- sorry --><HTML lang=en>");
    put("drawing.jpg", "SVG, which is not read", "<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"/>");
    put("scan.jpg", "TIFF, which is not read", twoPages());
    put("web.jpg", "WebP, which is not read", "RIFF\4\1\0\0WEBPVP8 ");
    put("phone.jpg", "HEIC, which is not read", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic");
    put("film.jpg", "AVIF, which is not read", "\0\0\0\u001cftypavif\0\0\0\0mif1avif");
    put("paper.jpg", "PDF, which is not read", "%PDF-1.7\n");
    put("archive.jpg", "ZIP, which is not read", "PK\3\4\24\0\0\0");
  }

  /** Two directories, each of one entry, the second of which leads back to the first. */
  private static byte[] twoPages() {
    ByteBuffer tiff = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put("II*\0".getBytes(ISO_8859_1)).putInt(8);
    for (int next : new int[] {26, 8}) {
      tiff.putShort((short) 1).putShort((short) 256).putShort((short) 3).putInt(1).putInt(1);
      tiff.putInt(next);
    }
    return tiff.array();
  }

  private void tooLarge() throws IOException {
    String reason = "30000 x 30000 pixels, more than the 40000000 allowed";
    put("wide.png", reason, PngBytes.rgb(SIDE, SIDE).rows(1, 3).end());
    byte[] gif = picture("gif");
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short) SIDE);
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(8, (short) SIDE);
    put("wide.gif", reason, gif);
    byte[] bmp = picture("bmp");
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, SIDE).putInt(22, SIDE);
    put("wide.bmp", "damaged BMP file", bmp);
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(22, -SIDE);
    put("upside-down.bmp", "damaged BMP file", bmp);
    byte[] jpeg = picture("jpeg");
    ByteBuffer.wrap(jpeg).putShort(frame(jpeg) + 5, (short) SIDE);
    ByteBuffer.wrap(jpeg).putShort(frame(jpeg) + 7, (short) SIDE);
    put("wide.jpg", reason, jpeg);
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("long.jpg").toFile(), "rw")) {
      file.setLength((64L << 20) + 1); // next to nothing on the disk
    }
    reasons.put("long.jpg", "larger than 67108864 bytes");
  }

  /** Where the marker of the frame stands. */
  private static int frame(byte[] jpeg) {
    int at = 2;
    while ((jpeg[at + 1] & 0xff) != 0xC0) {
      at += 2 + (ByteBuffer.wrap(jpeg).getShort(at + 2) & 0xffff);
    }
    return at;
  }

  private void packedTooTightly() throws IOException {
    String reason = "unpacks to more than 1048576 bytes";
    byte[] zeros = PngBytes.packedText("a\0\0", 256 * MEBIBYTE);
    byte[] international = PngBytes.packedText("a\0\1\0en\0b\0", 64 * MEBIBYTE);
    put("ztxt.png", reason, PngBytes.rgb(8, 8).chunk("zTXt", zeros).rows(8, 24).end());
    put("itxt.png", reason, PngBytes.rgb(8, 8).chunk("iTXt", international).rows(8, 24).end());
    put("iccp.png", reason, PngBytes.rgb(8, 8).chunk("iCCP", zeros).rows(8, 24).end());
    put("behind.png", reason, PngBytes.rgb(8, 8).rows(8, 24).chunk("zTXt", zeros).end());
    PngBytes palette = new PngBytes().header(8, 8, 3).chunk("PLTE", new byte[6]);
    put("palette.png", reason, palette.chunk("zTXt", zeros).rows(8, 8).end());
    PngBytes many = PngBytes.rgb(8, 8);
    byte[] mebibyte = PngBytes.packedText("a\0\0", MEBIBYTE - 1);
    for (int i = 0; i < 70; i++) {
      many.chunk("zTXt", mebibyte);
    }
    put("many.png", "more than 67108864 bytes together", many.rows(8, 24).end());
  }

  private void brokenPngs() throws IOException {
    byte[] sum = picture("png");
    sum[29]++;
    put("sum.png", "wrong checksum of chunk IHDR", sum);
    put("no-data.png", "no picture data", PngBytes.rgb(8, 8).end());
    put("flat.png", "damaged PNG file", PngBytes.rgb(0, 8).rows(8, 0).end());
    put("colour.png", "damaged PNG file", new PngBytes().header(8, 8, 5).rows(8, 24).end());
    put(
        "endless.png",
        "truncated PNG file",
        PngBytes.rgb(8, 8).chunk("tEXt", -1, new byte[50], 0).rows(8, 24).end());
    put("named.png", "damaged PNG file", PngBytes.rgb(8, 8).chunk("\0\1\2\3", new byte[4]).end());
    byte[] frame = ByteBuffer.allocate(26).putInt(7).putInt(8).putInt(8).array();
    put(
        "frames.png",
        "frames are out of order",
        PngBytes.rgb(8, 8)
            .chunk("acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0})
            .chunk("fcTL", frame)
            .rows(8, 24)
            .end());
  }

  private void brokenJpegs() throws IOException {
    byte[] jpeg = picture("jpeg");
    put("empty-jpeg.jpg", "JPEG file", "\u00ff\u00d8\u00ff\u00d9");
    byte[] blank = jpeg.clone();
    Arrays.fill(blank, 20, blank.length - 2, (byte) 0);
    put("blank.jpg", "JPEG file", blank);
    byte[] filled = new byte[MEBIBYTE];
    Arrays.fill(filled, (byte) 0xFF);
    filled[1] = (byte) 0xD8;
    put("filled.jpg", "JPEG file", filled);
    ByteArrayOutputStream scans = new ByteArrayOutputStream();
    scans.write(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < 600; i++) {
      scans.writeBytes("\u00ff\u00da\0\u0008\1\1\0\1\u003f\0".getBytes(ISO_8859_1));
    }
    scans.write(jpeg, jpeg.length - 2, 2);
    put("scans.jpg", "more than 500 scans", scans.toByteArray());
    byte[] noEnd = Arrays.copyOf(jpeg, jpeg.length - 2);
    put("no-end.jpg", "truncated JPEG file", noEnd);
  }

  private void brokenGifsAndBmps() throws IOException {
    put("no-frame.gif", "GIF file", "GIF89a\10\0\10\0\0\0\0;");
    for (int compression : new int[] {4, 5}) {
      byte[] inside = picture(compression == 4 ? "jpeg" : "png");
      ByteBuffer bmp = ByteBuffer.allocate(54 + inside.length).order(ByteOrder.LITTLE_ENDIAN);
      bmp.put("BM".getBytes(ISO_8859_1)).putInt(bmp.capacity()).putInt(0).putInt(54);
      bmp.putInt(40).putInt(64).putInt(48).putShort((short) 1).putShort((short) 0);
      bmp.putInt(compression).putInt(inside.length).position(54);
      put("inside" + compression + ".bmp", "unknown compression", bmp.put(inside).array());
    }
    byte[] far = picture("bmp");
    ByteBuffer.wrap(far).order(ByteOrder.LITTLE_ENDIAN).putInt(10, 1 << 30);
    put("far.bmp", "BMP file", far);
  }

  /** What lies in the folder and is no file of bytes. */
  private void noFiles() throws IOException, InterruptedException {
    put(".jpg", "the file name gives no photo id", picture("jpeg"));
    Files.createDirectory(folder.resolve("folder.jpg"));
    reasons.put("folder.jpg", "a folder, not a photo");
    new ProcessBuilder("mkfifo", folder.resolve("pipe.jpg").toString()).start().waitFor();
    reasons.put("pipe.jpg", "a device or pipe, not a photo");
    socket("socket.jpg");
    link("to-pipe.jpg", "pipe.jpg", "a device or pipe, not a photo");
    link("dangling.jpg", "gone.jpg", "the file is gone");
    link("itself.jpg", "itself.jpg", "not readable");
    link("to-folder.jpg", ".", "a folder, not a photo");
    link("outside.jpg", "/etc/passwd", "a link that leaves the allowed folders");
    link("device.jpg", "/dev/zero", "a link that leaves the allowed folders");
    locked("locked.jpg");
  }

  /** By a relative address, as one may have 100 characters or so. */
  private void socket(String name) throws IOException {
    Path address = Path.of("").toAbsolutePath().relativize(folder.resolve(name));
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(address));
    }
    reasons.put(name, "a device or pipe, not a photo");
  }

  private void link(String name, String target, String reason) throws IOException {
    Files.createSymbolicLink(folder.resolve(name), Path.of(target));
    reasons.put(name, reason);
  }

  /** Root may read everything. */
  private void locked(String name) throws IOException {
    Path file = folder.resolve(name);
    put(name, "permission denied", picture("jpeg"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    if (Files.isReadable(file)) {
      Files.setPosixFilePermissions(file, Set.copyOf(PosixFilePermissions.fromString("rw-------")));
      Files.delete(file);
      reasons.remove(name);
    }
  }
}
