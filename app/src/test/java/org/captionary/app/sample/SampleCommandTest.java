package org.captionary.app.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCommandTest {

  @TempDir Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void writesTheSampleItIsAskedFor() {
    Path folder = temp.resolve("a sample");
    int exitCode =
        run(folder.toString(), "--photos", "4", "--seed", "-3", "--width", "64", "--height", "80");
    assertThat(exitCode).isZero();
    assertThat(text(out)).isEqualTo("4 photos, 20 captions in " + folder + "\n");
    assertThat(new SampleFiles(folder).photoNames())
        .startsWith(new SampleDataset(4, -3, 64, 80).photo(0).fileName())
        .hasSize(4);
  }

  @Test
  void sixtyPhotosUnlessToldOtherwise() {
    assertThat(run(temp.toString())).isZero();
    assertThat(new SampleFiles(temp).photoNames()).hasSize(60);
  }

  @Test
  void misuseIsNamed() {
    assertRefused("folder: none given");
    assertRefused("--photo: no such option", "x", "--photo", "3");
    assertRefused("--photos: no value given", "x", "--photos");
    assertRefused("--photos: 'many' is not a number from 1 to 2^31-1", "x", "--photos", "many");
    assertRefused("--seed: '1.5' is not a signed 64-bit number", "x", "--seed", "1.5");
    assertRefused("--seed: given twice", "x", "--seed", "1", "--seed", "2");
    assertRefused("folder: unexpected 'y'; one is needed", "x", "y");
    assertRefused("photos: 0 is not between 1 and 100000000", "x", "--photos", "0");
    assertRefused("width: 5 is not between 64 and 4096", "x", "--width", "5");
  }

  @Test
  void aFolderThatHoldsSomethingElseIsRefused() throws IOException {
    Files.writeString(temp.resolve("mine.txt"), "mine");
    assertRefused("folder: " + temp + " is not empty", temp.toString());
  }

  @Test
  void aFolderThatCannotBeMadeFails() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThat(run(file.resolve("below").toString())).isEqualTo(1);
    assertThat(text(err)).startsWith("sample: cannot write to " + file.resolve("below"));
  }

  @Test
  void helpIsGiven() {
    assertThat(run("--help")).isZero();
    assertThat(text(out))
        .isEqualTo(
            "usage: sample <folder> [--photos 60] [--seed 1] [--width 320] [--height 240]\n");
  }

  private void assertRefused(String message, String... args) {
    err.reset();
    assertThat(run(args)).isEqualTo(2);
    assertThat(text(err)).startsWith("sample: " + message).contains("\nusage: sample <folder>");
    assertThat(text(err)).doesNotContain("Exception");
  }

  private int run(String... args) {
    return new SampleCommand(new PrintStream(out), new PrintStream(err)).run(List.of(args));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
