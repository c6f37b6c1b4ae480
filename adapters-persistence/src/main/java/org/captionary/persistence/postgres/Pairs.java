package org.captionary.persistence.postgres;

import java.util.OptionalDouble;
import org.captionary.domain.caption.JudgementFilter;

/** The SQL of the pairs of photo and caption that a filter takes, each of one snapshot. */
record Pairs(JudgementFilter filter) {

  /** As {@code Judgement} computes them, so that both sides compare the same doubles. */
  private static final String EXPERT_MEAN = "(score_1 + score_2 + score_3) / 3.0::float8";

  private static final String CROWD_FRACTION = "yes::float8 / (yes + no)";

  /** The range is said of each table: else all of its rows are read for every page. */
  private static final String WITHIN =
      "%1$s.photo_id > (SELECT first FROM page) AND %1$s.photo_id <= (SELECT last FROM page)";

  /**
   * The photos that have captions, in the order of ids. Parameters: the snapshot, those of {@code
   * and}.
   */
  String photos(String and) {
    return "SELECT DISTINCT photo_id FROM %s WHERE snapshot_id = ?%s %s ORDER BY photo_id"
        .formatted(table(), passes(), and);
  }

  /** Counts something over the pairs, and may be followed by AND. Parameter: the snapshot. */
  String count(String what) {
    return "SELECT count(%s) FROM %s WHERE snapshot_id = ?%s".formatted(what, table(), passes());
  }

  /**
   * The pairs of the photos behind {@code page.first}, to {@code page.last}, with all that is known
   * of photo and caption, photo by photo in dataset order. Parameter: the snapshot.
   */
  String captions() {
    return " SELECT %1$s.photo_id, c.ordinal, c.number, c.text, s.split, p.content, %2$s AS rank,"
            .formatted(of(), rank())
        + " j.score_1, j.score_2, j.score_3, j.yes, j.no FROM "
        + (filter.isSet()
            ? judged()
            : "caption c" + joined("judgement", "j") + " AND j.ordinal = c.ordinal")
        + joined("photo_split", "s")
        + joined("photo", "p")
        + " WHERE %1$s.snapshot_id = ? AND ".formatted(of())
        + WITHIN.formatted(of())
        + passes()
        + " ORDER BY %1$s.photo_id, c.ordinal".formatted(of());
  }

  private static String judged() {
    return "judgement j JOIN caption c ON c.snapshot_id = j.snapshot_id"
        + " AND c.photo_id = j.described AND c.ordinal = j.ordinal";
  }

  private String joined(String table, String as) {
    return " LEFT JOIN %2$s %3$s ON %3$s.snapshot_id = %1$s.snapshot_id AND %3$s.photo_id = %1$s.photo_id AND "
            .formatted(of(), table, as)
        + WITHIN.formatted(as);
  }

  /** The ordinal of the first caption that was written for the photo. */
  private String rank() {
    return filter.isSet()
        ? "(SELECT min(own.ordinal) FROM caption own WHERE own.snapshot_id = j.snapshot_id"
            + " AND own.photo_id = j.photo_id)"
        : "min(c.ordinal) OVER (PARTITION BY c.photo_id)";
  }

  /** The table that has a row a pair. */
  private String table() {
    return filter.isSet() ? "judgement" : "caption";
  }

  /** The same in {@link #captions}. */
  private String of() {
    return filter.isSet() ? "j" : "c";
  }

  private String passes() {
    return reaches(EXPERT_MEAN, filter.leastExpertMean())
        + reaches(CROWD_FRACTION, filter.leastCrowdFraction());
  }

  private static String reaches(String value, OptionalDouble least) {
    return least.isEmpty() ? "" : " AND " + value + " >= " + least.getAsDouble() + "::float8";
  }
}
