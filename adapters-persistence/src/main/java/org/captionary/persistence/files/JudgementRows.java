package org.captionary.persistence.files;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.DatasetFiles.JudgementSink;

/**
 * Rows of Flickr8k's {@code ExpertAnnotations.txt}, {@code name.jpg<TAB>name.jpg#k<TAB>score<TAB>
 * score<TAB>score}, and of its {@code CrowdFlowerAnnotations.txt}, {@code name.jpg<TAB>name.jpg#k
 * <TAB>fraction of yes<TAB>yes<TAB>no}: the photo that was judged, the caption's key, and what was
 * said.
 */
final class JudgementRows {

  private static final int FIELDS = 5;

  /** Fractions stand in the file rounded. */
  private static final double ROUNDING = 0.001;

  private static final Pattern FRACTION = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SCORE =
      Pattern.compile("[" + Judgement.LEAST_SCORE + "-" + Judgement.MOST_SCORE + "]");

  private JudgementRows() {}

  private interface Words {
    Judgement read(List<String> fields) throws BadRowException;
  }

  /** Hands what a row says on. */
  static TextRows.RowReader reader(Annotators annotators, JudgementSink sink) {
    Words words =
        switch (annotators) {
          case EXPERT -> JudgementRows::scores;
          case CROWD -> JudgementRows::votes;
        };
    return row -> read(row, words, sink);
  }

  private static void read(Line row, Words words, JudgementSink sink) throws BadRowException {
    List<String> fields = Arrays.stream(row.text().split("\t", -1)).map(String::strip).toList();
    if (fields.size() != FIELDS) {
      throw new BadRowException(
          "the row has "
              + fields.size()
              + " fields between tabs where "
              + FIELDS
              + " are expected");
    }
    PhotoId photo = PhotoNames.id(fields.get(0));
    CaptionKey caption = CaptionKey.read(fields.get(1));
    int number =
        caption
            .number()
            .orElseThrow(() -> new BadRowException("the caption's id is not of the form name#k"));
    Judgement judgement = words.read(fields.subList(2, FIELDS));
    sink.judgement(photo, caption.photo(), number, judgement, row.number(), row.text());
  }

  private static Judgement scores(List<String> scores) throws BadRowException {
    if (!scores.stream().allMatch(score -> SCORE.matcher(score).matches())) {
      throw new BadRowException("a score is not a whole number from 1 to 4");
    }
    return Judgement.ofExperts(scores.stream().map(Integer::valueOf).toList());
  }

  private static Judgement votes(List<String> fields) throws BadRowException {
    if (!fields.subList(1, 3).stream().allMatch(count -> COUNT.matcher(count).matches())) {
      throw new BadRowException("a count of answers is not a whole number of 1 to 9 digits");
    }
    Judgement judgement =
        Judgement.ofCrowd(Integer.parseInt(fields.get(1)), Integer.parseInt(fields.get(2)));
    double counted =
        judgement
            .crowdFraction()
            .orElseThrow(() -> new BadRowException("nobody answered: both counts are 0"));
    if (!FRACTION.matcher(fields.get(0)).matches()
        || Math.abs(Double.parseDouble(fields.get(0)) - counted) > ROUNDING) {
      throw new BadRowException("the fraction of yes does not agree with the counts");
    }
    return judgement;
  }
}
