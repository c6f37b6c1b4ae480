package org.captionary.domain.training;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.captionary.domain.caption.PreparationKey;

/**
 * Keeps the texts of the preparations in use in memory, as far as there is room. A text is read in
 * the background when it is first asked for; a text that others need the room of goes when it has
 * not been asked for in a while.
 */
final class KeptTexts {

  private static final Logger LOG = System.getLogger(KeptTexts.class.getName());

  /** How many times others are asked for until a text counts as out of use. */
  static final int WHILE = 10_000;

  /** How many times it is asked until a text that could not be read is tried again. */
  static final int SOON = 100;

  private static final int PAGE = 2_000;

  private final ExampleRepository examples;
  private final long bound;
  private final Executor background;
  private final Map<PreparationKey, Kept> texts = new ConcurrentHashMap<>();
  private final AtomicLong asked = new AtomicLong();
  private final HitCount count = new HitCount();

  /** A text, or the attempt to read it. */
  private static final class Kept {

    private volatile PackedText text;
    private volatile boolean reading = true;
    private volatile long lastAsked;

    /** How many times it is asked until it is worth another attempt. */
    private volatile int patience = WHILE;
  }

  /**
   * @param bound of the bytes of all texts together
   * @param background reads texts
   */
  KeptTexts(ExampleRepository examples, long bound, Executor background) {
    this.examples = examples;
    this.bound = Math.min(bound, Integer.MAX_VALUE);
    this.background = background;
  }

  /** Of texts that were asked for. */
  KeptFigures figures() {
    return count.figures(total());
  }

  /** Empty while it is not in memory; then it is better to ask the repository. */
  Optional<PackedText> find(TrainingSet set) {
    PackedText text = findOrRead(set);
    count.add(text == null ? 0 : 1, text == null ? 1 : 0);
    return Optional.ofNullable(text);
  }

  private PackedText findOrRead(TrainingSet set) {
    PreparationKey preparation = set.key();
    long now = asked.incrementAndGet();
    Kept kept = texts.get(preparation);
    if (kept == null) {
      kept = new Kept();
      if (texts.putIfAbsent(preparation, kept) == null) {
        read(set, kept);
      }
    } else if (kept.text == null && !kept.reading && now - kept.lastAsked > kept.patience) {
      // There may be room now, or the repository may be back.
      texts.remove(preparation, kept);
    } else if (kept.text != null) {
      kept.lastAsked = now;
    }
    return kept.text;
  }

  private void read(TrainingSet set, Kept kept) {
    background.execute(
        () -> {
          try {
            PackedText text = pack(set);
            if (text != null && makeRoom(text.bytes())) {
              kept.text = text;
            }
          } catch (IncompletePreparationException e) {
            LOG.log(Level.DEBUG, "a preparation was deleted while its text was read", e);
          } catch (RuntimeException e) {
            kept.patience = SOON;
            LOG.log(Level.WARNING, "a preparation's text stays in the database", e);
          } finally {
            kept.lastAsked = asked.get();
            kept.reading = false;
          }
        });
  }

  /** Null if it is larger than all there may be. */
  private PackedText pack(TrainingSet set) {
    PackedText text = new PackedText();
    PhotoPages pages = new PhotoPages(examples, set, PAGE);
    while (text.bytes() <= bound && pages.hasNext()) {
      pages.next().forEach(text::add);
    }
    return text.bytes() <= bound ? text : null;
  }

  private boolean makeRoom(long bytes) {
    if (total() + bytes > bound) {
      texts.values().removeIf(kept -> kept.text != null && asked.get() - kept.lastAsked > WHILE);
    }
    return total() + bytes <= bound;
  }

  private long total() {
    return texts.values().stream()
        .map(kept -> kept.text)
        .filter(text -> text != null)
        .mapToLong(PackedText::bytes)
        .sum();
  }
}
