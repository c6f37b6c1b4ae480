package org.captionary.app.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of a sample must come to, reckoned once more from its files by the plainest code.
 */
final class ExpectedText {

  private static final Pattern ROW = Pattern.compile("([^.\\t]+)\\.jpg#\\d\\t([\\x20-\\x7e]*)");

  /**
   * The part of a recipe that is reckoned here.
   *
   * @param lettersOnly, framed start and end words {@code startseq} and {@code endseq}
   */
  record Choice(boolean all, boolean lettersOnly, boolean framed, String fitOn) {}

  /** One example: the padded words before, and the word. */
  record Example(String photo, List<Integer> sequence, int target) {}

  /** The figures of a split. */
  record Figures(long describedPhotos, long photos, long captions, long examples, long servable) {}

  private final DirtySample sample;
  private final Choice choice;
  private final Map<String, List<List<String>>> captions = new LinkedHashMap<>();
  private final Map<String, String> splitOf = new HashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, Long> captionsWith = new LinkedHashMap<>();
  private final List<String> words;
  private int fitted;
  private int maxLength;

  ExpectedText(DirtySample sample, Choice choice) throws IOException {
    this.sample = sample;
    this.choice = choice;
    readCaptions();
    readSplits();
    captions.forEach(this::count);
    words = new ArrayList<>(counts.keySet());
    words.sort((a, b) -> Long.compare(counts.get(b), counts.get(a)));
  }

  private void readCaptions() throws IOException {
    for (String row : Files.readAllLines(sample.files().captions(), ISO_8859_1)) {
      Matcher match = ROW.matcher(row);
      if (match.matches()) {
        List<List<String>> those =
            captions.computeIfAbsent(match.group(1), id -> new ArrayList<>());
        if (those.isEmpty() || choice.all()) {
          those.add(clean(match.group(2)));
        }
      }
    }
  }

  private List<String> clean(String text) {
    return Arrays.stream(text.split(" +"))
        .map(token -> token.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))
        .filter(token -> token.length() > 1)
        .filter(token -> !choice.lettersOnly() || token.matches("[a-z]+"))
        .toList();
  }

  private void readSplits() throws IOException {
    for (String split : SampleLayout.SPLITS) {
      for (String row : Files.readAllLines(sample.files().split(split))) {
        splitOf.putIfAbsent(DirtySample.id(row), split);
      }
    }
  }

  private void count(String photo, List<List<String>> those) {
    if (!choice.fitOn().equals("all") && !choice.fitOn().equals(splitOf.get(photo))) {
      return;
    }
    for (List<String> caption : those) {
      List<String> tokens = framed(caption);
      fitted++;
      maxLength = Math.max(maxLength, tokens.size());
      tokens.forEach(token -> counts.merge(token, 1L, Long::sum));
      tokens.stream().distinct().forEach(token -> captionsWith.merge(token, 1L, Long::sum));
    }
  }

  private List<String> framed(List<String> caption) {
    List<String> tokens = new ArrayList<>(caption);
    if (choice.framed()) {
      tokens.add(0, "startseq");
      tokens.add("endseq");
    }
    return tokens;
  }

  /** Words in the order of their indices, the first having index 1. */
  List<String> words() {
    return words;
  }

  Map<String, Long> counts() {
    return counts;
  }

  Map<String, Long> captionsWith() {
    return captionsWith;
  }

  int fitted() {
    return fitted;
  }

  int maxLength() {
    return maxLength;
  }

  long emptyCaptions() {
    return captions.values().stream().flatMap(List::stream).filter(List::isEmpty).count();
  }

  Figures figures(String split) {
    Predicate<String> in = photo -> split.equals("all") || split.equals(splitOf.get(photo));
    List<String> those = captions.keySet().stream().filter(in).toList();
    return new Figures(
        those.size(),
        those.stream().filter(this::isUsable).count(),
        those.stream().mapToLong(photo -> captions.get(photo).size()).sum(),
        those.stream().mapToLong(this::examplesOf).sum(),
        those.stream().filter(this::isUsable).mapToLong(this::examplesOf).sum());
  }

  private boolean isUsable(String photo) {
    return !sample.unusable().contains(photo);
  }

  private long examplesOf(String photo) {
    return captions.get(photo).stream().mapToLong(c -> Math.max(0, encoded(c).size() - 1)).sum();
  }

  private List<Integer> encoded(List<String> caption) {
    return framed(caption).stream()
        .map(token -> words.indexOf(token) + 1)
        .filter(i -> i > 0)
        .toList();
  }

  /** Every servable example of a split in the order of batches. */
  List<Example> examples(String split) {
    List<Example> examples = new ArrayList<>();
    for (String photo : new TreeMap<>(captions).keySet()) {
      if (isUsable(photo) && (split.equals("all") || split.equals(splitOf.get(photo)))) {
        captions.get(photo).forEach(caption -> addExamples(photo, encoded(caption), examples));
      }
    }
    return examples;
  }

  private void addExamples(String photo, List<Integer> caption, List<Example> examples) {
    for (int i = 1; i < caption.size(); i++) {
      List<Integer> before = caption.subList(Math.max(0, i - maxLength), i);
      List<Integer> padded = new ArrayList<>(Collections.nCopies(maxLength - before.size(), 0));
      padded.addAll(before);
      examples.add(new Example(photo, padded, caption.get(i)));
    }
  }

  String descriptions() {
    List<String> lines = new ArrayList<>();
    captions.forEach(
        (photo, those) -> those.forEach(c -> lines.add(photo + " " + String.join(" ", c))));
    return String.join("\n", lines);
  }
}
