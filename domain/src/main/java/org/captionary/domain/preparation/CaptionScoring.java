package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.evaluation.Comparison;
import org.captionary.domain.evaluation.DocumentFrequencies;
import org.captionary.domain.evaluation.Evaluation;
import org.captionary.domain.evaluation.HumanLine;
import org.captionary.domain.evaluation.Sentence;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.ScoredPhotos.Photo;
import org.captionary.domain.training.IncompletePreparationException;

/**
 * Scores captions of a preparation's photos against those that people wrote: all that the data set
 * has of a photo, whatever the recipe chose. Holds the sentences of a split while it computes,
 * about 1 KB for each caption. Document frequencies are those of the whole split, be its photos
 * compared or not; they are counted once and kept.
 */
public final class CaptionScoring {

  /** More photos are not scored at once. */
  public static final int MAX_PHOTOS = ScoredPhotos.MAX_PHOTOS;

  /** Characters of a candidate. */
  public static final int MAX_CANDIDATE = 20_000;

  /** Ids that a complaint names. */
  static final int NAMED = 10;

  private final ScoredPhotos photos;
  private final FrequencyRepository frequencies;

  public CaptionScoring(Ports ports, FrequencyRepository frequencies) {
    this.photos = new ScoredPhotos(ports);
    this.frequencies = frequencies;
  }

  /**
   * Scores candidates. Each photo of the split that has a usable file needs one; a described photo
   * without a file, of which a model can see nothing, may have one.
   *
   * @param candidates by photo id
   * @throws InvalidInputException on {@code split} if it is none of the data set's or too large, on
   *     {@code candidates} if there is none, or some are missing, too long, or of no photo of the
   *     split
   * @throws IncompletePreparationException if it is being deleted
   */
  public Evaluation score(
      Preparation preparation, ScoreRequest request, Map<String, String> candidates) {
    List<Photo> all = photos.of(preparation, request.split(), photo -> true);
    checkIds(request.split(), all, candidates.keySet());
    requireNoGap(request.split(), all, candidates.keySet());
    Round round = new Round(preparation, request, candidates);
    return round.score(round.frequencies(() -> all), all);
  }

  /**
   * As above for candidates of some of the photos, such as a sample after each epoch or those of a
   * batch whose scores are a reward.
   */
  public Evaluation scoreSome(
      Preparation preparation, ScoreRequest request, Map<String, String> candidates) {
    Round round = new Round(preparation, request, candidates);
    DocumentFrequencies kept =
        round.frequencies(() -> photos.of(preparation, request.split(), photo -> true));
    List<Photo> some =
        photos.of(preparation, request.split(), id -> candidates.containsKey(id.value()));
    checkIds(request.split(), some, candidates.keySet());
    return round.score(kept, some);
  }

  /** What is computed for one request. */
  private final class Round {

    private final Preparation preparation;
    private final ScoreRequest request;
    private final Map<String, String> candidates;
    private final ScoreTexts texts;
    private final Map<PhotoId, List<Sentence>> references = new HashMap<>();

    Round(Preparation preparation, ScoreRequest request, Map<String, String> candidates) {
      candidates.forEach(CaptionScoring::checkLength);
      this.preparation = preparation;
      this.request = request;
      this.candidates = candidates;
      this.texts = new ScoreTexts(preparation, request);
    }

    /**
     * Those of the split, counted unless they are kept.
     *
     * @param all its photos
     */
    DocumentFrequencies frequencies(Supplier<List<Photo>> all) {
      return frequencies.find(preparation.key(), request).orElseGet(() -> count(all.get()));
    }

    private DocumentFrequencies count(List<Photo> all) {
      List<List<Sentence>> references = all.stream().map(this::references).toList();
      DocumentFrequencies counted = DocumentFrequencies.of(texts.reader(), references);
      frequencies.add(preparation.key(), request, counted);
      return counted;
    }

    /** Cut once, be they counted, compared or both. */
    private List<Sentence> references(Photo photo) {
      return references.computeIfAbsent(photo.id(), id -> texts.sentences(photo.captions()));
    }

    Evaluation score(DocumentFrequencies of, List<Photo> photos) {
      List<Comparison> comparisons = new ArrayList<>();
      for (Photo photo : photos) {
        String candidate = candidates.get(photo.id().value());
        if (candidate != null) {
          comparisons.add(new Comparison(photo.id(), texts.sentence(candidate), references(photo)));
        }
      }
      if (comparisons.isEmpty()) {
        throw new InvalidInputException("candidates", "none", "one candidate or more");
      }
      return Evaluation.of(texts.reader(), comparisons, of);
    }
  }

  /**
   * Scores people: each caption as a candidate against the others of its photo.
   *
   * @throws InvalidInputException on {@code split} as above, or if none of its photos has two
   *     captions
   * @throws IncompletePreparationException if it is being deleted
   */
  public HumanLine people(Preparation preparation, ScoreRequest request) {
    ScoreTexts texts = new ScoreTexts(preparation, request);
    SortedMap<PhotoId, List<Sentence>> captions = new TreeMap<>();
    for (Photo photo : photos.of(preparation, request.split(), id -> true)) {
      if (photo.captions().size() > 1) {
        captions.put(photo.id(), texts.sentences(photo.captions()));
      }
    }
    if (captions.isEmpty()) {
      throw new InvalidInputException(
          "split", request.split().name(), "a split with photos that have two captions or more");
    }
    return HumanLine.of(texts.reader(), captions);
  }

  private static void checkLength(String photo, String candidate) {
    if (candidate.length() > MAX_CANDIDATE) {
      throw new InvalidInputException(
          "candidates." + photo,
          candidate.length() + " characters",
          "at most " + MAX_CANDIDATE + " characters");
    }
  }

  private static void checkIds(Split split, List<Photo> photos, Set<String> candidates) {
    Set<String> strangers = new TreeSet<>(candidates);
    photos.forEach(photo -> strangers.remove(photo.id().value()));
    if (!strangers.isEmpty()) {
      throw new InvalidInputException(
          "candidates", named(strangers), "photos of the split " + split + " alone");
    }
  }

  private static void requireNoGap(Split split, List<Photo> photos, Set<String> candidates) {
    List<String> missing =
        photos.stream()
            .filter(Photo::usable)
            .map(photo -> photo.id().value())
            .filter(photo -> !candidates.contains(photo))
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "candidates",
          "none of " + named(missing),
          "one of each photo with a file of the split " + split + ", unless partial is true");
    }
  }

  /** The first ids, and how many there are. */
  private static String named(Collection<String> ids) {
    String first = ids.stream().limit(NAMED).collect(Collectors.joining(", "));
    return ids.size() <= NAMED ? first : first + " and " + (ids.size() - NAMED) + " more";
  }
}
