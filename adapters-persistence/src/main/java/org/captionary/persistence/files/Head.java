package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The beginning of a file, by which its format is told.
 *
 * @param bytes at most {@link #LENGTH}, UTF-8 without byte order mark
 */
record Head(byte[] bytes) {

  /** In bytes. */
  static final int LENGTH = 1 << 16;

  static Head of(InputStream in) throws IOException {
    return new Head(in.readNBytes(LENGTH));
  }

  /** Bytes that are no UTF-8 stand as U+FFFD. */
  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Lines that are not blank, without their ends, and without one that is cut off. */
  List<String> lines() {
    String text = text();
    int end = bytes.length < LENGTH ? text.length() : text.lastIndexOf('\n') + 1;
    return text.substring(0, end).lines().filter(line -> !line.isBlank()).toList();
  }

  /** Whether more than half of the lines are of a form, and there is one. */
  boolean mostLines(Pattern form) {
    return mostLines(form.asMatchPredicate());
  }

  boolean mostLines(Predicate<String> form) {
    List<String> lines = lines();
    return 2 * lines.stream().filter(form).count() > lines.size();
  }
}
