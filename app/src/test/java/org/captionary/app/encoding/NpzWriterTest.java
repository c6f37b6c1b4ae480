package org.captionary.app.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.captionary.domain.training.BatchArray;
import org.captionary.domain.training.Checksum;
import org.captionary.domain.training.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of an archive goes beyond ZIP's 32 bits; the JDK's own reader looks. */
final class NpzWriterTest {

  private static final int CHUNK = 1 << 20;

  @TempDir Path folder;

  @Test
  void holdsMoreMembersThanSixteenBitsCount() throws IOException {
    List<BatchArray> arrays = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      arrays.add(Arrays4.ints("photo" + i, new int[] {i}, 1L));
    }
    Path file = folder.resolve("many.npz");
    try (OutputStream out = Files.newOutputStream(file)) {
      write(arrays, out);
    }

    assertThat(Files.size(file)).isEqualTo(NpzWriter.length(arrays));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.size()).isEqualTo(70_000);
      byte[] last = zip.getInputStream(zip.getEntry("photo69999.npy")).readAllBytes();
      assertThat(NpyArray.parse(last).ints()).containsExactly(69_999);
    }
  }

  /** Zeros that are told and skipped, not held: the file is sparse. */
  @Test
  void holdsArraysAndOffsetsBeyondFourGigabytes() throws IOException {
    Path file = folder.resolve("large.npz");
    List<BatchArray> arrays =
        List.of(zeros("large", 5L << 10), Arrays4.ints("behind", new int[] {42}, 1L));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(arrays, new Skipping(channel));
    }

    assertThat(Files.size(file)).isEqualTo(NpzWriter.length(arrays));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry large = zip.getEntry("large.npy");
      assertThat(large.getSize()).isEqualTo(128 + (5L << 30));
      byte[] behind = zip.getInputStream(zip.getEntry("behind.npy")).readAllBytes();
      assertThat(NpyArray.parse(behind).ints()).containsExactly(42);
    }
  }

  @Test
  void namesMayBeInAnyScript() throws IOException {
    Path file = folder.resolve("names.npz");
    try (OutputStream out = Files.newOutputStream(file)) {
      write(List.of(Arrays4.ints("\u72d7", new int[] {1}, 1L)), out);
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.entries().nextElement().getName()).isEqualTo("\u72d7.npy");
    }
  }

  private static void write(List<BatchArray> arrays, OutputStream out) throws IOException {
    NpzEncoder.stream(
        sink -> {
          for (BatchArray array : arrays) {
            sink.write(array);
          }
        },
        out);
  }

  /** So many chunks of zeros. */
  private static BatchArray zeros(String name, long chunks) {
    byte[] chunk = new byte[CHUNK];
    BatchArray.Content content =
        new BatchArray.Content() {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            for (long i = 0; i < chunks; i++) {
              out.write(chunk);
            }
          }

          @Override
          public long checksum() {
            return Checksum.joined(0xffffffffL, 0xffffffffL, CHUNK * chunks);
          }
        };
    return new BatchArray(name, ElementType.FLOAT32, List.of(CHUNK * chunks / 4), content);
  }

  /** Leaves a hole in the file for a chunk of zeros. */
  private static final class Skipping extends OutputStream {

    private final FileChannel channel;
    private final OutputStream out;

    Skipping(FileChannel channel) {
      this.channel = channel;
      this.out = Channels.newOutputStream(channel);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length == CHUNK) {
        channel.position(channel.position() + CHUNK);
      } else {
        out.write(bytes, offset, length);
      }
    }
  }
}
