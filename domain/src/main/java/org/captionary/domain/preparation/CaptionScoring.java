package org.captionary.domain.preparation;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CaptionCleaner;
import org.captionary.domain.caption.PythonText;
import org.captionary.domain.evaluation.Comparison;
import org.captionary.domain.evaluation.Evaluation;
import org.captionary.domain.evaluation.HumanLine;
import org.captionary.domain.evaluation.PtbTokenizer;
import org.captionary.domain.evaluation.Sentence;
import org.captionary.domain.evaluation.SentenceReader;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.ScoreRequest.References;
import org.captionary.domain.preparation.ScoreRequest.Words;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.IncompletePreparationException;
import org.captionary.domain.training.PhotoPages;

/**
 * Scores captions of a preparation's photos against those that people wrote: all that the data set
 * has of a photo, whatever the recipe chose. Holds the sentences of a split while it computes,
 * about 1 KB for each caption.
 */
public final class CaptionScoring {

  /** More photos are not scored at once. */
  public static final int MAX_PHOTOS = 50_000;

  /** Characters of a candidate. */
  public static final int MAX_CANDIDATE = 20_000;

  /** Ids that a complaint names. */
  static final int NAMED = 10;

  /** Photos whose captions are looked up at once. */
  private static final int RUN = 1_000;

  private final Ports ports;

  public CaptionScoring(Ports ports) {
    this.ports = ports;
  }

  /**
   * Scores candidates. Each photo of the split that has a usable file needs one; a described photo
   * without a file, of which a model can see nothing, may have one.
   *
   * @param candidates by photo id
   * @throws InvalidInputException on {@code split} if it is none of the data set's or too large, on
   *     {@code candidates} if some are missing, too long, or of no photo of the split
   * @throws IncompletePreparationException if it is being deleted
   */
  public Evaluation score(
      Preparation preparation, ScoreRequest request, Map<String, String> candidates) {
    List<Photo> photos = photos(preparation, request.split());
    checkIds(request.split(), photos, candidates.keySet());
    candidates.forEach(CaptionScoring::checkLength);
    Texts texts = new Texts(preparation, request);
    List<Comparison> comparisons = new ArrayList<>();
    for (Photo photo : photos) {
      String candidate = candidates.get(photo.id().value());
      if (candidate != null) {
        comparisons.add(
            new Comparison(photo.id(), texts.sentence(candidate), texts.references(photo)));
      }
    }
    return evaluation(texts, comparisons);
  }

  /**
   * Scores people: each caption as a candidate against the others of its photo.
   *
   * @throws InvalidInputException on {@code split} as above, or if none of its photos has two
   *     captions
   * @throws IncompletePreparationException if it is being deleted
   */
  public HumanLine people(Preparation preparation, ScoreRequest request) {
    Texts texts = new Texts(preparation, request);
    SortedMap<PhotoId, List<Sentence>> captions = new TreeMap<>();
    for (Photo photo : photos(preparation, request.split())) {
      if (photo.captions().size() > 1) {
        captions.put(photo.id(), texts.references(photo));
      }
    }
    if (captions.isEmpty()) {
      throw new InvalidInputException(
          "split", request.split().name(), "a split with photos that have two captions or more");
    }
    return HumanLine.of(texts.reader, captions);
  }

  private static Evaluation evaluation(Texts texts, List<Comparison> comparisons) {
    if (comparisons.isEmpty()) {
      throw new InvalidInputException("candidates", "none", "one candidate or more");
    }
    return Evaluation.of(texts.reader, comparisons);
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
          "one of each photo with a file of the split " + split);
    }
  }

  /** The first ids, and how many there are. */
  private static String named(Collection<String> ids) {
    String first = ids.stream().limit(NAMED).collect(Collectors.joining(", "));
    return ids.size() <= NAMED ? first : first + " and " + (ids.size() - NAMED) + " more";
  }

  /**
   * The described photos of a split, in the order of ids, with all captions that the data set has
   * of them, be they other ones than the recipe takes; without any, a photo is left out.
   */
  private List<Photo> photos(Preparation preparation, Split split) {
    checkSplit(preparation, split);
    SnapshotId snapshot = ports.snapshot(preparation);
    List<Photo> photos = new ArrayList<>();
    new PhotoPages(ports.examples(), preparation.trainingSet(), RUN)
        .forEachRemaining(
            run ->
                photos.addAll(
                    withCaptions(snapshot, run.stream().filter(p -> isIn(split, p)).toList())));
    return photos;
  }

  private List<Photo> withCaptions(SnapshotId snapshot, List<EncodedPhoto> photos) {
    List<PhotoId> ids = photos.stream().map(EncodedPhoto::photo).toList();
    Map<PhotoId, List<Caption>> captions =
        ports.captions().of(snapshot, ids).stream().collect(groupingBy(Caption::photo));
    return photos.stream()
        .filter(photo -> captions.containsKey(photo.photo()))
        .map(
            photo ->
                new Photo(photo.photo(), photo.content().isPresent(), captions.get(photo.photo())))
        .toList();
  }

  /**
   * A photo that can be scored.
   *
   * @param usable whether it has a file
   * @param captions one or more, in dataset order
   */
  private record Photo(PhotoId id, boolean usable, List<Caption> captions) {}

  private static boolean isIn(Split split, EncodedPhoto photo) {
    return split.isAll() || photo.split().equals(Optional.of(split));
  }

  private static void checkSplit(Preparation preparation, Split split) {
    long photos =
        Optional.ofNullable(preparation.figures().get(split))
            .orElseThrow(() -> unknown(preparation, split))
            .describedPhotos();
    if (photos == 0 || photos > MAX_PHOTOS) {
      throw new InvalidInputException(
          "split", split + ", which has " + photos + " photos", "a split of 1 to " + MAX_PHOTOS);
    }
  }

  private static InvalidInputException unknown(Preparation preparation, Split split) {
    return new InvalidInputException(
        "split",
        split.name(),
        preparation.figures().keySet().stream().map(Split::name).sorted().toList());
  }

  /** Makes sentences of text, as a request wants it. */
  private static final class Texts {

    private final SentenceReader reader = new SentenceReader();
    private final Function<String, List<String>> cut;

    Texts(Preparation preparation, ScoreRequest request) {
      cut =
          request.references() == References.CLEANED
              ? new CaptionCleaner(preparation.recipe().cleaning())::tokens
              : request.words() == Words.PTB ? PtbTokenizer::tokens : PythonText::split;
    }

    Sentence sentence(String text) {
      return reader.read(cut.apply(text));
    }

    List<Sentence> references(Photo photo) {
      return photo.captions().stream().map(caption -> sentence(caption.text())).toList();
    }
  }
}
