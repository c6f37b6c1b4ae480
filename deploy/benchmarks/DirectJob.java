package org.captionary.persistence.postgres;

import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CaptionCleaner;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.preparation.RecipeFields;
import org.captionary.domain.preparation.RejectedInput;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.ExampleNumbering;
import org.captionary.domain.training.ExampleTotals;
import org.captionary.domain.vocabulary.EncodedCaption;
import org.captionary.domain.vocabulary.FittedVocabulary;
import org.captionary.domain.vocabulary.Vocabulary;
import org.captionary.domain.vocabulary.VocabularyBuilder;
import org.captionary.persistence.files.DatasetFormats;
import org.flywaydb.core.Flyway;
import org.hibernate.Session;
import org.hibernate.jdbc.ReturningWork;
import org.hibernate.jdbc.Work;

/**
 * The text of a preparation without jobs: the service's domain code and PostgreSQL adapters in one
 * thread, on one connection, each step once, in one go and in one transaction. No chunks, no queue,
 * nothing to go on from. Rows pass through memory in the pages that the service uses too.
 *
 * <p>Arguments: URL of a database without tables, folder of photos, of texts. In the adapters'
 * package, as these are nobody else's.
 */
final class DirectJob {

  private static final int ROWS = 10_000;
  private static final int PHOTOS = 2_000;
  private static final SnapshotId SNAPSHOT = new SnapshotId(1);
  private static final PreparationKey KEY = new PreparationKey(1);

  private final Recipe recipe = RecipeFields.read(Map.of("captions", "all", "features", "none"));
  private final Connection connection;
  private final Dataset dataset;
  private final DatasetFiles files;
  private final PostgresCaptionRepository captions;
  private final PostgresVocabularyRepository vocabularies;
  private final PostgresExampleRepository examples;
  private final SnapshotContentTables contents;

  private DirectJob(Connection connection, Path photos, Path texts) {
    this.connection = connection;
    Map<String, Path> splits = Map.of("train", texts.resolve("Flickr_8k.trainImages.txt"));
    Path captionFile = texts.resolve("Flickr8k.token.txt");
    dataset = new Dataset("text", "flickr8k", photos, captionFile, splits);
    files =
        DatasetFormats.all(List.of(texts.getParent(), photos.getParent()), 1 << 30).stream()
            .filter(format -> format.format().equals("flickr8k"))
            .findFirst()
            .orElseThrow();
    Sql sql = new Sql(entities());
    captions = new PostgresCaptionRepository(sql);
    vocabularies = new PostgresVocabularyRepository(sql);
    examples = new PostgresExampleRepository(sql, new CaptionRunTable(sql));
    contents = new SnapshotContentTables(sql);
  }

  public static void main(String... arguments) throws SQLException {
    Flyway.configure().dataSource(arguments[0], "captionary", "none").load().migrate();
    String url = arguments[0] + "?user=captionary&password=none&prepareThreshold=-1";
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      new DirectJob(connection, Path.of(arguments[1]), Path.of(arguments[2])).run();
    }
  }

  private void run() throws SQLException {
    timed("open", this::open);
    timed("import", this::read);
    timed("clean", this::clean);
    timed("vocabulary", this::fit);
    timed("encode", this::encode);
    timed("publish", this::publish);
  }

  private interface Step {
    void run() throws SQLException;
  }

  private void timed(String name, Step step) throws SQLException {
    long began = System.nanoTime();
    step.run();
    connection.commit();
    System.out.printf("%s %.3f%n", name, (System.nanoTime() - began) / 1e9);
  }

  private void open() throws SQLException {
    update("INSERT INTO dataset (name, format, photos, captions, splits) VALUES ('t', '', '', '', '{}')");
    update(
        "INSERT INTO job (dataset_id, recipe, force, identity, state, created_at)"
            + " VALUES (1, '{}', false, '', 'RUNNING', now())");
    update("INSERT INTO snapshot (dataset_id, job_id, fingerprint) VALUES (1, 1, '')");
    update("INSERT INTO preparation (job_id) VALUES (1)");
  }

  private void read() {
    Rows<Caption> rows = new Rows<>(page -> captions.add(SNAPSHOT, page));
    files.readCaptions(
        dataset,
        new DatasetFiles.CaptionSink() {
          @Override
          public void caption(PhotoId photo, OptionalInt number, String text) {
            rows.add(new Caption(photo, rows.count, number, text));
          }

          @Override
          public void split(PhotoId photo, Split split, String source, long line, String text) {
            throw new IllegalStateException("no split is told by such a file");
          }

          @Override
          public void encoding(String source, String encoding) {}

          @Override
          public void rejected(RejectedInput row) {
            throw new IllegalStateException(row.reason());
          }
        });
    rows.flush();
    dataset.splits().keySet().forEach(name -> readSplit(new Split(name)));
    contents.analyzeText();
  }

  private void readSplit(Split split) {
    Rows<PhotoId> rows = new Rows<>(page -> addToSplit(split, new TreeSet<>(page)));
    files.readSplit(
        dataset,
        split,
        new DatasetFiles.SplitSink() {
          @Override
          public void photo(PhotoId photo, long line, String text) {
            rows.add(photo);
          }

          @Override
          public void encoding(String source, String encoding) {}

          @Override
          public void rejected(RejectedInput row) {
            throw new IllegalStateException(row.reason());
          }
        });
    rows.flush();
  }

  private void addToSplit(Split split, Set<PhotoId> photos) {
    photos.removeAll(contents.splits(SNAPSHOT, photos).keySet());
    contents.addToSplit(SNAPSHOT, split, photos);
  }

  private void clean() {
    CaptionCleaner cleaner = new CaptionCleaner(recipe.cleaning());
    pages(
        after -> captions.describedAfter(SNAPSHOT, JudgementFilter.NONE, after, PHOTOS),
        page -> captions.addClean(KEY, page.map(photo -> clean(cleaner, photo)).toList()));
  }

  private Described<CleanCaption> clean(CaptionCleaner cleaner, Described<Caption> photo) {
    return photo.with(raw -> recipe.captions().of(raw.stream().map(cleaner::clean).toList()));
  }

  private void fit() {
    VocabularyBuilder builder = new VocabularyBuilder();
    long[] counts = new long[2];
    forEachClean(
        caption -> {
          builder.add(caption.ordinal(), caption.tokens());
          counts[0]++;
          counts[1] = Math.max(counts[1], caption.tokens().size());
        });
    Vocabulary vocabulary = builder.build(counts[0], recipe.minCount(), Set.of(), false);
    vocabularies.save(KEY, new FittedVocabulary(vocabulary, (int) counts[1]));
  }

  private void forEachClean(Consumer<CleanCaption> consumer) {
    pages(
        after -> captions.cleanAfter(KEY, after, PHOTOS),
        page -> page.forEach(photo -> photo.captions().forEach(consumer)));
  }

  private void encode() {
    Vocabulary vocabulary = vocabularies.find(KEY).orElseThrow().vocabulary();
    ExampleNumbering numbering = new ExampleNumbering(ExampleTotals.NONE);
    ExampleTotals[] before = {ExampleTotals.NONE};
    pages(
        after -> captions.cleanAfter(KEY, after, PHOTOS),
        page -> {
          List<EncodedPhoto> photos =
              page.map(photo -> numbering.number(photo.with(all -> encode(vocabulary, all)))).toList();
          examples.add(KEY, photos, before[0]);
          before[0] = before[0].plus(ExampleTotals.of(photos));
        });
  }

  private static List<EncodedCaption> encode(
      Vocabulary vocabulary, List<CleanCaption> captions) {
    return captions.stream().map(caption -> vocabulary.encode(caption.tokens())).toList();
  }

  private void publish() throws SQLException {
    update("ANALYZE encoded_photo");
    update("ANALYZE caption_run");
    long described = examples.figures(KEY).get(Split.ALL).describedPhotos();
    long empty = captions.countEmptyClean(KEY);
    update("UPDATE preparation SET empty_captions = " + empty);
    System.err.println(described + " described photos");
  }

  private interface Page<C> {
    List<Described<C>> after(Optional<PhotoId> photo);
  }

  private static <C> void pages(
      Page<C> pages, Consumer<Stream<Described<C>>> consumer) {
    Optional<PhotoId> last = Optional.empty();
    List<Described<C>> page = pages.after(last);
    while (!page.isEmpty()) {
      consumer.accept(page.stream());
      last = Optional.of(page.get(page.size() - 1).photo());
      page = pages.after(last);
    }
  }

  private void update(String statement) throws SQLException {
    try (var prepared = connection.createStatement()) {
      prepared.executeUpdate(statement);
    }
  }

  /** Rows that are written so many at a time. */
  private static final class Rows<T> {
    private final Consumer<List<T>> writer;
    private final List<T> gathered = new ArrayList<>();
    private long count;

    Rows(Consumer<List<T>> writer) {
      this.writer = writer;
    }

    void add(T row) {
      gathered.add(row);
      count++;
      if (gathered.size() == ROWS) {
        flush();
      }
    }

    void flush() {
      writer.accept(gathered);
      gathered.clear();
    }
  }

  /** As much of Hibernate as the adapters for bulk rows need: work on the one connection. */
  private EntityManager entities() {
    Session session =
        proxy(
            Session.class,
            (name, argument) -> {
              if (name.equals("doWork")) {
                ((Work) argument).execute(connection);
                return null;
              }
              return ((ReturningWork<?>) argument).execute(connection);
            });
    return proxy(EntityManager.class, (name, argument) -> session);
  }

  private interface Call {
    Object made(String name, Object argument) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            DirectJob.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.made(method.getName(), arguments[0])));
  }
}
