package org.captionary.app.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Reads an .npz member by member, and asserts on the way what an encoder must keep to: members
 * stored, checksums right, the two directories of the archive agreeing, every array aligned.
 */
public final class NpzFile {

  private static final int ALIGNMENT = 64;
  private static final int LOCAL_HEADER = 30;

  private NpzFile() {}

  /** The arrays by name, in the order of the archive. */
  public static Map<String, NpyArray> read(byte[] archive) throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    // Reading a member to its end compares its checksum.
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getName()).endsWith(".npy");
        String name = entry.getName().substring(0, entry.getName().length() - 4);
        arrays.put(name, NpyArray.parse(zip.readAllBytes()));
      }
    }
    assertThat(centralDirectory(archive)).isEqualTo(List.copyOf(arrays.keySet()));
    assertAligned(archive, arrays.size());
    return arrays;
  }

  private static List<String> centralDirectory(byte[] archive) throws IOException {
    Path file = Files.createTempFile("batch", ".npz");
    try {
      Files.write(file, archive);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        List<? extends ZipEntry> entries = Collections.list(zip.entries());
        for (ZipEntry entry : entries) {
          assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
          assertThat(zip.getInputStream(entry).readAllBytes()).hasSize((int) entry.getSize());
        }
        return entries.stream().map(entry -> entry.getName().replace(".npy", "")).toList();
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void assertAligned(byte[] archive, int members) {
    ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int offset = 0;
    for (int i = 0; i < members; i++) {
      assertThat(bytes.getInt(offset)).isEqualTo(0x04034b50);
      int content =
          offset + LOCAL_HEADER + bytes.getShort(offset + 26) + bytes.getShort(offset + 28);
      int header = NpyArray.PREFIX + Short.toUnsignedInt(bytes.getShort(content + 8));
      assertThat((content + header) % ALIGNMENT).as("place of array %d", i).isZero();
      offset = content + bytes.getInt(offset + 18);
    }
    assertThat(bytes.getInt(offset)).as("what follows the members").isEqualTo(0x02014b50);
  }
}
