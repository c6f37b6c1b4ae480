package org.captionary.domain.preparation;

import com.ibm.icu.util.IllformedLocaleException;
import com.ibm.icu.util.ULocale;
import com.ibm.icu.util.VersionInfo;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.CaptionChoice;
import org.captionary.domain.caption.Cleaning;
import org.captionary.domain.caption.CleaningRules;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.caption.Tokenizer;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.Precision;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Resize;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.vocabulary.StartEnd;

/**
 * A recipe as fields of JSON: {@code captions}, {@code fitOn}, {@code limit}, {@code cleaning},
 * {@code tokenizer}, {@code locale}, {@code minTokenLength}, {@code lettersOnly}, {@code minCount},
 * {@code startEnd}, {@code outOfVocabulary}, {@code minExpertScore}, {@code minCrowdYes}, {@code
 * extractor}, {@code features}, {@code resize}, {@code exifOrientation}, {@code precision}, {@code
 * stored}. A field left out is the tutorial's; an unknown one is refused by name.
 */
public final class RecipeFields {

  private static final String CAPTIONS = "captions";
  private static final String FIT_ON = "fitOn";
  private static final String LIMIT = "limit";
  private static final String CLEANING = "cleaning";
  private static final String TOKENIZER = "tokenizer";
  private static final String LOCALE = "locale";
  private static final String MIN_TOKEN_LENGTH = "minTokenLength";
  private static final String LETTERS_ONLY = "lettersOnly";
  private static final String MIN_COUNT = "minCount";
  private static final String START_END = "startEnd";
  private static final String OUT_OF_VOCABULARY = "outOfVocabulary";
  private static final String MIN_EXPERT_SCORE = "minExpertScore";
  private static final String MIN_CROWD_YES = "minCrowdYes";
  private static final String EXTRACTOR = "extractor";
  private static final String FEATURES = "features";
  private static final String RESIZE = "resize";
  private static final String EXIF_ORIENTATION = "exifOrientation";
  private static final String PRECISION = "precision";
  private static final String STORED = "stored";
  private static final String NONE = "none";
  private static final List<String> NAMES =
      List.of(
          CAPTIONS,
          FIT_ON,
          LIMIT,
          CLEANING,
          TOKENIZER,
          LOCALE,
          MIN_TOKEN_LENGTH,
          LETTERS_ONLY,
          MIN_COUNT,
          START_END,
          OUT_OF_VOCABULARY,
          MIN_EXPERT_SCORE,
          MIN_CROWD_YES,
          EXTRACTOR,
          FEATURES,
          RESIZE,
          EXIF_ORIENTATION,
          PRECISION,
          STORED);

  /** Those that came after preparations had been named without them. */
  private static final List<String> LATER =
      List.of(
          CLEANING,
          TOKENIZER,
          LOCALE,
          MIN_EXPERT_SCORE,
          MIN_CROWD_YES,
          EXTRACTOR,
          RESIZE,
          EXIF_ORIENTATION,
          PRECISION,
          STORED);

  /** Stands in an identity beside the fields, where tables that change from year to year decide. */
  private static final String UNICODE_TABLES = "icu";

  /** Far longer than tags are, and short enough to be kept. */
  private static final int LONGEST_LOCALE = 100;

  private static final List<String> LOCALES =
      List.of("a BCP 47 language tag such as und, zh, tr or de-CH");

  private static final List<String> FLAGS = List.of("true", "false");
  private static final List<String> WORD_PAIR =
      List.of("true", "false", "two words such as [\"start\", \"end\"]");
  private static final List<String> CHOICES =
      Arrays.stream(CaptionChoice.values()).map(CaptionChoice::id).toList();

  private final Map<String, ?> fields;

  private RecipeFields(Map<String, ?> fields) {
    this.fields = fields;
  }

  /**
   * Reads a recipe.
   *
   * @param fields as a JSON reader gives them: strings, numbers, booleans, lists, null
   * @throws InvalidInputException naming the field, without the recipe's own name before it
   */
  public static Recipe read(Map<String, ?> fields) {
    fields.keySet().stream()
        .filter(name -> !NAMES.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new InvalidInputException(name, fields.get(name), NAMES);
            });
    return new RecipeFields(fields).recipe();
  }

  /** Every field of a recipe, in a fixed order, as {@link #read} takes them. */
  public static Map<String, Object> write(Recipe recipe) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put(CAPTIONS, recipe.captions().id());
    written.put(FIT_ON, recipe.fitOn().name());
    written.put(LIMIT, recipe.limit().isPresent() ? recipe.limit().getAsInt() : null);
    written.put(CLEANING, recipe.cleaning().cleaning().id());
    written.put(TOKENIZER, recipe.cleaning().tokenizer().id());
    written.put(LOCALE, recipe.cleaning().locale().toLanguageTag());
    written.put(MIN_TOKEN_LENGTH, recipe.cleaning().minTokenLength());
    written.put(LETTERS_ONLY, recipe.cleaning().lettersOnly());
    written.put(MIN_COUNT, recipe.minCount());
    written.put(START_END, startEndWritten(recipe));
    written.put(OUT_OF_VOCABULARY, recipe.outOfVocabulary());
    written.put(MIN_EXPERT_SCORE, orNull(recipe.filter().minExpertScore()));
    written.put(MIN_CROWD_YES, orNull(recipe.filter().minCrowdYes()));
    written.put(EXTRACTOR, recipe.extractor().id());
    written.put(FEATURES, featuresWritten(recipe));
    written.put(RESIZE, recipe.rendering().resize().id());
    written.put(EXIF_ORIENTATION, recipe.rendering().exifOrientation());
    written.put(PRECISION, recipe.precision().id());
    written.put(STORED, recipe.stored().id());
    return written;
  }

  /**
   * What tells a recipe from others: as {@link #write}, but later fields only where they are not
   * the tutorial's, so that what was made before they came keeps its name. Words that depend on
   * ICU's dictionaries and tables have its version beside them, as another one may cut other words.
   */
  static Map<String, Object> identity(Recipe recipe) {
    Map<String, Object> written = write(recipe);
    Map<String, Object> tutorial = write(Recipe.TUTORIAL);
    LATER.forEach(field -> written.remove(field, tutorial.get(field)));
    CleaningRules rules = recipe.cleaning();
    if (CleaningRules.heedsLocale(rules.cleaning(), rules.tokenizer())) {
      written.put(UNICODE_TABLES, VersionInfo.ICU_VERSION.toString());
    }
    return written;
  }

  private static Double orNull(OptionalDouble bound) {
    return bound.isPresent() ? bound.getAsDouble() : null;
  }

  private static Object startEndWritten(Recipe recipe) {
    if (recipe.startEnd().isEmpty()) {
      return false;
    }
    StartEnd words = recipe.startEnd().get();
    return words.equals(StartEnd.TUTORIAL) ? true : List.of(words.start(), words.end());
  }

  private static Object featuresWritten(Recipe recipe) {
    List<String> ids = recipe.layers().stream().map(FeatureLayer::id).toList();
    return ids.isEmpty() ? NONE : ids.size() == 1 ? ids.get(0) : ids;
  }

  private Recipe recipe() {
    Network extractor =
        choice(EXTRACTOR, Recipe.TUTORIAL.extractor(), Network::byId, Network.ids());
    return new Recipe(
        choice(CAPTIONS, Recipe.TUTORIAL.captions(), CaptionChoice::byId, CHOICES),
        fitOn(),
        limit(),
        cleaning(),
        wholeNumber(MIN_COUNT, Recipe.TUTORIAL.minCount()),
        startEnd(),
        flag(OUT_OF_VOCABULARY),
        filter(),
        extractor,
        features(extractor),
        rendering(),
        choice(PRECISION, Recipe.TUTORIAL.precision(), Precision::byId, Precision.ids()),
        choice(STORED, Recipe.TUTORIAL.stored(), StoredType::byId, StoredType.ids()));
  }

  private CleaningRules cleaning() {
    Cleaning cleaning =
        choice(CLEANING, Recipe.TUTORIAL.cleaning().cleaning(), Cleaning::byId, Cleaning.ids());
    Tokenizer tokenizer =
        choice(TOKENIZER, Recipe.TUTORIAL.cleaning().tokenizer(), Tokenizer::byId, Tokenizer.ids());
    int minTokenLength = CleaningRules.minTokenLengthByDefault(cleaning, tokenizer);
    return new CleaningRules(
        cleaning,
        tokenizer,
        locale(CleaningRules.heedsLocale(cleaning, tokenizer)),
        wholeNumber(MIN_TOKEN_LENGTH, minTokenLength),
        flag(LETTERS_ONLY));
  }

  /**
   * @param heeded else another than the root's would be passed over in silence
   */
  private ULocale locale(boolean heeded) {
    ULocale locale = fields.containsKey(LOCALE) ? locale(fields.get(LOCALE)) : ULocale.ROOT;
    if (!heeded && !locale.equals(ULocale.ROOT)) {
      throw refused(LOCALE, List.of("und, unless cleaning is unicode or tokenizer is words"));
    }
    return locale;
  }

  private ULocale locale(Object tag) {
    if (!(tag instanceof String text) || text.isEmpty() || text.length() > LONGEST_LOCALE) {
      throw refused(LOCALE, LOCALES);
    }
    try {
      return new ULocale.Builder().setLanguageTag(text).build();
    } catch (IllformedLocaleException e) {
      throw refused(LOCALE, LOCALES);
    }
  }

  /** A value that is known by its name. */
  private <T> T choice(
      String field, T byDefault, Function<String, Optional<T>> byId, List<String> ids) {
    if (!fields.containsKey(field)) {
      return byDefault;
    }
    return byId.apply(String.valueOf(fields.get(field))).orElseThrow(() -> refused(field, ids));
  }

  private Split fitOn() {
    if (!fields.containsKey(FIT_ON)) {
      return Recipe.TUTORIAL.fitOn();
    }
    try {
      return new Split((String) fields.get(FIT_ON));
    } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
      throw refused(FIT_ON, List.of("all, or the name of a split"));
    }
  }

  private OptionalInt limit() {
    return fields.get(LIMIT) == null ? OptionalInt.empty() : OptionalInt.of(wholeNumber(LIMIT, 1));
  }

  private Optional<StartEnd> startEnd() {
    Object value = fields.containsKey(START_END) ? fields.get(START_END) : false;
    if (value instanceof Boolean given) {
      return given ? Optional.of(StartEnd.TUTORIAL) : Optional.empty();
    }
    if (value instanceof List<?> words
        && words.size() == 2
        && words.get(0) instanceof String start
        && words.get(1) instanceof String end) {
      return Optional.of(new StartEnd(start, end));
    }
    throw refused(START_END, WORD_PAIR);
  }

  private JudgementFilter filter() {
    return new JudgementFilter(
        bound(MIN_EXPERT_SCORE, Judgement.LEAST_SCORE, Judgement.MOST_SCORE),
        bound(MIN_CROWD_YES, 0, 1));
  }

  /** A number within bounds; none if it is left out or null. */
  private OptionalDouble bound(String field, int least, int most) {
    Object value = fields.get(field);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (value instanceof Number number
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      // -0.0 would be another recipe than 0.0.
      return OptionalDouble.of(number.doubleValue() + 0.0);
    }
    throw refused(field, List.of("a number from " + least + " to " + most, "null"));
  }

  private Set<FeatureLayer> features(Network extractor) {
    if (!fields.containsKey(FEATURES)) {
      return Set.of(extractor.avg());
    }
    Object value = fields.get(FEATURES);
    if (NONE.equals(value)) {
      return Set.of();
    }
    Collection<?> ids = value instanceof Collection<?> several ? several : List.of(orBlank(value));
    Set<FeatureLayer> layers = EnumSet.noneOf(FeatureLayer.class);
    ids.forEach(id -> layers.add(layer(extractor, id)));
    if (layers.isEmpty()) {
      throw refused(FEATURES, layersOf(extractor));
    }
    return layers;
  }

  private Rendering rendering() {
    Resize byDefault = Recipe.TUTORIAL.rendering().resize();
    return new Rendering(
        choice(RESIZE, byDefault, Resize::byId, Resize.ids()), flag(EXIF_ORIENTATION));
  }

  private FeatureLayer layer(Network extractor, Object id) {
    return extractor
        .layer(String.valueOf(id))
        .orElseThrow(() -> refused(FEATURES, layersOf(extractor)));
  }

  private static List<String> layersOf(Network extractor) {
    return Stream.concat(Stream.of(NONE, "a list of layers"), extractor.layerNames().stream())
        .toList();
  }

  private static Object orBlank(Object value) {
    return value == null ? "" : value;
  }

  private boolean flag(String field) {
    Object value = fields.containsKey(field) ? fields.get(field) : Boolean.FALSE;
    if (value instanceof Boolean given) {
      return given;
    }
    throw refused(field, FLAGS);
  }

  private int wholeNumber(String field, int byDefault) {
    Object value = fields.containsKey(field) ? fields.get(field) : (Object) byDefault;
    if (value instanceof Integer given && given >= 1) {
      return given;
    }
    throw refused(field, List.of("a whole number from 1 to " + Integer.MAX_VALUE));
  }

  private InvalidInputException refused(String field, List<String> allowed) {
    return new InvalidInputException(field, fields.get(field), allowed);
  }
}
