package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.captionary.domain.photo.ContentHash;
import org.junit.jupiter.api.Test;

class HashedSourceTest {

  @Test
  void readsAsOftenAsOneLikes() throws IOException {
    HashedSource source = source("\uFEFFtext", "\uFEFFtext");
    assertThat(source.open().read()).isEqualTo('t');
    assertThat(source.open().readAllBytes()).asString(UTF_8).isEqualTo("text");
    assertThat(source.finish()).isEqualTo(ContentHash.of("\uFEFFtext".getBytes(UTF_8)));
  }

  @Test
  void hashesWhatNobodyReads() throws IOException {
    assertThat(source("text").finish()).isEqualTo(ContentHash.of("text".getBytes(UTF_8)));
  }

  @Test
  void refusesAFileThatChangesBetween() throws IOException {
    HashedSource source = source("one", "two");
    source.open();
    source.open();
    assertThatThrownBy(source::finish)
        .isInstanceOf(IOException.class)
        .hasMessage("it changed while it was read");
  }

  /** Each opening gives the next text. */
  private static HashedSource source(String... texts) {
    Iterator<String> next = List.of(texts).iterator();
    return new HashedSource(
        path -> new ByteArrayInputStream(next.next().getBytes(UTF_8)), Path.of("/"));
  }
}
